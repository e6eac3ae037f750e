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
def test_a_brief_by_the_offline_engine_tells_who_owes_whom_what(analyzer: Analyzer) -> None:
    owed = analyzer("brief", "northgate", "--date", "2026-03-02").out.partition("## Who owes whom")[2].partition("\n## ")[0]
    assert "- We owe: Priya Raman: " in owed
    assert "- They owe: Graham Pell: " in owed
    assert "northgate-logistics-2026-02-11` turn" in owed


@pytest.mark.usefixtures("two_clients")
def test_a_day_beyond_the_calendar_is_a_usage_error(analyzer: Analyzer) -> None:
    assert analyzer("agenda", "northgate", "--date", "9999-12-31").code == 2


def test_the_finished_agenda_is_looked_at_once_more(analyzer: Analyzer, two_clients: Path) -> None:
    """Each item may be told by itself; only the finished text has six words in a row of the private one."""
    practice = two_clients / "practice.toml"
    items = (("From us April has six days free", "never"), ("April has six days free", "all"))
    text = "".join(f'\n[[wants]]\ntext = "{text}"\nshare = "{share}"\n' for text, share in items)
    practice.write_text(f'name = "Raman Studio"\n{text}', encoding="utf-8")
    run = analyzer("agenda", "northgate", "--json")
    assert run.code == 1
    assert run.json["error"]["code"] == "leak"
    assert "data" not in run.json


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
