"""Putting sides right: who of a meeting's speakers is ours, theirs, other, or several behind one microphone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from analyzer.errors import NotFound, UsageError
from analyzer.model.edits import Edit, EditKind
from analyzer.model.meetings import Side, Speaker
from analyzer.model.results import MeetingSpeakers, SpeakersChanged
from analyzer.names import fold_name
from analyzer.practice import Practice
from analyzer.store import MeetingHead
from analyzer.transcripts.sides import is_nobody
from analyzer.usecases import resolve
from analyzer.usecases.speakers import make, told
from analyzer.workspace import Workspace


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


def sides(ws: Workspace, ref: str, said: SidesSaid) -> SpeakersChanged:
    """Show the sides of a meeting, or set them. Raises NotFound for a name that nobody in the meeting has."""
    head = resolve.meeting(ws.store, ref)
    if said.nothing:
        return SpeakersChanged(meetings=(told(ws, head, changed=False),))
    speakers, named = _put(head.speakers, said, head.slug, ws.practice)
    return SpeakersChanged(meetings=(_set(ws, head, speakers, named),))


def follow_practice(ws: Workspace, heads: Sequence[MeetingHead], person: str | None = None) -> SpeakersChanged:
    """Put the people of the practice, or one of them, on our side in these meetings, but for whom somebody set otherwise."""
    rows = [_set(ws, head, speakers, ()) for head, speakers in ws.track(out_of_step(ws, heads, person), "putting sides right")]
    return SpeakersChanged(meetings=tuple(rows))


def out_of_step(
    ws: Workspace, heads: Sequence[MeetingHead], person: str | None = None
) -> list[tuple[MeetingHead, tuple[Speaker, ...]]]:
    """Meetings in which one of the practice's people is not on our side, with the speakers as they should be.

    With `person`, only that one is looked for. Whom somebody put on another side by name stays there.
    """
    known = ws.practice if person is None else ws.practice.only(person)
    found = []
    for head in heads:
        away = {s.name for s in head.speakers if known.is_ours(s.name) and s.side is not Side.OURS}
        if away and (ours := away - _set_by_name(ws, head)):
            ours |= {s.name for s in head.speakers if known.is_ours(s.name) and s.side is Side.OURS}
            found.append((head, _with_ours(head.speakers, ours)))
    return found


def _set_by_name(ws: Workspace, head: MeetingHead) -> set[str]:
    """The speakers whose side somebody set, naming them, and last to another side than ours."""
    last = {name: edit.sides.get(name) for edit in ws.store.edits(head.id) if edit.kind is EditKind.SIDES for name in edit.names}
    return {name for name, side in last.items() if side is not Side.OURS}


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


def _put(
    speakers: Sequence[Speaker], said: SidesSaid, slug: str, practice: Practice
) -> tuple[tuple[Speaker, ...], tuple[str, ...]]:
    """The sides as said, and whom that named; who is not named stays where they are."""
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
    return tuple(replace(s, side=wanted.get(s.name, s.side)) for s in speakers), tuple(wanted)


def _named(speakers: Sequence[Speaker], name: str, slug: str) -> str:
    if any(s.name == name for s in speakers):
        return name
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


def _set(ws: Workspace, head: MeetingHead, speakers: Sequence[Speaker], named: Sequence[str]) -> MeetingSpeakers:
    """These sides as one edit: of those that changed, and of those that were named."""
    before = {s.name: s.side for s in head.speakers}
    new = {s.name: s.side for s in speakers if before[s.name] is not s.side or s.name in named}
    already = _set_by_name(ws, head)
    against_practice = {n for n in named if new[n] is not Side.OURS and ws.practice.is_ours(n)} - already
    if all(before[name] is side for name, side in new.items()) and not against_practice:
        return told(ws, head, changed=False)
    return make(ws, head, Edit(kind=EditKind.SIDES, names=tuple(named), sides=new))
