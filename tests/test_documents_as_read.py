"""Whole documents of two clients by both engines, held against those that were read and found good (`tests.written`)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.model_server import ModelServer
from tests.recorded import Recorded
from tests.written import ENGINES, KEPT, all_written


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(Recorded()) as running:
        yield running


@pytest.mark.parametrize("engine", ENGINES)
def test_the_documents_of_two_clients_are_those_that_were_read(two_clients: Path, server: ModelServer, engine: str) -> None:
    written = dict(all_written(two_clients, engine, {"ANALYZER_BASE_URL": server.url, "ANALYZER_MODEL": "recorded"}))
    kept = {path.name: path.read_text(encoding="utf-8") for path in KEPT.glob(f"*-{engine}-*.md")}
    assert written.keys() == kept.keys()
    for name, text in written.items():
        assert text == kept[name], f"{name} reads otherwise: `python -m tests.written` writes it anew, then read it"
