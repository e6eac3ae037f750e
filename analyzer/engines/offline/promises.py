"""Promises in the first person, found by their wording: who gives, what, and by when as it was said.

Only the speaker's own "I'll" and "we will" count. What somebody else will do, a wish, a question, a condition that is
still open and figures of speech ("I'll be honest") are left alone: a promise that nobody made is worse than one missed.
"""

import re
from dataclasses import dataclass

from analyzer.engines.offline.sentences import sentences, words

_DEEDS = (
    "add answer arrange ask block book bring call cancel change chase check circulate clear collect come compile confirm connect"
    " copy cut dig draft drop email fetch find fix follow forward free gather get give go hand hold introduce invite keep leave"
    " let look mail make meet message move note order organise organize pass pay phone pick pin post prepare present print"
    " propose pull put raise redo remind reply reserve review rewrite ring run schedule see send set share shoot shorten show"
    " sign skip sit sort speak start stop swap take talk tell test text tidy train turn type update upload visit walk warn write"
)
_BY_FAVOUR = (
    "ask block book call check chase confirm dig draft email find forward get introduce invite ring send share sort text write"
)
_SOFTENERS = (
    "also|then|just|gladly|happily|certainly|definitely|quickly|personally|have to|even|still|simply|try to|try and|go and"
)
_WILL = (
    r"(?:['\u2019]ll|\s+will|\s+shall|['\u2019]m\s+going\s+to|\s+am\s+going\s+to|['\u2019]re\s+going\s+to|\s+are\s+going\s+to)"
)
_PROMISE = re.compile(
    rf"\b(?:I|we){_WILL}\s+(?:(?:{_SOFTENERS})\s+)*(?P<what>(?:{'|'.join(_DEEDS.split())})\b.*)", re.IGNORECASE | re.DOTALL
)
_OFFER = re.compile(rf"\blet\s+me\s+(?P<what>(?:{'|'.join(_BY_FAVOUR.split())})\b.*)", re.IGNORECASE | re.DOTALL)
_TAKEN = re.compile(r"\b(?P<what>leave\s+(?:that|it|this)\s+(?:with|to)\s+me\b.*)", re.IGNORECASE | re.DOTALL)
# "I bring it on Friday", "I'm there on the sixth": without a "will" only a deed or a coming, with a date, is a promise.
_DATED = re.compile(
    rf"(?:\b(?:I|we)\s+(?:(?:{_SOFTENERS})\s+)*(?P<now>(?:do|{'|'.join(_DEEDS.split())})\b.*)"
    rf"|(?:\b(?:I|we){_WILL}\s+|\byou['\u2019]ll\s+(?=have|get|hear))(?P<what>\w.*))",
    re.IGNORECASE | re.DOTALL,
)
_FIGURE_OF_SPEECH = re.compile(
    r"^(?:tell (?:you|ye)\b|give you (?:that|this)\b|take (?:that|your word)\b|let you (?:go|off|get on|finish|in on)\b|"
    r"see\b(?! \w+ \w)|"
    r"get (?:used|over|to that|there)|come to that|leave it (?:there|at that)|put it (?:this|another)|put my hands up|"
    r"go (?:first|on)\b|ask (?:you|it)\b|start with that|read you\b|just read\b|find out\b|look (?:stupid|silly|like|foolish))",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|"
    r"(?:twenty|thirty)[\s-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|twentieth|thirtieth)"
)
_WHEN = (
    rf"(?:the\s+)?end\s+of\s+(?:the\s+|this\s+|next\s+)?(?:day|week|month|year|quarter|{_MONTH}|{_WEEKDAY})",
    rf"(?:the\s+)?(?:(?:this|next|coming)\s+)?{_WEEKDAY}(?:\s+(?:morning|afternoon|evening|lunchtime|night|week|next))?",
    rf"(?:the\s+)?{_ORDINAL}(?:\s+of)?\s+{_MONTH}",
    rf"{_MONTH}\s+{_ORDINAL}",
    rf"(?:early|mid|late)[\s-]+{_MONTH}",
    (
        rf"(?<!\bin\s)(?<!\bat\s)(?<!\bover\s)(?:the\s+)?{_ORDINAL}"  # "in the first row" is no day
        r"(?=[.,;!?]|\s*$|\s+(?:and?|or|but|then|if|so|because|with|for|at|latest|I|we|you|of\s+(?:the|this|next)\s+month)\b)"
    ),
    r"(?:today|tonight|tomorrow)(?:\s+(?:morning|afternoon|evening|night))?",
    r"(?:this|next)\s+(?:week|month|quarter|year|morning|afternoon|evening)",
    r"(?:christmas|easter|lunch(?:time)?|noon)",
    r"the\s+(?:weekend|summer|holidays|break)",
    rf"{_MONTH}",
)
_DUE = re.compile(
    rf"(?<![\w-])(?:(?:by|before|on|until|till|at|over|after|in|no later than)\s+(?:{'|'.join(_WHEN)})\b|"
    rf"(?:{'|'.join(_WHEN[i] for i in (0, 1, 2, 3, 6, 7))})\b|"
    r"(?:with)?in\s+(?:a|an|one|two|three|four|five|six|ten|\d+)\s+(?:hours?|days?|weeks?|months?)\b|first\s+thing(?:\s+tomorrow)?\b)",
    re.IGNORECASE,
)
_MAY = r"\s+(?:can|could|should|must|might|have\s+to|need\s+to|am\s+to|are\s+to)\b"
_ONESELF = re.compile(
    rf"\b(?:I|we)\b(?:{_WILL}|{_MAY}|['\u2019]d\b|['\u2019](?:m|re)\s+(?:on|\w+ing)\b|\s+(?:do|{'|'.join(_DEEDS.split())})\b)"
    r"|\bI\s+(?:promise|owe)\b|\b(?:leave|let)\s+(?:that|it|this|me)\b|\b(?:will|shall|can)\s+do\b|\bon\s+(?:it|my\s+list)\b"
    rf"|\byou(?:{_WILL})?\s+(?:both\s+|all\s+)?(?:have|get|hear)\b(?!\s+(?:me|us)\b)",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    rf"\w(?:{_WILL}|['\u2019]s\s+(?:going\s+)?to\b)|\b(?:you|he|she|they|it|that|who|[A-Z]\w+){_MAY}"
    rf"|^(?:(?:and|so|then|well|okay|ok|please|right),?\s+)*(?:you\s+|please\s+)?(?:{'|'.join(_DEEDS.split())})\s+(?:me|us|it|that|them|the|your)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"^(?:and |but |so |well,? )?(?:if|unless|suppose|imagine|when you)\b", re.IGNORECASE)
_REPORTED = re.compile(r"\b(?:said|told|promised|asked|thought)\b[^.!?]*$", re.IGNORECASE)
_AFTERTHOUGHT = re.compile(
    r",?\s+(?:so that|because|'cause|which)\b.*|,\s+(?:so|but|and then|if|or|otherwise|else|then)\b.*", re.IGNORECASE | re.DOTALL
)
_MIN_WORDS = 2
_ENDS = ".!\u2026\"\u201d\u2019' "


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise in a turn: the sentence as spoken, what will be done, and when as it was said.

    `plain` tells a promise in so many words ("I'll send") from a first person with a date ("I bring it on Friday").
    """

    quote: str
    what: str
    due: str | None
    plain: bool


def promises(text: str) -> tuple[Promise, ...]:
    """The promises that a speaker makes in one turn, at most one a sentence, in order."""
    return tuple(p for p in (_promise(sentence.text) for sentence in sentences(text)) if p is not None)


def due_in(said: str) -> str | None:
    """The time that a sentence names, as it was said."""
    due = _DUE.search(said)
    return due.group() if due else None


def spoken_of_oneself(said: str) -> bool:
    """Whether the speaker is the one who will do it: false where the words name somebody else and not themselves."""
    return bool(_ONESELF.search(said)) or not _ANOTHER.search(said)


def _promise(said: str) -> Promise | None:
    due = _DUE.search(said)
    plain = _PROMISE.search(said) or _OFFER.search(said) or _TAKEN.search(said)
    match = plain or (_DATED.search(said) if due else None)
    if match is None or said.rstrip().endswith("?") or _OPEN.search(said) or _REPORTED.search(said[: match.start()]):
        return None
    what = next(found for found in match.groups() if found).strip().rstrip(_ENDS)
    if _FIGURE_OF_SPEECH.search(what):
        return None
    what = _without_time(_AFTERTHOUGHT.sub("", what).strip(" ,;"), due.group() if due else "")
    if len(words(what)) < _MIN_WORDS:
        return None
    return Promise(quote=said, what=what, due=due.group() if due else None, plain=plain is not None)


def _without_time(what: str, due: str) -> str:
    """What will be done without the time at its end; a time in the middle stays, since the rest would not read without it."""
    bare = what.removesuffix(due).strip(" ,;")
    return bare if len(words(bare)) >= _MIN_WORDS else what
