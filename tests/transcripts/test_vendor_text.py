"""What the text and table exports of single vendors write, and what must not be taken for one of them."""

import csv
import io
import json

import pytest

from analyzer.errors import Refused
from analyzer.transcripts.base import UNATTRIBUTED, Transcript
from analyzer.transcripts.decoding import load
from analyzer.transcripts.formats import FORMATS
from analyzer.transcripts.reading import read_file

VENDORS = {"zoom-captions", "zoom-chat", "fathom", "rev", "descript", "csv", "otter"}


def _read(text: str) -> Transcript:
    return read_file("x.txt", text.encode())


def _rows(text: str) -> list[tuple[str, float | None, str]]:
    return [(u.speaker, u.start, u.text) for u in _read(text).utterances]


def _formats_of(text: str) -> set[str]:
    """The vendors' formats that take a text for one of theirs."""
    source, _, _ = load("x.txt", text.encode())
    return {known.name for known in FORMATS if known.name in VENDORS and known.sniff(source) > 0}


NO_TRANSCRIPTS = {
    "prose": 'It was late.\n\nAt 10:30 - or so - they met: nobody spoke (00:12).\n\n"No" [00:12:03] was all.\n',
    "a readme": "# Tool\n\n[main] 14:02:11\n\n- `run` (00:10): runs\n- Time  0:02\n\n| Name | Text |\n|---|---|\n| a | b |\n",
    "an e-mail": "From: Bob <b@example.com>\nTo: Dana\nDate: Wed, 4 Mar 2026 10:02:33\nSubject: Hi\n\nDear Dana,\nall is well.\n",
    "a log": "10:02:33 From the disk: error\n10:02:34 INFO start: ok\n[INFO] 10:02:35\nstarted\n[ERROR] 10:02:36\nstopped\n",
    "a log of threads": "[main] 10:02:35\nstarted\n[worker-1] 10:02:36\nstopped\n[main] 10:02:37\nended\n",
    "source code": "def at(time):  # 0:02\n    return {'start': (00:12)}\n\nclass A:\n    x = [1, 2]  # [00:00:01]\n",
    "a form": "Name: Bob\nTime: [00:00:01]\nCity: Rome\nColour: Red\nShoe: 43\nPet: Cat\n",
    "a timetable": "Breakfast  8:00\nin the hall\n\nOpening  9:00\nby the mayor\n\nLunch  12:30\noutside\n",
    "a programme": "09:00 - Dana Ortiz (Acme)\n  Opening\n\n09:30 - Sam Lee\n  The new board\n\n10:00 - Mei Wu\n  Break\n",
    "chapters of a video": "0:00 - Introduction\n1:20 - The budget\n5:30 - The board\n9:00 - Introduction\n",
    "minutes with times": "**Times:** [00:00:00] - [00:05:00]\n\n**Summary:**\nAll agreed [00:00:53], later [00:01:37] too.\n",
    "tasks": "Name,Text,Due\nDana,Send the deck,4 March\nSam,Read it,5 March\nDana,Sign,6 March\n",
    "reviews": "user,text,rating\nann,Great,5\nbob,Bad,1\nann,Good,4\n",
    "a guest book": "timestamp,name,message\n2026-03-04T10:00:00,Dana,Hello\n2026-03-05T11:00:00,Sam,Hi\n",
    "a programme as a table": "speaker,title,start\nDana,Opening,9:00\nSam,Board,9:30\n",
    "talks": "Speaker,Content\nDana,The new board\nSam,The old board\n",
    "a list of figures": "Item  1:30\nOther  2:45\n",
    "a cinema": "08:30\n\n10:15\n\n12:00\n\n",
}


@pytest.mark.parametrize("text", NO_TRANSCRIPTS.values(), ids=NO_TRANSCRIPTS.keys())
def test_what_is_no_export_of_a_vendor_is_not_taken_for_one(text: str) -> None:
    assert _formats_of(text) == set()


# --- Zoom: captions


