"""The forms in which somebody who is known can be met.

A person: each of their names by itself, and as logins have them. An organisation: without its legal form, and as its first
telling word.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from analyzer.engines.llm.ordinary_words import FUNCTION_WORDS, GENERIC_WORDS, GIVEN_NAMES_TOO, NOT_NAMES, PARTICLES
from analyzer.engines.llm.stand_ins import Kind, is_short, kind_of
from analyzer.names import fold_text

_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003134f"
)

_FIGURES = "\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f\u2150-\u218f\u2460-\u249b"
_LETTER = rf"[^\W\d_{_SPACELESS}{_FIGURES}]"
_MARK = (
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u0900-\u0963\u0971-\u0dff]"
)
_UNSEEN = "[\u00ad\u200b-\u200d\u2060\ufeff]"  # soft hyphens and the like, which may stand within a word
_WORD = re.compile(rf"{_LETTER}(?:{_UNSEEN}*(?:{_LETTER}|{_MARK}))*|\d+")
_RUN = re.compile(f"[{_SPACELESS}]+")
_HYPHENED = re.compile(rf"{_LETTER}{{2,}}(?:[-\u2010\u2011]{_LETTER}{{2,}})+")
_DOTS = re.compile("[\\s\u00b7\u30fb]")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]+")
_HAN_OR_HANGUL = re.compile("[\u3005\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
_AFTER_A_SURNAME = "(?=先生|女士|小姐|老师|老師|总|總|经理|博士|さん|さま|様|氏|君|씨|님)"
_BRACKETED = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_DOMAIN_OR_LINK = re.compile(r"@[\w.-]+\.\w+|\S+://\S*")  # of milan.horvat@northgate.com the names stay
_APOSTROPHES = frozenset("'\u2019\u02bc\u2018`\u00b4")
_CLITICS = frozenset({"s", "d", "m", "t", "ll", "ve", "re"})
_LEGAL_FORM = re.compile(
    r"""[\s,&]+ (?: (?i: ltd|limited|gmbh|mbh|inc|incorporated|corp|corporation|plc|p\.l\.c|llc|l\.l\.c|llp|kgaa|ohg|gbr|e\.?v
    |pty|pte|cic|aps|a/s|oyj?|sarl|s\.a\.r\.l|sas|spa|s\.p\.a|srl|s\.r\.l|s\.r\.o|sp|z\.o\.o|z\ o\.?o|d\.o\.o|n\.?v|b\.?v|bvba
    |kft|zrt|aktiengesellschaft|co ) | A\.?G | S\.?A | SE|AB|AS|ASA|KG|UG|EV|SL|SCA|KK|CV ) \.?$""",
    re.VERBOSE,
)


_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa"}
)
_WRITTEN_OUT = re.compile("([aou])e|(a)a")


class Reach(Enum):
    """Whether a form is the whole of a name, the first telling word of an organisation's, or a surname that ends a login."""

    WHOLE = "whole"
    FIRST_WORD = "first word"
    LOGIN = "login"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way to name somebody, as it is spelled where it is known.

    `words` are its folded words; `key` is the name that it is a form of, folded; `pattern` finds it in scripts without
    spaces. `linked` has an "and" between its words, `listed` a comma or a dash; `of` is the key of the whole name that a
    first word is of. `initials` may stand before a surname in a login; one that is `accented` is never written in ASCII.
    """

    spelling: str
    key: str
    kind: Kind
    words: tuple[str, ...] = ()
    reach: Reach = Reach.WHOLE
    linked: bool = False
    listed: bool = False
    pattern: str = ""
    of: str = ""
    initials: frozenset[str] = frozenset()
    accented: bool = False


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """The form in which two spellings of a word of a name are the same."""
    return fold_text(word).replace(" ", "")


def words_in(text: str) -> Iterator[re.Match[str]]:
    """The words and figures of a text, those in scripts without spaces left out."""
    return _WORD.finditer(text)


def key_of(spelling: str) -> str:
    """What all spellings of one name have in common: its folded words, without an "and" between them."""
    if _RUN.search(spelling):
        return fold(_DOTS.sub("", spelling))
    words = [fold(m[0]) for m in words_in(spelling)]
    return " ".join(w for n, w in enumerate(words) if not (w in _AND and 0 < n < len(words) - 1))


_AND = frozenset({"and", "und", "et"})


def forms_of_people(people: Iterable[str]) -> tuple[list[Form], dict[str, frozenset[int]]]:
    """The names of these people one by one, and for each word which of the people have it in their name."""
    forms: list[Form] = []
    bearers: dict[str, set[int]] = {}
    for number, person in enumerate(people):
        name = _DOMAIN_OR_LINK.sub(" ", _BRACKETED.sub(" ", person))
        parts = list(_parts(name))
        own = [_in_words(part, Kind.PERSON) for part in parts]
        spelled = [*own, *(other for form in own for other in _other_spellings(form))]
        for form in spelled:
            forms.append(form)
            for word in form.words:
                bearers.setdefault(word, set()).add(number)
        forms += [_joined(form.words, form) for form in spelled if len(form.words) > 1]
        for spelling in dict.fromkeys((name, _written_out(name))):
            forms += _in_logins(spelling, spelled)
        forms += [_joined([fold(m[0]) for m in words_in(double)], own[0]) for double in _HYPHENED.findall(name) if own]
        if len(own) > 1:
            every = [word for form in own for word in form.words]
            forms += [_joined(every, own[0]), _joined(every[-1:] + every[:-1], own[-1]), _joined(every[:2], own[0])]
        forms += _in_runs(name)
    return forms, {word: frozenset(numbers) for word, numbers in bearers.items()}


def forms_of_organisations(organisations: Iterable[str]) -> list[Form]:
    """Each organisation without its legal form and as its first telling word: "Northgate Logistics" and "Northgate"."""
    wholes: list[Form] = []
    firsts: list[Form] = []
    for organisation in organisations:
        name = _bare(organisation)
        if _RUN.search(name):
            wholes += _in_runs(name, Kind.ORGANISATION)
            continue
        words = list(words_in(name))
        if sum(len(m[0]) for m in words) < 2 or all(m[0].isdigit() for m in words):  # noqa: PLR2004 - a letter is no name
            continue
        whole = _in_words(name[words[0].start() : words[-1].end()], Kind.ORGANISATION)
        wholes += [whole, *_other_spellings(whole)]
        if len(whole.words) > 1:
            wholes.append(_joined(whole.words, whole))
            telling = (m[0] for m in words if len(m[0]) > 1 and not m[0].isdigit() and fold(m[0]) not in _SAYS_NOTHING)
            for first in [_first(word, whole) for word in [*telling][:1] if fold(word) != whole.key]:
                firsts += [first, *_other_spellings(first)]
    return wholes + firsts


def forms_of_kept(kept: Iterable[tuple[str, str]]) -> list[Form]:
    """The names for which stand-ins were given before, though they may not be known any more."""
    forms: list[Form] = []
    for original, stand_in in kept:
        kind = kind_of(stand_in)
        if kind not in (Kind.PERSON, Kind.ORGANISATION):
            continue
        if _RUN.search(original):
            forms.append(Form(spelling=original, key=key_of(original), kind=kind, pattern=_pattern([original])))
        elif key_of(original):
            form = _in_words(original, kind)
            forms.append(_first(original, form) if is_short(stand_in) else form)
    return forms


_SAYS_NOTHING = GENERIC_WORDS | FUNCTION_WORDS


def _parts(name: str) -> Iterator[str]:
    """The names within a person's name: not its titles, initials, particles, numbers and roles."""
    groups = _with_apostrophes(name)
    for at, (start, end) in enumerate(groups):
        part = name[start:end]
        folded = fold("".join(c for c in part if c not in _APOSTROPHES))
        if len(folded) < 2 or part.isdigit() or folded in NOT_NAMES:  # noqa: PLR2004 - an initial is no name
            continue
        hyphened = name[end : end + 1] in ("-", "\u2010", "\u2011")
        last = at > 0 and at == len(groups) - 1
        given = folded in GIVEN_NAMES_TOO and not part.islower() and ((at == 0 and not hyphened) or last)
        if folded in PARTICLES and not given:
            continue
        yield _titled(part)


