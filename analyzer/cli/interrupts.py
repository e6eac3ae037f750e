"""Ctrl-C that is never lost.

Python drops the exception of a signal that arrives within a destructor or a weak reference's callback, and the work
would go on as if nothing had been pressed. So the press is remembered, and work over many items looks at it between them.
"""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_pressed = threading.Event()
_left = threading.Event()


@contextmanager
def remembered() -> Iterator[None]:
    """While this lasts, Ctrl-C is remembered as well as raised; other threads than the main one get no signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _pressed.clear()
    _left.clear()
    before, hook = signal.signal(signal.SIGINT, _press), sys.unraisablehook
    sys.unraisablehook = _all_but_ours
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        sys.unraisablehook = hook


def _all_but_ours(dropped: "sys.UnraisableHookArgs") -> None:
    """Tell what was dropped in a destructor, but not a press: that one is remembered."""
    if not (pressed() and issubclass(dropped.exc_type, KeyboardInterrupt)):
        sys.__unraisablehook__(dropped)


def pressed() -> bool:
    """Whether Ctrl-C was pressed since this was remembered."""
    return _pressed.is_set()


def dealt_with() -> None:
    """Forget a press after which the work goes on: it ended one answer, and not the session."""
    _left.set()
    _pressed.clear()


def left_behind() -> bool:
    """Whether a press ended work for which a thread may still be waiting."""
    return pressed() or _left.is_set()


def stop_if_pressed() -> None:
    """Raise KeyboardInterrupt where a press was lost."""
    if pressed():
        raise KeyboardInterrupt


def _press(signum: int, frame: FrameType | None) -> None:
    _pressed.set()
    signal.default_int_handler(signum, frame)
