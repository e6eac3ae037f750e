"""Promises over a client's meetings: what was promised, said again, and told to be done, dropped or still to come.

Nobody is taken to have kept or broken anything because nothing was heard of it. Only words of a later turn or meeting
that name one promise clearly change what is said of it; what might mean either of two changes neither.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from analyzer.model.findings import About, Assessment, ClaimKind, CommitmentTerms, Fate, Finding, FollowUpTerms, Strength
from analyzer.model.meetings import Meeting, Side
from analyzer.model.person import Said
from analyzer.model.relationship import CommitmentRow, Unmatched
from analyzer.relationship.likeness import REPEATED, clear_best, likeness, repeats, same_name, says_what
from analyzer.relationship.near import Near

Read = Sequence[tuple[Meeting, Assessment]]

FORGOTTEN_DAYS = 60  # a promise without a date is open for this long; after that nobody can say
SAME_WORDS = 0.9
SAME_OWNER = 0.1  # where two fit alike, the one whose owner is named fits a little better

# A person's word: the day, the place of the promise, which one of several it is there (None for all), what became of it.
_Told = tuple[dt.date, tuple[str, int], str | None, Fate]
_OVER = (Fate.DONE, Fate.DROPPED)


@dataclass(frozen=True, slots=True)
class _Promise:
    """A promise as last said, and what was last told of it since."""

    row: CommitmentRow
    places: frozenset[tuple[str, int]]  # where it was said: meeting and turn
    fate: Fate | None = None

    @property
    def is_over(self) -> bool:
        return self.fate in _OVER


@dataclass(slots=True)
class _Held:
    """The promises so far under their numbers, in the order in which they were last said."""

    promises: dict[int, _Promise] = field(default_factory=dict)
    near: Near = field(default_factory=Near)
    given: int = 0

    def add(self, promise: _Promise) -> None:
        self.promises[self.given] = promise
        self.near.add(self.given, promise.row.what)
        self.given += 1

    def near_to(self, what: str) -> list[int]:
        """The numbers of those that may be the same as this."""
        return [number for number in self.near.to(what) if number in self.promises]


def commitments(
    ordered: Read, today: dt.date, said: Mapping[str, Said] | None = None
) -> tuple[tuple[CommitmentRow, ...], tuple[Unmatched, ...]]:
    """The promises, overdue first and then the oldest, and the follow-ups that fit no promise, or more than one.

    What is promised again in like words counts once, as last said; after it was done or dropped it is another promise.
    `said` is what a person said, by meeting id.
    """
    held = _Held()
    own = _fates(ordered, said or {})
    lost: list[Unmatched] = []
    last = dt.date.min
    sides = _sides(meeting for meeting, _ in ordered)
    for meeting, assessment in ordered:
        _told_by_person(held, [fate for fate in own if last <= fate[0] < meeting.date])
        last = meeting.date
        for finding in _in_time(assessment.findings):
            terms, told = finding.claim.commitment, finding.claim.follow_up
            if finding.claim.kind is ClaimKind.COMMITMENT and terms is not None:
                _promise(held, _row(finding, terms, meeting, sides))
            elif told is not None and told.about is About.PROMISE and not _follow(held, finding, told, meeting.date):
                lost.append(Unmatched(about=told.about.value, what=told.what, evidence=finding.evidence))
    _told_by_person(held, [fate for fate in own if last <= fate[0]])
    rows = (replace(p.row, status=_status(p, today)) for p in held.promises.values())
    return tuple(sorted(rows, key=lambda row: _overdue_then_oldest(row, today))), tuple(lost)


def _in_time(findings: Sequence[Finding]) -> list[Finding]:
    """As they were said; of one turn, what is told of earlier things before what is promised anew."""
    return sorted(findings, key=lambda f: (f.evidence.turn, f.claim.kind is not ClaimKind.FOLLOW_UP))


def _fates(ordered: Read, said: Mapping[str, Said]) -> list[_Told]:
    """What a person said became of promises, by date."""
    told = [
        (word.date, word.made_at, (meeting.id, turn), word.what if word.one_of else None, word.outcome)
        for meeting, _ in ordered
        if meeting.id in said
        for turn, words in said[meeting.id].outcomes.items()
        for word in words
        if isinstance(word.outcome, Fate)
    ]
    return [(date, place, one, fate) for date, _, place, one, fate in sorted(told, key=lambda word: word[:2])]


def _told_by_person(held: _Held, told: Sequence[_Told]) -> None:
    """Write down what a person said became of all that was promised at a place, or of one promise there."""
    for date, place, one, fate in told:
        there = [(number, promise) for number, promise in held.promises.items() if place in promise.places]
        meant = range(len(there)) if one is None else which_promises([promise.row.what for _, promise in there], one)
        for number, promise in map(there.__getitem__, meant):
            held.promises[number] = replace(promise, row=replace(promise.row, told_on=date), fate=fate)


def which_promises(there: Sequence[str], one: str) -> list[int]:
    """Which of some promises is meant by `one`: those of the same words, else the one that is clearly the same; none in doubt."""
    if same := [at for at, what in enumerate(there) if what == one]:
        return same
    best = clear_best([likeness(what, one) for what in there])
    return [] if best is None else [best]


def _promise(held: _Held, row: CommitmentRow) -> None:
    """Add a promise, or put it in the place of the one that it repeats.

    Nothing but the first day is kept of that one: who hears of the promise may not have been there when it was first made.
    """
    before = _repeated(held, row)
    here = frozenset([(row.evidence.meeting, row.evidence.turn)])
    if before is None:
        held.add(_Promise(row, here))
        return
    repeated = held.promises.pop(before)
    old = repeated.row
    first = old.first or (old.date if old.date != row.date else None)
    held.add(_Promise(replace(row, first=first), repeated.places | here))


def _repeated(held: _Held, row: CommitmentRow) -> int | None:
    """The number of the one that this repeats."""

    def score(promise: _Promise) -> float:
        old = promise.row
        alike = 0.0 if promise.is_over else repeats(old.what, row.what)
        if not alike or not (row.owner == old.owner or same_name(row.owner, old.owner)) or same_name(row.to, old.to) is False:
            return 0.0
        # What is promised twice within one meeting is two things unless the words are the same.
        apart = row.evidence.meeting == old.evidence.meeting and (row.due != old.due or alike < SAME_WORDS)
        return 0.0 if apart else alike

    near = held.near_to(row.what)
    best = clear_best([score(held.promises[number]) for number in near], REPEATED)
    return None if best is None else near[best]


def _follow(held: _Held, finding: Finding, told: FollowUpTerms, date: dt.date) -> bool:
    """Write down what is told of one promise. False, and nothing changed, where it is not clear which one is meant."""

    def score(promise: _Promise, *, over: bool) -> float:
        alike = likeness(promise.row.what, told.what) if promise.is_over is over else 0.0
        owner = same_name(told.owner, promise.row.owner) if alike else False
        return 0.0 if owner is False else alike + SAME_OWNER * bool(owner)

    if not says_what(told.what):
        return False
    # Of a thing promised again after it was done, the new promise is meant; else more is told of one that is over.
    near = held.near_to(told.what)
    open_ones = [score(held.promises[number], over=False) for number in near]
    at = clear_best(open_ones if any(open_ones) else [score(held.promises[number], over=True) for number in near])
    if at is None:
        return False
    promise = held.promises[near[at]]
    hint = finding.claim.strength is Strength.WEAK
    row = replace(promise.row, told=(*promise.row.told, finding.evidence), told_on=date)
    held.promises[near[at]] = replace(promise, row=row, fate=promise.fate if hint else told.fate or promise.fate)
    return True


def _status(promise: _Promise, today: dt.date) -> str:
    """What was last told of it. Of what nothing was told: open while its time runs, and after that nobody can say."""
    if promise.fate is not None:
        return promise.fate.value
    last_day = promise.row.due_date or promise.row.date + dt.timedelta(days=FORGOTTEN_DAYS)
    return "open" if today <= last_day else "unknown"


def _overdue_then_oldest(row: CommitmentRow, today: dt.date) -> tuple[bool, dt.date, int]:
    past = row.due_date is not None and row.due_date < today
    return not past, row.due_date if past and row.due_date else row.date, row.evidence.turn


def _row(finding: Finding, terms: CommitmentTerms, meeting: Meeting, sides: Mapping[str, set[Side]]) -> CommitmentRow:
    owner = terms.giver or None
    return CommitmentRow(
        owner=owner,
        owner_side=_side_of(owner, meeting, sides).value,
        to=terms.receiver or None,
        to_side=_side_of(terms.receiver, meeting, sides).value,
        what=terms.what,
        due=terms.due,
        due_date=terms.due_date,
        status="",
        date=meeting.date,
        evidence=finding.evidence,
        firm=finding.claim.strength is not Strength.WEAK,
    )


def _sides(met: Iterable[Meeting]) -> dict[str, set[Side]]:
    """Every speaker's name, folded, with the sides that it was on."""
    sides: dict[str, set[Side]] = {}
    for meeting in met:
        for speaker in meeting.speakers:
            sides.setdefault(speaker.name.casefold(), set()).add(speaker.side)
    return sides


def _side_of(name: str | None, meeting: Meeting, everybody: Mapping[str, set[Side]]) -> Side:
    """The side of the one who is called so: of a speaker of this meeting, or else of any, who was always on that side.

    A part of a name will do where all whom it fits are on one side (`Tess` for Tess Okafor).
    """
    if not name:
        return Side.UNKNOWN
    words = set(name.casefold().split())
    for known in (_sides([meeting]), everybody):
        exact = known.get(name.casefold())
        fitting = exact or {side for other, sides in known.items() if words <= set(other.split()) for side in sides}
        if fitting:
            return next(iter(fitting)) if len(fitting) == 1 else Side.UNKNOWN
    return Side.UNKNOWN
