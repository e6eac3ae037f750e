"""Backups, what was restored of them, and exports, as a terminal tells of them."""

import datetime as dt

from rich.console import Group, RenderableType
from rich.text import Text

from analyzer.model.copies import BackedUp, ExportedClient, Restored
from analyzer.relationship.words import count
from analyzer.rendering.pieces import day

_SHOWN = {
    "clients": "client",
    "meetings": "meeting",
    "turns": "turn",
    "readings": "reading",
    "verdicts": "verdict",
    "notes": "note",
    "decisions": "decision",
    "agendas": "agenda",
}
_MEGABYTE = 1_000_000


def backed_up(done: BackedUp) -> RenderableType:
    """What is in a backup, how large it is, and who can read it."""
    lines = [
        Text.assemble(("backed up ", "green"), f"to {done.path} ({size(done.size)})"),
        Text(f"{_counted(done.counts)}; read back, and every checksum is right"),
    ]
    if done.without_index:
        lines.append(Text(f"without the search index of {', '.join(done.without_index)}: a restored home makes it again"))
    lines.append(Text("It is not encrypted and holds everybody's words: keep it where nobody else can read it.", style="yellow"))
    return Group(*lines)


def restored(done: Restored) -> RenderableType:
    """What is in the home now."""
    return Group(
        Text.assemble(("restored ", "green"), f"{done.home} from the backup of {_moment(done.made_at)}"),
        Text(f"{_counted(done.counts)}; `analyzer doctor` looks it over"),
    )


def exported(done: ExportedClient) -> RenderableType:
    """Where the files lie, what they are, and what is not among them."""
    whose = "what may be handed to" if done.for_client else "everything on"
    lines = [
        Text.assemble(("exported ", "green"), f"{whose} {done.client_name} to {done.folder} ({count(len(done.files), 'file')})"),
        Text(f"{_counted(done.counts)}; INDEX.md tells what is what"),
    ]
    lines += [Text(f"left out: {reason}: {number}") for reason, number in done.left_out.items()]
    return Group(*lines)


def size(number: int) -> str:
    """Bytes in words."""
    return f"{number / _MEGABYTE:.1f} MB" if number >= _MEGABYTE else f"{max(1, round(number / 1000))} kB"


def _moment(told: str) -> str:
    """A moment in ISO's notation as people write it, on the clock of where it was."""
    at = dt.datetime.fromisoformat(told)
    return f"{day(at.date())}, {at:%H:%M}"


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(count(counts[kind], name) for kind, name in _SHOWN.items() if counts.get(kind)) or "nothing"
