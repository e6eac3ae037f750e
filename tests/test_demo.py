"""The demonstration, as `make demo` runs it, in a home where what it uploads first is there already."""

from pathlib import Path

import pytest

from scripts import demo
from tests.running import ROOT, Analyzer


@pytest.mark.usefixtures("two_clients")
def test_every_step_ends_well_without_a_terminal(analyzer: Analyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "demo-out").mkdir()
    monkeypatch.chdir(tmp_path)
    for step in demo.steps():
        run = analyzer(*step)
        assert run.code == 0, (step, run.err)
    assert sorted(path.name for path in (tmp_path / "demo-out").iterdir()) == ["northgate-agenda.md", "northgate-brief.md"]
