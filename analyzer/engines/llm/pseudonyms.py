"""Stand-ins for names, addresses and numbers in what leaves for a remote model, and the names put back into its answer.

This reduces what is told; it does not make it anonymous. What is put in place is one word for one word, so a model may
quote any part, and what comes back is letter for letter what was there, as far as `extend` was shown the text: every
spelling of a name has a stand-in of its own, a word that only looks like a stand-in is changed so that it does not, and
where a stand-in touches other letters a dot keeps them apart until it is put back.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from analyzer.engines.llm import stand_ins
from analyzer.engines.llm.addresses import addresses_in
from analyzer.engines.llm.known_names import Known, known_names
from analyzer.engines.llm.name_forms import Form, Reach, forms_of_kept, forms_of_organisations, forms_of_people, key_of
from analyzer.engines.llm.stand_ins import Kind, kind_of

_DOT = "\u00b7"
_LETTERS = re.compile("[A-Za-z]+")
_LIKE_OURS = re.compile(f"(?i:{stand_ins.ADDRESS}|{stand_ins.NUMBER}|{stand_ins.LINK})|(?P<letters>[A-Za-z]+)")
_NAMES = (Kind.PERSON, Kind.ORGANISATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Who is known: the people of the meetings and of the practice, with aliases; the practice and all clients, by all names."""

    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


class _Span(NamedTuple):
    """What is replaced from `start` to `stop`: `spelling` with its plural `ending`; `key` is empty for an address."""

    start: int
    stop: int
    kind: Kind
    key: str
    spelling: str
    ending: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """All originals with their stand-ins (`rows`), and those of them that were not kept before (`added`)."""

    rows: Mapping[str, str] = field(repr=False)
    added: dict[str, str] = field(repr=False)
    known: Known = field(repr=False)

    def conceal(self, text: str) -> str:
        """The text as it may leave. An address that `extend` was not shown becomes one that cannot be put back."""
        out: list[str] = []
        at, last = 0, None
        for span in self._spans(text):
            between = text[at : span.start]
            out += [_dot(last, between[:1]), self._escaped(between), _dot(span.kind, between[-1:]) if between else ""]
            out += [self._shown(span), span.ending]
            at, last = span.stop, span.kind
        rest = text[at:]
        return "".join((*out, _dot(last, rest[:1]) if rest else "", self._escaped(rest)))

    def reveal(self, text: str) -> str:
        """The text with the originals in the place of their stand-ins, also where it is only a part of what was concealed."""
        out: list[str] = []
        at = 0
        for match in _LIKE_OURS.finditer(text):
            original = self._original(match)
            if original is None:
                continue
            start, end = match.span()
            if match["letters"] is None or stand_ins.taken_apart(match[0], self._originals):
                start -= start > at and text[start - 1] == _DOT
                end += text[end : end + 1] == _DOT
            out += [text[at:start], original]
            at = end
        return "".join((*out, text[at:]))

    def counts(self, text: str) -> dict[str, int]:
        """How many replacements of each kind `conceal` makes in this text; kinds without any are left out."""
        found = Counter(span.kind for span in self._spans(text))
        return {kind.value: found[kind] for kind in Kind if found[kind]}

    @cached_property
    def _by_key(self) -> dict[str, list[tuple[str, str]]]:
        return _by_key(self.rows)

    @cached_property
    def _originals(self) -> dict[str, tuple[str, str]]:
        """What each name's stand-in, in lower case, stands for, with the stand-in as it is kept."""
        names = ((o, s) for o, s in self.rows.items() if kind_of(s) in _NAMES)
        return {stand_in.lower(): (original, stand_in) for original, stand_in in names}

    @cached_property
    def _addresses(self) -> dict[tuple[Kind, int], str]:
        others = ((o, s) for o, s in self.rows.items() if kind_of(s) not in _NAMES)
        return {(kind_of(stand_in), stand_ins.number_of(stand_in)): original for original, stand_in in others}

    def _spans(self, text: str) -> list[_Span]:
        return _spans(text, self.known, self._by_key)

    def _shown(self, span: _Span) -> str:
        if not span.key:
            return self.rows.get(span.spelling) or stand_ins.new_address(span.kind, 0)
        rows = self._by_key[span.key]
        return self.rows.get(span.spelling) or _exactly(span.spelling, rows) or rows[0][1]

    def _escaped(self, text: str) -> str:
        return _LETTERS.sub(lambda m: stand_ins.escaped(m[0], self._originals), text)

    def _original(self, match: re.Match[str]) -> str | None:
        """What stands behind this part of a text; None where it is only itself."""
        if match["letters"] is None:
            return self._addresses.get((kind_of(match[0]), stand_ins.number_of(match[0])))
        parts = stand_ins.taken_apart(match[0], self._originals)
        if parts is None:
            plain = stand_ins.unescaped(match[0], self._originals)
            return None if plain == match[0] else plain
        original, stand_in = self._originals[parts[0].lower()]
        return stand_ins.in_case_of(original, parts[0], stand_in) + parts[1]


