"""Questions that the record answers itself: who owes whom what, when we met, who was there, which signs there are.

What was promised, advised and heard is taken from readings that are stored; nothing is read and nothing is sent for it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from analyzer.errors import NeedsClient
from analyzer.model.findings import Evidence
from analyzer.model.insight import Answer
from analyzer.model.meetings import Client, Side
from analyzer.relationship.words import day
from analyzer.store import MeetingHead
from analyzer.usecases import resolve
from analyzer.usecases.motives import picture_over, source
from analyzer.usecases.periods import Period
from analyzer.usecases.read import counted_engine
from analyzer.usecases.record import met, readings
from analyzer.usecases.record.facts import Facts, Told
from analyzer.usecases.record.intents import Asked, asked, no_such_sign
from analyzer.usecases.record.names import Known, is_called
from analyzer.usecases.record.wordings import Intent
from analyzer.usecases.scope import Scope
from analyzer.workspace import Workspace

_Teller = Callable[[Asked, Facts], Told]

_FROM_READINGS: Mapping[Intent, _Teller] = {
    Intent.PROMISES: readings.promises,
    Intent.ADVICE: readings.advice,
    Intent.SIGNS: readings.signs_of_client,
    Intent.PARTNER_TALK: readings.partner_talk,
}
_FROM_MEETINGS: Mapping[Intent, _Teller] = {
    Intent.LAST_MET: met.last_met,
    Intent.FIRST_MET: met.first_met,
    Intent.HOW_OFTEN: met.how_often,
    Intent.WHO_WAS_THERE: met.who_was_there,
    Intent.WHO_WE_MET: met.who_we_met,
    Intent.MEETINGS: met.which_meetings,
    Intent.WAS_THERE: met.was_there,
}
_OVER_CLIENTS: Mapping[Intent, Callable[[Asked, Sequence[Facts]], Told]] = {
    Intent.CLIENTS_WITH_SIGN: readings.tell_clients,
    Intent.OUR_CLIENTS: lambda _, read: met.our_clients(read),
}


def answered_by_record(ws: Workspace, question: str, scope: Scope) -> Answer | None:
    """What the record answers; None where the question is none for the record, or asks for somebody's very words.

    Raises what search raises where the client is not clear or not known, and NotFound for a sign that there is not.
    """
    if scope.speaker or scope.side:
        return None
    one = resolve.meeting(ws.store, scope.meeting) if scope.meeting else None
    given = tuple(dict.fromkeys(resolve.client(ws.store, name) for name in (scope.client, *scope.also) if name))
    searched = given or ws.store.clients()
    if one is not None:  # a meeting of none of the clients given is for search to refuse
        searched = tuple(c for c in searched if c.id == one.client_id)
    heads = {c.id: ws.store.meetings(c.id) for c in searched}
    known = Known(clients=searched, heads=[h for some in heads.values() for h in some], practice=ws.practice)
    found = asked(question, known, ws.today) if searched else None
    if found is None:
        if number := no_such_sign(question, known, ws.today):
            resolve.sign(number)
        return None
    clients = _clients(ws, question, scope, found, known)
    if one is not None:
        heads = {one.client_id or "": (one,)}
    meant = {c.id: _meant(heads[c.id], found, scope) for c in clients}
    if _names_a_stranger(found, [h for h in known.heads if h.client_id in meant], known):
        return None
    return _answer(ws, question, found, clients, meant)


def _clients(ws: Workspace, question: str, scope: Scope, found: Asked, known: Known) -> tuple[Client, ...]:
    """Whom the question is about: whom it names, else as in a search, else whose people it names. Raises NeedsClient."""
    named = tuple(c for c in known.clients if c.id in found.clients)
    given = bool(scope.all_clients or scope.also or scope.meeting)
    if len(named) == 1 or (named and given):
        return named
    if found.everyone or given:
        return tuple(known.clients)
    try:
        return tuple(resolve.clients_asked(ws.store, question, scope.client, everyone=False))
    except NeedsClient:
        if whose := _whose_people(found, known):
            return whose
        raise


def _whose_people(found: Asked, known: Known) -> tuple[Client, ...]:
    """The only client in whose meetings all the people of theirs speak that the question names; empty for none or several."""
    ids = {c.id for c in known.clients}
    people = [party.person for party in found.parties if party.person and party.side is not Side.OURS]
    for person in people:
        ids &= {h.client_id for h in known.heads if h.client_id and any(is_called(person, s.name) for s in h.speakers)}
    return tuple(c for c in known.clients if c.id in ids) if people and len(ids) == 1 else ()


def _names_a_stranger(found: Asked, heads: Sequence[MeetingHead], known: Known) -> bool:
    """Whether a person is named who spoke in no meeting of these clients and is none of ours."""
    voices = [s.name for h in heads for s in h.speakers]
    ours = [name for person in known.practice.people for name in (person.name, *person.aliases)]
    return any(p.person and not any(is_called(p.person, name) for name in (*voices, *ours)) for p in found.parties)


def _meant(heads: Sequence[MeetingHead], found: Asked, scope: Scope) -> tuple[MeetingHead, ...]:
    """The meetings that the question is about, oldest first: of its days, and of whom it says that we met."""
    left = [h for h in heads if not ((scope.since and h.date < scope.since) or (scope.until and h.date > scope.until))]
    if found.who and found.who.person and found.intent is not Intent.PROMISES:
        left = [h for h in left if any(is_called(found.who.person, s.name) for s in h.speakers)]
    if found.meeting:
        left = [h for h in left if h.id == found.meeting]
    if (period := found.period) is not None:
        left = [h for h in left if not ((period.since and h.date < period.since) or (period.until and h.date > period.until))]
        left = left[period.meetings] if period.meetings else left
    return tuple(left)


def _answer(
    ws: Workspace, question: str, found: Asked, clients: Sequence[Client], meant: dict[str, tuple[MeetingHead, ...]]
) -> Answer:
    there = [client for client in clients if meant[client.id]]
    engines: set[str] = set()
    if found.intent not in _FROM_MEETINGS and found.intent is not Intent.OUR_CLIENTS:
        looked = [(client, *_read(ws, client, meant[client.id], found)) for client in there]
        engines = {engine for _, facts, engine in looked if facts.picture}
        facts = [facts for _, facts, _ in looked if facts.picture]
        unread = [client for client, facts, _ in looked if not facts.picture]
    else:
        facts = [Facts(client=client, heads=meant[client.id], today=ws.today) for client in there]
        unread = []
    told = _tell(found, facts)
    lines = tuple(line for one in told for line in one.lines)
    citations = tuple(dict.fromkeys(e for line in lines for e in line.evidence))
    heads = [h for some in meant.values() for h in some]
    return Answer(
        question=question,
        answered=any(one.found for one in told),
        answer=("\n" if len(told) > 1 else " ").join((*(t.text for t in told), *_missing(ws, found, clients, there, unread))),
        citations=citations,
        rejected=0,
        searched={"clients": len(clients), "meetings": len(heads), "passages": 0},
        sources=tuple(map(source, _cited(ws, heads, citations))),
        engine=", ".join(sorted(engines)),
        by=f"record: {found.intent.value}",
        lines=lines,
    )


def _tell(found: Asked, facts: Sequence[Facts]) -> list[Told]:
    """An answer for each client, with the client's name before each line where there are several."""
    if over := _OVER_CLIENTS.get(found.intent):
        return [over(found, facts)] if facts else []
    tell = {**_FROM_READINGS, **_FROM_MEETINGS}[found.intent]
    told = [tell(found, one) for one in facts]
    if len(facts) == 1:
        return told
    return [
        replace(one, lines=tuple(replace(line, text=f"{of.client.name}: {line.text}") for line in one.lines))
        for of, one in zip(facts, told, strict=True)
    ]


