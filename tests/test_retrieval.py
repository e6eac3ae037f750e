"""What a search finds while another process changes the record."""

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from analyzer.settings import load
from analyzer.usecases.batch import UploadOptions
from analyzer.usecases.incoming import gather
from analyzer.usecases.looking import Said
from analyzer.usecases.retrieval import retrieve
from analyzer.usecases.scope import Scope
from analyzer.usecases.upload import upload
from analyzer.workspace import T, Workspace

ASTER, BIRCH = "Aster Mills", "Birch Rail"
SAID = {2: "The lantern boat leaves at dusk on Friday.", 9: "The lantern boat wants a new mast."}


def stored(ws: Workspace, folder: Path, client: str, day: int) -> str:
    file = folder / f"{day}.txt"
    file.write_text(f"Ines Duarte: Good morning. Shall we begin?\n\nHoward Pell: {SAID[day]}", encoding="utf-8")
    told = Said(client=client, date=dt.date(2026, 3, day), us=("Ines Duarte",))
    (row,) = upload(ws, gather([file]), UploadOptions(said=told, read=False)).meetings
    assert row.id is not None
    return row.id


def test_a_meeting_that_is_moved_away_during_a_search_is_not_shown_as_the_clients_any_more(tmp_path: Path) -> None:
    with Workspace(load()) as elsewhere:
        stays, goes = (stored(elsewhere, tmp_path, ASTER, day) for day in SAID)
        other = elsewhere.store.add_client(BIRCH).id

        def track(items: Sequence[T], label: object) -> Iterable[T]:
            if label == "searching":
                elsewhere.store.filing.move(goes, other)  # its passages have not followed yet
            return items

        with Workspace(load()) as ws:
            before = retrieve(ws, "lantern boat", Scope(client=ASTER), 10).found
        with Workspace(load(), track=track) as ws:
            found = retrieve(ws, "lantern boat", Scope(client=ASTER), 10).found
    assert {one.meeting.id for one in before} == {stays, goes}
    assert {one.meeting.id for one in found} == {stays}
