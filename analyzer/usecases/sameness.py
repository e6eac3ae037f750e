"""Whether a file is another export of a meeting that is there already: by its words, whoever speaks and however it is cut."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from analyzer.errors import NotFound
from analyzer.model.meetings import Turn, Utterance
from analyzer.store import MeetingHead
from analyzer.transcripts.likeness import CANDIDATE, candidates, is_same, resemblance, shared, sketch, spoken_words
from analyzer.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one meeting, and the sketch that others are compared with first."""

    words: tuple[str, ...]
    sketch: bytes


def words_of(said: Sequence[Utterance | Turn]) -> Words:
    """The words of a transcript or of a meeting."""
    words = spoken_words(said)
    return Words(words=words, sketch=sketch(words))


def same_on_record(ws: Workspace, new: Words) -> tuple[MeetingHead, float] | None:
    """The meeting on record of which this is another export, and the share of words they have in common (0 to 1).

    One that another process forgets meanwhile is none.
    """
    kept = {}
    for meeting_id, there in ws.store.sketches().items():
        with suppress(NotFound):
            kept[meeting_id] = _kept_sketch(ws, meeting_id) if there is None else there
    for _, meeting_id in candidates(new.sketch, kept):
        with suppress(NotFound):
            known = words_of(ws.store.meeting(meeting_id).turns).words
            if is_same(new.words, known):
                return ws.store.head(meeting_id), shared(new.words, known)
    return None


def _kept_sketch(ws: Workspace, meeting_id: str) -> bytes:
    """The sketch of a meeting that was kept before there were any, made now."""
    made = words_of(ws.store.meeting(meeting_id).turns).sketch
    ws.store.keep_sketch(meeting_id, ws.store.head(meeting_id).digest, made)
    return made


def same_in_batch(new: Words, earlier: Sequence[Words]) -> int | None:
    """The place of the first one of a batch that is another export of the same meeting."""
    return next(
        (
            at
            for at, one in enumerate(earlier)
            if resemblance(new.sketch, one.sketch) >= CANDIDATE and is_same(new.words, one.words)
        ),
        None,
    )
