"""Uploading: a file becomes a meeting of one client, with sides, in the record, then in the index, then read."""

import datetime as dt
import hashlib
import stat
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from analyzer.errors import EngineError, EngineForbidden, NeedsClient, PassageIndexError, Refused, StoreError, UsageError
from analyzer.model.meetings import Client, Meeting, Side, Speaker, Turn, Utterance
from analyzer.model.results import Failure, SpeakerRow, UploadRow, Uploads
from analyzer.practice import fold_text
from analyzer.store import MeetingHead, NewMeeting, tidy_name
from analyzer.transcripts import Transcript, read_file, sides
from analyzer.transcripts.decoding import MAX_BYTES
from analyzer.usecases.indexing import index_or_tell
from analyzer.usecases.read import read_meetings
from analyzer.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadOptions:
    """What the user said about the files; None and empty mean that the file is to tell."""

    client: str | None = None
    date: dt.date | None = None
    title: str | None = None
    us: tuple[str, ...] = ()
    engine: str = "offline"
    dry_run: bool = False
    read: bool = True


class Questions(Protocol):
    """What may be asked of a person at a terminal while uploading."""

    def which_client(self, file: str, proposal: str, known: Sequence[str]) -> str | None:
        """The client to file under, `proposal` to be confirmed; None leaves the file out."""
        ...

    def who_is_ours(self, file: str, speakers: Sequence[str]) -> tuple[str, ...]:
        """Which of the speakers are on our side; empty when it is not known."""
        ...


def upload(ws: Workspace, files: Sequence[Path], options: UploadOptions, ask: Questions | None = None) -> Uploads:
    """Store, index and read transcripts. A file that is refused leaves nothing behind and stops no other."""
    if options.client is not None and not fold_text(tidy_name(options.client)):
        raise UsageError("a client needs a name", "--client NAME")
    rows: list[UploadRow] = []
    stopped: Failure | None = None
    for path in ws.track(files, "uploading"):
        try:
            rows.append(_upload_one(ws, path, options, ask))
        except (Refused, NeedsClient) as refused:
            error = Failure(code=refused.code, message=refused.message, hint=refused.hint)
            rows.append(UploadRow(file=str(path), status="refused", error=error))
        except StoreError as broken:
            ws.notice("not_read", "what was stored before that is not read: `analyzer motives CLIENT` reads it")
            left = f"{broken.message} ({len(rows)} of {len(files)} files done, stopped at {path})"
            stopped = Failure(code=broken.code, message=left, hint=broken.hint)
            break
    unread: Failure | None = None
    if options.read and not options.dry_run and not stopped:
        rows, unread = _read(ws, rows, options.engine)
    failure = stopped or _refusals(rows) or unread
    if unread and failure is not unread:
        ws.notice("not_read", f"{unread.message} ({unread.hint})")
    return Uploads(meetings=tuple(rows), failure=failure)


def _upload_one(ws: Workspace, path: Path, options: UploadOptions, ask: Questions | None) -> UploadRow:
    data = _bytes_of(path)
    transcript = read_file(path.name, data)
    if known := ws.store.by_digest(_digest(data)):
        return _unchanged(ws, path, known, options)
    client_name = _client_name(ws, path, transcript, options, ask)
    speakers = _speakers(ws, path, transcript, options, ask)
    date, date_source = _date(ws, path, transcript, options)
    title, title_source = _title(path, transcript, options)
    row = UploadRow(
        file=str(path),
        status="would_add",
        client_name=client_name,
        date=date,
        date_source=date_source,
        title=title,
        title_source=title_source,
        format=transcript.format,
        turns=len(transcript.utterances),
        speakers=speaker_rows(speakers, transcript.utterances),
        coverage=transcript.coverage,
        dropped=dict(transcript.dropped),
        warnings=transcript.warnings,
    )
    return row if options.dry_run else _store(ws, row, transcript, speakers, data, options)


