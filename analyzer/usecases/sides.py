"""Putting sides right: who of a meeting's speakers is ours, theirs, other, or several behind one microphone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from analyzer.errors import NotFound, UsageError
from analyzer.model.meetings import Meeting, Side, Speaker
from analyzer.model.results import MeetingSides, SidesChanged
from analyzer.practice import Practice, fold_name
from analyzer.store import MeetingHead
from analyzer.transcripts.sides import is_nobody
from analyzer.usecases import resolve
from analyzer.usecases.indexing import index_or_tell
from analyzer.usecases.read import read_meetings
from analyzer.usecases.upload import speaker_rows
from analyzer.workspace import OFFLINE, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class SidesSaid:
    """The names that the user puts on each side, as typed."""

    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    mixed: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        return not (self.ours or self.theirs or self.other or self.mixed)


def sides(ws: Workspace, ref: str, said: SidesSaid) -> SidesChanged:
    """Show the sides of a meeting, or set them. Raises NotFound for a name that nobody in the meeting has."""
    head = resolve.meeting(ws.store, ref)
    if said.nothing:
        return SidesChanged(meetings=(_row(ws, head, changed=False),))
    meeting = ws.store.meeting(head.id)
    return SidesChanged(meetings=(_revise(ws, head, _put(meeting.speakers, said, head.slug, ws.practice)),))


def follow_practice(ws: Workspace, heads: Sequence[MeetingHead], person: str | None = None) -> SidesChanged:
    """Put the people of the practice, or one of them, on our side in these meetings."""
    rows = [_revise(ws, head, speakers) for head, speakers in ws.track(out_of_step(ws, heads, person), "putting sides right")]
    return SidesChanged(meetings=tuple(rows))


def out_of_step(
    ws: Workspace, heads: Sequence[MeetingHead], person: str | None = None
) -> list[tuple[MeetingHead, tuple[Speaker, ...]]]:
    """Meetings in which one of the practice's people is not on our side, with the speakers as they should be.

    With `person`, only that one is looked for: a side that somebody set by hand for another is left alone.
    """
    known = ws.practice if person is None else ws.practice.only(person)
    found = []
    for head in heads:
        ours = {s.name for s in head.speakers if known.is_ours(s.name)}
        if any(s.name in ours and s.side is not Side.OURS for s in head.speakers):
            found.append((head, _with_ours(head.speakers, ours)))
    return found


def _with_ours(speakers: Sequence[Speaker], ours: Collection[str]) -> tuple[Speaker, ...]:
    """These names ours; who was unknown beside them is theirs, and every other side stays as it was set."""
    return tuple(
        replace(s, side=Side.OURS if s.name in ours else Side.THEIRS if _is_somebody_unknown(s) else s.side) for s in speakers
    )


def _is_somebody_unknown(speaker: Speaker) -> bool:
    return speaker.side is Side.UNKNOWN and not is_nobody(speaker.name)


def _ours_no_more(speakers: Sequence[Speaker], practice: Practice) -> tuple[Speaker, ...]:
    """Who was ours by an earlier word alone is not ours any longer: naming our side anew takes back what was said before."""
    return tuple(replace(s, side=Side.UNKNOWN) if s.side is Side.OURS and not practice.is_ours(s.name) else s for s in speakers)


def _put(speakers: Sequence[Speaker], said: SidesSaid, slug: str, practice: Practice) -> tuple[Speaker, ...]:
    """The sides as said; who is not named stays where they are."""
    wanted: dict[str, Side] = {}
    for side, names in ((Side.OURS, said.ours), (Side.THEIRS, said.theirs), (Side.OTHER, said.other), (Side.MIXED, said.mixed)):
        for name in names:
            found = _named(speakers, name, slug)
            if wanted.get(found, side) is not side:
                raise UsageError(f"{found} cannot be on two sides", "name each speaker once")
            wanted[found] = side
    if said.ours:
        named = {name for name, side in wanted.items() if side is Side.OURS}
        speakers = _with_ours(_ours_no_more(speakers, practice), named)
    return tuple(replace(s, side=wanted.get(s.name, s.side)) for s in speakers)


def _named(speakers: Sequence[Speaker], name: str, slug: str) -> str:
    folded = fold_name(name)
    exact = [s.name for s in speakers if fold_name(s.name) == folded]
    part = [s.name for s in speakers if folded in fold_name(s.name).split()]
    if found := exact or part:
        if len(found) == 1:
            return found[0]
        raise NotFound(f"{name!r} fits {', '.join(found)} in {slug}", "give the whole name")
    raise NotFound(
        f"nobody in {slug} is called {name!r}", f"its speakers are {', '.join(s.name or '(no name)' for s in speakers)}"
    )


def _revise(ws: Workspace, head: MeetingHead, speakers: tuple[Speaker, ...]) -> "MeetingSides":
    """A new revision with these sides, indexed and read again by the offline engine where it had been read."""
    if speakers == head.speakers:
        return _row(ws, head, changed=False)
    _ = ws.practice  # a practice.toml that is wrong is told before anything has changed
    meeting = ws.store.meeting(head.id)
    side_of = {s.name: s.side for s in speakers}
    ws.store.revise(head.id, speakers, tuple(replace(t, side=side_of.get(t.speaker, t.side)) for t in meeting.turns))
    revised = ws.store.head(head.id)
    index_or_tell(ws, revised)
    if head.readings:
        readings = read_meetings(ws, [revised], OFFLINE)
        if readings.failure:
            ws.notice("not_read", f"{head.slug} is not read with its new sides: {readings.failure.message}")
        if set(head.readings) - {OFFLINE}:
            ws.notice("unread", f"{head.slug} has new sides: `analyzer motives {head.slug} --engine llm` reads it again")
    return _row(ws, ws.store.head(head.id), changed=True)


def _row(ws: Workspace, head: MeetingHead, *, changed: bool) -> MeetingSides:
    meeting: Meeting = ws.store.meeting(head.id)
    return MeetingSides(
        id=head.id,
        slug=head.slug,
        revision=meeting.revision,
        changed=changed,
        speakers=speaker_rows(meeting.speakers, meeting.turns),
    )
