"""What a question wants - a number, a day, a person, a yes or no - and the very words of an answer that give it.

Only where one stretch of the answer can be meant: of two numbers neither is picked, and the reader has the sentence.
"""

import re
from collections.abc import Callable, Iterator

from analyzer.agreement import part_of
from analyzer.names import fold_text
from analyzer.numbers import Kind, amounts, is_day_word
from analyzer.quotes import word_list

_COUNTED = "share|percentage|percent|per cent|proportion|number|price|amount|sum|fee|budget|rate|figure|cost|total"
_AMOUNT = re.compile(
    r"\bhow (?:many|much|long|old|far|big|large|high|small|often|wide|deep|heavy)\b"
    rf"|\b(?:what|which)(?: \w+){{0,2}} (?:{_COUNTED})\b"
    r"|\bwie ?(?:viele?|lange|oft|hoch|gro(?:ss|ß))\b|\bcombien\b|\bcu[aá]nt[oa]s?\b|\bquant[oie]\b|\bhoe(?:veel| lang)\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\bwhen\b|\b(?:what|which) (?:day|date|month|week|year|time|weekday|quarter)\b"
    r"|\bwann\b|\bquand\b|\bcu[aá]ndo\b|\bquando\b|\bwanneer\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:who|whom|whose|wer|wen|wem|wie is|qui|qui[eé]n|chi)\b", re.IGNORECASE)
_SAID_IT = re.compile(
    r"\bwho(?: \w+){0,2} (?:said|says|raised|mentioned|brought up|complained|admitted|warned|volunteered)\b", re.IGNORECASE
)
_YES_NO = re.compile(
    r"^\W*(?:is|are|was|were|am|did|do|does|has|have|had|will|would|can|could|should|shall|may|might|must"
    r"|isn't|aren't|didn't|don't|doesn't|hasn't|haven't|won't|ist|sind|war|hat|haben|wird|werden|kann|est|ont|es|son|ha)\b",
    re.IGNORECASE,
)
_YES = "yes|yeah|yep|of course|correct|exactly|absolutely|ja|oui|s[ií]"
_NO = "no|nope|not yet|never|absolutely not|of course not|nein|non|nee"
_PLAIN_ANSWER = re.compile(rf"^\W*(?P<said>{_NO}|{_YES})(?=[\s,.!;-]|$)", re.IGNORECASE)
_MONTHS = "January|February|(?-i:March|May)|April|June|July|August|September|October|November|December"
_WEEKDAYS = "Mon|Tues|Wednes|Thurs|Fri|Satur|Sun"
_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|twenty|thirty|sixty|ninety"
_COUNT = rf"(?:\d+|an?|{_SMALL}|a couple of|a few)"
_SEASONS = "week|month|quarter|year|spring|summer|autumn|fall|winter"
_TIME = re.compile(
    rf"\b(?:(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? |(?:early|late|mid|end of|start of|middle of)[ -])?(?:{_MONTHS})"
    rf"(?: (?:the )?\d{{1,2}}(?:st|nd|rd|th)?)?(?:,? \d{{4}})?\b(?! be\b| have\b)"
    rf"|\b(?:(?:last|next|this|every|on) )?(?:{_WEEKDAYS})days?(?: (?:morning|afternoon|evening|night|week))?\b"
    rf"|\b(?:last|next|this|(?:by )?the (?:end|start) of the) (?:{_SEASONS})\b"
    rf"|\b(?:in|within) {_COUNT} (?:days?|weeks?|months?|years?|quarters?)\b"
    rf"|\b{_COUNT} (?:days?|weeks?|months?|years?) ago\b"
    r"|\b(?:today|tomorrow|yesterday|tonight|(?:before |after )?(?:Christmas|Easter))\b|\bthe \d{1,2}(?:st|nd|rd|th)\b"
    r"|\b(?:19|20)\d\d\b|\b\d{1,2}(?::\d\d)? ?(?:am|pm|o'clock)\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[€$£]?\d[\d.,:/]*\d?(?:st|nd|rd|th|k|m|bn|%)?|[€$£]|%|[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_JOINS = frozenset({"and", "a", "point", "to", "or"})
_NO_UNIT = frozenset(
    word_list(
        "and or but of the in to on at is are was were that which if we you they he it for by with as so not when who how what"
    )
)
_NAME = re.compile(r"\b[A-ZÄÖÜÉÈÁÍÓÚŁŚŻ][\w\u2019-]+(?: [A-ZÄÖÜÉÈÁÍÓÚŁŚŻ][\w\u2019-]+)*")
_BEGINS = re.compile(r"(?:^|[.!?:;\u2026]\s|\u2014\s?)[\s\"'\u201c\u201e(]*$")


def matching(question: str, answer: str, speaker: str) -> str:
    """The words of an answer, or who spoke it, that give what the question wants; empty where it wants no such thing."""
    if _SAID_IT.search(question):
        return speaker
    if _YES_NO.search(question):
        plain = _PLAIN_ANSWER.search(answer)
        return plain["said"].capitalize() if plain else ""
    for asks, offered in _WANTED:
        if asks.search(question):
            known = fold_text(question)
            found = [span for core, span in dict.fromkeys(offered(answer)) if fold_text(core) not in known]
            return found[0] if len(found) == 1 and part_of(answer, found[0]) else ""
    return ""


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    """Runs of numbers, each alone and with what it counts: "sixty-one percent", "£40,000", "six weeks"."""
    tokens = list(_TOKEN.finditer(text))
    at = 0
    while at < len(tokens):
        end = _run(tokens, at)
        if end == at:
            at += 1
            continue
        start = at - 1 if at and tokens[at - 1][0] in "€$£" and tokens[at - 1].end() == tokens[at].start() else at
        last = end - 1
        number = text[tokens[start].start() : tokens[last].end()]
        if (
            end < len(tokens)
            and not number.endswith("%")
            and _counts(text[tokens[last].end() : tokens[end].start()], tokens[end][0])
        ):
            last = end + (text[tokens[end].start() :].startswith("per cent"))
        yield number, text[tokens[start].start() : tokens[last].end()]
        at = end


def _run(tokens: list[re.Match[str]], at: int) -> int:
    """Where the number that begins at this token ends; `at` itself where none begins."""
    end = at
    for place in range(at, len(tokens)):
        word = tokens[place][0].lower()
        if _is_number(word, begun=end > at):
            end = place + 1
        elif end == at or word not in _JOINS:
            break
    return end


def _is_number(word: str, *, begun: bool) -> bool:
    if begun and word == "half":
        return True
    return any(a.kind is Kind.NUMBER and (a.telling or begun or word[0].isdigit()) for a in amounts(word.strip("€$£%")))


def _counts(between: str, word: str) -> bool:
    return word == "%" or (between == " " and word.isalpha() and len(word) > 1 and word.lower() not in _NO_UNIT)


def _times(text: str) -> Iterator[tuple[str, str]]:
    for match in _TIME.finditer(text):
        yield match[0], match[0]


def _people(text: str) -> Iterator[tuple[str, str]]:
    for match in _NAME.finditer(text):
        begins = bool(_BEGINS.search(text[: match.start()]))
        words = word_list(match[0])
        if not is_day_word(words[0]) and not (begins and len(words) == 1) and match[0] != "I" and not match[0].startswith("I'"):
            yield match[0], match[0]


_WANTED: tuple[tuple[re.Pattern[str], Callable[[str], Iterator[tuple[str, str]]]], ...] = (
    (_AMOUNT, _numbers),
    (_DAY, _times),
    (_PERSON, _people),
)