def _store(
    ws: Workspace, row: UploadRow, transcript: Transcript, speakers: tuple[Speaker, ...], data: bytes, options: UploadOptions
) -> UploadRow:
    """Commit the meeting with its original, then index it: from the first line on it cannot be lost."""
    client = _known_client(ws, row.client_name)
    new = NewMeeting(
        client_id=client.id if client else None,
        new_client=row.client_name,
        date=row.date or ws.today,
        title=row.title,
        format=transcript.format,
        file_name=Path(row.file).name,
        original=data,
        speakers=speakers,
        utterances=transcript.utterances,
        coverage=transcript.coverage,
        dropped=dict(transcript.dropped),
        warnings=transcript.warnings,
    )
    try:
        meeting = ws.store.add_meeting(new)
    except StoreError:
        if known := ws.store.by_digest(_digest(data)):  # another process was quicker with the same file
            return _unchanged(ws, Path(row.file), known, options)
        raise
    if not client:
        _tell_lookalike(ws, meeting)
    index_or_tell(ws, ws.store.head(meeting.id))
    _tell_unknown_sides(ws, meeting.slug, speakers)
    filed = meeting.client_id, meeting.client_name
    return replace(row, status="added", id=meeting.id, slug=meeting.slug, client=filed[0], client_name=filed[1])


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def speaker_rows(speakers: Sequence[Speaker], utterances: Sequence[Utterance | Turn]) -> tuple[SpeakerRow, ...]:
    """Each speaker with side, turns and words."""
    spoken: dict[str, list[int]] = {}
    for u in utterances:
        spoken.setdefault(u.speaker, []).append(len(u.text.split()))
    return tuple(
        SpeakerRow(name=s.name, side=s.side.value, turns=len(spoken.get(s.name, [])), words=sum(spoken.get(s.name, [])))
        for s in speakers
    )


def _bytes_of(path: Path) -> bytes:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise Refused(f"{path}: is a folder", f"give its files: {path}/*")
        if not stat.S_ISREG(found.st_mode):  # a pipe would be waited for without end
            raise Refused(f"{path}: is no regular file", "save the transcript as a file first")
        if found.st_size > MAX_BYTES:
            raise Refused(f"{path}: larger than {MAX_BYTES // 2**20} MB", "export the transcript alone, without the recording")
        return path.read_bytes()
    except FileNotFoundError as gone:
        raise Refused(f"{path}: no such file", "check the name; quote names with spaces") from gone
    except OSError as failure:
        raise Refused(f"{path}: cannot be read ({failure.strerror or failure})", "check that you may read it") from failure


def _unchanged(ws: Workspace, path: Path, head: MeetingHead, options: UploadOptions) -> UploadRow:
    client = options.client
    if client and head.client_id and not _is_client(client, head):
        ws.notice("filed_elsewhere", f"{path.name} is already filed under {head.client_name} as {head.slug}")
    if options.date or options.title or options.us:
        told = f"{path.name} is stored already, so --date, --title and --us changed nothing"
        ws.notice("nothing_changed", f"{told}; `analyzer sides {head.slug} --us NAME` sets sides")
    return UploadRow(
        file=str(path),
        status="unchanged",
        id=head.id,
        slug=head.slug,
        client=head.client_id,
        client_name=head.client_name,
        date=head.date,
        title=head.title,
        format=head.format,
        turns=head.turns,
        speakers=speaker_rows(head.speakers, ws.store.meeting(head.id).turns),
        coverage=head.coverage,
        dropped=dict(head.dropped),
        warnings=tuple(head.warnings),
    )


def _is_client(ref: str, head: MeetingHead) -> bool:
    return ref == head.client_id or fold_text(ref) == fold_text(head.client_name) or head.slug.startswith(ref.lower())


def _client_name(ws: Workspace, path: Path, transcript: Transcript, options: UploadOptions, ask: Questions | None) -> str:
    """What the user says, else what the file says, else a proposal confirmed at the terminal. Raises NeedsClient."""
    said = tidy_name(options.client or transcript.client or "")
    known = [c.name for c in ws.store.clients()]
    if not said and ask:
        folder = fold_text(path.resolve().parent.name)
        meant = (name for name in known if folder in (fold_text(name), *fold_text(name).split()[:1]))
        said = tidy_name(ask.which_client(path.name, next(meant, path.resolve().parent.name), known) or "")
    if not fold_text(said):
        raise NeedsClient(f"{path}: the file does not say whose meeting it is", "say --client NAME")
    there = _known_client(ws, said)
    return there.name if there else said


def _known_client(ws: Workspace, name: str) -> Client | None:
    """The client of exactly that name, id or slug: a file is never filed by the beginning of a name."""
    for client in ws.store.clients():
        if name in (client.id, client.slug) or fold_text(name) == fold_text(client.name):
            return client
    return None


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
            ws.notice("similar_client", f"made a new client {name!r}; there is also {client.name!r} ({client.slug})")


