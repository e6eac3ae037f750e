"""Timed captions: what belongs to a cue, who says it, and what is left out and counted."""

import pytest

from analyzer.errors import Refused
from analyzer.transcripts.base import UNATTRIBUTED, Transcript
from analyzer.transcripts.reading import read_file

MUCH = "and so on, and on, with so many words that what is lost beside them does not count for much at all"


def _vtt(*cues: str, head: str = "WEBVTT\n\n") -> Transcript:
    """Cues a second apart."""
    return read_file("x", (head + "".join(f"00:{n:02}.000 --> 00:{n:02}.900\n{cue}\n\n" for n, cue in enumerate(cues))).encode())


def _said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(u.speaker, u.text) for u in transcript.utterances]


@pytest.mark.parametrize("mark", ["-->", " --> ", "\t-->  "])
@pytest.mark.parametrize("stamp", ["0:0:5.100", "00:05.100", "00:00:05,100", "0:05.1", "000:00:05.1000"])
def test_times_without_padding_or_hours_or_with_a_comma_are_read(stamp: str, mark: str) -> None:
    (turn,) = read_file("x", f"WEBVTT\n\n{stamp}{mark}00:06.000 align:start\nDana: Hi.\n".encode()).utterances
    assert (turn.start, turn.end) == (5.1, 6.0)


def test_tags_that_are_all_closed_may_stand_within_each_other() -> None:
    assert _said(_vtt("<v Dana>One <v Sam>two</v> three</v> four")) == [
        ("Dana", "One"),
        ("Sam", "two"),
        ("Dana", "three"),
        (UNATTRIBUTED, "four"),
    ]


def test_where_a_tag_is_not_closed_the_next_ends_it_and_nobody_goes_on_after_that() -> None:
    assert _said(_vtt("<v Dana>One <v Sam>two</v> three")) == [("Dana", "One"), ("Sam", "two"), (UNATTRIBUTED, "three")]


@pytest.mark.parametrize("tag", ["<v>", "<v ->", "<v Unknown>", "<v   >", "<v.loud>"])
def test_a_tag_that_names_nobody_is_nobodys(tag: str) -> None:
    assert _said(_vtt(f"{tag}Hello.</v>")) == [(UNATTRIBUTED, "Hello.")]


def test_names_have_their_entities_read_before_they_are_judged() -> None:
    assert _said(_vtt("R&amp;D Team: Hello.", "Jos&#233;: &lt;Hi&gt;."))[0] == ("R&D Team", "Hello.")
    assert _said(_vtt("<v O&apos;Brien, Pat>Hi, <b>AT&T</b>.</v>")) == [("O'Brien, Pat", "Hi, AT&T.")]


def test_escaped_tags_in_the_words_are_words() -> None:
    assert _said(_vtt("<v Dana>Write &lt;v Sam&gt; there.</v>")) == [("Dana", "Write <v Sam> there.")]


def test_a_comment_without_an_end_ends_at_the_next_times() -> None:
    transcript = _vtt("Dana: Hi.", "Sam: Hello.", head="WEBVTT\n\nSTYLE\n::cue {\n\ncolor: red\n}\n\nNOTE\nDana: no speech\n")
    assert _said(transcript) == [("Dana", "Hi."), ("Sam", "Hello.")]
    assert transcript.coverage == 1.0


def test_what_stands_directly_above_the_times_after_an_empty_line_is_the_name_of_a_cue_and_no_speech() -> None:
    words = f"00:01.000 --> 00:02.000\nDana: {MUCH}\n\nThe second part\n00:03.000 --> 00:04.000\nSam: {MUCH}\n\n"
    empty = "00:05.000 --> 00:06.000\n\n3 - the last part\n00:07.000 --> 00:08.000\nSam: Bye.\n"
    transcript = read_file("x", f"WEBVTT\n\nThe first part\n{words}{empty}".encode())
    assert _said(transcript) == [("Dana", MUCH), ("Sam", f"{MUCH} Bye.")]
    assert transcript.dropped == {"titles of captions": 3}


def test_words_directly_below_the_times_are_no_comment() -> None:
    assert _said(_vtt("NOTE THAT WE AGREED", "Dana: Hi.", "NOTE\nWELL"))[0] == (UNATTRIBUTED, "NOTE THAT WE AGREED")


