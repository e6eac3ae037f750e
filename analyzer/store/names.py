"""What things are called: opaque ids that are never given twice, and slugs that people type."""

import datetime as dt
import secrets
import unicodedata
from collections.abc import Collection

# Crockford's base 32: no i, l, o, u, so that an id survives being read out or copied by hand.
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_LENGTH = 6
UNFILED = "unfiled"
"""What the slugs of meetings under no client begin with; no client's slug is this."""
_SLUG_LENGTH = 60
_UNWRITABLE = {"Cc", "Cf", "Cs"}  # controls, formats, halves of a surrogate pair
_JOINERS = "\u200c\u200d"  # they change how their neighbours look, so they stay between letters


def new_id(prefix: str) -> str:
    """A random id such as `c_k3f9wd`; that it is free is for the caller to make sure."""
    return f"{prefix}_{''.join(secrets.choice(_LETTERS) for _ in range(_ID_LENGTH))}"


def tidy_name(name: str) -> str:
    """The name in one line without characters that steer a terminal or cannot be seen; empty where nothing else is in it."""
    kept = (c for c in name if c.isspace() or c in _JOINERS or unicodedata.category(c) not in _UNWRITABLE)
    words = (word.strip(_JOINERS) for word in "".join(kept).split())
    return " ".join(word for word in words if word)


def client_slug(name: str, taken: Collection[str]) -> str:
    """The name in Latin letters, or `client-2` for the second client where nothing of it is left; free among `taken`."""
    from slugify import slugify

    slug = slugify(name, max_length=_SLUG_LENGTH, word_boundary=True)
    if slug:
        return _free(slug, {*taken, UNFILED})
    return next(free for n in range(len(taken) + 1, 2 * len(taken) + 2) if (free := f"client-{n}") not in taken)


def meeting_slug(client: str | None, date: dt.date, taken: Collection[str]) -> str:
    """The client's slug (`unfiled` without one) and the day, `-2` for the second one of a day."""
    return _free(f"{client or UNFILED}-{date.isoformat()}", taken)


def _free(slug: str, taken: Collection[str]) -> str:
    return next(free for n in range(1, len(taken) + 2) if (free := slug if n == 1 else f"{slug}-{n}") not in taken)
