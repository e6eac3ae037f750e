"""What a question asks for, who and when: a table of questions as people type them, and what holds of any."""

import datetime as dt
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.usecases.queries import understand
from analyzer.usecases.scaffolding import asks_for_a_fact

TODAY = dt.date(2026, 5, 20)  # a Wednesday
VOICES = (
    "Dawn Whitlock",
    "Tom Ellery",
    "Priya Raman",
    "Bukola Adeyemi",
    "José Álvarez",
    "Will Smith",
    "Project Manager",
    "Ana Bell",
    "Ana Ruiz",
    "Łukasz Nowak",
)
DAWN, TOM, JOSE = ("Dawn Whitlock",), ("Tom Ellery",), ("José Álvarez",)

# question, its matter, the speakers that it keeps to
MATTERS = [
    ("What did Dawn say about the form?", "the form", DAWN),
    ("what did dawn say about the form", "the form", DAWN),
    ("What did Dawn Whitlock say about the form?", "the form", DAWN),
    ("what did Ms Whitlock say about the form", "the form", DAWN),
    ("What has Dawn told us about headcount?", "headcount", DAWN),
    ("What did Jose say about money?", "money", JOSE),
    ("what did José Alvarez say about money", "money", JOSE),
    ("what did Lukasz say about the warehouse", "the warehouse", ("Łukasz Nowak",)),
    ("What did Ana say about the loan?", "the loan", ("Ana Bell", "Ana Ruiz")),
    ("What did Ana Ruiz say about the loan?", "the loan", ("Ana Ruiz",)),
    ("What did Dawn and Tom discuss about depots?", "depots", (*DAWN, *TOM)),
    ("What did Dawn, Tom or Priya think of the plan?", "the plan", (*DAWN, *TOM, "Priya Raman")),
    ("What did the Project Manager think about the buttons?", "the buttons", ("Project Manager",)),
    ("What did Bukola Adeyemi-Jones say about her team?", "her team", ("Bukola Adeyemi",)),
    ("what does Will think of the fee", "the fee", ("Will Smith",)),
    ("How did Tom feel about the reorganisation?", "the reorganisation", TOM),
    ("What are Priya's views on the timeline?", "the timeline", ("Priya Raman",)),
    ("What was the opinion of Tom on overtime?", "overtime", TOM),
    ("What is Dawn\u2019s position on overtime?", "overtime", DAWN),
    ("According to Tom, why is the form late?", "why is the form late", TOM),
    ("tell me what Bukola said about Crete", "Crete", ("Bukola Adeyemi",)),
    ("find the part where Tom talks about his dog", "his dog", TOM),
    ("when did Tom mention the heater", "the heater", TOM),
    ("Did Dawn ever mention Lanzarote?", "Lanzarote", DAWN),
    ("What did Dawn promise about the split by depot?", "promise about the split by depot", DAWN),
    ("what was said by Tom about the lease", "the lease", TOM),
    ("What did Tom say when discussing the lease?", "the lease", TOM),
    ("anything Tom said on pensions", "pensions", TOM),
    ("What did we say about the lease?", "the lease", ()),
    ("what did they tell us about redundancies", "redundancies", ()),
    ("What did the client say about redundancies?", "redundancies", ()),
    ("What did the board say about fees?", "the board say about fees", ()),
    ("What did the new finance director decide?", "the new finance director decide", ()),
    ("What was decided about the interim heads?", "decided about the interim heads", ()),
    ("what have we agreed on the fee", "agreed on the fee", ()),
    ("What was said about fridges?", "fridges", ()),
    ("What was the discussion about fridges?", "fridges", ()),
    ("When did we talk about the fridges?", "the fridges", ()),
    ("When did we last talk about the fridges?", "the fridges", ()),
    ("when was the last time we talked about the merger", "the merger", ()),
    ("where was the finance director mentioned?", "the finance director", ()),
    ("In which meeting did we discuss the loan?", "the loan", ()),
    ("how often did they bring up the auditors", "the auditors", ()),
    ("do you remember when we talked about the fridges", "the fridges", ()),
    ("Summarise the discussion on the tox package", "the tox package", ()),
    ("summarize the team's discussion of the remote control", "the remote control", ()),
    ("Sum up our conversation about the lease, please.", "the lease", ()),
    ("give me a quick summary of the discussion about overtime", "overtime", ()),
    ("Can you please remind me what we agreed on the fee?", "agreed on the fee", ()),
    ("could you tell me about the heater", "the heater", ()),
    ("I'd like to know whether the heater was mentioned", "the heater was mentioned", ()),
    ("Hi, show me everything on onboarding", "onboarding", ()),
    ("is there anything about severance pay in our past meetings?", "severance pay", ()),
    ("Was there any mention of layoffs?", "layoffs", ()),
    ("did anyone mention Lanzarote?", "Lanzarote", ()),
    ("who said that the fridges have signs", "the fridges have signs", ()),
    ("what do we know about the new chair", "the new chair", ()),
    ("fridges", "fridges", ()),
    ("fridges with signs on them", "fridges with signs on them", ()),
    ("who signs off the new structure", "who signs off the new structure", ()),
    ("Who chairs the board?", "Who chairs the board", ()),
    ("how much was the quote?", "how much was the quote", ()),
    ("Will the board sign off?", "Will the board sign off", ()),
    ("the thing people say about fridges", "the thing people say about fridges", ()),
    ("Was sagte Petra über den Kühlschrank?", "Was sagte Petra über den Kühlschrank", ()),
    ("予算について", "予算について", ()),
]

