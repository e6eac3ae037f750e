"""When a meeting was and what it was called, from a file's own heading or from its name."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.transcripts.notation.heading_words import CLIENT_FIELDS, DATE_FIELDS, TITLE_FIELDS
from analyzer.transcripts.notation.remarks import introduces, is_footer
from analyzer.transcripts.notation.words import scrub

_MONTH_NAMES = "january february march april may june july august september october november december"
_MONTHS_ELSEWHERE = """
januar februar märz april mai juni juli august september oktober november dezember
jan feb mär apr mai jun jul aug sep okt nov dez
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
januari februari maart april mei juni juli augustus september oktober november december
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
ledna února března dubna května června července srpna září října listopadu prosince
januari februari mars april maj juni juli augusti september oktober november december
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
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
_WEEKDAY = "[(\uff08][\u6708\u706b\u6c34\u6728\u91d1\u571f\u65e5\uc6d4\ud654\uc218\ubaa9\uae08\ud1a0\uc77c][)\uff09]"
_DATES = tuple(
    re.compile(pattern + _TIME, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}(?P<sep>[-_./ ])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})(?!\d)",
        rf"(?<!\d){_YEAR}(?P<m>\d\d)(?P<d>\d\d)(?!\d)",
        rf"(?<!\d){_YEAR} ?[\u5e74\ub144] ?(?P<m>\d{{1,2}}) ?[\u6708\uc6d4] ?(?P<d>\d{{1,2}}) ?[\u65e5\uc77c](?: ?{_WEEKDAY})?",
        rf"(?<!\w){_ON}(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?[ _-]*{_OF}(?P<month>{_MONTH})\.?,?[ _-]*(?:de )?{_YEAR}(?!\d)",
        rf"(?<![^\W_])(?P<month>{_MONTH})\.?[ _-]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?[ _-]+{_YEAR}(?!\d)",
        rf"(?<!\d)(?P<a>\d{{1,2}})(?P<sep>[./-])(?P<b>\d{{1,2}})(?P=sep){_YEAR}(?!\d)",
    )
)
_TWELVE_MONTHS = 12

_SUFFIX = re.compile(
    r"\.(?:vtt|srt|sbv|txt|text|md|markdown|json|docx?|csv|pdf|rtf|transcript|cc|captions?|mp4|m4a|mp3|wav|mov|webm)$",
    re.IGNORECASE,
)
# What programs put into a file's name; whatever else stands there was written by somebody who meant something by it.
_MACHINE = (
    r"gmt|utc|(?:notes by|notizen von|notes de|notas de|appunti di|notities van) gemini|besprechungsaufzeichnung|audio[ _-]?only|"
    r"enregistrement de la r\u00e9union|grabaci\u00f3n de la reuni\u00f3n|transkript|transcripci\u00f3n|trascrizione|"
    r"(?:meeting[ _-]+)?saved[ _-]+(?:new[ _-]+)?chat|"
    r"(?:meeting[ _-]+)?(?:saved[ _-]+)?closed[ _-]+captions?|(?:meeting[ _-]+)?recording|"
    r"(?:(?:audio|meeting)[ _-]+)?transcript|transcription|captions?|otter[ _.]?ai|zoom|\d{3,4}x\d{3,4}"
)
_AT_AN_END = re.compile(rf"^(?:{_MACHINE})(?![^\W_])|(?<![^\W_])(?:{_MACHINE})$", re.IGNORECASE)
_NO_TITLE = frozenset({"chat", "meeting", "audio", "video", "untitled", "new meeting", "call", "en", "notes"})
_EMPTY_BRACKETS = re.compile(r"[(\[]\s*[)\]]")
_EDGES = " \t_-\u2013\u2014.,|#*:\uff1a"
_MEDIA = re.compile(r"\.(?:mp3|mp4|m4a|wav|mov|webm|ogg|aac|flac|avi|mkv|wma|mpe?g)$", re.IGNORECASE)
_FIELD = re.compile(r"\W*(?P<key>\w[^:\uff1a]{0,39}?)[\W_]{0,3}[:\uff1a][\s*]*(?P<value>.*)")
# "Contract of 1 March" is of something that has a date; "Transcript of 1 March" is of a meeting that was then.
_DATED = re.compile(r"\b(?:of|dated|from|since|until|till|by|due|before|after)\s*$", re.IGNORECASE)
_OF_A_MEETING = re.compile(
    r"\b(?:call|meeting|transcri\w+|interview|minutes|session|review|conversation|workshop|record\w*|notes|discussion|weekly|"
    r"kick-?off|sync|demo|chat|protocol|talks?)\b",
    re.IGNORECASE,
)
_OTHER_WORDS = 5  # beside a date, up to which a line says when the meeting was
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
    """What the lines above the speech say: fields such as `Date:`, a line with a date and little else, the first line as title.

    What a program or a chat assistant wrote about its own work says nothing.
    """
    dates, titles, clients, free = _taken_apart(lines)
    date = next((found for value in dates if (found := date_in(value))), None)
    if date is None:
        date = next((found for value in titles if (found := date_in(value))), None)
    if date is None:
        date = next((found for at, line in enumerate(free) if (found := meeting_date_in(line, is_title=at == 0))), None)
    title = next((_without_media(value) for value in titles), None)
    if title is None and first_is_title and free:
        title = _title_of(_without_media(free[0]))
    client = next((clients[key] for key in CLIENT_FIELDS if clients.get(key)), None)
    return Facts(title=title, date=date, client=client)


