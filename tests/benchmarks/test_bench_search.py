"""How searching and asking are measured: on two meetings of a QMSum of our own, and on the two small labelled meetings."""

import json
import math
import re
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer import resampling
from analyzer.evaluation import Question
from analyzer.model.findings import Evidence, Match
from analyzer.model.insight import Answer
from analyzer.model.meetings import Side
from analyzer.settings import load
from analyzer.usecases import find
from analyzer.usecases.scope import Scope
from analyzer.workspace import Workspace
from benchmarks import bench_search, labelled_questions, made_up_home, qmsum, search_speed, stock_peer
from benchmarks.found_words import FIGURES, figures, gain, spoken, with_names, word_recall
from benchmarks.qmsum import Piece, Query, Talk
from tests.benchmarks.small_meetings import depot, oven


def talk(*said: str, gold: set[int] | None = None, name: str = "ES1") -> Talk:
    """Each turn by A or B in turn."""
    return Talk(
        name=name,
        said=tuple(("AB"[at % 2], text) for at, text in enumerate(said)),
        queries=(Query(text="q", gold=frozenset(gold or {0})),),
    )


def published(query: str, spans: list[list[str]], *turns: str) -> dict[str, Any]:
    """A meeting as QMSum has it."""
    return {
        "meeting_transcripts": [{"speaker": "Marketing", "content": text} for text in turns],
        "specific_query_list": [
            {"query": query, "answer": "", "relevant_text_span": spans},
            {"query": "No turns at all?", "answer": "", "relevant_text_span": []},
        ],
    }


KETTLE = ("The kettle {vocalsound} should whistle in two tones .", "{laugh}", "Yes , and its handle stays cold .", "Fine by me .")
VOWELS = ("The vowel detector hears a click as a vowel .", "Then we need another window .", "Forty milliseconds .", "Mm .")


