"""The command that forgets for good: a client, a meeting, a person."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.options import AsJson, Force
from analyzer.cli.output import console, interactive, run

if TYPE_CHECKING:
    from analyzer.model.forgetting import Forgetting, Forgotten, Receipts
    from analyzer.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add this command to the app."""
    app.command()(forget)


def forget(
    what: Annotated[
        str | None, typer.Argument(metavar="MEETING|CLIENT", help="What is to go, named in full: a client or a meeting.")
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", metavar="NAME", help="Black out a person, by name, in every meeting instead.")
    ] = None,
    letter: Annotated[
        Path | None, typer.Option("--letter", metavar="FILE", help="Write a short confirmation that can be sent (.docx, .md).")
    ] = None,
    receipts: Annotated[bool, typer.Option("--receipts", help="List what was forgotten: when, how much, no names.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would go, and change nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask; needed where nobody can be asked.")] = False,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Forget a client, a meeting or a person for good: shows what goes, asks, and leaves a receipt without a name.

    What was written to files outside the home is named, not removed; `analyzer export CLIENT` gives everything first.

    Example: analyzer forget northgate-2025-09-17
    """
    from analyzer.rendering import forgetting as rendering

    asked = _Asked(what=what, person=person, letter=letter, dry_run=dry_run, yes=yes, force=force, as_json=as_json)

    def work(ws: "Workspace") -> "Forgetting | Forgotten | Receipts":
        if receipts:
            asked.check_alone()
            from analyzer.usecases.forget import receipts as listed

            return listed(ws)
        return asked.done(ws)

    run("forget", as_json, work, rendering.either, yes=yes)


class _Asked:
    """What was asked for on the command line, and the doing of it."""

    def __init__(
        self, *, what: str | None, person: str | None, letter: Path | None, dry_run: bool, yes: bool, force: bool, as_json: bool
    ) -> None:
        self._what = what
        self._person = person
        self._letter = letter
        self._dry_run = dry_run
        self._yes = yes
        self._force = force
        self._as_json = as_json

    def check_alone(self) -> None:
        """Raises UsageError where the receipts were asked for together with something to forget."""
        from analyzer.errors import UsageError

        if self._what or self._person:
            raise UsageError("--receipts lists what was forgotten", "leave out what is to be forgotten, or leave it out")

    def done(self, ws: "Workspace") -> "Forgetting | Forgotten":
        """Show what goes, ask, forget, and write the letter. Raises UsageError where nobody agrees, or can be asked."""
        from dataclasses import replace

        planned = self._planned(ws)
        if self._dry_run:
            return planned
        if self._letter:
            self._check_letter(ws, self._letter)
        self._agree(planned)
        forgotten = self._forgotten(ws, planned)
        return replace(forgotten, letter=self._written(ws, self._letter, forgotten)) if self._letter else forgotten

    def _planned(self, ws: "Workspace") -> "Forgetting":
        from analyzer.errors import UsageError
        from analyzer.usecases import forget_plan

        if self._person is not None and self._what is not None:
            raise UsageError("--person forgets a person in every meeting", "leave out the client or meeting, or --person")
        if self._person is not None:
            from analyzer.usecases import forget_person

            return forget_person.plan(ws, self._person)
        if self._what is None:
            raise UsageError("what is to be forgotten?", "analyzer forget MEETING, CLIENT or --person NAME; --receipts lists")
        return forget_plan.plan(ws, self._what)

    def _forgotten(self, ws: "Workspace", planned: "Forgetting") -> "Forgotten":
        from analyzer.usecases import forget

        if self._person is not None:
            from analyzer.usecases import forget_person

            return forget_person.forget(ws, self._person)
        return forget.forget(ws, planned)

    def _agree(self, planned: "Forgetting") -> None:
        """Raises UsageError where nobody agrees."""
        from analyzer.errors import UsageError
        from analyzer.rendering import forgetting as rendering

        if self._yes:
            return
        if not interactive(self._as_json):
            raise UsageError(
                f"{planned.name} would be forgotten for good, and nobody is here to be asked",
                "--dry-run shows what would go; --yes forgets it",
            )
        console(stderr=True).print(rendering.planned(planned))
        if not typer.confirm("Forget it for good?", err=True):
            raise UsageError("nothing was forgotten", "--dry-run shows what would go")

    def _check_letter(self, ws: "Workspace", path: Path) -> None:
        """Before anything is removed. Raises UsageError where the letter could not be written, or would be in the home."""
        from analyzer.errors import UsageError

        if path.suffix.lower() not in (".docx", ".md"):
            raise UsageError(f"{path} ends in no format of a letter", "--letter letter.docx, or letter.md")
        if path.resolve().is_relative_to(ws.settings.home.resolve()):
            raise UsageError(f"{path} is in the home, where nothing of it may stay", "choose another place")
        if path.exists() and (not self._force or not path.is_file()):
            raise UsageError(f"{path} exists already", "--force overwrites it" if path.is_file() else "choose another place")
        if not path.absolute().parent.is_dir():
            raise UsageError(f"{path.parent} is no folder", "choose another place")
        _ = ws.practice  # whose letter it is: where practice.toml is damaged, that is told before anything is removed

    def _written(self, ws: "Workspace", path: Path, forgotten: "Forgotten") -> str:
        """The letter's path; empty, and told, where it could not be written after all: what is forgotten stays forgotten."""
        from analyzer.errors import UsageError
        from analyzer.rendering import letter
        from analyzer.usecases.writing import keep

        practice, today = ws.practice.name, ws.today
        if path.suffix.lower() == ".md":
            data = letter.letter_md(forgotten, practice=practice, today=today).encode()
        else:
            data = letter.letter(forgotten, practice=practice, today=today)
        try:
            keep(path, data, overwrite=self._force)
        except UsageError as failure:
            ws.notice("letter_not_written", f"{failure.message} ({failure.hint})")
            return ""
        return str(path.absolute())
