"""What would be forgotten, what was, and the receipts of it, as text."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from analyzer.model.forgetting import CLIENT, PERSON, Document, Forgetting, Forgotten, KeptPath, Mention, Receipt, Receipts
from analyzer.relationship.words import count
from analyzer.rendering.pieces import day, indented

MOST_LINES = 20  # of one list; the JSON has all

_WORDS = {
    "clients": "client",
    "meetings": "meeting",
    "turns": "turn",
    "originals": "original file",
    "readings": "reading",
    "verdicts": "verdict, dismissed or marked place",
    "outcomes": "outcome",
    "remembered": "remembered place",
    "notes": "note",
    "decisions": "decision",
    "agendas": "agenda",
    "drafts": "draft",
    "answers": "kept answer of a model",
    "stand_ins": "stand-in for a name",
    "passages": "passage in the search index",
    "documents": "document in the home",
    "speakers": "speaker renamed",
    "redactions": "place blacked out",
}
_MANY = {
    "verdicts": "verdicts, dismissed or marked places",
    "remembered": "remembered places",
    "answers": "kept answers of a model",
    "stand_ins": "stand-ins for names",
    "passages": "passages in the search index",
    "documents": "documents in the home",
    "speakers": "speakers renamed",
    "redactions": "places blacked out",
}


def planned(result: Forgetting) -> RenderableType:
    """What would go, and what would stay."""
    return Group(*_lines_of(result))


def done(result: Forgotten) -> RenderableType:
    """The receipt, what lies out of reach, and what is left to the person."""
    shown: list[RenderableType] = [Text.assemble(("forgotten: ", "bold"), result.name)]
    shown += [indented(Text(line), 2) for line in counted(result.receipt.counts)]
    shown += _documents(result.documents)
    shown += _mentions(result.mentions)
    if result.letter:
        shown.append(Text(f"wrote {result.letter}"))
    shown.append(Text(f"receipt {result.receipt.id}, which has no name in it: analyzer forget --receipts", style="dim"))
    return Group(*shown)


def either(result: Forgetting | Forgotten | Receipts) -> RenderableType:
    """Whatever the command gave back."""
    if isinstance(result, Forgetting):
        return planned(result)
    return done(result) if isinstance(result, Forgotten) else receipts(result)


def receipts(result: Receipts) -> RenderableType:
    """Every receipt with what went and where documents lie."""
    if not result.receipts:
        return Text("Nothing was forgotten in this home.")
    return Group(*(line for one in result.receipts for line in _receipt(one)))


def counted(counts: dict[str, int]) -> list[str]:
    """How much of each kind, in words and in the order of their weight."""
    known = [kind for kind in _WORDS if counts.get(kind)]
    return [_counted(kind, counts[kind]) for kind in (*known, *(kind for kind in counts if kind not in _WORDS))]


def kept_path(one: KeptPath) -> str:
    """Where a document lies, as far as a receipt knows."""
    if one.whole:
        return one.path
    files = count(one.files, "file")
    return f"{files} in {one.path}" if one.path else f"{files} in a path with the name in it"


def _lines_of(result: Forgetting) -> Iterator[RenderableType]:
    also = f" ({', '.join(result.names)})" if result.names else ""
    yield Text.assemble(("to be forgotten for good: ", "bold red"), f"{result.name}{also}")
    yield from (indented(Text(line), 2) for line in counted(result.counts))
    if result.kind in (CLIENT, PERSON) and result.meetings:
        yield from _listed("meetings:" if result.kind == CLIENT else "in these meetings:", result.meetings)
    if result.inside:
        yield from _listed("documents in the home, which go too:", [_document(one) for one in result.inside])
    yield from _documents(result.documents)
    yield from _mentions(result.mentions)


def _documents(documents: Sequence[Document]) -> list[RenderableType]:
    if not documents:
        return []
    return _listed("documents out of reach, for you to remove or to recall:", [_document(one) for one in documents])


def _mentions(mentions: Sequence[Mention]) -> list[RenderableType]:
    if not mentions:
        return []
    return _listed("named elsewhere, for you to decide:", [_mention(one) for one in mentions])


def _listed(title: str, lines: Sequence[str]) -> list[RenderableType]:
    more = [f"and {len(lines) - MOST_LINES} more; --json has all"] if len(lines) > MOST_LINES else []
    return [Text(title), *(indented(Text(line), 2) for line in (*lines[:MOST_LINES], *more))]


def _document(one: Document) -> str:
    gone = "" if one.there else ", not there any more"
    return f"{one.path or 'a path with the name in it'} ({one.kind}, {day(one.made_at.date())}{gone})"


def _mention(one: Mention) -> str:
    at = "" if one.at is None else f" {'line ' if one.kind in ('practice', 'prompt') else ''}{one.at}"
    text = f": {one.text}" if one.text else ""
    mend = f"  ({one.command})" if one.command else ""
    return f"{one.kind} {one.where}{at}{text}{mend}"


def _receipt(one: Receipt) -> list[RenderableType]:
    head = Text.assemble((one.id, "bold"), f"  {day(one.at.date())}  a {one.kind}: {', '.join(counted(one.counts))}")
    return [head, *(indented(Text(f"out of reach: {kept_path(document)}"), 2) for document in one.documents)]


def _counted(kind: str, number: int) -> str:
    if kind in _MANY and number != 1:
        return f"{number:,} {_MANY[kind]}"
    return count(number, _WORDS.get(kind, kind))
