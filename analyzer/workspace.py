"""The composition root: opens the record, the index, the embedder and the engines of one home.

The only place that chooses implementations, and the only one that reaches `vectorstore` and translates its errors.
"""

import datetime as dt
import errno
import os
import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from analyzer.engines.base import Engine
from analyzer.errors import EngineError, IndexRenewed, PassageIndexError, SettingsError
from analyzer.model.meetings import Passage
from analyzer.model.results import Notice
from analyzer.practice import Practice, load
from analyzer.private_files import make_folder
from analyzer.servers import ADDRESSES, OPENAI, is_private, where
from analyzer.settings import BUNDLED, NONE, Settings
from analyzer.store import Sitting, Store, Usage

if TYPE_CHECKING:
    from analyzer.engines.llm import LlmEngine
    from vectorstore.embedders import BundledEmbedder, Embedder, Vectors
    from vectorstore.errors import PassageIndexFailed
    from vectorstore.held import Held
    from vectorstore.index import PassageIndex
    from vectorstore.openai_embedder import OpenAIEmbedder
    from vectorstore.passages import State

OFFLINE = "offline"
LLM = "llm"
ENGINES = (OFFLINE, LLM)
_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)

T = TypeVar("T")


class Track(Protocol):
    """Shows progress over items that may take long; the plain one shows nothing. A label may change as the work goes on."""

    def __call__(self, items: Sequence[T], label: str | Callable[[], str]) -> Iterable[T]: ...


def untracked(items: Sequence[T], label: str | Callable[[], str]) -> Iterable[T]:  # noqa: ARG001 the protocol's second argument
    """Progress for programs: none."""
    return items


def local_now() -> dt.datetime:
    """The wall clock, with its zone."""
    return dt.datetime.now().astimezone()


