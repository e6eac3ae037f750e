"""Every command has help with an example, and stands in the README."""

import re

import pytest
import typer

from analyzer.cli.main import app
from analyzer.transcripts.formats import FORMATS
from tests.running import ROOT, Analyzer

README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands(of: typer.Typer) -> list[str]:
    """The names of all commands as they are typed, groups included."""
    names = [info.name or info.callback.__name__ for info in of.registered_commands if info.callback]
    for group in of.registered_groups:
        assert group.typer_instance is not None
        names += [group.typer_instance.info.name or ""] if group.typer_instance.registered_callback else []
        names += [f"{group.typer_instance.info.name} {name}" for name in commands(group.typer_instance)]
    return names


@pytest.mark.parametrize("name", commands(app))
def test_help_of_every_command_has_an_example(analyzer: Analyzer, name: str) -> None:
    run = analyzer(*name.split(), "--help")
    assert run.code == 0
    assert f"Example: analyzer {name}" in " ".join(run.out.split())
    assert "--json" in run.out


@pytest.mark.parametrize("name", commands(app))
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert re.search(rf"analyzer {name}\b|`{name}[ `]", README), name


def test_the_readme_counts_the_formats_right() -> None:
    assert f"{len(FORMATS)} formats" in README


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert README.count("\n") <= 150
