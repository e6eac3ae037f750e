"""The material that the bundled models learnt from: its form, and that nothing in it comes from what measures them."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from analyzer.engines.offline.labels import LABELS, RECOMMENDATION, THEIRS_ONLY
from analyzer.engines.offline.sentences import words
from analyzer.model.findings import SignId
from scripts.asked import Asked, asked, source_of
from tests.running import ROOT

TRAINING = ROOT / "training"
SHINGLE = 10  # words in a row: that many in common are no chance (one phrase of nine is shared)
SHORT_SHINGLE = 8  # of questions, which are shorter
TWINS = {"o1": ("n1", "n5"), "o2": ("m1", "m2", "m3", "n2"), "o3": ("n3", "n6")}  # files, and those of which they hold twins

Json = dict[str, Any]


def snippets(folder: str) -> list[Json]:
    files = sorted((TRAINING / folder).glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def meetings(folder: Path) -> list[Json]:
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]


def shingles(texts: list[str], size: int = SHINGLE) -> set[tuple[str, ...]]:
    said = [words(text) for text in texts]
    return {one[at : at + size] for one in said for at in range(len(one) - size + 1)}


def lines(name: str) -> list[Json]:
    """The questions of one file, as they stand there."""
    return [json.loads(line) for line in (TRAINING / "questions" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def source(line: Json) -> str:
    return str(line.get("meeting") or line["snippet"])


@pytest.fixture(scope="module")
def learnt() -> list[Json]:
    return snippets("snippets")


@pytest.fixture(scope="module")
def held_out() -> list[Json]:
    return snippets("held_out")


@pytest.fixture(scope="module")
def questions() -> list[Asked]:
    return list(asked())


@pytest.fixture(scope="module")
def measured() -> list[Json]:
    return meetings(ROOT / "benchmarks" / "meetings")


def test_nothing_that_measures_the_reader_was_learnt(learnt: list[Json], measured: list[Json]) -> None:
    taught = shingles([turn["text"] for snippet in learnt for turn in snippet["turns"]])
    fitted = shingles([turn["text"] for meeting in meetings(TRAINING / "meetings") for turn in meeting["turns"]])
    said = shingles([turn["text"] for meeting in measured for turn in meeting["turns"]])
    assert said
    assert not said & (taught | fitted)


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


def test_no_question_that_measures_an_answer_was_learnt(questions: list[Asked], measured: list[Json]) -> None:
    put = [question["q"] for meeting in measured for question in meeting["labels"]["questions"]]
    assert put
    assert not {words(text) for text in put} & {words(one.question) for one in questions}
    said = [turn["text"] for meeting in measured for turn in meeting["turns"]]
    learnt = [text for one in questions for text in (one.question, one.span)]
    assert not shingles([*put, *said], SHORT_SHINGLE) & shingles(learnt, SHORT_SHINGLE)


def test_every_question_is_answered_in_the_words_of_one_of_its_turns_or_not_at_all(questions: list[Asked]) -> None:
    assert len(questions) > 6000
    wrong = []
    for one in questions:
        said = source_of(one).said
        found = all(0 <= at < len(said) for at in one.turns) and any(one.span in said[at][1] for at in one.turns)
        if not (found and words(one.span) if one.turns else one.span == ""):
            wrong.append(one)
    assert not wrong


def test_a_third_of_the_questions_is_not_answered(questions: list[Asked]) -> None:
    for whole in (True, False):
        of_kind = [bool(one.turns) for one in questions if one.whole_meeting is whole]
        assert 0.25 < of_kind.count(False) / len(of_kind) < 0.4


@pytest.mark.parametrize("file", sorted((TRAINING / "questions").glob("*.jsonl")), ids=lambda file: file.stem)
def test_nobody_asks_the_same_of_a_talk_twice(file: Path) -> None:
    asked_of = Counter((source(line), words(line["q"])) for line in lines(file.stem))
    assert not [key for key, times in asked_of.items() if times > 1]


@pytest.mark.parametrize(("twins", "of"), TWINS.items())
def test_each_question_that_is_not_answered_has_a_twin_that_is(twins: str, of: tuple[str, ...]) -> None:
    """So that sharing words with the talk alone does not tell the two apart."""
    answered = Counter(source(line) for line in lines(twins) if line["turns"])
    assert answered == Counter(source(line) for name in of for line in lines(name) if not line["turns"])
    assert all(line["turns"] for line in lines(twins))


def test_what_means_the_same_shares_fewer_words_than_what_does_not() -> None:
    triples = [json.loads(line) for line in (ROOT / "benchmarks" / "paraphrases.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(triples) >= 150
    for one in triples:
        said, same, other = (set(words(one[key])) for key in ("a", "b", "c"))
        assert len(said & other) / len(said | other) > len(said & same) / len(said | same), one
