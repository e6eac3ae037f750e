"""The brief of one client on one day, put together from what was read and what a person keeps."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analyzer.model.brief import Brief, HowRead, Mention, Promises
from analyzer.model.brief_parts import Change
from analyzer.model.meetings import Client, Meeting, Stage
from analyzer.model.own import RememberedRow
from analyzer.model.person import Decision
from analyzer.model.reasons import BehindAgendas
from analyzer.model.relationship import NoteRow, Picture
from analyzer.practice import Item, Practice
from analyzer.relationship import cadence
from analyzer.relationship.openness import Searched, last_mention, searched
from analyzer.relationship.words import count, day
from analyzer.usecases.brief import owed, people, standing
from analyzer.usecases.brief.asking import gaps, questions
from analyzer.usecases.brief.decided import held
from analyzer.usecases.brief.first_talk import matters
from analyzer.usecases.brief.quoting import Places

NO_AGENDAS = BehindAgendas()
NOBODY_OWES = Promises(ours=(), theirs=(), unclear=())


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """What a person keeps about a client beside the readings: notes, decisions (by date), words to remember, agendas."""

    notes: tuple[NoteRow, ...] = ()
    decisions: tuple[Decision, ...] = ()
    remembered: tuple[RememberedRow, ...] = ()
    agendas: BehindAgendas = NO_AGENDAS


def plan_brief(
    client: Client,
    picture: Picture | None,
    meetings: Sequence[Meeting],
    practice: Practice,
    today: dt.date,
    own: OwnWords = OwnWords(),
) -> Brief:
    """The brief of this client on this day.

    `meetings` are all of the client's meetings up to this day, read or not; `picture` is what the counted engine's readings
    show of them, or None where nothing is read, and then the brief says what is not known.
    """
    places = Places.of(meetings)
    signs = standing.signs(picture, places) if picture else ()
    conditions = standing.conditions(picture, places) if picture else ()
    openings = owed.openings(picture, places) if picture else ()
    said = searched(meetings)
    offers, needs = _mentions(practice.offers, said, places), _mentions(practice.conditions, said, places)
    partner_talk = people.partner_talk(picture, places, today)
    return Brief(
        client=client.name,
        client_slug=client.slug,
        stage=client.stage,
        date=today,
        people=people.people_met(meetings),
        cadence=cadence((m.date for m in meetings), partner_talk.last) if meetings else None,
        stance=standing.stance(picture) if picture else None,
        changes=(*(standing.what_changed(picture, places, today) if picture else ()), *_noted_since(own.notes, meetings)),
        signs=signs,
        options=standing.options(picture) if picture else (),
        conditions=conditions,
        our_needs=needs,
        ledger=owed.ledger(picture, places) if picture else (),
        outcomes=dict(sorted(Counter(row.outcome for row in picture.recommendations).items())) if picture else {},
        adoption=picture.adoption if picture else None,
        differences=people.differences(picture, places) if picture else (),
        promises=owed.promises(picture, places, today) if picture else NOBODY_OWES,
        openings=openings,
        offers=offers,
        openness=people.openness(picture, meetings, places),
        partner_talk=partner_talk,
        agendas=own.agendas,
        talk_shares=people.talk_shares(meetings),
        first_talk=matters(meetings, places) if client.stage is Stage.PROSPECT else (),
        decision=held(own.decisions, picture, meetings, places, today),
        questions=questions(picture),
        gaps=(*gaps(picture, signs, meetings, practice.context, today), *_lost(own.remembered)),
        notes=own.notes,
        remembered=places.remembered(own.remembered),
        read=_how_read(picture, meetings),
    )


def _mentions(items: Iterable[Item], said: Sequence[Searched], places: Places) -> tuple[Mention, ...]:
    """Each line of practice.toml with the last words that speak of it."""
    found = ((item.text, last_mention(item.text, said)) for item in items)
    return tuple(Mention(text=text, quote=places.quote(words) if words else None) for text, words in found)


def _noted_since(notes: Iterable[NoteRow], meetings: Sequence[Meeting]) -> Iterator[Change]:
    """What a person noted after the last meeting."""
    last = max((meeting.date for meeting in meetings), default=dt.date.min)
    since = (note for note in notes if note.date > last)
    yield from (Change(told=f"{note.author or 'You'} noted on {day(note.date)}: {note.text}") for note in since)


def _lost(remembered: Iterable[RememberedRow]) -> Iterator[str]:
    """The words to remember of which nobody can tell any more where they stand."""
    if lost := sum(row.turn is None for row in remembered):
        yield f"{count(lost, 'turn')} to remember cannot be found in the transcript as it is now."


def _how_read(picture: Picture | None, meetings: Sequence[Meeting]) -> HowRead:
    read = {point.meeting for point in picture.trajectory} if picture else set()
    return HowRead(
        meetings=len(meetings),
        meetings_read=len(read),
        unread=tuple(m.slug for m in meetings if m.id not in read),
        turns=sum(len(m.turns) for m in meetings if m.id in read),
        turns_read=picture.turns_read if picture else 0,
        engine=picture.engine.name if picture else "",
        model=picture.engine.model if picture else "",
        rejected=picture.rejected if picture else {},
        caveats=picture.caveats if picture else (),
    )
