"""A forgetting that is killed at any of its steps is finished by the next command, as if it had never been cut."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.marked import command, done, found
from tests.running import EXAMPLES

STEPS = ("begun", "buried", "documents", "erased", "unindexed", "scrubbed", "ended")
CLIENT, MEETING = "meridian-biotech", "northgate-logistics-2025-11-20"
CUT = [(CLIENT, step) for step in STEPS] + [(MEETING, "documents"), (MEETING, "erased")]

# One interpreter, of which a fork for each step dies by its own hand there: nothing is flushed, closed or rolled back.
PROGRAM = """
import os, signal, sys
from pathlib import Path
import analyzer.engines.llm.known_names, sqlalchemy.dialects.sqlite, vectorstore.index  # once, and not in each child
from analyzer.settings import load
from analyzer.usecases import forget, forget_plan
from analyzer.workspace import Workspace

def cut(home, ref, step):
    def reached(name):
        print(home.name, name, flush=True)
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)
    with Workspace(load({}, {"ANALYZER_HOME": str(home)}), step=reached) as ws:
        forget.forget(ws, forget_plan.plan(ws, ref))

for number, asked in enumerate(sys.argv[2:]):
    if not (child := os.fork()):
        cut(Path(sys.argv[1], f"home-{number}"), *asked.split())
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL, asked
"""


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory, examples_home: Path) -> Path:
    """A folder of homes, each with a forgetting that was killed at another step."""
    if not hasattr(os, "fork"):
        pytest.skip("processes are not forked here")
    folder = tmp_path_factory.mktemp("cut")
    for number in range(len(CUT)):
        _home(folder / f"home-{number}", examples_home)
    asked = [f"{ref} {step}" for ref, step in CUT]
    ran = subprocess.run([sys.executable, "-c", PROGRAM, str(folder), *asked], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    for number, (_, step) in enumerate(CUT):  # each came as far as it was to, and no further
        assert [line.split()[1] for line in ran.stdout.splitlines() if line.startswith(f"home-{number} ")][-1] == step
    return folder


def _home(home: Path, examples_home: Path) -> None:
    """The examples, with a document in the home and another client that has a stand-in for somebody."""
    shutil.copytree(examples_home, home)
    (home / "brief.md").write_text("Ruth Cavanagh of Meridian, and Graham Pell", encoding="utf-8")
    with closing(sqlite3.connect(home / "record.sqlite3")) as record, record:
        record.execute("PRAGMA foreign_keys = ON")
        (number,) = record.execute(
            "INSERT INTO exports (kind, path, made_at) VALUES ('brief', ?, '2026-01-01T00:00:00+00:00') RETURNING number",
            (str(home / "brief.md"),),
        ).fetchone()
        record.execute(
            "INSERT INTO exported_meetings SELECT ?, id FROM meetings WHERE slug IN (?, 'meridian-biotech-2026-04-21')",
            (number, MEETING),
        )
        record.execute("INSERT INTO stand_ins SELECT id, 'Ruth Cavanagh', 'Kim Berg' FROM clients WHERE slug LIKE 'north%'")


@pytest.mark.parametrize("number", range(len(CUT)), ids=[f"{ref}-{step}" for ref, step in CUT])
def test_it_is_finished_by_the_next_command(number: int, cut: Path, examples_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (ref, step), home = CUT[number], cut / f"home-{number}"
    monkeypatch.setenv("ANALYZER_HOME", str(home))
    told = done("meetings", "--json")
    assert [one["code"] for one in told.json["warnings"]] == ([] if step == "ended" else ["forgetting_finished"])
    if step == "erased":
        assert done("meetings", "--json").json["warnings"] == []
    uncut = cut / "uncut" / ref
    if not uncut.exists():
        uncut.parent.mkdir(exist_ok=True)
        _home(uncut, examples_home)
        monkeypatch.setenv("ANALYZER_HOME", str(uncut))
        done("forget", ref, "--yes")
    assert _state(home) == _state(uncut)
    gone = {"who": "cavanagh", "client": "meridian"} if ref == CLIENT else {"slug": MEETING}
    assert found(home, gone) == found(uncut, gone) == {}


def _state(home: Path) -> dict[str, Any]:
    """All that the home holds, but for what is drawn at random or hangs on the time or the place."""
    with closing(sqlite3.connect(home / "record.sqlite3")) as record:
        tables = [row[0] for row in record.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        rows = {table: sorted(map(repr, record.execute(f"SELECT * FROM {table}"))) for table in tables if table not in DRAWN}  # noqa: S608
        receipts = record.execute("SELECT kind, counts, documents FROM receipts").fetchall()
        ids = len(record.execute("SELECT id FROM used_ids").fetchall())
        pages = record.execute("PRAGMA page_count").fetchone()
    tombstones = json.loads((home / "forgotten.json").read_text())["salts"]
    files = sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if not path.match(RANDOM))
    return {
        "rows": rows,
        "receipts": receipts,
        "ids": ids,
        "pages": pages,
        "tombstones": [len(one["hashes"]) for one in tombstones],
        "files": [name for name in files if not name.startswith("index/") or name.count("/") == 1],
        "log": (home / "record.sqlite3-wal").stat().st_size if (home / "record.sqlite3-wal").exists() else 0,
    }


DRAWN = ("receipts", "used_ids", "migrations")
RANDOM = "record.sqlite3-*"


def test_what_cannot_be_noted_as_forgotten_is_not_removed_and_can_be_asked_again(two_clients: Path) -> None:
    (two_clients / "forgotten.json").mkdir()
    refused = command("forget", CLIENT, "--yes")
    assert refused.code == 1
    assert "Traceback" not in refused.err
    (two_clients / "forgotten.json").rmdir()
    assert CLIENT in done("clients").out
    assert EXAMPLES.exists()
    done("forget", CLIENT, "--yes")
    assert CLIENT not in done("clients").out
