"""Questions one after the other at a terminal, through a real pseudo-terminal; and what happens where there is none."""

import os
import select
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Self

import pytest

from tests.model_server import Asked, ModelServer, Reply, late, says
from tests.running import Analyzer
from tests.warm import Warm

pty = pytest.importorskip("pty", reason="pseudo-terminals are POSIX")

PATIENCE = 60  # seconds until what does not come is a failure
PROMPT = "\n? "
TOX = "How long did the tox package sit on the shared drive?"
EOT = "\x04"


class Terminal:
    """`analyzer ask` at a terminal: `reads` waits for what is shown, `types` answers it."""

    def __init__(self, warm: Warm, *flags: str) -> None:
        self._ours, theirs = pty.openpty()
        self._process = warm.start(["ask", *flags], (theirs, theirs, theirs), {**os.environ, "TERM": "dumb"})
        os.close(theirs)
        self._shown = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait(PATIENCE)
        os.close(self._ours)

    def reads(self, until: str = PROMPT) -> str:
        """What is shown up to and with these words; it does not count again."""
        deadline = time.monotonic() + PATIENCE
        while until not in self._shown:
            assert time.monotonic() < deadline, self._shown
            assert self._more() or until in self._shown, self._shown
        shown, found, self._shown = self._shown.partition(until)
        return shown + found

    def asks(self, line: str) -> str:
        """What is shown for this line, up to the next prompt; where it was wrapped does not count."""
        self.types(f"{line}\n")
        return " ".join(self.reads().split())

    def types(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def interrupts(self) -> None:
        """Ctrl-C once it waits: a line editor hears none between the last letter of its prompt and its waiting for a key."""
        deadline = time.monotonic() + PATIENCE
        while not self._waits() and time.monotonic() < deadline:
            time.sleep(0.05)
        self._process.send_signal(signal.SIGINT)

    def _waits(self) -> bool:
        told = Path(f"/proc/{self._process.pid}/stat")
        if not told.exists():  # elsewhere than on Linux
            time.sleep(0.5)
            return True
        return told.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "S"

    def ends(self) -> int:
        """The exit code; nothing that was shown last is a traceback."""
        while self._more():
            pass
        assert "Traceback" not in self._shown
        return self._process.wait(timeout=PATIENCE)

    def _more(self) -> bool:
        """Whether more was, or may yet be, shown."""
        if select.select([self._ours], [], [], 0.1)[0]:
            try:
                self._shown += os.read(self._ours, 4096).decode("utf-8", "replace").replace("\r", "")
            except OSError:  # Linux ends a pseudo-terminal that nobody holds with an error
                return False
            return True
        return self._process.poll() is None


Asking = Callable[..., Terminal]


@pytest.fixture
def asking(warm: Warm) -> Asking:
    return partial(Terminal, warm)


@pytest.mark.usefixtures("two_clients")
class TestAtTerminal:
    def test_a_question_may_follow_up_the_one_before(self, asking: Asking) -> None:
        with asking("--client", "meridian") as terminal:
            assert "Meridian Biotech" in terminal.reads()
            assert "sat for seven weeks" in terminal.asks(TOX)
            when = terminal.asks("and when was that?")
            assert "12 November 2025" in when
            assert "sat for seven weeks" in when
            asked = terminal.asks("what about Ruth?")
            assert "Understood as: How long did the tox package sit on the shared drive, Ruth Cavanagh?" in asked
            assert "Not clear what is meant: the answer before has" in terminal.asks("and the fifth one?")
            assert "what is asked about is Meridian Biotech alone" in terminal.asks("and Northgate?")
            assert "Who spoke with Meridian Biotech on 4 Feb 2026" in terminal.asks("Who was in meridian-biotech-2026-02-04?")
            assert "(in meridian-biotech-2025-11-12)" in terminal.asks("and in the meeting before?")
            terminal.types("/quit\n")
            assert terminal.ends() == 0

    def test_whose_meetings_are_meant_is_told_once_and_kept(self, asking: Asking) -> None:
        with asking() as terminal:
            terminal.reads()
            unclear = terminal.asks(TOX)
            assert "which client? There are 2" in unclear
            assert "/client NAME" in unclear
            assert "out of" in terminal.asks("What did Meridian say about the tox package?").lower()
            assert "sat for seven weeks" in terminal.asks(TOX)
            assert "About Meridian Biotech." in terminal.asks("/client")
            assert "About Northgate Logistics." in terminal.asks("/client north")
            assert "seven weeks" not in terminal.asks(TOX)
            assert "no client or meeting is called 'nobody'" in terminal.asks("/client nobody")

    def test_what_the_record_knows_of_all_clients_needs_none_to_be_named(self, asking: Asking) -> None:
        with asking() as terminal:
            terminal.reads()
            assert "of 2 clients" in terminal.asks("Which clients show sign 3?")
            assert "We last met Meridian Biotech on 21 Apr 2026" in terminal.asks("When did we last meet Meridian?")
            assert "We first met Meridian Biotech on 12 Nov 2025" in terminal.asks("And when did we first meet?")
            assert "Fergus Dunlop" in terminal.asks("and who was there?")
            assert "Northgate Logistics" in terminal.asks("what about Northgate?")

    def test_somebody_who_is_named_turns_to_the_client_they_speak_with(self, asking: Asking) -> None:
        with asking() as terminal:
            terminal.reads()
            assert "which client? Yusuf Demir speaks with northgate-logistics" in terminal.asks("What did Yusuf say?")
            assert "We last met Yusuf Demir of Northgate Logistics on 11 Feb 2026" in terminal.asks(
                "When did we last meet Yusuf?"
            )
            assert "Yes: Dawn Whitlock spoke on 11 Feb 2026." in terminal.asks("was Dawn there?")
            assert "About Northgate Logistics." in terminal.asks("/client")

    def test_the_commands_of_a_session(self, asking: Asking) -> None:
        with asking("--client", "meridian") as terminal:
            terminal.reads()
            assert "Nothing was asked yet." in terminal.asks("/sources")
            assert terminal.asks("") == terminal.asks("   ") == "?"
            terminal.asks(TOX)
            sources = terminal.asks("/sources")
            assert "[1] Fergus Dunlop, Meridian Biotech, 12 Nov 2025" in sources
            assert "analyzer show meridian-biotech-2025-11-12 --turn" in sources
            helped = terminal.asks("/help")
            assert all(command in helped for command in ("/client NAME", "/sources", "/help", "/quit"))
            assert "there is no /sauces" in terminal.asks("/sauces")
            terminal.types(EOT)
            assert terminal.ends() == 0

    def test_ctrl_c_twice_ends_the_session_and_once_does_not(self, asking: Asking) -> None:
        with asking("--client", "meridian") as terminal:
            terminal.reads()
            for _ in range(2):
                terminal.interrupts()
                assert "Ctrl-C again" in terminal.reads()
                assert "Nothing was asked yet." in terminal.asks("/sources")
            terminal.interrupts()
            terminal.reads()
            terminal.interrupts()
            assert terminal.ends() == 0

    def test_no_question_is_kept_on_disk(self, two_clients: Path, asking: Asking) -> None:
        with asking("--client", "meridian") as terminal:
            terminal.reads()
            terminal.asks("Does anybody mention the quizzaciously blue lamp?")
            terminal.asks("and who is quizzaciously blue?")
            terminal.types(EOT)
            assert terminal.ends() == 0
        kept = [path for path in two_clients.rglob("*") if path.is_file() and b"quizzacious" in path.read_bytes()]
        assert kept == []


class Model:
    """Answers with what it was asked about and remembers it; holds back what is asked about a `late` matter."""

    def __init__(self) -> None:
        self.never = Event()

    def __call__(self, asked: Asked) -> Reply:
        line = next(line for line in asked.material if "| theirs |" in line and len(line.split()) > 14)
        turn, text = int(line.split(" ")[0]), line.split(" | ", 4)[-1]
        quote = " ".join(text.split()[:6])
        reply = says({"answered": True, "points": [{"sentence": quote, "passage": 1, "turn": turn, "quote": quote}]})
        return late(reply, self.never) if "lanterns" in asked.user.partition("=====")[0] else reply


@pytest.fixture
def model() -> Model:
    return Model()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, two_clients: Path, model: Model) -> Iterator[ModelServer]:
    with ModelServer(model) as running:
        for name, value in {"ENGINE": "llm", "BASE_URL": running.url, "MODEL": "m-1", "RETRIES": "0", "PRIVACY": "none"}.items():
            monkeypatch.setenv(f"ANALYZER_{name}", value)
        yield running
        model.never.set()


