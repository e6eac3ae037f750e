"""The motives of a meeting or a client as text for a terminal: signs with their words first, then what follows."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from analyzer.model.findings import Level
from analyzer.model.insight import Motives, ReadingChange, Source
from analyzer.model.relationship import SignRow, TrajectoryPoint
from analyzer.relationship.words import known_told, meetings, own_verdict
from analyzer.rendering.over_time import advice, notes, path, promises, unmatched, voices
from analyzer.rendering.person import track_record
from analyzer.rendering.pieces import LEVEL_STYLE, STANDING, day, indented, quote, words
from analyzer.signs import CONDITION_BY_ID, OPENING_BY_ID, SIGN_BY_ID

QUOTES_SHOWN = 3  # of each sign and opening; --json has all of them


def motives(result: Motives) -> RenderableType:
    """What changed, signs with their words, then conditions, openings, promises, advice, who says what, and the path."""
    by_id = {s.id: s for s in result.sources}
    if not result.meetings_read:
        return Text(f"{result.client_name}: nothing has been read yet.")
    parts: list[RenderableType] = [_motives_head(result), Text("")]
    parts += _changes(result.changes)
    parts += [_sign(row, by_id, result.trajectory) for row in result.signs]
    parts += _agreement(result)
    parts += _conditions(result)
    parts += _openings(result, by_id)
    one = result.meeting is not None
    parts += promises(result.commitments, by_id, one_meeting=one)
    parts += advice(result.recommendations, result.adoption, by_id, one_meeting=one)
    parts += unmatched(result.unmatched, by_id)
    parts += voices(result.voices, result.differences)
    parts += notes(result.notes)
    parts += path(result.trajectory)
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


def _changes(changes: Sequence[ReadingChange]) -> list[RenderableType]:
    """What the reading that was asked for says otherwise than the one before it."""
    parts: list[RenderableType] = []
    for change in changes:
        why = f" ({'; '.join(change.because)})" if change.because else ""
        parts.append(Text.assemble((f"Read again, {change.slug}", "bold"), why))
        parts += [indented(Text(line), 3) for line in change.lines or ("nothing is different",)]
    return [*parts, Text("")] if parts else []


def _sign(row: SignRow, by_id: dict[str, Source], path: Sequence[TrajectoryPoint]) -> RenderableType:
    sign = SIGN_BY_ID[row.id]  # type: ignore[index]
    known = known_told(row.level, row.known)
    worth = f" ({known})" if known else ""
    head = Text.assemble(f"{sign.number}  {sign.title}: ", (row.level.value, LEVEL_STYLE[row.level]), (worth, "dim"))
    parts: list[RenderableType] = [head]
    if path or not row.person or row.person.level is row.person.reader:  # of one meeting, a person's verdict is the reason
        parts.append(indented(Text(row.why), 3))
    if row.person:
        of = next((day(point.date) for point in reversed(path) if row.id in point.own), "")
        parts.append(indented(Text(own_verdict(row.person, of)), 3))
    if row.level is not Level.NONE:
        parts += [quote(e, by_id, "marked by you" if e in row.marked else "") for e in row.evidence[:QUOTES_SHOWN]]
        parts += _more(len(row.evidence))
    if row.level in STANDING and row.counter_evidence:
        parts += [indented(Text("On the other hand:"), 3), *(quote(e, by_id) for e in row.counter_evidence[:1])]
    if row.dismissed:
        out = row.dismissed[:QUOTES_SHOWN]
        parts += [indented(Text("Taken out by you:"), 3), *(quote(d.evidence, by_id, words(d.because)) for d in out)]
        parts += _more(len(row.dismissed))
    if row.stands:
        told = (
            ("Another reading: ", row.another_reading),
            ("Would change this: ", row.would_change),
            ("Ask next time: ", row.question),
        )
        parts += [indented(Text.assemble((label, "italic"), text), 3) for label, text in told if text]
    return Group(*parts, Text(""))


def _agreement(result: Motives) -> list[RenderableType]:
    lines = [Text(line, style="dim") for line in track_record(result.track_record)]
    return [*lines, Text("")] if lines else []


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
