"""What turns texts into vectors: the model in the box, and a plain one without a model.

`vectorstore.openai_embedder` has one on a server.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from vectorstore import checksums

if TYPE_CHECKING:
    from vectorstore.onnx import TextRunner

Vectors = npt.NDArray[np.float32]

BUNDLED = Path(__file__).parent / "models" / "minilm-l6-v2"
MODEL, TOKENIZER = "model.int8.onnx", "tokenizer.json"


class Embedder(Protocol):
    """Texts to vectors of length 1, so that their product is their cosine.

    `identity` names model and weights: vectors of different identities are never compared.
    """

    @property
    def identity(self) -> str: ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Float32, shape (texts, numbers in a vector)."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """Float32, of as many numbers."""
        ...


class LastAsked:
    """Remembers the vector of the last question: one question is put to the index of each client, and beside what is found."""

    def __init__(self) -> None:
        self._last: tuple[str, Vectors] | None = None

    def vector(self, text: str, embed: Callable[[Sequence[str]], Vectors]) -> Vectors:
        """The vector of the text, which `embed` makes unless it is the last one again."""
        last = self._last
        if last is None or last[0] != text:
            last = self._last = (text, embed([text])[0])
        return last[1]


class BundledEmbedder:
    """all-MiniLM-L6-v2 as int8 ONNX (`scripts/build_embedder.py`). It is loaded at the first text, and never asks the network.

    A text's vector depends on that text alone. On machines of other kinds it may differ a little.
    """

    dimension = 384

    def __init__(self, folder: Path = BUNDLED) -> None:
        self._folder = folder
        self._last_asked = LastAsked()

    @cached_property
    def identity(self) -> str:
        return f"minilm-l6-int8:{checksums.shipped(self._folder)[MODEL][:12]}"

    @cached_property
    def runner(self) -> "TextRunner":
        """The loaded model. Raises ModelUnusable."""
        from vectorstore.onnx import TextRunner  # onnxruntime takes 0.3 s to load

        return TextRunner(self._folder / MODEL, self._folder / TOKENIZER)

    def load(self) -> None:
        """Read the weights now instead of at the first text. Raises ModelUnusable."""
        _ = self.runner

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return unit(self.runner.run(texts))

    def embed_query(self, text: str) -> Vectors:
        return self._last_asked.vector(text, self.embed)

    def damaged_files(self) -> tuple[str, ...]:
        """The names of model files that are missing or are not those that were shipped; none when all is well."""
        return checksums.damaged(self._folder)


class WordHashEmbedder:
    """Counts words in hashed places: texts that share words are near. Needs no model and is the same everywhere.

    For tests, and for whoever wants the index without a model; "feature hashing" of Weinberger et al., 2009.
    """

    dimension = 256
    identity = "word-hash:256"

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in re.findall(r"\w+", text.casefold()):
                digest = hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=4).digest()
                row[digest[0]] += 1.0 if digest[1] & 1 else -1.0
            if not row.any():
                row[0] = 1.0
        return unit(vectors)

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self.embed([text])[0]
        return vector


def unit(vectors: Vectors) -> Vectors:
    """The rows, each brought to length 1; none of them may be 0."""
    scaled: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return scaled
