"""What speakers' names tell: which look like one person, and whom somebody works for. Proposals, for a person to accept.

Precision comes first: two people taken for one would put words on the wrong side, while one person under two names is
seen by everybody who looks at the list of speakers. So names must fit without contradiction, and a short one ("Dana",
"D. Ortiz") is proposed only where a single person of the meeting can be meant.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from analyzer.names import fold_name, fold_text
from analyzer.transcripts.name_words import (
    DEGREES,
    GENERATIONS,
    HONORIFICS,
    LEGAL,
    MACHINES,
    NO_COMPANIES,
    PLACES,
    POST_OFFICES,
    ROLES,
    TITLES,
)
from analyzer.transcripts.sides import is_nobody

_VOICES = (
    "speaker|spk|participant|guest|unknown(?: speaker)?|voice|person|user|caller|call-in user|attendee|host|moderator|"
    "interviewer|interviewee|respondent|sprecher(?:in)?|teilnehmer(?:in)?|gast|locuteur|interlocuteur|intervenant|"
    "participante?|invit[e\u00e9]|hablante|orador|invitado|parlante|relatore|spreker|talare|taler|puhuja|m\u00f3wca|"
    "\u8a71\u8005|\u8bf4\u8bdd\u4eba|\u767a\u8a00\u8005|\u0441\u043f\u0438\u043a\u0435\u0440"
)
_NUMBERED = re.compile(rf"(?:{_VOICES}|@)?[ _#-]*(?:\d+|[a-z])", re.IGNORECASE)
_VOICE = re.compile(rf"(?:{_VOICES})(?:[ _#-]*(?:\d+|[a-z]))?|[a-z]", re.IGNORECASE)
_LAST_BRACKET = re.compile(r"^(.*\S)\s*[(\[<]([^()\[\]<>]*)[)\]>]\s*$", re.DOTALL)
_BRACKET = re.compile(r"[(\[<][^()\[\]<>]*[)\]>]")
_NUMBER_AFTER = re.compile(r"\s*#\s*\d+$")
_ADDRESS = re.compile(r"[^@\s<>()]+@((?:[^@\s<>().]+\.)+[^@\s<>().]{2,})")
_PRONOUN = (
    "she|her|hers|he|him|his|they|them|theirs|ze|hir|xe|xem|any|all|sie|ihr|er|ihm|elle|il|iel|ella|\u00e9l|lei|lui|"
    "zij|haar|hij|hem|hun"
)
_PRONOUNS = re.compile(rf"(?:{_PRONOUN})(?:\s*[/,]\s*(?:{_PRONOUN}))*(?: pronouns)?", re.IGNORECASE)
_PRONOUNS_AFTER = re.compile(rf"\s+(?:{_PRONOUN})(?:\s*/\s*(?:{_PRONOUN}))+$", re.IGNORECASE)
_APART = re.compile(r"[\s._-]+")
_APOSTROPHES = re.compile(r"['\u2019`]")

_SECOND_LEVEL = frozenset("co com org net ac edu gov gob gouv ltd plc or ne go nhs sch police mil id web".split())  # noqa: SIM905 - reads better
_TWO = 2
_LEAST_JOINED = 6
_LONGEST_ADDRESS = 320
_CROWD = 100
"""Of so many people of one name a short form cannot tell which is meant."""


def is_numbered(name: str) -> bool:
    """Whether a program made the name for a voice that it could not tell: `Speaker 1`, `SPEAKER_00`, `@2`, `B`."""
    return _NUMBERED.fullmatch(name.strip()) is not None


@dataclass(frozen=True, slots=True)
class _Known:
    """What a name says of a person; `gender` is as far as a title tells it."""

    parts: tuple[str, ...]
    titles: frozenset[str]
    gender: str
    generation: str
    company: str


def same_person(names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Groups of names of one meeting that look like one person, in order of appearance; who stands alone is in none.

    Spellings count as one (case, accents, "Last, First", brackets, pronouns, titles, `dana.ortiz`, numbered doubles), and
    short forms ("D. Ortiz", "Dana O.", "Dana") where they fit one person alone. Different companies in brackets, "Jr" or
    "Mr" against "Mrs" make two people. Voices numbered by a program, rooms and telephones are never grouped.
    """
    spelled: dict[_Known, list[str]] = {}
    for name in dict.fromkeys(names):
        if known := _known(name):
            spelled.setdefault(known, []).append(name)
    place = {name: at for at, name in enumerate(dict.fromkeys(names))}
    groups = [sorted((name for one in group for name in spelled[one]), key=place.__getitem__) for group in _groups([*spelled])]
    return tuple(sorted((tuple(group) for group in groups if len(group) > 1), key=lambda group: place[group[0]]))


