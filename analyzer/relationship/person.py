"""A person's word over a reading: verdicts, dismissed and marked words; and how often a person agreed with a reader.

What a person says wins. The reading stays as it was kept; this lays the person's word over it, so that it outlives every
rereading and can be taken back.
"""

from collections.abc import Iterable
from dataclasses import replace

from analyzer.model.findings import (
    Assessment,
    Claim,
    ClaimKind,
    Dismissed,
    Evidence,
    Finding,
    Level,
    Match,
    PersonVerdict,
    Polarity,
    SignId,
    SignVerdict,
    Strength,
)
from analyzer.model.meetings import Meeting, Side, Turn
from analyzer.model.person import Because, Said, SaidVerdict
from analyzer.model.relationship import TrackRecord
from analyzer.relationship.words import sentence

_HEARD = (Level.WEAK, Level.STRONG)
_TOLD = {Level.INSUFFICIENT: "could not tell"}
_BY_HEIGHT = (Level.STRONG, Level.WEAK, Level.NONE)
_MARKED = "you marked it"


def with_said(meeting: Meeting, assessment: Assessment, said: Said) -> Assessment:
    """The reading with a person's words laid over it; `said` is about the meeting's present revision, which was read.

    A verdict wins over everything. Else a sign whose evidence was all dismissed is `none`, a strong one of which most is
    dismissed, or only hints are left, is `weak`, and marked words lift `none` and `insufficient` to `weak`. Stance
    and conditions stay as they are.
    """
    about = _signs_touched(said)
    if not about:
        return assessment
    given = {verdict.sign: verdict for verdict in assessment.judgement.signs}
    signs = tuple(
        _overlaid(given.get(sign) or _untold(sign), meeting, assessment, said) if sign in about else given[sign]
        for sign in SignId
        if sign in about or sign in given
    )
    marked = tuple(_mark(meeting.turns[turn], meeting, sign) for sign, turn in sorted(said.marked) if _theirs(meeting, turn))
    kept = tuple(finding for finding in assessment.findings if not _is_taken_out(finding, said))
    return replace(assessment, findings=kept + marked, judgement=replace(assessment.judgement, signs=signs))


def track_record(verdicts: Iterable[SaidVerdict]) -> tuple[TrackRecord, ...]:
    """How often a person's verdict was the level that the reader had given by then, by that level; the highest level first.

    A verdict counts for nothing where nobody had read the meeting yet, or the reader could not tell.
    """
    judged = [(verdict.reader, verdict.level) for verdict in verdicts]
    return tuple(
        TrackRecord(level=level, agreed=sum(own is level for own in owns), of=len(owns))
        for level in _BY_HEIGHT
        if (owns := [own for reader, own in judged if reader is level])
    )


def _signs_touched(said: Said) -> set[SignId]:
    return {*said.verdicts, *(sign for sign, _ in said.dismissed), *(sign for sign, _ in said.marked)}


def _untold(sign: SignId) -> SignVerdict:
    return SignVerdict(sign=sign, level=Level.INSUFFICIENT, why="")


