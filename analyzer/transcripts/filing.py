"""When a meeting was and what it was called, from a file's own heading or from its name."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

_MONTH_NAMES = "january february march april may june july august september october november december"
_MONTHS_ELSEWHERE = """
januar februar m\u00e4rz april mai juni juli august september oktober november dezember
jan feb m\u00e4r apr mai jun jul aug sep okt nov dez
janvier f\u00e9vrier mars avril mai juin juillet ao\u00fbt septembre octobre novembre d\u00e9cembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
januari februari maart april mei juni juli augustus september oktober november december
janeiro fevereiro mar\u00e7o abril maio junho julho agosto setembro outubro novembro dezembro
"""
_MONTHS = (
    {key: n for n, name in enumerate(_MONTH_NAMES.split(), start=1) for key in (name, name[:3])}
    | {name: n for names in _MONTHS_ELSEWHERE.strip().split("\n") for n, name in enumerate(names.split(), start=1)}
    | {"sept": 9, "maerz": 3, "marz": 3, "fevrier": 2, "aout": 8, "decembre": 12, "marco": 3}
)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_ON = r"(?:(?:on|am|vom|le|du|del|op|em) )?"
_OF = r"(?:(?:of|de) )?"
_ZONE = r"(?: ?(?:(?:UTC|GMT|[CEMP][SD]T|CET|CEST|BST|MEZ|MESZ|IST|JST|AE[SD]T)(?:[+-]\d{1,2}(?::?\d\d)?)?|Z)(?![^\W_]))?"
# A time of day goes with its date.
_TIME = rf"(?:(?:[ T_-]+|, ?)(?:at )?\d{{2}}[.:h_-]?\d{{2}}(?:[.:m_-]?\d{{2}})?(?!\d)(?: ?[ap]m)?{_ZONE})?"
_DATES = tuple(
    re.compile(pattern + _TIME, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}(?P<sep>[-_./ ])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})(?!\d)",
        rf"(?<!\d){_YEAR}(?P<m>\d\d)(?P<d>\d\d)(?!\d)",
        rf"(?<!\w){_ON}(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?[ _-]*{_OF}(?P<month>{_MONTH})\.?,?[ _-]*(?:de )?{_YEAR}(?!\d)",
        rf"(?<![^\W_])(?P<month>{_MONTH})\.?[ _-]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?[ _-]+{_YEAR}(?!\d)",
        rf"(?<!\d)(?P<a>\d{{1,2}})(?P<sep>[./-])(?P<b>\d{{1,2}})(?P=sep){_YEAR}(?!\d)",
    )
)
_TWELVE_MONTHS = 12

_SUFFIX = re.compile(
    r"\.(?:vtt|srt|sbv|txt|text|md|markdown|json|docx?|csv|pdf|rtf|transcript|cc|captions?|mp4|m4a)$", re.IGNORECASE
)
# What programs put into a file's name; whatever else stands there was written by somebody who meant something by it.
_MACHINE = (
    r"gmt|utc|(?:notes by|notizen von|notes de|notas de|appunti di|notities van) gemini|besprechungsaufzeichnung|audio[ _-]?only|"
    r"enregistrement de la r\u00e9union|grabaci\u00f3n de la reuni\u00f3n|transkript|transcripci\u00f3n|trascrizione|"
    r"(?:meeting[ _-]+)?(?:saved[ _-]+)?closed[ _-]+captions?|(?:meeting[ _-]+)?recording|"
    r"(?:(?:audio|meeting)[ _-]+)?transcript|transcription|captions?|otter[ _.]?ai|zoom|\d{3,4}x\d{3,4}"
)
_AT_AN_END = re.compile(rf"^(?:{_MACHINE})(?![^\W_])|(?<![^\W_])(?:{_MACHINE})$", re.IGNORECASE)
_NO_TITLE = frozenset({"chat", "meeting", "audio", "video", "untitled", "new meeting", "call", "en", "notes"})
_EMPTY_BRACKETS = re.compile(r"[(\[]\s*[)\]]")
_EDGES = " \t_-\u2013\u2014.,|#*"
_FIELD = re.compile(
    r"\W*(?P<key>date|title|subject|meeting|topic|client|company|customer)\W{0,3}[:\uff1a][\s*]*(?P<value>.*)", re.IGNORECASE
)
_TITLES = frozenset({"title", "subject", "meeting", "topic"})
_LONGEST_TITLE = 120
_HEADING_WORDS = 12  # in a longer line a date may be one that is told of


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a heading or a file's name says of the meeting; None for what it does not say."""

    title: str | None = None
    date: dt.date | None = None
    client: str | None = None


