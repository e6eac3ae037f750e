"""Where known people and organisations are named in a text, in whatever spelling.

A text is taken as words, folded as names are compared everywhere (case, accents and typesetters' marks do not count), and
each word is looked up once, so the time grows with the text alone. In scripts without spaces between words a name is
found within the run of letters.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analyzer.engines.llm.name_forms import Form, Reach, fold, key_of, words_in
from analyzer.engines.llm.ordinary_words import PARTICLES, SHORT_NAMES
from analyzer.engines.llm.stand_ins import Kind
from analyzer.engines.llm.used_as_name import Beside, Place, in_small_letters, is_function_word, is_ordinary, used_as_name

_BETWEEN = re.compile(r"[^\S\n]{0,8}\n?[^\S\n]{0,8}|\s?[&+/]\s?|[-\u2010\u2011_.\u00b7]|['\u2019\u02bc\u2018`\u00b4]")
_BETWEEN_LETTERS = re.compile(r"\s?[&+/]\s?|[-\u2010\u2011_.\u00b7]|\.\s|['\u2019\u02bc\u2018`\u00b4]\s?|")
_LISTED = re.compile(r",\s|\s[-\u2013]\s")
_BESIDE = re.compile(r"[\s.,\-\u2010'\u2019]{1,3}")
_SHORT = 3  # letters; such a name in small letters and an s are more often another word
_HOPS = 3  # initials and particles that may stand between two names of a person
_LOGIN = 5  # letters of a surname that is found at the end of a login
_IN_LOGINS = (".", "_", "-")
_LEGAL_FORM_AFTER = re.compile(
    r",?\s{1,2}(?:(?i:ltd|gmbh|plc|llc|llp|kgaa|ohg|gbr|pty|bvba|srl|oyj|inc)|Limited|LIMITED|Incorporated|INCORPORATED|Corp|CORP"
    r"|Corporation|AG|S\.?A|B\.?V|N\.?V|SE|AB|KG)(?!\w)"
)
_MONEY = "$\u00a3\u20ac\u00a5.,"


@dataclass(frozen=True, slots=True)
class Found:
    """A name from `start` to `end`, with its plural ending as far as `stop`; `key` is the name folded."""

    start: int
    end: int
    stop: int
    key: str


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    folded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All known forms of names, ready to be looked for."""

    forms: tuple[Form, ...]
    by_first: Mapping[str, tuple[Form, ...]]
    people: Mapping[str, frozenset[int]]
    organisations: frozenset[str]
    logins: Mapping[str, Form]
    spaceless: re.Pattern[str] | None

    def find(self, text: str) -> list[Found]:
        """The names in the text in order, none within another; of those that overlap the longest."""
        return _longest([*self._in_words(text), *self._in_runs(text)])

    def _in_runs(self, text: str) -> Iterator[Found]:
        if self.spaceless is not None:
            for match in self.spaceless.finditer(text):
                yield Found(match.start(), match.end(), match.end(), key_of(match[0]))

    def _in_words(self, text: str) -> Iterator[Found]:
        words = [_Word(m.start(), m.end(), fold(m[0])) for m in words_in(text)]
        for at, word in enumerate(words):
            for first in _singulars(word.folded):
                for form in self.by_first.get(first, ()):
                    found = self._here(text, words, at, form)
                    if found is not None:
                        yield found
            yield from self._in_login(word)

    def _in_login(self, word: _Word) -> Iterator[Found]:
        """The word as a login that ends with a surname: initials of who bears it, or any before a name that is long."""
        for surname in (word.folded[1:], word.folded[2:]):
            form = self.logins.get(surname)
            if form is None or len(surname) < _LOGIN or is_ordinary(word.folded):
                continue
            if word.folded[0] in form.initials or (len(surname) > _LOGIN and not is_ordinary(surname)):
                yield Found(word.start, word.end, word.end, form.key)

    def _is_initial(self, letter: str, surname: str) -> bool:
        return len(letter) == 1 and surname in self.logins and letter in self.logins[surname].initials

    def _here(self, text: str, words: Sequence[_Word], at: int, form: Form) -> Found | None:
        """This form at this word, if all its words follow and it is used as a name."""
        if len(form.words) > 1 and words[at].folded != form.words[0]:
            return None
        last = _last_word(text, words, at, form)
        if last is None:
            return None
        start, stop = words[at].start, words[last].end
        ending = words[last].folded.removeprefix(form.words[-1])
        end = stop - len(ending)
        if form.accented and text[start:stop].isascii():
            return None
        if ending and not _bends(text[start:end], text[end:stop], ending, words[last].folded):
            return None
        if not self._is_name(text, words, (at, last), form, ending):
            return None
        return Found(start, end, stop, form.key)

    def _is_name(self, text: str, words: Sequence[_Word], place: tuple[int, int], form: Form, ending: str) -> bool:
        at, last = place
        written = text[words[at].start : words[last].end]
        if len(form.words) == 1 and is_ordinary(form.words[0]):
            if form.words[0] in self.organisations and _LEGAL_FORM_AFTER.match(text, words[last].end):
                return True
            return used_as_name(self._place(text, words, at, form.words[0], plural=bool(ending)))
        if form.kind is Kind.PERSON or not written.islower():
            before = text[max(0, words[at].start - 1) : words[at].start]
            return not (form.words[0].isdigit() and before and before in _MONEY)
        if form.reach is Reach.FIRST_WORD or all(is_ordinary(word) for word in form.words):
            return in_small_letters(text, words[at].start)
        return True

    def _place(self, text: str, words: Sequence[_Word], at: int, word: str, *, plural: bool) -> Place:
        here = words[at]
        before, after = words[at - 1] if at else None, words[at + 1] if at + 1 < len(words) else None
        following = text[after.start : after.end] if after else ""
        return Place(
            text=text,
            start=here.start,
            end=here.end,
            word=word,
            previous=text[before.start : before.end] if before else "",
            previous_end=before.end if before else 0,
            next=following,
            next_is_name=after is not None and not following.islower() and after.folded in self.by_first,
            plural=plural,
            organisation=word in self.organisations,
            beside=self._beside(text, words, at, word),
        )

    def _beside(self, text: str, words: Sequence[_Word], at: int, word: str) -> Beside:
        """What stands next to this word of the other names of the same person."""
        mine = self.people.get(word, frozenset())
        near = [self._neighbour(text, words, at, step, mine) for step in (-1, 1)] if mine else []
        return max(near, key=lambda b: b.value, default=Beside.NOTHING)

    def _neighbour(self, text: str, words: Sequence[_Word], at: int, step: int, mine: frozenset[int]) -> Beside:
        here = at
        for _ in range(_HOPS):
            there = here + step
            if not 0 <= there < len(words):
                break
            left, right = words[min(here, there)], words[max(here, there)]
            gap = text[left.end : right.start]
            small = text[left.start].islower(), text[right.start].islower()
            breaks = not _BESIDE.fullmatch(gap) or ("," in gap and any(small)) or ("." in gap and len(left.folded) > 1)
            if breaks and gap not in _IN_LOGINS:
                break
            other = words[there].folded
            for name in _singulars(other):
                if self.people.get(name, frozenset()) & mine and name != words[at].folded:
                    if gap in _IN_LOGINS or not is_ordinary(name):
                        return Beside.A_NAME
                    alike = text[words[there].start].islower() == text[words[at].start].islower()
                    return Beside.A_WORD if alike else Beside.NOTHING
            if step < 0 and gap in _IN_LOGINS and self._is_initial(other, words[at].folded):
                return Beside.A_NAME
            if len(other) > 1 and other not in PARTICLES:
                break
            here = there
        return Beside.NOTHING