def _with_apostrophes(name: str) -> list[tuple[int, int]]:
    """Where the words of a name stand, O'Neill as one of them and Milan's as Milan."""
    groups: list[tuple[int, int]] = []
    for match in words_in(name):
        joined = groups and name[groups[-1][1] : match.start()] in _APOSTROPHES
        if joined and match[0].lower() in _CLITICS:
            continue
        if joined:
            groups[-1] = (groups[-1][0], match.end())
        else:
            groups.append(match.span())
    return groups


def _titled(part: str) -> str:
    """A name written all in small letters or all in capitals as it is usually written, so that all three are known."""
    titled = part.title()
    return (
        titled
        if (part.islower() or part.isupper()) and (part.lower(), part.upper()) == (titled.lower(), titled.upper())
        else part
    )


def _in_words(spelling: str, kind: Kind) -> Form:
    words = [fold(m[0]) for m in words_in(spelling)]
    key = key_of(spelling)
    linked = "&" in spelling or "+" in spelling or len(key.split()) < len(words)
    return Form(
        spelling=spelling,
        key=key,
        kind=kind,
        words=tuple(key.split()),
        linked=linked,
        listed=bool(re.search(r",|\s[-\u2013]\s", spelling)),
    )


def _joined(words: Iterable[str], form: Form) -> Form:
    """The same name as one word (milanhorvat), as handles and file names have it."""
    return Form(spelling=form.spelling, key=form.key, kind=form.kind, words=("".join(words),), accented=form.accented)


