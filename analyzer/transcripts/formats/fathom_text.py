"""Fathom's transcript as one copies or downloads it: `0:55 - Name (Company)` above each stretch.

Fathom writes its own notes into the middle of a stretch, before the rest of what was said on the same line, so only
what stands between their title and their link is left out.
"""

import re
from collections import Counter
from collections.abc import Sequence

from analyzer.model.meetings import Utterance
from analyzer.transcripts.base import Draft, Format, Source, refused
from analyzer.transcripts.filing import Facts
from analyzer.transcripts.notation.clock import CLOCK, clock_seconds
from analyzer.transcripts.notation.names import heads_no_speech, shape
from analyzer.transcripts.notation.words import ends_sentence, flow, visible
from analyzer.transcripts.speech.headed import LONGEST_HEADER, Stretch, heading_facts, prose_in, speaker_in

_LINK = r"\(<?https?://[^\s()]*>?\)"
_HEADER = re.compile(rf"\[?@?(?P<time>{CLOCK})(?:\]{_LINK})?\s*[-\u2013\u2014](?:\s+(?P<name>.*))?")
_LINKED = re.compile(rf"\[(?P<shown>[^\[\]]*)\]{_LINK}")
_TOP = re.compile(r"\W*VIEW RECORDING - \d+ (?:h|min).*")
_OWN = "ACTION ITEM|SCREEN SHARING|HIGHLIGHT|BOOKMARK"
_NOTE = re.compile(
    rf"(?:^[A-Z][A-Z ]{{2,30}}|\b(?:{_OWN})): (?:(?!(?:{_OWN}): ).){{1,600}}? - "
    r"(?:\*\*)?(?:WATCH: https?://\S+|\[WATCH\]\(\S+?\))(?:\*\*)?"
)
_NOTE_ALONE = re.compile(rf"(?:{_OWN}): .*")
_TITLE = re.compile(r"#{1,6}\s")
_RULE = re.compile(r"[-*_=\s]{3,}")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(rf"\s+-\s+(?:{_MONTHS}) \d{{1,2}}$")
_EMAIL = re.compile(r"(?P<name>.*\S)\s*\(\s*(?P<email>[^\s()@]+@[^\s()@]+\.[^\s()@]+)\s*\)")
_LONGEST_LINKED = 600


def sniff(source: Source) -> float:
    """By Fathom's line above the speech, or by headers of which a speaker's comes again."""
    if "-->" in source.head:
        return 0.0
    lines = [line.strip() for line in source.head.split("\n") if line.strip()]
    headers = [(at, header) for at, line in enumerate(lines) if (header := _header(line)) and _is_sure(*header, line)]
    if not headers:
        return 0.0
    if any(map(_TOP.match, lines[: headers[0][0] + 1])):
        return 0.98
    spoken = sum(at + 1 < len(lines) and _header(lines[at + 1]) is None for at, _ in headers)
    names = Counter(name for _, (_, name) in headers if name)
    returning = max(names.values(), default=0) > 1 or any(lines[at].lstrip("[").startswith("@") for at, _ in headers)
    return 0.93 if returning and spoken * 2 >= len(headers) > 1 else 0.0


def parse(source: Source) -> Draft:
    """One turn per header. What Fathom noted itself is left out and counted. Raises Refused where a second meeting follows."""
    reader = _Reader()
    for line in (source.text or "").split("\n"):
        if reader.stretches and _TOP.fullmatch(line.strip()):
            raise refused(
                source.name,
                f"holds more than one meeting: another begins at {line.strip()[:80]!r}",
                "Split it into a file for each meeting.",
            )
        reader.take(line.strip())
    stretches = reader.stretches
    said = tuple(Utterance(speaker=s.speaker, text=text, start=s.start) for s in stretches if (text := flow(s.lines)))
    signed = any(map(_TOP.match, reader.above))
    prose = [] if signed else prose_in(reader.above)
    facts = _facts(reader.above)
    return Draft(
        utterances=said,
        speech=sum(visible(turn.text) for turn in said) + sum(map(visible, prose)),
        confidence="high",
        title=facts.title,
        date=facts.date,
        client=facts.client,
        emails={stretch.speaker: match["email"] for stretch in stretches if (match := _EMAIL.fullmatch(stretch.speaker))},
        dropped={
            "lines above the speech": len(reader.above) - len(prose),
            "unread lines before the first speaker": len(prose),
            "action items and other notes by Fathom": reader.by_fathom,
            "lines of notes": reader.notes,
            "headers without words": len(stretches) - len(said),
        },
    )


