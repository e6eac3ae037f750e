"""Finding: search over past meetings, and answering a question from what is found."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from analyzer import evidence
from analyzer.engines.base import Engine
from analyzer.errors import NeedsClient, UsageError
from analyzer.model.findings import Claims
from analyzer.model.insight import Answer, Exchange, Hit, Hits
from analyzer.model.meetings import Client, Side, Turn
from analyzer.model.sending import Preview
from analyzer.relationship.words import day
from analyzer.usecases.cited import cited
from analyzer.usecases.context import surrounded
from analyzer.usecases.excerpts import Shown, having_all, marked, shown
from analyzer.usecases.motives import source
from analyzer.usecases.narrowing import listed, span
from analyzer.usecases.parallel import apart
from analyzer.usecases.planning import sending
from analyzer.usecases.queries import understand
from analyzer.usecases.record_questions import answered_by_record
from analyzer.usecases.retrieval import Found, Retrieved, retrieve
from analyzer.usecases.scaffolding import has_word, telling_words
from analyzer.usecases.scope import Scope
from analyzer.workspace import LLM, OFFLINE, Workspace

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

LITERAL_AMONG = 30  # of the best, among which those that have the very words come first
FEW_WORDS = 2  # a question of more is looked for by its meaning as much as by them
READ_FOR_ANSWER = {OFFLINE: 12, LLM: 20}
"""Passages handed to an engine with a question. Reading 20 rather than 12 takes the offline one longer and does not help it."""
NEAREST = 3
MOST_NAMED = 3  # people, in the line that tells what was searched
FEWEST_WORDS = 4  # of a turn that can be told to be near
LOOKED_AT = 1  # of the best, in which the turn nearest in meaning is looked for where no word tells it


def search(ws: Workspace, query: str, scope: Scope, k: int = 10) -> Hits:
    """The passages nearest to the query in meaning and in words, best first. Raises UsageError for a query without a word."""
    _has_word(query)
    deep = LITERAL_AMONG if len(telling_words(query)) <= FEW_WORDS else 0
    retrieved = _retrieved(ws, query, scope, max(k, deep))
    hits = _hits(ws, retrieved, _literal_first(retrieved)[:k])
    return Hits(
        query=query,
        hits=hits,
        searched=retrieved.searched,
        understood=retrieved.understood,
        within=_within(retrieved, scope),
        wider=() if hits else _wider(ws, scope, retrieved),
    )


def ask(ws: Workspace, question: str, scope: Scope, engine: str = OFFLINE, earlier: Sequence[Exchange] = ()) -> Answer:
    """An answer whose every sentence cites words that were said, or that the meetings do not say it.

    `earlier` is what was asked and answered before in the same session; only a model reads it. Raises UsageError for a
    question without a word.
    """
    _has_word(question)
    if told := answered_by_record(ws, question, scope):
        return told
    retrieved = _retrieved(ws, question, scope, READ_FOR_ANSWER[engine], leaving=engine == LLM)
    found = retrieved.found
    if not found:
        ws.notice("nothing_searched", f"there was nothing to look through: {'; '.join(_wider(ws, scope, retrieved))}")
    claims = _claims(ws, ws.engine(engine), question, found, earlier) if found else Claims()
    kept, rejected = evidence.verify_answers({f.meeting.id: f.meeting for f in found}, claims.claims, question)
    sentences, citations = cited(kept)
    return Answer(
        question=question,
        answered=bool(kept),
        answer=" ".join(s.text for s in sentences),
        sentences=sentences,
        citations=citations,
        rejected=len(rejected) + len(kept) - len(sentences),
        searched=retrieved.searched,
        nearest=() if kept else _hits(ws, retrieved, _literal_first(retrieved)[:NEAREST]),
        sources=tuple(source(m) for m in {f.meeting.id: f.meeting for f in found}.values()),
        engine=engine,
        understood=retrieved.understood,
    )


def _retrieved(ws: Workspace, question: str, scope: Scope, k: int, *, leaving: bool = False) -> Retrieved:
    """What is found; where it is not clear which client is meant, the error tells whose people the question names."""
    try:
        return retrieve(ws, question, scope, k, leaving=leaving)
    except NeedsClient as unclear:
        named, whose = _people_named(ws, question)
        if whose is None:
            raise
        told = f"which client? {listed(named, 'and')} {'speaks' if len(named) == 1 else 'speak'} with {whose.slug}"
        raise NeedsClient(told, f"say --client {whose.slug}, or --all-clients") from unclear


def _people_named(ws: Workspace, question: str) -> tuple[tuple[str, ...], Client | None]:
    """Who is named in the question, and the only client whose people are among them; None for none or several."""
    theirs = {
        client: {s.name for head in ws.store.meetings(client.id) for s in head.speakers if s.side is not Side.OURS}
        for client in ws.store.clients()
    }
    named = understand(question, [name for names in theirs.values() for name in names], ws.today).speakers
    whose = [client for client, names in theirs.items() if names.intersection(named)]
    return named, whose[0] if len(whose) == 1 else None


def _has_word(text: str) -> None:
    if not has_word(text):
        raise UsageError("there is no word to look for", 'say what it is about: "the new structure", "When does the board meet?"')


def _claims(ws: Workspace, engine: Engine, question: str, found: Sequence[Found], earlier: Sequence[Exchange]) -> Claims:
    """What the engine answers from what was found and what stands around it; what it has no room for is told."""
    read = surrounded(found, engine.room(question, earlier))
    if read.left_out:
        ws.notice("too_long", f"{read.left_out} of {len(found)} passages found were too long to be read in full")
    try:
        return apart(lambda: engine.answer(question, read.passages, earlier))
    except KeyboardInterrupt:
        ws.leave_question()
        raise


def preview_ask(ws: Workspace, question: str, scope: Scope) -> Preview:
    """The very text that asking a model this question would send now: none where the record answers it; nothing is sent."""
    _has_word(question)
    if answered_by_record(ws, question, scope):
        return Preview(model=ws.settings.model, server=ws.server, privacy=ws.settings.privacy, sendings=())
    found = _retrieved(ws, question, scope, READ_FOR_ANSWER[LLM], leaving=True).found
    read = surrounded(found, ws.llm.room(question)).passages
    requests = (ws.llm.to_answer(question, read),) if found else ()
    return Preview(
        model=ws.settings.model,
        server=ws.server,
        privacy=ws.settings.privacy,
        sendings=tuple(sending(ws.llm, request, question) for request in requests),
    )


def _literal_first(retrieved: Retrieved) -> list[Found]:
    """What was found, with the passages that have the words first where it is a word or two that are looked for.

    Whoever types "dovetail" wants to see where that was said before anything that is only near it in meaning.
    """
    text, found = retrieved.narrowed.text, retrieved.found
    if len(set(telling_words(text))) > FEW_WORDS:
        return list(found)
    there = having_all(text, [f.passage.text for f in found])
    return [found[at] for at in sorted(range(len(found)), key=lambda at: at not in there)]


def _hits(ws: Workspace, retrieved: Retrieved, found: Sequence[Found]) -> tuple[Hit, ...]:
    """What was found as results, with its best turns and the words that were looked for."""
    look = retrieved.narrowed
    at_hand = iter(marked(look.text, [turn for f in found for turn in f.passage.turns]))
    by_meaning = _Nearest(ws, look.text)
    return tuple(
        _hit(f, shown([next(at_hand) for _ in f.passage.turns], look.prefers, by_meaning if at < LOOKED_AT else _longest))
        for at, f in enumerate(found)
    )


class _Nearest:
    """Which of some turns is nearest in meaning to a text, by the embedder in the box: nothing is sent for it."""

    def __init__(self, ws: Workspace, text: str) -> None:
        self._embedder = ws.embedder
        self._text = text

    def __call__(self, turns: Sequence[Turn]) -> int:
        long = [at for at, turn in enumerate(turns) if len(turn.text.split()) >= FEWEST_WORDS] or list(range(len(turns)))
        if len(long) == 1:
            return long[0]
        return long[int((self._embedder.embed([turns[at].text for at in long]) @ self._vector).argmax())]

    @cached_property
    def _vector(self) -> "npt.NDArray[np.float32]":
        return self._embedder.embed_query(self._text)


def _longest(turns: Sequence[Turn]) -> int:
    return max(range(len(turns)), key=lambda at: len(turns[at].text))


def _hit(found: Found, shown: Shown) -> Hit:
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
        text=shown.text,
        turn=shown.best.ordinal,
        heard_at=shown.best.start,
        speakers=tuple(dict.fromkeys(turn.speaker for turn in (shown.best, *found.passage.turns))),
        marks=shown.marks,
        excerpt=shown.excerpt,
        confidential=found.meeting.confidential,
    )


def _within(retrieved: Retrieved, scope: Scope) -> str:
    """What was searched, in words."""
    names = [client.name for client in retrieved.clients]
    return "; ".join(
        part
        for part in (
            names[0] if len(names) == 1 else f"{len(names)} clients",
            scope.meeting or "",
            span(scope.since, scope.until),
            f"where {_anyone(retrieved, scope.speaker)} speaks" if scope.speaker else "",
            f"where the side {scope.side} speaks" if scope.side else "",
        )
        if part
    )


def _anyone(retrieved: Retrieved, called: str) -> str:
    """The people whom the flag fits, else as it was typed."""
    names = sorted(retrieved.narrowed.voices.names or (called,))
    more = len(names) - MOST_NAMED
    return listed([*names[:MOST_NAMED], *([f"{more} more"] if more > 0 else [])], "or")


def _wider(ws: Workspace, scope: Scope, retrieved: Retrieved) -> tuple[str, ...]:
    """What would let a search that found nothing look at more, and where there is no meeting of those days when the last was."""
    last = max((head.date for client in retrieved.clients for head in ws.store.meetings(client.id)), default=None)
    of_last = f" (the last meeting is of {day(last)})" if last and scope.since and last < scope.since else ""
    flags = (
        ("--meeting", scope.meeting),
        ("--since", scope.since),
        ("--until", scope.until),
        ("--speaker", scope.speaker),
        ("--side", scope.side),
    )
    wider = [f"leave out {flag}{of_last if flag == '--since' else ''}" for flag, value in flags if value]
    if not (scope.all_clients or scope.meeting) and len(ws.store.clients()) > 1:
        wider.append("add --all-clients")
    return tuple(wider) or ("`analyzer upload FILE --client NAME` adds a meeting",)
