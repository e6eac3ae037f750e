"""Between reading and judging: what was verified of the claims, and what of it is weighed."""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

from analyzer import evidence
from analyzer.dates import parse_date
from analyzer.model.findings import ClaimKind, Claims, Finding, Polarity, Reading, SignId
from analyzer.model.meetings import Meeting
from analyzer.model.person import Said

Words = Collection[tuple[SignId, int]]


def verified(meeting: Meeting, claims: Claims) -> Reading:
    """All that was really said of what an engine claims, with the dates that were meant."""
    findings, rejected = evidence.verify(meeting, claims.claims)
    dated = tuple(_with_due_date(finding, meeting.date) for finding in findings)
    return Reading(findings=dated, rejected=rejected, gaps=claims.gaps)


def weighed(reading: Reading, out: Words) -> Reading:
    """The reading as a judge sees it: without the words, by sign and turn, that a person took out."""
    return replace(reading, findings=tuple(f for f in reading.findings if not _is_out(f, out)))


def taken_out(words: Said) -> Words:
    """The words, by sign and turn, that a person does not want weighed; what was marked as well stays in."""
    return frozenset(words.dismissed) - words.marked


def _is_out(finding: Finding, out: Words) -> bool:
    claim = finding.claim
    speaks_for = claim.kind is ClaimKind.SIGN and claim.polarity is Polarity.FOR
    return speaks_for and (SignId(claim.topic), finding.evidence.turn) in out


def _with_due_date(finding: Finding, meeting_date: dt.date) -> Finding:
    terms = finding.claim.commitment
    if terms is None or terms.due is None or terms.due_date is not None:
        return finding
    dated = replace(terms, due_date=parse_date(terms.due, meeting_date))
    return replace(finding, claim=replace(finding.claim, commitment=dated))
