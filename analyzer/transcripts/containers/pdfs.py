"""The text of a PDF, read with pypdf within bounds; the text of its lines and pages is put together by page_layout.

pypdf reads on where a file is broken or hostile and bounds much of what it does; what is bounded here beside that is the
whole of a file. A picture of text has no text: such a file is refused, for reading pictures is another trade.
"""

import datetime as dt
import io
import logging
import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from analyzer.errors import AnalyzerError
from analyzer.transcripts.base import refused
from analyzer.transcripts.containers.contained import Contained, doubt_of_date, facts_of
from analyzer.transcripts.containers.page_layout import Line, drawn_apart, speech_alone, text_of
from analyzer.transcripts.containers.printed_tables import UnclearTableError, printed

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_PAGES = 2_000
"""Pages of a file; two hours of talk print on sixty."""
MAX_PAGE_BYTES = 20 * 1024 * 1024
"""Bytes that a stream of a page expands to; a page of text has some thousands."""
MAX_PAGE_STEPS = 400_000
"""Steps of drawing on one page; a page of text that places every letter by itself has some ten thousand."""
MAX_STEPS = 1_000_000
"""Steps of drawing in a whole file, which a hundred pages that place every letter by itself stay within."""
MAX_PAGE_LETTERS = 200_000
"""Letters on one page; a page in the smallest print has twenty thousand. pypdf copies them again at every step."""
_MAX_FORMS = 200  # forms drawn within one page; nested in each other they multiply

_MARGIN = 0.1  # of the height of a page, in which it may have a header or a footer
_SHOWS_TEXT = frozenset({b"Tj", b"TJ", b"'", b'"'})
_ANOTHER_WAY = "Export the transcript as text, .docx or .vtt instead."


def looks_like(data: bytes) -> bool:
    """Whether the bytes are a PDF: its mark within the first kilobyte, as readers take it, and objects after it."""
    return re.search(rb"%PDF-\d", data[:1024]) is not None and b" obj" in data


def read(name: str, data: bytes) -> Contained:
    """The text of all pages and the document's properties.

    Raises Refused where the file is damaged, encrypted, a mere picture of text, or beyond the bounds.
    """
    import pypdf  # 0.2 s that only PDFs cost
    from pypdf.errors import DependencyError, LimitReachedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it remarks on is either read or refused here
    bounds = pypdf.get_configuration().with_overwrites(
        zlib_maximum_output_length=MAX_PAGE_BYTES,
        lzw_maximum_output_length=MAX_PAGE_BYTES,
        run_length_maximum_output_length=MAX_PAGE_BYTES,
        array_based_stream_maximum_output_length=MAX_PAGE_BYTES,
        stream_parsing_work_maximum_count=MAX_PAGE_STEPS,
        xform_maximum_invocations_per_extraction=_MAX_FORMS,
        page_tree_maximum_entries=2 * MAX_PAGES,
    )
    try:
        with pypdf.apply_configuration(bounds):
            reader = pypdf.PdfReader(io.BytesIO(data))
            pages = _pages(name, reader)
            title, created = _properties(reader)
    except AnalyzerError:
        raise
    except DependencyError as error:
        raise refused(name, "is a PDF that is encrypted", "Print it to a new PDF that is not, or: " + _ANOTHER_WAY) from error
    except (LimitReachedError, _TooMuchError) as error:
        raise refused(name, "is a PDF that expands far beyond what a transcript can be", _ANOTHER_WAY) from error
    except Exception as error:  # pypdf stumbles over a broken file in any way there is
        raise refused(name, "is a PDF that is damaged inside", _ANOTHER_WAY) from error
    if not any(pages):
        raise refused(name, "is a PDF without text, as scanned pages are", "Only text can be read. " + _ANOTHER_WAY)
    bare = speech_alone(pages)
    try:
        table = printed(bare)
    except UnclearTableError as error:
        raise refused(
            name, "is a print of a table, of which it is not plain what each row holds", "Export the table as .csv or .docx."
        ) from error
    left_out = {"page headers, footers and numbers": sum(map(len, pages)) - sum(map(len, bare))}
    if table is not None:
        left_out["rows of column headings"] = table.titles
    text = table.text if table is not None else text_of(bare)
    facts = facts_of(title, created)
    apart = drawn_apart(bare)
    odd = (f"lines at the edges of pages that may be the pages' own and no speech: {apart}",) if apart else ()
    return Contained(
        text=text,
        facts=facts,
        left_out={reason: number for reason, number in left_out.items() if number},
        warnings=(*odd, *doubt_of_date(name, text, title, facts)),
    )


class _Piece(NamedTuple):
    """Letters that are drawn at once, with their place and size in points."""

    text: str
    x: float
    y: float
    size: float


class _TooMuchError(Exception):
    pass


class _Budget:
    """Counts what is drawn over all pages, and the letters of each; raises _TooMuchError past the bounds."""

    def __init__(self) -> None:
        self._steps = 0
        self._letters = 0

    def next_page(self) -> None:
        self._letters = 0

    def spend(self, operator: bytes, operands: Sequence[object], *_: object) -> None:
        self._steps += 1
        if operator in _SHOWS_TEXT:
            shown = operands[0] if operator == b"TJ" and operands and isinstance(operands[0], list) else operands
            self._letters += sum(len(piece) for piece in shown if isinstance(piece, (str, bytes)))
        if self._steps > MAX_STEPS or self._letters > MAX_PAGE_LETTERS:
            raise _TooMuchError


def _pages(name: str, reader: "PdfReader") -> list[list[Line]]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise refused(name, "is a PDF protected by a password", "Print it to a new PDF without one, or: " + _ANOTHER_WAY)
    number = len(reader.pages)
    if number > MAX_PAGES:
        raise refused(name, f"has {number:,} pages, more than the {MAX_PAGES:,} that a transcript may have", _ANOTHER_WAY)
    budget = _Budget()
    return [_lines(page, budget) for page in reader.pages]


def _lines(page: "PageObject", budget: _Budget) -> list[Line]:
    """The lines of a page with words, in the order in which they are drawn."""
    pieces: list[_Piece] = []

    def take(text: str, cm: Sequence[float], tm: Sequence[float], _: object, size: float) -> None:
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        pieces.append(_Piece(text, x, y, size * math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3])))

    budget.next_page()
    page.extract_text(visitor_text=take, visitor_operand_before=budget.spend)
    lines: list[list[_Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split("\n")
        lines[-1].append(piece._replace(text=first))
        lines.extend([piece._replace(text=other)] for other in others)
    bottom, top = float(page.mediabox.bottom), float(page.mediabox.top)
    margin = (top - bottom) * _MARGIN
    found = []
    for line in lines:
        text = "".join(piece.text for piece in line).rstrip()
        if text.strip():
            filled = [piece for piece in line if piece.text.strip()]
            y = filled[0].y
            found.append(
                Line(
                    text=text,
                    y=y,
                    size=max(piece.size for piece in filled),
                    in_margin=not bottom + margin < y < top - margin,
                    cells=tuple((piece.x, piece.text) for piece in filled),
                )
            )
    return found


def _properties(reader: "PdfReader") -> tuple[str | None, dt.date | None]:
    """The title of the document and the day on which it was made; neither where the properties are broken."""
    try:
        known = reader.metadata
        created = known.creation_date if known is not None else None
        return (known.title if known is not None else None), (created.date() if created is not None else None)
    except Exception:  # noqa: BLE001 - properties are the least of a file, and broken in many
        return None, None
