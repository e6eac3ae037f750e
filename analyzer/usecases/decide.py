"""Whether to work for a client: decided by a person, more than once if need be, each time beside the decisions before."""

import datetime as dt

from analyzer.errors import NotFound, UsageError
from analyzer.model.meetings import Client, Stage
from analyzer.model.own import DecisionRow, Decisions
from analyzer.model.person import Choice, Decision
from analyzer.store import tidy_name
from analyzer.usecases import resolve
from analyzer.usecases.notes import LONGEST
from analyzer.workspace import Workspace


def decisions(ws: Workspace, ref: str) -> Decisions:
    """What was decided about a client so far, by date. Raises NotFound."""
    return _told(ws, resolve.client(ws.store, ref))


def decide(ws: Workspace, ref: str, choice: Choice, *, note: str = "", date: dt.date | None = None) -> Decisions:
    """Keep a decision, as of today where no day is given. Raises NotFound; UsageError for a day that is still to come."""
    client, day, tidy = resolve.client(ws.store, ref), date or ws.today, tidy_name(note)
    if day > ws.today:
        raise UsageError(f"{day.isoformat()} is still to come", "say it when it is decided")
    if len(tidy) > LONGEST:
        raise UsageError(f"a note has at most {LONGEST} letters, this one has {len(tidy)}", "`analyzer note` keeps another")
    made = ws.store.person.keep_decision(client.id, choice, tidy, day)
    if client.stage is Stage.PROSPECT and choice is not Choice.DECLINE:
        ws.notice("still_prospect", f"{client.name} is still a prospect: `analyzer clients set {client.slug} --stage active`")
    return _told(ws, client, added=_row(made))


def take_back(ws: Workspace, ref: str) -> Decisions:
    """Forget the decision about a client that was kept last. Raises NotFound where there is none."""
    client = resolve.client(ws.store, ref)
    last = max(ws.store.person.decisions(client.id), key=lambda made: made.number, default=None)
    if last is None:
        raise NotFound(f"nothing was decided about {client.name}", "there is nothing to take back")
    ws.store.person.remove_decision(last.number)
    return _told(ws, client, removed=_row(last))


def _told(ws: Workspace, client: Client, *, added: DecisionRow | None = None, removed: DecisionRow | None = None) -> Decisions:
    made = tuple(map(_row, ws.store.person.decisions(client.id)))
    return Decisions(client=client.id, client_name=client.name, decisions=made, added=added, removed=removed)


def _row(made: Decision) -> DecisionRow:
    return DecisionRow(date=made.date, choice=made.choice.value, note=made.note, author=made.author)
