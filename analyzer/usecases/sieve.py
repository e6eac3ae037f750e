"""Lets through what those people may read who get a document, and counts what it holds back."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence

from analyzer.model.agenda import ClientWords, OpenPromise, SaidThere, Suggestion, ToldBefore, Withheld
from analyzer.model.findings import Evidence, Match, OpeningId, Outcome
from analyzer.model.meetings import Meeting, Side
from analyzer.model.relationship import CommitmentRow, Picture, RecommendationRow
from analyzer.names import fold_name
from analyzer.practice import Item, Practice
from analyzer.relationship.trifles import is_trifle
from analyzer.terms import is_for_another, was_heard
from analyzer.usecases import plainly
from analyzer.usecases.leaks import PrivateWords, leaks
from analyzer.usecases.subjects import subjects

TELLING_WORDS = 5  # fewer words of a quote do not tell what was promised
RECENT_DAYS = 90  # a promise older than this is not brought up again in an agenda
ADVICE_DAYS = 180  # and a suggestion older than this

_ASKED_ABOUT = (Outcome.UNKNOWN, Outcome.DEFERRED)

Places = Collection[tuple[str, int]]


class Audience:
    """Who is to read a document, and which meetings all of them attended.

    Naming only our own people would make every meeting of theirs shared: who is to read it on the other side counts, and
    that is everybody but those who are ours in `practice`, or were on our side in each meeting that they attended. What was
    said in confidence stays with those who were there, ours among them; `personal` turns, which a person keeps to remember
    somebody by, stay with that person.
    """

    def __init__(
        self,
        meetings: Sequence[Meeting],
        people: Sequence[str],
        practice: Practice,
        personal: Places = frozenset(),
    ) -> None:
        self._personal = personal
        self._meetings = {meeting.id: meeting for meeting in meetings}
        attended = {meeting.id: {fold_name(s.name) for s in meeting.speakers} for meeting in meetings}
        everybody = set().union(*attended.values())
        self._written = {fold_name(s.name): s.name for meeting in meetings for s in meeting.speakers}
        self._called = {person: _known_as(fold_name(person), everybody) for person in people}
        sides = _sides(meetings)
        ours = {name for person, name in self._called.items() if practice.is_ours(person) or sides.get(name) == {Side.OURS}}
        self.never_met = tuple(person for person, name in self._called.items() if name not in everybody | ours)
        self.readers = set(self._called.values()) - ours
        all_named = set(self._called.values())
        self._attended = attended
        self._confidential = {
            meeting.id for meeting in meetings if meeting.confidential and not all_named <= attended[meeting.id]
        }
        self._shared = {meeting for meeting, voices in attended.items() if self.readers and self.readers <= voices}

    def called(self, person: str) -> str:
        """The name on record of somebody asked for, as it is written there; as asked for where nobody has it."""
        return self._written.get(self._called.get(person, ""), person)

    @property
    def shared(self) -> tuple[Meeting, ...]:
        """The meetings whose words everybody heard who gets the document."""
        return tuple(meeting for key, meeting in self._meetings.items() if key in self._shared - self._confidential)

    def meeting(self, meeting_id: str) -> Meeting | None:
        return self._meetings.get(meeting_id)

    def absent(self, meeting_id: str) -> tuple[str, ...]:
        """Those asked for who were not there, as they were called."""
        attended = self._attended.get(meeting_id, set())
        return tuple(person for person, name in self._called.items() if name not in attended)

    def why_not(self, evidence: Evidence) -> Withheld | None:
        """Why words of a meeting are not for these people."""
        if not self.readers:
            return Withheld.NOBODY_NAMED
        if evidence.meeting not in self._shared:
            return Withheld.NOT_HEARD_BY_ALL
        if evidence.meeting in self._confidential:
            return Withheld.CONFIDENTIAL
        by_absent = evidence.side != Side.OURS and fold_name(evidence.speaker) not in self.readers
        if by_absent:
            return Withheld.SAID_BY_ABSENT
        return Withheld.SENSITIVE if (evidence.meeting, evidence.turn) in self._personal else None


class Sieve:
    """What may be told, kind by kind; `left_out` and `absent` tell what was not, and because of whom."""

    def __init__(self, audience: Audience, private: PrivateWords, touchy: Places) -> None:
        self.left_out: Counter[Withheld] = Counter()
        self.absent: dict[str, None] = {}
        self.drawn_on: set[str] = set()
        self._audience = audience
        self._private = private
        self._touchy = touchy

    def items(self, items: Iterable[Item], may_hear: Callable[[Item], bool]) -> tuple[str, ...]:
        """The texts of the items that may be told."""
        return tuple(item.text for item in items if self._passes(None if may_hear(item) else Withheld.NOT_SHARED, item.text))

    def words(self, picture: Picture, kind: OpeningId) -> tuple[ClientWords, ...]:
        """What the client's side said of an opening, the newest first; of what the reader takes for a hint only plain words."""
        kept = []
        for evidence in picture.openings.get(kind, ()):
            text = evidence.quote if is_firm(picture, kind, evidence) else plainly.opened(kind, evidence.quote)
            if evidence.side == Side.THEIRS and text and self._may(evidence, None, text, evidence.speaker):
                meeting = self._audience.meeting(evidence.meeting)
                if meeting is not None:
                    kept.append(ClientWords(text=text, speaker=evidence.speaker, date=meeting.date))
        return tuple(kept)

    def told_before(self, picture: Picture) -> tuple[ToldBefore, ...]:
        """On which days their side told how its business is doing, and of what; nothing of it is quoted.

        A hint counts where it names something that a business has.
        """
        days: dict[dt.date, dict[str, None]] = {}
        kind = OpeningId.SHARES_CONTEXT
        for evidence in picture.openings.get(kind, ()):
            if evidence.side != Side.THEIRS or evidence.match is Match.NOT_FOUND or self._why_not(evidence):
                continue
            if not (is_firm(picture, kind, evidence) or subjects(evidence.quote)):
                continue
            meeting = self._audience.meeting(evidence.meeting)
            if meeting is not None:
                self.drawn_on.add(meeting.id)
                days.setdefault(meeting.date, {}).update(dict.fromkeys(subjects(evidence.quote)))
        return tuple(ToldBefore(date=day, subjects=tuple(told)) for day, told in sorted(days.items()))

    def promises(self, rows: Iterable[CommitmentRow], today: dt.date, most: int) -> tuple[OpenPromise, ...]:
        """The neutral facts of what one side owes the other and is not known to be settled, the first `most` of them."""
        kept: list[OpenPromise] = []
        for row in rows:
            if row.status in ("done", "dropped"):
                continue
            why = self._why_not_promise(row)
            if why is None and (today - row.date).days > RECENT_DAYS:
                why = Withheld.LONG_AGO
            elif why is None and is_trifle(row.what):
                why = Withheld.TRIFLE
            elif why is None and len(kept) == most:
                why = Withheld.NO_ROOM
            if promise := self.promise(row, why):
                kept.append(promise)
        return tuple(kept)

    def promise(self, row: CommitmentRow, why: Withheld | None = None) -> OpenPromise | None:
        """One promise, unless there is a reason against it; where the reader is not certain, only in plain words as said."""
        plain = plainly.promised(row.evidence.quote, row.due)
        what = self._in_words_said(row) if row.firm else _quoted(row.evidence.quote) if plain else ""
        if row.owner is None or is_for_another(row.evidence.quote, row.owner, row.evidence.speaker):
            why = Withheld.NOT_SURE_WHO
        elif not what:
            why = why or Withheld.NOT_CERTAIN
        if not self._may(row.evidence, why, row.owner or "", what, row.to or "", row.due or ""):
            return None
        return OpenPromise(who=row.owner or "", what=what, to=row.to, due=row.due, due_date=row.due_date)

    def suggestions(self, rows: Iterable[RecommendationRow], today: dt.date) -> tuple[Suggestion, ...]:
        """What we suggested of which it is not known what became, the newest first."""
        kept = []
        for row in sorted(rows, key=lambda row: row.date, reverse=True):
            if row.outcome not in _ASKED_ABOUT or (today - row.date).days > ADVICE_DAYS:
                continue
            if row.what == row.evidence.quote and plainly.hedged(row.what):
                continue
            meeting = self._audience.meeting(row.evidence.meeting)
            worded = row.what != row.evidence.quote and meeting is not None and was_heard(meeting, row.what, row.evidence.turn)
            what = row.what if worded else _quoted(row.evidence.quote)
            if self._may(row.evidence, None, what):
                kept.append(Suggestion(what=what, date=row.date))
        return tuple(kept)

    def taken_up(self, rows: Iterable[RecommendationRow]) -> tuple[SaidThere, ...]:
        """What we advised in a meeting and their side took up in that meeting, as a reader words it in words that were heard."""
        kept = []
        for row in rows:
            there = [step.evidence for step in row.steps if step.outcome == Outcome.ADOPTED and step.evidence]
            said_yes = next((one for one in there if one.meeting == row.evidence.meeting and one.side == Side.THEIRS), None)
            meeting = self._audience.meeting(row.evidence.meeting)
            worded = row.what != row.evidence.quote and meeting is not None and was_heard(meeting, row.what, row.evidence.turn)
            if said_yes and worded and row.outcome == Outcome.ADOPTED and self._may(row.evidence, None, row.what):
                kept.append(SaidThere(text=row.what, speaker=row.evidence.speaker, agreed=said_yes.speaker, worded=True))
        return tuple(kept)

    def quote(self, evidence: Evidence) -> bool:
        """Whether these words may be quoted to those who heard them."""
        return self._may(evidence, None, evidence.quote, evidence.speaker)

    @staticmethod
    def _why_not_promise(row: CommitmentRow) -> Withheld | None:
        within = row.owner_side == row.to_side and row.to_side in (Side.OURS, Side.THEIRS)
        return Withheld.WITHIN_ONE_SIDE if within else None

    def _in_words_said(self, row: CommitmentRow) -> str:
        """The promise as the reader words it, where those words were heard around it; else as it was said, if that tells it."""
        meeting = self._audience.meeting(row.evidence.meeting)
        if meeting is not None and was_heard(meeting, row.what, row.evidence.turn):
            return row.what
        quote = row.evidence.quote
        return _quoted(quote) if len(quote.split()) >= TELLING_WORDS else ""

    def _why_not(self, evidence: Evidence) -> Withheld | None:
        why = self._audience.why_not(evidence)
        if why is None and (evidence.meeting, evidence.turn) in self._touchy:
            why = Withheld.SENSITIVE
        return why

    def _may(self, evidence: Evidence, why: Withheld | None, *texts: str) -> bool:
        """Whether words that rest on this evidence may be told; `why` is a reason against it that is known already."""
        if evidence.match is Match.NOT_FOUND:
            return False
        why = why or self._why_not(evidence)
        if why in (Withheld.NOT_HEARD_BY_ALL, Withheld.CONFIDENTIAL):
            self.absent.update(dict.fromkeys(self._audience.absent(evidence.meeting)))
        passes = self._passes(why, *texts)
        if passes:
            self.drawn_on.add(evidence.meeting)
        return passes

    def _passes(self, why: Withheld | None, *texts: str) -> bool:
        if why is None and any(leaks(text, forbidden=self._private) for text in texts):
            why = Withheld.PRIVATE_WORDS
        if why is not None:
            self.left_out[why] += 1
        return why is None


def _quoted(text: str) -> str:
    """Words in quotation marks, to stand within a line."""
    return f"“{text.removesuffix('.')}”"


def is_firm(picture: Picture, kind: OpeningId, evidence: Evidence) -> bool:
    """Whether the reader is certain of an opening."""
    return evidence in picture.firm_openings.get(kind, ())


def _known_as(person: str, everybody: Collection[str]) -> str:
    """The full name that is meant: itself, or the only known one that has all its words, or all of whose words it has."""
    if person in everybody:
        return person
    words = {word.strip(".,") for word in person.split()}
    fitting = [name for name in everybody if words and words <= set(name.split())]
    fitting = fitting or [name for name in everybody if len(name.split()) > 1 and set(name.split()) <= words]
    return fitting[0] if len(fitting) == 1 else person


def _sides(meetings: Iterable[Meeting]) -> dict[str, set[Side]]:
    """The sides that each was on, by folded name."""
    sides: dict[str, set[Side]] = {}
    for meeting in meetings:
        for speaker in meeting.speakers:
            sides.setdefault(fold_name(speaker.name), set()).add(speaker.side)
    return sides
