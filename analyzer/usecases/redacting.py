"""What the record has of one person, and how each place is to read without them: looked up before anything is changed.

Where the person speaks, their words go and the turns stay, so that what others said stands where it stood. Everywhere else their
name goes: in full wherever it stands, and a first or last name alone where they are among the people of that client's meetings
(or are named in full in that very meeting or text) and nobody else there is called so. Nothing else of anybody is changed.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from analyzer.model.edits import AssignedTurn
from analyzer.model.forgetting import Mention
from analyzer.model.meetings import Meeting, Side, Speaker, Turn
from analyzer.practice import Practice
from analyzer.store import MeetingHead
from analyzer.store.filing import REPLACE
from analyzer.store.kept_paths import hidden_path, telling
from analyzer.store.redaction import Body, Field, Pinned, Redaction, Rewritten
from analyzer.usecases.mentions import finder_of_person, in_meeting, in_words
from analyzer.usecases.naming import NAME_REMOVED, NOBODY_KNOWN, Among, PersonsName
from analyzer.usecases.originals_read import words_of_file
from analyzer.usecases.person import Places
from analyzer.usecases.rewriting import FORMAT, as_text, cues_of, utterance
from analyzer.usecases.said_again import WORDS_REMOVED, without_words_of
from analyzer.usecases.stretches import replaced

SOMEBODY = "Removed person"
FILE_NAME = "redacted.txt"
_WITH_OTHERS = (" and ", " und ", " et ", "&", "+", "/", ",")
_COUNTED = {"agendas": "agendas", "assessments": "readings", "cache": "answers", "stand_ins": "stand_ins"}
_COUNTED |= {"verdicts": "verdicts", "dismissals": "verdicts", "marks": "verdicts", "outcomes": "outcomes"}
_COUNTED |= {"remembered": "remembered", "notes": "notes", "decisions": "decisions"}


@dataclass(slots=True, kw_only=True)
class Redacted:
    """All places that have something of the person, and what becomes of each.

    `read` names the engines that had read each meeting, by id; `clients` are those whose index is to be put right; `left` are
    places that have a part of the name after it, which may be somebody else's. `everybody` tells the person from all on record.
    """

    meetings: list[Rewritten] = field(default_factory=list)
    slugs: list[str] = field(default_factory=list)
    read: dict[str, tuple[str, ...]] = field(default_factory=dict)
    clients: set[str] = field(default_factory=set)
    digests: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    texts: list[tuple[Field, str | None]] = field(default_factory=list)
    pinned: list[tuple[Pinned, AssignedTurn | None]] = field(default_factory=list)
    gone: list[Body] = field(default_factory=list)
    left: list[Mention] = field(default_factory=list)
    everybody: Among = NOBODY_KNOWN
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def nothing(self) -> bool:
        """Whether the person is nowhere on record."""
        return not (self.meetings or self.texts or self.gone)

    def apply(self, record: Redaction) -> None:
        """Make it so."""
        for body in self.gone:
            record.remove(body)
        for pinned, at in self.pinned:
            if at is None:
                record.unpin(pinned)
            else:
                record.pin(pinned, at)
        for one, text in self.texts:
            record.set_text(one, text)
        for new in self.meetings:
            record.rewrite(new)


def redacted(record: Redaction, person: PersonsName, practice: Practice) -> Redacted:
    """What of this person is on record, and what becomes of it."""
    return _Survey(record, person, practice).made()


class _Survey:
    def __init__(self, record: Redaction, person: PersonsName, practice: Practice) -> None:
        self._record = record
        self._person = person
        self._heads = record.heads()
        self._voices = record.voices()
        self._ours = [name for one in practice.people for name in (one.name, *one.aliases)]
        self._found = Redacted()
        self._find = finder_of_person(person)
        self._said: list[str] = []  # by them, in whatever revision
        self._anew: dict[str, tuple[Meeting, Meeting]] = {}  # as it was, and as it is to be
        self._named: dict[str, Among] = {}  # meetings that have something of them

    def made(self) -> Redacted:
        for head in self._heads:
            self._meeting(head)
        self._found.clients |= set(self._record.filed_under(list(self._anew)))  # of before, too: their indexes, their drafts
        self._fields()
        self._pins()
        self._bodies()
        counts = self._found.counts
        counts["meetings"] = len(self._found.meetings)
        self._found.counts = Counter({kind: number for kind, number in counts.items() if number})
        return self._found

    # Who else there is

    @cached_property
    def _clients_of_theirs(self) -> set[str | None]:
        """The clients in whose meetings the person speaks."""
        at = {head.client_id for head in self._heads if any(map(self._is_theirs, self._voices.get(head.id, ())))}
        return at - {None}

    @cached_property
    def _people(self) -> dict[str | None, set[str]]:
        """Whoever speaks in a client's meetings, and the client's own name."""
        people: defaultdict[str | None, set[str]] = defaultdict(set)
        for head in self._heads:
            people[head.client_id] |= set(self._voices.get(head.id, ()))
        for client in self._record.clients():
            people[self._now.get(client.id, client.id)].add(client.name)
        return people

    def _is_theirs(self, voice: str) -> bool:
        """Whether a voice is the person's, be it with more than the name, such as that of a device."""
        if self._person.is_of(voice):
            return True
        return bool(self._person.spans(voice)) and not any(sign in voice.casefold() for sign in _WITH_OTHERS)

    @cached_property
    def _now(self) -> dict[str | None, str]:
        """What clients that were merged into others are now."""
        return {client_id: now for client_id, now in self._record.merged().items()}  # noqa: C416 a wider kind of key

    def _among(self, client_id: str | None) -> Among:
        return self._person.among(name for name in (*self._people[client_id], *self._ours) if not self._is_theirs(name))

    def _around(self, client_id: str | None, text: Iterable[str]) -> Among:
        """How to tell the person in a text of a client: by parts of the name only where they are known to be meant."""
        client_id = self._now.get(client_id, client_id)
        among = self._among(client_id)
        known = client_id in self._clients_of_theirs or any(self._person.stands_in(one) for one in text)
        return among if known else replace(NOBODY_KNOWN, namesakes=among.namesakes)

    # Meetings

    def _meeting(self, head: MeetingHead) -> None:
        meeting, before = self._record.meeting(head), self._record.said_before(head.id)
        voices = self._voices.get(head.id, ())
        told = [head.title, head.file_name, *head.warnings, *voices, *(turn.text for turn in meeting.turns)]
        told += [text for _, text in before]
        told.append(self._record.edits(head.id))
        files = list(self._record.originals(head.id))
        told += [name for _, name, _ in files]
        held = [text for _, name, content in files for text in words_of_file(name, content)]
        among = self._around(head.client_id, (*told, *held))
        theirs = {voice for voice in voices if self._is_theirs(voice)}
        if not theirs and not any(self._person.stands_in(text, among) for text in (*told, *held)):
            self._found.left += in_meeting(self._find, meeting, head.file_name)
            return
        found = self._found
        found.names |= theirs
        self._said += [text for voice, text in before if voice in theirs]
        self._said += [turn.text for turn in meeting.turns if turn.speaker in theirs]
        new = self._blacked_out(meeting, theirs, among)
        self._anew[head.id], self._named[head.id] = (meeting, new), among
        found.left += in_meeting(self._find, new, FILE_NAME)
        found.slugs.append(head.slug)
        found.read[head.id] = head.readings
        found.digests |= {digest for digest, *_ in files}
        found.counts["originals"] += len(files)
        found.meetings.append(self._rewritten(head, new, among))

    def _blacked_out(self, meeting: Meeting, theirs: Collection[str], among: Among) -> Meeting:
        """The meeting without the person's words and name; every turn keeps its place."""
        called = self._called(meeting, theirs, among)
        turns = tuple(self._turn(turn, called[turn.speaker], turn.speaker in theirs, among) for turn in meeting.turns)
        speakers = tuple(
            # On neither side: nobody reads a sign or an opening into words that are gone, or puts them on an agenda.
            Speaker(name=called[one.name], side=Side.OTHER)
            if one.name in theirs
            else replace(one, name=called[one.name], role=self._less(one.role, among))
            for one in meeting.speakers
        )
        return replace(meeting, speakers=speakers, turns=turns, title=self._less(meeting.title, among))

    def _called(self, meeting: Meeting, theirs: Collection[str], among: Among) -> dict[str, str]:
        """What each speaker is called from now on, each by a name of their own."""
        called: dict[str, str] = {}
        taken = {one.name for one in meeting.speakers if one.name not in theirs}
        for one in meeting.speakers:
            name = SOMEBODY if one.name in theirs else self._person.removed(one.name, among)[0]
            if name != one.name:
                name = next(free for n in range(1, len(taken) + 2) if (free := name if n == 1 else f"{name} {n}") not in taken)
                self._found.counts["speakers"] += 1
            taken.add(name)
            called[one.name] = name
        return called

    def _turn(self, turn: Turn, speaker: str, theirs: bool, among: Among) -> Turn:  # noqa: FBT001 whose it is
        if theirs:
            self._found.counts["turns"] += 1
            return replace(turn, speaker=speaker, text=WORDS_REMOVED, cues=())
        spans = self._person.spans(turn.text, among)
        if not spans:
            return replace(turn, speaker=speaker)
        self._found.counts["redactions"] += len(spans)
        text = replaced(turn.text, spans, NAME_REMOVED)
        return replace(turn, speaker=speaker, text=text, cues=cues_of(turn.cues, spans))

    def _less(self, text: str, among: Among) -> str:
        less, times = self._person.removed(text, among)
        self._found.counts["redactions"] += times
        return less

    def _rewritten(self, head: MeetingHead, new: Meeting, among: Among) -> Rewritten:
        return Rewritten(
            meeting_id=head.id,
            title=new.title,
            warnings=tuple(self._person.removed(told, among)[0] for told in head.warnings),
            format=FORMAT,
            file_name=FILE_NAME,
            original=as_text(head.id, new).encode(errors="replace"),
            speakers=new.speakers,
            turns=tuple(utterance(turn) for turn in new.turns),
        )

    # What a person wrote, and what was made

    def _fields(self) -> None:
        clients = {head.id: head.client_id for head in self._heads}
        called = {head.id: head.slug for head in self._heads} | {client.id: client.slug for client in self._record.clients()}
        without = without_words_of(self._said)
        for one in self._record.fields():
            if not one.words:
                self._beside_words(one)
                continue
            whose = clients.get(one.meeting_id) if one.meeting_id else one.client_id
            among = self._named.get(one.meeting_id or "") or self._around(whose, [one.text])
            text, names = self._person.removed(one.text, among)
            text, quotes = without(text)
            number = dict(one.key).get("number") if one.client_id else None
            where = called.get(one.meeting_id or one.client_id or "", "")
            self._found.left += in_words(self._find, one.table.removesuffix("s"), where, number, text)
            if names or quotes:
                self._found.texts.append((one, text))
                self._found.counts[_COUNTED[one.table]] += 1
                self._found.counts["redactions"] += names + quotes

    def _beside_words(self, one: Field) -> None:
        """Who wrote something, or where a document lies."""
        if one.column == "path":
            if (hidden := hidden_path(one.text, telling(self._person.telling))) != one.text:
                self._found.texts.append((one, hidden))
        elif self._person.is_of(one.text):
            self._found.texts.append((one, None))

    def _pins(self) -> None:
        """What was said of turns of theirs goes; of other turns it stays, and finds them by their new words."""
        places: dict[str, tuple[Places, Places]] = {}
        for one in self._record.pinned(list(self._anew)):
            was, now = self._anew[one.meeting_id]
            before, after = places.setdefault(one.meeting_id, (Places(was), Places(now)))
            at = before.find(one.at)
            mine = self._is_theirs(one.at.speaker) or any(self._is_theirs(was.turns[turn].speaker) for turn in at)
            if mine:
                self._found.counts[_COUNTED[one.table]] += 1
                self._found.pinned.append((one, None))
            elif at:
                self._found.pinned.append((one, after.noted(at[0])))
            else:
                self._found.pinned.append((one, self._bare(one)))
        gone = {(one.table, one.number) for one, at in self._found.pinned if at is None}
        self._found.texts = [t for t in self._found.texts if (t[0].table, dict(t[0].key).get("number")) not in gone]

    def _bare(self, one: Pinned) -> AssignedTurn:
        """A turn that is not found any more, without what stood around it."""
        among = self._named[one.meeting_id]
        text, speaker = (self._person.removed(told, among)[0] for told in (one.at.text, one.at.speaker))
        return AssignedTurn(ordinal=one.at.ordinal, text=text, speaker=speaker)

    def _bodies(self) -> None:
        without = without_words_of(self._said)
        known = (name for people in self._people.values() for name in (*people, *self._ours))
        self._found.everybody = self._person.among(name for name in known if not self._is_theirs(name))
        for body in self._record.bodies():
            if self._goes(body, self._found.everybody) or (body.table == "agendas" and without(body.text)[1]):
                self._found.gone.append(body)
                if body.table in _COUNTED:
                    self._found.counts[_COUNTED[body.table]] += 1

    def _goes(self, body: Body, everybody: Among) -> bool:
        touched = bool(self._anew.keys() & set(body.meeting_ids))
        match body.table:
            case "assessments" | "cache":
                by_place = touched
            case "stand_ins":
                by_place = body.client_id in self._found.clients or bool(self._person.spans(body.text.title(), everybody))
                by_place = by_place or self._was_said(body.text)  # an address of theirs, kept where the meeting was filed once
            case "filings":
                by_place = touched and body.kind == REPLACE
            case _:
                by_place = False
        of_meeting = next((self._named[one] for one in body.meeting_ids if one in self._named), None)
        return by_place or self._person.stands_in(body.text, of_meeting or self._around(body.client_id, [body.text]))

    @cached_property
    def _all_said(self) -> str:
        return "\n".join(self._said)

    def _was_said(self, text: str) -> bool:
        """Whether the person said this, as it stands."""
        return re.search(rf"(?<!\w){re.escape(text)}(?!\w)", self._all_said, re.IGNORECASE) is not None
