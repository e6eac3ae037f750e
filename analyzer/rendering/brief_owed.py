"""The brief's words on what we advised and what became of it, and on who owes whom what."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from analyzer.model.brief import AdviceStep, Brief, LedgerRow, Promise, Promises
from analyzer.model.brief_parts import Quote
from analyzer.model.findings import Outcome
from analyzer.relationship.words import adoption_told, count, day, due_told, in_their_words, promise_state
from analyzer.rendering.lengths import SHORT_WORDS, cut, short_name
from analyzer.rendering.pages import Block, Line, Paragraph, Point, Points, line, strong
from analyzer.rendering.quotes import place, placed

T = TypeVar("T")

ADVICE = 3  # on the first page; how much more there is is said
PROMISES = 3  # of each side on the first page
UNKNOWN_FATES = 1  # of advice of which nothing more was heard; the rest is counted
FEW_WORDS = 18  # of advice and promises, which a place opens
LEAD_IN = 3  # words before what was promised, where the sentence is longer than that
ALL = 15  # behind the first page; what is more is counted


def advice(document: Brief) -> Iterator[Block]:
    """How much was taken, then single pieces with what became of them: first what was not taken up."""
    if document.adoption:
        yield Paragraph(line(adoption_told(document.adoption)))
    shown = _worth_telling(document.ledger)
    yield from _list([*map(advised, shown), *_more(len(document.ledger) - len(shown))])


def all_advice(document: Brief) -> Iterator[Block]:
    """Every piece of advice that the first page does not tell."""
    left = _without(document.ledger, _worth_telling(document.ledger))
    yield from _list([*map(advised, left[:ALL]), *_more(len(left) - ALL)])


def advised(row: LedgerRow) -> Line:
    """One piece of advice, where it was given, and its fate step by step."""
    times = f", given {row.times} times" if row.times > 1 else ""
    what = said_short(row.what, row.quote)
    given = line(f"{day(row.date)}: {what}{times}", *placed(row.quote), ": ", strong(row.outcome))
    return (*given, *_fate(row))


def promises(owed: Promises) -> Iterator[Block]:
    """What is owed, by side, overdue first and then the oldest; small things and what has faded are counted."""
    yield from _list(told for label, some in _sides(owed) for told in _owed(label, some))


def all_promises(owed: Promises) -> Iterator[Block]:
    """Every promise that the first page does not tell."""
    for label, some in _sides(owed):
        left = _without(some, _first(some))
        told = (line(owes(label, promise), *promised(promise)) for promise in left[:ALL])
        yield from _list([*told, *_more(len(left) - ALL)])


def promised(promise: Promise) -> Line:
    """One promise: who owes whom what, when it is due, and what was last heard of it."""
    who = f"{short_name(promise.owner)}: " if promise.owner else ""
    to = f", to {short_name(promise.to)}" if promise.to else ""
    due = day(promise.due_date) if promise.due_date else short_name(due_told(promise.due or ""))
    when = f", {'was due' if promise.overdue else 'due'} {due}" if due else f", since {day(promise.first)}, no date"
    what = said_short(promise.what, promise.quote)
    return line(f"{who}{what}{to}{when}", *_state(promise), *placed(promise.quote))


def said_short(what: str, quote: Quote) -> str:
    """A promise or a piece of advice in few words, in quotation marks where they were said."""
    told = in_their_words(what, quote.text)
    if not told.startswith("“"):
        return cut(told, FEW_WORDS)
    before, said, after = told[1:-1].partition(what.removesuffix("."))
    if len(before.split()) <= LEAD_IN or len(f"{before}{said}".split()) <= FEW_WORDS:
        return f"“{cut(told[1:-1], FEW_WORDS)}”"
    lead_in = " ".join(before.split()[-LEAD_IN:])
    return f"“[…] {cut(f'{lead_in} {said}{after}', FEW_WORDS)}”"


def owes(label: str, promise: Promise) -> str:
    """`They owe: `, or `They may owe: ` where the reader is not certain that it was a promise."""
    return f"{label}: " if promise.firm else f"{label.removesuffix('owe').removesuffix('owes')}may owe: "


def worth_telling(some: Sequence[Promise]) -> list[Promise]:
    """The promises for which one prepares, the sure first.

    None of them is a small thing, faded, or what may be none and was not said in so many words.
    """
    telling = [one for one in some if not one.trifle and not one.faded and (one.firm or one.plain)]
    return sorted(telling, key=lambda promise: not promise.firm)


def _first(some: Sequence[Promise]) -> list[Promise]:
    return worth_telling(some)[:PROMISES]


def _sides(owed: Promises) -> tuple[tuple[str, tuple[Promise, ...]], ...]:
    return ("We owe", owed.ours), ("They owe", owed.theirs), ("Not sure who owes", owed.unclear)


def _owed(label: str, some: Sequence[Promise]) -> Iterator[Line]:
    shown = _first(some)
    yield from (line(owes(label, promise), *promised(promise)) for promise in shown)
    left = _without(some, shown)
    faded = sum(promise.faded for promise in left)
    small = sum(promise.trifle and not promise.faded for promise in left)
    unsure = sum(not (promise.firm or promise.plain or promise.faded or promise.trifle) for promise in left)
    others = len(left) - faded - small - unsure
    parts = (
        (others, f"{others} more"),
        (unsure, f"{unsure} perhaps promised"),
        (small, f"{count(small, 'small thing')} such as a link to send"),
        (faded, f"{count(faded, 'older one')}, not heard of for long"),
    )
    if told := [words for number, words in parts if number]:
        yield line(f"{label}: {'and ' if shown else ''}{'; '.join(told)}")


def _worth_telling(ledger: Sequence[LedgerRow]) -> list[LedgerRow]:
    """What comes first, with little of which nothing is known."""
    unknown = [row for row in ledger if row.outcome == Outcome.UNKNOWN]
    return _without(ledger, unknown[UNKNOWN_FATES:])[:ADVICE]


def _fate(row: LedgerRow) -> Line:
    """Where the outcome was heard; of several steps, or of a person's word, each with its day."""
    seen = [line(" (", place(s.quote), ")") if s.quote and s.quote != row.quote else () for s in row.steps]
    if len(row.steps) == 1 and row.steps[0].quote and row.steps[0].date == row.date:
        return seen[0]
    told: Line = ()
    for n, (step, heard) in enumerate(zip(row.steps, seen, strict=True)):
        lead = "; " if n else ", "
        told = (*told, *line(f"{lead}{step.outcome} {day(step.date)}", *heard, "" if heard else _own(step)))
    return told


def _own(step: AdviceStep) -> str:
    if step.quote:
        return ""
    note = f"note: {cut(step.note, SHORT_WORDS)}" if step.note else "word"
    return f" ({f'{step.author}, ' if step.author else 'your '}{note})"


def _state(promise: Promise) -> Line:
    if promise.told is None:
        return () if promise.status == "open" else line(f"; {promise_state(promise.status)}")
    return line(f"; {promise_state(promise.status, promise.told.date)} (", place(promise.told), ")")


def _without(rows: Sequence[T], some: Sequence[T]) -> list[T]:
    """The rows that are none of those; the same values may stand in two rows."""
    out = {id(row) for row in some}
    return [row for row in rows if id(row) not in out]


def _more(number: int) -> list[Line]:
    return [line(f"and {number} more")] if number > 0 else []


def _list(some: Iterable[Line]) -> Iterator[Block]:
    if points := tuple(map(Point, some)):
        yield Points(points=points)
