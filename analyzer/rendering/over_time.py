"""What happened over the meetings, as text for a terminal: promises, advice and its fate, who says what, notes, the path."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.text import Text

from analyzer.model.findings import About, Level
from analyzer.model.insight import Source
from analyzer.model.relationship import Adoption, CommitmentRow, NoteRow, RecommendationRow, TrajectoryPoint, Unmatched, VoiceRow
from analyzer.relationship.words import adoption_told, advice_told, by, count, meetings, promise_told
from analyzer.rendering.pieces import LEVEL_STYLE, day, indented, quote, table, words
from analyzer.signs import SIGNS

OVER = ("done", "dropped")


def promises(rows: Sequence[CommitmentRow], by_id: dict[str, Source], *, one_meeting: bool = False) -> list[RenderableType]:
    """Who owes whom; what is done or dropped comes last, with the words that tell it.

    With `one_meeting` the words of later meetings were not looked at, and nothing is said to be not heard since.
    """
    if not rows:
        return []
    lines: list[RenderableType] = [Text("Who owes whom", style="bold")]
    for row in sorted(rows, key=lambda row: row.status in OVER):
        lines.append(indented(Text(promise_told(row, one_meeting=one_meeting)), 3))
        lines += [quote(evidence, by_id) for evidence in row.told[-1:]]
    return [*lines, Text("")]


def advice(
    rows: Sequence[RecommendationRow], taken: Adoption | None, by_id: dict[str, Source], *, one_meeting: bool = False
) -> list[RenderableType]:
    """What we advised, oldest first, with what became of it step by step and its name for `analyzer outcome`.

    With `one_meeting` the words of later meetings were not looked at.
    """
    if not rows:
        return []
    lines: list[RenderableType] = [Text(f"What we advised{', as this meeting left it' if one_meeting else ''}", style="bold")]
    if taken:
        lines.append(indented(Text(adoption_told(taken)), 3))
    for row in rows:
        lines.append(indented(Text(f"{day(row.date)}: {row.what}"), 3))
        lines.append(indented(Text.assemble(advice_told(row), ("   " + ", again ".join((row.id, *row.again)), "dim")), 6))
        own = ((step.author or "Your note", step.note) for step in row.steps if step.note)
        lines += [indented(Text(f"{whose}: {note}"), 6) for whose, note in own]
        last = row.steps[-1].evidence if row.steps else None
        if last and last != row.evidence:
            lines.append(indented(quote(last, by_id), 2))
    return [*lines, Text("")]


def unmatched(rows: Sequence[Unmatched], by_id: dict[str, Source]) -> list[RenderableType]:
    """What was told of earlier promises and advice, where it is not sure which one is meant, with the words."""
    lines: list[RenderableType] = []
    for row in rows:
        about = "advice" if row.about == About.ADVICE else "a promise"
        lines += [indented(Text(f"about {about}: {row.what}"), 3), quote(row.evidence, by_id)]
    return [Text("Told of earlier things, but not sure of which", style="bold"), *lines, Text("")] if lines else []


def voices(rows: Sequence[VoiceRow], differences: Sequence[str]) -> list[RenderableType]:
    """Who of their side says what, as far as their words bear on a sign or on our advice; and where they differ."""
    lines: list[RenderableType] = []
    for row in rows:
        if said := list(_said(row)):
            role = f", {row.role}" if row.role else ""
            lines.append(indented(Text(f"{row.name}{role} ({meetings(row.meetings)}, last {day(row.last)})"), 3))
            lines += [indented(Text(line), 6) for line in said]
    lines += [indented(Text(line), 3) for line in differences]
    return [Text("Who says what", style="bold"), *lines, Text("")] if lines else []


def _said(row: VoiceRow) -> Iterator[str]:
    for sign in SIGNS:
        pro, con = row.signs_for.get(sign.id, 0), row.signs_against.get(sign.id, 0)
        if pro or con:
            parts = [count(pro, "quote") + " for"] * bool(pro) + [count(con, "quote") + " against"] * bool(con)
            yield f"{' and '.join(parts)} “{sign.title}”"
    if row.advice_taken:
        yield f"our advice taken up: {count(row.advice_taken, 'time')}"
    if row.advice_turned_down:
        yield f"our advice turned down: {count(row.advice_turned_down, 'time')}"


def notes(rows: Sequence[NoteRow]) -> list[RenderableType]:
    """A person's own notes from outside the recordings."""
    if not rows:
        return []
    lines = [indented(Text(f"{row.number}  {day(row.date)}, {row.kind}{by(row.author)}: {row.text}"), 3) for row in rows]
    whose = "Notes" if any(row.author for row in rows) else "Your notes"
    return [Text(whose, style="bold"), *lines, Text("")]


def path(points: Sequence[TrajectoryPoint]) -> list[RenderableType]:
    """One line a meeting: the stance and the signs that were heard, with marks for another reader and a person's own levels."""
    if not points:
        return []
    rows = table("meeting", "stance", "signs")
    for point in points:
        signs = Text(", ").join(_levels(point)) or Text("none", style="dim")
        if point.reader_changed:
            signs.append(f" (another reader: {point.engine})", style="dim")
        rows.add_row(Text(point.slug), words(point.stance), signs)
    own = [Text("* your own verdict", style="dim")] if any(point.own for point in points) else []
    return [Text("The path", style="bold"), rows, *own, Text("")]


def _levels(point: TrajectoryPoint) -> list[Text]:
    """`strong 1, weak 3*`: the levels with the numbers of the signs; a level that is none only where a person says so."""
    found = [
        (point.signs[sign.id], f"{sign.number}{'*' if sign.id in point.own else ''}")
        for sign in SIGNS
        if sign.id in point.signs and (point.signs[sign.id] is not Level.NONE or sign.id in point.own)
    ]
    order = list(LEVEL_STYLE)
    ranked = sorted(found, key=lambda pair: order.index(pair[0]))
    return [
        Text.assemble((level.value, LEVEL_STYLE[level]), f" {' '.join(number for _, number in same)}")
        for level, same in groupby(ranked, key=lambda pair: pair[0])
    ]
