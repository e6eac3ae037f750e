"""How talk is laid out for the turn classifier: nothing that was said is lost, asked about twice, or too long to be read."""

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from analyzer.engines.offline.classifier import SHIPPED
from analyzer.engines.offline.labels import ADOPTS, COMMITMENT, LABELS, RECOMMENDATION, RESISTS, THEIRS_ONLY
from analyzer.engines.offline.shipped import TOKENIZER
from analyzer.engines.offline.windows import BEFORE, BEFORE_TOKENS, PIECE, WINDOW, Layout, Piece, Window, feed, windows
from analyzer.model.findings import OpeningId, SignId
from analyzer.model.meetings import Side

Said = Sequence[tuple[Side, str]]

TOKENS = Tokenizer.from_file(str(SHIPPED / TOKENIZER))
TOKENS.no_truncation()
LAYOUT = Layout(Tokenizer.from_file(str(SHIPPED / TOKENIZER)))
MARKED = {side: LAYOUT.pieces([(side, "")])[0].ids[:-1] for side in Side}  # what stands in front of each piece of a side

WORDS = ("well", "the", "depot,", "you", "know:", "12%", "wait.", "no!", "why?", "naïve", "co-op's", "…", "中", "\ud83d")
SPOKEN = st.lists(st.sampled_from(WORDS))
LONG = st.builds(lambda said, times: " ".join(said * times), SPOKEN, st.integers(1, 40))
TURN = st.tuples(st.sampled_from(Side), LONG | st.text(st.characters(), max_size=300))
TALK = st.lists(TURN, max_size=12)
SIZES = st.lists(st.integers(1, PIECE), max_size=60)  # tokens of pieces


def words_of(said: Said, pieces: Sequence[Piece], turn: int) -> tuple[int, ...]:
    """The tokens of a turn as its pieces hold them, without marks and stops."""
    mark = MARKED[said[turn][0]]
    return tuple(itertools.chain.from_iterable(p.ids[len(mark) : -1] for p in pieces if p.turn == turn))


def tokens(text: str) -> tuple[int, ...]:
    return tuple(TOKENS.encode(text.encode("utf-8", "replace").decode(), add_special_tokens=False).ids)


def made(sizes: Sequence[int]) -> tuple[Piece, ...]:
    return tuple(Piece(turn=at, theirs=False, ids=(7,) * size) for at, size in enumerate(sizes))


def size(window: Window) -> int:
    return 1 + sum(len(p.ids) for p in window.pieces)


@given(TALK)
def test_the_pieces_of_a_turn_hold_every_token_of_it_in_order(said: Said) -> None:
    pieces = LAYOUT.pieces(said)
    assert [words_of(said, pieces, turn) for turn in range(len(said))] == [tokens(text) for _, text in said]
    assert [p.turn for p in pieces] == sorted(p.turn for p in pieces)


@given(TALK)
def test_every_piece_is_marked_with_its_side_and_ends_with_a_stop(said: Said) -> None:
    for piece in LAYOUT.pieces(said):
        side = said[piece.turn][0]
        assert piece.ids[: len(MARKED[side])] == MARKED[side]
        assert piece.ids[-1] == LAYOUT.stop
        assert piece.theirs is (side is Side.THEIRS)


def test_the_same_words_are_told_apart_by_who_says_them() -> None:
    assert len({MARKED[Side.OURS], MARKED[Side.THEIRS], MARKED[Side.UNKNOWN]}) == 3
    assert MARKED[Side.OTHER] == MARKED[Side.MIXED] == MARKED[Side.UNKNOWN]


def test_an_empty_turn_is_a_piece_of_its_own() -> None:
    said = [(Side.OURS, "Well?"), (Side.THEIRS, ""), (Side.THEIRS, " \n ")]
    assert [p.turn for p in LAYOUT.pieces(said)] == [0, 1, 2]
    assert words_of(said, LAYOUT.pieces(said), 1) == words_of(said, LAYOUT.pieces(said), 2) == ()


@pytest.mark.parametrize("text", ["word " * 3000, "We met on Monday. " * 750], ids=["without a stop", "in sentences"])
def test_a_turn_of_three_thousand_words_is_cut_in_many_pieces_of_fair_size(text: str) -> None:
    pieces = LAYOUT.pieces([(Side.THEIRS, text)])
    assert len(pieces) > 30
    assert {p.turn for p in pieces} == {0}
    assert max(len(p.ids) for p in pieces) <= PIECE + len(MARKED[Side.THEIRS]) + 1
    assert words_of([(Side.THEIRS, text)], pieces, 0) == tokens(text)


