"""The agenda to send: a talk between partners, outside the current work, planned by plain code.

It is made in two steps. `client_safe` sorts out what this client may be told and reminded of; `plan_agenda` sees
nothing but what came through. `leaks` then looks at the finished text once more before it is written.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence

from analyzer.errors import UsageError
from analyzer.model.documents import (
    Agenda,
    AgendaItem,
    Cleared,
    ClientSafe,
    ClientWords,
    OpenPromise,
    Sharing,
    Withheld,
)
from analyzer.model.findings import Evidence, Match, OpeningId, Stance
from analyzer.model.meetings import Client, Meeting, Side, Stage
from analyzer.model.relationship import CommitmentRow, Picture
from analyzer.names import fold_name
from analyzer.practice import Item, Practice, Share
from analyzer.terms import is_for_another, was_heard
from analyzer.usecases.agenda_items import CLIENT, INTENTION, PLAIN_WORDS, PRACTICE, Slot, plan_for, standing_sentences
from analyzer.usecases.leaks import PrivateWords, leaks

__all__ = ["PrivateWords", "client_safe", "leaks", "plan_agenda", "private_words"]

SHORTEST, LONGEST = 10, 480  # minutes
NEXT_TALK_DAYS = 90
LATEST = dt.date.max - dt.timedelta(days=NEXT_TALK_DAYS)  # the next talk needs a date as well
TELLING_LETTERS = 4  # a shorter first word of a client's name may be anybody's
MOST_POINTS = 3  # of what we tell in one item; more would be a pitch
TELLING_WORDS = 5  # fewer words of a quote do not tell what was promised
RECENT_DAYS = 90  # a promise older than this is not brought up again in an agenda

_PARTNERS = (Stance.LEANING_PARTNER, Stance.STRATEGIC_PARTNER)


def plan_agenda(safe: ClientSafe, today: dt.date, minutes: int = 60) -> Agenda:
    """A partnership-building talk of so many minutes; raises UsageError for fewer than 10 or more than 480."""
    if not SHORTEST <= minutes <= LONGEST:
        raise UsageError(f"an agenda cannot have {minutes} minutes", f"give from {SHORTEST} to {LONGEST}; 60 is usual")
    if today > LATEST:
        raise UsageError(f"{today} is too far ahead for an agenda", "give the day of the talk, such as --date 2026-03-09")
    slots = plan_for(minutes)
    shares = _shares_of(minutes, [slot.weight for slot in slots])
    later = today + dt.timedelta(days=NEXT_TALK_DAYS)
    return Agenda(
        client=safe.client,
        practice=safe.practice,
        people=safe.people,
        date=today,
        minutes=minutes,
        intention=INTENTION,
        items=tuple(_item(slot, share, safe) for slot, share in zip(slots, shares, strict=True)),
        next_talk=later - dt.timedelta(days=later.weekday()),
    )


def client_safe(
    client: Client,
    picture: Picture | None,
    meetings: Sequence[Meeting],
    practice: Practice,
    today: dt.date,
    people: Sequence[str],
    private: PrivateWords,
) -> Cleared:
    """What may go into an agenda for this client and these people.

    Words and promises come only from meetings that everybody in `people` attended, said by one of them (or, for
    promises, by us); with nobody named, none do. What we tell comes only from items of practice.toml that say so;
    an item for partners is told only where the talks lean to a partnership. Nothing from a turn that speaks for a
    sign, and nothing that `private` finds, comes through; what speaks against a sign may be quoted like anything else.
    `meetings` are all of the client's, to know who attended.
    """
    sieve = _Sieve(meetings, people, private)
    context = practice.context
    may_hear = _may_hear(client, picture)

    def told(*groups: Iterable[Item]) -> tuple[str, ...]:
        return sieve.items((item for group in groups for item in group), may_hear)

    sharing = Sharing(
        doing=told(context.in_hand, context.building, context.hard),
        capacity=told(context.capacity),
        topics=told(practice.wants, practice.offers),
        needs=told(practice.conditions),
    )
    rows = picture.signs if picture else ()
    touchy = {(e.meeting, e.turn) for row in rows for e in (*row.evidence, *(out.evidence for out in row.dismissed))}
    touchy |= picture.sign_turns if picture else frozenset()

    def heard(kind: OpeningId) -> tuple[ClientWords, ...]:
        return sieve.words(picture.firm_openings.get(kind, ()), touchy) if picture else ()

    promises = sieve.promises(picture.commitments if picture else (), touchy, today)
    safe = ClientSafe(
        client=client.name,
        practice=practice.name,
        people=tuple(people),
        sharing=sharing,
        capacity=heard(OpeningId.UNUSED_CAPACITY),
        topics=heard(OpeningId.FURTHER_TOPICS),
        ways=heard(OpeningId.BETTER_WAYS),
        promises=promises,
    )
    return Cleared(safe=safe, left_out=dict(sieve.left_out), never_met=sieve.never_met)


def private_words(
    client: Client,
    picture: Picture | None,
    practice: Practice,
    others: Iterable[Client],
    people: Sequence[str] = (),
    notes: Iterable[str] = (),
) -> PrivateWords:
    """What must not be in anything sent to this client.

    The names of all `others` on record (in full, and by a telling first word), what practice.toml does not share with
    this client, a person's `notes`, and what the readings say of signs, stance and conditions.
    """
    may_hear = _may_hear(client, picture)
    items = [item for group in _all_items(practice) for item in group]
    return PrivateWords(
        names=tuple(name for other in others if other.id != client.id for name in _as_spoken(other, client)),
        texts=(*(item.text for item in items if not may_hear(item)), *notes, *_judged(picture)),
        told=tuple(item.text for item in items if may_hear(item)),
        own=(client.name, practice.name, *people, *standing_sentences()),
    )


def _as_spoken(other: Client, client: Client) -> tuple[str, ...]:
    """A client's name, and its first word where people would say that alone: `Northgate` for Northgate Rail."""
    first = fold_name(other.name).split()[:1]
    plain = {*fold_name(client.name).split(), *PLAIN_WORDS}
    return (other.name, *(word for word in first if len(word) >= TELLING_LETTERS and word not in plain))


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
    yield from (*picture.differences, *picture.caveats)


