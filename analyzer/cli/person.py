"""Commands for a person's own word: verdict, dismiss, mark, note, outcome, decide, remember; and usage, what was spent."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.options import AsJson, Since
from analyzer.cli.output import run

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.model.own import Decisions, Notes, OutcomeSaid, PersonSaid, Remembrance, Spent
    from analyzer.workspace import Workspace


class LevelName(StrEnum):
    NONE = "none"
    WEAK = "weak"
    STRONG = "strong"


class BecauseName(StrEnum):
    IRONY = "irony"
    QUOTING = "quoting-someone"
    WRONG_SPEAKER = "wrong-speaker"
    MY_WORDS = "my-words"
    CONTEXT = "context"


class ChoiceName(StrEnum):
    TAKE = "take"
    TAKE_WITH_CONDITIONS = "take-with-conditions"
    DECLINE = "decline"


class NoteKindName(StrEnum):
    EVENT = "event"
    IMPRESSION = "impression"


class OutcomeName(StrEnum):
    ADOPTED = "adopted"
    MODIFIED = "modified"
    DEFERRED = "deferred"
    IGNORED = "ignored"
    REVERSED = "reversed"
    UNKNOWN = "unknown"
    DONE = "done"
    DROPPED = "dropped"


Meeting = Annotated[str, typer.Argument(metavar="MEETING", help="The meeting: slug or id.")]
Sign = Annotated[str, typer.Argument(metavar="SIGN", help="The sign: its number 1 to 4, its id, or how its title begins.")]
TurnNumber = Annotated[int, typer.Option("--turn", metavar="N", min=0, help="The turn, as `show` numbers it.")]
_BECAME = "Of advice: adopted, modified, deferred, ignored, reversed or unknown. Of a promise: done or dropped."
_FATES = (OutcomeName.DONE, OutcomeName.DROPPED)
Clear = Annotated[bool, typer.Option("--clear", help="Take it back.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    for command in (verdict, dismiss, mark, note, outcome, decide, remember, usage):
        app.command()(command)


def verdict(
    meeting: Meeting,
    sign: Sign,
    level: Annotated[LevelName | None, typer.Argument(metavar="LEVEL", help="none, weak or strong.", show_default=False)] = None,
    note: Annotated[
        str | None,
        typer.Option("--note", metavar="TEXT", help='Why, in your words. It stays until another is given; "" is none.'),
    ] = None,
    clear: Clear = False,
    as_json: AsJson = False,
) -> None:
    """Give a sign of a meeting your own level. It wins over every reader, also over later readings.

    Example: analyzer verdict northgate-2025-09-17 1 weak --note "He asked for the other options as well."
    """
    from analyzer.errors import UsageError
    from analyzer.model.findings import Level
    from analyzer.rendering import person
    from analyzer.usecases import saying

    def work(ws: "Workspace") -> "PersonSaid":
        if clear is (level is not None):
            raise UsageError(
                "which level?" if level is None else "a level, or --clear", "none, weak or strong; --clear takes it back"
            )
        return saying.verdict(ws, meeting, sign, Level(level) if level else None, note)

    run("verdict", as_json, work, person.said)


def dismiss(
    meeting: Meeting,
    sign: Sign,
    turn: TurnNumber,
    because: Annotated[BecauseName | None, typer.Option("--because", help="Why they do not speak for the sign.")] = None,
    clear: Clear = False,
    as_json: AsJson = False,
) -> None:
    """Take words out of a sign: they do not mean what they were taken for.

    Example: analyzer dismiss northgate-2025-09-17 1 --turn 41 --because irony
    """
    from analyzer.errors import UsageError
    from analyzer.model.person import Because
    from analyzer.rendering import person
    from analyzer.usecases import saying

    def work(ws: "Workspace") -> "PersonSaid":
        if clear is (because is not None):
            reasons = ", ".join(BecauseName)
            raise UsageError(
                "why do these words not count?" if because is None else "a reason, or --clear", f"--because: {reasons}"
            )
        return saying.dismiss(ws, meeting, sign, turn, Because(because) if because else None)

    run("dismiss", as_json, work, person.said)


def mark(meeting: Meeting, turn: TurnNumber, sign: Sign, clear: Clear = False, as_json: AsJson = False) -> None:
    """Put words into a sign that the reader did not see. They must be of their side.

    Example: analyzer mark northgate-2025-09-17 --turn 57 1
    """
    from analyzer.rendering import person
    from analyzer.usecases import saying

    run("mark", as_json, lambda ws: saying.mark(ws, meeting, turn, sign, clear=clear), person.said)


def note(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="The client: name, slug or id.")],
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="What to note; without it the notes are listed.")] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="DAY", help="When it was; today if left out.")] = None,
    kind: Annotated[NoteKindName | None, typer.Option("--kind", help="What happened (the default), or your impression.")] = None,
    remove: Annotated[
        int | None, typer.Option("--remove", metavar="N", min=1, max=2**31, help="Take the note of this number away.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Note what happened outside the recordings, or list your notes. They are private: never quoted, never in an agenda.

    Example: analyzer note northgate "The board has put the decision off to May." --date 2026-03-12
    """
    from analyzer.errors import UsageError
    from analyzer.model.person import NoteKind
    from analyzer.rendering import person
    from analyzer.usecases import notes

    def work(ws: "Workspace") -> "Notes":
        if text is None and (date or kind):
            raise UsageError("what is to be noted?", f'analyzer note {client} "what happened"')
        if remove is not None and text is not None:
            raise UsageError("a text, or --remove N", "one at a time")
        if remove is not None:
            return notes.remove(ws, client, remove)
        if text is None:
            return notes.notes(ws, client)
        return notes.add(ws, client, text, date=_day(ws, date), kind=NoteKind(kind) if kind else NoteKind.EVENT)

    run("note", as_json, work, person.notes)


