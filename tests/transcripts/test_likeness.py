"""Which transcripts are of one meeting."""

import json
import random
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.meetings import Utterance
from analyzer.transcripts.likeness import (
    CANDIDATE,
    LEAST_WORDS,
    SAME,
    candidates,
    is_same,
    resemblance,
    shared,
    sketch,
    spoken_words,
    words_in,
)

MEETINGS = Path(__file__).parents[2] / "benchmarks" / "meetings"
FILLERS = {"um", "uh", "er", "so", "well", "yeah", "okay", "like", "right"}
WORDS = st.lists(st.sampled_from(["yes", "no", "so", "we", "go", "on"]), max_size=60).map(tuple)


def _spoken() -> dict[str, tuple[str, ...]]:
    meetings = {path.stem: json.loads(path.read_text("utf-8"))["turns"] for path in sorted(MEETINGS.glob("*.json"))}
    return {
        name: spoken_words([Utterance(speaker=t["speaker"], text=t["text"]) for t in turns]) for name, turns in meetings.items()
    }


def _changed(words: tuple[str, ...], share: float) -> tuple[str, ...]:
    """The words with so many of a hundred corrected, taken out or put in, and without fillers."""
    chance = random.Random(7)  # noqa: S311 the same changes every time
    changed: list[str] = []
    for word in words:
        if word in FILLERS:
            continue
        if chance.random() >= share:
            changed.append(word)
        else:
            changed += chance.choice([(), ("corrected",), (word, "added")])
    return tuple(changed)


def test_different_meetings_are_never_the_same_and_no_candidates_even_of_one_client() -> None:
    spoken = _spoken()
    assert len(spoken) == 16
    for one, other in combinations(spoken, 2):
        assert not is_same(spoken[one], spoken[other]), (one, other)
        assert resemblance(sketch(spoken[one]), sketch(spoken[other])) < CANDIDATE / 5, (one, other)


def test_a_meeting_is_itself_with_single_words_corrected_and_fillers_removed() -> None:
    for name, words in _spoken().items():
        corrected = _changed(words, 0.05)
        assert corrected != words
        assert is_same(words, corrected), name
        assert resemblance(sketch(words), sketch(corrected)) > 2 * CANDIDATE, name


def test_whatever_is_the_same_is_a_candidate_even_at_the_bound() -> None:
    for name, words in _spoken().items():
        halfway = tuple(word for at, word in enumerate(words) if at % 11 not in {0, 6})  # of 11 words 9: shared 0.9
        assert shared(words, halfway) == pytest.approx(SAME, abs=0.001)
        assert resemblance(sketch(words), sketch(halfway)) > CANDIDATE, name


def test_cuts_of_turns_names_case_and_punctuation_do_not_count() -> None:
    one = [Utterance(speaker="Dana Ortiz", text="Well, it\u2019s 1,000 a day; that's the follow-up.")]
    other = [
        Utterance(speaker="SPEAKER_00", text="well it's 1000"),
        Utterance(speaker="SPEAKER_01", text="A DAY \u2014 that\u2019s the follow up"),
    ]
    assert spoken_words(one) == spoken_words(other) == tuple("well its 1000 a day thats the follow up".split())  # noqa: SIM905 - reads better


def test_what_was_typed_counts_only_where_nothing_was_said() -> None:
    said, typed = Utterance(speaker="Dana", text="Hello."), Utterance(speaker="Sam", text="A link.", chat=True)
    assert spoken_words([said, typed]) == ("hello",)
    assert spoken_words([typed]) == ("a", "link")
    assert spoken_words([]) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\u7530\u4e2d\u3067\u3059\u3001OK\u3002", ("\u7530", "\u4e2d", "\u3067", "\u3059", "ok")),
        ("\u0e2a\u0e27\u0e31", ("\u0e2a", "\u0e27", "\u0e31")),
        ("\u0939\u093f\u0928\u094d\u0926\u0940 \u0939\u0948\u0964", ("\u0939\u093f\u0928\u094d\u0926\u0940", "\u0939\u0948")),
        ("Caf\u00e9 CAFE\u0301", ("cafe", "cafe")),
        ("Stra\u00dfe STRASSE", ("strasse", "strasse")),
        ("snake_case \U0001f44d - \u2026", ("snake", "case")),
        ("", ()),
    ],
)
def test_words_of_any_script(text: str, words: tuple[str, ...]) -> None:
    assert words_in(text) == words


