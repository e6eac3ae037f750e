"""Another export of a meeting, or another reading of the same file, in the place of the one that is kept.

What a person changed about who speaks is done again on it.
"""

from collections.abc import Sequence

from analyzer.model.meetings import Side, Speaker
from analyzer.practice import fold_name
from analyzer.store import MeetingHead, NewMeeting
from analyzer.transcripts import edits, sides
from analyzer.transcripts.base import Transcript
from analyzer.usecases.indexing import index_or_tell
from analyzer.usecases.looking import Looked, declared
from analyzer.usecases.speakers import as_utterances
from analyzer.workspace import LLM, Workspace


def replace_with(ws: Workspace, head: MeetingHead, looked: Looked, us: Sequence[str]) -> MeetingHead | None:
    """Let the meeting be what this file says of it; client, date and title stay. None where it says just what is kept."""
    speakers = _speakers(ws, head, looked.transcript, us)
    transcript = looked.transcript
    as_read = ws.store.as_read(head.id)
    if looked.stored and (as_utterances(as_read.turns), as_read.speakers) == (transcript.utterances, speakers):
        return None
    edited = edits.apply(speakers, transcript.utterances, ws.store.edits(head.id))
    new = NewMeeting(
        client_id=head.client_id,
        date=head.date,
        title=head.title,
        format=transcript.format,
        file_name=looked.file.name,
        original=looked.data,
        speakers=speakers,
        utterances=transcript.utterances,
        coverage=transcript.coverage,
        dropped=dict(transcript.dropped),
        warnings=transcript.warnings,
        sketch=looked.words.sketch,
    )
    ws.store.read_again(head.id, new, edited.speakers, edited.utterances)
    for missed in edited.missed:
        ws.notice("edit_missed", f"{head.slug}: {missed}")
    now = ws.store.head(head.id)
    index_or_tell(ws, now)
    if LLM in head.readings:
        ws.notice("unread", f"{head.slug} has new words: `analyzer motives {head.slug} --engine llm` reads it again")
    return now


def _speakers(ws: Workspace, head: MeetingHead, transcript: Transcript, us: Sequence[str]) -> tuple[Speaker, ...]:
    """The sides of the new reading: who was ours before, by the user's word at the upload, is ours in it as well."""
    were_ours = {fold_name(s.name) for s in ws.store.as_read(head.id).speakers if s.side is Side.OURS}
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
