"""The seam between the product and whatever reads a meeting."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from analyzer.model.findings import Claim, EngineId, Finding, Judgement
from analyzer.model.meetings import Meeting, Passage
from analyzer.practice import Practice


class Engine(Protocol):
    """Reads meetings and answers questions. It only claims; `analyzer.evidence` verifies between `read` and `judge`."""

    @property
    def identity(self) -> EngineId:
        """Name, model or weights hash, prompt hash: readings are kept per identity."""
        ...

    @property
    def usage(self) -> Mapping[str, int]:
        """What the latest reading and its judging, or the latest answer, used: calls, tokens; empty where nothing is counted."""
        ...

    def read(self, meeting: Meeting, practice: Practice) -> tuple[Claim, ...]:
        """What it says it saw in the meeting. Raises EngineError when it cannot read."""
        ...

    def judge(self, meeting: Meeting, findings: tuple[Finding, ...]) -> Judgement:
        """Levels, conditions and stance from verified findings alone."""
        ...

    def answer(self, question: str, passages: Sequence[Passage]) -> tuple[Claim, ...]:
        """Claims of kind ANSWER from the passages, best first; empty when they do not answer it."""
        ...
