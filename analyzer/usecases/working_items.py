"""What a working talk is made of: where the work stands, what is owed, what is to be decided, and whether it still fits."""

from analyzer.usecases.agenda_slots import BOTH, CLIENT, PRACTICE, Slot

INTENTION = "A talk about our present work: where it stands, what is to be decided, and whether it is still what you need."

_SINCE = Slot(
    title="What has happened since",
    weight=9,
    purpose="So that both of us work from the same facts.",
    lead=CLIENT,
    questions=("What has changed on your side since we last met, and what does it change for our work?",),
)
_SUGGESTED = Slot(
    title="What we suggested, and what you made of it",
    weight=8,
    purpose="To learn what was of use and what was not.",
    lead=BOTH,
    questions=("What of it was of use, what was not, and what do you see differently?",),
    suggestions=True,
)
_MATTERS = Slot(
    title="The matters for this talk",
    weight=15,
    purpose="To spend the time on what you need to decide or to know.",
    lead=CLIENT,
    questions=("Which decision or answer do you need from this talk, and who else is needed for it?",),
    words=lambda safe: safe.topics,
)
_NEXT = Slot(
    title="Next steps",
    weight=5,
    purpose="To part with one step each, and to know when we talk again.",
    lead=BOTH,
    questions=(
        "What will each of us do, and by when?",
        "When do we next take an hour outside this work, to hear how both our businesses are doing?",
    ),
)

_LONG = (
    Slot(
        title="Arriving",
        weight=4,
        purpose="To arrive, and to agree on what this talk is for.",
        lead=BOTH,
        questions=("What must have become clear by the end of this talk?",),
    ),
    _SINCE,
    Slot(
        title="Open promises",
        weight=6,
        purpose="To keep what we promised each other, or to let it go on purpose.",
        lead=PRACTICE,
        questions=("What is done, what still stands, and what is no longer needed?",),
        promises=True,
    ),
    _SUGGESTED,
    _MATTERS,
    Slot(
        title="More efficient ways of working together",
        weight=5,
        purpose="To spend less of both sides' time on what helps neither.",
        lead=BOTH,
        questions=("What in our work together costs more time than it is worth, and how could it be simpler?",),
        words=lambda safe: safe.ways,
    ),
    Slot(
        title="How we decide, and what each of us needs",
        weight=8,
        purpose="To be open about whether this work still makes sense, for both.",
        lead=BOTH,
        questions=(
            "Is this still the question that matters most to you, or has another one come up?",
            "Is it the right time for it, and who has room for it in the next four weeks?",
            "Are we still the right ones for it, and what do we need from each other to do it well?",
        ),
        points=lambda safe: safe.sharing.needs,
    ),
    _NEXT,
)

_MIDDLING = (
    Slot(
        title="What has happened since, and what we promised",
        weight=8,
        purpose="So that both of us work from the same facts, and keep what we promised.",
        lead=BOTH,
        questions=("What has changed since we last met, what is done, and what still stands?",),
        promises=True,
    ),
    _MATTERS,
    Slot(
        title="How we decide",
        weight=6,
        purpose="To be open about whether this work still makes sense, for both.",
        lead=BOTH,
        questions=("Is this still the right work at the right time, and are we still the right ones for it?",),
        points=lambda safe: safe.sharing.needs,
        suggestions=True,
    ),
    _NEXT,
)

_SHORT = (
    Slot(
        title="One thing that has changed, from each of us",
        weight=5,
        purpose="So that both of us work from the same facts.",
        lead=BOTH,
        questions=("What is the one thing that has changed since we last met?",),
    ),
    Slot(
        title="One question",
        weight=6,
        purpose="To spend the time on what you most need to decide or to know.",
        lead=CLIENT,
        questions=("Which one decision or answer do you need from this talk?",),
        words=lambda safe: safe.topics + safe.ways,
        most=1,
    ),
    Slot(
        title="One ask, and a date",
        weight=4,
        purpose="To part with one step each, and to know when we talk again.",
        lead=PRACTICE,
        questions=("What is the one thing that each of us asks of the other, and when do we talk again?",),
    ),
)

PLANS = (_LONG, _MIDDLING, _SHORT)
"""For an hour or so, for half an hour, and for less."""
