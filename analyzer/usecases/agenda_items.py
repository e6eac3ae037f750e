"""What a talk between partners is made of: the standing items of an agenda, for a long, a middling and a short talk.

Partners meet outside the current work, both tell how their business is doing, and the talk looks for unused capacity,
further topics and better ways of working together. Every sentence here is one that a partner would welcome.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from analyzer.model.documents import ClientSafe, ClientWords

BOTH, CLIENT, PRACTICE = "both", "client", "practice"

INTENTION = (
    "A talk outside the current work: how both our businesses are doing, and what we could do for each other. "
    "There is nothing to prepare and nothing to buy."
)


def _no_points(_: ClientSafe) -> tuple[str, ...]:
    return ()


def _no_words(_: ClientSafe) -> tuple[ClientWords, ...]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One item before its minutes are known: `weight` is its part of the time, `most` how many words of theirs it shows."""

    title: str
    weight: int
    purpose: str
    lead: str
    questions: tuple[str, ...]
    points: Callable[[ClientSafe], tuple[str, ...]] = _no_points
    words: Callable[[ClientSafe], tuple[ClientWords, ...]] = _no_words
    promises: bool = False
    most: int = 2


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
        questions=(
            "How is business going for you: what goes well, what is hard, what is coming?",
            "What would you like to know about how ours is doing?",
        ),
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


def plan_for(minutes: int) -> tuple[Slot, ...]:
    """The items for a talk of so many minutes: few and whole rather than many and squeezed."""
    if minutes >= 45:  # noqa: PLR2004 - eight items have five minutes each
        return _LONG
    return _MIDDLING if minutes >= 30 else _SHORT  # noqa: PLR2004 - four items have seven minutes each


def standing_sentences() -> tuple[str, ...]:
    """Every sentence that an agenda may have whoever it is for."""
    slots = (*_LONG, *_MIDDLING, *_SHORT)
    return (INTENTION, *dict.fromkeys(text for s in slots for text in (s.title, s.purpose, *s.questions)))


# The words that any agenda may have, so that a client who is called like one of them gives nothing away.
PLAIN_WORDS = frozenset(
    word
    for text in (
        *standing_sentences(),
        "a talk between partners with minutes lead both promised from you said on by for the next of this kind could be in week",
        "jan feb mar apr jun jul aug sep oct nov dec",
        "january february march april may june july august september october november december",
    )
    for word in re.findall(r"\w+", text.casefold())
)
