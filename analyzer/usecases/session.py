"""Several questions one after the other: each may lean on the one before, and all of it is forgotten at the end.

Nothing of a session is written to disk. What is handed to a model beside a question is the last few exchanges about the same
clients, as long as the meetings that they were made from are on record.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analyzer.errors import NeedsClient, NotFound, UsageError
from analyzer.model.findings import Evidence
from analyzer.model.insight import Answer, Exchange, Sentence
from analyzer.model.meetings import Client
from analyzer.usecases import find, resolve
from analyzer.usecases.followups import Before, Taken, client_turned_to, taken
from analyzer.usecases.record_questions import answered_by_record
from analyzer.usecases.scope import Scope
from analyzer.workspace import LLM, OFFLINE, Workspace

HANDED_OVER = 3
"""Exchanges that a model is told of: a follow-up leans on the last ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a question came to: an answer, or in `missing` why there is nothing to ask.

    `taken` is how the question was taken where that is not how it was put, else empty.
    """

    answer: Answer | None
    taken: str = ""
    missing: str = ""


class Session:
    """The questions of one sitting. `last` is the last answer that there was; `engine` answers all of them."""

    def __init__(self, ws: Workspace, scope: Scope, engine: str = OFFLINE) -> None:
        """Raises NotFound where there is nobody to ask about, or the client of the scope is not known."""
        self._ws = ws
        self._scope = scope
        self._engine = engine
        self._met: tuple[str, ...] = ()  # ids of the clients that the last question was about
        self._question = ""
        self._earlier: list[Exchange] = []
        self.last: Answer | None = None
        if not ws.store.clients():
            raise NotFound("there are no meetings yet", "`analyzer upload FILE --client NAME` adds one")
        if scope.client:
            resolve.client(ws.store, scope.client)

    @property
    def client(self) -> str:
        """The name of the client that is asked about; empty for all, or while that is open."""
        if self._scope.client:
            return resolve.client(self._ws.store, self._scope.client).name
        return "" if self._scope.all_clients or len(self._met) != 1 else self._ws.store.client(self._met[0]).name

    @property
    def known(self) -> tuple[str, ...]:
        """The clients that can be asked about, by what they are typed as."""
        return tuple(client.slug for client in self._ws.store.clients())

    def about(self, name: str) -> str:
        """From now on ask about this client; returns its name. Raises NotFound, Ambiguous."""
        client = resolve.client(self._ws.store, name)
        self._scope = replace(self._scope, client=client.id, also=(), all_clients=False, meeting=None)
        return client.name

    def ask(self, question: str) -> Told:
        """The answer, to what the question means after those before it. Raises AnalyzerError; the session goes on after it."""
        self._keep_to_its_clients(question)
        named = self._named(question)
        about = named or tuple(client for client in self._ws.store.clients() if client.id in self._met)
        ids = tuple(client.id for client in about)
        meant = self._taken(question, about)
        if meant.recalls and self.last is not None and self._engine != LLM:
            return Told(answer=_recalled(self.last, question))
        scope = replace(self._scope, meeting=meant.meeting or self._scope.meeting)
        answer = None
        if meant.question != question and meant.meeting is None:  # "and when did we last meet?" is whole to the record
            answer = answered_by_record(self._ws, question, _only(scope, about) if about else scope)
            meant = Taken(question=question) if answer else meant
        if meant.missing:
            return Told(answer=None, missing=meant.missing)
        if ids != self._met:  # what was said of one client is nothing to another
            self._earlier.clear()
        answer = answer or self._answer(meant.question, _only(scope, named) if named else scope, about)
        self._met, self._question, self.last = ids or self._told_of_one(answer), meant.question, answer
        self._remember(question, answer)
        return Told(answer=answer, taken=self._as_told(meant, question))

    def _keep_to_its_clients(self, question: str) -> None:
        """Raises UsageError where a question turns to another client than those that are asked about from the outset."""
        store = self._ws.store
        other = client_turned_to(question, [c.name for c in store.clients()], self._ws.today) if self._scope.client else None
        if other and other not in (resolve.client(store, ref).name for ref in (self._scope.client, *self._scope.also) if ref):
            slug = next(c.slug for c in store.clients() if c.name == other)
            raise UsageError(f"what is asked about is {self.client} alone", f"/client {slug} turns to {other}")

    def _named(self, question: str) -> tuple[Client, ...]:
        """Whom the question is about by what was said or by itself; empty where it does not tell."""
        if self._scope.meeting:
            of = resolve.meeting(self._ws.store, self._scope.meeting).client_id
            return tuple(client for client in self._ws.store.clients() if client.id == of)
        try:
            return resolve.clients_asked(self._ws.store, question, self._scope.client, everyone=self._scope.all_clients)
        except NeedsClient:
            return ()

    def _answer(self, question: str, scope: Scope, about: Sequence[Client]) -> Answer:
        """An answer about whom the question names, or else about these; some questions are about all clients by themselves."""
        try:
            return find.ask(self._ws, question, scope, self._engine, self._handed_over())
        except NeedsClient as unclear:
            if not about:
                raise NeedsClient(unclear.message, "say /client NAME, or name it in the question") from None
            return find.ask(self._ws, question, _only(scope, about), self._engine, self._handed_over())

    def _told_of_one(self, answer: Answer) -> tuple[str, ...]:
        """The id of the client whose people a question named ("when did we last meet Dawn?"); empty for several clients."""
        ids = {head.client_id for head in self._ws.store.meetings() if head.id in _told_of(answer)}
        return tuple(client for client in ids if client) if len(ids) == 1 else ()

    def _taken(self, question: str, clients: Sequence[Client]) -> Taken:
        if not self._question:
            return Taken(question=question)
        store = self._ws.store
        heads = [head for client in clients for head in store.meetings(client.id)]
        there = {head.id for head in heads}
        stands = self.last is not None and there.issuperset(_told_of(self.last))  # else it is another client's, or is by now
        before = Before(
            question=self._question,
            answer=self.last if stands else None,
            meetings=tuple(head.id for head in heads) if len(clients) == 1 else (),
        )
        voices = [speaker.name for head in heads for speaker in head.speakers]
        return taken(question, before, voices, [c.name for c in store.clients()], self._ws.today)

    def _remember(self, question: str, answer: Answer) -> None:
        """Keep it for a model, unless the record answered: what a person noted or decided is not sent because it was asked."""
        if not answer.by:
            made_from = tuple(dict.fromkeys(e.meeting for e in answer.citations))
            exchange = Exchange(question=question, answer=answer.answer, meetings=made_from)
            self._earlier = [*self._earlier, exchange][-HANDED_OVER:]

    def _handed_over(self) -> tuple[Exchange, ...]:
        """What a model is told of the session; the offline engine needs none of it."""
        if self._engine != LLM:
            return ()
        there = {head.id for head in self._ws.store.meetings()}
        return tuple(exchange for exchange in self._earlier if there.issuperset(exchange.meetings))

    def _as_told(self, meant: Taken, question: str) -> str:
        if meant.question == question and meant.meeting is None:
            return ""
        where = f" (in {self._ws.store.head(meant.meeting).slug})" if meant.meeting else ""
        return f"{meant.question}{where}"


def _only(scope: Scope, clients: Sequence[Client]) -> Scope:
    """The scope within these clients: one, or all."""
    one = clients[0].id if len(clients) == 1 else None
    return replace(scope, client=one, all_clients=one is None)


def _told_of(answer: Answer) -> set[str]:
    """The meetings whose words an answer shows."""
    return {e.meeting for e in answer.citations} | {hit.meeting for hit in answer.nearest} | {s.id for s in answer.sources}


def _recalled(answer: Answer, question: str) -> Answer:
    """Where, when and by whom the words of the answer before were said, from their citations alone."""
    dates = {source.id: source.date for source in answer.sources}
    sentences = tuple(Sentence(text=_said(e, f"{dates[e.meeting]:%d %B %Y}"), citation=n) for n, e in enumerate(answer.citations))
    return replace(answer, question=question, answer=" ".join(s.text for s in sentences), sentences=sentences, by="", lines=())


def _said(evidence: Evidence, day: str) -> str:
    return f"{evidence.speaker or 'Somebody'} said that on {day.lstrip('0')}."
