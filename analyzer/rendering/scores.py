"""The scores of an engine as tables for a terminal: the four signs side by side, the openings, then the whole."""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from analyzer.model.scores import Figure, Overlap, Scores
from analyzer.relationship.words import count
from analyzer.signs import OPENINGS, SIGN_BY_ID

_INTERVAL = (
    "In brackets: the middle 95 of 100 when whole meetings are drawn anew, 1,000 times; nothing where too few meetings "
    "count. Where all of them agree it is narrower than the truth."
)


def table(scores: Scores) -> RenderableType:
    """Every figure with the number that it was counted over; a dash where there was nothing to count."""
    head = f"{scores.engine}: {scores.meetings} labelled {'meeting' if scores.meetings == 1 else 'meetings'}"
    legend = "; ".join(f"{SIGN_BY_ID[s.sign].number} {SIGN_BY_ID[s.sign].title}" for s in scores.signs)
    blank = Text("")
    parts: list[RenderableType] = [
        Text(f"{head}, {count(scores.turns, 'turn')}"),
        blank,
        _signs(scores),
        Text(legend, style="dim"),
        blank,
        _openings(scores),
        blank,
        _whole(scores),
    ]
    if scores.exact.low is not None:
        parts += [blank, Text(_INTERVAL, style="dim")]
    return Group(*parts)


def _signs(scores: Scores) -> Table:
    """A column for each sign, under its number."""
    rows = _columns("sign", *(str(SIGN_BY_ID[s.sign].number) for s in scores.signs))
    for label, cells in (
        ("meetings labelled with it", (str(s.presence.recall.n) for s in scores.signs)),
        ("meetings said to show it", (str(s.presence.precision.n) for s in scores.signs)),
        ("precision", (_p(s.presence.precision) for s in scores.signs)),
        ("recall", (_p(s.presence.recall) for s in scores.signs)),
        ("F1", (_p(s.presence.f1) for s in scores.signs)),
        ("level exactly right", (_p(s.exact) for s in scores.signs)),
        ("said `insufficient`", (str(s.insufficient) for s in scores.signs)),
        ("evidence F1", (_p(s.evidence.f1) for s in scores.signs)),
        ("  turns labelled and shown", (str(s.evidence.f1.n) for s in scores.signs)),
        ("turn average precision", (_p(s.turn_ap) for s in scores.signs)),
        ("AUC over meetings", (_p(s.auc) for s in scores.signs)),
    ):
        rows.add_row(label, *cells)
    return rows


def _openings(scores: Scores) -> Table:
    rows = _columns("opening", "n", "P", "R", figure="  F1")
    every = [(o.title, scores.openings[o.id]) for o in OPENINGS]
    for title, found in (*every, ("All of them", scores.openings_pooled)):
        rows.add_row(title, str(found.recall.n), _p(found.precision), _p(found.recall), _with_interval(found.f1))
    return rows


def _whole(scores: Scores) -> Table:
    rows = _columns("over all", "n", figure="")
    for label, figure in _figures(scores):
        rows.add_row(label, str(figure.n), _with_interval(figure))
    rejected = ", ".join(f"{why} {n}" for why, n in sorted(scores.rejected.items())) or "none"
    rows.add_row(f"claims rejected: {rejected}")
    return rows


def _figures(scores: Scores) -> Iterable[tuple[str, Figure]]:
    missed = scores.strong_missed
    yield "presence, macro-F1 over the four signs", scores.macro_f1
    yield "meeting AUC, mean of signs", scores.auc
    yield "level exactly right", scores.exact
    yield "verdicts `insufficient`", scores.insufficient
    yield f"strong signs missed ({round((missed.value or 0) * missed.n)} said `none`)", missed
    yield "clean meetings flagged", scores.clean_flagged
    yield "turn average precision, mean of signs", scores.turn_ap
    yield from _three("evidence", scores.evidence)
    yield "evidence spoken by their side", scores.evidence_theirs
    yield f"conditions right ({scores.conditions_unknown} unknown)", scores.conditions
    yield f"stance within one step ({scores.stance_unknown} unknown)", scores.stance_within_one
    yield from _three("commitments", scores.commitments)
    yield "owner of a found commitment right", scores.owner_right
    yield "questions: answered or not, balanced accuracy", scores.questions
    yield "  answerable ones answered", scores.answered
    yield "  unanswerable ones left unanswered", scores.left_unanswered
    yield "  answered ones citing the right turn first", scores.cited_right


def _three(what: str, found: Overlap) -> Sequence[tuple[str, Figure]]:
    return (f"{what}, F1", found.f1), ("  precision", found.precision), ("  recall", found.recall)


def _columns(label: str, *numbers: str, figure: str | None = None) -> Table:
    """A table whose first column gives way in a narrow terminal, and whose numbers never break.

    `figure` heads a last column of figures with their intervals, where there is one.
    """
    empty = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    empty.add_column(label, overflow="fold")
    for name in numbers:
        empty.add_column(name, justify="right", no_wrap=True)
    if figure is not None:
        empty.add_column(figure, no_wrap=True)
    return empty


def _with_interval(figure: Figure) -> str:
    """A figure and, where there is one, the interval behind it: ` .54 (.38 to .67)`."""
    between = "" if figure.low is None or figure.high is None else f" ({_number(figure.low)} to {_number(figure.high)})"
    return f"{_p(figure):>4}{between}"


def _p(figure: Figure) -> str:
    return "-" if figure.value is None else _number(figure.value)


def _number(value: float) -> str:
    """Two places, and no nought before the point."""
    return f"{value:.2f}".removeprefix("0")
