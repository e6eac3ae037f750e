"""Teams and Google Meet: the traps of their documents, in other languages and cut about by people."""

import pytest

from analyzer.errors import Refused
from analyzer.transcripts.base import UNATTRIBUTED, Transcript
from analyzer.transcripts.notation.written_dates import date_of_line
from analyzer.transcripts.reading import read_file
from tests.transcripts.documents import docx, paragraph

Rows = list[tuple[str, float | None, str]]


def _read(text: str) -> Transcript:
    return read_file("transcript.txt", text.encode())


def _rows(transcript: Transcript) -> Rows:
    return [(u.speaker, u.start, u.text) for u in transcript.utterances]


# --- Teams

TEAMS = "Eva Garcia   0:04\nWe decided.\nSam Lee   0:09\nNo.\nEva Garcia   1:00:02\nYes.\n"
TEAMS_ROWS: Rows = [("Eva Garcia", 4.0, "We decided."), ("Sam Lee", 9.0, "No."), ("Eva Garcia", 3602.0, "Yes.")]

BEGAN_AND_ENDED = [
    ("Eva Garcia started transcription", "Eva Garcia stopped transcription"),
    ("Eva Garcia hat die Transkription gestartet", "Transkription beendet"),
    ("Eva Garcia a d\u00e9marr\u00e9 la transcription", "Sam Lee a arr\u00eat\u00e9 la transcription"),
    ("Eva Garcia inici\u00f3 la transcripci\u00f3n.", "Eva Garcia finaliz\u00f3 la transcripci\u00f3n."),
    ("Eva Garcia heeft de transcriptie gestart", "Eva Garcia heeft de transcriptie gestopt"),
    ("Eva Garcia ha avviato la trascrizione", "Sam Lee ha interrotto la trascrizione"),
    ("Eva Garcia iniciou a transcri\u00e7\u00e3o", "Eva Garcia parou a transcri\u00e7\u00e3o"),
    ("Eva Garcia startade transkriberingen", "Eva Garcia stoppade transkriberingen"),
    ("Eva Garcia rozpocz\u0119\u0142a transkrypcj\u0119", "Eva Garcia zako\u0144czy\u0142a transkrypcj\u0119"),
    (
        "Eva Garcia\u304c\u6587\u5b57\u8d77\u3053\u3057\u3092\u958b\u59cb",
        "Eva Garcia\u304c\u6587\u5b57\u8d77\u3053\u3057\u3092\u505c\u6b62",
    ),
]


@pytest.mark.parametrize(("began", "ended"), BEGAN_AND_ENDED)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_who_began_and_ended_the_transcription_is_never_speech(began: str, ended: str, gap: str) -> None:
    transcript = _read(f"Weekly-20260304_100233-Meeting Recording\n{began}{gap}{TEAMS.rstrip()}{gap}{ended}\n")
    assert (transcript.format, _rows(transcript)) == ("teams", TEAMS_ROWS)
    assert transcript.dropped == {"heading lines": 2, "lines about the transcription": 1}


def test_in_an_unknown_language_the_last_line_ends_as_the_first_did() -> None:
    began, ended = "Piet Berg aloitti puhtaaksikirjoituksen", "Mia Berg lopetti puhtaaksikirjoituksen"
    transcript = _read(f"{began}\n\n{TEAMS}\n{ended}\n")
    assert (_rows(transcript), transcript.dropped["lines about the transcription"]) == (TEAMS_ROWS, 1)


