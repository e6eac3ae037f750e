"""What was handed over and received, as text for a terminal."""

from collections.abc import Iterator, Mapping

from rich.console import Group, RenderableType
from rich.text import Text

from analyzer.model.handing import HandedOver, Received
from analyzer.relationship.words import by, count
from analyzer.rendering.pieces import day, indented

_IN_PLACE = {"former_names": "former name", "agendas": "agenda", "dismissals": "dismissal"}
_LEFT = {
    "meetings": "told in confidence (--confidential MEETING takes one along)",
    "agendas": "drawn from a meeting that stays",
    "notes": "left out as you said",
    "readings": "damaged (`analyzer doctor` tells which)",
}


def handed_over(result: HandedOver) -> RenderableType:
    """What is in the file, and what stayed."""
    lines = [Text(f"{result.client_name} is handed over{by(result.author or None)}: {result.path}")]
    lines.append(Text(_listed(result.counts), style="dim"))
    lines += [Text(f"  in confidence: {slug}", style="yellow") for slug in result.confidential]
    for kind, number in result.left_out.items():
        lines.append(Text(f"  {_counted(kind, number)} stayed: {_LEFT[kind]}", style="yellow"))
    if notes := result.counts.get("notes"):
        lines.append(Text(f"  your {_counted('notes', notes)} went along: --without-notes keeps notes here", style="yellow"))
    lines.append(Text("Whoever has the file can read it: give it to nobody else. `analyzer receive FILE` takes it in."))
    return Group(*lines)


def received(result: Received) -> RenderableType:
    """What came in, what was here, and what stayed out and why."""
    return Group(*_received(result))


def _received(result: Received) -> Iterator[RenderableType]:
    sent = f"handed over{by(result.author or None)}"
    if not result.changed:
        yield Text(f"{result.client_name}, {sent}, is here already: nothing was changed")
    elif result.made:
        yield Text(f"{result.client_name}, {sent}, is here now: analyzer brief {result.client_slug}")
    else:
        yield Text(f"{result.client_name}, {sent}, is brought up to date: analyzer brief {result.client_slug}")
    for told, style, numbers in (
        ("added", "", {row.kind: row.added for row in result.counts}),
        ("here already", "dim", {row.kind: row.here for row in result.counts}),
        ("left out", "yellow", {row.kind: row.left for row in result.counts}),
    ):
        if any(numbers.values()):
            yield indented(Text(f"{told}: {_listed(numbers)}", style=style), 2)
    for meeting in result.meetings:
        if meeting.why:
            yield indented(Text(f"{day(meeting.date)}, {meeting.slug}: {meeting.why}", style="yellow"), 2)
    yield from (indented(Text(line), 2) for line in result.told)
    if any(meeting.status == "added" for meeting in result.meetings):
        yield Text("The next `analyzer search` makes the new meetings searchable.", style="dim")


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(_counted(kind, number) for kind, number in counts.items() if number)


def _counted(kind: str, number: int) -> str:
    return f"{number} remembered" if kind == "remembered" else count(number, _IN_PLACE.get(kind, kind.removesuffix("s")))
