"""Commands that write documents: brief (private), agenda and recap (to send)."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.options import AnyPlace, AsJson, Engine, Force
from analyzer.cli.output import console, interactive, run

if TYPE_CHECKING:
    import datetime as dt

    from rich.console import RenderableType

    from analyzer.model.agenda import Agenda, Recap
    from analyzer.model.brief import Brief
    from analyzer.rendering.page_terminal import Drawn
    from analyzer.usecases.documents import Outgoing
    from analyzer.usecases.drafts import Editor
    from analyzer.workspace import Workspace


class FormatName(StrEnum):
    MD = "md"
    HTML = "html"
    DOCX = "docx"


class AgendaFormatName(StrEnum):
    MD = "md"
    HTML = "html"
    DOCX = "docx"
    ICS = "ics"


_FORMAT = "The document's format; without it, what the file's name says, else text on a terminal and Markdown elsewhere."
Format = Annotated[FormatName | None, typer.Option("--format", help=_FORMAT)]
AgendaFormat = Annotated[AgendaFormatName | None, typer.Option("--format", help=f"{_FORMAT} ics is a draft invitation.")]
Allow = Annotated[
    list[str] | None,
    typer.Option("--allow", metavar="WORDS", help="Let these words pass, which were refused as private; repeat for more."),
]
DocumentFile = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write to this file, or into this folder, instead of the terminal."),
]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    for command in (brief, agenda, recap):
        app.command()(command)


def brief(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="The client: name, slug or id.")],
    date: Annotated[
        str | None, typer.Option("--date", metavar="DAY", help="The day of the meeting to prepare; today if left out.")
    ] = None,
    short: Annotated[bool, typer.Option("--short", help="Twelve lines for the ten minutes before the call.")] = False,
    engine: Engine = None,
    format_: Format = None,
    output: DocumentFile = None,
    force: Force = False,
    yes: AnyPlace = False,
    as_json: AsJson = False,
) -> None:
    """Write the private brief to take into the next meeting. Nothing is read or sent for it.

    Example: analyzer brief northgate -o northgate-prep.md
    """
    from analyzer.usecases import briefs
    from analyzer.usecases.writing import agreed_place

    out = _Out("brief", output, format_, force, as_json)

    def work(ws: "Workspace") -> "Brief":
        out.check()
        if output:
            agreed_place(ws, output, "the brief")
        document = briefs.brief(ws, client, _day(ws, date), engine.value if engine else None, quick=short)
        if out.on_screen:
            out.screen = briefs.shown_brief(document, short=short)
            return document
        data = briefs.drawn_brief(ws, document, out.form, out.folder, short=short)
        out.put(ws, data, document.client_slug, f"{document.date}-prep")
        return document

    run("brief", as_json, work, out.shown, yes=yes)


def agenda(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="The client: name, slug or id.")],
    with_: Annotated[
        list[str] | None, typer.Option("--with", metavar="NAME", help="Someone who will be there; repeat for more.")
    ] = None,
    minutes: Annotated[int, typer.Option("--minutes", min=10, max=480, metavar="N", help="How long the talk is to last.")] = 60,
    partnership: Annotated[
        bool, typer.Option("--partnership/--working", help="A talk between partners outside the work, or one about the work.")
    ] = True,
    date: Annotated[str | None, typer.Option("--date", metavar="DAY", help="The day of the talk.")] = None,
    invite: Annotated[bool, typer.Option("--invite", help="Begin with a message of five lines that asks for the talk.")] = False,
    edit: Annotated[
        bool, typer.Option("--edit", help="Open the draft in your editor; your version is checked and kept.")
    ] = False,
    anew: Annotated[bool, typer.Option("--anew", help="Propose it anew, without the version that you edited.")] = False,
    allow: Allow = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write it without asking what it may tell of our business.")] = False,
    format_: AgendaFormat = None,
    output: DocumentFile = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Draft the agenda of a talk, safe to send: in a talk between partners both sides tell how their business is doing.

    What is edited or written to a file is kept: the brief tells why each item is there and, later, what came up.

    Example: analyzer agenda northgate --with "Graham Pell" --minutes 45 -o northgate-talk.md
    """
    from analyzer.errors import UsageError
    from analyzer.model.agenda import AgendaKind
    from analyzer.usecases import documents

    out = _Out("agenda", output, format_, force, as_json)

    def work(ws: "Workspace") -> "Agenda":
        out.check()
        asked = documents.Asked(
            people=tuple(with_ or ()),
            minutes=minutes,
            kind=AgendaKind.PARTNERSHIP if partnership else AgendaKind.WORKING,
            day=_day(ws, date),
            invite=invite,
        )
        if out.form == AgendaFormatName.ICS and asked.day is None:
            raise UsageError("an invitation needs a day", "--date 2026-03-09")
        made = documents.agenda(ws, client, asked, allow or (), _editor(as_json) if edit else None, anew=anew)
        data = made.finished(ws, out.form)
        out.screen = made.on_screen() if out.on_screen else None
        if output:
            _agree(made, yes, as_json)
        elif made.tells and not (out.on_screen or as_json):  # nobody sees what goes through a pipe
            ws.notice("tells", f"it tells {made.client.name}: {'; '.join(made.tells)}")
        out.put(ws, data, made.client.slug, f"{made.document.date}-agenda")
        if output and not edit:
            documents.keep_agenda(ws, made)
        return made.document.as_it_counts

    run("agenda", as_json, work, out.shown)


