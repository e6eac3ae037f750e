"""From a meeting's turn scores to claims: what sounds like a sign or an opening, promises, advice and its fate."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from analyzer.engines.offline.classifier import Floats, TurnClassifier
from analyzer.engines.offline.fitted import Fitted
from analyzer.engines.offline.labels import ADOPTS, COMMITMENT, LABELS, RECOMMENDATION, RESISTS
from analyzer.engines.offline.promises import Promise, due_in, promises, spoken_of_oneself
from analyzer.engines.offline.sentences import spans, words
from analyzer.model.findings import (
    Claim,
    ClaimKind,
    CommitmentTerms,
    ConditionId,
    OpeningId,
    Outcome,
    Polarity,
    Quotation,
    RecommendationTerms,
    SignId,
    Strength,
)
from analyzer.model.meetings import Meeting, Side, Turn

FLOOR = 0.02  # turns that score less for a sign are not worth naming
MOST = 8  # turns named a sign, best first
LONG = 45  # words; of a longer turn the sentences that carry the claim are quoted
ENOUGH = 12  # words that a quote from a long turn should have
TAIL = 600  # characters of an earlier turn; more of it is never in front of a window
HEARD_WITH = 3  # turns before a long one that its sentences are heard with
FATE_WITHIN = 4  # turns after a piece of advice in which its fate is looked for
KNOWN = (Side.OURS, Side.THEIRS)
_TO_SOMEBODY = re.compile(r"\b(?:to|for|with) ([A-Z][^\W\d_]+)\b")
_FATES = {ADOPTS: Outcome.ADOPTED, RESISTS: Outcome.DEFERRED}


@dataclass(frozen=True, kw_only=True)
class Scored:
    """A meeting with the chance of every label in every turn, shape (turns, labels).

    `leanings` keeps, by long turn, the chances of its sentences: shape (sentences, labels).
    """

    meeting: Meeting
    chances: Floats
    classifier: TurnClassifier
    fitted: Fitted
    leanings: dict[int, Floats] = field(default_factory=dict)

    def chance(self, turn: Turn, label: str) -> float:
        return float(self.chances[turn.ordinal, LABELS.index(label)])

    def quote(self, turn: Turn, label: str) -> str:
        """The words of a turn that carry the label: the whole of a short turn, the weightiest sentences of a long one."""
        parts = spans(turn.text, LONG)
        if len(words(turn.text)) <= LONG or len(parts) == 1:
            return turn.text.strip()
        if turn.ordinal not in self.leanings:
            earlier = self.meeting.turns[max(turn.ordinal - HEARD_WITH, 0) : turn.ordinal]
            heard = [(t.side, t.text[-TAIL:]) for t in earlier] + [(turn.side, p.text) for p in parts]
            self.leanings[turn.ordinal] = self.classifier.chances(heard)[len(earlier) :]
        leaning = self.leanings[turn.ordinal][:, LABELS.index(label)]
        first = last = int(np.argmax(leaning))
        while len(words(turn.text[parts[first].start : parts[last].end])) < ENOUGH and (first > 0 or last < len(parts) - 1):
            if last < len(parts) - 1 and (first == 0 or leaning[last + 1] >= leaning[first - 1]):
                last += 1
            else:
                first -= 1
        return turn.text[parts[first].start : parts[last].end]


def score_turns(meeting: Meeting, classifier: TurnClassifier, fitted: Fitted, foreign: frozenset[int] = frozenset()) -> Scored:
    """The chances of every label in every turn; the turns in `foreign`, in a language that was not learnt, have none."""
    chances = classifier.chances([(turn.side, "" if turn.ordinal in foreign else turn.text) for turn in meeting.turns])
    chances[sorted(foreign)] = 0
    return Scored(meeting=meeting, chances=chances, classifier=classifier, fitted=fitted)


def claims(scored: Scored) -> tuple[Claim, ...]:
    """All claims about the meeting, in a fixed order."""
    return (*_signs(scored), *_openings(scored), *_commitments(scored), *_recommendations(scored), *_conditions(scored))


def _signs(scored: Scored) -> Iterator[Claim]:
    theirs = [t for t in scored.meeting.turns if t.side is Side.THEIRS and words(t.text)]
    for sign in SignId:
        ranked = sorted(theirs, key=lambda t: (-scored.chance(t, sign), t.ordinal))
        for turn in ranked[:MOST]:
            chance = scored.chance(turn, sign)
            if chance >= FLOOR:
                strength = Strength.STRONG if chance >= scored.fitted.sure[sign] else Strength.WEAK
                yield _claim(scored, turn, ClaimKind.SIGN, sign, strength=strength, reason="sounds like it; worth a look")
    for turn in _likely(scored, ADOPTS, (Side.THEIRS,)):
        yield _claim(
            scored,
            turn,
            ClaimKind.SIGN,
            SignId.ILLUSION_OF_CHANGE,
            label=ADOPTS,
            polarity=Polarity.AGAINST,
            reason="sounds like taking advice up",
        )


def _openings(scored: Scored) -> Iterator[Claim]:
    for opening in OpeningId:
        for turn in _likely(scored, opening, KNOWN):
            # Likeness of words is a hint: it may stand in a brief, and is not firm enough to be quoted to a client.
            yield _claim(scored, turn, ClaimKind.OPENING, opening, strength=Strength.WEAK, reason="sounds like an opening")


def _commitments(scored: Scored) -> Iterator[Claim]:
    for turn in scored.meeting.turns:
        if turn.side not in KNOWN:
            continue
        chance = scored.chance(turn, COMMITMENT)
        for promise in _promised(scored, turn, chance):
            own = spoken_of_oneself(promise.quote)  # where it is not, who owes it to whom is not guessed
            terms = CommitmentTerms(
                giver=turn.speaker if own else None,
                receiver=_only_listener(scored.meeting, turn, promise.quote) if own else None,
                what=promise.what,
                due=promise.due,
            )
            yield Claim(
                kind=ClaimKind.COMMITMENT,
                meeting=scored.meeting.id,
                turn=turn.ordinal,
                quote=promise.quote,
                reason="sounds like a promise",
                strength=Strength.WEAK,  # a hint, not firm enough to remind a client of
                score=round(chance, 4),
                commitment=terms,
            )


def _promised(scored: Scored, turn: Turn, chance: float) -> tuple[Promise, ...]:
    """What is promised in a turn: in so many words where the chance is fair, else the turn's own words where it is good."""
    cuts = scored.fitted.promise
    worded = promises(turn.text)
    kept = tuple(p for p in worded if chance >= (cuts.plain if p.plain else cuts.dated))
    if kept or chance < cuts.unworded:
        return kept
    said = scored.quote(turn, COMMITMENT)
    if said.rstrip().endswith("?"):
        return ()
    return (Promise(quote=said, what=said, due=due_in(said), plain=False),)


