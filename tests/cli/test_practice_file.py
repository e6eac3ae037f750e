"""practice.toml, edited so that a slip loses nothing and changes nothing, and checked for what is missing or leads nowhere."""

import datetime as dt
import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest

from analyzer.store import Store
from tests.cli.test_at_terminal import talk
from tests.cli.test_prompts import EditorFor
from tests.running import EXAMPLES, Analyzer

TEXT = """# ours
name = "Hale & Co"

[[people]]
name = "Dana Hale"
aliases = ["Dana"]

[[offers]]
text = "Pricing reviews"
share = "all"
not_with = ["Northgate"]

[[conditions]]
text = "Access to the shop floor"

[context]
as_of = 2026-01-05
"""


@pytest.fixture
def file(home: Path) -> Path:
    """A home with this practice.toml."""
    home.mkdir(mode=0o700)
    path = home / "practice.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> EditorFor:
    return EditorFor(monkeypatch, tmp_path)


def edit(analyzer: Analyzer) -> Any:
    return analyzer("practice", "edit", "--json").data


class TestEdit:
    def test_it_says_what_counts_otherwise_now_and_keeps_the_file_as_it_was(
        self, analyzer: Analyzer, editor: EditorFor, file: Path
    ) -> None:
        editor(
            'text = text.replace(\'["Dana"]\', \'["Dana", "dh"]\').replace(\'= "all"\', \'= "partners"\')'
            ".replace('2026-01-05', '2026-03-09').replace('Access to the shop floor', 'Time with the shift leads')"
        )
        done, but = edit(analyzer), ", not with Northgate"
        assert (done["change"], done["draft"]) == ("changed", None)
        assert done["told"] == [
            "Dana Hale, also known as Dana, dh",
            f"offers: “Pricing reviews” is shared with partners{but} (before: shared with every client{but})",
            "conditions: “Time with the shift leads” is new, shared with nobody",
            "conditions: “Access to the shop floor” is gone",
            "context as of 9 Mar 2026 (before: 5 Jan 2026)",
        ]
        assert Path(done["before"]).read_text(encoding="utf-8") == TEXT
        assert "2026-03-09" in file.read_text(encoding="utf-8")
        assert {p.name for p in file.parent.iterdir()} == {"practice.toml", "practice-before.toml"}

    def test_people_who_come_and_go_are_told(self, analyzer: Analyzer, editor: EditorFor, file: Path) -> None:
        assert file.exists()
        editor("text = text.replace('Dana Hale', 'Bo Hale').replace('Hale & Co', 'Hale')")
        assert edit(analyzer)["told"] == [
            "the practice is called Hale (before: Hale & Co)",
            "ours now: Bo Hale, also known as Dana",
            "no longer ours: Dana Hale",
        ]

    def test_with_nothing_changed_nothing_is_written(self, analyzer: Analyzer, editor: EditorFor, file: Path) -> None:
        editor("pass")
        before = file.stat().st_mtime_ns
        assert (edit(analyzer)["change"], file.stat().st_mtime_ns) == ("unchanged", before)
        assert {p.name for p in file.parent.iterdir()} == {"practice.toml"}
        assert analyzer("practice", "edit").out == "Nothing was changed.\n"

    def test_a_comment_changes_the_file_and_nothing_that_counts(self, analyzer: Analyzer, editor: EditorFor, file: Path) -> None:
        editor("text = text.replace('# ours', '# our side')")
        assert "Nothing that counts is another now." in analyzer("practice", "edit").out
        assert file.read_text(encoding="utf-8").startswith("# our side\n")

    def test_what_cannot_be_used_is_put_aside_and_taken_up_again(self, analyzer: Analyzer, editor: EditorFor, file: Path) -> None:
        editor("text = text.replace('Pricing', 'Price').replace('\"all\"', '\"everybody\"')")
        run = analyzer("practice", "edit", "--json")
        assert (run.code, run.json["error"]["code"], run.json["data"]["change"]) == (1, "practice", "put_aside")
        assert "offers 1: share" in run.json["error"]["message"]
        draft = Path(run.json["data"]["draft"])
        assert "Price reviews" in draft.read_text(encoding="utf-8")
        assert file.read_text(encoding="utf-8") == TEXT
        assert analyzer("practice", "check").code == 0
        editor("text = text.replace('\"everybody\"', '\"all\"')")
        again = analyzer("practice", "edit", "--json")
        assert [warning["code"] for warning in again.json["warnings"]] == ["draft"]
        assert again.data["told"][0] == "offers: “Price reviews” is new, shared with every client, not with Northgate"
        assert not draft.exists()

    def test_at_a_terminal_it_can_be_mended_at_once(self, analyzer: Analyzer, editor: EditorFor, file: Path) -> None:
        editor("text = text.replace('= \"all\"', '= all') if '\"all\"' in text else text.replace('= all', '= \"never\"')")
        shown = talk(["practice", "edit"], [("Edit it again?", "y")])
        shown = re.sub(r"(\x1b\[[\d;]*m|\s)+", " ", shown)  # where a line is broken depends on the name of the home
        assert "not valid TOML" in shown
        assert "shared with nobody" in shown
        assert 'share = "never"' in file.read_text(encoding="utf-8")
        assert analyzer("practice", "check").code == 0

    def test_a_file_that_was_broken_before_can_be_mended(self, analyzer: Analyzer, editor: EditorFor, file: Path) -> None:
        broken = TEXT.replace('"Pricing reviews"', "Pricing reviews")
        file.write_text(broken, encoding="utf-8")
        editor("pass")
        run = analyzer("practice", "edit", "--json")
        assert (run.code, run.json["data"]["change"], file.read_text(encoding="utf-8")) == (1, "unchanged", broken)
        editor("text = text.replace('Pricing reviews', '\"Pricing reviews\"')")
        assert edit(analyzer)["change"] == "changed"
        assert analyzer("practice", "check").code == 0

    def test_what_changed_in_the_file_meanwhile_is_not_overwritten(
        self, analyzer: Analyzer, editor: EditorFor, file: Path
    ) -> None:
        editor(f"open({str(file)!r}, 'a').write('# from elsewhere\\n')\ntext = text.replace('Pricing', 'Price')")
        run = analyzer("practice", "edit", "--json")
        assert run.json["error"]["message"].endswith("was changed by another program meanwhile")
        assert file.read_text(encoding="utf-8") == TEXT + "# from elsewhere\n"
        assert "Price reviews" in Path(run.json["data"]["draft"]).read_text(encoding="utf-8")

    def test_an_editor_that_fails_changes_nothing(self, analyzer: Analyzer, editor: EditorFor, file: Path) -> None:
        editor("sys.exit(3)")
        run = analyzer("practice", "edit", "--json")
        assert (run.code, run.json["error"]["code"]) == (1, "settings")
        assert {p.name for p in file.parent.iterdir()} == {"practice.toml"}
        editor("open(path, 'a').write('# half\\n'); sys.exit(3)")
        analyzer("practice", "edit")
        assert {p.name for p in file.parent.iterdir()} == {"practice.toml", "practice-draft.toml"}
        assert file.read_text(encoding="utf-8") == TEXT

    def test_without_a_file_one_is_made_of_the_template(self, analyzer: Analyzer, editor: EditorFor, home: Path) -> None:
        editor("pass")
        assert edit(analyzer)["change"] == "unchanged"
        assert list(home.iterdir()) == []
        editor("text = text.replace('name = \"\"', 'name = \"Hale\"', 1)")
        done = edit(analyzer)
        assert (done["told"], done["before"]) == (["the practice is called Hale"], None)

    @pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
    def test_all_that_is_written_is_for_its_owner_alone(self, analyzer: Analyzer, editor: EditorFor, file: Path) -> None:
        editor("text = text.replace('Pricing', 'Price')")
        edit(analyzer)
        editor("text = text.replace('Price', 'Pricing') + 'x'")
        analyzer("practice", "edit")
        assert {p.name: stat.S_IMODE(p.stat().st_mode) for p in file.parent.iterdir()} == dict.fromkeys(
            ("practice.toml", "practice-before.toml", "practice-draft.toml"), 0o600
        )

    def test_older_meetings_with_somebody_who_is_ours_now_are_told(
        self, analyzer: Analyzer, editor: EditorFor, file: Path, tmp_path: Path
    ) -> None:
        assert file.exists()
        talk_file = tmp_path / "2026-03-04 Kickoff.txt"
        talk_file.write_text("Dana Hale: Shall we begin?\nMarek: Yes.\nBo Hale: I am here as well.\n", encoding="utf-8")
        analyzer("upload", talk_file, "--client", "Acme", "--no-read")
        editor("text = text.replace('[\"Dana\"]', '[]') + '\\n[[people]]\\nname = \"Bo Hale\"\\n'")
        (warning,) = analyzer("practice", "edit", "--json").json["warnings"]
        assert (warning["code"], "analyzer sides --from-practice" in warning["message"]) == ("sides_behind", True)


