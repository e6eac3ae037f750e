"""Results as text for a terminal or a pipe: Rich renderables that hold the words of others as text, never as markup."""

from collections.abc import Iterable
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from analyzer.model.findings import Level
from analyzer.model.insight import Answer
from analyzer.model.meetings import Client
from analyzer.model.results import (
    Clients,
    Doctor,
    Filed,
    Meetings,
    MeetingSpeakers,
    Reindexed,
    SetUp,
    Shown,
    SpeakerRow,
    SpeakersChanged,
)
from analyzer.relationship.words import count
from analyzer.rendering.found import places, searched_told, understood
from analyzer.rendering.pieces import LEVEL_STYLE, STANDING, clock, day, quote, table, words
from analyzer.rendering.record import from_record
from analyzer.signs import SIGN_BY_ID, SIGNS

STATE_STYLE = {"ok": "green", "warn": "yellow", "fail": "bold red"}


def wrote(path: Path) -> RenderableType:
    """Where a document went."""
    return Text(f"wrote {path}")


def document(markdown: str) -> RenderableType:
    """A Markdown document, as its own text."""
    return Text(markdown.rstrip("\n"))


def clients(result: Clients) -> RenderableType:
    """The clients with stance and the signs that stand."""
    if not result.clients:
        return Text("No clients yet: analyzer upload FILE --client NAME")
    rows = table("client", "meetings", "last", "stance", "signs")
    for row in result.clients:
        standing = [_level_word(SIGN_BY_ID[s.id].number, row.signs[s.id]) for s in SIGNS if row.signs.get(s.id) in STANDING]
        unsure = sum(level is Level.INSUFFICIENT for level in row.signs.values())
        signs = (
            Text(", ").join(standing)
            if standing
            else Text("not read" if not row.signs else "cannot tell" if unsure else "none heard")
        )
        rows.add_row(Text(row.slug), str(row.meetings), day(row.last), words(row.stance), signs)
    legend = Text("; ".join(f"{s.number} {s.title}" for s in SIGNS), style="dim")
    return Group(rows, legend)


def meetings(result: Meetings) -> RenderableType:
    """The meetings with the engines that read them."""
    if not result.meetings:
        return Text("No meetings yet: analyzer upload FILE --client NAME")
    rows = table("meeting", "title", "turns", "read by")
    for row in result.meetings:
        title = Text.assemble(row.title, ("  confidential", "yellow") if row.confidential else "")
        rows.add_row(Text(row.slug, overflow="fold"), title, str(row.turns), ", ".join(row.readings) or "nobody")
    return rows


def shown(result: Shown) -> RenderableType:
    """Turns with time, speaker and side; the turn asked for is marked."""
    head = Text.assemble((result.title, "bold"), f"  {result.client_name}, {day(result.date)}, {result.slug}")
    if result.confidential:
        head.append("  confidential: it stays with those who were there", "yellow")
    lines: list[RenderableType] = [head, Text(_people(result.speakers), style="dim"), Text("")]
    for turn in result.turns:
        mark = ">" if turn.turn == result.focus else " "
        name = Text(f"{mark}{turn.turn:>4}  {clock(turn.start):>7}  ", style="dim")
        voice = f"{turn.speaker or '(no name)'} ({turn.side}{', typed' if turn.chat else ''})"
        line = Text.assemble(name, (voice, _side_style(turn.side)), ": ", turn.text)
        line.stylize("bold", len(name)) if turn.turn == result.focus else None
        lines.append(line)
    return Group(*lines)


def speakers(result: SpeakersChanged) -> RenderableType:
    """Who is on which side, of each meeting asked for, with what was changed about it and what may still be wrong."""
    if not result.meetings:
        return Text("Nothing to change: sides follow practice.toml, but for whom somebody set by name.")
    return Group(*map(_speakers, result.meetings))


def _speakers(meeting: MeetingSpeakers) -> RenderableType:
    now = f" (now revision {meeting.revision})" if meeting.changed else ""
    lines = [Text(f"{meeting.slug}: {_people(meeting.speakers)}{now}")]
    lines += [Text(f"  changed: {edit}", style="dim") for edit in meeting.edits]
    lines += [Text(f"  not done: {missed}", style="yellow") for missed in meeting.missed]
    for kept, *others in meeting.one_person:
        names = " ".join(f'"{name}"' for name in (kept, *others))
        lines.append(Text(f"  one person? analyzer speakers merge {meeting.slug} {names}", style="yellow"))
    return Group(*lines)


