"""The text in the XML of a Word document's body: paragraphs in order, marked as headings or items, tables as lines.

Fed by an XML parser element by element, so that nothing but the text is ever held. What is judged to be no text of the
document is left out and counted.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from analyzer.transcripts.containers import talk_tables
from analyzer.transcripts.containers.talk_tables import Table
from analyzer.transcripts.notation.words import visible

MAX_DEPTH = 256
"""Elements within elements; text in a box in a table in a table has about sixty."""
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORDS = frozenset({_MAIN, "http://purl.oclc.org/ooxml/wordprocessingml/main"})
_MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_LEFT_OUT = {  # what stands below such an element is not of the text
    "del": "tracked deletions",
    "moveFrom": "tracked deletions",
    "rt": "readings of characters",
    "Fallback": "",  # a second copy of a text box for older programs
}
_BOX = "txbxContent"
_IN_BOXES = "text boxes"
_COUNTED = {
    "footnoteReference": "footnotes",
    "endnoteReference": "footnotes",
    "commentReference": "comments",
    "altChunk": "documents within the document",
    "subDoc": "documents within the document",
    "pic": "pictures",
    "imagedata": "pictures",
}
_PIECES = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_FALSE = frozenset({"0", "false", "off", "none"})
_MAY_BE_A_SPEAKERS = re.compile(r"\d:\d\d|[:\uff1a]")


class TooDeepError(Exception):
    """XML nested deeper than any Word document's."""


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is read. `boxes` are the paragraphs of text boxes anchored in it, which stand after it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    level: int = 0
    in_list: bool = False
    in_properties: bool = False
    hidden: bool = False

    def text(self) -> str:
        lines = [line.rstrip() for line in "".join(self.pieces).strip("\n").split("\n")]
        if not any(lines):
            return ""
        mark = ""
        if self.level and not any(map(_MAY_BE_A_SPEAKERS.search, lines)):
            mark = "#" * self.level + " "
        elif self.in_list and not self.level:
            mark = "- "
        return mark + "\n".join(lines)


