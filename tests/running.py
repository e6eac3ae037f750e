"""What a test gets back from running the command line."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
CUES = 60  # of the captions of a short meeting, the mark of the file counted as one


def short_meeting(folder: Path) -> Path:
    """A file with the first minutes of the first example: 35 turns, for what needs no hour of talk."""
    whole = min((EXAMPLES / "northgate").iterdir())
    path = folder / whole.name
    path.write_text("\n\n".join(whole.read_text(encoding="utf-8").split("\n\n")[:CUES]), encoding="utf-8")
    return path


@dataclass(frozen=True)
class Run:
    """What one command did: exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def data(self) -> Any:
        """The data of a command that succeeded."""
        assert self.code == 0, self.err
        envelope = self.json
        assert envelope["ok"], envelope
        return envelope["data"]


Analyzer = Callable[..., Run]
Begin = Callable[[str, Callable[[], object]], None]
