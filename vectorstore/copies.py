"""A copy of `passages.sqlite3` that is to stand alone, without the Chroma that was made from it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from vectorstore.errors import Broken
from vectorstore.passages import Passages


def stand_alone(path: Path) -> frozenset[str]:
    """Let a copy of an index's passages name no Chroma, so that the next search makes one; returns the ids of the passages.

    Raises PassageIndexFailed for a copy that is not whole, or of another format: such an index is made again from its texts.
    """
    try:
        with closing(sqlite3.connect(path)) as copy:
            embedder = dict(copy.execute("SELECT name, value FROM meta")).get("embedder", "")
        with closing(Passages(path, embedder=embedder, timeout=0)) as passages:
            if faults := passages.faults():
                message = f"{path} is not whole: {faults[0]}"
                raise Broken(message, "Make the index again from its texts.")
            ids = passages.ids()
        with closing(sqlite3.connect(path, isolation_level=None)) as copy:
            copy.execute("PRAGMA secure_delete = ON")
            copy.execute("BEGIN")
            copy.execute("UPDATE meta SET value = '0' WHERE name = 'generation'")
            copy.execute("DELETE FROM meta WHERE name IN ('seal', 'contents', 'writing')")
            copy.execute("COMMIT")
    except sqlite3.Error as error:
        message = f"{path} cannot be used: {error}"
        raise Broken(message, "Make the index again from its texts.") from error
    return ids
