"""Putting right who speaks in a meeting: names, several names of one person, single turns; each can be taken back."""

from collections.abc import Collection, Sequence

from analyzer.errors import NotFound
from analyzer.model.edits import AssignedTurn, Edit, EditKind
from analyzer.model.meetings import Meeting, Side, Turn, Utterance
from analyzer.model.results import MeetingSpeakers, SpeakersChanged
from analyzer.store import MeetingHead
from analyzer.transcripts import edits
from analyzer.transcripts.people import same_person
from analyzer.transcripts.sides import is_nobody
from analyzer.usecases import resolve
from analyzer.usecases.indexing import index_or_tell
from analyzer.usecases.read import read_meetings
from analyzer.usecases.voices import speaker_rows
from analyzer.workspace import OFFLINE, Workspace


def show(ws: Workspace, ref: str) -> SpeakersChanged:
    """Who speaks in a meeting, what was changed about it, and which names look like one person."""
    return SpeakersChanged(meetings=(told(ws, resolve.meeting(ws.store, ref), changed=False),))


def rename(ws: Workspace, ref: str, name: str, to: str) -> SpeakersChanged:
    """Give a speaker another name. Raises NotFound; UsageError where somebody has that name already."""
    return _edited(ws, ref, Edit(kind=EditKind.RENAME, names=(name,), to=to))


def merge(ws: Workspace, ref: str, kept: str, others: Sequence[str]) -> SpeakersChanged:
    """Make several names one person. Raises NotFound for a name that nobody has."""
    return _edited(ws, ref, Edit(kind=EditKind.MERGE, names=tuple(others), to=kept))


def assign(ws: Workspace, ref: str, to: str, turns: Sequence[int]) -> SpeakersChanged:
    """Give single turns, counted from 0, to a speaker or to a new name. Raises UsageError for a turn that is not there."""
    return _edited(ws, ref, Edit(kind=EditKind.ASSIGN, to=to, turns=tuple(AssignedTurn(ordinal=turn) for turn in turns)))


def undo(ws: Workspace, ref: str) -> SpeakersChanged:
    """Take back the last change of who speaks. Raises NotFound where nothing was changed."""
    head = resolve.meeting(ws.store, ref)
    log = ws.store.edits(head.id)
    if not log:
        raise NotFound(f"nothing was changed about who speaks in {head.slug}", "there is nothing to take back")
    ws.notice("taken_back", f"taken back: {log[-1].told()}")
    return SpeakersChanged(meetings=(_played(ws, head, log[:-1]),))


def _edited(ws: Workspace, ref: str, edit: Edit) -> SpeakersChanged:
    return SpeakersChanged(meetings=(make(ws, resolve.meeting(ws.store, ref), edit),))


def make(ws: Workspace, head: MeetingHead, edit: Edit) -> MeetingSpeakers:
    """Make one change, kept beside those before it. Raises NotFound and UsageError for one that makes no sense here."""
    now = ws.store.meeting(head.id)
    said = as_utterances(now.turns)
    edits.check(now.speakers, said, edit)
    return _played(ws, head, (*ws.store.edits(head.id), edits.noted(said, edit)))


def _played(ws: Workspace, head: MeetingHead, log: Sequence[Edit]) -> MeetingSpeakers:
    """The meeting as these edits make it of what its file says: a new revision, indexed, read again where it had been read."""
    _ = ws.practice  # a practice.toml that is wrong is told before anything has changed
    read = ws.store.as_read(head.id)
    edited = edits.apply(read.speakers, as_utterances(read.turns), log)
    ws.store.revise(head.id, edited.speakers, edited.utterances, log, after=head.revision)
    ws.step("recorded")
    revised = ws.store.head(head.id)
    index_or_tell(ws, revised)
    if head.readings:
        read_anew(ws, revised, head.readings)
    tell_exported(ws, revised)
    _tell_sides(ws, revised, {s.name for s in head.speakers})
    return told(ws, ws.store.head(head.id), changed=True, missed=edited.missed)


def _tell_sides(ws: Workspace, head: MeetingHead, before: Collection[str]) -> None:
    """Name the new voices whose side is not known, or is not the one that the practice says."""
    for speaker in head.speakers:
        if speaker.name in before or is_nobody(speaker.name):
            continue
        if speaker.side is not Side.OURS and ws.practice.is_ours(speaker.name):
            differs = f"{speaker.name} is one of ours in practice.toml, but {speaker.side.value} here"
            ws.notice("side_differs", f"{differs}: `analyzer sides {head.slug} --from-practice` puts it right")
        elif speaker.side is Side.UNKNOWN:
            mend = f'`analyzer sides {head.slug} --them "{speaker.name}"`'
            ws.notice("side_unknown", f"{speaker.name} is on no side yet, so these words raise no sign: {mend}, or --us")


def read_anew(ws: Workspace, revised: MeetingHead, readings: Sequence[str]) -> None:
    """Read a revised meeting by the offline engine where any had read it before, and tell what a model would have to read."""
    outcome = read_meetings(ws, [revised], OFFLINE)
    if outcome.failure:
        ws.notice("not_read", f"{revised.slug} is not read as it is now: {outcome.failure.message}")
    if set(readings) - {OFFLINE}:
        ws.notice("unread", f"{revised.slug} has changed: `analyzer motives {revised.slug} --engine llm` reads it again")


def tell_exported(ws: Workspace, head: MeetingHead) -> None:
    """Name the documents that were written before a meeting changed."""
    for document in ws.store.exports([head.id]):
        when = document.made_at.date().isoformat()
        ws.notice("exported", f"the {document.kind} written on {when} draws on {head.slug} as it was: {document.path}")


def as_utterances(turns: Sequence[Turn]) -> tuple[Utterance, ...]:
    """Turns as a file has them, without sides."""
    return tuple(Utterance(speaker=t.speaker, text=t.text, start=t.start, end=t.end, chat=t.chat, cues=t.cues) for t in turns)


def told(ws: Workspace, head: MeetingHead, *, changed: bool, missed: Sequence[str] = ()) -> MeetingSpeakers:
    """Who speaks in the meeting now, as a result."""
    meeting: Meeting = ws.store.meeting(head.id)
    names = [s.name for s in meeting.speakers]
    return MeetingSpeakers(
        id=head.id,
        slug=head.slug,
        revision=meeting.revision,
        changed=changed,
        speakers=speaker_rows(meeting.speakers, meeting.turns),
        edits=tuple(edit.told() for edit in ws.store.edits(head.id)),
        one_person=same_person(names),
        missed=tuple(missed),
    )
