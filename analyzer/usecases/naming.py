"""Where one person is named in a text, and the text without that: the full name in every spelling, or a part of it.

The forms of a name (umlauts written out, "Last, First", logins, possessives) are those by which names are hidden from a model
(`engines.llm.known_names`). The full name counts wherever it stands, in any case. A part of it alone may be somebody else, so it
counts only where it has a capital and the caller says that nobody else is called so. A part with digits in it, as in a login or
the number of a telephone, is nobody else's and counts as it is written. Nicknames, initials, and a first name in small letters
are not found.
"""

import html
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from analyzer.names import LOOSE, fold_name, fold_text
from analyzer.usecases.stretches import BROKEN, Span, apart, clusters, in_a_row, joined_up, plain, replaced

if TYPE_CHECKING:
    from analyzer.engines.llm.known_names import Known
    from analyzer.engines.llm.name_forms import Form

NAME_REMOVED = "[name removed]"

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_DIGIT, _LETTER = re.compile(r"\d"), re.compile(r"[^\W\d_]")
_LEAST_NUMBERED = 4  # letters and digits that tell somebody: fewer may be anything, as "3D" or "B2B"
_SPACELESS_NAME = 3  # letters of a script without spaces that make a surname and a given name


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
        return bool(self._in_full or self._numbered) or (
            not self.name.isascii() and len(self._entire) >= _SPACELESS_NAME and len(self._parts) > 1
        )

    @property
    def surname(self) -> str:
        """The last of the names, folded; the only one where there is one."""
        return self._last or self._entire

    @property
    def telling(self) -> tuple[str, ...]:
        """By which words a path is known to have the name in it."""
        return (self.surname, *self._numbered)

    def among(self, others: Iterable[str]) -> "Among":
        """What tells this person from these others, where words speak of them all."""
        strangers = [other for other in others if not self.is_of(other)]
        taken = {plain(word) for other in strangers for word in _words(other)}
        runs = [plain(other) for other in strangers if not other.isascii()]
        alone = frozenset(p for p in self._parts if p not in taken and (p.isascii() or not any(p in run for run in runs)))
        mine = set(self._in_full[-1]) if self._in_full else set()
        longer = (tuple(map(plain, _words(other))) for other in strangers)
        return Among(alone=alone, namesakes=frozenset(other for other in longer if mine and mine < set(other)))

    def may_stand_in(self, text: str) -> bool:
        """Whether it is worth the while to look closer: whether some part of the name stands in the text at all."""
        if self._as_written and self._as_written.search(text):
            return True
        seen = _bare(text) if self._telling.pattern.isascii() else fold_text(text)
        return self._telling.search(seen) is not None or BROKEN.search(text) is not None

    def stands_in(self, text: str, among: "Among | None" = None) -> bool:
        """Whether the text names the person, also where it is escaped as JSON and HTML have it."""
        return bool(self.spans(text, among) or (("\\u" in text or "&" in text) and self.spans(_unescaped(text), among)))

    def spans(self, text: str, among: "Among | None" = None) -> list[Span]:
        """Where the person is named, in order and apart: in full, and by the parts that are theirs alone among those people."""
        if not self.may_stand_in(text):
            return []
        among = among or NOBODY_KNOWN
        found = set(self._spans(text, among))
        if BROKEN.search(text):
            joined, back = joined_up(text)
            found |= {(back(start), back(end - 1) + 1) for start, end in self._spans(joined, among)}
        return apart(found)

    def removed(self, text: str, among: "Among | None" = None) -> tuple[str, int]:
        """The text without the name, and how often it stood there."""
        spans = self.spans(text, among)
        return replaced(text, spans, NAME_REMOVED), len(spans)

    def _spans(self, text: str, among: "Among") -> Iterator[Span]:
        others = list(in_a_row(text, among.namesakes)) if among.namesakes else []
        for start, end in self._theirs(text, among.alone):
            if not any(first <= start and end <= last for first, last in others):
                yield start, end

    def _theirs(self, text: str, alone: Collection[str]) -> Iterator[Span]:
        if self._as_written:
            yield from ((match.start(), match.end()) for match in self._as_written.finditer(text))
        yield from in_a_row(text, self._in_full)
        joined, parts = self._known
        # A login may have no more of the name than the surname and an initial, or be all that is known of somebody.
        yield from ((one.start, one.stop) for one in joined.find(text) if self.whole or plain(one.key) in alone)
        found = [(one.start, one.stop, plain(one.key)) for one in parts.find(text)]
        for cluster in clusters(text, found, self._last):
            if len(cluster) > 1 and self._last in {part for *_, part in cluster}:
                yield cluster[0][0], cluster[-1][1]
                continue
            for start, end, part in cluster:
                if (part == self._entire and self.whole) or (part in alone and not text[start].islower()):
                    yield start, end

    @cached_property
    def _in_full(self) -> tuple[tuple[str, ...], ...]:
        """The words of the name in order, surname first, and without the names in the middle; none for a single name."""
        words = tuple(plain(word) for word in _words(self.name))
        if len(words) < 2:  # noqa: PLR2004 - a first and a last name
            return ()
        given = next((at for at, word in enumerate(words) if word in self._parts), 0)
        last = next(at for at in range(len(words) - 1, -1, -1) if words[at] == self._last or at == 0)
        short = (words[given], *words[last:]) if given < last else words
        turned = (*words[last:], *words[:last]) if last else words
        names = {words, short, turned, (*words[last:], words[given]) if given < last else turned}
        return tuple(sorted(names, key=lambda name: (-len(name), name)))

    @cached_property
    def _numbered(self) -> tuple[str, ...]:
        """What of the name has digits in it and can be nobody else's: the name itself, and each such part of it."""
        spoken = _spoken(self.name)
        if spoken.replace(" ", "").lstrip("+").isdecimal():  # a telephone, which is dialled in from
            return (spoken,) if len(spoken) >= _LEAST_NUMBERED else ()
        parts = [word for word in spoken.split() if _DIGIT.search(word) and _LETTER.search(word) and len(word) >= _LEAST_NUMBERED]
        return (spoken, *parts) if parts else ()

    @cached_property
    def _as_written(self) -> re.Pattern[str] | None:
        """What finds those as they are written, with or without accents; None where there are none."""
        spelt = {way for part in self._numbered for way in _ways_of_writing(part)}
        if not spelt:
            return None
        turned = {" ".join((last, *rest)) for way in spelt for *rest, last in [way.split()]}
        longest_first = sorted(spelt | turned, key=lambda way: (-len(way), way))
        told = "|".join(r"[\s.,_-]*".join(map(re.escape, way.split())) for way in longest_first)  # a login has them joined
        return re.compile(rf"(?<![^\W_])(?:{told})(?![^\W_])", re.IGNORECASE)

    @cached_property
    def _entire(self) -> str:
        return plain(fold_name(self.name))

    @cached_property
    def _last(self) -> str:
        return next(reversed(self._parts), "")

    @cached_property
    def _telling(self) -> re.Pattern[str]:
        """What stands in every text that names the person: the surname, be it in a login, or another part as a word."""
        words = {"".join(form.words) or form.spelling: form for form in self._forms}
        given = {word for word, form in words.items() if form.words and _is_simple(form) and plain(word) != self._last}
        within = "|".join(map(re.escape, sorted(words.keys() - given)))
        alone = "|".join(map(re.escape, sorted(given)))
        return re.compile(rf"{within or '(?!)'}|(?<![^\W\d_])(?:{alone or '(?!)'})s?(?![^\W\d_])")

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        """Each of the person's names by itself, folded: no title, initial or particle."""
        return tuple(dict.fromkeys(plain(form.key) for form in self._forms if _is_simple(form)))

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


