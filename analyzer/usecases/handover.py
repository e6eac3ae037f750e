"""One client in a file for a colleague: meetings with their originals, readings, and all that people wrote about them, signed.

What was said in confidence goes only where its meeting is named. Nothing goes of other clients, of the practice and its settings,
of what was asked of a model, or of where documents were written.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from analyzer.errors import StoreError, UsageError
from analyzer.model.handing import HandedOver
from analyzer.model.meetings import Client
from analyzer.store import MeetingHead, handed, tidy_name
from analyzer.store.handing import Given
from analyzer.usecases import archive, resolve
from analyzer.usecases.writing import agreed_place, note_copy
from analyzer.workspace import Workspace

KIND = "analyzer handover"
FORMAT = f"{KIND} 1"
CLIENT, MEETINGS, ORIGINALS = "client.json", "meetings", "originals"


def handover(
    ws: Workspace, ref: str, to: Path, *, confidential: Sequence[str] = (), notes: bool = True, overwrite: bool = False
) -> HandedOver:
    """Write the client that `ref` names to a file that `receive` takes; of meetings told in confidence, the `confidential` ones.

    With `notes`, what was noted beside the meetings goes along.

    Raises NotFound; UsageError where the file cannot be written, where a meeting is not the client's, or where nobody is known
    to have written what nobody signed; StoreError where the record is damaged.
    """
    client = resolve.client(ws.store, ref)
    archive.may_be_written(ws.settings.home, to, overwrite=overwrite)
    named = _named(ws, client, confidential)
    agreed_place(ws, to, "the hand-over")
    author = ws.settings.author or tidy_name(ws.practice.name)
    given = ws.store.handing.give(client.id, confidential=[head.id for head in named], author=author, notes=notes)
    _check(given, author)
    members = _members(given)
    stamp = archive.stamp(ws, FORMAT, given.handed.counts(), {"author": author})
    archive.write(to, stamp, members, overwrite=overwrite)
    ids = [meeting["meetings"][0]["id"] for meeting in given.handed.meetings]
    note_copy(ws, "handover", to, ids, client.id)
    return HandedOver(
        client=client.id,
        client_name=client.name,
        path=str(to.absolute()),
        author=author,
        counts=stamp.counts,
        confidential=tuple(head.slug for head in named),
        left_out=given.left_out,
    )


def _named(ws: Workspace, client: Client, confidential: Sequence[str]) -> list[MeetingHead]:
    """The meetings in confidence that were named. Raises NotFound, UsageError."""
    named: dict[str, MeetingHead] = {}
    for ref in confidential:
        head = resolve.meeting(ws.store, ref)
        if head.client_id != client.id:
            raise UsageError(f"{head.slug} is not a meeting of {client.name}", f"`analyzer meetings {client.slug}` lists them")
        if head.confidential:
            named[head.id] = head
        else:
            ws.notice("not_confidential", f"{head.slug} is not confidential: it goes along without being named")
    return list(named.values())


def _check(given: Given, author: str) -> None:
    """Whether whoever receives it could take it. Raises UsageError, StoreError."""
    some = (given.handed.client, *given.handed.meetings)
    if not author and any("author" in row and not row["author"] for rows in some for of in rows.values() for row in of):
        raise UsageError(
            "nobody signed what you wrote, and nobody is known here",
            "set `author` in settings.toml, or ANALYZER_AUTHOR, to your name; or `analyzer init` names the practice",
        )
    try:
        client, *meetings = json.loads(json.dumps(some))
        handed.checked(client, meetings, older=False, sender=author)
    except handed.Unfit as damaged:
        raise StoreError(f"the record cannot be handed over: {damaged}", "`analyzer doctor` looks for what is wrong") from damaged


def _members(given: Given) -> dict[str, bytes]:
    members = {CLIENT: _json(given.handed.client)}
    members |= {f"{MEETINGS}/{n:06}.json": _json(meeting) for n, meeting in enumerate(given.handed.meetings, start=1)}
    return members | {f"{ORIGINALS}/{digest}": content for digest, content in given.originals.items()}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode(errors="replace")
