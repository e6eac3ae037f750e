"""Ctrl-C in the middle of work: one line, exit code 130, and what was stored stays."""

import json
import os
import re
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.running import EXAMPLES, Analyzer
from tests.warm import Warm


def indexed(record: Path) -> int:
    """How many meetings are stored and searchable so far."""
    if not record.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{record}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM meetings WHERE NOT index_pending").fetchone()[0])
    except sqlite3.OperationalError:  # not made yet
        return 0


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
@pytest.mark.parametrize("flags", [[], ["--json"]], ids=["text", "json"])
def test_ctrl_c_is_told_in_one_line_and_the_record_is_sound(
    analyzer: Analyzer, warm: Warm, practice: Path, tmp_path: Path, flags: list[str]
) -> None:
    first = min((EXAMPLES / "northgate").iterdir()).read_text(encoding="utf-8")
    beginning = "\n\n".join(first.split("\n\n")[:80])  # short, and many of them
    copies = []
    for n in range(40):
        copy = tmp_path / f"2026-03-{n % 28 + 1:02} Copy {n}.vtt"
        other_words = re.sub(r"\b([a-z]{3,})\b", rf"\g<1>{n}", beginning)
        copy.write_text(other_words, encoding="utf-8")
        copies.append(str(copy))
    upload = warm.pipe("upload", *copies, "--client", "Northgate", *flags)
    until = time.monotonic() + 60
    while indexed(practice.parent / "record.sqlite3") < 1 and time.monotonic() < until:
        time.sleep(0.05)
    upload.process.send_signal(signal.SIGINT)
    code, out, err = upload.ends(60)
    assert code == 130, err
    assert "Traceback" not in err
    told = json.loads(out)["error"]["message"] if flags else err
    assert "stopped" in told
    assert 0 < len(analyzer("meetings", "--json").data["meetings"]) < len(copies)
