"""When two spellings are one name: of a person or an organisation (`fold_name`), or of any text (`fold_text`)."""

import re
import unicodedata
from functools import lru_cache

_FORMAT_OR_CONTROL = frozenset({"Cc", "Cf"})
_BRACKETED_SUFFIX = re.compile(r"^(.*\S)\s*[(\[][^()\[\]]*[)\]]\s*$", re.DOTALL)
# Letters that Unicode does not take apart, as people type them without the right keyboard; typesetters' marks.
LOOSE = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th"}
    | {"\u0131": "i", "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-"}
)
_AFTER_A_COMMA = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "cpa", "esq"})


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """The form in which two spellings of one person's or organisation's name are the same; a name of any script stays whole.

    Case, accents and spaces do not count, "Last, First" is turned round, and what stands in brackets at the end
    ("(Guest)", "(Acme Ltd)", "[External]") is left out. Empty only for a name without any visible character.
    """
    text = _plain(unicodedata.normalize("NFKC", name))
    while match := _BRACKETED_SUFFIX.match(text):
        text = match.group(1)
    text = re.sub(r"[()\[\]]", " ", text)
    parts = [part for part in (" ".join(piece.split()) for piece in text.split(",")) if part]
    if len(parts) == 2 and parts[1].replace(".", "") not in _AFTER_A_COMMA:  # noqa: PLR2004 - a last and a first name
        parts.reverse()
    return " ".join(parts)


def _plain(text: str) -> str:
    """Without case and accents. Only the accents of Latin, Greek and Cyrillic go: elsewhere a mark makes another letter."""
    if text.isascii() and text.isprintable():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(c for c in apart if not "\u0300" <= c <= "\u036f" and unicodedata.category(c) not in _FORMAT_OR_CONTROL)
    return unicodedata.normalize("NFKC", bare).casefold().translate(LOOSE)


def fold_text(text: str) -> str:
    """The form in which two spellings of one text are the same: case, accents and spaces do not count.

    For names of organisations, where brackets and commas do: Acme (UK) and Acme (US) are two clients.
    """
    return " ".join(_plain(text).split())
