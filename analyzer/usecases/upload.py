"""Uploading: a file becomes a meeting of one client, with sides, in the record, then in the index, then read."""

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import BinaryIO

from analyzer import tombstones
from analyzer.errors import NeedsClient, NotFound, PassageIndexError, Refused, StoreError, UsageError
from analyzer.model.meetings import Client, Meeting, Side
from analyzer.model.results import Failure, UploadRow, Uploads
from analyzer.names import fold_text
from analyzer.store import MeetingHead, NewMeeting, tidy_name
from analyzer.tombstones import Tombstones
from analyzer.transcripts.people import is_numbered
from analyzer.transcripts.sides import is_nobody
from analyzer.usecases.batch import (
    GUESSED,
    Batch,
    Questions,
    ToFile,
    UploadOptions,
    find_same_in_batch,
    most_telling_first,
    wanting_to_replace,
)
from analyzer.usecases.behind import hold_against
from analyzer.usecases.forgotten_before import tell_forgotten
from analyzer.usecases.incoming import Gathered, Incoming
from analyzer.usecases.indexing import index_or_tell
from analyzer.usecases.known_already import known_already
from analyzer.usecases.looking import Looked, assigned, look, on_record_now, refusal, refusals, row
from analyzer.usecases.proposing import Known, elsewhere, letters
from analyzer.usecases.read import read_meetings, unread_failure
from analyzer.workspace import Workspace

_FEW_REASONS = 3  # named in one note


def upload(
    ws: Workspace,
    gathered: Gathered,
    options: UploadOptions,
    ask: Questions | None = None,
    standard_input: BinaryIO | None = None,
) -> Uploads:
    """Store, index and read transcripts. A file that is refused leaves nothing behind and stops no other."""
    _check(options)
    if gathered.told:
        ws.notice("passed_over", gathered.told)
    on_record, buried = on_record_now(ws), _buried(ws)
    looks = [_look(ws, file, options, on_record, buried, standard_input) for file in ws.track(gathered.files, "reading files")]
    ws.step("read")
    order = most_telling_first(looks)
    find_same_in_batch(looks, order)
    filing = _whose(ws, looks, options, ask)
    if ask and not options.dry_run:
        looks = _ask_who_is_ours(ws, looks, filing, ask)
    batch = Batch(options=options, on_record=on_record, buried=buried, wanting=wanting_to_replace(looks), rows={})
    stopped: Failure | None = None
    for at in ws.track(order, "storing"):
        looked = looks[at]
        if isinstance(looked, UploadRow):
            batch.rows[at] = looked
            continue
        try:
            batch.rows[at] = _take(ws, looked, filing[at], batch, ask)
        except (Refused, NeedsClient, NotFound) as refused:
            batch.rows[at] = refusal(looked.file, refused)
        except StoreError as broken:
            ws.notice("not_read", "what was stored before that is not read: `analyzer motives CLIENT` reads it")
            left = f"{broken.message} ({len(batch.rows)} of {len(looks)} files done, stopped at {looked.file.label})"
            stopped = Failure(code=broken.code, message=left, hint=broken.hint)
            break
    rows = [*(refusal(*closed) for closed in gathered.refused), *(batch.rows[at] for at in sorted(batch.rows))]
    unread: Failure | None = None
    try:
        if options.read and not options.dry_run and not stopped:
            rows, unread = _read(ws, rows, options.engine)
        hold_against(ws, _on_record(ws, (one for one in rows if one.status == "added")))
    except NotFound as gone:
        told = "a meeting that had just been stored was forgotten by another process before it was read"
        raise NotFound(told, "the others are stored: `analyzer meetings` lists them, and `analyzer motives` reads them") from gone
    others = "the others would be stored" if options.dry_run else "the others are stored"
    failure = stopped or refusals(rows, others) or unread
    if unread and failure is not unread:
        ws.notice("not_read", f"{unread.message} ({unread.hint})")
    return Uploads(meetings=tuple(rows), failure=failure)


def _check(options: UploadOptions) -> None:
    """Raises UsageError for options that do not fit."""
    client = options.said.client
    if client is not None and not any(c.isalnum() for c in fold_text(tidy_name(client))):
        raise UsageError("a client needs a name", "--client NAME")
    if client is not None and options.unfiled:
        raise UsageError("--client and --unfiled contradict each other", "say one of them")


def _look(
    ws: Workspace,
    file: Incoming,
    options: UploadOptions,
    on_record: Known,
    buried: Tombstones,
    standard_input: BinaryIO | None,
) -> Looked | UploadRow:
    """What is known of a file, or what became of it already: one that was forgotten comes back where that is asked for alone.

    A folder of transcripts is uploaded again and again; what was forgotten may still lie in it.
    """
    try:
        looked = look(ws, file, options.said, on_record, standard_input)
    except Refused as refused:
        return refusal(file, refused)
    known = looked.stored or looked.same or options.also_forgotten
    if known or not buried.is_buried(tombstones.FILE, hashlib.sha256(looked.data).hexdigest()):
        return looked
    told = f"{file.label} was forgotten, or somebody in it was, and stays out"
    ws.notice("forgotten_before", f"{told}; --also-forgotten takes it in all the same")
    return row(looked, "forgotten")


