"""What a person says became of our advice, or of a promise, where no recording tells: dated, and each can be taken back.

A place is a meeting and a turn, `northgate-2025-09-17:41`; of several promises of a turn, one is `northgate-2025-09-17:41.2`.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.errors import NotFound, UsageError
from analyzer.model.findings import Assessment, ClaimKind, Fate, Outcome
from analyzer.model.meetings import Meeting, Side
from analyzer.model.own import OutcomeSaid
from analyzer.model.person import SaidOutcome
from analyzer.model.relationship import CommitmentRow, LedgerStep, RecommendationRow
from analyzer.relationship import picture, picture_of_meeting
from analyzer.relationship.words import promise_state
from analyzer.store import MeetingHead, tidy_name
from analyzer.usecases import resolve
from analyzer.usecases.motives import read_pairs
from analyzer.usecases.person import Places, kept_about, said_of
from analyzer.usecases.saying import counting, turn_of
from analyzer.usecases.speakers import tell_exported
from analyzer.workspace import Workspace

_Row = RecommendationRow | CommitmentRow
_LONGEST = 120  # letters of a turn that stands for our advice
_WORDS = 20  # of advice, where it is told in one line
_DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """The turn in which advice or a promise was given, and what a person said of it so far, by number.

    `one` is the promise that is meant where it is one of several in that turn, and `id` says so too.
    """

    id: str
    head: MeetingHead
    meeting: Meeting
    turn: int
    one: str | None
    said: dict[int, SaidOutcome]

    def has(self, row: _Row) -> bool:
        """Whether this is where the advice was given, or the promise last said."""
        if isinstance(row, RecommendationRow):
            return self.id in (row.id, *row.again)
        here = (row.evidence.meeting, row.evidence.turn) == (self.meeting.id, self.turn)
        return here and self.one in (None, row.what)


def outcome(ws: Workspace, ref: str, became: Outcome | Fate, note: str = "", date: dt.date | None = None) -> OutcomeSaid:
    """Say what became of our advice, or with a fate of the promises of a turn, as of a day, today where none is given.

    What was said of that day before is replaced. `ref` is the place in which it was given. Raises NotFound where neither the
    reader nor we ourselves can have said such a thing, UsageError for a day that is still to come or was before that meeting.
    """
    place = _place(ws, ref)
    if place.one is not None and isinstance(became, Outcome):
        raise UsageError(f"{place.id} is one of several promises, no advice", "of a promise: done or dropped")
    day = date or ws.today
    if day > ws.today:
        raise UsageError(f"{day.isoformat()} is still to come", "say it when it has happened")
    if day < place.meeting.date:
        what = "promise" if isinstance(became, Fate) else "advice"
        raise UsageError(f"{day.isoformat()} was before the {what}, {place.meeting.date.isoformat()}", "--date DAY")
    known = {number: word for number, word in place.said.items() if type(word.outcome) is type(became)}
    as_before = next((old.what for old in known.values() if not old.one_of), None)
    in_words = _promised if isinstance(became, Fate) else _advised
    word = SaidOutcome(
        meeting=place.head.id,
        at=Places(place.meeting).noted(place.turn),
        what=place.one or as_before or in_words(ws, place),
        outcome=became,
        note=tidy_name(note),
        date=day,
        made_at=ws.now(),
        one_of=place.one is not None,
    )
    before = _rows(ws, place, type(became))
    ws.store.person.keep(word, [number for number, old in known.items() if old.date == day])
    return _told(ws, place, word, before, f"kept: it counts as soon as `analyzer motives {place.head.slug}` has read the meeting")


def clear(ws: Workspace, ref: str, date: dt.date | None = None, fate: Fate | None = None) -> OutcomeSaid:
    """Take back what a person said became of advice or promises: of one day, of one fate, or all of it.

    Raises NotFound for nothing said.
    """
    place = _place(ws, ref)
    said = place.said.items()
    words = {number: word for number, word in said if date in (None, word.date) and fate in (None, word.outcome)}
    if not words:
        what = f"you did not say that {place.id} is {fate.value}" if fate else f"you said nothing of what became of {place.id}"
        raise NotFound(what + (f" on {date.isoformat()}" if date else ""), _what_can_be_taken_back(ws, place))
    last = list(words.values())[-1]
    before = _rows(ws, place, type(last.outcome))
    ws.store.person.take_back(SaidOutcome, list(words))
    return _told(ws, place, last, before, f"taken back: {_short(last.what)}")


def promises_of(ws: Workspace, ref: str) -> dict[str, str]:
    """The promises of the turn that `ref` names, in words, by their ids; none where no reader saw one."""
    head, meeting, turn, _ = _meant(ws, ref)
    return {f"{head.slug}:{number}": what for number, what in numbered(_reading(ws, head), meeting.turns[turn].ordinal).items()}


def promise_number(reading: Assessment | None, row: CommitmentRow) -> str:
    """What stands behind the colon of a promise's id: the turn, and which one it is of several there."""
    turn = row.evidence.turn
    return next((number for number, what in numbered(reading, turn).items() if what == row.what), str(turn))


