"""The English words by which a question leans on the one before it."""

import re

CONNECTOR = re.compile(r"^(?:(?:and|but|also|or|so|then|ok|okay|well)\b[\s,]*)+", re.IGNORECASE)
ABOUT = re.compile(r"(?:(?:and|but|so|ok|okay|well)[\s,]+)*(?:what|how) about (?P<topic>.+?)[\s?.!]*", re.IGNORECASE)
AND_TOPIC = re.compile(
    r"(?:and|or|but)[\s,]+(?P<topic>(?:about |for |on |from |with |in |at |by )?[^?]{1,60}?)[\s?.!]*", re.IGNORECASE
)
_SAID_IT = r"(?:that|this|it|so)"
RECALLS = re.compile(
    r"(?:when|where|who|(?:in |at )?(?:which|what) (?:meeting|call|day|date)|on (?:which|what) (?:day|date))"
    rf" (?:(?:was|is|were) {_SAID_IT}(?: said| from)?|said {_SAID_IT}|did (?:they|he|she|we|you|i) say {_SAID_IT})"
    r"(?: exactly)?[\s?.!]*",
    re.IGNORECASE,
)
ORDINALS = ("first", "second", "third", "fourth", "fifth")
WHICH = re.compile(
    rf"(?:(?:what|how) about )?(?:the )?(?P<which>{'|'.join(ORDINALS)}|last|other)"
    r"(?: (?:one|point|quote|answer|part|passage|meeting))?[\s?.!]*",
    re.IGNORECASE,
)
THAT_MEETING = re.compile(
    r"[\s,]*\b(?:in|at|during|from) (?:that|this|the same) (?:meeting|call|session|conversation|talk)\b", re.IGNORECASE
)
_HELD = r"(?:meeting|call|session|conversation|talk)"
_THAT_ONE = r"(?: (?:that|this)(?: one)?)?"
BESIDE_IT = re.compile(
    r"[\s,]*(?<!\w)(?:(?:what|how) about )?(?:in |at |during |from )?the "
    rf"(?:(?:(?P<sooner>previous|earlier|preceding)|next|following|later) {_HELD}|"
    rf"(?:{_HELD}|one) (?:(?P<before>before)|after){_THAT_ONE})[\s?.!]*\Z",
    re.IGNORECASE,
)
TIME = re.compile(r"(?:(?:what|how) about )?(?:the |our )?(?:very )?(?P<which>first|last) time[\s?.!]*", re.IGNORECASE)
WHO_WAS_THERE = re.compile(
    r"who (?:else |all )?(?:was|were) (?:there|present|in the room|with (?:us|them|you))[\s?.!]*", re.IGNORECASE
)
HE_OR_SHE = re.compile(r"\b(?P<word>he|she|him|his|hers|her)\b", re.IGNORECASE)
THEY = re.compile(r"\b(?:they|them)\b", re.IGNORECASE)
THAT = re.compile(r"\b(?:that|this|it|those|these|them|so)\b(?=[\s?.!,]*$|\s)", re.IGNORECASE)
WORDS = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
NOT_TELLING = frozenset(
    """a about again all also am an and any anything are as at be been but by can could did do does else even ever exactly far
    for from get gets give go got had has have he her him his how i if in into is it its just let long many may me might more
    much my no not of often on one ones only or our out quite really same shall she should so some something soon still such
    than that the their them then there these they this those to too up us very was we well were what when where which who
    whom whose why will with would yet you your say said says tell told talk talked speak spoke mention mentioned mean means
    meant think thought happen happened happens done know ask asked answer answered discuss discussed first last again it's
    that's what's who's didn't doesn't don't isn't wasn't won't""".split()  # noqa: SIM905 - a block of words reads better
)
_DO = "did do does is are was were will would can could should may might has have had"
ASKS = frozenset(("what", "when", "where", "which", "who", "whom", "whose", "why", "how", *_DO.split()))
_ASKING = (
    rf"(?:(?:what|when|where|which|who|whom|why|how(?: (?:long|much|many|often|far|soon))?)\s+)?(?:{_DO.replace(' ', '|')})\s+"
)
BEGINS = re.compile(rf"\A{_ASKING}", re.IGNORECASE)
OF_THAT = re.compile(rf"{_ASKING}(?:that|this|those|these)\b", re.IGNORECASE)
MOST_TOPIC = 5  # words; what is longer is a question of its own
PLACING = re.compile(r"\A(?:about|for|on|from|with|by|at) ", re.IGNORECASE)
