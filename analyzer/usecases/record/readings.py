"""Answers from what was read of the meetings: promises, advice, signs, and the last talk outside the current work.

Nothing is worked out here that `analyzer.relationship` has worked out already.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from analyzer.model.findings import Evidence, Level, OpeningId, SignId
from analyzer.model.insight import RecordLine
from analyzer.model.meetings import Client, Side
from analyzer.model.relationship import CommitmentRow, Picture, RecommendationRow, SignRow
from analyzer.relationship.ledger import adoption
from analyzer.relationship.words import adoption_told, advice_told, count, day, meetings, promise_told, sentence
from analyzer.signs import SIGN_BY_ID
from analyzer.usecases.record.facts import Facts, Told, ago, person_name
from analyzer.usecases.record.intents import Asked
from analyzer.usecases.record.names import Party, is_called

OVER = ("done", "dropped")
_STATES = {"done": "done", "dropped": "dropped", "open": "open", "unknown": "without word since"}


def promises(asked: Asked, facts: Facts) -> Told:
    """Who promised whom what, the oldest first, with what became of it."""
    rows = [row for row in _picture(facts).commitments if _is_meant(row, asked, facts)]
    side = None if asked.by and asked.by.person else _giver(asked)
    given = [row for row in rows if side in (None, row.owner_side)]
    sure = sorted((row for row in given if _is(asked.to, row.to)), key=_oldest_first)
    unsure = 0 if side is None else sum(row.owner_side not in (Side.OURS, Side.THEIRS) for row in rows)
    to_nobody = sum(row.to is None and not _is(asked.to, None) for row in given)
    told = " ".join((_counted(sure, asked, facts), *_beside(unsure, to_nobody, facts)))
    doubt = any(row.firm for row in sure)  # where no promise is certain, it is said once
    lines = (RecordLine(text=_promise(row, doubt=doubt), evidence=(row.evidence, *row.told[-1:])) for row in sure)
    return Told(found=bool(sure), text=told, lines=tuple(lines))


def _counted(sure: Sequence[CommitmentRow], asked: Asked, facts: Facts) -> str:
    """How many there are, what became of them, and how certain they are."""
    what = _who_owes(len(sure), asked, facts.client, _giver(asked))
    if not sure:
        return f"{what} that was heard in {meetings(facts.read)}."
    states = Counter(_STATES[row.status] for row in sure)
    several = len(sure) > 1
    one_state = "all " * several + next(iter(states))
    told = ", ".join(f"{states[s]} {s}" for s in _STATES.values() if states[s]) if len(states) > 1 else one_state
    late = sum(_is_late(row, facts.today) for row in sure)
    passed = f"; the day of {late} has passed" if late and not asked.overdue else ""
    doubted = sum(not row.firm for row in sure)
    which = f"{doubted if doubted < len(sure) else 'any'} of them" if several else "it"
    doubt = f" The reader is not certain of {which}." if doubted else ""
    return f"{what}: {told}{passed}.{doubt}"


def _who_owes(many: int, asked: Asked, client: Client, side: Side | None) -> str:
    """`We promised Acme 2 things`, `Acme owes us nothing`, or `Between Acme and us 2 promises are overdue`."""
    be = "is" if many <= 1 else "are"
    if side is None:
        made = "not known to be kept" if many else "open"
        state = (
            f"{be} overdue" if asked.overdue else f"{be} {made}" if asked.unsettled else f"{'was' if many <= 1 else 'were'} made"
        )
        promised = count(many, "promise") if many else "no promise"
        return f"Between {person_name(asked.who) or client.name} and us {promised} {state}"
    giver = person_name(asked.by) or ("we" if side is Side.OURS else client.name)
    taker = person_name(asked.to) or (client.name if side is Side.OURS else "us")
    verb = ("owe" if giver == "we" else "owes") if asked.unsettled else "promised"
    late = f" that {be} overdue" if asked.overdue else ""
    return f"{giver[0].upper()}{giver[1:]} {verb} {taker} {count(many, 'thing') if many else 'nothing'}{late}"


def _beside(unsure: int, to_nobody: int, facts: Facts) -> Iterator[str]:
    """What may be meant as well: nothing is left out in silence."""
    if unsure:
        yield f"Of {count(unsure, 'more promise')} it is not sure whose: `analyzer motives {facts.client.slug}`."
    if to_nobody:
        yield f"{count(to_nobody, 'more promise')} of the same side {'does' if to_nobody == 1 else 'do'} not say to whom."


def _is_meant(row: CommitmentRow, asked: Asked, facts: Facts) -> bool:
    if (asked.unsettled and row.status in OVER) or (asked.overdue and not _is_late(row, facts.today)):
        return False
    if not _is(asked.by, row.owner) or not (_is(asked.who, row.owner) or _is(asked.who, row.to)):
        return False
    days = {head.date for head in facts.heads}
    return row.evidence.meeting in {head.id for head in facts.heads} or row.first in days


def _is_late(row: CommitmentRow, today: dt.date) -> bool:
    return row.status not in OVER and row.due_date is not None and row.due_date < today


def _oldest_first(row: CommitmentRow) -> tuple[dt.date, str, int]:
    return row.first or row.date, row.evidence.meeting, row.evidence.turn


def _promise(row: CommitmentRow, *, doubt: bool) -> str:
    return promise_told(row) + ("" if row.firm or not doubt else "; not certain that it was a promise")


def _giver(asked: Asked) -> Side | None:
    """Whose promises are asked for; None where both sides' are."""
    if asked.by is not None:
        return asked.by.side
    if asked.to is None:
        return None
    return Side.THEIRS if asked.to.side is Side.OURS else Side.OURS


