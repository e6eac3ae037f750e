"""docs/formats.md is what the parsers say of themselves."""

from analyzer.transcripts.formats import FORMATS
from scripts.make_format_docs import PAGE, page


def test_the_document_is_what_the_parsers_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m scripts.make_format_docs"


def test_every_format_says_how_to_get_it_and_what_is_read() -> None:
    assert all(known.export and known.reads and all(way.strip() for way in known.export) for known in FORMATS)
    assert all(f"## {known.title}{'' if known.confirmed else ' (unconfirmed)'}\n" in page() for known in FORMATS)
