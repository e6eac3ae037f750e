"""What stands above the talk of a plain transcript, and whether another meeting begins below it."""

import datetime as dt
import re
from collections.abc import Sequence

from analyzer.transcripts.filing import date_in, meeting_date_in
from analyzer.transcripts.formats.plain_lines import PLAIN_LEVEL, Line, is_of_notes
from analyzer.transcripts.formats.plain_names import Names
from analyzer.transcripts.notation.heading_words import DATE_FIELDS, MAIL_HEADERS, NEUTRAL, NOTES, TOPICS
from analyzer.transcripts.notation.names import heads_no_speech, heads_speech

_LONGEST_FIELD = 200
_FEWEST = 2
_TITLE_WORDS = 8
_SETTING = re.compile(r"[a-z_][\w.-]*:(?:\s|$)")
_ENTRIES = 3
_ELSEWHEN = re.compile(
    r"\b(?:next|previous|last|follow|deadline|due|n\u00e4chst|prochain|pr\u00f3xim|prossim|volgend|nast\u0119pn|kolejn|"
    r"\u0441\u043b\u0435\u0434\u0443\u044e\u0449)|\u6b21\u56de",
    re.IGNORECASE,
)


def fields_above(lines: Sequence[Line]) -> int:
    """How many lines at the top are fields, one of which gives a date: names that never come again, up to an empty line."""
    end = next((at for at, line in enumerate(lines) if at and line.opens and lines[at - 1].heading is None), len(lines))
    if not _FEWEST <= end < len(lines):
        return 0
    keys = [_key(line) for line in lines[:end]]
    dated = any(
        key and len(line.text) <= _LONGEST_FIELD and date_in(line.text) for key, line in zip(keys, lines[:end], strict=True)
    )
    again = {_key(line) for line in lines[end:]}
    fields = [key for key in keys if key]
    regular = len(fields) * 2 > end and len(set(fields)) == len(fields) and again.isdisjoint(fields)
    return end if dated and regular and all(_is_brief(line) for line in lines[:end]) else 0


def _key(line: Line) -> str:
    """What stands before the first colon of a short line, in small letters."""
    head, colon, _ = line.words[:_LONGEST_FIELD].replace("\uff1a", ":").partition(":")
    return head.strip(" *_").casefold() if colon else ""


def _is_brief(line: Line) -> bool:
    return len(line.text) <= _LONGEST_FIELD and line.text[-1] not in ".!?\u3002"


def about_the_meeting(above: Sequence[Line]) -> list[str]:
    """The lines above the first notes, whose words and dates are of other things, and fields such as `Date:` anywhere."""
    lines: list[str] = []
    noted = False
    for line in above:
        words = line.heading.words if line.heading else line.text.partition(":")[0].strip("*_ ").casefold()
        field = line.heading is None and words in NEUTRAL
        title = heads_no_speech(words) or heads_speech(words)
        noted = noted or (title and not field)
        if field or not (noted or title or line.unread or line.stamp or (line.listed and line.label)):
            lines.append(line.text)
    return lines


def is_mail(lines: Sequence[Line]) -> bool:
    """Whether the file begins with the header of a mail as programs send it."""
    end = next((at for at, line in enumerate(lines) if at and line.opens), len(lines))
    keys = {_key(line) for line in lines[:end]}
    return not keys.isdisjoint(MAIL_HEADERS) and len(keys & (MAIL_HEADERS | {"from", "to", "subject", "date"})) >= _FEWEST


def is_form(lines: Sequence[Line], names: Names) -> bool:
    """Whether as many lines begin with the name of a setting, written small, or with a topic, as with a speaker's."""
    named = sum(names.on(line) is not None for line in lines)
    others = [(_key(line), line) for line in lines if names.on(line) is None]
    # Fields of a heading are no sign: a talk may stand below.
    entries = sum(key in TOPICS or (key not in NOTES and _SETTING.match(line.text) is not None) for key, line in others)
    return entries >= max(_ENTRIES, named)


def another_meeting(talk: Sequence[Line], names: Names, first: dt.date | None) -> str | None:
    """The line in the midst of the talk that gives another meeting's date, with somebody speaking below it."""
    named = [at for at, line in enumerate(talk) if names.on(line)]
    in_notes = False
    for at in range(named[0] + 1, named[-1]) if named else ():
        line = talk[at]
        in_notes = is_of_notes(line.heading) if line.heading else in_notes
        date = None if in_notes or names.on(line) else _own_date(line)
        if date is None:
            continue
        if first is not None and date != first:
            return line.text
        first = date
    return None


def _own_date(line: Line) -> dt.date | None:
    if len(line.text) > _LONGEST_FIELD or _ELSEWHEN.search(line.text):
        return None
    if line.heading and line.heading.level < PLAIN_LEVEL:
        return meeting_date_in(line.text, is_title=True)
    if not line.opens or line.listed:
        return None
    if _key(line) in DATE_FIELDS:
        return date_in(line.text)
    brief = len(line.text.split()) <= _TITLE_WORDS and _is_brief(line) and line.label is None and line.stamp is None
    return meeting_date_in(line.text, is_title=False) if brief else None