def filed(result: Filed) -> RenderableType:
    """What was filed otherwise, whose picture that changes, and which documents were written before."""
    lines = [Text(result.told)]
    if result.judged_anew:
        lines.append(Text(f"judged anew from now on: {', '.join(result.judged_anew)}", style="dim"))
    for document in result.exported:
        told = f"{document.kind} written {day(document.made_at.date())} draws on it: {document.path}"
        lines.append(Text(told, style="yellow"))
    return Group(*lines)


def client_set(result: Client) -> RenderableType:
    """What is noted of a client."""
    kept = "kept offline: its words are never sent to a model" if result.offline_only else "may be read by the engine chosen"
    return Text(f"{result.name} ({result.slug}): {result.stage.value}, {kept}")


def answer(result: Answer, *, full: bool = False) -> RenderableType:
    """The answer with its citations, or that it was not said, with the nearest passages."""
    if result.by:
        return from_record(result)
    out_of = f"Out of {searched_told(result.searched)}, by the {result.engine} engine."
    tail = [*_left_out(result.rejected), *understood(result.understood), Text(out_of, style="dim")]
    if not result.answered:
        parts: list[RenderableType] = [Text(f"Not said in the {_meetings(result.searched['meetings'])} searched.", style="bold")]
        if result.nearest:
            parts += [Text("The nearest passages:\n"), *places(result.nearest, full=full)]
        return Group(*parts, *tail)
    by_id = {s.id: s for s in result.sources}
    # The offline engine answers in the words that were said: once is enough.
    in_own_words = any(s.text != result.citations[s.citation].quote for s in result.sentences)
    parts = [Text(" ".join(f"{s.text} [{s.citation + 1}]" for s in result.sentences), style="bold")] if in_own_words else []
    for number, cited in enumerate(result.citations, start=1):
        parts += [Text(f"[{number}]"), quote(cited, by_id)] if in_own_words else [quote(cited, by_id)]
    return Group(*parts, *tail)


def _meetings(many: int) -> str:
    return "meeting" if many == 1 else count(many, "meeting")


def set_up(result: SetUp) -> RenderableType:
    """What was written and what comes next."""
    lines = [f"wrote {path}" for path in result.written] + [f"kept {path} as it is" for path in result.kept]
    lines.append(f"ours: {', '.join(result.people)}")
    lines.append("next: analyzer upload FILE --client NAME")
    return Text("\n".join(lines))


def doctor(result: Doctor) -> RenderableType:
    """One line a check, with what mends it."""
    lines = []
    for check in result.checks:
        mend = f"  mend: {check.mend}" if check.mend else ""
        lines.append(
            Text.assemble((f"{check.state:<5}", STATE_STYLE[check.state]), f"{check.name}: {check.detail}", (mend, "bold"))
        )
    return Group(*lines)


def reindexed(result: Reindexed) -> RenderableType:
    """What was made anew."""
    how = f"{result.embedded} embedded anew" if result.embedded else "from the kept vectors"
    return Text(
        f"{count(result.passages, 'passage')} of {count(result.meetings, 'meeting')}, {count(result.clients, 'client')}: {how}"
    )


def _left_out(sentences: int) -> list[RenderableType]:
    """How many sentences of an answer were not kept."""
    if not sentences:
        return []
    were, them = ("was", "it") if sentences == 1 else ("were", "them")
    told = f"{count(sentences, 'sentence')} {were} left out: the words cited do not carry {them}."
    return [Text(told, style="dim")]


def _level_word(number: int, level: Level) -> Text:
    return Text(f"{number} {level.value}", style=LEVEL_STYLE[level])


def _people(speakers: Iterable[SpeakerRow]) -> str:
    return ", ".join(f"{s.name or '(no name)'} ({s.side}, {count(s.turns, 'turn')})" for s in speakers)


def _side_style(side: str) -> str:
    return {"ours": "cyan", "theirs": "magenta"}.get(side, "dim")
