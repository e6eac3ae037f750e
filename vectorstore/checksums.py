"""Whether a bundled model's files are the ones that were shipped: a folder carries its own SHA256SUMS."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from vectorstore.errors import ModelUnusable

SUMS = "SHA256SUMS"


def shipped(folder: Path) -> dict[str, str]:
    """The recorded SHA-256 by file name. Raises ModelUnusable when there is no record."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
        return {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}
    except (OSError, ValueError) as error:
        message = f"the model in {folder} is incomplete: {SUMS} cannot be read"
        raise ModelUnusable(message, "Install the package again.") from error


def damaged(folder: Path) -> tuple[str, ...]:
    """The names of files that are missing or are not those that were shipped; none when all is well. Raises ModelUnusable."""
    return tuple(name for name, digest in shipped(folder).items() if sha256(folder / name) != digest)


def record(folder: Path, names: Iterable[str]) -> None:
    """Write down that these files are what is shipped."""
    lines = "".join(f"{sha256(folder / name)}  {name}\n" for name in names)
    (folder / SUMS).write_text(lines, encoding="utf-8")


def sha256(path: Path) -> str:
    """The file's SHA-256 as 64 hex digits; nothing where there is no such file."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
