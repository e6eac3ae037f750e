"""Which question for the record is asked, and about whom, when and what; or none, and then it is one for search.

No model: a question fits one of the wordings of `record.wordings` as a whole, when the days and the client that stand beside
them are taken off, and who is named in it is our side, theirs, a client or somebody who spoke. "What did they promise the
works council about shifts" has the words of a question about promises and names somebody whom the record does not know.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from analyzer.errors import Ambiguous, NotFound
from analyzer.model.findings import Outcome, SignId
from analyzer.model.meetings import Side
from analyzer.names import fold_text
from analyzer.signs import SIGNS
from analyzer.usecases import resolve
from analyzer.usecases.periods import Period, find_period
from analyzer.usecases.record.names import Known, Party, party_called, plain, words_of
from analyzer.usecases.record.wordings import Intent, patterns

LONGEST = 200  # characters; who asks for more than this says more than a wording can
NAME_WORDS = 6  # so many words before the question itself may be a client's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question for the record. `by` and `to` are giver and receiver, `who` is whom it is about otherwise.

    `meeting` is the id of one meeting; `sign` None asks about every sign; `fates` are the outcomes of advice that are asked
    for, all where empty; `unsettled` asks for promises that are not known to be done or dropped, `overdue` for those of
    them whose day has passed; `everyone` asks about all clients together.
    """

    intent: Intent
    by: Party | None = None
    to: Party | None = None
    who: Party | None = None
    period: Period | None = None
    meeting: str | None = None
    sign: SignId | None = None
    fates: frozenset[Outcome] = frozenset()
    unsettled: bool = False
    overdue: bool = False
    everyone: bool = False

    @property
    def parties(self) -> tuple[Party, ...]:
        return tuple(party for party in (self.by, self.to, self.who) if party is not None)

    @property
    def clients(self) -> frozenset[str]:
        """The ids of the clients that are named; more than one where a name fits several."""
        return frozenset().union(*(party.clients for party in self.parties))


def asked(question: str, known: Known, today: dt.date) -> Asked | None:
    """What is asked of the record, or None. Never raises."""
    folded = fold_text(" ".join(question.split()))
    text = plain(folded)
    if not text or len(text) > LONGEST:
        return None
    for rest, period, who in _peeled(text, known, today):
        for intent, pattern in patterns(with_client=who is not None and bool(who.clients)):
            match = pattern.fullmatch(rest)
            found = match and _read(Asked(intent=intent, period=period, who=who), match.groupdict(), known, today)
            if found:
                return replace(
                    found,
                    unsettled=bool(_UNSETTLED.search(folded)),
                    overdue=bool(_LATE.search(text)),
                    everyone=_means_everyone(found, text),
                )
    return None


def no_such_sign(question: str, known: Known, today: dt.date) -> str:
    """The number of a sign that the question asks the record for and that there is not; else empty."""
    match = _OTHER_NUMBER.search(fold_text(question))
    number = match["n"] if match else ""
    if not number or number in _NUMBERS:
        return ""
    return number if asked(_OTHER_NUMBER.sub("sign 1", fold_text(question)), known, today) else ""


def _peeled(text: str, known: Known, today: dt.date) -> Iterator[tuple[str, Period | None, Party | None]]:
    """The question as it is, and without the days and the client or person that stand beside it."""
    period = find_period(text, today)
    timeless = " ".join((text[: period.start] + text[period.end :]).split()) if period else ""
    texts: list[tuple[str, Period | None]] = [(text, None), *([(timeless, period)] if timeless else [])]
    for rest, when in texts:
        yield rest, when, None
    for rest, when in texts:
        for shorter, who in _without_party(rest, known):
            yield shorter, when, who
            if when is None and (inner := find_period(shorter, today)):
                yield " ".join((shorter[: inner.start] + shorter[inner.end :]).split()), inner, who


