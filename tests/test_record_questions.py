"""Which questions are taken for questions to the record, in many wordings, and which only sound like them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.findings import Outcome, SignId
from analyzer.model.meetings import Client, Side, Speaker
from analyzer.practice import Person, Practice
from analyzer.store import MeetingHead
from analyzer.usecases.record.intents import Asked, asked
from analyzer.usecases.record.names import Known
from analyzer.usecases.record.wordings import Intent

TODAY = dt.date(2026, 5, 4)
NORTHGATE = Client(id="c_n", slug="northgate-logistics", name="Northgate Logistics")
OKAFOR = Client(id="c_o", slug="okafor-daughters-bakeries", name="Okafor & Daughters Bakeries")
ABOVE = Client(id="c_a", slug="above-all", name="Above All")


def head(client: Client, date: str, title: str, *speakers: tuple[str, Side]) -> MeetingHead:
    return MeetingHead(
        id=f"m_{client.slug}_{date}",
        slug=f"{client.slug}-{date}",
        client_id=client.id,
        client_name=client.name,
        date=dt.date.fromisoformat(date),
        title=title,
        format="text",
        file_name="a.txt",
        digest="0",
        revision=1,
        turns=10,
        words=100,
        coverage=1.0,
        dropped={},
        warnings=(),
        speakers=tuple(Speaker(name=name, side=side) for name, side in speakers),
        index_pending=False,
        added_at=dt.datetime(2026, 5, 1, tzinfo=dt.UTC),
        readings=(),
    )


HEADS = (
    head(NORTHGATE, "2025-09-17", "Spans and layers", ("Graham Pell", Side.THEIRS), ("Priya Raman", Side.OURS)),
    head(NORTHGATE, "2026-02-11", "At Goole", ("Dawn Whitlock", Side.THEIRS), ("Tom Ellery", Side.OURS)),
    head(OKAFOR, "2026-01-20", "Call about Thursday", ("Ngozi Okafor", Side.THEIRS), ("Will Marsh", Side.THEIRS)),
)
KNOWN = Known(
    clients=(NORTHGATE, OKAFOR, ABOVE),
    heads=HEADS,
    practice=Practice(name="Raman Studio", people=(Person(name="Priya Raman"), Person(name="Bea Lindqvist"))),
)

OWED = """
what did we promise Northgate
What did we promise Northgate Logistics?
what have we promised them
what do we owe Northgate
What do we still owe them?
what do they owe us
what does Northgate owe us?
remind me what we promised Northgate
Can you tell me what we owe Okafor, please?
open promises
open promises with Okafor & Daughters Bakeries
which promises are still open
what are our open commitments to Northgate?
our commitments to Northgate
Northgate's promises to us
what did Graham promise us
what did Priya promise Northgate
what did Graham Pell commit to?
what did they agree to do
what have we committed to
any overdue promises?
are there any outstanding promises from Northgate
do we owe Northgate anything?
did they promise us anything
is there anything we still owe Okafor
who owes whom what
who owes us anything
which clients owe us something
what was promised to Northgate
what was promised by Okafor
what are we on the hook for with Northgate
what do we still have to do for Northgate
what did we promise in our last meeting with Northgate
what did we promise Dawn in February
what promises did we make to Northgate
what do we owe our clients
what did we say we'd do for Okafor
"""
ADVICE = """
what did we advise Northgate
What did we recommend to Okafor?
what have we suggested
what did we advise them and what became of it
what did we advise Northgate to do
what advice did we give Northgate
what became of our advice to Northgate
what happened to our recommendations
what did Northgate do with our advice?
did Okafor follow our advice
has Northgate taken our advice yet
how much of our advice was taken
which of our recommendations were taken up
which of our suggestions did they ignore
what was our advice to Okafor
our recommendations to Northgate
remind me of our recommendations for Northgate
what did Priya recommend
how did our advice land with Northgate
what did we recommend in November
"""
CLIENTS_WITH_SIGN = """
which clients show sign 3
Which clients show sign three?
which of our clients show the third sign
what clients have sign 2
who shows sign 3
clients with sign 1
list all clients with sign number 4
how many clients show sign 2
which clients show any warning signs
which clients show warning signs
which clients show a directive from above
which clients show the look of change
which clients have the sign of a board mandate
is there any client showing sign 4
do any of our clients show sign 1
where do we see sign 3
which client shows outside validation
show me the clients that show sign 2
which of them shows sign 3
"""
SIGNS = """
what signs does Northgate show
which warning signs does Okafor show?
what signs do we see at Northgate
what warning signs do we hear with Okafor
what are the warning signs at Northgate
signs at Northgate
Northgate's signs
Northgate warning signs
does Northgate show sign 3
does Okafor show any warning signs?
are there any warning signs at Northgate
does Northgate show signs of a board mandate
sign 2 at Okafor
which signs do they show
do we see sign 1 at Northgate
how does Northgate stand on sign 4
what signs did Northgate show in September
"""
PARTNER_TALK = """
when did we last talk outside the current work
When did we last talk with Northgate outside the current project?
when did we last talk outside the current work with Okafor
when did we last speak to Northgate outside our work
when was our last talk outside the work with Northgate
when was our last partnership talk with Northgate
our last partner talk with Okafor
when did we last talk as partners
when did we last talk to Northgate about something other than the project
when was the last time we talked outside the current engagement
how long is it since we talked outside the project with Northgate
when did both sides last share how business is doing
when did we last tell each other how our business is doing
have we talked beyond the current work with Northgate lately
"""
LAST_MET = """
when did we last meet Northgate
when did we last meet
When did we last meet with Okafor?
when did I last see Northgate
when did we last speak to Graham
when did we last talk to Dawn Whitlock
when was our last meeting with Northgate?
when was the most recent call with Okafor
remind me when we last met Northgate
when was the last time we met Northgate
when was the last time that we spoke with Okafor?
how long has it been since we met Northgate
how long is it since our last meeting with Okafor
how long ago did we last meet Northgate
what was the date of our last meeting with Northgate
on what day did we last meet Okafor
Northgate last meeting
when did Graham and I last speak
when did they last meet us
have we met Northgate recently
"""
FIRST_MET = """
when did we first meet Northgate
When did we first meet?
when did we first meet with Okafor & Daughters
when was our first meeting with Northgate
when was the first call with Okafor
when did we first speak to Graham
remind me when we first met Northgate
when was the first time we met Okafor
how long have we known Northgate
since when do we know Okafor
how long have we been working with Northgate
on which day did we first meet Northgate
what was the date of our first meeting with Okafor
how long is it since we first met Northgate
our first meeting with Northgate
when did we meet Graham for the first time
"""
HOW_OFTEN = """
how many meetings have we had with Northgate
how many meetings did we have
How often do we meet Northgate?
how often have we met with Okafor
how many times have we met Northgate
how many times did we meet Graham
how frequently do we talk to Okafor
how many meetings are there
how many meetings with Northgate
number of meetings with Okafor
what is the total number of meetings with Northgate
how many calls have we had with Okafor this year
how often did we meet Northgate in 2025
how many meetings have there been with Northgate since September
how often are our meetings with Okafor
"""
WHO_WAS_THERE = """
who was there
Who was there last time?
who was in the last meeting with Northgate
who was at our last meeting
who was there on 11 February
who was there on 2026-02-11 with Northgate
who attended
who attended the last meeting with Okafor?
who joined the first meeting with Northgate
who took part in the last call
who was present at the first meeting
who came to the meeting on 11 February 2026
who was at northgate-logistics-2026-02-11
who was in "Spans and layers"
who was at the meeting in Goole
who was in the meeting about spans and layers
who was in the room last time
who spoke in our last meeting with Okafor
list of attendees of the last meeting
who were the participants in the first meeting with Northgate
which people were at the last meeting
who was in the meeting on 17 September 2025 with Northgate
"""
WHO_WE_MET = """
who have we met at Northgate
Who did we meet at Okafor?
who do we know at Northgate
whom have we met
who at Northgate have we met
which people have we met at Okafor
who are our contacts at Northgate
who have we spoken to at Northgate
who have we talked with at Okafor
everyone we have met at Northgate
list of the people we met at Okafor
who did we meet in November at Northgate
who has been in our meetings with Northgate
our contacts at Okafor
which of their people have we met
"""
MEETINGS = """
which meetings are there
what meetings are there with Northgate
which meetings did we have in September
what meetings have we had with Okafor since January
list all meetings with Northgate
show me all our meetings
all meetings with Okafor this year
meetings with Northgate between September and December 2025
when did we meet Northgate
when have we met Okafor
on which days did we meet Northgate
what are the dates of our meetings with Okafor
did we meet Northgate in March
have we met Okafor this year
were there any meetings with Northgate in 2024
did we have a meeting with Okafor last month
show meetings in the last six months
"""
WAS_THERE = """
was Dawn there
was Dawn at the last meeting
was Dawn there on 11 February 2026
was Priya at the meeting in Goole
was Mr Pell present
was Graham Pell at the November meeting?
was Will in northgate-logistics-2026-02-11
did Graham attend the first meeting with Northgate
did Dawn join the last call
did Ngozi come to the meeting on 20 January 2026
did Tom take part in the last call with Northgate
did Bea speak at the last meeting
has Dawn attended the last meeting with Northgate
"""
OUR_CLIENTS = """
how many clients do we have
how many clients are there
who are our clients
list all clients
show me our clients
our clients
what clients are there
which clients have we had so far
which client have we not met for longest
which clients haven't we met for a while
which clients did we meet in January
which client did we meet last
which client have we met most often
who have we not met lately
"""
GERMAN = {
    Intent.PROMISES: """
