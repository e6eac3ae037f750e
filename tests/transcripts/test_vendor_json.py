"""JSON of the programs that record and transcribe: what each writes, and what it may write wrongly."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.errors import Refused
from analyzer.transcripts.base import UNATTRIBUTED, Transcript
from analyzer.transcripts.decoding import load
from analyzer.transcripts.formats import FORMATS
from analyzer.transcripts.reading import LEAST_COVERAGE, read_file
from tests.transcripts.specimens import SPECIMENS, Specimen, as_rows

FORMATS_OF_JSON = {
    "fireflies",
    "fathom-json",
    "granola",
    "rev-json",
    "aws-transcribe",
    "deepgram",
    "assemblyai",
    "bbc-kaldi",
    "podcast-json",
    "whisper",
}
VENDORS = [specimen for specimen in SPECIMENS if specimen.format in FORMATS_OF_JSON]
every_specimen = pytest.mark.parametrize("specimen", VENDORS, ids=str)

WRITTEN_BY_PROGRAMS = [
    "aligned on pricing",
    "Lena to send",
    "Send the prices",
    "Book a room",
    "The client will sign",
    "Send the contract",
    "They want a report",
    "Nobody signs",
    "Two people meet",
    "greet each other",
    "They disagree",
]


def _read(document: object) -> Transcript:
    return read_file("x.json", json.dumps(document).encode())


def _rows(document: object) -> list[list[Any]]:
    return as_rows(_read(document).utterances)


def _specimen(name: str) -> Any:
    return json.loads(next(s for s in VENDORS if str(s) == name).path.read_bytes())


@every_specimen
def test_no_other_format_of_json_sees_anything_in_a_specimen(specimen: Specimen) -> None:
    source, _, _ = load("x", specimen.path.read_bytes())
    assert [known.name for known in FORMATS if known.sniff(source) > 0] == [specimen.format]


@every_specimen
def test_what_a_program_wrote_of_a_meeting_is_never_speech(specimen: Specimen) -> None:
    said = " ".join(u.text for u in read_file("x", specimen.path.read_bytes()).utterances)
    assert not any(words in said for words in WRITTEN_BY_PROGRAMS)


def test_the_phrases_of_programs_stand_in_the_specimens() -> None:
    everything = " ".join(specimen.path.read_text(encoding="utf-8") for specimen in VENDORS)
    assert all(words in everything for words in WRITTEN_BY_PROGRAMS)


# Any value anywhere

ODD: list[Any] = [
    *[None, True, False, 0, 1, -1, 0.0, 3, 10**400, -(10**30), 1e308, float("nan"), float("inf"), float("-inf"), 2**53],
    *["", " ", "0", "-5", "1e999", "nan", "00:00", "99:99:99", "1:2:3:4", "2026-13-45T99:99:99Z", "0001-01-01T00:00:00+14:00"],
    *["x", "\ud800", "\u202e", "spk_0", "word " * 50],
    *[[], {}, [[]], [None], [{}], {"": ""}, [1, 2], {"a": {"b": []}}, ["words", "and words"], [["nested", {"text": "surprise"}]]],
]


def _places(node: Any) -> list[tuple[Any, Any]]:
    """Every container of a document with every key in it."""
    keys: list[Any] = list(node) if isinstance(node, dict) else list(range(len(node))) if isinstance(node, list) else []
    return [(node, key) for key in keys] + [place for key in keys for place in _places(node[key])]


def _outcome(document: object) -> Transcript | Refused:
    try:
        return read_file("x.json", json.dumps(document).encode())
    except Refused as refusal:
        return refusal


def _check(outcome: Transcript | Refused) -> None:
    if isinstance(outcome, Refused):
        assert outcome.message.startswith("x.json: ")
        assert "\n" not in outcome.message
        return
    assert LEAST_COVERAGE <= outcome.coverage <= 1
    assert all(number > 0 for number in outcome.dropped.values())
    starts = [u.start for u in outcome.utterances if u.start is not None]
    assert starts == sorted(starts)
    assert all(u.start is None or u.end is None or u.start <= u.end for u in outcome.utterances)
    assert all(u.text and u.speaker and not any(words in u.text for words in WRITTEN_BY_PROGRAMS) for u in outcome.utterances)


@every_specimen
def test_an_odd_value_in_any_one_place_is_read_or_refused(specimen: Specimen) -> None:
    document = json.loads(specimen.path.read_bytes())
    for at in range(len(_places(document))):
        for odd in ODD[at % 5 :: 5]:
            changed = copy.deepcopy(document)
            holder, key = _places(changed)[at]
            holder[key] = copy.deepcopy(odd)
            _check(_outcome(changed))


@settings(max_examples=100)  # beside every single place of every specimen, above
@given(data=st.data())
def test_odd_values_in_several_places_are_read_or_refused(data: st.DataObject) -> None:
    document = json.loads(data.draw(st.sampled_from(VENDORS)).path.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        places = _places(document)
        if not places:
            break
        holder, key = data.draw(st.sampled_from(range(len(places))).map(places.__getitem__))
        change = data.draw(st.sampled_from(["odd", "gone", "twice", "inside"]))
        if change == "gone":
            del holder[key]
        elif change == "twice" and isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
        elif change == "inside":
            holder[key] = [holder[key]]
        else:
            holder[key] = copy.deepcopy(data.draw(st.sampled_from(ODD)))
    _check(_outcome(document))


def _with_strings(node: Any) -> Any:
    """The document with every number written as a string."""
    if isinstance(node, dict):
        return {key: _with_strings(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_with_strings(value) for value in node]
    return str(node) if isinstance(node, (int, float)) and not isinstance(node, bool) else node


@every_specimen
def test_numbers_written_as_strings_make_no_difference(specimen: Specimen) -> None:
    document = json.loads(specimen.path.read_bytes())
    assert _read(_with_strings(document)) == _read(document)


# Fireflies


def _sentence(**more: object) -> dict[str, object]:
    return {"speaker_name": "Dana", "text": "Hi there.", "start_time": 1.0, "end_time": 2.0} | more


@pytest.mark.parametrize(
    "wrap",
    [
        lambda m: {"data": {"transcript": m}},
        lambda m: {"transcript": m},
        lambda m: {"meeting": m},
        lambda m: {"data": m},
        lambda m: {"data": {"transcripts": [m]}},
        lambda m: [m],
        lambda m: m,
    ],
)
def test_fireflies_is_read_however_it_is_wrapped(wrap: Callable[[object], object]) -> None:
    read = _read(wrap({"title": "Sync", "date": "2026-03-04T09:00:00.000Z", "sentences": [_sentence()]}))
    assert (read.format, read.title, str(read.date)) == ("fireflies", "Sync", "2026-03-04")
    assert (read.title_source, read.date_source) == ("metadata", "metadata")
    assert as_rows(read.utterances) == [["Dana", 1.0, "Hi there."]]


def test_fireflies_addresses_go_to_the_speakers_of_that_name_alone() -> None:
    attendees = [
        {"displayName": "ORTIZ, Dana", "email": "dana@acme.example"},
        {"displayName": "Sam", "email": "sam@one.example"},
        {"displayName": "Sam", "email": "sam@two.example"},
        {"displayName": None, "name": None, "email": "nobody@acme.example"},
        {"displayName": "Lee", "email": "not an address"},
    ]
    names = ["Dana Ortiz", "Sam", "Lee", None]
    read = _read({"meeting_attendees": attendees, "sentences": [_sentence(speaker_name=name) for name in names]})
    assert read.emails == {"Dana Ortiz": "dana@acme.example"}
    assert (read.us, read.them) == ((), ())


def test_fireflies_corrected_words_are_read_and_the_raw_ones_only_where_there_are_no_others() -> None:
    sentences = [_sentence(raw_text="high their"), _sentence(text=None, raw_text="only raw", start_time=3, end_time=4)]
    assert [u.text for u in _read({"sentences": sentences}).utterances] == ["Hi there. only raw"]


def test_fireflies_numbers_stand_for_the_names_that_the_file_gives() -> None:
    sentences = [_sentence(speaker_name=None, speaker_id=number, start_time=at) for at, number in enumerate((0, "1", 2, None))]
    speakers = [{"id": 0, "name": "Dana"}, {"id": 1, "name": "Sam"}]
    assert [u.speaker for u in _read({"sentences": sentences, "speakers": speakers}).utterances] == [
        "Dana",
        "Sam",
        "Speaker 2",
        UNATTRIBUTED,
    ]


def test_a_file_of_several_meetings_is_refused_with_their_titles() -> None:
    meetings = [{"title": title, "sentences": [_sentence()]} for title in ("One", None, "Th\u202eree", "4", "5", "6", "7")]
    with pytest.raises(Refused, match=r"holds 7 meetings \(One; untitled; Three; 4; 5 and 2 more\)") as refusal:
        _read({"data": {"transcripts": meetings}})
    assert refusal.value.hint


# Fathom


def _entry(name: str, text: str = "Yes.", email: str | None = None, at: str = "00:00:01") -> dict[str, object]:
    return {"speaker": {"display_name": name, "matched_calendar_invitee_email": email}, "text": text, "timestamp": at}


def _invitee(name: str | None, email: str | None, external: object) -> dict[str, object]:
    return {"name": name, "email": email, "is_external": external}


def test_fathom_sides_are_those_that_the_invitation_gives_and_no_others() -> None:
    read = _read(
        {
            "transcript": [
                _entry("Dana (Acme)", email="dana@acme.example"),
                _entry("Owen"),
                _entry("Sam"),
                _entry("Lee"),
                _entry("Pat"),
            ],
            "calendar_invitees": [
                _invitee("D. Ortiz", "DANA@acme.example", external=True),
                _invitee("owen", "owen@us.example", external=False),
                _invitee("Sam", None, external="yes"),
                _invitee("Lee", "lee@us.example", external=False),
                _invitee("Lee", "lee@acme.example", external=True),
                _invitee("Absent", "absent@acme.example", external=True),
            ],
        }
    )
    assert (read.us, read.them) == (("Owen",), ("Dana (Acme)",))
    assert read.emails == {"Dana (Acme)": "dana@acme.example", "Owen": "owen@us.example"}


def test_fathom_metadata_give_title_and_date() -> None:
    meeting = {"meeting_title": "Weekly", "scheduled_start_time": "2026-03-04T10:00:00Z", "created_at": "2026-03-09T10:00:00Z"}
    read = _read(meeting | {"title": "", "transcript": [_entry("Dana")]})
    assert (read.title, str(read.date), read.title_source) == ("Weekly", "2026-03-04", "metadata")


# Granola


def _caption(text: str, second: int = 0, source: str = "system", **more: object) -> dict[str, object]:
    at = f"2026-05-06T01:00:{second:02}Z"
    return {
        "document_id": "d",
        "text": text,
        "source": source,
        "start_timestamp": at,
        "end_timestamp": at,
        "is_final": True,
    } | more


def _cache(transcripts: object, documents: object) -> dict[str, object]:
    return {"cache": {"version": 6, "state": {"transcripts": transcripts, "documents": documents}}}


@pytest.mark.parametrize("encode", [lambda cache: cache, lambda cache: {"cache": json.dumps(cache["cache"])}])
def test_a_granola_cache_of_several_meetings_is_refused_with_their_titles(encode: Callable[[Any], object]) -> None:
    transcripts = {"a": [_caption("One.")], "b": [_caption("Two.")], "c": []}
    with pytest.raises(Refused, match=r"holds 2 meetings \(Acme kick-off; untitled\)"):
        _read(encode(_cache(transcripts, {"a": {"title": "Acme kick-off"}, "c": {"title": "Empty"}})))


def test_a_granola_cache_without_any_words_says_where_they_are() -> None:
    with pytest.raises(Refused, match="a cache of Granola without a transcript") as refusal:
        _read(_cache({"a": []}, {"a": {"title": "Acme"}}))
    assert "Granola" in refusal.value.hint


def test_the_microphone_of_granola_is_ours_and_everybody_else_is_one_speaker() -> None:
    captions = [_caption("Hello.", 7), _caption("Hi.", 3, "microphone"), _caption("maybe", 8, is_final=False)]
    read = _read(_cache({"a": captions}, [{"id": "a", "title": "Acme", "created_at": "2026-05-06T00:58:00Z"}]))
    assert as_rows(read.utterances) == [["Microphone", 0.0, "Hi."], ["Everybody else", 4.0, "Hello."]]
    assert (read.us, read.title, str(read.date)) == (("Microphone",), "Acme", "2026-05-06")
    assert read.dropped == {"captions that were not final": 1}
    assert any("everybody but the microphone" in warning for warning in read.warnings)


def test_a_granola_transcript_alone_is_read_and_two_in_one_list_are_refused() -> None:
    assert _rows([_caption("Hello.", 2), _caption("Hi.", 3)]) == [["Everybody else", 0.0, "Hello. Hi."]]
    with pytest.raises(Refused, match="holds 2 meetings"):
        _read([_caption("Hello."), _caption("Hi.", document_id="e")])


# Rev


def _rev(*values: tuple[str, str], **more: object) -> dict[str, object]:
    return {"speaker": 0, "elements": [{"type": kind, "value": value} for kind, value in values]} | more


def test_rev_values_are_put_together_as_they_stand() -> None:
    said = [("text", "Mr"), ("punct", ". "), ("text", "O"), ("punct", "'"), ("text", "Neill"), ("punct", "?")]
    assert _rows({"monologues": [_rev(*said)]}) == [["Speaker 0", None, "Mr. O'Neill?"]]


@pytest.mark.parametrize(
    ("monologue", "speakers", "name"),
    [
        ({"speaker": 1}, [{"id": 1, "name": "Dana"}], "Dana"),
        ({"speaker": 1}, ["Sam", "Dana"], "Dana"),
        ({"speaker": 1}, [{"name": "Sam"}, {"name": "Dana"}], "Dana"),
        ({"speaker": 0, "speaker_info": {"id": "0", "display_name": "Dana"}}, [], "Dana"),
        ({"speaker": 0, "speaker_name": "Dana"}, None, "Dana"),
        ({"speaker": 0}, None, "Speaker 0"),
        ({"speaker": None}, [{"name": "Sam"}], UNATTRIBUTED),
    ],
)
def test_rev_speakers_are_named_where_the_file_names_them(monologue: dict[str, object], speakers: object, name: str) -> None:
    assert _rows({"speakers": speakers, "monologues": [_rev(("text", "Hi"), **monologue)]}) == [[name, None, "Hi"]]


# Amazon Transcribe


def _item(content: str, start: float | None = None, **more: object) -> dict[str, object]:
    if start is None:
        return {"type": "punctuation", "alternatives": [{"content": content}]} | more
    times = {"start_time": f"{start}", "end_time": f"{start + 0.4}"}
    return {"type": "pronunciation", "alternatives": [{"content": content}], **times} | more


def test_amazon_without_speaker_labels_has_no_speakers() -> None:
    read = _read({"results": {"items": [_item("Hello", 0), _item(","), _item("you", 0.5), _item(".")]}})
    assert as_rows(read.utterances) == [[UNATTRIBUTED, 0.0, "Hello, you."]]
    assert read.confidence == "medium"


def test_amazon_channels_are_voices_and_stand_in_the_order_of_time() -> None:
    first = {"channel_label": "ch_0", "items": [_item("When", 12.0), _item("?"), _item("Fine", 14.0), _item(".")]}
    second = {"channel_label": "ch_1", "items": [_item("Today", 13.0), _item(".")]}
    results = {"channel_labels": {"number_of_channels": 2, "channels": [first, second]}, "items": first["items"]}
    assert _rows({"results": results}) == [["ch_0", 12.0, "When?"], ["ch_1", 13.0, "Today."], ["ch_0", 14.0, "Fine."]]


def test_words_that_amazon_heard_and_that_have_no_item_are_missed() -> None:
    transcript = {"transcript": "Hello and thirty more words that nobody can place"}
    with pytest.raises(Refused, match="of its words could be put in their place"):
        _read({"results": {"transcripts": [transcript], "items": [_item("Hello", 0)]}})


def test_a_long_monologue_of_single_words_is_cut_at_the_ends_of_sentences() -> None:
    items = []
    for sentence in range(30):
        items += [_item(f"word{n}", sentence * 5 + n * 0.4, speaker_label="spk_0") for n in range(11)] + [_item(".")]
    turns = _read({"results": {"items": items}}).utterances
    assert [len(turn.text.split()) for turn in turns] == [110, 110, 110]
    assert all(turn.text.endswith("word10.") for turn in turns)


# Deepgram


def _heard(text: str, start: float, speaker: object = None) -> dict[str, object]:
    return {"word": text.lower(), "punctuated_word": text, "start": start, "end": start + 0.4, "speaker": speaker}


def _utterance(words: list[dict[str, object]], **more: object) -> dict[str, object]:
    text = " ".join(str(word["punctuated_word"]) for word in words)
    return {"transcript": text, "start": words[0]["start"], "end": words[-1]["end"], "words": words} | more


def test_a_deepgram_utterance_is_cut_where_its_words_change_the_speaker() -> None:
    one = _utterance([_heard("Sure?", 1, 0), _heard("Yes,", 2, 1), _heard("sure.", 2.5, 1)], speaker=0, channel=0)
    assert _rows({"results": {"utterances": [one]}}) == [["Speaker 0", 1.0, "Sure?"], ["Speaker 1", 2.0, "Yes, sure."]]


def test_deepgram_channels_are_voices_and_numbers_count_within_them() -> None:
    utterances = [
        _utterance([_heard("One.", 1)], speaker=0, channel=0),
        _utterance([_heard("Two.", 2)], speaker=0, channel=1),
        _utterance([_heard("Three.", 3)], channel=1),
    ]
    assert [row[0] for row in _rows({"results": {"utterances": utterances}})] == [
        "Channel 0, speaker 0",
        "Channel 1, speaker 0",
        "Channel 1",
    ]


def test_deepgram_words_are_put_together_where_there_are_no_utterances() -> None:
    words = [_heard("One", 1, 0), _heard("two.", 1.5, 0), _heard("Three?", 2, 1)]
    document = {"results": {"channels": [{"alternatives": [{"transcript": "One two. Three?", "words": words}]}]}}
    assert _rows(document) == [["Speaker 0", 1.0, "One two."], ["Speaker 1", 2.0, "Three?"]]


def test_deepgram_utterances_that_leave_out_what_was_heard_are_refused() -> None:
    heard = {"transcript": "One. And much more that was heard but is in no utterance.", "words": []}
    with pytest.raises(Refused, match="of its words could be put in their place"):
        _read({"results": {"utterances": [_utterance([_heard("One.", 1)])], "channels": [{"alternatives": [heard]}]}})


# AssemblyAI


def test_assemblyai_counts_in_milliseconds() -> None:
    assert _rows({"utterances": [{"speaker": "A", "start": 250, "end": 2600, "text": "Hello."}]}) == [
        ["Speaker A", 0.25, "Hello."]
    ]
    assert _rows([{"speaker": "A", "start": 250, "end": 2600, "text": "Hello."}]) == [["Speaker A", 0.25, "Hello."]]


@pytest.mark.parametrize("times", [(0.25, 2.6), (1, 3)])
def test_utterances_in_seconds_are_not_taken_for_milliseconds(times: tuple[float, float]) -> None:
    with pytest.raises(Refused, match="is JSON, but not of a transcript format"):
        _read({"utterances": [{"speaker": "A", "start": times[0], "end": times[1], "text": "Hello there, all."}]})


def test_assemblyai_people_who_are_named_keep_their_names() -> None:
    utterances = [{"speaker": name, "start": 0, "end": 900, "text": "Hi."} for name in ("Dana Ortiz", "B", 0, None)]
    assert [row[0] for row in _rows({"utterances": utterances})] == ["Dana Ortiz", "Speaker B", "Speaker 0", UNATTRIBUTED]


# BBC-Kaldi


def test_a_segmentation_without_words_is_refused_for_what_it_is() -> None:
    segments = [{"@type": "Segment", "start": 0, "duration": 2.74, "speaker": {"@id": "S0"}}]
    with pytest.raises(Refused, match="who spoke when, but not a word"):
        _read({"segmentation": {"speakers": [], "segments": segments}})


def test_kaldi_words_without_a_segmentation_have_no_speakers() -> None:
    words = [{"word": "so", "punct": "So.", "start": 1, "end": 2}]
    assert _rows({"words": words}) == [[UNATTRIBUTED, 1.0, "So."]]


# Whisper and its kin


def test_whole_words_beside_the_text_time_its_sentences() -> None:
    words = [{"word": text, "start": n, "end": n + 0.5} for n, text in enumerate(["Well", "he", "said", "no", "She", "left"])]
    document = {
        "task": "transcribe",
        "duration": 6.0,
        "text": "\u201cWell,\u201d he said: \u201cno.\u201d She\u2014left!",
        "words": words,
    }
    read = _read(document)
    assert [(u.text, u.start, u.end) for u in read.utterances] == [
        ("\u201cWell,\u201d he said: \u201cno.\u201d She\u2014left!", 0.0, 5.5)
    ]


def test_whisper_cpp_segments_of_single_words_are_put_together() -> None:
    pieces = [" Well", ",", " it", " depend", "s", ".", " Does", " it", "?"]
    segments = [{"text": text, "offsets": {"from": n * 500, "to": n * 500 + 400}} for n, text in enumerate(pieces)]
    assert _rows({"transcription": segments}) == [[UNATTRIBUTED, 0.0, "Well, it depends. Does it?"]]


def test_faster_whisper_segments_written_as_lists_are_read() -> None:
    rows = [[1, 0, 0.0, 2.0, " Hello.", [50364], -0.2], [2, 0, 2.0, 4.0, " Bye.", [50364], -0.2]]
    assert _rows(rows) == [[UNATTRIBUTED, 0.0, "Hello. Bye."]]


def test_chunks_of_transformers_are_read_and_their_speakers_before_them() -> None:
    chunks: list[dict[str, object]] = [{"timestamp": [0.0, 2.5], "text": " Hello."}, {"timestamp": [2.5, None], "text": " Bye."}]
    speakers = [{"speaker": "SPEAKER_00"} | chunks[0], {"speaker": "SPEAKER_01"} | chunks[1]]
    assert _rows({"text": "Hello. Bye.", "chunks": chunks, "speakers": []}) == [[UNATTRIBUTED, 0.0, "Hello. Bye."]]
    assert _rows({"text": "Hello. Bye.", "chunks": chunks, "speakers": speakers}) == [
        ["SPEAKER_00", 0.0, "Hello."],
        ["SPEAKER_01", 2.5, "Bye."],
    ]


def _segment(text: str, start: float, **more: object) -> dict[str, object]:
    return {"start": start, "end": start + 1, "text": text} | more


def test_what_whisper_says_again_and_again_stays_and_is_warned_of() -> None:
    read = _read({"segments": [_segment(" Thank you.", n) for n in range(6)] + [_segment(" Bye.", 9)]})
    assert [u.text for u in read.utterances] == ["Thank you. " * 6 + "Bye."]
    assert any("up to 6 times in a row" in warning for warning in read.warnings)
    twice = _read({"segments": [_segment(" No.", 0), _segment(" No.", 1), _segment(" No.", 2)]})
    assert not any("in a row" in warning for warning in twice.warnings)


@pytest.mark.parametrize("wrap", [lambda held: held, lambda held: {"segments": held}, lambda held: {"transcription": held}])
def test_words_that_stand_outside_of_a_segment_are_missed(wrap: Callable[[object], object]) -> None:
    with pytest.raises(Refused, match="of its words could be put in their place"):
        _read(wrap([_segment("Hello there.", 0), "Words without a segment"]))


def test_words_in_conflict_with_their_segment_are_nobodys() -> None:
    words = [{"word": "Yes", "speaker": "A"}, {"word": "nine", "speaker": "B"}]
    assert _rows([_segment("Yes, 9.", 0, speaker="A", words=words)]) == [[UNATTRIBUTED, 0.0, "Yes, 9."]]


def test_a_change_of_speaker_is_found_in_a_script_without_spaces() -> None:
    words = [{"word": c, "start": n, "speaker": "A" if n < 2 else "B"} for n, c in enumerate("\u306f\u3044\u3044\u3044\u3048")]
    text = "\u306f\u3044\u3002\u3044\u3044\u3048\u3002"
    assert _rows([_segment(text, 0, words=words)]) == [["A", 0.0, "\u306f\u3044\u3002"], ["B", 2.0, "\u3044\u3044\u3048\u3002"]]


@pytest.mark.parametrize("name", [0, "0", 0.0, "SPEAKER_00", " Speaker 0 "])
def test_a_first_speaker_is_somebody(name: object) -> None:
    assert _rows([_segment("Hi.", 0, speaker=name)])[0][0] in {"Speaker 0", "SPEAKER_00"}


@pytest.mark.parametrize("name", [None, "", "  ", "UNKNOWN", "null", True, [], {}, float("nan")])
def test_no_speaker_is_nobody(name: object) -> None:
    assert _rows([_segment("Hi.", 0, speaker=name)])[0][0] == UNATTRIBUTED
