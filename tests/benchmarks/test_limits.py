"""Homes of many meetings: how they are filled, what is measured, and the page that is made of it."""

import json
import re
from pathlib import Path

import pytest

from analyzer.rendering.limits_page import page
from analyzer.usecases.limits import FIGURES, figures
from benchmarks import limits
from benchmarks.limits_home import HOME, batches
from benchmarks.made_up_talk import BIG, Talks, client_of
from tests.running import ROOT, Analyzer

TIMED = {"search, one client", "search, all clients", "analyzer meetings"}


@pytest.fixture
def none_yet(tmp_path: Path) -> Path:
    file = tmp_path / "figures.json"
    file.write_text("[]", encoding="utf-8")
    return file


def test_the_page_is_made_of_the_figures_that_come_with_the_product() -> None:
    assert (ROOT / "docs" / "limits.md").read_text(encoding="utf-8") == page(figures(FIGURES))


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


def test_no_two_talks_are_the_same_and_the_same_number_is_the_same_talk() -> None:
    one, other = (json.loads(Talks().meeting(number, 2_000, 20).file) for number in (1, 2))
    said = [turn["text"] for turn in (*one["turns"], *other["turns"])]
    assert len(set(said)) > 0.95 * len(said)
    assert Talks().meeting(1, 2_000, 20).file == Talks().meeting(1, 2_000, 20).file
    assert sum(len(text.split()) for text in said) >= 4_000
    assert {turn["speaker"] for turn in one["turns"]} & {"Priya Raman", "Tom Ellery"}


def test_every_fifth_meeting_is_of_the_big_client_and_the_others_share_the_rest() -> None:
    clients = [client_of(number, 300) for number in range(3_000)]
    counts = {name: clients.count(name) for name in clients}
    assert counts.pop(BIG) == 600
    assert len(counts) == 299
    assert set(counts.values()) <= {8, 9}


def test_the_command_tells_the_figures_and_where_an_empty_home_stands(analyzer: Analyzer) -> None:
    measured = figures(FIGURES)
    data = analyzer("limits", "--json").data
    assert [(run["vectors"], len(run["sizes"])) for run in data["measured"]] == [
        (run.vectors, len(run.sizes)) for run in measured
    ]
    assert data["standing"]["meetings"] == data["standing"]["passages"] == 0
    assert data["near"] == min(size.meetings for run in measured for size in run.sizes)
    shown = analyzer("limits")
    assert shown.code == 0
    assert "has no meetings yet" in shown.out
    assert f"Measured: {measured[0].sizes[-1].meetings:,} meetings of 8,000 words, uploaded and embedded" in shown.out


def test_the_command_tells_how_large_a_home_is(analyzer: Analyzer, two_clients: Path) -> None:
    told = analyzer("limits", "--json").data["standing"]
    assert (told["meetings"], told["clients"], told["home"]) == (6, 2, str(two_clients))
    assert told["largest"] in ("Northgate Logistics", "Meridian Biotech")
    assert told["passages"] > told["largest_passages"] > 0
    assert told["index_mb"] > 0 < told["record_mb"]
    assert re.search(rf"Your home: 6 meetings of 2 clients, {told['passages']} passages", analyzer("limits").out)
