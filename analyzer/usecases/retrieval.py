"""Which passages of past meetings are nearest to a question, within what flags and the question itself allow.

Several clients are searched one by one, each in its own index, and what was found is then weighed on one scale: the scores of an
index are relative to its own passages. Cosines of two embedders have no scale in common, so where clients use different ones
each client's passages keep the scores of their own index.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from statistics import pstdev

from analyzer.errors import IndexRenewed, NotFound, PassageIndexError, UsageError
from analyzer.model.insight import Understood
from analyzer.model.meetings import Client, Meeting, Passage
from analyzer.store import MeetingHead
from analyzer.transcripts.passages import cut
from analyzer.usecases import resolve
from analyzer.usecases.indexing import TRIES, heal, is_in_step
from analyzer.usecases.narrowing import Narrowed, Voices, in_flags, narrowed
from analyzer.usecases.permission import sendable_clients
from analyzer.usecases.queries import understand
from analyzer.usecases.scaffolding import asks_for_a_fact
from analyzer.usecases.scope import Scope
from analyzer.workspace import Workspace

POOL = 100  # passages of each client that are weighed against each other
MANY = 500  # as many where only some of them are in the voices asked for
LIKED = 0.5  # what a passage gains that is of the days that the question names, in deviations of the scores
MOST_VOICES = 8  # names in a note
FEWEST_WORDS = 8  # of a passage that can be told to say the same as another
SAME = 0.8  # share of the words of the shorter one that two passages beside each other share


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A passage with how well it fits: scores are comparable within one search."""

    client: Client
    meeting: Meeting
    passage: Passage
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """The best passages, best first; what was looked for, in whose voices and where. `clients` are those searched."""

    found: tuple[Found, ...]
    narrowed: Narrowed
    clients: tuple[Client, ...]
    searched: dict[str, int]

    @property
    def understood(self) -> Understood:
        return self.narrowed.understood


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored:
    client: Client
    id: str
    meeting: str
    score: float
    cosine: float
    bm25: float

    @property
    def place(self) -> tuple[str, int]:
        """The meeting and the ordinal in it, with which a passage's id ends; none does where the index is damaged."""
        last = self.id.rpartition(".")[2]
        return self.meeting, int(last) if last.isascii() and last.isdecimal() else -1


def retrieve(ws: Workspace, question: str, scope: Scope, k: int, *, leaving: bool = False) -> Retrieved:
    """The `k` passages nearest to the question; with `leaving` of those clients alone whose words may be sent."""
    only = resolve.meeting(ws.store, scope.meeting) if scope.meeting else None
    clients = _clients(ws, question, scope, only)
    if leaving:
        clients = sendable_clients(ws, clients)
    filed = heal(ws, clients)
    heads = {client_id: in_flags(some, scope, only.id if only else None) for client_id, some in filed.items()}
    voices = dict.fromkeys(speaker.name for some in heads.values() for one in some for speaker in one.speakers)
    look = narrowed(heads, scope, understand(question, voices, ws.today))
    _tell_unknown(ws, scope, look.voices, voices)
    meetings = _Meetings(ws, {one.id for some in look.heads.values() for one in some})
    fact = asks_for_a_fact(question)
    places = {client_id: _Place(look, client_id, len(some), meetings, fact=fact) for client_id, some in filed.items()}
    scored, passages = _scored(ws, clients, places, k)
    found = tuple(_best(_liked(look, scored), look.voices, meetings, k))
    if len(found) < k and not look.voices.anybody:
        scored, _ = _scored(ws, clients, places, k, exact=True)
        found = tuple(_best(_liked(look, scored), look.voices, meetings, k))
    searched = {"clients": len(clients), "meetings": sum(map(len, look.heads.values())), "passages": passages}
    return Retrieved(found=found, narrowed=look, clients=tuple(clients), searched=searched)


