"""What SQLite puts aside, as it does not fit into memory, lies in the home: a disk that others see gets none of it."""

import os
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from analyzer.settings import load
from analyzer.store import Store
from analyzer.store.connection import connect
from analyzer.workspace import Workspace

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)"
SORTED = f"{NUMBERS} SELECT i, hex(randomblob(60)) AS b FROM n ORDER BY b"  # noqa: S608 there is nobody else's word in it


def opened() -> Iterator[str]:
    """The files that this process has open, those without a name as well."""
    for number in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the one by which they are listed
            yield str(number.readlink())


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only the kernel knows files without a name")
def test_what_is_sorted_on_the_disk_lies_beside_the_record(tmp_path: Path) -> None:
    path = tmp_path / "Jörg's home" / "record.sqlite3"
    Store.open(path).close()
    engine = connect(path, 1.5)
    with closing(engine.raw_connection()) as pooled:
        rows = pooled.cursor().execute(SORTED)
        rows.fetchone()
        aside = [Path(one).parent for one in opened() if "etilqs" in one]
        rows.close()
    engine.dispose()
    assert aside
    assert set(aside) == {path.parent}


def test_a_record_in_a_folder_that_is_no_text_or_takes_nothing_opens(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path / "caf") + b"\xe9"))
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this disk takes no such name")
    Store.open(folder / "record.sqlite3").close()
    with Store.open(folder / "record.sqlite3") as store:
        assert store.clients() == ()


def test_chroma_is_told_to_keep_its_own_in_the_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQLITE_TMPDIR", "/elsewhere")
    with Workspace(load()) as ws, ws.index(ws.store.add_client("Northgate").id):
        assert os.environ["SQLITE_TMPDIR"] == str(home / "index")