def _groups(people: Sequence[_Known]) -> list[list[_Known]]:
    """People who are linked by likeness, without those who are like two that cannot be one."""
    like = _likenesses(people)
    sure = {one for one, others in like.items() if not _contradict(others)}
    groups: list[list[_Known]] = []
    seen: set[_Known] = set()
    for one in people:
        if one in seen:
            continue
        group = [one]
        seen.add(one)
        for member in group:
            linked = [other for other in like[member] if other not in seen and sure.issuperset((other, member))]
            seen.update(linked)
            group += linked
        groups += [[member] for member in group] if _contradict(group) else [group]
    return groups


def _likenesses(people: Sequence[_Known]) -> dict[_Known, dict[_Known, None]]:
    """For each the others that look like them, in order; only who shares a part of the name is compared."""
    sharing: dict[str, list[_Known]] = {}
    for one in people:
        for key in {*one.parts, "".join(one.parts)}:
            sharing.setdefault(key, []).append(one)
    like: dict[_Known, dict[_Known, None]] = {one: {} for one in people}
    for several in sharing.values():
        for one, other in combinations(several if len(several) <= _CROWD else (), 2):
            if _alike(one, other):
                like[one][other] = like[other][one] = None
    return like


def _contradict(people: Iterable[_Known]) -> bool:
    return any(not _may_be_one(one, other) for one, other in combinations(people, 2))


def _alike(one: _Known, other: _Known) -> bool:
    """Whether two names look like one person, as long as nobody else of the meeting fits as well."""
    if _differ(one, other):
        return False
    short, long = sorted((one, other), key=lambda known: len(known.parts))
    if short.parts == long.parts:
        return True
    if len(short.parts) > 1:
        return _fits(short.parts, long.parts)
    (only,) = short.parts
    if len(long.parts) == 1 or _is_initial(only):
        return False
    if only == "".join(long.parts):
        return len(only) >= _LEAST_JOINED and not any(map(_is_initial, long.parts))
    return only == (long.parts[-1] if short.titles else long.parts[0])


def _may_be_one(one: _Known, other: _Known) -> bool:
    """Whether two names do not exclude each other: "Dana" and "D. Ortiz" do not, "Dana Ortiz" and "Dana Lee" do."""
    if _differ(one, other):
        return False
    short, long = sorted((one.parts, other.parts), key=len)
    if len(short) > 1:
        return _fits(short, long)
    return short == long or short[0] == "".join(long) or any(_agree(short[0], end) for end in (long[0], long[-1]))


def _differ(one: _Known, other: _Known) -> bool:
    """Whether two names name two people whatever else they have in common: "Mr Ortiz" and "Dr Ortiz", Acme's Sam and Bolt's."""
    said = ((one.company, other.company), (one.gender, other.gender))
    if one.generation != other.generation or any(a and b and a != b for a, b in said):
        return True
    is_last_name = len(one.parts) == len(other.parts) == 1 and one.titles and other.titles
    return bool(is_last_name) and one.gender != other.gender and one.titles.isdisjoint(other.titles)


