"""A client that a colleague handed over, into this home: all of it is checked before any of it is kept."""

import hashlib
import json
import re
from pathlib import Path

from analyzer import tombstones
from analyzer.errors import ArchiveUnusable, NotFound, UsageError
from analyzer.model.handing import Received, ReceivedKind, TakenIn
from analyzer.names import fold_text
from analyzer.store import handed, tidy_name
from analyzer.store.copies import RECORD_VERSION
from analyzer.store.handed import Handed
from analyzer.tombstones import Tombstones
from analyzer.transcripts.notation.words import scrub
from analyzer.usecases import archive
from analyzer.usecases.archive import Archive, Stamp
from analyzer.usecases.handover import CLIENT, KIND, MEETINGS, ORIGINALS
from analyzer.usecases.naming import spellings
from analyzer.workspace import Workspace

_MEMBER = re.compile(rf"{re.escape(CLIENT)}|{MEETINGS}/[0-9]{{6}}\.json|{ORIGINALS}/[0-9a-f]{{64}}")
_AGAIN = "ask for another copy of it; nothing was changed"


def receive(
    ws: Workspace, file: Path, *, into: str | None = None, called: str | None = None, also_forgotten: bool = False
) -> Received:
    """Take in the client of a hand-over. What is here already stays as it is; of the rest, all comes in or nothing.

    It goes into the client `into`, or becomes a new one of the name `called`, or else the one that it is. What was forgotten here
    stays out unless `also_forgotten`. Raises ArchiveUnusable for a file that is damaged, newer or made to harm; NotFound;
    UsageError where it is not clear which client is meant, or where the client was forgotten here.
    """
    if into is not None and called is not None:
        raise UsageError("--into CLIENT, or --as NAME", "one of them")
    with archive.opened(file, KIND, lambda name: bool(_MEMBER.fullmatch(name))) as opened:
        stamp = opened.manifest.stamp
        author, made_at = _sender(stamp), stamp.made_at
        found, originals = _read(opened, author)
    if found.counts() != {name: number for name, number in stamp.counts.items() if number}:
        raise _unusable(opened, "it does not hold what it says it holds")
    client = _called(ws, into) if into is not None else None
    _ = ws.store  # made where there is none, before the home is taken for a moment
    with tombstones.alone(ws.settings.home, ws.settings.lock_timeout):
        buried = Tombstones() if also_forgotten else tombstones.load(tombstones.path_in(ws.settings.home))
        leaving = _forgotten(ws, found, buried)
        taken = ws.store.handing.take(found, originals, into=client, called=called, leaving=leaving)
    return _told(found, taken, author, made_at)


def _read(opened: Archive, author: str) -> tuple[Handed, dict[str, bytes]]:
    """The rows and the originals, checked. Raises ArchiveUnusable."""
    names = [member.name for member in opened.manifest.members]
    if CLIENT not in names:
        raise _unusable(opened, "no client is in it")
    try:
        of_client = _json(opened, CLIENT)
        meetings = [_json(opened, name) for name in sorted(names) if name.startswith(f"{MEETINGS}/")]
        older = opened.manifest.stamp.record < RECORD_VERSION
        found = handed.checked(of_client, meetings, older=older, sender=author)
    except handed.Unfit as unfit:
        raise _unusable(opened, str(unfit)) from unfit
    except RecursionError as deep:
        raise _unusable(opened, "it is nested deeper than anything that Analyzer writes") from deep
    originals = {name.rpartition("/")[2]: opened.read(name) for name in names if name.startswith(f"{ORIGINALS}/")}
    if originals.keys() != found.digests():
        raise _unusable(opened, "its originals are not those of its meetings")
    if any(hashlib.sha256(content).hexdigest() != digest for digest, content in originals.items()):
        raise _unusable(opened, "an original is not the file that was uploaded")
    return found, originals


def _json(opened: Archive, name: str) -> object:
    try:
        return _cleaned(json.loads(opened.read(name)))
    except ValueError as error:
        raise _unusable(opened, f"{name} cannot be read") from error


def _cleaned(value: object) -> object:
    """The JSON without what steers a terminal, as an upload cleans what it reads; whatever holds none of that stays as it is."""
    match value:
        case str():
            clean, removed = scrub(value)
            return clean if removed else value
        case list():
            return [_cleaned(one) for one in value]
        case dict():
            return {_cleaned(key): _cleaned(one) for key, one in value.items()}
        case _:
            return value


def _sender(stamp: Stamp) -> str:
    """Who sent it; empty where it does not say."""
    author = stamp.about.get("author", "")
    return tidy_name(author) if isinstance(author, str) else ""


def _called(ws: Workspace, ref: str) -> str:
    client = ws.store.client_called(ref)
    if client is None:
        raise NotFound(f"no client is called {ref!r}", "`analyzer clients` lists them; --as NAME makes a new one")
    return client.id


def _forgotten(ws: Workspace, found: Handed, buried: Tombstones) -> dict[str, str]:
    """The meetings that were forgotten here, by id, with why they stay out. Raises UsageError where the whole client was."""
    if not buried:
        return {}
    client = found.client["clients"][0]
    if buried.is_buried(tombstones.CLIENT, client["id"]):
        raise UsageError(f"{client['name']} was forgotten here", "--also-forgotten takes it in all the same")
    if buried.is_buried(tombstones.CLIENT, fold_text(client["name"])):
        ws.notice("forgotten_before", f"a client called {client['name']} was forgotten here before")
    leaving: dict[str, str] = {}
    for meeting in found.meetings:
        of = meeting["meetings"][0]["id"]
        files = any(buried.is_buried(tombstones.FILE, row["digest"]) for row in meeting["originals"])
        if files or buried.is_buried(tombstones.MEETING, of):
            leaving[of] = "it was forgotten here"
        elif any(buried.is_buried(tombstones.PERSON, name) for row in meeting["speakers"] for name in spellings(row["name"])):
            leaving[of] = "somebody who speaks in it was forgotten here"
    if leaving:
        ws.notice("forgotten", "what was forgotten here stays out: --also-forgotten takes it in all the same")
    return leaving


def _told(found: Handed, taken: TakenIn, author: str, made_at: str) -> Received:
    handed_over = found.counts()
    counts = tuple(
        ReceivedKind(
            kind=kind,
            handed=number,
            added=taken.added.get(kind, 0),
            here=taken.here.get(kind, 0),
            left=taken.left.get(kind, 0),
        )
        for kind, number in handed_over.items()
    )
    return Received(
        client=taken.client.id,
        client_slug=taken.client.slug,
        client_name=taken.client.name,
        made=taken.made,
        changed=bool(taken.added) or taken.guarded,
        author=author,
        made_at=made_at,
        counts=counts,
        meetings=taken.meetings,
        told=taken.told,
    )


def _unusable(opened: Archive, why: str) -> ArchiveUnusable:
    return ArchiveUnusable(f"{tidy_name(opened.path.name)} cannot be received: {why}", _AGAIN)
