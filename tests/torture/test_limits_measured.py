"""The benchmark of how much fits, as a whole: processes of their own for each upload, search and command that is measured."""

from pathlib import Path

import pytest

from analyzer.rendering.limits_page import page
from analyzer.usecases.limits import figures
from benchmarks import limits
from benchmarks.limits_home import HOME, batches

pytestmark = pytest.mark.torture

TIMED = {"search, one client", "search, all clients", "analyzer meetings"}


@pytest.fixture
def none_yet(tmp_path: Path) -> Path:
    file = tmp_path / "figures.json"
    file.write_text("[]", encoding="utf-8")
    return file


def test_a_small_home_is_filled_measured_and_told(tmp_path: Path, none_yet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep, doc = tmp_path / "kept", tmp_path / "limits.md"
    small = ["--meetings", "3", "--words", "300", "--random", "--searches", "1", "--runs", "1", "--commands", "analyzer meetings"]
    assert limits.main([*small, "--keep", str(keep), "--doc", str(doc), "--figures", str(none_yet)]) == 0
    (run,) = figures(none_yet)
    (size,) = run.sizes
    assert (run.vectors, run.wanted, run.words) == ("random", 3, 300)
    assert (size.meetings, size.clients, size.largest, size.read) == (3, 3, 1, 1)
    assert size.filled.meetings == 3
    assert size.filled.words >= 900
    assert size.readings
    assert {one.what for one in size.timed} == TIMED
    assert all(one.p95 > 0 and one.mb > 0 for one in size.timed)
    assert size.passages > 0 < size.chroma_mb
    shown = capsys.readouterr().out
    assert doc.read_text(encoding="utf-8") == page(figures(none_yet))
    assert doc.read_text(encoding="utf-8") in shown
    assert "**Passages were not embedded**" in shown

    (uploaded,) = batches(keep)
    assert uploaded.meetings == 3
    assert limits.main([*small, "--keep", str(keep), "--figures", str(none_yet)]) == 0
    assert len(list(batches(keep))) == 1  # what is there is neither uploaded nor measured again
    assert [path.name for path in keep.glob(f"{HOME}-*")] == [f"{HOME}-3"]
    with pytest.raises(SystemExit, match="another plan"):
        limits.main(["--meetings", "4", "--words", "300", "--random", "--keep", str(keep)])
