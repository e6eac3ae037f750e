"""When the next request may go: so many a minute, and none while the server has asked to wait. One for all threads."""

import email.utils
import math
import random
import threading
import time
from collections.abc import Callable, Mapping

from langchain_core.rate_limiters import InMemoryRateLimiter

from analyzer.errors import RateLimited

LONGEST_PAUSE = 120.0  # seconds; a server that asks for more is told of instead of waited for
_FIRST_PAUSE, _MOST_PAUSE = 0.5, 8.0  # seconds, doubled from one to the other where the server names no time
_LOOK_AGAIN = 0.05  # seconds


class Pace:
    """Holds requests back. Safe to use from several threads; `clock` and `sleep` are in seconds."""

    def __init__(
        self,
        calls_per_minute: int = 0,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._until = -math.inf
        self._limiter: InMemoryRateLimiter | None = None
        if calls_per_minute:
            self._limiter = InMemoryRateLimiter(requests_per_second=calls_per_minute / 60)
            self._limiter.available_tokens = 1.0  # the first call has nothing to wait for

    def wait(self, server: str) -> None:
        """Return when a request may go. Raises RateLimited where the server has asked for a longer pause than anybody waits."""
        while True:
            left = self._left()
            if left > LONGEST_PAUSE:
                raise too_long(server, left)
            if left > 0:
                self._sleep(left)
            elif self._limiter is None or self._limiter.acquire(blocking=False):
                return
            else:
                self._sleep(_LOOK_AGAIN)

    def pause(self, seconds: float) -> None:
        """Let nobody ask for so long; a longer pause that holds already stays."""
        with self._lock:
            self._until = max(self._until, self._clock() + seconds)

    def rest(self, seconds: float) -> None:
        """Wait alone, before the same is tried again."""
        self._sleep(seconds)

    def _left(self) -> float:
        with self._lock:
            return self._until - self._clock()


def asked_to_wait(headers: Mapping[str, str], now: Callable[[], float] = time.time) -> float | None:
    """The seconds that the headers of a reply ask to wait: `retry-after-ms`, or `retry-after` as seconds or as a date."""
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            seconds = float(headers[name]) / unit
        except (KeyError, ValueError):
            continue
        return max(0.0, seconds) if not math.isnan(seconds) else None
    try:
        return max(0.0, email.utils.parsedate_to_datetime(headers["retry-after"]).timestamp() - now())
    except (KeyError, ValueError, OverflowError):
        return None


def own_pause(attempt: int) -> float:
    """Seconds before a further attempt, counted from 0, where the server names none: doubled each time, never all at once."""
    return float(min(_FIRST_PAUSE * 2 ** min(attempt, 10), _MOST_PAUSE) * random.uniform(0.75, 1.0))  # noqa: S311 no secret


def too_long(server: str, seconds: float) -> RateLimited:
    """The server asks for a pause that nobody waits for."""
    minutes = "over a day" if seconds > 86_400 else f"{math.ceil(seconds / 60)} minutes"  # noqa: PLR2004 a day
    return RateLimited(f"{server} asks to wait {minutes}", "Run it again then: what is done so far is kept.")
