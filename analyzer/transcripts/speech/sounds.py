"""Marks of sounds in captions, such as `[Applause]` or `(wind blowing)`, that nobody says."""

import re
from collections.abc import Sequence

from analyzer.transcripts.notation.words import ends_sentence, flow

_NOTES = "\u2669-\u266c"
_OPEN, _CLOSED = r"\[(\uff3b\uff08\u3010", r"\])\uff3d\uff09\u3011"
_MARK = rf"[{_OPEN}]([^{_OPEN}{_CLOSED}]*)[{_CLOSED}]"
_IN_MARK = re.compile(_MARK)
_SOUNDS = re.compile(rf"(?:[\s{_NOTES}]|{_MARK})+")
_BEGINS = re.compile(rf"\s*[{_OPEN}{_NOTES}]")
_ROUND = ("(", "\uff08")
_LONGEST = 120
_MOST_WORDS = 6
# Words were said there, though nobody understood them.
_NOT_UNDERSTOOD = """
inaudible unintelligible indistinct crosstalk cross overlapping unverst\u00e4ndlich unverst\u00e4ndliches incompr\u00e9hensible
ininteligible inaudibile incomprensibile onverstaanbaar inaud\u00edvel niezrozumia\u0142e nesrozumiteln\u00e9
"""
_SPEECH = frozenset(_NOT_UNDERSTOOD.split())


def without_sounds(lines: Sequence[str], names: frozenset[str] = frozenset()) -> tuple[tuple[str, ...], int]:
    """The lines of a caption without those that are marks of sounds alone, and how many marks were taken out.

    `names` are the words of people's names in lower case: `(Dana)` says who speaks. A mark within a sentence stays.
    """
    if not any(map(_BEGINS.match, lines)):
        return tuple(lines), 0
    if _is_sound(flow(lines), names):
        return (), 1
    kept = [line for at, line in enumerate(lines) if not (_is_sound(line, names) and _is_apart(lines, at))]
    return tuple(kept), len(lines) - len(kept)


def _is_sound(text: str, names: frozenset[str]) -> bool:
    text = text.strip()
    if not text or len(text) > _LONGEST or not _SOUNDS.fullmatch(text):
        return False
    return all(_is_heard(mark, names) for mark in _IN_MARK.findall(text))


def _is_heard(mark: str, names: frozenset[str]) -> bool:
    words = mark.casefold().split()
    return (
        bool(words)
        and len(words) <= _MOST_WORDS
        and words[0] not in _SPEECH
        and not names.issuperset(words)
        and not ends_sentence(mark)
    )


def _is_apart(lines: Sequence[str], at: int) -> bool:
    """Whether a sentence neither runs into a line nor out of it; square brackets and notes stand for no part of one."""
    if not lines[at].lstrip().startswith(_ROUND):
        return True
    below = lines[at + 1].strip() if at + 1 < len(lines) else ""
    return (at == 0 or ends_sentence(lines[at - 1])) and not below[:1].islower()