class _Reader:
    """Takes line by line; remembers whether an empty line stands before it and whether a section of notes is open."""

    def __init__(self) -> None:
        self.above: list[str] = []
        self.stretches: list[Stretch] = []
        self.by_fathom = 0
        self.notes = 0
        self._opens = True
        self._in_notes = False

    def take(self, line: str) -> None:
        if not line or _RULE.fullmatch(line):
            self._opens = True
            return
        header = _header(line)
        if header and (_is_sure(*header, line) or (self._opens and not ends_sentence(header[1]))):
            time, name = header
            self.stretches.append(Stretch(speaker_in(name), time))
            self._in_notes = False
        elif not self.stretches:
            self.above.append(line)
        elif _TITLE.match(line) or self._in_notes:
            self._in_notes = self._in_notes or heads_no_speech(line.strip("#*: "))
            self.notes += 1
        else:
            self._words(line)
        self._opens = False

    def _words(self, line: str) -> None:
        if "WATCH" in line:
            line, notes = _NOTE.subn(" ", line)
            self.by_fathom += notes
        if _NOTE_ALONE.fullmatch(line.strip()):
            self.by_fathom += 1
        else:
            self.stretches[-1].lines.append(line)


def _header(line: str) -> tuple[float, str] | None:
    """The time and the name; a name is empty where Fathom did not know who spoke."""
    if len(line) > _LONGEST_LINKED:
        return None
    match = _HEADER.fullmatch(line)
    if match is None:
        return None
    name = _LINKED.sub(lambda link: link["shown"], match["name"] or "").strip("*_ \t")
    return (clock_seconds(match["time"]), name) if len(name) < LONGEST_HEADER else None


def _is_sure(_time: float, name: str, line: str) -> bool:
    """Whether a line can only be a header, wherever it stands: `10:30 - then we meet` may be somebody's words."""
    return bool(shape(" ".join(name.split()))) if name else line.lstrip("[").startswith("@")


def _facts(above: Sequence[str]) -> Facts:
    """The title is the line above Fathom's own; of its date there is only the day of a year that is not said."""
    told = [line for line in above if len(line) <= _LONGEST_LINKED]
    top = next((at for at, line in enumerate(told) if _TOP.match(line)), len(told))
    titled = told[top - 1] if 0 < top < len(told) else told[0] if told else ""
    fields = heading_facts([line for line in told[:top] + told[top + 1 :] if line is not titled], first_is_title=False)
    own = heading_facts([_DAY.sub("", titled.strip("#* "))], first_is_title=top > 0)
    return Facts(title=own.title or fields.title, date=own.date or fields.date, client=fields.client)


FATHOM_TEXT = Format(
    name="fathom",
    title="Fathom text (`0:55 - Name` above each stretch)",
    sniff=sniff,
    parse=parse,
    export=(
        "Fathom: the call > Transcript > Copy transcript, pasted into a text file",
        "Fathom: the call > ... > Download transcript",
    ),
    reads=(
        "also `@0:23 - **Name**` and linked times; turns without a name; a company in brackets stays with the name;"
        " action items and screen sharing that Fathom notes within the speech are left out"
    ),
    missing="the year of the date; RTF has to be saved as text first",
)
