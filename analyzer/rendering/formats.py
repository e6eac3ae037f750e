"""The formats of a page, and how the finished bytes of each are read back as text, so that nothing private leaves unseen."""

import datetime as dt
from collections.abc import Collection
from enum import StrEnum

from analyzer.rendering.pages import Page


class DocumentFormat(StrEnum):
    MD = "md"
    HTML = "html"
    DOCX = "docx"


def drawn(page: Page, form: DocumentFormat, made_at: dt.datetime, beside: Collection[str] = ()) -> bytes:
    """The finished document.

    `made_at` stands in formats that tell when they were made. `beside` are the slugs of the meetings whose transcript page
    lies beside an HTML page, which then links to them.
    """
    match form:
        case DocumentFormat.MD:
            from analyzer.rendering import markdown

            return markdown.page(page).encode()
        case DocumentFormat.HTML:
            from analyzer.rendering import html

            return html.page(page, beside)
        case DocumentFormat.DOCX:
            from analyzer.rendering import docx

            return docx.page(page, made_at)


def text_of(data: bytes, form: DocumentFormat) -> str:
    """Everything that a finished document holds, whether it is shown or not: words, attributes, properties."""
    match form:
        case DocumentFormat.MD:
            return data.decode()
        case DocumentFormat.HTML:
            from analyzer.rendering import html

            return html.text_of(data)
        case DocumentFormat.DOCX:
            from analyzer.rendering import docx

            return docx.text_of(data)