def extend(kept: Mapping[str, str], names: Names, texts: Iterable[str]) -> Table:
    """The stand-ins for all these names, and for the spellings and addresses that stand in these texts.

    `kept` are originals with their stand-ins from before, none of which is changed. The same input gives the same table.
    """
    people, bearers = forms_of_people(names.people)
    forms = [*people, *forms_of_organisations(names.organisations)]
    known = known_names((*forms, *forms_of_kept(kept.items())), bearers)
    shown = (*names.people, *names.organisations, *texts)
    making = _Making(kept, shown)
    for form in forms:
        making.name(form)
    for text in shown:
        for span in _spans(text, known, making.by_key):
            making.spelling(span)
    added = {original: stand_in for original, stand_in in making.rows.items() if original not in kept}
    return Table(rows=making.rows, added=added, known=known)


class _Making:
    """A table in the making."""

    def __init__(self, kept: Mapping[str, str], texts: Iterable[str]) -> None:
        self.rows = dict(kept)
        self.by_key = _by_key(kept)
        self._texts = texts
        self._taken = {stand_in.lower() for stand_in in kept.values()}
        self._numbers = Counter[Kind]()
        for stand_in in kept.values():
            kind = kind_of(stand_in)
            self._numbers[kind] = max(self._numbers[kind], stand_ins.number_of(stand_in))

    def name(self, form: Form) -> None:
        """Give this form of a name its stand-in if it has none."""
        rows = self.by_key.get(form.key)
        if rows:
            if form.reach is Reach.WHOLE and _exactly(form.spelling, rows) is None:
                self._add(form.spelling, stand_ins.bent(rows[0][1], self._taken))
        elif form.reach is Reach.FIRST_WORD:
            whole = self.by_key[form.of][0][1]
            make = stand_ins.new_short if kind_of(whole) is Kind.ORGANISATION else stand_ins.bent
            self._add(form.spelling, make(whole, self._taken))
        else:
            self._add(form.spelling, stand_ins.new_name(form.kind, self._taken, self._words))

    def spelling(self, span: _Span) -> None:
        """Give what stands here a stand-in of its own if it would not come back as it is written."""
        if span.spelling in self.rows:
            return
        if span.key:
            rows = self.by_key[span.key]
            if _exactly(span.spelling, rows) is None:
                self._add(span.spelling, stand_ins.bent(rows[0][1], self._taken))
        else:
            self._numbers[span.kind] += 1
            self._add(span.spelling, stand_ins.new_address(span.kind, self._numbers[span.kind]))

    @cached_property
    def _words(self) -> set[str]:
        return {word.lower() for text in self._texts for word in _LETTERS.findall(text)}

    def _add(self, original: str, stand_in: str) -> None:
        self.rows[original] = stand_in
        self._taken.add(stand_in.lower())
        if kind_of(stand_in) in _NAMES:
            self.by_key.setdefault(key_of(original), []).append((original, stand_in))


def _by_key(rows: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """The names among the rows under what their spellings have in common, the first that got a stand-in first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for original, stand_in in rows.items():
        if kind_of(stand_in) in _NAMES:
            found.setdefault(key_of(original), []).append((original, stand_in))
    for same in found.values():
        same.sort(key=lambda row: len(row[1]))  # whatever order the record has them in
    return found


def _exactly(spelling: str, rows: Iterable[tuple[str, str]]) -> str | None:
    """The stand-in from which exactly this spelling comes back."""
    for original, stand_in in rows:
        for written, shown in ((original, stand_in), (original.upper(), stand_in.upper()), (original.lower(), stand_in.lower())):
            if spelling == written and stand_ins.in_case_of(original, shown, stand_in) == spelling:
                return shown
    return None


def _spans(text: str, known: Known, by_key: Mapping[str, list[tuple[str, str]]]) -> list[_Span]:
    """What is replaced in this text, in order; a name within an address goes with the address."""
    spans = [_Span(a.start, a.end, a.kind, "", text[a.start : a.end], "") for a in addresses_in(text)]
    starts = [span.start for span in spans]
    for found in known.find(text):
        before = bisect_left(starts, found.stop)
        if before and spans[before - 1].stop > found.start:
            continue
        kind = kind_of(by_key[found.key][0][1])
        spans.append(_Span(found.start, found.stop, kind, found.key, text[found.start : found.end], text[found.end : found.stop]))
    return sorted(spans)


def _dot(kind: Kind | None, beside: str) -> str:
    """What keeps a stand-in of this kind from running into the character beside it, or into another stand-in where none is."""
    if kind is None:
        return ""
    runs_in = beside.isascii() and (beside.isalpha() if kind in _NAMES else beside.isalnum())
    return _DOT if not beside or beside == _DOT or runs_in else ""
