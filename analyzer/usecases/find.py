"""Finding: search over past meetings, and answering a question from what is found."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean, pstdev

from analyzer import evidence
from analyzer.model.findings import Claims
from analyzer.model.insight import Answer, Hit, Hits
from analyzer.model.meetings import Client, Meeting, Passage
from analyzer.model.sending import Preview
from analyzer.names import fold_name
from analyzer.store import MeetingHead
from analyzer.transcripts.passages import cut
from analyzer.usecases import resolve
from analyzer.usecases.indexing import heal
from analyzer.usecases.motives import source
from analyzer.usecases.permission import sendable_clients
from analyzer.usecases.planning import sending
from analyzer.workspace import LLM, OFFLINE, Workspace

READ_FOR_ANSWER = 12  # passages handed to an engine with a question: about 1,500 words
NEAREST = 3
ACROSS = 100  # passages a client that are weighed against each other where several are searched
MOST_VOICES = 8  # names in a note
MEANING = 0.7  # the share of the vectors in a score across clients, as within one (`vectorstore.fusion`)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where to look: one client by name, or all; and only what these dates, this speaker, this side allow."""

    client: str | None = None
    all_clients: bool = False
    since: dt.date | None = None
    until: dt.date | None = None
    speaker: str | None = None
    side: str | None = None

    @property
    def narrows(self) -> bool:
        return any((self.since, self.until, self.speaker, self.side))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    client: Client
    meeting: Meeting
    passage: Passage
    score: float
    cosine: float
    bm25: float


def search(ws: Workspace, query: str, scope: Scope, k: int = 10) -> Hits:
    """The passages nearest to the query in meaning and in words, best first."""
    found, searched = _find(ws, query, scope, k)
    return Hits(query=query, hits=tuple(_hit(f) for f in found), searched=searched)


def ask(ws: Workspace, question: str, scope: Scope, engine: str = OFFLINE) -> Answer:
    """An answer whose every sentence cites words that were said, or that the meetings do not say it."""
    found, searched = _find(ws, question, scope, READ_FOR_ANSWER, leaving=engine == LLM)
    claims = ws.engine(engine).answer(question, [f.passage for f in found]) if found else Claims()
    kept, rejected = evidence.verify_answers({f.meeting.id: f.meeting for f in found}, claims.claims)
    return Answer(
        question=question,
        answered=bool(kept),
        answer=" ".join(k.claim.reason or k.evidence.quote for k in kept),
        citations=tuple(k.evidence for k in kept),
        rejected=len(rejected),
        searched=searched,
        nearest=() if kept else tuple(_hit(f) for f in found[:NEAREST]),
        sources=tuple(source(m) for m in {f.meeting.id: f.meeting for f in found}.values()),
        engine=engine,
    )


def preview_ask(ws: Workspace, question: str, scope: Scope) -> Preview:
    """The very text that asking a model this question would send now; nothing is sent."""
    found, _ = _find(ws, question, scope, READ_FOR_ANSWER, leaving=True)
    requests = (ws.llm.to_answer(question, [f.passage for f in found]),) if found else ()
    return Preview(
        model=ws.settings.model,
        server=ws.server,
        privacy=ws.settings.privacy,
        sendings=tuple(sending(ws.llm, request, question) for request in requests),
    )


def _find(ws: Workspace, query: str, scope: Scope, k: int, *, leaving: bool = False) -> tuple[list[_Found], dict[str, int]]:
    clients: Sequence[Client] = resolve.clients_asked(ws.store, query, scope.client, everyone=scope.all_clients)
    if leaving:
        clients = sendable_clients(ws, clients)
    heal(ws, clients)
    found: list[_Found] = []
    voices: set[str] = set()
    searched = {"clients": len(clients), "meetings": 0, "passages": 0}
    for client in ws.track(clients, "searching"):
        heads = [h for h in ws.store.meetings(client.id) if _in_dates(h, scope)]
        voices |= {s.name for h in heads for s in h.speakers}
        only = _allowed(ws, heads, scope) if scope.narrows else None
        with ws.index(client.id) as index:
            searched["meetings"] += len(heads)
            searched["passages"] += index.count() if only is None else len(only)
            scored = index.search(query, k if len(clients) == 1 else max(k, ACROSS), only=only)
        known = {h.id for h in ws.store.meetings(client.id)}
        passages = {p.id: (m, p) for m in _meetings(ws, {s.group for s in scored} & known) for p in cut(m)}
        found += [
            _Found(client=client, meeting=m, passage=p, score=s.score, cosine=s.cosine, bm25=s.bm25)
            for s in scored
            if s.id in passages
            for m, p in [passages[s.id]]
        ]
    if scope.speaker and not any(_is_called(scope.speaker, voice) for voice in voices):
        ws.notice("no_such_speaker", f"nobody called {scope.speaker!r} speaks there: {', '.join(sorted(voices)[:MOST_VOICES])}")
    if len(clients) > 1:
        found = _across(found)
    return sorted(found, key=lambda f: f.score, reverse=True)[:k], searched


def _across(found: Sequence[_Found]) -> list[_Found]:
    """Scores anew: the index's are relative to one client's passages, so meaning and words are weighed over what was found."""
    cosines, words = _standard([f.cosine for f in found]), _standard([f.bm25 for f in found])
    return [replace(f, score=MEANING * c + (1 - MEANING) * w) for f, c, w in zip(found, cosines, words, strict=True)]


def _standard(values: Sequence[float]) -> list[float]:
    spread = pstdev(values) if values else 0.0
    return [(v - fmean(values)) / spread if spread else 0.0 for v in values]


def _meetings(ws: Workspace, ids: set[str]) -> list[Meeting]:
    return [ws.store.meeting(meeting_id) for meeting_id in sorted(ids)]


def _in_dates(head: MeetingHead, scope: Scope) -> bool:
    return not ((scope.since and head.date < scope.since) or (scope.until and head.date > scope.until))


def _allowed(ws: Workspace, heads: Sequence[MeetingHead], scope: Scope) -> frozenset[str]:
    """The ids of passages in which the speaker or side asked for has a word."""
    return frozenset(
        p.id for h in heads for p in cut(ws.store.meeting(h.id)) if any(_speaks(scope, t.speaker, t.side) for t in p.turns)
    )


def _speaks(scope: Scope, speaker: str, side: str) -> bool:
    named = scope.speaker is None or _is_called(scope.speaker, speaker)
    return named and (scope.side is None or scope.side == side)


def _is_called(name: str, speaker: str) -> bool:
    """Whether every word of the name is in the speaker's: `Bukola` is Bukola Adeyemi."""
    return bool(fold_name(name)) and set(fold_name(name).split()) <= set(fold_name(speaker).split())


def _hit(found: _Found) -> Hit:
    return Hit(
        meeting=found.meeting.id,
        slug=found.meeting.slug,
        client=found.client.id,
        client_name=found.client.name,
        date=found.meeting.date,
        first_turn=found.passage.first_turn,
        last_turn=found.passage.last_turn,
        start=found.passage.start,
        score=round(found.score, 4),
        text=found.passage.text,
    )
