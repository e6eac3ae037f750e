"""A sentence of an answer says what its quote says: no other number, name or "not"."""

import datetime as dt
from dataclasses import replace

import pytest

from analyzer.evidence import verify_answers
from analyzer.model.findings import Claim, ClaimKind
from analyzer.model.meetings import Meeting, Side, Speaker, Turn

SAID = (
    ("Hanna Weiss", Side.OURS, "Can we have the figures for the five kitchens, and the lease from Corelli?"),
    ("Marek Novak", Side.THEIRS, "You'll have them by Thursday. The lease I don't have, not before the notary signs."),
    ("Hanna Weiss", Side.OURS, "Shall we say forty thousand for the first part, then?"),
    ("Lena Brandt", Side.THEIRS, "Yes, let's do that."),
    ("Marek Novak", Side.THEIRS, "We can't open on Sundays, but the twelve on the coast will open in June."),
    ("Hanna Weiss", Side.OURS, "So nobody has told the cooks?"),
    ("Lena Brandt", Side.THEIRS, "No."),
    ("Lena Brandt", Side.THEIRS, "And it's not thirty, it's thirty-five people."),
    ("Marek Novak", Side.THEIRS, "No, that's fine, no problem at all, we want the second one as well."),
    ("Hanna Weiss", Side.OURS, "I don't know, maybe the Tuesday works for Ola."),
    (
        "Marek Novak",
        Side.THEIRS,
        "It lay for seven weeks because nobody thought it was theirs, and we can't lose three more.",
    ),
)


def meeting() -> Meeting:
    return Meeting(
        id="m_1",
        slug="harbour",
        client_id="c_1",
        client_name="Harbour Kitchens",
        date=dt.date(2025, 3, 4),
        title="Openings",
        revision=1,
        speakers=tuple(Speaker(name=name, side=side) for name, side in {n: s for n, s, _ in SAID}.items()),
        turns=tuple(Turn(ordinal=n, speaker=name, side=side, text=text) for n, (name, side, text) in enumerate(SAID)),
    )


def why(turn: int, quote: str, sentence: str, question: str = "") -> str:
    """Why the sentence is not kept with this quote; empty where it is."""
    claim = Claim(kind=ClaimKind.ANSWER, meeting="m_1", turn=turn, quote=quote, reason=sentence)
    kept, rejected = verify_answers({"m_1": meeting()}, [claim], question)
    assert len(kept) + len(rejected) == 1
    return rejected[0].why if rejected else ""


THURSDAY = (1, "You'll have them by Thursday.")
LEASE = (1, "The lease I don't have, not before the notary signs.")
AGREED = (3, "Yes, let's do that.")
COAST = (4, "the twelve on the coast will open in June")
SUNDAYS = (4, "We can't open on Sundays, but the twelve on the coast will open in June.")
WEEKS = (10, SAID[10][2])
PEOPLE = (7, "it's not thirty, it's thirty-five people")


@pytest.mark.parametrize(
    ("cited", "sentence"),
    [
        (THURSDAY, "Marek Novak promised the figures for the five kitchens by Thursday."),
        (THURSDAY, "On 4 March 2025 Marek promised Hanna the figures by Thursday."),
        (THURSDAY, "Die Zahlen hat Marek Novak am 4. März bis Donnerstag versprochen."),
        (LEASE, "Marek Novak does not have the lease from Corelli before the notary signs."),
        (LEASE, "The lease comes only once the notary has signed."),
        (AGREED, "Lena Brandt agreed to 40,000 for the first part."),
        (COAST, "12 of them will open in June."),
        (SUNDAYS, "The twelve on the coast will open in June."),
        (SUNDAYS, "They cannot open on Sundays."),
        (PEOPLE, "It is 35 people."),
        (PEOPLE, "Lena said that it is not 30 but 35 people."),
        ((6, "No."), "Lena Brandt said that nobody has told the cooks."),
        ((8, "No, that's fine, no problem at all, we want the second one as well."), "They want the second one as well."),
        ((9, "I don't know, maybe the Tuesday works for Ola."), "Hanna Weiss thought that the Tuesday may work for Ola."),
        ((9, "maybe the Tuesday works for Ola"), "maybe the Tuesday works for Ola"),
        (THURSDAY, ""),
        (WEEKS, "seven weeks"),
        (PEOPLE, "thirty-five people"),
    ],
)
def test_what_the_words_carry_is_kept(cited: tuple[int, str], sentence: str) -> None:
    assert why(*cited, sentence) == ""


