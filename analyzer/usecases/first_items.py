"""What a first talk with a prospect is made of: what brings them, and whether it is right for both."""

from analyzer.usecases.agenda_slots import BOTH, CLIENT, PRACTICE, Slot

INTENTION = (
    "A first talk: what you want to be different, and whether we are the right ones for it, at the right time. "
    "There is nothing to prepare and nothing to buy."
)

_BRINGS = Slot(
    title="What you want to be different",
    weight=14,
    purpose="To hear the matter as you see it.",
    lead=CLIENT,
    questions=("What do you want to be different, and for whom?", "What have you tried so far, and what came of it?"),
)
_NEXT = Slot(
    title="Next step",
    weight=6,
    purpose="To part with one step, or with a good reason to take none.",
    lead=BOTH,
    questions=("What would be a good next step, and who takes it by when?",),
)

_LONG = (
    Slot(
        title="Arriving",
        weight=5,
        purpose="To arrive, and to say what would make this talk worth its time.",
        lead=BOTH,
        questions=("What would make this talk worth your time?",),
    ),
    _BRINGS,
    Slot(
        title="Is our experience the right one?",
        weight=9,
        purpose="To find out whether this is what we are good at, or somebody else is.",
        lead=PRACTICE,
        questions=("What would somebody have to know, or have done, to be of use to you here?",),
        points=lambda safe: safe.sharing.topics,
    ),
    Slot(
        title="Is it the right time?",
        weight=8,
        purpose="To see whether there is room for it now.",
        lead=CLIENT,
        questions=("What makes it matter now, and who can give time to it in the next two months?",),
    ),
    Slot(
        title="Are we the right ones for each other?",
        weight=10,
        purpose="To say what each of us needs in order to do good work.",
        lead=BOTH,
        questions=(
            "Who decides on what we find, and what may change because of it?",
            "What do we need from each other to be able to say what is uncomfortable?",
        ),
        points=lambda safe: safe.sharing.needs,
    ),
    Slot(
        title="How we both are doing",
        weight=8,
        purpose="So that each side knows a little of what the other has before it.",
        lead=BOTH,
        questions=("What else is going on in your business just now?", "What would you like to know about us?"),
        points=lambda safe: safe.sharing.doing,
    ),
    _NEXT,
)

_MIDDLING = (
    _BRINGS,
    Slot(
        title="Is it right for both of us?",
        weight=10,
        purpose="To find out together whether we should go on.",
        lead=BOTH,
        questions=("Is our experience the right one for it, is it the right time, and what would each of us need?",),
        points=lambda safe: safe.sharing.needs,
    ),
    _NEXT,
)

_SHORT = (
    Slot(
        title="What you want to be different",
        weight=6,
        purpose="To hear the matter as you see it.",
        lead=CLIENT,
        questions=("What is the one thing that you want to be different?",),
    ),
    Slot(
        title="One question",
        weight=5,
        purpose="To find out whether we should go on.",
        lead=BOTH,
        questions=("Is our experience the right one for it, and is it the right time?",),
    ),
    Slot(
        title="Next step",
        weight=4,
        purpose="To part with one step, or with a good reason to take none.",
        lead=BOTH,
        questions=("What would be a good next step, and who takes it by when?",),
    ),
)

PLANS = (_LONG, _MIDDLING, _SHORT)
