import datetime as dt
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from analyzer.model.meetings import Side, Speaker, Utterance
from analyzer.store import NewMeeting, Store

NOW = dt.datetime(2026, 3, 4, 9, 30, tzinfo=dt.UTC)
OURS = Speaker(name="Dana", side=Side.OURS)
THEIRS = Speaker(name="Marek", side=Side.THEIRS, role="CFO")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "record.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, now=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def new() -> Callable[..., NewMeeting]:
    """Makes meetings that differ in their bytes, so that each is a file of its own."""
    numbers = count(1)

    def make(client_id: str | None, date: dt.date = dt.date(2025, 9, 17), text: str = "We want it done.") -> NewMeeting:
        return NewMeeting(
            client_id=client_id,
            date=date,
            title="Weekly",
            format="vtt",
            file_name="weekly.vtt",
            original=f"WEBVTT {next(numbers)}".encode(),
            speakers=(OURS, THEIRS),
            utterances=(
                Utterance(speaker="Dana", text="How is it going?", start=0.5, end=2.0),
                Utterance(speaker="Marek", text=text),
            ),
            coverage=0.99,
            dropped={"note": 2},
            warnings=("one cue had no end",),
        )

    return make
