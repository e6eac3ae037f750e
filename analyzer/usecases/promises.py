"""What is owed, over all clients, and one promise said to be done or dropped."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from analyzer.dates import parse_day
from analyzer.errors import UsageError
from analyzer.model.findings import Assessment, Fate
from analyzer.model.meetings import Client, Meeting, Side
from analyzer.model.own import OutcomeSaid, Owed, OwedRow
from analyzer.model.person import Said
from analyzer.relationship.promises import commitments, which_promises
from analyzer.relationship.words import count
from analyzer.usecases import outcomes, resolve
from analyzer.usecases.motives import read_pairs
from analyzer.usecases.person import said_of
from analyzer.usecases.saying import counting
from analyzer.workspace import Workspace

_OVER = (Fate.DONE.value, Fate.DROPPED.value)
_SPAN = re.compile(r"(?P<n>[0-9]{1,4})(?P<unit>[dw])")
_DAYS = {"d": 1, "w": 7}


def promises(ws: Workspace, ref: str | None = None, *, side: Side | None = None, until: dt.date | None = None) -> Owed:
    """The promises of one client or of all that are not known to be done or dropped: overdue first, then the oldest.

    With `side`, only what that side owes; with `until`, only what has a date that is not later, in the order of these dates.
    Raises NotFound.
    """
    clients = (resolve.client(ws.store, ref),) if ref else ws.store.clients()
    found: list[OwedRow] = []
    unread = 0
    for client in clients:
        rows, left = _of_client(ws, client)
        found += rows
        unread += left
    wanted = [row for row in found if _is_wanted(row, side, until)]
    owed = [row for row in wanted if row.promise.status not in _OVER]
    if unread:
        unread_ones = f"{count(unread, 'meeting')} {'is' if unread == 1 else 'are'} not read yet, so what was promised there"
        ws.notice("unread", f"{unread_ones} is not known: `analyzer motives CLIENT` reads what is left of a client")
    return Owed(
        promises=tuple(sorted(owed, key=(lambda row: _by_due(row, ws.today)) if until else _overdue_then_oldest)),
        until=until,
        closed=len(wanted) - len(owed),
        unread=unread,
    )


def until(said: str, today: dt.date) -> dt.date:
    """The day up to which something may be due: `7d`, `2w`, or a day as people type it. Raises UsageError."""
    if span := _SPAN.fullmatch(said.strip().lower()):
        return today + dt.timedelta(days=int(span["n"]) * _DAYS[span["unit"]])
    try:
        return parse_day(said, today, ahead=True)
    except UsageError as unclear:
        raise UsageError(f"{said!r} is no span and no day", 'write 7d, 2w, "next Friday" or 2026-03-20') from unclear


def close(ws: Workspace, ref: str, fate: Fate, note: str = "", date: dt.date | None = None) -> OutcomeSaid:
    """Say that one promise is done or dropped, as of a day, today where none is given.

    Raises what `outcomes.outcome` does, and UsageError where the turn holds several and it is not said which.
    """
    several = outcomes.promises_of(ws, ref)
    if len(several) > 1 and "." not in ref.rpartition(":")[2]:
        listed = "; ".join(f"{known}: {what}" for known, what in several.items())
        raise UsageError(f"that turn holds {count(len(several), 'promise')}", f"say which one: {listed}")
    return outcomes.outcome(ws, ref, fate, note, date)


def reopen(ws: Workspace, ref: str, fate: Fate, date: dt.date | None = None) -> OutcomeSaid:
    """Take back that a promise is done, or dropped: of one day, or all of it. Raises NotFound where nobody said so."""
    return outcomes.clear(ws, ref, date, fate)


def _of_client(ws: Workspace, client: Client) -> tuple[list[OwedRow], int]:
    """All promises of a client's meetings, closed ones too, and how many of its meetings nobody has read."""
    heads = ws.store.meetings(client.id)
    read = read_pairs(ws, heads, counting(ws, heads))
    by_id = {meeting.id: (meeting.slug, reading) for meeting, reading in read}
    said = said_of(ws, [meeting for meeting, _ in read])
    _tell_lost(ws, read, said)
    rows, _ = commitments(read, ws.today, said)
    found = []
    for row in rows:
        slug, reading = by_id[row.evidence.meeting]
        overdue = row.status not in _OVER and row.due_date is not None and row.due_date < ws.today
        found.append(
            OwedRow(
                id=f"{slug}:{outcomes.promise_number(reading, row)}",
                client=client.id,
                client_slug=client.slug,
                client_name=client.name,
                slug=slug,
                overdue=overdue,
                promise=row,
            )
        )
    return found, len(heads) - len(read)


def _tell_lost(ws: Workspace, read: Sequence[tuple[Meeting, Assessment]], said: Mapping[str, Said]) -> None:
    """Name a person's word on one promise of several, where the reading that counts now has none that is clearly the same."""
    for meeting, reading in read:
        for turn, words in said[meeting.id].outcomes.items():
            here = list(outcomes.numbered(reading, turn).values())
            for what in dict.fromkeys(word.what for word in words if word.one_of):
                if not which_promises(here, what):
                    lost = f"what you said of “{what}” fits no promise of {meeting.slug}:{turn} as it is read now"
                    ws.notice(
                        "word_lost",
                        f"{lost}: say it again, or take it back with `analyzer outcome {meeting.slug}:{turn} --clear`",
                    )


def _is_wanted(row: OwedRow, side: Side | None, until: dt.date | None) -> bool:
    due = row.promise.due_date
    return (side is None or row.promise.owner_side == side.value) and (until is None or (due is not None and due <= until))


def _overdue_then_oldest(row: OwedRow) -> tuple[bool, dt.date, str, int]:
    due = row.promise.due_date if row.overdue else None
    return not row.overdue, due or row.promise.date, row.client_slug, row.promise.evidence.turn


def _by_due(row: OwedRow, today: dt.date) -> tuple[bool, int, str, int]:
    """What is still to come first, the soonest of it; then what is overdue, the latest of it."""
    days = ((row.promise.due_date or dt.date.max) - today).days
    return days < 0, abs(days), row.client_slug, row.promise.evidence.turn
