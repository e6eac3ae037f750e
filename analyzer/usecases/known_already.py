"""A file of a meeting that is on record already: the very same file, or another export of the same meeting."""

from dataclasses import replace

from analyzer.errors import Refused
from analyzer.model.results import SameMeeting, UploadRow
from analyzer.store import MeetingHead, tidy_name
from analyzer.usecases.batch import GUESSED, Batch, Questions, UploadOptions
from analyzer.usecases.indexing import index_or_tell
from analyzer.usecases.looking import Looked, Said, row
from analyzer.usecases.replacing import replace_with
from analyzer.usecases.voices import speaker_rows
from analyzer.workspace import Workspace


def known_already(ws: Workspace, looked: Looked, batch: "Batch", ask: Questions | None) -> UploadRow:
    """The same file, or another export of the same meeting: left alone unless it is to take the other's place."""
    options, same = batch.options, looked.same
    head = _head_of(ws, looked, batch)
    if head is None:
        return row(looked, "duplicate")
    if options.confidential and not head.confidential:
        mend = f"`analyzer amend {head.slug} --confidential` keeps it to those who were there"
        ws.notice("not_confidential", f"{head.slug} was there already, and is not confidential; {mend}")
    if options.dry_run:
        return _filed(ws, row(looked, "unchanged"), head) if looked.stored else _duplicate(ws, looked, head)
    if _may_take_its_place(ws, looked, head, batch, ask):
        now = replace_with(ws, head, looked.transcript, looked.data, looked.file.name, options.said.us)
        if now:
            return _filed(ws, replace(row(looked, "replaced"), same_as=None), now)
    _tell_filed_elsewhere(ws, looked, head, options.said)
    if same and not looked.stored:
        return _duplicate(ws, looked, head)
    if head.index_pending:
        index_or_tell(ws, head)
    _tell_unused(ws, looked, head, options)
    return _filed(ws, row(looked, "unchanged"), head)


def _head_of(ws: Workspace, looked: Looked, batch: "Batch") -> MeetingHead | None:
    """The meeting that a file is of already; None where its other export is a file of this batch that is not stored."""
    if looked.stored:
        return looked.stored
    known = looked.same.id if looked.same else None
    earlier = (made.id for made in batch.rows.values() if looked.same and made.file == looked.same.slug)
    known = known or next(earlier, None)
    return ws.store.head(known) if known else None


def _may_take_its_place(ws: Workspace, looked: Looked, head: MeetingHead, batch: "Batch", ask: Questions | None) -> bool:
    """Whether a file is to replace what is kept. Raises Refused where that would change another client's meeting."""
    same = looked.same
    if not batch.options.replace:
        return bool(same and same.id and ask and ask.may_replace(looked.file.label, same))
    if not _is_clients(ws, batch.options.said, head):
        whose = head.client_name or "no client"
        raise Refused(
            f"{looked.file.label}: is another export of {head.slug}, which is filed under {whose}",
            "--replace without --client lets it take that one's place; `analyzer move` files it elsewhere",
        )
    if same and same.id is None:
        return False
    if same and batch.wanting[head.id] > 1:
        several = f"{batch.wanting[head.id]} of these files are other exports of {head.slug}"
        ws.notice("several_exports", f"{several}, so none took its place; give --replace the one that is to")
        return False
    return True


def _duplicate(ws: Workspace, looked: Looked, head: MeetingHead) -> UploadRow:
    if looked.date != head.date and looked.date_source not in GUESSED:
        mend = f"`analyzer amend {head.slug} --date {looked.date}` if that is right"
        ws.notice("date_differs", f"{looked.file.label} is of {looked.date}, {head.slug} of {head.date}; {mend}")
    return replace(row(looked, "duplicate"), same_as=_same_as(looked, head))


def _tell_unused(ws: Workspace, looked: Looked, head: MeetingHead, options: UploadOptions) -> None:
    said = options.said
    unused = [name for name, told in (("--date", said.date), ("--title", said.title), ("--us", said.us)) if told]
    if unused and not options.replace:
        mend = f"`analyzer sides {head.slug} --us NAME` sets sides, `analyzer amend {head.slug}` date and title"
        ws.notice("nothing_changed", f"{looked.file.label} is stored already: {', '.join(unused)} changed nothing; {mend}")


def _same_as(looked: Looked, head: MeetingHead) -> SameMeeting:
    shared = looked.same.shared if looked.same else 1.0
    return SameMeeting(id=head.id, slug=head.slug, client_name=head.client_name, shared=shared)


def _is_clients(ws: Workspace, said: Said, head: MeetingHead) -> bool:
    """Whether a meeting is filed under the client that the user says, or the user says none."""
    client = ws.store.client_called(tidy_name(said.client)) if said.client else None
    return not said.client or head.client_id == (client.id if client else "")


def _tell_filed_elsewhere(ws: Workspace, looked: Looked, head: MeetingHead, said: Said) -> None:
    if not _is_clients(ws, said, head):
        mend = f'`analyzer move {head.slug} "{said.client}"` refiles it'
        place = head.client_name or "no client"
        ws.notice("filed_elsewhere", f"{looked.file.label} is already filed under {place} as {head.slug}; {mend}")


def _filed(ws: Workspace, made: UploadRow, head: MeetingHead) -> UploadRow:
    """The row with what the record says of its meeting."""
    return replace(
        made,
        id=head.id,
        slug=head.slug,
        client=head.client_id,
        client_name=head.client_name,
        date=head.date,
        title=head.title,
        turns=head.turns,
        confidential=head.confidential,
        speakers=speaker_rows(head.speakers, ws.store.meeting(head.id).turns),
    )