# question, first and last day, whether the search keeps to them, and what is left as the matter
DAYS: list[tuple[str, str | None, str | None, bool, str]] = [
    ("What did Dawn say about the form last week?", "2026-05-11", "2026-05-17", True, "the form"),
    ("what did we discuss the week before last about depots", "2026-05-04", "2026-05-10", True, "depots"),
    ("What did Dawn say in March about the deadline?", "2026-03-01", "2026-03-31", True, "the deadline"),
    ("What did Dawn say about the deadline in March?", "2026-03-01", "2026-03-31", False, "the deadline in March"),
    ("What was said about the lease in November 2025?", "2025-11-01", "2025-11-30", True, "the lease"),
    ("What was said about the lease in November?", "2025-11-01", "2025-11-30", False, "the lease in November"),
    ("lease in November 2025", "2025-11-01", "2025-11-30", True, "lease"),
    ("When will the lease end in November 2025?", "2025-11-01", "2025-11-30", False, "When will the lease end in November 2025"),
    ("What did we agree on 12 November about fees?", "2025-11-12", "2025-11-12", True, "agree about fees"),
    ("what did we say about fees on 12 November 2025", "2025-11-12", "2025-11-12", True, "fees"),
    ("fees 2025-11-12", "2025-11-12", "2025-11-12", True, "fees"),
    ("what did we say about fees on the 3rd of February", "2026-02-03", "2026-02-03", True, "fees"),
    ("anything about redundancies since the autumn", "2025-09-01", None, True, "redundancies"),
    ("What have they said about overtime since last month?", "2026-04-01", None, True, "overtime"),
    ("what has Tom said about overtime since 2025", "2025-01-01", None, True, "overtime"),
    ("what did Tom say about overtime before March", None, "2026-02-28", False, "overtime before March"),
    ("what did we discuss between January and March about pay", "2026-01-01", "2026-03-31", True, "pay"),
    ("what did they say about pay between November 2025 and February 2026", "2025-11-01", "2026-02-28", True, "pay"),
    ("Between Nov 2025 and Feb 2026, what did they say about pay?", "2025-11-01", "2026-02-28", True, "pay"),
    ("what did we discuss between November and February about pay", "2025-11-01", "2026-02-28", True, "pay"),
    ("what did we discuss between November 2024 and February about pay", "2024-11-01", "2025-02-28", True, "pay"),
    ("what did we discuss from March to May about pay", "2026-03-01", "2026-05-31", True, "pay"),
    ("what did we discuss from November 2025 until February 2026 about pay", "2025-11-01", "2026-02-28", True, "pay"),
    ("what did we discuss between the 3rd and 12 March about pay", "2026-03-03", "2026-03-12", True, "pay"),
    ("what did we discuss between March 3 and April 12 about pay", "2026-03-03", "2026-04-12", True, "pay"),
    ("what did we discuss between 12 November and 3 February about pay", "2025-11-12", "2026-02-03", True, "pay"),
    ("what did we discuss between 2025-11-12 and 2026-02-03 about pay", "2025-11-12", "2026-02-03", True, "pay"),
    ("How much did the fee rise between 2 and 4?", None, None, False, "How much did the fee rise between 2 and 4"),
    (
        "what did Tom say about moving it from March 2026 to June 2026",
        *("2026-03-01", "2026-06-30", False, "moving it from March 2026 to June 2026"),
    ),
    ("what did Tom say about moving it from March to June", "2025-03-01", "2025-06-30", False, "moving it from March to June"),
    ("What did we talk about two weeks ago regarding pay?", "2026-05-04", "2026-05-10", True, "pay"),
    ("what did they say about pay a couple of months ago", "2026-03-01", "2026-03-31", True, "pay"),
    ("what did they say about pay in the last three months", "2026-02-20", "2026-05-20", True, "pay"),
    ("What did they say about revenue last year?", "2025-01-01", "2025-12-31", False, "revenue last year"),
    ("What was the revenue last quarter?", "2026-01-01", "2026-03-31", False, "What was the revenue last quarter"),
    ("what did they say about revenue in Q3 2025", "2025-07-01", "2025-09-30", False, "revenue in Q3 2025"),
    ("what was mentioned yesterday about pay", "2026-05-19", "2026-05-19", True, "pay"),
    ("What did Tom say on Friday about pay?", "2026-05-15", "2026-05-15", True, "pay"),
    ("What did Tom say about the party on Friday?", "2026-05-15", "2026-05-15", False, "the party on Friday"),
    ("What did Tom say about pay in the March meeting?", "2026-03-01", "2026-03-31", True, "pay"),
    ("What did Tom say about pay in our call on 3 February 2026?", "2026-02-03", "2026-02-03", True, "pay"),
    ("what did we discuss last winter about pay", "2025-12-01", "2026-02-28", True, "pay"),
    ("How is the pay review planned for January 2027?", None, None, False, "How is the pay review planned for January 2027"),
    ("what did we say about 03/04/2026", None, None, False, "03/04/2026"),
    ("may we march on", None, None, False, "may we march on"),
]

