"""Meetings whose words stay with those who were there: said at the upload or later, told wherever meetings are told."""

from pathlib import Path
from typing import Any

import pytest

from tests.running import Analyzer

TEXT = """Priya Raman: Shall we begin with what would be different by the summer?
Dana Ortiz: The structure is drawn already. I need my finance chief to hear it from you.
Priya Raman: I would suggest that you walk your team through the draft yourself first.
Dana Ortiz: It is decided, yes. What matters is that it comes from outside.
Dana Ortiz: Group wants to see a review in the pack before the quarter ends.
"""
SLUG = "acme-2026-03-04"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "2026-03-04 Kickoff.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def upload(analyzer: Analyzer, file: Path, *more: str) -> Any:
    return analyzer("upload", file, "--client", "Acme", "--us", "Priya Raman", *more, "--json")


def confidential(analyzer: Analyzer) -> dict[str, bool]:
    return {row["slug"]: row["confidential"] for row in analyzer("meetings", "--json").data["meetings"]}


def warned(run: Any) -> list[str]:
    return [warning["message"] for warning in run.json["warnings"] if warning["code"] == "not_confidential"]


def test_it_is_said_at_the_upload_and_told_wherever_the_meeting_is(analyzer: Analyzer, file: Path) -> None:
    (row,) = upload(analyzer, file, "--confidential").data["meetings"]
    assert (row["status"], row["confidential"]) == ("added", True)
    assert confidential(analyzer) == {SLUG: True}
    assert analyzer("show", SLUG, "--json").data["confidential"] is True
    assert "stays with those who were there" in analyzer("show", SLUG).out
    assert "confidential" in analyzer("meetings").out


def test_a_meeting_is_not_confidential_unless_somebody_says_so(analyzer: Analyzer, file: Path) -> None:
    (row,) = upload(analyzer, file).data["meetings"]
    assert row["confidential"] is False
    assert confidential(analyzer) == {SLUG: False}
    assert "confidential" not in analyzer("meetings").out + analyzer("show", SLUG).out


def test_a_dry_run_says_what_would_be_kept_so(analyzer: Analyzer, file: Path) -> None:
    (row,) = upload(analyzer, file, "--confidential", "--dry-run").data["meetings"]
    assert (row["status"], row["confidential"]) == ("would_add", True)
    assert "it stays with those who were there" in analyzer("upload", file, "--client", "A", "--confidential", "--dry-run").out
    assert confidential(analyzer) == {}


def test_it_can_be_set_and_lifted_later_and_each_change_taken_back(analyzer: Analyzer, file: Path) -> None:
    upload(analyzer, file)
    before = analyzer("show", SLUG, "--json").data["revision"]
    set_ = analyzer("amend", SLUG, "--confidential", "--json").data
    assert [meeting["confidential"] for meeting in set_["meetings"]] == [True]
    assert (set_["told"], set_["judged_anew"]) == (f"{SLUG} is now confidential: it stays with those who were there", [])
    assert analyzer("show", SLUG, "--json").data["revision"] == before
    assert analyzer("amend", SLUG, "--confidential").code == 2
    assert analyzer("amend", SLUG, "--no-confidential").code == 0
    assert confidential(analyzer) == {SLUG: False}
    analyzer("clients", "undo")
    assert confidential(analyzer) == {SLUG: True}
    analyzer("clients", "undo")
    assert confidential(analyzer) == {SLUG: False}


def test_a_meeting_that_is_there_already_is_not_made_confidential_in_silence(analyzer: Analyzer, file: Path) -> None:
    upload(analyzer, file)
    again = upload(analyzer, file, "--confidential")
    (told,) = warned(again)
    assert f"analyzer amend {SLUG} --confidential" in told
    assert (again.data["meetings"][0]["confidential"], confidential(analyzer)) == (False, {SLUG: False})
    analyzer("amend", SLUG, "--confidential")
    once_more = upload(analyzer, file, "--confidential")
    assert (warned(once_more), once_more.data["meetings"][0]["confidential"]) == ([], True)


def test_it_stays_so_when_another_export_takes_its_place_or_its_client_is_another(analyzer: Analyzer, file: Path) -> None:
    upload(analyzer, file, "--confidential")
    other = file.with_name("2026-03-04 Kickoff again.txt")
    other.write_text(TEXT.replace("drawn", "made"), encoding="utf-8")
    (row,) = upload(analyzer, other, "--replace").data["meetings"]
    assert (row["status"], row["confidential"]) == ("replaced", True)
    analyzer("speakers", "rename", SLUG, "Dana Ortiz", "Dana Bell")
    analyzer("move", SLUG, "Bell", "--new")
    assert confidential(analyzer) == {"bell-2026-03-04": True}
