"""Words that a person wants to remember about who said them. Only what a person kept is remembered; no reader adds to it."""

from collections.abc import Sequence

from analyzer.errors import NotFound
from analyzer.model.meetings import Client, Meeting
from analyzer.model.own import RememberedRow, Remembrance
from analyzer.model.person import Remembered
from analyzer.store import MeetingHead
from analyzer.usecases import resolve
from analyzer.usecases.person import Places, kept_about
from analyzer.workspace import Workspace


def remembered_of(ws: Workspace, heads: Sequence[MeetingHead]) -> tuple[RememberedRow, ...]:
    """What a person kept of these meetings, in their order and by turn."""
    kept = ws.store.person.about([head.id for head in heads])
    rows: list[RememberedRow] = []
    for head in heads:
        if head.id in kept and (words := kept[head.id].remembered.values()):
            meeting = ws.store.meeting(head.id)
            places = Places(meeting)
            here = [_row(meeting, places, word) for word in words]
            rows += sorted(here, key=lambda row: len(meeting.turns) if row.turn is None else row.turn)
    return tuple(rows)


def remembered(ws: Workspace, ref: str) -> Remembrance:
    """What a person kept of a client's meetings, or of one meeting. Raises NotFound."""
    return _told(ws, resolve.client_or_meeting(ws.store, ref))


def remember(ws: Workspace, ref: str, turn: int) -> Remembrance:
    """Keep the words of a turn; to keep them again changes nothing. Raises NotFound; UsageError where there is no such turn."""
    from analyzer.usecases.saying import turn_of  # much to import for those who only look

    head = resolve.meeting(ws.store, ref)
    meeting = ws.store.meeting(head.id)
    places = Places(meeting)
    word = Remembered(meeting=head.id, at=places.noted(turn_of(meeting, turn).ordinal), made_at=ws.now())
    ws.store.person.keep(word, _numbers(ws, head, places, turn))
    return _told(ws, head, added=_row(meeting, places, word))


def forget(ws: Workspace, ref: str, turn: int) -> Remembrance:
    """Keep the words of a turn no longer. Raises NotFound where they were not kept."""
    head = resolve.meeting(ws.store, ref)
    meeting = ws.store.meeting(head.id)
    places = Places(meeting)
    numbers = _numbers(ws, head, places, turn)
    if not numbers:
        raise NotFound(f"nothing is remembered of turn {turn} of {head.slug}", f"`analyzer remember {head.slug}` lists what is")
    gone = kept_about(ws, head).remembered[numbers[0]]
    ws.store.person.take_back(Remembered, numbers)
    return _told(ws, head, removed=_row(meeting, places, gone))


def _numbers(ws: Workspace, head: MeetingHead, places: Places, turn: int) -> list[int]:
    return [number for number, word in kept_about(ws, head).remembered.items() if places.stands_at(word.at, turn)]


def _row(meeting: Meeting, places: Places, word: Remembered) -> RememberedRow:
    """The words as the meeting has them now; as they were kept, where they cannot be found in it any more."""
    found = places.find(word.at)
    turn = meeting.turns[found[0]] if found else None
    sides = {speaker.name: speaker.side.value for speaker in meeting.speakers}
    return RememberedRow(
        meeting=meeting.id,
        slug=meeting.slug,
        date=meeting.date,
        turn=turn.ordinal if turn else None,
        speaker=turn.speaker if turn else word.at.speaker,
        side=turn.side.value if turn else sides.get(word.at.speaker, "unknown"),
        start=turn.start if turn else None,
        quote=" ".join(meeting.turns[at].text for at in found) or word.at.text,
    )


def _told(
    ws: Workspace,
    of: Client | MeetingHead,
    *,
    added: RememberedRow | None = None,
    removed: RememberedRow | None = None,
) -> Remembrance:
    heads = ws.store.meetings(of.id) if isinstance(of, Client) else (of,)
    return Remembrance(
        client=of.id if isinstance(of, Client) else of.client_id,
        client_name=of.name if isinstance(of, Client) else of.client_name,
        words=remembered_of(ws, heads),
        added=added,
        removed=removed,
    )
