"""Reading meetings: read, verify, judge, store. Every engine goes this way, so none can skip verification."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analyzer import evidence
from analyzer.dates import parse_date
from analyzer.engines.base import Engine
from analyzer.errors import EngineError, EngineForbidden
from analyzer.model.findings import Assessment, Finding
from analyzer.model.meetings import Client, Meeting
from analyzer.practice import Practice
from analyzer.store import MeetingHead
from analyzer.workspace import LLM, OFFLINE, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """What a round of reading did; `failure` is what stopped it, and then `unread` meetings are left for later."""

    read: int
    unread: int
    failure: EngineError | None = None


def assess(engine: Engine, meeting: Meeting, practice: Practice, now: dt.datetime) -> Assessment:
    """One meeting as one engine reads and judges it, with every quote verified in between."""
    findings, rejected = evidence.verify(meeting, engine.read(meeting, practice))
    findings = tuple(_with_due_date(finding, meeting.date) for finding in findings)
    judgement = evidence.sound(engine.judge(meeting, findings), findings)
    return Assessment(
        meeting=meeting.id,
        revision=meeting.revision,
        engine=engine.identity,
        read_at=now,
        findings=findings,
        rejected=rejected,
        judgement=judgement,
        turns_read=len(meeting.turns),
        usage=dict(engine.usage),
    )


def read_meetings(ws: Workspace, heads: Sequence[MeetingHead], engine_name: str) -> Readings:
    """Read what this engine has not read yet; a failure ends the round and leaves what is done."""
    unread = [head for head in heads if engine_name not in head.readings]
    if not unread:
        return Readings(read=0, unread=0)
    done = 0
    try:
        for client in {head.client_id for head in unread}:
            _allow(ws, client, engine_name)
        engine = ws.engine(engine_name)
        for head in ws.track(unread, "reading"):
            ws.store.save_assessment(assess(engine, ws.store.meeting(head.id), ws.practice, ws.now()))
            done += 1
    except EngineError as failure:
        return Readings(read=done, unread=len(unread) - done, failure=failure)
    return Readings(read=done, unread=0)


def counted_engine(heads: Sequence[MeetingHead], asked: str | None) -> str:
    """Which engine's readings count: the one asked for, else llm where it has read every meeting, else offline."""
    if asked:
        return asked
    if heads and all(LLM in head.readings for head in heads):
        return LLM
    return OFFLINE


def _allow(ws: Workspace, client_id: str | None, engine_name: str) -> None:
    client: Client | None = ws.store.client(client_id) if client_id else None
    if engine_name == LLM and client and client.offline_only:
        raise EngineForbidden(
            f"{client.name} is kept offline: its words are never sent to a model",
            "read it with --engine offline",
        )


def _with_due_date(finding: Finding, meeting_date: dt.date) -> Finding:
    terms = finding.claim.commitment
    if terms is None or terms.due is None or terms.due_date is not None:
        return finding
    dated = replace(terms, due_date=parse_date(terms.due, meeting_date))
    return replace(finding, claim=replace(finding.claim, commitment=dated))
