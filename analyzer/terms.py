"""What goes with a quote that was really said: who promises whom, what, by when, and what became of advice.

A quote alone proves little of what an engine says about it. Names must be speakers', a day must have been said near by, and
advice was taken only where their side says so; what is not sure becomes None or unknown. What goes to others is held to more.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from analyzer.model.findings import Claim, CommitmentTerms, Evidence, Outcome, RecommendationTerms
from analyzer.model.meetings import Meeting, Side, Turn
from analyzer.quotes import says

DUE_REACH = 2
WHAT_REACH = 10
"""Turns around a quote in which the words for a thing are looked for: people say "it" for what was named before."""
HEARD_SHARE = 0.5
"""Share of the telling words of a description that must have been heard there: a judgement, not a fitted number."""

_TELLING = 5  # letters; shorter words are mostly grammar
_STEM = 5
_WORD = re.compile(r"[^\W_]+")
_MYSELF = re.compile(r"\bi(?:['\u2019]ll|['\u2019]m going to| will| shall| am going to)\b", re.IGNORECASE)
_SENTENCES = re.compile(r"[.!?]\s")
_TAKEN = (Outcome.ADOPTED, Outcome.MODIFIED)


def made_sure(meeting: Meeting, claim: Claim, evidence: Evidence, fate: Sequence[Evidence]) -> tuple[Claim, tuple[str, ...]]:
    """The claim with terms that are sure, and a stable code for each that was not.

    `due_not_found`, `outcome_not_theirs`; `fate` is the verified evidence of an outcome.
    """
    unsure: list[str] = []
    if claim.commitment is not None:
        claim = replace(claim, commitment=_commitment(meeting, claim.commitment, evidence, unsure))
    if claim.follow_up is not None:
        told = replace(claim.follow_up, owner=_speaker(meeting, claim.follow_up.owner))
        if told.outcome in _TAKEN and evidence.side != Side.THEIRS:
            unsure.append("outcome_not_theirs")
            told = replace(told, outcome=Outcome.UNKNOWN)
        claim = replace(claim, follow_up=told)
    if claim.recommendation is not None:
        claim = replace(claim, recommendation=_advice(claim.recommendation, fate, unsure))
    return claim, tuple(unsure)


def _commitment(meeting: Meeting, terms: CommitmentTerms, evidence: Evidence, unsure: list[str]) -> CommitmentTerms:
    if not _due_was_said(meeting, terms, evidence.turn):
        unsure.append("due_not_found")
        terms = replace(terms, due=None, due_date=None)
    giver, receiver = _speaker(meeting, terms.giver), _speaker(meeting, terms.receiver)
    return replace(terms, giver=giver, receiver=receiver)


def _advice(terms: RecommendationTerms, fate: Sequence[Evidence], unsure: list[str]) -> RecommendationTerms:
    outcome = terms.outcome if fate else Outcome.UNKNOWN
    if outcome in _TAKEN and not any(found.side == Side.THEIRS for found in fate):
        unsure.append("outcome_not_theirs")
        outcome = Outcome.UNKNOWN
    return replace(terms, outcome=outcome)


def was_heard(meeting: Meeting, what: str, turn: int) -> bool:
    """Whether enough of the telling words of a description were heard around a turn, or are speakers' names.

    For what is told to others in an engine's own words: they must be tied to what was said.
    """
    telling = _telling(what)
    near = (t.text for t in _around(meeting, turn, WHAT_REACH))
    known = {stem for text in (*near, *(s.name for s in meeting.speakers)) for stem in _stems(_words(text))}
    return bool(telling) and sum(stem in known for stem in _stems(telling)) >= HEARD_SHARE * len(telling)


def is_for_another(quote: str, giver: str, speaker: str) -> bool:
    """Whether somebody is said to owe what another speaker takes on in a single sentence: who says "I'll" means nobody else."""
    return giver != speaker and bool(_MYSELF.search(quote)) and not _SENTENCES.search(quote.strip())


def _around(meeting: Meeting, turn: int, reach: int) -> list[Turn]:
    return [t for t in meeting.turns if abs(t.ordinal - turn) <= reach]


def _telling(text: str) -> list[str]:
    words = _words(text)
    return [word for word in words if len(word) >= _TELLING or word.isdigit()] or words


def _words(text: str) -> list[str]:
    return _WORD.findall(_plain(text))


def _stems(words: Iterable[str]) -> list[str]:
    return [word[:_STEM] for word in words]


def _due_was_said(meeting: Meeting, terms: CommitmentTerms, turn: int) -> bool:
    """Whether the due words, if there are any, stand in the turn of the promise or up to two turns beside it."""
    if terms.due is None:
        return terms.due_date is None
    return any(says(t.text, terms.due) for t in _around(meeting, turn, DUE_REACH))


def _speaker(meeting: Meeting, name: str | None) -> str | None:
    """The speaker of that name, however it is capitalised or spaced, else the only one with all its words in theirs.

    "Ana" is Ana Bell where no other Ana speaks. What stands in brackets is no part of a name: an organisation is nobody.
    """
    if name is None:
        return None
    names = {s.name for s in meeting.speakers}
    parts = _name_parts(name)
    for fits in ({n for n in names if _plain(n) == _plain(name)}, {n for n in names if parts and parts <= _name_parts(n)}):
        if fits:
            return fits.pop() if len(fits) == 1 else None
    return None


def _name_parts(name: str) -> frozenset[str]:
    bare = re.sub(r"[(\[].*", "", _plain(name))
    return frozenset(part for part in (word.strip(",.;:") for word in bare.split()) if part)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", " ".join(name.split()).casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))
