"""Whatever was said or named comes out of Markdown as the characters it is made of."""

import datetime as dt
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from analyzer.model.documents import Agenda, AgendaItem, ClientWords, OpenPromise
from analyzer.model.findings import ClaimKind, Level, Outcome, PersonVerdict, Polarity, SignId
from analyzer.model.relationship import NoteRow
from analyzer.relationship import picture
from analyzer.relationship.words import day
from analyzer.rendering import markdown
from analyzer.rendering.plain import plain
from analyzer.usecases.brief import plan_brief
from tests.relations import CLIENT, Pair, advice, finding, judged, meeting, promise, told, verdict
from tests.test_brief import PRACTICE, TODAY, planned

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
HARMLESS = {"text", "softbreak", "strong_open", "strong_close", "code_inline"}
HOSTILE = (
    "<script>alert(1)</script>",
    "](javascript:alert(1))",
    "![x](http://evil.example/p.png)",
    "[link](https://evil.example) and <https://evil.example>",
    "a | b | c\n|---|---|",
    "`code` and ``more``",
    "first\n\n# second\n> third\r\n- fourth\u2028fifth",
    "\u202eevil\u202c \u2066name\u2069",
    "**bold** __bold__ ~~gone~~ *i* _i_",
    "&lt;b&gt; &amp; R&D; AT&T",
    "# heading",
    "1. first",
    "12) twelfth",
    "- list",
    "=====",
    "\\\\ \\[ \\",
    "=cmd|' /C calc'!A0",
    "$x$ and user@example.com",
    "<!-- hidden -->",
    "    four spaces",
    "\x00\x07\x1b[31mred",
)
ANY_TEXT = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="[](){}<>`*_#|\\!&;~$@:/=-+.>1 \n\tab", max_size=40),
    st.lists(st.sampled_from(HOSTILE), max_size=3).map(" ".join),
)


def shown(text: str) -> str:
    """What a reader should see: the text on one line, without what is invisible."""
    kept = "".join(
        " "
        if c in "\t\n\r\v\f\x85\u2028\u2029"
        else ""
        if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in "\u200c\u200d"
        else c
        for c in text
    )
    return " ".join(kept.split())


def inline(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or []]


