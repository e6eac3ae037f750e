"""What things are called: opaque ids that are never given twice, slugs that people type, and which of them is meant."""

import datetime as dt
import secrets
from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from analyzer.errors import Ambiguous, NotFound
from analyzer.practice import fold_text

# Crockford's base 32: no i, l, o, u, so that an id survives being read out or copied by hand.
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_LENGTH = 6
_SLUG_LENGTH = 60

T = TypeVar("T")


def new_id(prefix: str) -> str:
    """A random id such as `c_k3f9wd`; that it is free is for the caller to make sure."""
    return f"{prefix}_{''.join(secrets.choice(_LETTERS) for _ in range(_ID_LENGTH))}"


def client_slug(name: str, taken: Collection[str]) -> str:
    """The name in Latin letters, or `client-2` for the second client where nothing of it is left; free among `taken`."""
    from slugify import slugify

    slug = slugify(name, max_length=_SLUG_LENGTH, word_boundary=True)
    if slug:
        return _free(slug, taken)
    return next(free for n in range(len(taken) + 1, 2 * len(taken) + 2) if (free := f"client-{n}") not in taken)


def meeting_slug(client: str | None, date: dt.date, taken: Collection[str]) -> str:
    """The client's slug (`unfiled` without one) and the day, `-2` for the second one of a day."""
    return _free(f"{client or 'unfiled'}-{date.isoformat()}", taken)


def _free(slug: str, taken: Collection[str]) -> str:
    return next(free for n in range(1, len(taken) + 2) if (free := slug if n == 1 else f"{slug}-{n}") not in taken)


def pick(ref: str, among: Sequence[T], names: Callable[[T], tuple[str, str, str]], kind: str) -> T:
    """The one that `ref` means by its id, slug or name, else by a unique beginning of its slug.

    `names` gives (id, slug, name). Raises NotFound, or Ambiguous telling those that fit.
    """
    folded = fold_text(ref)
    fitting = [one for one in among if ref and ref in names(one)[:2]]
    fitting = fitting or [one for one in among if folded and folded == fold_text(names(one)[2])]
    fitting = fitting or [one for one in among if ref and names(one)[1].startswith(ref.lower())]
    if not fitting:
        raise NotFound(f"no {kind} is called {ref!r}", f"`analyzer {kind}s` lists them.")
    if len(fitting) > 1:
        raise Ambiguous(f"{ref!r} fits {', '.join(names(one)[1] for one in fitting[:5])}", f"Type more of the {kind}'s name.")
    return fitting[0]
