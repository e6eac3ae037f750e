"""Files of a home that are cut, removed, or have bits flipped: found by doctor and mended, or nothing has changed."""

import random
import shutil
from pathlib import Path

from tests.running import Analyzer

LENGTHS = (0, 100, 4096, 0.25, 0.5, 0.9, 0.99)


def index_files(home: Path) -> list[Path]:
    """All of it but the locks, in which nothing is."""
    return sorted(path for path in (home / "index").rglob("*") if path.is_file() and path.suffix != ".lock")


def read(analyzer: Analyzer, words: str) -> list[tuple[str, str]]:
    """What a search finds in all clients."""
    return [(hit["slug"], hit["text"]) for hit in analyzer("search", words, "--all-clients", "--json").data["hits"]]


def failed(analyzer: Analyzer) -> list[dict[str, str]]:
    """What doctor says is broken, each with what mends it."""
    run = analyzer("doctor", "--json")
    found = [check for check in run.json["data"]["checks"] if check["state"] == "fail"]
    assert all(check["mend"] for check in found)
    return found


def check_cut(analyzer: Analyzer, home: Path, path: Path, length: float | None, words: str) -> None:
    """Cut a file of the index, or remove it: the next search finds what it found before, and `reindex` makes all well."""
    whole = path.read_bytes()
    left = whole[: int(length if length >= 1 else length * len(whole))] if length is not None else b""
    if left == whole and length is not None:
        return
    before = read(analyzer, words)
    path.unlink() if length is None else path.write_bytes(left)
    assert read(analyzer, words) == before, (path, length)
    if failed(analyzer):
        assert analyzer("reindex").code == 0
        assert read(analyzer, words) == before, (path, length)
    assert failed(analyzer) == []


def check_flipped(analyzer: Analyzer, home: Path, path: Path, seed: random.Random, words: str) -> bool:
    """Flip a bit of a file of the index: doctor finds it and `reindex` mends it, or every search finds what it found before.

    Returns whether doctor found it.
    """
    before = read(analyzer, words)
    flip(path, seed)
    found = bool(failed(analyzer))
    if found:
        assert analyzer("reindex").code == 0, path
    assert read(analyzer, words) == before, path
    assert failed(analyzer) == [], path
    return found


def check_flipped_record(analyzer: Analyzer, home: Path, seed: random.Random, slugs: list[str]) -> bool:
    """Flip a bit of the record: doctor finds it, or every meeting reads as before. Returns whether doctor found it."""
    record = home / "record.sqlite3"
    aside = home.parent / "record.kept"
    shutil.copy2(record, aside)
    before = [analyzer("show", slug, "--json").out for slug in slugs]
    flip(record, seed)
    try:
        run = analyzer("doctor", "--json")
        assert "Traceback" not in run.err
        if run.code == 0:
            assert [analyzer("show", slug, "--json").out for slug in slugs] == before
        for slug in slugs:
            shown = analyzer("show", slug, "--json")
            assert "Traceback" not in shown.err
        return run.code != 0
    finally:
        for left in home.glob("record.sqlite3*"):
            left.unlink()
        shutil.copy2(aside, record)


def flip(path: Path, seed: random.Random) -> None:
    """Another bit than there was, somewhere in the file."""
    content = bytearray(path.read_bytes())
    content[seed.randrange(len(content))] ^= 1 << seed.randrange(8)
    path.write_bytes(content)
