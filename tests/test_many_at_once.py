"""Several processes on one home, kills and damage: the small cases of what `make torture` does by the hundred."""

import os
import random
from pathlib import Path

import pytest

from analyzer.settings import load
from analyzer.usecases.find import search
from analyzer.usecases.scope import Scope
from analyzer.workspace import Workspace
from tests.killed import Killer
from tests.running import Analyzer
from tests.torture.crowds import check
from tests.torture.damages import check_cut, check_flipped_record, index_files
from tests.torture.kills import Toll, Victim

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")


CROWD = """
from tests.torture.crowd import main
main(str(ws.settings.home), log, processes="2", seed="3", seconds="60", rounds="2")
"""
COMMAND = """
import sys
from analyzer.cli.main import main
sys.argv = ["analyzer", *arguments.split("|")]
main()
"""


def test_two_processes_lose_nothing_and_nobody_crashes(
    analyzer: Analyzer, killer: Killer, practice: Path, tmp_path: Path
) -> None:
    (tmp_path / "log").mkdir()
    assert killer.run(practice.parent, CROWD, log=tmp_path / "log").ended == 0
    did = check(analyzer, practice.parent, tmp_path / "log")
    assert did["upload"] >= 2
    assert did["search"] >= 2


def test_a_kill_at_a_random_moment_loses_nothing(analyzer: Analyzer, killer: Killer, practice: Path) -> None:
    seed = random.Random(5)  # noqa: S311  # when they die need not be secret
    victim = Victim(analyzer, killer, practice.parent, seed, Toll(longest={"upload": 0.5}))
    victim.kill("upload")
    victim.check_all()


def test_a_cut_index_and_a_flipped_bit_are_told_or_change_nothing(analyzer: Analyzer, two_clients: Path) -> None:
    path = next(path for path in index_files(two_clients) if path.name == "passages.sqlite3")
    check_cut(analyzer, two_clients, path, 0.9, "what does the board want")
    slugs = [meeting["slug"] for meeting in analyzer("meetings", "--json").data["meetings"]]
    check_flipped_record(analyzer, two_clients, random.Random(11), slugs[:1])  # noqa: S311  # which bit need not be secret


def test_a_long_lived_process_sees_what_others_upload_rename_and_forget(killer: Killer, practice: Path, tmp_path: Path) -> None:
    def said(word: str, day: str) -> Path:
        path = tmp_path / f"{day} Review.txt"
        path.write_text(
            f"Dawn Whitlock: We call it the {word} among ourselves.\nPriya Raman: And who is that?\n", encoding="utf-8"
        )
        return path

    def elsewhere(*arguments: object) -> None:
        assert killer.run(practice.parent, COMMAND, arguments="|".join(map(str, arguments))).ended == 0

    with Workspace(load()) as ws:

        def found(word: str, client: str) -> set[str]:
            return {hit.slug for hit in search(ws, word, Scope(client=client)).hits}

        elsewhere("upload", said("quarrystone", "2025-09-17"), "--client", "Northgate", "--no-read")
        assert found("quarrystone", "northgate") == {"northgate-2025-09-17"}
        elsewhere("upload", said("lanternfish", "2025-10-02"), "--client", "Northgate", "--no-read")
        assert found("lanternfish", "northgate") >= {"northgate-2025-10-02"}
        elsewhere("clients", "rename", "northgate", "Southgate")
        assert found("lanternfish", "southgate") >= {"southgate-2025-10-02"}
        elsewhere("forget", "southgate-2025-10-02", "--yes")
        assert found("lanternfish", "southgate") == {"southgate-2025-09-17"}