def _overlaid(verdict: SignVerdict, meeting: Meeting, assessment: Assessment, said: Said) -> SignVerdict:
    """One verdict with all that a person said about its sign; unchanged where none of it is about this reading.

    Words that were taken out are shown also where the reader has judged without them since.
    """
    out = _dismissed_turns(said, verdict.sign)
    marks = [meeting.turns[turn] for sign, turn in sorted(said.marked) if sign is verdict.sign and _theirs(meeting, turn)]
    heard = dict.fromkeys(f.evidence for f in (*verdict.evidence, *assessment.findings) if _speaks_for(f, verdict.sign))
    dismissed = tuple(Dismissed(evidence=words, because=out[words.turn].value) for words in heard if words.turn in out)
    own = said.verdicts.get(verdict.sign)
    if not (dismissed or marks or own):
        return verdict
    left = tuple(found for found in verdict.evidence if found.evidence.turn not in out)
    level, why = _follows(verdict, left, marked=bool(marks))
    person = None
    if own:
        by = said.authors.get(verdict.sign)
        person = PersonVerdict(level=own[0], note=own[1], reader=verdict.level, author=by)
        too = " too" if own[0] is verdict.level else ""
        whose = f"the verdict of {by}" if by else "your own verdict"
        why = why if own[0] is level else f"This is {whose}; the reader {_said(verdict.level)}{too}."
        level = own[0]
    if dismissed:
        why = f"{_taken_out(len(dismissed), len(heard))} {sentence(why)}".strip()
    marked = tuple(_mark(turn, meeting, verdict.sign) for turn in marks)
    turns = {turn.ordinal for turn in marks}
    as_read = level is verdict.level  # what a reader says beside its level is about that level
    return replace(
        verdict,
        level=level,
        why=why,
        evidence=tuple(found for found in left if found.evidence.turn not in turns) + marked,
        known=verdict.known if as_read else None,
        reader=verdict.level,
        person=person,
        dismissed=dismissed,
        marked=tuple(found.evidence for found in marked),
        another_reading=verdict.another_reading if as_read else "",
        would_change=verdict.would_change if as_read else "",
    )


def _follows(verdict: SignVerdict, left: tuple[Finding, ...], *, marked: bool) -> tuple[Level, str]:
    """The level that follows from the words that are left and those that were marked, and why."""
    level, why, taken_out = verdict.level, verdict.why, len(verdict.evidence) - len(left)
    if taken_out and level in _HEARD and not left:
        level, why = Level.NONE, "Nothing that this rested on is left."
    elif taken_out * 2 > len(verdict.evidence) and level in _HEARD:
        level, why = Level.WEAK, "Most of what this rested on is gone."
    elif taken_out and level is Level.STRONG and all(found.claim.strength is Strength.WEAK for found in left):
        level, why = Level.WEAK, "What is left are hints."
    if marked and level in (Level.NONE, Level.INSUFFICIENT):
        others = "Nothing that this rested on is left, but you marked other words." if level is not verdict.level else ""
        level, why = Level.WEAK, others or "You marked words that speak for it."
    return level, why


def _taken_out(out: int, of: int) -> str:
    return "You took out the one place that it had." if of == 1 else f"You took out {out} of its {of} places."


def _dismissed_turns(said: Said, sign: SignId) -> dict[int, Because]:
    """The turns taken out for this sign; one that is marked as well stays in."""
    return {turn: why for (of, turn), why in said.dismissed.items() if of is sign and (of, turn) not in said.marked}


def _is_taken_out(finding: Finding, said: Said) -> bool:
    """Whether it says for a sign what a person dismissed, or marked as a whole."""
    places = (*said.dismissed, *said.marked)
    return any(turn == finding.evidence.turn and _speaks_for(finding, sign) for sign, turn in places)


def _speaks_for(finding: Finding, sign: SignId) -> bool:
    claim = finding.claim
    return claim.kind is ClaimKind.SIGN and claim.topic == sign.value and claim.polarity is Polarity.FOR


def _theirs(meeting: Meeting, turn: int) -> bool:
    """Whether words of this turn may raise a sign: sides may have been put right since it was marked."""
    return meeting.turns[turn].side is Side.THEIRS


def _mark(turn: Turn, meeting: Meeting, sign: SignId) -> Finding:
    claim = Claim(
        kind=ClaimKind.SIGN,
        meeting=meeting.id,
        turn=turn.ordinal,
        quote=turn.text,
        topic=sign.value,
        reason=_MARKED,
        strength=Strength.STRONG,
    )
    evidence = Evidence(
        meeting=meeting.id,
        turn=turn.ordinal,
        speaker=turn.speaker,
        side=turn.side.value,
        start=turn.start,
        quote=turn.text,
        match=Match.EXACT,
        span=(0, len(turn.text)),
        heard_at=turn.time_at(0),
    )
    return Finding(claim=claim, evidence=evidence)


def _said(level: Level) -> str:
    return _TOLD.get(level, f"said {level.value}")
