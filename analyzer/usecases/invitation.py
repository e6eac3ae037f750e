"""The message that asks a client for an hour outside the project: five lines, and why one asks."""

from analyzer.model.agenda import Agenda, AgendaKind

_HELLO = "Hello {people},"
_HELLO_ALL = "Hello,"
_ASK = "may I ask you for {length} outside the project, and unbilled?"
_WHY = (
    "In the project we talk about the task; how your business is doing, and ours, we seldom tell each other, "
    "and I believe we would be of more use to each other if we did."
)
_OFFER = (
    "You would hear from us openly how we are doing, and you may ask what you like; "
    "there is nothing to prepare and nothing to buy."
)
_CLOSE = "Below is what I have in mind for it: please change it as you like, and tell me which day suits you."

_WORKING_ASK = "may I suggest {length} for our next talk about the work?"
_WORKING_WHY = (
    "I would like to use it for what you need to decide, and to hear plainly what has been of use to you so far, "
    "and what has not."
)
_WORKING_OFFER = "If something else matters more by then, we talk about that instead."


_FIRST_ASK = "may I suggest {length} for a first talk?"
_FIRST_WHY = (
    "I would like to hear what you want to be different, and to find out with you whether our experience is the right one for "
    "it, and whether it is the right time."
)
_FIRST_OFFER = "You may ask what you like about us, and we say plainly where somebody else would serve you better."


def message(agenda: Agenda) -> tuple[str, ...]:
    """The five lines that stand before the agenda."""
    first = [_first_name(name) for name in agenda.people if name.strip(" ,.")]
    people = " and ".join((*([", ".join(first[:-1])] if first[1:] else []), *first[-1:]))
    hello = _HELLO.format(people=people) if people else _HELLO_ALL
    length = _length(agenda.minutes)
    ask, why, offer = _WORDS[agenda.kind]
    return (hello, ask.format(length=length), why, offer, _CLOSE)


def sentences() -> tuple[str, ...]:
    """Every sentence that such a message may have whoever it is for."""
    asks = (ask.replace("{length}", length) for ask, _, _ in _WORDS.values() for length in ("an hour", "half an hour"))
    return (*asks, _CLOSE, *(text for _, why, offer in _WORDS.values() for text in (why, offer)))


_WORDS = {
    AgendaKind.PARTNERSHIP: (_ASK, _WHY, _OFFER),
    AgendaKind.WORKING: (_WORKING_ASK, _WORKING_WHY, _WORKING_OFFER),
    AgendaKind.FIRST: (_FIRST_ASK, _FIRST_WHY, _FIRST_OFFER),
}


def _length(minutes: int) -> str:
    return {30: "half an hour", 60: "an hour", 90: "an hour and a half", 120: "two hours"}.get(minutes, f"{minutes} minutes")


def _first_name(person: str) -> str:
    """How one greets somebody; by all of the name where it begins with a title."""
    last, comma, first = person.partition(",")
    name = " ".join(f"{first} {last}".split()) if comma and first.strip() else " ".join(person.split())
    word = name.split()[0]
    return name if word.endswith(".") else word
