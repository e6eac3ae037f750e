"""Values as the JSON of other programs writes them."""

import math
from collections.abc import Iterable

from analyzer.transcripts.base import UNATTRIBUTED


def speaker_name(value: object) -> str:
    """The speaker as the file has it. Zero is a speaker; only nothing at all is nobody."""
    if isinstance(value, str) and value.strip():
        return " ".join(value.split())
    if isinstance(value, int) and not isinstance(value, bool):
        return f"Speaker {value}"
    return UNATTRIBUTED


def seconds(value: object) -> float | None:
    """A time in seconds, also one that is written as a string; None for what is no time."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        time = float(value)
    except (ValueError, OverflowError):
        return None
    return time if math.isfinite(time) and time >= 0 else None


def string(value: object) -> str | None:
    """A text in one line, or None where there is none."""
    return " ".join(value.split()) or None if isinstance(value, str) else None


def objects(value: object) -> list[dict[str, object]]:
    """The objects of a list; empty where it is no list."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def strings(value: object) -> tuple[str, ...]:
    """The texts of a list; empty where it is no list."""
    entries: Iterable[object] = value if isinstance(value, list) else ()
    return tuple(text for entry in entries if (text := string(entry)))