def recap(
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help="The meeting: slug or id.")],
    allow: Allow = None,
    format_: Format = None,
    output: DocumentFile = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Draft the mail after a call, for those who were there: what was decided, who does what by when, what is open.

    Example: analyzer recap northgate-2025-09-17
    """
    from analyzer.usecases import documents

    out = _Out("recap", output, format_, force, as_json)

    def work(ws: "Workspace") -> "Recap":
        out.check()
        made = documents.recap(ws, meeting, allow or ())
        data = made.finished(ws, out.form)
        out.screen = made.on_screen() if out.on_screen else None
        out.put(ws, data, made.client.slug, f"{made.document.date}-recap")
        return made.document

    run("recap", as_json, work, out.shown)


class _Out:
    """Where a finished document goes: to a file, into a folder under a name of its own, through a pipe, or to the terminal.

    `on_screen` tells that a person is to read it at a terminal, without having named a format; `screen` is what they then see.
    """

    def __init__(
        self, command: str, output: Path | None, form: FormatName | AgendaFormatName | None, force: bool, as_json: bool
    ) -> None:
        suffix = output.suffix.removeprefix(".").lower() if output else ""
        known = AgendaFormatName if command == "agenda" else FormatName
        self._known = [one.value for one in known]
        self._unknown = bool(output and suffix and not form and not _is_folder(output) and suffix not in (*self._known, *_TEXT))
        self.form: str = form.value if form else suffix if suffix in list(known) else FormatName.MD.value
        self.folder = (output if _is_folder(output) else output.parent) if output else None
        self._command, self._output, self._force, self._as_json = command, output, force, as_json
        self.on_screen = not (form or output or as_json) and sys.stdout.isatty()
        self.screen: Drawn | None = None
        self._data = b""

    def check(self) -> None:
        """Raises UsageError for what no terminal can show, a file of another kind, and one that must not be replaced."""
        from analyzer.errors import UsageError

        if self._unknown:
            formats = " or ".join(f"{self._command}.{form}" for form in self._known)
            raise UsageError(f"{self._output} ends in no format of a document that is known here", f"-o {formats}; or --format")
        if self._output and not self._force and _is_file(self._output):
            raise UsageError(f"{self._output} exists already", "--force overwrites it")
        if self.form == FormatName.DOCX and not self._output and not self._as_json:
            raise UsageError("a Word document needs a file", f"-o {self._command}.docx")

    def put(self, ws: "Workspace", data: bytes, client: str, kind: str) -> None:
        """Write the document where it is wanted; it is noted on record that it draws on the meetings of the client of this slug.

        In a folder it gets a neutral name, of the client and its `kind`: `northgate-2026-03-09-agenda.md`.
        """
        self._data = data
        if not self._output:
            return
        from analyzer.usecases.writing import keep, note_export, tell_if_synced

        self._output = self._output / f"{client}-{kind}.{self.form}" if _is_folder(self._output) else self._output
        keep(self._output, data, overwrite=self._force)
        note_export(ws, self._command, self._output, client)
        if self._command != "brief":  # which was asked about before
            tell_if_synced(ws, self._output, f"the {self._command}")
        if self._as_json:
            ws.notice("written", f"wrote {self._output}")

    def shown(self, _: object) -> "RenderableType":
        """What the terminal shows of it."""
        from analyzer.rendering import terminal

        return terminal.wrote(self._output) if self._output else self.screen or terminal.document(self._data.decode())


_TEXT = ("markdown", "txt", "text")


def _is_file(path: Path) -> bool:
    """Whether there is such a file; of a place that cannot even be looked at the writing says why."""
    try:
        return path.is_file()
    except OSError:
        return False


def _is_folder(path: Path) -> bool:
    """Whether there is such a folder; a place that cannot even be looked at is none, and the writing says why."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _editor(as_json: bool) -> "Editor":
    from analyzer.cli.editor import open_in_editor
    from analyzer.usecases.drafts import Editor

    def again(wrong: str) -> bool:
        if not interactive(as_json):
            return False
        console(stderr=True).print(wrong, style="bold red", markup=False)
        return typer.confirm("Edit it again?", default=True, err=True)

    return Editor(opened=lambda path: open_in_editor(path, at_terminal=interactive(as_json)), again=again)


def _agree(made: "Outgoing[Agenda]", yes: bool, as_json: bool) -> None:
    """Show what the client would hear of our own business, and ask. Raises UsageError where nobody agrees."""
    from analyzer.errors import UsageError

    if yes or not made.tells:
        return
    told = f"You will tell {made.client.name}:"
    if not interactive(as_json):
        raise UsageError(f"{told} {'; '.join(made.tells)}. Nobody is here to be asked", "--yes writes it")
    console(stderr=True).print("\n".join((told, *(f"- {point}" for point in made.tells))), markup=False)
    if not typer.confirm("Write it?", err=True):
        raise UsageError("nothing was written", "practice.toml says who may hear what of our business")


def _day(ws: "Workspace", said: str | None) -> "dt.date | None":
    if not said:
        return None
    from analyzer.dates import parse_day

    return parse_day(said, ws.today, ahead=True)
