"""Work that waits on a network, several pieces at once: results as they come, and nothing that outlives Ctrl-C."""

import queue
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def as_done(work: Callable[[T], R], items: Sequence[T], workers: int) -> Generator[tuple[T, R | Exception]]:
    """Each item with its result, or with what its work raised, in the order in which they end; at most `workers` at once.

    Close the iterator to begin no more: what runs is left behind on daemon threads, which end with the process.
    """
    waiting: queue.SimpleQueue[T] = queue.SimpleQueue()
    ended: queue.SimpleQueue[tuple[T, R | Exception]] = queue.SimpleQueue()
    closed = threading.Event()
    for item in items:
        waiting.put(item)

    def run() -> None:
        while not closed.is_set():
            try:
                item = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                ended.put((item, work(item)))
            except Exception as error:  # noqa: BLE001 it is handed to whoever asked, who tells an error from a bug
                ended.put((item, error))

    for _ in range(min(workers, len(items))):
        threading.Thread(target=run, daemon=True).start()
    try:
        for _ in items:
            yield ended.get()
    finally:
        closed.set()


def apart(work: Callable[[], R]) -> R:
    """What the work gives, or raises. Ctrl-C ends the waiting at once, where a library would hold it until an answer comes."""
    with closing(as_done(lambda _: work(), (None,), 1)) as results:
        _, result = next(results)
    if isinstance(result, Exception):
        raise result
    return result