# question, which of a client's meetings, and what is left as the matter
MEETINGS = [
    ("What did Dawn say about the form in our last meeting?", slice(-1, None), "the form"),
    ("In our last meeting, what did we say about fees?", slice(-1, None), "fees"),
    ("what was said about fees in the meeting before last", slice(-2, -1), "fees"),
    ("what was said about fees in the last two meetings", slice(-2, None), "fees"),
    ("What did they say about fees over the last couple of calls?", slice(-2, None), "fees"),
    ("In the first three sessions, what was said about fees?", slice(0, 3), "fees"),
    ("what did they tell us about fees in the very first meeting", slice(0, 1), "fees"),
    ("What did we say about fees when we last met?", slice(-1, None), "fees"),
    ("What did we say about fees last time?", slice(-1, None), "fees"),
    ("Summarise our most recent call on fees", slice(-1, None), "fees"),
]


@pytest.mark.parametrize(("question", "matter", "speakers"), MATTERS)
def test_the_matter_is_what_is_left_of_a_question(question: str, matter: str, speakers: tuple[str, ...]) -> None:
    query = understand(question, VOICES, TODAY)
    assert query.matter == matter
    assert (query.speakers if query.speakers_sure else ()) == speakers


@pytest.mark.parametrize(("question", "since", "until", "sure", "matter"), DAYS)
def test_days_are_told_from_the_matter(question: str, since: str | None, until: str | None, sure: bool, matter: str) -> None:
    query = understand(question, VOICES, TODAY)
    days = (query.period.since, query.period.until) if query.period else (None, None)
    assert [day and day.isoformat() for day in days] == [since, until]
    assert query.period_sure is sure
    assert query.matter == matter


@pytest.mark.parametrize(("question", "which", "matter"), MEETINGS)
def test_a_meeting_is_named_by_its_place_among_the_meetings(question: str, which: slice, matter: str) -> None:
    query = understand(question, VOICES, TODAY)
    assert query.period
    assert query.period.meetings == which
    assert query.period_sure
    assert query.matter == matter


