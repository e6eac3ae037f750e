"""Start-up stays light: what is slow to import is imported only by the commands that need it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    *("chromadb", "onnxruntime", "langchain", "langchain_core", "langchain_openai", "openai", "dateparser", "keyring"),
    *("jinja2", "docx", "lxml", "icalendar", "pygal"),
)
VERY_LIGHT = (*HEAVY, "sqlalchemy", "rich", "numpy", "pydantic", "cattrs", "rapidfuzz", "tomlkit")

PROGRAM = """
import sys
sys.argv = ["analyzer", *sys.argv[1:]]
from analyzer.cli.main import main
try:
    main()
finally:
    print("\\nIMPORTED", *sorted({name.partition(".")[0] for name in sys.modules}))
"""


def imported_by(*arguments: str, home: Path) -> set[str]:
    """The top-level packages in `sys.modules` when the command has run."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        env={**os.environ, "ANALYZER_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.rsplit("IMPORTED", 1)[1].split())


def test_help_imports_next_to_nothing(home: Path) -> None:
    assert imported_by("--help", home=home).isdisjoint(VERY_LIGHT)
    assert imported_by("upload", "--help", home=home).isdisjoint(HEAVY)


@pytest.mark.usefixtures("two_clients")
@pytest.mark.parametrize(
    "command",
    [
        ("clients",),
        ("meetings",),
        ("motives", "northgate"),
        ("brief", "northgate"),
        ("agenda", "northgate"),
        ("show", "northgate-logistics-2025-09-17", "--turn", "3"),
    ],
)
def test_commands_on_the_record_alone_stay_light(command: tuple[str, ...], home: Path) -> None:
    assert imported_by(*command, home=home).isdisjoint(HEAVY)
