"""What is refused, with the file's name, the reason and what is supported; and what is warned of."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import Refused
from analyzer.transcripts.base import Transcript
from analyzer.transcripts.reading import LEAST_COVERAGE, read_file

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + bytes(range(256)) * 4
ZIP = b"PK\x03\x04" + bytes(range(256)) * 4

REFUSED = {
    "nothing at all": (b"", "is empty"),
    "spaces": (b"  \n\t\n", "is empty"),
    "a byte order mark alone": (b"\xef\xbb\xbf", "is empty"),
    "an image": (PNG, "is not text"),
    "an archive": (ZIP, "is not text"),
    "zeros": (b"\x00" * 1000, "is not text"),
    "UTF-16 that is none": (b"\xff\xfea", "is not"),
    "prose": (b"It was a dark night.\nHe said: nothing.\nThen came rain.\n", "does not say who speaks"),
    "settings": (b"name: analyzer\nversion: 1\nlicence: MIT\n", "does not say who speaks"),
    "a form": (b"Name: Bob\nAge: 5\nCity: Rome\nColour: Red\nShoe: 43\nPet: Cat\n", "does not say who speaks"),
    "a letter": (b"From: Bob\nTo: Dana\nSubject: Hello\n\nDear Dana,\nall is well.\n", "does not say who speaks"),
    "broken JSON": (b'{"segments": [{"start": 0, "text": "Hi"', "not valid JSON"),
    "deep JSON": (b"[" * 100_000, "known format"),
    "other JSON": (b'{"name": "analyzer", "turns": []}', "not of a transcript format"),
    "segments without times": (b'{"segments": [{"text": "Hi", "speaker": "Dana"}]}', "not of a transcript format"),
    "segments without words": (b'{"segments": [{"start": 0, "end": 1, "text": "  "}]}', "nobody says anything"),
    "WebVTT without cues": (b"WEBVTT\n\nNOTE nothing here\n", "without a single cue"),
    "WebVTT with times that cannot be read": (b"WEBVTT\n\n12h01 --> 12h02\nDana: Hi\n", "without a single cue"),
    "WebVTT with empty cues": (b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Dana></v>\n", "nobody says anything"),
    "times of an unknown kind": (b"[00:00.000 --> 00:04.000]  Dana: Hello there\n", "cannot be aligned"),
    "a date that is none": (
        json.dumps({"date": "soon", "turns": [{"speaker": "Dana", "text": "Hi"}]}).encode(),
        "gives 'soon' as its date",
    ),
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_refused_with_name_and_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_file("Weekly.vtt", data)
    assert refusal.value.message.startswith("Weekly.vtt: ")
    assert reason in refusal.value.message
    assert "\n" not in refusal.value.message
    assert refusal.value.hint


def test_a_refusal_of_an_unknown_kind_says_where_it_stands_what_can_be_read() -> None:
    with pytest.raises(Refused) as refusal:
        read_file("x.bin", PNG)
    assert "analyzer formats" in refusal.value.hint


def test_a_file_over_50_mb_is_refused() -> None:
    with pytest.raises(Refused, match="51 MB, more than the 50 MB"):
        read_file("big.txt", b"Dana: hello\n" * (51 * 1024 * 1024 // 12))


CUE = "00:0{0}.000 --> 00:0{0}.900\nDana: {1}\n\n"
TEN_WORDS = "one two three four five six seven eight nine ten"


def test_words_without_a_time_are_warned_of_and_counted() -> None:
    vtt = "WEBVTT\n\n" + "".join(CUE.format(n, TEN_WORDS) for n in range(1, 6)) + "stray words\n"
    transcript = read_file("x.vtt", vtt.encode())
    assert 0.90 <= transcript.coverage < 0.98
    assert transcript.dropped == {"lines without a time": 1}
    assert any("could not be put in their place" in warning for warning in transcript.warnings)


def test_a_timed_file_with_many_words_without_a_time_is_refused_not_flattened() -> None:
    vtt = "WEBVTT\n\n" + CUE.format(1, "Hello.") + "A summary that somebody wrote.\n\nAnd another paragraph of it.\n"
    with pytest.raises(Refused, match=r"only \d+% of its words could be put in their place"):
        read_file("x.vtt", vtt.encode())


def test_control_characters_and_overrides_are_stripped_and_counted() -> None:
    text = "Dana\u202e Ortiz: so\u0007 we\u2066 said\u200b\nSam\u200f: no\u000bno\u000cno\n"
    transcript = read_file("x.txt", text.encode())
    assert [(u.speaker, u.text) for u in transcript.utterances] == [("Dana Ortiz", "so we said"), ("Sam", "no no no")]
    assert transcript.dropped == {"invisible characters": 7}


def test_overrides_hidden_in_entities_and_escapes_are_stripped_too() -> None:
    vtt = read_file("x", b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Da&#8238;na>so&#x200b; &#x202e;it is</v>\n")
    assert [(u.speaker, u.text) for u in vtt.utterances] == [("Dana", "so it is")]
    assert vtt.dropped == {"invisible characters": 3}
    whisper = read_file("x", rb'{"segments":[{"start":0,"end":1,"text":"\ud800so\u202e","speaker":"D\u200eana"}]}')
    assert [(u.speaker, u.text) for u in whisper.utterances] == [("Dana", "so")]


FRENCH = "Dana: O\u00f9 est le caf\u00e9? Tr\u00e8s bien, \u201cmerci\u201d.\nRen\u00e9: \u00c7a va.\n"
GERMAN = "J\u00fcrgen: Sch\u00f6n, da\u00df Sie da sind.\nDana: Gr\u00fc\u00dfe.\n"
ENGLISH = "Dana: It\u2019s fine \u2013 really, \u00a35.\nSam: Okay.\n"
RUSSIAN = (
    "\u0418\u0432\u0430\u043d: \u041f\u0440\u0438\u0432\u0435\u0442, \u043a\u0430\u043a \u0434\u0435\u043b\u0430?\n"
    "\u041c\u0430\u0440\u0438\u044f: \u0425\u043e\u0440\u043e\u0448\u043e.\n"
)


@pytest.mark.parametrize(("encoding", "text"), [("cp1252", FRENCH), ("cp1252", GERMAN), ("cp1252", ENGLISH), ("cp1251", RUSSIAN)])
def test_an_undeclared_encoding_is_guessed_and_said(encoding: str, text: str) -> None:
    transcript = read_file("x.txt", text.encode(encoding))
    assert [u.speaker for u in transcript.utterances] == [line.split(":")[0] for line in text.splitlines()]
    assert [u.text for u in transcript.utterances] == [line.split(": ", 1)[1] for line in text.splitlines()]
    assert transcript.warnings == (f"the file does not say its encoding and was read as {encoding}",)


def _outcome(data: bytes) -> Transcript | Refused:
    try:
        return read_file("x", data)
    except Refused as refusal:
        return refusal


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    outcome = _outcome(data)
    assert outcome.utterances if isinstance(outcome, Transcript) else outcome.message


FRAGMENTS = [
    *[
        "WEBVTT",
        "\n",
        "\n\n",
        "00:01.000 --> 00:02.000",
        "1",
        "<v Dana>",
        "</v>",
        "Dana: ",
        "Sam  0:02",
        "## Summary",
        "[00:04] ",
    ],
    *[
        "Hello there.",
        "NOTE x",
        "&#8238;",
        "**",
        "Transcript",
        '{"segments":[',
        '{"start":1,"text":"Hi"}',
        "]}",
        "\u7530\u4e2d\uff1a",
    ],
]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25))
def test_any_mixture_of_formats_is_read_or_refused(fragments: list[str]) -> None:
    outcome = _outcome("".join(fragments).encode())
    if isinstance(outcome, Transcript):
        assert LEAST_COVERAGE <= outcome.coverage <= 1
        assert all(u.text and u.speaker for u in outcome.utterances)
    else:
        assert outcome.message.startswith("x: ")
