"""Words that say plainly what a reader who goes by likeness only takes them for: these may be reminded of, word for word.

What is hedged, asked or put as a condition is never plain, and English is the only language that is known here. Where the
words are not plain nothing is lost: the brief shows them.
"""

import re
from itertools import accumulate

from analyzer.model.findings import OpeningId
from analyzer.relationship.wordlists import FUNCTION

LONGEST = 45  # words; more than that is a speech, and not one thing said
TELLING = 2  # words that say more than grammar, where no day is named

_HEDGED = re.compile(
    r"\b(?:try|might|may|maybe|perhaps|probably|possibly|if|unless|could|would|should|hope|suppose|theory|joking|kidding|never|not)\b"
    r"|n't\b|\?\s*$",
    re.IGNORECASE,
)
_SELF = r"\b(?:I|we)(?:'ll| will| shall|(?:'m| am|'re| are) going to)(?: also| then| just)? "
_DELIVERED = (
    r"send|share|write|draft|draw|get|bring|prepare|e?mail|set up|put|ask|check|find|talk|speak|introduce|give|make|sketch"
    r"|rewrite|tell(?! you)|circulate|update|fix|split|collect|gather|review|confirm|organi[sz]e|schedule|invite|cancel|change"
    r"|add|book|arrange"
)
_DONE_ON_A_DAY = r"ring|call|phone|show|move|stop|drop|do|finish|start|come|look|run|go|meet|have(?! to)|read|join|visit"
_PROMISED = re.compile(rf"{_SELF}(?:{_DELIVERED})\b(.*)", re.IGNORECASE)
_PROMISED_BY_A_DAY = re.compile(rf"{_SELF}(?:{_DELIVERED}|{_DONE_ON_A_DAY})\b", re.IGNORECASE)
_OPENED = {
    OpeningId.UNUSED_CAPACITY: re.compile(
        r"\b(?:stand|stands|standing|sit|sits|sitting|lie|lies|lying|is|are|'s|'re) (?:\w+ ){0,2}(?:empty|idle|unused|vacant)\b"
        r"|\b(?:nobody|no one|no-one) (?:\w+ ){0,2}us(?:es|ing)\b|\bwith nothing on\b"
        r"|\b(?:spare|unused|idle|free) (?:\w+ )?(?:rooms?|days?|capacity|space|desks?|floor|hall|machines?|hours|time|people)\b"
        r"|\b(?:days?|room|capacity|time) (?:free|spare)\b",
        re.IGNORECASE,
    ),
    OpeningId.FURTHER_TOPICS: re.compile(
        r"\b(?:nobody|no one|we (?:don't|do not)) knows? (?:yet )?how\b|\bwhat (?:really )?(?:worries|bothers|keeps) (?:me|us)\b"
        r"|\b(?:another|one other|the other) (?:thing|matter|topic|question)\b|\bget your teeth into\b|\bwe're losing\b"
        r"|\b(?:next year|in the autumn|in the spring|opens in) .*\b(?:we|nobody)\b",
        re.IGNORECASE,
    ),
    OpeningId.BETTER_WAYS: re.compile(
        r"\bcan we (?:stop|drop|just|do|have)\b|\bcould we (?:drop|just|stop|skip|do|have)\b|\binstead of\b|\brather than\b"
        r"|\bsave us (?:both|all)\b|\bwhy don't we\b|\bwhat if we\b|\bnobody (?:\w+ ){0,3}reads\b|\blet's (?:drop|stop|skip)\b",
        re.IGNORECASE,
    ),
}
# A wish for a better way is asked for as a rule, and what stands idle is told with a "not" as often as without.
_MAY_BE = re.compile(r"\b(?:might|may|maybe|perhaps|possibly|joking|kidding)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[^\s.!?…][^.!?…]*[.!?…]*")


def promised(quote: str, due: str | None) -> bool:
    """Whether somebody takes something on for themselves in so many words, and says what or by when."""
    text = _straight(quote)
    if len(text.split()) > LONGEST or _HEDGED.search(text):
        return False
    if due:
        return bool(_PROMISED_BY_A_DAY.search(text))
    found = _PROMISED.search(text)
    return found is not None and sum(word not in FUNCTION for word in _WORD.findall(found[1].casefold())) >= TELLING


def opened(kind: OpeningId, quote: str) -> str:
    """The words that speak of such an opening plainly, with what follows them as far as it is short; empty where none do."""
    pattern = _OPENED.get(kind)
    sentences = [" ".join(found.group().split()) for found in _SENTENCE.finditer(quote)]
    for at, sentence in enumerate(sentences):
        if not pattern or not pattern.search(_straight(sentence)) or _MAY_BE.search(sentence):
            continue
        lengths = accumulate(len(one.split()) for one in sentences[at:])
        return " ".join(one for one, words in zip(sentences[at:], lengths, strict=True) if words <= LONGEST)
    return ""


def hedged(text: str) -> bool:
    """Whether words are a question, a condition or a perhaps."""
    return bool(_HEDGED.search(_straight(text)))


def _straight(text: str) -> str:
    return text.replace("\u2019", "'")
