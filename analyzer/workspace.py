"""The composition root: opens the record, the index, the embedder and the engines of one home.

The only place that chooses implementations, and the only one that reaches `vectorstore` and translates its errors.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from analyzer.engines.base import Engine
from analyzer.errors import PassageIndexError
from analyzer.model.meetings import Passage
from analyzer.model.results import Notice
from analyzer.practice import Practice, load
from analyzer.settings import Settings
from analyzer.store import Store

if TYPE_CHECKING:
    from vectorstore.embedders import BundledEmbedder
    from vectorstore.index import PassageIndex

OFFLINE = "offline"
LLM = "llm"
ENGINES = (OFFLINE, LLM)

T = TypeVar("T")


class Track(Protocol):
    """Shows progress over items that may take long; the plain one shows nothing."""

    def __call__(self, items: Sequence[T], label: str) -> Iterable[T]: ...


def untracked(items: Sequence[T], label: str) -> Iterable[T]:  # noqa: ARG001 the protocol's second argument
    """Progress for programs: none."""
    return items


def local_now() -> dt.datetime:
    """The wall clock, with its zone."""
    return dt.datetime.now().astimezone()


class Workspace:
    """One home, opened as far as it is used.

    `notices` collects what a user should be told beside the result; `tell_now` hears what must be said before it is done.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        now: Callable[[], dt.datetime] = local_now,
        track: Track = untracked,
        tell_now: Callable[[Notice], None] = lambda _: None,
    ) -> None:
        self.settings = settings
        self.now = now
        self.track = track
        self.notices: list[Notice] = []
        self.tell_now = tell_now
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
        return Store.open(self.settings.record_path, now=self.now, busy_timeout=self.settings.lock_timeout)

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

    def notice(self, code: str, message: str) -> None:
        """Remember one thing to tell, once."""
        told = Notice(code=code, message=message)
        if told not in self.notices:
            self.notices.append(told)

    @contextmanager
    def index(self, client_id: str) -> Iterator["PassageIndex"]:
        """The passage index of one client. Raises PassageIndexError with the command that mends it."""
        from vectorstore.index import PassageIndex

        folder, patience = self._folder(client_id), self.settings.lock_timeout
        with self._translated():
            for place in (self.settings.index_folder, folder):
                place.mkdir(mode=0o700, parents=True, exist_ok=True)
            with PassageIndex(folder, self.embedder, lock_timeout=patience) as index:
                yield index

    def put_passages(self, client_id: str, meeting_id: str, passages: Sequence[Passage], *, kept_with: str | None = None) -> None:
        """Make these the passages of the meeting in its client's index; `kept_with` is a client whose index has their vectors.

        Raises PassageIndexError.
        """
        from vectorstore.index import Entry

        entries = [Entry(id=p.id, group=meeting_id, ordinal=p.ordinal, text=p.text) for p in passages]
        with self.index(client_id) as index:
            if kept_with is None:
                index.put(meeting_id, entries)
                return
            with self.index(kept_with) as old:
                index.put(meeting_id, entries, kept_in=old)

    def index_folders(self) -> set[str]:
        """The ids of the clients of which there is an index on disk."""
        folder = self.settings.index_folder
        return {path.name for path in folder.iterdir() if path.is_dir()} if folder.is_dir() else set()

    def discard_index(self, client_id: str) -> None:
        """Remove the client's index with all it holds; the record can fill a new one. Raises PassageIndexError."""
        from vectorstore.index import discard

        with self._translated():
            discard(self._folder(client_id), lock_timeout=self.settings.lock_timeout)

    def embedder_damage(self) -> tuple[str, ...]:
        """The embedder's files that are missing or are not those that were shipped. Raises PassageIndexError."""
        with self._translated():
            return self.embedder.damaged_files()

    def close(self) -> None:
        """Close what was opened."""
        if "store" in self.__dict__:
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _folder(self, client_id: str) -> Path:
        return self.settings.index_folder / client_id

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Vectorstore's errors as ours, and those of the disk under it."""
        from vectorstore.errors import Locked, ModelUnusable, PassageIndexFailed

        try:
            yield
        except (Locked, ModelUnusable) as told:
            raise PassageIndexError(told.message, told.hint) from told
        except PassageIndexFailed as failure:
            raise PassageIndexError(
                failure.message, "the record is unharmed: `analyzer reindex` makes the index anew"
            ) from failure
        except OSError as failure:
            place = failure.filename or self.settings.index_folder
            raise PassageIndexError(
                f"the index cannot be used: {failure.strerror or failure} ({place})",
                "the record is unharmed: clear that place, and the next `analyzer search` puts in what is missing",
            ) from failure

    def _offline(self) -> Engine:
        from analyzer.engines.offline import OfflineEngine

        with self._translated():
            self.embedder.load()
        return OfflineEngine(self.embedder)

    def _llm(self, *, keep_answers: bool) -> Engine:
        settings = self.settings
        from analyzer.engines.llm import LlmEngine

        where = settings.base_url or "api.openai.com"
        leaving = Notice(code="words_leave", message=f"the words of what is read go to {where} (model {settings.model})")
        self.notice(leaving.code, leaving.message)
        self.tell_now(leaving)
        return LlmEngine(
            model=settings.model,
            base_url=settings.base_url,
            api_key=settings.api_key,
            timeout=settings.timeout,
            retries=settings.retries,
            context_tokens=settings.context_tokens,
            cache=self.store if keep_answers else None,
        )
