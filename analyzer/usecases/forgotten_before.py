"""What was forgotten and comes back because somebody hands it over: that is told, and for a person to decide."""

import hashlib

from analyzer import tombstones
from analyzer.names import fold_text
from analyzer.tombstones import Tombstones
from analyzer.usecases.looking import Looked
from analyzer.usecases.naming import spellings
from analyzer.workspace import Workspace


def tell_forgotten(ws: Workspace, looked: Looked, new_client: str, buried: Tombstones) -> None:
    """A forgotten client or person is there again with a new file of theirs, and that is told."""
    if not buried:
        return
    if buried.is_buried(tombstones.FILE, hashlib.sha256(looked.data).hexdigest()):
        again = "`analyzer forget MEETING` forgets it again"
        ws.notice("forgotten_before", f"{looked.file.label} was forgotten before, and is there again from now on; {again}")
    if new_client and buried.is_buried(tombstones.CLIENT, fold_text(new_client)):
        ws.notice("forgotten_before", f"a client called {new_client} was forgotten before; {looked.file.label} makes a new one")
    people = [s.name for s in looked.speakers if any(buried.is_buried(tombstones.PERSON, name) for name in spellings(s.name))]
    if people:
        told = f"{looked.file.label} has words of {', '.join(people)}, who was forgotten before"
        ws.notice("forgotten_before", f"{told}; `analyzer forget --person NAME` takes them out again")