def _read(ws: Workspace, client: Client, heads: tuple[MeetingHead, ...], found: Asked) -> tuple[Facts, str]:
    """What was read of the client by the engine that counts; of promises and advice, later meetings tell what became of them."""
    everything = ws.store.meetings(client.id)
    engine = counted_engine(everything, None)
    over = everything if found.intent in (Intent.PROMISES, Intent.ADVICE) else heads
    if not any(engine in head.readings for head in over):
        return Facts(client=client, heads=heads, today=ws.today), engine
    picture = picture_over(ws, client, over, ws.today, engine)
    return Facts(
        client=client, heads=heads, picture=picture, read=sum(engine in h.readings for h in heads), today=ws.today
    ), engine


def _cited(ws: Workspace, heads: Sequence[MeetingHead], cited: Sequence[Evidence]) -> list[MeetingHead]:
    """The meetings asked about, and those to which evidence points."""
    ids = {h.id for h in heads}
    return [*heads, *(ws.store.head(m) for m in dict.fromkeys(e.meeting for e in cited) if m not in ids)]


def _missing(
    ws: Workspace, found: Asked, clients: Sequence[Client], there: Sequence[Client], unread: Sequence[Client]
) -> Iterator[str]:
    """What to say of clients of which the record has no such meeting, or no reading of one."""
    if not there:
        one = clients[0] if len(clients) == 1 else None
        known = ws.store.meetings(one.id) if one else ()
        last = f"; the last was on {day(known[-1].date)}" if known else ""
        yield f"No meeting with {one.name if one else 'any client'}{_when(found.period)} is on record{last}."
    if unread:
        names, which = ", ".join(c.name for c in unread), unread[0].slug if len(unread) == 1 else "CLIENT"
        yield f"No meeting that could tell has been read yet of {names}: `analyzer motives {which}` reads them."


def _when(period: Period | None) -> str:
    """The days that the question was taken to mean."""
    if period is None:
        return " of that kind"
    since, until = period.since, period.until
    if since and until:
        return f" on {day(since)}" if since == until else f" from {day(since)} to {day(until)}"
    return f" since {day(since)}" if since else f" until {day(until)}" if until else " of that place in the order"
