"""One sign over a client's meetings: its level for the client as a whole, its trend, its evidence strongest first.

A client is more than its loudest meeting: a sign is strong only when the newest meeting still shows it and either two
meetings do or a person says that it is strong. What a person confirmed stands until two meetings no longer show it.
What the newest meeting contradicts does not stand, what two in a row do not show has faded, and what no meeting could
tell is said to be untold rather than absent.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from analyzer.model.findings import Assessment, Evidence, Finding, Level, Polarity, SignVerdict, Strength
from analyzer.model.meetings import Meeting
from analyzer.model.relationship import SignRow, Trend
from analyzer.relationship.words import day, in_one_of, meetings, sentence
from analyzer.signs import Sign

LATEST = 4  # a sign is strong while one of this many latest meetings that could tell shows it strongly
FADED_AFTER = 2  # so many newest meetings in a row without a sign, and it is no longer told as one

_HEARD = (Level.WEAK, Level.STRONG)
_HEIGHT = {Level.NONE: 0, Level.WEAK: 1, Level.STRONG: 2}
_SILENT = "nothing heard"
_QUIET = "such signs often show only when advice lands"


def trend(levels: Sequence[Level]) -> Trend:
    """How a sign moved over its levels by meeting, oldest first; what could not be told counts for nothing."""
    heights = [_HEIGHT[level] for level in levels if level in _HEIGHT]
    if not any(heights):
        return Trend.NOT_HEARD if heights else Trend.CANNOT_TELL
    if not any(heights[-FADED_AFTER:]):
        return Trend.FADED
    if sum(map(bool, heights)) == 1:
        return Trend.HEARD_ONCE
    return _direction(heights)


def _direction(heights: Sequence[int]) -> Trend:
    if not heights[-1]:
        return Trend.EASING
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

    @property
    def on(self) -> str:
        return day(self.meeting.date)

    @property
    def own(self) -> bool:
        """Whether the level is a person's and not the reader's."""
        return self.verdict.person is not None

    @property
    def reason(self) -> str:
        """The reader's why as a sentence; empty where it says no more than that nothing was heard, or whose verdict it is."""
        person = self.verdict.person
        if person and person.level is not person.reader:
            return ""
        why = sentence(self.verdict.why)
        return "" if self.level is Level.NONE and why.casefold().startswith(_SILENT) else why


@dataclass(frozen=True, slots=True)
class _Summary:
    """What all meetings say of one sign; `leading` is the meeting whose reading explains it."""

    level: Level
    why: str
    leading: _Told


def row_of_meeting(sign: Sign, meeting: Meeting, assessment: Assessment) -> SignRow:
    """The sign as one meeting was judged by itself."""
    told = _Told(meeting, assessment.sign(sign.id))
    why = told.verdict.why
    if told.level is Level.WEAK and not told.own and not told.verdict.dismissed:
        why = f"Worth a look: {why}" if why else "Worth a look."
    elif not why and told.level is Level.NONE:
        why = f"{sentence(_SILENT)[:-1]} in this meeting; {_QUIET}."
    return _row(sign, [told], _Summary(told.level, why, told), stands=told.level in _HEARD)


def row_over_meetings(sign: Sign, ordered: Sequence[tuple[Meeting, Assessment]]) -> SignRow:
    """The sign over meetings, oldest first; at least one."""
    told = [_Told(meeting, assessment.sign(sign.id)) for meeting, assessment in ordered]
    able = [t for t in told if t.level is not Level.INSUFFICIENT]
    stands = bool(able) and able[-1].level in _HEARD
    if not any(t.level in _HEARD for t in able):
        return _row(sign, told, _unheard(told, able), stands=False)
    if not stands and (confirmed := _confirmed(able)):
        return _row(sign, told, confirmed, stands=True)
    return _row(sign, told, _standing(able, len(told)) if stands else _gone_quiet(told, able), stands=stands)


def _confirmed(able: list[_Told]) -> _Summary | None:
    """A sign that a person said to be strong, where only the reader of the newest meeting heard nothing of it; else None."""
    newest = able[-1]
    own = next((t for t in reversed(able[-LATEST:]) if t.own and t.level is Level.STRONG), None)
    if own is None or newest.own or not any(t.level in _HEARD for t in able[-FADED_AFTER:]):
        return None
    why = f"You confirmed it on {own.on}; {_SILENT} on {newest.on}. {own.reason}"
    return _Summary(Level.STRONG, why.strip(), own)


def _unheard(told: list[_Told], able: list[_Told]) -> _Summary:
    untold = [t for t in told if t not in able]
    if not untold:
        newest = able[-1]
        alone = len(told) == 1 and not newest.reason
        own = sum(t.own for t in told)
        yours = f", {'' if own == len(told) else f'in {own} of them '}by your own verdict"
        quiet = yours if own else f"; {_QUIET}" if alone else ""
        silence = f"{'Not there' if own else 'Nothing heard'} in {meetings(len(told))}{quiet}."
        dated = f"{newest.on}: {newest.reason}" if newest.reason else ""
        return _Summary(Level.NONE, f"{silence} {dated}".strip(), newest)
    too_little = f"Too little to tell in {meetings(len(untold))}"
    quiet = f", nothing heard in {meetings(len(able))}" if able else ""
    return _Summary(Level.INSUFFICIENT, f"{too_little}{quiet}. {untold[-1].reason}".strip(), (able or told)[-1])


