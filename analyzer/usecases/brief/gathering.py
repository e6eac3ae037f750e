"""What the brief of a client is made of, from the record of a home. Nothing is read or sent for it."""

import datetime as dt

from analyzer.model.brief import Brief
from analyzer.model.meetings import Client
from analyzer.usecases.behind import behind
from analyzer.usecases.brief.planning import OwnWords, plan_brief
from analyzer.usecases.brief.quoting import Places
from analyzer.usecases.motives import client_picture
from analyzer.usecases.notes import note_rows
from analyzer.usecases.remember import remembered_of
from analyzer.workspace import Workspace


def brief_of(ws: Workspace, client: Client, day: dt.date, engine: str | None = None, *, quick: bool = False) -> Brief:
    """The brief before a meeting on this day: nothing later counts, whether it was said, noted or decided.

    With `quick` an agenda is not held against the talk that followed it where that was not done before.
    """
    picture, meetings = client_picture(ws, client, day, engine)
    heads = [head for head in ws.store.meetings(client.id) if head.date <= day]
    own = OwnWords(
        notes=tuple(note for note in note_rows(ws, client) if note.date <= day),
        decisions=tuple(decision for decision in ws.store.person.decisions(client.id) if decision.date <= day),
        remembered=remembered_of(ws, heads),
        agendas=behind(ws, client, picture, Places.of(meetings), day, quick=quick),
    )
    return plan_brief(client, picture, meetings, ws.practice, day, own)
