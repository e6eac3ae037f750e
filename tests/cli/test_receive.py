"""A client that a colleague handed over, in another home: all of it, once, and nothing of what is damaged or made to harm."""

import hashlib
import json
import os
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analyzer import tombstones
from analyzer.names import fold_name
from analyzer.store import Store, handed
from tests.handed import hand_over
from tests.running import Analyzer

FIRST, SECOND, THIRD = (f"northgate-logistics-{day}" for day in ("2025-09-17", "2025-11-20", "2026-02-11"))
Parts = dict[str, Any]
Forge = Callable[[Callable[[Parts], None]], Path]


@pytest.fixture(scope="module")
def handed_over(examples_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A client with everything that a person can write about it, handed over by Priya Raman. To be copied, not changed."""
    return hand_over(examples_home, tmp_path_factory.mktemp("handed"))


@pytest.fixture
def forge(handed_over: Path, tmp_path: Path) -> Forge:
    """The hand-over with its parts changed and everything that is told of them put right, as somebody might who means harm."""

    def made(change: Callable[[Parts], None]) -> Path:
        parts = parts_of(handed_over)
        change(parts)
        manifest = parts.pop("manifest.json")
        content = {n: p if isinstance(p, bytes) else json.dumps(p).encode() for n, p in parts.items()}
        manifest["members"] = [
            {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in content.items()
        ]
        path = tmp_path / "forged.handover"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("manifest.json", json.dumps(manifest))
            for name, data in content.items():
                archive.writestr(name, data)
        return path

    return made


def parts_of(file: Path) -> Parts:
    """The members of a hand-over, JSON as values."""
    with zipfile.ZipFile(file) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    return {name: json.loads(content) if name.endswith(".json") else content for name, content in contents.items()}


def meeting(parts: Parts, number: int = 1) -> Parts:
    found: Parts = parts[f"meetings/{number:06}.json"]
    return found


def in_home(home: Path) -> dict[str, int]:
    """How many rows of each kind the record has; none where there is no record."""
    if not (home / "record.sqlite3").exists():
        return {}
    with sqlite3.connect(home / "record.sqlite3") as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: len(connection.execute(f'SELECT 1 FROM "{name}"').fetchall()) for name in names}  # noqa: S608 its own names


def without_ids(value: Any) -> Any:
    """JSON without what is a home's own: ids, authors, and how often this person agreed with a reader."""
    if isinstance(value, list):
        return [without_ids(one) for one in value]
    if isinstance(value, dict):
        own = {"author", "track_record", "number"}
        return {key: without_ids(one) for key, one in value.items() if key not in own}
    return value


class TestAWholeClient:
    @pytest.mark.usefixtures("practice")
    def test_it_is_told_in_the_other_home_as_in_the_first(
        self, analyzer: Analyzer, handed_over: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ANALYZER_AUTHOR", "Priya Raman")  # so that "you" is the same person in both
        assert analyzer("receive", handed_over).code == 0
        asked = [
            ("motives", "northgate"),
            ("motives", FIRST),
            ("show", SECOND),
            ("brief", "northgate", "--date", "2026-03-02"),
            ("promises", "northgate"),
            ("remember", "northgate"),
        ]
        here = [analyzer(*command, "--json").data for command in asked]
        monkeypatch.setenv("ANALYZER_HOME", str(handed_over.parent / "home"))
        there = [analyzer(*command, "--json").data for command in asked]
        assert [without_ids(one) for one in here] == [without_ids(one) for one in there]

    def test_it_is_counted_searchable_and_sound(self, analyzer: Analyzer, handed_over: Path, home: Path) -> None:
        told = analyzer("receive", handed_over, "--json").data
        assert (told["made"], told["changed"], told["author"], told["client_slug"]) == (
            True,
            True,
            "Priya Raman",
            "northgate-logistics",
        )
        assert all(row["added"] == row["handed"] and not row["here"] + row["left"] for row in told["counts"])
        assert {row["kind"] for row in told["counts"]} >= {
            "meetings",
            "originals",
            "edits",
            "readings",
            "verdicts",
            "dismissals",
            "marks",
            "outcomes",
            "remembered",
            "notes",
            "decisions",
            "agendas",
        }
        assert analyzer("search", "drivers", "--json").data["hits"]
        checks = analyzer("doctor", "--json").data["checks"]
        assert [check for check in checks if check["state"] == "fail"] == []
        assert not [check for check in checks if check["name"] == "pending"]
        with Store.open(home / "record.sqlite3") as store:
            ids = [head.id for head in store.meetings()]
            assert [hashlib.sha256(store.original(one)).hexdigest() for one in ids] == [store.head(one).digest for one in ids]
            assert [kept.text for kept in store.agendas.of(store.clients()[0].id)] == [None]

    def test_rows_in_another_order_are_put_in_theirs(self, analyzer: Analyzer, forge: Forge) -> None:
        def turned_round(parts: Parts) -> None:
            for name in ("turns", "speakers", "revisions"):
                meeting(parts, 2)[name].reverse()

        assert analyzer("receive", forge(turned_round)).code == 0
        assert analyzer("show", SECOND, "--json").data["turns"][0]["text"].startswith("Can you hear me")
        assert analyzer("doctor").code == 0

    def test_it_says_whose_words_they_are(self, analyzer: Analyzer, handed_over: Path) -> None:
        analyzer("receive", handed_over)
        assert "A verdict by Priya Raman: none" in analyzer("motives", SECOND).out
        assert "event by Priya Raman: The board met." in analyzer("note", "northgate").out

    def test_the_same_file_again_changes_nothing_and_says_so(self, analyzer: Analyzer, handed_over: Path, home: Path) -> None:
        analyzer("receive", handed_over)
        before = in_home(home)
        again = analyzer("receive", handed_over)
        assert (again.code, in_home(home)) == (0, before)
        assert "nothing was changed" in again.out
        data = analyzer("receive", handed_over, "--json").data
        assert (data["changed"], {m["status"] for m in data["meetings"]}) == (False, {"here"})
        assert all(row["here"] == row["handed"] for row in data["counts"])

    def test_in_the_home_that_it_came_from_nothing_changes(
        self, analyzer: Analyzer, handed_over: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ANALYZER_HOME", str(handed_over.parent / "home"))
        assert analyzer("receive", handed_over, "--json").data["changed"] is False

    def test_a_later_one_adds_what_is_missing(self, analyzer: Analyzer, handed_over: Path, forge: Forge) -> None:
        def earlier(parts: Parts) -> None:
            parts["client.json"]["notes"] = []
            gone = parts.pop("meetings/000003.json")
            parts["client.json"]["agendas"] = []
            meeting(parts, 2)["verdicts"] = []
            counts = parts["manifest.json"]["counts"]
            for kind, some in {**gone, "notes": [1], "agendas": [1], "verdicts": [1]}.items():
                name = "readings" if kind == "assessments" else kind
                counts[name] = counts.get(name, 0) - len(some)
            for row in gone["originals"]:
                del parts[f"originals/{row['digest']}"]

        assert analyzer("receive", forge(earlier)).code == 0
        told = analyzer("receive", handed_over, "--json").data
        added = {row["kind"]: row["added"] for row in told["counts"] if row["added"]}
        assert (added["meetings"], added["notes"], added["verdicts"], added["agendas"]) == (1, 1, 1, 1)
        assert [m["status"] for m in told["meetings"]] == ["here", "here", "added"]
        assert "brought up to date" not in analyzer("receive", handed_over).out

    def test_everything_in_the_home_is_private_whatever_the_umask(
        self, analyzer: Analyzer, handed_over: Path, home: Path
    ) -> None:
        before = os.umask(0)
        try:
            analyzer("receive", handed_over)
        finally:
            os.umask(before)
        modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (home, *home.rglob("*"))}
        assert {path.name: oct(mode) for path, mode in modes.items() if mode & 0o077} == {}


@pytest.mark.usefixtures("two_clients")
class TestWhereItMeetsWhatIsHere:
    def test_a_client_of_that_name_is_asked_about(self, analyzer: Analyzer, forge: Forge, home: Path) -> None:
        def another(parts: Parts) -> None:
            parts["client.json"]["clients"][0]["id"] = "c_zzzzz1"

        file, before = forge(another), in_home(home)
        refused = analyzer("receive", file)
        assert (refused.code, in_home(home)) == (2, before)
        assert "--into northgate-logistics" in refused.err
        assert "--as NAME" in refused.err
        told = analyzer("receive", file, "--into", "Northgate Logistics", "--json").data
        assert {m["status"] for m in told["meetings"]} == {"here"}
        assert in_home(home)["clients"] == before["clients"]
        assert analyzer("receive", file, "--as", "Meridian Biotech").code == 2
        assert analyzer("receive", file, "--into", "nobody", "--json").json["error"]["code"] == "not_found"
        assert analyzer("receive", file, "--into", "northgate-logistics", "--as", "Third").code == 2

    def test_a_meeting_that_is_filed_under_another_client_stays_there(
        self, analyzer: Analyzer, handed_over: Path, home: Path
    ) -> None:
        analyzer("move", FIRST, "Meridian Biotech")
        before = in_home(home)
        told = analyzer("receive", handed_over, "--json").data
        (left,) = (m for m in told["meetings"] if m["status"] == "left")
        assert "under Meridian Biotech" in left["why"]
        assert in_home(home)["meetings"] == before["meetings"]
        readings = next(row for row in told["counts"] if row["kind"] == "readings")
        assert readings["left"] + readings["here"] == readings["handed"]

    def test_under_another_name_its_meetings_are_told_to_be_here(self, analyzer: Analyzer, forge: Forge) -> None:
        def renamed(parts: Parts) -> None:
            parts["client.json"]["clients"][0] |= {"id": "c_zzzzz1", "name": "Quuxham Foods"}

        refused = analyzer("receive", forge(renamed))
        assert (refused.code, "--into northgate-logistics" in refused.err) == (2, True)

    def test_what_is_taken_is_given_anew(self, analyzer: Analyzer, forge: Forge, home: Path) -> None:
        """Ids, slugs and agenda numbers that are taken here go to nobody else, and what refers to them follows."""
        with Store.open(home / "record.sqlite3") as store:
            theirs = next(client for client in store.clients() if client.name == "Meridian Biotech")
            taken = [head.id for head in store.meetings(theirs.id)]

        def collide(parts: Parts) -> None:
            client = parts["client.json"]
            client["clients"][0] |= {"id": "c_zzzzz1", "name": "Quuxham Foods", "slug": theirs.slug}
            text = json.dumps(parts["client.json"])
            for number, new in enumerate(taken, start=1):
                rows = meeting(parts, number)
                old = rows["meetings"][0]["id"]
                parts[f"meetings/{number:06}.json"] = rows = json.loads(json.dumps(rows).replace(f'"{old}"', f'"{new}"'))
                text = text.replace(f'"{old}"', f'"{new}"')
                for row in rows["originals"]:
                    content = parts.pop(f"originals/{row['digest']}") + b"\n"
                    fresh = hashlib.sha256(content).hexdigest()
                    rows["meetings"][0]["digest"] = fresh
                    for revision in rows["revisions"]:
                        revision["read_from"] = fresh if revision["read_from"] else None
                    row["digest"] = fresh
                    parts[f"originals/{fresh}"] = content
            parts["client.json"] = json.loads(text)

        file = forge(collide)
        told = analyzer("receive", file, "--json").data
        assert told["client_slug"] == "quuxham-foods"
        assert all(m["slug"].startswith("quuxham-foods-") and m["id"] not in taken for m in told["meetings"])
        shown = analyzer("motives", "quuxham", "--json").data
        ids = {m["id"] for m in told["meetings"]}
        assert {point["meeting"] for point in shown["trajectory"]} == ids
        assert {e["meeting"] for sign in shown["signs"] for e in sign["evidence"]} <= ids
        assert analyzer("doctor").code == 0
        assert len(analyzer("meetings", "meridian", "--json").data["meetings"]) == len(taken)
        assert analyzer("receive", file, "--into", "quuxham-foods", "--json").data["changed"] is False


class TestWhatWasForgotten:
    @pytest.fixture
    def bury(self, home: Path) -> Callable[..., None]:
        def bury(kind: str, value: str) -> None:
            home.mkdir(mode=0o700, exist_ok=True)
            tombstones.bury(tombstones.path_in(home), {kind: [value]})

        return bury

    def test_a_meeting_that_was_forgotten_stays_out(
        self, analyzer: Analyzer, handed_over: Path, bury: Callable[..., None], forge: Forge
    ) -> None:
        digests: list[str] = []
        forge(lambda parts: digests.append(meeting(parts)["meetings"][0]["digest"]))
        bury(tombstones.FILE, digests[0])
        told = analyzer("receive", handed_over, "--json").data
        assert told["meetings"][0]["why"] == "it was forgotten here"
        assert [m["status"] for m in told["meetings"]] == ["left", "added", "added"]
        all_of_it = analyzer("receive", handed_over, "--also-forgotten", "--json").data
        assert [m["status"] for m in all_of_it["meetings"]] == ["added", "here", "here"]

    def test_a_client_that_was_forgotten_is_refused(
        self, analyzer: Analyzer, handed_over: Path, bury: Callable[..., None], forge: Forge, home: Path
    ) -> None:
        ids: list[str] = []
        forge(lambda parts: ids.append(parts["client.json"]["clients"][0]["id"]))
        bury(tombstones.CLIENT, ids[0])
        refused = analyzer("receive", handed_over)
        assert (refused.code, "--also-forgotten" in refused.err) == (2, True)
        assert in_home(home)["meetings"] == 0
        assert analyzer("receive", handed_over, "--also-forgotten").code == 0

    def test_meetings_of_a_person_who_was_forgotten_stay_out(
        self, analyzer: Analyzer, handed_over: Path, bury: Callable[..., None]
    ) -> None:
        bury(tombstones.PERSON, fold_name("Graham Pell"))
        told = analyzer("receive", handed_over, "--json").data
        assert "somebody who speaks in it was forgotten here" in {m["why"] for m in told["meetings"]}


MEETINGS = tuple(f"meetings/{number:06}.json" for number in (1, 2, 3, 9))
CODES = "\x1b[2J\x9b31m\u202eyas\u202c\x00"


class TestWhatIsDamagedOrMadeToHarm:
    def test_words_that_steer_a_terminal_are_cleaned(self, analyzer: Analyzer, forge: Forge) -> None:
        def hostile(parts: Parts) -> None:
            client = parts["client.json"]
            client["clients"][0] |= {"name": f"Quux{CODES}ham", "slug": f"quux{CODES}"}
            client["notes"][0] |= {"text": f"They {CODES} rang.", "author": f"Ma{CODES}rek"}
            meeting(parts)["meetings"][0] |= {"title": f"Week{CODES}ly", "file_name": f"{CODES}.vtt", "slug": CODES}
            for reading in meeting(parts)["assessments"]:
                for sign in reading["body"]["judgement"]["signs"]:
                    sign["why"] = sign["why"] + CODES
                reading["body"]["judgement"]["stance_why"] = CODES + "all is well"
            parts["manifest.json"]["about"]["author"] = f"Ma{CODES}rek"

        file = forge(hostile)
        runs = [
            analyzer("receive", file),
            analyzer("clients"),
            analyzer("note", "quux"),
            analyzer("motives", "quux"),
            analyzer("meetings"),
            analyzer("brief", "quux"),
        ]
        assert [run.code for run in runs] == [0] * len(runs)
        seen = {
            c for run in runs for c in run.out + run.err if c in CODES.replace("yas", "").replace("[2J", "").replace("31m", "")
        }
        assert seen == set()
        assert analyzer("doctor").code == 0

    @pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "no archive", "missing", "added", "folder"])
    def test_a_damaged_file_is_refused_and_no_home_is_made(
        self, analyzer: Analyzer, handed_over: Path, tmp_path: Path, home: Path, damage: str
    ) -> None:
        data = bytearray(handed_over.read_bytes())
        file = tmp_path / "damaged.handover"
        match damage:
            case "cut":
                data = data[: len(data) // 2]
            case "flipped":
                with zipfile.ZipFile(handed_over) as archive:
                    info = next(one for one in archive.infolist() if one.filename.startswith("originals/"))
                data[info.header_offset + 100 + len(info.filename)] ^= 1
            case "empty":
                data.clear()
            case "no archive":
                data = bytearray(b"WEBVTT\n\nNora Vale: good morning")
            case "added":
                file.write_bytes(data)
                with zipfile.ZipFile(file, "a") as archive:
                    archive.writestr("practice.toml", "name = 'x'")
                data = bytearray(file.read_bytes())
        if damage == "folder":
            file.mkdir()
        elif damage != "missing":
            file.write_bytes(data)
        refused = analyzer("receive", file, "--json")
        assert (refused.code, refused.json["error"]["code"]) == (1, "archive")
        assert "\n" not in refused.json["error"]["message"]
        assert not home.exists()

    @pytest.mark.parametrize(
        "change",
        [
            lambda parts: parts["manifest.json"].update(record=999),
            lambda parts: parts["manifest.json"].update(format="analyzer handover 2"),
            lambda parts: parts["manifest.json"].update(format="analyzer backup 1"),
            lambda parts: parts["manifest.json"].update(made_at="soon"),
            lambda parts: parts["manifest.json"]["counts"].update(notes=7),
            lambda parts: parts["client.json"]["clients"][0].update(stage="king"),
            lambda parts: meeting(parts, 3)["assessments"][0]["body"]["findings"][0]["evidence"].update(quote="We owe you all."),
            lambda parts: parts.pop(next(name for name in parts if name.startswith("originals/"))),
            lambda parts: parts.update({f"originals/{'0' * 64}": b"x"}),
            lambda parts: parts.update({"client.json": [[]]}),
            lambda parts: parts.update({"client.json": b"[" * 100_000}),
        ],
    )
    def test_a_file_that_somebody_made_up_is_refused_and_no_home_is_made(
        self, analyzer: Analyzer, forge: Forge, home: Path, change: Callable[[Parts], None]
    ) -> None:
        refused = analyzer("receive", forge(change), "--json")
        assert (refused.code, refused.json["error"]["code"]) == (1, "archive"), refused.out
        assert "\n" not in refused.json["error"]["message"]
        assert not home.exists()

    @pytest.mark.parametrize(
        "change",
        [
            lambda parts: parts["client.json"].update(usage=[]),
            lambda parts: parts["client.json"].update(clients=[]),
            lambda parts: parts["client.json"]["clients"][0].update(name="\u200b"),
            lambda parts: parts["client.json"]["clients"][0].update(id="../../x"),
            lambda parts: parts["client.json"]["clients"][0].pop("name"),
            lambda parts: parts["client.json"]["clients"][0].update(extra=1),
            lambda parts: parts["client.json"]["notes"][0].update(date="2026-13-01"),
            lambda parts: parts["client.json"]["notes"][0].update(date=7),
            lambda parts: parts["client.json"]["notes"][0].update(date="0001-01-01"),
            lambda parts: meeting(parts)["meetings"][0].update(date="9999-12-31"),
            lambda parts: parts["client.json"]["agendas"][0].update(meetings=["m_000000"]),
            lambda parts: parts["client.json"]["agendas"][0].update(body={"kind": "partnership"}),
            lambda parts: parts["client.json"]["agendas"][0].update(number=-1),
            lambda parts: meeting(parts).update(turns=meeting(parts)["turns"][1:]),
            lambda parts: meeting(parts)["turns"][0].update(speaker=99),
            lambda parts: meeting(parts)["turns"][0].update(start=float("nan")),
            lambda parts: meeting(parts)["turns"][0].update(start=10**400),
            lambda parts: meeting(parts)["turns"][0].update(cues=[[0, "a", 1]]),
            lambda parts: meeting(parts)["turns"][0].update(cues=7),
            lambda parts: meeting(parts)["speakers"][0].update(side="left"),
            lambda parts: meeting(parts)["meetings"][0].update(revision=7),
            lambda parts: meeting(parts)["meetings"][0].update(digest="0" * 64),
            lambda parts: meeting(parts)["meetings"][0].update(coverage=7),
            lambda parts: meeting(parts)["revisions"][0].update(read_from=None),
            lambda parts: meeting(parts)["revisions"][0].update(made_at="yesterday"),
            lambda parts: meeting(parts, 2)["verdicts"][0].update(sign="greed"),
            lambda parts: meeting(parts, 2)["verdicts"][0].update(made_at="9999-12-31T23:59:59-23:00"),
            lambda parts: meeting(parts, 2)["marks"][0].update(at=[]),
            lambda parts: meeting(parts, 2)["marks"][0]["at"].update(ordinal=-1),
            lambda parts: meeting(parts, 2)["edits"][0]["body"].update(kind="merge", names=[]),
            lambda parts: meeting(parts, 3)["assessments"][0]["body"].pop("judgement"),
            lambda parts: meeting(parts, 3)["assessments"][0]["body"]["judgement"]["signs"].pop(),
            lambda parts: meeting(parts, 3)["assessments"][0]["body"]["judgement"]["signs"][0].update(level="huge"),
            lambda parts: meeting(parts, 3)["assessments"][0]["body"]["findings"][0]["evidence"].update(turn=9999),
            lambda parts: meeting(parts, 3)["assessments"][0]["body"]["findings"][0]["claim"].update(kind="sign", topic="greed"),
            lambda parts: meeting(parts, 3)["assessments"][0]["body"].update(turns_read=float("inf")),
            lambda parts: meeting(parts, 3)["assessments"][0]["body"].update(meeting="m_other1"),
            lambda parts: meeting(parts, 3)["assessments"][0]["body"].update(read_at="2026-01-01T00:00:00"),
            lambda parts: parts.update({"meetings/000009.json": parts["meetings/000001.json"]}),
        ],
    )
    def test_a_row_that_no_record_can_hold_is_refused(self, handed_over: Path, change: Callable[[Parts], None]) -> None:
        parts = parts_of(handed_over)
        change(parts)
        with pytest.raises(handed.Unfit):
            handed.checked(parts["client.json"], [parts[name] for name in MEETINGS if name in parts], older=False, sender="")