def test_words_about_transcription_are_speech_where_they_are() -> None:
    spoken = TEAMS.replace("We decided.", "Sam Lee stopped transcription.\nTranscription started.\nGo on.")
    assert _rows(_read(spoken))[0][2] == "Sam Lee stopped transcription. Transcription started. Go on."


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("15 August 2026, 06:07pm", "2026-08-15"),
        ("July 10, 2026, 8:42PM", "2026-07-10"),
        ("15. August 2026, 18:07", "2026-08-15"),
        ("4. M\u00e4rz 2026, 18:07", "2026-03-04"),
        ("15 ao\u00fbt 2026, 18:07", "2026-08-15"),
        ("14 de abril de 2026, 5:06p.m.", "2026-04-14"),
        ("4 maart 2026 18:07", "2026-03-04"),
        ("4 de mar\u00e7o de 2026, 18:07", "2026-03-04"),
        ("4 marzo 2026, 18:07", "2026-03-04"),
        ("avr. 15, 2026", "2026-04-15"),
        ("set 7, 2026", "2026-09-07"),
        ("2026\u5e743\u67084\u65e5 18:07", "2026-03-04"),
        ("2026\ub144 3\uc6d4 4\uc77c", "2026-03-04"),
        ("03/04/2026, 18:07", None),
        ("2026\u5e7413\u670840\u65e5", None),
        ("Kickoff 2 of project 2026", None),
        ("27m 42s", None),
        ("On 4 maart 2026 we met, as we do on every such day, and nobody was there but us", None),
    ],
)
def test_the_date_above_the_speech_is_read_in_many_languages_and_never_guessed(line: str, date: str | None) -> None:
    found = date_of_line(line)
    assert (str(found) if found else None) == date
    if len(line.split()) < 15:
        assert str(_read(f"{line}\nEva Garcia started transcription\n{TEAMS}").date) == str(date)


def test_the_recorders_own_day_goes_before_that_of_greenwich() -> None:
    transcript = _read(f"Weekly-20260304_233012-Meeting Recording\n5 March 2026, 00:30am\n{TEAMS}")
    assert (str(transcript.date), transcript.title) == ("2026-03-04", "Weekly")


def test_a_recording_whose_name_is_no_date_leaves_it_to_the_line_below() -> None:
    transcript = _read(f"Weekly-20261399_233012-Meeting Recording\n5 March 2026, 00:30am\n{TEAMS}")
    assert (str(transcript.date), transcript.title) == ("2026-03-05", "Weekly")


@pytest.mark.parametrize("title", ["South kick-off-20250918_140233-Meeting Transcript\n", ""])
def test_two_meetings_in_one_file_are_refused(title: str) -> None:
    with pytest.raises(Refused, match="more than one meeting") as refusal:
        _read(f"Weekly-20260304_100233-Meeting Recording\n{TEAMS}\n{title}September 18, 2025, 2:02PM\n12m 12s\n\n{TEAMS}")
    assert "Split" in refusal.value.hint


def test_a_recordings_name_that_stands_again_is_no_speech_and_counted() -> None:
    name = "Weekly-20260304_100233-Meeting Recording\n"
    transcript = _read(name + TEAMS.replace("No.\n", f"No.\n{name}"))
    assert (_rows(transcript), transcript.dropped["lines with the recording's name again"]) == (TEAMS_ROWS, 1)


@pytest.mark.parametrize("said", ["It is South-20250918_140233-Meeting Recording, I think.", "mid-20250918_140233\nor so"])
def test_the_name_of_a_recording_in_somebodys_words_is_no_second_meeting(said: str) -> None:
    assert _rows(_read(TEAMS.replace("No.", said)))[1] == ("Sam Lee", 9.0, " ".join(said.split()))


def test_a_date_that_somebody_says_is_no_second_meeting() -> None:
    spoken = TEAMS.replace("We decided.", "On 18 September 2025.\n12 minutes\nIt was 18 September 2025 that we met, or\n12m")
    assert len(_read(spoken).utterances) == 3


OTTERS = {
    "plain": "Eva Garcia  0:04  \nWe decided.\n\nSam Lee  0:09  \nNo.\n",
    "with its last line": TEAMS + "\nTranscribed by https://otter.ai\n",
    "with keywords": "Weekly\n\nSUMMARY KEYWORDS\nboard, plan\n\nSPEAKERS\nEva Garcia, Sam Lee\n\n" + TEAMS.replace("   ", "  "),
    "with a title about transcripts": "Interview transcript\n\n" + TEAMS.replace("   ", "  "),
}


@pytest.mark.parametrize("text", OTTERS.values(), ids=OTTERS.keys())
def test_otters_text_stays_otters(text: str) -> None:
    assert _read(text).format == "otter"
    assert read_file("x.docx", docx(*map(paragraph, text.split("\n")))).format == "otter"


def test_two_spaces_are_teams_where_the_recording_is_named() -> None:
    assert _read("Weekly-20260304_100233-Meeting Recording\n" + TEAMS.replace("   ", "  ")).format == "teams"


