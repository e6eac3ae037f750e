"""The private brief over a home, as a document: apart from those that leave, whose guards are much to load."""

import datetime as dt
from pathlib import Path

from analyzer.model.brief import Brief
from analyzer.rendering import brief_page, brief_short, page_terminal
from analyzer.rendering.formats import DocumentFormat, drawn
from analyzer.rendering.page_terminal import Drawn
from analyzer.rendering.pages import Page, places
from analyzer.usecases import resolve
from analyzer.usecases.brief import brief_of
from analyzer.workspace import Workspace


def brief(ws: Workspace, ref: str, date: dt.date | None = None, engine: str | None = None, *, quick: bool = False) -> Brief:
    """The private brief before the meeting on `date`, from what has been read so far; `quick` where it must come at once."""
    return brief_of(ws, resolve.client(ws.store, ref), date or ws.today, engine, quick=quick)


def drawn_brief(ws: Workspace, document: Brief, form: str, folder: Path | None, *, short: bool = False) -> bytes:
    """The brief in its format, or the `short` one; it links to the transcripts that lie in the `folder` that it goes to."""
    page = _brief_page(document, short=short)
    slugs = frozenset(place.slug for place in places(page))
    beside = _beside(folder, slugs) if folder else frozenset()
    return drawn(page, DocumentFormat(form), ws.now(), beside)


def shown_brief(document: Brief, *, short: bool = False) -> Drawn:
    """The brief as a terminal shows it, or the `short` one."""
    return page_terminal.page(_brief_page(document, short=short))


def _brief_page(document: Brief, *, short: bool) -> Page:
    return brief_short.page(document) if short else brief_page.page(document)


def _beside(folder: Path, slugs: frozenset[str]) -> frozenset[str]:
    from analyzer.usecases.show import transcripts_beside  # much to import for a brief that goes to the terminal

    return transcripts_beside(folder, slugs)
