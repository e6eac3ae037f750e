"""What leaves by side doors: other people's drafts, former names, one wrong side, and edits that must not be lost."""

from pathlib import Path

import pytest

from tests.running import Analyzer

NORTHGATE = "northgate-logistics"
IN_CONFIDENCE = "I'll tell her myself in the new year"
pytestmark = pytest.mark.usefixtures("two_clients")


def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """An editor that runs this script on the file."""
    path = tmp_path / "editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(path))


def test_one_wrong_side_opens_no_meeting_that_somebody_missed(analyzer: Analyzer) -> None:
    asked = ("agenda", NORTHGATE, "--with", "Graham Pell", "--with", "Dawn Whitlock", "--date", "2026-02-12")
    assert "20 Nov 2025" not in analyzer(*asked).out
    assert analyzer("sides", "northgate-logistics-2026-02-11", "--us", "Dawn Whitlock").code == 0
    assert "20 Nov 2025" not in analyzer(*asked).out  # still theirs on 17 September, and not there in November


@pytest.mark.parametrize("change", [("rename", "Crumb Foods"), ("merge", "meridian-biotech")])
def test_not_with_means_a_client_also_under_its_new_name(analyzer: Analyzer, home: Path, change: tuple[str, str]) -> None:
    path = home / "practice.toml"
    path.write_text(
        path.read_text().replace(
            'share = "partners"\nnot_with = ["Okafor & Daughters Bakeries"]', 'share = "all"\nnot_with = ["Northgate Logistics"]'
        )
    )
    assert "thin first quarter" not in analyzer("agenda", NORTHGATE).out
    verb, into = change
    assert analyzer("clients", verb, NORTHGATE, into).code == 0
    now = "crumb-foods" if verb == "rename" else into
    assert "thin first quarter" not in analyzer("agenda", now).out


def test_a_refused_draft_is_not_opened_for_other_people(
    analyzer: Analyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, f"printf '%s\\n' '- {IN_CONFIDENCE.replace(chr(39), chr(8217))} Meridian' >> \"$1\"")
    refused = analyzer("agenda", NORTHGATE, "--with", "Graham Pell", "--date", "2026-03-09", "--edit")
    assert refused.code != 0
    editor(tmp_path, monkeypatch, "sed -i 's/ Meridian//' \"$1\"")
    other = analyzer("agenda", NORTHGATE, "--with", "Dawn Whitlock", "--date", "2026-04-01", "--edit")
    assert "with Graham Pell" not in other.out
    assert "in the new year" not in other.out


def test_words_of_a_talk_that_they_missed_are_found_in_an_edited_agenda(
    analyzer: Analyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, f'printf "%s\\n" "- {IN_CONFIDENCE}" >> "$1"')
    assert analyzer("agenda", NORTHGATE, "--with", "Dawn Whitlock", "--date", "2026-04-01", "--edit").code != 0


def test_an_edit_is_not_lost_when_the_file_cannot_be_written(
    analyzer: Analyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, 'printf "%s\\n" "- My careful line" >> "$1"')
    there = tmp_path / "no such folder" / "there.md"
    asked = ("agenda", NORTHGATE, "--date", "2026-06-08")
    assert analyzer(*asked, "--edit", "-y", "-o", there).code != 0
    editor(tmp_path, monkeypatch, "true")
    assert "My careful line" in analyzer(*asked, "--edit").out


