"""Plain text and Markdown in which every turn begins with `Name:`, with or without a time before it.

The hard part is what is *not* speech. A summary or a list of actions above or below the talk was written by somebody
else, so it is left out and counted; lines that merely look like `Name:` go on with whoever is speaking.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from analyzer.model.meetings import Utterance
from analyzer.transcripts.base import Confidence, Draft, Format, Source, refused
from analyzer.transcripts.filing import from_heading, unclear_date
from analyzer.transcripts.formats.plain_heading import about_the_meeting, another_meeting, fields_above, is_form, is_mail
from analyzer.transcripts.formats.plain_lines import Line, read_lines
from analyzer.transcripts.formats.plain_names import Names, layout, mostly_stamped, names_in
from analyzer.transcripts.formats.plain_reader import Reader
from analyzer.transcripts.notation.names import heads_speech, mostly_named
from analyzer.transcripts.notation.remarks import closes, is_footer
from analyzer.transcripts.notation.stamps import seconds_in
from analyzer.transcripts.notation.words import count, flow, visible

_FEW = 4  # labels up to which none needs to come again
_DISTINCT = 0.8
_MOSTLY = 0.5
_CLOSING_LINES = 12
_SHOWN = 3
_LONGEST_QUOTE = 40
_MANY = 5  # lines with names below a title of notes, above which they may be the talk going on
_MUCH = 0.25


def sniff(source: Source) -> float:
    """By labels that the file uses as names. Text with the times of cues in it is never read as plain text."""
    if "-->" in source.head or source.document is not None:
        return 0.0
    lines = read_lines(source.head)
    talk = _talk(lines)
    names = talk.names
    labels = [name for line in lines[talk.below :] if (name := names.on(line))]
    if not labels or is_form(lines, names):
        return 0.0
    few = len(labels) <= _FEW or len(set(labels)) <= _DISTINCT * len(labels)
    again = talk.titled or few or mostly_stamped(lines[talk.below :])
    return (0.6 if mostly_named(names.trusted) else 0.5) if again else 0.0


def parse(source: Source) -> Draft:
    """One turn per label; lines without one go on with the speaker.

    Raises Refused for a mail, and where another meeting begins below the first.
    """
    lines = read_lines(source.text or "")
    if is_mail(lines):
        raise refused(source.name, "is an e-mail and not a transcript", "Save the transcript in it as a file of its own.")
    found = _talk(lines)
    talk, names = lines[found.below :], found.names
    end = _end_of_talk(talk, names)
    reader = Reader(names, layout(talk[:end], names))
    reader.above = lines[: found.below]
    for at, line in enumerate(talk[:end]):
        reader.take(at, line)
    if strange := _strange_label(talk[:end], names):
        raise refused(
            source.name,
            f"lines begin with {_quoted(strange)} again and again, which is no name as names are known",
            "Put a plain name in its place, as in `Dana Ortiz: words`: else those words would be another's.",
        )
    draft = _draft(reader, named=_is_named(talk[:end], names), titled=found.titled, closing=len(talk) - end)
    if other := another_meeting(talk[:end], names, draft.date):
        raise refused(
            source.name,
            f"holds more than one meeting: another begins at {_quoted(other)}",
            "Split it into a file for each meeting.",
        )
    return draft


_BEFORE_COLON = re.compile(r"(?!https?:)[^\W_a-z:][^:.!,\s]*(?: [^:.!,\s]+){0,4}:(?=\s)")

_IN_NO_NAME = re.compile(r"[?!;<>{}=%*~^$]")


class _Talk(NamedTuple):
    """The line from which on people talk, the names used from there on, and whether a title says that they do."""

    below: int
    names: Names
    titled: bool


def _talk(lines: Sequence[Line]) -> _Talk:
    below = next((at + 1 for at, line in enumerate(lines) if line.heading and heads_speech(line.heading.words)), 0)
    names = names_in(lines[below:])
    if below and names.trusted.names:
        return _Talk(below, names, titled=True)
    below = fields_above(lines)
    return _Talk(below, names_in(lines[below:]), titled=False)


def _strange_label(talk: Sequence[Line], names: Names) -> str | None:
    """What stands before a colon so often that it must be somebody, though it has signs in it that no name has."""
    labelled = sum(names.on(line) is not None for line in talk)
    found = Counter(
        match[0]
        for line in talk
        if line.label is None
        and line.heading is None
        and (match := _BEFORE_COLON.match(line.text))
        and _IN_NO_NAME.search(match[0])
    )
    most = max(found, key=lambda label: found[label], default=None)
    return most if most and found[most] >= max(2, _MUCH * labelled) else None


def _end_of_talk(talk: Sequence[Line], names: Names) -> int:
    """The line from which on a chat assistant says what it could do next; their number where none does."""
    for at in range(len(talk) - 1, max(-1, len(talk) - _CLOSING_LINES), -1):
        if names.on(talk[at]):
            break
        if talk[at].opens and closes(talk[at].text):
            return at
    return len(talk)


def _is_named(talk: Sequence[Line], names: Names) -> bool:
    """Whether most of the text says whose it is."""
    paragraphs = [line for line in talk if line.opens and line.heading is None and not is_footer(line.text, opens=True)]
    return mostly_named(names.trusted) or sum(names.on(line) is not None for line in paragraphs) >= _MOSTLY * len(paragraphs)


def _draft(reader: Reader, *, named: bool, titled: bool, closing: int) -> Draft:
    turns = [(turn, text) for turn in reader.turns if (text := flow(turn.words))]
    starts = seconds_in([turn.time for turn, _ in turns], [count(text) for _, text in turns])
    said = tuple(Utterance(speaker=t.name, text=text, start=at) for (t, text), at in zip(turns, starts, strict=True))
    prose = [] if titled else reader.prose
    unplaced = [*prose, *reader.unplaced, *(reader.left if len(reader.left) > max(_MANY, _MUCH * len(said)) else ())]
    heading = about_the_meeting(reader.above)
    facts = from_heading(heading, first_is_title=True)
    unclear = unclear_date(heading) if facts.date is None else None
    confidence, doubts = _trust_in(reader, said, named=named)
    return Draft(
        utterances=said,
        speech=sum(visible(turn.text) for turn in said) + sum(map(visible, unplaced)),
        confidence=confidence,
        title=facts.title,
        date=facts.date,
        client=facts.client,
        dropped={
            "lines above the speech": len(reader.above) - len(prose),
            "unread lines before the first speaker": len(prose),
            "lines below a heading that do not say who speaks": len(reader.unplaced),
            "lines of notes": reader.notes,
            "footer": reader.footer,
            "lines of a chat assistant": closing,
            "names without words": len(reader.turns) - len(said),
        },
        warnings=(
            *(f"what stands under {title!r} is not speech and was left out" for title in reader.titles),
            *([unclear] if unclear else []),
            *(["the last lines were taken for those of a chat assistant and left out"] if closing else []),
            *doubts,
        ),
    )


def _trust_in(reader: Reader, said: Sequence[Utterance], *, named: bool) -> tuple[Confidence, list[str]]:
    """How sure it is who speaks, and what makes it less so."""
    warnings = []
    if reader.doubts:
        warnings.append(f"may begin what somebody else says, but was read as going on: {_some(reader.doubts)}")
    above = " ".join(line.text for line in reader.above)
    if once := [name for name in reader.layout.once if name not in above]:
        warnings.append(f"read as names of speakers, though each stands there only once: {_some(once)}")
    if len({turn.speaker for turn in said}) <= 1:
        return "low", [*warnings, "only one speaker was found, so it may be no transcript"]
    return ("medium" if warnings or not named else "high"), warnings


def _some(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return ", ".join(map(_quoted, texts[:_SHOWN])) + more


def _quoted(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE].rstrip() + "\u2026")


PLAIN = Format(
    name="text",
    title="plain text or Markdown with `Name: words`",
    sniff=sniff,
    parse=parse,
    export=("any editor, chat assistant or note taker: a line `Name: words` for each turn",),
    reads=(
        "`Name: words` in any script, also in lists and quotations; times before or after the name, of day too; headings;"
        " summaries, actions and other notes before, between and after the speech are left out"
    ),
    missing="times, where none are written",
)
