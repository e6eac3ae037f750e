"""What is taken for a speaker's name, and what is not."""

import pytest

from analyzer.errors import Refused
from analyzer.transcripts.base import UNATTRIBUTED
from analyzer.transcripts.notation.names import Shape, shape, split_label
from analyzer.transcripts.reading import read_file

NAMES = [
    "Dana Ortiz",
    "Dana's iPhone",
    "Garc\u00eda, Eva (Contractor)",
    "Ludwig van der Berg",
    "O'Brien",
    "d'Angelo Rossi",
    "Speaker 1",
    "SPEAKER_00",
    "Conference Room 3B",
    "+44 20 7946 0018",
    "Call-in User 1",
    "A.J. Lopez",
    "Dr. Brown",
    "Dana & Sam",
    "P",
    "A",
    "\u7530\u4e2d",
    "\u30a2\u30ec\u30af\u30b5\u30f3\u30c0\u30fc\u30fb\u30b9\u30df\u30b9",
    "\u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440\u043e\u0432",
    "\u05d3\u05e0\u05d4 \u05dc\u05d5\u05d9",
    "\u0645\u0631\u064a\u0645",
]
NOT_NAMES = [
    "Note",
    "Summary",
    "ACTION ITEMS",
    "http",
    "https",
    "Remember",
    "The question was",
    "the question was",
    "So here is the thing",
    "Step 2",
    "Question 3",
    "We agreed that Dana",
    "Number one don't",
    "10",
    "2026-03-04 10",
    "Is it Dana? Dana",
    "Done. next",
    "What Dana wants",
    "One two three four five six seven",
    "",
    "...",
]


@pytest.mark.parametrize("label", NAMES)
def test_names_of_people_rooms_and_telephones_have_the_shape_of_a_name(label: str) -> None:
    assert shape(label) is Shape.NAME


@pytest.mark.parametrize(
    "name",
    [
        "THE CHAIR",
        "Dana Ortiz | Northgate",
        "Dana (she/her)",
        "\u10d2\u10d8\u10dd\u10e0\u10d2\u10d8",
        "Ana \U0001f600",
        "Unknown speaker",
    ],
)
def test_names_that_programs_write_are_names_too(name: str) -> None:
    assert shape(name) is Shape.NAME


@pytest.mark.parametrize(
    "name", ["So Young Kim", "My Tran", "The Chair", "AS", "You", "dana ortiz", "@dana", "dana@northgate.example"]
)
def test_names_that_may_be_something_else_have_to_come_again(name: str) -> None:
    assert shape(name) is Shape.HANDLE
    assert _read(f"Sam: Hello.\n{name}: One.\nSam: Two.\n{name}: Three.\n")[1] == (name, "One.")


@pytest.mark.parametrize("label", NOT_NAMES)
def test_headings_and_sentences_have_not(label: str) -> None:
    assert shape(label) is Shape.NO


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        ("Dana: Hello: there", "Dana", "Hello: there"),
        ("Dana  Ortiz :Hello", None, None),
        ("Dana Ortiz : Hello", "Dana Ortiz", "Hello"),
        ("Dana (0:04): Hello", "Dana", "Hello"),
        ("\u7530\u4e2d:\u306f\u3044", "\u7530\u4e2d", "\u306f\u3044"),
        ("\u7530\u4e2d\uff1a\u306f\u3044", "\u7530\u4e2d", "\u306f\u3044"),
        ("http://example.com: x", None, None),
        ("At 10:30 we meet", None, None),
        ("Dana:", "Dana", ""),
        ("[Dana Ortiz]: Hello", "Dana Ortiz", "Hello"),
        ("Dana Ortiz *(0:04 PM)*: Hello", "Dana Ortiz", "Hello"),
        ("[Summary]: Hello", None, None),
    ],
)
def test_a_label_ends_at_the_first_colon_that_ends_a_word(line: str, name: str | None, rest: str | None) -> None:
    label = split_label(line)
    assert (label.name, label.rest) == (name, rest) if label else name is None


def _read(text: str) -> list[tuple[str, str]]:
    return [(u.speaker, u.text) for u in read_file("x", text.encode()).utterances]


def test_a_word_with_a_colon_in_captions_without_names_is_no_speaker() -> None:
    cues = "".join(f"00:0{n}.000 --> 00:0{n}.900\n{'Reason: ' if n == 5 else ''}word {n}\n\n" for n in range(1, 9))
    assert {speaker for speaker, _ in _read("WEBVTT\n\n" + cues)} == {UNATTRIBUTED}


