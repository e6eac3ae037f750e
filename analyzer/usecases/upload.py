"""Uploading: a file becomes a meeting of one client, with sides, in the record, then in the index, then read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO, Protocol

from analyzer.errors import NeedsClient, PassageIndexError, Refused, StoreError, UsageError
from analyzer.model.meetings import Client, Meeting, Side
from analyzer.model.results import Failure, Proposal, SameMeeting, UploadRow, Uploads
from analyzer.practice import fold_text
from analyzer.store import MeetingHead, NewMeeting, tidy_name
from analyzer.transcripts.sides import is_nobody
from analyzer.usecases.incoming import Gathered, Incoming
from analyzer.usecases.indexing import index_or_tell
from analyzer.usecases.looking import Looked, Said, assigned, in_batch, look, on_record_now, refusal, refusals, row
from analyzer.usecases.proposing import Known, elsewhere
from analyzer.usecases.read import read_meetings, unread_failure
from analyzer.usecases.replacing import replace_with
from analyzer.usecases.sameness import Words
from analyzer.usecases.voices import speaker_rows
from analyzer.workspace import Workspace

UNFILED = ""
"""The decision to keep a file under no client; None is the decision to leave it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadOptions:
    """What the user asked for.

    `replace` lets another export take the place of the one that is kept, `unfiled` keeps what no client is known for under
    none, `dry_run` stores nothing.
    """

    said: Said
    engine: str = "offline"
    dry_run: bool = False
    read: bool = True
    replace: bool = False
    unfiled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ToFile:
    """A file of which a person is to say whose meeting it is."""

    row: UploadRow
    proposal: Proposal | None


class Questions(Protocol):
    """What may be asked of a person at a terminal while uploading."""

    def whose(self, files: Sequence[ToFile], known: Sequence[str]) -> Sequence[str | None]:
        """The client of each file, UNFILED for none, or None to leave the file out."""
        ...

    def who_is_ours(self, files: Sequence[str], speakers: Sequence[str]) -> tuple[str, ...]:
        """Which of the speakers of these files are on our side; empty when it is not known."""
        ...

    def may_replace(self, file: str, same: SameMeeting) -> bool:
        """Whether a file that is another export of a meeting is to take its place."""
        ...


def upload(
    ws: Workspace,
    gathered: Gathered,
    options: UploadOptions,
    ask: Questions | None = None,
    standard_input: BinaryIO | None = None,
) -> Uploads:
    """Store, index and read transcripts. A file that is refused leaves nothing behind and stops no other."""
    if options.said.client is not None and not fold_text(tidy_name(options.said.client)):
        raise UsageError("a client needs a name", "--client NAME")
    if gathered.told:
        ws.notice("passed_over", gathered.told)
    on_record = on_record_now(ws)
    looks = [_look(ws, file, options, on_record, standard_input) for file in ws.track(gathered.files, "reading files")]
    filing = _whose(ws, looks, options, ask)
    if ask and not options.dry_run:
        looks = _ask_who_is_ours(ws, looks, filing, ask)
    rows: list[UploadRow] = []
    earlier: list[tuple[Incoming, Words]] = []
    stopped: Failure | None = None
    for looked, client_name in ws.track(list(zip(looks, filing, strict=True)), "storing"):
        if isinstance(looked, UploadRow):
            rows.append(looked)
            continue
        try:
            rows.append(_take(ws, in_batch(looked, earlier), client_name, options, ask, on_record, rows))
            earlier.append((looked.file, looked.words))
        except (Refused, NeedsClient) as refused:
            rows.append(refusal(looked.file, refused))
        except StoreError as broken:
            ws.notice("not_read", "what was stored before that is not read: `analyzer motives CLIENT` reads it")
            left = f"{broken.message} ({len(rows)} of {len(looks)} files done, stopped at {looked.file.label})"
            stopped = Failure(code=broken.code, message=left, hint=broken.hint)
            break
    unread: Failure | None = None
    if options.read and not options.dry_run and not stopped:
        rows, unread = _read(ws, rows, options.engine)
    failure = stopped or refusals(rows, "the others are stored") or unread
    if unread and failure is not unread:
        ws.notice("not_read", f"{unread.message} ({unread.hint})")
    return Uploads(meetings=tuple(rows), failure=failure)


def _look(
    ws: Workspace, file: Incoming, options: UploadOptions, on_record: Known, standard_input: BinaryIO | None
) -> Looked | UploadRow:
    try:
        return look(ws, file, options.said, on_record, standard_input)
    except Refused as refused:
        return refusal(file, refused)


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


