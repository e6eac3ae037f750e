"""What a talk between partners is made of: the standing items of an agenda, for a long, a middling and a short talk.

Partners meet outside the current work, both tell how their business is doing, and the talk looks for unused capacity,
further topics and better ways of working together. Every sentence here is one that a partner would welcome.
"""

import re

from analyzer.model.agenda import AgendaKind, ClientSafe
from analyzer.relationship.words import day
from analyzer.usecases import first_items, working_items
from analyzer.usecases.agenda_slots import BOTH, CLIENT, PRACTICE, Slot

INTENTION = (
    "A talk outside the current work: how both our businesses are doing, and what we could do for each other. "
    "There is nothing to prepare and nothing to buy."
)
_ASKED_BEFORE = (
    "When we met on {day}, you told us how things were going for you. How are they now, and what is coming?",
    "When we met on {day}, you spoke of {subjects}. How is that going now, and what else is on the way?",
)
_HOW_IS_BUSINESS = "How is business going for you: what goes well, what is hard, what is coming?"


def _of_their_business(safe: ClientSafe) -> tuple[str, ...]:
    """An open question on their business: on what they told of it the last time, none of which is quoted, or on all of it."""
    if not safe.told_before:
        return (_HOW_IS_BUSINESS,)
    last = max(safe.told_before, key=lambda told: told.date)
    *first, final = last.subjects or ("",)
    subjects = f"{', '.join(first)} and {final}" if first else final
    return (_ASKED_BEFORE[bool(last.subjects)].format(day=day(last.date), subjects=subjects),)


_LONG = (
    Slot(
        title="Arriving",
        weight=5,
        purpose="To arrive, and to say what would make this talk worth its time.",
        lead=BOTH,
        questions=("What would make this talk worth your time?",),
    ),
    Slot(
        title="How our businesses are doing",
        weight=15,
        purpose="So that each side knows what the other has before it, outside the current work.",
        lead=BOTH,
        questions=("What would you like to know about how ours is doing?",),
        asks=_of_their_business,
        points=lambda safe: safe.sharing.doing,
    ),
    Slot(
        title="Unused capacity on both sides",
        weight=8,
        purpose="To find what lies idle with one of us and would help the other.",
        lead=PRACTICE,
        questions=(
            "Which people, skills, rooms, tools or data of yours have room just now?",
            "What can we do that you have had no use for yet?",
        ),
        points=lambda safe: safe.sharing.capacity,
        words=lambda safe: safe.capacity,
    ),
    Slot(
        title="Further topics",
        weight=8,
        purpose="To hear what else is on your mind, whether or not we are the ones to help with it.",
        lead=CLIENT,
        questions=("What matters to you this year that we have not talked about?",),
        points=lambda safe: safe.sharing.topics,
        words=lambda safe: safe.topics,
    ),
    Slot(
        title="More efficient ways of working together",
        weight=7,
        purpose="To spend less of both sides' time on what helps neither.",
        lead=BOTH,
        questions=("What in our work together costs more time than it is worth, and how could it be simpler?",),
        words=lambda safe: safe.ways,
    ),
    Slot(
        title="How we decide, and what each of us needs",
        weight=8,
        purpose="To be open about when working together makes sense, for both.",
        lead=BOTH,
        questions=(
            "For which of your matters is our experience the right one, and for which is somebody else's better?",
            "What is it the right time for now, and what should wait?",
            "What do we need from each other to be able to say what is uncomfortable?",
        ),
        points=lambda safe: safe.sharing.needs,
    ),
    Slot(
        title="Open promises",
        weight=4,
        purpose="To keep what we promised each other, or to let it go on purpose.",
        lead=PRACTICE,
        questions=("What is done, what still stands, and what is no longer needed?",),
        promises=True,
    ),
    Slot(
        title="Next steps",
        weight=5,
        purpose="To part with one step each, and a date for the next talk of this kind.",
        lead=BOTH,
        questions=("What will each of us do, by when, and when do we talk like this again?",),
    ),
)

