"""Plain text and Markdown: how turns are written, when they were said, and what is not speech."""

import datetime as dt
import textwrap

import pytest

from analyzer.errors import Refused
from analyzer.transcripts.base import UNATTRIBUTED
from analyzer.transcripts.reading import read_file

TALK = [("Dana Ortiz", "Hello all."), ("Sam Lee", "Hi."), ("Dana Ortiz", "So.")]
MANY = "and so on with many more words than a heading or a remark would ever have, so that it may well be speech"

STYLES = {
    "bold with the colon": "**{who}:** {text}\n",
    "bold without": "**{who}**: {text}\n",
    "italic": "*{who}:* {text}\n",
    "bold and italic": "***{who}:*** {text}\n",
    "underlined": "__{who}__: {text}\n",
    "list": "- {who}: {text}\n",
    "list of stars, bold": "* **{who}:** {text}\n",
    "numbers": "7. {who}: {text}\n",
    "quoted": "> {who}: {text}\n>\n",
    "quoted, bold": ">> **{who}:** {text}\n",
    "captions for the deaf": ">> {who}: {text}\n",
    "brackets": "[{who}]: {text}\n",
    "full-width colon": "{who}\uff1a{text}\n",
    "words below the name": "{who}:\n{text}\n\n",
    "bold name above the words": "**{who}:**\n{text}\n\n",
    "wide gaps": "{who} :   {text}\n",
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
def test_a_turn_may_be_written_in_many_styles(style: str) -> None:
    text = "".join(style.format(who=who, text=words) for who, words in TALK)
    assert [(u.speaker, u.text) for u in read_file("x", text.encode()).utterances] == TALK


TIMES = {
    "[00:01:02] Dana: Hi.": 62,
    "(1:02) Dana: Hi.": 62,
    "1:02 Dana: Hi.": 62,
    "1:02 - Dana: Hi.": 62,
    "00:01:02.50 | Dana: Hi.": 62.5,
    "**[01:02]** Dana: Hi.": 62,
    "**[01:02] Dana:** Hi.": 62,
    "[01:02] **Dana:** Hi.": 62,
    "[01:02 - 01:09] Dana: Hi.": 62,
    "01:02\u201301:09 Dana: Hi.": 62,
    "**Dana** [00:01:02]: Hi.": 62,
    "Dana (01:02): Hi.": 62,
    "Dana [01:02] : Hi.": 62,
    "- Dana (01:02): Hi.": 62,
    "**Dana** *(01:02)*: Hi.": 62,
    "> [01:02] Dana: Hi.": 62,
    "[01:02]Dana: Hi.": 62,
    "\u301001:02\u3011Dana\uff1aHi.": 62,
    "01:02\nDana: Hi.": 62,
    "[01:02 - 01:09]\n**Dana:** Hi.": 62,
}


@pytest.mark.parametrize(("line", "start"), TIMES.items())
def test_a_time_may_stand_before_or_after_the_name_or_above_it(line: str, start: float) -> None:
    transcript = read_file("x", f"{line}\n\n{line.replace('1:0', '2:0')}\n".encode())
    assert [(u.speaker, u.start, u.text) for u in transcript.utterances] == [("Dana", start, "Hi."), ("Dana", start + 60, "Hi.")]


@pytest.mark.parametrize(
    ("stamps", "starts"),
    [
        (["[10:02 AM]", "[10:03 AM]", "[1:00 PM]"], [0, 60, 10_680]),
        (["11:59 p.m.", "12:01 a.m.", "12:02 a.m."], [0, 120, 180]),
        (["[10:02:10 AM]", "[10:02:15 AM]", "[10:02:15 AM]"], [0, 5, 5]),
        (["[14:02:10]", "[14:03:10]", "[15:02:10]"], [0, 60, 3600]),
        (["[23:59:50]", "[00:00:10]", "[00:01:00]"], [0, 20, 70]),
        (["[04/03/2026, 10:02:11]", "[04/03/2026, 10:03:00]", "[04/03/2026, 10:03:11]"], [0, 49, 60]),
        (["[2026-03-04 10:02:11]", "[2026-03-04 10:03:00]", "[2026-03-04T10:03:11]"], [0, 49, 60]),
        (["12/03/2026, 10:02 -", "12/03/2026, 10:03 -", "12/03/2026, 10:05 -"], [0, 60, 180]),
        (["[0:02]", "[0:10]", "[75:10]"], [2, 10, 4510]),
        (["[00:00:02]", "[01:00:00]", "[02:00:00]"], [2, 3600, 7200]),
    ],
)
def test_times_of_day_count_from_the_first_and_others_from_the_start(stamps: list[str], starts: list[int]) -> None:
    text = "".join(f"{stamp} {who}: {words}\n" for stamp, (who, words) in zip(stamps, TALK, strict=True))
    assert [u.start for u in read_file("x", text.encode()).utterances] == starts


def test_hours_and_minutes_are_told_from_minutes_and_seconds_by_what_is_said_between() -> None:
    long = "word " * 100
    text = "".join(f"[{stamp}] {who}: {long}\n" for stamp, who in [("10:02", "Dana"), ("10:03", "Sam"), ("11:01", "Dana")])
    assert [u.start for u in read_file("x", text.encode()).utterances] == [0, 60, 3540]
    slow = text.replace(long, "Yes. ")
    assert [u.start for u in read_file("x", slow.encode()).utterances] == [602, 603, 661]


SUMMARIES = {
    "a title": "Summary\n\nThe client is aligned.\n\nDana Ortiz: is aligned.\n",
    "a title with a colon at once": "Summary:\nThe client is aligned.\nDana Ortiz: is aligned.\n",
    "a bold title": "**Key takeaways**\nThe client is aligned.\n- Sam Lee: agrees.\n",
    "headings within": "## AI summary\n\n### Mood\n\nGood.\n\nDana Ortiz: liked it.\n\n### Money\n\nEnough.\n",
    "a heading of its own": "## The client's mood\n\nThe client is aligned.\n\nMore of it.\n",
    "numbers": "1. Next steps\nDana Ortiz: sends the deck\n2. Open questions\nWho pays?\n",
    "tasks": "- [ ] Dana Ortiz: send the deck\n- [x] Sam Lee: read it\n",
    "a list without a title": "- Dana Ortiz: send the deck\n- Sam Lee: read it\n",
    "a table": "| Who | Task |\n|-----|------|\n| Dana Ortiz | Send the deck |\n",
    "German": "Zusammenfassung\n\nAlles gut.\n\nN\u00e4chste Schritte:\nDana Ortiz: schickt es.\n",
    "Japanese": "\u8981\u7d04\n\n\u554f\u984c\u306a\u3057\u3002\n",
    "a line": "Summary: the client is aligned.\nAnd wants more.\n",
    "a picture before": "\U0001f4dd Notes\n\nThe client is aligned.\n",
}


@pytest.mark.parametrize("summary", SUMMARIES.values(), ids=SUMMARIES.keys())
@pytest.mark.parametrize("place", ["after", "at once after", "before", "before, with a title for the talk"])
def test_what_somebody_wrote_about_the_talk_is_never_speech(summary: str, place: str) -> None:
    talk = "".join(f"{who}: {words}\n" for who, words in TALK)
    title = "\n## Transcript\n\n" if place.endswith("talk") else "\n"
    text = {"after": f"{talk}\n{summary}", "at once after": f"{talk}{summary}"}.get(place, f"{summary}{title}{talk}")
    transcript = read_file("x", text.encode())
    assert [(u.speaker, u.text) for u in transcript.utterances] == TALK
    assert sum(transcript.dropped.values()) > 0


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("Weekly\n\nSummary\n\nAll is well.\n\n", "Weekly"),
        ("\U0001f4dd Notes\n\nAll is well.\n\n", "x"),
        ("Quick recap\n\nAll is well by 6 May 2026.\n\n", "x"),
        ("1. Next steps\n- Dana Ortiz: sends it\n\n", "x"),
        ("| Who | Task |\n|---|---|\n| Dana Ortiz | Send it |\n\n", "x"),
        ("Summary: all is well.\nTitle: Weekly\n\n", "Weekly"),
    ],
)
def test_neither_title_nor_date_comes_from_a_summary(above: str, title: str) -> None:
    talk = "".join(f"{who}: {words}\n" for who, words in TALK)
    transcript = read_file("x", f"{above}Transcript\n\n{talk}".encode())
    assert (transcript.title, transcript.date) == (title, None)


