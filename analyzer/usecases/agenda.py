"""The agenda to send, planned by plain code: a talk between partners outside the current work, or one about that work.

It is made in two steps. `client_safe` sorts out what this client may be told and reminded of; `plan_agenda` sees
nothing but what came through. `leaks` then looks at the finished file once more before it is written.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from analyzer.errors import UsageError
from analyzer.model.agenda import Agenda, AgendaItem, AgendaKind, Cleared, ClientSafe, ClientWords, Sharing
from analyzer.model.findings import OpeningId
from analyzer.model.meetings import Client
from analyzer.model.relationship import Picture
from analyzer.practice import Item, Practice
from analyzer.usecases.agenda_items import intention, plan_for
from analyzer.usecases.agenda_slots import CLIENT, PRACTICE, Slot
from analyzer.usecases.invitation import message
from analyzer.usecases.leaks import PrivateWords
from analyzer.usecases.private_words import all_items
from analyzer.usecases.sieve import ADVICE_DAYS, RECENT_DAYS, Audience, Sieve

SHORTEST, LONGEST = 10, 480  # minutes
NEXT_TALK_DAYS = 90
LATEST = dt.date.max - dt.timedelta(days=NEXT_TALK_DAYS)  # the next talk needs a date as well
MOST_POINTS = 3  # of what we tell in one item; more would be a pitch
MOST_PROMISES = {AgendaKind.PARTNERSHIP: 5, AgendaKind.WORKING: 8, AgendaKind.FIRST: 5}
MOST_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The talk that is wanted: with whom, how long, what for, on which day (None: not known yet); `invite` asks for a message."""

    people: tuple[str, ...] = ()
    minutes: int = 60
    kind: AgendaKind = AgendaKind.PARTNERSHIP
    day: dt.date | None = None
    invite: bool = False


def plan_agenda(safe: ClientSafe, today: dt.date, asked: Asked = Asked()) -> Agenda:
    """The talk that is asked for; raises UsageError for fewer than 10 or more than 480 minutes, and days beyond the calendar."""
    if not SHORTEST <= asked.minutes <= LONGEST:
        told = f"give from {SHORTEST} to {LONGEST}; 60 is usual"
        raise UsageError(f"an agenda cannot have {asked.minutes} minutes", told)
    day = asked.day or today
    if day > LATEST:
        raise UsageError(f"{day} is too far ahead for an agenda", "give the day of the talk, such as --date 2026-03-09")
    slots = plan_for(asked.kind, asked.minutes)
    shares = _shares_of(asked.minutes, [slot.weight for slot in slots])
    later = day + dt.timedelta(days=NEXT_TALK_DAYS)
    planned = Agenda(
        kind=asked.kind,
        client=safe.client,
        practice=safe.practice,
        people=safe.people,
        date=day,
        day_said=asked.day is not None,
        minutes=asked.minutes,
        intention=intention(asked.kind),
        items=tuple(_item(slot, share, safe) for slot, share in zip(slots, shares, strict=True)),
        next_talk=later - dt.timedelta(days=later.weekday()),
    )
    return dataclasses.replace(planned, invitation=message(planned)) if asked.invite else planned