def test_names_of_any_form_are_names_where_a_paragraph_begins_with_them() -> None:
    blocks = ["svc room 3 (main floor)   0:04\nWe decided.", "@1   0:09\nNo.", "+44 20 7946 0018   0:11\nYes.", "   0:15\nWho?"]
    assert [u.speaker for u in read_file("x.docx", docx(*map(paragraph, blocks))).utterances] == [
        "svc room 3 (main floor)",
        "@1",
        "+44 20 7946 0018",
        UNATTRIBUTED,
    ]


def test_a_time_that_somebody_says_is_no_header() -> None:
    assert _rows(_read(TEAMS.replace("No.", "When?\n10:30\nor later")))[1] == ("Sam Lee", 9.0, "When? 10:30 or later")


def test_times_with_two_numbers_each_are_subrips() -> None:
    assert _read("00:00:05.100 --> 00:00:08.250\nEva: We decided.\n\n00:00:09.000 --> 00:00:10.000\nSam: No.\n").format == "srt"


def test_an_older_file_without_names_has_no_known_speaker() -> None:
    transcript = _read("0:0:5.100 --> 0:0:8.250\nWe decided.\n\n0:0:39.0 --> 0:0:41.0\nDid we?\n")
    assert (transcript.format, transcript.confidence, transcript.speakers) == ("teams", "medium", (UNATTRIBUTED,))


# --- Teams, copied from the browser


def _copied(*blocks: tuple[str, str, str, str]) -> str:
    return "\n".join(f"{name}\n{words}{figures}\n{name} {words}\n{said}" for name, words, figures, said in blocks)


LANGUAGES = {
    "English": ("1 hour 2 minutes 3 seconds", "4 minutes 5 seconds"),
    "German": ("1 Stunde 2 Minuten 3 Sekunden", "4 Minuten 5 Sekunden"),
    "French": ("1 heure 2 minutes 3 secondes", "4 minutes 5 secondes"),
    "Spanish": ("1 hora 2 minutos 3 segundos", "4 minutos 5 segundos"),
    "Dutch": ("1 uur 2 minuten 3 seconden", "4 minuten 5 seconden"),
    "Polish": ("1 godzina 2 minuty 3 sekundy", "4 minuty 5 sekund"),
    "Japanese": ("1 \u6642\u9593 2 \u5206 3 \u79d2", "4 \u5206 5 \u79d2"),
    "none that is known": ("1 xora 2 pirka 3 zeka", "4 pirka 5 zeka"),
}


@pytest.mark.parametrize(("long", "short"), LANGUAGES.values(), ids=LANGUAGES.keys())
def test_times_in_words_are_read_in_any_language(long: str, short: str) -> None:
    text = _copied(("Eva Garcia", short, "4:05", f"We decided.\nEva Garcia {short}\nTwice."), ("Sam Lee", long, "1:02:03", "No."))
    transcript = _read(text)
    assert (transcript.format, transcript.dropped) == ("teams-copy", {})
    assert _rows(transcript) == [("Eva Garcia", 245.0, "We decided. Twice."), ("Sam Lee", 3723.0, "No.")]


def test_times_in_figures_may_be_lost_in_the_copy() -> None:
    eva = "Eva Garcia 4 minutes 5 seconds\nWe decided.\nEva Garcia 4 minutes 9 seconds\nAll.\n"
    text = eva + "Sam Lee 5 minutes\nNo.\nSam Lee 6 minutes\nYes.\n"
    assert _rows(_read(text)) == [
        ("Eva Garcia", 245.0, "We decided. All."),
        ("Sam Lee", 300.0, "No."),
        ("Sam Lee", 360.0, "Yes."),
    ]


PARTED = {
    "figures on a line of their own": "{name}\n{words}\n{figures}\n{name} {words}\n{said}\n",
    "the name twice": "{name}\n{name}\n{words}\n{figures}\n{name} {words}\n{said}\n",
    "figures alone": "{name}\n{figures}\n{name} {words}\n{said}\n",
    "the name once": "{name}\n{words}\n{figures}\n{said}\n",
}