def before(asked: Asked) -> list[str]:
    """The questions that the model is told were asked before."""
    start = "--- asked before: "
    return [line.removeprefix(start).removesuffix(" ---") for line in asked.material if line.startswith(start)]


def question(asked: Asked) -> str:
    return asked.user.partition("Question: ")[2].partition("\n")[0]


def test_a_model_is_handed_the_last_exchanges_about_the_same_client(server: ModelServer, asking: Asking) -> None:
    with asking("--client", "meridian") as terminal:
        terminal.reads()
        first = terminal.asks(TOX)
        assert "go to" in first  # where words go is told before the first are sent
        assert "tokens sent" in first
        assert "go to" not in terminal.asks("and why?")
        assert "From the record" in terminal.asks("When did we last meet?")
        for n in range(3):
            terminal.asks(f"What was said about fridge number {n}?")
        terminal.asks("/client northgate")
        terminal.asks("What was said about the form?")
    assert [before(asked) for asked in server.asked] == [
        [],
        [TOX],
        [TOX, "and why?"],
        [TOX, "and why?", "What was said about fridge number 0?"],
        ["and why?", "What was said about fridge number 0?", "What was said about fridge number 1?"],
        [],
    ]
    assert question(server.asked[1]).startswith("why: ")
    assert "tox package" in question(server.asked[1])


