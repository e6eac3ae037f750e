"""Keeping the passage index in step with the record: what is pending is put in, and all can be made anew."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from analyzer.errors import IndexRenewed, NotFound, PassageIndexError, SettingsError
from analyzer.model.meetings import Client, Passage
from analyzer.model.results import Reindexed
from analyzer.store import MeetingHead, Sitting
from analyzer.transcripts.passages import cut
from analyzer.workspace import Workspace

TRIES = 3  # again, where another process begins an index anew at the same time

T = TypeVar("T")


def heal(ws: Workspace, clients: Sequence[Client]) -> dict[str, tuple[Sitting, ...]]:
    """Index what the record says is pending for these clients, and all of a client whose index is lost.

    Returns the meetings that each has, by the client's id.
    """
    discard_abandoned(ws)
    found = {client.id: _waiting(ws, client) for client in clients}
    waiting = [one.id for some in found.values() for one in some.waiting]
    for meeting_id in ws.track(waiting, "indexing"):
        with suppress(NotFound):  # another process has forgotten it meanwhile
            index_meeting(ws, ws.store.head(meeting_id))
    return {client_id: ws.store.sittings(client_id) if some.waiting else some.there for client_id, some in found.items()}


def renewing(do: Callable[[], T]) -> T:
    """What `do` gives with an index; done again where that was begun anew under it. Raises PassageIndexError."""
    for _ in range(TRIES):
        with suppress(IndexRenewed):
            return do()
    return do()


def is_in_step(ws: Workspace, client: Client, state: object) -> bool:
    """Whether there was nothing to be done about the client's index when it was in this state."""
    return client.id in ws.in_step and ws.in_step[client.id][0] == state


def discard_abandoned(ws: Workspace) -> None:
    """Remove the indexes of clients that are none any longer, such as one that was merged when a process died."""
    there = ws.index_folders()  # before the record is asked: another process writes a new client there first
    for client_id in there - {client.id for client in ws.store.clients()}:
        ws.discard_index(client_id)


@dataclass(frozen=True, slots=True)
class _Filed:
    """A client's meetings, and those among them that are to be put into its index."""

    there: tuple[Sitting, ...]
    waiting: tuple[Sitting, ...]


def _waiting(ws: Workspace, client: Client) -> _Filed:
    """What is to be put in. What was moved away and is still there, because a process died in between, is taken out."""
    return renewing(lambda: _compared(ws, client))


def _compared(ws: Workspace, client: Client) -> _Filed:
    with ws.index(client.id) as index:
        state = index.state
        there = ws.store.sittings(client.id)
        if ws.in_step.get(client.id) == (state, there):
            return _Filed(there, ())
        indexed = index.group_ids()  # before the record is asked: another process writes there first
        there = ws.store.sittings(client.id)
        strays = indexed - {one.id for one in there}
        if strays:
            index.remove(strays)
            there = ws.store.sittings(client.id)  # some may have been moved back while they were taken out
            indexed -= strays
    waiting = tuple(one for one in there if one.index_pending or one.id not in indexed)
    if not strays and not waiting:
        ws.in_step[client.id] = (state, there)
    return _Filed(there, waiting)


def index_meeting(ws: Workspace, head: MeetingHead, *, kept_with: str | None = None) -> int:
    """Put the passages of a meeting's present revision into its client's index; returns how many there are.

    `kept_with` is the client it was filed under before, whose index has the vectors. Raises NotFound for a meeting that was
    forgotten meanwhile, of which the index then keeps nothing.
    """
    while head.client_id is not None:
        passages = cut(ws.store.meeting(head.id))
        ws.step("indexing")
        try:
            put = renewing(partial(_put, ws, head, passages, kept_with))
            now = ws.store.head(head.id)
        except NotFound:
            _take_out_forgotten(ws, head.id, head.client_id)
            raise
        if put and _is_as(now, head):
            ws.store.mark_indexed(head.id, head.revision, head.client_id)
            ws.step("indexed")
            return len(passages)
        head = now  # another process has changed it, or moved it, meanwhile
    return 0


def _is_as(now: MeetingHead, then: MeetingHead) -> bool:
    return (now.revision, now.client_id) == (then.revision, then.client_id)


def _put(ws: Workspace, head: MeetingHead, passages: Sequence[Passage], kept_with: str | None) -> bool:
    """Put in what the meeting says, unless it says something else by now: what another process put in since then stays."""

    def still() -> bool:
        return _is_as(ws.store.head(head.id), head)

    return ws.put_passages(head.client_id or "", head.id, passages, still=still, kept_with=kept_with)


def _take_out_forgotten(ws: Workspace, meeting_id: str, client_id: str) -> None:
    discard_abandoned(ws)
    if client_id in ws.index_folders():
        with ws.index(client_id) as index:
            index.remove({meeting_id})


def follow_filing(ws: Workspace, meetings: Mapping[str, str | None]) -> None:
    """Let the passages of meetings, each given with the client it was filed under before, go where the record now has them.

    What cannot be moved now is told, stays pending, and is moved by the next command that opens the index.
    """
    try:
        for meeting_id, old in ws.track(list(meetings.items()), "moving passages"):
            head = ws.store.head(meeting_id)
            moved = old is not None and old != head.client_id
            index_meeting(ws, head, kept_with=old if moved else None)
        live = {client.id: client for client in ws.store.clients()}
        for old in {old for old in meetings.values() if old in live}:
            for one in _waiting(ws, live[old]).waiting:
                index_meeting(ws, ws.store.head(one.id))
        discard_abandoned(ws)
    except (PassageIndexError, SettingsError) as failure:
        ws.notice("index_pending", f"the passages have not all followed yet: {failure.message}; {failure.hint}")


def index_or_tell(ws: Workspace, head: MeetingHead) -> None:
    """Index at once; what cannot be indexed now stays pending and is told, and the meeting stays stored."""
    try:
        index_meeting(ws, head)
    except (PassageIndexError, SettingsError) as failure:
        ws.notice("index_pending", f"{head.slug} is stored but not yet searchable: {failure.message}; {failure.hint}")


def reindex(ws: Workspace, clients: Sequence[Client]) -> Reindexed:
    """Make the index of these clients anew: from the kept vectors where they are sound, else from the record."""
    passages = embedded = meetings = 0
    for client in clients:
        heads = ws.store.meetings(client.id)
        if not _rebuilt_from_vectors(ws, client, heads):
            ws.discard_index(client.id)
            for head in ws.track(heads, f"embedding {client.name}"):
                embedded += index_meeting(ws, head)
        meetings += len(heads)
        with ws.index(client.id) as index:
            passages += index.count()
    return Reindexed(clients=len(clients), meetings=meetings, passages=passages, embedded=embedded)


def _rebuilt_from_vectors(ws: Workspace, client: Client, heads: Sequence[MeetingHead]) -> bool:
    """Whether the kept vectors were whole and current, and Chroma has been written from them."""
    wanted = {head.id: {p.id for p in cut(ws.store.meeting(head.id))} for head in heads}
    try:
        with ws.index(client.id) as index:
            if {group: set(ids) for group, ids in index.groups().items()} != wanted:
                return False
            index.rebuild()
            return all(problem.code == "open_to_others" for problem in index.check())
    except PassageIndexError:
        return False