def _gone_quiet(told: list[_Told], able: list[_Told]) -> _Summary:
    """A sign that was heard before and not in the newest meeting that could tell; after two such it is gone."""
    newest = able[-1]
    since = len(list(takewhile(lambda t: t.level is Level.NONE, reversed(able))))
    last = able[-since - 1]
    if since >= FADED_AFTER:
        able_only = " that could tell" if len(told) - told.index(last) - 1 > since else ""
        why = f"Last heard on {last.on}; nothing in the {since} meetings since{able_only}."
        return _Summary(Level.NONE, f"{why} {newest.reason}".strip(), newest)
    plain = [t for t in able if t.level is Level.STRONG]
    if not plain:
        heard = f"Heard as a hint, last on {last.on}"
    elif plain[-1] is last:
        heard = f"Plain on {last.on}"
    else:
        heard = f"Plain on {plain[-1].on}, last heard on {last.on}"
    silent = "none" if newest.own else "nothing heard"
    return _Summary(Level.WEAK, f"{heard}; {silent} on {newest.on}. {newest.reason}".strip(), newest)


def _standing(able: list[_Told], read: int) -> _Summary:
    """A sign that the newest meeting that could tell shows."""
    heard = [t for t in able if t.level in _HEARD]
    leading = max((t for t in able[-LATEST:] if t.level in _HEARD), key=lambda t: (_HEIGHT[t.level], t.meeting.date))
    strong = leading.level is Level.STRONG
    newest = heard[-1]
    dated = "" if leading is newest or not leading.reason else f"{leading.on}: "
    level = Level.STRONG if strong and (len(heard) > 1 or leading.own) else Level.WEAK
    return _Summary(level, f"{_how_heard(heard, read, strong=strong)} {dated}{leading.reason}".strip(), leading)


def _how_heard(heard: list[_Told], read: int, *, strong: bool) -> str:
    last = heard[-1].on
    if len(heard) == 1:
        if heard[0].own:
            return f"Heard {in_one_of(read)} ({last}), {heard[0].level.value} by your own verdict."
        once = f"Worth a look: heard {in_one_of(read)} ({last})"
        return f"{once}, plainly there; it counts as strong when a second meeting shows it." if strong else f"{once}."
    times = f"Heard in {len(heard)} of {meetings(read)}, last on {last}"
    if strong:
        return f"{times}."
    once_strong = [t for t in heard if t.level is Level.STRONG]
    return f"{times}; plain on {once_strong[-1].on}, only hints in the latest meetings." if once_strong else f"{times}, as hints."


def _row(sign: Sign, told: list[_Told], summary: _Summary, *, stands: bool) -> SignRow:
    """The row of a sign; the leading meeting also gives the score, the other reading and the question."""
    verdict = summary.leading.verdict
    as_read = verdict.level is summary.level and not summary.leading.own
    otherwise = verdict.another_reading
    if not otherwise and stands:
        otherwise = f"It may also be {sign.near_misses[0]}."
    dates = {t.meeting.id: t.meeting.date for t in told}
    latest = frozenset(t.meeting.id for t in told[-LATEST:])
    marked = tuple(mark for t in reversed(told) for mark in t.verdict.marked)
    found = (f for t in told if t.level is not Level.NONE for f in t.verdict.evidence)
    return SignRow(
        id=sign.id.value,
        title=sign.title,
        level=summary.level,
        stands=stands,
        score=verdict.score,
        why=summary.why,
        another_reading=otherwise,
        would_change=verdict.would_change,
        question=verdict.question or sign.question,
        evidence=_strongest_first(found, dates, latest, marked),
        counter_evidence=_newest_first((f for t in told for f in t.verdict.counter_evidence), dates),
        known=verdict.known if as_read else None,
        person=next((t.verdict.person for t in reversed(told) if t.verdict.person), None),
        dismissed=tuple(out for t in reversed(told) for out in t.verdict.dismissed),
        marked=marked,
    )


def _strongest_first(
    findings: Iterable[Finding], dates: dict[str, dt.date], latest: frozenset[str], marked: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """What a person marked comes first.

    Then plain words before hints, the latest meetings before older ones, and by the engine's own ranking; no doubles.
    """

    def rank(finding: Finding) -> tuple[bool, bool, bool, float, int, int]:
        where = finding.evidence
        return (
            where not in marked,
            finding.claim.strength is not Strength.STRONG,
            where.meeting not in latest,
            -(finding.claim.score or 0.0),
            -dates.get(where.meeting, dt.date.min).toordinal(),
            where.turn,
        )

    return tuple(dict.fromkeys(finding.evidence for finding in sorted(findings, key=rank)))


def _newest_first(findings: Iterable[Finding], dates: dict[str, dt.date]) -> tuple[Evidence, ...]:
    """What speaks against a sign, the newest meeting first and within it the plain words; no doubles.

    Only words that were found to speak against it: a reader may list others beside them.
    """
    against = [f for f in findings if f.claim.polarity is Polarity.AGAINST]

    def rank(finding: Finding) -> tuple[int, bool, int]:
        where = finding.evidence
        return (
            -dates.get(where.meeting, dt.date.min).toordinal(),
            finding.claim.strength is not Strength.STRONG,
            where.turn,
        )

    return tuple(dict.fromkeys(finding.evidence for finding in sorted(against, key=rank)))
