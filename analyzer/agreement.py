"""Whether a sentence says what its quote says: no other number or day, no other name, no "not" more or less.

People say "it" for what was named just before, and answer "yes" to what was proposed. So what the quote leaves open may
stand in the turns beside it or in the question; what the quote says otherwise may not. It is a check of words, not of
meaning: it takes away what a reader could not defend, and lets pass what only a person can tell.
"""

import calendar
import datetime as dt
import re
from collections.abc import Collection, Iterable

from analyzer.model.findings import Evidence
from analyzer.model.meetings import Meeting, Turn
from analyzer.names import fold_text
from analyzer.numbers import amounts, is_day_word, parts_of
from analyzer.quotes import denies, word_list

NUMBER, NAME, NOT = "other_number", "other_name", "other_not"

NEAR = 2
"""Turns to either side of a quote in which a number or a person that it leaves open is looked for."""
FAR = 10
"""Turns to either side in which any other name is looked for."""
SHORT = 6
"""Words; a quote of so few or fewer ("Yes, let's do that") is read together with the turn before."""

_CLAUSES = re.compile(
    r"[,;:.!?\u2014\u2013]|\b(?:but|and|although|though|while|because|aber|weil|und|mais|pero)\b", re.IGNORECASE
)
_TELLING = 4  # letters
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_BEGINS = re.compile(r"(?:^|[.!?:;\u2026]|\u2014)[\s\"'\u201c\u201e\u2018(]*$")
_POSSESSIVE = re.compile(r"['\u2019]s?$")
# Not a "no" to anything: "no problem", "not only", "why not", "isn't it?"; and the "no" with which people begin to speak.
_EMPTY_NOT = re.compile(
    r"^\W*(?:no|nope|nah)[,.!]\s"
    r"|\bno (?:problem|worries|doubt|question|idea)\b|\bnot (?:only|just|to mention)\b|\bwhy not\b"
    r"|\b(?:don['\u2019]?t|do not) (?:worry|forget)\b|\b\w+n['\u2019]t (?:it|we|you|they|he|she)\s*\?",
    re.IGNORECASE,
)
# Words that say a "not" without one; in a sentence about a quote with a "not" they do as well as one.
_SAYS_NO = re.compile(
    r"\b(?:refus|declin|reject|den(?:y|ied|ies)\b|oppos|object|lack|unable|fail|stop|against|avoid|prevent|without|miss(?:ing|es|ed)\b"
    r"|only|until|before|instead|rather|unless|doubt|unclear|unknown|undecided|uncertain|unsure|yet\b|still\b|impossible"
    r"|absent|too\b|cancel|drop"
    r"|ruled? out|held? back|put off|postpon|delay|except|abgelehnt|ablehn|weiger|erst\b|noch\b|refuse|avant\b)",
    re.IGNORECASE,
)
_GERMAN = frozenset(  # nouns have capitals there
    """der die das den dem des ein eine einen einem und ist sind war hat haben nicht kein keine dass mit von zu auf bis für
    im am werden wird""".split()  # noqa: SIM905 reads better
)
_NO_NAMES = frozenset(
    """i he she it we they you the a an this that these those there then both all each every nobody everybody everyone
    someone somebody anyone none one our their his her my your its no not yes and but or if when where who what why how
    in on at by for from to of with as after before during until since because so according later earlier""".split()  # noqa: SIM905 reads better
)
_SPEAKS = frozenset(
    """said says told tells asked asks agreed promised promises offered explained confirmed suggested proposed mentioned
    wanted wants thought thinks expected expects sent sends decided declined refused will would""".split()  # noqa: SIM905 reads better
)


def disagreement(meeting: Meeting, sentence: str, evidence: Evidence, question: str = "", days: Iterable[dt.date] = ()) -> str:
    """What in the sentence its quote does not carry: `other_number`, `other_name`, `other_not`; empty where nothing is.

    The meeting's own date, the names of who spoke, and what the question itself says may always stand there; and in full the
    `days` of other meetings, with which it may be compared.
    """
    sentence = _without_days(sentence, days)
    if word_list(sentence) in ((), word_list(evidence.quote)) or part_of(evidence.quote, sentence):
        return ""
    if _other_number(meeting, sentence, evidence, question):
        return NUMBER
    if _other_name(meeting, sentence, evidence, question):
        return NAME
    return NOT if _other_not(meeting, sentence, evidence, question) else ""


def part_of(quote: str, words: str) -> bool:
    """Whether these words stand in the quote, letter by letter, and nothing beside them there takes them back.

    "Seven weeks" is a part of "it sat for seven weeks because nobody cared", and none of "we don't have seven weeks".
    """
    for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", quote, re.IGNORECASE):
        before, after = _CLAUSES.split(quote[: match.start()])[-1], _CLAUSES.split(quote[match.end() :])[0]
        if not _has_not(before) and not _has_not(after):
            return True
    return False


