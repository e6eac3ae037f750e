"""An embedder on a server that speaks OpenAI's protocol: texts are sent there as they are.

openai is imported, and the key asked for, at the first text.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np

from vectorstore.embedders import LastAsked, Vectors, unit
from vectorstore.errors import ServerFailed

if TYPE_CHECKING:
    from openai import OpenAI

# A character is at most 4 bytes, and a token at least one: no piece is over the 8,192 tokens that OpenAI's models take in at
# once, and no request over its 300,000.
PIECE = 2_000
TEXTS_AT_ONCE, CHARACTERS_AT_ONCE = 64, 75_000

_NO_KEY = "none"  # the client wants some key, also for a server that does not
_KEY_REFUSED = (401, 403)
_TOO_MANY, _FAILED = 429, 500
_OTHER = "check base_url, and that embedding_model names a model there that makes embeddings"


class OpenAIEmbedder:
    """A model on a server, such as text-embedding-3-small on OpenAI's.

    A text longer than `PIECE` characters is sent in pieces, and its vector is their mean by length: all of it counts. After
    a key that was refused, or a server that was not there, nothing more is asked.
    """

    def __init__(
        self,
        *,
        model: str,
        base_url: str,
        key: Callable[[], str],
        timeout: float,
        retries: int = 2,
        through_proxies: bool = False,
    ) -> None:
        """`key` is called once, before the first sending, and may return an empty text; `timeout` is in seconds for one try.

        `through_proxies` lets the environment name a proxy; to a server of one's own nothing should stand between.
        """
        self._model = model
        self._base_url = base_url
        self._key = key
        self._timeout = timeout
        self._retries = retries
        self._through_proxies = through_proxies
        self._server = urlsplit(base_url).netloc.lower()
        self._lost: ServerFailed | None = None
        self._last_asked = LastAsked()

    def __del__(self) -> None:
        if "_client" in self.__dict__:
            self._client.close()

    def __repr__(self) -> str:
        return f"OpenAIEmbedder({self.identity!r})"

    @property
    def identity(self) -> str:
        """The model's name and where it is: another server may call other weights by that name."""
        return f"{self._model}@{self._server}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The vectors of the texts, which leave this machine. Raises ServerFailed."""
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)  # how wide they are is only known from an answer
        pieces = [[text[at : at + PIECE] for at in range(0, len(text), PIECE)] for text in map(_readable, texts)]
        rows = np.concatenate([self._asked(batch) for batch in _batches([piece for text in pieces for piece in text])])
        ends = np.cumsum([len(text) for text in pieces])[:-1]
        lengths = [[len(piece) for piece in text] for text in pieces]
        means = [np.average(part, axis=0, weights=long) for part, long in zip(np.split(rows, ends), lengths, strict=True)]
        return unit(np.array(means))

    def embed_query(self, text: str) -> Vectors:
        return self._last_asked.vector(text, self.embed)

    @cached_property
    def _client(self) -> "OpenAI":
        from openai import DefaultHttpxClient, OpenAI

        key = self._key() or _NO_KEY
        # A redirection is an error: what is sent goes to this server and no other.
        connection = DefaultHttpxClient(follow_redirects=False, trust_env=self._through_proxies)
        return OpenAI(
            api_key=key, base_url=self._base_url, timeout=self._timeout, max_retries=self._retries, http_client=connection
        )

    def _asked(self, texts: list[str]) -> Vectors:
        """Vectors of length 1 for texts that fit into one request."""
        from openai import OpenAIError

        if self._lost:
            raise ServerFailed(self._lost.message, self._lost.hint)
        client = self._client
        try:
            reply = client.embeddings.create(model=self._model, input=texts, encoding_format="float")
            rows = np.array([one.embedding for one in sorted(reply.data, key=lambda one: one.index)], dtype=np.float32)
        except OpenAIError as error:
            raise self._failure(error) from None  # what the library says may hold the key
        except (ValueError, TypeError, AttributeError):
            raise self._no_vectors() from None
        if rows.ndim != 2 or len(rows) != len(texts) or not np.isfinite(rows).all() or not rows.any(axis=1).all():  # noqa: PLR2004
            raise self._no_vectors()
        return unit(rows)

    def _failure(self, error: Exception) -> ServerFailed:
        from openai import APIConnectionError, APITimeoutError

        status = getattr(error, "status_code", 0)
        gone = isinstance(error, APIConnectionError)
        if isinstance(error, APITimeoutError):
            what, hint = "did not answer in time", "try again, or raise timeout"
        elif gone:
            what, hint = "cannot be reached", "check the network and base_url, and that the server is running"
        elif status in _KEY_REFUSED:
            what, hint = "refused the key", f"check the key, and that it may use {self._model}"
        elif status == _TOO_MANY:
            what, hint = "asks to wait", "try again in a minute, or check the account's quota"
        elif status >= _FAILED:
            what, hint = "failed", "try again in a while"
        else:
            what, hint = f"makes no vectors with {self._model}", _OTHER
        told = ServerFailed(f"{self._server} {what}" + (f" (HTTP {status})" if status else ""), hint)
        if gone or status in _KEY_REFUSED:
            self._lost = told
        return told

    def _no_vectors(self) -> ServerFailed:
        return ServerFailed(f"{self._server} did not answer with vectors", _OTHER)


def _readable(text: str) -> str:
    """Half a surrogate pair is no text, and nothing at all is refused."""
    return text.encode("utf-8", "replace").decode() or " "


def _batches(pieces: Sequence[str]) -> Iterator[list[str]]:
    """The pieces in order, as many together as one request may have."""
    batch: list[str] = []
    for piece in pieces:
        if len(batch) == TEXTS_AT_ONCE or sum(map(len, batch)) + len(piece) > CHARACTERS_AT_ONCE:
            yield batch
            batch = []
        batch.append(piece)
    yield batch
