"""Keeping the passage index in step with the record: what is pending is put in, and all can be made anew."""

from collections.abc import Sequence

from analyzer.errors import PassageIndexError
from analyzer.model.meetings import Client
from analyzer.model.results import Reindexed
from analyzer.store import MeetingHead
from analyzer.transcripts.passages import cut
from analyzer.workspace import Workspace


def heal(ws: Workspace, clients: Sequence[Client]) -> int:
    """Index what the record says is pending for these clients, and all of a client whose index is lost; how many that were."""
    waiting = [head for client in clients for head in _waiting(ws, client)]
    for head in ws.track(waiting, "indexing"):
        index_meeting(ws, head)
    return len(waiting)


def _waiting(ws: Workspace, client: Client) -> tuple[MeetingHead, ...]:
    with ws.index(client.id) as index:
        return ws.store.index_pending(client.id) if index.count() else ws.store.meetings(client.id)


def index_meeting(ws: Workspace, head: MeetingHead) -> int:
    """Put the passages of a meeting's present revision into its client's index; returns how many there are."""
    if head.client_id is None:
        return 0
    passages = cut(ws.store.meeting(head.id))
    ws.put_passages(head.client_id, head.id, passages)
    ws.store.mark_indexed(head.id, head.revision)
    return len(passages)


def index_or_tell(ws: Workspace, head: MeetingHead) -> None:
    """Index at once; what cannot be indexed now stays pending and is told, and the meeting stays stored."""
    try:
        index_meeting(ws, head)
    except PassageIndexError as failure:
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
            return not index.check()
    except PassageIndexError:
        return False
