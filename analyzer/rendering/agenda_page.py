"""The agenda in words, once for every format: as it is planned, or as a person edited it."""

import re
from collections.abc import Iterator

from analyzer.model.agenda import Agenda, AgendaItem, AgendaKind, OpenPromise
from analyzer.relationship.words import day, due_told
from analyzer.rendering.lengths import cut, short_name
from analyzer.rendering.pages import Block, Line, Page, Paragraph, Point, Points, Section, line

_TITLES = {
    AgendaKind.PARTNERSHIP: "A talk between partners",
    AgendaKind.WORKING: "Our next working talk",
    AgendaKind.FIRST: "A first talk",
}
_NEXT_TALK = {
    AgendaKind.PARTNERSHIP: "The next talk of this kind could be in the week of {day}.",
    AgendaKind.WORKING: "A talk outside this work could be in the week of {day}.",
}
_BEFORE = "Before we meet"
_POINT = re.compile(r"^\s*[-*•]\s+")
_HEADING = re.compile(r"^\s*(#+)\s+")


def page(document: Agenda) -> Page:
    """The agenda as a page, to send as it is."""
    if document.edited:
        return read(document.edited)
    between = " and ".join(short_name(side) for side in (document.client, document.practice) if side)
    items = tuple(_section(number, item) for number, item in enumerate(document.items, 1))
    message = tuple(Paragraph(line(text)) for text in document.invitation)
    later = _NEXT_TALK.get(document.kind, "").format(day=day(document.next_talk))
    closing = Section(title=items[-1].title, blocks=(*items[-1].blocks, *([Paragraph(line(later))] if later else [])))
    return Page(
        title=f"{_TITLES[document.kind]}: {between}",
        lead=tuple(_lead(document)),
        sections=(*([Section(title=_BEFORE, blocks=message)] if message else ()), *items[:-1], closing),
        private=False,
    )


def promised(promise: OpenPromise) -> str:
    """Who does what by when, in a line."""
    to = f", for {short_name(promise.to)}" if promise.to else ""
    due = ""
    if promise.due_date:
        due = f", by {day(promise.due_date)}"
    elif promise.due:
        due = f" ({short_name(due_told(promise.due))})"
    return f"{short_name(promise.who)}: {cut(promise.what)}{to}{due}"


def draft(shown: Page) -> str:
    """The page as text for a person to edit: a title behind `#`, items behind `##`, lines of a list behind `-`."""
    parts = [f"# {shown.title}", *map(_text, shown.lead)]
    for section in shown.sections:
        parts.append(f"## {section.title}")
        parts += [text for block in section.blocks for text in _block(block)]
    return "\n\n".join(parts) + "\n"


def read(text: str) -> Page:
    """An edited draft as a page again. What stands before the first `##` is the title and what belongs below it."""
    title = ""
    lead: list[Line] = []
    sections: list[tuple[str, list[Block]]] = []
    paragraphs = [paragraph for paragraph in re.split(r"\n\s*\n", text.strip()) if paragraph.strip()]
    for piece in (piece for paragraph in paragraphs for piece in _pieces(paragraph)):
        heading = _HEADING.match(piece)
        words = " ".join(piece[heading.end() :].split()) if heading else ""
        if heading and not title and not sections:
            title = words
        elif heading:
            sections.append((words, []))
        elif sections:
            sections[-1][1].append(_read_block(piece))
        else:
            lead.append(line(" ".join(piece.split())))
    made = tuple(Section(title=heading, blocks=tuple(blocks)) for heading, blocks in sections)
    return Page(title=title, lead=tuple(lead), sections=made, private=False)


def _lead(document: Agenda) -> Iterator[Line]:
    when = f"{day(document.date)}, " if document.day_said else ""
    people = f", with {', '.join(map(short_name, document.people))}" if document.people else ""
    yield line(f"{when}{document.minutes} minutes{people}")
    yield line(document.intention)


def _section(number: int, item: AgendaItem) -> Section:
    lines = [line(question) for question in item.questions]
    lines += [line(f"From us: {cut(point)}") for point in item.points]
    lines += [line(f"You said on {day(said.date)}: “{cut(said.text)}” ({short_name(said.speaker)})") for said in item.words]
    lines += [line(f"We suggested on {day(one.date)}: {cut(one.what)}") for one in item.suggestions]
    lines += [line(f"Promised: {promised(promise)}") for promise in item.promises]
    about = Paragraph(line(f"{item.purpose} Lead: {short_name(item.lead)}."))
    return Section(title=f"{number}. {item.title} ({item.minutes} min)", blocks=(about, Points(points=tuple(map(Point, lines)))))


def _text(words: Line) -> str:
    return " ".join("".join(span.text for span in words).split())


def _block(block: Block) -> Iterator[str]:
    """The block as text; agendas and recaps have only paragraphs and lists."""
    if isinstance(block, Paragraph):
        yield _text(block.line)
    elif isinstance(block, Points):
        yield "\n".join(f"- {_text(point.line)}" for point in block.points)


def _pieces(paragraph: str) -> Iterator[str]:
    """A paragraph cut where a heading or a list begins or ends, so that a person need not leave empty lines between."""
    piece: list[str] = []
    kind = ""
    for text in paragraph.splitlines():
        now = "#" if _HEADING.match(text) else "-" if _POINT.match(text) else kind if kind == "-" and text[:1].isspace() else "p"
        if piece and (now != kind or now == "#"):
            yield "\n".join(piece)
            piece = []
        piece.append(text)
        kind = now
    yield "\n".join(piece)


def _read_block(piece: str) -> Block:
    if not _POINT.match(piece):
        return Paragraph(line(" ".join(piece.split())))
    points = re.split(r"\n(?=\s*[-*•]\s+)", piece)
    return Points(points=tuple(Point(line(" ".join(_POINT.sub("", point).split()))) for point in points))
