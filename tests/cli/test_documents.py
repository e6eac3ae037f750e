"""Brief and agenda as a user writes them."""

from pathlib import Path

import pytest

from tests.running import Analyzer


@pytest.mark.usefixtures("two_clients")
def test_a_brief_is_written_to_a_file_and_never_over_one(analyzer: Analyzer, tmp_path: Path) -> None:
    path = tmp_path / "prep.md"
    assert analyzer("brief", "northgate", "-o", path).code == 0
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Northgate Logistics")
    path.write_text("my own notes", encoding="utf-8")
    refused = analyzer("brief", "northgate", "-o", path)
    assert refused.code == 2
    assert "--force" in refused.err
    assert path.read_text(encoding="utf-8") == "my own notes"
    assert analyzer("brief", "northgate", "-o", path, "--force").code == 0
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.usefixtures("two_clients")
def test_minutes_add_up(analyzer: Analyzer) -> None:
    for minutes in (15, 45, 60, 90):
        data = analyzer("agenda", "northgate", "--minutes", minutes, "--json").data
        assert sum(item["minutes"] for item in data["items"]) == data["minutes"] == minutes


def test_another_client_is_named_in_no_agenda(analyzer: Analyzer, two_clients: Path) -> None:
    practice = two_clients / "practice.toml"
    item = '\n[[wants]]\ntext = "More work like the units at Meridian Biotech"\nshare = "all"\n'
    practice.write_text(practice.read_text(encoding="utf-8") + item, encoding="utf-8")
    own = analyzer("agenda", "meridian").out
    other = analyzer("agenda", "northgate")
    assert "More work like the units at Meridian Biotech" in own
    assert "Meridian" not in other.out
    assert "left out" in other.err


@pytest.mark.usefixtures("two_clients")
def test_no_sign_stands_in_an_agenda(analyzer: Analyzer) -> None:
    from analyzer.signs import SIGNS

    text = analyzer("agenda", "northgate", "--with", "Graham Pell", "--date", "2026-03-02").out.casefold()
    for sign in SIGNS:
        assert sign.title.casefold() not in text
        assert sign.id.value not in text


@pytest.mark.usefixtures("two_clients")
def test_an_agenda_for_nobody_is_a_usage_error(analyzer: Analyzer) -> None:
    assert analyzer("agenda", "northgate", "--with", "").code == 2