def test_the_talk_goes_on_after_a_remark_and_after_a_heading() -> None:
    text = "Dana: One.\nNote: recording paused\nSam: Two.\n\n## Money\n\nOf it.\n\nDana: Three.\n\nDecision: yes.\n\nSam: Four.\n"
    transcript = read_file("x", text.encode())
    assert [u.text for u in transcript.utterances] == ["One.", "Two.", "Three.", "Four."]
    assert transcript.dropped == {"lines of notes": 4}


def test_a_title_of_notes_over_the_whole_file_is_its_title() -> None:
    transcript = read_file("x", b"Meeting notes\n\nDana: One.\n\nSam: Two.\n\nDana: Three.\n")
    assert [u.text for u in transcript.utterances] == ["One.", "Two.", "Three."]


def test_much_that_is_left_out_below_a_title_of_notes_though_it_has_names_is_refused() -> None:
    talk = "".join(f"Dana: {n} {MANY}\n\nSam: Why {n}?\n\n" for n in range(6))
    with pytest.raises(Refused, match="could be put in their place"):
        read_file("x", f"{talk}Overview\n\n{talk}".encode())
    actions = read_file("x", f"{talk}Action items\n\n{talk}".encode())
    assert len(actions.utterances) == 12


def test_much_text_below_a_heading_under_which_people_speak_counts_as_lost() -> None:
    talk = f"Dana: {MANY}\n\nSam: {MANY}\n\n"
    transcript = read_file("x", f"{talk * 4}## Money\n\nSome more {MANY}\n\nDana: Yes.\n".encode(), allow_partial=True)
    assert transcript.dropped["lines below a heading that do not say who speaks"] == 1
    assert transcript.coverage < 0.95


