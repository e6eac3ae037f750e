"""Documents on a terminal: no marks of any markup, lines as wide as the terminal, and nothing that commands it."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from analyzer.rendering import page_terminal
from analyzer.rendering.pages import Page, Paragraph, Point, Points, Section, line, strong
from analyzer.rendering.seen import seen
from tests.rendering.pages import HOSTILE, whole

STYLE = re.compile(r"\x1b\[[\d;]*m")
UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


def printed(drawn: page_terminal.Drawn, width: int, *, styled: bool = False) -> str:
    """What a console of this width gets; with the commands that style it where they are asked for."""
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=True, color_system="truecolor", highlight=False).print(drawn)
    return out.getvalue() if styled else STYLE.sub("", out.getvalue())


def test_a_page_at_80_columns() -> None:
    assert printed(page_terminal.page(whole("Tess")), 80) == PAGE


PAGE = """Brief on Tess
Private, for us.

Met Tess twice.
Tess

Where Tess stands
Tess said “Tess” (tarn-mills-2026-03-01 turn 7)

Over time Tess. It grew, says Tess.

Promises
• Tess
  • below Tess
    • deeper Tess
• second

Who talked. Most was Tess.

Questions
1. first
2. Tess

More questions
1. again first

All of Tess
Ledger Tess
• What: Tess; Tess: Tess; When: 3 Mar 2026
• What: Ask first; Tess: Tess; When: tarn-mills-2026-03-01 turn 7

run analyzer clients

The rest
end
"""


def test_what_does_not_fit_on_a_line_goes_on_below_its_words() -> None:
    below = Point(line("and the list of names to them"))
    points = Points(points=(Point(line("Send the whole of the pack to us"), (below,)),), numbered=True)
    page = Page(title="T", lead=(), sections=(Section(title="S", blocks=(points,)),), private=False)
    assert printed(page_terminal.page(page), 28).splitlines()[3:] == [
        "1. Send the whole of the",
        "   pack to us",
        "   • and the list of names",
        "     to them",
    ]


@pytest.mark.parametrize("width", [20, 50, 80, 200])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_their_characters_and_keep_to_the_width(name: str, width: int) -> None:
    drawn = page_terminal.page(whole(name))
    shown = printed(drawn, width)
    assert not UNSEEN.search(shown)
    assert max(map(cell_len, shown.splitlines())) <= min(width, page_terminal.WIDEST)
    assert drawn.text.splitlines()[0] == f"Brief on {seen(name)}".strip()
    assert "".join(shown.split()) == "".join(drawn.text.split())


@given(st.lists(st.text(max_size=40), max_size=5), st.integers(min_value=page_terminal.NARROWEST, max_value=120))
def test_all_that_is_printed_stands_in_the_text_that_is_looked_through(words: list[str], width: int) -> None:
    blocks = (Paragraph(line(*words)), Points(points=tuple(Point(line("a ", strong(word))) for word in words)))
    drawn = page_terminal.page(Page(title="T", lead=(), sections=(Section(title="S", blocks=blocks),), private=False))
    shown = printed(drawn, width)
    assert not UNSEEN.search(shown)
    assert "".join(shown.split()) == "".join(drawn.text.split())


def test_headings_and_strong_words_are_bold_and_places_dim() -> None:
    shown = printed(page_terminal.page(whole("Tess")), 80, styled=True)
    assert "\x1b[1mWhere Tess stands\x1b[0m" in shown
    assert "below \x1b[1mTess\x1b[0m" in shown
    assert "(\x1b[2mtarn-mills-2026-03-01 turn 7\x1b[0m)" in shown


@pytest.mark.parametrize("private", [True, False])
def test_a_private_page_says_so(private: bool) -> None:
    assert ("Private, for us." in page_terminal.page(whole(private=private)).text) is private


def test_what_a_person_wrote_stays_line_for_line_as_it_is() -> None:
    own = "# Our talk\n\n- one *thing*\n    and [another](x)\n\n\tset in\n"
    drawn = page_terminal.as_written(own)
    assert drawn.text == "# Our talk\n\n- one *thing*\n    and [another](x)\n\n        set in"
    assert printed(drawn, 80) == f"{drawn.text}\n"


@pytest.mark.parametrize("name", HOSTILE)
def test_what_a_person_wrote_is_harmless(name: str) -> None:
    shown = printed(page_terminal.as_written(f"# {name}\n  - {name}\n{name}\n"), 50)
    assert not UNSEEN.search(shown)
    assert max(map(cell_len, shown.splitlines())) <= 50
