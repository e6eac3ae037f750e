"""Cues to turns: joining, repeats of rolling captions, and the times that the cues of a turn keep."""

import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.meetings import CueTime
from analyzer.transcripts.reading import read_file
from analyzer.transcripts.speech.cues import Cue
from analyzer.transcripts.speech.turns import join, take_once


def _cue(start: float, end: float, words: str, speaker: str = "Dana") -> Cue:
    return Cue(speaker=speaker, lines=tuple(words.split("\n")), start=start, end=end)


def _texts(*cues: Cue) -> list[str]:
    return [u.text for u in join(take_once(cues)[0])]


def test_cues_of_one_speaker_less_than_15_seconds_apart_are_one_turn() -> None:
    (turn,) = join([_cue(0, 2, "So we"), _cue(16.9, 18, "decided.")])
    assert (turn.text, turn.start, turn.end) == ("So we decided.", 0, 18)


def test_a_silence_of_15_seconds_begins_a_new_turn() -> None:
    assert _texts(_cue(0, 2, "So we"), _cue(17, 18, "decided.")) == ["So we", "decided."]


def test_another_speaker_begins_a_new_turn() -> None:
    assert _texts(_cue(0, 1, "So"), _cue(1, 2, "what", "Sam"), _cue(2, 3, "we")) == ["So", "what", "we"]


def test_a_turn_ends_before_120_words_at_its_last_sentence_end() -> None:
    ten = " ".join(["word"] * 9)
    cues = [_cue(n, n + 0.9, f"{ten} {'end.' if n in {2, 7} else 'go'}") for n in range(14)]
    assert [len(text.split()) for text in _texts(*cues)] == [80, 60]
    assert _texts(*cues)[0].endswith("end.")


def test_without_a_sentence_end_it_ends_at_120_words() -> None:
    cues = [_cue(n, n + 0.9, " ".join(["word"] * 10)) for n in range(14)]
    assert [len(text.split()) for text in _texts(*cues)] == [120, 20]


def test_one_long_cue_stays_whole() -> None:
    assert [len(text.split()) for text in _texts(_cue(0, 1, "a"), _cue(1, 90, "word " * 150), _cue(90, 91, "b"))] == [1, 150, 1]


def test_a_growing_caption_is_taken_once_though_another_speaks_between() -> None:
    cues = [_cue(0, 2, "So we"), _cue(1, 1.5, "Mm.", "Sam"), _cue(0, 3, "So we already"), _cue(0, 4, "So we already decided.")]
    kept, repeats = take_once(cues)
    assert [u.text for u in join(kept)] == ["So we already decided.", "Mm."]
    assert repeats == 2


def test_a_caption_shown_twice_at_the_same_time_is_taken_once() -> None:
    assert _texts(_cue(0, 4, "We decided."), _cue(1, 4, "We decided.")) == ["We decided."]


def test_lines_that_roll_up_are_taken_once() -> None:
    cues = [_cue(0, 2, "one two"), _cue(2, 4, "one two\nthree four"), _cue(4, 6, "three four\nfive six"), _cue(6, 8, "five six")]
    assert take_once(cues)[1] == 3
    assert _texts(*cues) == ["one two three four five six"]


def test_somebody_who_says_it_twice_said_it_twice() -> None:
    assert _texts(_cue(0, 1, "No."), _cue(1, 2, "No."), _cue(2, 3, "Not this year, no.")) == ["No. No. Not this year, no."]
    assert _texts(_cue(0, 1, "No."), _cue(5, 6, "No.")) == ["No. No."]


def test_short_captions_that_touch_and_say_the_same_were_said_each() -> None:
    cues = [_cue(1, 2, "I agree"), _cue(2, 3, "I agree"), _cue(3, 4, "I agree with Ben.")]
    assert _texts(*cues) == ["I agree I agree I agree with Ben."]
    assert _texts(_cue(0, 1, "No"), _cue(1, 2, "No"), _cue(2, 3, "No"), _cue(3, 4, "No")) == ["No No No No"]


def test_captions_that_touch_and_grow_again_and_again_are_taken_once() -> None:
    cues = [_cue(0, 1, "So"), _cue(1, 2, "So we"), _cue(2, 3, "So we will"), _cue(3, 4, "So we will see"), _cue(9, 10, "Yes.")]
    assert _texts(*cues) == ["So we will see Yes."]


def test_captions_that_touch_and_repeat_many_words_are_taken_once() -> None:
    one, two = "we will see it there", "and nobody else will say"
    assert _texts(_cue(0, 1, one), _cue(1, 2, one), _cue(2, 3, two), _cue(3, 4, two)) == [f"{one} {two}"]


def test_a_longer_word_is_no_growth_of_a_shorter() -> None:
    assert _texts(_cue(0, 2, "No"), _cue(1, 3, "Nobody came.")) == ["No Nobody came."]


def test_somebody_who_says_it_again_in_a_second_recording_said_it_again() -> None:
    assert _texts(_cue(3600, 3601, "We decided."), _cue(0, 2, "We decided.")) == ["We decided. We decided."]