def test_words_between_empty_lines_are_counted_as_lost() -> None:
    words = f"00:01.000 --> 00:02.000\nDana: {MUCH}\n\nAnd one thing more\n\n00:03.000 --> 00:04.000\nSam: {MUCH}\n\n"
    transcript = read_file("x", f"WEBVTT\n\n{words}".encode())
    assert transcript.dropped == {"lines without a time": 1}
    assert transcript.coverage < 1


def test_words_above_the_times_of_srt_are_counted_as_lost_unless_every_cue_has_such_a_line() -> None:
    cues = [f"{n}\n00:0{n},000 --> 00:0{n},900\nDana: {MUCH}\n\n" for n in (1, 2, 3)]
    words = f"{cues[0]}and one thing more\n00:04,000 --> 00:05,000\nSam: {MUCH}\n"
    assert read_file("x", words.encode()).dropped == {"lines without a time": 1}
    named = "".join(cue.replace(cue[0], f"The part {cue[0]}", 1) for cue in cues)
    assert read_file("x", named.encode()).dropped == {"titles of captions": 3}


def test_a_number_that_is_not_the_next_is_spoken() -> None:
    (turn,) = read_file(
        "x", b"WEBVTT\n\n1\n00:01.000 --> 00:02.000\nDana: I said\n7\n00:02.000 --> 00:03.000\nDana: times.\n"
    ).utterances
    assert turn.text == "I said 7 times."


def test_names_on_lines_of_their_own_are_read_at_low_confidence() -> None:
    transcript = _vtt("Dana Ortiz\nOne.", "Sam Lee\nTwo.", "Dana Ortiz\nThree.", "Sam Lee\nFour.")
    assert _said(transcript) == [("Dana Ortiz", "One."), ("Sam Lee", "Two."), ("Dana Ortiz", "Three."), ("Sam Lee", "Four.")]
    assert transcript.confidence == "low"


@pytest.mark.parametrize(
    "cues",
    [
        ["Good Morning\nall of you.", "Big Plans\nhave we.", "Small Steps\nalso.", "More Work\nto come."],
        ["Dana Ortiz\nOne.", "Sam Lee\nTwo.", "Not a name, but\nwords.", "No\nname", "Dana Ortiz\nis here."],
        ["Dana Ortiz", "Sam Lee", "Dana Ortiz", "Sam Lee"],
    ],
)
def test_first_lines_that_only_look_like_names_are_words(cues: list[str]) -> None:
    assert {speaker for speaker, _ in _said(_vtt(*cues))} == {UNATTRIBUTED}


def test_a_mark_of_another_speaker_ends_what_the_one_before_says() -> None:
    transcript = _vtt(
        ">> DANA: One", "two", "three", ">> What?", "four", ">> DANA: five", "- Yes.\n- No.", "six", "seven", "eight"
    )
    assert _said(transcript) == [
        ("DANA", "One two three"),
        (UNATTRIBUTED, "What? four"),
        ("DANA", "five"),
        (UNATTRIBUTED, "- Yes. - No. six seven eight"),
    ]


def test_cues_of_two_who_speak_at_once_stay_apart_and_in_order() -> None:
    cues = [("05.000", "09.000", "Dana", "Long."), ("06.000", "07.000", "Sam", "Mm."), ("04.500", "05.000", "Sam", "So?")]
    vtt = "".join(f"00:{start} --> 00:{end}\n<v {who}>{text}</v>\n\n" for start, end, who, text in cues)
    transcript = read_file("x", f"WEBVTT\n\n{vtt}".encode())
    assert [(u.speaker, u.start) for u in transcript.utterances] == [("Sam", 4.5), ("Dana", 5), ("Sam", 6)]
    assert transcript.warnings == ("cues out of order, put in the order of their times: 1",)


def test_a_second_recording_in_the_same_file_is_not_shuffled_into_the_first() -> None:
    first = "00:00.000 --> 00:02.000\nDana: One.\n\n05:02.000 --> 05:03.000\nSam: Two.\n\n"
    second = first.replace("One", "Three").replace("Two", "Four")
    transcript = read_file("x", f"WEBVTT\n\n{first}{second}".encode())
    assert [u.text for u in transcript.utterances] == ["One.", "Two.", "Three.", "Four."]
    assert transcript.dropped["times out of order"] == 1


