"""Twelve lines for the ten minutes before a call."""

import dataclasses
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.brief import Brief
from analyzer.model.findings import ClaimKind, Level, SignId, Strength
from analyzer.relationship import picture
from analyzer.rendering import brief_short
from analyzer.usecases.brief import plan_brief
from tests.relations import CLIENT, Pair, finding, judged, levels, meeting, promise, tarn_mills, verdict
from tests.test_brief import PRACTICE, TODAY, planned
from tests.told import text_of

IN_SHORT = """\
# Tarn Mills, 9 Mar 2026
## Before the call
- Last met: 3 Feb 2026, 34 days ago. All is read.
- We owe: Iris Vance: send the outline, to Tess Okafor, was due 14 Nov 2025; not heard since \
(tarn-mills-2025-11-04 turn 4)
- We owe: Iris Vance: write up three options for the dye house, since 3 Feb 2026, no date \
(tarn-mills-2026-02-03 turn 1)
- They owe: Bo Lindqvist: send the energy figures, to Iris Vance, was due 28 Feb 2026; not heard since \
(tarn-mills-2026-02-03 turn 0)
- Changed: “An outside view for a settled decision”: not heard on 3 Feb 2026, hints on 9 Dec 2025.
- Changed: Was due on 28 Feb 2026: Bo Lindqvist: send the energy figures (tarn-mills-2026-02-03 turn 0)
- Listen for: what has changed for them since; no sign stands.
- Ask: What do you need most just now, and where do you see us in it?
- As partners: Both sides last told how business is doing on 9 Dec 2025, 90 days ago (tarn-mills-2025-12-09). \
It is time for the next one (every 90 days).
"""


def short(brief: Brief) -> list[str]:
    return [line for line in text_of(brief_short.page(brief)).splitlines() if line]


def test_the_short_brief_reads_as_one_would_take_it_along() -> None:
    assert short(planned(tarn_mills())) == IN_SHORT.splitlines()


def test_the_strongest_sign_that_stands_is_listened_for_with_its_words() -> None:
    pairs = []
    for m, assessment in levels(SignId.BOARD_MANDATE, Level.STRONG, Level.STRONG):
        weak = verdict(SignId.OUTSIDE_VALIDATION, Level.WEAK, evidence=[finding(m, 1, ClaimKind.SIGN, SignId.OUTSIDE_VALIDATION)])
        pairs.append(judged(m, signs=[weak, assessment.sign(SignId.BOARD_MANDATE)]))
    [line] = [line for line in short(planned(pairs)) if line.startswith("- Listen for:")]
    assert line.startswith("- Listen for: A directive from above to be satisfied. “Words of meeting 1.” Tess Okafor")


def test_what_is_not_read_is_named() -> None:
    pairs = tarn_mills()
    unread = meeting("2026-03-01", [("Tess Okafor", "Hello.")])
    brief = plan_brief(CLIENT, picture(pairs, TODAY), [*(m for m, _ in pairs), unread], PRACTICE, TODAY)
    assert "- Last met: 1 Mar 2026, 8 days ago. Not read, 1 meeting: tarn-mills-2026-03-01." in short(brief)


def test_with_nothing_read_or_met_at_all_it_still_says_so() -> None:
    unread = meeting("2026-03-01", [("Tess Okafor", "Hello.")])
    lines = short(plan_brief(CLIENT, None, [unread], PRACTICE, TODAY))
    assert "- We owe: gap: nothing is read yet." in lines
    assert "- Listen for: gap: nothing is read yet." in lines
    assert "- Changed: gap: nothing that the meetings tell." in lines
    assert "- Last met: never, as far as the record goes." in short(plan_brief(CLIENT, None, [], PRACTICE, TODAY))


def test_what_may_be_no_promise_is_counted_where_nothing_else_is_owed() -> None:
    m = meeting("2026-03-05", [("Tess Okafor", "Yes.")])
    made = promise(m, 0, "Tess Okafor", "sell the press")
    unsure = dataclasses.replace(made, claim=dataclasses.replace(made.claim, strength=Strength.WEAK))
    lines = short(planned([judged(m, findings=[unsure])]))
    assert "- They owe: nothing in so many words of late; 1 perhaps promised." in lines


@given(st.lists(st.tuples(st.sampled_from(list(Level)), st.integers(0, 6)), min_size=1, max_size=4))
def test_it_has_never_more_than_twelve_lines_with_the_word_that_it_is_private(made: list[tuple[Level, int]]) -> None:
    pairs: list[Pair] = []
    for n, (level, owed) in enumerate(made):
        m = meeting(
            (dt.date(2026, 1, 1) + dt.timedelta(days=7 * n)).isoformat(), [("Tess Okafor", "Yes."), ("Iris Vance", "Yes.")]
        )
        heard = [finding(m, 0, ClaimKind.SIGN, SignId.BOARD_MANDATE)] if level in (Level.WEAK, Level.STRONG) else []
        found = [promise(m, k % 2, ("Tess Okafor", "Iris Vance")[k % 2], f"paint hall {k} of {n}") for k in range(owed)]
        pairs.append(judged(m, signs=[verdict(SignId.BOARD_MANDATE, level, evidence=heard)], findings=found))
    lines = short(planned(pairs))
    assert len(lines) + 1 <= 12
    for wanted in ("Last met", "We owe", "They owe", "Changed", "Listen for", "Ask", "As partners"):
        assert any(line.startswith(f"- {wanted}") for line in lines)
