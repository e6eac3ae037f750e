"""From verified findings to verdicts: levels by the fitted chance that a sign shows, conditions and stance by fitted lines.

Everything said here is about the assignment as it was talked about. Where the chance lies between a fair no and a fair yes
the reader says that it cannot tell, and beside each level stands how often it was right.
"""

from analyzer import signs
from analyzer.engines.offline import reasons
from analyzer.engines.offline.fitted import Fitted, Scale, sign_facts
from analyzer.engines.offline.ground import Ground, meeting_facts
from analyzer.engines.offline.language import Spoken
from analyzer.model.findings import (
    ConditionId,
    ConditionValue,
    ConditionVerdict,
    Finding,
    Judgement,
    Known,
    Level,
    Polarity,
    SignId,
    SignVerdict,
    Stance,
)
from analyzer.model.meetings import Meeting, Side

# Of the chance that a sign shows, and that it shows strongly. A missed sign is told apart from a doubtful one: below the
# first, fewer than 1 in 10 of the labelled meetings had the sign after all (the table stands in the model card).
NONE_BELOW, WEAK_FROM, STRONG_FROM = 0.15, 0.40, 0.70
SHOWN = 5  # quotes a verdict, the clearest first
LONG = 60  # words of a turn, by which few turns are told to be speeches
FEWEST_TURNS, FEWEST_WORDS = 8, 120  # of theirs; silence in less says nothing
STANCES = list(Stance)[:5]  # from buyer to partner


def judge(meeting: Meeting, findings: tuple[Finding, ...], fitted: Fitted, spoken: Spoken) -> Judgement:
    """All four signs, all three conditions and a stance, from the findings alone."""
    ground = Ground(meeting=meeting, found=findings)
    obstacle = unjudgeable(meeting, spoken)
    if obstacle:
        return Judgement(
            signs=tuple(_untold(sign, obstacle) for sign in SignId),
            conditions=tuple(ConditionVerdict(condition=c, value=ConditionValue.UNKNOWN, why=obstacle) for c in ConditionId),
            stance=Stance.UNKNOWN,
            stance_why=obstacle,
            caveats=_caveats(meeting, spoken),
        )
    heard = {sign: fitted.heard[sign].chance(_facts(sign, ground)) for sign in SignId}
    verdicts = tuple(_sign(sign, ground, heard[sign], fitted) for sign in SignId)
    facts = meeting_facts(ground, list(heard.values()))
    conditions = tuple(_condition(c, ground, verdicts, facts, fitted) for c in ConditionId)
    stance, stance_why = _stance(ground, verdicts, facts, fitted)
    caveats = _caveats(meeting, spoken)
    return Judgement(signs=verdicts, conditions=conditions, stance=stance, stance_why=stance_why, caveats=caveats)


def unjudgeable(meeting: Meeting, spoken: Spoken) -> str:
    """Why no sign can be judged in this meeting, as a sentence; empty when it can."""
    theirs = [t for t in meeting.turns if t.side is Side.THEIRS]
    if not theirs:
        return (
            "Nobody is known to speak for the client's side, so no sign is judged."
            if meeting.turns
            else "The meeting has no turns."
        )
    able = [t.text for t in theirs if t.ordinal not in spoken.foreign]
    if not spoken.english or 2 * len(able) < len(theirs):
        language = spoken.language if not spoken.english else spoken.beside
        return f"{language}: the offline reader does not judge this; search by words works, and the llm engine can read it."
    said = sum(len(text.split()) for text in able)
    if said < FEWEST_WORDS or (len(able) < FEWEST_TURNS and said < FEWEST_TURNS * LONG):
        return f"Too little was said by the client's side to tell ({counted(len(able), 'turn')}, {counted(said, 'word')})."
    if len(able) < FEWEST_TURNS:
        return f"The client's side speaks in {counted(len(able), 'long turn')} only; this reader was measured on shorter ones."
    return ""


