"""What was said, as one number: a SHA-256 over the speakers and turns of a revision, by which a flipped bit in them is found.

It is kept with the revision when that is written. Both sides of the comparison are the bytes that the record keeps, so that text
which is none any more can be compared too.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

_SPEAKERS = """
SELECT ordinal, CAST(name AS BLOB), CAST(side AS BLOB), CAST(role AS BLOB)
FROM speakers WHERE meeting_id = ? AND revision = ? ORDER BY ordinal
"""
_TURNS = """
SELECT ordinal, speaker, CAST(text AS BLOB), start, "end", chat, CAST(cues AS BLOB)
FROM turns WHERE meeting_id = ? AND revision = ? ORDER BY ordinal
"""
_THAT_COUNT = """
SELECT m.id, r.number, r.spoken FROM revisions AS r JOIN meetings AS m ON m.id = r.meeting_id
WHERE r.spoken IS NOT NULL AND (? IS NULL OR m.id = ?) AND (
    r.number = m.revision
    OR r.number = (SELECT max(number) FROM revisions WHERE meeting_id = m.id AND read_from IS NOT NULL)
)
ORDER BY m.date, m.id, r.number
"""


def of_rows(speakers: Iterable[Mapping[str, Any]], turns: Iterable[Mapping[str, Any]]) -> bytes:
    """The digest of rows that are to be written, in the order of their ordinals."""
    return _digest(
        [(one["ordinal"], *(one[name].encode() for name in ("name", "side", "role"))) for one in speakers],
        [
            (
                one["ordinal"],
                one["speaker"],
                one["text"].encode(),
                *(None if one[at] is None else float(one[at]) for at in ("start", "end")),
                int(one["chat"]),
                None if one["cues"] is None else json.dumps(one["cues"]).encode(),
            )
            for one in turns
        ],
    )


def as_kept(connection: Connection, meeting_id: str, revision: int) -> bytes:
    """The digest of what the record has of a revision now."""
    of = (meeting_id, revision)
    return _digest(connection.exec_driver_sql(_SPEAKERS, of), connection.exec_driver_sql(_TURNS, of))


def add_missing(connection: Connection) -> None:
    """Give its digest to each revision that has none, as the record has it now."""
    missing = connection.exec_driver_sql("SELECT meeting_id, number FROM revisions WHERE spoken IS NULL").all()
    for meeting_id, number in missing:
        values = (as_kept(connection, meeting_id, number), meeting_id, number)
        connection.exec_driver_sql("UPDATE revisions SET spoken = ? WHERE meeting_id = ? AND number = ?", values)


def damaged(connection: Connection, meeting_id: str | None = None) -> tuple[str, ...]:
    """The ids of meetings whose present words, or those that their file says, are not as they were written down."""
    kept = connection.exec_driver_sql(_THAT_COUNT, (meeting_id, meeting_id)).all()
    return tuple(dict.fromkeys(of for of, number, digest in kept if as_kept(connection, of, number) != digest))


def _digest(speakers: Iterable[Sequence[Any]], turns: Iterable[Sequence[Any]]) -> bytes:
    total = hashlib.sha256()
    for name, rows in ((b"speakers", speakers), (b"turns", turns)):
        total.update(name)
        for row in rows:
            total.update(repr(tuple(row)).encode())
    return total.digest()
