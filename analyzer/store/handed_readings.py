"""Whether a reading that another home made can be relied on here: whole, about what was said, and quoting nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from analyzer.model.findings import (
    Assessment,
    ClaimKind,
    ConditionId,
    Evidence,
    Finding,
    Match,
    OpeningId,
    SignId,
)

Spoken = tuple[str, str, str]
"""Speaker, side and words of a turn."""

_TOPICS: dict[ClaimKind, frozenset[str]] = {
    ClaimKind.SIGN: frozenset(SignId),
    ClaimKind.OPENING: frozenset(OpeningId),
    ClaimKind.CONDITION: frozenset(ConditionId),
}


def spoken(found: Mapping[str, list[dict[str, Any]]]) -> dict[int, list[Spoken]]:
    """The turns of each revision, from the rows of a meeting."""
    voices = {(row["revision"], row["ordinal"]): (row["name"], row["side"]) for row in found["speakers"]}
    said: dict[int, list[Spoken]] = {row["number"]: [] for row in found["revisions"]}
    for row in sorted(found["turns"], key=lambda row: (row["revision"], row["ordinal"])):
        said[row["revision"]].append((*voices[row["revision"], row["speaker"]], row["text"]))
    return said


def as_read(reading: Assessment) -> Assessment:
    """The reading without a person's word, which a kept one never has: it is laid over it when it is told."""
    judgement = reading.judgement
    signs = tuple(replace(verdict, reader=None, person=None, dismissed=(), marked=()) for verdict in judgement.signs)
    return replace(reading, judgement=replace(judgement, signs=signs))


def misread(reading: Assessment, meeting: str, revision: int, said: Sequence[Spoken]) -> str:
    """What is wrong with a reading of these turns, in words that follow its name; empty where nothing is."""
    if (reading.meeting, reading.revision) != (meeting, revision) or not reading.engine.name or reading.read_at.tzinfo is None:
        return "is of something else"
    signs = [verdict.sign for verdict in reading.judgement.signs]
    conditions = [verdict.condition for verdict in reading.judgement.conditions]
    if sorted(signs) != sorted(SignId) or sorted(conditions) != sorted(ConditionId):
        return "does not judge everything that is to be judged"
    if not all(map(_is_formed, _findings(reading))):
        return "has a finding of nothing"
    if not all(_was_said(words, meeting, said) for words in _quoted(reading)):
        return "quotes what was not said"
    if not all(0 <= gap.first <= gap.last < len(said) for gap in reading.gaps) or not 0 <= reading.turns_read <= len(said):
        return "is of other turns"
    return ""


def _findings(reading: Assessment) -> Iterator[Finding]:
    judged = reading.judgement
    yield from reading.findings
    yield from chain.from_iterable((*verdict.evidence, *verdict.counter_evidence) for verdict in judged.signs)
    yield from chain.from_iterable(verdict.evidence for verdict in judged.conditions)


def _is_formed(finding: Finding) -> bool:
    """Whether the claim has what its kind needs."""
    claim = finding.claim
    topics = _TOPICS.get(claim.kind)
    needed = {
        ClaimKind.COMMITMENT: claim.commitment,
        ClaimKind.RECOMMENDATION: claim.recommendation,
        ClaimKind.FOLLOW_UP: claim.follow_up,
    }
    return (topics is None or claim.topic in topics) and needed.get(claim.kind, claim) is not None


def _quoted(reading: Assessment) -> Iterator[Evidence]:
    for finding in _findings(reading):
        yield finding.evidence
        yield from finding.fate


def _was_said(words: Evidence, meeting: str, said: Sequence[Spoken]) -> bool:
    """Whether the words stand where they are said to stand, in the mouth of who is said to have said them."""
    if words.meeting != meeting or not 0 <= words.turn < len(said) or words.span is None or words.match is Match.NOT_FOUND:
        return False
    speaker, side, text = said[words.turn]
    first, end = words.span
    return 0 <= first < end <= len(text) and (words.quote, words.speaker, words.side) == (text[first:end], speaker, side)
