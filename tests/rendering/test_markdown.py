"""Whatever was said or named comes out of Markdown as the characters it is made of."""

import datetime as dt
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from analyzer.model.agenda import Agenda, AgendaItem, AgendaKind, ClientWords, OpenPromise
from analyzer.model.findings import ClaimKind, Level, Outcome, PersonVerdict, Polarity, SignId
from analyzer.model.relationship import NoteRow
from analyzer.relationship import picture
from analyzer.relationship.words import day
from analyzer.rendering import agenda_page, brief_page, markdown
from analyzer.rendering.formats import DocumentFormat, drawn, text_of
from analyzer.rendering.pages import Page, Span, line, strong
from analyzer.rendering.plain import plain
from analyzer.rendering.seen import seen
from analyzer.usecases.brief.planning import OwnWords, plan_brief
from tests.relations import CLIENT, Pair, advice, finding, judged, meeting, promise, verdict
from tests.relations import told as said_of
from tests.rendering.pages import HOSTILE as NAMES
from tests.rendering.pages import MADE_AT, whole
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
    "[…](javascript:alert(1)) […]: http://evil.example […][…] […]{.x} ![…](x) [[…]](x) \\[…](x)",
)
ANY_TEXT = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="[]…(){}<>`*_#|\\!&;~$@:/=-+.>1 \n\tab", max_size=40),
    st.lists(st.sampled_from(HOSTILE), max_size=3).map(" ".join),
)


def shown(text: str) -> str:
    """What a reader should see: the text on one line, without what is invisible."""
    kept = "".join(
        " "
        if c in "\t\n\r\v\f\x85\u2028\u2029"
        else ""
        if (unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in "\u200c\u200d") or ord(c) & 0xFFFE == 0xFFFE
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


@pytest.mark.parametrize("name", [*HOSTILE, *NAMES])
def test_hostile_words_stay_words_in_every_part(name: str) -> None:
    parsed = READER.parse(markdown.page(whole(name)))
    told = shown(name)
    assert {child.type for child in inline(parsed)} <= HARMLESS
    assert [t.tag for t in parsed if t.type == "heading_open"] == ["h1", *["h2"] * 6]
    assert not {t.type for t in parsed} & {"html_block", "fence", "code_block", "hr", "blockquote_open"}
    title, *_ = (t for t in parsed if t.type == "inline")
    assert "".join(child.content for child in title.children or []) == f"Brief on {told}".strip()
    cells = [t for at, t in enumerate(parsed) if parsed[at - 1].type in ("th_open", "td_open")]
    assert ["".join(c.content for c in cell.children or []) for cell in cells[:4]] == ["What", told, "When", told]
    assert len(cells) == 9


def test_a_page_in_markdown() -> None:
    assert markdown.page(whole("Tess")) == PAGE


PAGE = """# Brief on Tess

Private, for us.

Met Tess twice.

Tess

## Where Tess stands

Tess said “Tess” (`tarn-mills-2026-03-01` turn 7)

**Over time Tess.** It grew, says Tess.

## Promises

- Tess
  - below **Tess**
    - deeper Tess
- second

**Who talked.** Most was Tess.

## Questions

1. first
2. Tess

## More questions

1. again first

## All of Tess

**Ledger Tess**

| What | Tess | When |
| --- | --- | --- |
| Tess | **Tess** | 3 Mar 2026 |
| Ask first | Tess | `tarn-mills-2026-03-01` turn 7 |

run `analyzer clients`

## The rest

end
"""


@given(st.lists(st.tuples(ANY_TEXT, st.booleans()), min_size=1, max_size=4))
@example([("12", False), (". x", False)])
@example([("-", False), (" x", False)])
@example([("&", False), ("amp;", False)])
@example([(" ", False), ("# x", False)])
@example([("a", True), (": b", False)])
def test_words_given_in_pieces_are_seen_as_they_are(pieces: list[tuple[str, bool]]) -> None:
    spans = tuple(Span(f" {text} " if bold else text, strong=bold) for text, bold in pieces)
    page = Page(title="T", lead=(spans,), sections=(), private=False)
    _, *parsed = (t for t in READER.parse(markdown.page(page)) if t.type == "inline")
    seen_words = " ".join("".join(child.content for token in parsed for child in token.children or []).split())
    assert seen_words == " ".join(shown("".join(span.text for span in spans)).split())
    assert {child.type for child in inline(parsed)} <= HARMLESS


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("“[…] and so on […]”", "“[…] and so on […]”"),
        ("left out […]", "left out […]"),
        ("[…] (their own words)", "[…] (their own words)"),
        ("[…](x)", r"\[…\](x)"),
        ("[…][x]", r"\[…\]\[x\]"),
        ("[…][…]", r"\[…\][…]"),
        ("[…]: x", r"\[…\]: x"),
        ("[…]{x}", r"\[…\]{x}"),
        (r"\[…]", r"\\[…]"),
    ],
)
def test_our_mark_of_what_is_left_out_stands_as_it_is_where_it_makes_no_link(text: str, told: str) -> None:
    assert plain(text) == told