def test_a_long_turn_is_cut_between_sentences_where_they_are_short() -> None:
    sentence = "We met at the depot on Monday."
    pieces = LAYOUT.pieces([(Side.THEIRS, f"{sentence} " * 40)])
    one = tokens(sentence)
    assert {words_of([(Side.THEIRS, "")], [p], 0)[-len(one) :] for p in pieces} == {one}


def test_half_a_surrogate_pair_is_laid_out_as_an_unreadable_character() -> None:
    said = [(Side.THEIRS, "Well \ud83d so"), (Side.THEIRS, "Well ? so")]
    broken, plain = LAYOUT.pieces(said)
    assert broken.ids == plain.ids


@given(SIZES)
def test_every_piece_is_asked_about_exactly_once_and_in_order(sizes: list[int]) -> None:
    pieces = made(sizes)
    asked = [p for w in windows(pieces) for p in w.pieces[w.asked_from : w.asked_to]]
    assert [p.turn for p in asked] == list(range(len(pieces)))


@given(st.lists(st.integers(1, 2 * WINDOW), max_size=30))
def test_a_piece_too_long_for_any_window_is_still_asked_about_once(sizes: list[int]) -> None:
    asked = [p.turn for w in windows(made(sizes)) for p in w.pieces[w.asked_from : w.asked_to]]
    assert asked == list(range(len(sizes)))


@given(SIZES)
def test_no_window_is_over_the_limit(sizes: list[int]) -> None:
    assert all(size(w) <= WINDOW for w in windows(made(sizes)))


@given(TALK)
def test_no_window_of_real_talk_is_over_the_limit(said: Said) -> None:
    assert all(size(w) <= WINDOW for w in windows(LAYOUT.pieces(said)))


@given(SIZES)
def test_windows_hold_consecutive_pieces_with_those_before_where_they_fit(sizes: list[int]) -> None:
    pieces = made(sizes)
    for window in windows(pieces):
        first = window.pieces[0].turn
        assert window.pieces == pieces[first : first + len(window.pieces)]
        before = [len(p.ids) for p in window.pieces[: window.asked_from]]
        assert len(before) <= BEFORE
        assert sum(before) <= BEFORE_TOKENS
        assert first == 0 or len(before) == BEFORE or sum(before) + sizes[first - 1] > BEFORE_TOKENS


@given(SIZES)
def test_what_is_asked_about_is_heard_with_the_piece_behind_it_where_there_is_room(sizes: list[int]) -> None:
    for window in windows(made(sizes)):
        last = window.pieces[-1].turn
        asked = window.asked_to - window.asked_from
        assert asked == 1 or window.asked_to < len(window.pieces) or last == len(sizes) - 1


def test_a_window_is_fed_as_one_text_with_the_place_and_share_of_every_piece() -> None:
    pieces = LAYOUT.pieces([(Side.OURS, "Shall we start?"), (Side.THEIRS, ""), (Side.THEIRS, "We can, yes.")])
    fed = feed(pieces, LAYOUT.start)
    whole = [LAYOUT.start, *itertools.chain.from_iterable(p.ids for p in pieces)]
    assert fed.ids.tolist() == [whole]
    assert fed.sides.tolist() == [[0] * (1 + len(pieces[0].ids)) + [1] * (len(pieces[1].ids) + len(pieces[2].ids))]
    for row, piece in enumerate(pieces):
        held = np.flatnonzero(fed.share[row])
        assert [whole[at] for at in held] == list(piece.ids)
        assert held[0] == fed.marks[row]
    assert fed.share.sum(axis=1) == pytest.approx(1)


def test_every_sign_and_opening_has_one_label_and_only_theirs_are_theirs() -> None:
    assert len(set(LABELS)) == len(LABELS) == 12
    assert set(LABELS) == {*SignId, *OpeningId, COMMITMENT, RECOMMENDATION, ADOPTS, RESISTS}
    assert set(THEIRS_ONLY) == {*SignId, ADOPTS, RESISTS}
