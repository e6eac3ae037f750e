"""The words of a question that only ask: "can you tell me what", "did X say about", "summarise the discussion on", "please?".

Each table is tried at the beginning or at the end of a question and never within it: "what people say about fridges" may be what
somebody wants to find. Subjects that are nobody's name ("we", "the client") go with their verb; any other subject stays, and the
caller decides what it means. Verbs that tell what was done by saying ("promise", "decide") stay, since passages have them too.
"""

import re
import unicodedata
from dataclasses import dataclass

FEWEST_OF_LANGUAGE = 2  # words of another language's grammar that tell it; one may be a word of this one


@dataclass(frozen=True, slots=True)
class Opened:
    """A question's beginning: `who` is whom it asks about, empty for nobody in particular; `rest` is what is asked."""

    who: str
    rest: str
    subject_on: str
    """The rest with its subject, for a subject that turns out to be a part of the matter."""


def without_courtesies(text: str) -> str:
    """Without what is only polite at both ends, as long as a word is left."""
    for pattern, there in ((_OPENING, True), (_CLOSING, False)):
        while match := pattern.match(text) if there else pattern.search(text):
            rest = text[match.end() :] if there else text[: match.start()]
            if match.end() == match.start() or not _WORD.search(rest):
                break
            text = rest
    return text


def opened(text: str) -> Opened | None:
    """The question without the words that open it; None where it does not begin with any of them."""
    for frame in _FRAMES:
        if match := frame.match(text):
            parts = match.groupdict()
            who = parts.get("who") or ""
            kept, after = parts.get("kept") or "", text[match.end() :].strip(" ,:;")
            rest = f"{kept} {after}".strip()
            named = "" if _NOBODY.fullmatch(who) else who
            return Opened(named, rest, text[match.start("who") :] if named else rest)
    return None


def asks_of_saying(text: str) -> bool:
    """Whether it asks for something that was said, or for a meeting."""
    return bool(_SAYING.search(text)) or opened(text) is not None


def ends_in_saying(text: str) -> bool:
    """Whether it ends in a word of saying, as in "what did we discuss"."""
    return bool(_ENDS_IN_SAYING.search(text))


def asks_for_a_view(text: str) -> bool:
    """Whether it ends as a question for words about something does: "what did Dawn say about"; what follows is their matter."""
    return bool(_ENDS_IN_VIEW.search(text))


def begins_with_about(text: str) -> bool:
    """Whether what was said follows, as in "about the fees"."""
    return bool(_ABOUT_FIRST.match(text))


def looks_ahead(text: str) -> bool:
    """Whether it asks for what is to come, so that its days are hardly those of a meeting."""
    return bool(_TO_COME.search(text))


def asks_for_a_fact(text: str) -> bool:
    """Whether a question wants one thing that stands in one place: a number, a day, a person, which one, a yes or no."""
    return bool(_FACT.match(text))


def has_word(text: str) -> bool:
    """Whether there is any word at all."""
    return bool(_WORD.search(text))


def tells(text: str) -> bool:
    """Whether there is a word that is more than grammar and asking."""
    return any(word not in _GRAMMAR for word in _words(text))


def telling_words(text: str) -> tuple[str, ...]:
    """The words that are more than grammar and asking; all of them where none is.

    The grammar is that of the language of which the text has most words: what is grammar in one is a matter in another ("war").
    """
    words = _words(text)
    counted = {one: sum(word in one for word in words) for one in (_GRAMMAR, _GERMAN, _FRENCH, _SPANISH)}
    grammar = max(counted, key=lambda one: counted[one])
    grammar = grammar if counted[grammar] >= FEWEST_OF_LANGUAGE else _GRAMMAR
    return tuple(word for word in words if word not in grammar) or tuple(words)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(unicodedata.normalize("NFC", text))]


