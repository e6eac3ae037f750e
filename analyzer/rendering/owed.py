"""The brief's lines on what we advised and what became of it, and on who owes whom what."""

from collections.abc import Iterator, Sequence

from analyzer.model.documents import AdviceStep, Brief, LedgerRow, Promise, Promises
from analyzer.model.findings import Outcome
from analyzer.relationship.words import adoption_told, count, day, due_told, promise_state
from analyzer.rendering.plain import cut, name, place, plain

ADVICE = 4  # those that come first; how much more there is is said
PROMISES = 3  # of each side from the latest meetings
SHORT_WORDS = 20  # of advice and openings, beside which their places stand
UNKNOWN_FATES = 2  # of advice of which nothing more was heard; the rest is counted


def advice(document: Brief) -> Iterator[str]:
    """How much was taken, then single pieces with what became of them step by step: first what was not taken up."""
    if document.adoption:
        yield f"{plain(adoption_told(document.adoption))}\n"
    shown = _worth_telling(document.ledger)
    for row in shown:
        yield f"- {day(row.date)}: {cut(row.what, SHORT_WORDS)} ({place(row.quote)}): **{plain(row.outcome)}**{_fate(row)}"
    if len(document.ledger) > len(shown):
        yield f"- and {len(document.ledger) - len(shown)} more"


def _worth_telling(ledger: Sequence[LedgerRow]) -> list[LedgerRow]:
    """What comes first, with little of which nothing is known."""
    unknown = [row for row in ledger if row.outcome == Outcome.UNKNOWN]
    return [row for row in ledger if row not in unknown[UNKNOWN_FATES:]][:ADVICE]


def _fate(row: LedgerRow) -> str:
    """Where the outcome was heard; of several steps, or of a person's word, each with its day."""
    seen = [f" ({place(step.quote)})" if step.quote and step.quote != row.quote else "" for step in row.steps]
    if len(row.steps) == 1 and row.steps[0].quote and row.steps[0].date == row.date:
        return seen[0]
    told = (f"{plain(step.outcome)} {day(step.date)}{heard or _own(step)}" for step, heard in zip(row.steps, seen, strict=True))
    return f", {'; '.join(told)}" if row.steps else ""


def _own(step: AdviceStep) -> str:
    if step.quote:
        return ""
    return f" (your note: {cut(step.note, SHORT_WORDS)})" if step.note else " (your word)"


def promises(owed: Promises) -> Iterator[str]:
    """What was promised in the latest meetings, by who owes it; what is older is counted."""
    for label, some in (("We owe", owed.ours), ("They owe", owed.theirs), ("Not sure who owes", owed.unclear)):
        recent = [promise for promise in some if promise.recent]
        told = sorted(recent, key=lambda promise: not promise.firm)[:PROMISES]  # what is sure before what is not
        yield from (f"- {label}: {_promise(promise)}" for promise in told)
        if left := [promise for promise in recent if promise not in told]:
            unsure = sum(not promise.firm for promise in left)
            beside = f", {unsure} of them not certain" if unsure else ""
            yield f"- {label}: and {len(left)} more from the two latest meetings{beside}"
    older = [promise for promise in (*owed.ours, *owed.theirs, *owed.unclear) if not promise.recent]
    if older:
        yield f"- and {count(len(older), 'older one')}{_passed(older)}"


def _passed(some: Sequence[Promise]) -> str:
    passed = sum(promise.overdue for promise in some)
    if not passed:
        return ""
    return f", {passed} of them with a date that has passed" if len(some) > 1 else ", with a date that has passed"


def _promise(promise: Promise) -> str:
    who = f"{name(promise.owner)}: " if promise.owner else ""
    to = f", to {name(promise.to)}" if promise.to else ""
    due = day(promise.due_date) if promise.due_date else name(due_told(promise.due or ""))
    when = f", {'was due' if promise.overdue else 'due'} {due}" if due else ", no date"
    unsure = "" if promise.firm else "; not certain that it was one"
    return f"{who}{cut(promise.what)}{to}{when}{_state(promise)}{unsure} ({place(promise.quote)})"


def _state(promise: Promise) -> str:
    if promise.told is None:
        return "" if promise.status == "open" else f"; {promise_state(promise.status)}"
    return f"; {promise_state(promise.status, promise.told.date)} ({place(promise.told)})"