def _only_listener(meeting: Meeting, turn: Turn, said: str) -> str | None:
    """The one person on the other side; None where there are several, a side is not known, or the words name somebody else."""
    other = Side.THEIRS if turn.side is Side.OURS else Side.OURS
    present = [s for s in meeting.speakers if s.side is other]
    if len(present) != 1 or any(s.side not in KNOWN for s in meeting.speakers):
        return None
    listener = present[0].name
    named = {match[1].casefold() for match in _TO_SOMEBODY.finditer(said)}
    others = {word for s in meeting.speakers if s.name not in (listener, turn.speaker) for word in s.name.casefold().split()}
    mentioned = others.intersection(re.findall(r"[^\W\d_]+", said.casefold()))
    return None if mentioned or named - set(listener.casefold().split()) else listener


def _recommendations(scored: Scored) -> Iterator[Claim]:
    advice = list(_likely(scored, RECOMMENDATION, (Side.OURS,)))
    for turn in advice:
        outcome, fate = _fate(scored, turn, {t.ordinal for t in advice})
        quote = scored.quote(turn, RECOMMENDATION)
        yield Claim(
            kind=ClaimKind.RECOMMENDATION,
            meeting=scored.meeting.id,
            turn=turn.ordinal,
            quote=quote,
            reason="sounds like advice of ours",
            score=round(scored.chance(turn, RECOMMENDATION), 4),
            recommendation=RecommendationTerms(what=quote, outcome=outcome, fate=fate),
        )


def _fate(scored: Scored, advice: Turn, all_advice: set[int]) -> tuple[Outcome, tuple[Quotation, ...]]:
    """What their next words say about our advice; unknown unless they are clear, or when we have moved on to other advice."""
    for turn in scored.meeting.turns[advice.ordinal + 1 : advice.ordinal + 1 + FATE_WITHIN]:
        if turn.ordinal in all_advice:
            break
        if turn.side is not Side.THEIRS:
            continue
        passing = [label for label in _FATES if scored.chance(turn, label) >= scored.fitted.likely[label]]
        if passing:
            label = max(passing, key=lambda label: scored.chance(turn, label))
            return _FATES[label], (Quotation(turn=turn.ordinal, quote=scored.quote(turn, label)),)
    return Outcome.UNKNOWN, ()


def _conditions(scored: Scored) -> Iterator[Claim]:
    for turn in _likely(scored, ADOPTS, (Side.THEIRS,)):
        yield _claim(scored, turn, ClaimKind.CONDITION, ConditionId.FIT, label=ADOPTS, reason="sounds like taking advice up")
    for turn in _likely(scored, RESISTS, (Side.THEIRS,)):
        yield _claim(
            scored,
            turn,
            ClaimKind.CONDITION,
            ConditionId.TIMELY,
            label=RESISTS,
            polarity=Polarity.AGAINST,
            reason="sounds like putting a step off",
        )


def _likely(scored: Scored, label: str, sides: Sequence[Side]) -> Iterator[Turn]:
    threshold = scored.fitted.likely[label]
    for turn in scored.meeting.turns:
        if turn.side in sides and words(turn.text) and scored.chance(turn, label) >= threshold:
            yield turn


def _claim(  # noqa: PLR0913 a claim has this many parts
    scored: Scored,
    turn: Turn,
    kind: ClaimKind,
    topic: str,
    *,
    reason: str,
    label: str = "",
    polarity: Polarity = Polarity.FOR,
    strength: Strength | None = None,
) -> Claim:
    label = label or topic
    return Claim(
        kind=kind,
        meeting=scored.meeting.id,
        turn=turn.ordinal,
        quote=scored.quote(turn, label),
        topic=str(topic),
        polarity=polarity,
        reason=reason,
        strength=strength,
        score=round(scored.chance(turn, label), 4),
    )
