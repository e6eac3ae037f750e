"""One sign over a client's meetings: its level for the client as a whole, its trend, its evidence strongest first.

A client is more than its loudest meeting: a sign is strong only when two meetings show it, the latest meetings decide
whether it stands or has faded, and what no meeting could tell is said to be untold rather than absent.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analyzer.model.findings import Assessment, Evidence, Finding, Level, SignVerdict, Strength
from analyzer.model.meetings import Meeting
from analyzer.model.relationship import SignRow, Trend
from analyzer.relationship.words import meetings, sentence
from analyzer.signs import Sign

LATEST = 4  # a sign stands while one of this many latest meetings that could tell shows it

_HEARD = (Level.WEAK, Level.STRONG)
_HEIGHT = {Level.NONE: 0, Level.WEAK: 1, Level.STRONG: 2}
_QUIET = "such signs often show only when advice lands"


def trend(levels: Sequence[Level]) -> Trend:
    """How a sign moved over its levels by meeting, oldest first; what could not be told counts for nothing."""
    heights = [_HEIGHT[level] for level in levels if level in _HEIGHT]
    if not heights:
        return Trend.CANNOT_TELL
    if not any(heights):
        return Trend.NOT_HEARD
    if not any(heights[-LATEST:]):
        return Trend.FADED
    if sum(map(bool, heights)) == 1:
        return Trend.HEARD_ONCE
    window = heights[-2 * LATEST :]
    half = len(window) // 2
    before, after = window[:half], window[half:]
    moved = sum(after) / len(after) - sum(before) / len(before)
    if abs(moved) < 0.5:  # noqa: PLR2004 - half a level between the two halves
        return Trend.STEADY
    return Trend.GROWING if moved > 0 else Trend.EASING


@dataclass(frozen=True, slots=True)
class _Told:
    """What one meeting says of one sign."""

    meeting: Meeting
    verdict: SignVerdict

    @property
    def level(self) -> Level:
        return self.verdict.level


def row_of_meeting(sign: Sign, meeting: Meeting, assessment: Assessment) -> SignRow:
    """The sign as one meeting was judged by itself."""
    told = _Told(meeting, assessment.sign(sign.id))
    why = told.verdict.why or "nothing heard in this meeting"
    if told.level is Level.WEAK:
        why = f"Worth a look: {why}"
    elif told.level is Level.NONE and not told.verdict.why:
        why = f"{why}; {_QUIET}"
    return _row(sign, [told], told, told.level, why)


def row_over_meetings(sign: Sign, ordered: Sequence[tuple[Meeting, Assessment]]) -> SignRow:
    """The sign over meetings, oldest first; at least one."""
    told = [_Told(meeting, assessment.sign(sign.id)) for meeting, assessment in ordered]
    able = [t for t in told if t.level is not Level.INSUFFICIENT]
    heard = [t for t in able if t.level in _HEARD]
    if not heard:
        level, why = _unheard(told, able)
        return _row(sign, told, (able or told)[-1], level, why)
    recent = [t for t in able[-LATEST:] if t.level in _HEARD]
    if not recent:
        last = heard[-1]
        since = len(able) - able.index(last) - 1
        why = f"Last heard on {last.meeting.date}; nothing in the {since} meetings since then that could tell."
        return _row(sign, told, last, Level.WEAK, why)
    leading = max(recent, key=lambda t: (_HEIGHT[t.level], t.meeting.date))
    level, why = _standing(heard, leading, len(told))
    return _row(sign, told, leading, level, f"{why} {sentence(leading.verdict.why)}".strip())


def _unheard(told: list[_Told], able: list[_Told]) -> tuple[Level, str]:
    untold = len(told) - len(able)
    if not untold:
        return Level.NONE, f"Nothing heard in {meetings(len(told))}; {_QUIET}."
    too_little = f"Too little to tell in {meetings(untold)}"
    quiet = f", nothing heard in {meetings(len(able))}" if able else ""
    latest = next(t for t in reversed(told) if t not in able)
    return Level.INSUFFICIENT, f"{too_little}{quiet}. {sentence(latest.verdict.why)}".strip()


def _standing(heard: list[_Told], leading: _Told, read: int) -> tuple[Level, str]:
    """The level of a sign that one of the latest meetings shows, and how it was heard."""
    last = heard[-1].meeting.date
    strong = leading.level is Level.STRONG
    if len(heard) == 1:
        once = f"Worth a look: heard in one of {meetings(read)} ({last})"
        return Level.WEAK, f"{once}, plainly there; it counts as strong when a second meeting shows it." if strong else f"{once}."
    times = f"Heard in {len(heard)} of {meetings(read)}, last on {last}"
    if strong:
        return Level.STRONG, f"{times}."
    once_strong = [t for t in heard if t.level is Level.STRONG]
    since = f"; plain on {once_strong[-1].meeting.date}, only hints in the latest meetings" if once_strong else ", as hints"
    return Level.WEAK, f"{times}{since}."


def _row(sign: Sign, told: list[_Told], leading: _Told, level: Level, why: str) -> SignRow:
    """The row of a sign; `leading` is the meeting whose words explain it, and also gives the score."""
    verdict = leading.verdict
    otherwise = verdict.another_reading
    if not otherwise and level in _HEARD:
        otherwise = f"It may also be {sign.near_misses[0]}."
    dates = {t.meeting.id: t.meeting.date for t in told}
    latest = frozenset(t.meeting.id for t in told[-LATEST:])
    return SignRow(
        id=sign.id.value,
        title=sign.title,
        level=level,
        score=verdict.score,
        why=why,
        another_reading=otherwise,
        would_change=verdict.would_change,
        question=verdict.question or sign.question,
        evidence=_strongest_first((f for t in told if t.level is not Level.NONE for f in t.verdict.evidence), dates, latest),
        counter_evidence=_strongest_first((f for t in told for f in t.verdict.counter_evidence), dates, latest),
    )


def _strongest_first(findings: Iterable[Finding], dates: dict[str, dt.date], latest: frozenset[str]) -> tuple[Evidence, ...]:
    """Plain words before hints, the latest meetings before older ones, then by the engine's own ranking; no doubles."""

    def rank(finding: Finding) -> tuple[bool, bool, float, int, int]:
        where = finding.evidence
        return (
            finding.claim.strength is not Strength.STRONG,
            where.meeting not in latest,
            -(finding.claim.score or 0.0),
            -dates.get(where.meeting, dt.date.min).toordinal(),
            where.turn,
        )

    return tuple(dict.fromkeys(finding.evidence for finding in sorted(findings, key=rank)))
