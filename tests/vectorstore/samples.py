"""Small texts and embedders that the tests of the passage index share."""

import hashlib
from collections.abc import Sequence

import numpy as np

from vectorstore.embedders import Vectors
from vectorstore.index import Entry

BUDGET = "The board decided on the budget for the new warehouse."
HOLIDAY = "We talked about holidays in the mountains."
HIRING = "They want to hire two engineers before spring."


class ScatteringEmbedder:
    """Every text has a direction of its own, so that no two cosines are the same."""

    identity = "scattering:32"
    dimension = 32

    def embed(self, texts: Sequence[str]) -> Vectors:
        seeds = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) for text in texts]
        vectors = np.array([np.random.default_rng(seed).normal(size=self.dimension) for seed in seeds])
        scaled: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
        return scaled

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self.embed([text])[0]
        return vector


class CountingEmbedder(ScatteringEmbedder):
    """Remembers the texts that it had to embed."""

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded.extend(texts)
        return super().embed(texts)

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = super().embed([text])[0]
        return vector


def entries(group: str, *texts: str, revision: int = 1) -> list[Entry]:
    """Consecutive passages of one group."""
    return [
        Entry(id=f"{group}.{revision}.{ordinal}", group=group, ordinal=ordinal, text=text) for ordinal, text in enumerate(texts)
    ]


def many(group: str, number: int) -> list[Entry]:
    """Passages that all differ, and share a word with every tenth of them."""
    return entries(group, *(f"{group} passage {n} ending{n % 10}" for n in range(number)))
