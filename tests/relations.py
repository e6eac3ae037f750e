"""Small invented relations for tests: meetings, and what a reader made of them, in as few words as a test needs."""

import datetime as dt
from collections.abc import Mapping, Sequence

from analyzer.model.edits import AssignedTurn
from analyzer.model.findings import (
    About,
    Assessment,
    Claim,
    ClaimKind,
    CommitmentTerms,
    ConditionId,
    ConditionValue,
    ConditionVerdict,
    EngineId,
    Evidence,
    Fate,
    Finding,
    FollowUpTerms,
    Gap,
    Judgement,
    Level,
    Match,
    OpeningId,
    Outcome,
    PersonVerdict,
    Polarity,
    Quotation,
    RecommendationTerms,
    Rejected,
    SignId,
    SignVerdict,
    Stance,
    Strength,
)
from analyzer.model.meetings import Client, Meeting, Side, Speaker, Turn
from analyzer.model.person import Said, SaidOutcome

OFFLINE = EngineId(name="offline", model="bundled-1")
LLM = EngineId(name="llm", model="some-model", prompts="abc")
CLIENT = Client(id="c_1", slug="tarn-mills", name="Tarn Mills")

Pair = tuple[Meeting, Assessment]


def meeting(
    date: str,
    turns: Sequence[tuple[str, str]],
    *,
    ours: Sequence[str] = ("Iris Vance",),
    unknown: Sequence[str] = (),
    slug: str = "",
    roles: Mapping[str, str] | None = None,
    confidential: bool = False,
) -> Meeting:
    """A meeting of Tarn Mills from (speaker, text) pairs; who is neither ours nor unknown is theirs."""

    def side(name: str) -> Side:
        return Side.OURS if name in ours else Side.UNKNOWN if name in unknown else Side.THEIRS

    slug = slug or f"tarn-mills-{date}"
    return Meeting(
        id=f"m_{slug}",
        slug=slug,
        client_id=CLIENT.id,
        client_name=CLIENT.name,
        date=dt.date.fromisoformat(date),
        title="A meeting",
        revision=1,
        speakers=tuple(Speaker(name=n, side=side(n), role=(roles or {}).get(n, "")) for n in dict.fromkeys(n for n, _ in turns)),
        turns=tuple(Turn(ordinal=i, speaker=n, side=side(n), text=text) for i, (n, text) in enumerate(turns)),
        confidential=confidential,
    )


def finding(
    m: Meeting, turn: int, kind: ClaimKind, topic: str = "", *, strength: Strength | None = None, **terms: object
) -> Finding:
    """A verified finding on the whole of one turn."""
    said = m.turns[turn]
    claim = Claim(kind=kind, meeting=m.id, turn=turn, quote=said.text, topic=topic, strength=strength, **terms)  # type: ignore[arg-type]
    return Finding(claim=claim, evidence=evidence(m, turn))


def evidence(m: Meeting, turn: int) -> Evidence:
    said = m.turns[turn]
    return Evidence(
        meeting=m.id,
        turn=turn,
        speaker=said.speaker,
        side=said.side,
        start=None,
        quote=said.text,
        match=Match.EXACT,
        span=(0, len(said.text)),
    )


def opening(m: Meeting, turn: int, kind: OpeningId) -> Finding:
    return finding(m, turn, ClaimKind.OPENING, kind)


def promise(m: Meeting, turn: int, giver: str | None, what: str, *, to: str | None = None, due: str | None = None) -> Finding:
    """A promise; `due` is an ISO date, or words that nobody could turn into one."""
    try:
        due_date = dt.date.fromisoformat(due) if due else None
    except ValueError:
        due_date = None
    terms = CommitmentTerms(giver=giver, receiver=to, what=what, due=due, due_date=due_date)
    return finding(m, turn, ClaimKind.COMMITMENT, commitment=terms)