@pytest.mark.parametrize("behind", ["(http://evil.example)", ": http://evil.example", "[…](x)", "{.x}"])
def test_our_mark_makes_no_link_with_words_that_come_in_another_piece(behind: str) -> None:
    nothing = Span("\x07", strong=True)  # parts the pieces, and is not seen
    page = Page(title="T", lead=(line("[…]", nothing, behind),), sections=(), private=False)
    text = markdown.page(page)
    assert {child.type for child in inline(READER.parse(text))} <= HARMLESS
    assert f"[…]{behind[0]}" not in text


def test_a_link_to_nowhere_that_somebody_spoke_is_defined_by_no_other_words() -> None:
    page = Page(title="T", lead=(line("[…]: http://evil.example"), line("cut […] here […]")), sections=(), private=False)
    assert {child.type for child in inline(READER.parse(markdown.page(page)))} <= HARMLESS


def test_a_colon_behind_bold_words_is_no_mark_of_markdown() -> None:
    page = Page(title="C #", lead=(line(strong("Relevant"), ": gap"),), sections=(), private=False)
    assert markdown.page(page) == "# C \\#\n\n**Relevant**: gap\n"


def hostile_talk(name: str) -> Pair:
    """A meeting in which a hostile name speaks, promises and is promised something."""
    m = meeting("2026-03-01", [(name, name), ("Iris Vance", "Yes.")])
    return judged(m, stance_why=name[:300], findings=[promise(m, 0, name, name, to=name, due=name)], caveats=[name[:300]])


def told_harmlessly(page: Page) -> bool:
    """Whether every format of the document holds words alone, which each format's own tests look for in every part."""
    parsed = READER.parse(text := markdown.page(page))
    html, docx = (drawn(page, form, MADE_AT) for form in (DocumentFormat.HTML, DocumentFormat.DOCX))
    return (
        {child.type for child in inline(parsed)} <= HARMLESS
        and not {t.type for t in parsed} & {"html_block", "fence", "code_block", "hr", "table_open"}
        and sum(t.type == "heading_open" for t in parsed) == len(re.findall(r"(?m)^##? ", text)) == 1 + len(page.sections)
        and not re.search(rb"<script|<b>|<img", html)
        and text_of(docx, DocumentFormat.DOCX).startswith(seen(page.title).strip())
    )


@pytest.mark.parametrize("name", [*HOSTILE, *NAMES, "=" * 300])
def test_hostile_names_come_out_of_a_brief_harmless(name: str) -> None:
    page = brief_page.page(planned([hostile_talk(name)]))
    assert told_harmlessly(page)
    assert max(map(len, markdown.page(page).splitlines())) < 2000


@pytest.mark.parametrize("words", [*HOSTILE, "x" * 5000])
def test_what_a_person_wrote_and_whose_words_differ_comes_out_of_a_brief_harmless(words: str) -> None:
    m = meeting("2026-01-05", [("Iris Vance", "Do it."), (f"{words} a", "Yes."), (f"{words} b", "No.")])
    own = PersonVerdict(level=Level.WEAK, note=words, reader=Level.STRONG)
    pro = finding(m, 1, ClaimKind.SIGN, SignId.BOARD_MANDATE)
    con = finding(m, 2, ClaimKind.SIGN, SignId.BOARD_MANDATE, polarity=Polarity.AGAINST)
    sign = verdict(SignId.BOARD_MANDATE, Level.WEAK, evidence=[pro], counter=[con], person=own)
    pair = judged(m, signs=[sign], findings=[advice(m, 0, words, Outcome.UNKNOWN)])
    seen_of = picture([pair], TODAY, said_of(m, 0, Outcome.ADOPTED, "2026-02-01", note=words))
    note = NoteRow(number=1, date=TODAY, kind="event", text=words)
    assert told_harmlessly(brief_page.page(plan_brief(CLIENT, seen_of, [m], PRACTICE, TODAY, OwnWords(notes=(note,)))))


@pytest.mark.parametrize("name", [*HOSTILE, *NAMES])
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
    agenda = Agenda(
        kind=AgendaKind.PARTNERSHIP,
        client=name,
        practice=name,
        people=(name,),
        date=dt.date(2026, 3, 9),
        minutes=60,
        intention=name,
        items=(item,),
        next_talk=dt.date(2026, 6, 1),
    )
    assert told_harmlessly(agenda_page.page(agenda))


def test_dates_are_written_out_the_same_on_every_machine() -> None:
    assert [day(dt.date(2026, month, 9)) for month in (1, 3, 5, 12)] == ["9 Jan 2026", "9 Mar 2026", "9 May 2026", "9 Dec 2026"]
