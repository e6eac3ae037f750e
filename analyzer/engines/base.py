"""The seam between the product and whatever reads a meeting."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from analyzer.model.findings import Claims, EngineId, Judgement, Reading
from analyzer.model.insight import Exchange
from analyzer.model.meetings import Meeting, Passage
from analyzer.practice import Practice


class Engine(Protocol):
    """Reads meetings and answers questions. It only claims; `analyzer.evidence` verifies between `read` and `judge`.

    It keeps nothing between calls that would change an answer, so that several meetings can be read at once.
    """

    @property
    def identity(self) -> EngineId:
        """Name, model or weights hash, prompt hash: readings are kept per identity."""
        ...

    @property
    def parameters(self) -> Mapping[str, str]:
        """What else shapes its answers, such as the server and what is hidden from it; empty where nothing does."""
        ...

    def read(self, meeting: Meeting, practice: Practice) -> Claims:
        """What it says it saw in the meeting, and what it could not read. Raises EngineError when it cannot read at all."""
        ...

    def judge(self, meeting: Meeting, reading: Reading, practice: Practice, notes: Sequence[str] = ()) -> Judgement:
        """Levels, conditions and stance from verified findings alone; `notes` are a person's own, from outside the meeting."""
        ...

    def room(self, question: str, earlier: Sequence[Exchange] = ()) -> int:
        """How many characters of passages it reads with a question; 0 for an engine that reads no more than what was found."""
        ...

    def answer(self, question: str, passages: Sequence[Passage], earlier: Sequence[Exchange] = ()) -> Claims:
        """Claims of kind ANSWER from the passages, best first; none when they do not answer it.

        `earlier` is what was asked and answered before in the same session, oldest first.
        """
        ...
