"""How well an engine reads: its assessments of labelled meetings, scored against what a careful reader marked.

Labels are parsed here and nowhere else, so no engine can see them. Every figure comes with its `n`. A turn counts as
hit when it is the labelled one or next to it, each labelled turn at most once. `insufficient` counts as not present,
and is counted on its own as well.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analyzer.errors import Refused
from analyzer.model.findings import (
    Assessment,
    ClaimKind,
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
    """Score one engine's assessments of one or more labelled meetings."""
    signs = tuple(_sign(sign, samples) for sign in SignId)
    evidence = [_shown(s, sign) for s in samples for sign in SignId]
    clean = [s for s in samples if not any(level in PRESENT for level in s.labels.signs.values())]
    stances = [_steps(s.assessment.judgement.stance, s.labels.stance) for s in samples]
    conditions = [(s.labels.conditions[v.condition], v.value) for s in samples for v in s.assessment.judgement.conditions]
    answerable, unanswerable = _answered(samples, answerable=True), _answered(samples, answerable=False)
    commitments, owners = _commitments(samples)
    return Scores(
        engine=" ".join(filter(None, (samples[0].assessment.engine.name, samples[0].assessment.engine.model))),
        meetings=len(samples),
        turns=sum(len(s.meeting.turns) for s in samples),
        signs=signs,
        macro_f1=_mean([s.presence.f1.value for s in signs], n=len(samples)),
        exact=_share([s.assessment.sign(sign).level is s.labels.signs[sign] for s in samples for sign in SignId]),
        insufficient=_share([s.assessment.sign(sign).level is Level.INSUFFICIENT for s in samples for sign in SignId]),
        evidence=_overlap((_shown_turns(s, sign), s.labels.evidence[sign]) for s in samples for sign in SignId),
        evidence_theirs=_share([f.evidence.side == Side.THEIRS for findings in evidence for f in findings]),
        clean_flagged=_share([any(_present(s, sign) for sign in SignId) for s in clean]),
        turn_ap=_mean([s.turn_ap.value for s in signs], n=sum(len(s.meeting.turns) for s in samples)),
        auc=_mean([s.auc.value for s in signs], n=len(samples)),
        openings={o.value: _overlap((_turns(s, o), s.labels.openings[o]) for s in samples) for o in OpeningId},
        conditions=_share([right is value for right, value in conditions]),
        conditions_unknown=sum(value is ConditionValue.UNKNOWN for _, value in conditions),
        stance_within_one=_share([step is not None and step <= 1 for step in stances]),
        stance_unknown=sum(s.assessment.judgement.stance is Stance.UNKNOWN for s in samples),
        commitments=commitments,
        owner_right=owners,
        questions=_mean(
            [_share(answerable).value, _share([not a for a in unanswerable]).value], n=len(answerable) + len(unanswerable)
        ),
        answered=_share(answerable),
        left_unanswered=_share([not a for a in unanswerable]),
        cited_right=_share(_cited(samples)),
        rejected=dict(
            Counter(r.why for s in samples for r in s.assessment.rejected)
            + Counter({"answer": sum(s.answers_rejected for s in samples)})
        ),
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
    groups: dict[float, list[bool]] = {}
    for value, truth in ranked:
        groups.setdefault(value, []).append(truth)
    seen = hits = 0
    total = 0.0
    for value in sorted(groups, reverse=True):
        found = sum(groups[value])
        seen, hits = seen + len(groups[value]), hits + found
        total += found * hits / seen
    return total / hits if hits else None


def auc(ranked: Iterable[tuple[float, bool]]) -> float | None:
    """Chance that a true item is scored above a false one, ties counting half; None without both."""
    pairs = list(ranked)
    true, false = [v for v, t in pairs if t], [v for v, t in pairs if not t]
    if not true or not false:
        return None
    return sum((a > b) + (a == b) / 2 for a in true for b in false) / (len(true) * len(false))


def _sign(sign: SignId, samples: Sequence[Sample]) -> SignScore:
    said = [_present(s, sign) for s in samples]
    true = [s.labels.signs[sign] in PRESENT for s in samples]
    verdicts = [(s.assessment.sign(sign).score, t) for s, t in zip(samples, true, strict=True)]
    scored = [(value, t) for value, t in verdicts if value is not None]
    turns = [x for s in samples for x in _turn_scores(s, sign)]
    return SignScore(
        sign=sign,
        presence=_agreement(sum(a and b for a, b in zip(said, true, strict=True)), sum(said), sum(true)),
        exact=_share([s.assessment.sign(sign).level is s.labels.signs[sign] for s in samples]),
        insufficient=sum(s.assessment.sign(sign).level is Level.INSUFFICIENT for s in samples),
        evidence=_overlap((_shown_turns(s, sign), s.labels.evidence[sign]) for s in samples),
        turn_ap=Figure(value=average_precision(turns) if any(v >= 0 for v, _ in turns) else None, n=len(turns)),
        auc=Figure(value=auc(scored), n=len(scored)),
    )


def _present(sample: Sample, sign: SignId) -> bool:
    return sample.assessment.sign(sign).level in PRESENT


def _shown(sample: Sample, sign: SignId) -> tuple[Finding, ...]:
    return sample.assessment.sign(sign).evidence if _present(sample, sign) else ()


def _shown_turns(sample: Sample, sign: SignId) -> set[int]:
    return {f.evidence.turn for f in _shown(sample, sign)}


def _turns(sample: Sample, opening: OpeningId) -> set[int]:
    return {
        f.evidence.turn
        for f in sample.assessment.findings
        if f.claim.kind is ClaimKind.OPENING and f.claim.topic == opening and f.claim.polarity is Polarity.FOR
    }


def _turn_scores(sample: Sample, sign: SignId) -> list[tuple[float, bool]]:
    best = dict.fromkeys((t.ordinal for t in sample.meeting.turns), -1.0)  # below every score: the engine did not name it
    for f in sample.assessment.findings:
        claim = f.claim
        named = claim.kind is ClaimKind.SIGN and claim.topic == sign and claim.polarity is Polarity.FOR
        if named and claim.score is not None:
            best[f.evidence.turn] = max(best[f.evidence.turn], claim.score)
    return [(value, turn in sample.labels.evidence[sign]) for turn, value in best.items()]


def _steps(said: Stance, true: Stance) -> int | None:
    order = list(Stance)[:5]
    return abs(order.index(said) - order.index(true)) if said in order and true in order else None


def _commitments(samples: Sequence[Sample]) -> tuple[Overlap, Figure]:
    counts, owners = [0, 0, 0], []
    for s in samples:
        named = [(f.claim.commitment, f.evidence.turn) for f in s.assessment.findings if f.claim.commitment is not None]
        pairs = matched((turn for _, turn in named), (turn for _, turn in s.labels.commitments))
        counts = [counts[0] + len(pairs), counts[1] + len(named), counts[2] + len(s.labels.commitments)]
        for turn, place in pairs:
            true = {owner for owner, at in s.labels.commitments if at == place}
            owners.append(any(terms.giver in true for terms, at in named if at == turn))
    return _agreement(*counts), _share(owners)


def _answered(samples: Sequence[Sample], *, answerable: bool) -> list[bool]:
    return [
        bool(cited)
        for s in samples
        for question, cited in zip(s.labels.questions, s.answers, strict=True)
        if bool(question.turns) is answerable
    ]


def _cited(samples: Sequence[Sample]) -> list[bool]:
    return [
        bool(matched([cited[0].evidence.turn], question.turns))
        for s in samples
        for question, cited in zip(s.labels.questions, s.answers, strict=True)
        if question.turns and cited
    ]


def _overlap(places: Iterable[tuple[Iterable[int], Iterable[int]]]) -> Overlap:
    sets = [(set(named), set(true)) for named, true in places]
    counts = [(len(matched(named, true)), len(named), len(true)) for named, true in sets]
    return _agreement(*(sum(column) for column in zip(*counts, strict=True)))


def _agreement(both: int, named: int, labelled: int) -> Overlap:
    return Overlap(
        precision=Figure(value=both / named if named else None, n=named),
        recall=Figure(value=both / labelled if labelled else None, n=labelled),
        f1=Figure(value=2 * both / (named + labelled) if named + labelled else None, n=named + labelled),
    )


def _share(facts: Sequence[bool]) -> Figure:
    return Figure(value=sum(facts) / len(facts) if facts else None, n=len(facts))


def _mean(values: Iterable[float | None], *, n: int) -> Figure:
    known = [v for v in values if v is not None]
    return Figure(value=sum(known) / len(known) if known else None, n=n)
