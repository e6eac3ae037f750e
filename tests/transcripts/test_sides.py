"""Who is ours and who is theirs."""

import pytest

from analyzer.errors import UsageError
from analyzer.model.meetings import Side
from analyzer.practice import Person, Practice
from analyzer.transcripts.base import UNATTRIBUTED
from analyzer.transcripts.sides import assign

NOBODY = Practice(name="")
STUDIO = Practice(name="Studio", people=(Person(name="Priya Raman", aliases=("Pri",)), Person(name="Tom Ellery")))
OURS, THEIRS, UNKNOWN = Side.OURS, Side.THEIRS, Side.UNKNOWN


def _sides(names: list[str], practice: Practice, **known: list[str]) -> list[Side]:
    return [speaker.side for speaker in assign(names, practice=practice, **known)]  # type: ignore[arg-type]  # three lists of names


def test_nobody_known_to_be_ours_leaves_everybody_unknown() -> None:
    assert _sides(["Dana", "Sam"], NOBODY) == [UNKNOWN, UNKNOWN]
    assert _sides(["Dana", "Sam"], STUDIO) == [UNKNOWN, UNKNOWN]
    assert _sides(["Dana", "Sam"], STUDIO, declared_them=["Dana"]) == [UNKNOWN, UNKNOWN]


def test_the_people_of_the_practice_are_ours_and_the_rest_theirs() -> None:
    assert _sides(["Dana", "PRI", "Ellery, Tom (Studio)"], STUDIO) == [THEIRS, OURS, OURS]


def test_names_given_are_matched_without_case_and_accents() -> None:
    assert _sides(["Jos\u00e9 \u00c1lvarez (Guest)", "Dana"], NOBODY, us=["jose alvarez"]) == [OURS, THEIRS]


def test_a_person_of_the_practice_is_never_theirs_because_somebody_else_was_named() -> None:
    assert _sides(["Priya Raman", "Bea", "Dana"], STUDIO, us=["Bea"]) == [OURS, OURS, THEIRS]


def test_a_name_given_stands_for_every_name_of_that_person() -> None:
    assert _sides(["Pri", "Dana"], STUDIO, us=["Priya Raman"]) == [OURS, THEIRS]


def test_the_file_itself_may_say_who_is_ours() -> None:
    assert _sides(["Dana", "Sam", "Mei"], NOBODY, declared_us=["sam"]) == [THEIRS, OURS, THEIRS]


def test_what_the_file_says_wins_over_the_practice_and_what_the_user_says_over_both() -> None:
    names = ["Tom Ellery", "Sam"]
    assert _sides(names, STUDIO, declared_us=["Sam"], declared_them=["Tom Ellery"]) == [THEIRS, OURS]
    assert _sides(names, STUDIO, us=["Tom Ellery"], declared_us=["Sam"], declared_them=["Tom Ellery"]) == [OURS, OURS]


def test_a_name_that_nobody_bears_is_an_error_naming_the_speakers() -> None:
    with pytest.raises(UsageError, match="nobody called 'Bob' speaks in this meeting") as error:
        assign(["Dana", UNATTRIBUTED, "Sam"], practice=STUDIO, us=["Bob"])
    assert error.value.hint == "These speak: Dana, Sam."


def test_words_without_a_speaker_and_voices_of_a_room_stay_unknown() -> None:
    assert _sides(["Priya Raman", UNATTRIBUTED, "@1", "Dana"], STUDIO) == [OURS, UNKNOWN, UNKNOWN, THEIRS]
    with pytest.raises(UsageError):
        assign([UNATTRIBUTED], practice=STUDIO, us=[UNATTRIBUTED])


def test_speakers_come_once_in_order_with_their_roles() -> None:
    speakers = assign(["Dana", "Sam", "Dana"], practice=NOBODY, roles={"DANA": "CEO"})
    assert [(s.name, s.role) for s in speakers] == [("Dana", "CEO"), ("Sam", "")]