def test_names_that_begin_a_wrapped_line_of_somebody_s_words_are_words() -> None:
    text = "DANA: We talked about the\nBudget: nobody knows\nwhat it is.\nSAM: Right.\nDANA: So\nit goes.\nSAM: Yes.\n"
    assert read_file("x", text.encode()).utterances[0].text == "We talked about the Budget: nobody knows what it is."


def test_somebody_who_speaks_once_is_somebody() -> None:
    text = "Weekly\n4 March 2026\nDana: Hello\nSam: Hi\nAlex: Bye\n"
    assert read_file("x", text.encode()).speakers == ("Dana", "Sam", "Alex")


@pytest.mark.parametrize("name", ["Unknown Speaker", "Unknown", "Unbekannter Sprecher"])
def test_who_is_said_to_be_unknown_is_nobody(name: str) -> None:
    text = f"Dana: Hello.\n{name}: Hm.\nDana: So.\n"
    assert read_file("x", text.encode()).speakers == ("Dana", UNATTRIBUTED)


def test_a_long_summary_makes_nobody_of_those_who_speak_once() -> None:
    text = "Dana: Hello\nSam: Hi\nAlex: Bye\n\n## Summary\n\n" + "They met.\n\n" * 40
    assert read_file("x", text.encode()).speakers == ("Dana", "Sam", "Alex")