def evals(folder: Path) -> Path:
    """A folder of sets with one Product and one Academic meeting."""
    (folder / "qmsum-val").mkdir(parents=True)
    for name, document in (
        ("ES1", published("How should the kettle whistle?", [["0", "1"]], *KETTLE)),
        ("Bmr1", published("Which window does the detector need?", [["1", "2"]], *VOWELS)),
    ):
        (folder / "qmsum-val" / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
    return folder


def labelled(folder: Path) -> Path:
    folder.mkdir()
    for document in (oven(), depot()):
        (folder / f"{document['id']}.json").write_text(json.dumps(document), encoding="utf-8")
    return folder


def test_every_turn_is_kept_and_only_queries_that_name_turns() -> None:
    one = qmsum.talk("TS9", published("q", [["0", "1"], ["3", "3"]], *KETTLE))
    assert [text for _, text in one.said] == [
        "The kettle should whistle in two tones .",
        "",
        "Yes , and its handle stays cold .",
        "Fine by me .",
    ]
    assert [query.gold for query in one.queries] == [{0, 1, 3}]
    assert one.starts == (0, 8, 8, 16, 20)
    assert one.stretch(1, 2) == Piece(turns=range(1, 3), words=range(8, 16))
    assert [talk("a", name=name).domain for name in ("TS9", "ES2", "IS1", "Bro1", "covid_1")] == [
        *["Product"] * 3,
        "Academic",
        "",
    ]


def test_a_first_look_takes_some_of_each_domain(tmp_path: Path) -> None:
    folder = evals(tmp_path) / "qmsum-val"
    (folder / "ES2.json").write_text((folder / "ES1.json").read_text(encoding="utf-8"), encoding="utf-8")
    assert [one.name for one in qmsum.load(folder)] == ["Bmr1", "ES1", "ES2"]
    assert [one.name for one in qmsum.load(folder, 1)] == ["Bmr1", "ES1"]


def returned(*stretches: range) -> Iterator[int]:
    return chain.from_iterable(stretches)


def test_word_recall_is_of_the_first_words_returned() -> None:
    gold = range(10, 30)
    assert word_recall(returned(range(8)), gold, 100) == 0.0
    assert word_recall(returned(range(10, 20)), gold, 100) == 0.5
    assert word_recall(returned(range(10), range(10, 30)), gold, 15) == pytest.approx(5 / 15)
    assert word_recall(returned(range(20, 30), range(10, 20)), gold, 15) == 1.0
    assert word_recall(returned(), gold, 15) == 0.0


def test_a_word_returned_twice_counts_once_on_both_sides() -> None:
    def overlapping() -> Iterator[int]:
        return returned(range(10), range(5, 15), range(15, 20))

    assert word_recall(overlapping(), range(5, 20), 15) == pytest.approx(10 / 15)
    assert word_recall(overlapping(), range(5, 20), 20) == 1.0


def test_names_take_room_before_turns_that_are_returned_from_their_beginning() -> None:
    one = Talk(name="ES1", said=(("Project Manager", "a b c"), ("Marketing", ""), ("User Interface", "d e")), queries=())
    whole, part = one.stretch(0, 2), Piece(turns=range(1), words=range(1, 3))
    assert list(spoken([part, whole])) == [1, 2, 0, 1, 2, 3, 4]
    named = list(with_names(one, [part, whole]))
    assert [word for word in named if word >= 0] == [1, 2, 0, 1, 2, 3, 4]
    assert [word >= 0 for word in named] == [True] * 2 + [False] * 2 + [True] * 3 + [False] * 3 + [True] * 2
    assert len({word for word in named if word < 0}) == 5
    assert word_recall(with_names(one, [whole]), {0, 1, 2, 3, 4}, 5) == 3 / 5


def test_order_is_measured_by_the_share_of_gold_turns() -> None:
    one = talk("a b", "c d", "e f", "g h", gold={1, 2})
    halves = [one.stretch(0, 1), one.stretch(2, 3)]
    whole = one.stretch(1, 2)
    assert [gain(piece, {1, 2}) for piece in (*halves, whole)] == [0.5, 0.5, 1.0]
    told = figures(one, one.queries[0], [one.stretch(0, 0), halves[1]], [one.stretch(0, 0), whole])
    assert list(told) == list(FIGURES)
    assert told["nDCG@10"] == pytest.approx(0.5 / math.log2(3))
    assert told["MRR@10"] == 0.5
    assert told["1,000 words"] == 0.5


def test_the_mean_of_queries_counts_each_query_once() -> None:
    assert resampling.average(resampling.weigh(2), [[1.0, 0.0, 0.5], [0.5]]).figure.value == 0.5
    spread = resampling.average(resampling.weigh(6), [[0.0], [1.0], [0.2], [0.4], [0.6], []])
    assert spread.figure.n == 5
    assert spread.figure.value == pytest.approx(0.44)
    assert spread.figure.low is not None
    assert spread.figure.low < 0.44


def test_a_chunk_of_text_is_mapped_back_to_words_and_turns() -> None:
    one = talk("red green blue", "", "one two")
    text = stock_peer.lines(one.said)
    assert text == "A: red green blue\nB: \nA: one two"
    everything, late, middle, name = stock_peer.placed(
        one,
        [
            (0, len(text)),
            (text.index("blue"), len(text)),
            (text.index("green"), text.index("blue") - 1),
            (text.index("B:"), text.index("B:") + 2),
        ],
    )
    assert (everything.turns, everything.words) == (range(3), range(5))
    assert (late.turns, late.words) == (range(3), range(2, 5))
    assert (middle.turns, middle.words) == (range(1), range(1, 2))
    assert (name.turns, len(name.words)) == (range(1, 2), 0)


@given(st.lists(st.integers(0, 6), min_size=1, max_size=12), st.sets(st.integers(0, 400), max_size=20))
def test_any_stretches_of_text_hold_every_word_once(lengths: list[int], cuts: set[int]) -> None:
    one = talk(*(" ".join(["word"] * length) for length in lengths))
    end = len(stock_peer.lines(one.said))
    placed = stock_peer.placed(one, list(pairwise(sorted({0, end, *(cut for cut in cuts if cut < end)}))))
    assert [word for piece in placed for word in piece.words] == list(range(one.starts[-1]))
    assert {turn for piece in placed for turn in piece.turns} == set(range(len(lengths)))


def test_a_peer_that_is_not_there_is_told_with_what_brings_it(tmp_path: Path) -> None:
    assert re.search("pip install --group peer|build_embedder", stock_peer.missing(tmp_path))


def test_meetings_are_searched_in_every_way_and_asked_over_both_domains(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVALS", str(evals(tmp_path / "evals")))
    assert bench_search.main(["retrieval", "abstention", "--float32", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "qmsum-val: 2 queries within their 2 meetings" in shown
    assert "the stock peer: skipped" in shown
    for way in ("BM25 alone", "the bundled embedder alone", "ours"):
        assert re.search(rf"^  {way}( +1\.000){{6}}", shown, re.MULTILINE), way
    assert "MISSED" not in shown.split("share answered")[0]
    assert re.search(r"Product queries over Academic meetings +\d\.\d+ +n=1 +at most 0\.05", shown)
    assert re.search(r"Academic queries over Academic meetings +\d\.\d+ +n=1$", shown, re.MULTILINE)


def test_questions_are_put_to_all_meetings_of_the_client(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench_search.main(["questions", "--meetings", str(labelled(tmp_path / "m"))]) == 0
    shown = capsys.readouterr().out
    assert "questions of 2 labelled meetings" in shown
    assert re.search(r"right passage in the first 3 as found +\d\.\d+ +n=2 +at least 0\.95", shown)
    assert re.search(r"of the others, not answered +n/a +n=0", shown)
    assert bench_search.main(["questions", "--meetings", str(labelled(tmp_path / "m2")), "--most", "1"]) == 0
    assert "questions of 1 labelled meetings" in capsys.readouterr().out


@pytest.mark.parametrize(("meeting", "turn", "right"), [("m_1", 4, True), ("m_1", 5, True), ("m_1", 6, False), ("m_2", 4, False)])
def test_the_first_citation_is_to_stand_on_a_labelled_turn_or_next_to_one(meeting: str, turn: int, *, right: bool) -> None:
    def cited(meeting: str, turn: int) -> Evidence:
        return Evidence(
            meeting=meeting, turn=turn, speaker="A", side=Side.THEIRS, start=None, quote="q", match=Match.EXACT, span=(0, 1)
        )

    answer = Answer(
        question="q",
        answered=True,
        answer="a",
        citations=(cited(meeting, turn), cited("m_1", 4)),
        rejected=0,
        searched={},
        engine="offline",
    )
    question = Question(text="q", turns=(4,))
    assert labelled_questions.cites(answer, "m_1", question) is right


def test_without_sets_or_meetings_it_says_what_it_skips(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench_search.main(["retrieval", "questions", "abstention", "--meetings", str(tmp_path), "--set", "qmsum-none"]) == 0
    shown = capsys.readouterr().out
    assert "skipped, EVALS names no folder with qmsum-none" in shown
    assert "skipped" in shown.splitlines()[-1]
    with pytest.raises(SystemExit):
        bench_search.main(["everything"])


def test_a_made_up_client_is_whole_and_is_searched(tmp_path: Path) -> None:
    said = made_up_home.spoken(labelled(tmp_path / "m"))
    assert said.questions == ("What did Howard Pell promise?", "What did Dr Ruth Sallow promise?")
    with Workspace(load(environ={"ANALYZER_HOME": str(tmp_path / "home")})) as ws:
        client = made_up_home.fill(ws, "Made Up", 70, said)
        with ws.index(client) as index:
            assert index.count() >= 70
            assert index.check() == ()
        hits = find.search(ws, said.questions[0], Scope(client=client), k=5)
        assert len(hits.hits) == 5
        assert hits.searched["meetings"] == len(ws.store.meetings(client)) >= 2
        with pytest.raises(SystemExit):
            made_up_home.spoken(tmp_path / "none")


def test_speeds_are_told_with_what_they_go_into(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(labelled(tmp_path / "m"))
    arguments = ["--sizes", "20", "--clients", "0", "--meetings", folder, "--searches", "1", "--float32", str(tmp_path)]
    assert search_speed.main(arguments) == 0
    shown = capsys.readouterr().out
    for kind in ("all", "one meeting", "--since, the last quarter", "--speaker", "--side theirs"):
        assert re.search(rf"^  {kind} +p50 +\d+\.\d  p95 +\d+\.\d  processor +\d+\.\d  n=1$", shown, re.MULTILINE), kind
    assert "analyzer.usecases.find.search" in shown
    assert re.search(r"indexing 2 meetings from nothing, \d+ words", shown)
    assert "the stock peer: skipped" in shown


def test_the_slow_end_is_the_time_that_most_searches_keep() -> None:
    seconds = [n / 1000 for n in range(1, 101)]
    assert search_speed.of_hundred(seconds, 95) == pytest.approx(0.095)
    assert search_speed.of_hundred(seconds, 50) == pytest.approx(0.050)
    assert search_speed.of_hundred([0.1, 0.2, 0.3], 95) == 0.3
    assert search_speed.of_hundred([0.1], 50) == 0.1
