"""Whether what a file holds is one meeting: the times of a second one begin anew.

Two meetings read as one would be filed under one client, and their times would lie among each other. So a file in which
the clock falls back to where it began, and goes on from there, is refused. One wild time, people who talk at once and
captions that stand a little out of their order do not go on from there; the parts of one recording go on with its clock.
"""

import math
from collections.abc import Iterable, Sequence

from analyzer.errors import Refused
from analyzer.transcripts.base import UNATTRIBUTED, refused

NEAR_THE_BEGINNING = 180.0
"""Seconds between the first words of two meetings, each on its own clock."""
_SEVERAL = 3  # turns that go on from where the clock began anew, all of them before its latest times
_FAR = 60.0  # seconds back, from which on no track of one speaker among several is meant
_LEAST = 10.0  # seconds back, below which people interrupt each other


def several_meetings(name: str, sign: str) -> Refused:
    """The error for a file of more than one meeting; `sign` says what tells it."""
    return refused(
        name,
        f"holds more than one meeting: {sign}",
        "Split it: one file for each meeting. If it is one, put its turns in the order of their times.",
    )


def ensure_one_meeting(name: str, said: Iterable[tuple[str, float | None]]) -> None:
    """Raise Refused where the times, given with their speakers in the order of the file, begin anew."""
    timed = [(speaker, start) for speaker, start in said if start is not None and math.isfinite(start)]
    earliest = math.inf
    for at, (_, start) in enumerate(timed):
        if at > 1 and start < timed[at - 1][1] and _begins_anew(timed, at, earliest):
            raise several_meetings(name, f"after {_clock(timed[at - 1][1])} its clock begins anew at {_clock(start)}")
        earliest = min(earliest, start)


def _begins_anew(timed: Sequence[tuple[str, float]], at: int, earliest: float) -> bool:
    """Whether another meeting begins at this place; `earliest` is the first time of the one before it."""
    start, fall = timed[at][1], timed[at - 1][1] - timed[at][1]
    before, after = timed[max(0, at - _SEVERAL) : at], timed[at : at + _SEVERAL]
    starts = [time for _, time in after]
    goes_on = len(starts) == _SEVERAL and starts == sorted(starts) and starts[-1] < max(time for _, time in before)
    if fall < _LEAST or not goes_on or timed[at - 2][1] <= start or abs(start - earliest) > min(NEAR_THE_BEGINNING, fall):
        return False
    return fall >= _FAR or min(_voices(before), _voices(after)) > 1


def _voices(timed: Sequence[tuple[str, float]]) -> int:
    return len({speaker for speaker, _ in timed} - {UNATTRIBUTED})


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
