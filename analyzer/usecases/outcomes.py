"""What a person says became of our advice, where no recording tells: dated steps, each of which can be taken back."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from analyzer.errors import NotFound, UsageError
from analyzer.model.findings import ClaimKind, Outcome
from analyzer.model.meetings import Meeting, Side
from analyzer.model.own import OutcomeSaid
from analyzer.model.person import SaidOutcome
from analyzer.model.relationship import LedgerStep, RecommendationRow
from analyzer.relationship import picture, picture_of_meeting
from analyzer.store import MeetingHead, tidy_name
from analyzer.usecases import resolve
from analyzer.usecases.motives import read_pairs
from analyzer.usecases.person import Places, kept_about, said_of
from analyzer.usecases.saying import counting, turn_of
from analyzer.usecases.speakers import tell_exported
from analyzer.workspace import Workspace

_WORDS = 20  # of advice, where it is told in one line
_DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Advice:
    """Our advice in words, where it was given, and what a person said of it so far, by number."""

    head: MeetingHead
    meeting: Meeting
    turn: int
    what: str
    said: dict[int, SaidOutcome]

    @property
    def id(self) -> str:
        return f"{self.head.slug}:{self.turn}"


def outcome(ws: Workspace, ref: str, became: Outcome, note: str = "", date: dt.date | None = None) -> OutcomeSaid:
    """Say what became of our advice, as of a day, today where none is given; what was said of that day before is replaced.

    `ref` is the meeting and the turn in which the advice was given, as motives tells them: `northgate-2025-09-17:41`. Raises
    NotFound where no advice is known there, UsageError for a day that is still to come or was before the advice.
    """
    advice = _advice(ws, ref)
    day = date or ws.today
    if day > ws.today:
        raise UsageError(f"{day.isoformat()} is still to come", "say it when it has happened")
    if day < advice.meeting.date:
        raise UsageError(f"{day.isoformat()} was before the advice, {advice.meeting.date.isoformat()}", "--date DAY")
    word = SaidOutcome(
        meeting=advice.head.id,
        at=Places(advice.meeting).noted(advice.turn),
        what=advice.what,
        outcome=became,
        note=tidy_name(note),
        date=day,
        made_at=ws.now(),
    )
    before = _became(ws, advice)
    ws.store.person.keep(word, [number for number, known in advice.said.items() if known.date == day])
    return _told(ws, advice, before)


def clear(ws: Workspace, ref: str, date: dt.date | None = None) -> OutcomeSaid:
    """Take back what a person said became of our advice: of one day, or all of it. Raises NotFound where nothing was said."""
    advice = _advice(ws, ref)
    numbers = [number for number, known in advice.said.items() if date in (None, known.date)]
    if not numbers:
        when = f" on {date.isoformat()}" if date else ""
        raise NotFound(f"you said nothing of what became of {advice.id}{when}", "there is nothing to take back")
    before = _became(ws, advice)
    ws.store.person.take_back(SaidOutcome, numbers)
    return _told(ws, advice, before)


def _advice(ws: Workspace, ref: str) -> _Advice:
    slug, colon, number = ref.rpartition(":")
    if not colon or not number.isdecimal() or len(number) > _DIGITS:
        raise UsageError(f"{ref!r} names no advice", "give the meeting and the turn, like northgate-2025-09-17:41")
    head = resolve.meeting(ws.store, slug)
    meeting = ws.store.meeting(head.id)
    turn = turn_of(meeting, int(number)).ordinal
    places = Places(meeting)
    said = {n: word for n, word in kept_about(ws, head).outcomes.items() if places.stands_at(word.at, turn)}
    what = next(iter(said.values())).what if said else _in_words(ws, head, meeting, turn)
    return _Advice(head=head, meeting=meeting, turn=turn, what=what, said=said)


def _in_words(ws: Workspace, head: MeetingHead, meeting: Meeting, turn: int) -> str:
    """The advice that was given in a turn: as a reader put it, or as it was said where nobody has read the meeting yet."""
    counts = counting(ws, [head])
    readings = sorted(ws.store.assessments([head.id]), key=lambda reading: reading.engine.name == counts)  # its words win
    known = {
        found.evidence.turn: found.claim.recommendation.what
        for reading in readings
        for found in reading.findings
        if found.claim.kind is ClaimKind.RECOMMENDATION and found.claim.recommendation
    }
    if turn in known:
        return known[turn]
    if readings:
        there = ", ".join(f"{head.slug}:{at}" for at in sorted(known))
        hint = f"there is some at {there}" if there else "none is known in this meeting"
        raise NotFound(f"no advice of ours is known at turn {turn} of {head.slug}", hint)
    said = meeting.turns[turn]
    if said.side is not Side.OURS:
        raise NotFound(f"turn {turn} of {head.slug} is not ours, so it holds no advice of ours", f"`analyzer show {head.slug}`")
    ws.notice("unread", f"nobody has read {head.slug} yet: `analyzer motives {head.slug}`")
    return said.text


def _became(ws: Workspace, advice: _Advice) -> RecommendationRow | None:
    """The advice in the ledger of its client, or of its meeting where that is filed under none or not read like the others."""
    heads = ws.store.meetings(advice.head.client_id) if advice.head.client_id else (advice.head,)
    rows: Collection[RecommendationRow] = ()
    for some in (heads, (advice.head,)):
        read = read_pairs(ws, some, counting(ws, some))
        words = said_of(ws, [meeting for meeting, _ in read])
        if len(some) > 1:
            rows = picture(read, ws.today, words).recommendations if read else ()
        else:
            rows = picture_of_meeting(*read[0], ws.today, words).recommendations if read else ()
        if found := next((row for row in rows if advice.id in (row.id, *row.again)), None):
            return found
    return None


def _told(ws: Workspace, advice: _Advice, before: RecommendationRow | None) -> OutcomeSaid:
    after = _became(ws, advice)
    was, now = (before.outcome if before else ""), (after.outcome if after else "")
    changed = before != after
    if changed:
        tell_exported(ws, advice.head)
    if after is None:
        told = f"kept: it counts as soon as `analyzer motives {advice.head.slug}` has read the meeting"
    elif was != now:
        told = f"{_short(advice.what)}: {was or Outcome.UNKNOWN.value} -> {now}"
    else:
        told = f"{'' if changed else 'nothing changes: '}{_short(advice.what)}: still {now}"
    return OutcomeSaid(
        recommendation=advice.id,
        what=advice.what,
        told=told,
        changed=changed,
        steps=after.steps if after else _steps(kept_about(ws, advice.head).outcomes.values()),
    )


def _short(what: str) -> str:
    words = what.split()
    return " ".join(words[:_WORDS]).rstrip(".") + (" ..." if len(words) > _WORDS else "")


def _steps(said: Collection[SaidOutcome]) -> tuple[LedgerStep, ...]:
    ordered = sorted(said, key=lambda word: (word.date, word.made_at))
    return tuple(LedgerStep(date=word.date, outcome=word.outcome.value, note=word.note) for word in ordered)
