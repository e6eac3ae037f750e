"""What stands behind an agenda, for us alone: why each item is in it, and what of an earlier one came up in the talk."""

import datetime as dt
from dataclasses import dataclass

from analyzer.model.agenda import AgendaKind
from analyzer.model.brief_parts import Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaReason:
    """Why an item is in an agenda, in a sentence or two; `quotes` are the places of the words that it rests on."""

    title: str
    why: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaAhead:
    """The agenda that is kept for the next talk, and why each of its items is there; `date` None where no day is set yet."""

    number: int
    made_on: dt.date
    date: dt.date | None
    kind: AgendaKind
    minutes: int
    people: tuple[str, ...]
    edited: bool
    items: tuple[AgendaReason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredItem:
    """An item of an agenda and the turns in which it came up, the clearest first; none where it was not heard."""

    title: str
    places: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredAgenda:
    """What of a kept agenda came up in the talk that followed it, the meeting `slug` on `met_on`.

    An item may have come up in other words than these are found by: what is not listed as heard is not proven to be missed.
    """

    number: int
    made_on: dt.date
    kind: AgendaKind
    slug: str
    met_on: dt.date
    items: tuple[CoveredItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BehindAgendas:
    """`ahead` is the agenda that is kept for the next talk, `covered` what came up of the last one; None where there is none."""

    ahead: AgendaAhead | None = None
    covered: CoveredAgenda | None = None