def outcome(
    recommendation: Annotated[
        str, typer.Argument(metavar="MEETING:TURN", help="Where our advice or the promise was given: the meeting and the turn.")
    ],
    became: Annotated[OutcomeName | None, typer.Argument(metavar="OUTCOME", help=_BECAME)] = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="How you know, in your words.")] = "",
    date: Annotated[str | None, typer.Option("--date", metavar="DAY", help="When it was so; today if left out.")] = None,
    clear: Clear = False,
    as_json: AsJson = False,
) -> None:
    """Say what became of our advice, or of a promise, where no recording tells. Say it again for another day when it changes.

    Example: analyzer outcome northgate-2025-09-17:41 adopted --date 2026-03-01 --note "Seen in their new plan."
    """
    from analyzer.errors import UsageError
    from analyzer.model.findings import Fate, Outcome
    from analyzer.rendering import person
    from analyzer.usecases import outcomes

    def work(ws: "Workspace") -> "OutcomeSaid":
        if clear is (became is not None):
            raise UsageError("what became of it?" if became is None else "an outcome, or --clear", ", ".join(OutcomeName))
        day = _day(ws, date)
        if became is None:
            return outcomes.clear(ws, recommendation, day)
        return outcomes.outcome(ws, recommendation, Fate(became.value) if became in _FATES else Outcome(became.value), note, day)

    run("outcome", as_json, work, person.outcome)


def decide(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="The client: name, slug or id.")],
    choice: Annotated[
        ChoiceName | None,
        typer.Argument(metavar="CHOICE", help="take, take-with-conditions or decline; without it the decisions are listed."),
    ] = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Why, or on which conditions, in your words.")] = "",
    date: Annotated[str | None, typer.Option("--date", metavar="DAY", help="When it was decided; today if left out.")] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Take the last decision back.")] = False,
    as_json: AsJson = False,
) -> None:
    """Record whether you work for a client, most of all for a prospect; later briefs hold it against what came.

    Example: analyzer decide alder take-with-conditions --note "We talk to the people on the floor first."
    """
    from analyzer.errors import UsageError
    from analyzer.model.person import Choice
    from analyzer.rendering import person
    from analyzer.usecases import decide as deciding

    def work(ws: "Workspace") -> "Decisions":
        if clear and (choice or note or date):
            raise UsageError("a choice, or --clear", "one at a time")
        if clear:
            return deciding.take_back(ws, client)
        if choice is None and (note or date):
            raise UsageError("what is decided?", ", ".join(ChoiceName))
        if choice is None:
            return deciding.decisions(ws, client)
        return deciding.decide(ws, client, Choice(choice.value), note=note, date=_day(ws, date))

    run("decide", as_json, work, person.decisions)


def remember(
    of: Annotated[str, typer.Argument(metavar="MEETING", help="The meeting; or, to list what is kept, a client or a meeting.")],
    turn: Annotated[int | None, typer.Option("--turn", metavar="N", min=0, help="The turn, as `show` numbers it.")] = None,
    clear: Clear = False,
    as_json: AsJson = False,
) -> None:
    """Keep words that you want to remember about who said them, or list them. Nothing is kept but what you say.

    Example: analyzer remember northgate-2025-09-17 --turn 12
    """
    from analyzer.errors import UsageError
    from analyzer.rendering import person
    from analyzer.usecases import remember as remembering

    def work(ws: "Workspace") -> "Remembrance":
        if turn is None and clear:
            raise UsageError("which words?", f"analyzer remember {of} --turn N --clear")
        if turn is None:
            return remembering.remembered(ws, of)
        return remembering.forget(ws, of, turn) if clear else remembering.remember(ws, of, turn)

    run("remember", as_json, work, person.remembrance)


def usage(since: Since = None, as_json: AsJson = False) -> None:
    """Tell what models were asked: calls, answers kept from before, and tokens, by day, model and command.

    Example: analyzer usage --since "last month"
    """
    from analyzer.rendering import person
    from analyzer.usecases.usage import usage as tell

    def work(ws: "Workspace") -> "Spent":
        return tell(ws, _day(ws, since))

    run("usage", as_json, work, person.spent)


def _day(ws: "Workspace", said: str | None) -> "dt.date | None":
    from analyzer.dates import parse_day

    return parse_day(said, ws.today) if said else None