def test_a_caption_that_grew_after_it_rolled_loses_no_words_of_a_script_without_spaces() -> None:
    rolled = _cue(1, 3, "\u306f\u3044\n\u305d\u3046")
    cues = [_cue(0, 2, "\u306f\u3044"), rolled, _cue(2, 4, "\u306f\u3044\n\u305d\u3046\u3067\u3059\u3001\u3067\u3082")]
    assert _texts(*cues) == ["\u306f\u3044\u305d\u3046\u3067\u3059\u3001\u3067\u3082"]


def test_a_growing_caption_keeps_the_times_at_which_it_grew() -> None:
    cues = [_cue(0, 2, "so we"), _cue(1, 3, "So we, already"), _cue(2, 4, "So we, already decided.")]
    (turn,) = join(take_once(cues)[0])
    assert turn.text == "so we, already decided."
    assert turn.cues == (CueTime(0, 0, 2), CueTime(7, 1, 3), CueTime(15, 2, 4))
    assert (turn.start, turn.end) == (0, 4)


def test_a_caption_that_grows_without_a_later_time_has_one_time() -> None:
    (turn,) = join(take_once([_cue(0, 2, "so we"), _cue(0, 3, "So we decided."), _cue(4, 5, "Yes.")])[0])
    assert turn.text == "So we decided. Yes."
    assert turn.cues == (CueTime(0, 0, 3), CueTime(15, 4, 5))


def test_a_turn_of_one_cue_has_no_times_within() -> None:
    (turn,) = join([_cue(0, 2, "So we\ndecided.")])
    assert turn.cues == ()


def test_cues_without_a_time_or_with_an_earlier_one_have_no_place_among_the_times() -> None:
    cues = [Cue(speaker="Dana", lines=("One.",), start=None, end=None), _cue(5, 6, "Two."), _cue(4, 6, "Three.")]
    (turn,) = join([*cues, Cue(speaker="Dana", lines=("Four.",), start=7, end=None)])
    assert [(turn.text[at:].split()[0], start, end) for at, start, end in turn.cues] == [("Two.", 5, 6), ("Four.", 7, 7)]


# As they may stand in a file: entities for what is not to be seen or joins the letter before it, spaces, another script.
PIECES = st.sampled_from(
    ["so", "it", "is.", "&#8203;we", "caf&#101;&#769;", "&#8238;", "  ", "&nbsp;", "&#12399;&#12356;", "\u3001\u3067\u3082"]
)


@given(st.lists(st.lists(PIECES, min_size=1, max_size=6).map("".join), min_size=1, max_size=60))
def test_every_cue_time_stands_at_the_first_letter_of_its_words(captions: list[str]) -> None:
    vtt = "WEBVTT\n\n" + "".join(f"00:{n:02}.000 --> 00:{n:02}.900\n<v Dana>{text}</v>\n\n" for n, text in enumerate(captions))
    shown = {float(n): _seen(text) for n, text in enumerate(captions) if _seen(text)}
    if not shown:
        return
    turns = read_file("x", vtt.encode()).utterances
    times = [turn.cues or (CueTime(0, turn.start or 0.0, turn.end or 0.0),) for turn in turns]
    assert [cue.start for cues in times for cue in cues] == list(shown)
    for turn, cues in zip(turns, times, strict=True):
        ends = [*(cue.at for cue in cues[1:]), len(turn.text)]
        assert [turn.text[cue.at : end].strip() for cue, end in zip(cues, ends, strict=True)] == [shown[c.start] for c in cues]
        assert all(a.at < b.at for a, b in pairwise(cues))
        assert all(not turn.text[cue.at].isspace() for cue in cues)


def _seen(written: str) -> str:
    """What is to be seen of a caption as it is written here."""
    text = written.replace("&#8203;", "").replace("&#8238;", "").replace("&nbsp;", " ")
    text = text.replace("&#101;&#769;", "e\u0301").replace("&#12399;&#12356;", "\u306f\u3044")
    return " ".join(unicodedata.normalize("NFC", text).split())


def test_words_of_scripts_without_spaces_are_joined_without() -> None:
    first = "00:01.000 --> 00:02.000\n\u7530\u4e2d: \u306f\u3044\u3001\n\u305d\u3046\n\n"
    vtt = f"WEBVTT\n\n{first}00:02.000 --> 00:03.000\n\u7530\u4e2d: \u3067\u3059\u3002\n"
    assert [u.text for u in read_file("x", vtt.encode()).utterances] == ["\u306f\u3044\u3001\u305d\u3046\u3067\u3059\u3002"]


def test_one_wild_time_costs_itself_and_not_all_times_after_it() -> None:
    text = "Dana  0:02\nOne.\n\nSam  59:40:00\nTwo.\n\nDana  0:10\nThree.\n\nSam  0:12\nFour.\n"
    transcript = read_file("x", text.encode())
    assert [u.start for u in transcript.utterances] == [2, None, 10, 12]
    assert transcript.dropped == {"times out of order": 1}
