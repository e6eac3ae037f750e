"""Values as the JSON of other programs writes them: any value may stand anywhere, and a wrong one gives None or nothing."""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from analyzer.names import fold_name
from analyzer.transcripts.base import UNATTRIBUTED, refused
from analyzer.transcripts.filing import date_in
from analyzer.transcripts.notation.clock import CLOCK, clock_seconds
from analyzer.transcripts.notation.words import scrub, visible

_T = TypeVar("_T")

_NOBODY = frozenset({"unknown", "unknown speaker", "unknown_speaker", "unidentified speaker", "null", "none", "undefined", "?"})
_MANY_SPEAKERS = 1_000_000
_LONGEST_MEETING = 1_000_000.0  # seconds, eleven days: a higher number is no place in a meeting
_CLOCK = re.compile(CLOCK)
_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
_MILLISECONDS = 1e11  # an instant above this is in milliseconds: in seconds it would lie 3,000 years ahead
_CENTURY = (946_684_800.0, 4_102_444_800.0)  # 2000 to 2100: outside of it a number is no day of a meeting
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_NAMED = 5


def speaker_name(value: object) -> str:
    """The speaker as the file has it; a number, also one in a string, is that of a voice. Zero is one; nothing is nobody."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _MANY_SPEAKERS:
        return f"Speaker {value}"
    name = string(value)
    if name is None or name.casefold() in _NOBODY:
        return UNATTRIBUTED
    return f"Speaker {name}" if name.isdecimal() else name


def seconds(value: object) -> float | None:
    """A time in seconds, also one that is written as a string; None for what is no time."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        time = float(value)
    except (ValueError, OverflowError):
        return None
    return time if math.isfinite(time) and 0 <= time <= _LONGEST_MEETING else None


def milliseconds(value: object) -> float | None:
    """A time in milliseconds, as seconds."""
    time = None if isinstance(value, bool) or not isinstance(value, (int, float, str)) else _number(value)
    return None if time is None else seconds(time / 1000)


def moment(value: object) -> float | None:
    """A time as seconds or as people write it, such as `01:02`, `1:02:03` or `00:00:01,280`; in seconds."""
    if isinstance(value, str) and _CLOCK.fullmatch(value.strip()):
        return seconds(clock_seconds(value.strip()))
    return seconds(value)


def instant(value: object) -> float | None:
    """A point in time as seconds since 1970, written in ISO 8601 (without a zone it is UTC), or counted in (milli)seconds."""
    counted = None if isinstance(value, bool) or not isinstance(value, (int, float, str)) else _number(value)
    if counted is not None:
        counted = counted / 1000 if abs(counted) >= _MILLISECONDS else counted
        return counted if _CENTURY[0] <= counted < _CENTURY[1] else None
    if not isinstance(value, str):
        return None
    try:
        read = dt.datetime.fromisoformat(value.strip())
        return ((read if read.tzinfo else read.replace(tzinfo=dt.UTC)) - _EPOCH).total_seconds()
    except (ValueError, OverflowError):
        return None


def day(*values: object) -> dt.date | None:
    """The first date among values: as a text gives it, in its own time zone, or of an instant counted since 1970, in UTC."""
    for value in values:
        written = date_in(value[:100]) if isinstance(value, str) and not value.strip().isdecimal() else None
        counted = None if isinstance(value, str) and not value.strip().isdecimal() else instant(value)
        if counted is not None:
            written = (_EPOCH + dt.timedelta(seconds=counted)).date()
        if written is not None:
            return written
    return None


def _number(value: float | str) -> float | None:
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def string(value: object) -> str | None:
    """A text in one line, or None where there is none."""
    return " ".join(value.split()) or None if isinstance(value, str) else None


def title(value: object) -> str | None:
    """A title in one line and without invisible characters, or None where there is none."""
    return string(scrub(value)[0]) if isinstance(value, str) else None


def spoken(value: object) -> str:
    """What was said, as it stands, in composed form; empty where it is no text."""
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else ""


def record(value: object) -> dict[str, object]:
    """The object; empty where it is none."""
    return value if isinstance(value, dict) else {}


def objects(value: object) -> list[dict[str, object]]:
    """The objects of a list; empty where it is no list."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def item_at(value: object, place: int) -> dict[str, object]:
    """The object at a place of a list; empty where there is none."""
    return record(value[place]) if isinstance(value, list) and place < len(value) else {}


def strings(value: object) -> tuple[str, ...]:
    """The texts of a list; empty where it is no list."""
    entries: Iterable[object] = value if isinstance(value, list) else ()
    return tuple(text for entry in entries if (text := string(entry)))


def first(entry: Mapping[str, object], *keys: str) -> object:
    """The value of the first key that has one."""
    return next((entry[key] for key in keys if entry.get(key) is not None), None)


def astray(value: object) -> int:
    """Visible characters of texts in a list of objects: words that have lost their speaker and time."""
    return sum(visible(entry) for entry in value if isinstance(entry, str)) if isinstance(value, list) else 0


def share(entries: Sequence[_T], fits: Callable[[_T], bool]) -> float:
    """How many of the first entries of a list are as a format has them, from 0 to 1; 0 for an empty list."""
    looked_at = entries[:20]
    return sum(map(fits, looked_at)) / len(looked_at) if looked_at else 0.0


def addresses(speakers: Iterable[str], people: Iterable[tuple[object, object]]) -> dict[str, str]:
    """The e-mail address of each speaker whom exactly one of the (name, address) pairs fits."""
    known: dict[str, set[str]] = {}
    for name, address in people:
        if (called := string(name)) and (found := string(address)) and _ADDRESS.fullmatch(found):
            known.setdefault(fold_name(called), set()).add(found)
    matches = {speaker: known.get(fold_name(speaker), set()) for speaker in dict.fromkeys(speakers) if speaker != UNATTRIBUTED}
    return {speaker: next(iter(found)) for speaker, found in matches.items() if len(found) == 1}


def only_one(file: str, meetings: Sequence[_T], called: Callable[[_T], object]) -> _T | None:
    """The one meeting of a file, or None where it holds none. Raises Refused, naming them, where it holds several."""
    if len(meetings) > 1:
        titles = [title(called(meeting)) or "untitled" for meeting in meetings[:_NAMED]]
        more = f" and {len(meetings) - _NAMED} more" if len(meetings) > _NAMED else ""
        raise refused(
            file,
            f"holds {len(meetings)} meetings ({'; '.join(one[:80] for one in titles)}{more})",
            "A file is read as one meeting: save each of them in a file of its own.",
        )
    return meetings[0] if meetings else None
