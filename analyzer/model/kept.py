"""Agendas as they are kept: what was proposed, and how a person worded it before it was sent."""

import datetime as dt
from dataclasses import dataclass

from analyzer.model.agenda import Agenda, AgendaKind


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAgenda:
    """An agenda that was made for a client. `number` counts from 1 for each client, `client` is the id.

    `agenda` is what was proposed for `date`; `text` is the version that a person edited, None while nobody has.
    """

    client: str
    number: int
    made_at: dt.datetime
    date: dt.date
    kind: AgendaKind
    minutes: int
    people: tuple[str, ...]
    agenda: Agenda
    text: str | None = None
