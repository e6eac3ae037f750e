"""The reader in the box: no network, no account, and nothing leaves the machine.

A first, honest version. It compares turns with what it learnt from labelled snippets (`weights`), names those worth a
look, and says `insufficient` where it cannot tell. Promises are found by their wording (`promises`).
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from analyzer.engines.offline import answering, judging
from analyzer.engines.offline.language import looks_english
from analyzer.engines.offline.reading import Embeds, claims, score_turns
from analyzer.engines.offline.weights import Weights, load
from analyzer.errors import EngineError
from analyzer.model.findings import Claims, EngineId, Judgement, Reading
from analyzer.model.meetings import Meeting, Passage
from analyzer.practice import Practice

NAME = "offline"


class OfflineEngine:
    """Reads meetings with the bundled embedder; implements `Engine`. The same meeting gets the same reading on one machine."""

    def __init__(self, embedder: Embeds) -> None:
        self._embedder = embedder

    @cached_property
    def identity(self) -> EngineId:
        """The weights' hash covers the embedder's identity and the spoken examples. Raises EngineError when they are damaged."""
        return EngineId(name=NAME, model=f"turns-{self._weights.digest}")

    @property
    def parameters(self) -> Mapping[str, str]:
        """Nothing else shapes what it says."""
        return MappingProxyType({})

    def read(self, meeting: Meeting, practice: Practice) -> Claims:  # noqa: ARG002 the sides are in the meeting already
        """Turns worth a look, promises and advice; nothing for a meeting in another language. Raises EngineError."""
        if not looks_english(turn.text for turn in meeting.turns):
            return Claims()
        return Claims(claims=claims(score_turns(meeting, self._embedder, self._weights)))

    def judge(self, meeting: Meeting, reading: Reading, practice: Practice, notes: Sequence[str] = ()) -> Judgement:  # noqa: ARG002 notes are not spoken
        """Levels, conditions and stance from verified findings alone. Raises EngineError."""
        return judging.judge(meeting, reading.findings, self._weights)

    def answer(self, question: str, passages: Sequence[Passage]) -> Claims:
        """The nearest turns in their own words, best first; none when none is near enough."""
        return Claims(claims=answering.answer(question, passages, self._embedder))

    @cached_property
    def _weights(self) -> Weights:
        weights = load()
        if weights.embedder != self._embedder.identity:
            raise EngineError(
                f"the offline reader was fitted on {weights.embedder}, not on {self._embedder.identity}",
                "fit it anew: python -m scripts.train_offline",
            )
        return weights
