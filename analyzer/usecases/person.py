"""What a person said about meetings, as it stands in their present revision, and how often that is what a reader had said."""

from collections.abc import Sequence

from analyzer.model.edits import AssignedTurn
from analyzer.model.meetings import Meeting, Utterance
from analyzer.model.person import Said, SaidOutcome
from analyzer.model.relationship import TrackRecord
from analyzer.relationship.person import track_record
from analyzer.store import MeetingHead
from analyzer.store.person import Kept
from analyzer.transcripts import places
from analyzer.workspace import Workspace


def said(ws: Workspace, meeting: Meeting) -> Said:
    """All that a person said about this meeting, each at its turn in this revision; what is not found there is counted."""
    return said_of(ws, [meeting])[meeting.id]


def said_of(ws: Workspace, meetings: Sequence[Meeting]) -> dict[str, Said]:
    """All that a person said about each of these meetings, as `said`, by meeting."""
    kept = ws.store.person.about([meeting.id for meeting in meetings])
    return {meeting.id: _found(meeting, kept.get(meeting.id, Kept())) for meeting in meetings}


def kept_about(ws: Workspace, head: MeetingHead) -> Kept:
    """What was said about one meeting, as it was kept."""
    return ws.store.person.about([head.id]).get(head.id, Kept())


def agreement(ws: Workspace, engine: str) -> tuple[TrackRecord, ...]:
    """How often a person agreed with this engine, over all their own verdicts on what it had read; empty where on none.

    A later reading changes nothing of it: what counts is what the engine had said when the person gave the verdict.
    """
    kept = ws.store.person.about(ws.store.person.judged())
    verdicts = (verdict for words in kept.values() for verdict in words.verdicts if verdict.author is None)
    return track_record(verdict for verdict in verdicts if verdict.engine and verdict.engine.name == engine)


class Places:
    """Where in a meeting's present revision the turns are that a person spoke of."""

    def __init__(self, meeting: Meeting) -> None:
        self._utterances = tuple(Utterance(speaker=turn.speaker, text=turn.text) for turn in meeting.turns)
        self._flow = places.flow(self._utterances)

    def noted(self, turn: int) -> AssignedTurn:
        """The turn with all that finds it again."""
        return places.noted(self._utterances, self._flow, turn)

    def find(self, turn: AssignedTurn) -> list[int]:
        """Where the turn is now: several turns where it was cut in parts, none where that cannot be told for sure."""
        return places.find(self._utterances, self._flow, turn)

    def stands_at(self, turn: AssignedTurn, ordinal: int) -> bool:
        """Whether a turn that a person spoke of is this one now; where it is lost, whether it was this one then."""
        return ordinal in (self.find(turn) or [turn.ordinal])


def _found(meeting: Meeting, kept: Kept) -> Said:
    if not (kept.dismissals or kept.marks or kept.outcomes):
        return _verdicts_alone(kept)
    now = Places(meeting)
    dismissed = {word: now.find(word.at) for word in kept.dismissals.values()}
    marked = {word: now.find(word.at) for word in kept.marks.values()}
    outcomes: dict[int, tuple[SaidOutcome, ...]] = {}
    lost = sum(not turns for turns in (*dismissed.values(), *marked.values()))
    for word in kept.outcomes.values():
        turns = now.find(word.at)
        lost += not turns
        for turn in turns:
            outcomes[turn] = (*outcomes.get(turn, ()), word)
    return Said(
        verdicts=_verdicts_alone(kept).verdicts,
        authors=_verdicts_alone(kept).authors,
        dismissed={(word.sign, turn): word.because for word, turns in dismissed.items() for turn in turns},
        marked=frozenset((word.sign, turn) for word, turns in marked.items() for turn in turns),
        outcomes={turn: tuple(sorted(words, key=lambda word: (word.date, word.made_at))) for turn, words in outcomes.items()},
        lost=lost,
    )


def _verdicts_alone(kept: Kept) -> Said:
    verdicts = {v.sign: (v.level, v.note) for v in kept.verdicts}
    authors = {v.sign: v.author for v in kept.verdicts if v.author}
    return Said(verdicts=verdicts, dismissed={}, marked=frozenset(), outcomes={}, authors=authors)