def test_a_cue_without_a_name_is_nobodys_where_most_have_one() -> None:
    named = "".join(
        f"00:0{n}.000 --> 00:0{n}.900\n{who}word {n}\n\n" for n, who in enumerate(["Dana: ", "Sam: ", "", "Dana: "], 1)
    )
    assert _read("WEBVTT\n\n" + named) == [("Dana", "word 1"), ("Sam", "word 2"), (UNATTRIBUTED, "word 3"), ("Dana", "word 4")]


def test_a_cue_without_a_name_goes_on_where_names_come_at_a_change() -> None:
    whos = ["Dana: ", "", "", "Sam: ", "", "", ""]
    cues = "".join(f"00:0{n}.000 --> 00:0{n}.900\n{who}word {n}\n\n" for n, who in enumerate(whos, 1))
    assert _read("WEBVTT\n\n" + cues) == [("Dana", "word 1 word 2 word 3"), ("Sam", "word 4 word 5 word 6 word 7")]


def test_lower_case_handles_are_speakers_where_every_line_has_one() -> None:
    assert _read("dana: hi\nsam: hello\ndana: bye\nsam: ok\n")[1] == ("sam", "hello")


def test_client_and_consultant_may_be_the_names_of_those_who_speak() -> None:
    text = "Client: Hello.\nConsultant: Hello.\nClient: Shall we?\nConsultant: Yes.\n"
    assert _read(text)[0] == ("Client", "Hello.")


def test_a_client_named_once_above_the_speech_is_a_field() -> None:
    transcript = read_file("x", b"Client: Northgate\nDate: 4 March 2026\n\nDana: Hello.\nSam: Hi.\nDana: So.\n")
    assert transcript.client == "Northgate"
    assert transcript.speakers == ("Dana", "Sam")


def test_a_summary_is_never_speech_even_when_it_has_names() -> None:
    text = "Transcript\n\nDana: Hello.\nSam: Hi.\n\nSummary\n\nDana: is aligned.\nSam: agrees.\n"
    transcript = read_file("x", text.encode())
    assert [u.text for u in transcript.utterances] == ["Hello.", "Hi."]
    assert transcript.dropped["lines of notes"] == 3
    assert "what stands under 'Summary' is not speech and was left out" in transcript.warnings


@pytest.mark.parametrize(
    "label",
    [
        *["INFO", "Problem", "Decision", "Discussion", "Ort", "Teilnehmer", "Lieu", "Uczestnicy", "\u0414\u0430\u0442\u0430"],
        *["\u65e5\u6642", "\u5834\u6240", "\u05e0\u05d5\u05e9\u05d0", "MIME-Version", "Ma\u00dfnahmen", "port"],
    ],
)
def test_fields_topics_and_levels_are_no_names(label: str) -> None:
    assert shape(label) is Shape.NO


@pytest.mark.parametrize("label", ["Host", "Sales", "Grace", "Will", "May", "Price", "Day"])
def test_words_that_are_roles_or_surnames_too_may_be_names(label: str) -> None:
    assert shape(label) is Shape.NAME


@pytest.mark.parametrize(
    "who",
    [
        "Dana Ortiz?",
        "Dana Ortiz <dana@northgate.com>",
        "1st Caller",
        "\u201cDee\u201d Ortiz",
        "Dana; Northgate",
        "#1",
        "Anna % B",
    ],
)
def test_a_name_with_something_beside_it_is_a_speaker(who: str) -> None:
    """Else the words would be put on whoever spoke before."""
    text = f"{who}: We want it in May.\nPriya: Good.\n{who}: Our chief will be let go.\nPriya: I see.\n"
    said = read_file("x.txt", text.encode()).utterances
    assert [(u.speaker, u.text) for u in said][::2] == [(who, "We want it in May."), (who, "Our chief will be let go.")]


def test_what_comes_again_before_a_colon_and_can_be_no_name_is_refused_and_not_put_on_somebody_else() -> None:
    text = "Is it {her}: We want it.\nPriya: Good.\nIs it {her}: Our chief goes.\nPriya: I see.\nSam: So.\n"
    with pytest.raises(Refused, match="again and again"):
        read_file("x.txt", text.encode())
