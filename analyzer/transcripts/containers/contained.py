"""What a file that holds its text inside itself gives up: words, facts, and what was left behind and why."""

import datetime as dt
import re
from dataclasses import dataclass, field
from itertools import islice

from analyzer.transcripts.filing import NO_FACTS, Facts, date_in, from_file_name
from analyzer.transcripts.notation.written_dates import date_of_line

# What programs write where nobody gave a title: `Microsoft Word - Document1`, `Untitled document`, `Dokument1`.
_PROGRAM = re.compile(r"^(?:Microsoft (?:Office )?(?:Word|PowerPoint|Excel)|Google Docs|LibreOffice\w*)\s*-\s*", re.IGNORECASE)
_NOBODYS = re.compile(
    r"(?:untitled|unbenannt|ohne titel|sans titre|sin t\u00edtulo|senza titolo|sem t\u00edtulo|naamloos|unspecified)?"
    r"[ _-]*(?:word |\(?anonymous\)?)?(?:document|dokument|documento|docs?|print|draft)?[ _-]*\(?\d{0,3}\)?",
    re.IGNORECASE,
)
_FIRST_YEAR = 2000  # years before it are the zero of some program's clock
_FIRST_LINES = 20
_LONGEST_LINE = 200
_SAMPLE = 20_000
_TEMPLATES = frozenset({dt.date(2013, 12, 23)})  # the template of python-docx, which its documents keep as their own date


@dataclass(frozen=True, slots=True, kw_only=True)
class Contained:
    """The text of a Word document or a PDF.

    `text` has Unix line ends and an empty line between paragraphs. `left_out` counts by reason, in words for people, what
    the file holds beside it; `warnings` say what of that may have been speech.
    """

    text: str
    facts: Facts = NO_FACTS
    left_out: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def facts_of(title: str | None, created: dt.date | None) -> Facts:
    """Title and date from a document's properties; none where a program wrote them for want of better."""
    written, named = _written(title)
    if created is not None and (created.year < _FIRST_YEAR or created in _TEMPLATES):
        created = None
    nobodys = named.title is None or _NOBODYS.fullmatch(named.title) is not None
    return Facts(title=None if nobodys else (named.title or "").replace("\u2215", "/"), date=date_in(written) or created)


def doubt_of_date(name: str, text: str, title: str | None, facts: Facts) -> tuple[str, ...]:
    """The warning that a date is no more than the day on which the document was made, which may be long after the meeting.

    None where the title, the file's name or the first lines of the text have a date: then that is taken.
    """
    if facts.date is None or facts.date == date_in(_written(title)[0]) or from_file_name(name).date is not None:
        return ()
    lines = (line for line in text[:_SAMPLE].split("\n") if line.strip())
    if any(len(line) <= _LONGEST_LINE and date_of_line(line.strip("#* ")) for line in islice(lines, _FIRST_LINES)):
        return ()
    return (f"the date is the day the document was made ({facts.date}), unless its folder names another",)


def _written(title: str | None) -> tuple[str, Facts]:
    """A title without what programs put before it, and what it says as a file's name would."""
    written = _PROGRAM.sub("", " ".join((title or "").split()))
    return written, from_file_name(written.replace("/", "\u2215"))  # a title is no path