_MIDDLING = (
    _LONG[1],
    Slot(
        title="Unused capacity and further topics",
        weight=9,
        purpose="To find what lies idle with one of us and would help the other, and what else is on your mind.",
        lead=CLIENT,
        questions=("What have you room for just now, and what matters to you that we have not talked about?",),
        points=lambda safe: safe.sharing.capacity + safe.sharing.topics,
        words=lambda safe: safe.capacity[:1] + safe.topics[:1],
    ),
    Slot(
        title="How we work together and decide",
        weight=7,
        purpose="To spend time on what is right for you, at the right time, in the simplest way.",
        lead=BOTH,
        questions=("What is it the right time for now, are we the right ones for it, and what could be simpler?",),
        points=lambda safe: safe.sharing.needs,
        words=lambda safe: safe.ways,
        most=1,
    ),
    Slot(
        title="Open promises and next steps",
        weight=6,
        purpose="To part with one step each, and a date for the next talk of this kind.",
        lead=BOTH,
        questions=("What is done, what still stands, and when do we talk like this again?",),
        promises=True,
    ),
)

_SHORT = (
    Slot(
        title="One thing from each of us",
        weight=6,
        purpose="So that each side knows one thing that the other has before it.",
        lead=BOTH,
        questions=("What is the one thing that we should know about how your business is doing?",),
        points=lambda safe: safe.sharing.doing[:1],
    ),
    Slot(
        title="One question",
        weight=5,
        purpose="To find one matter in which we could be of use to each other.",
        lead=CLIENT,
        questions=("What could we do for each other that we do not do yet?",),
        words=lambda safe: safe.topics + safe.capacity + safe.ways,
        most=1,
    ),
    Slot(
        title="One ask, and a date",
        weight=4,
        purpose="To part with one step each, and a date for a longer talk.",
        lead=PRACTICE,
        questions=("What is the one thing that each of us asks of the other, and when do we take more time for this?",),
    ),
)


def plan_for(kind: AgendaKind, minutes: int) -> tuple[Slot, ...]:
    """The items for a talk of so many minutes: few and whole rather than many and squeezed."""
    long, middling, short = _PLANS_OF[kind]
    if minutes >= 45:  # noqa: PLR2004 - eight items have five minutes each
        return long
    return middling if minutes >= 30 else short  # noqa: PLR2004 - four items have seven minutes each


def intention(kind: AgendaKind) -> str:
    """What the talk is for, in a line below the title."""
    return _INTENTIONS[kind]


def standing_sentences() -> tuple[str, ...]:
    """Every sentence that an agenda may have whoever it is for."""
    slots = [slot for plans in _PLANS_OF.values() for plan in plans for slot in plan]
    fixed = (text for slot in slots for text in (slot.title, slot.purpose, *slot.questions))
    return tuple(dict.fromkeys((*_INTENTIONS.values(), _HOW_IS_BUSINESS, *fixed)))


_PLANS_OF = {
    AgendaKind.PARTNERSHIP: (_LONG, _MIDDLING, _SHORT),
    AgendaKind.WORKING: working_items.PLANS,
    AgendaKind.FIRST: first_items.PLANS,
}
_INTENTIONS = {
    AgendaKind.PARTNERSHIP: INTENTION,
    AgendaKind.WORKING: working_items.INTENTION,
    AgendaKind.FIRST: first_items.INTENTION,
}

# The words that any agenda may have, so that a client who is called like one of them gives nothing away.
PLAIN_WORDS = frozenset(
    word
    for text in (
        *standing_sentences(),
        *_ASKED_BEFORE,
        "a first talk between partners our next working with minutes lead both promised from us you said on we suggested by for",
        "the",
        "next of this kind could be in week outside work before we meet after decided who does what when still open",
        "jan feb mar apr jun jul aug sep oct nov dec",
        "monday tuesday wednesday thursday friday saturday sunday today tomorrow week weeks day days month months year years",
        "january february march april may june july august september october november december",
    )
    for word in re.findall(r"\w+", text.casefold())
)
