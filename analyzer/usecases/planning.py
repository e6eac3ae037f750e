"""What a reading by a model would send, and about how much: asked before it is done, or shown in place of doing it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analyzer.model.sending import PlannedMeeting, Preview, ReadingPlan, Sending
from analyzer.store import MeetingHead
from analyzer.usecases.notes import notes_for
from analyzer.usecases.permission import sendable
from analyzer.usecases.person import said
from analyzer.usecases.weighing import taken_out, verified, weighed
from analyzer.workspace import Workspace

if TYPE_CHECKING:
    from analyzer.engines.llm import LlmEngine, Request

JUDGED_SHARE = 0.4  # the marks and the turns around them, as a share of the transcript; only known once it is read


def plan(ws: Workspace, heads: Sequence[MeetingHead], *, with_notes: bool = False) -> ReadingPlan:
    """Calls and tokens for reading these meetings; what is kept already costs nothing. Nothing is sent.

    Raises EngineForbidden where none of them may ever be sent.
    """
    engine, heads = ws.llm, sendable(ws, heads)
    rows = tuple(_planned(ws, engine, head, with_notes=with_notes) for head in ws.track(heads, "counting"))
    return ReadingPlan(meetings=rows, model=ws.settings.model, server=ws.server, privacy=ws.settings.privacy)


def preview(ws: Workspace, heads: Sequence[MeetingHead], *, with_notes: bool = False) -> Preview:
    """The very texts that reading these meetings would send now; nothing is sent.

    What the judge is asked rests on what the reading finds: it can be shown for meetings whose reading is kept already.
    Raises EngineForbidden where none of them may ever be sent.
    """
    engine, heads = ws.llm, sendable(ws, heads)
    sendings: list[Sending] = []
    later: list[str] = []
    for head in heads:
        meeting = ws.store.meeting(head.id)
        reading = engine.to_read(meeting, ws.practice)
        sendings += [sending(engine, request, head.slug) for request in reading]
        if not all(engine.is_kept(request) for request in reading):
            later.append(head.slug)
        elif (judging := _to_judge(ws, engine, head, with_notes=with_notes)) is not None:
            sendings.append(sending(engine, judging, head.slug))
    return Preview(
        model=ws.settings.model,
        server=ws.server,
        privacy=ws.settings.privacy,
        sendings=tuple(sendings),
        judged_later=tuple(later),
    )


def sending(engine: "LlmEngine", request: "Request", about: str) -> Sending:
    """One request as it is shown."""
    return Sending(
        about=about,
        task=request.task,
        system=request.system,
        user=request.user,
        tokens=request.tokens,
        kept=engine.is_kept(request),
        replaced=dict(request.replaced),
    )


def _planned(ws: Workspace, engine: "LlmEngine", head: MeetingHead, *, with_notes: bool) -> PlannedMeeting:
    meeting = ws.store.meeting(head.id)
    reading = engine.to_read(meeting, ws.practice)
    asked = [request for request in reading if not engine.is_kept(request)]
    calls, tokens = len(asked), sum(request.tokens for request in asked)
    if asked:
        calls += 1
        tokens += engine.judging_tokens + int(JUDGED_SHARE * sum(request.tokens for request in reading))
    elif (judging := _to_judge(ws, engine, head, with_notes=with_notes)) is not None and not engine.is_kept(judging):
        calls, tokens = 1, judging.tokens
    return PlannedMeeting(meeting=head.id, slug=head.slug, parts=len(reading), calls=calls, input_tokens=tokens)


def _to_judge(ws: Workspace, engine: "LlmEngine", head: MeetingHead, *, with_notes: bool) -> "Request | None":
    """What the judge would be asked about a meeting whose reading is kept, so that reading it again sends nothing."""
    meeting = ws.store.meeting(head.id)
    reading = weighed(verified(meeting, engine.read(meeting, ws.practice)), taken_out(said(ws, meeting)))
    return engine.to_judge(meeting, reading, ws.practice, notes_for(ws, head) if with_notes else ())
