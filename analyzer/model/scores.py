"""How well an engine did on labelled meetings: what the evaluate command returns. Every figure comes with its `n`."""

from dataclasses import dataclass

from analyzer.model.findings import SignId


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A share or mean from 0 to 1, or None where nothing could be counted; `n` is what it was counted over.

    Of 1,000 resamplings of whole meetings 95 in 100 lie between `low` and `high`; both are None with too few meetings.
    """

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """How two sets of places agree. Precision is counted over what the engine named, recall over what was labelled."""

    precision: Figure
    recall: Figure
    f1: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class SignScore:
    """One sign over all meetings. `turn_ap` and `auc` are None where the engine gives no scores."""

    sign: SignId
    presence: Overlap
    exact: Figure
    insufficient: int
    evidence: Overlap
    turn_ap: Figure
    auc: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """An engine's scores over a folder of labelled meetings; means over signs leave out those with nothing to count.

    `strong_missed` is the share of the signs labelled strong of which the engine said `none`; `openings_pooled` counts the
    openings of every kind together.
    """

    engine: str
    meetings: int
    turns: int
    signs: tuple[SignScore, ...]
    macro_f1: Figure
    exact: Figure
    insufficient: Figure
    strong_missed: Figure
    evidence: Overlap
    evidence_theirs: Figure
    clean_flagged: Figure
    turn_ap: Figure
    auc: Figure
    openings: dict[str, Overlap]
    openings_pooled: Overlap
    conditions: Figure
    conditions_unknown: int
    stance_within_one: Figure
    stance_unknown: int
    commitments: Overlap
    owner_right: Figure
    questions: Figure
    answered: Figure
    left_unanswered: Figure
    cited_right: Figure
    rejected: dict[str, int]
