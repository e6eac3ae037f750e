"""An index that was damaged, cut or removed is made again from the record by the next search."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from analyzer.errors import PassageIndexError
from analyzer.settings import load
from analyzer.store import Store
from analyzer.usecases.batch import UploadOptions
from analyzer.usecases.find import search
from analyzer.usecases.forget import forget
from analyzer.usecases.forget_plan import plan
from analyzer.usecases.incoming import gather
from analyzer.usecases.indexing import reindex
from analyzer.usecases.looking import Said
from analyzer.usecases.scope import Scope
from analyzer.usecases.speakers import rename
from analyzer.usecases.upload import upload
from analyzer.workspace import Workspace
from tests.running import Analyzer

TALK = """Dawn Whitlock: The board wants spans and layers reviewed before the summer.
Priya Raman: What would the board do with a review that says that they are right as they are?
Dawn Whitlock: It would go in the {place}, if I am honest.
"""
WHERE = Scope(client="northgate")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two meetings of one client."""
    folder = tmp_path_factory.mktemp("healing")
    files = []
    for day, place in (("2025-09-17", "drawer"), ("2025-10-02", "archive")):
        files.append(folder / f"{day} Review.txt")
        files[-1].write_text(TALK.format(place=place), encoding="utf-8")
    with Workspace(load({}, {"ANALYZER_HOME": str(folder / "home")})) as ws:
        upload(ws, gather(files), UploadOptions(said=Said(client="Northgate"), read=False))
    return folder / "home"


@pytest.fixture
def ws(made: Path, home: Path) -> Iterator[Workspace]:
    shutil.copytree(made, home)
    with Workspace(load()) as opened:
        yield opened


def index_of(ws: Workspace) -> Path:
    return next(ws.settings.index_folder.iterdir())


def found(ws: Workspace) -> list[str]:
    return [hit.text for hit in search(ws, "the drawer", WHERE).hits]


def told(ws: Workspace) -> set[str]:
    return {notice.code for notice in ws.notices}


def cut_to(length: float) -> Callable[[Path], None]:
    def cut(path: Path) -> None:
        whole = path.read_bytes()
        path.write_bytes(whole[: int(length if length >= 1 else length * len(whole))])

    return cut


def zeroed_behind_the_first_page(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + bytes(len(whole) - 4096))


def garbage(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 500)


@pytest.mark.parametrize(
    "damage",
    [Path.unlink, cut_to(0.95), zeroed_behind_the_first_page],
    ids=["removed", "cut", "zeroed"],
)
def test_passages_that_cannot_be_read_are_put_in_again_by_the_search_that_finds_it(
    ws: Workspace, damage: Callable[[Path], None]
) -> None:
    damage(index_of(ws) / "passages.sqlite3")
    assert len(found(ws)) == 2
    with ws.index(ws.store.clients()[0].id) as index:
        assert index.check() == ()


@pytest.mark.parametrize(
    ("what", "damage"),
    [("chroma-*", shutil.rmtree), ("chroma-*/chroma.sqlite3", garbage), ("chroma-*/*/data_level0.bin", cut_to(0))],
)
def test_what_is_made_from_the_passages_is_mended_by_reindex_without_embedding(
    ws: Workspace, what: str, damage: Callable[[Path], None]
) -> None:
    before = found(ws)
    damage(next(index_of(ws).glob(what)))
    assert found(ws) == before
    assert reindex(ws, ws.store.clients()).embedded == 0
    with ws.index(ws.store.clients()[0].id) as index:
        assert index.check() == ()


def test_a_long_lived_process_heals_what_is_damaged_under_it(ws: Workspace) -> None:
    before = found(ws)
    garbage(index_of(ws) / "passages.sqlite3")
    assert found(ws) == before
    assert "index_renewed" in told(ws)