@pytest.mark.parametrize("shape", PARTED.values(), ids=PARTED.keys())
@pytest.mark.parametrize(("long", "short"), LANGUAGES.values(), ids=LANGUAGES.keys())
def test_a_time_that_the_browser_parted_is_read(shape: str, long: str, short: str) -> None:
    said = [
        ("Eva Garcia", short, "4:05", "We decided."),
        ("Sam Lee", long, "1:02:03", "No."),
        ("Eva Garcia", long, "1:02:03", "O."),
    ]
    text = "".join(shape.format(name=name, words=words, figures=figures, said=what) for name, words, figures, what in said)
    transcript = _read(text)
    assert (transcript.format, transcript.dropped) == ("teams-copy", {})
    assert _rows(transcript) == [("Eva Garcia", 245.0, "We decided."), ("Sam Lee", 3723.0, "No."), ("Eva Garcia", 3723.0, "O.")]


def test_initials_and_a_name_twice_may_stand_above_one_person() -> None:
    text = "Eva Garcia\n{0}EG\n{0}Sam Lee\nSam Lee\n5 minutes5:00\nNo.\n".format("Eva Garcia\n4 minutes4:00\nWe.\n")
    assert _rows(_read(text)) == [("Eva Garcia", 240.0, "We. We."), ("Sam Lee", 300.0, "No.")]


@pytest.mark.parametrize(
    "left", ["Bo Ek\n5 minutes 2 seconds", "5:02", "Bo Ek 5 minutes 2 seconds", "Bo Ek\n5 Minuten 2 Sekunden"]
)
def test_a_header_that_is_left_among_the_words_is_refused(left: str) -> None:
    text = _copied(("Eva Garcia", "4 minutes", "4:00", f"We decided.\n{left}\nNo."))
    with pytest.raises(Refused, match="a header that was not understood") as refusal:
        _read(text)
    assert ".docx" in refusal.value.hint


def test_a_name_and_a_time_in_somebodys_words_are_words() -> None:
    text = _copied(
        ("Eva Garcia", "4 minutes", "4:00", "Sam Lee 5 minutes ago said:\nEva Garcia and Bob 5 minutes"),
        ("Sam Lee", "5 minutes", "5:00", "No."),
    )
    assert _rows(_read(text))[0] == ("Eva Garcia", 240.0, "Sam Lee 5 minutes ago said: Eva Garcia and Bob 5 minutes")


# --- Google Meet

MEET = "00:00:11\nDana Ortiz: Hear it from you.\nSam Lee: Okay.\n\n00:05:00\nDana Ortiz: So.\n"
MEET_ROWS: Rows = [("Dana Ortiz", 11.0, "Hear it from you."), ("Sam Lee", None, "Okay."), ("Dana Ortiz", 300.0, "So.")]

ENDINGS = [
    "Transcription ended after 00:39:02",
    "Meeting ended after 00:39:02 \U0001f44b",
    "La transcripci\u00f3n finaliz\u00f3 despu\u00e9s de 00:39:02",
    "La reuni\u00f3n finaliz\u00f3 despu\u00e9s de 00:39:02",
    "Transcription termin\u00e9e apr\u00e8s 00:39:02",
    "Die Transkription wurde nach 00:39:02 beendet",
    "Kokous p\u00e4\u00e4ttyi ajassa 00:39:02",
]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("before", ["", "\n", "\n### "])
def test_what_google_writes_at_the_end_is_never_speech(ending: str, before: str) -> None:
    transcript = _read(f"Board - Transcript\n{MEET.rstrip()}\n{before}{ending}\n")
    assert (transcript.format, _rows(transcript)) == ("google-meet", MEET_ROWS)
    assert transcript.dropped == {"lines above the transcript": 1, "footer": 1}


@pytest.mark.parametrize(
    "ending", ["\u6587\u5b57\u8d77\u3053\u3057\u306f 00:39:02 \u5f8c\u306b\u7d42\u4e86", "Transkription beendet"]
)
def test_names_below_times_are_googles_whatever_the_last_line_is_like(ending: str) -> None:
    blocks = [*MEET.strip().split("\n"), ending]
    assert read_file("x.docx", docx(*map(paragraph, blocks))).speakers == ("Dana Ortiz", "Sam Lee")