def test_captions_count_from_the_first_over_midnight() -> None:
    text = "[Dana Ortiz] 23:59:58\nSo.\n\n[Sam Lee] 00:00:03\nYes.\n\n[Dana Ortiz] 00:01:00\nNo.\n"
    assert _rows(text) == [("Dana Ortiz", 0, "So."), ("Sam Lee", 5, "Yes."), ("Dana Ortiz", 62, "No.")]


def test_a_clock_of_twelve_hours_without_am_and_pm_goes_over_one_o_clock() -> None:
    text = "[Dana Ortiz] 12:59:58\nSo.\n\n[Sam Lee] 1:00:03\nYes.\n"
    assert [start for _, start, _ in _rows(text)] == [0, 5]


def test_a_caption_slightly_out_of_order_is_not_a_day_later() -> None:
    text = "[Dana Ortiz] 14:00:10\nSo.\n\n[Sam Lee] 14:00:40\nYes.\n\n[Dana Ortiz] 14:00:38\nNo.\n\n[Sam Lee] 14:00:50\nOh.\n"
    assert [start for _, start, _ in _rows(text)] in ([0, None, 28, 40], [0, 30, None, 40])


def test_where_the_program_writes_captions_again_each_is_taken_once() -> None:
    again = ["So we", "So we already", "So we already decided", "So we already decided it."]
    text = "".join(f"[Dana Ortiz] 14:00:0{n}\n{words}\n\n" for n, words in enumerate(again))
    transcript = _read(text + "[Sam Lee] 14:00:09\nNo.\n\n[Sam Lee] 14:00:12\nNo.\n")
    assert [u.text for u in transcript.utterances] == ["So we already decided it.", "No. No."]
    assert transcript.dropped["repeated captions"] == 3


def test_a_silence_begins_a_new_turn_though_captions_have_no_end() -> None:
    text = "[Dana Ortiz] 14:00:00\nSo.\n\n[Dana Ortiz] 14:00:10\nWe.\n\n[Dana Ortiz] 14:05:00\nMeet.\n"
    assert _rows(text) == [("Dana Ortiz", 0, "So. We."), ("Dana Ortiz", 300, "Meet.")]


def test_a_header_without_brackets_is_otters_where_the_time_may_be_the_meetings() -> None:
    assert _read("Dana Ortiz  0:00:11\nSo.\n\nSam Lee  0:00:16\nYes.\n").format == "otter"
    assert _read("Dana Ortiz  14:00:11\nSo.\n\nSam Lee  14:00:16\nYes.\n").format == "zoom-captions"


# --- Zoom: chat

CHAT = "10:00:00 From Dana Ortiz to Everyone:\n\tWhere are we?\n"


def test_what_is_typed_is_marked_as_chat() -> None:
    transcript = _read(CHAT + "10:00:09 From Sam Lee to Everyone:\n\tHere.\n")
    assert [(u.start, u.chat) for u in transcript.utterances] == [(0, True), (9, True)]


def test_private_messages_are_kept_and_warned_of() -> None:
    text = CHAT + "10:00:09 From Sam Lee to Dana Ortiz(Direct Message):\n\tThey will not pay.\n"
    transcript = _read(text)
    assert [u.text for u in transcript.utterances] == ["Where are we?", "They will not pay."]
    assert transcript.warnings == ("messages that were sent in private, to one person: 1",)


def test_the_times_of_a_recordings_chat_stay_as_they_are() -> None:
    assert _rows("00:21:14\tDana Ortiz:\tHello.\n01:00:00\tSam Lee:\tHi.\n")[0][1] == 1274


