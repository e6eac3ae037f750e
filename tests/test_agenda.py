"""What an agenda is made of, and that nothing private gets into it."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import UsageError
from analyzer.model.agenda import (
    Agenda,
    AgendaItem,
    AgendaKind,
    Cleared,
    ClientSafe,
    ClientWords,
    OpenPromise,
    Recap,
    SaidThere,
    Sharing,
    Suggestion,
    ToldBefore,
    Withheld,
)
from analyzer.model.findings import (
    ClaimKind,
    Dismissed,
    Fate,
    Finding,
    Level,
    OpeningId,
    Outcome,
    PersonVerdict,
    Polarity,
    SignId,
    Stance,
    Strength,
)
from analyzer.model.meetings import Client, Side, Stage
from analyzer.practice import Context, Item, Practice, Share
from analyzer.relationship import picture
from analyzer.rendering import agenda_page, formats
from analyzer.rendering.formats import DocumentFormat
from analyzer.usecases.agenda import Asked, client_safe, plan_agenda
from analyzer.usecases.leaks import leaks
from analyzer.usecases.private_words import Elsewhere, private_words
from analyzer.usecases.sieve import Audience
from tests.relations import (
    CLIENT,
    Pair,
    advice,
    finding,
    follow_up,
    judged,
    meeting,
    opening,
    promise,
    tarn_mills,
    told,
    verdict,
)

TODAY = dt.date(2026, 3, 9)
GLOBEX = Client(id="c_2", slug="globex", name="Globex Forge")
PRACTICE = Practice(
    name="Vance & Partners",
    conditions=(Item(text="We talk to those who do the work", share=Share.ALL),),
    wants=(Item(text="Work with family firms on handing over", share=Share.ALL, not_with=("Globex",)),),
    context=Context(
        in_hand=(Item(text="Two reviews in paper and glass until May", share=Share.ALL),),
        capacity=(Item(text="April has six days free", share=Share.PARTNERS),),
        hard=(Item(text="We may have to let the second analyst go in May"),),
    ),
)
BOTH = ("Tess Okafor", "Bo Lindqvist")
OTHERS = Elsewhere(names=("Globex Forge", "globex"))
MADE_AT = dt.datetime(2026, 3, 9, 9, 0, tzinfo=dt.UTC)


def cleared(
    pairs: Sequence[Pair] = (),
    people: Sequence[str] = BOTH,
    practice: Practice = PRACTICE,
    client: Client = CLIENT,
    kind: AgendaKind = AgendaKind.PARTNERSHIP,
) -> Cleared:
    """What may be sent to the client, with every guard up."""
    seen = picture(pairs, TODAY) if pairs else None
    meetings = [m for m, _ in pairs]
    audience = Audience(meetings, people, practice)
    private = private_words(client, seen, meetings, practice, OTHERS if client is CLIENT else Elsewhere(), heard=audience.shared)
    return client_safe(client, seen, audience, practice, TODAY, Asked(people=tuple(people), kind=kind), private)


def as_markdown(agenda: Agenda) -> str:
    return formats.drawn(agenda_page.page(agenda), DocumentFormat.MD, MADE_AT).decode()


def words(safe: ClientSafe) -> list[str]:
    return [said.text for said in (*safe.capacity, *safe.topics, *safe.ways)]


# --- the plan ---


@given(st.integers(min_value=10, max_value=480))
def test_minutes_add_up_exactly_and_every_item_has_some(minutes: int) -> None:
    agenda = plan_agenda(cleared().safe, TODAY, Asked(minutes=minutes))
    assert sum(item.minutes for item in agenda.items) == minutes == agenda.minutes
    assert min(item.minutes for item in agenda.items) >= 2


@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_every_item_has_a_purpose_a_lead_and_a_question(minutes: int) -> None:
    for item in plan_agenda(cleared().safe, TODAY, Asked(minutes=minutes)).items:
        assert item.purpose.endswith(".")
        assert item.lead in ("both", "Tarn Mills", "Vance & Partners")
        assert item.questions
        assert all(question.endswith("?") for question in item.questions)


def test_an_hour_holds_the_eight_items_of_a_partnership_talk() -> None:
    assert [(item.title, item.minutes) for item in plan_agenda(cleared().safe, TODAY).items] == [
        ("Arriving", 5),
        ("How our businesses are doing", 15),
        ("Unused capacity on both sides", 8),
        ("Further topics", 8),
        ("More efficient ways of working together", 7),
        ("How we decide, and what each of us needs", 8),
        ("Open promises", 4),
        ("Next steps", 5),
    ]


def test_a_quarter_of_an_hour_is_one_share_one_question_one_ask() -> None:
    items = plan_agenda(cleared(tarn_mills()).safe, TODAY, Asked(minutes=15)).items
    assert [item.title for item in items] == ["One thing from each of us", "One question", "One ask, and a date"]
    assert all(len(item.points) + len(item.words) <= 1 for item in items)


def test_we_do_not_tell_more_than_three_things_in_one_item() -> None:
    practice = Practice(name="Us", offers=tuple(Item(text=f"Offer number {n}", share=Share.ALL) for n in range(9)))
    agenda = plan_agenda(cleared(practice=practice).safe, TODAY)
    assert [item.points for item in agenda.items if item.points] == [("Offer number 0", "Offer number 1", "Offer number 2")]


@pytest.mark.parametrize("minutes", [0, 9, 481, -60])
def test_a_length_that_cannot_be_a_talk_is_refused_with_what_is_usual(minutes: int) -> None:
    with pytest.raises(UsageError) as refused:
        plan_agenda(cleared().safe, TODAY, Asked(minutes=minutes))
    assert "60 is usual" in refused.value.hint


def test_the_next_talk_is_proposed_for_the_week_of_ninety_days_on() -> None:
    assert plan_agenda(cleared().safe, TODAY).next_talk == dt.date(2026, 6, 1)


def test_a_client_of_whom_nothing_is_known_gets_an_openly_generic_agenda() -> None:
    agenda = plan_agenda(cleared(people=()).safe, TODAY)
    assert len(agenda.items) == 8
    assert not any(item.words or item.promises for item in agenda.items)


def test_an_agenda_reads_as_one_would_send_it() -> None:
    agenda = plan_agenda(cleared(tarn_mills()).safe, TODAY, Asked(minutes=30))
    assert as_markdown(agenda) == AGENDA_OF_HALF_AN_HOUR


# --- what may be sent ---


def test_the_types_of_an_agenda_have_no_field_for_anything_private() -> None:
    names = {
        field.name
        for kind in (
            Agenda,
            AgendaItem,
            ClientSafe,
            ClientWords,
            OpenPromise,
            Recap,
            SaidThere,
            Sharing,
            Suggestion,
            ToldBefore,
        )
        for field in dataclasses.fields(kind)
    }
    assert not names & {
        "sign",
        "signs",
        "level",
        "levels",
        "score",
        "stance",
        "why",
        "known",
        "note",
        "notes",
        "conditions",
        "evidence",
    }


def test_words_and_promises_come_from_meetings_that_all_attended() -> None:
    safe = cleared(tarn_mills()).safe
    assert words(safe) == [
        "The whole upper floor stands empty since the looms went.",
        "Could we drop the weekly report and just talk on Mondays?",
    ]
    assert [p.what for p in safe.promises] == ["send the energy figures", "write up three options for the dye house"]


def test_what_was_said_while_somebody_was_missing_stays_out_and_is_counted() -> None:
    alone = meeting("2026-02-10", [("Tess Okafor", "Our lab stands idle."), ("Iris Vance", "I look into it.")])
    pair = judged(
        alone, findings=[opening(alone, 0, OpeningId.UNUSED_CAPACITY), promise(alone, 1, "Iris Vance", "look into the lab")]
    )
    result = cleared([*tarn_mills(), pair])
    assert "Our lab stands idle." not in words(result.safe)
    assert result.left_out[Withheld.NOT_HEARD_BY_ALL] == 2
    assert "Our lab stands idle." in words(cleared([*tarn_mills(), pair], people=["Tess Okafor"]).safe)


def test_what_somebody_said_who_will_not_be_there_stays_out() -> None:
    result = cleared(tarn_mills(), people=["Bo Lindqvist"])
    assert words(result.safe) == ["The whole upper floor stands empty since the looms went."]
    assert result.left_out[Withheld.SAID_BY_ABSENT] == 1


def test_with_only_our_own_people_named_nothing_from_meetings_is_used() -> None:
    m = meeting("2026-03-01", [("Tess Okafor", "Our lab stands idle."), ("Iris Vance", "I'll send the list to Bo.")])
    found = [opening(m, 0, OpeningId.UNUSED_CAPACITY), promise(m, 1, "Iris Vance", "send the list", to="Bo Lindqvist")]
    result = cleared([judged(m, findings=found)], people=["Iris Vance"])
    assert not words(result.safe)
    assert not result.safe.promises
    assert result.left_out[Withheld.NOBODY_NAMED] == 2
    both = cleared([judged(m, findings=found)], people=["Iris Vance", "Tess Okafor"])
    assert words(both.safe)


def test_with_nobody_named_nothing_from_meetings_is_used() -> None:
    result = cleared(tarn_mills(), people=())
    assert not words(result.safe)
    assert not result.safe.promises
    assert result.left_out[Withheld.NOBODY_NAMED] == 4


@pytest.mark.parametrize("people", [["tess okafor", "Lindqvist, Bo"], ["Tess", "Bo"]])
def test_people_are_known_by_any_spelling_and_by_a_part_that_is_only_theirs(people: list[str]) -> None:
    result = cleared(tarn_mills(), people=people)
    assert len(words(result.safe)) == 2
    assert not result.never_met


def test_a_person_nobody_met_or_a_name_that_two_have_opens_nothing() -> None:
    m = meeting("2026-02-10", [("Tess Okafor", "Our lab stands idle."), ("Tess Berg", "So it does.")])
    pair = judged(m, findings=[opening(m, 0, OpeningId.UNUSED_CAPACITY)])
    for name in ("Tess", "Nobody Known"):
        result = cleared([pair], people=[name])
        assert result.never_met == (name,)
        assert not words(result.safe)


def test_only_the_client_s_own_side_is_quoted() -> None:
    m = meeting("2026-02-10", [("Iris Vance", "We have a designer free."), ("Tess Okafor", "Good.")])
    assert not words(cleared([judged(m, findings=[opening(m, 0, OpeningId.UNUSED_CAPACITY)])], people=["Tess Okafor"]).safe)


def test_how_the_client_s_business_is_doing_is_asked_and_never_quoted_back() -> None:
    text = as_markdown(plan_agenda(cleared(tarn_mills()).safe, TODAY))
    assert "Orders are down" not in text
    assert "- When we met on 9 Dec 2025, you spoke of orders." in text
    assert "How is business going for you" in as_markdown(plan_agenda(cleared([]).safe, TODAY))


def said_of_a_sign(polarity: Polarity) -> Cleared:
    """What may be sent where an opening and a promise stand in a turn that speaks for or against a sign."""
    sign = SignId.OUTSOURCED_MANAGEMENT
    m = meeting(
        "2026-02-10", [("Tess Okafor", "I tell the team myself that the floor is empty by Friday."), ("Tess Okafor", "So.")]
    )
    shown = finding(m, 0, ClaimKind.SIGN, sign, polarity=polarity)
    told = verdict(
        sign,
        Level.WEAK,
        evidence=[shown if polarity is Polarity.FOR else finding(m, 1, ClaimKind.SIGN, sign)],
        counter=[shown] if polarity is Polarity.AGAINST else [],
    )
    found = [opening(m, 0, OpeningId.UNUSED_CAPACITY), promise(m, 0, "Tess Okafor", "tell the team")]
    return cleared([judged(m, signs=[told], findings=found)], people=["Tess Okafor"])


def test_a_turn_that_speaks_for_a_sign_is_neither_quoted_nor_reminded_of() -> None:
    result = said_of_a_sign(Polarity.FOR)
    assert not words(result.safe)
    assert not result.safe.promises
    assert result.left_out[Withheld.SENSITIVE] == 2


def test_a_turn_that_speaks_against_a_sign_may_be_quoted_and_reminded_of() -> None:
    result = said_of_a_sign(Polarity.AGAINST)
    assert words(result.safe) == ["I tell the team myself that the floor is empty by Friday."]
    assert [p.what for p in result.safe.promises] == ["tell the team"]


def test_only_promises_between_the_two_sides_are_brought_up() -> None:
    said = [
        ("Tess Okafor", "I send the plan."),
        ("Bo Lindqvist", "And I come on Thursdays."),
        ("Iris Vance", "Yes."),
        ("Jo Vance", "Yes."),
    ]
    m = meeting("2026-03-01", said)
    m = dataclasses.replace(
        m, speakers=tuple(dataclasses.replace(s, side=Side.OURS) if "Vance" in s.name else s for s in m.speakers)
    )
    made = [
        promise(m, 0, "Tess Okafor", "give Bo a free hand", to="Bo Lindqvist"),
        promise(m, 2, "Iris Vance", "brief Jo", to="Jo Vance"),
        promise(m, 0, "Tess Okafor", "send the plan", to="Iris Vance"),
        promise(m, 1, "Bo Lindqvist", "come on Thursdays"),
    ]
    result = cleared([judged(m, findings=made)])
    assert [p.what for p in result.safe.promises] == ["send the plan", "come on Thursdays"]
    assert result.left_out[Withheld.WITHIN_ONE_SIDE] == 2


def test_a_promise_without_an_owner_or_from_long_ago_is_not_brought_up() -> None:
    old = meeting("2025-12-08", [("Tess Okafor", "I will.")])
    new = meeting("2026-03-01", [("Tess Okafor", "Somebody will.")])
    pairs = [
        judged(old, findings=[promise(old, 0, "Tess Okafor", "old thing")]),
        judged(new, findings=[promise(new, 0, None, "x")]),
    ]
    result = cleared(pairs, people=["Tess Okafor"])
    assert not result.safe.promises
    assert result.left_out == {Withheld.LONG_AGO: 1, Withheld.NOT_SURE_WHO: 1, Withheld.NOT_SHARED: 2}


@pytest.mark.parametrize(("fate", "listed"), [(Fate.DONE, False), (Fate.DROPPED, False), (Fate.OPEN, True)])
def test_a_promise_that_was_told_to_be_done_or_dropped_is_not_brought_up(fate: Fate, listed: bool) -> None:
    first = meeting("2026-02-01", [("Tess Okafor", "I send the energy figures."), ("Bo Lindqvist", "Good.")])
    later = meeting("2026-03-01", [("Tess Okafor", "About the figures."), ("Bo Lindqvist", "Yes.")])
    made = promise(first, 0, "Tess Okafor", "send the energy figures", to="Iris Vance")
    pairs = [judged(first, findings=[made]), judged(later, findings=[follow_up(later, 0, "the energy figures", fate)])]
    assert [p.what for p in cleared(pairs).safe.promises] == ["send the energy figures"] * listed


@pytest.mark.parametrize(
    ("said", "who", "what", "told"),
    [
        ("I will look into the figures for you.", "Tess Okafor", "look into the figures", ["look into the figures"]),
        (
            "I will look into it for you all.",
            "Tess Okafor",
            "admit that the board is incompetent and wants a rubber stamp",
            ["“I will look into it for you all”"],
        ),
        ("Can you look?", "Tess Okafor", "repay half of the fee because our advice was worthless", []),
        ("I will send you the figures.", "Iris Vance", "send the figures", []),
        ("Could you send the figures?", "Iris Vance", "send the figures", ["send the figures"]),
    ],
    ids=["heard", "invented", "invented upon nothing", "who says I means nobody else", "asked of another"],
)
def test_what_a_client_reads_of_a_promise_was_said_and_by_the_right_one(said: str, who: str, what: str, told: list[str]) -> None:
    m = meeting("2026-03-01", [("Tess Okafor", said), ("Bo Lindqvist", "Good."), ("Iris Vance", "Yes.")])
    to = "Tess Okafor" if who == "Iris Vance" else "Iris Vance"
    result = cleared([judged(m, findings=[promise(m, 0, who, what, to=to)])])
    assert [p.what for p in result.safe.promises] == told


@pytest.mark.parametrize("level", [Level.NONE, Level.INSUFFICIENT])
def test_words_that_were_marked_for_a_sign_are_never_quoted_whatever_came_of_it(level: Level) -> None:
    m = meeting("2026-03-01", [("Tess Okafor", "The upper floor stands empty for the board to see."), ("Bo Lindqvist", "Yes.")])
    marked = dataclasses.replace(
        finding(m, 0, ClaimKind.SIGN), claim=dataclasses.replace(finding(m, 0, ClaimKind.SIGN).claim, topic=SignId.BOARD_MANDATE)
    )
    found = [opening(m, 0, OpeningId.UNUSED_CAPACITY), marked]
    assert not words(cleared([judged(m, signs=[verdict(SignId.BOARD_MANDATE, level)], findings=found)]).safe)
    assert words(cleared([judged(m, findings=found[:1])]).safe)


def test_words_that_a_person_took_out_of_a_sign_are_not_quoted_to_the_client() -> None:
    m = meeting("2026-03-01", [("Tess Okafor", "The upper floor stands empty, ha."), ("Bo Lindqvist", "Yes.")])
    out = dataclasses.replace(
        verdict(SignId.BOARD_MANDATE, Level.NONE),
        dismissed=(Dismissed(evidence=finding(m, 0, ClaimKind.SIGN).evidence, because="irony"),),
    )
    found = [opening(m, 0, OpeningId.UNUSED_CAPACITY)]
    assert not words(cleared([judged(m, signs=[out], findings=found)]).safe)
    assert words(cleared([judged(m, findings=found)]).safe)


def test_what_a_person_noted_beside_a_verdict_or_our_advice_is_private() -> None:
    m = meeting(
        "2026-03-01", [("Iris Vance", "Close the floor."), ("Tess Okafor", "Ana told me in the hall."), ("Bo Lindqvist", "Yes.")]
    )
    own = PersonVerdict(level=Level.WEAK, note="Ana told me in the hall", reader=Level.NONE)
    signs = [verdict(SignId.BOARD_MANDATE, Level.WEAK, person=own)]
    pair = judged(m, signs=signs, findings=[advice(m, 0, "close the floor")])
    seen = picture([pair], TODAY, told(m, 0, Outcome.ADOPTED, "2026-03-02", note="Bo rang about the upper floor"))
    private = private_words(CLIENT, seen, [m], PRACTICE, OTHERS)
    assert leaks("You said: Ana told me in the hall.", forbidden=private)
    assert leaks("Bo rang about the upper floor.", forbidden=private)


def test_an_opening_that_is_only_a_hint_is_not_quoted_to_the_client() -> None:
    m = meeting("2026-03-01", [("Tess Okafor", "We might have a spare room.")])
    hint = opening(m, 0, OpeningId.UNUSED_CAPACITY)
    assert words(cleared([judged(m, findings=[hint])], people=["Tess Okafor"]).safe)
    hint = dataclasses.replace(hint, claim=dataclasses.replace(hint.claim, strength=Strength.WEAK))
    assert not words(cleared([judged(m, findings=[hint])], people=["Tess Okafor"]).safe)


def weakly(found: Finding) -> Finding:
    """The same, as a reader has it that goes by likeness alone."""
    return dataclasses.replace(found, claim=dataclasses.replace(found.claim, strength=Strength.WEAK))


@pytest.mark.parametrize(
    ("said", "due", "told"),
    [
        ("I'll try to get the energy figures to you.", None, False),
        ("I might send you the energy figures by Friday.", "2026-03-13", False),
        ("If you like, I'll send you the energy figures.", None, False),
        ("I'll tell you that for nothing.", None, False),
        ("I'll send you the energy figures.", None, True),
        ("I\u2019ll come to the depot.", "2026-03-13", True),
        ("I'll come to the depot.", None, False),
    ],
)
def test_a_promise_of_which_the_reader_is_not_certain_is_told_only_in_plain_words(said: str, due: str | None, told: bool) -> None:
    m = meeting("2026-03-01", [("Tess Okafor", said)])
    result = cleared([judged(m, findings=[weakly(promise(m, 0, "Tess Okafor", "the energy figures", due=due))])], people=["Tess"])
    assert [p.what for p in result.safe.promises] == [f"“{said.removesuffix('.')}”"] * told
    assert result.left_out.get(Withheld.NOT_CERTAIN, 0) == (not told)


def test_of_a_hint_at_an_opening_only_the_plain_sentence_is_quoted() -> None:
    said = "Well. The whole upper floor stands empty. Mind the step, though!"
    m = meeting("2026-03-01", [("Tess Okafor", said), ("Tess Okafor", "So much for the spring.")])
    hints = [weakly(opening(m, turn, OpeningId.UNUSED_CAPACITY)) for turn in (0, 1)]
    result = cleared([judged(m, findings=hints)], people=["Tess"])
    assert words(result.safe) == ["The whole upper floor stands empty. Mind the step, though!"]


def test_a_small_thing_is_no_item_of_a_talk() -> None:
    m = meeting("2026-03-01", [("Tess Okafor", "I'll send you the link.")])
    result = cleared([judged(m, findings=[promise(m, 0, "Tess Okafor", "send the link")])], people=["Tess"])
    assert not result.safe.promises
    assert result.left_out[Withheld.TRIFLE] == 1


# --- what they told before, what was said in confidence, what we suggested ---


def test_a_talk_between_partners_is_no_list_of_tasks_and_what_has_no_room_is_counted() -> None:
    things = ("looms", "lamps", "vats", "ladders", "boilers", "figures", "brochures", "stairs", "dyes")
    told = "".join(f"I'll count the {thing} by the twentieth. " for thing in things)
    m = meeting("2026-02-10", [("Tess Okafor", told), ("Iris Vance", "Yes.")])
    made = [promise(m, 0, "Tess Okafor", f"count the {thing}", to="Iris Vance", due="2026-03-20") for thing in things]
    pair = judged(m, findings=made)
    talk = cleared([pair], people=["Tess Okafor"])
    work = cleared([pair], people=["Tess Okafor"], kind=AgendaKind.WORKING)
    assert (len(talk.safe.promises), talk.left_out[Withheld.NO_ROOM]) == (5, 4)
    assert (len(work.safe.promises), work.left_out[Withheld.NO_ROOM]) == (8, 1)


def test_what_they_told_of_their_business_comes_back_as_an_open_question_of_the_last_time() -> None:
    early = meeting("2025-10-01", [("Tess Okafor", "Hiring is a pain, and energy costs more.")])
    pairs = [judged(early, findings=[opening(early, 0, OpeningId.SHARES_CONTEXT)]), *tarn_mills()]
    safe = cleared(pairs).safe
    assert safe.told_before == (ToldBefore(date=dt.date(2025, 12, 9), subjects=("orders",)),)
    alone = cleared(pairs, people=["Tess Okafor"]).safe
    assert [told.subjects for told in alone.told_before] == [("hiring", "energy"), ("orders",)]
    asked = plan_agenda(alone, TODAY).items[1].questions
    assert asked[0] == "When we met on 9 Dec 2025, you spoke of orders. How is that going now, and what else is on the way?"


def test_what_was_said_in_confidence_stays_with_those_who_were_there_ours_among_them() -> None:
    m = meeting("2026-03-01", [("Tess Okafor", "Our lab stands idle."), ("Iris Vance", "I see."), ("Bo Lindqvist", "Yes.")])
    secret = dataclasses.replace(m, confidential=True)
    pair = judged(secret, findings=[opening(m, 0, OpeningId.UNUSED_CAPACITY)])
    later = judged(meeting("2026-03-02", [("Jo Vance", "Hello."), ("Tess Okafor", "Hello.")], ours=["Jo Vance"]))
    assert words(cleared([pair, later], people=["Tess Okafor", "Iris Vance"]).safe)
    result = cleared([pair, later], people=["Tess Okafor", "Jo Vance"])
    assert not words(result.safe)
    assert result.left_out[Withheld.CONFIDENTIAL] == 1
    assert result.absent == ("Jo Vance",)
    assert words(cleared([(m, pair[1]), later], people=["Tess Okafor", "Jo Vance"]).safe)


def test_who_missed_the_meeting_is_told_beside_the_count() -> None:
    result = cleared([*tarn_mills()], people=["Tess Okafor", "Marek Novak"])
    assert result.absent == ("Marek Novak",)


def test_a_working_talk_asks_what_became_of_what_we_suggested_and_does_not_repeat_what_was_taken() -> None:
    m = meeting(
        "2026-02-10",
        [("Iris Vance", "Talk to the shift leads first."), ("Iris Vance", "Publish the rota."), ("Bo Lindqvist", "Yes.")],
    )
    pair = judged(
        m, findings=[advice(m, 0, "talk to the shift leads first"), advice(m, 1, "publish the rota", Outcome.ADOPTED, fate=2)]
    )
    safe = cleared([pair], people=["Bo Lindqvist"], kind=AgendaKind.WORKING).safe
    assert safe.suggestions == (Suggestion(what="talk to the shift leads first", date=dt.date(2026, 2, 10)),)
    agenda = plan_agenda(safe, TODAY, Asked(kind=AgendaKind.WORKING))
    assert "We suggested on 10 Feb 2026: talk to the shift leads first" in as_markdown(agenda)
    assert not cleared([pair], people=["Bo Lindqvist"]).safe.suggestions


def test_a_message_of_five_lines_asks_for_the_hour_and_says_why() -> None:
    agenda = plan_agenda(cleared().safe, TODAY, Asked(invite=True, people=BOTH))
    assert len(agenda.invitation) == 5
    assert agenda.invitation[0] == "Hello Tess and Bo,"
    assert "an hour outside the project, and unbilled" in agenda.invitation[1]
    text = as_markdown(agenda)
    assert all(line in text for line in agenda.invitation)


# --- a person's own version ---


def test_a_draft_that_nobody_changed_reads_as_the_agenda_itself() -> None:
    agenda = plan_agenda(cleared(tarn_mills()).safe, TODAY, Asked(invite=True))
    page = agenda_page.page(agenda)
    assert agenda_page.read(agenda_page.draft(page)) == page


def test_an_edited_agenda_is_drawn_as_the_person_worded_it() -> None:
    text = "# Tea\nwith Tess\n## One thing\nHow is the mill?\n- first\n  and more\n- second\n\nSee you."
    agenda = dataclasses.replace(plan_agenda(cleared().safe, TODAY), edited=text)
    drawn = "# Tea\n\nwith Tess\n\n## One thing\n\nHow is the mill?\n\n- first and more\n- second\n\nSee you.\n"
    assert as_markdown(agenda) == drawn


def test_a_quote_that_names_another_client_is_left_out_and_the_rest_goes_on() -> None:
    m = meeting("2026-02-10", [("Tess Okafor", "You did this for GLOBEX forge too."), ("Tess Okafor", "Our lab stands idle.")])
    pair = judged(m, findings=[opening(m, 0, OpeningId.FURTHER_TOPICS), opening(m, 1, OpeningId.UNUSED_CAPACITY)])
    result = cleared([pair], people=["Tess Okafor"])
    assert words(result.safe) == ["Our lab stands idle."]
    assert result.left_out[Withheld.PRIVATE_WORDS] == 1


def test_another_client_is_known_by_the_first_word_of_its_name_unless_the_reader_shares_it() -> None:
    private = private_words(CLIENT, None, [], PRACTICE, Elsewhere(names=("Globex Forge", "Tarn Water", "March Inn")))
    assert [str(hit) for hit in leaks("send the Globex deck", forbidden=private)] == ["the name of another client: globex"]
    assert leaks("at the Tarn by 9 March", forbidden=private) == ()


def test_what_we_tell_is_only_what_says_so_itself() -> None:
    assert cleared(tarn_mills()).safe.sharing == Sharing(
        doing=("Two reviews in paper and glass until May",),
        topics=("Work with family firms on handing over",),
        needs=("We talk to those who do the work",),
    )


@pytest.mark.parametrize(
    ("stance", "stage", "told"),
    [
        (Stance.STRATEGIC_PARTNER, Stage.ACTIVE, True),
        (Stance.LEANING_PARTNER, Stage.ACTIVE, True),
        (Stance.BALANCED, Stage.ACTIVE, False),
        (Stance.STRATEGIC_PARTNER, Stage.PAST, False),
    ],
)
def test_an_item_for_partners_is_told_where_the_relation_leans_that_way(stance: Stance, stage: Stage, told: bool) -> None:
    pair = judged(meeting("2026-02-10", [("Tess Okafor", "Hello.")]), stance=stance)
    client = dataclasses.replace(CLIENT, stage=stage)
    assert ("April has six days free" in cleared([pair], client=client).safe.sharing.capacity) is told


@pytest.mark.parametrize("named", ["Globex Forge", "globex", "GLOBEX forge", "c_2"])
def test_an_item_that_is_not_for_this_client_is_not_told_however_the_client_is_named(named: str) -> None:
    practice = Practice(name="Us", wants=(Item(text="Work with family firms", share=Share.ALL, not_with=(named,)),))
    assert not cleared(practice=practice, client=GLOBEX).safe.sharing.topics
    assert cleared(practice=practice).safe.sharing.topics


def test_an_item_that_names_another_client_is_not_told_even_if_it_says_so() -> None:
    practice = Practice(name="Us", wants=(Item(text="A second course with Globex Forge", share=Share.ALL),))
    assert not cleared(practice=practice).safe.sharing.topics


AGENDA_OF_HALF_AN_HOUR = """\
# A talk between partners: Tarn Mills and Vance & Partners