def _other_spellings(form: Form) -> Iterator[Form]:
    """The same name as others write it: Juergen for Jürgen and the other way round, O'Neil for O'Neill."""
    written_out = key_of(_written_out(form.spelling))
    if written_out != form.key:
        yield replace(form, words=tuple(written_out.split()))
    drawn_together = _WRITTEN_OUT.sub(r"\1\2", form.key)
    if drawn_together != form.key:
        yield replace(form, words=tuple(drawn_together.split()), accented=True)
    if len(form.words) == 2 and form.words[0] == "o" and form.kind is Kind.PERSON:  # noqa: PLR2004 - O and Neill
        last = form.words[1]
        yield replace(form, words=("o", last[:-1] if last[-2:-1] == last[-1] else last + last[-1]))


def _written_out(name: str) -> str:
    """The name as it is typed without the right keyboard: ue for ü."""
    return unicodedata.normalize("NFC", name).translate(_UMLAUTS)


def _in_logins(name: str, own: list[Form]) -> list[Form]:
    """This name as logins have it: milanhorvat, zoevandijk, vandijk; and the surname, before which initials may stand."""
    turned = " ".join(reversed(name.split(",")))
    words = [word for word in (fold(m[0]) for m in words_in(turned)) if not word.isdigit() and word not in NOT_NAMES]
    last = next((form for form in own if words and form.words[-1] == words[-1]), None)
    if last is None:
        return []
    at = len(words) - 1
    while at > 1 and (words[at - 1] in PARTICLES or words[at - 1] == "o"):
        at -= 1
    surnames = {words[-1], "".join(words[at:])}
    doubles = (fold("".join(m[0] for m in words_in(double))) for double in _HYPHENED.findall(turned))
    surnames |= {double for double in doubles if double.endswith(words[-1]) and double != "".join(words)}
    joined = [words[at:], words, words[:1] + words[at:], words[:1] + words[-1:]] if len(words) > 1 else []
    initials = frozenset(word[0] for word in words[:at])
    login = replace(last, reach=Reach.LOGIN, initials=initials)
    return [*(_joined(w, last) for w in joined if len(w) > 1), *(replace(login, words=(s,)) for s in sorted(surnames))]


def _first(word: str, whole: Form) -> Form:
    key = key_of(word)
    return Form(spelling=word, key=key, kind=Kind.ORGANISATION, words=(key,), reach=Reach.FIRST_WORD, of=whole.key)


def _bare(organisation: str) -> str:
    """An organisation's name without remarks in brackets, legal forms and a leading "The"."""
    name = " ".join(_BRACKETED.sub(" ", organisation).split())
    shorter = _LEGAL_FORM.sub("", name)
    while shorter != name:
        name, shorter = shorter, _LEGAL_FORM.sub("", shorter)
    return re.sub(r"^(?i:the)\s+(?=\S)", "", name).strip(" ,&")


def _in_runs(name: str, kind: Kind = Kind.PERSON) -> list[Form]:
    """The forms of a name in a script without spaces: its runs, the whole, given names by themselves, a surname with a title."""
    runs = _RUN.findall(name)
    whole = "".join(runs)
    parts = {run for run in runs if len(run) > 1} | ({whole} if len(whole) > 1 and min(map(len, runs)) == 1 else set())
    surnames: set[str] = set()
    if kind is Kind.PERSON and _HAN_OR_HANGUL.fullmatch(whole):
        surname = runs[0] if len(runs) > 1 else whole[: 2 if len(whole) == 4 else 1]  # noqa: PLR2004 - two and two, else one
        given = whole.removeprefix(surname)
        parts |= {part for part in (surname, given) if len(part) > 1}
        surnames = {surname} if len(surname) == 1 < len(whole) else set()
    forms = [Form(spelling=p, key=key_of(p), kind=kind, pattern=_pattern(runs if p == whole else [p])) for p in sorted(parts)]
    return forms + [Form(spelling=s, key=key_of(s), kind=kind, pattern=_pattern([s])) for s in sorted(surnames)]


def _pattern(runs: list[str]) -> str:
    """What finds these runs, one after another, in a text of such a script."""
    pattern = "[\\s\u00b7\u30fb]?".join(re.escape(run) for run in runs)
    if _KATAKANA.fullmatch("".join(runs)):
        return f"(?<![\u30a1-\u30fa\u30fc]){pattern}(?![\u30a1-\u30fa\u30fc])"
    return pattern + _AFTER_A_SURNAME if len("".join(runs)) == 1 else pattern
