"""The stock set-up that many begin with: langchain's splitter, langchain-chroma and MiniLM in float32.

RecursiveCharacterTextSplitter at 1,000 characters with 200 of overlap over the meeting as lines of `Speaker: words`, Chroma with
its defaults, and the model that Chroma itself would download, from a folder on disk. What a chunk holds is mapped back to words
of turns, so that speakers' names and what overlaps are counted for nobody.

`pip install --group peer` brings the packages; the product needs none of them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

from benchmarks.qmsum import Piece, Talk

if TYPE_CHECKING:
    from langchain_chroma import Chroma

PACKAGES = ("langchain_chroma", "langchain_text_splitters")
CHARACTERS, OVERLAP = 1_000, 200
SAID = ": "


class Float32(Embeddings):
    """Chroma's default embedding function, run by its own code on the weights in a folder, as langchain asks for one."""

    def __init__(self, folder: Path) -> None:
        from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

        import vectorstore  # noqa: F401 keeps off what onnxruntime would tell its maker, which Chroma's own code loads

        self._run = ONNXMiniLM_L6_V2()
        self._run.DOWNLOAD_PATH = folder.parent
        self._run.EXTRACTED_FOLDER_NAME = folder.name

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(number) for number in vector] for vector in self._run(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def missing(folder: Path) -> str:
    """Why the peer cannot be run, in words; empty when it can."""
    if absent := [name.replace("_", "-") for name in PACKAGES if find_spec(name) is None]:
        return f"{' and '.join(absent)} missing: `pip install --group peer`"
    if not (folder / "model.onnx").is_file():
        return f"no float32 weights in {folder}: `scripts/build_embedder.py --float32 FOLDER` puts them there"
    return ""


def lines(said: Sequence[tuple[str, str]]) -> str:
    """The meeting as text."""
    return "\n".join(f"{speaker}{SAID}{text}" for speaker, text in said)


def chunks(text: str) -> list[tuple[int, str]]:
    """The text as the splitter cuts it, each chunk with the character that it begins at."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=CHARACTERS, chunk_overlap=OVERLAP, add_start_index=True)
    return [(int(one.metadata["start_index"]), one.page_content) for one in splitter.create_documents([text])]


def placed(talk: Talk, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    """Stretches of characters of the meeting's text as turns and words; a word belongs to the stretch that it begins in."""
    begins = [len(speaker) + len(SAID) for speaker, _ in talk.said]
    lengths = [begin + len(text) + 1 for begin, (_, text) in zip(begins, talk.said, strict=True)]
    turns = list(accumulate(lengths, initial=0))
    words = [
        start + begin + at for start, begin, (_, text) in zip(turns[:-1], begins, talk.said, strict=True) for at in _words(text)
    ]
    return [
        Piece(
            turns=range(bisect_right(turns, start) - 1, bisect_left(turns, end)),
            words=range(bisect_left(words, start), bisect_left(words, end)),
        )
        for start, end in spans
    ]


def _words(text: str) -> Iterator[int]:
    """Where each word begins, in a text whose words stand one blank apart."""
    at = 0
    for word in text.split():
        yield at
        at += len(word) + 1


def store(folder: Path, embeddings: Embeddings) -> "Chroma":
    """The peer's index, kept in this folder with the defaults of both; nothing is reported to anybody."""
    from chromadb.config import Settings
    from langchain_chroma import Chroma

    settings = Settings(anonymized_telemetry=False)
    return Chroma("meetings", embeddings, persist_directory=str(folder), client_settings=settings)


def ranked(talk: Talk, embeddings: Embeddings) -> tuple[list[Piece], list[list[Piece]]]:
    """Every chunk of a meeting, and all of them in the peer's order for each query."""
    cut = chunks(lines(talk.said))
    pieces = placed(talk, [(start, start + len(text)) for start, text in cut])
    with TemporaryDirectory() as folder:
        index = store(Path(folder), embeddings)
        index.add_texts([text for _, text in cut], [{"at": at} for at in range(len(cut))])
        orders = [index.similarity_search(query.text, k=len(cut)) for query in talk.queries]
    return pieces, [[pieces[one.metadata["at"]] for one in order] for order in orders]
