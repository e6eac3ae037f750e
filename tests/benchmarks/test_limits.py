"""Homes of many meetings: how they are filled and searched, and the page that is made of the figures."""

import json
import re
from pathlib import Path

from analyzer.rendering.limits_page import page
from analyzer.settings import load
from analyzer.usecases.limits import FIGURES, figures
from analyzer.workspace import Workspace
from benchmarks import limits_home, limits_measure
from benchmarks.made_up_talk import BIG, Talks, client_of
from tests.running import ROOT, Analyzer


def test_the_page_is_made_of_the_figures_that_come_with_the_product() -> None:
    assert (ROOT / "docs" / "limits.md").read_text(encoding="utf-8") == page(figures(FIGURES))


def test_made_up_meetings_are_uploaded_with_random_vectors_and_searched(home: Path, tmp_path: Path) -> None:
    talks, folder = Talks(), tmp_path / "talks"
    folder.mkdir()
    for number in range(2):
        (folder / f"{number}.json").write_text(talks.meeting(number, 300, 20).file, encoding="utf-8")
    assert limits_home.main([str(folder), "--random"]) == 0
    with Workspace(load()) as ws:
        clients = ws.store.clients()
        assert [len(ws.store.meetings(client.id)) for client in clients] == [1, 1]
    took = limits_measure.searched(str(home), clients[0].id, ["who decides on the budget"], 1)
    assert {what for what, _, _ in took} == {"search, one client", "search, all clients"}
    assert all(len(one) == 1 and mb > 0 for _, one, mb in took)


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