def test_what_is_told_is_asked_of_an_edited_agenda_however_long_or_spaced(
    analyzer: Analyzer, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "practice.toml"
    path.write_text(f'{path.read_text()}\n[[context.in_hand]]\ntext = "We  merge with   others in July"\nshare = "all"\n')
    editor(tmp_path, monkeypatch, 'printf "%s\\n" "- One more thing" >> "$1"')
    told = analyzer("agenda", NORTHGATE, "--edit", "-o", tmp_path / "a.md").err
    assert "July" in told.split("You will tell", 1)[1]


def test_json_of_an_edited_agenda_tells_only_what_stands_in_it(
    analyzer: Analyzer, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, "sed -i '/thin first quarter/d' \"$1\"")
    asked = ("agenda", NORTHGATE, "--date", "2026-06-08")
    assert analyzer(*asked, "--edit").code == 0
    path = home / "practice.toml"
    before, after = path.read_text().split("A thin first", 1)
    path.write_text(f"{before}A thin first{after.replace('partners', 'never', 1)}")
    assert "thin first" not in analyzer(*asked, "--json").out


def test_a_recap_of_a_meeting_that_nobody_read_says_nothing_of_promises(analyzer: Analyzer, tmp_path: Path) -> None:
    said = "WEBVTT\n\n00:00.000 --> 00:09.000\n<v Priya Raman>I'll send you the summary by Friday.\n\n"
    said += "00:10.000 --> 00:19.000\n<v Zoe Quill>And I'll send you the plan by Monday, Priya, as we said.\n"
    path = tmp_path / "2026-02-01 talk.vtt"
    path.write_text(said)
    assert analyzer("upload", path, "--client", "Quill", "--no-read").code == 0
    told = analyzer("recap", "quill-2026-02-01").out
    assert "took on" not in told
    assert "Who does what by when" not in told


@pytest.mark.parametrize(
    ("called", "hello"),
    [("Pell, Graham", "Hello Graham,"), ("Dr. Graham Pell", "Hello Graham,"), ("Dr. Ana Ruiz", "Hello Dr. Ana Ruiz,")],
)
def test_a_message_greets_by_a_name(analyzer: Analyzer, called: str, hello: str) -> None:
    assert hello in analyzer("agenda", NORTHGATE, "--with", called, "--invite").out


def test_another_client_s_name_of_three_letters_or_behind_an_article_is_found(
    analyzer: Analyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for slug, name in (("kea", "KEA Systems"), ("tarn", "The Tarn Company")):
        path = tmp_path / f"2026-01-0{len(slug)} {slug}.txt"
        path.write_text(
            "Zoe Quill: Good morning.\nPriya Raman: Good morning, Zoe.\nZoe Quill: Fine.\nPriya Raman: Good.\n" + slug
        )
        assert analyzer("upload", path, "--client", name, "--no-read").code == 0
    for name in ("KEA", "Tarn"):
        editor(tmp_path, monkeypatch, f'printf "%s\\n" "- We did it for {name} as well" >> "$1"')
        assert analyzer("agenda", NORTHGATE, "--anew", "--edit").code != 0, name


def test_a_whole_name_is_found_though_each_word_of_it_is_somebody_else_s_here(
    analyzer: Analyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "2026-01-05 x.txt"
    path.write_text("Graham Demir: Good morning.\nPriya Raman: Good morning.\nGraham Demir: Fine.\nPriya Raman: Good.\n")
    assert analyzer("upload", path, "--client", "Quayle", "--no-read").code == 0
    editor(tmp_path, monkeypatch, 'printf "%s\\n" "- Graham Demir says so too" >> "$1"')
    assert analyzer("agenda", NORTHGATE, "--edit").code != 0


def test_days_of_the_week_are_no_client(analyzer: Analyzer, tmp_path: Path) -> None:
    path = tmp_path / "2026-01-05 x.txt"
    path.write_text("Zoe Quill: Good morning.\nPriya Raman: Good morning.\nZoe Quill: Fine.\nPriya Raman: Good.\n")
    assert analyzer("upload", path, "--client", "Friday Design", "--no-read").code == 0
    assert "pack on Friday" in analyzer("recap", "northgate-logistics-2026-02-11").out


def test_how_we_see_the_relation_is_not_told_and_every_hit_is_named(
    analyzer: Analyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, 'printf "%s\\n" "- You are a leaning client" "- Meridian says so too" >> "$1"')
    refused = analyzer("agenda", NORTHGATE, "--edit")
    assert refused.code != 0
    assert "leaning client" in refused.err
    assert "meridian" in refused.err


def test_a_file_that_is_there_is_told_before_the_editor_opens(
    analyzer: Analyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, f"touch {tmp_path / 'opened'}")
    there = tmp_path / "there.md"
    there.write_text("mine")
    assert "--force" in analyzer("agenda", NORTHGATE, "--edit", "-y", "-o", there).err
    assert not (tmp_path / "opened").exists()


@pytest.mark.parametrize("command", [("brief", NORTHGATE), ("agenda", NORTHGATE, "-y"), ("recap", f"{NORTHGATE}-2026-02-11")])
def test_a_document_of_an_unknown_kind_is_refused_and_not_written(
    analyzer: Analyzer, tmp_path: Path, command: tuple[str, ...]
) -> None:
    refused = analyzer(*command, "-o", tmp_path / "document.pdf")
    assert refused.code == 2
    assert f"{command[0]}.docx" in refused.err
    assert not (tmp_path / "document.pdf").exists()


def test_what_was_said_in_confidence_is_marked_wherever_it_is_quoted(analyzer: Analyzer) -> None:
    meeting = f"{NORTHGATE}-2025-11-20"
    assert "said in confidence" not in analyzer("search", "the diary", "--meeting", meeting).out
    assert analyzer("amend", meeting, "--confidential").code == 0
    assert "said in confidence" in analyzer("search", "the diary", "--meeting", meeting).out
    assert analyzer("search", "the diary", "--meeting", meeting, "--json").data["hits"][0]["confidential"] is True
    assert "said in confidence" in analyzer("motives", meeting).out
