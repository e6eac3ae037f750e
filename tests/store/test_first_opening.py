"""Several processes that open one new record at the same moment: one makes it, and nobody is turned away."""

import os
from pathlib import Path

import pytest

from analyzer.store import Store


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
@pytest.mark.parametrize("attempt", range(2))
def test_all_of_them_can_write(path: Path, attempt: int) -> None:
    children = []
    for number in range(8):
        child = os.fork()
        if not child:
            ended = 1
            try:
                with Store.open(path, busy_timeout=30.0) as store:
                    store.add_client(f"Client {number}")
                ended = 0
            finally:
                os._exit(ended)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 8
    with Store.open(path) as store:
        assert len(store.clients()) == 8