@pytest.mark.parametrize("stamps", [("[00:03]", "[00:11]", "[00:15]"), ("00:00:03", "00:00:11", "00:00:15")])
def test_a_time_without_a_name_begins_words_of_nobody_where_times_begin_turns(stamps: tuple[str, ...]) -> None:
    first, second, third = stamps
    text = f"{first} Dana: One, at\n10:30 or so.\n{second} Two.\n{third} Dana: Three.\n"
    turns = [(u.speaker, u.start, u.text) for u in read_file("x", text.encode()).utterances]
    assert turns == [("Dana", 3, "One, at 10:30 or so."), (UNATTRIBUTED, 11, "Two."), ("Dana", 15, "Three.")]


def test_a_second_heading_with_another_date_is_another_meeting() -> None:
    text = "# Northgate 17 September 2025\nDana: One.\nSam: Two.\n\n{}\nDana: Three.\nSam: Four.\n"
    for heading in ("# Southgate 18 September 2025", "Southgate, 18 September 2025", "Date: 18 September 2025\n"):
        with pytest.raises(Refused, match="more than one meeting") as refusal:
            read_file("x", text.format(heading).encode())
        assert "Split" in refusal.value.hint
    for heading in ("## Part two, 17 September 2025", "## Contract of 1 March 2019", "## Next call, 24 September 2025", "## Two"):
        assert len(read_file("x", text.format(heading).encode()).utterances) == 4


def test_somebody_who_speaks_once_below_unfinished_words_is_somebody() -> None:
    text = "Anna: Hello.\nwhat is that\nBen: Hi.\nAnna: Bye.\n"
    assert [u.speaker for u in read_file("x", text.encode()).utterances] == ["Anna", "Ben", "Anna"]


LONG = "I think that we should go on with what we said about the plan and the people and the money and all that"


@pytest.mark.parametrize("name", ["Carl", "CFO", "Carl Otto"])
@pytest.mark.parametrize("end", ["", ",", "."])
def test_somebody_who_speaks_once_among_wrapped_turns_is_somebody(name: str, end: str) -> None:
    turns = [("Anna" if at % 2 else "Ben", LONG + end) for at in range(12)]
    turns.insert(6, (name, f"No, we will not renew the contract with you, and nobody told you so{end}"))
    text = "\n".join(textwrap.fill(f"{who}: {words}", 60) for who, words in turns)
    assert [(u.speaker, u.text) for u in read_file("x", text.encode()).utterances] == turns


def test_a_label_that_may_be_a_wrapped_word_is_warned_of() -> None:
    wrapped = (
        "Anna: We have talked about this for such a long time that\nnow we have to decide, said everybody who was here, and\n"
    )
    text = f"{wrapped}Terminology: nobody knows what it is.\nBen: Right.\n{wrapped}so on.\nBen: Yes.\n"
    transcript = read_file("x", text.encode())
    assert (transcript.speakers, transcript.confidence) == (("Anna", "Ben"), "medium")
    assert any("'Terminology: nobody knows what it is.'" in warning for warning in transcript.warnings)


def test_one_word_that_begins_one_of_many_paragraphs_is_warned_of_unless_it_stands_among_the_participants() -> None:
    text = "Anna: One.\n\nTwo.\n\nKestrel: three.\n\nFour.\n\nBen: Five.\n\nAnna: Six.\n\nBen: Seven.\n"
    transcript = read_file("x", text.encode())
    assert transcript.confidence == "medium"
    assert any("'Kestrel'" in warning for warning in transcript.warnings)
    assert read_file("x", f"Participants: Anna, Ben, Kestrel\n\n{text}".encode()).warnings == ()


NO_MEETINGS = {
    "a log": "2025-09-17 14:02:33 INFO: started\n2025-09-17 14:02:34 WARN: low\n2025-09-17 14:02:35 INFO: asked\n",
    "settings": "server:\n  host: localhost\n  port: 8080\nclient:\n  host: localhost\n  port: 8081\nAnna: admin\nBen: user\n",
    "minutes": "Minutes\nPresent: Anna, Ben\n\n1. Money\nDecision: approved.\nAction: Ben to write.\n\nDiscussion: none.\n",
    "a recipe": "Ingredients: flour, eggs\nTime: 30 minutes\nServes: 4\nStep 1: Mix.\nStep 2: Bake.\nStep 1: Cool.\n",
    "a readme": "# Tool\n\nLicense: MIT\nAuthor: Anna Berg\nVersion: 1.2\n\n- Install: pip\n- Test: pytest\n- Install: again\n",
}


