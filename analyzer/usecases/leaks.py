"""The last look at what leaves: whether a finished text has words in it that are not meant for those who get it.

Words are compared as words: case, accents, markup, escapes and invisible characters do not count, and scripts without
spaces are compared character by character.
"""

import html
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from analyzer.model.findings import Stance
from analyzer.names import LOOSE
from analyzer.relationship.wordlists import FUNCTION
from analyzer.signs import SIGNS

RUN = 6  # so many words in a row are taken from somewhere; fewer may be anybody's
SHARED_RUN = 4  # so many words in a row say that a text is still there in part
SHORT_RUN = 3  # a private text of fewer words than RUN counts when all of it is found, from so many words on
LONG_WORD = 12  # or when it has so many letters
SHORT_NAME = 3  # letters; a client's name of no more, such as SAP, counts where it has a capital
NAME_LETTERS = 3  # a shorter part of a person's name may be anything

A_CLIENT = "the name of another client"
A_PERSON = "the name of somebody at another client"
A_SIGN = "a warning sign"
A_STANCE = "how you see the relation"
PRIVATE = "private words"
ELSEWHERE = "words of another client's meeting"
MISSED = "words of a meeting that not all who are to read it attended"

_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_CHARACTER_BY_CHARACTER = re.compile(rf"[{_UNSPACED}]")
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W_])+")
_SPACED_WORD = re.compile(r"[^\W_]+")  # several times as fast
_MARKS = "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u00a0"  # that part words and stand in nearly every text
_SMALL_OR_SPACE = bytes(ord(chr(code).lower() if chr(code).isalnum() else " ") for code in range(128)).ljust(256)

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_STANCES = (Stance.PAYING_CLIENT, Stance.LEANING_CLIENT, Stance.LEANING_PARTNER)  # a partner may be called one
_ROLES = frozenset(  # what recorders call a seat and not a person
    """account admin assistant board boss caller chair chairman client clients coach consultant director finance front group guest
    host house lead leader legal manager management marketing meeting office operations owner participant people phone project
    reception room sales speaker staff support team teams user zoom""".split()  # noqa: SIM905 - a block of words reads better
)