def _is(party: Party | None, name: str | None) -> bool:
    """Whether the name is that of the person who is asked about; anybody's where none is."""
    return party is None or not party.person or is_called(party.person, name or "")


def advice(asked: Asked, facts: Facts) -> Told:
    """What we advised, the oldest first, with what became of it."""
    ids = {head.id for head in facts.heads}
    rows = [row for row in _picture(facts).recommendations if row.evidence.meeting in ids]
    if asked.by and asked.by.person:
        rows = [row for row in rows if is_called(asked.by.person, row.evidence.speaker)]
    told = adoption(rows)
    if told is None:
        return Told(found=False, text=f"No advice to {facts.client.name} was heard in {meetings(facts.read)}.")
    meant = [row for row in rows if not asked.fates or row.outcome in asked.fates]
    which = " and ".join(sorted(fate.value for fate in asked.fates))
    there = f", where {person_name(asked.who)} spoke" if person_name(asked.who) else ""
    head = f"{count(len(rows), 'piece')} of advice to {facts.client.name}{there}."
    here = f" {which.capitalize()}: {len(meant)}." if which else ""
    return Told(found=True, text=f"{head}{here} {sentence(adoption_told(told))}", lines=tuple(map(_advised, meant)))


def _advised(row: RecommendationRow) -> RecordLine:
    last = [step.evidence for step in row.steps[-1:] if step.evidence and step.evidence != row.evidence]
    became = advice_told(row) if row.steps else "not known what became of it"
    what = "" if row.what == row.evidence.quote else f": {row.what}"
    return RecordLine(text=f"{day(row.date)}, {became}{what}   {row.id}", evidence=(row.evidence, *last))


