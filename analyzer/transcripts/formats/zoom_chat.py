"""The chat of a Zoom meeting: who typed what and when, in every shape that Zoom has saved it in.

What was typed is kept as turns marked as chat. Reactions are no speech, and of a reply the message that it quotes is
not said again; both are dropped and counted.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from analyzer.model.meetings import Utterance
from analyzer.transcripts.base import Draft, Format, Source
from analyzer.transcripts.filing import date_in
from analyzer.transcripts.notation.clock import clock_seconds
from analyzer.transcripts.notation.names import shape
from analyzer.transcripts.notation.wall_clock import FIRST_WALL, TIME_OF_DAY, from_the_first
from analyzer.transcripts.notation.words import flow, visible
from analyzer.transcripts.speech.headed import heading_facts, prose_in, speaker_in

_START = rf"(?:(?P<day>\d{{4}}-\d{{2}}-\d{{2}}) )?(?P<time>{TIME_OF_DAY})"
# Zoom writes these two words in the language of the program; the names between them may hold them too, so the last counts.
_WORDS = {"from": "to", "von": "an", "de": "\u00e0|para|a", "da": "a", "van": "aan"}
_FROM = re.compile(
    rf"{_START}[ \t]+(?P<word>{'|'.join(_WORDS)})(?P<gap>[ \t]+)(?P<people>[^:\n]{{1,200}}?)[ \t]*:(?:[ \t]+(?P<words>.*))?",
    re.IGNORECASE,
)
_FIELDS = re.compile(rf"{_START}\t(?P<people>[^\t\n]{{1,120}}?)[ ]?:\t(?P<words>.*)")
_TO = {
    (word, wide): re.compile(rf"(?P<sender>.*\S){gap}(?:{to}){gap}(?P<recipient>\S.*)", re.IGNORECASE)
    for word, to in _WORDS.items()
    for wide, gap in ((False, r"[ \t]+"), (True, r"[ \t]{2,}"))
}
_EVERYONE = frozenset({"everyone", "alle", "tout le monde", "todos", "tutti", "iedereen"})
_PRIVATE = re.compile(r"\((?:direct|privat|direkt|priv[e\u00e9]|direct[oa]|mensa[jg]e[mn]?|message)[^()]*\)$", re.IGNORECASE)
_QUOTED = '["\u201c\u201e\u00ab](?P<quote>.{1,200}?)["\u201d\u201c\u00bb]'
_REACTION = re.compile(
    'Reacted to ["\u201c].{1,300}["\u201d] with .{1,40}|Removed an? .{1,40} reaction from ["\u201c].{1,300}["\u201d]', re.DOTALL
)
_ANY_QUOTE = re.compile(_QUOTED)
_MOST_AROUND = 5  # words that a program writes around what it quotes
_LONGEST_REACTION = 200
_REPLY = re.compile(r"Replying to [\"\u201c].{1,300}?[\"\u201d][ \t]*(?:\n|$)", re.DOTALL)
_ANY_REPLY = re.compile(rf"[^\"\u201c\u201e\u00ab\n]{{2,40}}{_QUOTED}[ \t]*\n")
_WORD = re.compile(r"\w+")
_QUOTE_LENGTH = 40  # Zoom cuts a message that it quotes after some twenty characters


@dataclass(frozen=True, slots=True)
class _Message:
    sender: str
    recipient: str
    day: str
    time: float
    lines: list[str] = field(default_factory=list)


def sniff(source: Source) -> float:
    """By messages that begin with a time, a sender and a colon as Zoom writes them."""
    lines = [line.strip() for line in source.head.split("\n") if line.strip()]
    found = [message is not None and _is_sure(message) for message in map(_opening, lines)]
    return 0.96 if sum(found) > 1 or found[:1] == [True] else 0.0


def parse(source: Source) -> Draft:
    """One turn per message, none joined. Times count from the first message where they are times of day."""
    heading: list[str] = []
    messages: list[_Message] = []
    for line in (source.text or "").split("\n"):
        if opening := _opening(line.strip()):
            messages.append(opening)
        elif messages:
            messages[-1].lines.append(line.strip())
        elif line.strip():
            heading.append(line.strip())
    said, dropped = _said(messages)
    facts, prose = heading_facts(heading, first_is_title=True), prose_in(heading)
    private = sum(_PRIVATE.search(message.recipient) is not None for message in messages)
    return Draft(
        utterances=said,
        speech=sum(visible(turn.text) for turn in said) + sum(map(visible, prose)),
        confidence="high",
        title=facts.title,
        date=next((date for message in messages[:1] if (date := date_in(message.day))), facts.date),
        client=facts.client,
        dropped=dropped | {"heading lines": len(heading) - len(prose), "lines before the first message": len(prose)},
        warnings=(f"messages that were sent in private, to one person: {private}",) if private else (),
    )


def _said(messages: Sequence[_Message]) -> tuple[tuple[Utterance, ...], dict[str, int]]:
    """The messages as turns, without what nobody typed: reactions, and what a reply quotes."""
    times = [message.time for message in messages]
    starts = from_the_first(times) if times and times[0] >= FIRST_WALL else times
    beginnings: set[str] = set()
    said: list[Utterance] = []
    reactions = quotes = 0
    for message, start in zip(messages, starts, strict=True):
        text = "\n".join(message.lines).strip()
        if _is_reaction(text, beginnings):
            reactions += 1
            continue
        typed = _without_quote(text, beginnings)
        quotes += typed != text
        words = flow(typed.split("\n"))
        beginnings.update(words[:length] for length in range(2, min(len(words), _QUOTE_LENGTH) + 1))
        if words:
            said.append(Utterance(speaker=message.sender, text=words, start=start, chat=True))
    empty = len(messages) - reactions - len(said)
    return tuple(said), {"reactions": reactions, "messages quoted in replies": quotes, "messages without words": empty}


def _is_reaction(text: str, beginnings: set[str]) -> bool:
    """In English by its words; in another language by a message that it quotes, with a sign and few words around it."""
    if _REACTION.fullmatch(text):
        return True
    quoted = _ANY_QUOTE.search(text) if len(text) <= _LONGEST_REACTION else None
    if quoted is None or not _is_quote(quoted["quote"], beginnings):
        return False
    around = f"{text[: quoted.start()]} {text[quoted.end() :]}"
    return any(unicodedata.category(c) == "So" for c in around) and len(_WORD.findall(around)) <= _MOST_AROUND


def _without_quote(text: str, beginnings: set[str]) -> str:
    reply = _REPLY.match(text)
    if reply is None and (other := _ANY_REPLY.match(text)) and _is_quote(other["quote"], beginnings):
        reply = other
    return text[reply.end() :].strip() if reply else text


def _is_quote(quote: str, beginnings: set[str]) -> bool:
    return flow([quote]).rstrip(".\u2026 ")[:_QUOTE_LENGTH] in beginnings


def _opening(line: str) -> _Message | None:
    """The message that a line opens, with the words on it. Zoom once set the words apart by two spaces, and then did not."""
    if not line[:1].isdigit():
        return None
    if match := _FIELDS.fullmatch(line):
        return _Message(speaker_in(match["people"]), "", match["day"] or "", clock_seconds(match["time"]), [match["words"]])
    match = _FROM.fullmatch(line)
    if match is None:
        return None
    split = _TO[match["word"].casefold(), len(match["gap"]) > 1].fullmatch(match["people"])
    sender, recipient = (split["sender"], split["recipient"]) if split else (match["people"], "")
    return _Message(speaker_in(sender), recipient, match["day"] or "", clock_seconds(match["time"]), [match["words"] or ""])


def _is_sure(message: _Message) -> bool:
    return bool(shape(message.sender)) or message.recipient.casefold() in _EVERYONE


ZOOM_CHAT = Format(
    name="zoom-chat",
    title="Zoom chat",
    sniff=sniff,
    parse=parse,
    export=(
        "Zoom, in the meeting: Chat > ... > Save chat (`meeting_saved_chat.txt`, `meeting_saved_new_chat.txt`)",
        "Zoom, cloud recording: the recording's page > Chat file > download (`GMT..._Recording.txt`, `chat.txt`)",
    ),
    reads=(
        "all shapes that Zoom has saved chats in; messages of several lines; what was typed is marked as chat and not speech;"
        " reactions and quoted messages are left out; messages sent in private are kept and warned of"
    ),
    missing=(
        "the date, but for files that give it with every message; how long after the meeting's start the first message"
        " came where the times are times of day, which is assumed where the first is six hours or more (a recording's chat"
        " counts from its start); reactions and replies in other languages where they quote nothing that stands in the"
        " file; Zoom in languages without Latin letters"
    ),
)
