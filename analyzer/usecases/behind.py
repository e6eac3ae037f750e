"""What stands behind a client's agendas, for the brief: why each item of the next one is there, and what of the last came up.

Nothing of this is in an agenda, in any format.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from analyzer.model.agenda import Agenda, AgendaItem, ClientWords, OpenPromise
from analyzer.model.findings import ConditionValue, Evidence
from analyzer.model.kept import KeptAgenda
from analyzer.model.meetings import Client
from analyzer.model.reasons import AgendaAhead, AgendaReason, BehindAgendas
from analyzer.model.relationship import Picture
from analyzer.names import fold_name
from analyzer.relationship.words import count, day
from analyzer.store import MeetingHead
from analyzer.usecases.covered import covered
from analyzer.workspace import Workspace

if TYPE_CHECKING:
    from analyzer.usecases.brief.quoting import Places

NEAR_DAYS = 3  # a talk may be put off or brought forward by so many days and still be the one that the agenda is for

_DECIDE = "How we decide"


def behind(
    ws: Workspace, client: Client, picture: Picture | None, places: "Places", today: dt.date, *, quick: bool = False
) -> BehindAgendas:
    """The agenda that is kept for a talk still to come, and what came up of the latest one whose talk is on record.

    With `quick` nothing is compared anew: what came up is told only where that is known already.
    """
    heads = [head for head in ws.store.meetings(client.id) if head.date <= today]
    kept = [one for one in ws.store.agendas.of(client.id) if one.made_at.astimezone(ws.now().tzinfo).date() <= today]
    talks = [(one, talk_after(one, heads)) for one in kept]
    waiting = [one for one, talk in talks if talk is None]
    held = [(one, talk) for one, talk in talks if talk is not None]
    latest = max(held, key=lambda pair: (pair[1].date, pair[0].number), default=None)
    return BehindAgendas(
        ahead=_ahead(waiting[-1], picture, places) if waiting else None,
        covered=covered(ws, *latest, quick=quick) if latest else None,
    )


def hold_against(ws: Workspace, talks: Sequence[MeetingHead]) -> None:
    """Look up in meetings that have just come what of the agendas for them came up, and say how much did."""
    for talk in talks:
        heads = ws.store.meetings(talk.client_id) if talk.client_id else ()
        kept = ws.store.agendas.of(talk.client_id) if talk.client_id else ()
        for one in kept:
            if (after := talk_after(one, heads)) is None or after.id != talk.id:
                continue
            if told := covered(ws, one, talk):
                came_up = sum(bool(item.places) for item in told.items)
                told_of = f"of the {count(len(told.items), 'item')} of your agenda of {day(told.made_on)}, {came_up} came up"
                ws.notice("covered", f"{talk.slug}: {told_of}; the brief tells where")


def talk_after(kept: KeptAgenda, heads: Sequence[MeetingHead]) -> MeetingHead | None:
    """The meeting that the agenda was for: the first one since then with one of its people, near its day where it has one."""
    people = {fold_name(person) for person in kept.people}
    since = kept.date - dt.timedelta(days=NEAR_DAYS if kept.agenda.day_said else 0)
    later = [head for head in heads if head.date >= since and head.added_at > kept.made_at]
    return next((head for head in later if _has_one_of(people, head)), None)


def worded(kept: KeptAgenda) -> Agenda:
    """The agenda as it counts: as a person edited it, or as it was proposed."""
    return replace(kept.agenda, edited=kept.text or "")


def _has_one_of(people: set[str], head: MeetingHead) -> bool:
    """Whether one of them spoke, known by any of the words of a name."""
    known = {word for speaker in head.speakers for word in fold_name(speaker.name).split()}
    return not people or any(set(person.split()) <= known for person in people)


def _ahead(kept: KeptAgenda, picture: Picture | None, places: "Places") -> AgendaAhead:
    return AgendaAhead(
        number=kept.number,
        made_on=kept.made_at.date(),
        date=kept.date if kept.agenda.day_said else None,
        kind=kept.kind,
        minutes=kept.minutes,
        people=kept.people,
        edited=kept.text is not None,
        items=tuple(_reason(item, picture, places) for item in kept.agenda.items),
    )


def _reason(item: AgendaItem, picture: Picture | None, places: "Places") -> AgendaReason:
    heard = [*_heard(item.words, picture), *_promised(item.promises, picture)]
    parts = list(_parts(item, picture))
    why = "; ".join(parts) if parts else "a standing item: nothing said in a meeting that all of them attended speaks of it"
    return AgendaReason(title=item.title, why=f"{why[:1].upper()}{why[1:]}.", quotes=places.quotes(heard))


def _parts(item: AgendaItem, picture: Picture | None) -> Iterator[str]:
    if item.words:
        yield f"their own words, {_said_on(item.words)}"
    if item.promises:
        yield f"{count(len(item.promises), 'promise')} still open"
    if item.suggestions:
        yield f"{count(len(item.suggestions), 'suggestion')} of ours of which nothing was heard since"
    if item.points:
        yield f"{count(len(item.points), 'line')} of practice.toml that they may hear"
    if item.title.startswith(_DECIDE) and picture is not None:
        unsettled = [f"{key}: {row.value}" for key, row in picture.conditions.items() if row.value != ConditionValue.YES]
        if unsettled:
            yield f"not settled yet ({', '.join(unsettled)})"


def _said_on(words: Iterable[ClientWords]) -> str:
    return ", ".join(dict.fromkeys(day(said.date) for said in words))


def _heard(words: Iterable[ClientWords], picture: Picture | None) -> Iterator[Evidence]:
    found = [evidence for kind in (picture.openings.values() if picture else ()) for evidence in kind]
    for said in words:
        yield from [one for one in found if said.text in " ".join(one.quote.split()) and one.speaker == said.speaker][:1]


def _promised(promises: Iterable[OpenPromise], picture: Picture | None) -> Iterator[Evidence]:
    rows = picture.commitments if picture else ()
    for promise in promises:
        said = promise.what.strip("“”")
        same = (row for row in rows if row.owner == promise.who and said in (row.what, row.evidence.quote.removesuffix(".")))
        yield from [row.evidence for row in same][:1]
