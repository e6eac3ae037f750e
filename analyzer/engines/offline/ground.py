"""What verified findings hold, as a judgement asks for it, and the facts of a meeting that its stance is read from."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.engines.offline.sentences import words
from analyzer.model.findings import ClaimKind, ConditionId, Finding, OpeningId, Polarity, SignId
from analyzer.model.meetings import Meeting, Side

FEWEST_WORDS = 4  # of a turn that says something
ABOUT_BUSINESS = 2  # turns before somebody tells of their business in which a question may have asked for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The verified findings of one meeting, by what they speak for."""

    meeting: Meeting
    found: tuple[Finding, ...]

    def signs(self, sign: SignId, polarity: Polarity = Polarity.FOR) -> tuple[Finding, ...]:
        """Best score first."""
        about = self._about(ClaimKind.SIGN, sign, polarity)
        return tuple(sorted(about, key=lambda f: (-(f.claim.score or 0.0), f.evidence.turn)))

    def their_turns(self) -> int:
        """How often their side says more than a word or two."""
        return sum(t.side is Side.THEIRS and len(words(t.text)) >= FEWEST_WORDS for t in self.meeting.turns)

    def taken_up(self) -> tuple[Finding, ...]:
        """Their words that take our advice up."""
        return self._about(ClaimKind.CONDITION, ConditionId.FIT, Polarity.FOR)

    def put_off(self) -> tuple[Finding, ...]:
        """Their words that decline, defer or dilute it."""
        return self._about(ClaimKind.CONDITION, ConditionId.TIMELY, Polarity.AGAINST)

    def dated(self) -> tuple[Finding, ...]:
        """Promises of theirs that name a time."""
        theirs = (f for f in self.found if f.claim.commitment is not None and f.evidence.side == Side.THEIRS)
        return tuple(f for f in theirs if f.claim.commitment and f.claim.commitment.due and f.claim.commitment.giver)

    def shared(self, side: Side) -> tuple[Finding, ...]:
        """What a side told of how its own business is doing."""
        return tuple(f for f in self._about(ClaimKind.OPENING, OpeningId.SHARES_CONTEXT, Polarity.FOR) if f.evidence.side == side)

    def doors(self) -> tuple[Finding, ...]:
        """Their words that open a door: unused capacity, a further topic, a better way."""
        opened = (
            f for o in OpeningId if o is not OpeningId.SHARES_CONTEXT for f in self._about(ClaimKind.OPENING, o, Polarity.FOR)
        )
        return tuple(f for f in opened if f.evidence.side == Side.THEIRS)

    def asked_by_them(self) -> tuple[Finding, ...]:
        """What we told of our business because they asked."""
        return tuple(f for f in self.shared(Side.OURS) if self._asked(f.evidence.turn))

    def _asked(self, turn: int) -> bool:
        before = self.meeting.turns[max(turn - ABOUT_BUSINESS, 0) : turn]
        return any(t.side is Side.THEIRS and t.text.rstrip().endswith("?") for t in before)

    def _about(self, kind: ClaimKind, topic: str, polarity: Polarity) -> tuple[Finding, ...]:
        return tuple(f for f in self.found if f.claim.kind is kind and f.claim.topic == topic and f.claim.polarity is polarity)


def meeting_facts(ground: Ground, heard: Sequence[float]) -> tuple[float, ...]:
    """What stance and conditions are read from; `heard` holds the chance of each sign.

    The strongest sign, the signs together, advice taken up, advice put off, their steps with a date, their own business told,
    ours told (twice where they asked for it), and doors opened by them. Counts enter by their logarithm.
    """
    counts = (
        len(ground.taken_up()),
        len(ground.put_off()),
        len(ground.dated()),
        len(ground.shared(Side.THEIRS)),
        len(ground.shared(Side.OURS)) + len(ground.asked_by_them()),
        len(ground.doors()),
    )
    return (max(heard), sum(heard), *(math.log1p(c) for c in counts))
