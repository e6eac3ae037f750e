"""The last look at what leaves: whether a finished text has words in it that are not meant for those who get it.

Words are compared as words: case, accents, markup, escapes and invisible characters do not count, and scripts without
spaces are compared character by character.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from analyzer.signs import SIGNS

RUN = 6  # so many words in a row are taken from somewhere; fewer may be anybody's
SHORT_RUN = 3  # a private text of fewer words than RUN counts when all of it is found, from so many words on
LONG_WORD = 12  # or when it has so many letters

_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W_])+")

Words = tuple[str, ...]
Sought = dict[int, set[Words]]


@dataclass(frozen=True, kw_only=True)  # no slots: what to look for is worked out once and kept
class PrivateWords:
    """What must not be in a text that is sent.

    `names` may not stand in it at all, nor any six words in a row of `texts` (a shorter text: all of it), unless
    those words are also in one of `told`, which the reader may hear. What stands inside one of `own` (the names of
    those who meet, our own standing sentences) is no leak.
    """

    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

    @cached_property
    def sought(self) -> "_Sought":
        """What to look for, as words."""
        return _sought(self)


def leaks(text: str, *, forbidden: PrivateWords) -> tuple[str, ...]:
    """What `text` gives away, one line for each thing found, in the order of the text; empty when it may be sent.

    The titles, ids and descriptions of the warning signs are always looked for.
    """
    words = _words(text)
    sought = forbidden.sought
    own = list(_spans(words, sought.own))
    found: dict[str, None] = {}
    for start, end in _spans(words, sought.runs):
        if not any(first <= start and end <= last for first, last in own):
            run = words[start:end]
            found[f"{sought.what[run]}: {' '.join(run)}"] = None
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Sought:
    """What to look for, by length; `what` says of each run what it would give away."""

    runs: Sought
    own: Sought
    what: dict[Words, str]


def _sought(forbidden: PrivateWords) -> _Sought:
    told = {run for shared in forbidden.told for run in _runs(_words(shared))}
    what: dict[Words, str] = {run: "private words" for private in forbidden.texts for run in _runs(_words(private))}
    what = {run: meaning for run, meaning in what.items() if run not in told}
    what |= {run: "a warning sign" for described in _SIGN_TEXTS for run in _runs(_words(described))}
    what |= {_words(sign.id.value): "a warning sign" for sign in SIGNS}
    what |= {_words(name): "the name of another client" for name in forbidden.names}
    return _Sought(_by_length(what), _by_length(map(_words, forbidden.own)), what)


def _words(text: str) -> Words:
    plain = unicodedata.normalize("NFKD", html.unescape(text)).casefold()
    visible = "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Cf"))
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", visible)))


def _runs(words: Words) -> Iterator[Words]:
    if len(words) >= RUN:
        yield from (words[at : at + RUN] for at in range(len(words) - RUN + 1))
    elif len(words) >= SHORT_RUN or sum(map(len, words)) >= LONG_WORD:
        yield words


def _by_length(runs: Iterable[Words]) -> Sought:
    lengths: dict[int, set[Words]] = {}
    for run in runs:
        if run:
            lengths.setdefault(len(run), set()).add(run)
    return lengths


def _spans(words: Words, sought: Sought) -> Iterator[tuple[int, int]]:
    """Where one of the runs stands in the words, as half-open ranges."""
    for at in range(len(words)):
        for length, runs in sought.items():
            if words[at : at + length] in runs:
                yield at, at + length


_SIGN_TEXTS = tuple(text for s in SIGNS for text in (s.title, s.definition, *s.counts, s.weak, s.strong, *s.moves, s.question))
