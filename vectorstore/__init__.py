"""The passage index: texts in, the passages that answer a question out.

One folder per client. `passages.sqlite3` in it keeps everything (ids, texts, vectors, the index of words); `chroma-<n>/` is the
n-th Chroma collection made from the kept vectors, and can always be made again from them. The package knows nothing of meetings
or clients: it takes and returns ids, texts and vectors.

    from vectorstore.embedders import BundledEmbedder
    from vectorstore.index import Entry, PassageIndex

    with PassageIndex(folder, BundledEmbedder()) as index:
        index.put("m_7q2x", [Entry(id="m_7q2x.1.0", group="m_7q2x", ordinal=0, text="...")])
        hits = index.search("who decides on the budget", k=5)

Importing `vectorstore` loads nothing; `vectorstore.index` loads numpy; Chroma and onnxruntime are loaded when first needed.
"""

import os

# From 1.29 on onnxruntime would tell its maker of each process over the network, and keep a number for this machine, unless it
# finds this before it is loaded: https://github.com/microsoft/onnxruntime/blob/main/docs/Privacy.md. Its own call comes too late.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