def _without_party(text: str, known: Known) -> Iterator[tuple[str, Party]]:
    for beside in reversed(list(re.finditer(r" (?:with|at|for|from|of|on|across|in|and|mit|bei)(?= )", text))):
        who = party_called(text[beside.end() + 1 :], known)
        if who is not None:
            yield text[: beside.start()], who
    words = re.sub(r"^(?:with|at|for|from|in|across) ", "", text).split()
    for many in range(min(NAME_WORDS, len(words) - 1), 0, -1):
        who = party_called(" ".join(words[:many]), known)
        if who is not None and who.clients:
            yield " ".join(words[many:]), who


def _read(frame: Asked, slots: Mapping[str, str | None], known: Known, today: dt.date) -> Asked | None:
    """The question with its slots understood; None where one of them names nobody, or whom such a question cannot name."""
    found = frame
    for slot, text in slots.items():
        if text is None:
            continue
        filled = _fill(found, slot, text, known, today)
        if filled is None:
            return None
        found = filled
    return found if _makes_sense(found) else None


def _fill(found: Asked, slot: str, text: str, known: Known, today: dt.date) -> Asked | None:
    match slot:
        case "sign":
            return _with_sign(found, text)
        case "meeting":
            return _with_meeting(found, text, known, today)
        case "fate":
            fates = next((fates for pattern, fates in _FATES if pattern.fullmatch(text)), None)
            return None if fates is None else replace(found, fates=fates)
        case _:
            party = party_called(text, known)
            return None if party is None or (slot == "who" and found.who) else _with_party(found, slot, party)


def _with_party(found: Asked, slot: str, party: Party) -> Asked:
    match slot:
        case "by":
            return replace(found, by=party)
        case "to":
            return replace(found, to=party)
        case _:
            return replace(found, who=party)


def _makes_sense(found: Asked) -> bool:
    """Whether the sides are those of such a question: ours promise theirs or theirs ours, and it is ours who advise and meet."""
    named = [party.clients for party in found.parties if party.clients]
    if any(other != named[0] for other in named):
        return False
    match found.intent:
        case Intent.PROMISES:
            persons = found.by and found.by.person and found.to and found.to.person
            return bool(persons) or not (found.by and found.to and found.by.side is found.to.side)
        case Intent.ADVICE:
            return (found.by is None or found.by.side is Side.OURS) and _is_theirs(found.who)
        case Intent.SIGNS | Intent.CLIENTS_WITH_SIGN:
            return _is_theirs(found.who) and not (found.who and found.who.person)
        case Intent.WHO_WAS_THERE | Intent.WAS_THERE:
            return found.intent is Intent.WHO_WAS_THERE or bool(found.by and found.by.person)
        case _:
            return _is_theirs(found.who)


def _means_everyone(found: Asked, text: str) -> bool:
    """Whether all clients are asked about, by the question itself."""
    which = found.intent in (Intent.CLIENTS_WITH_SIGN, Intent.OUR_CLIENTS) or _WHICH_CLIENTS.search(text)
    return bool(which) or any(party.everyone for party in found.parties)


def _is_theirs(party: Party | None) -> bool:
    return party is None or party.side is not Side.OURS


def _with_sign(found: Asked, text: str) -> Asked | None:
    """The sign that is meant by its number or title, or every one; None where the text names no sign."""
    if _ANY_SIGN.fullmatch(text):
        return found
    if numbered := _NUMBERED.fullmatch(text):
        number = _NUMBERS[numbered["n"] or numbered["nth"]]
        return next((replace(found, sign=sign.id) for sign in SIGNS if sign.number == number), None)
    titled = re.sub(r"^(?:the |a |any )?(?:(?:warning )?signs? )?(?:of |called |for |that it is )?(?:\b)", "", text)
    by_title = _titled(titled, least=1 if titled != text and "sign" in text else 2)
    return replace(found, sign=by_title) if by_title else None


def _titled(text: str, *, least: int) -> SignId | None:
    """The only sign whose title begins so, or has all the telling words of the text, at least so many of them."""
    try:
        return resolve.sign(text).id if len(text.split()) >= least else None
    except (NotFound, Ambiguous):
        pass
    words = {word for word in words_of(text) if word not in _SMALL}
    fitting = [sign.id for sign in SIGNS if words <= set(words_of(f"{sign.title} {sign.id.replace('_', ' ')}"))]
    return fitting[0] if len(words) >= least and len(fitting) == 1 else None