@pytest.mark.parametrize(
    ("opening", "sender"),
    [
        ("10:02:33 From  Dana Ortiz : ", "Dana Ortiz"),
        ("10:02:33\t From  Dana Ortiz  to  Everyone : ", "Dana Ortiz"),
        ("10:02:33 From Dana to Go to Everyone: ", "Dana to Go"),
        ("10:02:33 From Rahul: ", "Rahul"),
        ("2026-03-04 10:02:33 From Dana Ortiz to Everyone: ", "Dana Ortiz"),
        ("10:02:33 AM From Dana Ortiz to Everyone: ", "Dana Ortiz"),
        ("10:02:33 Von Dana Ortiz an Alle: ", "Dana Ortiz"),
        ("10:02:33 De  Dana Ortiz  \u00e0  Tout le monde : ", "Dana Ortiz"),
        ("10:02:33 De Dana Ortiz para Todos: ", "Dana Ortiz"),
        ("10:02:33 De Dana Ortiz a Todos: ", "Dana Ortiz"),
        ("10:02:33\tDana Ortiz:\t", "Dana Ortiz"),
        ("10:02:33\tDana: Acme:\t", "Dana: Acme"),
    ],
)
def test_senders_are_found_in_every_shape_of_a_message(opening: str, sender: str) -> None:
    assert _rows(f"{opening}hello: there") == [(sender, 0, "hello: there")]


def test_a_day_before_the_times_is_the_meetings_date() -> None:
    assert str(_read("2026-03-04 10:02:33 From Dana Ortiz to Everyone:\n\tHello.\n").date) == "2026-03-04"


def test_reactions_in_another_language_are_known_by_what_they_quote() -> None:
    text = CHAT + (
        "10:00:09 From Sam Lee to Everyone:\n\tHat auf \u201eWhere are...\u201c mit \U0001f44d reagiert\n"
        "10:00:10 From Sam Lee to Everyone:\n\tHat mit \U0001f44d\U0001f3fd auf \u201eWhere are...\u201c reagiert\n"
        '10:00:11 From Sam Lee to Everyone:\n\tI like "Ulysses" \U0001f44d\n'
    )
    transcript = _read(text)
    assert [u.text for u in transcript.utterances] == ["Where are we?", 'I like "Ulysses" \U0001f44d']
    assert transcript.dropped == {"reactions": 2}


def test_words_above_the_first_message_that_are_much_are_refused() -> None:
    with pytest.raises(Refused, match="as Zoom chat"):
        _read("Dana: we met and spoke at length about the budget of the coming year and of the next.\n" * 4 + CHAT + CHAT)


# --- Fathom

FATHOM = "Weekly - July 13\nVIEW RECORDING - 44 mins (No highlights): https://fathom.video/share/S\n\n---\n\n"


def test_what_fathom_notes_within_the_speech_is_left_out_and_the_speech_after_it_kept() -> None:
    note = "ACTION ITEM: Ask Betty - now - WATCH: https://fathom.video/share/S?timestamp=738.99"
    transcript = _read(f"{FATHOM}0:00 - Dana Ortiz\n  Well.\n  {note}  And Betty: she said no.\n\n0:09 - Sam Lee\n  Oh.\n")
    assert [u.text for u in transcript.utterances] == ["Well. And Betty: she said no.", "Oh."]
    assert transcript.dropped["action items and other notes by Fathom"] == 1
    assert transcript.coverage == 1


def test_two_notes_of_fathom_on_one_line_leave_the_words_between_them() -> None:
    note = "ACTION ITEM: Ask Betty: now - WATCH: https://fathom.video/share/S?timestamp=738.99"
    transcript = _read(f"{FATHOM}0:00 - Dana Ortiz\n  CFO: no. {note}  And so {note} we left.\n")
    assert [u.text for u in transcript.utterances] == ["CFO: no. And so we left."]


def test_a_day_without_a_year_is_no_date_and_no_part_of_the_title() -> None:
    transcript = _read(FATHOM + "0:00 - Dana Ortiz\n  Well.\n")
    assert (transcript.title, transcript.date) == ("Weekly", None)
    named = read_file("2026-07-13 x.txt", (FATHOM + "0:00 - Dana Ortiz\n  Well.\n").encode())
    assert str(named.date) == "2026-07-13"


