"""Finding a turn of one reading of a meeting in another, by its words: cuts, spellings and fillers may differ.

The same few words ("Yes.") are said in many places, so the words around them decide. Where they do not, the turn counts
as not found: a turn in the wrong place would put words on the wrong speaker.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from analyzer.model.edits import AssignedTurn
from analyzer.model.meetings import Utterance
from analyzer.transcripts.likeness import words_in

_AROUND = 8
"""Words kept from before and from after a turn."""
_LONG = 8
"""A turn of so many words that stands in one place only is found there, whatever stands around it."""
_ENDS = 2
_CORRECTED = 0.85
"""Share of a long turn's words that must be there again where not all are; its first and last two must be."""
_NEXT = 5
"""So many words right before and right after a turn, together, must be next to it again; all of them where there are fewer."""
_FILLERS = frozenset("um umm uh uhh uhm er erm ah eh hm hmm mm mmm mhm ähm äh euh eh ehm".split())  # noqa: SIM905 - reads better


@dataclass(frozen=True, slots=True)
class Flow:
    """All words of a reading in one row; turn `n` has those from `starts[n]` up to `starts[n + 1]`."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    places: dict[str, list[int]]

    def turns(self, span: tuple[int, int]) -> range:
        """The turns that have words in a span of the row."""
        first, end = span
        return range(bisect_right(self.starts, first) - 1, bisect_right(self.starts, end - 1))

    def words_of(self, turn: int) -> range:
        return range(self.starts[turn], self.starts[turn + 1])


def flow(utterances: Sequence[Utterance]) -> Flow:
    """The words of a reading, ready to be looked up."""
    words: list[str] = []
    starts = [0]
    for utterance in utterances:
        words += _weighty(utterance.text)
        starts.append(len(words))
    places: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        places.setdefault(word, []).append(at)
    return Flow(tuple(words), tuple(starts), places)


def _weighty(text: str) -> tuple[str, ...]:
    """The words that tell a turn from another: not the fillers that an export may leave out. A sign alone counts as a word."""
    words = words_in(text) or tuple(text.split())
    return tuple(word for word in words if word not in _FILLERS)


def noted(utterances: Sequence[Utterance], row: Flow, ordinal: int) -> AssignedTurn:
    """A turn with all that finds it again."""
    said = utterances[ordinal]
    first, end = row.starts[ordinal], row.starts[ordinal + 1]
    before, after = row.words[max(0, first - _AROUND) : first], row.words[end : end + _AROUND]
    return AssignedTurn(ordinal=ordinal, text=said.text, speaker=said.speaker, before=before, after=after, place=first)


def find(utterances: Sequence[Utterance], row: Flow, turn: AssignedTurn) -> list[int]:
    """The turns of a reading that hold a turn's words, among others perhaps; none where it is not there, or cannot be told."""
    if _weighty(turn.text):
        span = span_of(row, turn)
        return [at for at in row.turns(span) if row.words_of(at)] if span else []
    return [turn.ordinal] if _is_in_place(utterances, row, turn) else []


def span_of(row: Flow, turn: AssignedTurn) -> tuple[int, int] | None:
    """The span of the row that a turn has there; None where it is not there, or cannot be told.

    Its words must be there as they were, or in a long turn nearly so (single words corrected, the first and last two kept),
    with the same words next to them; a long one that stands once as it was is found whatever is next to it. Where several
    places are as good as each other, it must be the one that is as far into the meeting as before.
    """
    words = _weighty(turn.text)
    if turn.place is not None and _is_as_it_was(row, turn, own := (turn.place, turn.place + len(words))):
        return own
    exact = _occurrences(row, words) if words else []
    spans = exact or (_near(row, words) if len(words) >= _LONG else [])
    same = {span: _same_around(row, turn, span) for span in spans}
    needed = max(min(_NEXT, len(turn.before) + len(turn.after)), *same.values(), 0)
    best = [span for span in spans if same[span] == needed]
    if len(best) != 1:
        best = [span for span in best if span[0] == turn.place]
    if not best and len(exact) == 1 and len(words) >= _LONG:
        best = exact
    return best[0] if best else None


def _is_in_place(utterances: Sequence[Utterance], row: Flow, turn: AssignedTurn) -> bool:
    """Whether a turn without any word of weight ("Um.") is where it was, between the same words."""
    at = turn.ordinal
    return at < len(utterances) and noted(utterances, row, at) == replace(turn, speaker=utterances[at].speaker)


def _is_as_it_was(row: Flow, turn: AssignedTurn, span: tuple[int, int]) -> bool:
    """Whether the turn and all that was next to it stand where they stood; then no other place can be better."""
    is_there = row.words[slice(*span)] == _weighty(turn.text)
    return is_there and _same_around(row, turn, span) == len(turn.before) + len(turn.after)


def _occurrences(row: Flow, words: tuple[str, ...]) -> list[tuple[int, int]]:
    offset = min(range(len(words)), key=lambda n: len(row.places.get(words[n], ())))
    places = (at - offset for at in row.places.get(words[offset], ()))
    return [(at, at + len(words)) for at in places if at >= 0 and row.words[at : at + len(words)] == words]


def _near(row: Flow, words: tuple[str, ...]) -> list[tuple[int, int]]:
    """Spans that begin and end as these words do and differ in few between: nothing of another turn hides at an end."""
    from rapidfuzz.distance import Indel

    slack = int(len(words) * (1 - _CORRECTED))
    first, last = words[:_ENDS], words[-_ENDS:]
    near = [
        (Indel.normalized_similarity(row.words[at:end], words), (at, end))
        for at in row.places.get(first[0], ())
        if row.words[at : at + _ENDS] == first
        for end in range(at + len(words) - slack, at + len(words) + slack + 1)
        if row.words[end - _ENDS : end] == last
    ]
    most = max((alike for alike, _ in near), default=0.0)
    return [span for alike, span in near if alike == most and most >= _CORRECTED]


def _same_around(row: Flow, turn: AssignedTurn, span: tuple[int, int]) -> int:
    """How many words next to a span, before and after it, are those that were next to the turn, up to the first other one."""
    before = zip(reversed(turn.before), reversed(row.words[max(0, span[0] - _AROUND) : span[0]]), strict=False)
    after = zip(turn.after, row.words[span[1] : span[1] + _AROUND], strict=False)
    return sum(1 for side in (before, after) for _ in takewhile(lambda pair: pair[0] == pair[1], side))
