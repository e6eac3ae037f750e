"""A page as one HTML file that needs nothing else: no script, no network, readable on a phone, on paper, light and dark."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from analyzer.rendering.pages import PRIVATE, Block, Page, Picture, Place
from analyzer.rendering.pictures import drawn
from analyzer.rendering.seen import read_both_ways, seen

if TYPE_CHECKING:
    from jinja2 import Environment

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_INLINE = frozenset(  # elements that do not part the words before them from those behind them
    (
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark"),
        *("q", "s", "samp", "small", "span", "strong", "sub", "sup", "text", "tspan", "u", "var", "wbr"),
    )
)


def page(document: Page, beside: Collection[str] = ()) -> bytes:
    """The page; a place opens where its meeting is one of `beside`, whose transcript pages lie in the same folder."""
    return drawn_by("page.html.j2", document.title, private=document.private, page=document, beside=frozenset(beside))


def drawn_by(template: str, title: str, *, private: bool, **values: object) -> bytes:
    """A template of ours with these values, each of which comes out as text."""
    ours = {"private_label": PRIVATE, "drawings": _drawings(), "zip": zip}
    return _templates().get_template(template).render(title=title, private=private, **ours, **values).encode()


def text_of(data: bytes) -> str:
    """Everything that the file holds: what is read, every attribute, comment, style and label of a picture.

    Words at whose seam an element begins or ends are told in both ways of reading, as one word and as two. Our own style
    sheet and the values of attributes that our templates fix are left out.
    """
    reader = _Reader()
    reader.feed(data.decode())
    reader.close()
    attributes = (told for name, told in reader.attributes if (name, told) not in _fixed())
    return "\n".join(filter(None, (*read_both_ways(reader.blocks), *reader.beside, *attributes)))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[list[str]] = [[]]
        self.beside: list[str] = []
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(name, value) for name, value in attrs if value]
        self._edge(tag)

    def handle_endtag(self, tag: str) -> None:
        self._edge(tag)

    def handle_data(self, data: str) -> None:
        self.blocks[-1].append(data.replace(_style(), "") if self.lasttag == "style" else data)

    def handle_comment(self, data: str) -> None:
        self.beside.append(data)

    def handle_decl(self, decl: str) -> None:
        self.beside.append(decl.removeprefix("DOCTYPE html"))

    def handle_pi(self, data: str) -> None:
        self.beside.append(data)

    def unknown_decl(self, data: str) -> None:
        self.beside.append(data)

    def _edge(self, tag: str) -> None:
        if tag not in _INLINE:
            self.blocks.append([])


@cache
def _style() -> str:
    return _source("style.css")


@cache
def _fixed() -> frozenset[tuple[str, str]]:
    """The attributes that our templates hold as they stand: roles, classes, what the head tells a browser."""
    reader = _Reader()
    for name in ("base.html.j2", "page.html.j2", "transcript.html.j2"):
        reader.feed(_JINJA.sub("\n", _source(name)))
    return frozenset((name, value) for name, value in reader.attributes if "\n" not in value)


def _source(name: str) -> str:
    return (files("analyzer.rendering") / "templates" / name).read_text(encoding="utf-8")


@cache
def _templates() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("analyzer.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"href": _href, "with_kinds": _with_kinds}
    return made


def _harmless(value: Any) -> Any:
    """Whatever a template shows goes through here before it is escaped; what is markup already is our own."""
    return seen(value) if type(value) is str else value


def _href(place: Place) -> str:
    turn = "" if place.turn is None else f"#turn-{place.turn}"
    return f"./{quote(place.file, safe='')}{turn}"


def _with_kinds(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    return ((type(block).__name__, block) for block in blocks)


def _drawings() -> Callable[[Picture], Sequence[Any]]:
    """Draws the pictures of one document, which are numbered as they come."""
    from markupsafe import Markup

    numbers = count(1)
    return lambda picture: [Markup(svg) for svg in drawn(picture, next(numbers))]  # noqa: S704 pygal escapes what it draws
