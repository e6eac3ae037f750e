"""Which transcript files can be read, and how to get them out of the product that has them."""

from analyzer.model.results import FormatRow, Formats
from analyzer.transcripts.formats import FORMATS
from analyzer.workspace import Workspace


def formats(_: Workspace) -> Formats:
    """Every format that is known, in the order in which they are tried."""
    return Formats(
        formats=tuple(
            FormatRow(name=f.name, title=f.title, export=f.export, reads=f.reads, missing=f.missing, confirmed=f.confirmed)
            for f in FORMATS
        )
    )
