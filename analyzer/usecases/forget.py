"""Forgetting a client or a meeting for good: what goes is shown first, and what was begun is finished whatever happens.

The steps, each announced when it is done, and each such that doing it twice is doing it once:

    begun      a row says what is being forgotten, by its id
    buried     its tombstones stand in `forgotten.json`, so that no older backup brings it back
    documents  what was written from it in the home is removed: documents, drafts, copies and halves of files
    erased     its rows are gone from the record, and the receipt stands there instead
    unindexed  its passages are gone from the index
    scrubbed   the record's file is written anew and its log is empty
    ended      the row of the first step is gone

A process that dies in between leaves that row, by which the next command finishes the rest (`finish_forgetting`).
"""

import shutil
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from analyzer import tombstones
from analyzer.errors import AnalyzerError, NotFound, PassageIndexError, SettingsError, StoreError, UsageError
from analyzer.model.forgetting import CLIENT, MEETING, PERSON, Forgetting, Forgotten, Receipt, Receipts
from analyzer.model.results import Failure
from analyzer.names import fold_text
from analyzer.private_files import left_over
from analyzer.store.forgetting import Begun, Going
from analyzer.usecases import scratch
from analyzer.usecases.forget_plan import drafts, in_home, known, plan_again
from analyzer.usecases.indexing import discard_abandoned, heal
from analyzer.workspace import Workspace

UNFINISHED = "forgetting"
_OUTSIDE = ("passages", "drafts", "documents")  # what is counted before it goes, and stands outside the record
_FINISHING_WAITS = 5.0  # seconds at most: another command is waiting for this one to begin


def forget(ws: Workspace, planned: Forgetting) -> Forgotten:
    """Forget what was planned. What is left to the next command is told in the result's `failure`.

    Raises NotFound where it is gone already, UsageError where there is more of it by now than was shown, StoreError where nothing
    can be removed, and then nothing was unless it says so.
    """
    with alone(ws):
        now = _still(ws, planned)
        tombstones.load(_tombstones(ws))  # where they are damaged, nothing is begun
        outside = {kind: now.counts.get(kind, 0) for kind in _OUTSIDE}
        begun = ws.store.forgetting.begin(now.kind, now.id, outside)
        ws.step("begun")
        try:
            receipt, failure = _finished(ws, begun, ws.settings.lock_timeout)
        except AnalyzerError as stopped:
            told = f"{stopped.message}; it is noted that {planned.name} is to be forgotten, and the next command goes on"
            raise StoreError(told, stopped.hint) from stopped
    return Forgotten(
        receipt=receipt,
        name=now.name,
        meetings=now.meetings if now.kind == CLIENT else (),
        documents=now.documents,
        mentions=now.mentions,
        failure=failure,
    )


def _still(ws: Workspace, planned: Forgetting) -> Forgetting:
    """What was planned as it is now. Raises NotFound where it is gone, UsageError where it is more than was shown."""
    try:
        now = plan_again(ws, planned.kind, planned.id)
    except NotFound as gone:
        raise NotFound(f"{planned.name} is gone already", "`analyzer forget --receipts` lists what was forgotten") from gone
    if set(now.meetings) - set(planned.meetings):
        raise UsageError(f"{planned.name} has more meetings by now than were shown", "look again, then repeat the command")
    return now


def receipts(ws: Workspace) -> Receipts:
    """All receipts, the newest first."""
    return Receipts(receipts=ws.store.forgetting.receipts())


def alone(ws: Workspace) -> AbstractContextManager[None]:
    """Nobody else forgets in this home meanwhile. Raises StoreError where another process takes too long."""
    return tombstones.alone(ws.settings.home, ws.settings.lock_timeout)


def finish(ws: Workspace, number: int) -> tuple[Receipt, Failure | None]:
    """Do what is left of a forgetting whose rows are gone already; its receipt, and what is left to the next command."""
    begun = next(one for one in ws.store.forgetting.pending() if one.number == number)
    return _finished(ws, begun, ws.settings.lock_timeout)


