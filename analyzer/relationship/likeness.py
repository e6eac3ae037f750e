"""Whether two short descriptions name the same promise, or the same advice.

A wrong match would close a promise that is still open. So of two descriptions one must say nothing
that the other does not say as well, what they are about must be the same word, and numbers of one thing, days, negations
and what is done with it must not differ. Two that only look alike ("the energy figures", "the sales figures") are two.
What is said behind a comma of how and when ("with the first sentence prepared") is an aside: a `not` there is none of the
thing itself, and two that are the same but for unlike asides are still the same.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from analyzer.names import fold_name, fold_text
from analyzer.relationship.wordlists import (
    ACT_OF,
    BREAKS,
    DAYS,
    DETERMINERS,
    FORM_OF,
    FUNCTION,
    GENERIC,
    MAKE,
    MOVE,
    NEGATIONS,
    NO_ADVERBS,
    NOT_A_THING,
    NOUNS_TOO,
    NUMBERS,
    ORDINALS,
    STOPPING,
    WAIT,
)

FITS = 0.6  # from here on two descriptions are taken for the same thing
REPEATED = 0.8  # from here on two are so alike that one need not be told beside the other
NEAR = 0.25  # what fits less well by less than this might be meant just as well

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_CLAUSE_ENDS = re.compile(r"[^ ]*?[,;]")  # right behind a word
_DUE = re.compile(
    rf"\b(?:by|until|till|before|on|due)\s+(?:(?:the|next|this|coming|early|mid|end of|middle of|\w+(?:st|nd|rd|th) of|\d+)\s+)*"
    rf"(?:{'|'.join(DAYS)})\b(?:\s+\d{{1,2}}(?:st|nd|rd|th)?\b)?"
    r"|\b(?:next|last|this|previous|coming)\s+(?:week|month|quarter|year|time)\b",
    re.IGNORECASE,
)
_HOW = re.compile(
    rf"\b(?:in person|on site|in (?:a|an|one|\d+|{'|'.join(NUMBERS)}) (?:hour|afternoon|morning|day|week|fortnight|month)s?)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"[,;]\s*(?=(?:with|without|after|before|while|once|so|which|what|because|until)\b)", re.IGNORECASE)
_MAIN_ONLY = 0.75  # where only the main clauses are alike: below what counts as said again
_ENDINGS = ("ations", "ation", "tions", "tion", "ments", "ment", "ings", "ing", "ed", "s")
_KEPT = ("ss", "us", "is", "eed")  # ends of words that only look like a plural or a past
_SHORTEST_STEM = 3
_YEAR_DIGITS = 4
_VOWELS = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class _Named:
    """A description taken apart: the `content` words as stems, the `head` among them that it is about, and what may differ."""

    text: str
    content: frozenset[str]
    head: str
    numbers: frozenset[tuple[str, str]]  # each with the thing that is counted by it, where it counts one
    acts: frozenset[str]
    negations: int
    when: frozenset[str]

    @property
    def verb(self) -> str:
        """Its first word in the form that stands in a dictionary."""
        first = self.text.partition(" ")[0]
        return FORM_OF.get(first, first)


def likeness(earlier: str, later: str) -> float:
    """How surely `later` names the same thing as `earlier`: 0 for not at all, `FITS` or more for the same."""
    a, b = _named(earlier), _named(later)
    if a.text == b.text:
        return 1.0 + NEAR if a.text else float(earlier == later)
    main_a, aside_a = _clauses(earlier)
    main_b, aside_b = _clauses(later)
    if main_a.negations != main_b.negations or _asides_differ(aside_a, aside_b):
        return 0.0
    return _fit(a, b) or min(_MAIN_ONLY, _main_fit(main_a, main_b) if aside_a or aside_b else 0.0)


@lru_cache(maxsize=8192)
def marks(text: str) -> frozenset[str]:
    """What a description must have in common with another to be like it at all: two that share none of these are not.

    Two that are alike are the same text, or have the same content words, or are about the same one: each with or without
    what stands behind a comma.
    """
    named = (_named(text), _clauses(text)[0])
    about = (mark for one in named if one.content for mark in (one.head, " ".join(sorted(one.content))))
    return frozenset((f"={named[0].text}", *about))


def clear_best(scores: Sequence[float], at_least: float = FITS) -> int | None:
    """The place of the one that fits, unless another might be meant as well; None where there is no such one."""
    if not scores:
        return None
    first, *others = sorted(scores, reverse=True)
    if first < at_least or (others and others[0] > 0 and first - others[0] < NEAR):
        return None
    return scores.index(first)


def repeats(one: str, other: str) -> float:
    """How surely two descriptions are of one thing that was said twice, whichever was said first."""
    forth = likeness(one, other)
    return min(forth, likeness(other, one)) if forth else 0.0


def says_what(text: str) -> bool:
    """Whether a description names anything, more than `send it` does."""
    return bool(_named(text).content)


def same_name(one: str | None, other: str | None) -> bool | None:
    """Whether both are the same person; None where one is not known. A part of a name will do (`Tess`, `Tess Okafor`)."""
    if not one or not other:
        return None
    a, b = _name_words(one), _name_words(other)
    return a <= b or b <= a


@lru_cache(maxsize=1024)
def _name_words(name: str) -> frozenset[str]:
    return frozenset(fold_name(name).split())


def _fit(a: _Named, b: _Named) -> float:
    says_no_more = a.content <= b.content or b.content <= a.content
    if not says_no_more or not a.content or not b.content or _contradict(a, b):
        return 0.0
    return _alike(a, b) * _acts_alike(a.acts, b.acts)


def _main_fit(a: _Named, b: _Named) -> float:
    """How alike two are without their asides; the verb must be the same, since the rest of them differs."""
    return _fit(a, b) if a.verb == b.verb and a.acts & b.acts else 0.0


@lru_cache(maxsize=8192)
def _clauses(text: str) -> tuple[_Named, _Named | None]:
    """The main clause, and what is said of how and when behind it."""
    main, *asides = _ASIDE.split(text, maxsplit=1)
    return (_named(main), _named(asides[0])) if asides and _named(main).content else (_named(text), None)


def _asides_differ(a: _Named | None, b: _Named | None) -> bool:
    """Whether two asides speak of one matter and not alike: of others (`with Tom`, `with Bo`), or one of them with a no."""
    if a is None or b is None:
        return False
    same_matter = bool(a.content & b.content)
    others = a.verb == b.verb and not (a.content <= b.content or b.content <= a.content)
    return others or (same_matter and a.negations != b.negations)


def _contradict(a: _Named, b: _Named) -> bool:
    """Whether they cannot be the same: other numbers, another order of things, or only one of them ends something."""
    order = bool(a.when and b.when and a.when != b.when)
    return order or _other_numbers(a, b) or _only_one_ends(a, b) or _only_one_ends(b, a)


def _other_numbers(a: _Named, b: _Named) -> bool:
    """Whether they name other days or places in a row, or count one thing otherwise."""
    for thing in {t for t, _ in a.numbers} & {t for t, _ in b.numbers}:
        one, other = ({n for t, n in named.numbers if t == thing} for named in (a, b))
        if not (one <= other or other <= one):
            return True
    return False


def _only_one_ends(one: _Named, other: _Named) -> bool:
    """Whether only this one is about stopping or waiting. The other may just name the thing, and say no more of it."""
    return bool(one.acts & STOPPING) and not other.acts and not other.content <= one.content


def _alike(a: _Named, b: _Named) -> float:
    """How much of the longer one the shorter one says, which says nothing else."""
    shared = a.content & b.content
    alone = len(shared) == 1
    if a.content == b.content:
        return (0.75 if shared <= _GENERIC else 0.9) if alone else 1.0
    if a.head != b.head:
        return 0.0
    part = 2 * len(shared) / (len(a.content) + len(b.content))
    if alone:
        return 0.55 if shared <= _GENERIC or part < FITS else 0.65
    return FITS + (part - 0.5) * 0.7 if part >= 0.5 else 0.0  # noqa: PLR2004 - at least half of both together


def _acts_alike(earlier: frozenset[str], later: frozenset[str]) -> float:
    """Whether both do the same with the thing, as a factor. What was sent has been written, and not the other way round."""
    if not earlier or not later:
        return 1.0
    if earlier & later:
        return 1.0
    return 0.7 if MAKE in earlier and MOVE in later else 0.0


@lru_cache(maxsize=8192)
def _named(text: str) -> _Named:
    text = _HOW.sub(" ", _DUE.sub(" ", text))
    found = list(_WORD.finditer(text))
    words = [word.group() for word in found]
    folded = [_folded(word) for word in words]
    ends = {at for at, word in enumerate(found) if _CLAUSE_ENDS.match(text, word.end())}
    beside = ["", *folded, ""]
    content: list[str] = []
    acts: set[str] = set()
    numbers: set[tuple[str, str]] = set()
    head = ""
    for at, word in enumerate(folded):
        before, following = beside[at], beside[at + 2]
        if number := _number(word, words[at], before, following):
            numbers.add((_counted(word, folded[at + 1 :]), number))
        elif act := _act(word, before, following, words[at + 1] if following else ""):
            acts.add(act)
        elif word in BREAKS or _next_clause(word, following):
            head = head or (content[-1] if content else "")
        elif not _says_nothing(word):
            if _is_deed(word, before, following):
                acts.add(_stem(word))
            content.append(_stem(word))
        if at in ends:
            head = head or (content[-1] if content else "")
    return _Named(
        text=" ".join(folded),
        content=frozenset(content),
        head=head or (content[-1] if content else ""),
        numbers=frozenset(numbers),
        acts=frozenset(acts),
        negations=sum(word in NEGATIONS or word.endswith("n't") for word in folded),
        when=frozenset(folded) & {"before", "after"},
    )


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    return fold_text(word).replace("\u2019", "'").removesuffix("'s")


def _next_clause(word: str, following: str) -> bool:
    """Whether another thing to do begins behind this word (`and tell people`)."""
    return word in ("and", "then") and following in ACT_OF and following not in NOUNS_TOO


def _counted(word: str, following: Sequence[str]) -> str:
    """The thing that a number counts (`three dye house options`); empty for what is no count: a day, a year, a place in a row."""
    if word not in NUMBERS and not (word.isdecimal() and len(word) < _YEAR_DIGITS):
        return ""
    run = list(takewhile(lambda w: w not in NOT_A_THING and w not in NEGATIONS, following))
    return _stem(run[-1]) if run else ""


def _says_nothing(word: str) -> bool:
    """Whether the word only holds others together, or says how (`openly`)."""
    how = word.endswith("ly") and word not in NO_ADVERBS
    return how or word in FUNCTION or word in NEGATIONS or word.endswith(("n't", "'ll", "'ve", "'re", "'d", "'m"))


def _number(word: str, written: str, before: str, following: str) -> str:
    """What tells one of several apart: a number, a place in a row, a day; else empty."""
    if not word.isalpha() and any(character.isdigit() for character in word):
        return re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", word)
    if word in ("may", "march") and (not before or written[0].islower()):
        return ""
    if word == "first":  # `the first workshop`, and not `talk to them first`
        return "1." if following and following not in NOT_A_THING else ""
    return NUMBERS.get(word) or ORDINALS.get(word) or (word if word in DAYS else "")


def _act(word: str, before: str, following: str, written: str) -> str:
    """What is done with the thing, where this word says it; empty where it is a thing itself (`the call`, `a draft report`).

    `before` and `following` are the words beside it, `written` is the latter as it was written.
    """
    base = FORM_OF.get(word, word)
    act = ACT_OF.get(base, "")
    if not act or before in DETERMINERS:
        return ""
    if base == "put" and following == "off":
        return WAIT
    ambiguous = word == base or word.endswith(("s", "ing"))
    if not ambiguous:
        return act
    leads_on = following in NOT_A_THING or written[:1].isupper()
    if before and before not in NOT_A_THING:  # `the room plan`, `rota planning`
        return act if leads_on and word.endswith("ing") else ""
    return act if leads_on or base not in NOUNS_TOO else ""


def _is_deed(word: str, before: str, following: str) -> bool:
    """Whether a word that is in no list is done with the thing: `lower the price`, `the price lowered`."""
    if not before:
        return following in DETERMINERS
    at_the_end = not following or following in NOT_A_THING
    return word.endswith("ed") and at_the_end and before not in DETERMINERS


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    """The word without its ending, so that `announcing`, `announced` and `announcement` are one."""
    stem = FORM_OF.get(word, word)
    if stem.endswith(("ies", "ied")):
        return stem[:-3] + "y"
    fitting = (stem.removesuffix(e) for e in _ENDINGS if stem.endswith(e) and not stem.endswith(_KEPT))
    stem = next((short for short in fitting if len(short) >= _SHORTEST_STEM and set(short) & _VOWELS), stem)
    if len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2] and stem[-1] not in _VOWELS | {"l", "s"}:
        stem = stem[:-1]
    return stem.removesuffix("e") if len(stem) > _SHORTEST_STEM else stem


_GENERIC = frozenset(map(_stem, GENERIC))