@pytest.mark.parametrize("text", NO_MEETINGS.values(), ids=NO_MEETINGS.keys())
def test_what_has_labels_but_is_no_talk_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="does not say who speaks"):
        read_file("x", text.encode())


def test_a_mail_is_refused_as_one() -> None:
    mail = (
        "MIME-Version: 1.0\nFrom: Anna <a@b.example>\nTo: Ben <b@b.example>\nContent-Type: text/plain\n\nAnna: Hello.\nBen: Hi.\n"
    )
    with pytest.raises(Refused, match="is an e-mail"):
        read_file("x", mail.encode())


@pytest.mark.parametrize("text", ["Dana: Hello, all of you.\n", "Dana: One.\nDana: Two.\nDana: Three.\n"])
def test_a_file_with_one_speaker_is_doubted(text: str) -> None:
    transcript = read_file("x", text.encode())
    assert transcript.confidence == "low"
    assert "only one speaker was found, so it may be no transcript" in transcript.warnings


HEADS = {
    "Russian": "\u0414\u0430\u0442\u0430: 17 \u0441\u0435\u043d\u0442\u044f\u0431\u0440\u044f 2025\n"
    "\u0423\u0447\u0430\u0441\u0442\u043d\u0438\u043a\u0438: Dana, Sam\n\u0422\u0435\u043c\u0430: Northgate\n",
    "Arabic": "\u0627\u0644\u062a\u0627\u0631\u064a\u062e: 17/09/2025\n\u0627\u0644\u062d\u0636\u0648\u0631: Dana\n"
    "\u0627\u0644\u0645\u0648\u0636\u0648\u0639: Northgate\n",
    "Hebrew": "\u05ea\u05d0\u05e8\u05d9\u05da: 17.9.2025\n\u05de\u05e9\u05ea\u05ea\u05e4\u05d9\u05dd: Dana\n"
    "\u05e0\u05d5\u05e9\u05d0: Northgate\n",
    "Polish": "Data: 17 wrze\u015bnia 2025\nUczestnicy: Dana, Sam\nTemat: Northgate\n",
    "French": "Date : 17 septembre 2025\nLieu : Lyon\nParticipants : Dana, Sam\nObjet : Northgate\n",
    "Spanish": "Fecha: 17 de septiembre de 2025\nLugar: Madrid\nAsistentes: Dana, Sam\nAsunto: Northgate\n",
    "Italian": "Data: 17 settembre 2025\nLuogo: Roma\nPresenti: Dana, Sam\nOggetto: Northgate\n",
    "Portuguese": "Data: 17 de setembro de 2025\nLocal: Lisboa\nParticipantes: Dana, Sam\nAssunto: Northgate\n",
    "Dutch": "Datum: 17 september 2025\nPlaats: Gent\nAanwezig: Dana, Sam\nOnderwerp: Northgate\n",
    "Chinese": "\u4f1a\u8bae\u4e3b\u9898\uff1aNorthgate\n\u65f6\u95f4\uff1a2025\u5e749\u670817\u65e5 14:00\n"
    "\u5730\u70b9\uff1aA\n\u53c2\u4f1a\u4eba\u5458\uff1aDana\n",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_fields_above_the_talk_are_known_in_many_languages(head: str) -> None:
    talk = "".join(f"{who}: {words}\n" for who, words in TALK)
    transcript = read_file("x", f"{head}\n{talk}".encode())
    assert [(u.speaker, u.text) for u in transcript.utterances] == TALK
    assert (transcript.title, transcript.date) == ("Northgate", dt.date(2025, 9, 17))


def test_a_block_of_fields_with_a_date_is_above_the_talk_in_any_language() -> None:
    text = "Tarehe: 17.09.2025\nMahali: Mombasa\nWaliohudhuria: Dana, Sam\n\nDana: One.\nSam: Two.\nDana: Three.\n"
    assert read_file("x", text.encode()).speakers == ("Dana", "Sam")


@pytest.mark.parametrize(
    "title",
    ["Actions \u00e0 mener", "Aktionspunkte", "Ma\u00dfnahmen", "Zusammenfassung", "Pr\u00f3ximos pasos"],
)
def test_a_title_of_notes_ends_the_talk_in_many_languages(title: str) -> None:
    talk = "".join(f"{who}: {words}\n" for who, words in TALK)
    transcript = read_file("x", f"{talk}\n{title}\nSam Lee: one thing\nDana Ortiz: another\n".encode())
    assert [(u.speaker, u.text) for u in transcript.utterances] == TALK


AROUND = {
    "an assistant's": ("Sure! Here's the transcript with speakers:\n\n---\n\n", "\n---\n\nWould you like me to sum it up?\n"),
    "a block of code": ("```text\n", "```\n"),
    "an offer": ("Here is the cleaned transcript you asked for:\n\n", "\nLet me know if you would like a summary!\n"),
    "a signature": ("", "\nGenerated by ChatGPT\n"),
    "a telephone's": ("", "\n--\nSent from my iPhone\n"),
    "an export's": ("This transcript was exported on Sep 17, 2025 - view latest version here.\n\n", ""),
    "an advertisement": ("", "\nConvert your mp3 files to text with Sonix. Sonix is the best of all.\n"),
}


@pytest.mark.parametrize(("above", "below"), AROUND.values(), ids=AROUND.keys())
def test_what_programs_write_around_the_talk_is_neither_speech_nor_title(above: str, below: str) -> None:
    talk = "".join(f"{who}: {words}\n" for who, words in TALK)
    transcript = read_file("Weekly.txt", f"{above}{talk}{below}".encode())
    assert [(u.speaker, u.text) for u in transcript.utterances] == TALK
    assert (transcript.title, transcript.date, transcript.coverage) == ("Weekly", None, 1.0)
    assert sum(transcript.dropped.values()) > 0


@pytest.mark.parametrize(
    "words",
    [
        "We have one\nproblem: money. And another\nproblem: time.",
        "Two things.\nProblem: money.\nQuestion: who pays?",
        "He wrote:\n\nDear Sam: we go.",
        "I said\n\nNo: never.",
        "It went on. Then:\n\nProblem: nobody wanted it.\n\nProblem: nobody paid.",
    ],
)
def test_common_words_with_a_colon_are_nobody(words: str) -> None:
    text = f"Anna: {words}\n\nBen: Ok.\n\nAnna: Right.\n\nBen: Yes.\n"
    transcript = read_file("x", text.encode())
    assert [u.text for u in transcript.utterances] == [" ".join(words.split()), "Ok.", "Right.", "Yes."]


@pytest.mark.parametrize("style", ["{}: {}\n{}\n", "{}: [{}]\n{}\n", "{}: [{}] {}\n", "**{}:** {}\n{}\n\n"])
def test_a_time_behind_the_name_is_when_it_was_said(style: str) -> None:
    text = "".join(style.format(who, f"00:0{at}", words) for at, (who, words) in enumerate(TALK))
    turns = [(u.speaker, u.start, u.text) for u in read_file("x", text.encode()).utterances]
    assert turns == [(who, at, words) for at, (who, words) in enumerate(TALK)]


def test_a_time_for_an_answer_is_an_answer() -> None:
    assert read_file("x", b"Anna: When?\nBen: 10:30\nAnna: Fine.\nBen: Good.\n").utterances[1].text == "10:30"


def test_words_behind_an_empty_name_are_nobody_s() -> None:
    text = "Anna: Hello.\n: what is that\nBen: Hi.\nAnna: Bye.\n"
    assert [u.speaker for u in read_file("x", text.encode()).utterances] == ["Anna", UNATTRIBUTED, "Ben", "Anna"]