_WORD = re.compile(r"[^\W_]+")
_FACT = re.compile(
    r"\W*(?:(?:and|so|but|by|on|at|in|until|since|for|from|to|with|of|bis|seit|um|auf|ab) )*"
    r"(?:when|who|whom|whose|where|which|wann|wer|wem|wen|wo|wohin|welche[mnrs]?|wie ?(?:viele?|lange|oft|hoch|gro\u00df)"
    r"|how (?:many|much|long|often|old|far|big|large|high|few|soon|late|early|fast)"
    r"|what (?:day|date|time|year|month|price|number|percentage|percent|share|name|figure|fee|rate|budget|amount|sum)"
    r"|is|are|was|were|did|does|do|has|have|had|will|would|can|could|should)\b",
    re.IGNORECASE,
)
_GRAMMAR = frozenset(
    # The words of asking are among them: a question that is nothing but asking has no matter.
    "a all an and any anything about are as at be been but by did do does for from had has have he her him his how i in is it "  # noqa: SIM905 - reads better
    "its me my of on or our she so some something that the their them there these they this those to us was we were what when "
    "where which who whom why with you your say said says speak spoke talk talked tell told mention mentioned discuss discussed "
    "think thought please s t d ll re ve".split()
)

_GERMAN = frozenset(
    """aber als am an auch auf aus bei das dass dem den denn der des die doch du ein eine einem einen einer eines er es für
    gesagt haben habt hat hatte hatten herr frau ich ihm ihn ihr ihre im in ist mal man mit nach nicht noch nur ob oder sagt
    sagte schon seit sich sie sind über um und uns unser unsere von vor wann war waren warum was welche welcher welches wem
    wen wer werden wie wir wird wo worden wurde wurden zu zum zur""".split()  # noqa: SIM905 - a block of words reads better
)
_FRENCH = frozenset(
    """a ai as au aux avec avez avons c ce ces cet cette chez combien comment d dans de des dit dire du elle elles en est et
    eu il ils j je l la le les leur leurs ma mais mes mon n ne nos notre nous on ont ou où par pas pour pourquoi qu quand
    que quel quelle quelles quels qui quoi s sa se ses son sont sur t ta tu un une vos votre vous y à été était""".split()  # noqa: SIM905 - likewise
)
_SPANISH = frozenset(
    """a al como con cuál cuáles cuándo cuánto cómo de del dijeron dijo donde dónde e el ella ellos en era es esta este esto
    está fue ha han hay la las le les lo los más me mi no nos nuestra nuestro o para pero por qué que quien quién se ser si
    sin sobre son su sus también te un una usted y ya""".split()  # noqa: SIM905 - likewise
)

