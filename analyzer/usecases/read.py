"""Reading meetings: read, verify, judge, store. Every engine goes this way, so none can skip verification."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analyzer import evidence
from analyzer.dates import parse_date
from analyzer.engines.base import Engine
from analyzer.errors import AnswerUnusable, EngineError, EngineForbidden, RequestRefused
from analyzer.model.findings import Assessment, Finding
from analyzer.model.meetings import Client, Meeting
from analyzer.model.results import Failure
from analyzer.practice import Practice
from analyzer.store import MeetingHead
from analyzer.workspace import LLM, OFFLINE, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """What a round of reading did; `failure` is the last that went wrong, and then `unread` meetings are left for later."""

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
    """Read what this engine has not read yet.

    A meeting that the model or its server will not read is left out and the others go on; what would fail for every
    meeting (no key, no connection, a rate limit) ends the round. What is done stays done either way.
    """
    unread = [head for head in heads if engine_name not in head.readings]
    if not unread:
        return Readings(read=0, unread=0)
    done = 0
    failed: EngineError | None = None
    try:
        for client in {head.client_id for head in unread}:
            _allow(ws, client, engine_name)
        engine = ws.engine(engine_name)
        for head in ws.track(unread, "reading"):
            try:
                ws.store.save_assessment(assess(engine, ws.store.meeting(head.id), ws.practice, ws.now()))
                done += 1
            except (RequestRefused, AnswerUnusable) as failure:
                failed = failure
                ws.notice("not_read", f"{head.slug} is not read: {failure.message}")
    except EngineError as failure:
        failed = failure
    return Readings(read=done, unread=len(unread) - done, failure=failed)


def unread_failure(failure: EngineError, unread: int, ref: str) -> Failure:
    """A failed reading, with the word that nothing is lost and what reads the rest later; `ref` is a client or a meeting."""
    stored = "1 meeting is" if unread == 1 else f"{unread} meetings are"
    message = f"{failure.message.rstrip(' .')}; {stored} stored but not read"
    hint = failure.hint.rstrip(" .")
    if not isinstance(failure, EngineForbidden):  # a client that is kept offline is never read by a model
        later = f"`analyzer motives {ref} --engine llm` reads what is left"
        hint = f"{hint[0].lower()}{hint[1:]}; then {later}" if hint else later
    return Failure(code=failure.code, message=message, hint=hint)


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
