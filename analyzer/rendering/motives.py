"""The motives of a meeting or a client as text for a terminal: signs with their words first, then what follows."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from analyzer.model.findings import Level
from analyzer.model.relationship import CommitmentRow, RecommendationRow, SignRow, TrajectoryPoint
from analyzer.model.results import Motives, Source
from analyzer.relationship.words import meetings, promise_state
from analyzer.rendering.pieces import LEVEL_STYLE, STANDING, day, indented, quote, table, words
from analyzer.signs import CONDITION_BY_ID, OPENING_BY_ID, SIGN_BY_ID, SIGNS

QUOTES_SHOWN = 3  # of each sign and opening; --json has all of them


def motives(result: Motives) -> RenderableType:
    """Signs with their words first, then conditions, openings, promises, advice and the path."""
    by_id = {s.id: s for s in result.sources}
    if not result.meetings_read:
        return Text(f"{result.client_name}: nothing has been read yet.")
    parts: list[RenderableType] = [_motives_head(result), Text("")]
    parts += [_sign(row, by_id) for row in result.signs]
    parts += _conditions(result)
    parts += _openings(result, by_id)
    parts += _promises(result.commitments)
    parts += _advice(result.recommendations)
    parts += _path(result.trajectory)
    parts += [Text(f"- {caveat}", style="dim") for caveat in result.caveats]
    if result.rejected:
        told = ", ".join(f"{count} {words(why)}" for why, count in sorted(result.rejected.items()))
        parts.append(Text(f"Claims not kept, and used for nothing: {told}.", style="dim"))
    return Group(*parts)


def _motives_head(result: Motives) -> RenderableType:
    client = result.client_name or "unfiled"
    what = f"{client}: {result.title}" if result.meeting else client
    when = day(result.date) if result.date else meetings(result.meetings_read)
    unread = f", {result.unread} not read" if result.unread else ""
    return Group(
        Text.assemble((what, "bold"), f"  {when}{unread}, read by the {result.engine} engine"),
        Text.assemble(("Stance: ", "bold"), f"{words(result.stance)}. {result.stance_why}"),
    )


def _sign(row: SignRow, by_id: dict[str, Source]) -> RenderableType:
    sign = SIGN_BY_ID[row.id]  # type: ignore[index]
    head = Text.assemble(f"{sign.number}  {sign.title}: ", (row.level.value, LEVEL_STYLE[row.level]))
    parts: list[RenderableType] = [head, indented(Text(row.why), 3)]
    if row.level is not Level.NONE:
        parts += [quote(e, by_id) for e in row.evidence[:QUOTES_SHOWN]]
        parts += _more(len(row.evidence))
    if row.level in STANDING and row.counter_evidence:
        parts += [indented(Text("On the other hand:"), 3), *(quote(e, by_id) for e in row.counter_evidence[:1])]
    if row.stands:
        told = (
            ("Another reading: ", row.another_reading),
            ("Would change this: ", row.would_change),
            ("Ask next time: ", row.question),
        )
        parts += [indented(Text.assemble((label, "italic"), text), 3) for label, text in told if text]
    if row.person:
        parts.append(indented(Text(f"Your own verdict: {row.person.level.value}. {row.person.note}"), 3))
    return Group(*parts, Text(""))


def _more(found: int) -> list[RenderableType]:
    left = found - QUOTES_SHOWN
    return [indented(Text(f"and {left} more (--json shows all)", style="dim"), 4)] if left > 0 else []


def _conditions(result: Motives) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for key, row in result.conditions.items():
        condition = CONDITION_BY_ID[key]  # type: ignore[index]
        parts.append(Text.assemble((f"{condition.title}: ", "bold"), f"{row.value}. {row.why}"))
    return [*parts, Text("")]


def _openings(result: Motives, by_id: dict[str, Source]) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for key, found in result.openings.items():
        if found:
            parts.append(Text(OPENING_BY_ID[key].title, style="bold"))  # type: ignore[index]
            parts += [quote(e, by_id) for e in found[:QUOTES_SHOWN]]
            parts += _more(len(found))
    return [*parts, Text("")] if parts else []


def _promises(rows: Sequence[CommitmentRow]) -> list[RenderableType]:
    if not rows:
        return []
    lines: list[RenderableType] = [Text("Who owes whom", style="bold")]
    for row in rows:
        to = f" to {row.to}" if row.to else ""
        said = f"{row.owner or 'Not sure who'}{to}: {row.what}{_due(row)}; {promise_state(row.status)}, said {day(row.date)}"
        lines.append(indented(Text(said), 3))
    return [*lines, Text("")]


def _due(row: CommitmentRow) -> str:
    if not row.due:
        return ""
    over = row.status == "unknown" and row.due_date is not None
    return f", {'was due' if over else 'due'} {row.due}" + (f" ({day(row.due_date)})" if row.due_date else "")


def _advice(rows: Sequence[RecommendationRow]) -> list[RenderableType]:
    if not rows:
        return []
    lines = [Text("What we advised", style="bold")]
    told = (Text(f"{day(row.date)}: {row.what} ({row.outcome})") for row in rows)
    return [*lines, *(indented(line, 3) for line in told), Text("")]


def _path(points: Sequence[TrajectoryPoint]) -> list[RenderableType]:
    if not points:
        return []
    rows = table("meeting", "stance", *(str(s.number) for s in SIGNS), "read by")
    for point in points:
        levels = [
            Text(point.signs[s.id].value, style=LEVEL_STYLE[point.signs[s.id]]) if s.id in point.signs else Text("-")
            for s in SIGNS
        ]
        rows.add_row(
            Text(point.slug), words(point.stance), *levels, point.engine + (" (changed)" if point.reader_changed else "")
        )
    return [Text("The path", style="bold"), rows, Text("")]