def known_names(forms: Iterable[Form], people: Mapping[str, frozenset[int]]) -> Known:
    """These forms, ready to be looked for; `people` tells which words are names of the same person."""
    in_words: dict[tuple[str, ...], Form] = {}
    runs: dict[str, Form] = {}
    logins: dict[str, Form] = {}
    companies: set[str] = set()
    for form in forms:
        if form.kind is Kind.ORGANISATION and len(form.words) == 1:
            companies.add(form.words[0])
        if form.reach is Reach.LOGIN:
            same = logins.setdefault(form.words[0], form)
            logins[form.words[0]] = replace(same, initials=same.initials | form.initials)
        elif form.pattern:
            runs.setdefault(form.pattern, form)
        else:
            in_words.setdefault(form.words, form)
    by_first: dict[str, list[Form]] = {}
    for words, form in in_words.items():
        by_first.setdefault(words[0], []).append(form)
    longest_first = sorted(runs, key=len, reverse=True)
    return Known(
        forms=(*in_words.values(), *runs.values()),
        by_first={first: tuple(forms) for first, forms in by_first.items()},
        people=people,
        organisations=frozenset(companies),
        logins=logins,
        spaceless=re.compile("|".join(longest_first)) if longest_first else None,
    )


def _singulars(word: str) -> tuple[str, ...]:
    """The word, and what it is the plural or the genitive of if it is one ("Northgates Team", "the Joneses")."""
    if not word.endswith("s") or (len(word) < 4 and word[:-1] not in SHORT_NAMES):  # noqa: PLR2004 - "has" is no plural of "Ha"
        return (word,)
    return (word, word[:-1], word[:-2]) if word.endswith(("ses", "xes", "zes", "hes")) else (word, word[:-1])


def _bends(name: str, written: str, ending: str, word: str) -> bool:
    """Whether this ending makes a plural or a genitive of the name, and not another word ("this", "dans")."""
    small = name.islower() and len(name) <= _SHORT and name not in SHORT_NAMES
    return written.lower() == ending and not is_function_word(word) and not small


def _last_word(text: str, words: Sequence[_Word], at: int, form: Form) -> int | None:
    """The last word of this form where its first stands at `at`; None if the others do not follow."""
    here = at
    for wanted, previous in zip(form.words[1:], form.words, strict=False):
        here += 1
        if form.linked and here < len(words) and words[here].folded in {"and", "und", "et"}:
            here += 1
            if not text[words[here - 2].end : words[here - 1].start].isspace():
                return None
        if here >= len(words) or wanted not in _singulars(words[here].folded):
            return None
        between = _BETWEEN_LETTERS if min(len(wanted), len(previous)) == 1 and form.kind is Kind.ORGANISATION else _BETWEEN
        gap = text[words[here - 1].end : words[here].start]
        if not (between.fullmatch(gap) or (form.listed and _LISTED.fullmatch(gap))):
            return None
        if words[here].folded != wanted and here - at < len(form.words) - 1:
            return None
    return here


def _longest(found: list[Found]) -> list[Found]:
    """Those that do not overlap, the longest of each crowd first."""
    kept: list[Found] = []
    crowd: list[Found] = []
    reach = 0
    for one in sorted(found, key=lambda f: (f.start, -f.stop)):
        if crowd and one.start >= reach:
            kept += _apart(crowd)
            crowd = []
        crowd.append(one)
        reach = max(reach, one.stop)
    return [*kept, *_apart(crowd)]


def _apart(crowd: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in sorted(crowd, key=lambda f: (f.start - f.stop, f.start)):
        if all(one.stop <= other.start or other.stop <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)
