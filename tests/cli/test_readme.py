"""The README's session runs as it is printed, `...` standing for what is left out, and so do the questions in its text."""

import re
import shlex
from pathlib import Path

import pytest

from tests.running import ROOT, Analyzer

README = (ROOT / "README.md").read_text(encoding="utf-8")


def session() -> list[tuple[str, str]]:
    """Every `$ analyzer ...` of the README's console blocks with what is printed below it, in order."""
    steps: list[tuple[str, str]] = []
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            if command.startswith("analyzer "):
                steps.append((command, output))
    return steps


def matches(wanted: str, got: str) -> bool:
    """Whether the printed lines are those, where `...` stands for anything."""
    lines = [re.escape(line.rstrip()).replace(r"\.\.\.", ".*") for line in wanted.strip().splitlines()]
    return re.fullmatch("\n".join(lines), "\n".join(line.rstrip() for line in got.strip().splitlines()), re.DOTALL) is not None


def arguments(command: str) -> list[str]:
    """The command's arguments as a shell would pass them, with file patterns filled in."""
    words = shlex.split(command)[1:]
    return [name for word in words for name in (sorted(str(p) for p in Path().glob(word)) if "*" in word else [word])]


def test_the_session_runs_as_printed(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    steps = session()
    assert len(steps) > 5
    for command, wanted in steps:
        run = analyzer(*arguments(command))
        got = run.out + run.err
        assert run.code == 0, f"$ {command}\n{got}"
        assert matches(wanted, got.replace(str(tmp_path), "~")), f"$ {command}\n{got}"


@pytest.mark.usefixtures("two_clients")
def test_questions_that_the_text_gives_as_examples_are_answered(analyzer: Analyzer) -> None:
    examples = re.findall(r'`(analyzer (?:ask|search) "[^`]*)`', README)
    assert examples
    for command in examples:
        run = analyzer(*arguments(command))
        assert run.code == 0, f"$ {command}\n{run.err}"
        assert "From the record of 6 meetings: clients with a sign" in run.out
