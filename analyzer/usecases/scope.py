"""Where to look: what a person's flags allow of the record."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One client by name and those in `also`, or all; one meeting; and what these dates, this speaker, this side allow."""

    client: str | None = None
    also: tuple[str, ...] = ()
    all_clients: bool = False
    meeting: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    speaker: str | None = None
    side: str | None = None
