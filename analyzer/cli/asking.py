"""Questions one after the other at a terminal: `analyzer ask` without a question.

What is typed is kept in memory alone, and forgotten at the end.
"""

import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from analyzer.cli.interrupts import dealt_with, pressed
from analyzer.cli.output import agreeing, complain, fail, settings, show_notices, show_spent, show_text, telling
from analyzer.cli.progress import Bars

if TYPE_CHECKING:
    from analyzer.model.results import Notice
    from analyzer.usecases.scope import Scope
    from analyzer.usecases.session import Session
    from analyzer.workspace import Workspace

PROMPT = "? "
_TWICE = 2  # presses of Ctrl-C, with nothing asked between them, that end the session


def at_terminal() -> bool:
    """Whether a person sits there who can ask and read."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def no_question(as_json: bool) -> NoReturn:
    """End with a usage error: there is nothing to answer, and nobody to ask for a question."""
    from analyzer.errors import UsageError

    hint = 'put it behind the command: analyzer ask "When does the board meet?"; on a terminal it can go without'
    fail("ask", as_json, UsageError("there is no question", hint))


def session(scope: "Callable[[Workspace], Scope]", *, full: bool = False, **flags: object) -> None:
    """Ask and answer until the person at the terminal ends it.

    `full` shows passages whole; `flags` override settings by field name.
    """
    from analyzer.errors import AnalyzerError
    from analyzer.usecases.session import Session
    from analyzer.workspace import Workspace

    bars = Bars()
    told: list[Notice] = []
    try:
        with Workspace(settings(flags), track=bars, tell_now=telling(bars, told), agree=agreeing(bars, False, False)) as ws:
            _Sitting(Session(ws, scope(ws), ws.settings.engine), ws, bars, told, full=full).run()
    except AnalyzerError as error:
        fail("ask", False, error)
    finally:
        bars.close()


class _Sitting:
    """One session at a terminal, from the first prompt to the last."""

    def __init__(self, asked: "Session", ws: "Workspace", bars: Bars, told: "list[Notice]", *, full: bool) -> None:
        self._session = asked
        self._ws = ws
        self._bars = bars
        self._told = told  # said already: each is said once a session
        self._full = full
        self._presses = 0

    def run(self) -> None:
        from analyzer.rendering import asking

        with suppress(ImportError):  # not everywhere; with it, the keys of a line editor work, and history stays in memory
            import readline  # noqa: F401
        show_text(asking.welcome(self._session.client))
        while self._presses < _TWICE:
            try:
                line = input(PROMPT).strip()
                if line:
                    self._presses = 0
                    if self._ends(line):
                        return
            except EOFError:
                print()
                return
            except (KeyboardInterrupt, ImportError) as error:
                if isinstance(error, ImportError) and not pressed():
                    raise  # else a library that was being loaded made an error of its own out of Ctrl-C
                self._interrupted()

    def _interrupted(self) -> None:
        dealt_with()
        self._presses += 1
        print()
        if self._presses < _TWICE:
            show_text("Stopped. Ctrl-C again ends the session.")

    def _ends(self, line: str) -> bool:
        """Do what the line says; whether it says to end."""
        from analyzer.errors import AnalyzerError
        from analyzer.rendering import asking

        command, _, rest = line.partition(" ")
        try:
            match command:
                case "/quit" | "/exit":
                    return True
                case "/help":
                    show_text(asking.guide())
                case "/sources":
                    show_text(asking.sources(self._session.last))
                case "/client":
                    if rest.strip():
                        self._session.about(rest.strip())
                    show_text(asking.about(self._session.client, self._session.known))
                case _ if command.startswith("/"):
                    complain(f"there is no {command}", "/help lists what there is")
                case _:
                    self._answer(line)
        except AnalyzerError as error:
            complain(error.message, error.hint)
        return False

    def _answer(self, question: str) -> None:
        from analyzer.rendering import asking, terminal

        before = Counter(self._ws.spent)
        try:
            told = self._session.ask(question)
        finally:
            self._bars.reset()
            self._tell_beside(self._ws.spent - before)
        if told.taken:
            show_text(asking.taken(told.taken))
        if told.answer is None:
            show_text(asking.missing(told.missing))
        else:
            show_text(terminal.answer(told.answer, full=self._full))

    def _tell_beside(self, spent: "Counter[str]") -> None:
        """What was not told yet of notices, and what this answer used."""
        new = [notice for notice in self._ws.notices if notice not in self._told]
        self._told += new
        show_notices(new)
        show_spent(spent)