def _ask_who_is_ours(
    ws: Workspace, looks: Sequence[Looked | UploadRow], filing: Sequence[str | None], ask: Questions
) -> list[Looked | UploadRow]:
    """Asked once for all the files in which nobody is known to be ours."""
    unsure = [
        one
        for one, client in zip(looks, filing, strict=True)
        if isinstance(one, Looked) and client is not None and not one.stored and not one.same and _nobody_is_ours(one)
    ]
    names = list(dict.fromkeys(s.name for one in unsure for s in one.speakers if not is_nobody(s.name)))
    if len(unsure) > 1:  # the first voice of one file is not the first voice of another
        names = [name for name in names if not is_numbered(name)]
    us = set(ask.who_is_ours([one.file.label for one in unsure], names)) if names else set()

    def told(one: Looked | UploadRow) -> Looked | UploadRow:
        if not isinstance(one, Looked) or one not in unsure or not us & set(one.transcript.speakers):
            return one
        here = [name for name in one.transcript.speakers if name in us]
        return replace(one, speakers=assigned(ws, one.file, one.transcript, here))

    return [told(one) for one in looks]


def _nobody_is_ours(looked: Looked) -> bool:
    return all(s.side is Side.UNKNOWN for s in looked.speakers)


def _whose(ws: Workspace, looks: Sequence[Looked | UploadRow], options: UploadOptions, ask: Questions | None) -> list[str | None]:
    """The client of each file by name: what the user says, else what the file says, else what a person decides in one table.

    UNFILED where nobody knows.
    """
    names: list[str | None] = [
        tidy_name(options.said.client or one.transcript.client or "") if isinstance(one, Looked) else None for one in looks
    ]
    open_ = [
        at
        for at, one in enumerate(looks)
        if isinstance(one, Looked) and not fold_text(names[at] or "") and not one.stored and not one.same
    ]
    if ask and open_ and not options.dry_run and not options.unfiled:
        files = [ToFile(row=row(one, "would_add"), proposal=one.proposal) for at in open_ if isinstance(one := looks[at], Looked)]
        for at, said in zip(open_, ask.whose(files, [c.name for c in ws.store.clients()]), strict=True):
            names[at] = said if said is None else tidy_name(said)
    return names


def _take(ws: Workspace, looked: Looked, client_name: str | None, batch: "Batch", ask: Questions | None) -> UploadRow:
    """What becomes of one file. Raises Refused, NeedsClient, StoreError."""
    options = batch.options
    if looked.stored or (looked.same and not _was_not_kept(looked, batch)):
        known = known_already(ws, looked, batch, ask)
        if known.status == "replaced" and not looked.stored:  # what was blacked out in the meeting since is in it again
            tell_forgotten(ws, looked, "", batch.buried)
        return known
    looked = replace(looked, same=None)
    if client_name is None:
        return row(looked, "left_out")
    if not fold_text(client_name) and not options.unfiled and not (ask and not options.dry_run):
        raise _needs_client(looked)
    there = ws.store.client_called(client_name) if fold_text(client_name) else None
    named = there.name if there else client_name
    made = replace(row(looked, "would_add"), client_name=named, confidential=options.confidential)
    _tell_doubts(ws, looked, made.client_name, batch.on_record)
    tell_forgotten(ws, looked, "" if there else client_name, batch.buried)
    return made if options.dry_run else _store(ws, made, looked, there, batch)


def _was_not_kept(looked: Looked, batch: Batch) -> bool:
    """Whether the file of this batch that is another export of the same meeting was left out or refused."""
    same = looked.same
    return bool(same and same.id is None) and any(
        made.file == same.slug and made.status in ("left_out", "refused") for made in batch.rows.values() if same
    )


def _buried(ws: Workspace) -> Tombstones:
    try:
        return tombstones.load(tombstones.path_in(ws.settings.home))
    except StoreError as damaged:
        ws.notice("forgotten_unknown", f"whether a file was forgotten before is not known: {damaged.message} ({damaged.hint})")
        return Tombstones()


def _tell_doubts(ws: Workspace, looked: Looked, client_name: str, on_record: Known) -> None:
    """What was guessed about a file, and what speaks against where it is filed."""
    label, said = looked.file.label, looked.transcript.client
    if looked.date_source in GUESSED:
        told = f"{label}: no date in the file or its name; took {looked.date} ({looked.date_source})"
        ws.notice("date_guessed", f"{told}; `analyzer amend MEETING --date DAY` puts it right")
    if said and letters(said) != letters(client_name):
        ws.notice("file_says_otherwise", f"{label}: the file says that its client is {said}; filed under {client_name or 'none'}")
    if why := elsewhere(looked.speakers, client_name, on_record):
        told = f"{label} may be another client's: {'; '.join(why[:_FEW_REASONS])}"
        ws.notice("other_client", f"{told}; `analyzer move MEETING CLIENT` refiles it")
    if all(u.chat for u in looked.transcript.utterances):
        ws.notice("chat_alone", f"{label} is a chat alone, and counts as a meeting of its own")