def _caveats(meeting: Meeting, spoken: Spoken) -> tuple[str, ...]:
    unsure = sum(t.side not in (Side.OURS, Side.THEIRS) for t in meeting.turns)
    notes = []
    if unsure:
        notes.append(f"{unsure} of {len(meeting.turns)} turns are by speakers on no known side; they were not judged.")
    if spoken.foreign:
        notes.append(
            f"{len(spoken.foreign)} of {len(meeting.turns)} turns are not in English ({spoken.beside}); they were not judged."
        )
    return tuple(notes)


def counted(count: int, what: str) -> str:
    """So many of something, in words."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def _facts(sign: SignId, ground: Ground) -> tuple[float, ...]:
    return sign_facts([f.claim.score or 0.0 for f in ground.signs(sign)], ground.their_turns())


def _untold(sign: SignId, why: str) -> SignVerdict:
    return SignVerdict(sign=sign, level=Level.INSUFFICIENT, why=why, question=signs.SIGN_BY_ID[sign].question)


def _sign(sign: SignId, ground: Ground, heard: float, fitted: Fitted) -> SignVerdict:
    text = signs.SIGN_BY_ID[sign]
    near = ground.signs(sign)
    passing = [f for f in near if (f.claim.score or 0.0) >= fitted.likely[sign]]
    level = _level(heard, fitted.clear[sign].chance(_facts(sign, ground)), passing=bool(passing))
    shown = tuple(passing[:SHOWN])
    known = fitted.precision(level)
    return SignVerdict(
        sign=sign,
        level=level,
        why=reasons.of_sign(sign, level, shown, ground),
        score=round(heard, 4),
        another_reading=f"It may also be this: {text.near_misses[0]}." if shown else "",
        would_change="A plain answer to the question, either way." if shown else "",
        question=text.question,
        known=Known(right=known[0], said=known[1]) if known else None,
        evidence=shown,
        counter_evidence=ground.signs(sign, Polarity.AGAINST)[:SHOWN],
    )


def _level(heard: float, clear: float, *, passing: bool) -> Level:
    """Weak and strong need turns that pass by themselves, and where one does nothing is called none."""
    if heard < NONE_BELOW and not passing:
        return Level.NONE
    if heard < WEAK_FROM or not passing:
        return Level.INSUFFICIENT
    return Level.STRONG if clear >= STRONG_FROM else Level.WEAK


def _condition(
    condition: ConditionId, ground: Ground, verdicts: tuple[SignVerdict, ...], facts: tuple[float, ...], fitted: Fitted
) -> ConditionVerdict:
    """Unknown where the line was no better than always saying the same, or where no words carry what it says."""
    scale = fitted.conditions.get(condition.value)
    value = ConditionValue.UNKNOWN if scale is None else _read_off(scale, facts)
    carried = reasons.carrying(condition, value, ground, verdicts)
    if value is ConditionValue.UNKNOWN or not carried:
        return ConditionVerdict(condition=condition, value=ConditionValue.UNKNOWN, why=reasons.UNTOLD[condition])
    why = reasons.of_condition(value, ground, verdicts)
    return ConditionVerdict(condition=condition, value=value, why=why, evidence=carried[:SHOWN])


def _read_off(scale: Scale, facts: tuple[float, ...]) -> ConditionValue:
    place = scale.place(facts)
    return ConditionValue.NO if place < scale.low else ConditionValue.MIXED if place < scale.high else ConditionValue.YES


def _stance(ground: Ground, verdicts: tuple[SignVerdict, ...], facts: tuple[float, ...], fitted: Fitted) -> tuple[Stance, str]:
    """The nearest of the five; unknown where most signs could not be told and nothing else was heard."""
    unsure = sum(v.level is Level.INSUFFICIENT for v in verdicts)
    if unsure > len(verdicts) // 2 and not any((ground.taken_up(), ground.put_off(), ground.doors())):
        return Stance.UNKNOWN, f"Cannot tell: {unsure} of the 4 signs could not be judged."
    place = min(max(round(fitted.stance.place(facts)), 0), len(STANCES) - 1)
    return STANCES[place], reasons.of_stance(ground, verdicts)