def _take(
    ws: Workspace,
    looked: Looked,
    client_name: str | None,
    options: UploadOptions,
    ask: Questions | None,
    on_record: Known,
    rows: Sequence[UploadRow],
) -> UploadRow:
    """What becomes of one file. Raises Refused, NeedsClient, StoreError."""
    if looked.stored or looked.same:
        return _known_already(ws, looked, options, ask, rows)
    if client_name is None:
        return row(looked, "left_out")
    if not fold_text(client_name) and not options.unfiled and not (ask and not options.dry_run):
        raise _needs_client(looked)
    there = ws.store.client_called(client_name) if fold_text(client_name) else None
    made = replace(row(looked, "would_add"), client_name=there.name if there else client_name)
    if looked.date_source in ("file time", "today"):
        told = f"{looked.file.label}: no date in the file or its name; took {looked.date} ({looked.date_source})"
        ws.notice("date_guessed", f"{told}; `analyzer amend MEETING --date DAY` puts it right")
    for why in elsewhere(looked.speakers, made.client_name, on_record):
        ws.notice(
            "other_client", f"{looked.file.label} may be another client's. {why}; `analyzer move MEETING CLIENT` refiles it"
        )
    return made if options.dry_run else _store(ws, made, looked, there, options)


def _needs_client(looked: Looked) -> NeedsClient:
    why, label = looked.proposal, looked.file.label
    if why and why.client_name:
        return NeedsClient(f"{label}: may be {why.client_name}'s ({why.why})", f'say --client "{why.client_name}" if it is')
    told = f"{label}: the file does not say whose meeting it is"
    return NeedsClient(f"{told} ({why.why})" if why else told, "say --client NAME, or --unfiled to file it later")


def _known_already(
    ws: Workspace, looked: Looked, options: UploadOptions, ask: Questions | None, rows: Sequence[UploadRow]
) -> UploadRow:
    """The same file, or another export of the same meeting: left alone unless it is to take the other's place."""
    head = looked.stored
    if head is None and looked.same:
        earlier = next((r.id for r in rows if r.file == looked.same.slug and r.id), None)
        known = looked.same.id or earlier
        head = ws.store.head(known) if known else None
    if head is None or options.dry_run:
        return row(looked, "unchanged" if looked.stored else "duplicate")
    _tell_filed_elsewhere(ws, looked, head, options.said)
    same = looked.same
    wanted = options.replace or bool(same and same.id and ask and ask.may_replace(looked.file.label, same))
    if wanted and (now := replace_with(ws, head, looked, options.said.us)):
        return _filed(ws, replace(row(looked, "replaced"), same_as=None), now)
    if looked.stored:
        if (options.said.date or options.said.title or options.said.us) and not wanted:
            told = f"{looked.file.label} is stored already, so --date, --title and --us changed nothing"
            mend = f"`analyzer sides {head.slug} --us NAME` sets sides, `analyzer amend {head.slug}` date and title"
            ws.notice("nothing_changed", f"{told}; {mend}")
        return _filed(ws, row(looked, "unchanged"), head)
    return replace(row(looked, "duplicate"), same_as=_same_as(looked, head))


def _same_as(looked: Looked, head: MeetingHead) -> SameMeeting:
    shared = looked.same.shared if looked.same else 1.0
    return SameMeeting(id=head.id, slug=head.slug, client_name=head.client_name, shared=shared)


def _tell_filed_elsewhere(ws: Workspace, looked: Looked, head: MeetingHead, said: Said) -> None:
    client = ws.store.client_called(tidy_name(said.client)) if said.client else None
    if said.client and head.client_id != (client.id if client else None):
        place = head.client_name or "no client"
        ws.notice("filed_elsewhere", f"{looked.file.label} is already filed under {place} as {head.slug}")


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
        speakers=speaker_rows(head.speakers, ws.store.meeting(head.id).turns),
    )


def _store(ws: Workspace, made: UploadRow, looked: Looked, there: Client | None, options: UploadOptions) -> UploadRow:
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
    )
    try:
        meeting = ws.store.add_meeting(new)
    except StoreError:
        again = look(ws, looked.file, options.said, on_record_now(ws)) if looked.file.path else looked
        if again.stored:  # another process was quicker with the same file
            return _known_already(ws, again, options, None, ())
        raise
    if not there and meeting.client_id:
        _tell_lookalike(ws, meeting)
    index_or_tell(ws, ws.store.head(meeting.id))
    if not any(s.side is Side.OURS for s in looked.speakers):
        told = f"{meeting.slug}: nobody is known to be ours, so no sign is judged"
        ws.notice("sides_unknown", f"{told}; `analyzer sides {meeting.slug} --us NAME` sets it")
    if not meeting.client_id:
        ws.notice(
            "unfiled", f"{meeting.slug} belongs to no client and appears in no brief; `analyzer move {meeting.slug} CLIENT`"
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
    heads = [ws.store.head(one.id) for one in rows if one.id and one.client and one.status in taken]
    readings, unusable = None, None
    try:
        readings = read_meetings(ws, heads, engine)
    except PassageIndexError as model:  # the one in the box, which the offline engine reads with
        message = f"{model.message}; what was uploaded is stored but not read"
        unusable = Failure(code=model.code, message=message, hint=model.hint)
    read = {h.id for h in heads if engine in ws.store.head(h.id).readings}
    rows = [replace(one, read_by=engine) if one.id in read else one for one in rows]
    if readings is None or readings.failure is None:
        return rows, unusable
    first = next((h for h in heads if h.id not in read), heads[0])
    left = ws.store.client(first.client_id).slug if first.client_id else first.slug
    return rows, unread_failure(readings.failure, readings.unread, left)
