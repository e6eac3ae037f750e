"""Times that people write before or after a name: which they are, and how far into the meeting they lie.

`10:02` is ten minutes after the start, or two minutes past ten. What is said between two of them tells: nobody says six
words a second.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from analyzer.transcripts.notation.clock import CLOCK, MERIDIEM, clock_seconds, is_of_day
from analyzer.transcripts.notation.wall_clock import FIRST_WALL, from_the_first

_TIME = rf"{CLOCK}{MERIDIEM}"
_DAY = r"\d{1,4}(?P<dash>[./-])\d{1,2}(?P=dash)\d{2,4},?[ T]\s*"
_WHEN = rf"(?P<time>(?:{_DAY})?{_TIME})"
_UNTIL = rf"(?:\s*[-\u2013\u2014]\s*{_TIME})?"
_OPEN, _CLOSED = "[(\\[\uff3b\uff08\u3010]", "[)\\]\uff3d\uff09\u3011]"
_OPENS = frozenset("([\uff3b\uff08\u3010")
_BRACKETED = re.compile(rf"{_OPEN}\s*{_WHEN}{_UNTIL}\s*{_CLOSED}(?:\s*[-\u2013\u2014|:]\s+|\s*)(?=\S)")
_BARE = re.compile(rf"{_WHEN}{_UNTIL}(?:\s*[-\u2013\u2014|]\s*|\s+)(?=\S)")
_ALONE = re.compile(rf"{_OPEN}?\s*{_WHEN}{_UNTIL}\s*{_CLOSED}?")
_DATE = re.compile(_DAY)
_LONGEST = 80
_WORDS_A_SECOND = 6.0
_FEW_WORDS = 30
_MUCH = 0.25  # of all words, said faster than anybody talks
_HOURS = 24


class Stamp(NamedTuple):
    """A time at the start of a line, with the day if one is given; the line without it; whether it stands in brackets."""

    time: str
    rest: str
    bracketed: bool


def stamp_before(text: str) -> Stamp | None:
    """The time that a line begins with, if something follows it."""
    bracketed = text[:1] in _OPENS
    if not bracketed and not text[:1].isdecimal():
        return None
    match = (_BRACKETED if bracketed else _BARE).match(text)
    return Stamp(match["time"], text[match.end() :], bracketed) if match else None


def stamp_alone(text: str) -> str | None:
    """The time that is all of a line."""
    match = _ALONE.fullmatch(text) if len(text) <= _LONGEST and text[-1:] not in "AaPp" else None
    return match["time"] if match else None


def seconds_in(stamps: Sequence[str | None], words: Sequence[int]) -> list[float | None]:
    """Seconds from the meeting's start, of times in the order of the file; `words` is how many are said from each on."""
    written = [_DATE.sub("", stamp) for stamp in stamps if stamp is not None]
    said = [number for number, stamp in zip(words, stamps, strict=True) if stamp is not None]
    times = [clock_seconds(stamp) for stamp in written]
    dated = sum(stamp is not None and len(stamp) > len(_DATE.sub("", stamp)) for stamp in stamps) * 2 > len(written)
    of_day = sum(map(is_of_day, written)) * 2 > len(written)
    if not of_day and (dated or _without_seconds(written, times, said)):
        times = [time * 60 if stamp.count(":") == 1 else time for time, stamp in zip(times, written, strict=True)]
    if times and (of_day or dated or times[0] >= FIRST_WALL):
        times = from_the_first(times)
    following = iter(times)
    return [None if stamp is None else next(following) for stamp in stamps]


def _without_seconds(written: Sequence[str], times: Sequence[float], words: Sequence[int]) -> bool:
    """Whether times of two parts are hours and minutes: as minutes and seconds they would leave no time to talk."""
    if any(time.count(":") > 1 or int(time.split(":")[0]) >= _HOURS for time in written):
        return False
    gaps = [max(0.0, after - before) for before, after in pairwise(times)]
    hurried = sum(max(0.0, said - _WORDS_A_SECOND * gap) for said, gap in zip(words, gaps, strict=False))
    return hurried > max(_FEW_WORDS, _MUCH * sum(words))