def _needs_client(looked: Looked) -> NeedsClient:
    why, label = looked.proposal, looked.file.label
    if why and why.client_name:
        return NeedsClient(f"{label}: may be {why.client_name}'s ({why.why})", f'say --client "{why.client_name}" if it is')
    told = f"{label}: the file does not say whose meeting it is"
    return NeedsClient(f"{told} ({why.why})" if why else told, "say --client NAME, or --unfiled to file it later")


def _store(ws: Workspace, made: UploadRow, looked: Looked, there: Client | None, batch: "Batch") -> UploadRow:
    """Commit the meeting with its original, then index it: from the first line on it cannot be lost."""
    transcript = looked.transcript
    new = NewMeeting(
        client_id=there.id if there else None,
        new_client=made.client_name or None,
        date=looked.date,
        title=looked.title,
        format=transcript.format,
        file_name=looked.file.name,
        original=looked.data,
        speakers=looked.speakers,
        utterances=transcript.utterances,
        coverage=transcript.coverage,
        dropped=dict(transcript.dropped),
        warnings=transcript.warnings,
        sketch=looked.words.sketch,
        confidential=batch.options.confidential,
    )
    try:
        meeting = ws.store.add_meeting(new)
    except StoreError:
        if known := ws.store.by_digest(hashlib.sha256(looked.data).hexdigest()):
            return known_already(ws, replace(looked, stored=known), batch, None)  # another process was quicker
        raise
    ws.step("recorded")
    if not there and meeting.client_id:
        _tell_lookalike(ws, meeting)
    try:
        index_or_tell(ws, ws.store.head(meeting.id))
    except NotFound as gone:
        told = f"{meeting.slug} had just been stored when another process forgot it"
        raise NotFound(told, "upload it again if it is to stay") from gone
    if not any(s.side is Side.OURS for s in looked.speakers):
        told = f"{meeting.slug}: nobody is known to be ours, so no sign is judged"
        ws.notice("sides_unknown", f"{told}; `analyzer sides {meeting.slug} --us NAME` sets it")
    if not meeting.client_id:
        ws.notice(
            "unfiled",
            f"{meeting.slug} belongs to no client: no brief and no search knows it; `analyzer move {meeting.slug} CLIENT`",
        )
    return replace(
        made, status="added", id=meeting.id, slug=meeting.slug, client=meeting.client_id, client_name=meeting.client_name
    )


def _tell_lookalike(ws: Workspace, first: Meeting) -> None:
    """A new client that is nearly an old one is a slip of the keys or a leak in the making: say so."""
    from rapidfuzz import fuzz

    name, new = first.client_name, fold_text(first.client_name)
    for client in ws.store.clients():
        if client.id == first.client_id:
            continue
        old = fold_text(client.name)
        slip = fuzz.ratio(new, old) >= 85  # noqa: PLR2004 one slip in seven letters
        if slip or old.startswith(new) or new.startswith(old) or client.slug.startswith(new):
            mend = f"`analyzer clients merge {ws.store.client(first.client_id or '').slug} {client.slug}` if they are one"
            ws.notice("similar_client", f"made a new client {name!r}; there is also {client.name!r} ({client.slug}); {mend}")


def _read(ws: Workspace, rows: list[UploadRow], engine: str) -> tuple[list[UploadRow], Failure | None]:
    taken = ("added", "unchanged", "replaced")
    heads = _on_record(ws, (one for one in rows if one.client and one.status in taken))
    readings, unusable = None, None
    try:
        readings = read_meetings(ws, heads, engine)
    except (PassageIndexError, StoreError) as broken:  # the model in the box that the offline engine reads with, or the record
        message = f"{broken.message}; what was uploaded is stored but not read"
        unusable = Failure(code=broken.code, message=message, hint=broken.hint)
    read = {h.id for h in _on_record(ws, rows) if engine in h.readings}
    rows = [replace(one, read_by=engine) if one.id in read else one for one in rows]
    if readings is None or readings.failure is None:
        return rows, unusable
    first = next((h for h in heads if h.id not in read), heads[0])
    left = ws.store.client(first.client_id).slug if first.client_id else first.slug
    return rows, unread_failure(readings.failure, readings.unread, left)


def _on_record(ws: Workspace, rows: Iterable[UploadRow]) -> list[MeetingHead]:
    """The meetings of these rows, but for those that another process has forgotten by now: they hold nobody else up."""
    heads = []
    for meeting_id in (one.id for one in rows if one.id):
        with suppress(NotFound):
            heads.append(ws.store.head(meeting_id))
    return heads
