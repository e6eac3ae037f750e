"""What a person said, noted and spent, as text for a terminal."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from analyzer.model.own import (
    DecisionRow,
    Decisions,
    Notes,
    OutcomeSaid,
    PersonSaid,
    RememberedRow,
    Remembrance,
    Spent,
    UsageRow,
)
from analyzer.model.relationship import NoteRow, TrackRecord
from analyzer.relationship.words import by, count
from analyzer.rendering.pieces import day, indented, shortened, table, words


def said(result: PersonSaid) -> RenderableType:
    """What a person's word changed, and how often the person agreed with the reader."""
    record = track_record(result.track_record)
    return Group(Text(result.done), Text(result.told), *(Text(line, style="dim") for line in record))


def track_record(rows: Sequence[TrackRecord]) -> tuple[str, ...]:
    """One sentence for each level that the reader gave and a person judged."""
    return tuple(f"When this reader said {row.level.value}, you {_agreed(row)}." for row in rows)


def _agreed(row: TrackRecord) -> str:
    if row.of == 1:
        return f"{'agreed' if row.agreed else 'disagreed'} in the one verdict that you gave"
    return f"agreed in {row.agreed} of {row.of} verdicts"


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
    return Text.assemble((f"{row.number:>4}  {day(row.date)}  {row.kind}{by(row.author)}: ", "dim"), row.text)


def decisions(result: Decisions) -> RenderableType:
    """All decisions about a client, after what was kept or taken back."""
    head = []
    if result.added:
        head.append(Text(f"decided about {result.client_name}: {words(result.added.choice)}"))
    if result.removed:
        head.append(Text(f"taken back: {words(result.removed.choice)}, of {day(result.removed.date)}"))
    if not result.decisions:
        return Group(*head, Text(f"Nothing is decided about {result.client_name}."))
    return Group(*head, *map(_decision, result.decisions))


def _decision(row: DecisionRow) -> Text:
    return Text.assemble((f"  {day(row.date)}{by(row.author)}: ", "dim"), words(row.choice), f" ({row.note})" if row.note else "")


def remembrance(result: Remembrance) -> RenderableType:
    """The words that are kept, each with its place, after what was added or taken away."""
    head = []
    if result.added:
        head.append(Text(f"kept: {_said_by(result.added)}"))
    if result.removed:
        head.append(Text(f"no longer kept: {_said_by(result.removed)}"))
    if not result.words:
        return Group(*head, Text(f"Nothing is remembered of {result.client_name or 'this meeting'}."))
    if result.added or result.removed:
        return Group(*head)
    return Group(*(line for row in result.words for line in _remembered(row)))


def _remembered(row: RememberedRow) -> tuple[RenderableType, ...]:
    place = f"analyzer show {row.slug} --turn {row.turn}" if row.turn is not None else f"no longer found in {row.slug}"
    return Text(f"“{shortened(row.quote)}”"), indented(Text(f"{row.speaker}, {day(row.date)}   {place}", style="dim"), 4)


def _said_by(row: RememberedRow) -> str:
    return f"“{shortened(row.quote)}” {row.speaker}, {day(row.date)}"


def spent(result: Spent) -> RenderableType:
    """What was used day by day, and the sum."""
    since = f" since {day(result.since)}" if result.since else ""
    if not result.rows:
        return Text(f"No answered call is on record{since}.")
    answers = f"{count(result.cached, 'answer')} kept from before"
    tokens = f"{result.input_tokens:,} tokens in, {result.output_tokens:,} out"
    return Group(*_by_model(result.rows), Text(f"All{since}: {count(result.calls, 'call')}, {answers}, {tokens}."))


def _by_model(rows: Sequence[UsageRow]) -> Iterator[RenderableType]:
    """A table for each model, headed by its name and its server; narrow enough that no number is cut on a small screen."""
    for model, server in dict.fromkeys((row.model, row.server) for row in rows):
        of_model = table("day", "for", "calls", "kept", "tokens in", "tokens out")
        for row in rows:
            if (row.model, row.server) == (model, server):
                numbers = (f"{number:,}" for number in (row.calls, row.cached, row.input_tokens, row.output_tokens))
                of_model.add_row(day(row.day), row.command, *numbers)
        yield Text(f"{model} at {server}" if server else model)
        yield of_model
        yield Text()
