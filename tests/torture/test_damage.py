"""Every file of the index cut at many lengths and removed, and bits flipped in index and record (`make torture`)."""

import os
import random
import shutil
from pathlib import Path

import pytest

from tests.running import Analyzer
from tests.torture.damages import LENGTHS, check_cut, check_flipped, check_flipped_record, index_files

pytestmark = pytest.mark.torture
COUNT = int(os.environ.get("TORTURE_COUNT", "200")) // 4  # flipped bits, in the index and in the record
SEED = os.environ.get("TORTURE_SEED", "1")
WORDS = "what does the board want"


@pytest.mark.parametrize("length", [None, *LENGTHS])
def test_a_file_that_is_cut_or_removed_is_healed(
    analyzer: Analyzer, two_clients: Path, examples_home: Path, length: float
) -> None:
    for relative in [path.relative_to(two_clients) for path in index_files(two_clients)]:
        check_cut(analyzer, two_clients, two_clients / relative, length, WORDS)
        shutil.rmtree(two_clients)
        shutil.copytree(examples_home, two_clients)


def test_flipped_bits_of_the_index_are_found_or_change_nothing(
    analyzer: Analyzer, two_clients: Path, examples_home: Path
) -> None:
    seed = random.Random(SEED)  # noqa: S311  # which bits need not be secret
    found = 0
    for _ in range(COUNT):
        path = seed.choice([path for path in index_files(two_clients) if path.stat().st_size])
        found += check_flipped(analyzer, two_clients, path, seed, WORDS)
        shutil.rmtree(two_clients)
        shutil.copytree(examples_home, two_clients)
    assert found


def test_flipped_bits_of_the_record_are_found_or_change_no_meeting(analyzer: Analyzer, two_clients: Path) -> None:
    seed = random.Random(SEED)  # noqa: S311  # which bits need not be secret
    slugs = [meeting["slug"] for meeting in analyzer("meetings", "--json").data["meetings"]]
    found = sum(check_flipped_record(analyzer, two_clients, seed, slugs) for _ in range(COUNT))
    assert found