def test_an_address_in_brackets_is_the_speakers() -> None:
    transcript = _read(FATHOM + "0:00 - Dana Ortiz (dana@acme.example)\n  Well.\n\n0:02 - Sam Lee (Acme)\n  Yes.\n")
    assert transcript.emails == {"Dana Ortiz (dana@acme.example)": "dana@acme.example"}
    assert transcript.speakers == ("Dana Ortiz (dana@acme.example)", "Sam Lee (Acme)")


def test_fathom_without_its_line_above_is_known_by_a_speaker_who_comes_again() -> None:
    text = "0:00 - Dana Ortiz\n  Well.\n\n0:02 - Sam Lee\n  Yes.\n\n0:04 - Dana Ortiz\n  So.\n"
    assert _read(text).format == "fathom"


def test_two_meetings_in_one_copy_from_fathom_are_refused() -> None:
    second = "Next - July 14\nVIEW RECORDING - 1 hr 4 mins (No highlights): https://fathom.video/share/T\n\n---\n\n"
    with pytest.raises(Refused, match="more than one meeting"):
        _read(FATHOM + "0:00 - Dana Ortiz\n  Well.\n\n" + second + "0:02 - Sam Lee\n  Yes.\n")


def test_a_meeting_of_hours_is_fathoms_too() -> None:
    transcript = _read(FATHOM.replace("44 mins", "1 hr 4 mins") + "0:00 - Dana Ortiz\n  Well.\n")
    assert (transcript.format, transcript.title) == ("fathom", "Weekly")


# --- Rev, Descript


def test_a_phrase_with_a_colon_in_revs_words_is_no_speaker() -> None:
    text = "Dana Ortiz (00:00):\nSam: he is late.\n\nNote: so am I.\n\nSam Lee (00:09):\nNo.\n\nDana Ortiz (00:12):\nOh.\n"
    assert _rows(text)[0] == ("Dana Ortiz", 0, "Sam: he is late. Note: so am I.")


def test_a_time_without_a_name_goes_on_with_revs_speaker() -> None:
    text = "Dana Ortiz (00:00):\nOne.\n\n(00:51):\nTwo.\n\nSam Lee (01:06):\nThree.\n"
    assert _rows(text) == [("Dana Ortiz", 0, "One."), ("Dana Ortiz", 51, "Two."), ("Sam Lee", 66, "Three.")]


def test_the_times_in_descripts_words_are_none_of_them_and_begin_pieces() -> None:
    many = " ".join(["word"] * 100)
    text = f"**Dana Ortiz:** [00:00:00] {many} [00:01:00] {many}\n\n**Sam Lee:** Yes [inaudible 00:01:30].\n"
    assert _rows(text) == [
        ("Dana Ortiz", 0, many),
        ("Dana Ortiz", 60, many),
        ("Sam Lee", None, "Yes [inaudible 00:01:30]."),
    ]


def test_a_time_before_a_name_and_none_elsewhere_is_plain_text() -> None:
    assert _read("[00:00:00] P: Good morning.\n[00:00:04] Q: Hi.\n[00:00:09] P: So.\n").format == "text"


# --- Otter


def test_a_name_in_small_letters_is_a_speakers_after_an_empty_line() -> None:
    text = "Dana Ortiz  0:00\nSo.\n\nsam lee  0:04\nNo.\n\nDana Ortiz  0:09\nOh.\n"
    assert [speaker for speaker, _, _ in _rows(text)] == ["Dana Ortiz", "sam lee", "Dana Ortiz"]


def test_paragraphs_of_a_word_document_are_read_the_same() -> None:
    text = "Dana Ortiz  0:00\n\nSo.\n\nSummary\n\nSam Lee  0:04\n\nNo.\n"
    transcript = _read(text)
    assert [(u.speaker, u.text) for u in transcript.utterances] == [("Dana Ortiz", "So."), ("Sam Lee", "No.")]
    assert transcript.dropped == {"lines of notes": 1}


def test_times_without_names_are_read_as_nobodys_words() -> None:
    transcript = _read("0:01\nOne.\n\n0:15\nTwo.\n\n0:21\nThree.\n")
    assert (transcript.format, transcript.confidence) == ("otter", "medium")
    assert transcript.speakers == (UNATTRIBUTED,)


