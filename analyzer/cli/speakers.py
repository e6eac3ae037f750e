"""Commands that put right who speaks in a meeting, and on which side: speakers, sides."""

from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.options import AsJson
from analyzer.cli.output import run

if TYPE_CHECKING:
    from analyzer.model.results import SpeakersChanged
    from analyzer.workspace import Workspace

speakers = typer.Typer(name="speakers", help="Put right who speaks in a meeting.", no_args_is_help=True, rich_markup_mode=None)

Meeting = Annotated[str, typer.Argument(metavar="MEETING", help="The meeting: slug or id.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.add_typer(speakers)
    app.command()(sides)


@speakers.command("show")
def speakers_show(meeting: Meeting, as_json: AsJson = False) -> None:
    """Show who speaks, what was changed about it, and which names look like one person.

    Example: analyzer speakers show northgate-2025-09-17
    """
    from analyzer.rendering import terminal
    from analyzer.usecases import speakers as putting_right

    run("speakers show", as_json, lambda ws: putting_right.show(ws, meeting), terminal.speakers)


@speakers.command("rename")
def speakers_rename(
    meeting: Meeting,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name in the transcript.")],
    to: Annotated[str, typer.Argument(metavar="NEW", help="The name it is to have.")],
    as_json: AsJson = False,
) -> None:
    """Give a speaker another name.

    Example: analyzer speakers rename northgate-2025-09-17 "Speaker 1" "Dana Ortiz"
    """
    from analyzer.rendering import terminal
    from analyzer.usecases import speakers as putting_right

    run("speakers rename", as_json, lambda ws: putting_right.rename(ws, meeting, name, to), terminal.speakers)


@speakers.command("merge")
def speakers_merge(
    meeting: Meeting,
    kept: Annotated[str, typer.Argument(metavar="NAME", help="The name that stays.")],
    others: Annotated[list[str], typer.Argument(metavar="OTHER", help="The names that are the same person.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Make several names one person.

    Example: analyzer speakers merge northgate-2025-09-17 "Dana Ortiz" "Ortiz, Dana (Northgate)"
    """
    from analyzer.rendering import terminal
    from analyzer.usecases import speakers as putting_right

    run("speakers merge", as_json, lambda ws: putting_right.merge(ws, meeting, kept, others), terminal.speakers)


@speakers.command("assign")
def speakers_assign(
    meeting: Meeting,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who said it: a speaker or a new name.")],
    turns: Annotated[
        list[str], typer.Argument(metavar="TURN", help="Turns as `show` numbers them: 12, or 12-15.", show_default=False)
    ],
    as_json: AsJson = False,
) -> None:
    """Give single turns to somebody.

    Example: analyzer speakers assign northgate-2025-09-17 "Sam Lee" 12 14-16
    """
    from analyzer.rendering import terminal
    from analyzer.usecases import speakers as putting_right

    run("speakers assign", as_json, lambda ws: putting_right.assign(ws, meeting, name, _numbers(turns)), terminal.speakers)


@speakers.command("undo")
def speakers_undo(meeting: Meeting, as_json: AsJson = False) -> None:
    """Take back the last change of names, turns or sides.

    Example: analyzer speakers undo northgate-2025-09-17
    """
    from analyzer.rendering import terminal
    from analyzer.usecases import speakers as putting_right

    run("speakers undo", as_json, lambda ws: putting_right.undo(ws, meeting), terminal.speakers)


_LONGEST = 15  # digits of two numbers and the dash between them


def _numbers(turns: list[str]) -> list[int]:
    """Turns as typed, `12` or `12-15`. Raises UsageError."""
    from analyzer.errors import UsageError

    numbers: list[int] = []
    for told in turns:
        first, dash, last = told.partition("-")
        if len(told) > _LONGEST or not first.isdecimal() or (dash and not last.isdecimal()) or int(last or first) < int(first):
            raise UsageError(f"{told!r} is no turn", "a number, or two with a dash between: 12, 12-15")
        if int(last or first) - int(first) > 1_000_000:  # noqa: PLR2004 no meeting has more turns
            raise UsageError(f"{told!r} is more than any meeting has", "`analyzer show MEETING` numbers the turns")
        numbers += range(int(first), int(last or first) + 1)
    return numbers


def sides(
    meeting: Annotated[str | None, typer.Argument(metavar="MEETING", help="The meeting: slug or id.")] = None,
    us: Annotated[list[str] | None, typer.Option("--us", metavar="NAME", help="A speaker on our side; repeat for more.")] = None,
    them: Annotated[list[str] | None, typer.Option("--them", metavar="NAME", help="A speaker on their side.")] = None,
    other: Annotated[list[str] | None, typer.Option("--other", metavar="NAME", help="A speaker on neither side.")] = None,
    mixed: Annotated[
        list[str] | None, typer.Option("--mixed", metavar="NAME", help="A microphone shared by several people.")
    ] = None,
    from_practice: Annotated[
        bool, typer.Option("--from-practice", help="Follow practice.toml; all meetings if none is named.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show or set who is on which side. Setting it makes a new revision and reads the meeting again.

    Example: analyzer sides northgate-2025-09-17 --us "Priya Raman" --mixed "Conference Room 3"
    """
    from analyzer.errors import UsageError
    from analyzer.rendering import terminal
    from analyzer.usecases import resolve
    from analyzer.usecases import sides as putting_right

    said = putting_right.SidesSaid(
        ours=tuple(us or ()), theirs=tuple(them or ()), other=tuple(other or ()), mixed=tuple(mixed or ())
    )

    def work(ws: "Workspace") -> "SpeakersChanged":
        if from_practice and not said.nothing:
            raise UsageError("--from-practice sets sides by itself", "say --us, --them, --other, --mixed in a command of its own")
        if from_practice:
            return putting_right.follow_practice(ws, [resolve.meeting(ws.store, meeting)] if meeting else ws.store.meetings())
        if meeting is None:
            raise UsageError("which meeting?", "analyzer sides MEETING --us NAME, or --from-practice for all")
        return putting_right.sides(ws, meeting, said)

    run("sides", as_json, work, terminal.speakers)
