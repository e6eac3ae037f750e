"""Runs ONNX graphs, each input by itself: `TextRunner` for texts, `Graph` for whatever else a graph is fed.

Texts are not padded together into batches. On a processor a text of 120 words alone fills the cores as well as a padded batch
does (measured on 2 cores: 150 to 190 passages a second one by one in two threads, 125 to 150 in batches of 32), and a dynamically
quantised graph scales its activations over the whole batch, so that only a text run alone gets a vector that depends on nothing
but itself.

A process loads a file once, for whatever opens it: loading takes as long as running 20 short texts.
"""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Encoding, Tokenizer

from vectorstore.errors import ModelUnusable

Vectors = npt.NDArray[np.float32]

Feed = Mapping[str, npt.NDArray[np.generic]]

ERRORS_ONLY = 3  # onnxruntime's log level
KEPT = 4  # files of a kind: the three that are shipped, and one of a test or of training


class Graph:
    """An ONNX graph that is run on one input at a time, on as many threads as there are cores.

    Raises ModelUnusable when the file cannot be loaded.
    """

    def __init__(self, model: Path, *, threads: int | None = None) -> None:
        self.threads = threads or os.cpu_count() or 1
        try:
            self._session = _session(model, *_written(model))
        except Exception as error:  # the library raises bare exceptions of its own for a missing or damaged file
            raise _unusable(model.parent, error) from error
        self.inputs = tuple(entry.name for entry in self._session.get_inputs())

    def run(self, feeds: Sequence[Feed]) -> list[Vectors]:
        """The graph's first output for each feed, in their order."""
        if self.threads == 1 or len(feeds) < 2:  # noqa: PLR2004  # one input needs no second thread
            return [self._one(feed) for feed in feeds]
        with ThreadPoolExecutor(self.threads) as pool:
            return list(pool.map(self._one, feeds))

    def _one(self, feed: Feed) -> Vectors:
        output: Vectors = self._session.run(None, dict(feed))[0]
        return output


class TextRunner:
    """A tokenizer and a graph of one row per text, run on as many threads as there are cores.

    `tokenizer` is a `tokenizer.json` whose truncation is the graph's window. A longer text is run window by window, and its row
    is the mean of theirs, weighted by their tokens: nothing is cut off. Raises ModelUnusable when a file cannot be loaded.
    """

    def __init__(self, model: Path, tokenizer: Path, *, threads: int | None = None) -> None:
        self._graph = Graph(model, threads=threads)
        try:
            self._tokenizer = loaded_tokenizer(tokenizer)
        except Exception as error:  # the library raises bare exceptions of its own for a missing or damaged file
            raise _unusable(model.parent, error) from error

    @property
    def threads(self) -> int:
        """How many texts are run at once."""
        return self._graph.threads

    def run(self, texts: Sequence[str]) -> Vectors:
        """The graph's first output for each text: float32, shape (texts, width)."""
        readable = [text.encode("utf-8", "replace").decode() for text in texts]  # half a surrogate pair is no text
        windows = [[encoding, *encoding.overflowing] for encoding in self._tokenizer.encode_batch(readable)]
        rows = self._rows(list(chain.from_iterable(windows)))
        results = []
        start = 0
        for pieces in windows:
            weights = np.array([len(piece.ids) for piece in pieces], dtype=np.float32)
            results.append(np.average(rows[start : start + len(pieces)], axis=0, weights=weights))
            start += len(pieces)
        return np.array(results, dtype=np.float32).reshape(len(texts), -1)

    def _rows(self, encodings: list[Encoding]) -> list[Vectors]:
        return [output[0] for output in self._graph.run([self._feed(encoding) for encoding in encodings])]

    def _feed(self, encoding: Encoding) -> Feed:
        known = {"input_ids": encoding.ids, "attention_mask": encoding.attention_mask, "token_type_ids": encoding.type_ids}
        return {name: np.array([known[name]], dtype=np.int64) for name in self._graph.inputs}


def loaded_tokenizer(path: Path, *, whole: bool = False) -> Tokenizer:
    """The tokenizer of a `tokenizer.json`, which nobody may change: it is shared. `whole` cuts and pads nothing.

    Raises the bare exceptions of the library, or OSError.
    """
    return _tokenizer(path, *_written(path), whole)


@lru_cache(KEPT)
def _session(model: Path, _changed: int, _size: int) -> onnxruntime.InferenceSession:
    """The graph, loaded. It is run by any number of threads at once."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # the threads are ours, one input each
    options.inter_op_num_threads = 1
    options.log_severity_level = ERRORS_ONLY
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


@lru_cache(KEPT)
def _tokenizer(path: Path, _changed: int, _size: int, whole: bool) -> Tokenizer:  # noqa: FBT001  # a key takes it so
    tokenizer = Tokenizer.from_file(str(path))
    if whole:
        tokenizer.no_truncation()
        tokenizer.no_padding()
    return tokenizer


def _written(path: Path) -> tuple[int, int]:
    """When the file was changed last, in nanoseconds, and its bytes: another file under the same name is loaded anew."""
    told = path.stat()
    return told.st_mtime_ns, told.st_size


def _unusable(folder: Path, error: Exception) -> ModelUnusable:
    return ModelUnusable(f"the model in {folder} cannot be loaded: {error}", "Install the package again.")
