"""The material that the offline reader learnt from: its form, and that nothing in it comes from what measures the reader."""

import json
from pathlib import Path
from typing import Any

import pytest

from analyzer.engines.offline.labels import LABELS, RECOMMENDATION, THEIRS_ONLY
from analyzer.engines.offline.sentences import words
from analyzer.model.findings import SignId
from tests.running import ROOT

TRAINING = ROOT / "training"
SHINGLE = 10  # words in a row: that many in common are no chance (one phrase of nine is shared)

Json = dict[str, Any]


def snippets(folder: str) -> list[Json]:
    files = sorted((TRAINING / folder).glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def meetings(folder: Path) -> list[Json]:
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]


def shingles(texts: list[str]) -> set[tuple[str, ...]]:
    said = [words(text) for text in texts]
    return {one[at : at + SHINGLE] for one in said for at in range(len(one) - SHINGLE + 1)}


@pytest.fixture(scope="module")
def learnt() -> list[Json]:
    return snippets("snippets")


@pytest.fixture(scope="module")
def held_out() -> list[Json]:
    return snippets("held_out")


def test_nothing_that_measures_the_reader_was_learnt(learnt: list[Json]) -> None:
    taught = shingles([turn["text"] for snippet in learnt for turn in snippet["turns"]])
    fitted = shingles([turn["text"] for meeting in meetings(TRAINING / "meetings") for turn in meeting["turns"]])
    measured = shingles([turn["text"] for meeting in meetings(ROOT / "benchmarks" / "meetings") for turn in meeting["turns"]])
    assert measured
    assert not measured & (taught | fitted)


def test_pairs_are_held_out_whole(learnt: list[Json], held_out: list[Json]) -> None:
    assert not {s["pair"] for s in learnt if s.get("pair")} & {s["pair"] for s in held_out if s["pair"]}


def test_every_label_is_known_and_stands_on_a_side_that_can_carry_it(learnt: list[Json], held_out: list[Json]) -> None:
    wrong = [
        (turn["text"], label)
        for snippet in (*learnt, *held_out)
        for turn in snippet["turns"]
        for label in turn["labels"]
        if label not in LABELS
        or (label in THEIRS_ONLY and turn["side"] != "theirs")
        or (label == RECOMMENDATION and turn["side"] != "ours")
    ]
    assert not wrong


def test_every_snippet_was_read_by_a_second_reader(learnt: list[Json], held_out: list[Json]) -> None:
    unread = [s["note"] for s in (*learnt, *held_out) if any("second" not in turn for turn in s["turns"])]
    assert len(unread) <= 1


def test_meetings_are_labelled_twice_and_with_scarce_evidence() -> None:
    found = meetings(TRAINING / "meetings")
    assert len(found) >= 24
    for meeting in found:
        count = len(meeting["turns"])
        for reader in (meeting["labels"], meeting["second"]):
            turns = {turn for sign in SignId for turn in reader["signs"][sign]["evidence"]}
            assert all(meeting["turns"][turn]["speaker"] in meeting["client_side"] for turn in turns)
            assert len(turns) <= 0.1 * count
