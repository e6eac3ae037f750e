"""A crowd on one home, and whether all is as it should be after it."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.forked import ROOT
from tests.running import Analyzer


def let_in(home: Path, log: Path, *, processes: int, seed: object, seconds: float, rounds: int = 0) -> None:
    """Let so many processes at the home for so long, or for so many rounds each. They write down in `log` what they did."""
    log.mkdir()
    arguments = [str(home), str(log), str(processes), str(seed), str(seconds), str(rounds)]
    command = [sys.executable, "-m", "tests.forked", "tests.torture.crowd", *arguments]
    ended = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "ANALYZER_HOME": str(home)}, check=False, capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stderr[-3000:]


def check(analyzer: Analyzer, home: Path, log: Path) -> Counter[str]:
    """Fails unless nobody crashed or read what was not so any more, and all that was added and not forgotten is there.

    Returns how many commands there were of each kind.
    """
    workers = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(log.iterdir())]
    events = [event for worker in workers for event in worker["log"]]
    assert [event for event in events if event["crashed"]] == []
    assert [event for event in events if event["wrong"]] == []
    assert [event for event in events if event.get("code")] == []
    there = {meeting: word for worker in workers for meeting, word in worker["there"].items()}
    assert {row["id"] for row in analyzer("meetings", "--json").data["meetings"]} == there.keys()
    for meeting, word in there.items():
        found = analyzer("search", word, "--all-clients", "--json").data["hits"]
        assert meeting in {hit["meeting"] for hit in found}, word
    forgotten = [word for event in events for word in event.get("forgotten", [])]
    left = b"\0".join(path.read_bytes().lower() for path in home.rglob("*") if path.is_file())
    assert [word for word in forgotten if word.encode() in left or word.encode("utf-16-le") in left] == []
    assert [c for c in analyzer("doctor", "--json").json["data"]["checks"] if c["state"] == "fail"] == []
    return Counter(str(event["did"]) for event in events)
