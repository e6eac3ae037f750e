"""Which meeting belongs to whom, put right: moving, renaming and merging clients, amending date and title, and taking it back."""

import datetime as dt

from analyzer.errors import NotFound, UsageError
from analyzer.model.meetings import Client, Stage
from analyzer.model.results import Exported, Filed, FiledMeeting
from analyzer.names import fold_text
from analyzer.store import MeetingHead, Refiled, Store, tidy_name
from analyzer.store.filing import AMEND
from analyzer.usecases import resolve
from analyzer.usecases.indexing import follow_filing
from analyzer.usecases.replacing import put_back
from analyzer.usecases.speakers import read_anew
from analyzer.workspace import Workspace

NO_CLIENT = "-"


def move(ws: Workspace, ref: str, to: str, *, new: bool = False) -> Filed:
    """File a meeting under another client, named in full, or under none (`-`); `new` makes the client where there is none.

    Raises NotFound for an unknown meeting or client, UsageError where the meeting is there already.
    """
    head = resolve.meeting(ws.store, ref)
    client = None if to == NO_CLIENT else _exactly(ws.store, to, new=new, or_else="--new makes it, - files it under none")
    return _filed(ws, ws.store.filing.move(head.id, client.id if client else None))


def rename(ws: Workspace, ref: str, name: str) -> Filed:
    """Give a client another name. Raises NotFound; StoreError where another client has it."""
    return _filed(ws, ws.store.filing.rename(_exactly(ws.store, ref).id, name))


def merge(ws: Workspace, ref: str, into: str) -> Filed:
    """File all meetings of one client under another. Raises NotFound, UsageError."""
    return _filed(ws, ws.store.filing.merge(_exactly(ws.store, ref).id, _exactly(ws.store, into).id))


def amend(
    ws: Workspace, ref: str, *, date: dt.date | None = None, title: str | None = None, confidential: bool | None = None
) -> Filed:
    """Put a meeting's date or title right, or say whether it is confidential.

    Raises NotFound; UsageError where nothing would change.
    """
    if date is None and title is None and confidential is None:
        raise UsageError("what is to be put right?", "--date DAY, --title TEXT, --confidential or --no-confidential")
    tidy = None if title is None else tidy_name(title)
    if tidy == "":
        raise UsageError("a title needs words", "--title TEXT")
    head = resolve.meeting(ws.store, ref)
    return _filed(ws, ws.store.filing.amend(head.id, date=date, title=tidy, confidential=confidential))


def undo(ws: Workspace) -> Filed:
    """Take back the last of these changes, or the last replacement of a file. Raises NotFound where there is none."""
    if replaced := ws.store.filing.last_replaced():
        put_back(ws, *replaced)
    done = ws.store.filing.undo()
    for slug in done.stayed:
        ws.notice("stayed", f"{slug} came after the merge and stays; `analyzer move {slug} CLIENT` files it elsewhere")
    return _filed(ws, done)


def set_client(
    ws: Workspace, ref: str, *, stage: Stage | None = None, offline_only: bool | None = None, new: bool = False
) -> Client:
    """Note how far the relation has come, or whether the client's words may ever be sent to a model.

    With `new` a client of that name is made where there is none, as before a first talk. Raises NotFound.
    """
    if stage is None and offline_only is None:
        raise UsageError("what is to be set?", "--stage, --offline-only or --no-offline-only")
    return ws.store.set_client(
        _exactly(ws.store, ref, new=new, or_else="--new makes one").id, stage=stage, offline_only=offline_only
    )


def _exactly(store: Store, ref: str, *, new: bool = False, or_else: str = "") -> Client:
    """The client of exactly that name, slug or id: what is filed otherwise must not hang on the beginning of a name."""
    if not fold_text(ref):
        raise UsageError("a client needs a name", "`analyzer clients` lists them")
    found = store.client_called(ref)
    if found is None and new:
        return store.add_client(ref)
    if found is None:
        near = [c.slug for c in store.clients() if c.slug.startswith(ref.lower()) or fold_text(c.name).startswith(fold_text(ref))]
        meant = f"in full it may be {' or '.join(near[: resolve.SHOWN])}" if near else "`analyzer clients` lists them"
        raise NotFound(f"no client is called {ref!r}", f"{meant}; {or_else}" if or_else else meant)
    return found


def _filed(ws: Workspace, done: Refiled) -> Filed:
    """Let passages and readings follow the record, and tell what it touched."""
    follow_filing(ws, done.before)
    heads = [ws.store.head(meeting_id) for meeting_id in done.before]
    for head in heads:
        if head.client_id and done.outdated:  # what "by Friday" means hangs on the date
            read_anew(ws, head, done.outdated)
    moved = done.kind != AMEND or done.outdated  # another title, or whom it is kept to, changes no picture
    touched = {client for head in heads if moved for client in (head.client_id, done.before[head.id]) if client}
    names = {client.id: client.slug for client in ws.store.clients()}
    return Filed(
        kind=done.kind,
        told=done.told,
        meetings=tuple(map(_filed_meeting, heads)),
        judged_anew=tuple(sorted(names[client] for client in touched if client in names)),
        exported=tuple(Exported(kind=e.kind, path=e.path, made_at=e.made_at) for e in ws.store.exports(list(done.before))),
    )


def _filed_meeting(head: MeetingHead) -> FiledMeeting:
    return FiledMeeting(
        id=head.id, slug=head.slug, client=head.client_id, client_name=head.client_name, confidential=head.confidential
    )