def _with_meeting(found: Asked, text: str, known: Known, today: dt.date) -> Asked | None:
    """The meeting that is meant: the last one, one by its name or title, or those of some days."""
    if re.fullmatch(r"(?:(?:the|that|this|our) )?(?:meeting|call|session|it)", text):
        return found
    called = _CALLED.match(text)
    title, words = (text[called.end() :], _telling) if called else (text, words_of)
    named = [head.id for head in known.heads if text in (head.slug, head.id.lower()) or words(title) == words(head.title)]
    if len(named) == 1:
        return replace(found, meeting=named[0])
    said = f"at {text}"
    period = find_period(said, today)
    whole = period is not None and not said[: period.start].strip(" at") and not said[period.end :].strip()
    return replace(found, period=period) if whole and found.period is None else None


def _telling(title: str) -> list[str]:
    """The words of a title that tell it from others: "in Goole" is "At Goole"."""
    words = words_of(title)
    return [word for word in words if word not in _SMALL] or words


_CALLED = re.compile(r"(?:the |our |that )?(?:meeting|call|session) (?:called |about |on |(?=at |in ))")
_SMALL = frozenset("the a an of to be for by us our their its that it is as in and or with at on".split())  # noqa: SIM905 - reads better
_NUMBERS = {
    word: number
    for number, words in enumerate(("1 1st one first", "2 2nd two second", "3 3rd three third", "4 4th four fourth"), start=1)
    for word in words.split()
}
_ANY_SIGN = re.compile(
    r"(?:(?:any|a|some|the)(?: of the)? )?(?:(?:four )?(?:warning )?signs?)|(?:ein |welche )?(?:warn|an)?zeichen"
)
_NUMBERED = re.compile(
    r"(?:the |das )?(?:warning )?(?:sign|(?:warn|an)?zeichen) (?:number |nummer |no\.? ?|nr\.? ?|#)?"
    r"(?P<n>[1-4]|one|two|three|four)"  # as in `_NUMBERS`
    r"|(?:the )?(?P<nth>1st|2nd|3rd|4th|first|second|third|fourth) (?:warning )?sign"
)
_OTHER_NUMBER = re.compile(r"\bsign (?:number |no\.? ?|nr\.? ?|#)?(?P<n>\d{1,3})\b")
_UNSETTLED = re.compile(
    r"\b(?:still|open|outstanding|pending|overdue|due|late|unkept|unfulfilled|not kept|not done|owe[sd]?|on the hook"
    r"|(?:have|need) to|schulde[nt]?|offenen?|uberfalligen?)\b"
)
_WHICH_CLIENTS = re.compile(r"\b(?:which|what)(?: one)?(?: of)?(?: our| my| the)? clients?\b")
_LATE = re.compile(r"\b(?:overdue|late|uberfalligen?)\b")
_TAKEN = frozenset([Outcome.ADOPTED, Outcome.MODIFIED])
_NOT = frozenset([Outcome.IGNORED, Outcome.DEFERRED, Outcome.REVERSED])
_FATES: tuple[tuple[re.Pattern[str], frozenset[Outcome]], ...] = tuple(
    (re.compile(pattern), fates)
    for pattern, fates in (
        (
            r"(?:take|taken|took)(?: up)?|follow(?:ed)?|adopt(?:ed)?|accept(?:ed)?|used?|act(?:ed)? (?:up)?on|listen(?:ed)? to",
            _TAKEN,
        ),
        (r"not (?:(?:be )?taken(?: up)?|follow(?:ed)?|adopt(?:ed)?|accept(?:ed)?)|turned? down|reject(?:ed)?|refused?", _NOT),
        (r"ignored?", frozenset([Outcome.IGNORED])),
        (r"revers(?:e|ed)|undone", frozenset([Outcome.REVERSED])),
        (r"defer(?:red)?|postponed?|put off", frozenset([Outcome.DEFERRED])),
        (r"modif(?:y|ied)|changed?|adapted", frozenset([Outcome.MODIFIED])),
    )
)