_PEOPLE = (
    r"we|you|they|he|she|i|it|(?:any|some|every)(?:one|body)|people|others|the others|all of (?:us|them)|both sides|"
    r"the (?:client|clients|group|team|participants|speakers)"
)
_NOBODY = re.compile(_PEOPLE, re.IGNORECASE)
_NAME = r"[^\s,?!.:;]+(?:\.? [^\s,?!.:;]+){0,3}?"
_WHO = rf"(?P<who>{_PEOPLE}|{_NAME}(?:(?:, | and | or |, and )(?!what\b|how\b|why\b){_NAME}){{0,2}}?)"
_ABOUT = (
    r"(?:about|on|of|regarding|concerning|around|with regard to|with respect to|as to|in relation to|in terms of|"
    r"when it comes to|relating to|related to)"
)
_SAID = (
    r"(?:say(?:ing)?|said|says|talk(?:ed|ing|s)?|speak(?:ing|s)?|spoke|spoken|discuss(?:ed|ing|es)?|mention(?:ed|ing|s)?|"
    r"bring up|brought up|raise[ds]?|raising|touch(?:ed)? (?:up)?on|(?:tell|told) (?:us|me|them|you|everyone)|comment(?:ed)?|"
    r"chat(?:ted)?|(?:have|had|has) to say)(?: to (?:us|me|them|you|each other))?(?: together)?"
)
_HELD = r"(?:think|thought|thinks|thinking|feel|felt|feels|believe[ds]?|make|made)"
_DID = (
    r"(?:ask(?:ed|s)?|promise[ds]?|agree[ds]?|decide[ds]?|suggest(?:ed|s)?|recommend(?:ed|s)?|propose[ds]?|offer(?:ed|s)?|"
    r"answer(?:ed|s)?|reply|replied|object(?:ed)?|argue[ds]?|claim(?:ed|s)?|explain(?:ed|s)?|confirm(?:ed|s)?|complain(?:ed)?|"
    r"admit(?:ted)?|report(?:ed)?|commit(?:ted)?|warn(?:ed)?|insist(?:ed)?|conclude[ds]?|advise[ds]?|describe[ds]?)"
)
_DO = r"(?:did|does|do|has|have|had)(?:n't|n\u2019t)?"
_BE = r"(?:was|were|is|are|has been|have been|had been|got|being)"
_VIEW = r"(?:opinions?|views?|thoughts?|take|position|stance|feelings?|attitude|words|remarks?|comments?|impressions?)"
_EXCHANGE = r"(?:discussions?|conversations?|talks?|debates?|exchanges?|chats?|presentations?)"
_EVER = r"(?:(?:last|first|ever|also|actually|really|all|exactly|already|even|then|once|previously|been) )*"
_OUR = r"(?:(?:the|our|their|any|that|this|whole|team|group|team['\u2019]s|group['\u2019]s) )*"
_WHEN = (
    r"(?:when|where|how (?:often|many times)|(?:in|at|during|on) (?:which|what) (?:meetings?|calls?|points?|days?|dates?)|"
    r"which (?:meetings?|calls?|sessions?)|the (?:first|last) time(?: that)?|when was the (?:first|last) time(?: that)?)"
)

_OPENING = re.compile(
    r"[\s,;:.!?\-]+|(?:hi|hey|hello|ok|okay|so|and|well|please|pls|thanks|kindly|also)\b[\s,:;!]+|"
    r"(?:can|could|would|will) you "
    r"(?=(?:(?:please|kindly|also) )?(?:tell|remind|show|find|give|look|search|summari[sz]e|sum|recap|let)\b)|"
    r"(?:tell|remind|show|let) (?:me|us) (?:please |again |know )?(?:about (?!it\b))?|"
    r"(?:find|look up|look for|search for|search) (?:me |us |out )?(?:whether |if )?|"
    r"(?:i|we)(?:'d|\u2019d| would)? (?:like|want|need|wish) to (?:know|find out|find|see|hear|understand) (?:whether |if )?|"
    r"(?:i am|i'm|i\u2019m|we are|we're) (?:looking for|trying to find|wondering) (?:whether |if )?|i wonder (?:whether |if )?|"
    r"(?:do|does|can|could) (?:you|anyone|we) (?:remember|recall|know) (?:whether |if |exactly )?|"
    r"(?:the |every |any |each |all )*(?:part|place|passage|moment|bit)s? (?=(?:where|when|in which)\b)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:[\s?!.,;:]+|[\s,]+(?:please|pls|thanks|thank you|if at all|"
    r"(?:in|across|from|during|over|throughout) (?:(?:all|any|one|some)(?: of)? )?(?:(?:our|the|my|their|these|those) )?"
    r"(?:(?:past|previous|earlier|other|recorded) )?(?:meetings|calls|conversations|sessions|transcripts|recordings)))\Z",
    re.IGNORECASE,
)


def _frames(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?:{pattern})(?:(?<!\w)|(?!\w))", re.IGNORECASE) for pattern in patterns)


