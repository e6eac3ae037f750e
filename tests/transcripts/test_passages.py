"""Passages: whole turns, about 170 words, every turn once."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.meetings import Meeting, Side, Turn
from analyzer.transcripts.passages import cut


def _meeting(*words: int) -> Meeting:
    turns = tuple(
        Turn(ordinal=n, speaker="Dana", side=Side.THEIRS, text=" ".join(["word"] * count), start=float(n))
        for n, count in enumerate(words)
    )
    day = dt.date(2026, 3, 4)
    return Meeting(id="m_1", slug="x", client_id=None, client_name="", date=day, title="", revision=3, speakers=(), turns=turns)


def _words(*words: int) -> list[int]:
    return [sum(len(turn.text.split()) for turn in passage.turns) for passage in cut(_meeting(*words))]


def test_turns_are_gathered_to_about_170_words() -> None:
    assert _words(*[10] * 30) == [170, 130]
    assert _words(90, 90, 90) in ([90, 180], [180, 90])


def test_a_longer_turn_stands_alone_and_whole() -> None:
    assert _words(10, 300, 10, 10) == [10, 300, 20]


def test_a_meeting_without_turns_has_no_passages() -> None:
    assert cut(_meeting()) == ()


def test_ids_name_meeting_revision_and_place() -> None:
    assert [p.id for p in cut(_meeting(150, 150))] == ["m_1.3.0", "m_1.3.1"]


@given(st.lists(st.integers(0, 300), max_size=60))
def test_every_turn_stands_in_exactly_one_passage_in_order(words: list[int]) -> None:
    meeting = _meeting(*words)
    passages = cut(meeting)
    assert [turn for passage in passages for turn in passage.turns] == list(meeting.turns)
    assert all(passage.turns for passage in passages)
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    assert passages == cut(meeting)
    for passage in passages:
        counts = [len(turn.text.split()) for turn in passage.turns]
        assert len(counts) == 1 or (max(counts) <= 170 and sum(counts[:-1]) < 170 and sum(counts) <= 255)
