"""Small promises are told apart from those for which one prepares a meeting."""

import pytest

from analyzer.relationship.trifles import is_trifle


@pytest.mark.parametrize(
    "what",
    [
        "send the link",
        "I'll send you the link",
        "sending over the Zoom invite tomorrow morning",
        "put it in the calendar",
        "drop you a line",
        "ping you",
        "have a look",
        "get back to you",
        "let you know",
        "forward Tom's number",
        "",
    ],
)
def test_a_link_an_invite_or_a_line_is_small(what: str) -> None:
    assert is_trifle(what.replace("Tom's", "the"))


@pytest.mark.parametrize(
    "what",
    [
        "send the energy figures",
        "write up three options for the dye house",
        "talk to the shift leads",
        "have a look at the contract",
        "let you know whether the board agrees",
        "send the link to the payroll extract",
        "call the works council",
        "pay the invoice",
        "die Zahlen schicken",
    ],
)
def test_what_names_anything_else_is_not(what: str) -> None:
    assert not is_trifle(what)
