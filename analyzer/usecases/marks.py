"""Which words of a meeting carry evidence, and what for: as its reading has them, with a person's word laid over it."""

from collections.abc import Iterator

from analyzer.model.findings import About, Assessment, ClaimKind, Evidence, Finding, OpeningId
from analyzer.model.results import Mark
from analyzer.signs import CONDITION_BY_ID, OPENING_BY_ID, SIGN_BY_ID
from analyzer.store import MeetingHead
from analyzer.usecases.motives import read_pairs
from analyzer.usecases.read import counted_engine
from analyzer.workspace import Workspace


def marks(ws: Workspace, head: MeetingHead) -> tuple[tuple[Mark, ...], str]:
    """The marked words of the meeting in reading order, and the name of the engine that read it; empty where none has."""
    engine = counted_engine([head], None)
    read = read_pairs(ws, [head], engine)
    found = {
        Mark(turn=evidence.turn, span=evidence.span, label=label)
        for _, assessment in read
        for evidence, label in (*_judged(assessment), *_told(assessment))
        if evidence.span
    }
    return tuple(sorted(found, key=lambda mark: (mark.turn, mark.span, mark.label))), engine if read else ""


def _judged(assessment: Assessment) -> Iterator[tuple[Evidence, str]]:
    """What a judgement rests on: what was looked at and came to nothing is no evidence."""
    for verdict in assessment.judgement.signs:
        title = f"Sign: {SIGN_BY_ID[verdict.sign].title}"
        for found in verdict.evidence:
            yield found.evidence, f"{title}{', marked by you' if found.evidence in verdict.marked else ''}"
        for found in verdict.counter_evidence:
            yield found.evidence, f"{title}, against it"
    for condition in assessment.judgement.conditions:
        for found in condition.evidence:
            yield found.evidence, f"Condition: {CONDITION_BY_ID[condition.condition].title} ({condition.value.value})"


def _told(assessment: Assessment) -> Iterator[tuple[Evidence, str]]:
    """What was said of openings, promises and advice."""
    for finding in assessment.findings:
        if label := _label(finding):
            yield finding.evidence, label
        for fate in finding.fate:
            yield fate, "What became of our advice"


def _label(finding: Finding) -> str:
    """What the words tell, for people; empty for those of which a judgement decides."""
    claim = finding.claim
    match claim.kind:
        case ClaimKind.OPENING:
            return f"Opening: {OPENING_BY_ID[OpeningId(claim.topic)].title}"
        case ClaimKind.COMMITMENT:
            return "A promise"
        case ClaimKind.RECOMMENDATION:
            return "Our advice"
        case ClaimKind.FOLLOW_UP:
            of_promise = claim.follow_up is not None and claim.follow_up.about is About.PROMISE
            return f"Told of {'an earlier promise' if of_promise else 'earlier advice'}"
        case _:
            return ""
