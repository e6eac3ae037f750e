"""What is asked of a person at the terminal while uploading, on stderr, so that stdout stays the result."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from analyzer.cli.output import console

if TYPE_CHECKING:
    from analyzer.cli.progress import Bars
    from analyzer.model.results import SameMeeting
    from analyzer.usecases.batch import ToFile

LEFT_UNFILED, LEFT_OUT = "-", "x"


class AtTerminal:
    """Asks what files do not tell; the answers of `usecases.upload.Questions`."""

    def __init__(self, bars: "Bars") -> None:
        self._bars = bars

    def whose(self, files: "Sequence[ToFile]", known: Sequence[str]) -> list[str | None]:
        """One table to accept or edit row by row; what nobody proposes a client for is left unfiled unless told."""
        decided = [file.proposal.client_name if file.proposal else "" for file in files]
        with self._bars.paused():
            if known:
                typer.echo(f"Clients so far: {', '.join(known)}", err=True)
            if len(files) == 1:
                return [self._one(files[0], decided[0])]
            out: set[int] = set()
            self._show(files, decided, out, known)
            while True:
                told = typer.prompt(
                    'Enter accepts; "2 Northgate" files row 2 there, "2 -" leaves it unfiled, "2 x" leaves it out',
                    default="",
                    show_default=False,
                    err=True,
                ).strip()
                if not told:
                    return [None if at in out else name for at, name in enumerate(decided)]
                row, _, where = told.partition(" ")
                if not row.isdecimal() or not 1 <= int(row) <= len(files) or not where.strip():
                    typer.echo(f"Begin with a row from 1 to {len(files)}.", err=True)
                    continue
                at, where = int(row) - 1, where.strip()
                out.discard(at)
                if where == LEFT_OUT:
                    out.add(at)
                else:
                    decided[at] = "" if where == LEFT_UNFILED else where
                self._show(files, decided, out, known)

    def _one(self, file: "ToFile", proposal: str) -> str | None:
        if file.proposal:
            typer.echo(f"{file.row.file}: {file.proposal.why}", err=True)
        question = f"{file.row.file}: whose meeting is it ({LEFT_UNFILED} to leave it unfiled, {LEFT_OUT} to leave it out)"
        told: str = typer.prompt(question, default=proposal or None, err=True).strip()
        return None if told == LEFT_OUT else "" if told == LEFT_UNFILED else told

    def _show(self, files: "Sequence[ToFile]", decided: Sequence[str], out: set[int], known: Sequence[str]) -> None:
        from analyzer.rendering.intake import filing_table

        clients = [None if at in out else name for at, name in enumerate(decided)]
        console(stderr=True).print(filing_table([file.row for file in files], clients, known))

    def who_is_ours(self, files: Sequence[str], speakers: Sequence[str]) -> tuple[str, ...]:
        """Our side by numbers; empty input leaves it unknown."""
        where = files[0] if len(files) == 1 else f"{len(files)} files"
        with self._bars.paused():
            return _by_numbers(where, speakers)

    def may_replace(self, file: str, same: "SameMeeting") -> bool:
        """Whether the file takes the place of what is kept; no is the default."""
        with self._bars.paused():
            told = f"{file}: {int(100 * same.shared)}% of its words are those of {same.slug}. Let it take that one's place?"
            return typer.confirm(told, default=False, err=True)


def _by_numbers(where: str, speakers: Sequence[str]) -> tuple[str, ...]:
    typer.echo(f"{where}: who of these is on your side?", err=True)
    for number, name in enumerate(speakers, 1):
        typer.echo(f"  {number}  {name or '(no name)'}", err=True)
    while True:
        told: str = typer.prompt("Numbers, separated by commas (empty: not known)", default="", show_default=False, err=True)
        picked = [part.strip() for part in told.split(",") if part.strip()]
        if all(part.isdecimal() and 1 <= int(part) <= len(speakers) for part in picked):
            return tuple(speakers[int(part) - 1] for part in picked)
        typer.echo(f"Give numbers from 1 to {len(speakers)}.", err=True)
