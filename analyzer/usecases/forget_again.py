"""What was forgotten after a backup was made, taken out of it again before anybody sees it."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from analyzer import tombstones
from analyzer.errors import NotFound, StoreError, UsageError
from analyzer.model.forgetting import CLIENT, MEETING, Forgotten
from analyzer.store import copies
from analyzer.tombstones import Tombstones
from analyzer.usecases import forget
from analyzer.usecases.forget_plan import plan_again
from analyzer.usecases.naming import spellings
from analyzer.workspace import Workspace

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['\u2019.-][^\W_]+)*")
_LONGEST_NAME = 4  # words


def forget_again(ws: Workspace, buried: Tombstones) -> dict[str, int]:
    """Forget for good whatever in this home is buried; returns how many clients, meetings and people that were.

    A client is known by its id, a meeting by its id or by one of its files, a person by name. People go first: a file that had
    one is buried too, and is another once the person is blacked out in it. Raises StoreError where something cannot be removed.
    """
    gone = {"people": _people(ws, buried), "clients": 0, "meetings": 0}
    for client_id in _buried_clients(ws, buried):
        with suppress(NotFound):  # gone already with the one that it was merged into
            planned = plan_again(ws, CLIENT, client_id)
            gone["meetings"] += len(planned.meetings)
            gone["clients"] += planned.counts.get("clients", 0)
            _all_of(forget.forget(ws, planned))
    for meeting in (*_buried_meetings(ws, buried), *_with_buried_files(ws, buried)):
        gone["meetings"] += 1
        _all_of(forget.forget(ws, plan_again(ws, MEETING, meeting)))
    return {kind: number for kind, number in gone.items() if number}


def _buried_clients(ws: Workspace, buried: Tombstones) -> list[str]:
    """Those too that the backup has as a part of another: by then they may have been clients of their own again."""
    with ws.store.redaction(changing=False) as record:
        return [client.id for client in record.clients() if buried.is_buried(tombstones.CLIENT, client.id)]


def _buried_meetings(ws: Workspace, buried: Tombstones) -> list[str]:
    return [head.id for head in ws.store.meetings() if buried.is_buried(tombstones.MEETING, head.id)]


def _with_buried_files(ws: Workspace, buried: Tombstones) -> list[str]:
    """The meetings, not buried themselves, of which a file is: it was another meeting, or somebody was blacked out in it."""
    files = copies.files_of(ws.settings.record_path)
    some = [meeting for meeting, known in files.items() if any(buried.is_buried(tombstones.FILE, digest) for digest in known)]
    return sorted(set(some) - set(_buried_meetings(ws, buried)))


def _people(ws: Workspace, buried: Tombstones) -> int:
    """Black out whoever is buried; how many people that were."""
    gone = 0
    speakers = ws.store.speaker_names()
    for name in (*speakers, *_named_in(ws, _with_buried_files(ws, buried))):
        if any(buried.is_buried(tombstones.PERSON, spelt) for spelt in spellings(name)):
            from analyzer.usecases import forget_person

            with suppress(NotFound, UsageError):  # gone already under another spelling, or a client's name by now
                _all_of(forget_person.forget(ws, name))
                gone += 1
    return gone


def _named_in(ws: Workspace, meetings: Iterable[str]) -> Iterator[str]:
    """Every run of a few words in these meetings that may be a name, once: tombstones tell no names, they only know them."""
    told: set[str] = set()
    for meeting in meetings:
        turns = ws.store.meeting(meeting).turns
        texts = (ws.store.original(meeting).decode(errors="replace"), *(turn.text for turn in turns))
        for words in map(_WORD.findall, texts):
            runs = (words[at : at + length] for at in range(len(words)) for length in range(1, _LONGEST_NAME + 1))
            new = {" ".join(run) for run in runs if run[0][0].isupper()} - told
            told |= new
            yield from sorted(new)


def _all_of(done: Forgotten) -> None:
    if done.failure:
        told = f"what was forgotten could not be taken out of the backup: {done.failure.message}"
        raise StoreError(told, "nothing was restored")
