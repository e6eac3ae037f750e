"""What an engine claims, what our code could verify of it, and what follows: claims, evidence, findings, verdicts.

An engine only ever produces `Claim`s and, from verified findings, a `Judgement`. `Evidence` is made by
`analyzer.evidence` alone, so whether words were really said is data on the result and never a model's word.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class SignId(StrEnum):
    """The four warning signs. People see the titles in `analyzer.signs`."""

    OUTSIDE_VALIDATION = "outside_validation"
    OUTSOURCED_MANAGEMENT = "outsourced_management"
    BOARD_MANDATE = "board_mandate"
    ILLUSION_OF_CHANGE = "illusion_of_change"


class OpeningId(StrEnum):
    """What can turn a buyer into a partner."""

    UNUSED_CAPACITY = "unused_capacity"
    FURTHER_TOPICS = "further_topics"
    BETTER_WAYS = "better_ways"
    SHARES_CONTEXT = "shares_context"


class ConditionId(StrEnum):
    """The three conditions of good work."""

    RELEVANT = "relevant"
    TIMELY = "timely"
    FIT = "fit"


class ConditionValue(StrEnum):
    YES = "yes"
    MIXED = "mixed"
    NO = "no"
    UNKNOWN = "unknown"


class Level(StrEnum):
    """How clearly a sign shows. `INSUFFICIENT` says that the reader cannot tell, which is not `NONE`."""

    NONE = "none"
    WEAK = "weak"
    STRONG = "strong"
    INSUFFICIENT = "insufficient"


class Stance(StrEnum):
    """Where the relation stands, from buyer to partner. `UNKNOWN` where the reader cannot tell."""

    PAYING_CLIENT = "paying_client"
    LEANING_CLIENT = "leaning_client"
    BALANCED = "balanced"
    LEANING_PARTNER = "leaning_partner"
    STRATEGIC_PARTNER = "strategic_partner"
    UNKNOWN = "unknown"


class ClaimKind(StrEnum):
    SIGN = "sign"
    OPENING = "opening"
    CONDITION = "condition"
    COMMITMENT = "commitment"
    RECOMMENDATION = "recommendation"
    FOLLOW_UP = "follow_up"
    ANSWER = "answer"


class Polarity(StrEnum):
    """Whether the words speak for or against what the claim is about."""

    FOR = "for"
    AGAINST = "against"


class Strength(StrEnum):
    WEAK = "weak"
    STRONG = "strong"


class Outcome(StrEnum):
    """What became of our advice."""

    ADOPTED = "adopted"
    MODIFIED = "modified"
    DEFERRED = "deferred"
    IGNORED = "ignored"
    REVERSED = "reversed"
    UNKNOWN = "unknown"


class About(StrEnum):
    """What a follow-up tells of: something that was promised, or advised, in an earlier meeting."""

    PROMISE = "promise"
    ADVICE = "advice"


class Fate(StrEnum):
    """What is told of an earlier promise."""

    DONE = "done"
    DROPPED = "dropped"
    OPEN = "open"


class Match(StrEnum):
    """How a quote was found in its turn."""

    EXACT = "exact"
    NORMALISED = "normalised"
    FUZZY = "fuzzy"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words that an engine says were spoken in a turn; not verified."""

    turn: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentTerms:
    """Who owes whom what by when. `giver` and `receiver` are speakers' names, or None where that is not sure."""

    giver: str | None
    receiver: str | None
    what: str
    due: str | None = None
    due_date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationTerms:
    """What we advised, and what became of it within the meeting; `fate` quotes the words that show the outcome."""

    what: str
    outcome: Outcome = Outcome.UNKNOWN
    fate: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpTerms:
    """What is told in this meeting of an earlier promise or of earlier advice.

    `what` names the thing promised or advised, `owner` who was to do it (a speaker's name) or None where that is not sure.
    Of a promise `fate` is told, of advice its `outcome`; the other one is None.
    """

    about: About
    what: str
    owner: str | None = None
    fate: Fate | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What an engine says it saw.

    `topic` is a SignId, OpeningId or ConditionId value where the kind has one, else empty. `reason` is one line
    (for an ANSWER, the sentence that the quote carries). `score` is the engine's own ranking number, or None.
    """

    kind: ClaimKind
    meeting: str
    turn: int
    quote: str
    topic: str = ""
    polarity: Polarity = Polarity.FOR
    reason: str = ""
    strength: Strength | None = None
    score: float | None = None
    commitment: CommitmentTerms | None = None
    recommendation: RecommendationTerms | None = None
    follow_up: FollowUpTerms | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Turns that an engine could not read, first and last included, and why in words."""

    first: int
    last: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """All that an engine says it saw, the turns that it could not read, and what that used (calls, tokens)."""

    claims: tuple[Claim, ...] = ()
    gaps: tuple[Gap, ...] = ()
    usage: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Words with the place where they were said, computed by our code.

    `meeting` is the meeting's id; `turn` counts from 0; `start` is in seconds or None; `quote` is the transcript's own
    wording (for NOT_FOUND, the wording that was claimed); `span` is half-open code points within the turn's text, or
    None when not found; `moved_from` is the turn that the engine had named, when the words stood in a neighbour. `start` is
    the turn's; `heard_at` is the second at which these very words begin, as far as captions tell it.
    """

    meeting: str
    turn: int
    speaker: str
    side: str
    start: float | None
    quote: str
    match: Match
    span: tuple[int, int] | None
    moved_from: int | None = None
    heard_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A claim whose words were really said, by a side that may say them. `fate` is verified evidence for its outcome."""

    claim: Claim
    evidence: Evidence
    fate: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A claim that was not kept: counted, shown, and used for nothing. `why` is a stable code such as `not_found`."""

    claim: Claim
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All findings of one meeting, what was not kept, and the turns that were not read: what a judgement rests on."""

    findings: tuple[Finding, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonVerdict:
    """A person's own level for a sign of a meeting; it wins over every reader's. `reader` is what the reader had said.

    `author` is whose verdict it is where it is somebody else's, None for one's own.
    """

    level: Level
    note: str
    reader: Level
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissed:
    """Words that a reader took for a sign and a person did not; `because` is one of `model.person.Because`."""

    evidence: Evidence
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """How often a reader was right with a level: `right` of `said` verdicts on labelled meetings that it had not learnt from."""

    right: int
    said: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignVerdict:
    """The level of one sign in one meeting; `score` is 0 to 1 where the engine has one, `known` what its levels are worth.

    `person`, `dismissed` and `marked` are what a person said about it (`analyzer.relationship.person` puts them in); an
    engine leaves them empty. `reader` is then the level that the engine had given, else None.
    """

    sign: SignId
    level: Level
    why: str
    score: float | None = None
    another_reading: str = ""
    would_change: str = ""
    question: str = ""
    known: Known | None = None
    evidence: tuple[Finding, ...] = ()
    counter_evidence: tuple[Finding, ...] = ()
    reader: Level | None = None
    person: PersonVerdict | None = None
    dismissed: tuple[Dismissed, ...] = ()
    marked: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionVerdict:
    condition: ConditionId
    value: ConditionValue
    why: str
    evidence: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What an engine concludes from the verified findings of one meeting: all four signs, all three conditions, a stance.

    `usage` is what that used (calls, tokens).
    """

    signs: tuple[SignVerdict, ...]
    conditions: tuple[ConditionVerdict, ...]
    stance: Stance
    stance_why: str
    caveats: tuple[str, ...] = ()
    usage: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineId:
    """Who read: the engine's name, the hash or name of its model or weights, the hash of its prompts."""

    name: str
    model: str
    prompts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One meeting revision as one engine read and judged it.

    `transcript` is a hash of the turns that were read, `parameters` what else shaped the answers (server, privacy, notes),
    `seconds` how long it took.
    """

    meeting: str
    revision: int
    engine: EngineId
    read_at: dt.datetime
    findings: tuple[Finding, ...]
    rejected: tuple[Rejected, ...]
    judgement: Judgement
    turns_read: int
    usage: dict[str, int] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    transcript: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def complete(self) -> bool:
        """Whether every turn was read."""
        return not self.gaps

    def sign(self, sign: SignId) -> SignVerdict:
        """The verdict on one sign."""
        return next(v for v in self.judgement.signs if v.sign is sign)
