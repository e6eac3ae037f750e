"""Reading meetings: read, verify, judge, store. Every engine goes this way, so none can skip verification."""

import datetime as dt
import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from analyzer.engines.base import Engine
from analyzer.errors import (
    EngineError,
    EngineForbidden,
    KeyMissing,
    KeyRefused,
    NotAgreed,
    ProviderMissing,
    RateLimited,
    ServerUnreachable,
)
from analyzer.model.findings import Assessment
from analyzer.model.meetings import Meeting
from analyzer.model.results import Failure
from analyzer.practice import Practice
from analyzer.soundness import sound
from analyzer.store import MeetingHead
from analyzer.usecases.notes import notes_for
from analyzer.usecases.parallel import as_done
from analyzer.usecases.permission import sendable
from analyzer.usecases.person import said
from analyzer.workspace import LLM, OFFLINE, Workspace

if TYPE_CHECKING:
    from analyzer.usecases.weighing import Words

ASK_FROM = 4  # so many meetings are not sent to a model without being asked for
_FOR_EVERY_MEETING = (KeyMissing, KeyRefused, ServerUnreachable, RateLimited, ProviderMissing)


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How a round of reading goes.

    `again` reads what was read already, `finish` what was read in part; `notes` sends a person's notes along.
    """

    again: bool = False
    finish: bool = False
    notes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """What a round of reading did; `failure` is the last that went wrong, and then `unread` meetings are left for later."""

    read: int
    unread: int
    failure: EngineError | None = None


def assess(
    engine: Engine,
    meeting: Meeting,
    practice: Practice,
    now: Callable[[], dt.datetime],
    *,
    notes: Sequence[str] = (),
    out: "Words" = (),
) -> Assessment:
    """One meeting as one engine reads and judges it, with every quote verified in between.

    `notes`, and words that a person took `out` (by sign and turn), shape the judgement. Raises EngineError, whose `usage` is
    what was spent.
    """
    from analyzer.usecases.weighing import verified, weighed  # what tells of readings on record imports this module as well

    began = now()
    claims = engine.read(meeting, practice)
    reading = verified(meeting, claims)
    left = weighed(reading, out)
    try:
        judged = engine.judge(meeting, left, practice, notes)
    except EngineError as error:
        error.usage = dict(Counter(error.usage) + Counter(claims.usage))
        raise
    usage = Counter(claims.usage) + Counter(judged.usage)
    told = {"notes": str(len(notes)), "dismissed": str(len(reading.findings) - len(left.findings))}
    return Assessment(
        meeting=meeting.id,
        revision=meeting.revision,
        engine=engine.identity,
        read_at=now(),
        findings=reading.findings,
        rejected=reading.rejected,
        judgement=sound(replace(judged, usage={}), left.findings),
        turns_read=len(meeting.turns) - sum(gap.last - gap.first + 1 for gap in claims.gaps),
        usage=dict(usage),
        gaps=claims.gaps,
        transcript=transcript_hash(meeting),
        parameters=dict(engine.parameters) | {key: value for key, value in told.items() if value != "0"},
        seconds=round((now() - began).total_seconds(), 3),
    )


def transcript_hash(meeting: Meeting) -> str:
    """The same for two revisions in which the same people on the same sides say the same words."""
    said_by = "\n".join(f"{t.side.value}\t{t.speaker}\t{t.text}" for t in meeting.turns)
    return hashlib.sha256(said_by.encode(errors="replace")).hexdigest()[:16]


def read_meetings(ws: Workspace, heads: Sequence[MeetingHead], engine_name: str, how: How = How()) -> Readings:
    """Read what this engine has not read yet, or more of it as `how` says.

    A meeting that the model or its server will not read is left out and the others go on; what would fail for every
    meeting (no key, no connection, a rate limit) ends the round. What is done stays done either way.
    """
    unread = [head for head in heads if how.again or engine_name not in head.readings or _to_finish(head, engine_name, how)]
    if how.notes and len(unread) < len(heads):
        ws.notice("notes_not_sent", "meetings that are read already are not judged anew with your notes: add --reread")
    if not unread:
        return Readings(read=0, unread=0)
    done, failures = 0, dict[str, EngineError]()
    failed: EngineError | None = None
    try:
        allowed = sendable(ws, unread) if engine_name == LLM else unread
        _agree(ws, allowed, engine_name, how)
        ws.step("assessing")
        with closing(_read_all(ws, allowed, engine_name, how)) as readings:
            for head, outcome in readings:
                if isinstance(outcome, Assessment):
                    ws.store.save_assessment(outcome)
                    ws.step("assessed")
                    _tell_gaps(ws, head, outcome)
                    done += 1
                    continue
                failures[head.slug] = outcome
                if not isinstance(failed, _FOR_EVERY_MEETING):  # what stopped all is what is told
                    failed = outcome
    except EngineError as failure:
        failed = failure
    for slug in (head.slug for head in unread if head.slug in failures):  # they come in the order in which they ended
        if not isinstance(failures[slug], _FOR_EVERY_MEETING):
            ws.notice("not_read", f"{slug} is not read: {failures[slug].message}")
    return Readings(read=done, unread=len(unread) - done, failure=failed)


def _read_all(
    ws: Workspace, heads: Sequence[MeetingHead], engine_name: str, how: How
) -> Generator[tuple[MeetingHead, Assessment | EngineError]]:
    """Every meeting with its assessment or what went wrong; none is begun any more where the same would go wrong for all."""
    from analyzer.usecases.weighing import taken_out

    engine, practice = ws.engine(engine_name), ws.practice
    stop = threading.Event()

    def read(head: MeetingHead) -> Assessment | None:
        if stop.is_set():
            return None
        meeting = ws.store.meeting(head.id)
        notes = notes_for(ws, head) if how.notes and engine_name == LLM else ()
        try:
            return assess(engine, meeting, practice, ws.now, notes=notes, out=taken_out(said(ws, meeting)))
        except _FOR_EVERY_MEETING:
            stop.set()
            raise

    def label() -> str:
        tokens = ws.spent["input_tokens"] + ws.spent["output_tokens"]
        return f"reading ({tokens:,} tokens)" if tokens else "reading"

    workers = ws.settings.parallel if engine_name == LLM else 1
    with closing(as_done(read, heads, workers)) as results:
        for _ in ws.track(heads, label):
            head, outcome = next(results)
            if isinstance(outcome, Exception) and not isinstance(outcome, EngineError):
                raise outcome
            if outcome is not None:
                yield head, outcome


def unread_failure(failure: EngineError, unread: int, ref: str, *, again: bool = False) -> Failure:
    """A failed reading, with the word that nothing is lost and what reads the rest later.

    `ref` is a client or a meeting; `again` says that they had been read before, and were to be read anew.
    """
    stored = "1 meeting is" if unread == 1 else f"{unread} meetings are"
    message = f"{failure.message.rstrip(' .')}; {stored} {'not read again' if again else 'stored but not read'}"
    more = " --reread" if again else ""
    hint = failure.hint.rstrip(" .")
    if isinstance(failure, NotAgreed):
        hint = f"`analyzer motives {ref} --engine llm{more} --yes` reads them; --dry-run tells first how much it is"
    elif not isinstance(failure, EngineForbidden):  # a client that is kept offline is never read by a model
        later = f"`analyzer motives {ref} --engine llm{more}` reads what is left"
        hint = f"{hint[0].lower()}{hint[1:]}; then {later}" if hint else later
    return Failure(code=failure.code, message=message, hint=hint)


def counted_engine(heads: Sequence[MeetingHead], asked: str | None) -> str:
    """Which engine's readings count: the one asked for, else llm where it has read every meeting, else offline."""
    if asked:
        return asked
    if heads and all(LLM in head.readings for head in heads):
        return LLM
    return OFFLINE


def _to_finish(head: MeetingHead, engine_name: str, how: How) -> bool:
    return how.finish and engine_name in head.partly_read


def _agree(ws: Workspace, heads: Sequence[MeetingHead], engine_name: str, how: How) -> None:
    """Ask before many meetings go to a model. Raises NotAgreed."""
    if engine_name != LLM or len(heads) < ASK_FROM:
        return
    from analyzer.usecases.planning import plan

    planned = plan(ws, heads, with_notes=how.notes)
    if planned.calls and not ws.agree(planned.told()):
        raise NotAgreed(f"{planned.told()}, and nobody agreed to that", "Add --yes, or look first with --dry-run.")


def _tell_gaps(ws: Workspace, head: MeetingHead, assessment: Assessment) -> None:
    for gap in assessment.gaps:
        ws.notice(
            "part_not_read",
            f"{head.slug}: turns {gap.first} to {gap.last} were not read ({gap.why}); "
            f"`analyzer motives {head.slug} --engine {assessment.engine.name}` tries them again",
        )