def client_safe(
    client: Client,
    picture: Picture | None,
    audience: Audience,
    practice: Practice,
    today: dt.date,
    asked: Asked,
    private: PrivateWords,
) -> Cleared:
    """What may go into an agenda for this client and this audience.

    Words and promises come only from meetings that everybody in the audience attended, said by one of them (or, for
    promises, by us); with nobody named, none do. What we tell comes only from items of practice.toml that say so;
    an item for partners is told only where the talks lean to a partnership. Nothing from a turn that speaks for a
    sign, and nothing that `private` finds, comes through; what speaks against a sign may be quoted like anything else.
    """
    told_them = frozenset(private.told)

    def may_hear(item: Item) -> bool:
        return item.text in told_them

    private.look_up(_candidates(picture, practice, may_hear, audience, today))
    sieve = Sieve(audience, private, touchy(picture))
    context = practice.context

    def told(*groups: Iterable[Item]) -> tuple[str, ...]:
        return sieve.items((item for group in groups for item in group), may_hear)

    def opened(kind: OpeningId) -> tuple[ClientWords, ...]:
        return sieve.words(picture, kind) if picture else ()

    partners = asked.kind is not AgendaKind.WORKING
    safe = ClientSafe(
        client=client.name,
        practice=practice.name,
        people=asked.people,
        sharing=Sharing(
            doing=told(context.in_hand, context.building, context.hard) if partners else (),
            capacity=told(context.capacity) if partners else (),
            topics=told(practice.wants, practice.offers) if partners else (),
            needs=told(practice.conditions),
        ),
        told_before=sieve.told_before(picture) if partners and picture else (),
        capacity=opened(OpeningId.UNUSED_CAPACITY) if partners else (),
        topics=opened(OpeningId.FURTHER_TOPICS),
        ways=opened(OpeningId.BETTER_WAYS),
        promises=sieve.promises(picture.commitments if picture else (), today, MOST_PROMISES[asked.kind]),
        suggestions=() if partners or not picture else sieve.suggestions(picture.recommendations, today),
    )
    return Cleared(
        safe=safe,
        left_out=dict(sieve.left_out),
        absent=tuple(sieve.absent),
        never_met=audience.never_met,
        drawn_on=tuple(sorted(sieve.drawn_on)),
    )


def touchy(picture: Picture | None) -> set[tuple[str, int]]:
    """The turns that speak for a sign, or that somebody took for one: they are never quoted to the client."""
    if picture is None:
        return set()
    rows = picture.signs
    shown = {(e.meeting, e.turn) for row in rows for e in (*row.evidence, *(out.evidence for out in row.dismissed))}
    return shown | picture.sign_turns


def _candidates(
    picture: Picture | None, practice: Practice, may_hear: Callable[[Item], bool], audience: Audience, today: dt.date
) -> Iterable[str]:
    """Every text that might go into an agenda."""
    yield from (item.text for item in all_items(practice) if may_hear(item))
    if picture is None:
        return
    heard = (evidence for found in picture.openings.values() for evidence in found)
    yield from (evidence.quote for evidence in heard if audience.why_not(evidence) is None)
    promised = [(row.what, row.evidence) for row in picture.commitments if (today - row.date).days <= RECENT_DAYS]
    advised = [(row.what, row.evidence) for row in picture.recommendations if (today - row.date).days <= ADVICE_DAYS]
    for what, evidence in (*promised, *advised):
        if audience.why_not(evidence) is None:
            yield from (what, evidence.quote)


def _item(slot: Slot, minutes: int, safe: ClientSafe) -> AgendaItem:
    leads = {CLIENT: safe.client, PRACTICE: safe.practice}
    return AgendaItem(
        title=slot.title,
        minutes=minutes,
        purpose=slot.purpose,
        lead=leads.get(slot.lead, slot.lead) or "we",
        questions=(*slot.asks(safe), *slot.questions),
        points=slot.points(safe)[:MOST_POINTS],
        words=slot.words(safe)[: slot.most],
        promises=safe.promises if slot.promises else (),
        suggestions=safe.suggestions[:MOST_SUGGESTIONS] if slot.suggestions else (),
    )


def _shares_of(minutes: int, weights: Sequence[int]) -> list[int]:
    """Whole minutes in proportion to the weights that add up exactly: the largest remainders get what is left."""
    exact = [minutes * weight / sum(weights) for weight in weights]
    shares = [int(part) for part in exact]
    by_remainder = sorted(range(len(weights)), key=lambda n: shares[n] - exact[n])
    for n in by_remainder[: minutes - sum(shares)]:
        shares[n] += 1
    return shares