def unclear_date(lines: Sequence[str]) -> str | None:
    """The date above the speech that two countries read differently, as a sentence for people; None where there is none."""
    dates, titles, _, free = _taken_apart(lines)
    for text in (*dates, *titles, *free):
        for match in _DATES[-1].finditer(text) if len(text.split()) <= _HEADING_WORDS else ():
            year, a, b = int(match["y"]), int(match["a"]), int(match["b"])
            if match["sep"] != "." and a != b and min(a, b) > 0 and max(a, b) <= _TWELVE_MONTHS:
                one, other = (f"{day} {_MONTH_NAMES.split()[month - 1].title()}" for day, month in ((a, b), (b, a)))
                return f"the date could be {one} or {other} {year}"
    return None


def meeting_date_in(line: str, *, is_title: bool) -> dt.date | None:
    """The date that a line of a heading gives as the meeting's: one with little else beside it, or in a title."""
    found = _find_date(line) if len(line.split()) <= _HEADING_WORDS else None
    if found is None:
        return None
    date, start, end = found
    before, other = line[:start], f"{line[:start]} {line[end:]}"
    if _DATED.search(before) and not _OF_A_MEETING.search(before):
        return None
    if not is_title and (len(re.findall(r"[^\W\d_]+", other)) > _OTHER_WORDS or before.rstrip().endswith((":", "\uff1a"))):
        return None
    return date


def _taken_apart(lines: Sequence[str]) -> tuple[list[str], list[str], dict[str, str], list[str]]:
    """The values of fields for the date, the title and the client, and the lines that are no field."""
    dates: list[str] = []
    titles: list[str] = []
    clients: dict[str, str] = {}
    free: list[str] = []
    for line in (line for text in lines for line in text.split("\n")):
        match = _FIELD.match(line)
        key = " ".join(match["key"].casefold().split()) if match else ""
        value = match["value"].strip(_EDGES) if match else ""
        if key in DATE_FIELDS:
            dates.append(value)
        elif key in TITLE_FIELDS:
            titles.extend([value] if value else [])
        elif key in CLIENT_FIELDS:
            clients.setdefault(key, value)
        elif line.strip() and not is_footer(line, opens=True) and not introduces(line):
            free.append(line)
    return dates, titles, clients, free


def _without_media(title: str) -> str:
    return _MEDIA.sub("", title.strip())


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


def _title_of(line: str) -> str | None:
    """A line as a title, without the meeting's date, and without one that may be read in two ways."""
    found = _find_date(line) or next(((None, *match.span()) for match in _DATES[-1].finditer(line)), None)
    if found is None or (found[0] and meeting_date_in(line, is_title=True) is None):
        return _title(line)
    return _title(f"{_DATED.sub('', line[: found[1]])} {line[found[2] :]}")


def _title(text: str) -> str | None:
    """What is left of a name or heading when machine words and separators are taken off its ends; None when nothing is."""
    title, before = _EMPTY_BRACKETS.sub(" ", text).strip(_EDGES), ""
    while title != before:
        before, title = title, _AT_AN_END.sub("", title).strip(_EDGES)
    title = " ".join(scrub(title)[0].split())
    meaningless = title.casefold() in _NO_TITLE or not any(c.isalpha() for c in title)
    return None if meaningless or len(title) > _LONGEST_TITLE else title