def test_what_video_sites_roll_up_is_taken_once() -> None:
    shown = [
        "00:00.160 --> 00:02.389\n \nhello<00:00:00.480><c> all</c>",
        "00:02.389 --> 00:02.399\nhello all\n ",
        "00:02.399 --> 00:04.500\nhello all\nto<00:00:02.600><c> the</c><00:00:02.800><c> show</c>",
        "00:04.500 --> 00:04.510\nto the show\n ",
        "00:04.510 --> 00:06.000\nto the show\n[Music]",
    ]
    (turn,) = read_file("x", ("WEBVTT\nKind: captions\n\n" + "\n\n".join(shown)).encode()).utterances
    assert turn.text == "hello all to the show"
    assert [cue.start for cue in turn.cues] == [0.16, 2.399]


def test_a_timed_file_of_words_without_times_is_refused() -> None:
    with pytest.raises(Refused, match="could be put in their place"):
        read_file("x", b"WEBVTT\n\n00:01.000 --> 00:02.000\nDana: Hi.\n\nSam: said this.\n\nDana: and that.\n")


def test_two_who_answer_each_other_in_one_cue_are_told_apart() -> None:
    cues = ["- Dana: Hello.\n- Sam: Hi.", "- Dana: So.\n- Sam: What?"]
    assert _said(_vtt(*cues)) == [("Dana", "Hello."), ("Sam", "Hi."), ("Dana", "So."), ("Sam", "What?")]


WEBEX = [
    ('1 "Dana Ortiz" (1184526)', "The board asked."),
    ('2 "Sam Lee" (2291)', "Budget: ten million."),
    ('3 "" (0)', "Mhm."),
    ("4", "Who?"),
    ('5 "Dana "Dee" Ortiz" (1184526)', "Budget: what for?"),
]


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_names_in_ids_hold_though_some_ids_have_none(gap: str) -> None:
    cues = [f"{id_}\n00:0{n}.000 --> 00:0{n}.900\n{text}{gap}" for n, (id_, text) in enumerate(WEBEX)]
    transcript = read_file("x", f"WEBVTT\n\n{''.join(cues)}".encode())
    assert _said(transcript) == [
        ("Dana Ortiz", "The board asked."),
        ("Sam Lee", "Budget: ten million."),
        (UNATTRIBUTED, "Mhm. Who?"),
        ('Dana "Dee" Ortiz', "Budget: what for?"),
    ]
    assert transcript.coverage == 1


def test_where_names_stand_only_at_a_change_a_cue_without_one_goes_on_and_it_is_said_that_this_is_a_guess() -> None:
    transcript = _vtt("Dana: One.", "Two.", "Sam: Three.", "Four.", "Dana: So: five.")
    assert _said(transcript) == [("Dana", "One. Two."), ("Sam", "Three. Four."), ("Dana", "So: five.")]
    assert transcript.confidence == "medium"
    assert transcript.warnings == ("captions without a name, taken for the speaker's before them: 2",)


def test_where_somebody_is_named_twice_in_a_row_a_cue_without_a_name_is_nobodys() -> None:
    transcript = _vtt("Dana: One.", "Dana: Two.", "Three.", "Sam: Four.", "Five.", "Dana: Six.")
    assert [speaker for speaker, _ in _said(transcript)] == ["Dana", UNATTRIBUTED, "Sam", UNATTRIBUTED, "Dana"]
    assert transcript.confidence == "high"


def test_where_a_single_cue_has_no_name_nobody_knows_whose_it_is() -> None:
    transcript = _vtt("Dana: One.", "Two.", "Sam: Three.", "Dana: Four.")
    assert [speaker for speaker, _ in _said(transcript)] == ["Dana", UNATTRIBUTED, "Sam", "Dana"]
    assert transcript.confidence == "medium"