class Body:
    """What the XML parser tells of, in the order of the document; only the text and the places of its parts are remembered.

    Text boxes are left out, and `boxed` counts the visible characters in them, unless `with_boxes` says that they are text.
    """

    def __init__(self, heading_styles: dict[str, int], *, with_boxes: bool = False) -> None:
        self.blocks: list[str] = []
        self.boxed = 0
        self.left_out: Counter[str] = Counter()
        self._heading_styles = heading_styles
        self._sinks: list[list[str]] = [self.blocks]
        self._paragraphs: list[_Paragraph] = []
        self._tables: list[Table] = []
        self._placeholders: list[bool] = []
        self._names: dict[str, str] = {}
        self._depth = 0
        self._skips_from = 0
        self._skips_why = ""
        self._skips_words = False
        self._in_text = False
        self._left_out_parts = _LEFT_OUT if with_boxes else {**_LEFT_OUT, _BOX: _IN_BOXES}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise TooDeepError
        name = self._local(tag)
        if self._skips_from:
            self._in_text = name in {"t", "delText"}
        elif name in self._left_out_parts:
            self._skip(self._left_out_parts[name])
        elif name in _COUNTED:
            self.left_out[_COUNTED[name]] += 1
        elif begin := self._BEGINS.get(name):
            begin(self, attributes)
        elif self._paragraphs:
            self._within(name, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._in_text = False
        if self._skips_from:
            if self._depth < self._skips_from:
                self.left_out[self._skips_why] += self._skips_words and bool(self._skips_why)
                self._skips_from = 0
            return
        if finish := self._ENDS.get(self._local(tag)):
            finish(self)

    def data(self, words: str) -> None:
        if not self._in_text:
            return
        if self._skips_from:
            self._skips_words = self._skips_words or bool(words.strip())
            self.boxed += visible(words) if self._skips_why == _IN_BOXES else 0
        elif self._paragraphs[-1].hidden:
            self.left_out["hidden stretches"] += bool(words.strip())
        else:
            self._paragraphs[-1].pieces.append(words.replace("\n", " "))

    def close(self) -> None:
        """Told when the document is over."""

    def _local(self, tag: str) -> str:
        """The element's name; empty for one that has nothing to do with text."""
        name = self._names.get(tag)
        if name is None:
            namespace, _, local = tag[1:].rpartition("}")
            known = namespace in _WORDS or (namespace == _MATHS and local == "t") or local in {"Fallback", "pic", "imagedata"}
            name = self._names[tag] = local if known else ""
        return name

    def _skip(self, why: str) -> None:
        self._skips_from, self._skips_why, self._skips_words = self._depth, why, False

    def _within(self, name: str, attributes: dict[str, str]) -> None:
        """An element of a paragraph or of a run."""
        paragraph = self._paragraphs[-1]
        if name == "t":
            self._in_text = True
        elif paragraph.in_properties:
            self._property(paragraph, name, attributes)
        elif name == "r":
            paragraph.hidden = False
        elif name == "vanish":
            paragraph.hidden = _value(attributes) not in _FALSE
        elif name in _PIECES and not paragraph.hidden:
            paragraph.pieces.append(_PIECES[name])

    def _property(self, paragraph: _Paragraph, name: str, attributes: dict[str, str]) -> None:
        value = _value(attributes)
        if name == "pStyle":
            paragraph.level = self._heading_styles.get(value, 0)
        elif name == "outlineLvl" and value in set("012345678"):
            paragraph.level = paragraph.level or int(value) + 1
        elif name == "numId":
            paragraph.in_list = value != "0"

    def _begin_properties(self, _: dict[str, str]) -> None:
        if self._paragraphs:
            self._paragraphs[-1].in_properties = True

    def _begin_paragraph(self, _: dict[str, str]) -> None:
        self._paragraphs.append(_Paragraph())

    def _begin_table(self, _: dict[str, str]) -> None:
        self._tables.append(Table())

    def _begin_row(self, _: dict[str, str]) -> None:
        if self._tables:
            self._tables[-1].rows.append([])

    def _begin_heading_row(self, attributes: dict[str, str]) -> None:
        if self._tables and len(self._tables[-1].rows) == 1:
            self._tables[-1].headed = _value(attributes) not in _FALSE

    def _begin_cell(self, _: dict[str, str]) -> None:
        self._sinks.append([])

    def _begin_box(self, _: dict[str, str]) -> None:
        self._sinks.append([])

    def _begin_control(self, _: dict[str, str]) -> None:
        self._placeholders.append(False)

    def _begin_placeholder(self, _: dict[str, str]) -> None:
        if self._placeholders:
            self._placeholders[-1] = True

    def _begin_control_content(self, _: dict[str, str]) -> None:
        if self._placeholders and self._placeholders[-1]:
            self._skip("empty form fields")

    def _end_properties(self) -> None:
        if self._paragraphs:
            self._paragraphs[-1].in_properties = False

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        self._sinks[-1].extend((paragraph.text(), *paragraph.boxes))

    def _end_cell(self) -> None:
        cell = "\n".join(filter(None, self._sinks.pop())).strip()
        if self._tables and self._tables[-1].rows:
            self._tables[-1].rows[-1].append(cell)
        elif cell:
            self._sinks[-1].append(cell)

    def _end_table(self) -> None:
        lines, headings = talk_tables.lines(self._tables.pop())
        self.left_out["rows of column headings"] += headings
        self._sinks[-1].extend(lines)

    def _end_box(self) -> None:
        found = filter(None, self._sinks.pop())
        (self._paragraphs[-1].boxes if self._paragraphs else self._sinks[-1]).extend(found)

    def _end_control(self) -> None:
        self._placeholders.pop()

    _BEGINS: ClassVar[dict[str, Callable[["Body", dict[str, str]], None]]] = {
        "p": _begin_paragraph,
        "pPr": _begin_properties,
        "tbl": _begin_table,
        "tr": _begin_row,
        "tblHeader": _begin_heading_row,
        "tc": _begin_cell,
        _BOX: _begin_box,
        "sdt": _begin_control,
        "showingPlcHdr": _begin_placeholder,
        "sdtContent": _begin_control_content,
    }
    _ENDS: ClassVar[dict[str, Callable[["Body"], None]]] = {
        "p": _end_paragraph,
        "pPr": _end_properties,
        "tc": _end_cell,
        "tbl": _end_table,
        _BOX: _end_box,
        "sdt": _end_control,
    }


def _value(attributes: dict[str, str]) -> str:
    """The one value of a setting, in whichever edition of the namespace; empty where it is just on."""
    return next((value for key, value in attributes.items() if key.endswith("}val")), "")