def _spoken(name: str) -> str:
    """The name in the order in which it is spoken, as `fold_name` turns it round, without what stands in brackets."""
    bare = _BRACKETS.sub(" ", name)
    last, comma, first = bare.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and fold_name(f"{first} {last}") == fold_name(bare) else bare


def _ways_of_writing(part: str) -> Iterator[str]:
    for form in ("NFC", "NFD"):
        yield unicodedata.normalize(form, part)
    yield part.casefold().translate(_UMLAUTS)
    yield fold_text(part)


def _words(name: str) -> list[str]:
    """The words of a name in the order in which it is spoken, titles left out."""
    from analyzer.engines.llm.name_forms import words_in
    from analyzer.engines.llm.ordinary_words import NOT_NAMES

    words = [match[0] for match in words_in(_spoken(name)) if not match[0].isdecimal()]
    return [word for word in words if plain(word) not in NOT_NAMES] or words


def _is_simple(form: "Form") -> bool:
    """Whether it is a part of the name, and not several joined into one word or the end of a login."""
    from analyzer.engines.llm.name_forms import Reach

    return form.reach is Reach.WHOLE and plain("".join(form.words) or form.spelling) == plain(form.spelling)


def _bare(text: str) -> str:
    """The Latin letters of a text, small and without accents, much faster than folding it: there are many texts."""
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text).casefold().translate(LOOSE)
    return apart.encode("ascii", "ignore").decode()


def _unescaped(text: str) -> str:
    return html.unescape(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))
