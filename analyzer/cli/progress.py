"""A progress bar on stderr for work that takes over a second; silent where stderr is no terminal."""

import sys
import threading
from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 1.0  # seconds before a bar appears: what is quicker needs none


def track(items: Sequence[T], label: str) -> Iterable[T]:
    """The items in turn, with a bar once they take long."""
    if not sys.stderr.isatty() or not items:
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task(label, total=len(items))
    timer = threading.Timer(PATIENCE, bar.start)
    timer.daemon = True
    timer.start()
    try:
        for item in items:
            yield item
            bar.advance(task)
    finally:
        timer.cancel()
        bar.stop()
