"""An answer from the record as text for a terminal: a sentence, then a line each with the words that it rests on."""

from rich.console import Group, RenderableType
from rich.text import Text

from analyzer.model.insight import Answer, RecordLine, Source
from analyzer.relationship.words import meetings
from analyzer.rendering.pieces import indented, quote

LINES_SHOWN = 20  # of an answer; --json has all of them


def from_record(result: Answer) -> RenderableType:
    """The answer, its lines, and which question of the record it was."""
    by_id = {s.id: s for s in result.sources}
    parts: list[RenderableType] = [Text(result.answer, style="bold")]
    for line in result.lines[:LINES_SHOWN]:
        parts += _line(line, by_id)
    left = len(result.lines) - LINES_SHOWN
    if left > 0:
        parts.append(Text(f"and {left} more (--json shows all)", style="dim"))
    read = f", read by the {result.engine} engine" if result.engine else ""
    what, _, which = result.by.partition(": ")
    parts.append(Text(f"From the {what} of {meetings(result.searched['meetings'])}: {which}{read}.", style="dim"))
    return Group(*parts)


def _line(line: RecordLine, by_id: dict[str, Source]) -> list[RenderableType]:
    return [indented(Text(line.text), 2), *(quote(evidence, by_id) for evidence in line.evidence)]