def _all_items(practice: Practice) -> tuple[tuple[Item, ...], ...]:
    context = practice.context
    ours = (practice.offers, practice.conditions, practice.wants)
    return (*ours, context.in_hand, context.capacity, context.hard, context.building)


def _may_hear(client: Client, picture: Picture | None) -> Callable[[Item], bool]:
    """Whether this client may be told an item. Only what says so itself; a part of the client's name in `not_with` will do."""
    known = {client.id, client.slug, *fold_name(client.name).split(), *client.slug.split("-")}
    partner = client.stage is Stage.ACTIVE and picture is not None and picture.stance in _PARTNERS

    def may(item: Item) -> bool:
        if any(fold_name(name) in known or set(fold_name(name).split()) <= known for name in item.not_with):
            return False
        return item.share is Share.ALL or (item.share is Share.PARTNERS and partner)

    return may


class _Sieve:
    """Lets through what these people may read, and counts what it holds back."""

    def __init__(self, meetings: Sequence[Meeting], people: Sequence[str], private: PrivateWords) -> None:
        self.left_out: Counter[Withheld] = Counter()
        self._private = private
        self._meetings = {meeting.id: meeting for meeting in meetings}
        attended = {meeting.id: {fold_name(s.name) for s in meeting.speakers} for meeting in meetings}
        everybody = set().union(*attended.values())
        known = {person: _known_as(fold_name(person), everybody) for person in people}
        self.never_met = tuple(person for person, name in known.items() if name not in everybody)
        ours = {fold_name(s.name) for meeting in meetings for s in meeting.speakers if s.side is Side.OURS}
        # Naming only our own people would make every meeting of theirs shared: who is to read it on the other side counts.
        self._people = set(known.values()) - ours
        self._shared = {meeting for meeting, voices in attended.items() if self._people and self._people <= voices}

    def items(self, items: Iterable[Item], may_hear: Callable[[Item], bool]) -> tuple[str, ...]:
        """The texts of the items that may be told."""
        kept = []
        for item in items:
            why = None if may_hear(item) else Withheld.NOT_SHARED
            if self._passes(why, item.text):
                kept.append(item.text)
        return tuple(kept)

    def words(self, heard: Iterable[Evidence], touchy: Collection[tuple[str, int]]) -> tuple[ClientWords, ...]:
        """What the client's side said, newest first."""
        kept = []
        for evidence in heard:
            if evidence.side != Side.THEIRS or evidence.match is Match.NOT_FOUND:
                continue
            if self._passes(self._why_not(evidence, touchy), evidence.quote, evidence.speaker):
                kept.append(
                    ClientWords(text=evidence.quote, speaker=evidence.speaker, date=self._meetings[evidence.meeting].date)
                )
        return tuple(kept)

    def promises(
        self, rows: Iterable[CommitmentRow], touchy: Collection[tuple[str, int]], today: dt.date
    ) -> tuple[OpenPromise, ...]:
        """The neutral facts of what one side owes the other and is not known to be settled, in the order given."""
        kept = []
        for row in rows:
            if row.status in ("done", "dropped") or row.evidence.match is Match.NOT_FOUND:
                continue
            why = self._why_not(row.evidence, touchy)
            what = self._in_words_said(row)
            if row.owner is None or is_for_another(row.evidence.quote, row.owner, row.evidence.speaker):
                why = Withheld.NOT_SURE_WHO
            elif row.owner_side == row.to_side and row.to_side in (Side.OURS, Side.THEIRS):
                why = Withheld.WITHIN_ONE_SIDE
            elif not row.firm:
                why = Withheld.NOT_CERTAIN
            elif (today - row.date).days > RECENT_DAYS:
                why = Withheld.LONG_AGO
            elif not what:
                why = Withheld.NOT_CERTAIN
            if self._passes(why, row.owner or "", what, row.to or "", row.due or ""):
                kept.append(OpenPromise(who=row.owner or "", what=what, to=row.to, due=row.due, due_date=row.due_date))
        return tuple(kept)

    def _in_words_said(self, row: CommitmentRow) -> str:
        """The promise as the reader words it, where those words were heard around it; else as it was said, if that tells it."""
        meeting = self._meetings.get(row.evidence.meeting)
        if meeting is not None and was_heard(meeting, row.what, row.evidence.turn):
            return row.what
        quote = row.evidence.quote
        return f"“{quote}”" if len(quote.split()) >= TELLING_WORDS else ""

    def _why_not(self, evidence: Evidence, touchy: Collection[tuple[str, int]]) -> Withheld | None:
        if not self._people:
            return Withheld.NOBODY_NAMED
        if evidence.meeting not in self._shared:
            return Withheld.NOT_HEARD_BY_ALL
        if evidence.side != Side.OURS and fold_name(evidence.speaker) not in self._people:
            return Withheld.SAID_BY_ABSENT
        return Withheld.SENSITIVE if (evidence.meeting, evidence.turn) in touchy else None

    def _passes(self, why: Withheld | None, *texts: str) -> bool:
        if why is None and any(leaks(text, forbidden=self._private) for text in texts):
            why = Withheld.PRIVATE_WORDS
        if why is not None:
            self.left_out[why] += 1
        return why is None


