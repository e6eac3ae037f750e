"""The page of limits, as Markdown: made from the figures alone, so that it says what was measured and nothing else."""

from collections.abc import Callable, Iterator, Sequence

from analyzer.model.limits import Measured, Size, Timed
from analyzer.rendering.limits_figures import comfortable, growth, is_busy, kinds, loads, rate, seconds, timed, times

_HEAD = """# Limits

Made from measurements by `python benchmarks/limits.py`; do not edit. `analyzer limits` shows the same at a terminal, beside how
large your own home is.

Homes of made-up meetings were filled by uploading them, and measured as they stood at several sizes. Every fifth meeting is of
one large client, the others go round the rest, over ten years. What is said are sentences of written talks with their words
altered, so that hardly one is said twice. "Warm" is a process that has searched before; what stands in `code` is a whole command,
with Python's start in it. Where two times stand together they are the middle and the slow end: of searches the 95th of a hundred,
of commands the slowest.
"""


def page(runs: Sequence[Measured]) -> str:
    """The whole page."""
    parts = [_HEAD, "## Where it stops being comfortable\n", *_comfort(runs)]
    for run in runs:
        parts += ["", *_run(run)]
    return "\n".join(parts).rstrip() + "\n"


def _comfort(runs: Sequence[Measured]) -> Iterator[str]:
    busy = ", by the processor's time where the machine was busy with other work" if any(map(is_busy, runs)) else ""
    yield f"Judged by the largest home in which a thing was measured, with random vectors too{busy}.\n"
    yield from _table(
        ("what", "grows with", "until when"), [(kind.title, kind.grows, until) for kind, until in comfortable(runs)], "lll"
    )


def _run(run: Measured) -> Iterator[str]:
    sizes = run.sizes
    most = sizes[-1].meetings
    if run.vectors == "random":
        yield f"## {most:,} meetings with random unit vectors\n"
        yield (
            "**Passages were not embedded**: each got a random unit vector, which saves most of what an upload takes, and is the"
            " hard case for the search, since nothing is near anything. All else is the product's own; questions are"
            " embedded.\n"
        )
    else:
        yield f"## {most:,} meetings, uploaded and embedded\n"
    if most < run.wanted:
        yield f"**Not all**: {run.wanted:,} meetings were to be; there was time for {most:,}.\n"
    yield from _facts(run)
    yield from _home(run)
    yield f"\nUploading {sizes[-1].filled.meetings} more into a home of that size, by one process, without reading them:\n"
    yield from _uploading(run)
    yield from _reading(run)
    yield "\nTimes on the clock:\n"
    yield from _times(run)
    yield "\nSeconds of the processor, by all threads, and how many times as many with twice the meetings:\n"
    yield from _each(run, lambda one: one.processor, seconds)
    yield "\nMost memory of the process, MB (what takes less than the measuring program itself is told to take as much):\n"
    yield from _each(run, lambda one: one.mb, lambda value: f"{value:,.0f}")


def _facts(run: Measured) -> Iterator[str]:
    of = run.machine
    least, most = loads(run)
    yield f"- {of.cores} cores of {of.processor}, {of.memory_gb:g} GB of memory; {of.system}, Python {of.python}"
    yield "- " + ", ".join(f"{name} {number}" for name, number in of.versions.items())
    yield f"- measured on {run.date} by `{run.command}`; meetings of {run.words:,} words"
    busy = f"- programs at work when something was timed: {least:.1f} to {most:.1f} on {of.cores} cores"
    filled = [size.filled.load for size in run.sizes]
    busy += f"; while uploading {min(filled):.1f} to {max(filled):.1f}"
    told = (
        ". **The machine was busy with other work**: on a quiet one times on the clock are shorter, and those of the"
        " processor a little"
    )
    yield busy + (told if is_busy(run) else "") + "\n"


def _home(run: Measured) -> Iterator[str]:
    rows: list[tuple[str, Callable[[Size], float], str]] = [
        ("clients", lambda size: size.clients, ",.0f"),
        ("passages", lambda size: size.passages, ",.0f"),
        ("meetings of the largest client", lambda size: size.largest, ",.0f"),
        ("passages of the largest client", lambda size: size.largest_passages, ",.0f"),
        ("meetings of the client that is read", lambda size: size.read, ",.0f"),
        ("record, MB", lambda size: size.record_mb, ",.0f"),
        ("index: words and vectors, MB", lambda size: size.passages_mb, ",.0f"),
        ("index: Chroma, MB", lambda size: size.chroma_mb, ",.0f"),
        ("disk a meeting, MB", lambda s: (s.record_mb + s.passages_mb + s.chroma_mb) / s.meetings, ".2f"),
    ]
    yield from _by_size(run, [(title, [format(of(size), how) for size in run.sizes]) for title, of, how in rows])


def _uploading(run: Measured) -> Iterator[str]:
    filled = [size.filled for size in run.sizes]
    yield from _by_size(
        run,
        [
            ("meetings a minute", [rate(one) for one in filled]),
            ("words a second", [f"{one.words / one.clock:,.0f}" for one in filled]),
            ("processor, seconds a meeting", [f"{one.processor / one.meetings:.2f}" for one in filled]),
            ("most memory, MB", [f"{one.mb:,.0f}" for one in filled]),
            ("programs at work", [f"{one.load:.1f}" for one in filled]),
        ],
    )


def _reading(run: Measured) -> Iterator[str]:
    read = [size.readings for size in run.sizes if size.readings]
    if read:
        last = read[-1]
        yield (
            f"\nReading by the offline engine: {last.processor / last.meetings:.1f} s of the processor a meeting"
            f" ({last.clock / last.meetings:.1f} s on the clock, {last.load:.1f} programs at work, {last.mb:,.0f} MB),"
            f" n={last.meetings}. It takes no longer in a larger home: a meeting is read by itself."
        )


def _times(run: Measured) -> Iterator[str]:
    def told(size: Size, what: str) -> str:
        one = timed(size, what)
        if one is None:
            return "-"
        return seconds(one.p50) if one.n == 1 else f"{seconds(one.p50)} / {seconds(one.p95)}"

    yield from _by_size(run, [(kind.title, [told(size, kind.what) for size in run.sizes]) for kind in kinds(run)])


def _each(run: Measured, of: Callable[[Timed], float], told: Callable[[float], str]) -> Iterator[str]:
    """A row for each kind with one figure of each size, and how it grows."""
    rows = []
    for kind in kinds(run):
        there = [timed(size, kind.what) for size in run.sizes]
        cells = [told(of(one)) if one else "-" for one in there]
        rows.append((kind.title, *cells, times(growth(run, kind.what, of))))
    head = ("meetings", *(f"{size.meetings:,}" for size in run.sizes), "a doubling")
    yield from _table(head, rows, "l" + "r" * (len(head) - 1))


def _by_size(run: Measured, rows: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
    head = ("meetings", *(f"{size.meetings:,}" for size in run.sizes))
    yield from _table(head, [(title, *cells) for title, cells in rows], "l" + "r" * (len(head) - 1))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], sides: str) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|" + "|".join("---:" if side == "r" else "---" for side in sides) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
