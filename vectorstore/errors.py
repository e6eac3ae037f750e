"""What can go wrong with a passage index.

PassageIndexFailed     the index cannot do what was asked; a one-line `message`, and what to do next in `hint`
|- Locked              another process writes to this index, and did not finish in time
|- Replaced            another process has made the index anew, or removed it, since it was opened
|- Damaged             passages.sqlite3 cannot be read, or the disk refuses; the index must be made again from the texts
|  |- Broken            passages.sqlite3 is not what was written; a new index is all that helps
|  `- Refused           the disk will not take it or give it: it is full, or the folder is not ours to write
|- WrongEmbedder       the index was made by another embedder; likewise
|  `- Outdated          it was made by an earlier version: in another format, or by an earlier model of the same kind
|- ModelUnusable       the model's files are missing or are not those that were shipped
'- ServerFailed        the server that makes the vectors refuses, cannot be reached, or answers with something else
"""


class PassageIndexFailed(Exception):
    """The index cannot do what was asked."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Locked(PassageIndexFailed):
    """Another process writes to this index, and did not finish in time."""


class Replaced(PassageIndexFailed):
    """Another process has made the index anew, or removed it, since it was opened."""


class Damaged(PassageIndexFailed):
    """The index cannot be read or written and cannot mend itself."""


class Broken(Damaged):
    """The index is not what was written."""


class Refused(Damaged):
    """The disk will not take it or give it."""


ROOM = "Make room on the disk, and see that the folder is yours to write."


class WrongEmbedder(PassageIndexFailed):
    """The index was made by another embedder."""


class Outdated(WrongEmbedder):
    """An earlier version made the index."""


class ModelUnusable(PassageIndexFailed):
    """The model's files are missing or are not those that were shipped."""


class ServerFailed(PassageIndexFailed):
    """The server that makes the vectors refuses, cannot be reached, or answers with something else."""
