"""The ways in which a meeting of QMSum is searched: the product's, each of its two legs alone, and the stock peer's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analyzer.model.meetings import Meeting
from analyzer.transcripts.passages import cut
from analyzer.usecases import find
from analyzer.usecases.scope import Scope
from analyzer.workspace import Workspace
from benchmarks import stock_peer
from benchmarks.qmsum import Piece, Talk

WORDS_ALONE, MEANING_ALONE, OURS, PEER = "BM25 alone", "the bundled embedder alone", "ours", "the stock peer"


@dataclass(frozen=True, kw_only=True)
class Searched:
    """One meeting searched in one way: all pieces that it is cut into, and for each query those returned, best first."""

    pieces: Sequence[Piece]
    ranked: Sequence[Sequence[Piece]]


Searcher = Callable[[Workspace, Meeting, Talk], dict[str, Searched]]


def product(ws: Workspace, meeting: Meeting, talk: Talk) -> dict[str, Searched]:
    """As `analyzer search` ranks the meeting that is filed under a client of its own, and by each leg of its index alone.

    A leg alone is asked the query as it stands; passages that it scores alike stand in the order of the meeting.
    """
    passages = cut(meeting)
    pieces = {p.id: talk.stretch(p.first_turn, p.last_turn) for p in passages}
    place = {p.id: p.ordinal for p in passages}
    client = meeting.client_id or ""
    hits = [find.search(ws, query.text, Scope(client=client), k=len(passages)).hits for query in talk.queries]
    with ws.index(client) as index:
        scored = [sorted(index.search(query.text, len(passages)), key=lambda s: place[s.id]) for query in talk.queries]
    orders = {
        WORDS_ALONE: [[pieces[s.id] for s in sorted(one, key=lambda s: -s.bm25)] for one in scored],
        MEANING_ALONE: [[pieces[s.id] for s in sorted(one, key=lambda s: -s.cosine)] for one in scored],
        OURS: [[talk.stretch(hit.first_turn, hit.last_turn) for hit in one] for one in hits],
    }
    return {name: Searched(pieces=list(pieces.values()), ranked=ranked) for name, ranked in orders.items()}


def stock(float32: Path) -> Searcher:
    """The stock peer on the float32 weights in a folder; it knows nothing of the record."""
    embeddings = stock_peer.Float32(float32)

    def search(_ws: Workspace, _meeting: Meeting, talk: Talk) -> dict[str, Searched]:
        pieces, ranked = stock_peer.ranked(talk, embeddings)
        return {PEER: Searched(pieces=pieces, ranked=ranked)}

    return search
