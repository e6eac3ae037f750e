"""200 kills at random moments of every kind of command that writes (`make torture`)."""

import os
import random
import shutil
from pathlib import Path

import pytest

from tests.killed import Killer
from tests.running import EXAMPLES, Analyzer
from tests.torture.kills import DECK, Toll, Victim

pytestmark = pytest.mark.torture
COUNT = int(os.environ.get("TORTURE_COUNT", "200"))
SEED = os.environ.get("TORTURE_SEED", "1")
IN_ONE_HOME = 50  # kills, then another is begun: its first commands are killed as well


def test_a_kill_at_any_moment_loses_nothing(analyzer: Analyzer, killer: Killer, practice: Path) -> None:
    seed = random.Random(SEED)  # noqa: S311  # when they die need not be secret
    home, toll, deck = practice.parent, Toll(), list[str]()
    while toll.killed.total() < COUNT:
        victim, until = Victim(analyzer, killer, home, seed, toll), min(toll.killed.total() + IN_ONE_HOME, COUNT)
        while toll.killed.total() < until:
            deck = deck or seed.sample(DECK, len(DECK))
            victim.kill(deck.pop())
        victim.check_all()
        shutil.rmtree(home)
        home.mkdir(mode=0o700)
        shutil.copy(EXAMPLES / "practice.toml", home)
    print(f"killed {dict(toll.killed)}; they take up to { ({kind: round(s, 1) for kind, s in toll.longest.items()}) } s")  # noqa: T201
    assert 2 * len(DECK) > COUNT or toll.killed.keys() == set(DECK)
