"""What was forgotten is known again, cannot be read off, and is never lost in silence."""

import json
import os
import stat
from pathlib import Path

import pytest

from analyzer import tombstones
from analyzer.errors import StoreError
from analyzer.names import fold_text
from analyzer.tombstones import CLIENT, FILE, MEETING, Occupied, Tombstones, alone, bury, load, merged, read, write


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tombstones.path_in(tmp_path)


def test_what_is_buried_is_known_again_by_kind_and_value(path: Path) -> None:
    assert not load(path)
    bury(path, {CLIENT: ("c_1", fold_text("Müller & Söhne")), MEETING: ["m_1"]})
    bury(path, {FILE: ["ab" * 32], MEETING: ["m_1", "m_2"]})
    known = load(path)
    assert known
    assert all(known.is_buried(CLIENT, value) for value in ("c_1", fold_text("MÜLLER & söhne")))
    assert known.is_buried(MEETING, "m_2")
    assert known.is_buried(FILE, "ab" * 32)
    assert not known.is_buried(MEETING, "c_1")
    assert not known.is_buried(FILE, "cd" * 32)
    assert len(known.salts) == 1
    assert len(known.salts[0].hashes) == 5


def test_the_file_is_its_owners_and_has_no_value_in_it(path: Path) -> None:
    before = os.umask(0)
    try:
        bury(path, {CLIENT: ["northgate", "c_k3f9wd"]})
    finally:
        os.umask(before)
    assert "northgate" not in path.read_text().lower()
    assert "c_k3f9wd" not in path.read_text()
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_two_homes_hash_the_same_otherwise_and_stand_side_by_side_when_merged(tmp_path: Path) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    bury(one, {CLIENT: ["northgate", "kept"]})
    bury(other, {CLIENT: ["northgate"], MEETING: ["m_9"]})
    assert load(one).salts[0].hashes.isdisjoint(load(other).salts[0].hashes)
    both = merged(load(one), load(other))
    assert both.is_buried(CLIENT, "kept")
    assert both.is_buried(MEETING, "m_9")
    assert len(both.salts) == 2
    assert merged(both, load(one)) == both
    write(one, both)
    bury(one, {MEETING: ["m_9", "m_10"]})
    assert load(one).is_buried(MEETING, "m_10")
    assert sum(len(salt.hashes) for salt in load(one).salts) == 5


def test_what_one_has_and_the_other_has_not(path: Path) -> None:
    bury(path, {MEETING: ["m_1"]})
    earlier = load(path)
    bury(path, {MEETING: ["m_2"]})
    newer = load(path).newer_than(earlier)
    assert newer.is_buried(MEETING, "m_2")
    assert not newer.is_buried(MEETING, "m_1")
    assert not earlier.newer_than(load(path))
    assert load(path).newer_than(Tombstones()) == load(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"version": 1}',
        '{"version": 0, "salts": []}',
        '{"version": "1", "salts": []}',
        '{"version": 1, "salts": {"a": 1}}',
        '{"version": 1, "salts": [{"salt": "zz", "hashes": []}]}',
        json.dumps({"version": 1, "salts": [{"salt": "ab" * 32, "hashes": ["short"]}]}),
        json.dumps({"version": 1, "salts": [{"salt": "ab" * 32, "hashes": 7}]}),
        "\x00" * 200,
        "[" * 5000,
    ],
)
def test_a_damaged_file_is_told_with_what_mends_it_and_never_taken_for_none(path: Path, text: str) -> None:
    path.write_text(text)
    for reading in (load, lambda at: bury(at, {MEETING: ["m_1"]})):
        with pytest.raises(StoreError, match="damaged") as told:
            reading(path)
        assert "backup" in told.value.hint
    assert path.read_text() == text


def test_a_file_of_a_newer_version_is_not_touched(path: Path) -> None:
    path.write_text('{"version": 2, "graves": []}')
    with pytest.raises(StoreError, match="newer"):
        bury(path, {MEETING: ["m_1"]})
    with pytest.raises(StoreError, match="newer"):
        read(path.read_bytes())


def test_what_cannot_be_read_or_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        load(tmp_path)
    with pytest.raises(StoreError, match="cannot be written"):
        bury(tmp_path / "nowhere" / "forgotten.json", {MEETING: ["m_1"]})


def test_only_one_is_alone_in_a_home(tmp_path: Path) -> None:
    with alone(tmp_path, 0), pytest.raises(Occupied), alone(tmp_path, 0.05):
        pass
    with alone(tmp_path, 0):
        pass
    assert stat.S_IMODE((tmp_path / tombstones.LOCK_NAME).stat().st_mode) == 0o600 or os.name != "posix"
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be used"), alone(tmp_path / "file", 0):
        pass
