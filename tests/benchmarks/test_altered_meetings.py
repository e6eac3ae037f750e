"""What altering a labelled meeting does to its turns, and where its labels go."""

import copy
import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.engines.offline.sentences import words
from analyzer.evaluation import read_labels
from benchmarks.altered_meetings import (
    Altered,
    alterations,
    by_sound,
    joined,
    labelled_turns,
    misheard,
    reindexed,
    renamed,
    sound,
    split,
    without_greetings,
    without_points,
)
from tests.benchmarks.small_meetings import depot, oven

BOTH = [oven(), depot()]
VALIDATION = "outside_validation"


def texts(altered: Altered) -> list[str]:
    return [turn["text"] for turn in altered.document["turns"]]


def evidence(document: dict[str, Any]) -> list[int]:
    return list(document["labels"]["signs"][VALIDATION]["evidence"])


@pytest.mark.parametrize(
    ("places", "marks", "promises", "questions"),
    [
        (((0,), (1,), (2,), (3,)), [1, 3], [3], [1, 2]),
        (((0,), (1, 2), (3,), (4, 5)), [1, 2, 4, 5], [4, 5], [1, 2, 3]),
        (((0,), (0,), (1,), (1,)), [0, 1], [1], [0, 1]),
        (((), (0,), (), (1,)), [0, 1], [1], [0]),
        (((0,), (), (1,), ()), [], [], [1]),
    ],
)
def test_labels_go_where_their_turns_went(
    places: tuple[tuple[int, ...], ...], marks: list[int], promises: list[int], questions: list[int]
) -> None:
    labels = {
        "signs": {VALIDATION: {"level": "strong", "evidence": [1, 3], "why": "w"}},
        "partnership": {"better_ways": [3, 1]},
        "commitments": [{"owner": "A", "turn": 3}],
        "questions": [{"q": "?", "turns": [1, 2]}],
        "adopts": [1],
        "stance": "balanced",
    }
    before = copy.deepcopy(labels)
    moved = reindexed(labels, places)
    assert labels == before
    assert moved["signs"][VALIDATION] == {"level": "strong", "evidence": marks, "why": "w"}
    assert moved["partnership"]["better_ways"] == marks
    assert [one["turn"] for one in moved["commitments"]] == promises
    assert {one["owner"] for one in moved["commitments"]} <= {"A"}
    assert moved["questions"] == [{"q": "?", "turns": questions}]
    assert moved["adopts"] == list(places[1])
    assert moved["stance"] == "balanced"


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.data())
def test_no_label_is_lost_and_none_is_made(sizes: list[int], data: st.DataObject) -> None:
    starts = [sum(sizes[:at]) for at in range(len(sizes))]
    places = tuple(tuple(range(start, start + size)) for start, size in zip(starts, sizes, strict=True))
    marked = data.draw(st.lists(st.integers(0, len(sizes) - 1), unique=True))
    labels = {"signs": {VALIDATION: {"evidence": marked}}, "partnership": {}, "commitments": [], "questions": []}
    moved = set(reindexed(labels, places)["signs"][VALIDATION]["evidence"])
    assert [at for at, place in enumerate(places) if moved & set(place)] == sorted(at for at in marked if sizes[at])
    assert moved == {now for at in marked for now in places[at]}


@pytest.mark.parametrize("document", BOTH, ids=["oven", "depot"])
@pytest.mark.parametrize("name", list(alterations(BOTH)))
def test_every_altered_meeting_is_a_labelled_meeting_whose_marks_stand_on_the_same_words(
    document: dict[str, Any], name: str
) -> None:
    before = copy.deepcopy(document)
    altered = alterations(BOTH)[name](document)
    assert document == before
    labels = read_labels(name, json.dumps(altered.document).encode())
    assert altered.changed > 0 or (name, document["id"]) == ("turns of one side joined", "depot-01")  # they take turns
    assert labels.turns == len(altered.document["turns"])
    assert all(words(text) for text in texts(altered))
    assert alterations(BOTH)[name](document) == altered
    speakers = [turn["speaker"] for turn in altered.document["turns"]]
    ours = altered.document["consultant_side"]
    for was, place in enumerate(altered.places):
        assert all((speakers[now] in ours) == (document["turns"][was]["speaker"] in document["consultant_side"]) for now in place)
        marked = was in evidence(document)
        assert all((now in evidence(altered.document)) == marked for now in place) or name == "turns of one side joined"
        assert place or was not in labelled_turns(document["labels"])


