"""How the action items of AMI are counted."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from analyzer.engines.offline import OfflineEngine
from benchmarks import bench_actions
from benchmarks.bench_actions import Counts, figures, measure
from vectorstore.embedders import WordHashEmbedder

ACTS: tuple[tuple[str, str, list[str]], ...] = (
    ("Project Manager", "So that's the remote then.", []),
    ("Designer", "Mm-hmm.", []),
    ("Designer", "I'll send you the drawings of the case by Friday.", ["a.1"]),
    ("Project Manager", "Good. I'll write the report tomorrow.", ["a.2"]),
    ("Designer", "Right, that was it.", []),
)


def document() -> dict[str, Any]:
    acts = [{"speaker": speaker, "text": text, "actions": actions} for speaker, text, actions in ACTS]
    return {"meeting": "ES2003a", "has_summlink": True, "roles": ["Project Manager", "Designer"], "utterances": acts}


def counts(named: int, linked: int, both: int) -> Counts:
    return Counts(named=named, linked=linked, both=both, items=1, items_found=1)


def test_promises_are_counted_on_the_acts_that_are_linked() -> None:
    told = measure(document(), OfflineEngine(WordHashEmbedder()))
    assert (told.linked, told.items) == (2, 2)
    assert told.both == told.named
    assert told.both >= 1


def test_the_interval_lies_around_the_figure_and_is_left_out_for_few_meetings() -> None:
    told = figures("all", [counts(4, 6, both) for both in (0, 1, 2, 3, 4)])
    between = re.search(r"acts F1 0.400 \(95% over meetings ([\d.]+) to ([\d.]+); P 0.500 of 20, R 0.333 of 30\)", told)
    assert between is not None
    assert 0.0 < float(between[1]) < 0.4 < float(between[2]) < 0.8
    assert "acts F1 0.400 (P 0.500 of 4" in figures("one", [counts(4, 6, 2)])
    assert "acts F1 0.000 (P 0.000 of 0" in figures("nothing", [counts(0, 0, 0)])


def test_a_line_for_each_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ami-actions").mkdir()
    file = tmp_path / "ami-actions" / "part.jsonl"
    file.write_text(json.dumps({**document(), "meeting": "XX1000a"}) + "\n", encoding="utf-8")
    monkeypatch.setenv("EVALS", str(tmp_path))
    bench_actions.main()
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "ami-actions, development part: skipped, no meetings"
    assert "the others, whose dialogue acts were learnt: 1 meetings" in shown[1]
