"""What a person said, noted and spent, as text for a terminal."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from analyzer.model.findings import Level
from analyzer.model.own import Notes, OutcomeSaid, PersonSaid, Spent, UsageRow
from analyzer.model.relationship import NoteRow, TrackRecord
from analyzer.relationship.words import count
from analyzer.rendering.pieces import day, table


def said(result: PersonSaid) -> RenderableType:
    """What a person's word changed, and how often the person agreed with the reader."""
    return Group(Text(result.told), *(Text(line, style="dim") for line in track_record(result.track_record)))


def track_record(rows: Sequence[TrackRecord]) -> tuple[str, ...]:
    """One sentence for each level that the reader gave and a person judged."""
    return tuple(f"When this reader {_gave(row.level)} you agreed {row.agreed} of {row.of} times." for row in rows)


def outcome(result: OutcomeSaid) -> RenderableType:
    """What became of a piece of advice, step by step."""
    steps = (f"  {day(step.date)}: {step.outcome}{f' ({step.note})' if step.note else ''}" for step in result.steps)
    return Group(Text(result.told), *(Text(step, style="dim") for step in steps))


def notes(result: Notes) -> RenderableType:
    """All notes about a client with their numbers, after what was added or taken away."""
    head = []
    if result.added is not None:
        head.append(Text(f"noted about {result.client_name}, as number {result.added}"))
    if result.removed is not None:
        head.append(Text(f"note {result.removed} about {result.client_name} is gone"))
    if not result.notes:
        return Group(*head, Text(f"No notes about {result.client_name}."))
    return Group(*head, *map(_note, result.notes))


def _note(row: NoteRow) -> Text:
    return Text.assemble((f"{row.number:>4}  {day(row.date)}  {row.kind}: ", "dim"), row.text)


def spent(result: Spent) -> RenderableType:
    """What was used day by day, and the sum."""
    since = f" since {day(result.since)}" if result.since else ""
    if not result.rows:
        return Text(f"Nothing was sent to a model{since}.")
    rows = table("day", "command", "model", "server", "calls", "kept", "tokens in", "tokens out")
    for row in result.rows:
        rows.add_row(*_spent(row))
    answers = f"{count(result.cached, 'answer')} kept from before"
    tokens = f"{result.input_tokens:,} tokens in, {result.output_tokens:,} out"
    return Group(rows, Text(f"All{since}: {count(result.calls, 'call')}, {answers}, {tokens}."))


def _spent(row: UsageRow) -> tuple[str | Text, ...]:
    numbers = (f"{number:,}" for number in (row.calls, row.cached, row.input_tokens, row.output_tokens))
    return (day(row.day), row.command, Text(row.model), Text(row.server), *numbers)


def _gave(level: Level) -> str:
    return "could not tell" if level is Level.INSUFFICIENT else f"said {level.value}"