def _place(ws: Workspace, ref: str) -> _Place:
    head, meeting, turn, which = _meant(ws, ref)
    if which is None:
        said = _said_at(ws, head, meeting, turn)
        return _Place(id=f"{head.slug}:{turn}", head=head, meeting=meeting, turn=turn, one=None, said=said)
    known = list(numbered(_reading(ws, head), turn).items())
    if not 0 < which <= len(known):
        there = ", ".join(f"{head.slug}:{number} {_short(what)}" for number, what in known)
        raise NotFound(f"there is no promise {which} at turn {turn} of {head.slug}", there or f"`analyzer motives {head.slug}`")
    number, what = known[which - 1]
    one = what if len(known) > 1 else None
    said = _said_at(ws, head, meeting, turn, one)
    return _Place(id=f"{head.slug}:{number}", head=head, meeting=meeting, turn=turn, one=one, said=said)


def _said_at(ws: Workspace, head: MeetingHead, meeting: Meeting, turn: int, one: str | None = None) -> dict[int, SaidOutcome]:
    """What a person said of a turn, or of one promise in it alone, by number."""
    places = Places(meeting)
    here = {n: word for n, word in kept_about(ws, head).outcomes.items() if places.stands_at(word.at, turn)}
    return {n: word for n, word in here.items() if one is None or (word.one_of and word.what == one)}


def _meant(ws: Workspace, ref: str) -> tuple[MeetingHead, Meeting, int, int | None]:
    """The meeting, the turn, and which promise of that turn. Raises UsageError, NotFound."""
    slug, colon, number = ref.rpartition(":")
    turn, dot, which = number.partition(".")
    if not colon or not all(part.isdecimal() and len(part) <= _DIGITS for part in ([turn, which] if dot else [turn])):
        raise UsageError(f"{ref!r} names no advice and no promise", "give the meeting and the turn, like northgate-2025-09-17:41")
    head = resolve.meeting(ws.store, slug)
    meeting = ws.store.meeting(head.id)
    return head, meeting, turn_of(meeting, int(turn)).ordinal, int(which) if dot else None


def _reading(ws: Workspace, head: MeetingHead) -> Assessment | None:
    """The reading of the meeting that counts for its client, else that which counts for the meeting alone."""
    heads = ws.store.meetings(head.client_id) if head.client_id else ()
    engine = counting(ws, heads)
    read = read_pairs(ws, [head], engine if engine in head.readings else counting(ws, [head]))
    return read[0][1] if read else None


def numbered(reading: Assessment | None, turn: int) -> dict[str, str]:
    """The promises of a turn in words, in the order in which they were said: `41`, or `41.1` and `41.2` where there are two."""
    here = [
        ((found.evidence.span or (0, 0))[0], found.claim.commitment.what)
        for found in (reading.findings if reading else ())
        if found.claim.kind is ClaimKind.COMMITMENT and found.claim.commitment and found.evidence.turn == turn
    ]
    whats = list(dict.fromkeys(what for _, what in sorted(here, key=lambda said: said[0])))
    return {f"{turn}.{n}" if len(whats) > 1 else str(turn): what for n, what in enumerate(whats, start=1)}


def _what_can_be_taken_back(ws: Workspace, place: _Place) -> str:
    """The next step where nothing was said of a place: there may be a word on the whole turn."""
    if place.one is None or not _said_at(ws, place.head, place.meeting, place.turn):
        return "there is nothing to take back"
    return f"`analyzer outcome {place.head.slug}:{place.turn} --clear` takes back all that you said of that turn"