def _speakers(
    ws: Workspace, path: Path, transcript: Transcript, options: UploadOptions, ask: Questions | None
) -> tuple[Speaker, ...]:
    speakers = _assigned(ws, path, transcript, options.us)
    if ask and all(s.side is Side.UNKNOWN for s in speakers):
        us = ask.who_is_ours(path.name, [s.name for s in speakers])
        return _assigned(ws, path, transcript, us) if us else speakers
    return speakers


def _assigned(ws: Workspace, path: Path, transcript: Transcript, us: Sequence[str]) -> tuple[Speaker, ...]:
    """The sides by what the user, the file and the practice say. Raises Refused for a name that nobody in the file has."""
    try:
        return sides.assign(
            transcript.speakers,
            practice=ws.practice,
            us=us,
            declared_us=transcript.us,
            declared_them=transcript.them,
            roles=transcript.roles,
        )
    except UsageError as nobody:
        raise Refused(f"{path}: {nobody.message}", nobody.hint) from nobody


def _tell_unknown_sides(ws: Workspace, slug: str, speakers: Sequence[Speaker]) -> None:
    if not any(s.side is Side.OURS for s in speakers):
        ws.notice(
            "sides_unknown",
            f"{slug}: nobody is known to be ours, so no sign is judged; `analyzer sides {slug} --us NAME` sets it",
        )


def _date(ws: Workspace, path: Path, transcript: Transcript, options: UploadOptions) -> tuple[dt.date, str]:
    if options.date:
        return options.date, "said"
    if transcript.date:
        return transcript.date, transcript.date_source or "content"
    changed = dt.datetime.fromtimestamp(path.stat().st_mtime, tz=ws.now().tzinfo).date()
    ws.notice(
        "date_guessed",
        f"{path.name}: no date in the file or its name; took the file's own, {changed} (say --date when you upload)",
    )
    return changed, "file time"


def _title(path: Path, transcript: Transcript, options: UploadOptions) -> tuple[str, str]:
    if options.title:
        return options.title, "said"
    if transcript.title:
        return transcript.title, transcript.title_source or "content"
    return path.stem, "file name"


def _read(ws: Workspace, rows: list[UploadRow], engine: str) -> tuple[list[UploadRow], Failure | None]:
    heads = [ws.store.head(row.id) for row in rows if row.id and row.status in ("added", "unchanged")]
    readings, unusable = None, None
    try:
        readings = read_meetings(ws, heads, engine)
    except PassageIndexError as model:  # the one in the box, which the offline engine reads with
        message = f"{model.message}; what was uploaded is stored but not read"
        unusable = Failure(code=model.code, message=message, hint=model.hint)
    read = {h.id for h in heads if engine in ws.store.head(h.id).readings}
    rows = [replace(row, read_by=engine) if row.id in read else row for row in rows]
    if readings is None or readings.failure is None:
        return rows, unusable
    first = next((h for h in heads if h.id not in read), heads[0])
    left = ws.store.client(first.client_id).slug if first.client_id else first.slug
    return rows, unread_failure(readings.failure, readings.unread, left)


def unread_failure(failure: EngineError, unread: int, ref: str) -> Failure:
    """A failed reading, with the word that nothing is lost and what reads the rest later; `ref` is a client or a meeting."""
    stored = "1 meeting is" if unread == 1 else f"{unread} meetings are"
    message = f"{failure.message.rstrip(' .')}; {stored} stored but not read"
    hint = failure.hint.rstrip(" .")
    if not isinstance(failure, EngineForbidden):  # a client that is kept offline is never read by a model
        later = f"`analyzer motives {ref} --engine llm` reads what is left"
        hint = f"{hint[0].lower()}{hint[1:]}; then {later}" if hint else later
    return Failure(code=failure.code, message=message, hint=hint)


def _refusals(rows: Sequence[UploadRow]) -> Failure | None:
    """One refusal speaks for itself; some among others are `some_refused`."""
    refused = [row.error for row in rows if row.error]
    if not refused:
        return None
    if len(refused) == len(rows) and len({r.code for r in refused}) == 1:
        first = refused[0]
        return first if len(refused) == 1 else Failure(code=first.code, message=f"{len(refused)} files refused", hint=first.hint)
    return Failure(code="some_refused", message=f"{len(refused)} of {len(rows)} files refused", hint="the others are stored")
