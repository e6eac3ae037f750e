"""The recap as a user writes it."""

from pathlib import Path

import pytest

from tests.running import Analyzer

AT_GOOLE = "northgate-logistics-2026-02-11"


@pytest.mark.usefixtures("two_clients")
def test_a_recap_tells_those_who_were_there_who_does_what_by_when(analyzer: Analyzer) -> None:
    data = analyzer("recap", AT_GOOLE, "--json").data
    assert data["people"] == ["Dawn Whitlock", "Yusuf Demir", "Tom Ellery", "Priya Raman", "Graham Pell"]
    promised = {(row["who"], row["what"], row["due_date"]) for row in data["promises"]}
    assert ("Graham Pell", "“I'll send you the pack on Friday”", "2026-02-13") in promised
    text = analyzer("recap", AT_GOOLE).out
    assert text.startswith("# After our talk on 11 Feb 2026\n")
    assert "- Graham Pell: “I'll send you the pack on Friday”, by 13 Feb 2026" in text


@pytest.mark.usefixtures("two_clients")
def test_it_goes_into_a_folder_under_a_neutral_name_and_is_noted(analyzer: Analyzer, tmp_path: Path) -> None:
    for form in ("md", "html", "docx"):
        assert analyzer("recap", AT_GOOLE, "--format", form, "-o", tmp_path).code == 0
        assert (tmp_path / f"northgate-logistics-2026-02-11-recap.{form}").is_file()
    moved = analyzer("move", AT_GOOLE, "Meridian Biotech", "--json").data
    assert {export["kind"] for export in moved["exported"]} == {"recap"}


@pytest.mark.usefixtures("two_clients")
def test_what_was_left_out_is_counted(analyzer: Analyzer) -> None:
    assert "left out: it is not certain that it was promised; the brief shows them" in analyzer("recap", AT_GOOLE).err


@pytest.mark.usefixtures("two_clients")
def test_a_meeting_of_no_client_has_no_recap(analyzer: Analyzer) -> None:
    (moved,) = analyzer("move", AT_GOOLE, "-", "--json").data["meetings"]
    refused = analyzer("recap", moved["id"])
    assert refused.code == 2
    assert f"analyzer move {moved['slug']} CLIENT" in refused.err


@pytest.mark.usefixtures("two_clients")
def test_no_sign_stands_in_a_recap(analyzer: Analyzer) -> None:
    from analyzer.signs import SIGNS

    for row in analyzer("meetings", "--json").data["meetings"]:
        text = analyzer("recap", row["slug"]).out.casefold()
        assert not [sign.id for sign in SIGNS if sign.title.casefold() in text or sign.id.value in text]