def test_points_and_capitals_go_and_apostrophes_stay() -> None:
    told = texts(without_points(oven()))
    assert told[3] == "then we'll start with the counter which side do people come in"
    marks_only = oven() | {"turns": [{"start": 0.0, "speaker": "Dr Ruth Sallow", "text": "..."}]}
    assert texts(without_points(marks_only)) == ["..."]


def test_a_tenth_of_the_words_is_misheard() -> None:
    long = depot()
    long["turns"] = [{**turn, "text": " ".join([turn["text"]] * 50)} for turn in long["turns"]]
    altered = texts(misheard(long, by_sound(BOTH)))
    said = [words(turn["text"]) for turn in long["turns"]]
    whole = sum(map(len, said))
    heard = [words(text) for text in altered]
    assert 0.94 * whole < sum(map(len, heard)) < 1.01 * whole  # a quarter of a tenth dropped, less doubled
    lost = sum(len(was) - sum((Counter(was) & Counter(now)).values()) for was, now in zip(said, heard, strict=True))
    assert 0.06 * whole < lost < 0.10 * whole


@pytest.mark.parametrize(
    ("word", "alike"), [("board", "bored"), ("right", "write"), ("knew", "new"), ("Their", "there"), ("plaice", "place")]
)
def test_words_that_sound_alike_share_a_sound(word: str, alike: str) -> None:
    assert sound(word) == sound(alike)
    assert sound(word) != sound("lamp")


def test_names_change_in_labels_talk_and_promises_and_words_do_not() -> None:
    altered = renamed(oven()).document
    everything = json.dumps(altered)
    assert not [name for name in ("Will", "Achterberg", "Ruth", "Sallow") if name in everything]
    assert altered["turns"][1]["speaker"].startswith("Dr ")
    assert altered["client_side"] == [altered["turns"][1]["speaker"]] == list(altered["roles"])
    assert altered["labels"]["commitments"][0]["owner"] == altered["client_side"][0]
    assert f"I told {altered['consultant_side'][0].split()[0]} on the phone" in altered["turns"][2]["text"]
    assert altered["turns"][6]["text"] == oven()["turns"][6]["text"]


def test_turns_are_split_at_the_sentence_nearest_to_the_middle() -> None:
    altered = split(oven())
    assert texts(altered)[:4] == [
        "Morning.",
        "Is that your van outside?",
        "It is. The oven is late again.",
        "They say the twelfth.",
    ]
    assert altered.places[:3] == ((0, 1), (2, 3), (4,))
    assert evidence(altered.document) == [4, *altered.places[6]]
    assert altered.homes is not None
    assert [altered.homes[now] for now in altered.places[6]] == [6, 6]


def test_turns_of_one_side_are_joined_two_at_a_time() -> None:
    altered = joined(oven())
    assert altered.places[:4] == ((0,), (1,), (1,), (2,))
    assert texts(altered)[1].endswith("the twelfth. I told Will on the phone that nobody believes a date of mine.")
    assert evidence(altered.document) == [1, 5]
    assert (altered.changed, altered.homes) == (2, None)
    thrice = oven() | {"turns": [oven()["turns"][1]] * 3 + oven()["turns"][3:]}
    assert joined(thrice).places[:4] == ((0,), (0,), (1,), (2,))


def test_greetings_are_cut_and_labelled_turns_are_not() -> None:
    altered = without_greetings(oven())
    assert [turn["start"] for turn in altered.document["turns"]] == [20.0, 50.0, 60.0, 70.0, 80.0, 90.0]
    assert altered.document["labels"]["commitments"][1]["turn"] == 5
    assert evidence(altered.document) == [0, 2]
    assert altered.changed == 8