NO_FACTS = Facts()


def from_file_name(name: str) -> Facts:
    """Date and title as a file's name gives them: `2026-03-04 Scoping call.vtt`, `GMT20260304-150233_Recording.vtt`."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1]
    while _SUFFIX.search(stem):
        stem = _SUFFIX.sub("", stem)
    found = _find_date(stem)
    rest = f"{stem[: found[1]]} {stem[found[2] :]}" if found else stem
    return Facts(title=_title(rest.replace("_", " ")), date=found[0] if found else None)


def from_heading(lines: Sequence[str], *, first_is_title: bool) -> Facts:
    """What the lines above the speech say: fields such as `Date:`, a date anywhere, and the first line as the title."""
    fields: dict[str, str] = {}
    free: list[str] = []
    for line in lines:
        if match := _FIELD.match(line):
            fields.setdefault(match["key"].casefold(), match["value"].strip(_EDGES))
        elif line.strip():
            free.append(line)
    short = (line for line in lines if len(line.split()) <= _HEADING_WORDS)
    date = next((d for text in (fields.get("date", ""), *short) if (d := date_in(text))), None)
    title = next((fields[key] for key in fields if key in _TITLES and fields[key]), None)
    if title is None and first_is_title and free:
        title = _without_date(free[0])
    client = next((fields[key] for key in ("client", "customer", "company") if fields.get(key)), None)
    return Facts(title=title, date=date, client=client)


def date_in(text: str) -> dt.date | None:
    """The first date written in a text, or None; one such as 03/04/2026, which two countries read differently, is not guessed."""
    found = _find_date(text)
    return found[0] if found else None


def _find_date(text: str) -> tuple[dt.date, int, int] | None:
    """The date and where it stands."""
    for pattern in _DATES:
        for match in pattern.finditer(text):
            date = _date(match.groupdict())
            if date is not None:
                return date, match.start(), match.end()
    return None


def _date(parts: dict[str, str | None]) -> dt.date | None:
    year = int(parts["y"] or 0)
    if "a" in parts:
        a, b = int(parts["a"] or 0), int(parts["b"] or 0)
        if parts["sep"] != "." and a != b and max(a, b) <= _TWELVE_MONTHS:
            return None
        day, month = (b, a) if b > _TWELVE_MONTHS else (a, b)
    else:
        named = parts.get("month")
        day, month = int(parts["d"] or 0), _MONTHS[named.casefold()] if named else int(parts["m"] or 0)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _without_date(text: str) -> str | None:
    found = _find_date(text)
    return _title(f"{text[: found[1]]} {text[found[2] :]}" if found else text)


def _title(text: str) -> str | None:
    """What is left of a name or heading when machine words and separators are taken off its ends; None when nothing is."""
    title, before = _EMPTY_BRACKETS.sub(" ", text).strip(_EDGES), ""
    while title != before:
        before, title = title, _AT_AN_END.sub("", title).strip(_EDGES)
    title = " ".join(title.split())
    meaningless = title.casefold() in _NO_TITLE or not any(c.isalpha() for c in title)
    return None if meaningless or len(title) > _LONGEST_TITLE else title