@pytest.mark.parametrize(
    ("cited", "sentence", "code"),
    [
        (THURSDAY, "Marek Novak promised the figures by Friday.", "other_number"),
        (THURSDAY, "Marek Novak promised the figures by Thursday 6 March.", "other_number"),
        (THURSDAY, "Marek Novak promised the figures for the seven kitchens by Thursday.", "other_number"),
        (COAST, "13 of them will open in June.", "other_number"),
        (COAST, "The twelve on the coast will open in July.", "other_number"),
        (PEOPLE, "It is 38 people.", "other_number"),
        (AGREED, "Lena Brandt agreed to 14,000 for the first part.", "other_number"),
        (THURSDAY, "Hanna Weiss promised the figures by Thursday.", "other_name"),
        (THURSDAY, "Oliver Grant promised the figures by Thursday.", "other_name"),
        (THURSDAY, "Oliver promised the figures by Thursday.", "other_name"),
        (THURSDAY, "Marek Novak promised the figures of Bellini by Thursday.", "other_name"),
        (LEASE, "Marek Novak has the lease before the notary signs.", "other_not"),
        (THURSDAY, "Marek Novak will not have the figures by Thursday.", "other_not"),
        (COAST, "The twelve on the coast will never open in June.", "other_not"),
        (SUNDAYS, "They can open on Sundays.", "other_not"),
        (AGREED, "Lena Brandt did not agree to do that.", "other_not"),
        (WEEKS, "three more", "other_not"),
    ],
)
def test_what_the_words_do_not_carry_is_taken_away(cited: tuple[int, str], sentence: str, code: str) -> None:
    assert why(*cited, sentence) == code


def test_the_date_of_another_meeting_may_be_told_beside_it() -> None:
    other = replace(meeting(), id="m_2", date=dt.date(2025, 6, 17))
    claim = Claim(kind=ClaimKind.ANSWER, meeting="m_1", turn=COAST[0], quote=COAST[1], reason="")
    for sentence, kept in (
        ("Before 17 June 2025 he had said on 4 March that the twelve on the coast will open in June.", True),
        ("Before June 17th, 2025 he had said that the twelve will open in June.", True),
        ("Before 2025-06-17 he had said that the twelve will open in June.", True),
        ("Before 18 June 2025 he had said that the twelve will open in June.", False),
        ("Of the 17, the twelve on the coast will open in June.", False),
    ):
        findings, _ = verify_answers({"m_1": meeting(), "m_2": other}, [replace(claim, reason=sentence)])
        assert bool(findings) == kept, sentence


def test_a_speaker_who_is_only_a_number_may_be_named() -> None:
    numbered = replace(meeting(), turns=(replace(meeting().turns[4], ordinal=0, speaker="Speaker 3"),))
    claim = Claim(
        kind=ClaimKind.ANSWER, meeting="m_1", turn=0, quote=COAST[1], reason="Speaker 3 said that it will open in June."
    )
    assert verify_answers({"m_1": numbered}, [claim])[1] == ()
    wrong = replace(claim, reason="Speaker 5 said that it will open in June.")
    assert [r.why for r in verify_answers({"m_1": numbered}, [wrong])[1]] == ["other_number"]


def test_what_the_question_says_may_stand_in_its_answer() -> None:
    sentence = "Oliver's 7 figures are there by Thursday."
    assert why(*THURSDAY, sentence) == "other_number"
    assert why(*THURSDAY, sentence, "When are the 7 figures that Oliver wanted there?") == ""
    assert why(*COAST, "Nothing else will open in June.") == "other_not"
    assert why(*COAST, "Nothing else will open in June.", "What will not open in June?") == ""