class TestCheck:
    def test_it_tells_what_is_known_what_is_missing_and_what_nobody_may_hear(self, analyzer: Analyzer, file: Path) -> None:
        data = analyzer("practice", "check", "--json").data
        assert (data["path"], data["name"]) == (str(file), "Hale & Co")
        assert data["people"] == [{"name": "Dana Hale", "aliases": ["Dana"]}]
        assert {section: number for section, number in data["items"].items() if number} == {"offers": 1, "conditions": 1}
        assert data["missing"] == ["wants", "context.in_hand", "context.capacity", "context.hard", "context.building"]
        assert [item["text"] for item in data["with_nobody"]] == ["Access to the shop floor"]

    @pytest.mark.parametrize(("days", "is_old"), [(60, False), (61, True), (-3, False)])
    def test_a_context_is_old_after_sixty_days(self, analyzer: Analyzer, file: Path, days: int, is_old: bool) -> None:
        as_of = dt.datetime.now().astimezone().date() - dt.timedelta(days=days)
        file.write_text(TEXT.replace("2026-01-05", as_of.isoformat()), encoding="utf-8")
        data = analyzer("practice", "check", "--json").data
        assert (data["as_of"], data["age_days"], data["is_old"]) == (as_of.isoformat(), days, is_old)
        told = analyzer("practice", "check").out
        assert ("it is time to look at it again" in told) is is_old
        assert ("still to come" in told) is (days < 0)

    def test_a_context_without_a_day_has_no_age(self, analyzer: Analyzer, file: Path) -> None:
        file.write_text(TEXT.replace("as_of = 2026-01-05\n", ""), encoding="utf-8")
        data = analyzer("practice", "check", "--json").data
        assert (data["as_of"], data["age_days"], data["is_old"]) == (None, None, False)
        assert data["missing"][-1] == "context.as_of"

    @pytest.mark.parametrize(
        ("client", "unknown"), [("Northgate Rail", []), ("northgate", []), ("Nordgate", ["Northgate"]), (None, ["Northgate"])]
    )
    @pytest.mark.usefixtures("file")
    def test_a_name_that_no_client_has_keeps_nothing_from_anybody(
        self, analyzer: Analyzer, home: Path, client: str | None, unknown: list[str]
    ) -> None:
        with Store.open(home / "record.sqlite3") as store:
            if client:
                store.add_client(client)
        data = analyzer("practice", "check", "--json").data
        assert [wrong["name"] for wrong in data["not_clients"]] == unknown
        assert ("keeps nothing from anybody" in analyzer("practice", "check").out) is bool(unknown)

    def test_what_it_knows_of_is_what_an_edit_can_change(self, analyzer: Analyzer, practice: Path) -> None:
        assert practice.exists()
        data = analyzer("practice", "check", "--json").data
        listed = (EXAMPLES / "practice.toml").read_text(encoding="utf-8")
        assert sum(data["items"].values()) == sum(line.startswith("[[") and "people" not in line for line in listed.splitlines())
        assert data["missing"] == []

    def test_a_file_that_cannot_be_used_is_told_with_what_mends_it(self, analyzer: Analyzer, file: Path) -> None:
        file.write_text("name = ", encoding="utf-8")
        run = analyzer("practice", "check", "--json")
        assert (run.code, run.json["error"]["code"]) == (1, "practice")
        assert "analyzer practice edit" in run.json["error"]["hint"]

    def test_without_a_file_the_next_step_is_told(self, analyzer: Analyzer) -> None:
        run = analyzer("practice", "check")
        assert run.code == 1
        assert "analyzer init" in run.err
