"""Results as text for a terminal or a pipe: Rich renderables that hold the words of others as text, never as markup."""

from collections.abc import Iterable
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from analyzer.model.findings import Level
from analyzer.model.results import (
    Answer,
    Clients,
    Doctor,
    Hit,
    Hits,
    Meetings,
    Reindexed,
    SetUp,
    Shown,
    SidesChanged,
    SpeakerRow,
    UploadRow,
    Uploads,
)
from analyzer.relationship.words import count
from analyzer.rendering.pieces import LEVEL_STYLE, STANDING, clock, day, indented, moment, quote, table, words
from analyzer.signs import SIGN_BY_ID, SIGNS

STATE_STYLE = {"ok": "green", "warn": "yellow", "fail": "bold red"}


def wrote(path: Path) -> RenderableType:
    """Where a document went."""
    return Text(f"wrote {path}")


def document(markdown: str) -> RenderableType:
    """A Markdown document, as its own text."""
    return Text(markdown.rstrip("\n"))


def uploads(result: Uploads) -> RenderableType:
    """One line a file, with what was guessed or dropped below it; a lone refusal is told as the error alone."""
    return Group(*(_upload(row) for row in result.meetings if row.error is None or row.error != result.failure))


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
        rows.add_row(Text(row.slug, overflow="fold"), Text(row.title), str(row.turns), ", ".join(row.readings) or "nobody")
    return rows


def shown(result: Shown) -> RenderableType:
    """Turns with time, speaker and side; the turn asked for is marked."""
    head = Text.assemble((result.title, "bold"), f"  {result.client_name}, {day(result.date)}, {result.slug}")
    lines: list[RenderableType] = [head, Text(_people(result.speakers), style="dim"), Text("")]
    for turn in result.turns:
        mark = ">" if turn.turn == result.focus else " "
        name = Text(f"{mark}{turn.turn:>4}  {clock(turn.start):>7}  ", style="dim")
        line = Text.assemble(name, (f"{turn.speaker or '(no name)'} ({turn.side})", _side_style(turn.side)), ": ", turn.text)
        line.stylize("bold", len(name)) if turn.turn == result.focus else None
        lines.append(line)
    return Group(*lines)


def sides(result: SidesChanged) -> RenderableType:
    """Who is on which side, of each meeting asked for."""
    if not result.meetings:
        return Text("Every meeting already follows practice.toml.")
    return Group(
        *(
            Text(f"{m.slug}: {_people(m.speakers)}" + (f" (now revision {m.revision})" if m.changed else ""))
            for m in result.meetings
        )
    )


def hits(result: Hits) -> RenderableType:
    """Passages with the place that opens them."""
    searched = _searched(result.searched)
    if not result.hits:
        return Text(f"Nothing found in {searched}.")
    return Group(*map(_hit, result.hits), Text(f"{len(result.hits)} out of {searched}.", style="dim"))


def answer(result: Answer) -> RenderableType:
    """The answer with its citations, or that none was found, with the nearest passages."""
    searched = Text(f"Out of {_searched(result.searched)}, by the {result.engine} engine.", style="dim")
    if not result.answered:
        parts: list[RenderableType] = [Text("No answer found.", style="bold")]
        if result.nearest:
            parts += [Text("The nearest passages:\n"), *map(_hit, result.nearest)]
        return Group(*parts, searched)
    by_id = {s.id: s for s in result.sources}
    quotes = " ".join(e.quote for e in result.citations)
    # The offline engine answers in the words that were said: once is enough.
    parts = [] if result.answer == quotes else [Text(result.answer, style="bold")]
    parts += [quote(e, by_id) for e in result.citations]
    if result.rejected:
        parts.append(Text(f"{result.rejected} sentences were left out: their words were not found.", style="dim"))
    return Group(*parts, searched)


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


def _hit(hit: Hit) -> RenderableType:
    place = f"{hit.client_name}, {moment(hit.date, hit.start)}   analyzer show {hit.slug} --turn {hit.first_turn}"
    return Group(Text(place, style="cyan"), indented(Text(hit.text + "\n"), 2))


def _upload(row: UploadRow) -> RenderableType:
    if row.error:
        hint = f" ({row.error.hint})" if row.error.hint else ""
        return Text.assemble(("refused  ", "bold red"), f"{row.error.message}{hint}")
    name = row.slug or row.title
    said = f"{row.file} -> {row.client_name} / {name}: {row.format}, {count(row.turns, 'turn')}, {row.coverage:.0%} of the speech"
    lines = [Text.assemble((f"{row.status.replace('_', ' '):<10}", "green" if row.status == "added" else "cyan"), said)]
    if row.status != "unchanged":
        lines.append(Text(f"          {_people(row.speakers)}", style="dim"))
        if row.dropped:
            lines.append(
                Text(
                    "          left out: " + ", ".join(f"{n} {words(why)}" for why, n in sorted(row.dropped.items())), style="dim"
                )
            )
        lines += [Text(f"          {warning}", style="yellow") for warning in row.warnings]
    return Group(*lines)


def _level_word(number: int, level: Level) -> Text:
    return Text(f"{number} {level.value}", style=LEVEL_STYLE[level])


def _people(speakers: Iterable[SpeakerRow]) -> str:
    return ", ".join(f"{s.name or '(no name)'} ({s.side}, {count(s.turns, 'turn')})" for s in speakers)


def _searched(searched: dict[str, int]) -> str:
    return f"{count(searched['passages'], 'passage')} of {count(searched['meetings'], 'meeting')}"


def _side_style(side: str) -> str:
    return {"ours": "cyan", "theirs": "magenta"}.get(side, "dim")