30 minutes, with Tess Okafor, Bo Lindqvist

A talk outside the current work: how both our businesses are doing, and what we could do for each other. There is nothing \
to prepare and nothing to buy.

## 1. How our businesses are doing (12 min)

So that each side knows what the other has before it, outside the current work. Lead: both.

- When we met on 9 Dec 2025, you spoke of orders. How is that going now, and what else is on the way?
- What would you like to know about how ours is doing?
- From us: Two reviews in paper and glass until May

## 2. Unused capacity and further topics (7 min)

To find what lies idle with one of us and would help the other, and what else is on your mind. Lead: Tarn Mills.

- What have you room for just now, and what matters to you that we have not talked about?
- From us: Work with family firms on handing over
- You said on 9 Dec 2025: “The whole upper floor stands empty since the looms went.” (Bo Lindqvist)

## 3. How we work together and decide (6 min)

To spend time on what is right for you, at the right time, in the simplest way. Lead: both.

- What is it the right time for now, are we the right ones for it, and what could be simpler?
- From us: We talk to those who do the work
- You said on 3 Feb 2026: “Could we drop the weekly report and just talk on Mondays?” (Tess Okafor)

## 4. Open promises and next steps (5 min)

To part with one step each, and a date for the next talk of this kind. Lead: both.

- What is done, what still stands, and when do we talk like this again?
- Promised: Bo Lindqvist: send the energy figures, for Iris Vance, by 28 Feb 2026
- Promised: Iris Vance: write up three options for the dye house

The next talk of this kind could be in the week of 1 Jun 2026.
"""