def finish_forgetting(ws: Workspace) -> None:
    """Finish what a process that died had begun to forget, and tell so; one query where there is nothing.

    What cannot be finished now is told, and stays for the next command. A process that is alive and at it is let be.
    """
    if not ws.store.forgetting.pending():
        return
    try:
        with tombstones.alone(ws.settings.home, 0):
            for begun in ws.store.forgetting.pending():
                receipt, failure = _finished(ws, begun, min(ws.settings.lock_timeout, _FINISHING_WAITS))
                if failure:
                    ws.notice("forgetting_unfinished", f"{failure.message}; {failure.hint}")
                else:
                    ws.notice("forgetting_finished", f"what was being forgotten when it was cut short is gone: {receipt.id}")
    except tombstones.Occupied:
        return
    except AnalyzerError as failure:
        ws.notice("forgetting_unfinished", f"what is being forgotten is still there: {failure.message}; {failure.hint}")


def _finished(ws: Workspace, begun: Begun, patience: float) -> tuple[Receipt, Failure | None]:
    """All steps but the first. Raises AnalyzerError where the rows are still there; after that it is told as a Failure."""
    if "receipt" not in begun.body:
        begun = _removed(ws, begun)
        ws.step("erased")
    receipt = ws.store.forgetting.receipt(begun.body["receipt"])
    try:
        _take_out_of_index(ws, begun)
        ws.step("unindexed")
        if not ws.store.forgetting.scrub(patience):
            raise StoreError("another process is reading or writing the record", "")
        ws.step("scrubbed")
        ws.store.forgetting.end(begun.number)
        ws.step("ended")
    except AnalyzerError as left:
        told = f"it is gone from the record, but not yet from every file of the home: {left.message}"
        return receipt, Failure(code=UNFINISHED, message=told, hint="the next command finishes it; `analyzer clients`, say")
    return receipt, None


def _removed(ws: Workspace, begun: Begun) -> Begun:
    """Bury it, remove its documents, and then its rows."""
    stays = known(ws)
    going, _ = ws.store.forgetting.going(begun.kind, begun.body["id"], stays)
    tombstones.bury(_tombstones(ws), _buried(going))
    ws.step("buried")
    removed = _remove_documents(ws, going)
    ws.step("documents")
    return ws.store.forgetting.erase(begun, stays, removed)


def _buried(going: Going) -> dict[str, Sequence[str]]:
    """What is known again if it comes back."""
    return {
        tombstones.CLIENT: (*going.clients, *map(fold_text, going.names)),
        tombstones.MEETING: going.meetings,
        tombstones.FILE: going.digests,
    }


def _remove_documents(ws: Workspace, going: Going) -> list[str]:
    """Remove what was written from it in the home; the documents, by path, of which nothing is left."""
    scratch.remove_left_over(ws.settings)
    removed = []
    for path in (one.path for one in going.exports if in_home(ws, one.path)):
        try:
            Path(path).unlink(missing_ok=True)
        except OSError as failure:
            ws.notice("not_removed", f"{path} cannot be removed ({failure.strerror or failure}): it is left to you")
            continue
        removed.append(path)
        _remove_empty(Path(path).parent, ws.settings.home)
    for folder in drafts(ws, going):
        shutil.rmtree(folder, ignore_errors=True)
    for half in left_over(ws.settings.home):
        half.unlink(missing_ok=True)
    return removed


def _remove_empty(folder: Path, home: Path) -> None:
    """Remove folders that are empty now, as one that was named after a client."""
    while home.resolve() in folder.resolve().parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _take_out_of_index(ws: Workspace, begun: Begun) -> None:
    """Nothing of it is left in any index. Raises PassageIndexError."""
    if begun.kind == PERSON:
        touched = set(begun.body["clients"])
        heal(ws, [client for client in ws.store.clients() if client.id in touched])
        return
    for client_id in begun.body["clients"]:
        ws.in_step.pop(client_id, None)
        ws.discard_index(client_id)
    discard_abandoned(ws)
    meetings = set(begun.body["meetings"])
    for client_id in ws.index_folders() if begun.kind == MEETING else ():
        ws.in_step.pop(client_id, None)
        _take_out(ws, client_id, meetings, surely=client_id in begun.body["indexes"])


def _take_out(ws: Workspace, client_id: str, meetings: set[str], *, surely: bool) -> None:
    """Remove meetings from one index. One that cannot be opened and has them is discarded: the record can make it anew."""
    try:
        with ws.index(client_id, renew=False) as index:
            if surely or index.group_ids() & meetings:  # another process may be about to put it in: surely waits for that
                index.remove(meetings)
    except (PassageIndexError, SettingsError):
        if surely:
            ws.discard_index(client_id)
            ws.notice("index_discarded", "a search index could not be opened and was removed: the next search makes it anew")


def _tombstones(ws: Workspace) -> Path:
    return tombstones.path_in(ws.settings.home)