def tell_clients(asked: Asked, read: Sequence[Facts]) -> Told:
    """Which of these clients show a sign now; beside them who showed it before, and of whom it cannot be told."""
    sign = f"“{SIGN_BY_ID[asked.sign].title}”" if asked.sign else "a sign"
    shown: list[str] = []
    before: list[str] = []
    unknown: list[str] = []
    lines: dict[bool, list[RecordLine]] = {True: [], False: []}
    for facts in read:
        rows = _signs(asked, facts)
        heard = [row for row in rows if row.stands] or [row for row in rows if row.level in (Level.WEAK, Level.STRONG)]
        stands = any(row.stands for row in heard)
        if heard:
            (shown if stands else before).append(facts.client.name)
            lines[stands].append(_heard_with(facts.client, heard))
        elif any(row.level is Level.INSUFFICIENT for row in rows):
            unknown.append(facts.client.name)
    verb = "shows" if 1 in {len(shown), len(read)} else "show"
    told = f"{len(shown)} of {count(len(read), 'client')} {verb} {sign}{_named(shown)}."
    told += f" Heard before, and not of late{_named(before)}." if before else ""
    told += f" Cannot tell{_named(unknown)}." if unknown else ""
    return Told(found=True, text=told, lines=(*lines[True], *lines[False]))


def _named(names: Sequence[str]) -> str:
    return f": {', '.join(names)}" if names else ""


def _heard_with(client: Client, rows: Sequence[SignRow]) -> RecordLine:
    why = f". {rows[0].why}" if len(rows) == 1 else ""
    evidence = tuple(e for row in rows for e in row.evidence[:1])
    return RecordLine(text=f"{client.name}: {'; '.join(map(_level, rows))}{why}", evidence=evidence)


def signs_of_client(asked: Asked, facts: Facts) -> Told:
    """Which signs there are in the work with the client, or whether one is."""
    rows = _signs(asked, facts)
    standing = [row for row in rows if row.stands]
    unknown = sum(row.level is Level.INSUFFICIENT for row in rows)
    name = facts.client.name
    if asked.sign:
        told = "is there" if standing else "cannot be told" if unknown else "is not there"
        text = f"In the work with {name}, “{rows[0].title}” {told}."
    else:
        are = "is" if len(standing) == 1 else "are"
        there = f"{len(standing)} of the {len(rows)} signs {are} there" if standing else "no sign is there"
        before = sum(row.level in (Level.WEAK, Level.STRONG) and not row.stands for row in rows)
        beside = ((before, "heard before"), (unknown, "cannot be told"))
        told = "".join(f"; {number} {what}" for number, what in beside if number)
        text = f"In the work with {name}, {there}{told}."
    lines = (RecordLine(text=f"{_level(row)}. {row.why}", evidence=row.evidence[:1] if row.stands else ()) for row in rows)
    return Told(found=True, text=text, lines=tuple(lines))


def _signs(asked: Asked, facts: Facts) -> list[SignRow]:
    return [row for row in _picture(facts).signs if asked.sign in (None, row.id)]


def _level(row: SignRow) -> str:
    sign = SIGN_BY_ID[SignId(row.id)]
    return f"{sign.number} {sign.title}: {'cannot tell' if row.level is Level.INSUFFICIENT else row.level.value}"


def partner_talk(_: Asked, facts: Facts) -> Told:
    """When each side last told how its business is doing, with the words."""
    picture = _picture(facts)
    last = picture.cadence.last_partner_talk
    if last is None:
        told = "there is none in which each side told how its business is doing"
        return Told(found=False, text=f"In {meetings(facts.read)} with {facts.client.name}, {told}.")
    on = {head.id for head in facts.heads if head.date == last}
    shared: dict[str, Evidence] = {}
    for heard in picture.openings.get(OpeningId.SHARES_CONTEXT.value, ()):
        if heard.meeting in on:
            shared.setdefault(heard.side, heard)
    what = f"on {day(last)}{ago(last, facts.today)}, when each side told how its business is doing"
    lines = (RecordLine(text=f"{said.speaker}:", evidence=(said,)) for said in shared.values())
    text = f"With {facts.client.name} we last talked outside the current work {what}."
    return Told(found=True, text=text, lines=tuple(lines))


def _picture(facts: Facts) -> Picture:
    if facts.picture is None:
        raise ValueError("nothing was read")
    return facts.picture
