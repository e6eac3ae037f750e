"""The seam of transcript formats: a `Source` goes in, a `Draft` comes out, and the package makes a `Transcript` of it.

A format is one module with two functions, `sniff` and `parse`, and one `Format` value that stands in the tuple
`analyzer.transcripts.FORMATS`. It knows how its files are written and nothing else: encodings, control characters,
file names, coverage and the order of times are dealt with once, for all formats, around it.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from analyzer.errors import Refused
from analyzer.model.meetings import Utterance
from analyzer.transcripts.filing import NO_FACTS, Facts

Confidence = Literal["high", "medium", "low"]
Container = Literal["", "docx", "pdf"]
FoundIn = Literal["content", "metadata", "file name", "folder name"]
"""Where a title or a date stood, surest first: in what was written for people, in fields that a program wrote, in a name."""

UNATTRIBUTED = "Unknown speaker"
"""The speaker of words whose speaker the file does not name; never a person, and on no side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to be read.

    `text` is decoded, in Unicode's composed form, with Unix line ends and without control characters; None where the
    bytes are not text. Of a Word document or a PDF it is the text in it, paragraphs separated by an empty line, and
    `container` says which it is. `document` is the parsed JSON where the text is JSON, else None. `metadata` is what the
    container's own properties say; it counts after everything else.
    """

    name: str
    data: bytes
    text: str | None
    document: object = None
    container: Container = ""
    metadata: Facts = NO_FACTS

    @property
    def head(self) -> str:
        """The first part of the text, enough to recognise a format by; empty where the bytes are not text."""
        return (self.text or "")[:65_536]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a format found in one file.

    `speech` is the number of visible characters of speech that the file holds, whether or not they found their place
    in `utterances`; what is recognised as no speech (notes, repeats, a footer) is not in it but counted in `dropped`.
    `us` and `them` are the people that the file itself declares to be on one side; `sides_of_recorder` says that "us" is
    whoever recorded the meeting, which may have been the client; `emails` are the addresses that it
    gives for its speakers, by name. `facts_in` says where `title` and `date` stood.
    """

    utterances: tuple[Utterance, ...]
    speech: int
    confidence: Confidence
    title: str | None = None
    date: dt.date | None = None
    client: str | None = None
    us: tuple[str, ...] = ()
    them: tuple[str, ...] = ()
    sides_of_recorder: bool = False
    roles: dict[str, str] = field(default_factory=dict)
    emails: dict[str, str] = field(default_factory=dict)
    facts_in: FoundIn = "content"
    dropped: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of transcript file.

    `sniff` says from the content alone, from 0 to 1, how surely a file is of this kind; `parse` reads it and raises
    Refused where it cannot. The rest is for people and stands in docs/formats.md: `export` says of each product how one
    gets such a file, `reads` what is understood of it, `missing` what is not. `confirmed` False is for a format that was
    written from descriptions alone; its files are read at low confidence.
    """

    name: str
    title: str
    sniff: Callable[[Source], float]
    parse: Callable[[Source], Draft]
    export: tuple[str, ...]
    reads: str
    missing: str = ""
    confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """One file, read.

    `coverage` is the share of the file's speech that became turns (0 to 1); `dropped` counts by reason what was left
    out. `title_source` and `date_source` say where the title and the date stood, or None where there is none.
    """

    format: str
    confidence: Confidence
    title: str | None
    title_source: FoundIn | None
    date: dt.date | None
    date_source: FoundIn | None
    client: str | None
    us: tuple[str, ...]
    them: tuple[str, ...]
    sides_of_recorder: bool
    roles: dict[str, str]
    emails: dict[str, str]
    utterances: tuple[Utterance, ...]
    dropped: dict[str, int]
    coverage: float
    warnings: tuple[str, ...]

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everybody who speaks, in the order of their first words."""
        return tuple(dict.fromkeys(u.speaker for u in self.utterances))


def refused(name: str, reason: str, hint: str = "") -> Refused:
    """The error for a file that cannot be read, naming it."""
    return Refused(f"{name}: {reason}", hint)
