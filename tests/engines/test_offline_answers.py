"""The answer finder and what is made of it: nothing unread, nothing made up, and a graph that fits its numbers."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.engines.offline import OfflineEngine, answering
from analyzer.engines.offline.answering import FITTED, decides
from analyzer.engines.offline.finder import GRAPH, MOST, QUESTION, SHIPPED, AnswerFinder, Layout, Said
from analyzer.errors import EngineError
from analyzer.model.meetings import Side
from tests import talks
from vectorstore.embedders import BundledEmbedder

FINDER = AnswerFinder()
LAYOUT = Layout(FINDER.tokenizer)
WORDS = st.sampled_from(("well", "the", "depot,", "12%", "wait.", "no!", "why?", "naïve", "…", "中", "\ud83d"))
TEXT = st.builds(lambda said, times: " ".join(said * times), st.lists(WORDS, min_size=1), st.integers(1, 30)) | st.text(
    max_size=200
)
TALK = st.lists(st.tuples(st.sampled_from(Side), TEXT), max_size=8)
MEETING = talks.meeting()
EMBEDDER = BundledEmbedder()


def said(turns: list[tuple[Side, str]]) -> list[Said]:
    return [Said(key, f"Speaker {key % 3}", side, text) for key, (side, text) in enumerate(turns)]


@given(st.text(max_size=400), TALK)
def test_every_word_of_talk_is_laid_out_once_and_no_part_is_too_long(question: str, turns: list[tuple[Side, str]]) -> None:
    talk = said(turns)
    parts = list(LAYOUT.parts(question, talk))
    read = ["" for _ in turns]
    for pieces, lines in parts:
        assert len(pieces) == len(lines) + 1
        assert len(pieces[0].ids) <= QUESTION + 1
        assert sum(len(piece.ids) for piece in pieces) <= MOST + MOST // 2 + QUESTION
        assert all(piece.ids for piece in pieces)
        for line in lines:
            read[line.turn] += turns[line.turn][1][line.start : line.end]
    assert ["".join(text.split()) for text in read] == ["".join(text.split()) for _, text in turns]


def test_a_question_is_read_with_each_stretch_by_itself() -> None:
    stretches = [[Said(t.ordinal, t.speaker, t.side, t.text) for t in MEETING.turns[at : at + 6]] for at in (0, 6, 12)]
    question = "Who uses the training room upstairs?"
    together = FINDER.lines(question, stretches)
    assert together == [FINDER.lines(question, [one])[0] for one in stretches]
    assert [{line.turn for line in lines} for lines in together] == [{s.key for s in one if s.text} for one in stretches]
    assert FINDER.lines(question, []) == []
    assert FINDER.lines(question, [[]]) == [()]


def test_a_turn_that_is_longer_than_what_is_read_at_once_is_read_to_its_end() -> None:
    words = " ".join(f"word{at}" for at in range(900))
    (lines,) = FINDER.lines("What is the last word?", [[Said(7, "Howard Pell", Side.THEIRS, words)]])
    assert [(line.turn, lines[at - 1].end < line.start) for at, line in enumerate(lines) if at] == [(7, True)] * (len(lines) - 1)
    assert lines[-1].end == len(words)


@pytest.mark.parametrize(
    ("question", "turn", "reason"),
    [
        ("How many days do we have free in March?", 12, "four days"),
        ("When does the new workshop in Hull open?", 17, "May"),
        ("Who drafted a page?", 7, ""),
    ],
)
def test_what_the_question_wants_comes_first_and_its_sentence_is_cited(question: str, turn: int, reason: str) -> None:
    best = OfflineEngine(EMBEDDER).answer(question, (talks.passage(MEETING),)).claims[0]
    assert best.turn == turn
    assert best.quote in MEETING.turns[turn].text
    assert best.reason == (reason or best.quote)


def test_further_quotes_are_of_other_turns_and_likely_by_themselves() -> None:
    question = "Which days do we have free, and which room is not used?"
    claims = OfflineEngine(EMBEDDER).answer(question, (talks.passage(MEETING),)).claims
    assert 1 < len({claim.turn for claim in claims}) == len(claims) <= answering.QUOTES
    assert all((claim.score or 0) >= decides(FINDER).least for claim in claims[1:])


def test_what_was_fitted_belongs_to_the_shipped_graph(tmp_path: Path) -> None:
    assert decides(FINDER).graph == FINDER.checksum
    assert FINDER.damaged_files() == ()
    other = tmp_path / "other"
    shutil.copytree(SHIPPED, other)
    kept = json.loads((other / FITTED).read_text(encoding="utf-8"))
    (other / FITTED).write_text(json.dumps(kept | {"graph": "another graph"}), encoding="utf-8")
    with pytest.raises(EngineError, match="was not fitted on"):
        decides(AnswerFinder(other), other)


@pytest.mark.parametrize("content", ["", "{}", '{"graph": "x"', "[]"])
def test_damaged_numbers_are_told_with_the_next_step(tmp_path: Path, content: str) -> None:
    (tmp_path / FITTED).write_text(content, encoding="utf-8")
    with pytest.raises(EngineError) as told:
        decides(FINDER, tmp_path)
    assert "install Analyzer again" in (told.value.hint or "")


def test_a_damaged_graph_is_never_asked(tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    shutil.copytree(SHIPPED, folder)
    with (folder / GRAPH).open("r+b") as file:
        file.seek(1000)
        file.write(b"\0\0\0\0")
    finder = AnswerFinder(folder)
    assert finder.damaged_files() == (GRAPH,)
    with pytest.raises(EngineError, match="is not the file that was shipped"):
        finder.lines("Who?", [said([(Side.OURS, "Me.")])])


def test_an_answer_needs_as_much_chance_as_was_fitted() -> None:
    question, passages = "How many days do we have free in March?", (talks.passage(MEETING),)
    decided = decides(FINDER)
    assert answering.answer(question, passages, FINDER, decided, EMBEDDER)
    assert answering.answer(question, passages, FINDER, replace(decided, least=1.1), EMBEDDER) == ()