def test_what_stands_below_the_end_is_left_out_and_said() -> None:
    transcript = _read(MEET + "\nTranscription ended after 00:39:02\n\nBudget: send the deck\n\nSent from my telephone\n")
    assert _rows(transcript) == MEET_ROWS
    assert transcript.dropped["lines below the transcript"] == 2
    assert any("below the end" in warning for warning in transcript.warnings)


def test_speech_below_the_end_counts_as_speech_that_was_not_placed() -> None:
    text = MEET + "\nTranscription ended after 00:39:02\n\nDana Ortiz: sends the deck\nSam Lee: reads it\n"
    with pytest.raises(Refused, match="of its words could be put in their place"):
        _read(text)
    placed, below = sum(len(words.replace(" ", "")) for _, _, words in MEET_ROWS), len("sendsthedeckreadsit")
    partly = read_file("x", text.encode(), allow_partial=True)
    assert (_rows(partly), partly.coverage) == (MEET_ROWS, placed / (placed + below))


AFTER_TALK = "\nTranscription ended after 00:39:02\n\n"
SECOND = {
    "with a title": AFTER_TALK + "South - Transcript\nAttendees\nDana Ortiz, Bo Ek\nTranscript\nBo Ek: Hello.\n",
    "with a title below notes": AFTER_TALK + "\U0001f4dd Notes\nSummary\nAll agree.\n\U0001f4d6 Transcript\nBo Ek: Hello.\n",
    "with times alone": AFTER_TALK + "South\n\n00:00:04\nBo Ek: Hello.\n",
    "without an end between": "\nSouth - Transcript\n\nBo Ek: Hello.\nDana Ortiz: Hi.\n",
}


@pytest.mark.parametrize("second", SECOND.values(), ids=SECOND.keys())
def test_two_transcripts_in_one_file_are_refused(second: str) -> None:
    with pytest.raises(Refused, match="more than one meeting") as refusal:
        _read(MEET + second)
    assert "Split" in refusal.value.hint


@pytest.mark.parametrize("end", [AFTER_TALK, "\n"])
def test_notes_below_the_transcript_are_no_speech(end: str) -> None:
    notes = (
        "\U0001f4dd Notes\nMar 4, 2026\nSummary\nDana Ortiz: is happy with everything.\n\nNext steps\nSam Lee: sends the deck.\n"
    )
    transcript = _read(MEET.rstrip() + f"\n{end}{notes}")
    assert (_rows(transcript), transcript.coverage) == (MEET_ROWS, 1.0)


NOTES = """\U0001f4dd {notes}
Mar 4, 2026
Board preparation
Transcript

{summary}
The client appears aligned: everybody agrees.
Dana Ortiz: is happy with everything.
Sam Lee: is happy, too.
00:00:02
Dana Ortiz: a time that stands in the notes.

{steps}
[Dana Ortiz] Send figures: Dana sends the figures.

You should review Gemini's notes to make sure they're accurate. Get tips and learn how Gemini takes notes
"""


@pytest.mark.parametrize(
    ("notes", "summary", "steps", "tab"),
    [
        ("Notes", "Summary", "Next steps", "Transcript"),
        ("Notizen", "Zusammenfassung", "N\u00e4chste Schritte", "Transkript"),
        ("Notas", "Resumen", "Pr\u00f3ximos pasos", "Transcripci\u00f3n"),
        ("Appunti", "Riepilogo", "Passaggi successivi", "Trascrizione"),
    ],
)
def test_geminis_notes_are_never_speech_in_any_language(notes: str, summary: str, steps: str, tab: str) -> None:
    text = NOTES.format(notes=notes, summary=summary, steps=steps)
    transcript = _read(f"{text}\U0001f4d6 {tab}\nMar 4, 2026\nBoard preparation - {tab}\n{MEET}")
    assert (transcript.format, _rows(transcript)) == ("google-meet", MEET_ROWS)
    assert (transcript.title, str(transcript.date)) == ("Board preparation", "2026-03-04")


def test_notes_without_a_transcript_are_refused() -> None:
    text = NOTES.format(notes="Notes", summary="Summary", steps="Next steps").replace("00:00:02\n", "")
    with pytest.raises(Refused, match="notes of Gemini, which are not what was said") as refusal:
        _read(text)
    assert "Transcript tab" in refusal.value.hint


