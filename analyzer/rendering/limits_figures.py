"""What is told of the figures of homes of many meetings, on the page as at a terminal: titles, growth, where comfort ends."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from analyzer.model.limits import Filled, Measured, Size, Timed


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Something that was timed: how it is called, what it grows with, and the seconds up to which it is comfortable."""

    what: str
    title: str
    grows: str
    comfort: float


KINDS = (
    Kind(what="search, one client", title="search of the largest client, warm", grows="the client's passages", comfort=0.5),
    Kind(what="search, all clients", title="search of all clients, warm", grows="all passages, and the clients", comfort=1),
    Kind(
        what="analyzer search, one client",
        title="`analyzer search --client` (largest)",
        grows="the client's passages, after what any command takes to start",
        comfort=3,
    ),
    Kind(
        what="analyzer search --all-clients",
        title="`analyzer search --all-clients`",
        grows="the clients, each of which has an index to open",
        comfort=5,
    ),
    Kind(what="analyzer ask", title="`analyzer ask --client` (largest)", grows="the client's passages", comfort=5),
    Kind(what="analyzer meetings", title="`analyzer meetings`", grows="all meetings, a line each", comfort=3),
    Kind(
        what="analyzer brief",
        title="`analyzer brief` (client that is read)",
        grows="that client's meetings, and all that others' meetings say, which must not leak",
        comfort=5,
    ),
    Kind(what="analyzer motives", title="`analyzer motives` (client that is read)", grows="that client's meetings", comfort=5),
    Kind(
        what="analyzer reindex CLIENT",
        title="`analyzer reindex CLIENT` (largest)",
        grows="the client's passages; their vectors are kept",
        comfort=120,
    ),
    Kind(what="analyzer reindex", title="`analyzer reindex`, all clients", grows="all passages; vectors are kept", comfort=1_200),
    Kind(what="analyzer doctor", title="`analyzer doctor`", grows="everything: it reads all and checks all", comfort=120),
    Kind(what="analyzer backup", title="`analyzer backup`", grows="what is on disk", comfort=300),
)
_BUSY = 1.5  # programs at work for each core
STEADY = 1.02  # times a doubling: what grows less does not grow


def kinds(run: Measured) -> Iterator[Kind]:
    """What was timed at any size of a run, in the order in which it is told."""
    there = {one.what for size in run.sizes for one in size.timed}
    return (kind for kind in KINDS if kind.what in there)


def timed(size: Size, what: str) -> Timed | None:
    """What one kind took at a size; None where it was not timed there."""
    return next((one for one in size.timed if one.what == what), None)


def per_doubling(small: float, large: float, doublings: float) -> float | None:
    """How many times as much it is with twice the meetings; None where that cannot be told."""
    return (large / small) ** (1 / doublings) if small > 0 and large > 0 and doublings > 0 else None


def growth(run: Measured, what: str, of: Callable[[Timed], float] = lambda one: one.processor) -> float | None:
    """How many times as much something takes with twice the meetings, from the last size but one to the last.

    It is told of the processor's time, which other programs change least, unless `of` takes another figure.
    """
    found = [(size.meetings, of(one)) for size in run.sizes if (one := timed(size, what))]
    if len(found) < 2:  # noqa: PLR2004 growth is from one to another
        return None
    (fewer, short), (more, long) = found[-2:]
    return per_doubling(short, long, math.log2(more / fewer))


def comfortable(runs: Sequence[Measured]) -> Iterator[tuple[Kind, str]]:
    """For each kind until when it is comfortable, as the run with the largest home tells."""
    for kind in KINDS:
        having = [run for run in runs if any(timed(size, kind.what) for size in run.sizes)]
        if having:
            yield kind, _until(max(having, key=lambda run: run.sizes[-1].meetings), kind)


def _until(run: Measured, kind: Kind) -> str:
    busy = is_busy(run)
    found = [(size.meetings, one.processor if busy else one.p95) for size in run.sizes if (one := timed(size, kind.what))]
    over = next((meetings for meetings, took in found if took > kind.comfort), None)
    if over:
        under = max((meetings for meetings, _ in found if meetings < over), default=0)
        where = f"from somewhere between {under:,} and {over:,} meetings on" if under else f"at {over:,} meetings already"
        return f"over {seconds(kind.comfort)} {where} ({seconds(found[-1][1])} at {found[-1][0]:,})"
    last, took = found[-1]
    told = f"{seconds(took)} at {last:,} meetings"
    grown = growth(run, kind.what)
    if grown is None or grown <= STEADY:
        return f"{told}, under {seconds(kind.comfort)} at every size that was measured"
    reached = last * 2 ** (math.log(kind.comfort / took) / math.log(grown))
    if reached > 100 * last:
        return f"{told}, under {seconds(kind.comfort)} far beyond what was measured"
    return f"{told}; {seconds(kind.comfort)} would be reached at about {_roughly(reached):,} if it goes on growing like that"


def _roughly(number: float) -> int:
    """To two figures."""
    step: int = 10 ** max(0, int(math.log10(number)) - 1)
    return round(number / step) * step


def seconds(value: float) -> str:
    """Seconds with as many places as tell anything: 12 ms, 0.48 s, 3.1 s, 95 s, 14 min."""
    if value < 0.1:  # noqa: PLR2004
        return f"{value * 1000:.0f} ms"
    if value < 1:
        return f"{value:.2f} s"
    if value < 10:  # noqa: PLR2004
        return f"{value:.1f} s".replace(".0 s", " s")
    return f"{value:.0f} s" if value < 200 else f"{value / 60:.0f} min"  # noqa: PLR2004


def times(value: float | None) -> str:
    """How many times as much with a doubling; a dash where that cannot be told."""
    return f"x {value:.2f}" if value else "-"


def rate(filled: Filled) -> str:
    """How many meetings a minute."""
    return f"{60 * filled.meetings / filled.clock:.1f}"


def is_busy(run: Measured) -> bool:
    """Whether other programs were at work, so that times on the clock are no measure of the machine."""
    most = max(load for size in run.sizes for load in (size.filled.load, *(one.load for one in size.timed)))
    return most > _BUSY * run.machine.cores


def loads(run: Measured) -> tuple[float, float]:
    """The least and the most programs that were at work when something was timed."""
    busy = [one.load for size in run.sizes for one in size.timed]
    return (min(busy, default=0.0), max(busy, default=0.0))
