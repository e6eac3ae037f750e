"""Writes `docs/formats.md` from the parsers: `python -m scripts.make_format_docs`.

A test holds the file against what this makes, so the document cannot fall behind the code.
"""

from pathlib import Path

from analyzer.transcripts.base import Format
from analyzer.transcripts.decoding import MAX_BYTES
from analyzer.transcripts.formats import FORMATS
from analyzer.transcripts.reading import FULL_COVERAGE, LEAST_COVERAGE, MAX_TURNS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "formats.md"

HEAD = f"""# What can be read

Made from the parsers by `python -m scripts.make_format_docs`; do not edit.

A file is recognised by what is in it, never by its name alone. Text formats are read from text files of any usual encoding,
from Word documents (`.docx`) and from PDFs with text in them. `analyzer inspect FILE` shows how a file would be read, and
`analyzer formats` prints this list.

What is not speech (a program's summary, notes, action items, footers) is left out and counted. How much of the speech found its
place is measured: under {FULL_COVERAGE:.0%} warns, under {LEAST_COVERAGE:.0%} refuses unless `--allow-partial` takes what could
be read. Files may have {MAX_BYTES // 2**20} MB and {MAX_TURNS:,} turns. A format marked *unconfirmed* was written from
descriptions alone: its files are read at low confidence, so look at the result before you rely on it.

Date and title come from the text, else from fields of the file, else from the file's name, else from its folder's name, else
from a document's properties, else from the time the file was changed; `inspect` says which.
"""


def page() -> str:
    """The whole document."""
    return "\n".join([HEAD, *(_section(known) for known in FORMATS)])


def _section(known: Format) -> str:
    unconfirmed = " (unconfirmed)" if not known.confirmed else ""
    lines = [f"## {known.title}{unconfirmed}", "", f"`format` in results: `{known.name}`", ""]
    lines += [f"- Export: {way}" for way in known.export]
    lines += [f"- Read: {known.reads}"]
    lines += [f"- Not in it, or not read: {known.missing}"] if known.missing else []
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE}")