class Workspace:
    """One home, opened as far as it is used.

    `notices` collects what a user should be told beside the result; `tell_now` hears what must be said before it is done;
    `agree` is asked before much is sent to a model, and nobody agrees where it is not given. `spent` counts what a model's
    answers used. `step` hears of each step when it is done. `opened` is called once, when the record is opened: what was begun
    and cut short is finished there. `in_step` is the state of each client's index and its meetings on record, as
    `usecases.indexing` last found that nothing was to be done about them.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        now: Callable[[], dt.datetime] = local_now,
        track: Track = untracked,
        tell_now: Callable[[Notice], None] = lambda _: None,
        agree: Callable[[str], bool] = lambda _: False,
        step: Callable[[str], None] = lambda _: None,
        opened: Callable[["Workspace"], None] = lambda _: None,
    ) -> None:
        self.settings = settings
        self.now = now
        self.track = track
        self.notices: list[Notice] = []
        self.tell_now = tell_now
        self.agree = agree
        self.step = step
        self._opened = opened
        self.spent: Counter[str] = Counter()
        self.in_step: dict[str, tuple[State, tuple[Sitting, ...]]] = {}
        self._spending = Lock()  # several meetings may be read at once
        self._engines: dict[tuple[str, bool], Engine] = {}

    @property
    def chosen_engine(self) -> str | None:
        """The engine that somebody chose, by a flag, the environment or settings.toml; None where nobody did."""
        return None if self.settings.sources["engine"] == "default" else self.settings.engine

    @property
    def today(self) -> dt.date:
        return self.now().date()

    @cached_property
    def store(self) -> Store:
        """The record. Raises StoreError when it cannot be opened."""
        settings = self.settings
        opened = Store.open(settings.record_path, now=self.now, busy_timeout=settings.lock_timeout, author=settings.author)
        self.__dict__["store"] = opened  # from here on it is the one: what is called now asks for it
        self._opened(self)
        return opened

    @cached_property
    def practice(self) -> Practice:
        """Our side, from practice.toml; an empty one where there is no file. Raises PracticeError when it is wrong."""
        return load(self.settings.practice_path)

    @cached_property
    def embedder(self) -> "BundledEmbedder":
        """The bundled embedder; its weights are read at the first text."""
        from vectorstore.embedders import BundledEmbedder

        return BundledEmbedder()

    def engine(self, name: str, *, keep_answers: bool = True) -> Engine:
        """The engine of that name, made without a network.

        What a model answers is kept in the record beside its meeting; `keep_answers` False is for meetings that are not there.
        """
        if (name, keep_answers) not in self._engines:
            self._engines[name, keep_answers] = self._llm(keep_answers=keep_answers) if name == LLM else self._offline()
        return self._engines[name, keep_answers]

    def leave_question(self) -> None:
        """Go on after a question was given up while the model had it: no other waits for its answer."""
        if "llm" in self.__dict__:
            self.llm.leave_question()

    def notice(self, code: str, message: str) -> None:
        """Remember one thing to tell, once."""
        told = Notice(code=code, message=message)
        if told not in self.notices:
            self.notices.append(told)

    @cached_property
    def remote_embedder(self) -> "OpenAIEmbedder":
        """The embedder on a server, made without a network. Raises SettingsError where words may not go there as they are."""
        settings = self.settings
        back = 'or embedder = "bundled", which sends nothing'
        if settings.provider != OPENAI:
            wrong = f'embedder = "openai" needs provider = "openai", not "{settings.provider}"'
            raise SettingsError(wrong, f"change one of them, {back}")
        if settings.privacy != NONE:
            wrong = f'embedder = "openai" sends passages as they are, and privacy is "{settings.privacy}"'
            raise SettingsError(wrong, f'set privacy = "none" yourself if they may go, {back}')
        from vectorstore.openai_embedder import OpenAIEmbedder

        return OpenAIEmbedder(
            model=settings.embedding_model,
            base_url=settings.base_url or ADDRESSES[OPENAI],
            key=self._key_to_embed,
            timeout=settings.timeout,
            retries=settings.retries,
            through_proxies=not is_private(settings.base_url),
        )

    @contextmanager
    def index(self, client_id: str, *, like: str | None = None, renew: bool = True) -> Iterator["PassageIndex"]:
        """The passage index of one client, opened with the embedder of the client `like` where that is another.

        One that is damaged, or that an earlier version made, is begun anew, empty, where `renew` lets it and the bundled embedder
        makes its vectors, and that is told; what belongs in it is put in again from the record (`usecases.indexing.heal`).

        Raises PassageIndexError with the command that mends it, IndexRenewed where that happened to an index in use, and
        SettingsError where the embedder that is set is refused.
        """
        from vectorstore.errors import Broken, Outdated, Replaced

        with self._translated():
            embedder = self._embedder_for(like or client_id)
            renewable = renew and embedder is self.embedder
            try:
                opened = self._open_index(client_id, embedder)
            except Replaced:
                opened = self._open_index(client_id, embedder)
            except (Broken, Outdated) as unusable:
                if not renewable:
                    raise
                self._begin_anew(client_id, unusable)
                opened = self._open_index(client_id, embedder)
            with opened as index:
                try:
                    yield index
                except Replaced as gone:
                    raise IndexRenewed(gone.message, "Try again.") from gone
                except Broken as damaged:
                    if not renewable:
                        raise
                    index.close()
                    self._begin_anew(client_id, damaged)
                    raise IndexRenewed(damaged.message, "Try again.") from damaged

    def _open_index(self, client_id: str, embedder: "Embedder") -> "PassageIndex":
        from vectorstore.index import PassageIndex

        folder = self._folder(client_id)
        make_folder(folder)
        os.environ["SQLITE_TMPDIR"] = str(folder.parent)  # Chroma's own SQLite puts vectors there, else on the system's disk
        return PassageIndex(folder, embedder, lock_timeout=self.settings.lock_timeout, held=self._held)

    def _begin_anew(self, client_id: str, why: "PassageIndexFailed") -> None:
        """Remove an index that cannot be used, unless another process has made it anew by now."""
        from vectorstore.errors import Outdated
        from vectorstore.index import discard

        reason = "an earlier version made the search index" if isinstance(why, Outdated) else "the search index was damaged"
        folder = self._folder(client_id)
        self._held.give_up(folder)
        if discard(folder, lock_timeout=self.settings.lock_timeout, unless_like=self.embedder.identity):
            self.notice("index_renewed", f"{reason}: it is made anew from the record")

    def put_passages(
        self,
        client_id: str,
        meeting_id: str,
        passages: Sequence[Passage],
        *,
        still: Callable[[], bool],
        kept_with: str | None = None,
    ) -> bool:
        """Make these the passages of the meeting in its client's index; `kept_with` is a client whose index has their vectors.

        `still` says, when nobody else can write there any more, whether they are what is to be put in: else False is returned.
        Raises PassageIndexError.
        """
        from vectorstore.index import Entry

        entries = [Entry(id=p.id, group=meeting_id, ordinal=p.ordinal, text=p.text) for p in passages]
        with self.index(client_id) as index, self._lender(kept_with, client_id) as old:
            return index.put(meeting_id, entries, kept_in=old, still=still)

    def embedder_identity(self, client_id: str) -> str:
        """Which embedder makes the vectors of this client: those of two embedders are never compared."""
        return self._embedder_for(client_id).identity

    def weighed(
        self, places: Sequence[tuple[str, int]], cosines: Sequence[float], bm25: Sequence[float], *, fact: bool
    ) -> list[float]:
        """Scores of passages found in several indexes, on one scale: each passage is of a meeting, at a place in it.

        `fact` is as for the search of one index.
        """
        from vectorstore.fusion import fused

        return [float(score) for score in fused(places, cosines, bm25, fact=fact)]

    def index_folders(self) -> set[str]:
        """The ids of the clients of which there is an index on disk."""
        folder = self.settings.index_folder
        return {path.name for path in folder.iterdir() if path.is_dir()} if folder.is_dir() else set()

    def discard_index(self, client_id: str) -> None:
        """Remove the client's index with all it holds; the record can fill a new one. Raises PassageIndexError."""
        from vectorstore.index import discard

        with self._translated():
            self._held.give_up(self._folder(client_id))
            discard(self._folder(client_id), lock_timeout=self.settings.lock_timeout)

    def copy_passages(self, client_id: str, to: Path) -> frozenset[str]:
        """Copy the client's passages, as they are at one moment, to a file that stands alone; returns their ids.

        Raises PassageIndexError for an index that is not sound, StoreError where it cannot be copied.
        """
        from analyzer.store.copies import copy_database
        from vectorstore.copies import stand_alone
        from vectorstore.index import PASSAGES

        copy_database(self._folder(client_id) / PASSAGES, to, self.settings.lock_timeout)
        with self._translated():
            return stand_alone(to)

    def vectors(self, texts: Sequence[str]) -> "Vectors":
        """The texts as the bundled embedder sees them, a row each: the product of two rows is their cosine.

        Raises PassageIndexError where it cannot be used.
        """
        with self._translated():
            return self.embedder.embed(texts)

    def embedder_damage(self) -> tuple[str, ...]:
        """The bundled embedder's files that are missing or are not those that were shipped. Raises PassageIndexError."""
        with self._translated():
            return self.embedder.damaged_files()

    def reader_damage(self) -> tuple[str, ...]:
        """The offline reader's files that are missing or are not those that were shipped. Raises EngineError."""
        from analyzer.engines.offline.classifier import TurnClassifier
        from analyzer.engines.offline.finder import AnswerFinder

        return (*TurnClassifier().damaged_files(), *AnswerFinder().damaged_files())

    def close(self) -> None:
        """Close what was opened."""
        if "store" in self.__dict__:
            self.store.close()
        if "_held" in self.__dict__:
            self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def _held(self) -> "Held":
        """What the searches of this workspace leave open for the next ones."""
        from vectorstore.held import Held

        return Held()

    def _folder(self, client_id: str) -> Path:
        return self.settings.index_folder / client_id

    def _embedder_for(self, client_id: str) -> "Embedder":
        """The one that is set for those whose words may be sent, and the bundled one for everybody else."""
        if self.settings.embedder == BUNDLED:
            return self.embedder
        sendable = any(client.id == client_id and not client.offline_only for client in self.store.clients())
        return self.remote_embedder if sendable else self.embedder

    @contextmanager
    def _lender(self, client_id: str | None, borrower: str) -> Iterator["PassageIndex | None"]:
        """The index that may have the borrower's vectors already; None where another embedder made it, or there is none."""
        with ExitStack() as opened:
            old = None
            if client_id in self.index_folders():
                with suppress(PassageIndexError):
                    old = opened.enter_context(self.index(client_id, like=borrower, renew=False))
            yield old

    def _key_to_embed(self) -> str:
        """The key for the embedder on a server, with where words go told before the first do. Raises PassageIndexError."""
        from analyzer.keys import key_for

        try:
            key = key_for(self.settings)
        except EngineError as none:
            hint = '`analyzer key set` keeps one; or set ANALYZER_API_KEY in the environment, or embedder = "bundled"'
            raise PassageIndexError(none.message, hint) from none
        model = self.settings.embedding_model
        self._tell_leaving(f"the passages and your questions go to {self.server} as they are (embedding model {model})")
        return key

    def _tell_leaving(self, message: str) -> None:
        leaving = Notice(code="words_leave", message=message)
        self.notice(leaving.code, leaving.message)
        self.tell_now(leaving)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Vectorstore's errors as ours, and those of the disk under it."""
        from vectorstore.errors import Locked, ModelUnusable, PassageIndexFailed, Refused, ServerFailed

        try:
            yield
        except (Locked, ModelUnusable, ServerFailed) as told:
            raise PassageIndexError(told.message, told.hint) from told
        except Refused as told:
            raise PassageIndexError(told.message, self._refused_hint()) from told
        except PassageIndexFailed as failure:
            raise PassageIndexError(
                failure.message, "the record is unharmed: `analyzer reindex` makes the index anew"
            ) from failure
        except OSError as failure:
            place = failure.filename or self.settings.index_folder
            message = f"the index cannot be used: {failure.strerror or failure} ({place})"
            if failure.errno in _REFUSED:
                raise PassageIndexError(message, self._refused_hint()) from failure
            hint = "the record is unharmed: clear that place, and the next `analyzer search` puts in what is missing"
            raise PassageIndexError(message, hint) from failure

    def _refused_hint(self) -> str:
        shut = f"`chmod -R u+rwX {shlex.quote(str(self.settings.index_folder))}`"
        return f"the record is unharmed: make room, or {shut}; the next `analyzer search` puts in what is missing"

    def _offline(self) -> Engine:
        from analyzer.engines.offline import OfflineEngine

        with self._translated():
            self.embedder.load()
        return OfflineEngine(self.embedder)

    def _llm(self, *, keep_answers: bool) -> Engine:
        hidden = "; names as stand-ins" if self.settings.privacy == "pseudonyms" else ""
        self._tell_leaving(f"the words of what is read go to {self.server} (model {self.settings.model}{hidden})")
        return self.llm if keep_answers else self._made(keep_answers=False)

    @property
    def server(self) -> str:
        """Where the model is, in words."""
        return where(self.settings.base_url, self.settings.provider)

    @cached_property
    def llm(self) -> "LlmEngine":
        """The llm engine, for looking at what it would send; to have it read, `engine` tells first where words go."""
        return self._made(keep_answers=True)

    def _made(self, *, keep_answers: bool) -> "LlmEngine":
        from analyzer.engines.llm import Asked, Asker, LlmEngine, load_all
        from analyzer.keys import key_for

        settings = self.settings
        asked = Asked(
            model=settings.model,
            provider=settings.provider,
            base_url=settings.base_url,
            timeout=settings.timeout,
            retries=settings.retries,
            context_tokens=settings.context_tokens,
            calls_per_minute=settings.calls_per_minute,
            temperature=settings.temperature,
            reasoning_effort=settings.reasoning_effort,
        )
        cache = self.store if keep_answers else None
        asker = Asker(asked, lambda: key_for(settings), load_all(settings.prompts_folder), cache, self._spend)
        return LlmEngine(asker, _RecordNames(self) if settings.privacy == "pseudonyms" else None)

    def _spend(self, task: str, usage: Mapping[str, int]) -> None:
        """Count what one question used, when it is answered: also what is answered after Ctrl-C was paid for."""
        with self._spending:
            self.spent.update(usage)
        self.store.keep_usage(
            Usage(
                command=task,
                engine=LLM,
                model=self.settings.model,
                server=self.server,
                calls=usage.get("calls", 0),
                cached=usage.get("cached", 0),
                input_tokens=usage.get("input_tokens", 0),
                output_tokens=usage.get("output_tokens", 0),
            )
        )


class _RecordNames:
    """The names that the record and the practice know, and the stand-ins kept for them."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws

    def people(self) -> tuple[str, ...]:
        ours = (name for person in self._ws.practice.people for name in (person.name, *person.aliases))
        return tuple(dict.fromkeys((*ours, *self._ws.store.speaker_names())))

    def organisations(self) -> tuple[str, ...]:
        return tuple(name for name in (self._ws.practice.name, *self._ws.store.client_names()) if name)

    def stand_ins(self, client_id: str) -> Mapping[str, str]:
        return self._ws.store.stand_ins(client_id)

    def keep_stand_ins(self, client_id: str, added: Mapping[str, str]) -> Mapping[str, str]:
        return self._ws.store.keep_stand_ins(client_id, added)
