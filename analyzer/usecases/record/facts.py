"""What the record has for a question about one client, and what is told of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.model.insight import RecordLine
from analyzer.model.meetings import Client
from analyzer.model.relationship import Picture
from analyzer.relationship.words import count
from analyzer.store import MeetingHead
from analyzer.usecases.record.names import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the record has for a question about one client.

    `heads` are the meetings that it is about, oldest first; `picture` is what was read, or None; `read` counts the meetings
    behind it.
    """

    client: Client
    heads: Sequence[MeetingHead]
    picture: Picture | None = None
    read: int = 0
    today: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer about one client; `found` False where the record has nothing of the kind."""

    found: bool
    text: str
    lines: tuple[RecordLine, ...] = ()


def person_name(party: Party | None) -> str:
    """The person by their name, or as the question calls them where that fits several; empty where none is named."""
    return (party.name or " ".join(word.capitalize() for word in party.person.split())) if party else ""


def ago(date: dt.date, today: dt.date) -> str:
    """How long ago a day is, to stand behind it; empty for a day to come."""
    days = (today - date).days
    return ", today" if days == 0 else f", {count(days, 'day')} ago" if days > 0 else ""
