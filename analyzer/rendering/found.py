"""Passages that were found as text for a terminal: their places, the turns that stand for them, the words looked for in bold."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from rich.console import Group, RenderableType
from rich.text import Text

from analyzer.model.insight import Hit, Hits, Understood
from analyzer.relationship.words import count
from analyzer.rendering.pieces import IN_CONFIDENCE, indented, moment

MOST_SPEAKERS = 3  # named above a passage


def hits(result: Hits, *, full: bool = False) -> RenderableType:
    """The passages with the place that opens each, or what was searched and what would widen it."""
    searched = searched_told(result.searched)
    taken = understood(result.understood)
    if not result.hits:
        wider = f"To look further: {'; '.join(result.wider)}."
        return Group(Text(f"Nothing found in {searched} ({result.within})."), *taken, Text(wider))
    shown = f"{_counted(result.hits)} out of {searched} ({result.within})."
    return Group(*places(result.hits, full=full), *_without_the_words(result), *taken, Text(shown, style="dim"))


def places(found: Sequence[Hit], *, full: bool = False) -> list[RenderableType]:
    """Each passage under its place; those that follow one another in a meeting stand under one, in the order of their time."""
    return [_place(run, full=full) for run in _runs(found)]


def understood(taken: Understood | None) -> list[RenderableType]:
    """How the question was taken, in one line; nothing where that goes without saying."""
    return [Text(f"Taken as: {taken.told}.", style="dim")] if taken and taken.told else []


def searched_told(searched: dict[str, int]) -> str:
    """How much was searched."""
    return f"{count(searched['passages'], 'passage')} of {count(searched['meetings'], 'meeting')}"


def _counted(found: Sequence[Hit]) -> str:
    """How many passages are shown, and in how many places, where some follow one another."""
    runs = len(list(_runs(found)))
    return str(len(found)) if runs == len(found) else f"{len(found)} in {count(runs, 'place')},"


def _without_the_words(result: Hits) -> list[RenderableType]:
    """That nothing of it was found by a word: whoever looks for a term must not take the nearest meaning for it."""
    if result.understood.speakers or any(hit.marks for hit in result.hits):
        return []
    these = "this passage; it is" if len(result.hits) == 1 else "these passages; they are"
    return [Text(f"None of the words is said in {these} the nearest in meaning.")]


def _runs(found: Sequence[Hit]) -> Iterable[list[Hit]]:
    """Runs of passages that follow one another, in the order of the best of each."""
    rank = {id(hit): at for at, hit in enumerate(found)}
    by_place = sorted(found, key=lambda hit: (hit.meeting, hit.first_turn))
    runs = [by_place[:1]] if by_place else []
    for before, hit in pairwise(by_place):
        if hit.meeting == before.meeting and hit.first_turn == before.last_turn + 1:
            runs[-1].append(hit)
        else:
            runs.append([hit])
    return sorted(runs, key=lambda run: min(rank[id(hit)] for hit in run))


def _place(run: Sequence[Hit], *, full: bool) -> RenderableType:
    best = max(run, key=lambda hit: hit.score)
    told = [hit for hit in run if full or hit is best or hit.marks]
    names = list(dict.fromkeys(name or "(no name)" for hit in (best, *told) for name in hit.speakers))
    more = f" and {len(names) - MOST_SPEAKERS} more" if len(names) > MOST_SPEAKERS else ""
    kept = IN_CONFIDENCE if best.confidential else ""
    head = f"{best.client_name}, {moment(best.date, best.heard_at)}{kept}: {_joined(names[:MOST_SPEAKERS])}{more}"
    opens = Text(f"analyzer show {best.slug} --turn {best.turn}\n", style="dim")
    return Group(Text(head, style="cyan"), indented(Group(_words(told, full=full), opens), 2))


def _joined(names: Sequence[str]) -> str:
    """Names in a row, told apart where one of them has a comma of its own ("Byrne, Aoife")."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def _words(run: Sequence[Hit], *, full: bool) -> Text:
    """The passages of one place, with dots where something before, between or after them is left out."""
    told, cut = Text(), False
    for at, hit in enumerate(run):
        spans = ((0, len(hit.text)),) if full else hit.excerpt
        cut = cut or spans[0][0] > 0 or (at > 0 and hit.first_turn != run[at - 1].last_turn + 1)
        told.append(("\n" if at else "") + ("...\n" if cut else ""))
        told.append_text(_parts(hit, spans))
        cut = "\n" in hit.text[spans[-1][1] :]
    return told.append("\n..." if cut else "")


def _parts(hit: Hit, spans: Sequence[tuple[int, int]]) -> Text:
    """The spans of the text with what stands for the rest between them."""
    marked = Text(hit.text)
    for first, last in hit.marks:
        marked.stylize("bold", first, last)
    told = Text()
    ends = [*(first for first, _ in spans[1:]), len(hit.text)]
    for (first, last), following in zip(spans, ends, strict=True):
        told.append_text(marked[first:last])
        told.append(_left_out(hit.text[last:following], ends=following == len(hit.text)))
    return told


def _left_out(words: str, *, ends: bool) -> str:
    """Dots in the line for the rest of a turn, dots in a line of their own for whole turns between two that are shown."""
    rest, *turns = words.split("\n")
    dots = " ..." if rest.strip() else ""
    if ends:
        return dots
    if not turns:
        return f"{dots} "
    return dots + ("\n...\n" if len(turns) > 1 else "\n")