def test_names_without_times_are_believed_only_above_otters_last_line() -> None:
    text = "Dana Ortiz\nI want it.\n\nSam Lee\nOkay.\n"
    assert _read(text + "\nTranscribed by https://otter.ai\n").speakers == ("Dana Ortiz", "Sam Lee")
    with pytest.raises(Refused):
        _read(text)


# --- tables


def _table(delimiter: str, *rows: str) -> str:
    return "\n".join(delimiter.join(row.split("/")) for row in rows) + "\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "titles",
    [
        "Speaker/Start/Text",
        "speaker_name/start_time/sentence",
        "speakerName/startTime/content",
        "SPRECHER/Zeit/Inhalt",
        "Intervenant/D\u00e9but/Texte",
        "\u8a71\u8005/\u958b\u59cb/\u767a\u8a00\u5185\u5bb9",
        "Name/Timestamp/Transcript",
    ],
)
def test_tables_are_known_by_their_titles_whatever_stands_between_cells(titles: str, delimiter: str) -> None:
    text = _table(delimiter, titles, "Dana Ortiz/0:02/So we.", "Sam Lee/0:04/No.", "Dana Ortiz/1:02:03/Oh.")
    assert _rows(text) == [("Dana Ortiz", 2, "So we."), ("Sam Lee", 4, "No."), ("Dana Ortiz", 3723, "Oh.")]


@pytest.mark.parametrize(
    ("title", "written", "seconds"),
    [
        ("start", "62.5", 62.5),
        ("start (s)", "62", 62),
        ("start_ms", "62500", 62.5),
        ("startTimeMs", "62500", 62.5),
        ("Start (ms)", "62500", 62.5),
        ("start", "01:02", 62),
        ("start", "00:01:02.500", 62.5),
        ("start", '"00:01:02,500"', 62.5),
        ("start", "00:01:02:12", 62),
        ("start", "00;01;02;12", 62),
        ("start", "00:01:02 - 00:01:05", 62),
        ("start", "soon", None),
        ("start", "-3", None),
    ],
)
def test_times_are_read_as_tables_write_them(title: str, written: str, seconds: float | None) -> None:
    assert _rows(f"speaker,{title},text\nDana,0,So.\nSam,{written},No.\nDana,,Oh.\n")[1][1] == seconds


def test_whole_numbers_that_go_by_too_fast_for_seconds_are_milliseconds() -> None:
    text = "start\tend\tspeaker\ttext\n320\t2780\tDana\tSo we meet\n3010\t5520\tSam\tat noon\n5600\t6000\tDana\tYes\n"
    assert [start for _, start, _ in _rows(text)] == [0.32, 3.01, 5.6]
    slow = "start,speaker,text\n0,Dana,So we meet at noon today\n30,Sam,Yes\n60,Dana,No\n"
    assert [start for _, start, _ in _rows(slow)] == [0, 30, 60]


def test_whispers_table_has_no_speakers() -> None:
    assert _rows("start\tend\ttext\n0\t2780\tSo we meet\n3010\t5520\tat noon.\n") == [(UNATTRIBUTED, 0, "So we meet at noon.")]
    assert _formats_of("time,message\n1,started\n2,stopped\n3,started\n") == set()


def test_times_of_day_count_from_the_first() -> None:
    text = "speaker,time,text\nDana,2026-03-04T23:59:58,So.\nSam,2026-03-05T00:00:03,No.\n"
    assert [start for _, start, _ in _rows(text)] == [0, 5]
    assert [start for _, start, _ in _rows("speaker,time,text\nDana,11:59:58 PM,So.\nSam,12:00:03 AM,No.\n")] == [0, 5]


def test_two_tables_in_one_file_are_refused() -> None:
    text = "Speaker,Start,Text\nDana,0:01,So.\nSam,0:09,No.\nSpeaker,Start,Text\nDana,0:02,Again.\nMei,0:05,Yes.\n"
    with pytest.raises(Refused, match="more than one meeting") as refusal:
        _read(text)
    assert "Split" in refusal.value.hint