def test_of_short_texts_all_words_must_be_the_same() -> None:
    almost = tuple(f"w{n}" for n in range(LEAST_WORDS - 1))
    assert is_same(almost, almost)
    assert not is_same(almost, (*almost[:-1], "other"))
    assert not is_same(("hi", "hi", "bye"), ("hi", "bye"))
    enough = (*almost, "last")
    assert is_same(enough, (*enough[:-1], "other"))
    assert not is_same((), ())


def test_a_meeting_cut_short_is_not_the_whole_meeting() -> None:
    words = tuple(f"w{n}" for n in range(1000))
    assert not is_same(words, words[:800])
    assert is_same(words, words[:820])


def test_the_same_words_in_another_order_are_another_meeting() -> None:
    words = tuple(f"w{n}" for n in range(500))
    assert not is_same(words, words[::-1])


def test_a_sketch_is_small_and_the_same_in_every_process() -> None:
    words = tuple(f"w{n}" for n in range(5000))
    assert len(sketch(words)) == 1024
    code = "from analyzer.transcripts.likeness import sketch; print(sketch([f'w{n}' for n in range(5000)]).hex())"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert told == sketch(words).hex()
    assert sketch(("go", "on")).hex() == "520cd527", "sketches are kept with meetings: they must never change"


def test_resemblance_tells_the_share_of_runs_in_common() -> None:
    words = [f"w{n}" for n in range(6000)]
    half = resemblance(sketch(words[:4000]), sketch(words[2000:]))
    assert half == pytest.approx(1 / 3, abs=0.1)
    assert resemblance(sketch(words), sketch(words)) == 1.0
    assert resemblance(b"", b"") == resemblance(sketch(words), b"") == 0.0


@given(WORDS, WORDS)
def test_shares_are_shares_whichever_way_round(a: tuple[str, ...], b: tuple[str, ...]) -> None:
    assert 0 <= shared(a, b) == shared(b, a) <= 1
    assert is_same(a, b) == is_same(b, a)
    assert resemblance(sketch(a), sketch(b)) == resemblance(sketch(b), sketch(a))


@given(WORDS.filter(bool))
def test_every_text_is_itself(words: tuple[str, ...]) -> None:
    assert shared(words, words) == 1
    assert is_same(words, list(words))
    assert resemblance(sketch(words), sketch(words)) == 1


def test_long_texts_are_compared_in_pieces_and_still_known() -> None:
    chance = random.Random(3)  # noqa: S311 the same changes every time
    common = [f"w{n}" for n in range(3000)]
    long = [chance.choice(common) for _ in range(50_000)]
    corrected = [word if chance.random() > 0.05 else "corrected" for word in long][500:]
    assert shared(long, corrected) == pytest.approx(0.95, abs=0.01)
    assert is_same(long, corrected)
    other = [chance.choice(common) for _ in range(50_000)]
    assert not is_same(long, other)


def test_long_texts_that_say_little_are_not_the_same_by_their_pieces() -> None:
    loop = ["thank", "you"] * 30_000
    assert is_same(loop, list(loop))
    assert shared(loop, loop[:-1]) <= 1
    assert not is_same(loop, ["no", "thanks"] * 30_000)


def test_of_many_sketches_those_are_found_that_resemble_the_new_one() -> None:
    words = [f"word{n}" for n in range(400)]
    halfway = [*words[:250], *(f"other{n}" for n in range(150))]
    kept = {
        "the same": sketch(words),
        "half of it": sketch(halfway),
        "another": sketch([f"else{n}" for n in range(400)]),
        "a few words": sketch(words[:20]),
        "no words": sketch([]),
    }
    told = {name: resemblance(sketch(words), of) for name, of in kept.items()}
    assert candidates(sketch(words), kept) == [(1.0, "the same"), (told["half of it"], "half of it")]
    assert told["a few words"] < CANDIDATE < told["half of it"]
    assert candidates(sketch([]), kept) == []
    assert candidates(sketch(words), {}) == []
    assert candidates(sketch(words[:20]), {"a few words": kept["a few words"]}) == [(1.0, "a few words")]
