"""Writing files that only their owner can read."""

from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Write beside and move into place, so that a cut never leaves half a file. Raises OSError.

    What UTF-8 cannot hold, as a name may have it where its bytes were no text, is written as a question mark.
    """
    beside = path.with_name(f".{path.name}.part")
    beside.unlink(missing_ok=True)
    beside.touch(mode=0o600, exist_ok=False)
    try:
        beside.write_text(text, encoding="utf-8", errors="replace")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
