"""What a person changed about who speaks, done again on any reading; words stay what and where they are."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from cattrs.preconf.json import make_converter
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import AnalyzerError, NotFound, UsageError
from analyzer.model.edits import AssignedTurn, Edit, EditKind
from analyzer.model.meetings import Side, Speaker, Utterance
from analyzer.transcripts.base import UNATTRIBUTED
from analyzer.transcripts.edits import Edited, apply, check, noted
from analyzer.transcripts.likeness import words_in

OURS, THEIRS, UNKNOWN, MIXED = Side.OURS, Side.THEIRS, Side.UNKNOWN, Side.MIXED
Said = Sequence[tuple[str, str]]
TALK: Said = (
    ("Dana", "Shall we begin?"),
    ("D. Ortiz", "Yes."),
    ("Sam", "I have the numbers for the spring here."),
    ("Dana", "Yes."),
    ("Speaker 1", "The board asked for the report by Friday, as far as I know."),
    ("Sam", "No, that was for the summer."),
)


def _said(said: Said) -> tuple[Utterance, ...]:
    return tuple(Utterance(speaker=who, text=text) for who, text in said)


def _people(said: Said, **sides: Side) -> tuple[Speaker, ...]:
    return tuple(Speaker(name=name, side=sides.get(name, UNKNOWN)) for name in dict.fromkeys(who for who, _ in said))


def _made(said: Said, *edits: Edit, **sides: Side) -> tuple[Edit, ...]:
    """These edits as they are kept when they are made one after the other."""
    kept: list[Edit] = []
    for edit in edits:
        now = apply(_people(said, **sides), _said(said), kept)
        check(now.speakers, now.utterances, edit)
        kept.append(noted(now.utterances, edit))
    return tuple(kept)


def _whose(edited: Edited) -> list[str]:
    return [u.speaker for u in edited.utterances]


def _on(said: Said, edits: Sequence[Edit], **sides: Side) -> Edited:
    return apply(_people(said, **sides), _said(said), edits)


def rename(name: str, to: str) -> Edit:
    return Edit(kind=EditKind.RENAME, names=(name,), to=to)


def merge(*names: str, to: str) -> Edit:
    return Edit(kind=EditKind.MERGE, names=names, to=to)


def assign(*ordinals: int, to: str) -> Edit:
    return Edit(kind=EditKind.ASSIGN, to=to, turns=tuple(AssignedTurn(ordinal=n) for n in ordinals))


def sides(**names: Side) -> Edit:
    return Edit(kind=EditKind.SIDES, sides=names)


def test_a_renamed_speaker_keeps_side_and_role() -> None:
    speakers = (Speaker(name="Dana", side=THEIRS, role="CEO"), Speaker(name="Sam", side=OURS))
    edited = apply(speakers, _said([("Dana", "Hi."), ("Sam", "Hi.")]), [rename("Dana", "Dana Ortiz")])
    assert edited.speakers == (Speaker(name="Dana Ortiz", side=THEIRS, role="CEO"), Speaker(name="Sam", side=OURS))
    assert edited.missed == ()


def test_merging_keeps_the_side_of_the_name_that_is_kept() -> None:
    edited = _on(TALK, [merge("D. Ortiz", "Dana", to="Dana")], **{"Dana": THEIRS, "D. Ortiz": OURS})
    assert _whose(edited)[:4] == ["Dana", "Dana", "Sam", "Dana"]
    assert edited.speakers[0] == Speaker(name="Dana", side=THEIRS)


@pytest.mark.parametrize(("one", "other", "merged"), [(THEIRS, UNKNOWN, THEIRS), (THEIRS, OURS, UNKNOWN), (MIXED, MIXED, MIXED)])
def test_under_a_new_name_only_a_side_without_contradiction_is_kept(one: Side, other: Side, merged: Side) -> None:
    edited = _on(TALK, [merge("Dana", "D. Ortiz", to="Dana Ortiz")], **{"Dana": one, "D. Ortiz": other})
    assert edited.speakers[0] == Speaker(name="Dana Ortiz", side=merged)


def test_the_kept_name_takes_part_in_a_merge_without_being_named_again() -> None:
    edited = _on(TALK, _made(TALK, merge("D. Ortiz", to="Dana")))
    assert _whose(edited).count("Dana") == 3


def test_two_spellings_may_become_a_third_that_folds_to_both() -> None:
    talk = [("Ortiz, Dana", "Hi."), ("DANA ORTIZ (Guest)", "Hi."), ("dana ortiz", "Hi."), ("Sam", "Hi.")]
    edited = _on(talk[1:], _made(talk[1:], merge("DANA ORTIZ (Guest)", "dana ortiz", to="Dana Ortiz")))
    assert _whose(edited) == ["Dana Ortiz", "Dana Ortiz", "Sam"]
    made = _made(talk, merge("DANA ORTIZ (Guest)", "dana ortiz", "Ortiz, Dana", to="Dana Ortiz"))
    assert _whose(_on(talk, made)) == ["Dana Ortiz"] * 3 + ["Sam"]
    with pytest.raises(UsageError, match="fits"):
        check(_people(talk), _said(talk), merge("Sam", to="Dana Ortiz"))
    assert _on(talk, [merge("Sam", to="Dana Ortiz")]).missed[0].endswith("so nobody is merged")


def test_assigned_turns_go_to_somebody_or_to_somebody_new_of_unknown_side() -> None:
    edited = _on(TALK, _made(TALK, assign(0, 4, to="Mei"), assign(3, to="sam")), Sam=OURS)
    assert _whose(edited) == ["Mei", "D. Ortiz", "Sam", "Sam", "Mei", "Sam"]
    assert edited.speakers[0] == Speaker(name="Mei", side=UNKNOWN)
    assert [s.name for s in edited.speakers] == ["Mei", "D. Ortiz", "Sam"], "who has no turn left is gone"


def test_turns_are_not_given_to_a_name_that_fits_two() -> None:
    talk = [("Dana (Acme)", "Hi."), ("Dana (Bolt)", "Hello."), ("Sam", "Yes.")]
    with pytest.raises(UsageError, match="fits"):
        check(_people(talk), _said(talk), assign(2, to="Dana"))
    (made,) = _made([("Sam", "Yes.")], assign(0, to="Dana"))
    assert _on(talk, [made]).missed == ("'Dana' fits Dana (Acme), Dana (Bolt) here, so no turn is given to either",)


def test_turns_may_be_given_back_to_nobody() -> None:
    edited = _on(TALK, _made(TALK, assign(1, to=UNATTRIBUTED.lower())))
    assert _whose(edited)[1] == UNATTRIBUTED


def test_sides_are_set_by_folded_name() -> None:
    edited = _on(TALK, _made(TALK, Edit(kind=EditKind.SIDES, sides={"DANA (Guest)": THEIRS, "sam": OURS})))
    assert {s.name: s.side for s in edited.speakers} == {"Dana": THEIRS, "Sam": OURS, "D. Ortiz": UNKNOWN, "Speaker 1": UNKNOWN}


def test_edits_are_done_in_order_each_on_what_the_one_before_made() -> None:
    made = _made(TALK, rename("Speaker 1", "Mei"), assign(5, to="Mei"), sides(Mei=THEIRS), merge("Mei", "Sam", to="Mei Lin"))
    edited = _on(TALK, made)
    assert _whose(edited)[2:] == ["Mei Lin", "Dana", "Mei Lin", "Mei Lin"]
    assert edited.speakers[2] == Speaker(name="Mei Lin", side=THEIRS)
    assert _on(TALK, made[:-1]).speakers[2:] == (Speaker(name="Sam", side=UNKNOWN), Speaker(name="Mei", side=THEIRS))


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (rename("Speaker 1", "Dana"), "Speaker 1 is called Dana"),
        (merge("Dana", "D. Ortiz", to="Dana Ortiz"), "Dana and D. Ortiz are one: Dana Ortiz"),
        (merge("A", "B", "C", to="C"), "A, B and C are one: C"),
        (merge("D. Ortiz", to="Dana"), "D. Ortiz is Dana"),
        (assign(4, to="Dana"), "turn 4: said by Dana"),
        (assign(12, 4, 8, 9, 7, 20, 21, to="Dana"), "turns 4, 7 to 9, 12, 20 and 21: said by Dana"),
        (sides(Dana=THEIRS, Priya=OURS, Tom=OURS), "ours: Priya and Tom; theirs: Dana"),
        (Edit(kind=EditKind.SIDES), ""),
    ],
)
def test_an_edit_is_told_in_one_line(edit: Edit, told: str) -> None:
    assert edit.told() == told


@pytest.mark.parametrize("edit", [rename("Speaker 1", "Mei"), assign(1, 2, to="Mei"), sides(Sam=OURS)])
def test_edits_are_kept_as_json(edit: Edit) -> None:
    converter = make_converter()
    (kept,) = _made(TALK, edit)
    assert converter.loads(converter.dumps(kept), Edit) == kept


@pytest.mark.parametrize(
    ("edit", "error", "message", "hint"),
    [
        (
            rename("Bob", "Mei"),
            NotFound,
            "nobody in this meeting is called 'Bob'",
            "These speak: Dana, D. Ortiz, Sam, Speaker 1.",
        ),
        (rename("Dana", "Sam"), UsageError, "Sam speaks in this meeting already", "Use merge if they are one person."),
        (rename("Dana", "SAM (Guest)"), UsageError, "Sam speaks in this meeting already", "Use merge if they are one person."),
        (rename("Dana", "Dana"), UsageError, "is called that already", "These speak"),
        (rename("Dana", "  "), UsageError, "a speaker needs a name", "Give"),
        (rename("Dana", UNATTRIBUTED), UsageError, "is nobody", "Use assign"),
        (
            Edit(kind=EditKind.RENAME, names=("Dana", "Sam"), to="Mei"),
            UsageError,
            "one speaker is renamed at a time",
            "Use merge",
        ),
        (merge("Dana", to="Dana"), UsageError, "it takes two", "These speak"),
        (merge("Dana", to="Mei"), UsageError, "it takes two", "These speak"),
        (merge(to="Mei"), UsageError, "it takes two", "These speak"),
        (merge("Dana", "Bob", to="Dana"), NotFound, "nobody in this meeting is called 'Bob'", "These speak"),
        (assign(6, to="Mei"), UsageError, "there is no turn 6", "Turns count from 0 to 5."),
        (assign(-1, to="Mei"), UsageError, "there is no turn -1", "Turns count from 0 to 5."),
        (assign(to="Mei"), UsageError, "no turn is named", "Turns count"),
        (assign(1, to=""), UsageError, "a speaker needs a name", "Give"),
        (
            Edit(kind=EditKind.ASSIGN, to="Mei", turns=(AssignedTurn(ordinal=1, text="No."),)),
            UsageError,
            "turn 1 has other words by now",
            "Look",
        ),
        (sides(Bob=OURS), NotFound, "nobody in this meeting is called 'Bob'", "These speak"),
        (sides(), UsageError, "no side is named", "These speak"),
    ],
)
def test_an_edit_that_makes_no_sense_is_refused_with_the_next_step(
    edit: Edit, error: type[AnalyzerError], message: str, hint: str
) -> None:
    with pytest.raises(error) as raised:
        check(_people(TALK), _said(TALK), edit)
    assert message in raised.value.message
    assert hint in raised.value.hint


def test_a_name_that_fits_two_is_refused_and_the_exact_one_is_not() -> None:
    talk = [("Dana (Acme)", "Hi."), ("Dana (Bolt)", "Hi."), ("Sam", "Hi.")]
    with pytest.raises(UsageError, match=r"'Dana' fits Dana \(Acme\), Dana \(Bolt\)"):
        check(_people(talk), _said(talk), rename("Dana", "Mei"))
    check(_people(talk), _said(talk), rename("Dana (Bolt)", "Mei"))
    assert _on(talk, [rename("Dana", "Mei")]).missed == ("'Dana' fits Dana (Acme), Dana (Bolt) here",)


def test_words_of_nobody_are_not_one_voice() -> None:
    talk = [(UNATTRIBUTED, "Hi."), ("Sam", "Hi.")]
    for edit in (rename(UNATTRIBUTED, "Mei"), merge(UNATTRIBUTED, "Sam", to="Sam")):
        with pytest.raises(UsageError, match="is nobody"):
            check(_people(talk), _said(talk), edit)


# The same meeting in another reading: other cuts, other spellings, corrected words.


def test_names_are_found_in_other_spellings() -> None:
    made = _made(TALK, rename("Dana", "Dana Ort\u00edz"), sides(Sam=OURS))
    edited = _on([("DANA (Guest)", "Shall we begin?"), ("Lee, Sam", "No."), ("sam", "Yes.")], made)
    assert _whose(edited) == ["Dana Ort\u00edz", "Lee, Sam", "sam"]
    assert edited.speakers[2].side is OURS


def test_a_reading_that_has_the_new_names_already_is_left_alone() -> None:
    made = _made(TALK, rename("Dana", "Dana Ortiz"))
    edited = _on([("Dana Ortiz", "Shall we begin?"), ("Sam", "No.")], made)
    assert (_whose(edited), edited.missed) == (["Dana Ortiz", "Sam"], ())


def test_a_rename_never_makes_two_speakers_one() -> None:
    edited = _on([("Dana", "Hi."), ("Dana Ortiz", "Hello.")], _made(TALK, rename("Dana", "Dana Ortiz")))
    assert _whose(edited) == ["Dana", "Dana Ortiz"]
    assert edited.missed == ("Dana keeps that name: somebody is called Dana Ortiz here too; merge them if they are one",)


def test_a_merge_gives_its_name_to_whoever_of_them_is_there() -> None:
    made = _made(TALK, merge("Dana", "D. Ortiz", to="Dana Ortiz"))
    assert _whose(_on([("d. ortiz", "Hi."), ("Sam", "Hi.")], made)) == ["Dana Ortiz", "Sam"]
    assert _on([("Sam", "Hi.")], made).missed == ("nobody here is called Dana, D. Ortiz, so nobody is called Dana Ortiz either",)


def test_a_numbered_voice_is_only_taken_for_the_same_if_it_says_the_same() -> None:
    made = _made(TALK, rename("Speaker 1", "Mei"))
    other = [("Speaker 1", "Shall we begin?"), ("Speaker 2", TALK[4][1]), ("Speaker 1", TALK[5][1])]
    edited = _on(other, made)
    assert _whose(edited) == ["Speaker 1", "Speaker 2", "Speaker 1"]
    assert edited.missed == ("Speaker 1 may be another voice here: it does not say what it said before",)
    same = [("Speaker 2", "Shall we begin?"), ("Speaker 1", TALK[4][1])]
    assert _whose(_on(same, made)) == ["Speaker 2", "Mei"]


def test_a_few_turns_tell_a_numbered_voice() -> None:
    talk = [("Speaker 1", f"I said number {n}.") for n in range(40)]
    (made,) = _made(talk, rename("Speaker 1", "Mei"))
    assert len(made.turns) == 5
    assert _made(TALK, rename("Dana", "Mei"))[0].turns == ()


FOUND = {
    "as it was, elsewhere": ([("Ann", "Hello all."), ("Sam", "So."), *TALK[1:]], {5}),
    "written otherwise": ([*TALK[:4], ("Sam", "the BOARD asked, um, for the report by friday as far as i know")], {4}),
    "cut in two": (
        [*TALK[:4], ("X", "The board asked for the report"), ("X", "by Friday, as far as I know."), *TALK[5:]],
        {4, 5},
    ),
    "cut, and partly theirs": (
        [*TALK[:4], ("X", "The board asked for the report"), ("Mei", "by Friday, as far as I know.")],
        {4, 5},
    ),
    "one word corrected": ([*TALK[:4], ("X", "The board asked for a report by Friday, as far as I know."), *TALK[5:]], {4}),
}


@pytest.mark.parametrize("case", FOUND)
def test_an_assigned_turn_is_found_by_its_words(case: str) -> None:
    said, where = FOUND[case]
    edited = _on(said, _made(TALK, assign(4, to="Mei")))
    assert {at for at, who in enumerate(_whose(edited)) if who == "Mei"} == where
    assert edited.missed == ()


LOST = {
    "joined with words of another": [*TALK[:4], ("Sam", f"{TALK[4][1]} {TALK[5][1]}")],
    "cut between two voices": [*TALK[:4], ("X", "The board asked for the report"), ("Y", "by Friday, as far as I know.")],
    "with something more at its end": [*TALK[:4], ("X", f"{TALK[4][1]} No."), *TALK[5:]],
    "with something more at its start": [*TALK[:4], ("X", f"No. {TALK[4][1]}"), *TALK[5:]],
    "not there": TALK[:4],
    "another meeting": [
        ("Dana", "One."),
        ("Sam", "Two."),
        ("Dana", "Three."),
        ("Sam", "Four."),
        ("Dana", "Five."),
        ("Sam", "Six."),
    ],
}


@pytest.mark.parametrize("case", LOST)
def test_an_assigned_turn_that_is_not_there_for_sure_is_missed(case: str) -> None:
    edited = _on(LOST[case], _made(TALK, assign(4, to="Mei")))
    assert "Mei" not in _whose(edited)
    told = (
        "turn 4 (The board asked for the report by Friday, ...) is not given to Mei: it cannot be found for sure in this reading"
    )
    assert edited.missed == (told,)


def test_a_word_that_is_said_in_many_places_is_told_by_the_words_around_it() -> None:
    made = _made(TALK, assign(3, to="Mei"))
    shifted = [("Ann", "Hello."), ("Ann", "Hello everybody."), *TALK]
    assert _whose(_on(shifted, made)).index("Mei") == 5
    without = [turn for at, turn in enumerate(shifted) if at != 5]
    assert "Mei" not in _whose(_on(without, made)), "the other Yes is not taken for it"


def test_the_same_answer_close_by_is_not_taken_for_one_that_was_corrected() -> None:
    talk = [
        ("Ann", "Shall we begin?"),
        ("Dana", "Yes."),
        ("Ann", "You too?"),
        ("Sam", "Yes."),
        ("Ann", "Good, so the spring it is."),
    ]
    corrected = [*talk[:3], ("Sam", "Yeah."), *talk[4:]]
    assert "Mei" not in _whose(_on(corrected, _made(talk, assign(3, to="Mei"))))
    assert _whose(_on(corrected, _made(talk, assign(1, to="Mei"))))[1] == "Mei"


def test_turns_that_another_reading_joins_are_found_together() -> None:
    joined = [*TALK[:2], ("Sam", f"{TALK[2][1]} {TALK[3][1]}"), *TALK[4:]]
    assert _whose(_on(joined, _made(TALK, assign(2, 3, to="Mei")))) == ["Dana", "D. Ortiz", "Mei", "Speaker 1", "Sam"]
    assert "Mei" not in _whose(_on(joined, _made(TALK, assign(2, to="Mei"))))


def test_of_words_repeated_without_end_none_is_taken_for_another() -> None:
    loop = [("Sam" if n % 2 else "Dana", "Thank you.") for n in range(60)]
    made = _made(loop, assign(30, to="Mei"))
    assert [at for at, who in enumerate(_whose(_on(loop, made))) if who == "Mei"] == [30]
    assert "Mei" not in _whose(_on([("Ann", "Well then, let us go."), *loop], made))


def test_turns_without_words_are_found_in_their_old_place() -> None:
    talk = [("Dana", "\U0001f44d"), ("Dana", "..."), ("Dana", "Um."), ("Dana", "...")]
    assert _whose(_on(talk, _made(talk, assign(0, 2, 3, to="Mei")))) == ["Mei", "Dana", "Mei", "Mei"]


def test_corrected_and_cut_anew_nobody_gets_words_that_were_not_given_to_them() -> None:
    chance = random.Random(11)  # noqa: S311 the same changes every time
    for path in sorted((Path(__file__).parents[2] / "benchmarks" / "meetings").glob("*.json")):
        said = [(t["speaker"], t["text"]) for t in json.loads(path.read_text("utf-8"))["turns"]]
        given = set(chance.sample(range(len(said)), len(said) // 4))
        (edit,) = _made(said, assign(*given, to="New"))
        fresh: list[tuple[str, str]] = []
        origins: list[set[int]] = []
        for at, (who, text) in enumerate(said):
            words = [
                "corrected" if chance.random() < 0.03 else word
                for word in text.split()
                if word.lower() not in {"um,", "er,", "uh,"}
            ]
            if fresh and fresh[-1][0] == who and chance.random() < 0.5:
                fresh[-1] = (who, f"{fresh[-1][1]} {' '.join(words)}")
                origins[-1].add(at)
            elif len(words) > 12 and chance.random() < 0.3:
                fresh += [(who, " ".join(words[:6])), (who, " ".join(words[6:]))]
                origins += [{at}, {at}]
            else:
                fresh.append((who, " ".join(words)))
                origins.append({at})
        got = [origin for origin, who in zip(origins, _whose(_on(fresh, [edit])), strict=True) if who == "New"]
        assert all(origin <= given for origin in got), path.stem
        assert len(set().union(*got)) > 0.7 * len(given), path.stem


# Whatever the meeting and whatever the edits.

NAMES = st.sampled_from(["Dana", "dana", "DANA (Guest)", "Sam", "Lee, Sam", "Speaker 1", "@1", "Mei", UNATTRIBUTED])
TEXTS = st.lists(st.sampled_from(["yes", "no.", "um", "we", "go", "...", "\u306f\u3044"]), min_size=1, max_size=4).map(" ".join)
TALKS = st.lists(st.tuples(NAMES, TEXTS), min_size=1, max_size=12)
EDITS = st.one_of(
    st.builds(rename, NAMES, NAMES),
    st.builds(lambda names, to: merge(*names, to=to), st.lists(NAMES, max_size=3), NAMES),
    st.builds(lambda turns, to: assign(*turns, to=to), st.lists(st.integers(0, 12), max_size=4), NAMES),
    st.builds(lambda on: Edit(kind=EditKind.SIDES, sides=on), st.dictionaries(NAMES, st.sampled_from(Side), max_size=3)),
)


def _kept(said: Said, wished: Sequence[Edit]) -> tuple[Edit, ...]:
    """Those of the wished edits that make sense, as they are kept."""
    kept: tuple[Edit, ...] = ()
    for edit in wished:
        now = _on(said, kept)
        try:
            check(now.speakers, now.utterances, edit)
        except AnalyzerError:
            continue
        kept = (*kept, noted(now.utterances, edit))
    return kept


@given(TALKS, st.lists(EDITS, max_size=5), TALKS)
def test_no_edit_touches_a_word_on_any_reading(said: Said, wished: Sequence[Edit], other: Said) -> None:
    for edits in (wished, _kept(said, wished)):
        for reading in (said, other):
            edited = _on(reading, edits)
            assert [replace(u, speaker="") for u in edited.utterances] == [replace(u, speaker="") for u in _said(reading)]
            assert [s.name for s in edited.speakers] == list(dict.fromkeys(_whose(edited)))


@given(TALKS, st.lists(EDITS, max_size=5))
def test_edits_that_make_sense_are_all_done_on_their_own_reading_and_undone_by_leaving_the_last(
    said: Said, wished: Sequence[Edit]
) -> None:
    kept = _kept(said, wished)
    before = _on(said, ())
    for at, edit in enumerate(kept, 1):
        edited = _on(said, kept[:at])
        assert edited.missed == ()
        assert edited == _on(said, kept[:at])
        if edit.kind is EditKind.ASSIGN:
            given = {turn.ordinal for turn in edit.turns}
            moved = {n for n, (old, new) in enumerate(zip(_whose(before), _whose(edited), strict=True)) if old != new}
            assert moved <= given
            assert len({_whose(edited)[n] for n in given}) == 1
        before = edited


@given(TALKS, st.data())
def test_cut_anew_no_word_is_given_that_was_not_given_before(said: Said, data: st.DataObject) -> None:
    given = data.draw(st.sets(st.integers(0, len(said) - 1), min_size=1))
    said = [(who, f"w{at} {text}" if data.draw(st.booleans()) else text) for at, (who, text) in enumerate(said)]
    (edit,) = _made(said, assign(*given, to="New"))
    whole = [(at, word) for at, (_, text) in enumerate(said) for word in text.split()]
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(whole) - 1)), max_size=8)) | {0, len(whole)})
    stretches = [whole[a:b] for a, b in pairwise(cuts)]
    other = [("Dana", " ".join(word for _, word in stretch)) for stretch in stretches if stretch]
    for stretch, who in zip(filter(None, stretches), _whose(_on(other, [edit])), strict=True):
        if who == "New":
            heavy = [at for at, word in stretch if words_in(word) and word != "um"]
            assert set(heavy) <= given