Was haben wir Northgate versprochen?
Was hat uns Northgate versprochen?
Was schulden wir Northgate noch?
Was schuldet uns Okafor?
Offene Zusagen mit Northgate
""",
    Intent.ADVICE: """
Was haben wir Northgate geraten?
Was wurde aus unserem Rat an Northgate?
""",
    Intent.CLIENTS_WITH_SIGN: """
Welche Kunden zeigen Zeichen 3?
Welcher Kunde zeigt Warnzeichen 2?
""",
    Intent.SIGNS: "Welche Warnzeichen zeigt Northgate?",
    Intent.LAST_MET: """
Wann haben wir Northgate zuletzt getroffen?
Wann haben wir uns das letzte Mal mit Northgate getroffen?
Wann haben wir zuletzt mit Herrn Pell gesprochen?
Wann war das letzte Gespräch mit Okafor?
""",
    Intent.FIRST_MET: "Wann haben wir Okafor zum ersten Mal getroffen?",
    Intent.HOW_OFTEN: """
Wie oft haben wir Northgate getroffen?
Wie viele Gespräche hatten wir mit Northgate?
""",
    Intent.WHO_WAS_THERE: """
Wer war dabei?
Wer war beim letzten Treffen mit Northgate dabei?
""",
    Intent.WHO_WE_MET: "Wen haben wir bei Northgate schon getroffen?",
    Intent.MEETINGS: "Welche Treffen gab es mit Northgate?",
    Intent.OUR_CLIENTS: "Wie viele Kunden haben wir?",
}
WORDINGS = {
    Intent.PROMISES: OWED,
    Intent.ADVICE: ADVICE,
    Intent.CLIENTS_WITH_SIGN: CLIENTS_WITH_SIGN,
    Intent.SIGNS: SIGNS,
    Intent.PARTNER_TALK: PARTNER_TALK,
    Intent.LAST_MET: LAST_MET,
    Intent.FIRST_MET: FIRST_MET,
    Intent.HOW_OFTEN: HOW_OFTEN,
    Intent.WHO_WAS_THERE: WHO_WAS_THERE,
    Intent.WHO_WE_MET: WHO_WE_MET,
    Intent.MEETINGS: MEETINGS,
    Intent.WAS_THERE: WAS_THERE,
    Intent.OUR_CLIENTS: OUR_CLIENTS,
}
SEARCHED = """
what did they promise the works council about shifts
what did they promise the works council
what did Graham promise the drivers
what did we promise the board
what did they promise their customers last year
what did we promise about the report
what did the board promise Northgate
what did the agency promise them
what do they owe the bank
what does Graham owe his brother
how much do they owe us
how much do we owe Northgate
why did we promise Northgate a page
did they promise their staff anything
who promised the drivers a bonus
are there open questions from Northgate
which positions are still open
what is still open
who was there when the ammonia leaked
who was there on the night shift
who was in the room when the decision was made
who was at the board meeting
who was in the last board meeting
who attended the steering committee
who came to the funeral
who was there before Graham
who was it that stopped the line
who joined the company in March
who was at Goole
who have they met at the ministry
who do we know is leaving
who do they know at the bank
when did they last meet their bank
when did they last meet
when did they last talk to the union
when did Graham last speak to Dawn
when did we last meet the target
when did we last meet the works council
when did we last talk about shifts
when did we last see an increase in orders
when did we last talk outside
when did they last talk to each other outside work
when did Northgate first meet the architects
when did they first notice the smell
how long have they known about the leak
how long has the line been down
how often do they meet
how often do we meet the board
how often does the crane fail
how many meetings do they have a week
how many meetings did they have with the union
how many people were there
how many drivers are there
which meetings do they want to drop
which meetings are a waste of time
what happens in their Monday meetings
which clients did they lose
which clients show up late
which clients show interest in the new structure
which clients have they promised a discount
who shows visitors round
which clients do they have
what signs of wear does the crane show
what signs did the machine show before it failed
what signs does Graham show
did they sign the contract
when did they sign the lease
what does sign 3 say
what does the sign at the gate say
what did the board advise
what did they advise us
what did the lawyer recommend
what did we advise against
what did we advise on pricing
what did Graham suggest
did the drivers follow the advice of the union
what became of the old depot
what happened to the shared drive
what did we agree
what was agreed about the toxicology package
what did we say about Northgate
what did Northgate say about shifts
when does the board meet
when is the next meeting
who will be there
what will Graham promise
what do we need to do for the form to be accepted
what did we promise ourselves
what did they promise each other
was the board at the last meeting
was the crane there
was Dawn at the funeral
was Will on the night shift
did Graham come to the party
did Graham join the company
what does sign 5 say
which clients did we lose
how many clients do they have
Was hat Graham dem Betriebsrat versprochen?
Was haben wir über die Schichten gesagt?
Wer war im Lager?
who
what
the meeting on Friday is cancelled
meet the new managers
"""


def lines(table: str) -> list[str]:
    return table.strip().splitlines()


def understood(question: str) -> Asked:
    found = asked(question, KNOWN, TODAY)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("intent", "question"), [(intent, question) for intent, table in WORDINGS.items() for question in lines(table)]
)
def test_a_question_for_the_record_is_known_in_many_wordings(intent: Intent, question: str) -> None:
    found = asked(question, KNOWN, TODAY)
    assert found is not None
    assert found.intent is intent


@pytest.mark.parametrize(
    ("intent", "question"), [(intent, question) for intent, table in GERMAN.items() for question in lines(table)]
)
def test_the_commonest_are_known_in_german_too(intent: Intent, question: str) -> None:
    assert understood(question).intent is intent


@pytest.mark.parametrize("question", lines(SEARCHED))
def test_what_only_shares_words_with_one_is_left_to_search(question: str) -> None:
    assert asked(question, KNOWN, TODAY) is None


def test_there_are_as_many_wordings_as_promised() -> None:
    assert set(WORDINGS) == set(Intent)
    assert min(len(lines(table)) for table in WORDINGS.values()) >= 12
    assert len(lines(SEARCHED)) >= 40


class TestWhatIsUnderstood:
    def test_whose_promises_are_meant(self) -> None:
        ours, theirs = understood("what did we promise Northgate"), understood("what did Northgate promise us")
        assert ours.by is not None
        assert ours.by.side is Side.OURS
        assert ours.clients == theirs.clients == {NORTHGATE.id}
        assert theirs.by is not None
        assert theirs.by.side is Side.THEIRS

    def test_only_what_is_still_owed_where_the_question_says_so(self) -> None:
        assert not understood("what did we promise Northgate").unsettled
        assert understood("what do we owe Northgate").unsettled
        assert understood("open promises").unsettled
        assert understood("overdue promises").overdue

    def test_a_sign_by_number_word_or_title(self) -> None:
        for named in ("sign 3", "sign number 3", "the third sign", "sign three", "the sign of a board mandate"):
            assert understood(f"which clients show {named}").sign is SignId.BOARD_MANDATE
        assert understood("which clients show the look of change").sign is SignId.ILLUSION_OF_CHANGE
        assert understood("which clients show any sign").sign is None

    def test_there_is_no_fifth_sign(self) -> None:
        assert asked("which clients show sign 5", KNOWN, TODAY) is None

    def test_when_is_understood_as_in_a_search(self) -> None:
        period = understood("what did we promise Northgate in November").period
        assert period is not None
        assert (period.since, period.until) == (dt.date(2025, 11, 1), dt.date(2025, 11, 30))
        last = understood("who was at the last meeting with Northgate").period
        assert last is not None
        assert last.meetings == slice(-1, None)

    def test_a_meeting_by_its_name_or_title(self) -> None:
        assert understood("who was in northgate-logistics-2025-09-17").meeting == HEADS[0].id
        assert understood("who was in Spans and layers").meeting == HEADS[0].id

    def test_what_became_of_advice(self) -> None:
        assert understood("which of our recommendations were ignored").fates == {Outcome.IGNORED}
        assert Outcome.ADOPTED in understood("how much of our advice was taken up").fates
        assert understood("what became of our advice").fates == frozenset()

    @pytest.mark.parametrize(
        "question", ["which clients show sign 3", "what do we owe our clients", "which clients owe us something"]
    )
    def test_some_questions_are_about_everyone_by_themselves(self, question: str) -> None:
        assert understood(question).everyone

    def test_a_client_is_meant_before_a_person_of_the_same_name(self) -> None:
        who = understood("when did we last meet Okafor").who
        assert who is not None
        assert who.clients == {OKAFOR.id}
        assert who.person == ""

    def test_one_of_us_may_be_named(self) -> None:
        by = understood("what did Bea promise Northgate").by
        assert by is not None
        assert (by.side, by.person) == (Side.OURS, "bea")

    def test_a_name_of_everyday_words_is_still_a_name(self) -> None:
        assert understood("what did we promise Above All").clients == {ABOVE.id}
        assert understood("when did we last meet Will").who is not None
        assert understood("what do we owe Will").to is not None

    def test_accents_case_and_marks_do_not_matter(self) -> None:
        assert understood("WHAT DID WE PROMISE “NORTHGATE”?!").clients == {NORTHGATE.id}
        assert understood("whát  did we\npromise northgate…").clients == {NORTHGATE.id}

    def test_who_promised_whom_in_german(self) -> None:
        for question in ("Was hat uns Northgate versprochen?", "Was schuldet Northgate uns noch?"):
            assert understood(question).by == understood("what did Northgate promise us").by
        ours = understood("Was haben wir Northgate versprochen?")
        assert ours.by is None
        assert ours.to == understood("what did we promise Northgate").to
        assert understood("Was schulden wir Northgate?").unsettled
        assert understood("überfällige Zusagen an Northgate").overdue

    def test_a_title_before_a_name_does_not_matter(self) -> None:
        assert understood("what did Mr. Pell promise us").by == understood("what did Pell promise us").by

    def test_two_clients_at_once_are_left_to_search(self) -> None:
        assert asked("what did we promise Northgate and Okafor", KNOWN, TODAY) is None


@given(
    st.lists(st.sampled_from(sorted({word for table in (*WORDINGS.values(), SEARCHED) for word in table.split()})), max_size=12)
)
def test_no_question_makes_it_fail(words: list[str]) -> None:
    found = asked(" ".join(words), KNOWN, TODAY)
    assert found is None or found.intent in Intent


@given(st.text(max_size=80))
def test_no_text_makes_it_fail(text: str) -> None:
    found = asked(text, KNOWN, TODAY)
    assert found is None or found.intent in Intent