def _clients(ws: Workspace, question: str, scope: Scope, only: MeetingHead | None) -> Sequence[Client]:
    """Whose meetings are searched; of one meeting, its client's. Raises NotFound, NeedsClient, UsageError."""
    if only is None:
        asked = resolve.clients_asked(ws.store, question, scope.client, everyone=scope.all_clients)
        return tuple(dict.fromkeys((*asked, *(resolve.client(ws.store, ref) for ref in scope.also))))
    if only.client_id is None:
        raise NotFound(
            f"{only.slug} is filed under no client, so it is not searched", f"analyzer move {only.slug} CLIENT files it"
        )
    of = ws.store.client(only.client_id)
    if any(resolve.client(ws.store, ref).id != of.id for ref in (scope.client, *scope.also) if ref):
        raise UsageError(f"{only.slug} is a meeting of {of.name}", "leave out --client or --meeting")
    return (of,)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one client's passages are looked for: in its meetings with the voices, of `filed` in all.

    `fact` says that one fact is asked for, and not about a subject.
    """

    look: Narrowed
    client_id: str
    filed: int
    meetings: "_Meetings"
    fact: bool

    @property
    def heard(self) -> tuple[str, ...] | None:
        """The meetings with the voices; None where that is every meeting of the client."""
        voices = self.look.voices
        heads = self.look.heads[self.client_id]
        heard = heads if voices.anybody else [h for h in heads if any(voices.has(s.name, s.side) for s in h.speakers)]
        return None if len(heard) == self.filed else tuple(one.id for one in heard)

    def spoken(self) -> frozenset[str]:
        """The passages with a word of theirs, which cannot be told without reading every meeting with the voices."""
        heard = self.heard
        meetings = [one.id for one in self.look.heads[self.client_id]] if heard is None else heard
        return frozenset(
            p.id for one in meetings for p in self.meetings.passages(one, self.client_id).values() if _is_in(self.look.voices, p)
        )


def _scored(
    ws: Workspace, clients: Sequence[Client], places: Mapping[str, _Place], k: int, *, exact: bool = False
) -> tuple[list[_Scored], int]:
    """What each client's index finds, weighed on one scale, best first; and how many passages were compared."""
    found: list[_Scored] = []
    passages = 0
    for client in ws.track(clients, "searching"):
        place = places[client.id]
        most = max(2 * k, POOL) if place.look.voices.anybody or exact else max(10 * k, MANY)
        groups, only = (None, place.spoken()) if exact else (place.heard, None)
        compared, best = _asked(ws, client, place, most, (groups, only))
        passages += compared
        found += best
    return _weighed(ws, found, fact=any(place.fact for place in places.values())), passages


def _asked(
    ws: Workspace,
    client: Client,
    place: _Place,
    most: int,
    within: tuple[tuple[str, ...] | None, frozenset[str] | None],
) -> tuple[int, list[_Scored]]:
    """How many passages are compared within these meetings or among these ids, and the best of them.

    An index that another process writes or begins anew after it was healed is healed again, that nothing is missed which the
    record has; one that is written all the time is asked as it is in the end.
    """
    groups, only = within
    for left in reversed(range(TRIES)):
        with suppress(IndexRenewed), ws.index(client.id) as index:
            if not left or is_in_step(ws, client, index.state):
                best = index.search(place.look.text, most, groups=groups, only=only, fact=place.fact)
                return index.count_of(groups=groups, only=only), [
                    _Scored(client=client, id=s.id, meeting=s.group, score=s.score, cosine=s.cosine, bm25=s.bm25) for s in best
                ]
        heal(ws, (client,))
    raise PassageIndexError("the search index was begun anew again and again", "Try again when other commands have finished.")


