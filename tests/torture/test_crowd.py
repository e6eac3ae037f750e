"""Eight processes upload, ask and forget on one home for a minute, ten times over (`make torture`)."""

import os
from pathlib import Path

import pytest

from tests.running import Analyzer
from tests.torture.crowds import check, let_in

pytestmark = pytest.mark.torture
RUNS = int(os.environ.get("TORTURE_RUNS", "10"))
SECONDS = float(os.environ.get("TORTURE_SECONDS", "60"))
PROCESSES = int(os.environ.get("TORTURE_PROCESSES", "8"))
SEED = os.environ.get("TORTURE_SEED", "1")


@pytest.mark.parametrize("run", range(RUNS))
def test_a_crowd_loses_nothing_and_nobody_crashes(analyzer: Analyzer, practice: Path, tmp_path: Path, run: int) -> None:
    let_in(practice.parent, tmp_path / "log", processes=PROCESSES, seed=f"{SEED} {run}", seconds=SECONDS)
    did = check(analyzer, practice.parent, tmp_path / "log")
    assert did["upload"]
    assert did["search"]
    print(f"{did.total()} commands of {PROCESSES} processes in {SECONDS:.0f} s: {dict(did)}")  # noqa: T201  # shown by -s or -rA
