"""Exported WhatsApp chats: `[17/09/2025, 14:02:33] Anna: Hello` from iPhones, `17/09/2025, 14:02 - Anna: Hello` from Android."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from analyzer.model.meetings import Utterance
from analyzer.transcripts.base import Draft, Format, Source
from analyzer.transcripts.notation.clock import CLOCK, MERIDIEM, clock_seconds, is_of_day
from analyzer.transcripts.notation.words import flow, visible
from analyzer.transcripts.speech.headed import speaker_in

_OPENING = re.compile(
    r"(?P<open>\[)?(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<year>\d{2,4}),[ \u00a0]"
    rf"(?P<time>{CLOCK}{MERIDIEM})(?(open)\][ \u00a0]?|[ \u00a0][-\u2013] )(?:(?P<sender>[^:]{{1,60}}): )?(?P<words>.*)"
)
_NOT_WRITTEN = re.compile(
    r"<[^<>]{3,60}>|Messages and calls are end-to-end encrypted\b.*|Nachrichten und Anrufe sind Ende-zu-Ende-verschl.*|"
    r"Les messages et les appels sont chiffr.*|Los mensajes y las llamadas est.n cifrad.*|"
    r".{1,80} \((?:file attached|Datei angeh\u00e4ngt|fichier joint|archivo adjunto)\)|"
    r"(?:image|video|audio|sticker|GIF|document|contact card) omitted|(?:Bild|Video|Audio|Sticker|GIF|Dokument) weggelassen|"
    r"(?:image|vid\u00e9o|audio) absente?|(?:imagen|v\u00eddeo|video|audio|sticker|documento) omitid[oa]|"
    r"(?:This message was deleted|You deleted this message|Missed (?:voice|video) call)\.?",
    re.IGNORECASE,
)
_EDITED = re.compile(r" ?<This message was edited>$")
_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class _Message:
    """`day` as the file gives it: two numbers, of which either may be the month, and the year."""

    day: tuple[int, int, int]
    dotted: bool
    seconds: float
    sender: str
    lines: list[str] = field(default_factory=list)


def sniff(source: Source) -> float:
    """By first lines and senders as WhatsApp writes them."""
    lines = [line.strip() for line in source.head.split("\n") if line.strip()]
    found = [message for line in lines if (message := _opening(line))]
    begins = bool(lines) and _opening(lines[0]) is not None
    return 0.97 if begins and sum(bool(message.sender) for message in found) > 1 else 0.0


def parse(source: Source) -> Draft:
    """One turn per message. What WhatsApp says itself, and what was sent but not written, is counted."""
    messages: list[_Message] = []
    for line in (source.text or "").split("\n"):
        if opening := _opening(line.strip()):
            messages.append(opening)
        elif messages:
            messages[-1].lines.append(line.strip())
    days, sure = _days(messages)
    said: list[Utterance] = []
    others = not_written = 0
    for at, message in enumerate(messages):
        words = _EDITED.sub("", flow(message.lines))
        if not message.sender:
            others += 1
        elif not words or _NOT_WRITTEN.fullmatch(words):
            not_written += 1
        else:
            start = (days[at] - days[0]).days * _DAY + message.seconds - messages[0].seconds if days else None
            said.append(Utterance(speaker=speaker_in(message.sender), text=words, start=start, chat=True))
    warnings = [] if sure else ["its dates may be read in two ways: say on which day it was"]
    if sure and days[0] != days[-1]:
        warnings.append(f"the chat goes from {days[0]} to {days[-1]} and is filed under its first day")
    return Draft(
        utterances=tuple(said),
        speech=sum(visible(turn.text) for turn in said),
        confidence="high",
        date=days[0] if sure else None,
        dropped={"messages by WhatsApp itself": others, "pictures and other messages without words": not_written},
        warnings=tuple(warnings),
    )


def _opening(line: str) -> _Message | None:
    match = _OPENING.fullmatch(line) if line[:1].isdecimal() or line[:1] == "[" else None
    if match is None:
        return None
    seconds = clock_seconds(match["time"]) * (1 if match["time"].count(":") > 1 or is_of_day(match["time"]) else 60)
    year = int(match["year"]) + (2000 if len(match["year"]) == len("25") else 0)
    day = (int(match["a"]), int(match["b"]), year)
    return _Message(day, match["sep"] == ".", seconds, match["sender"] or "", [match["words"]])


def _days(messages: Sequence[_Message]) -> tuple[list[dt.date], bool]:
    """The days of the messages, and whether they are sure; none where it is not even clear how many days they span."""
    found = [days for month_first in (False, True) if (days := _read_as(messages, month_first=month_first))]
    in_order = [days for days in found if all(before <= after for before, after in pairwise(days))]
    if len(found) == 1 or (found and messages[0].dotted):
        return found[0], True
    if len(in_order) == 1 or (found and found[0] == found[-1]):
        return (in_order or found)[0], True
    return (found[0] if found and len(set(found[0])) == 1 else []), False


def _read_as(messages: Sequence[_Message], *, month_first: bool) -> list[dt.date]:
    try:
        return [
            dt.date(year, a, b) if month_first else dt.date(year, b, a) for a, b, year in (message.day for message in messages)
        ]
    except ValueError:
        return []


WHATSAPP = Format(
    name="whatsapp",
    title="WhatsApp chat",
    sniff=sniff,
    parse=parse,
    export=("WhatsApp: the chat > ... > More > Export chat > Without media; take the `.txt` file out of the `.zip`",),
    reads="the exports of iPhones and of Android; messages of several lines; what was typed is marked as chat and not speech",
    missing="pictures and voice messages; the day, where every date of the chat may be read in two ways",
    confirmed=False,
)
