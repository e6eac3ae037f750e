"""A person's own prompts: shown whole, edited, checked, put aside; never lost, never used while they would not work."""

import os
import stat
import sys
from pathlib import Path

import pytest

import prompts
from tests.cli.test_at_terminal import talk
from tests.running import EXAMPLES, Analyzer


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "EditorFor":
    return EditorFor(monkeypatch, tmp_path)


class EditorFor:
    """Makes EDITOR a program that changes the file it is given by some lines of Python on `text`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self._monkeypatch, self._script = monkeypatch, folder / "my editor.py"

    def __call__(self, lines: str) -> None:
        head = "import sys\npath = sys.argv[1]\ntext = open(path, encoding='utf-8').read()\n"
        self._script.write_text(f"{head}{lines}\nopen(path, 'w', encoding='utf-8').write(text)\n", encoding="utf-8")
        self._monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{self._script}"')


def rows(analyzer: Analyzer) -> dict[str, dict[str, object]]:
    return {row["task"]: row for row in analyzer("prompts", "show", "--json").data["prompts"]}


def files_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_all_prompts_are_shown_with_whose_copy_counts(analyzer: Analyzer) -> None:
    shown = rows(analyzer)
    assert tuple(shown) == prompts.TASKS
    for task, row in shown.items():
        assert row["version"] == row["packaged_version"] == prompts.load(task).version
        assert isinstance(row["tokens"], int)
    text = analyzer("prompts", "show").out
    assert all(f"{task} " in text and prompts.load(task).version in text for task in prompts.TASKS)
    assert "your copy" not in text


def test_on_a_small_screen_no_version_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    shown = talk(["prompts", "show"], [])
    assert all(prompts.load(task).version in shown for task in prompts.TASKS)


@pytest.mark.parametrize("task", prompts.TASKS)
def test_one_prompt_is_shown_whole(analyzer: Analyzer, task: str) -> None:
    data = analyzer("prompts", "show", task, "--json").data
    prompt = prompts.load(task)
    assert data["system"].startswith(prompt.system)
    assert all(turn.text in data["system"] for example in prompt.examples for turn in example.turns)
    assert data["user"] == prompt.user
    text = analyzer("prompts", "show", task).out
    for line in (*prompt.system.splitlines(), *prompt.user.splitlines()):
        assert line.rstrip() in text


def test_a_task_that_is_none_is_told_with_those_that_are(analyzer: Analyzer) -> None:
    run = analyzer("prompts", "show", "write")
    assert run.code == 2
    assert all(task in run.err for task in prompts.TASKS)


def test_an_edit_makes_the_prompt_ones_own(analyzer: Analyzer, editor: EditorFor, home: Path) -> None:
    editor("text = text.replace('$signs', 'Mind what is said last.\\n\\n$signs')")
    data = analyzer("prompts", "edit", "read", "--json").data
    assert (data["file"], data["change"], data["path"]) == ("system.md", "changed", str(home / "prompts" / "read" / "system.md"))
    assert data["before"] == prompts.load("read").version != data["now"]
    shown = rows(analyzer)
    assert shown["read"]["version"] == data["now"] != shown["read"]["packaged_version"]
    assert [f["path"] is not None for f in shown["read"]["files"]] == [True, False, False]  # type: ignore[attr-defined]
    assert shown["judge"]["version"] == shown["judge"]["packaged_version"]
    assert "Mind what is said last." in analyzer("prompts", "show", "read").out
    assert "Mind what is said last." not in analyzer("prompts", "show", "read", "--packaged").out
    assert "your copy of system.md" in analyzer("prompts", "show").out


@pytest.mark.parametrize(("part", "file"), [("system", "system.md"), ("user", "user.md"), ("examples", "examples.yaml")])
def test_each_file_can_be_edited_and_only_that_is_copied(
    analyzer: Analyzer, editor: EditorFor, home: Path, part: str, file: str
) -> None:
    editor("text += '\\n# so\\n'")
    assert analyzer("prompts", "edit", "answer", "--file", part).code == 0
    assert files_in(home / "prompts") == {f"answer/{file}", f"answer/.{file}.packaged"}
    assert rows(analyzer)["answer"]["version"] != prompts.load("answer").version


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_own_copies_are_for_their_owner_alone(analyzer: Analyzer, editor: EditorFor, home: Path) -> None:
    editor("import os\nos.remove(path)\nos.umask(0)\ntext += '\\nso\\n'")  # as an editor that writes a new file
    analyzer("prompts", "edit", "read")
    analyzer("prompts", "edit", "judge")
    analyzer("prompts", "reset", "judge", "--yes")
    for path in (home, *home.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.parametrize("lines", ["", "import os\nos.remove(path)\nsys.exit()"])
def test_an_edit_that_changes_nothing_leaves_no_copy(analyzer: Analyzer, editor: EditorFor, home: Path, lines: str) -> None:
    editor(lines)
    run = analyzer("prompts", "edit", "read")
    assert run.code == 0
    assert "Nothing was changed" in run.out
    assert files_in(home) == set()
    assert not (home / "prompts" / "read").exists()


def test_a_copy_that_was_not_changed_stays(analyzer: Analyzer, editor: EditorFor, home: Path) -> None:
    editor("text += '\\nso\\n'")
    analyzer("prompts", "edit", "read")
    own = (home / "prompts" / "read" / "system.md").read_text(encoding="utf-8")
    editor("")
    assert analyzer("prompts", "edit", "read", "--json").data["change"] == "unchanged"
    assert (home / "prompts" / "read" / "system.md").read_text(encoding="utf-8") == own


def test_a_copy_edited_back_is_taken_away(analyzer: Analyzer, editor: EditorFor, home: Path) -> None:
    editor("text += '\\nso\\n'")
    analyzer("prompts", "edit", "read")
    editor("text = text[:-len('\\nso\\n')]")
    data = analyzer("prompts", "edit", "read", "--json").data
    assert (data["change"], data["path"], data["now"]) == ("as_packaged", None, prompts.load("read").version)
    assert files_in(home) == set()


def test_an_edit_that_would_not_work_is_kept_and_refused(analyzer: Analyzer, editor: EditorFor, home: Path) -> None:
    editor("text = text.replace('$signs', '')")
    run = analyzer("prompts", "edit", "read", "--json")
    assert run.code == 1
    assert run.json["error"]["code"] == "prompt_unusable"
    assert "read/system.md lacks the variable signs" in run.json["error"]["message"]
    assert run.json["data"]["now"] is None
    assert "$signs" not in (home / "prompts" / "read" / "system.md").read_text(encoding="utf-8")
    whole = analyzer("prompts", "show", "read")
    assert whole.code == 1
    assert "analyzer prompts edit read --file system" in whole.err
    row = rows(analyzer)["read"]
    assert row["version"] is None
    assert "lacks the variable signs" in str(row["fault"])
    assert "lacks the variable signs" in analyzer("prompts", "show").out


def test_no_meeting_is_read_by_a_prompt_that_would_not_work(
    analyzer: Analyzer, editor: EditorFor, practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert practice.exists()
    monkeypatch.setenv("ANALYZER_BASE_URL", "http://127.0.0.1:9/v1")
    file = EXAMPLES / "meridian" / "2025-11-12 First scoping call_otter_ai.txt"
    slug = analyzer("upload", file, "--client", "Meridian", "--json").data["meetings"][0]["slug"]
    editor("text = text.replace('$findings', '')")
    analyzer("prompts", "edit", "judge", "--file", "user")
    run = analyzer("motives", slug, "--engine", "llm", "--json")
    assert run.code == 1
    assert run.json["error"]["code"] == "prompt_unusable"
    assert "judge/user.md lacks the variable findings" in run.json["error"]["message"]
    assert analyzer("motives", slug).code == 0


def test_at_a_terminal_an_edit_that_would_not_work_can_be_mended(analyzer: Analyzer, editor: EditorFor) -> None:
    editor("text = text.replace('$signs', '') if '$signs' in text else text + '\\n$signs\\n'")
    shown = talk(["prompts", "edit", "read"], [("Edit it again?", "y")])
    assert "lacks the variable signs" in shown
    assert rows(analyzer)["read"]["fault"] == ""


def test_another_file_that_is_wrong_is_named_and_not_this_one_offered_again(analyzer: Analyzer, editor: EditorFor) -> None:
    editor("text = text.replace('answered: true', 'answered: perhaps')")
    analyzer("prompts", "edit", "answer", "--file", "examples")
    editor("text += '\\nso\\n'")
    run = analyzer("prompts", "edit", "answer", "--json")
    assert "answer/examples.yaml" in run.json["error"]["message"]
    assert "--file examples" in run.json["error"]["hint"]
    assert run.json["data"]["change"] == "changed"


def test_a_reset_puts_the_copies_aside_and_they_can_be_taken_back(analyzer: Analyzer, editor: EditorFor, home: Path) -> None:
    editor("text += '\\n# so\\n'")
    for part in ("system", "examples"):
        analyzer("prompts", "edit", "read", "--file", part)
    own = home / "prompts" / "read"
    written, version = {p.name: p.read_bytes() for p in own.iterdir()}, rows(analyzer)["read"]["version"]
    data = analyzer("prompts", "reset", "read", "--yes", "--json").data
    aside = Path(data["moved_to"])
    assert data["files"] == ["system.md", "examples.yaml"]
    assert aside.is_relative_to(home / "prompts" / "replaced")
    assert {p.name: p.read_bytes() for p in aside.iterdir()} == written
    assert not own.exists()
    assert rows(analyzer)["read"]["version"] == prompts.load("read").version
    aside.rename(own)
    assert rows(analyzer)["read"]["version"] == version


def test_copies_put_aside_twice_do_not_meet(analyzer: Analyzer, editor: EditorFor, home: Path) -> None:
    for number in range(3):
        editor(f"text += '\\n{number}\\n'")
        analyzer("prompts", "edit", "read")
        analyzer("prompts", "reset", "read", "--yes")
    kept = [p.read_text(encoding="utf-8")[-2] for p in (home / "prompts" / "replaced").rglob("system.md")]
    assert sorted(kept) == ["0", "1", "2"]


def test_a_reset_asks_first(analyzer: Analyzer, editor: EditorFor) -> None:
    editor("text += '\\nso\\n'")
    analyzer("prompts", "edit", "read")
    own = rows(analyzer)["read"]["version"]
    assert analyzer("prompts", "reset", "read").code == 2  # nobody is there to be asked
    assert "stays" in talk(["prompts", "reset", "read"], [("aside?", "n")])
    assert rows(analyzer)["read"]["version"] == own
    talk(["prompts", "reset", "read"], [("aside?", "y")])
    assert rows(analyzer)["read"]["version"] == prompts.load("read").version


def test_a_reset_without_an_own_copy_says_so(analyzer: Analyzer) -> None:
    run = analyzer("prompts", "reset", "judge")
    assert run.code == 0
    assert "no copy of your own" in run.out


def test_a_packaged_file_that_changed_since_is_told(analyzer: Analyzer, editor: EditorFor, home: Path) -> None:
    editor("text += '\\nso\\n'")
    analyzer("prompts", "edit", "read")
    assert analyzer("prompts", "show", "--json").json["warnings"] == []
    checks = {c["name"]: c["state"] for c in analyzer("doctor", "--json").json["data"]["checks"]}
    assert checks["prompt read"] == "ok"
    (home / "prompts" / "read" / ".system.md.packaged").write_text("0123456789ab\n", encoding="ascii")
    (told,) = analyzer("prompts", "show", "--json").json["warnings"]
    assert told["code"] == "prompt_behind"
    assert "analyzer prompts show read --packaged" in told["message"]
    assert "changed since" in analyzer("prompts", "show").out
    checks = {c["name"]: c["state"] for c in analyzer("doctor", "--json").json["data"]["checks"]}
    assert checks["prompt read"] == "warn"


def test_a_copy_that_came_by_hand_counts_and_nobody_can_say_how_old_it_is(analyzer: Analyzer, home: Path) -> None:
    folder = home / "prompts" / "answer"
    folder.mkdir(parents=True)
    (folder / "user.md").write_text(prompts.packaged("answer", "user.md").replace("Question:", "They ask:"), encoding="utf-8")
    data = analyzer("prompts", "show", "answer", "--json")
    assert data.data["user"].startswith("They ask:")
    assert [f["packaged_changed"] for f in data.data["prompt"]["files"]] == [None, None, None]
    assert data.json["warnings"] == []


def test_doctor_fails_on_a_copy_that_would_not_work(analyzer: Analyzer, editor: EditorFor) -> None:
    editor("text = ''")
    analyzer("prompts", "edit", "judge")
    run = analyzer("doctor", "--json")
    assert run.code == 1
    (check,) = [c for c in run.json["data"]["checks"] if c["name"] == "prompt judge"]
    assert check["state"] == "fail"
    assert "judge/system.md is empty" in check["detail"]
    assert "analyzer prompts edit judge" in check["mend"]


@pytest.mark.parametrize(
    ("command", "told"),
    [(f'"{sys.executable}" -c "raise SystemExit(3)"', "ended with an error (3)"), ("no-such-editor-here", "cannot be started")],
)
def test_an_editor_that_fails_is_named_and_leaves_no_copy(
    analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, home: Path, command: str, told: str
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setenv("VISUAL", command)  # it comes before EDITOR
    run = analyzer("prompts", "edit", "read")
    assert run.code == 1
    assert told in run.err
    assert files_in(home) == set()


def test_without_an_editor_and_a_terminal_nothing_hangs(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    run = analyzer("prompts", "edit", "read")
    assert run.code == 1
    assert "set VISUAL or EDITOR" in run.err
    assert files_in(home) == set()


def test_a_home_that_cannot_be_written_is_told(analyzer: Analyzer, editor: EditorFor, home: Path) -> None:
    editor("")
    home.mkdir()
    (home / "prompts").write_text("in the way", encoding="utf-8")
    run = analyzer("prompts", "edit", "read")
    assert run.code == 1
    assert str(home / "prompts") in run.err
