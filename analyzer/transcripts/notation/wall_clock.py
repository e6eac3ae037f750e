"""Times of day, where a program writes down when something was said and not how far into the meeting."""

from collections.abc import Sequence

from analyzer.transcripts.notation.clock import MERIDIEM

TIME_OF_DAY = rf"\d{{1,2}}:\d{{2}}:\d{{2}}(?:[.,]\d{{1,3}})?{MERIDIEM}"
"""A pattern without groups, for `clock_seconds`: `14:02:11`, `2:02:11 PM`."""

FIRST_WALL = 6 * 3600.0
"""A first time from here on is one of day: nobody begins to talk six hours into a meeting."""

_HALF_DAY = 12 * 3600.0
_HOUR = 3600.0


def from_the_first(times: Sequence[float]) -> list[float]:
    """Seconds after the first of these times of day, over midnight too.

    Every time is taken to be as near to the one before it as a clock allows; where no time is later than one o'clock in
    the afternoon the clock may be one of twelve hours without AM and PM.
    """
    if not times:
        return []
    round_the_clock = _HALF_DAY if max(times) < _HALF_DAY + _HOUR else 2 * _HALF_DAY
    passed: list[float] = []
    before = times[0]
    for time in times:
        before = time + round_the_clock * round((before - time) / round_the_clock)
        passed.append(round(max(0.0, before - times[0]), 3))
    return passed
