"""Plain text and Markdown: how turns are written, when they were said, and what is not speech."""

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
