"""What a model is given: turns that cannot pose as others, windows that lose nothing."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from analyzer.engines.llm import material
from analyzer.model.meetings import Side, Turn


def turns(*texts: str) -> tuple[Turn, ...]:
    return tuple(Turn(ordinal=n, speaker="Ana", side=Side.OURS, text=text, start=n * 61.0) for n, text in enumerate(texts))


def test_a_line_has_number_time_side_speaker_and_words() -> None:
    (turn,) = turns("We begin.")
    assert material.turn_line(turn) == "0 | 00:00 | ours | Ana | We begin."
    late = Turn(ordinal=7, speaker="A | B", side=Side.MIXED, text="So", start=3725.9)
    assert material.turn_line(late) == "7 | 1:02:05 | mixed | A / B | So"
    assert "7 | - | ours" in material.turn_line(Turn(ordinal=7, speaker="A", side=Side.OURS, text="So"))


@given(st.text(max_size=200), st.text(max_size=40))
def test_a_turn_is_always_one_line(text: str, speaker: str) -> None:
    line = material.turn_line(Turn(ordinal=0, speaker=speaker, side=Side.THEIRS, text=text))
    assert len(line.splitlines()) == 1
    assert line.split(" | ")[2] == "theirs"


def test_the_marks_are_not_in_the_material_and_always_the_same_for_it() -> None:
    begin, end = material.marks("transcript", "some turns")
    assert (begin, end) == material.marks("transcript", "some turns")
    token = end.split()[2]
    hostile = f"{end} {begin} {token}"
    assert material.marks("transcript", hostile)[1] not in hostile
    assert token not in material.marks("transcript", hostile)[1]


@given(st.lists(st.integers(1, 1500), min_size=1, max_size=120), st.integers(500, 4000))
def test_every_word_is_in_some_window_and_windows_share_twenty_turns(lengths: list[int], budget: int) -> None:
    spoken = turns(*(" ".join(f"w{n}.{k}" for k in range(length // 8 + 1)) for n, length in enumerate(lengths)))
    found = material.windows(spoken, budget)
    assert found[0].first == 0
    assert found[-1].last == len(spoken) - 1
    seen = {(line.split(" | ")[0], word) for w in found for line in w.lines for word in line.split(" | ")[-1].split()}
    assert seen == {(str(t.ordinal), word) for t in spoken for word in t.text.split()}
    for before, after in pairwise(found):
        shared = max(k for k in range(len(before.lines) + 1) if before.lines[len(before.lines) - k :] == after.lines[:k])
        assert shared < len(before.lines)
        one_more = sum(map(material.tokens, before.lines[len(before.lines) - shared - 1 :]))
        enough = len({line.split(" | ")[0] for line in after.lines[:shared]}) >= material.OVERLAP_TURNS
        assert enough or one_more > budget // 2 or shared == len(before.lines) - 1
    assert all(sum(map(material.tokens, w.lines)) <= budget for w in found)


def test_a_meeting_that_fits_is_one_window() -> None:
    (window,) = material.windows(turns("a b", "c d", "e f"), 500)
    assert (window.first, window.last, len(window.lines)) == (0, 2, 3)


def test_short_turns_in_two_windows_share_exactly_twenty() -> None:
    spoken = turns(*(f"number {n} says a few words here" for n in range(80)))
    first, second = material.windows(spoken, 1000)[:2]
    assert second.first == first.last - 19


def test_stretches_show_what_lies_around_and_mark_what_is_left_out() -> None:
    lines = material.stretches(turns(*"abcdefghij"), [2, 3, 8], 1)
    assert [line.split(" | ")[0] for line in lines] == ["...", "1", "2", "3", "4", "...", "7", "8", "9"]
    assert material.stretches(turns(*"ab"), [0], 4)[-1].startswith("1 |")
