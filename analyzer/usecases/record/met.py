"""Answers from the meetings themselves: when and how often we met, and who was there."""

from collections.abc import Sequence

from analyzer.model.brief import MetPerson
from analyzer.model.insight import RecordLine
from analyzer.model.meetings import Side
from analyzer.names import fold_name
from analyzer.relationship import cadence
from analyzer.relationship.words import count, day, meetings
from analyzer.store import MeetingHead
from analyzer.usecases.brief import people_met
from analyzer.usecases.record.facts import Facts, Told, ago, person_name
from analyzer.usecases.record.intents import Asked
from analyzer.usecases.record.names import is_called


def last_met(asked: Asked, facts: Facts) -> Told:
    """The last meeting of those that are meant."""
    return _one_met("last", facts.heads[-1], asked, facts)


def first_met(asked: Asked, facts: Facts) -> Told:
    """The first meeting of those that are meant."""
    return _one_met("first", facts.heads[0], asked, facts)


def _one_met(which: str, head: MeetingHead, asked: Asked, facts: Facts) -> Told:
    since = ago(head.date, facts.today)
    return Told(found=True, text=f"We {which} met {_whom(asked, facts)} on {day(head.date)}{since}.", lines=(_meeting(head),))


def how_often(asked: Asked, facts: Facts) -> Told:
    """How many meetings there were, from when to when, and how far apart they usually are."""
    rhythm = cadence((head.date for head in facts.heads), None)
    whom = _whom(asked, facts)
    if rhythm.first == rhythm.last:
        return Told(found=True, text=f"{meetings(rhythm.meetings)} with {whom}, on {day(rhythm.first)}.")
    every = f"; {count(rhythm.median_gap_days, 'day')} between two is usual" if rhythm.median_gap_days else ""
    text = f"{meetings(rhythm.meetings)} with {whom} from {day(rhythm.first)} to {day(rhythm.last)}{every}."
    return Told(found=True, text=text, lines=tuple(map(_meeting, facts.heads)))


def which_meetings(asked: Asked, facts: Facts) -> Told:
    """The meetings, oldest first."""
    text = f"{meetings(len(facts.heads))} with {_whom(asked, facts)}."
    return Told(found=True, text=text, lines=tuple(map(_meeting, facts.heads)))


def who_was_there(asked: Asked, facts: Facts) -> Told:
    """Who spoke in the meetings that are meant: in the last one where the question says no time."""
    heads = facts.heads if asked.period or asked.meeting else facts.heads[-1:]
    ours_only = asked.who is not None and asked.who.side is Side.OURS and not asked.who.person
    lines = tuple(RecordLine(text=f"{_placed(head)}: {_spoke(head, ours_only=ours_only)}") for head in heads)
    which = f"on {day(heads[0].date)}" if len(heads) == 1 else f"in {meetings(len(heads))}"
    text = f"Who spoke with {facts.client.name} {which}; who said nothing is in no transcript."
    return Told(found=True, text=text, lines=lines)


def was_there(asked: Asked, facts: Facts) -> Told:
    """Whether the person is heard in the meetings that are meant: in the last one where the question says no time."""
    heads = facts.heads if asked.period or asked.meeting else facts.heads[-1:]
    called = asked.by.person if asked.by else ""
    names = sorted({s.name for head in heads for s in head.speakers if is_called(called, s.name)})
    heard = [head for head in heads if any(s.name in names for s in head.speakers)]
    lines = tuple(RecordLine(text=f"{_placed(head)}: {_spoke(head)}") for head in heads)
    which = f"on {day(heads[0].date)}" if len(heads) == 1 else f"in any of {meetings(len(heads))}"
    if not heard:
        silent = f"No: {person_name(asked.by)} is not heard {which}; who said nothing is in no transcript."
        return Told(found=True, text=silent, lines=lines)
    where = which if len(heads) == 1 else f"in {len(heard)} of {meetings(len(heads))}"
    return Told(found=True, text=f"Yes: {' and '.join(names)} spoke {where}.", lines=lines)


def our_clients(read: Sequence[Facts]) -> Told:
    """The clients with their meetings, the one that was not met for longest first."""
    rows = sorted(read, key=lambda facts: (facts.heads[-1].date, facts.client.name))
    lines = tuple(RecordLine(text=_client(facts)) for facts in rows)
    if len(rows) == 1:  # the only one there is, or the only one that was asked about
        return Told(found=True, text=f"1 client was looked through: {rows[0].client.name}.", lines=lines)
    last = rows[0].heads[-1].date
    longest = f"longest ago is the last one with {rows[0].client.name}, on {day(last)}{ago(last, rows[0].today)}"
    return Told(found=True, text=f"Meetings with {count(len(rows), 'client')} are on record; {longest}.", lines=lines)


def _client(facts: Facts) -> str:
    met = f"{meetings(len(facts.heads))}, last {day(facts.heads[-1].date)}"
    return f"{facts.client.name}: {met}   analyzer meetings {facts.client.slug}"


def _spoke(head: MeetingHead, *, ours_only: bool = False) -> str:
    named = {
        side: [s.name + (f" ({s.role})" if s.role else "") for s in head.speakers if s.side is side and s.name] for side in Side
    }
    told = ((Side.THEIRS, "theirs"), (Side.OURS, "ours"), (Side.OTHER, "others"), (Side.MIXED, "shared microphone"))
    shown = told[1:2] if ours_only else (*told, (Side.UNKNOWN, "side not known"))
    return "; ".join(f"{label} {', '.join(named[side])}" for side, label in shown if named[side]) or "nobody is named"


def who_we_met(_: Asked, facts: Facts) -> Told:
    """The people of their side who spoke, those met most often first."""
    met = [person for person in people_met(facts.heads) if person.side != Side.OURS and fold_name(person.name)]
    people = "1 person" if len(met) == 1 else f"{len(met)} people"
    text = f"{people} of {facts.client.name} spoke in {meetings(len(facts.heads))}."
    return Told(found=bool(met), text=text, lines=tuple(RecordLine(text=_met(person)) for person in met))


def _met(person: MetPerson) -> str:
    role = f", {person.role}" if person.role else ""
    side = "" if person.side == Side.THEIRS else f", {'side not known' if person.side == Side.UNKNOWN else person.side}"
    return f"{person.name}{role}{side}: {meetings(person.meetings)}, last {day(person.last)}"


def _whom(asked: Asked, facts: Facts) -> str:
    person = person_name(asked.who)
    return f"{person} of {facts.client.name}" if person else facts.client.name


def _meeting(head: MeetingHead) -> RecordLine:
    return RecordLine(text=f"{_placed(head)}   analyzer show {head.slug}")


def _placed(head: MeetingHead) -> str:
    return f"{day(head.date)}, {head.title}" if head.title else day(head.date)