Words = tuple[str, ...]
Sought = dict[int, set[Words]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing that a text gives away: `what` it is, its `words` as they are compared, and the line on which it begins.

    Lines count from 1.
    """

    what: str
    words: str
    line: int

    def __str__(self) -> str:
        return f"{self.what}: {self.words}"


@dataclass(frozen=True, kw_only=True)  # no slots: what to look for is worked out once and kept
class PrivateWords:
    """What must not be in a text that is sent.

    `names` of other clients may not stand in it at all, nor the `people` met there (a part of such a name counts where it
    has a capital), nor any six words in a row of `texts` (a shorter text: all of it), of `elsewhere`, the meetings of other
    clients, or of `missed`, those of this client that not every reader attended, one text each.

    It is no leak where the words are also in one of `told`, which the reader may hear, or stand inside
    one of `own` (the names of those who meet, our own standing sentences); nor is a person's name that somebody who meets has
    as well, or that is a word of any agenda (`known`), nor what was said elsewhere and also in `heard`, the meetings that the
    reader attended.
    """

    names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()

    @cached_property
    def sought(self) -> "_Sought":
        """What to look for, as words."""
        return _sought(self)

    def look_up(self, texts: Iterable[str]) -> None:
        """Look for the words of many texts in those meetings at once, which is much faster than one by one."""
        runs = {run for text in texts for run in _six(_words(text))}
        for place in self.sought.places:
            place.said(runs)


def leaks(text: str, *, forbidden: PrivateWords, allowed: Collection[str] = ()) -> tuple[Hit, ...]:
    """What `text` gives away, in its order; empty when it may be sent.

    The titles, ids and descriptions of the warning signs are always looked for. `allowed` are the words of hits that a person
    lets pass, each in full.
    """
    tokens = _tokens(text)
    words = tuple(token.word for token in tokens)
    sought = forbidden.sought
    own = list(_spans(words, sought.own))
    found = [hit for hit in _found(tokens, words, sought) if not _within(hit, own)]
    found += [span for place in sought.places for span in place.spans(words, own)]
    let_pass = {_words(one) for one in allowed}
    return tuple(
        Hit(what=what, words=" ".join(words[start:end]), line=tokens[start].line)
        for start, end, what in _merged(found)
        if words[start:end] not in let_pass
    )


def same_words(one: str, other: str) -> bool:
    """Whether both are the same words as they are compared here."""
    return _words(one) == _words(other)


def shares_words(one: str, other: str) -> bool:
    """Whether four words in a row of the first stand in the other, or all of it where it is shorter."""
    words, there = _words(one), _words(other)
    size = min(len(words), SHARED_RUN)
    runs = {words[at : at + size] for at in range(len(words) - size + 1)} if words else set()
    return any(there[at : at + size] in runs for at in range(len(there) - size + 1))


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    capital: bool
    line: int


_Span = tuple[int, int, str]


def _found(tokens: Sequence[_Token], words: Words, sought: "_Sought") -> Iterator[_Span]:
    for start, end in _spans(words, sought.runs):
        what = sought.what[words[start:end]]
        short = what == A_CLIENT and len("".join(words[start:end])) <= SHORT_NAME
        if tokens[start].capital or not short:
            yield start, end, what
    for at, token in enumerate(tokens):
        if token.capital and token.word in sought.parts:
            yield at, at + 1, A_PERSON


def _within(span: _Span, own: Iterable[tuple[int, int]]) -> bool:
    return any(first <= span[0] and span[1] <= last for first, last in own)


def _merged(found: Iterable[_Span]) -> list[_Span]:
    """What overlaps and gives away the same is one thing."""
    merged: list[_Span] = []
    for start, end, what in sorted(found):
        same = next((at for at, (_, last, kind) in enumerate(merged) if kind == what and start < last), None)
        if same is None:
            merged.append((start, end, what))
        else:
            first, last, _ = merged[same]
            merged[same] = (first, max(last, end), what)
    return merged


class _Place:
    """Which runs of six words stand in meetings that are not for the reader; what was looked for once is remembered."""

    def __init__(self, what: str, texts: Sequence[str], heard: "_Texts", told: Collection[Words]) -> None:
        self._what, self._texts, self._heard = what, _Texts(texts), heard
        self._looked_up: dict[Words, bool] = dict.fromkeys(told, False)

    def said(self, runs: Collection[Words]) -> set[Words]:
        """Those of the runs that were said there, and not in a meeting that the reader attended."""
        new = {run for run in runs if run not in self._looked_up}
        if new:
            there = self._texts.having(new)
            there -= self._heard.having(there) if there else set()
            self._looked_up.update((run, run in there) for run in new)
        return {run for run in runs if self._looked_up[run]}

    def spans(self, words: Words, own: Sequence[tuple[int, int]]) -> Iterator[_Span]:
        """Where words that were said there stand, but for what lies within our own."""
        asked = [(at, at + RUN, self._what) for at in range(len(words) - RUN + 1)]
        asked = [span for span in asked if not _within(span, own)]
        said = self.said({words[start:end] for start, end, _ in asked})
        yield from (span for span in asked if words[span[0] : span[1]] in said)


class _Texts:
    """Long texts in which runs are looked for; their words are worked out once, and each word is kept once."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    @cached_property
    def _in_words(self) -> Sequence[Sequence[str]]:
        known: dict[str, str] = {}
        return [[*map(known.setdefault, words, words)] for words in map(_words, self._texts)]

    def having(self, runs: set[Words]) -> set[Words]:
        """Those of the runs that stand in one of the texts."""
        return {run for words in self._in_words for run in runs.intersection(_six(words))}


@dataclass(frozen=True, slots=True)
class _Sought:
    """What to look for, by length; `what` says of each run what it would give away. `parts` are those of people's names."""

    runs: Sought
    own: Sought
    what: dict[Words, str]
    parts: frozenset[str]
    places: tuple[_Place, ...]


def _sought(forbidden: PrivateWords) -> _Sought:
    told = {run for shared in forbidden.told for run in _runs(_words(shared))}
    here = [_words(name) for name in forbidden.known]
    known = {word for name in here for word in name}
    what: dict[Words, str] = {run: PRIVATE for private in forbidden.texts for run in _runs(_words(private))}
    what = {run: meaning for run, meaning in what.items() if run not in told}
    people = [spelt for name in forbidden.people for spelt in _spellings(name)]
    plain = {name[0] for name in here if len(name) == 1}
    met = [name for name in people if plain.issuperset(name) or any(set(name) <= set(one) for one in here)]
    full = {way for name in people if len(name) > 1 and name not in met for way in (name, (name[-1], *name[:-1]))}
    what |= dict.fromkeys(full, A_PERSON)
    what |= {run: A_SIGN for described in _SIGN_TEXTS for run in _runs(_words(described))}
    what |= {_words(sign.id.value): A_SIGN for sign in SIGNS}
    what |= {_words(stance.value): A_STANCE for stance in _STANCES}
    what |= {spelt: A_CLIENT for name in forbidden.names for spelt in _spellings(name)}
    own_words = {word for text in forbidden.own for word in _words(text)}
    heard = _Texts(forbidden.heard)
    parts = {part for name in people for part in name if len(part) >= NAME_LETTERS and not part.isdecimal()}
    return _Sought(
        runs=_by_length(what),
        own=_by_length(map(_words, forbidden.own)),
        what=what,
        parts=frozenset(parts - known - own_words - FUNCTION - _ROLES),
        places=(
            _Place(ELSEWHERE, forbidden.elsewhere, heard, told),
            _Place(MISSED, forbidden.missed, heard, told),
        ),
    )


def _spellings(name: str) -> set[Words]:
    """A name's words, and those of how it is written without umlauts."""
    return {_words(name), _words(name.casefold().translate(_UMLAUTS))}


def _visible(text: str) -> str:
    """The text without accents and what cannot be seen, case kept."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    for character in set(apart):
        if unicodedata.category(character) in ("Mn", "Cf"):
            apart = apart.replace(character, "")
    return unicodedata.normalize("NFKC", apart)


def _words(text: str) -> Words:
    text = html.unescape(text)
    for mark in _MARKS:
        text = text.replace(mark, " ")
    return tuple(_plain_words(text) if text.isascii() else [word for row in text.split("\n") for word in _words_of_row(row)])


def _words_of_row(text: str) -> list[str]:
    if text.isascii():
        return _plain_words(text)
    seen = _visible(text).casefold().translate(LOOSE)
    return _split(seen if seen.isascii() else _visible(seen))


def _plain_words(text: str) -> list[str]:
    """The same as splitting what is in small letters, several times as fast."""
    return text.encode().translate(_SMALL_OR_SPACE).decode().split()


def _split(text: str) -> list[str]:
    return (_WORD if _CHARACTER_BY_CHARACTER.search(text) else _SPACED_WORD).findall(text)


def _tokens(text: str) -> tuple[_Token, ...]:
    return tuple(
        _Token(word=word, capital=written[0] != written[0].lower() or written[0].lower() == written[0].upper(), line=number)
        for number, row in enumerate(text.split("\n"), 1)
        for written in _split(_visible(html.unescape(row)))
        for word in _words(written)
    )


def _runs(words: Words) -> Iterator[Words]:
    if len(words) >= RUN:
        yield from _six(words)
    elif len(words) >= SHORT_RUN or sum(map(len, words)) >= LONG_WORD:
        yield words


def _six(words: Sequence[str]) -> Iterable[Words]:
    return zip(*(words[start:] for start in range(RUN)), strict=False)


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


_SIGN_TEXTS = tuple(
    text
    for sign in SIGNS
    for text in (
        sign.title,
        sign.definition,
        *sign.counts,
        sign.weak,
        sign.strong,
        *(move.say for move in (*sign.moves, *sign.plain_moves)),
        sign.question,
    )
)
