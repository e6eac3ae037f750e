"""200 kills at random moments (`make torture`)."""

import os
import random
from pathlib import Path

import pytest

from tests.running import Analyzer
from tests.torture.kills import Victim

pytestmark = pytest.mark.torture
COUNT = int(os.environ.get("TORTURE_COUNT", "200"))
SEED = os.environ.get("TORTURE_SEED", "1")


def test_a_kill_at_any_moment_loses_nothing(analyzer: Analyzer, practice: Path) -> None:
    seed = random.Random(SEED)  # noqa: S311  # when they die need not be secret
    victim = Victim(analyzer, practice.parent, seed)
    victim.upload(reading=False)
    victim.upload(reading=True)
    while victim.killed < COUNT:
        if seed.random() < 0.75 or not victim.words:
            victim.upload(reading=seed.random() < 0.1)
        else:
            victim.other()
    victim.check_all()