def _fits(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """First and last names agree, at least one of them written out; what stands between agrees or is initials."""
    if not (_agree(short[0], long[0]) and _agree(short[-1], long[-1])):
        return False
    if not any(a == b and not _is_initial(a) for a, b in ((short[0], long[0]), (short[-1], long[-1]))):
        return False
    if len(short) == len(long):
        return all(_agree(a, b) for a, b in zip(short, long, strict=True))
    return len(short) == _TWO and all(map(_is_initial, long[1:-1]))


def _agree(a: str, b: str) -> bool:
    return a == b or (_is_initial(a) and b.startswith(a)) or (_is_initial(b) and a.startswith(b))


def _is_initial(part: str) -> bool:
    """A single letter of a script that has capitals: a single Han character is a whole name."""
    return len(part) == 1 and part.upper() != part.lower()


def _known(name: str) -> _Known | None:
    """What a name says; None where it is nobody's, a numbered voice's, a room's or a telephone's."""
    bare, asides = _apart(name)
    if is_nobody(name) or _VOICE.fullmatch(bare):
        return None
    if address := _ADDRESS.fullmatch(bare):
        bare = bare[: address.start(1) - 1].partition("+")[0]
    parts, generation = _parts(bare)
    titles = frozenset(part for part in parts[:-1] if part in TITLES)
    while len(parts) > 1 and parts[0] in TITLES:
        parts = parts[1:]
    if not parts or any(map(_is_no_person, parts)):
        return None
    company = next((said for aside in asides if (said := _company(aside))), "")
    gender = max((TITLES[title] for title in titles), default="")
    return _Known(tuple(parts), titles, gender, generation, _company_key(company))


def _is_no_person(part: str) -> bool:
    """Whether a part makes the name that of a room, a machine, a telephone or several people at one microphone."""
    return part in MACHINES or part in PLACES or any(c.isdigit() or c in "&+/" for c in part)


def _apart(name: str) -> tuple[str, list[str]]:
    """A name without brackets, pronouns, number and what stands after a bar; and what stood there, last first."""
    bare, asides = " ".join(name.split()), []
    while match := _LAST_BRACKET.match(bare):
        bare, aside = match.group(1), match.group(2).strip()
        asides.append(aside)
    for mark in (" | ", " @ "):
        bare, found, aside = bare.partition(mark)
        asides += [aside.strip()] if found else []
    bare = _NUMBER_AFTER.sub("", _PRONOUNS_AFTER.sub("", bare))
    return " ".join(_BRACKET.sub(" ", bare).split()), asides


def _parts(bare: str) -> tuple[list[str], str]:
    """The parts of a name, first name first, without degrees, and its "Jr" or "III"."""
    pieces = [piece.strip() for piece in bare.split(",") if piece.strip()]
    plain = [fold_text(piece).replace(".", "") for piece in pieces]
    if len(pieces) == _TWO and " " not in pieces[0]:
        plain[1] = ""  # "Rahman, Md" has a first name there
    generation = next((piece for piece in plain if piece in GENERATIONS), "")
    named = [piece for at, piece in enumerate(pieces) if not at or plain[at] not in DEGREES | GENERATIONS]
    folded = fold_name(", ".join(named)).replace("ph.d", "phd")
    parts = [part for part in _APART.split(_APOSTROPHES.sub("", folded).replace(",", " ")) if part]
    while len(parts) > _TWO and parts[-1] in DEGREES:
        parts.pop()
    if len(parts) > 1 and parts[-1] in GENERATIONS:
        generation = parts.pop()
    honorific = next((h for h in HONORIFICS if parts and parts[-1].endswith(h) and parts[-1] != h), "")
    if honorific:
        parts[-1] = parts[-1].removesuffix(honorific)
    return parts, generation


def company_in(name: str) -> str | None:
    """The company that a speaker's name shows, in brackets or after a bar; None for "(Guest)", "(she/her)", "(CEO)" and such."""
    return next((said for aside in _apart(name)[1] if (said := _company(aside))), None)


def _company(aside: str) -> str:
    """A remark beside a name where it can be a company, else nothing."""
    if _ADDRESS.fullmatch(aside):
        return company_of(aside) or ""
    folded = fold_text(aside)
    words = re.split(r"[\s/,;-]+", folded)
    is_none = (
        len(folded) < _TWO
        or not any(c.isalpha() for c in folded)
        or folded in NO_COMPANIES
        or any(word in ROLES or word in MACHINES for word in words)
        or all(word in NO_COMPANIES or word in PLACES for word in words)
        or _PRONOUNS.fullmatch(folded)
        or _VOICE.fullmatch(folded)
    )
    return "" if is_none else aside


def _company_key(company: str) -> str:
    words = re.findall(r"\w+", fold_text(company).replace(".", ""))
    return "".join(word for word in words if word not in LEGAL) or "".join(words)


def company_of(email: str) -> str | None:
    """The name under which the domain of an address is registered (`acme` of `dana@mail.acme.co.uk`); None for free mail."""
    match = _ADDRESS.search(email.casefold()) if len(email) <= _LONGEST_ADDRESS else None
    if match is None:
        return None
    labels = match.group(1).split(".")
    top = 2 if len(labels[-1]) == _TWO and labels[-2] in _SECOND_LEVEL else 1
    if len(labels) <= top or labels[-1].isdigit():
        return None
    label = labels[-top - 1]
    hosts = {".".join(labels[at:]) for at in range(len(labels))}
    if label in POST_OFFICES or hosts & POST_OFFICES:
        return None
    try:
        return label.encode("ascii").decode("idna")
    except UnicodeError:
        return label


def employers(names: Sequence[str], emails: Mapping[str, str]) -> dict[str, str]:
    """The company of each speaker of whom one is known, as shown beside the name, else from an address.

    `emails` are addresses by name; where a spelling differs, `fold_name` tells whose it is, if it is one person's alone.
    """
    by_fold: dict[str, set[str]] = {}
    for name, email in emails.items():
        by_fold.setdefault(fold_name(name), set()).add(email)
    found: dict[str, str] = {}
    for name in dict.fromkeys(names):
        folded = by_fold.get(fold_name(name), set())
        address = emails.get(name) or (next(iter(folded)) if len(folded) == 1 else name)
        if not is_nobody(name) and (company := company_in(name) or company_of(address)):
            found[name] = company
    return found