def test_what_a_process_that_died_had_laid_aside_of_an_index_goes_with_the_next_search(ws: Workspace) -> None:
    aside = index_of(ws).with_name(f"{index_of(ws).name}.1a2b3c4d")
    shutil.copytree(index_of(ws), aside)
    assert len(found(ws)) == 2
    assert not aside.exists()


def test_a_lock_is_not_taken_for_damage(ws: Workspace) -> None:
    with (
        Workspace(load({"lock_timeout": "0.1"})) as impatient,
        closing(sqlite3.connect(index_of(ws) / "passages.sqlite3")) as held,
    ):
        held.execute("BEGIN EXCLUSIVE")
        with pytest.raises(PassageIndexError, match="another process"):
            found(impatient)
        assert told(impatient) == set()
    assert len(found(ws)) == 2


def test_flipped_bits_are_found_by_doctor_and_mended_by_reindex(analyzer: Analyzer, ws: Workspace) -> None:
    before = found(ws)
    with closing(sqlite3.connect(index_of(ws) / "passages.sqlite3")) as kept, kept:
        kept.execute("UPDATE passages SET vector = zeroblob(length(vector))")
    run = analyzer("doctor", "--json")
    assert run.code == 1
    (failed,) = (check for check in run.json["data"]["checks"] if check["state"] == "fail")
    assert (failed["name"], failed["mend"]) == ("index of northgate", "`analyzer reindex northgate`")
    assert analyzer("reindex", "northgate", "--json").data["embedded"] == 2
    assert analyzer("doctor").code == 0
    assert found(ws) == before


def test_a_damaged_turn_is_told_by_doctor_and_mended_from_its_file(analyzer: Analyzer, ws: Workspace, made: Path) -> None:
    with closing(sqlite3.connect(ws.settings.record_path)) as record, record:
        record.execute("UPDATE turns SET text = replace(text, 'drawer', 'drawes')")
    (failed,) = (check for check in analyzer("doctor", "--json").json["data"]["checks"] if check["state"] == "fail")
    assert failed["name"] == "record"
    assert "northgate-2025-09-17 is damaged" in failed["detail"]
    again = analyzer("upload", made.parent / "2025-09-17 Review.txt", "--replace", "--json").data["meetings"][0]
    assert again["status"] == "replaced"
    assert analyzer("doctor").code == 0
    assert "drawes" not in analyzer("show", "northgate-2025-09-17").out


def test_an_edit_that_was_quicker_than_the_healing_of_another_process_stays_searchable(ws: Workspace) -> None:
    (northgate,) = ws.store.clients()
    ws.discard_index(northgate.id)
    edited: list[str] = []

    def meanwhile(step: str) -> None:
        if step == "indexing" and not edited:  # what was said is read, and not yet put in
            edited.append(step)
            with Workspace(load()) as other:
                rename(other, "northgate-2025-09-17", "Dawn Whitlock", "Dawn Hale")

    with Workspace(load(), step=meanwhile) as healing:
        assert len(found(healing)) == 2
    assert edited
    assert len(found(ws)) == 2
    assert ws.store.index_pending() == ()
    with ws.index(northgate.id) as index:
        assert {passage.rpartition(".")[0].rpartition(".")[2] for ids in index.groups().values() for passage in ids} == {"1", "2"}


class BesideAForgetter(Store):
    """Whenever the meetings are told that a file is compared with, another process forgets them all."""

    def sketches(self) -> dict[str, bytes | None]:
        there = super().sketches()
        with Workspace(load()) as other:
            for head in other.store.meetings():
                forget(other, plan(other, head.slug))
        return there


def test_a_file_is_added_though_what_it_is_compared_with_is_forgotten_meanwhile(ws: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "2025-11-03 Review.txt"
    file.write_text(TALK.format(place="archive, I said"), encoding="utf-8")
    ws.__dict__["store"] = BesideAForgetter.open(ws.settings.record_path)
    added = upload(ws, gather([file]), UploadOptions(said=Said(client="Northgate"), read=False))
    assert [row.status for row in added.meetings] == ["added"]
    assert len(found(ws)) == 1