@pytest.mark.parametrize(
    ("question", "speakers"),
    [
        ("Why did Dawn disagree about the form?", DAWN),
        ("the form that Tom Ellery drew", TOM),
        ("the form that tom ellery drew", TOM),
        ("will the board sign off at dawn", ()),
        ("Dawn of the new structure", ()),
        ("why was Whitlock so worried", DAWN),
        ("what became of the Bell and of Ruiz", ("Ana Bell", "Ana Ruiz")),
        ("whitlock", DAWN),
        ("Álvarez", JOSE),
        ("ana", ("Ana Bell", "Ana Ruiz")),
    ],
)
def test_a_name_in_passing_only_counts_and_stays_in_the_matter(question: str, speakers: tuple[str, ...]) -> None:
    query = understand(question, VOICES, TODAY)
    assert query.speakers == speakers
    assert not query.speakers_sure
    assert query.matter == question.removesuffix("?")


def test_what_narrows_the_search_stays_in_the_whole() -> None:
    query = understand("What did Dawn say in March about the deadline?", VOICES, TODAY)
    assert {"Dawn", "March", "deadline"} <= set(query.whole.split())


def test_who_is_asked_about_but_never_speaks_is_a_part_of_the_matter() -> None:
    assert "Dawn" in understand("What did Dawn say about the form?", ["Tom Ellery"], TODAY).matter


@pytest.mark.parametrize(
    "question", ["what did we say", "What did Dawn say?", "about", "what?", "in our last meeting", "last week", "it"]
)
def test_a_question_that_only_asks_is_not_stripped_to_nothing(question: str) -> None:
    matter = understand(question, VOICES, TODAY).matter
    assert re.search(r"\w", matter)
    assert matter == matter.strip()


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


ASKING = [
    "what did we say about {}?",
    "What did Dawn say about {}",
    "when did we last talk about {}?",
    "please summarise the discussion on {}",
    "can you tell me what Tom Ellery thought about {}?",
    "do you remember whether anyone mentioned {}",
    "is there anything on {} in our meetings?",
    "Last week, what did Priya's team say about {}?",
    "what did Dawn say in November 2025 about {}?",
    "what was said about {} in our last meeting?",
    "{}",
]
# Words that nobody asks with: what is left out may only come from the tables of asking, names and days.
MATTER_WORDS = st.text(alphabet=string.ascii_lowercase, min_size=1, max_size=8).map(lambda tail: f"q{tail}")


@given(asking=st.sampled_from(ASKING), words=st.lists(MATTER_WORDS, min_size=1, max_size=6))
def test_no_word_of_the_matter_is_lost_or_moved(asking: str, words: list[str]) -> None:
    query = understand(asking.format(" ".join(words)), VOICES, TODAY)
    for text in (query.matter, query.whole):
        assert [word for word in _words(text) if word.startswith("q")] == words


@given(
    asking=st.sampled_from(ASKING),
    text=st.text(max_size=60),
    voices=st.lists(st.text(max_size=20), max_size=5),
    today=st.dates(),
)
def test_any_question_among_any_voices_has_a_matter_made_of_its_own_words(
    asking: str, text: str, voices: list[str], today: dt.date
) -> None:
    question = asking.format(text.replace("{", "").replace("}", ""))
    query = understand(question, voices, today)
    rest = iter(_words(question))
    assert all(word in rest for word in _words(query.matter))
    assert bool(_words(query.matter)) == bool(_words(question))
    assert set(query.speakers) <= set(voices)
    period = query.period
    assert period is None or question.split() == [] or 0 <= period.start < period.end


@given(st.text(max_size=200))
def test_nothing_that_is_typed_raises(text: str) -> None:
    query = understand(text, VOICES, TODAY)
    assert query.question == text
    assert query.period is None or query.period.since is None or query.period.since <= TODAY


FACTS = """When does the board meet?
By when do they need it?
how many people are in the unit
Who signs?
Is the plan settled?
what date was fixed?
Wann trifft sich der Beirat?
and which of the two?""".splitlines()
SUBJECTS = ("What did Dana say about pricing?", "pricing", "Why did they stop?", "how did the workshop go", "whenever")


@pytest.mark.parametrize("question", FACTS)
def test_one_fact_is_asked_for(question: str) -> None:
    assert asks_for_a_fact(question)


@pytest.mark.parametrize("question", SUBJECTS)
def test_a_subject_is_asked_about(question: str) -> None:
    assert not asks_for_a_fact(question)