def _other_number(meeting: Meeting, sentence: str, evidence: Evidence, question: str) -> bool:
    said = amounts(evidence.quote)
    told = {amount.kind for amount in said if amount.telling}
    open_to = (*said, *amounts(question), *amounts(evidence.speaker), *parts_of(meeting.date))
    near = [a for t in _around(meeting, evidence.turn, NEAR) for a in amounts(t.text) if a.kind not in told]
    carried = {(amount.kind, form) for amount in (*open_to, *near) for form in amount.forms}
    return any(
        amount.telling and not any((amount.kind, form) in carried for form in amount.forms) for amount in amounts(sentence)
    )


def _other_name(meeting: Meeting, sentence: str, evidence: Evidence, question: str) -> bool:
    people = {part: s.name for s in meeting.speakers for part in _parts(s.name)}
    here = _parts(f"{evidence.quote} {question} {evidence.speaker}")
    tells_who = bool(_parts(evidence.speaker) & _parts(sentence))
    beside = _all_parts(_around(meeting, evidence.turn, NEAR))
    known = _parts(f"{meeting.client_name} {meeting.title} {' '.join(s.role for s in meeting.speakers)}")
    far = known | _all_parts(_around(meeting, evidence.turn, FAR))
    for name in _names(sentence, people):
        if _among(name, here):
            continue
        # Who else was there may be named only beside who spoke: else the words would pass for that person's.
        if name in people and not (tells_who and name in beside):
            return True
        if name not in people and not _among(name, far):
            return True
    return False


def _other_not(meeting: Meeting, sentence: str, evidence: Evidence, question: str) -> bool:
    told = _has_not(sentence)
    quote = evidence.quote
    if told and not _has_not(quote) and len(word_list(quote)) <= SHORT:
        quote = " ".join(t.text for t in meeting.turns if t.ordinal == evidence.turn - 1) + f". {quote}"
    clauses = [clause for clause in _clauses(quote) if word_list(clause)]
    if told:
        return not any(_has_not(clause) or _SAYS_NO.search(clause) for clause in clauses) and not _has_not(question)
    if any(match[0].casefold() not in quote.casefold() for match in _SAYS_NO.finditer(sentence)):
        return False
    shared = [len(_stems(clause) & _stems(sentence)) for clause in clauses]
    nearest = [clause for clause, n in zip(clauses, shared, strict=True) if n == max(shared)]
    return bool(nearest) and all(_has_not(clause) for clause in nearest)


def _without_days(sentence: str, days: Iterable[dt.date]) -> str:
    """The sentence without these days, where it has them with their month."""
    for day in days:
        month, number = calendar.month_name[day.month], rf"{day.day}(?:st|nd|rd|th)?"
        in_words = rf"\b(?:{number}(?: of)? {month}|{month} (?:the )?{number})\b(?:,? {day.year}\b)?"
        sentence = re.sub(rf"{in_words}|\b{day.isoformat()}\b", " ", sentence, flags=re.IGNORECASE)
    return sentence


def _has_not(text: str) -> bool:
    return any(denies(word) for word in word_list(_EMPTY_NOT.sub(" ", text)))


def _clauses(text: str) -> list[str]:
    return _CLAUSES.split(_EMPTY_NOT.sub(" ", text))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_TELLING] for word in word_list(text) if len(word) >= _TELLING and not denies(word))


def _names(sentence: str, people: Collection[str]) -> list[str]:
    """The names in a sentence, folded: words with a capital, and where a sentence begins only what is surely one."""
    found: list[str] = []
    german = sum(word in _GERMAN for word in set(word_list(sentence))) > 1
    words = list(_WORD.finditer(sentence))
    for at, match in enumerate(words):
        name = fold_text(_POSSESSIVE.sub("", match[0]))
        if not match[0][0].isupper() or name in _NO_NAMES or is_day_word(name):
            continue
        following = words[at + 1][0] if at + 1 < len(words) else ""
        begins = bool(_BEGINS.search(sentence[: match.start()]))
        surely = name in people or following[:1].isupper() or following.lower() in _SPEAKS
        if name in people or (not german and (not begins or surely)):
            found.append(name)
    return found


def _among(name: str, words: Collection[str]) -> bool:
    """Whether it is one of the words, or a form of one: `German` of Germany, `Northgates` of Northgate."""
    return name in words or (
        len(name) >= _TELLING and any(w.startswith(name) or (name.startswith(w) and len(w) >= _TELLING) for w in words)
    )


def _parts(text: str) -> frozenset[str]:
    return frozenset(fold_text(_POSSESSIVE.sub("", match[0])) for match in _WORD.finditer(text))


def _all_parts(turns: Iterable[Turn]) -> frozenset[str]:
    return frozenset().union(*(_parts(f"{t.speaker} {t.text}") for t in turns))


def _around(meeting: Meeting, turn: int, reach: int) -> list[Turn]:
    return [t for t in meeting.turns if abs(t.ordinal - turn) <= reach]