def _known_as(person: str, everybody: Collection[str]) -> str:
    """The full name that is meant: itself, or the only known one that has all its words."""
    if person in everybody:
        return person
    words = set(person.split())
    fitting = [name for name in everybody if words and words <= set(name.split())]
    return fitting[0] if len(fitting) == 1 else person


def _item(slot: Slot, minutes: int, safe: ClientSafe) -> AgendaItem:
    leads = {CLIENT: safe.client, PRACTICE: safe.practice}
    return AgendaItem(
        title=slot.title,
        minutes=minutes,
        purpose=slot.purpose,
        lead=leads.get(slot.lead, slot.lead) or "we",
        questions=slot.questions,
        points=slot.points(safe)[:MOST_POINTS],
        words=slot.words(safe)[: slot.most],
        promises=safe.promises if slot.promises else (),
    )


def _shares_of(minutes: int, weights: Sequence[int]) -> list[int]:
    """Whole minutes in proportion to the weights that add up exactly: the largest remainders get what is left."""
    exact = [minutes * weight / sum(weights) for weight in weights]
    shares = [int(part) for part in exact]
    by_remainder = sorted(range(len(weights)), key=lambda n: shares[n] - exact[n])
    for n in by_remainder[: minutes - sum(shares)]:
        shares[n] += 1
    return shares
