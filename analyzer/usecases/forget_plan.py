"""What goes when a client or a meeting is forgotten: shown before anything is removed, and looked at again when it is."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from analyzer.errors import NotFound, PassageIndexError, PracticeError, SettingsError, UsageError
from analyzer.model.forgetting import CLIENT, MEETING, Document, Forgetting, Mention
from analyzer.model.meetings import Client
from analyzer.names import fold_text
from analyzer.store import Export, MeetingHead
from analyzer.store.forgetting import Going
from analyzer.usecases import mentions, resolve
from analyzer.workspace import Workspace

_TRIES = 3


def plan(ws: Workspace, ref: str) -> Forgetting:
    """What would go with this client or meeting, named in full. Raises NotFound."""
    return _plan_of(ws, _exactly(ws, ref))


def plan_again(ws: Workspace, kind: str, ref_id: str) -> Forgetting:
    """What would go with the client or meeting of this id. Raises NotFound.

    A client that was merged into another goes alone: its names, and what was written down about it, without the other.
    """
    if kind == MEETING:
        return _plan_of(ws, ws.store.head(ref_id))
    with ws.store.redaction(changing=False) as record:
        everyone = {client.id: client for client in record.clients()}
    if ref_id not in everyone:
        raise NotFound("no client has that id", "`analyzer clients` lists them")
    return _plan_of(ws, everyone[ref_id])


def _plan_of(ws: Workspace, found: Client | MeetingHead) -> Forgetting:
    kind = CLIENT if isinstance(found, Client) else MEETING
    going, counts = ws.store.forgetting.going(kind, found.id, known(ws))
    inside = [one for one in going.exports if in_home(ws, one.path)]
    outside = [one for one in going.exports if one not in inside]
    whose = found if isinstance(found, Client) else None
    return Forgetting(
        kind=kind,
        name=whose.name if whose else going.sittings[0],
        id=found.id,
        names=tuple(name for name in going.names if not whose or name != whose.name),
        meetings=going.sittings,
        counts=counts | _beside_the_record(ws, going),
        inside=tuple(one for one in map(document, inside) if one.there),
        documents=tuple(map(document, outside)),
        mentions=_mentions(ws, found, going),
    )


def _mentions(ws: Workspace, found: Client | MeetingHead, going: Going) -> tuple[Mention, ...]:
    """Where else it is named or quoted, but for what goes with it."""
    goes = {str(Path(one.path)) for one in going.exports}
    draft_folders = [str(folder) for folder in drafts(ws, going)]
    try:
        named = _looked_through(ws, found)
        return tuple(one for one in named if one.where not in goes and not one.where.startswith(tuple(draft_folders)))
    except PracticeError as wrong:
        what = found.name if isinstance(found, Client) else found.slug
        ws.notice("not_looked_through", f"where else {what} is named is not known: {wrong.message}; {wrong.hint}")
        return ()


def _looked_through(ws: Workspace, found: Client | MeetingHead) -> tuple[Mention, ...]:
    """Where it is named, looked for again where a meeting was forgotten by another process meanwhile."""
    for _ in range(_TRIES):
        with suppress(NotFound):
            return _looked_once(ws, found)
    return _looked_once(ws, found)


def _looked_once(ws: Workspace, found: Client | MeetingHead) -> tuple[Mention, ...]:
    return mentions.of_client(ws, found) if isinstance(found, Client) else mentions.of_meeting(ws, found)


def _beside_the_record(ws: Workspace, going: Going) -> dict[str, int]:
    """How much of it stands in the index and in files of the home."""
    passages = 0
    for client_id in set(going.indexes) & ws.index_folders():
        with suppress(PassageIndexError, SettingsError), ws.index(client_id, renew=False) as index:
            passages += index.count_of(groups=going.meetings)
    inside = {one.path for one in going.exports if in_home(ws, one.path) and Path(one.path).is_file()}
    begun = sum(1 for folder in drafts(ws, going) for path in folder.rglob("*") if path.is_file())
    return {kind: n for kind, n in (("passages", passages), ("documents", len(inside)), ("drafts", begun)) if n}


def drafts(ws: Workspace, going: Going) -> Iterator[Path]:
    """Where drafts of agendas lie that may have words of it: nobody knows which, so all of its client's."""
    for client_id in going.indexes:
        folder = ws.settings.home / "drafts" / client_id
        if folder.is_dir():
            yield folder


def document(one: Export) -> Document:
    """A file that was written, and whether it is there."""
    return Document(kind=one.kind, path=one.path, made_at=one.made_at, there=bool(one.path) and Path(one.path).exists())


def in_home(ws: Workspace, path: str) -> bool:
    """Whether a document lies in the home, where it goes with what it was written from."""
    return bool(path) and Path(path).resolve().is_relative_to(ws.settings.home.resolve())


def known(ws: Workspace) -> tuple[str, ...]:
    """The names of our side, which stay whoever goes."""
    try:
        ours = ws.practice
    except PracticeError:
        return ()
    return (ours.name, *(name for person in ours.people for name in (person.name, *person.aliases)))


def _exactly(ws: Workspace, ref: str) -> Client | MeetingHead:
    """The client or meeting of exactly that name, slug or id: what goes for good must not hang on the beginning of a name."""
    if not fold_text(ref):
        raise UsageError("what is to be forgotten?", "name a client or a meeting in full; `analyzer clients` lists them")
    client = ws.store.client_called(ref)
    if client is not None:
        if ref not in (client.id, client.slug) and fold_text(ref) != fold_text(client.name):
            apart = f"`analyzer forget {client.slug}` forgets both; `analyzer clients undo` takes a merge back"
            raise NotFound(f"{ref!r} is a part of {client.name} by now", apart)
        return client
    head = ws.store.meeting_called(ref)
    if head is not None:
        return head
    slugs = [*(one.slug for one in ws.store.clients()), *(one.slug for one in ws.store.meetings())]
    names = [one.slug for one in ws.store.clients() if fold_text(one.name).startswith(fold_text(ref))]
    near = list(dict.fromkeys((*names, *(slug for slug in slugs if slug.startswith(ref.lower())))))
    listed = "`analyzer clients` and `analyzer meetings` list them; --person NAME forgets a person"
    meant = f"in full it may be {' or '.join(near[: resolve.SHOWN])}" if near else listed
    raise NotFound(f"no client or meeting is called {ref!r}", meant)
