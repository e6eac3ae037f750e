"""What must not be told to a client: gathered from the practice, the readings, a person's notes, and the other clients."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from analyzer.model.findings import Stance
from analyzer.model.meetings import Client, Meeting, Stage
from analyzer.model.relationship import Picture
from analyzer.names import fold_name
from analyzer.practice import Item, Practice, Share, means
from analyzer.relationship.wordlists import FUNCTION
from analyzer.usecases.agenda_items import PLAIN_WORDS, standing_sentences
from analyzer.usecases.invitation import sentences
from analyzer.usecases.leaks import PrivateWords, same_words

TELLING_LETTERS = 3  # a shorter first word of a client's name may be anybody's

_ARTICLES = frozenset("a an the der die das le la les el los il lo de".split())  # noqa: SIM905 - a row of words reads better
_PARTNERS = (Stance.LEANING_PARTNER, Stance.STRATEGIC_PARTNER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """What belongs to other clients: their names, now and before; their people; what was said there, one text a meeting.

    `called` is what this client itself is or was called.
    """

    called: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


def private_words(
    client: Client,
    picture: Picture | None,
    meetings: Sequence[Meeting],
    practice: Practice,
    elsewhere: Elsewhere,
    *,
    notes: Iterable[str] = (),
    heard: Sequence[Meeting] = (),
) -> PrivateWords:
    """What must not be in anything sent to this client.

    The names of other clients (in full, and by a telling first word) and of the people met there; what was said in their
    meetings; what practice.toml does not share with this client; a person's `notes`; what the readings say of signs, stance
    and conditions. `meetings` are the client's own, `heard` those of them that everybody attended who gets the document.
    """
    may_hear = hearer(client, picture, elsewhere.called)
    items = all_items(practice)
    known = {speaker.name for meeting in meetings for speaker in meeting.speakers}
    others = _not_here(elsewhere.names, known)
    named = tuple(dict.fromkeys(name for other in others for name in _as_spoken(other, client)))
    known |= {name for person in practice.people for name in (person.name, *person.aliases)}
    attended = {meeting.id for meeting in heard}
    own = sorted(name for name in known if not any(_holds(name, other) for other in others))
    return PrivateWords(
        names=named,
        people=elsewhere.people,
        elsewhere=elsewhere.said,
        texts=(*(item.text for item in items if not may_hear(item)), *notes, *_judged(picture)),
        told=tuple(item.text for item in items if may_hear(item)),
        own=(client.name, practice.name, *own, *standing_sentences(), *sentences()),
        known=(*own, *sorted(PLAIN_WORDS)),
        heard=tuple(map(_said, heard)),
        missed=tuple(_said(meeting) for meeting in meetings if meeting.id not in attended),
    )


def all_items(practice: Practice) -> tuple[Item, ...]:
    """Every line of practice.toml that says who may hear it."""
    context = practice.context
    ours = (*practice.offers, *practice.conditions, *practice.wants)
    return (*ours, *context.in_hand, *context.capacity, *context.hard, *context.building)


def hearer(client: Client, picture: Picture | None, called: Collection[str] = ()) -> Callable[[Item], bool]:
    """Whether this client may be told an item. Only what says so itself; `called` is what else the client is or was called."""
    partner = client.stage is Stage.ACTIVE and picture is not None and picture.stance in _PARTNERS

    def may(item: Item) -> bool:
        if any(means(name, client, called) for name in item.not_with):
            return False
        return item.share is Share.ALL or (item.share is Share.PARTNERS and partner)

    return may


def _said(meeting: Meeting) -> str:
    return "\n".join(turn.text for turn in meeting.turns)


def _not_here(names: Sequence[str], known: Collection[str]) -> list[str]:
    """Other clients' names but for those of persons, in full, who are met here as well."""
    here = {folded for name in known if len((folded := fold_name(name)).split()) > 1}
    return [name for name in names if fold_name(name.replace("-", " ")) not in here]


def _holds(name: str, other: str) -> bool:
    """Whether a speaker is called like another client."""
    words, sought = fold_name(name).split(), fold_name(other).split()
    return bool(sought) and any(words[at : at + len(sought)] == sought for at in range(len(words)))


def _as_spoken(other: str, client: Client) -> tuple[str, ...]:
    """A client's name, and the first telling word where people would say that alone: `Northgate` for The Northgate Company."""
    if same_words(other, client.name) or same_words(other, client.slug):
        return ()
    first = next((word for word in fold_name(other).split() if word not in _ARTICLES), "")
    plain = {*fold_name(client.name).split(), *client.slug.split("-"), *PLAIN_WORDS, *FUNCTION}
    return (other, first) if len(first) >= TELLING_LETTERS and first not in plain else (other,)


def _judged(picture: Picture | None) -> Iterable[str]:
    if picture is None:
        return
    for row in picture.signs:
        yield from (row.why, row.another_reading, row.would_change, row.question)
        yield from (evidence.quote for evidence in row.evidence)
        yield row.person.note if row.person else ""
    yield picture.stance_why
    yield from (row.why for row in picture.conditions.values())
    yield from (step.note for advice in picture.recommendations for step in advice.steps)
