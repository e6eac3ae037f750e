"""Reasons in words, made of what was found: how often, by whom, and what speaks against it. Never surer than the level.

Every sentence is about the assignment and about words that were said, never about what kind of person somebody is.
"""

from collections.abc import Sequence

from analyzer.engines.offline.ground import Ground
from analyzer.model.findings import ConditionId, ConditionValue, Finding, Level, SignId, SignVerdict
from analyzer.model.meetings import Side

NOTHING_HEARD = "Nothing heard in 1 meeting; such signs often show only when advice lands."
AS_IF = {
    SignId.OUTSIDE_VALIDATION: "the answer were settled and our voice were wanted for it",
    SignId.OUTSOURCED_MANAGEMENT: "we were to do for them what a person's own manager does",
    SignId.BOARD_MANDATE: "this were wanted from above more than in the room",
    SignId.ILLUSION_OF_CHANGE: "steps were to be shown more than taken",
}
UNTOLD = {
    ConditionId.RELEVANT: "Whether our expertise is what they need cannot be told from what was heard.",
    ConditionId.TIMELY: "Whether there is time and energy for it cannot be told from what was heard.",
    ConditionId.FIT: "How advice is taken cannot be told from what was heard.",
}
_NUMBERS = ("no", "one", "two", "three", "four", "five")
_SPREAD = 0.6  # of the meeting between the first and the last of the turns, to say that it comes up throughout


def of_sign(sign: SignId, level: Level, shown: Sequence[Finding], ground: Ground) -> str:
    """One or two sentences for a level with the turns that it shows."""
    if level is Level.NONE:
        return NOTHING_HEARD
    if level is Level.INSUFFICIENT or not shown:
        heard = f" {places(len(shown)).lower()} {_who(shown)} as if {AS_IF[sign]}, but not clearly enough" if shown else ""
        return f"Cannot tell:{heard or ' nothing that was said points clearly either way'}."
    clearly = " clearly" if level is Level.STRONG else ""
    first = f"{places(len(shown))} {_who(shown)}{clearly} as if {AS_IF[sign]}{_throughout(shown, ground)}."
    return " ".join(filter(None, (first, _beside(sign, ground))))


def _beside(sign: SignId, ground: Ground) -> str:
    """What else was heard that bears on the sign: only of steps that are put off does taking one speak against it."""
    taken, dated, put_off = len(ground.taken_up()), len(ground.dated()), len(ground.put_off())
    if taken or dated:
        adopted = f"advice is taken up {times(taken)}" if taken else ""
        promised = _some(dated, "promise of theirs names a time", "promises of theirs name a time") if dated else ""
        lead = "Against it" if sign is SignId.ILLUSION_OF_CHANGE else "Also heard"
        return f"{lead}: {' and '.join(filter(None, (adopted, promised)))}."
    if sign is SignId.ILLUSION_OF_CHANGE:
        put = f"advice is put off {times(put_off)}, and " if put_off else ""
        said = f"{put}no step of theirs was heard with a time."
        return said[0].upper() + said[1:]
    return ""


def of_condition(value: ConditionValue, ground: Ground, verdicts: Sequence[SignVerdict]) -> str:
    """One sentence of what was heard."""
    lead = {ConditionValue.YES: "It seems so", ConditionValue.MIXED: "In part", ConditionValue.NO: "It does not seem so"}[value]
    return f"{lead}. Heard: {_heard(ground, verdicts)}."


def of_stance(ground: Ground, verdicts: Sequence[SignVerdict]) -> str:
    """One sentence of what the stance was read from."""
    said = _heard(ground, verdicts)
    return f"{said[0].upper()}{said[1:]}."


def carrying(
    condition: ConditionId, value: ConditionValue, ground: Ground, verdicts: Sequence[SignVerdict]
) -> tuple[Finding, ...]:
    """The findings that a value of a condition rests on."""
    held = tuple(f for v in verdicts if v.level in (Level.WEAK, Level.STRONG) for f in v.evidence[:2])
    against = (*ground.put_off(), *held)
    for_it = (*ground.taken_up(), *(ground.dated() if condition is ConditionId.TIMELY else ()))
    if value is ConditionValue.YES:
        return for_it
    return against if value is ConditionValue.NO else (*against, *for_it)


def times(count: int) -> str:
    """How often, in words."""
    return {1: "once", 2: "twice"}.get(count, f"{_number(count)} times")


def places(count: int) -> str:
    """In how many turns, in words, to begin a sentence with."""
    return "In one place" if count == 1 else f"In {_number(count)} places"


def _heard(ground: Ground, verdicts: Sequence[SignVerdict]) -> str:
    standing = [v for v in verdicts if v.level in (Level.WEAK, Level.STRONG)]
    strong = sum(v.level is Level.STRONG for v in standing)
    unsure = any(v.level is Level.INSUFFICIENT for v in verdicts)
    clearly = "" if not strong else ", clearly" if len(standing) == strong else f", {_number(strong)} of them clearly"
    signs = _some(len(standing), "warning sign was heard", "warning signs were heard") + clearly
    told = (
        signs if standing else f"no warning sign was heard{' clearly' if unsure else ''}",
        f"advice was taken up {times(len(ground.taken_up()))}" if ground.taken_up() else "",
        f"advice was put off {times(len(ground.put_off()))}" if ground.put_off() else "",
        _some(len(ground.dated()), "promise of theirs names a time", "promises of theirs name a time") if ground.dated() else "",
        _some(len(ground.doors()), "door was opened by them", "doors were opened by them") if ground.doors() else "",
        "they told how their business is doing" if ground.shared(Side.THEIRS) else "",
        "they asked how ours is doing" if ground.asked_by_them() else "",
    )
    return "; ".join(filter(None, told))


def _who(shown: Sequence[Finding]) -> str:
    names = list(dict.fromkeys(f.evidence.speaker for f in shown))
    return f"{names[0]} sounds" if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]} sound"


def _throughout(shown: Sequence[Finding], ground: Ground) -> str:
    turns = [f.evidence.turn for f in shown]
    spread = (max(turns) - min(turns)) / max(len(ground.meeting.turns), 1)
    return ", from early in the meeting to late" if len(turns) > 1 and spread >= _SPREAD else ""


def _some(count: int, one: str, more: str) -> str:
    return f"{_number(count)} {one if count == 1 else more}"


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
