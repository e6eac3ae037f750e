"""What the user handed over: files, folders with all that is below them, and standard input, as files to be read one by one."""

import datetime as dt
import os
import stat
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from analyzer.errors import Refused
from analyzer.transcripts.decoding import MAX_BYTES

STANDARD_INPUT = "-"
_TRANSCRIPT_SUFFIXES = frozenset([".vtt", ".srt", ".txt", ".text", ".md", ".markdown", ".json", ".docx", ".pdf", ".csv", ".tsv"])
_MOST_SUFFIXES = 5  # named in one note


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One file to be read. `label` is how the user knows it, `name` and `folder` are what may tell date and title."""

    label: str
    name: str
    folder: str
    path: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The files, in a steady order, and how many of each suffix in the folders were passed over.

    `refused` are folders that cannot be read or hold nothing of the kind, with the reason.
    """

    files: tuple[Incoming, ...]
    passed_over: dict[str, int]
    refused: tuple[tuple[Incoming, Refused], ...] = ()

    @property
    def told(self) -> str | None:
        """What was passed over, in one line."""
        if not self.passed_over:
            return None
        most = sorted(self.passed_over.items(), key=lambda item: (-item[1], item[0]))
        named = ", ".join(f"{number} {suffix or 'without a suffix'}" for suffix, number in most[:_MOST_SUFFIXES])
        total = sum(self.passed_over.values())
        return f"{total} {'file' if total == 1 else 'files'} passed over ({named}); --pattern GLOB takes others"


def gather(paths: Sequence[Path], pattern: str | None = None) -> Gathered:
    """The files meant by these paths. A folder stands for the transcripts below it: those that fit `pattern`, else by suffix.

    Hidden files and folders are passed over without a word.
    """
    files: list[Incoming] = []
    refused: list[tuple[Incoming, Refused]] = []
    passed: Counter[str] = Counter()
    for path in dict.fromkeys(paths):
        if str(path) == STANDARD_INPUT:
            files.append(Incoming(label="standard input", name="standard input", folder="", path=None))
        elif _is_folder(path):
            everything, closed = _below(path)
            below = [one for one in everything if _is_wanted(one, pattern)]
            files += map(_incoming, below)
            passed.update(one.suffix.lower() for one in everything if not _is_wanted(one, pattern))
            refused += closed
            if not below and not closed:
                nothing = Refused(f"{path}: no {pattern or 'transcript'} in this folder", "give files, or --pattern GLOB")
                refused.append((_incoming(path), nothing))
        else:
            files.append(_incoming(path))
    return Gathered(files=tuple(dict.fromkeys(files)), passed_over=dict(passed), refused=tuple(refused))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long for the disk, say: told when it is read
        return False


def _below(folder: Path) -> tuple[list[Path], list[tuple[Incoming, Refused]]]:
    """All files below a folder that are not hidden, in order, and the folders that cannot be read."""
    closed: list[tuple[Incoming, Refused]] = []

    def tell(failure: OSError) -> None:
        place = Path(failure.filename)
        reason = Refused(f"{place}: cannot be read ({failure.strerror or failure})", "check that you may read it")
        closed.append((_incoming(place), reason))

    found = [Path(root) / name for root, _, names in os.walk(folder, onerror=tell) for name in names]
    return sorted(path for path in found if not _is_hidden(path.relative_to(folder))), closed


def _is_hidden(below: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in below.parts)  # ~$ is a lock file of Word's


def _is_wanted(path: Path, pattern: str | None) -> bool:
    if pattern is None:
        return path.suffix.lower() in _TRANSCRIPT_SUFFIXES
    return Path(str(path).lower()).match(pattern.lower())


def _incoming(path: Path) -> Incoming:
    return Incoming(label=_visible(str(path)), name=path.name, folder=path.absolute().parent.name, path=path)


def _visible(path: str) -> str:
    """A path in one line that steers no terminal: what cannot be printed is shown by its code."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode() for c in path)


def content(file: Incoming, standard_input: BinaryIO | None) -> bytes:
    """The bytes of the file. Raises Refused, naming it, where there are too many or they cannot be read."""
    too_big = Refused(f"{file.label}: larger than {MAX_BYTES // 2**20} MB", "export the transcript alone, without the recording")
    if file.path is None:
        data = standard_input.read(MAX_BYTES + 1) if standard_input else b""
        if len(data) > MAX_BYTES:
            raise too_big
        return data
    try:
        found = file.path.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe would be waited for without end
            raise Refused(f"{file.label}: is no regular file", "save the transcript as a file first, or pipe it in: `upload -`")
        if found.st_size > MAX_BYTES:
            raise too_big
        return file.path.read_bytes()
    except FileNotFoundError as gone:
        raise Refused(f"{file.label}: no such file", "check the name; quote names with spaces") from gone
    except OSError as failure:
        raise Refused(f"{file.label}: cannot be read ({failure.strerror or failure})", "check that you may read it") from failure


def changed_on(file: Incoming, now: dt.datetime) -> dt.date:
    """The day the file was last changed, as the machine's calendar has it; today for standard input."""
    if file.path is None:
        return now.date()
    return dt.datetime.fromtimestamp(file.path.stat().st_mtime, tz=now.tzinfo).date()
