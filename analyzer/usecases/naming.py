"""Where one person is named in a text, and the text without that: the full name in every spelling, or a part of it.

The forms of a name (umlauts written out, "Last, First", logins, possessives) are those by which names are hidden from a model
(`engines.llm.known_names`). The full name counts wherever it stands, in any case. A part of it alone may be somebody else, so it
counts only where it has a capital and the caller says that nobody else is called so. Nicknames, initials, and a first name in
small letters are not found.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from analyzer.names import LOOSE, fold_name, fold_text

if TYPE_CHECKING:
    from analyzer.engines.llm.known_names import Known
    from analyzer.engines.llm.name_forms import Form

NAME_REMOVED = "[name removed]"
WORDS_REMOVED = "[removed on request]"
RUN = 6  # so many words in a row are taken from somewhere; fewer may be anybody's
SHORT_TURN = 4  # a turn of at least so many words, and fewer than RUN, is taken from there when all of it is found

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_WRITTEN_OUT = re.compile("([aou])e|(a)a")
_TOGETHER = re.compile(r"\.?\s{1,3}|[.\-\u2010\u2011_+]|,\s{1,2}|\s+[^\W\d_]\.?\s+|\s?/\s?")  # between the parts of one name
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][^\S\n]*\n[^\S\n]*(?=[^\W\d_])")  # a word that goes on in the next line
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_MARKS = re.compile(r"[\W_]+")
_SPACELESS_NAME = 3  # letters of a script without spaces that make a surname and a given name

Span = tuple[int, int]


def spellings(name: str) -> frozenset[str]:
    """The folded forms of a name: two spellings of it have one in common, also where one has ue for ü."""
    return frozenset(filter(None, (fold_name(name), fold_name(name.casefold().translate(_UMLAUTS)))))


@dataclass(frozen=True)  # no slots: what to look for is worked out once and kept
class PersonsName:
    """The name of one person. Names compare by `spellings`."""

    name: str

    @cached_property
    def spelt(self) -> frozenset[str]:
        return spellings(self.name)

    def is_of(self, other: str) -> bool:
        """Whether this is another spelling of the same full name."""
        return bool(self.spelt & spellings(other))

    @property
    def whole(self) -> bool:
        """Whether it is a full name: two parts and more, which are found wherever they stand."""
        return bool(self._in_full) or (not self.name.isascii() and len(self._entire) >= _SPACELESS_NAME and len(self._parts) > 1)

    @property
    def surname(self) -> str:
        """The last of the names, folded; the only one where there is one."""
        return self._last or self._entire

    def among(self, others: Iterable[str]) -> "Among":
        """What tells this person from these others, where words speak of them all."""
        strangers = [other for other in others if not self.is_of(other)]
        taken = {_plain(word) for other in strangers for word in _words(other)}
        runs = [_plain(other) for other in strangers if not other.isascii()]
        alone = frozenset(p for p in self._parts if p not in taken and (p.isascii() or not any(p in run for run in runs)))
        mine = set(self._in_full[-1]) if self._in_full else set()
        longer = (tuple(map(_plain, _words(other))) for other in strangers)
        return Among(alone=alone, namesakes=frozenset(other for other in longer if mine and mine < set(other)))

    def may_stand_in(self, text: str) -> bool:
        """Whether it is worth the while to look closer: whether some part of the name stands in the text at all."""
        seen = _bare(text) if self._telling.pattern.isascii() else fold_text(text)
        return self._telling.search(seen) is not None or _BROKEN.search(text) is not None

    def stands_in(self, text: str, among: "Among | None" = None) -> bool:
        """Whether the text names the person, also where it is escaped as JSON and HTML have it."""
        return bool(self.spans(text, among) or (("\\u" in text or "&" in text) and self.spans(_unescaped(text), among)))

    def spans(self, text: str, among: "Among | None" = None) -> list[Span]:
        """Where the person is named, in order and apart: in full, and by the parts that are theirs alone among those people."""
        if not self.may_stand_in(text):
            return []
        among = among or NOBODY_KNOWN
        found = set(self._spans(text, among))
        if _BROKEN.search(text):
            joined, back = _joined(text)
            found |= {(back(start), back(end - 1) + 1) for start, end in self._spans(joined, among)}
        return _apart(found)

    def removed(self, text: str, among: "Among | None" = None) -> tuple[str, int]:
        """The text without the name, and how often it stood there."""
        spans = self.spans(text, among)
        return replaced(text, spans, NAME_REMOVED), len(spans)

    def _spans(self, text: str, among: "Among") -> Iterator[Span]:
        others = list(_in_a_row(text, among.namesakes)) if among.namesakes else []
        for start, end in self._theirs(text, among.alone):
            if not any(first <= start and end <= last for first, last in others):
                yield start, end

    def _theirs(self, text: str, alone: Collection[str]) -> Iterator[Span]:
        yield from _in_a_row(text, self._in_full)
        joined, parts = self._known
        # A login may have no more of the name than the surname and an initial, or be all that is known of somebody.
        yield from ((one.start, one.stop) for one in joined.find(text) if self.whole or _plain(one.key) in alone)
        found = [(one.start, one.stop, _plain(one.key)) for one in parts.find(text)]
        for cluster in _clusters(text, found, self._last):
            if len(cluster) > 1 and self._last in {part for *_, part in cluster}:
                yield cluster[0][0], cluster[-1][1]
                continue
            for start, end, part in cluster:
                if (part == self._entire and self.whole) or (part in alone and not text[start].islower()):
                    yield start, end

    @cached_property
    def _in_full(self) -> tuple[tuple[str, ...], ...]:
        """The words of the name in order, surname first, and without the names in the middle; none for a single name."""
        words = tuple(_plain(word) for word in _words(self.name))
        if len(words) < 2:  # noqa: PLR2004 - a first and a last name
            return ()
        given = next((at for at, word in enumerate(words) if word in self._parts), 0)
        last = next(at for at in range(len(words) - 1, -1, -1) if words[at] == self._last or at == 0)
        short = (words[given], *words[last:]) if given < last else words
        turned = (*words[last:], *words[:last]) if last else words
        names = {words, short, turned, (*words[last:], words[given]) if given < last else turned}
        return tuple(sorted(names, key=lambda name: (-len(name), name)))

    @cached_property
    def _entire(self) -> str:
        return _plain(fold_name(self.name))

    @cached_property
    def _last(self) -> str:
        return next(reversed(self._parts), "")

    @cached_property
    def _telling(self) -> re.Pattern[str]:
        """What stands in every text that names the person: the surname, be it in a login, or another part as a word."""
        words = {"".join(form.words) or form.spelling: form for form in self._forms}
        given = {word for word, form in words.items() if form.words and _is_simple(form) and _plain(word) != self._last}
        within = "|".join(map(re.escape, sorted(words.keys() - given)))
        alone = "|".join(map(re.escape, sorted(given)))
        return re.compile(rf"{within or '(?!)'}|(?<![^\W\d_])(?:{alone or '(?!)'})s?(?![^\W\d_])")

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        """Each of the person's names by itself, folded: no title, initial or particle."""
        return tuple(dict.fromkeys(_plain(form.key) for form in self._forms if _is_simple(form)))

    @cached_property
    def _forms(self) -> tuple["Form", ...]:
        from analyzer.engines.llm.name_forms import forms_of_people

        return tuple(forms_of_people((_spoken(self.name),))[0])

    @cached_property
    def _known(self) -> tuple["Known", "Known"]:
        """What finds the name as one word (a login, a handle), and what finds each part of it."""
        from analyzer.engines.llm.known_names import known_names
        from analyzer.engines.llm.name_forms import forms_of_people

        bearers = forms_of_people((_spoken(self.name),))[1]
        simple = [form for form in self._forms if _is_simple(form)]
        return known_names((form for form in self._forms if form not in simple), bearers), known_names(simple, bearers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """How to tell a person from those who are met beside them.

    `alone` are the parts of the name that nobody else there has, `namesakes` the words of longer names that hold all of it.
    """

    alone: frozenset[str] = frozenset()
    namesakes: frozenset[tuple[str, ...]] = frozenset()


NOBODY_KNOWN = Among()
"""Where nobody knows who else is spoken of: only the full name counts."""


def replaced(text: str, spans: Iterable[Span], by: str) -> str:
    """The text with each of these stretches, which are in order and apart, replaced."""
    pieces, done = [], 0
    for start, end in spans:
        pieces += [text[done:start], by]
        done = end
    return "".join((*pieces, text[done:]))


def without_words_of(said: Iterable[str]) -> Callable[[str], tuple[str, int]]:
    """What takes words out of a text that were `said` in one of these turns: six in a row, or all of a short turn."""
    runs: dict[int, set[tuple[str, ...]]] = {}
    for turn in said:
        words = [word for *_, word in _placed(turn)]
        size = min(len(words), RUN)
        if size >= SHORT_TURN:
            runs.setdefault(size, set()).update(tuple(words[at : at + size]) for at in range(len(words) - size + 1))

    def without(text: str) -> tuple[str, int]:
        words = _placed(text)
        plain = [word for *_, word in words]
        spans = {
            (words[at][0], words[at + size - 1][1])
            for size, known in runs.items()
            for at in range(len(words) - size + 1)
            if tuple(plain[at : at + size]) in known
        }
        apart = _apart(spans)
        return replaced(text, apart, WORDS_REMOVED), len(apart)

    return without


def _placed(text: str) -> list[tuple[int, int, str]]:
    from analyzer.engines.llm.name_forms import fold, words_in

    return [(match.start(), match.end(), fold(match[0])) for match in words_in(text)]


def _in_a_row(text: str, names: Collection[tuple[str, ...]]) -> Iterator[Span]:
    """Where one of these names stands as words in a row, whatever each of them means by itself; the last may have an s."""
    words = [(start, end, _plain(word)) for start, end, word in _placed(text)]
    free = 0
    for at in range(len(words)):
        here = next((run for name in names if at >= free and (run := _run_of(text, words[at : at + len(name)], name))), None)
        if here:
            free = at + len(here)
            yield here[0][0], here[-1][1]


def _run_of(text: str, words: list[tuple[int, int, str]], name: tuple[str, ...]) -> list[tuple[int, int, str]] | None:
    """These words, if they are the name and stand side by side."""
    plain = tuple(word for *_, word in words)
    if plain not in (name, (*name[:-1], f"{name[-1]}s")):
        return None
    gaps = (text[left[1] : right[0]] for left, right in pairwise(words))
    return words if all(_TOGETHER.fullmatch(gap) for gap in gaps) else None


def _spoken(name: str) -> str:
    """The name in the order in which it is spoken, as `fold_name` turns it round, without what stands in brackets."""
    bare = _BRACKETS.sub(" ", name)
    last, comma, first = bare.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and fold_name(f"{first} {last}") == fold_name(bare) else bare


def _words(name: str) -> list[str]:
    """The words of a name in the order in which it is spoken, titles left out."""
    from analyzer.engines.llm.name_forms import words_in
    from analyzer.engines.llm.ordinary_words import NOT_NAMES

    words = [match[0] for match in words_in(_spoken(name)) if not match[0].isdecimal()]
    return [word for word in words if _plain(word) not in NOT_NAMES] or words


def _plain(word: str) -> str:
    """The form in which ü, ue and u are the same, as is a word with and without marks in it."""
    from analyzer.engines.llm.name_forms import fold

    return _WRITTEN_OUT.sub(r"\1\2", _MARKS.sub("", fold(word)))


def _is_simple(form: "Form") -> bool:
    """Whether it is a part of the name, and not several joined into one word or the end of a login."""
    from analyzer.engines.llm.name_forms import Reach

    return form.reach is Reach.WHOLE and _plain("".join(form.words) or form.spelling) == _plain(form.spelling)


def _clusters(text: str, found: list[tuple[int, int, str]], last: str) -> Iterator[list[tuple[int, int, str]]]:
    """What stands side by side as one name does: each part once, and a comma only behind the surname."""
    cluster: list[tuple[int, int, str]] = []
    for one in found:
        if cluster:
            gap = text[cluster[-1][1] : one[0]]
            listed = "," in gap and (cluster[-1][2] != last or len(cluster) > 1)
            if listed or not _TOGETHER.fullmatch(gap) or one[2] in {part for *_, part in cluster}:
                yield cluster
                cluster = []
        cluster.append(one)
    if cluster:
        yield cluster


def _apart(spans: Iterable[Span]) -> list[Span]:
    """What overlaps as one stretch, in order."""
    apart: list[Span] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = apart[-1][0], max(end, apart[-1][1])
        else:
            apart.append((start, end))
    return apart


def _joined(text: str) -> tuple[str, Callable[[int], int]]:
    """The text with its broken words whole, and where a place in it stood before."""
    pieces, starts, sources, done, length = [], [0], [0], 0, 0
    for match in _BROKEN.finditer(text):
        pieces.append(text[done : match.start()])
        length += match.start() - done
        done = match.end()
        starts.append(length)
        sources.append(done)

    def back(place: int) -> int:
        at = bisect_right(starts, place) - 1
        return sources[at] + place - starts[at]

    return "".join((*pieces, text[done:])), back


def _bare(text: str) -> str:
    """The Latin letters of a text, small and without accents, much faster than folding it: there are many texts."""
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text).casefold().translate(LOOSE)
    return apart.encode("ascii", "ignore").decode()


def _unescaped(text: str) -> str:
    return html.unescape(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))