def test_a_transcript_without_times_begins_below_its_title() -> None:
    notes = NOTES.format(notes="Notes", summary="Summary", steps="Next steps")
    text = f"{notes}\U0001f4d6 Transcript\nMar 4, 2026\nBoard - Transcript\n\n"
    assert _rows(_read(text + "Dana Ortiz: Come on.\nSam Lee: Good morning.\n")) == [
        ("Dana Ortiz", None, "Come on."),
        ("Sam Lee", None, "Good morning."),
    ]


def test_programs_that_take_notes_say_nothing_and_presentations_are_nobodys() -> None:
    more = "Fireflies.ai Notetaker: I record this.\nIt goes on.\nSam Lee's Presentation: The film says so.\nSam Lee: Yes.\n"
    transcript = _read(MEET + more)
    assert _rows(transcript)[3:] == [(UNATTRIBUTED, None, "The film says so."), ("Sam Lee", None, "Yes.")]
    assert transcript.dropped == {"lines of note-taking programs": 2}
    assert any("presentation" in warning for warning in transcript.warnings)


def test_words_below_a_time_without_a_name_are_nobodys() -> None:
    assert _rows(_read(MEET + "00:06:00\nwent on like this\nSam Lee: Yes.\n"))[3] == (UNATTRIBUTED, 360.0, "went on like this")


def test_names_in_small_letters_and_of_odd_form_are_names_where_they_come_again() -> None:
    odd = "the 3rd floor"
    text = MEET + f"edwin: Hi.\nleticia uribe: Ho.\n{odd}: One.\nSam Lee: Yes.\n{odd}: Two.\nSam Lee: No.\n{odd}: Three.\n"
    assert _read(text).speakers == ("Dana Ortiz", "Sam Lee", "edwin", "leticia uribe", odd)


def test_in_markdown_only_what_is_bold_is_a_name() -> None:
    text = (
        "## Board \\- Transcript\n\n### 00:00:11\n\n**Dana Ortiz:** We said\nWarning: it\\'s wrapped\\!\n\n**Sam Lee:** Okay\\.\n"
    )
    assert _rows(_read(text)) == [("Dana Ortiz", 11.0, "We said Warning: it's wrapped!"), ("Sam Lee", None, "Okay.")]


def test_names_with_commas_and_titles_are_names() -> None:
    text = MEET + "Garcia, Eva (Northgate): Hi.\nDr. Brown: Ho.\n"
    assert _rows(_read(text))[3:] == [("Garcia, Eva (Northgate)", None, "Hi."), ("Dr. Brown", None, "Ho.")]


def test_a_word_in_bold_in_the_notes_takes_nobodys_name_away() -> None:
    notes = "## Board\n\n**Decision:** go on.\n\n## Board - Transcript\n\n"
    assert _rows(_read(notes + MEET.replace("00:00:11", "### 00:00:11"))) == MEET_ROWS


def test_addresses_of_those_invited_are_kept_for_those_who_speak() -> None:
    invited = "Invited [Dana Ortiz](mailto:dana@northgate.example) ~~[Paul Absent](mailto:paul@northgate.example)~~\n\n"
    assert _read(f"{invited}Board - Transcript\n{MEET}").emails == {"Dana Ortiz": "dana@northgate.example"}


PLAIN = {
    "a transcript with a summary": "## Summary\n\nDana: is aligned.\n\n## Transcript\n\nDana: Hello.\nSam: Hi.\nDana: So.\n",
    "one time above it all": "[00:00:11]\nDana: Hello.\nSam: Hi.\n",
}


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN.keys())
def test_plain_text_stays_plain(text: str) -> None:
    assert _read(text).format == "text"


def test_a_copied_meeting_of_over_a_hundred_minutes_is_read() -> None:
    turns = [("Eva Garcia", "99 minutes 58 seconds", "99:58", "So."), ("Sam Lee", "101 minutes 08 seconds", "101:08", "Yes.")]
    text = "\n".join(f"{who}\n{words}{figures}\n{who} {words}\n{said}" for who, words, figures, said in turns)
    assert _rows(_read(text)) == [("Eva Garcia", 5998.0, "So."), ("Sam Lee", 6068.0, "Yes.")]
