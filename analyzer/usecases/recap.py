"""The mail after a talk, planned by plain code: what was decided, who does what by when, and which questions are open.

Only words of that very meeting come into it, for those who heard them. What was decided and what is open is taken for it
only where somebody said so: what they meant, the recap does not guess.
"""

import re
from collections.abc import Iterable, Iterator

from analyzer.model.agenda import OpenPromise, Recap, SaidThere
from analyzer.model.findings import Evidence, Match
from analyzer.model.meetings import Meeting, Side, Turn
from analyzer.model.relationship import Picture
from analyzer.relationship.wordlists import FUNCTION
from analyzer.usecases.sieve import Sieve

MOST_DECIDED = 8
MOST_QUESTIONS = 6
TELLING = 2  # words that say more than grammar; with fewer a sentence does not tell what was decided or asked

_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
_WORD = re.compile(r"[^\W_]+")
_DECIDED = re.compile(
    r"\b(?:we(?:'ve| have)?(?: just| now)? (?:decided|agreed|settled)|(?:that|it|this)(?:'s| is) (?:decided|agreed|settled)"
    r"|we(?:'re| are) (?:agreed|going with)|let's (?:go with|settle on|stick with|leave it at|keep|drop|move)"
    r"|we(?:'ll| will| shall) (?:go with|stick with|leave it at)|the decision is)\b"
    r"|^\s*(?:so )?agreed\b[,:]",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"\b(?:shall we|could we|can we|let's|why don't we|what if we|how about|i(?:'d| would) suggest|we could)\b", re.IGNORECASE
)
_YES = re.compile(
    r"^\W*(?:(?:oh|right|well|ah|mm)\W+)?(?:yes|yeah|yep|aye|agreed|deal|done|fine|gladly|absolutely"
    r"|let's do (?:that|it)|go on then|i'd like that|(?:that's )?(?:a )?good idea|happy to|with pleasure)\b",
    re.IGNORECASE,
)
_BUT = re.compile(r"\b(?:but|though|although|except|not|never|only if|unless|maybe|perhaps|depends)\b|n't\b|\?", re.IGNORECASE)
_NOT_NOW = re.compile(
    r"\b(?:not|never|haven't|hasn't|nothing|if|unless|until|whether|before|once|already|last|ago|back|would|could|might|when)\b|n't\b",
    re.IGNORECASE,
)
_LEFT_OPEN = re.compile(
    r"\b(?:(?:i|we)(?:'ll| will| can| must| have to| need to| 'd have to)? (?:find out|check|look into|get back|come back"
    r"|think about|ask around)|(?:i|we) (?:don't|do not) know|nobody knows|not sure(?: yet)?"
    r"|let me (?:check|think|ask|find out|look)|(?:need|have) to (?:think|check|ask|find out)|leave (?:that|it) open"
    r"|park (?:that|it)|open question|still open|to be decided|too early to (?:say|tell)|(?:can't|cannot) (?:say|tell) yet"
    r"|good question)\b",
    re.IGNORECASE,
)


def plan_recap(client: str, practice: str, meeting: Meeting, picture: Picture | None, sieve: Sieve) -> Recap:
    """The recap of one meeting; `picture` is what was read of it, or None, and then nobody's promises are known."""
    return Recap(
        client=client,
        practice=practice,
        people=tuple(speaker.name for speaker in meeting.speakers),
        date=meeting.date,
        decided=_decisions(meeting, picture, sieve)[:MOST_DECIDED],
        promises=tuple(_promises(picture, sieve)) if picture else None,
        questions=_let_through(sieve, meeting, _open_questions(meeting))[:MOST_QUESTIONS],
    )


def _promises(picture: Picture, sieve: Sieve) -> Iterator[OpenPromise]:
    for row in picture.commitments:
        if row.status not in ("done", "dropped") and (promise := sieve.promise(row)):
            yield promise


def _decisions(meeting: Meeting, picture: Picture | None, sieve: Sieve) -> tuple[SaidThere, ...]:
    """What was settled in so many words, then what we advised and they took up there."""
    settled = _let_through(sieve, meeting, _decided(meeting))
    return (*settled, *(sieve.taken_up(picture.recommendations) if picture else ()))


def _let_through(sieve: Sieve, meeting: Meeting, said: Iterable[tuple[Turn, SaidThere]]) -> tuple[SaidThere, ...]:
    return tuple(words for turn, words in said if sieve.quote(_evidence(meeting, turn, words.text)))


def _decided(meeting: Meeting) -> Iterator[tuple[Turn, SaidThere]]:
    """What was settled in so many words, or proposed by one side and at once agreed to by the other."""
    for turn, reply in zip(meeting.turns, (*meeting.turns[1:], None), strict=True):
        sentences = list(_sentences(turn.text))
        for sentence in sentences:
            if _is_settled(_plain(sentence)) and _telling(_DECIDED.sub(" ", _plain(sentence))) >= TELLING:
                yield turn, SaidThere(text=sentence, speaker=turn.speaker)
        if sentences and reply is not None and _is_agreed(turn, sentences[-1], reply):
            yield turn, SaidThere(text=sentences[-1], speaker=turn.speaker, agreed=reply.speaker)


def _is_settled(sentence: str) -> bool:
    return bool(_DECIDED.search(sentence)) and not sentence.endswith("?") and not _NOT_NOW.search(sentence)


def _is_agreed(turn: Turn, proposed: str, reply: Turn) -> bool:
    """Whether the other side says yes to a proposal, and has no "but"."""
    other_side = {turn.side, reply.side} == {Side.OURS, Side.THEIRS}
    said = _plain(reply.text)
    proposal = _PROPOSED.search(_plain(proposed)) and _telling(proposed) >= TELLING
    return other_side and bool(proposal and _YES.match(said)) and not _BUT.search(said) and not _is_settled(_plain(proposed))


def _open_questions(meeting: Meeting) -> Iterator[tuple[Turn, SaidThere]]:
    """Questions that the next one to speak put off, or said to be open."""
    for turn, reply in zip(meeting.turns, meeting.turns[1:], strict=False):
        asked = [sentence for sentence in _sentences(turn.text) if sentence.endswith("?") and _telling(sentence) >= TELLING]
        first = next(_sentences(reply.text), "")
        if asked and turn.speaker != reply.speaker and _LEFT_OPEN.search(_plain(first)):
            yield turn, SaidThere(text=asked[-1], speaker=turn.speaker)


def _sentences(text: str) -> Iterator[str]:
    yield from (" ".join(match.group().split()) for match in _SENTENCE.finditer(text) if match.group().strip())


def _plain(sentence: str) -> str:
    return sentence.replace("\u2019", "'")


def _telling(sentence: str) -> int:
    return sum(word not in FUNCTION for word in _WORD.findall(sentence.casefold()))


def _evidence(meeting: Meeting, turn: Turn, words: str) -> Evidence:
    return Evidence(
        meeting=meeting.id,
        turn=turn.ordinal,
        speaker=turn.speaker,
        side=turn.side.value,
        start=turn.start,
        quote=words,
        match=Match.NORMALISED,
        span=None,
    )
