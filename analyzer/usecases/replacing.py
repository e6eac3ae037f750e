"""Another export of a meeting, or another reading of the same file, in the place of the one that is kept.

What a person changed about who speaks is done again on it.
"""

import hashlib
from collections.abc import Sequence

from analyzer.model.meetings import Side, Speaker
from analyzer.names import fold_name
from analyzer.store import MeetingHead, NewMeeting
from analyzer.transcripts import edits, sides
from analyzer.transcripts.base import Transcript
from analyzer.transcripts.people import is_numbered
from analyzer.transcripts.reading import read_file
from analyzer.usecases.indexing import index_or_tell
from analyzer.usecases.looking import declared
from analyzer.usecases.sameness import words_of
from analyzer.usecases.speakers import as_utterances, read_anew, tell_exported
from analyzer.workspace import LLM, Workspace


def replace_with(
    ws: Workspace, head: MeetingHead, transcript: Transcript, data: bytes, file_name: str, us: Sequence[str] = ()
) -> MeetingHead | None:
    """Let the meeting be what this file says of it; client, date and title stay. None where it says just what is kept."""
    if digest(data) == head.digest and _says_the_same(ws, head, transcript, us) and not ws.store.is_misspoken(head.id):
        return None
    return _put_in_place(ws, head, transcript, data, file_name, us)


def _says_the_same(ws: Workspace, head: MeetingHead, transcript: Transcript, us: Sequence[str]) -> bool:
    as_read = ws.store.as_read(head.id)
    return (as_utterances(as_read.turns), as_read.speakers) == (transcript.utterances, _speakers(ws, head, transcript, us))


def _put_in_place(
    ws: Workspace,
    head: MeetingHead,
    transcript: Transcript,
    data: bytes,
    file_name: str,
    us: Sequence[str] = (),
    *,
    taking_back: bool = False,
) -> MeetingHead:
    speakers = _speakers(ws, head, transcript, us)
    edited = edits.apply(speakers, transcript.utterances, ws.store.edits(head.id))
    new = NewMeeting(
        client_id=head.client_id,
        date=head.date,
        title=head.title,
        format=transcript.format,
        file_name=file_name,
        original=data,
        speakers=speakers,
        utterances=transcript.utterances,
        coverage=transcript.coverage,
        dropped=dict(transcript.dropped),
        warnings=transcript.warnings,
        sketch=words_of(transcript.utterances).sketch,
    )
    ws.store.read_again(head, new, edited.speakers, edited.utterances, taking_back=taking_back)
    ws.step("recorded")
    for missed in edited.missed:
        ws.notice("edit_missed", f"{head.slug}: {missed}")
    now = ws.store.head(head.id)
    index_or_tell(ws, now)
    if LLM in head.readings:
        ws.notice("unread", f"{head.slug} has new words: `analyzer motives {head.slug} --engine llm` reads it again")
    tell_exported(ws, now)
    if not any(s.side is Side.OURS for s in now.speakers):
        told = f"{head.slug}: nobody in this export is known to be ours, so no sign is judged"
        ws.notice("sides_unknown", f"{told}; `analyzer sides {head.slug} --us NAME` sets it")
    return now


def put_back(ws: Workspace, meeting_id: str, former: str) -> None:
    """Let the file that the meeting was read from before, of this digest, count again. Raises NotFound."""
    head = ws.store.head(meeting_id)
    name, data = ws.store.former_file(meeting_id, former)
    _put_in_place(ws, head, read_file(name, data, allow_partial=True), data, name, taking_back=True)
    if head.readings:
        read_anew(ws, ws.store.head(meeting_id), head.readings)


def digest(data: bytes) -> str:
    """The SHA-256 of a file, by which the record knows it."""
    return hashlib.sha256(data).hexdigest()


def _speakers(ws: Workspace, head: MeetingHead, transcript: Transcript, us: Sequence[str]) -> tuple[Speaker, ...]:
    """The sides of the new reading: who was ours before, by the user's word at the upload, is ours in it as well."""
    before = [s.name for s in ws.store.as_read(head.id).speakers if s.side is Side.OURS]
    were_ours = {fold_name(name) for name in before if not is_numbered(name)}  # another export numbers its voices otherwise
    still = [name for name in transcript.speakers if fold_name(name) in were_ours]
    declared_us, declared_them = declared(transcript, ws.practice)
    return sides.assign(
        transcript.speakers,
        practice=ws.practice,
        us=tuple(us) or still,
        declared_us=declared_us,
        declared_them=declared_them,
        roles=transcript.roles,
    )
