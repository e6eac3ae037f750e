"""The specimen files and what must be read from them."""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzer.model.meetings import Utterance

FOLDER = Path(__file__).resolve().parent.parent / "data" / "transcripts"
EXPECTED = ".expected.json"


@dataclass(frozen=True)
class Specimen:
    """One file and the Transcript facts that are written beside it."""

    path: Path
    expected: dict[str, Any]

    @property
    def format(self) -> str:
        return self.path.parent.name

    @property
    def is_text(self) -> bool:
        return self.path.suffix not in {".docx", ".pdf"}

    @property
    def date(self) -> dt.date | None:
        return dt.date.fromisoformat(self.expected["date"]) if self.expected["date"] else None

    @property
    def turns(self) -> list[list[Any]]:
        return list(self.expected["turns"])

    def __str__(self) -> str:
        return f"{self.format}/{self.path.name}"


def _load(path: Path) -> Specimen:
    return Specimen(path, json.loads(path.with_suffix(EXPECTED).read_text(encoding="utf-8")))


SPECIMENS = [_load(p) for p in sorted(FOLDER.glob("*/*")) if not p.name.endswith(EXPECTED)]


def as_rows(utterances: tuple[Utterance, ...]) -> list[list[Any]]:
    """Turns as the expected files have them."""
    return [[u.speaker, u.start, u.text] for u in utterances]
