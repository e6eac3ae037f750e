"""The demonstration, as `make demo` runs it, but for its last part in a process of its own."""

import shutil
from pathlib import Path

import pytest

from scripts import demo
from tests.running import EXAMPLES, ROOT, Analyzer


def test_every_step_ends_well_without_a_terminal(
    analyzer: Analyzer, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.mkdir(mode=0o700)
    shutil.copy(EXAMPLES / "practice.toml", home)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "demo-out").mkdir()
    monkeypatch.chdir(tmp_path)
    for step in demo.steps():
        run = analyzer(*step)
        assert run.code == 0, (step, run.err)
    assert sorted(path.name for path in (tmp_path / "demo-out").iterdir()) == ["northgate-agenda.md", "northgate-brief.md"]
