"""The agenda as a draft in a calendar: the day, what it is about and the items, for the person who invites to complete.

The draft names no organiser and invites nobody, since no address is known; nor has it a time of day, which nobody has agreed.
"""

import datetime as dt
import uuid
from typing import Any

from analyzer.model.agenda import Agenda
from analyzer.rendering.pages import Block, Grid, Line, Page, Paragraph, Picture, Point, Points
from analyzer.rendering.seen import seen

PRODUCT = "-//Analyzer//Agenda//EN"
_NAMES = ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION")
_OURS = frozenset(
    (
        *((edge, component) for edge in ("BEGIN", "END") for component in ("VCALENDAR", "VEVENT")),
        ("PRODID", PRODUCT),
        ("VERSION", "2.0"),
        ("METHOD", "PUBLISH"),
        ("STATUS", "TENTATIVE"),
        ("TRANSP", "TRANSPARENT"),
    )
)
_NAMESPACE = uuid.UUID("5e0a5c52-7a3f-5d0b-9a43-1f6f3b0c2e11")


def agenda(document: Agenda, page: Page, made_at: dt.datetime) -> bytes:
    """The talk as one event of its whole day; `page` is the agenda in words.

    The event keeps its identity for this client and day, so that a newer draft takes the place of an older one.
    """
    from icalendar import Calendar, Event

    event = Event()
    event.add("uid", str(uuid.uuid5(_NAMESPACE, f"{document.practice}\n{document.client}\n{document.date}")))
    event.add("dtstamp", made_at.astimezone(dt.UTC))
    event.add("dtstart", document.date)
    event.add("summary", seen(page.title))
    event.add("description", _told(page))
    event.add("status", "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def text_of(data: bytes) -> str:
    """Everything that the file holds: the value and the parameters of every field, and fields that no draft of ours has."""
    from icalendar import Calendar

    fields = (
        (component.name or "", *field)
        for component in Calendar.from_ical(data).walk()
        for field in component.property_items(recursive=False, sorted=False)
    )
    return "\n".join(told for component, name, value in fields if (told := _field(component, name, value)))


def _field(component: str, name: str, value: Any) -> str:
    plain = (value if isinstance(value, bytes) else value.to_ical()).decode()
    if (name, plain) in _OURS:
        return ""
    parameters = [f"{key} {told}" for key, told in getattr(value, "params", {}).items() if (key, told) != ("VALUE", "DATE")]
    told = str(value) if isinstance(value, str) else plain
    return "\n".join((*([] if name in _NAMES else [component, name]), *parameters, told))


def _told(page: Page) -> str:
    """The page as lines of plain text."""
    lines = [_line(told) for told in page.lead]
    for section in page.sections:
        lines += ["", seen(section.title)]
        lines += [told for block in section.blocks for told in _block(block)]
    return "\n".join(lines).strip()


def _block(block: Block) -> list[str]:
    match block:
        case Paragraph():
            return [_line(block.line)]
        case Points():
            return [told for point in block.points for told in _point(point, "- ")]
        case Grid():
            return ["; ".join(map(_line, row)) for row in block.rows]
        case Picture():
            return [seen(block.told)]


def _point(point: Point, mark: str) -> list[str]:
    return [mark + _line(point.line), *(told for below in point.below for told in _point(below, f"  {mark}"))]


def _line(line: Line) -> str:
    return seen("".join(span.text for span in line)).strip()
