"""A progress bar on stderr for work that takes over a second; silent where stderr is no terminal."""

import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from analyzer.cli.interrupts import stop_if_pressed

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")

PATIENCE = 1.0  # seconds before a bar appears: what is quicker needs none


class Bars:
    """The bars of one command, one below the other where work lies within work; given to the workspace as its `track`."""

    def __init__(self) -> None:
        self._shown: Progress | None = None
        self._timer: threading.Timer | None = None

    def __call__(self, items: Sequence[T], label: str | Callable[[], str]) -> Iterable[T]:
        """The items in turn, with a bar once the command takes long."""
        if not sys.stderr.isatty() or not items:
            for item in items:
                yield item
                stop_if_pressed()
            return
        bar = self._ready()
        task = bar.add_task(_worded(label), total=len(items))
        for item in items:
            yield item
            stop_if_pressed()
            bar.update(task, advance=1, description=_worded(label))
        bar.remove_task(task)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Out of the way while a person is asked something."""
        self.close()
        yield
        if self._shown:
            self._shown.start()

    def close(self) -> None:
        """Take the bars away; what is printed next stands on a clean line."""
        if self._timer:
            self._timer.cancel()
        if self._shown:
            self._shown.stop()

    def reset(self) -> None:
        """Take the bars away for good; what comes next has its own."""
        self.close()
        self._timer = self._shown = None

    def _ready(self) -> "Progress":
        if self._shown is None:
            from rich.console import Console
            from rich.progress import Progress

            self._shown = Progress(console=Console(stderr=True), transient=True)
            self._timer = threading.Timer(PATIENCE, self._shown.start)
            self._timer.daemon = True
            self._timer.start()
        return self._shown


def _worded(label: str | Callable[[], str]) -> str:
    return label if isinstance(label, str) else label()