@given(ANY_TEXT)
@example("<script>alert(1)</script>")
@example("a\\")
@example("&#106;")
@example("1. x")
@pytest.mark.parametrize("frame", ["{}", "- {}", "- **Title**: {}", "  - {}", "“{}”", "> {}"])
def test_any_text_is_seen_as_it_is_and_is_never_markup(frame: str, text: str) -> None:
    parsed = READER.parse(frame.format(plain(text)))
    expected = shown(frame.format(plain_marker := "\ue000")).lstrip("->* ").replace("**", "")
    seen = "".join(child.content for child in inline(parsed))
    assert seen == expected.replace(plain_marker, shown(text)).strip() or (not shown(text) and not seen.strip("“” "))
    assert {child.type for child in inline(parsed)} <= HARMLESS
    assert not {t.type for t in parsed} & {
        "html_block",
        "fence",
        "code_block",
        "heading_open",
        "hr",
        "table_open",
        "ordered_list_open",
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_no_control_and_no_change_of_direction_is_left(text: str) -> None:
    assert not re.search(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]", plain(text))


@pytest.mark.parametrize("text", ["see http://evil.example", "see WWW.evil.example"])
def test_bare_addresses_are_escaped_for_sites_that_make_links_of_them(text: str) -> None:
    assert re.search(r"[^\\]://|www\.", plain(text), re.IGNORECASE) is None
    assert READER.parseInline(plain(text))[0].content.replace("\\", "") == text


def test_ordinary_speech_stays_as_it_was_written() -> None:
    words = "We're at 40%, “nearly done”, said R&D; isn't that (more or less) what we want? It's 3.5 days - or 4!"
    assert plain(words) == words.replace("R&D;", "R&amp;D;")


def test_letters_that_need_joiners_keep_them() -> None:
    assert plain("\u0645\u06cc\u200c\u062e") == "\u0645\u06cc\u200c\u062e"


def hostile_talk(name: str) -> Pair:
    """A meeting in which a hostile name speaks, promises and is promised something."""
    m = meeting("2026-03-01", [(name, name), ("Iris Vance", "Yes.")])
    return judged(m, stance_why=name[:300], findings=[promise(m, 0, name, name, to=name, due=name)], caveats=[name[:300]])


@pytest.mark.parametrize("name", [*HOSTILE, "x" * 5000, "=" * 300])
def test_hostile_names_come_out_of_a_brief_harmless(name: str) -> None:
    text = markdown.brief(planned([hostile_talk(name)]))
    parsed = READER.parse(text)
    assert {child.type for child in inline(parsed)} <= HARMLESS
    assert not {t.type for t in parsed} & {"html_block", "fence", "code_block", "hr", "table_open"}
    assert sum(t.type == "heading_open" for t in parsed) == len(re.findall(r"(?m)^##? ", text))
    assert max(map(len, text.splitlines())) < 2000


@pytest.mark.parametrize("words", [*HOSTILE, "x" * 5000])
def test_what_a_person_wrote_and_whose_words_differ_comes_out_of_a_brief_harmless(words: str) -> None:
    m = meeting("2026-01-05", [("Iris Vance", "Do it."), (f"{words} a", "Yes."), (f"{words} b", "No.")])
    own = PersonVerdict(level=Level.WEAK, note=words, reader=Level.STRONG)
    pro = finding(m, 1, ClaimKind.SIGN, SignId.BOARD_MANDATE)
    con = finding(m, 2, ClaimKind.SIGN, SignId.BOARD_MANDATE, polarity=Polarity.AGAINST)
    sign = verdict(SignId.BOARD_MANDATE, Level.WEAK, evidence=[pro], counter=[con], person=own)
    pair = judged(m, signs=[sign], findings=[advice(m, 0, words, Outcome.UNKNOWN)])
    seen = picture([pair], TODAY, told(m, 0, Outcome.ADOPTED, "2026-02-01", note=words))
    note = NoteRow(number=1, date=TODAY, kind="event", text=words)
    text = markdown.brief(plan_brief(CLIENT, seen, [m], PRACTICE, TODAY, [note]))
    parsed = READER.parse(text)
    assert {child.type for child in inline(parsed)} <= HARMLESS
    assert not {t.type for t in parsed} & {"html_block", "fence", "code_block", "hr", "table_open"}
    assert sum(t.type == "heading_open" for t in parsed) == len(re.findall(r"(?m)^##? ", text))


@pytest.mark.parametrize("name", [*HOSTILE, "x" * 5000])
def test_hostile_names_come_out_of_an_agenda_harmless(name: str) -> None:
    words = ClientWords(text=name, speaker=name, date=dt.date(2026, 3, 1))
    item = AgendaItem(
        title=name,
        minutes=60,
        purpose=name,
        lead=name,
        questions=(name,),
        points=(name,),
        words=(words,),
        promises=(OpenPromise(who=name, what=name, to=name, due=name, due_date=None),),
    )
    text = markdown.agenda(
        Agenda(
            client=name,
            practice=name,
            people=(name,),
            date=dt.date(2026, 3, 9),
            minutes=60,
            intention=name,
            items=(item,),
            next_talk=dt.date(2026, 6, 1),
        )
    )
    parsed = READER.parse(text)
    assert {child.type for child in inline(parsed)} <= HARMLESS
    assert [t.tag for t in parsed if t.type == "heading_open"] == ["h1", "h2"]
    assert not {t.type for t in parsed} & {"html_block", "fence", "code_block", "hr", "table_open"}


def test_a_long_quote_is_cut_where_everybody_sees_it() -> None:
    words = " ".join(f"word{n}" for n in range(60))
    m = meeting("2026-03-01", [("Tess Okafor", words)])
    text = markdown.brief(planned([judged(m, findings=[promise(m, 0, "Tess Okafor", words)])]))
    assert "word44 […]" in text
    assert "word45" not in text


def test_dates_are_written_out_the_same_on_every_machine() -> None:
    assert [day(dt.date(2026, month, 9)) for month in (1, 3, 5, 12)] == ["9 Jan 2026", "9 Mar 2026", "9 May 2026", "9 Dec 2026"]
