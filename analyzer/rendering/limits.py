"""How much fits, as text for a terminal: where the home stands, then what was measured."""

from rich.console import Group, RenderableType
from rich.text import Text

from analyzer.model.limits import Limits, Measured, Standing
from analyzer.relationship.words import count
from analyzer.rendering.limits_figures import comfortable, growth, kinds, loads, rate, seconds, timed, times
from analyzer.rendering.pieces import table


def limits(result: Limits) -> RenderableType:
    """The home, then a table for each run that was measured, then until when each thing is comfortable."""
    parts: list[RenderableType] = [Text(_stands(result.standing), style="bold")]
    if result.standing.meetings or not result.measured:
        parts.append(Text(_near(result)))
    for run in result.measured:
        parts += [Text(), *_run(run)]
    if result.measured:
        parts += [Text(), Text("Until when it is comfortable", style="bold")]
        parts += [Text(f"{_plain(kind.title)}: {until}") for kind, until in comfortable(result.measured)]
    return Group(*parts)


def _stands(home: Standing) -> str:
    if not home.meetings:
        return f"Your home ({home.home}) has no meetings yet."
    most = f", {home.largest_passages:,} of them of {home.largest}" if home.clients > 1 and home.largest else ""
    return (
        f"Your home: {count(home.meetings, 'meeting')} of {count(home.clients, 'client')}, {count(home.passages, 'passage')}"
        f"{most}; record {_mb(home.record_mb)}, index {_mb(home.index_mb)}."
    )


def _near(result: Limits) -> str:
    if not result.measured:
        return "Nothing was measured for this version."
    if result.near is None:
        largest = max(size.meetings for run in result.measured for size in run.sizes)
        return f"That is more than was measured (up to {largest:,} meetings): `analyzer doctor` tells whether all is well."
    return f"The column of {result.near:,} meetings below is the next above it."


def _run(run: Measured) -> list[RenderableType]:
    made = "random unit vectors, not embedded" if run.vectors == "random" else "uploaded and embedded"
    title = f"Measured: {run.sizes[-1].meetings:,} meetings of {run.words:,} words, {made}"
    rows = table("meetings", *(f"{size.meetings:,}" for size in run.sizes), "a doubling")
    rows.add_row("passages", *(f"{size.passages:,}" for size in run.sizes), "")
    rows.add_row("disk", *(_mb(size.record_mb + size.passages_mb + size.chroma_mb) for size in run.sizes), "")
    rows.add_row("uploads a minute", *(rate(size.filled) for size in run.sizes), "")
    rows.add_row("seconds of the processor each", *(f"{s.filled.processor / s.filled.meetings:.2f}" for s in run.sizes), "")
    for kind in kinds(run):
        cells = [seconds(one.p95) if (one := timed(size, kind.what)) else "-" for size in run.sizes]
        rows.add_row(Text(_plain(kind.title)), *cells, times(growth(run, kind.what)))
    of, (least, most) = run.machine, loads(run)
    return [
        Text(title, style="bold"),
        rows,
        Text(
            f"Times are the slow end: of searches the 95th of a hundred. {of.cores} cores of {of.processor}, {least:.1f} to"
            f" {most:.1f} programs at work; {run.date}, by {run.command}",
            style="dim",
        ),
    ]


def _plain(title: str) -> str:
    return title.replace("`", "")


def _mb(megabytes: float) -> str:
    return f"{megabytes:,.0f} MB" if megabytes < 10_000 else f"{megabytes / 1000:,.1f} GB"  # noqa: PLR2004