# The first that fits counts. `who` is whom it asks about, `kept` words between the frame's that belong to the matter.
_FRAMES = _frames(
    rf"according to {_WHO}(?=,)",
    rf"(?:what|whatever) {_DO} {_WHO} {_EVER}{_SAID}(?: {_ABOUT})?",
    rf"(?:what|how) {_DO} {_WHO} {_EVER}{_HELD} {_ABOUT}",
    rf"what {_DO} {_WHO} {_EVER}(?P<kept>{_DID})",
    rf"what (?:do|did|does) {_WHO} know {_ABOUT}",
    r"what can you (?:tell|say)(?: (?:me|us))? about",
    rf"what (?:else )?{_BE} {_EVER}(?:{_SAID}|known)(?: about)?(?: by {_WHO})?(?: {_ABOUT})?",
    rf"what (?:else )?{_BE} {_EVER}(?P<kept>{_DID})",
    rf"what {_BE} {_OUR}{_EXCHANGE} {_ABOUT}",
    rf"(?:what {_BE} )?(?:the )?{_VIEW} of {_WHO} (?:about|on|regarding|concerning)",
    rf"(?:what {_BE} )?{_WHO}(?:['\u2019]s?) {_VIEW} {_ABOUT}",
    rf"(?:what|anything|something|everything|all|things)(?: that)? (?:has |have |had )?{_WHO} {_EVER}{_SAID}(?: {_ABOUT})?",
    rf"what (?:has |have |had )?{_WHO} {_EVER}{_HELD} {_ABOUT}",
    rf"what (?:has |have |had )?{_WHO} {_EVER}(?P<kept>{_DID})",
    rf"{_WHEN} {_BE} (?P<kept>.+?) {_EVER}(?:{_SAID})(?: about)?\Z",
    rf"{_WHEN} (?:{_DO} )?{_WHO} {_EVER}{_SAID}(?: {_ABOUT})?",
    rf"{_DO} {_WHO} {_EVER}{_SAID}(?: {_ABOUT}| that)?",
    rf"{_DO} {_WHO} {_EVER}(?P<kept>{_DID})",
    rf"who (?:else )?(?:{_DO} )?{_EVER}{_SAID}(?: {_ABOUT}| that)?",
    rf"(?:when|while) (?:(?:{_PEOPLE}) (?:were |was )?)?(?:talking|discussing|talked|discussed)(?: {_ABOUT})?",
    rf"(?:summari[sz]e|sum up|recap|outline)(?: for (?:me|us))? {_OUR}(?:(?:{_EXCHANGE} )?(?:{_ABOUT}|between))?",
    rf"(?:give (?:me|us) )?(?:an? |the )?(?:short |brief |quick )?(?:summary|overview|gist) of {_OUR}(?:{_EXCHANGE} {_ABOUT})?",
    rf"(?:{_BE} there )?(?:anything|something|everything|any (?:mention|discussion|word)s?)(?: {_BE})?(?: {_SAID})? {_ABOUT}",
    rf"(?:the|our|their|any) {_EXCHANGE} {_ABOUT}",
    r"about(?! to\b)",
)
_SAYING = re.compile(
    rf"\b(?:{_SAID}|{_DID}|met|meet|{_EXCHANGE}|meetings?|calls?|summari[sz]e|recap|hear|heard|come up|came up|told|tell)\b",
    re.IGNORECASE,
)
_ENDS_IN_SAYING = re.compile(rf"\b(?:{_SAID}|{_DID}|met|{_EXCHANGE}|come up|came up)\s*\Z", re.IGNORECASE)
_ENDS_IN_VIEW = re.compile(rf"\b(?:{_SAID}|{_HELD}|complain(?:ed)?) (?:about|of|regarding|concerning)\Z", re.IGNORECASE)
_ABOUT_FIRST = re.compile(rf"\s*{_ABOUT}\b", re.IGNORECASE)
_TO_COME = re.compile(
    r"\b(?:will|shall|due|deadline|next|upcoming|plan(?:s|ned)?|going to|starts?|begins?|launch|expect(?:ed)?|finish|ready)\b",
    re.IGNORECASE,
)