@pytest.mark.parametrize("headed", ["(SAM) Two.", "[Sam Lee] Two.", "(SAM)\nTwo."])
def test_a_name_in_brackets_ends_what_the_one_before_says(headed: str) -> None:
    transcript = _vtt("Dana: One.", headed, "Sam Lee: Three.", "Four.", "Dana: Five.", "Six.")
    assert [speaker for speaker, _ in _said(transcript)] == ["Dana", UNATTRIBUTED, "Sam Lee", "Dana"]


@pytest.mark.parametrize(
    "mark",
    ["[MUSIC]", "[Applause]", "(wind blowing)", "\u266a", "\u266a \u266a", "[dramatic\nmusic]", "\uff08\u62cd\u624b\uff09"],
)
@pytest.mark.parametrize("written", ["{}", "Dana: {}", "<v Dana>{}</v>", "Dana: Hello.\n{}"])
def test_a_mark_of_sounds_that_is_all_of_a_cue_or_line_is_no_speech_but_counted(written: str, mark: str) -> None:
    tagged = written.startswith("<v")
    if "Hello" in written and "\n" in mark:
        return
    named = ["<v Dana>Hi.</v>", "<v Sam>Bye.</v>"] if tagged else ["Dana: Hi.", "Sam: Bye."]
    transcript = _vtt(named[0], written.format(mark), named[1])
    assert _said(transcript) == [("Dana", "Hi. Hello." if "Hello" in written else "Hi."), ("Sam", "Bye.")]
    assert transcript.dropped == {"sounds": 1}


@pytest.mark.parametrize(
    "words",
    [
        "So [laughs] we did.",
        "[laughs] We did.",
        "the\n(former)\nboard",
        "[inaudible]",
        "(Yes.)",
        "\u266a Happy birthday \u266a",
        "(and so we told the board that we would)",
    ],
)
def test_marks_within_speech_and_words_in_brackets_stay(words: str) -> None:
    transcript = _vtt(f"<v Dana>{words}</v>")
    assert _said(transcript) == [("Dana", " ".join(words.split()))]
    assert transcript.dropped == {}


def test_a_file_of_sounds_alone_is_refused() -> None:
    with pytest.raises(Refused, match="nobody says anything"):
        _vtt("[MUSIC]", "(wind blowing)")


@pytest.mark.parametrize("cut", ["<v Ram", "<v", "<", "<v.loud Raman, Pri", "</", "<c.yel", "<00:00:0"])
def test_a_tag_that_the_file_ends_within_is_no_speech_and_warned_of(cut: str) -> None:
    for words in ("", "<v Sam>Two. "):
        transcript = read_file(
            "x", f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Dana>One.</v>\n\n00:03.000 --> 00:04.000\n{words}{cut}".encode()
        )
        assert _said(transcript) == [("Dana", "One."), *([("Sam", "Two.")] if words else [])]
        assert transcript.warnings == ("the file ends within a tag: it seems to be cut off",)


def test_a_less_than_sign_within_the_last_words_is_spoken() -> None:
    transcript = _vtt("Dana: Is x < y", "Sam: I <3 it")
    assert _said(transcript) == [("Dana", "Is x < y"), ("Sam", "I <3 it")]
    assert transcript.warnings == ()


def test_reading_aids_above_characters_are_no_speech() -> None:
    transcript = _vtt(
        "<v Dana><ruby>\u6f22<rt>kan</rt>\u5b57<rt>ji</rt></ruby> it is</v>", "<v Dana><ruby>\u6f22<rt>kan</ruby>.</v>"
    )
    assert _said(transcript) == [("Dana", "\u6f22\u5b57 it is \u6f22.")]
    assert transcript.dropped == {"reading aids": 3}


def test_times_in_the_same_second_as_growing_captions_stay_one_meeting() -> None:
    grown = ["So we", "So we already", "So we already decided"]
    cues = [f"00:0{at}.000 --> 00:0{at + 3}.000\n<v {who}>{words}" for at in (1, 5) for who in ("Dana", "Sam") for words in grown]
    transcript = read_file("x", ("WEBVTT\n\n" + "\n\n".join(cues)).encode())
    assert [speaker for speaker, _ in _said(transcript)] == ["Dana", "Sam", "Dana", "Sam"]
    assert transcript.dropped == {"repeated captions": 8}
