"""The forms in which a model answers: strict, every field required, nothing beside them allowed.

They live only between the model and `claims`, which turns them once into the product's own values. Field descriptions
are part of what the model sees.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from analyzer.engines.llm.material import one_line

# What a model writes is kept in the record and shown on terminals: one line, without what is not seen.
Line = Annotated[str, AfterValidator(one_line)]

SignName = Literal["outside_validation", "outsourced_management", "board_mandate", "illusion_of_change"]
OpeningName = Literal["unused_capacity", "further_topics", "better_ways", "shares_context"]
ConditionName = Literal["relevant", "timely", "fit"]
PolarityName = Literal["for", "against"]
StrengthName = Literal["weak", "strong"]
LevelName = Literal["none", "weak", "strong", "insufficient"]
ConditionValueName = Literal["yes", "mixed", "no", "unknown"]
OutcomeName = Literal["adopted", "modified", "deferred", "ignored", "reversed", "unknown"]
AboutName = Literal["promise", "advice"]
BecameName = Literal["done", "dropped", "open", "adopted", "modified", "deferred", "ignored", "reversed"]
StanceName = Literal["paying_client", "leaning_client", "balanced", "leaning_partner", "strategic_partner", "unknown"]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Quoted(_Form):
    turn: int = Field(description="the number at the start of the turn's line")
    quote: Line = Field(description="one unbroken stretch of that turn, copied exactly")


class Marked(Quoted):
    reason: Line = Field(description="one line about the assignment, never about a person's character")
    strength: StrengthName


class MarkedSign(Marked):
    sign: SignName
    polarity: PolarityName


class MarkedOpening(Marked):
    opening: OpeningName


class MarkedCondition(Marked):
    condition: ConditionName
    polarity: PolarityName


class MarkedCommitment(Marked):
    giver: Line | None = Field(description="the speaker who will do it, exactly as listed; null when not sure")
    receiver: Line | None = Field(description="the speaker to whom it is owed, exactly as listed; null when not sure")
    what: Line
    due: Line | None = Field(description="when, in the words that were said; null when no time was said")


class MarkedRecommendation(Marked):
    what: Line
    outcome: OutcomeName
    fate: list[Quoted] = Field(description="the turns that show the outcome; empty for unknown")


class MarkedFollowUp(Marked):
    about: AboutName
    what: Line = Field(description="the thing promised or advised, in a few plain words, complete without its surroundings")
    owner: Line | None = Field(description="the speaker who was to do it, exactly as listed; null when not sure")
    became: BecameName = Field(description="of a promise: done, dropped or open; of advice: one of the others")


class Reading(_Form):
    """What was really said in this meeting that a consultant should know."""

    notes: Line = Field(description="a few plain sentences of thinking before the lists")
    signs: list[MarkedSign]
    openings: list[MarkedOpening]
    conditions: list[MarkedCondition]
    commitments: list[MarkedCommitment]
    recommendations: list[MarkedRecommendation]
    follow_ups: list[MarkedFollowUp]


class JudgedSign(_Form):
    case_for: Line
    case_against: Line
    level: LevelName
    why: Line
    evidence: list[int] = Field(description="numbers of findings about this sign, marked for; empty for none and insufficient")
    counter_evidence: list[int] = Field(description="numbers of findings")
    another_reading: Line
    would_change: Line
    question: Line


class JudgedSigns(_Form):
    outside_validation: JudgedSign
    outsourced_management: JudgedSign
    board_mandate: JudgedSign
    illusion_of_change: JudgedSign


class JudgedCondition(_Form):
    value: ConditionValueName
    why: Line
    evidence: list[int] = Field(description="numbers of findings")


class JudgedConditions(_Form):
    relevant: JudgedCondition
    timely: JudgedCondition
    fit: JudgedCondition


class Judging(_Form):
    """The verdict on the four signs, the three conditions and the stance, from the findings alone."""

    signs: JudgedSigns
    conditions: JudgedConditions
    stance: StanceName
    stance_why: Line
    caveats: list[Line]


class Point(_Form):
    sentence: Line = Field(description="one sentence that says no more than its quote carries")
    passage: int
    turn: int = Field(description="the number at the start of the turn's line")
    quote: Line = Field(description="one unbroken stretch of that turn, copied exactly")


class Answering(_Form):
    """The answer to the question from the passages alone."""

    answered: bool
    points: list[Point]


FORMS: dict[str, type[BaseModel]] = {"read": Reading, "judge": Judging, "answer": Answering}
