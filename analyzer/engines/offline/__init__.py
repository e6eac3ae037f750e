"""The reader in the box: no network, no account, and nothing leaves the machine.

A small classifier names the turns (`classifier`, trained by `scripts/train_motives.py`), what was fitted on whole labelled
meetings turns them into levels (`fitted`, `judging`), and where it cannot tell it says `insufficient`.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from analyzer.engines.offline import answering, judging
from analyzer.engines.offline.answering import Decides, Embeds
from analyzer.engines.offline.classifier import TurnClassifier
from analyzer.engines.offline.finder import AnswerFinder
from analyzer.engines.offline.fitted import Fitted, load
from analyzer.engines.offline.language import spoken
from analyzer.engines.offline.reading import claims, score_turns
from analyzer.errors import EngineError
from analyzer.model.findings import Claims, EngineId, Judgement, Reading
from analyzer.model.insight import Exchange
from analyzer.model.meetings import Meeting, Passage
from analyzer.practice import Practice

NAME = "offline"
RULES = 2  # goes up with every change of what is said of the same chances: then meetings were read by another reader


class OfflineEngine:
    """Reads meetings with the bundled classifier; implements `Engine`. The same meeting gets the same reading on one machine.

    `embedder` helps to find answers; it reads no meeting. `classifier` and `fitted` replace what is in the box where those are
    being measured.
    """

    def __init__(self, embedder: Embeds, *, classifier: TurnClassifier | None = None, fitted: Fitted | None = None) -> None:
        self._embedder = embedder
        self._classifier = classifier or TurnClassifier()
        self._finder = AnswerFinder()
        self._measured = fitted

    @cached_property
    def identity(self) -> EngineId:
        """The hash covers the graph and all that was fitted after it, the number the rules. Raises EngineError when damaged."""
        return EngineId(name=NAME, model=f"turns-{self._fitted.digest}-{RULES}")

    @property
    def parameters(self) -> Mapping[str, str]:
        """Nothing else shapes what it says."""
        return MappingProxyType({})

    def read(self, meeting: Meeting, practice: Practice) -> Claims:  # noqa: ARG002 the sides are in the meeting already
        """Turns worth a look, promises and advice; nothing for a meeting in another language. Raises EngineError."""
        heard = spoken(meeting.turns)
        if not meeting.turns or not heard.english:
            return Claims()
        return Claims(claims=claims(score_turns(meeting, self._classifier, self._fitted, heard.foreign)))

    def judge(self, meeting: Meeting, reading: Reading, practice: Practice, notes: Sequence[str] = ()) -> Judgement:  # noqa: ARG002 notes are not spoken
        """Levels, conditions and stance from verified findings alone. Raises EngineError."""
        return judging.judge(meeting, reading.findings, self._fitted, spoken(meeting.turns))

    def room(self, question: str, earlier: Sequence[Exchange] = ()) -> int:  # noqa: ARG002 what was found is enough for it
        """Nothing beside what was found."""
        return 0

    def answer(self, question: str, passages: Sequence[Passage], earlier: Sequence[Exchange] = ()) -> Claims:  # noqa: ARG002 a question comes with what it leans on
        """The sentences that answer, in their own words, best first; none when none does. Raises EngineError."""
        return Claims(claims=answering.answer(question, passages, self._finder, self._decides, self._embedder))

    @cached_property
    def _decides(self) -> Decides:
        return answering.decides(self._finder)

    @cached_property
    def _fitted(self) -> Fitted:
        fitted = self._measured or load()
        if fitted.graph != self._classifier.checksum:
            raise EngineError(
                "the offline reader's numbers were not fitted on its graph",
                "install Analyzer again, or fit them: python -m scripts.fit_motives",
            )
        return fitted
