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