def advice(m: Meeting, turn: int, what: str, outcome: Outcome = Outcome.UNKNOWN, fate: int | None = None) -> Finding:
    quotes = () if fate is None else (Quotation(turn=fate, quote=m.turns[fate].text),)
    terms = RecommendationTerms(what=what, outcome=outcome, fate=quotes)
    found = finding(m, turn, ClaimKind.RECOMMENDATION, recommendation=terms)
    shown = () if fate is None else (evidence(m, fate),)
    return Finding(claim=found.claim, evidence=found.evidence, fate=shown)


def follow_up(
    m: Meeting,
    turn: int,
    what: str,
    became: Fate | Outcome,
    *,
    owner: str | None = None,
    strength: Strength = Strength.STRONG,
) -> Finding:
    """Words that tell what became of an earlier promise (a fate) or of earlier advice (an outcome)."""
    terms = FollowUpTerms(about=About.ADVICE, what=what, owner=owner, outcome=became) if isinstance(became, Outcome) else None
    if terms is None and isinstance(became, Fate):
        terms = FollowUpTerms(about=About.PROMISE, what=what, owner=owner, fate=became)
    return finding(m, turn, ClaimKind.FOLLOW_UP, strength=strength, follow_up=terms)


def told(m: Meeting, turn: int, outcome: Outcome, date: str, *, what: str = "", note: str = "") -> dict[str, Said]:
    """What a person said became of the advice of one turn, as `picture` takes it."""
    at = AssignedTurn(ordinal=turn)
    word = SaidOutcome(
        meeting=m.id,
        at=at,
        what=what,
        outcome=outcome,
        note=note,
        date=dt.date.fromisoformat(date),
        made_at=dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC),
    )
    return {m.id: Said(verdicts={}, dismissed={}, marked=frozenset(), outcomes={turn: (word,)})}


def verdict(
    sign: SignId,
    level: Level,
    *,
    why: str = "",
    score: float | None = None,
    evidence: Sequence[Finding] = (),
    counter: Sequence[Finding] = (),
    another_reading: str = "",
    person: PersonVerdict | None = None,
) -> SignVerdict:
    """A verdict; with a `person`'s own, `level` is what counts, and the reader had said what the person's verdict names."""
    return SignVerdict(
        sign=sign,
        level=level,
        why=why,
        score=score,
        another_reading=another_reading,
        evidence=tuple(evidence),
        counter_evidence=tuple(counter),
        reader=person.reader if person else None,
        person=person,
    )


def judged(
    m: Meeting,
    *,
    signs: Sequence[SignVerdict] = (),
    conditions: Sequence[ConditionVerdict] = (),
    stance: Stance = Stance.BALANCED,
    stance_why: str = "",
    findings: Sequence[Finding] = (),
    rejected: Sequence[str] = (),
    engine: EngineId = OFFLINE,
    caveats: Sequence[str] = (),
    turns_read: int | None = None,
    gaps: Sequence[Gap] = (),
) -> Pair:
    """The meeting with an assessment of it; signs that are not given are `none`, conditions `unknown`."""
    by_sign = {v.sign: v for v in signs}
    by_condition = {v.condition: v for v in conditions}
    unsaid = Claim(kind=ClaimKind.SIGN, meeting=m.id, turn=0, quote="words that nobody said", polarity=Polarity.FOR)
    judgement = Judgement(
        signs=tuple(by_sign.get(s) or verdict(s, Level.NONE) for s in SignId),
        conditions=tuple(
            by_condition.get(c) or ConditionVerdict(condition=c, value=ConditionValue.UNKNOWN, why="") for c in ConditionId
        ),
        stance=stance,
        stance_why=stance_why,
        caveats=tuple(caveats),
    )
    assessment = Assessment(
        meeting=m.id,
        revision=m.revision,
        engine=engine,
        read_at=dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC),
        findings=tuple(findings),
        rejected=tuple(Rejected(claim=unsaid, why=why) for why in rejected),
        judgement=judgement,
        turns_read=len(m.turns) if turns_read is None else turns_read,
        gaps=tuple(gaps),
    )
    return m, assessment


