"""A graph that comes with the reader, in a folder with its tokenizer and its checksums."""

from functools import cached_property
from pathlib import Path

from tokenizers import Tokenizer

from analyzer.errors import EngineError
from vectorstore import checksums
from vectorstore.errors import ModelUnusable
from vectorstore.onnx import Graph, loaded_tokenizer

TOKENIZER = "tokenizer.json"
AGAIN = "install Analyzer again"


class Shipped:
    """The files of one graph, read when they are first needed. Raises EngineError when one is missing or damaged."""

    def __init__(self, folder: Path, graph: str) -> None:
        self._folder = folder
        self._name = graph

    @cached_property
    def checksum(self) -> str:
        """The graph's SHA-256 as it was shipped, 12 hex digits. Raises EngineError when the file that tells it is gone."""
        try:
            return checksums.shipped(self._folder)[self._name][:12]
        except (ModelUnusable, KeyError) as cause:
            raise EngineError(f"{self._folder / checksums.SUMS} cannot be read", AGAIN) from cause

    def damaged_files(self) -> tuple[str, ...]:
        """The names of files that are missing or not as shipped; none when all is well. Raises EngineError."""
        _ = self.checksum
        return checksums.damaged(self._folder)

    @cached_property
    def graph(self) -> Graph:
        """The graph, loaded. Raises EngineError."""
        path = self._folder / self._name
        try:
            whole = checksums.sha256(path)[:12] == self.checksum
            graph = Graph(path) if whole else None
        except (OSError, ModelUnusable) as cause:
            raise EngineError(f"{path} cannot be loaded", AGAIN) from cause
        if graph is None:
            raise EngineError(f"{path} is not the file that was shipped", AGAIN)
        return graph

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """Its tokenizer, which cuts and pads nothing. Raises EngineError."""
        path = self._folder / TOKENIZER
        try:
            return loaded_tokenizer(path, whole=True)
        except Exception as cause:  # the library raises bare exceptions of its own for a missing or damaged file
            raise EngineError(f"{path} cannot be read", AGAIN) from cause