def test_titles_that_stand_again_are_no_speech_and_counted() -> None:
    transcript = _read("Speaker,Start,Text\nDana,0:01,So.\nSam,0:09,No.\nSpeaker,Start,Text\nDana,0:12,Oh.\n")
    assert [u.text for u in transcript.utterances] == ["So.", "No.", "Oh."]
    assert (transcript.dropped, transcript.warnings) == ({"rows of column headings": 1}, ())
    timeless = _read("Speaker,Text\nDana,So.\nSam,No.\nSpeaker,Text\nDana,Oh.\n")
    assert any("more than one meeting" in warning for warning in timeless.warnings)


def test_a_comma_that_was_not_quoted_cuts_no_words_off() -> None:
    text = "speaker,text,start\nDana,So.,0:01\nSam,Yes.,0:02\nDana,Well, no, not now.,0:03\n"
    assert _rows(text)[2] == ("Dana", 3, "Well, no, not now.")
    assert _rows("speaker,start,text\nDana,0:01,So.\nSam,0:02,Well, no.\n")[1] == ("Sam", 2, "Well, no.")


def test_a_bar_in_somebodys_words_keeps_its_spaces() -> None:
    text = "Speaker | Time | Text\nDana | 0:01 | So | what\nSam | 0:02 | No\nDana | 0:03 | Oh\n"
    assert _rows(text)[0] == ("Dana", 1, "So | what")


def _refusal(text: str) -> str:
    try:
        _read(text)
    except Refused as refusal:
        return refusal.message
    return ""


def test_a_comma_in_a_name_that_was_not_quoted_gives_nobody_the_words() -> None:
    rows = "".join(f"Dana,{'We speak of many things here. ' * 3},0:{n:02}\n" for n in range(1, 9))
    transcript = _read(f"speaker,text,start\n{rows}Lee, Sam,No.,0:10\n")
    assert transcript.speakers == ("Dana",)
    assert transcript.dropped == {"rows that do not fit the table": 1}
    assert transcript.coverage < 1


def test_a_quote_that_is_never_closed_is_refused() -> None:
    text = 'speaker,text,start\nDana,So.,0:01\nSam,"Well,0:02\nDana,Oh.,0:03\nSam,Yes.,0:04\n'
    assert "never closed" in _refusal(text)
    noted = 'speaker,note,text\nDana,,So.\nDana,,We.\nSam,"late,Well.\nDana,,Oh.\nSam,,Yes.\n'
    assert "never closed" in _refusal(noted)


def test_line_ends_within_a_cell_belong_to_its_words() -> None:
    text = 'speaker,text\nDana,"Two lines,\nand Sam: nothing"\nSam,Yes.\nDana,Oh.\n'
    assert _rows(text)[0] == ("Dana", None, "Two lines, and Sam: nothing")


def test_a_cell_longer_than_can_be_read_is_refused() -> None:
    text = "speaker,text\nDana,So.\nSam,Yes.\nDana," + "word " * 40_000 + "\n"
    assert "cannot be read" in _refusal(text)


def test_a_table_written_by_a_program_is_read_back() -> None:
    said = [("Dana Ortiz", 'He said: "no",\nthen\tleft; so | what?'), ("Sam, Lee", "=1+1"), ("Dana Ortiz", "'ok'")]
    for dialect in ("excel", "excel-tab", "unix"):
        out = io.StringIO()
        csv.writer(out, dialect=dialect).writerows([("speaker", "start", "text"), *((w, n, t) for n, (w, t) in enumerate(said))])
        assert _rows(out.getvalue()) == [(who, n, " ".join(text.split())) for n, (who, text) in enumerate(said)]


@pytest.mark.parametrize("known", [known for known in FORMATS if known.name in VENDORS], ids=lambda known: known.name)
def test_json_is_none_of_them(known: object) -> None:
    assert _formats_of(json.dumps({"turns": [{"speaker": "Dana", "text": "[Dana] 14:02:11"}]})) == set()