def levels(sign: SignId, *series: Level, why: str = "why of meeting {}") -> list[Pair]:
    """One meeting a month from January 2025 on, in which the sign has these levels, each on the words of turn 1."""
    pairs = []
    for n, level in enumerate(series):
        m = meeting(
            f"{2025 + n // 12}-{n % 12 + 1:02d}-10",
            [("Iris Vance", "How is it going?"), ("Tess Okafor", f"Words of meeting {n}.")],
        )
        heard = [finding(m, 1, ClaimKind.SIGN, sign)] if level in (Level.WEAK, Level.STRONG) else []
        pairs.append(judged(m, signs=[verdict(sign, level, why=why.format(n), evidence=heard)]))
    return pairs


def tarn_mills() -> list[Pair]:
    """Three meetings: the answer seems settled before the review, a floor stands empty, and both tell how business is."""
    first = meeting(
        "2025-11-04",
        [
            ("Iris Vance", "What would you like the review to find out?"),
            ("Tess Okafor", "We close the dye house in June either way. The owners should hear that from you, not from me."),
            ("Bo Lindqvist", "I would still like to see what the numbers say about the second line."),
            ("Iris Vance", "Talk to the shift leads before anything is announced."),
            ("Tess Okafor", "Send me the outline by the fourteenth of November."),
        ],
    )
    second = meeting(
        "2025-12-09",
        [
            ("Iris Vance", "Did you talk to the shift leads?"),
            ("Tess Okafor", "I spoke with all six of them last week, and two changed my mind about the rota."),
            ("Tess Okafor", "The review just has to say what we have said already."),
            ("Bo Lindqvist", "The whole upper floor stands empty since the looms went."),
            ("Iris Vance", "We are a small house and the spring is thin for us."),
            ("Tess Okafor", "Orders are down a fifth here, and I do not sleep well over it."),
        ],
    )
    third = meeting(
        "2026-02-03",
        [
            ("Bo Lindqvist", "I owe you the energy figures, you get them by the end of February."),
            ("Iris Vance", "And I write up the three options for the dye house."),
            ("Tess Okafor", "Could we drop the weekly report and just talk on Mondays?"),
        ],
    )
    validation = SignId.OUTSIDE_VALIDATION
    return [
        judged(
            first,
            signs=[
                verdict(
                    validation,
                    Level.STRONG,
                    why="the closure is settled, and the owners are to hear it from outside",
                    score=0.9,
                    evidence=[finding(first, 1, ClaimKind.SIGN, validation, strength=Strength.STRONG)],
                    counter=[finding(first, 2, ClaimKind.SIGN, validation, polarity=Polarity.AGAINST)],
                    another_reading="The owners may have asked for a second opinion themselves.",
                )
            ],
            stance=Stance.LEANING_CLIENT,
            stance_why="the order was fixed before we came",
            findings=[
                advice(first, 3, "talk to the shift leads first", Outcome.ADOPTED),
                promise(first, 4, "Iris Vance", "send the outline", to="Tess Okafor", due="2025-11-14"),
            ],
            rejected=["not_found"],
        ),
        judged(
            second,
            signs=[
                verdict(
                    validation,
                    Level.WEAK,
                    why="the review is to repeat what was said",
                    score=0.4,
                    evidence=[finding(second, 2, ClaimKind.SIGN, validation, strength=Strength.WEAK)],
                )
            ],
            conditions=[
                ConditionVerdict(
                    condition=ConditionId.FIT,
                    value=ConditionValue.MIXED,
                    why="some of what we said was taken up",
                    evidence=(finding(second, 1, ClaimKind.CONDITION, ConditionId.FIT),),
                )
            ],
            stance=Stance.BALANCED,
            stance_why="advice was acted on, and both told how they are",
            findings=[
                opening(second, 3, OpeningId.UNUSED_CAPACITY),
                opening(second, 4, OpeningId.SHARES_CONTEXT),
                opening(second, 5, OpeningId.SHARES_CONTEXT),
            ],
        ),
        judged(
            third,
            stance=Stance.BALANCED,
            stance_why="both promised something",
            findings=[
                promise(third, 0, "Bo Lindqvist", "send the energy figures", to="Iris Vance", due="2026-02-28"),
                promise(third, 1, "Iris Vance", "write up three options for the dye house"),
                opening(third, 2, OpeningId.BETTER_WAYS),
            ],
        ),
    ]