def _advised(ws: Workspace, place: _Place) -> str:
    """The advice of a turn: as a reader put it, or the words of a turn of ours which no reader saw as advice."""
    slug, counts = place.head.slug, counting(ws, [place.head])
    readings = sorted(ws.store.assessments([place.head.id]), key=lambda reading: reading.engine.name == counts)  # its words win
    known = {
        found.evidence.turn: found.claim.recommendation.what
        for reading in readings
        for found in reading.findings
        if found.claim.kind is ClaimKind.RECOMMENDATION and found.claim.recommendation
    }
    if place.turn in known:
        return known[place.turn]
    words = place.meeting.turns[place.turn]
    if words.side is not Side.OURS:
        there = ", ".join(f"{slug}:{at}" for at in sorted(known))
        hint = f"there is some at {there}" if there else f"`analyzer show {slug}`"
        raise NotFound(f"turn {place.turn} of {slug} is not ours, so it holds no advice of ours", hint)
    if readings:
        ws.notice("unseen", f"the reader had not seen turn {place.turn} of {slug} as advice; its words stand for it")
    else:
        ws.notice("unread", f"nobody has read {slug} yet: `analyzer motives {slug}`")
    return words.text if len(words.text) <= _LONGEST else f"{words.text[: _LONGEST - 4].rsplit(' ', 1)[0]} ..."


def _promised(ws: Workspace, place: _Place) -> str:
    """What was promised in a turn, as the reader put it whose reading counts. Raises NotFound for nothing."""
    slug, reading = place.head.slug, _reading(ws, place.head)
    if reading is None:
        raise NotFound(f"nobody has read {slug} yet, so no promise is known there", f"`analyzer motives {slug}`")
    here = numbered(reading, place.turn)
    if not here:
        known = sorted(found.evidence.turn for found in reading.findings if found.claim.kind is ClaimKind.COMMITMENT)
        there = ", ".join(f"{slug}:{turn}" for turn in dict.fromkeys(known))
        hint = f"there is one at {there}" if there else "none is known in this meeting"
        raise NotFound(f"no promise is known at turn {place.turn} of {slug}", hint)
    return "; ".join(here.values())


def _rows(ws: Workspace, place: _Place, kind: type[Outcome | Fate]) -> tuple[_Row, ...]:
    """All advice, or for fates all promises, of the client, or of the meeting where that is not read like the others."""
    heads = ws.store.meetings(place.head.client_id) if place.head.client_id else ()
    for some in (heads, (place.head,)):
        read = read_pairs(ws, some, counting(ws, some))
        if any(meeting.id == place.head.id for meeting, _ in read):
            words = said_of(ws, [meeting for meeting, _ in read])
            alone = len(some) == 1
            seen = picture_of_meeting(*read[0], ws.today, words) if alone else picture(read, ws.today, words)
            return seen.commitments if kind is Fate else seen.recommendations
    return ()


def _told(ws: Workspace, place: _Place, word: SaidOutcome, before: Sequence[_Row], otherwise: str) -> OutcomeSaid:
    """What the word changed, or where it stands with nothing that is told, `otherwise`."""
    after = _rows(ws, place, type(word.outcome))
    changed = [row for row in after if row not in before]
    if before != after:
        tell_exported(ws, place.head)
    now = next(iter([*changed, *(row for row in after if place.has(row))]), None)
    if now is None:
        told = otherwise
    else:
        was = next((_state(row) for row in before if _same(row, now)), Outcome.UNKNOWN.value)
        arrow = f"{was} -> {_state(now)}" if was != _state(now) else f"still {was}"
        told = f"{'' if changed else 'nothing changes: '}{_short(word.what)}: {arrow}"
    return OutcomeSaid(
        recommendation=place.id,
        what=word.what,
        told=told,
        changed=before != after,
        steps=now.steps if isinstance(now, RecommendationRow) else _steps(ws, place, type(word.outcome)),
    )


def _state(row: _Row) -> str:
    return row.outcome if isinstance(row, RecommendationRow) else promise_state(row.status)


def _same(row: _Row, other: _Row) -> bool:
    """Whether both are the same advice or promise, whatever became of it."""
    return (row.what, row.evidence) == (other.what, other.evidence)


def _short(what: str) -> str:
    words = what.split()
    return " ".join(words[:_WORDS]).rstrip(".") + (" ..." if len(words) > _WORDS else "")


def _steps(ws: Workspace, place: _Place, kind: type[Outcome | Fate]) -> tuple[LedgerStep, ...]:
    """What a person says became of it, by date."""
    said = _said_at(ws, place.head, place.meeting, place.turn, place.one)
    words = (word for word in said.values() if isinstance(word.outcome, kind))
    ordered = sorted(words, key=lambda word: (word.date, word.made_at))
    return tuple(LedgerStep(date=word.date, outcome=word.outcome.value, note=word.note, author=word.author) for word in ordered)