def _weighed(ws: Workspace, scored: Sequence[_Scored], *, fact: bool) -> list[_Scored]:
    """Best first. Passages of several clients are weighed anew together, unless their vectors were made by two embedders."""
    clients = dict.fromkeys(s.client.id for s in scored)
    if len(clients) > 1:
        if len({ws.embedder_identity(client_id) for client_id in clients}) > 1:
            told = "two embedders made the indexes of these clients: each client's passages were weighed by themselves"
            ws.notice("two_embedders", told)
        else:
            scores = ws.weighed([s.place for s in scored], [s.cosine for s in scored], [s.bm25 for s in scored], fact=fact)
            scored = [replace(s, score=score) for s, score in zip(scored, scores, strict=True)]
    return sorted(scored, key=lambda s: s.score, reverse=True)


def _liked(look: Narrowed, ranked: Sequence[_Scored]) -> list[_Scored]:
    """With the meetings of the days that the question names counting more. A name counts by itself: it stands in its passages."""
    liked = look.meetings_liked
    gain = LIKED * pstdev([s.score for s in ranked]) if ranked else 0.0
    counted = [replace(s, score=s.score + gain) if s.meeting in liked else s for s in ranked]
    return sorted(counted, key=lambda s: s.score, reverse=True)


def _best(ranked: Sequence[_Scored], voices: Voices, meetings: "_Meetings", k: int) -> Iterator[Found]:
    """The first `k` in these voices, of each place only the best one."""
    kept: list[Passage] = []
    for scored in ranked:
        if len(kept) == k:
            return
        passage = meetings.passages(scored.meeting, scored.client.id).get(scored.id)
        if passage is None or not _is_in(voices, passage) or any(_is_same_place(passage, other) for other in kept):
            continue
        kept.append(passage)
        yield Found(client=scored.client, meeting=meetings.meeting(scored.meeting), passage=passage, score=scored.score)


def _is_in(voices: Voices, passage: Passage) -> bool:
    return voices.anybody or any(voices.has(turn.speaker, turn.side) for turn in passage.turns)


def _is_same_place(one: Passage, other: Passage) -> bool:
    """Whether two passages share a turn, or stand beside each other and say the same, as in captions that were written twice."""
    if one.meeting_id != other.meeting_id or one.first_turn > other.last_turn + 1 or other.first_turn > one.last_turn + 1:
        return False
    if one.first_turn <= other.last_turn and other.first_turn <= one.last_turn:
        return True
    words = [Counter(word for turn in p.turns for word in turn.text.casefold().split()) for p in (one, other)]
    fewest = min(w.total() for w in words)
    return fewest >= FEWEST_WORDS and (words[0] & words[1]).total() >= SAME * fewest


def _tell_unknown(ws: Workspace, scope: Scope, voices: Voices, there: Iterable[str]) -> None:
    if scope.speaker and not voices.names:
        heard = ", ".join(sorted(there)[:MOST_VOICES])
        ws.notice("no_such_speaker", f"nobody called {scope.speaker!r} speaks there" + (f": {heard}" if heard else ""))


class _Meetings:
    """The meetings of what was found, each read from the record once, when it is first needed."""

    def __init__(self, ws: Workspace, known: Collection[str]) -> None:
        self._ws = ws
        self._known = known
        self._read: dict[str, tuple[Meeting, Mapping[str, Passage]]] = {}

    def meeting(self, meeting_id: str) -> Meeting:
        return self._of(meeting_id)[0]

    def passages(self, meeting_id: str, client_id: str) -> Mapping[str, Passage]:
        """The passages by their ids; none of a meeting that is new, that is no longer this client's, or was forgotten."""
        if meeting_id not in self._known:
            return {}
        try:
            meeting, passages = self._of(meeting_id)
        except NotFound:
            return {}
        return passages if meeting.client_id == client_id else {}

    def _of(self, meeting_id: str) -> tuple[Meeting, Mapping[str, Passage]]:
        if meeting_id not in self._read:
            meeting = self._ws.store.meeting(meeting_id)
            self._read[meeting_id] = (meeting, {p.id: p for p in cut(meeting)})
        return self._read[meeting_id]
