"""How well an engine reads: its assessments of labelled meetings, scored against what a careful reader marked.

Labels are parsed here and nowhere else, so no engine can see them. Every figure comes with its `n` and, over enough meetings,
with the interval in which other meetings could have put it. A turn counts as hit when it is the labelled one or next to it,
each labelled turn at most once. `insufficient` counts as not present, and is counted on its own as well.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from analyzer import resampling
from analyzer.errors import Refused
from analyzer.model.findings import (
    Assessment,
    ClaimKind,
    CommitmentTerms,
    ConditionId,
    ConditionValue,
    Finding,
    Level,
    OpeningId,
    Polarity,
    SignId,
    Stance,
)
from analyzer.model.meetings import Meeting, Side
from analyzer.model.scores import Figure, Overlap, Scores, SignScore
from analyzer.resampling import Counts, Spread, Values, weigh

PRESENT = (Level.WEAK, Level.STRONG)
TOLERANCE = 1  # turns; a quote that runs over into the next turn is still the right place


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question put to the meeting; `turns` is empty where the meeting does not answer it."""

    text: str
    turns: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What a careful reader marked in one meeting. `commitments` pairs the owner's name with the turn."""

    meeting: str
    turns: int
    signs: dict[SignId, Level]
    evidence: dict[SignId, tuple[int, ...]]
    openings: dict[OpeningId, tuple[int, ...]]
    conditions: dict[ConditionId, ConditionValue]
    stance: Stance
    commitments: tuple[tuple[str, int], ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One labelled meeting as an engine read it; `answers` holds the verified citations for each labelled question."""

    labels: Labels
    meeting: Meeting
    assessment: Assessment
    answers: tuple[tuple[Finding, ...], ...]
    answers_rejected: int = 0


def read_labels(name: str, data: bytes) -> Labels:
    """The labels of one labelled-meeting file. Raises Refused, naming the file, when it has none or they do not fit."""
    try:
        whole = json.loads(data)
        labels = whole["labels"]
        return Labels(
            meeting=whole["id"],
            turns=len(whole["turns"]),
            signs={s: Level(labels["signs"][s]["level"]) for s in SignId},
            evidence={s: tuple(labels["signs"][s]["evidence"]) for s in SignId},
            openings={o: tuple(labels["partnership"][o]) for o in OpeningId},
            conditions={c: ConditionValue(labels["conditions"][c]) for c in ConditionId},
            stance=Stance(labels["stance"]),
            commitments=tuple((c["owner"], c["turn"]) for c in labels["commitments"]),
            questions=tuple(Question(text=q["q"], turns=tuple(q["turns"])) for q in labels["questions"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as cause:
        raise Refused(f"{name} is not a labelled meeting ({type(cause).__name__}: {cause})") from cause


def score(samples: Sequence[Sample]) -> Scores:
    """Score one engine's assessments of one or more labelled meetings, and say how far other meetings could have put it."""
    weights = weigh(len(samples))

    def share(facts: Callable[[Sample], Iterable[bool]]) -> Figure:
        return resampling.share(weights, map(facts, samples)).figure

    def overlap(counts: Callable[[Sample], Counts]) -> Overlap:
        return resampling.overlap(weights, [counts(s) for s in samples])

    turns = sum(len(s.meeting.turns) for s in samples)
    presence = [resampling.f1(weights, [_agreed_presence(s, sign) for s in samples]) for sign in SignId]
    ranked = {sign: _ranked(sign, samples, weights) for sign in SignId}
    answers = [resampling.share(weights, (_right_to_answer(s, answerable=known) for s in samples)) for known in (True, False)]
    return Scores(
        engine=" ".join(filter(None, (samples[0].assessment.engine.name, samples[0].assessment.engine.model))),
        meetings=len(samples),
        turns=turns,
        signs=tuple(_sign(sign, samples, weights, ranked[sign]) for sign in SignId),
        macro_f1=resampling.mean(presence, n=len(samples)).figure,
        exact=share(lambda s: (_said(s, sign) is s.labels.signs[sign] for sign in SignId)),
        insufficient=share(lambda s: (_said(s, sign) is Level.INSUFFICIENT for sign in SignId)),
        strong_missed=share(lambda s: (_said(s, sign) is Level.NONE for sign in SignId if s.labels.signs[sign] is Level.STRONG)),
        evidence=overlap(lambda s: _added(_agreed_evidence(s, sign) for sign in SignId)),
        evidence_theirs=share(lambda s: (f.evidence.side == Side.THEIRS for sign in SignId for f in _shown(s, sign))),
        clean_flagged=share(lambda s: [any(_present(s, sign) for sign in SignId)] if _is_clean(s) else []),
        turn_ap=resampling.mean([ap for ap, _ in ranked.values()], n=turns).figure,
        auc=resampling.mean([auc for _, auc in ranked.values()], n=len(samples)).figure,
        openings={o.value: overlap(partial(_agreed_opening, opening=o)) for o in OpeningId},
        openings_pooled=overlap(lambda s: _added(_agreed_opening(s, o) for o in OpeningId)),
        conditions=share(lambda s: (s.labels.conditions[v.condition] is v.value for v in s.assessment.judgement.conditions)),
        conditions_unknown=sum(v.value is ConditionValue.UNKNOWN for s in samples for v in s.assessment.judgement.conditions),
        stance_within_one=share(lambda s: [_is_near(s.assessment.judgement.stance, s.labels.stance)]),
        stance_unknown=sum(s.assessment.judgement.stance is Stance.UNKNOWN for s in samples),
        commitments=overlap(_agreed_commitments),
        owner_right=share(_owners_right),
        questions=resampling.mean(answers, n=sum(spread.n for spread in answers)).figure,
        answered=answers[0].figure,
        left_unanswered=answers[1].figure,
        cited_right=share(_cited_right),
        rejected=_rejected(samples),
    )


def matched(named: Iterable[int], labelled: Iterable[int], tolerance: int = TOLERANCE) -> list[tuple[int, int]]:
    """Pair named turns with labelled ones at most `tolerance` apart, each used once, the nearest first."""
    left, rest, pairs = sorted(named), sorted(labelled), []
    for apart in range(tolerance + 1):
        for turn in tuple(left):
            near = next((x for x in rest if abs(x - turn) == apart), None)
            if near is not None:
                left.remove(turn)
                rest.remove(near)
                pairs.append((turn, near))
    return sorted(pairs)


def average_precision(ranked: Iterable[tuple[float, bool]]) -> float | None:
    """Mean precision at each true item, best score first; items of equal score share the precision of their group's end."""
    return resampling.average_precision(weigh(1), [list(ranked)]).figure.value


def auc(ranked: Iterable[tuple[float, bool]]) -> float | None:
    """Chance that a true item is scored above a false one, ties counting half; None without both."""
    return resampling.auc(weigh(1), [list(ranked)]).figure.value


def _sign(sign: SignId, samples: Sequence[Sample], weights: Values, ranked: tuple[Spread, Spread]) -> SignScore:
    turn_ap, auc_of_meetings = ranked
    return SignScore(
        sign=sign,
        presence=resampling.overlap(weights, [_agreed_presence(s, sign) for s in samples]),
        exact=resampling.share(weights, ([_said(s, sign) is s.labels.signs[sign]] for s in samples)).figure,
        insufficient=sum(_said(s, sign) is Level.INSUFFICIENT for s in samples),
        evidence=resampling.overlap(weights, [_agreed_evidence(s, sign) for s in samples]),
        turn_ap=turn_ap.figure,
        auc=auc_of_meetings.figure,
    )


def _ranked(sign: SignId, samples: Sequence[Sample], weights: Values) -> tuple[Spread, Spread]:
    """Average precision of the turns and AUC of the meetings, by the engine's own scores."""
    turns = [_turn_scores(s, sign) for s in samples]
    named = any(value >= 0 for ranked in turns for value, _ in ranked)
    return (
        resampling.average_precision(weights, turns) if named else resampling.nothing(weights, n=sum(map(len, turns))),
        resampling.auc(weights, [_meeting_score(s, sign) for s in samples]),
    )


def _said(sample: Sample, sign: SignId) -> Level:
    return sample.assessment.sign(sign).level


def _present(sample: Sample, sign: SignId) -> bool:
    return _said(sample, sign) in PRESENT


def _is_clean(sample: Sample) -> bool:
    return not any(level in PRESENT for level in sample.labels.signs.values())


def _shown(sample: Sample, sign: SignId) -> tuple[Finding, ...]:
    return sample.assessment.sign(sign).evidence if _present(sample, sign) else ()


def _agreed_presence(sample: Sample, sign: SignId) -> Counts:
    said, true = _present(sample, sign), sample.labels.signs[sign] in PRESENT
    return int(said and true), int(said), int(true)


def _agreed_evidence(sample: Sample, sign: SignId) -> Counts:
    return _agreed((f.evidence.turn for f in _shown(sample, sign)), sample.labels.evidence[sign])


def _agreed_opening(sample: Sample, opening: OpeningId) -> Counts:
    heard = (
        f.evidence.turn
        for f in sample.assessment.findings
        if f.claim.kind is ClaimKind.OPENING and f.claim.topic == opening and f.claim.polarity is Polarity.FOR
    )
    return _agreed(heard, sample.labels.openings[opening])


def _turn_scores(sample: Sample, sign: SignId) -> list[tuple[float, bool]]:
    best = dict.fromkeys((t.ordinal for t in sample.meeting.turns), -1.0)  # below every score: the engine did not name it
    for f in sample.assessment.findings:
        claim = f.claim
        named = claim.kind is ClaimKind.SIGN and claim.topic == sign and claim.polarity is Polarity.FOR
        if named and claim.score is not None:
            best[f.evidence.turn] = max(best[f.evidence.turn], claim.score)
    return [(value, turn in sample.labels.evidence[sign]) for turn, value in best.items()]


def _meeting_score(sample: Sample, sign: SignId) -> list[tuple[float, bool]]:
    value = sample.assessment.sign(sign).score
    return [] if value is None else [(value, sample.labels.signs[sign] in PRESENT)]


def _is_near(said: Stance, true: Stance) -> bool:
    order = list(Stance)[:5]
    return said in order and true in order and abs(order.index(said) - order.index(true)) <= 1


def _promised(sample: Sample) -> list[tuple[CommitmentTerms, int]]:
    return [(f.claim.commitment, f.evidence.turn) for f in sample.assessment.findings if f.claim.commitment is not None]


def _matched_promises(sample: Sample) -> list[tuple[int, int]]:
    return matched((turn for _, turn in _promised(sample)), (turn for _, turn in sample.labels.commitments))


def _agreed_commitments(sample: Sample) -> Counts:
    return len(_matched_promises(sample)), len(_promised(sample)), len(sample.labels.commitments)


def _owners_right(sample: Sample) -> list[bool]:
    facts = []
    for turn, place in _matched_promises(sample):
        true = {owner for owner, at in sample.labels.commitments if at == place}
        facts.append(any(terms.giver in true for terms, at in _promised(sample) if at == turn))
    return facts


def _right_to_answer(sample: Sample, *, answerable: bool) -> list[bool]:
    """Of the questions that can be answered whether each was, of the others whether each was left unanswered."""
    return [
        bool(cited) is answerable
        for question, cited in zip(sample.labels.questions, sample.answers, strict=True)
        if bool(question.turns) is answerable
    ]


def _cited_right(sample: Sample) -> list[bool]:
    return [
        bool(matched([cited[0].evidence.turn], question.turns))
        for question, cited in zip(sample.labels.questions, sample.answers, strict=True)
        if question.turns and cited
    ]


def _rejected(samples: Sequence[Sample]) -> dict[str, int]:
    lost = Counter(r.why for s in samples for r in s.assessment.rejected)
    return dict(lost + Counter({"answer": sum(s.answers_rejected for s in samples)}))


def _agreed(named: Iterable[int], labelled: Iterable[int]) -> Counts:
    places, true = set(named), set(labelled)
    return len(matched(places, true)), len(places), len(true)


def _added(counts: Iterable[Counts]) -> Counts:
    both, named, labelled = (sum(column) for column in zip(*counts, strict=True))
    return both, named, labelled
