"""The files of one upload, taken together: what was asked, in which order they are stored, which of them are one meeting."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from analyzer.model.results import Proposal, SameMeeting, UploadRow
from analyzer.tombstones import Tombstones
from analyzer.transcripts.base import UNATTRIBUTED
from analyzer.usecases.incoming import Incoming
from analyzer.usecases.looking import Looked, Said, in_batch
from analyzer.usecases.proposing import Known
from analyzer.usecases.sameness import Words

GUESSED = ("file time", "today")
"""Where a date came from that nobody said."""
UNFILED = ""
"""The decision to keep a file under no client; None is the decision to leave it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadOptions:
    """What the user asked for.

    `replace` lets another export take the place of the one that is kept, `unfiled` keeps what no client is known for under
    none, `dry_run` stores nothing, `confidential` keeps what was said to those who were there, `also_forgotten` takes in files
    that were forgotten before.
    """

    said: Said
    engine: str = "offline"
    dry_run: bool = False
    read: bool = True
    replace: bool = False
    unfiled: bool = False
    confidential: bool = False
    also_forgotten: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The files of one upload: what was asked, what was on record before it or forgotten, and what became of each, by its place.

    `wanting` counts the files that are other exports of each meeting on record, by its id.
    """

    options: UploadOptions
    on_record: Known
    buried: Tombstones
    wanting: Counter[str]
    rows: dict[int, UploadRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToFile:
    """A file of which a person is to say whose meeting it is."""

    row: UploadRow
    proposal: Proposal | None


class Questions(Protocol):
    """What may be asked of a person at a terminal while uploading."""

    def whose(self, files: Sequence[ToFile], known: Sequence[str]) -> Sequence[str | None]:
        """The client of each file, UNFILED for none, or None to leave the file out."""
        ...

    def who_is_ours(self, files: Sequence[str], speakers: Sequence[str]) -> tuple[str, ...]:
        """Which of the speakers of these files are on our side; empty when it is not known."""
        ...

    def may_replace(self, file: str, same: SameMeeting) -> bool:
        """Whether a file that is another export of a meeting is to take its place."""
        ...


def most_telling_first(looks: Sequence[Looked | UploadRow]) -> list[int]:
    """The order in which files are stored: of two exports of one meeting the one that tells more comes first and is kept."""

    def telling(at: int) -> tuple[bool, ...]:
        looked = looks[at]
        if isinstance(looked, UploadRow):
            return ()
        transcript = looked.transcript
        timed = any(u.start is not None for u in transcript.utterances)
        known_day = looked.date_source not in GUESSED
        named = UNATTRIBUTED not in transcript.speakers
        return (bool(transcript.client), known_day, named, timed, transcript.confidence == "high")

    return sorted(range(len(looks)), key=telling, reverse=True)


def find_same_in_batch(looks: list[Looked | UploadRow], order: Sequence[int]) -> None:
    """Name for each file the one stored before it that is another export of the same meeting."""
    earlier: list[tuple[Incoming, Words]] = []
    for at in order:
        looked = looks[at]
        if isinstance(looked, Looked):
            looks[at] = looked = in_batch(looked, earlier)
            earlier.append((looked.file, looked.words))


def wanting_to_replace(looks: Sequence[Looked | UploadRow]) -> Counter[str]:
    """How many files of the batch are other exports of each meeting on record."""
    same = (one.same.id for one in looks if isinstance(one, Looked) and one.same and one.same.id)
    return Counter(same)
