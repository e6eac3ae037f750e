"""The picture of a relation, made from the assessments of one meeting or of all of a client's meetings.

Pure, and the same for both engines.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analyzer.model.findings import (
    Assessment,
    ClaimKind,
    ConditionId,
    ConditionValue,
    ConditionVerdict,
    OpeningId,
    Polarity,
    Stance,
)
from analyzer.model.meetings import Meeting
from analyzer.model.person import Said
from analyzer.model.relationship import ConditionRow, Picture, SignRow
from analyzer.relationship.ledger import adoption, recommendations
from analyzer.relationship.promises import commitments
from analyzer.relationship.record import cadence, caveats, last_partner_talk, not_matched, opening, trajectory
from analyzer.relationship.signs import row_of_meeting, row_over_meetings, trend
from analyzer.relationship.voices import differences, voices
from analyzer.relationship.words import day, meetings, sentence
from analyzer.signs import SIGNS

__all__ = ["cadence", "picture", "picture_of_meeting", "trend"]

Read = Sequence[tuple[Meeting, Assessment]]
SaidOf = Mapping[str, Said]

STANCE_FROM = 3  # the stance is the middle one of this many latest meetings
_SCALE = (
    Stance.PAYING_CLIENT,
    Stance.LEANING_CLIENT,
    Stance.BALANCED,
    Stance.LEANING_PARTNER,
    Stance.STRATEGIC_PARTNER,
)


def picture(read: Read, today: dt.date, said: SaidOf | None = None) -> Picture:
    """What the meetings of one client show together, in any order given; at least one must have been read.

    Levels are those of the client as a whole: `strong` needs the newest meeting that could tell and another one to show
    the sign, and one of the latest to show it strongly, or a person who says so of one of the latest. `said` is what a
    person said, by meeting id; of it the outcomes of advice are used here (verdicts and marks are laid over the
    assessments before, by `analyzer.relationship.person`), but not those of a later day than `today`. Raises ValueError when
    nothing is given.
    """
    ordered = sorted(read, key=lambda pair: (pair[0].date, pair[0].slug))
    if not ordered:
        raise ValueError("a picture needs at least one meeting that was read")
    rows = tuple(row_over_meetings(sign, ordered) for sign in SIGNS)
    stance, stance_why = _stance(ordered)
    return _picture(ordered, today, _up_to(today, said), rows, stance, stance_why, one_meeting=False)


def picture_of_meeting(meeting: Meeting, assessment: Assessment, today: dt.date, said: SaidOf | None = None) -> Picture:
    """What one meeting shows by itself: levels and stance as they were judged for it; `said` as for `picture`."""
    judgement = assessment.judgement
    rows = tuple(row_of_meeting(sign, meeting, assessment) for sign in SIGNS)
    return _picture([(meeting, assessment)], today, said, rows, judgement.stance, judgement.stance_why, one_meeting=True)


def _picture(
    ordered: Read,
    today: dt.date,
    said: SaidOf | None,
    signs: tuple[SignRow, ...],
    stance: Stance,
    stance_why: str,
    *,
    one_meeting: bool,
) -> Picture:
    promised, lost_promises = commitments(ordered, today, said)
    advised, lost_advice = recommendations(ordered, today, said)
    people = voices(ordered, advised)
    return Picture(
        engine=ordered[-1][1].engine,
        cadence=cadence((meeting.date for meeting, _ in ordered), last_partner_talk(ordered)),
        signs=signs,
        stance=stance,
        stance_why=stance_why,
        conditions={condition.value: _condition(condition, ordered) for condition in ConditionId},
        openings={kind.value: opening(kind, ordered) for kind in OpeningId},
        firm_openings={kind.value: opening(kind, ordered, firm=True) for kind in OpeningId},
        commitments=promised,
        recommendations=advised,
        trajectory=trajectory(ordered),
        rejected=dict(sorted(Counter(r.why for _, a in ordered for r in a.rejected).items())),
        caveats=(*caveats(ordered), *not_matched(len(lost_promises), len(lost_advice), one_meeting=one_meeting)),
        sign_turns=_sign_turns(ordered),
        adoption=adoption(advised, 0 if one_meeting else len(lost_advice)),
        unmatched=() if one_meeting else (*lost_promises, *lost_advice),
        voices=people,
        differences=differences(ordered, people, signs),
        turns_read=sum(min(assessment.turns_read, len(meeting.turns)) for meeting, assessment in ordered),
    )


def _up_to(today: dt.date, said: SaidOf | None) -> SaidOf:
    """What a person said, without the outcomes that came after this day."""
    return {
        meeting: replace(
            words, outcomes={turn: tuple(o for o in told if o.date <= today) for turn, told in words.outcomes.items()}
        )
        for meeting, words in (said or {}).items()
    }


def _stance(ordered: Read) -> tuple[Stance, str]:
    """The middle one of the latest meetings' stances, of two the later; where the newest is another, that is told first."""
    latest = [(m, a.judgement) for m, a in ordered[-STANCE_FROM:]]
    known = [(m, j) for m, j in latest if j.stance is not Stance.UNKNOWN]
    if not known:
        silent = "meeting does" if len(latest) == 1 else f"{len(latest)} meetings do"
        return Stance.UNKNOWN, f"The latest {silent} not tell. {sentence(latest[-1][1].stance_why)}".strip()
    places = sorted(_SCALE.index(j.stance) for _, j in known)
    stance = known[-1][1].stance if len(known) == 2 else _SCALE[places[len(places) // 2]]  # noqa: PLR2004 - of two, the later
    meeting, judgement = next((m, j) for m, j in reversed(known) if j.stance is stance)
    why = f"{day(meeting.date)}: {sentence(judgement.stance_why)}" if judgement.stance_why else ""
    newest, last = known[-1]
    turned = last.stance is not stance
    first = f"Newest: {_spoken(last.stance)} on {day(newest.date)}; over the last three: {_spoken(stance)}." if turned else ""
    others = [f"{_spoken(j.stance)} on {day(m.date)}" for m, j in known if j.stance is not stance and (m, j) != (newest, last)]
    beside = f"Other recent meetings: {', '.join(others)}." if others else ""
    return stance, " ".join(part for part in (first, why, beside) if part)


def _condition(condition: ConditionId, ordered: Read) -> ConditionRow:
    verdicts: list[tuple[Meeting, ConditionVerdict]] = [
        (m, v) for m, a in ordered for v in a.judgement.conditions if v.condition is condition
    ]
    known = [(m, v) for m, v in verdicts if v.value is not ConditionValue.UNKNOWN]
    if not known:
        return ConditionRow(value=ConditionValue.UNKNOWN.value, why=f"Not told in {meetings(len(ordered))}.", evidence=())
    meeting, verdict = known[-1]
    why = verdict.why if len(ordered) == 1 else f"{day(meeting.date)}: {sentence(verdict.why)}"
    return ConditionRow(value=verdict.value.value, why=why, evidence=tuple(f.evidence for f in verdict.evidence))


def _spoken(value: str) -> str:
    return value.replace("_", " ")


def _sign_turns(ordered: Read) -> frozenset[tuple[str, int]]:
    """Every turn of which words were marked for a sign, whatever level came of it and whoever took it out again."""
    return frozenset(
        (meeting.id, finding.evidence.turn)
        for meeting, assessment in ordered
        for finding in assessment.findings
        if finding.claim.kind is ClaimKind.SIGN and finding.claim.polarity is Polarity.FOR
    )
