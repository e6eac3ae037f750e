"""The documents over a home: gathers what the planners need, and guards what may leave."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from analyzer.errors import UsageError
from analyzer.model.agenda import Agenda, AgendaKind, ClientSafe, Recap
from analyzer.model.kept import KeptAgenda
from analyzer.model.meetings import Client, Meeting, Stage
from analyzer.model.relationship import Picture
from analyzer.names import fold_name
from analyzer.practice import STALE_AFTER_DAYS, means
from analyzer.relationship import picture_of_meeting
from analyzer.relationship.words import day as told_day
from analyzer.rendering.page_terminal import Drawn
from analyzer.usecases import resolve
from analyzer.usecases.agenda import Asked, client_safe, plan_agenda, touchy
from analyzer.usecases.behind import talk_after, worded
from analyzer.usecases.drafts import Editor, discard_draft, edited
from analyzer.usecases.leaks import PrivateWords, shares_words
from analyzer.usecases.motives import client_picture, read_pairs
from analyzer.usecases.outgoing import Leak, OutgoingFormat, finished, on_screen, tell_left_out
from analyzer.usecases.person import said_of
from analyzer.usecases.private_words import Elsewhere, all_items, private_words
from analyzer.usecases.read import counted_engine
from analyzer.usecases.recap import plan_recap
from analyzer.usecases.remember import remembered_of
from analyzer.usecases.sieve import Audience, Sieve
from analyzer.workspace import Workspace

__all__ = ["Asked", "Leak", "Outgoing", "agenda", "keep_agenda", "recap"]


D = TypeVar("D", Agenda, Recap)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing(Generic[D]):
    """A document for a client that is ready to be drawn, and what must not be in it.

    `tells` is what of our own business the client would hear. `allowed` are the words that a person lets pass; `drawn_on` are
    the meetings whose words it holds.
    """

    client: Client
    document: D
    private: PrivateWords
    allowed: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    drawn_on: tuple[str, ...] = ()

    def finished(self, ws: Workspace, form: str) -> bytes:
        """The bytes that may be sent, in the format of this name. Raises Leak."""
        return finished(ws, self.document, OutgoingFormat(form), self.private, self.allowed)

    def on_screen(self) -> Drawn:
        """What a terminal may show of it. Raises Leak."""
        return on_screen(self.document, self.private, self.allowed)


def agenda(
    ws: Workspace,
    ref: str,
    asked: Asked,
    allowed: Sequence[str] = (),
    editor: Editor | None = None,
    *,
    anew: bool = False,
) -> Outgoing[Agenda]:
    """The agenda of a talk, safe to send: as a person edited it before, unless it is to be proposed `anew`.

    With an `editor` a person words it now, and what they made is kept. Raises Leak when what they wrote would tell something
    private, UsageError for a name that is none.
    """
    client = resolve.client(ws.store, ref)
    if not all(fold_name(person) for person in asked.people):
        raise UsageError("--with needs a name", 'analyzer agenda CLIENT --with "Dana Ortiz"')
    if client.stage is Stage.PROSPECT and asked.kind is AgendaKind.PARTNERSHIP:
        asked = replace(asked, kind=AgendaKind.FIRST)
    today = asked.day or ws.today
    picture, meetings = client_picture(ws, client, today)
    audience = Audience(meetings, asked.people, ws.practice, _personal(ws, client))
    asked = replace(asked, people=tuple(dict.fromkeys(map(audience.called, asked.people))))
    private = _private(ws, client, picture, meetings, audience.shared)
    cleared = client_safe(client, picture, audience, ws.practice, today, asked, private)
    tell_left_out(ws, client.name, cleared.left_out, cleared.absent)
    if cleared.never_met:
        ws.notice("never_met", f"no meeting on record has {', '.join(cleared.never_met)}, so nothing said is used")
    _tell_doubts(ws, client, cleared.safe)
    planned = plan_agenda(cleared.safe, ws.today, asked)
    if not anew and (before := _edited_before(ws, client, asked)):
        planned = worded(before)
        ws.notice("edited_before", f"this is your own version of {told_day(before.made_at.date())}; --anew proposes another")
        if asked.invite:
            ws.notice("no_invitation", "it has no message but the one that you wrote; --anew --invite proposes one")
    if editor:
        planned = edited(ws, client, planned, editor, private, allowed)
    made = Outgoing(
        client=client,
        document=planned,
        private=private,
        allowed=tuple(allowed),
        tells=_tells(planned),
        drawn_on=cleared.drawn_on,
    )
    if editor:  # before it is written anywhere: what a person worded must not be lost where that fails
        keep_agenda(ws, made)
        discard_draft(ws, client, planned)
    return made


def recap(ws: Workspace, ref: str, allowed: Sequence[str] = ()) -> Outgoing[Recap]:
    """The mail after a meeting for those who were there, from what has been read so far. Raises NotFound.

    Raises UsageError for a meeting that is filed under no client: nobody knows then who may read what.
    """
    head = resolve.meeting(ws.store, ref)
    if head.client_id is None:
        raise UsageError(f"{head.slug} belongs to no client yet", f"analyzer move {head.slug} CLIENT")
    client, meeting = ws.store.client(head.client_id), ws.store.meeting(head.id)
    engine = counted_engine([head], None)
    read = read_pairs(ws, [head], engine)
    seen = picture_of_meeting(*read[0], ws.today, said_of(ws, [meeting])) if read else None
    if seen is None:
        ws.notice("unread", f"{head.slug} is not read yet, so no promise of it is known: `analyzer motives {head.slug}`")
    whole, meetings = client_picture(ws, client, ws.today, engine)
    audience = Audience([meeting], [speaker.name for speaker in meeting.speakers], ws.practice, _personal(ws, client))
    private = _private(ws, client, whole, meetings, [meeting])
    sieve = Sieve(audience, private, touchy(whole) | touchy(seen))
    made = plan_recap(client.name, ws.practice.name, meeting, seen, sieve)
    tell_left_out(ws, client.name, sieve.left_out)
    return Outgoing(client=client, document=made, private=private, allowed=tuple(allowed), drawn_on=(meeting.id,))


def keep_agenda(ws: Workspace, made: Outgoing[Agenda]) -> None:
    """Keep an agenda that was written or edited, in place of the one that was kept for the same talk."""
    document = made.document
    asked = Asked(
        people=document.people, minutes=document.minutes, kind=document.kind, day=document.date if document.day_said else None
    )
    same = [one.number for one in _waiting(ws, made.client) if _is_for(one, asked)]
    plan = replace(document, edited="")
    # A version that a person worded may still have words of a meeting that nothing is proposed from by now.
    before = ws.store.agendas.drawn_on(made.client.id, same) if document.edited else ()
    ws.store.agendas.keep(made.client.id, plan, meeting_ids={*made.drawn_on, *before}, text=document.edited or None)
    for number in same:
        ws.store.agendas.remove(made.client.id, number)


def _tells(document: Agenda) -> tuple[str, ...]:
    """What of our own business the agenda tells; of an edited one what still stands in it, be it in part."""
    points = dict.fromkeys(point for item in document.items for point in item.points)
    return tuple(point for point in points if not document.edited or shares_words(point, document.edited))


def _tell_doubts(ws: Workspace, client: Client, safe: ClientSafe) -> None:
    """Say what may be wrong with what is told of our own business: how old it is, and names in `not_with` that mean nobody."""
    as_of = ws.practice.context.as_of
    if (safe.sharing.doing or safe.sharing.capacity) and as_of and (age := (ws.today - as_of).days) > STALE_AFTER_DAYS:
        ws.notice("stale_context", f"what practice.toml tells of our business is {age} days old: `analyzer practice edit`")
    withheld = {name for item in all_items(ws.practice) for name in item.not_with}
    called = [(one, ws.store.elsewhere(one.id).called()) for one in ws.store.clients()] if withheld else []
    for item in all_items(ws.practice):
        for name in item.not_with:
            if not any(means(name, one, names) for one, names in called):
                told = f"not_with = [{name!r}] in practice.toml means no client on record, so it withholds nothing"
                ws.notice("not_with_nobody", f"{told} from {client.name}: `analyzer practice check`")


def _private(
    ws: Workspace, client: Client, picture: Picture | None, meetings: Sequence[Meeting], heard: Sequence[Meeting]
) -> PrivateWords:
    from analyzer.transcripts.people import is_numbered
    from analyzer.transcripts.sides import is_nobody

    others = ws.store.elsewhere(client.id)
    elsewhere = Elsewhere(
        called=others.called(),
        names=others.names(),
        people=tuple(name for name in others.people() if not is_numbered(name) and not is_nobody(name)),
        said=others.said(),
    )
    return private_words(client, picture, meetings, ws.practice, elsewhere, notes=others.notes(), heard=heard)


def _personal(ws: Workspace, client: Client) -> frozenset[tuple[str, int]]:
    """The turns that a person keeps about people: they are for us alone."""
    rows = remembered_of(ws, ws.store.meetings(client.id))
    return frozenset((row.meeting, row.turn) for row in rows if row.turn is not None)


def _waiting(ws: Workspace, client: Client) -> list[KeptAgenda]:
    """The kept agendas whose talk is still to come, oldest first."""
    heads = ws.store.meetings(client.id)
    return [one for one in ws.store.agendas.of(client.id) if talk_after(one, heads) is None]


def _edited_before(ws: Workspace, client: Client, asked: Asked) -> KeptAgenda | None:
    """The version that a person made for this very talk, the newest, while the talk is still to come."""
    fitting = [one for one in _waiting(ws, client) if one.text and _is_for(one, asked)]
    return fitting[-1] if fitting else None


def _is_for(kept: KeptAgenda, asked: Asked) -> bool:
    same_people = {fold_name(name) for name in kept.people} == {fold_name(name) for name in asked.people}
    same_day = asked.day == (kept.date if kept.agenda.day_said else None)
    return same_people and same_day and kept.kind is asked.kind and kept.minutes == asked.minutes
