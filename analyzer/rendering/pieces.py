"""The small parts of which text for terminals is made: quotes with their places, times, days, tables, set-in blocks."""

import datetime as dt

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analyzer.model.findings import Evidence, Level
from analyzer.model.insight import Source

LEVEL_STYLE = {Level.STRONG: "bold red", Level.WEAK: "yellow", Level.NONE: "green", Level.INSUFFICIENT: "dim"}
STANDING = (Level.WEAK, Level.STRONG)
IN_CONFIDENCE = ", said in confidence"
QUOTE_WORDS = 45  # of a longer text the rest stands in its place, which is named beside it


def quote(evidence: Evidence, by_id: dict[str, Source], beside: str = "") -> RenderableType:
    """Words in quotation marks, who said them when, and the command that opens the place; `beside` is a remark on them."""
    source = by_id.get(evidence.meeting)
    at = evidence.start if evidence.heard_at is None else evidence.heard_at
    slug, when = (source.slug, moment(source.date, at)) if source else (evidence.meeting, "")
    said = Text(f"“{evidence.quote}”" + (f" ({beside})" if beside else ""))
    kept = IN_CONFIDENCE if source and source.confidential else ""
    place = f"{evidence.speaker}, {when}{kept}   analyzer show {slug} --turn {evidence.turn}"
    return indented(Group(said, Text(place, style="dim")), 4)


def moment(date: dt.date, start: float | None) -> str:
    """A day, with the time into the meeting where that is known."""
    return day(date) if start is None else f"{day(date)} at {clock(start)}"


def clock(seconds: float | None) -> str:
    """Seconds from the start as people read them: 4:09, 1:02:03; a dash where the time is not known."""
    if seconds is None:
        return "-"
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def words(identifier: str) -> str:
    """An identifier as words."""
    return str(identifier).replace("_", " ").replace("-", " ")


def day(date: dt.date | None) -> str:
    """A date as people write it; a dash where there is none."""
    return f"{date.day} {date:%b %Y}" if date else "-"


def shortened(text: str) -> str:
    """The first words of a long text, with `[…]` for the rest."""
    said = text.split()
    return " ".join(said) if len(said) <= QUOTE_WORDS else f"{' '.join(said[:QUOTE_WORDS])} […]"


def indented(inner: RenderableType, by: int) -> RenderableType:
    """Set in from the left and not filled up at the right, so that piped lines end where their words end."""
    return Padding(inner, (0, 0, 0, by), expand=False)


def table(*columns: str) -> Table:
    """An empty table without lines, in which long names wrap and are never cut."""
    empty = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in columns:
        empty.add_column(column, overflow="fold")
    return empty
