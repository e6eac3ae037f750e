"""The texts that lie in the home beside the record and the index: what a person wrote, and whatever else somebody put there."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analyzer import tombstones
from analyzer.workspace import Workspace

LARGEST = 1 << 20
"""Bytes of a file that is looked into."""

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeText:
    """A file with what it says; written again in the encoding that it has."""

    path: Path
    text: str
    encoding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeTexts:
    """All texts in the home, and the files that are too large or are no text, of which nobody knows what they say."""

    texts: tuple[HomeText, ...]
    unread: tuple[Path, ...]


def home_texts(ws: Workspace) -> HomeTexts:
    """What lies in the home but for what the product keeps in formats of its own. Links are not followed."""
    texts: list[HomeText] = []
    unread: list[Path] = []
    for path in sorted(_files(ws.settings.home, ws)):
        found = _text(path)
        if found is None:
            unread.append(path)
        elif found.text:
            texts.append(found)
    return HomeTexts(texts=tuple(texts), unread=tuple(unread))


def tell_unread(ws: Workspace, unread: tuple[Path, ...]) -> None:
    """Say which files nobody looked through."""
    if unread:
        names = ", ".join(str(path) for path in unread)
        ws.notice("not_looked_through", f"no text, or larger than 1 MiB, so not looked through: {names}")


def _files(folder: Path, ws: Workspace) -> Iterator[Path]:
    record, settings = ws.settings.record_path.name, ws.settings
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_symlink() or path == settings.index_folder or path.suffix == ".lock":
            continue
        if folder == settings.home and (path.name.startswith(record) or path.name == tombstones.FILE_NAME):
            continue
        if path.is_dir():
            yield from _files(path, ws)
        elif path.is_file():
            yield path


def _text(path: Path) -> HomeText | None:
    """The file as text; None where it is none, is too large, or cannot be read."""
    try:
        if path.stat().st_size > LARGEST:
            return None
        data = path.read_bytes()
    except OSError:
        return None
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else HomeText(path=path, text=text, encoding=encoding)