def test_ctrl_c_ends_the_answer_that_is_waited_for_and_not_the_session(server: ModelServer, asking: Asking) -> None:
    with asking("--client", "meridian") as terminal:
        terminal.reads()
        terminal.types("What was said about the lanterns?\n")
        deadline = time.monotonic() + PATIENCE
        while not server.asked and time.monotonic() < deadline:
            time.sleep(0.05)
        terminal.interrupts()
        assert "Stopped." in terminal.reads()
        assert "by the llm engine" in terminal.asks(TOX)
        terminal.types("/quit\n")
        assert terminal.ends() == 0
    assert before(server.asked[-1]) == []  # what was not answered was not asked


def test_a_model_that_fails_ends_no_session(server: ModelServer, model: Model, asking: Asking) -> None:
    with asking("--client", "meridian") as terminal:
        terminal.reads()
        server.answer = lambda _: Reply(status=500, page="{}")
        assert "error:" in terminal.asks(TOX)
        server.answer = model
        assert "by the llm engine" in terminal.asks(TOX)


@pytest.mark.usefixtures("two_clients")
class TestWithoutTerminal:
    def test_the_next_step_is_told(self, analyzer: Analyzer) -> None:
        run = analyzer("ask")
        assert run.code == 2
        assert "there is no question" in run.err
        assert 'analyzer ask "' in run.err

    def test_as_json(self, analyzer: Analyzer) -> None:
        run = analyzer("ask", "--client", "meridian", "--json")
        assert run.code == 2
        assert (run.json["command"], run.json["error"]["code"]) == ("ask", "usage")

    def test_there_is_nothing_to_preview(self, analyzer: Analyzer) -> None:
        assert analyzer("ask", "--preview").code == 2


def test_with_no_meetings_there_is_nobody_to_ask_about(asking: Asking) -> None:
    with asking() as terminal:
        assert "analyzer upload" in terminal.reads("\n")
        assert terminal.ends() == 1


def test_a_client_that_nobody_knows_is_told_at_once(two_clients: Path, asking: Asking) -> None:
    with asking("--client", "nobody") as terminal:
        assert "no client or meeting is called 'nobody'" in terminal.reads("\n")
        assert terminal.ends() == 1
