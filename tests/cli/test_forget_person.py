"""A person is forgotten: no byte of their name and words is left in the home, and what others said stands where it stood."""

import datetime as dt
import json
import secrets
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from analyzer import tombstones
from analyzer.errors import NotFound, UsageError
from analyzer.model.edits import AssignedTurn, Edit, EditKind
from analyzer.model.findings import Level, Outcome, SignId
from analyzer.model.forgetting import Forgotten
from analyzer.model.meetings import Meeting, Side, Speaker, Utterance
from analyzer.model.person import Because, Choice, Dismissal, Mark, NoteKind, Remembered, SaidOutcome, SaidVerdict
from analyzer.practice import load as load_practice
from analyzer.settings import load
from analyzer.store import MeetingHead, NewMeeting
from analyzer.usecases import forget_person, indexing
from analyzer.usecases.forget import finish_forgetting
from analyzer.usecases.person import Places
from analyzer.workspace import Workspace
from tests.running import EXAMPLES, Analyzer

LETTERS = "".join(secrets.choice("bdfgklmnprtv") for _ in range(7))
SURNAME = f"Grü{LETTERS}"
SPELT = (SURNAME, f"Grue{LETTERS}", f"Gru{LETTERS}", SURNAME.encode("unicode_escape").decode())
NAME = f"Annika {SURNAME}"
MARKERS = tuple("".join(secrets.choice("bcdfghjkmpqtvwxz") for _ in range(10)) for _ in range(4))
HERS = (
    f"My {MARKERS[0]} is that the whole {MARKERS[1]} of it was settled long before you came.",
    f"Then sign the {MARKERS[2]} page and we are done.",
)
US, JONAS, NAMESAKE = "Priya Raman", "Jonas Weld", "Annika Fehn"
SIDES = {US: Side.OURS}
NOW = dt.datetime(2026, 3, 4, 9, 30, tzinfo=dt.UTC)
FIRST = (
    (US, "Shall we begin with the review?"),
    (NAME, HERS[0]),
    (JONAS, f"As {NAME} says. Ask {SURNAME}'s office, or write to annika.grue{LETTERS}@alder.example."),
    (NAMESAKE, "Annika will ring you, that is me. And the numbers are mine to send by Friday."),
    (NAME, HERS[1]),
    (JONAS, f"Grue{LETTERS}s plan, then. And GRÜ{LETTERS.upper()} agrees, for the record, with Annika Grü-\n{LETTERS}."),
)
SECOND = ((US, "How did it go?"), (JONAS, f"Well, {SURNAME} was away and nobody else knew."), (US, "Then next week."))
ELSEWHERE = (
    (US, "Where do you know her from?"),
    ("Malik Osei", f"We met {SURNAME}, Annika at the fair. Annika is also our cook."),
)
UNTOUCHED = ((US, "What is new?"), ("Malik Osei", "Annika made soup for everybody, that is what is new."))


def words(said: Sequence[tuple[str, str]]) -> tuple[Utterance, ...]:
    return tuple(Utterance(speaker=name, text=text, start=float(10 * n)) for n, (name, text) in enumerate(said))


def add(ws: Workspace, client: str, day: int, said: Sequence[tuple[str, str]], title: str = "Talk") -> Meeting:
    names = dict.fromkeys(name for name, _ in said)
    return ws.store.add_meeting(
        NewMeeting(
            client_id=None,
            new_client=client,
            date=dt.date(2026, 2, day),
            title=title,
            format="text",
            file_name=f"{title}.txt",
            original="\n\n".join(f"{name}: {text}" for name, text in said).encode(),
            speakers=tuple(Speaker(name=name, side=SIDES.get(name, Side.THEIRS)) for name in names),
            utterances=words(said),
        )
    )


def fill(home: Path) -> None:
    """Two clients with everything that can have words in it."""
    home.mkdir(mode=0o700)
    practice = f'name = "Raman Studio"\n[[people]]\nname = "{US}"\n[[wants]]\ntext = "More talks as with {NAME}"\n'
    (home / "practice.toml").write_text(practice, encoding="utf-8")
    with opened(home) as ws:
        first = add(ws, "Alder", 3, FIRST, title=f"With {SURNAME}")
        second = add(ws, "Alder", 10, SECOND)
        # Where her meeting was filed once, and is not any more.
        ws.store.keep_stand_ins(ws.store.add_client("Cedar").id, {MARKERS[0]: "mail-1@example.org", "0815 4711": "Number 1"})
        add(ws, "Birch", 4, ELSEWHERE)
        add(ws, "Birch", 5, UNTOUCHED)
        indexing.heal(ws, ws.store.clients())
        speak_of(ws, first, second)
        client = ws.store.client(str(first.client_id))
        (home / "drafts" / client.id).mkdir(parents=True)
        (home / "drafts" / client.id / "draft.md").write_text(f"# {MARKERS[0]}", encoding="utf-8")
        (home / "documents").mkdir()
        for path in (home / "documents" / "brief.md", home.parent / "kept.md", home.parent / f"{SURNAME}.md"):
            path.write_text(f"{NAME} said {HERS[0]}", encoding="utf-8")
            ws.store.keep_export("brief", str(path), [first.id], client.id)
        (home / "jotted.txt").write_text(f"Call Annika Gru\u0308{LETTERS} back.", encoding="utf-16")


def speak_of(ws: Workspace, first: Meeting, second: Meeting) -> None:
    """All that a person, and an engine, can say about meetings."""
    places, own = Places(first), ws.store.person
    hers, his, namesakes = (places.noted(turn) for turn in (1, 2, 3))
    sign, of = SignId.BOARD_MANDATE, first.id
    own.keep_verdict(SaidVerdict(meeting=of, sign=sign, level=Level.WEAK, note=f"{SURNAME} said so.", made_at=NOW))
    for at in (hers, namesakes):
        own.keep(Remembered(meeting=of, at=at, made_at=NOW))
        own.keep(Mark(meeting=of, sign=sign, at=at, made_at=NOW))
        own.keep(Dismissal(meeting=of, sign=SignId.ILLUSION_OF_CHANGE, at=at, because=Because.IRONY, made_at=NOW))
    day, what = dt.date(2026, 2, 20), f"Ask {SURNAME} first"
    became = SaidOutcome(
        meeting=of, at=his, outcome=Outcome.ADOPTED, what=what, note="Her assistant told me.", date=day, made_at=NOW
    )
    own.keep(became)
    client = str(first.client_id)
    own.keep_note(client, dt.date(2026, 2, 11), NoteKind.EVENT, f"She said: {HERS[0]} And Jonas nodded.")
    own.keep_note(client, dt.date(2026, 2, 12), NoteKind.EVENT, "The lift works again.")
    own.keep_decision(client, Choice.TAKE, f"Only with {SURNAME} in it.", dt.date(2026, 2, 12))
    edit = Edit(kind=EditKind.ASSIGN, to=NAME, turns=(AssignedTurn(ordinal=1, text=HERS[0], speaker=JONAS),))
    now = ws.store.meeting(second.id)
    ws.store.revise(second.id, now.speakers, now.turns, [edit], after=now.revision)
    ws.store.keep_cached("asked", [first.id], f"{NAME} wants it signed")
    ws.store.keep_stand_ins(client, {SURNAME: "Person 1", "Weld": "Person 2", "4711 0815": "Number 1"})


def opened(home: Path) -> Workspace:
    return Workspace(load(environ={"ANALYZER_HOME": str(home)}), now=lambda: NOW)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("person") / "home"
    fill(home)
    return home


def copied(filled: Path, home: Path) -> None:
    """That home, as if its documents had been written here."""
    shutil.copytree(filled.parent, home.parent, dirs_exist_ok=True)
    with closing(sqlite3.connect(home / "record.sqlite3")) as record:
        record.execute("UPDATE exports SET path = replace(path, ?, ?)", (str(filled.parent), str(home.parent)))
        record.commit()


@pytest.fixture
def ws(filled: Path, home: Path) -> Iterator[Workspace]:
    """This test's own copy of that home."""
    copied(filled, home)
    with opened(home) as workspace:
        yield workspace


@dataclass(frozen=True, kw_only=True)
class Gone:
    """A copy of that home in which she is forgotten, what came of it, and two of its meetings as they were before."""

    ws: Workspace
    home: Path
    done: Forgotten
    first: MeetingHead
    untouched: MeetingHead


@pytest.fixture(scope="module")
def gone(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gone]:
    """Made once; nothing is changed in it any more."""
    home = tmp_path_factory.mktemp("gone") / "home"
    copied(filled, home)
    assert traces(home)  # what is looked for can be found
    with opened(home) as ws:
        first, untouched = ws.store.meeting_called("alder-2026-02-03"), ws.store.meeting_called("birch-2026-02-05")
        assert first is not None
        assert untouched is not None
        yield Gone(ws=ws, home=home, done=forget_person.forget(ws, NAME), first=first, untouched=untouched)


def traces(home: Path, *others: str) -> list[str]:
    """Where one of the words stands in a file of the home or in its name, whatever the case and encoding."""
    sought = [word.casefold() for word in (*SPELT, *MARKERS[:3], *others)]
    forms = [(word, form) for word in sought for form in (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))]
    found = []
    for path in (path for path in home.rglob("*") if path.is_file()):
        held = path.read_bytes().lower().replace("Ü".encode(), "ü".encode()) + str(path.relative_to(home)).casefold().encode()
        found += [f"{word} in {path.name}" for word, form in forms if form in held]
    return found


def turns_of(ws: Workspace, slug: str) -> list[tuple[str, str]]:
    head = ws.store.meeting_called(slug)
    assert head is not None
    return [(turn.speaker, turn.text) for turn in ws.store.meeting(head.id).turns]


def test_no_byte_of_the_name_and_the_words_is_left(gone: Gone) -> None:
    home = gone.home
    assert gone.done.failure is None
    assert traces(home) == []
    cedar = gone.ws.store.client_called("Cedar")
    assert cedar is not None
    assert gone.ws.store.stand_ins(cedar.id).keys() == {"0815 4711"}
    assert not (home / "documents" / "brief.md").exists()
    assert (home / "jotted.txt").read_text(encoding="utf-16") == "Call [name removed] back."
    assert load_practice(home / "practice.toml").wants[0].text == "More talks as with [name removed]"


def test_what_others_said_stands_where_it_stood(gone: Gone) -> None:
    ws = gone.ws
    assert turns_of(ws, "alder-2026-02-03") == [
        (US, FIRST[0][1]),
        ("Removed person", "[removed on request]"),
        (JONAS, "As [name removed] says. Ask [name removed]'s office, or write to [name removed]@alder.example."),
        (NAMESAKE, FIRST[3][1]),
        ("Removed person", "[removed on request]"),
        (JONAS, "[name removed] plan, then. And [name removed] agrees, for the record, with [name removed]."),
    ]
    assert turns_of(ws, "alder-2026-02-10")[1] == (JONAS, "Well, [name removed] was away and nobody else knew.")
    head = ws.store.meeting_called("alder-2026-02-03")
    assert head is not None
    assert (head.title, head.file_name, head.index_pending) == ("With [name removed]", "redacted.txt", False)
    assert [turn.start for turn in ws.store.meeting(head.id).turns] == [0, 10, 20, 30, 40, 50]
    assert ws.store.edits(head.id) == ()
    assert ws.store.damage() == ()


def test_other_clients_lose_the_name_alone(gone: Gone) -> None:
    ws = gone.ws
    # In full it is she; alone it is she where she was named in full, and the cook in the other meeting is somebody else.
    assert turns_of(ws, "birch-2026-02-04")[1][1] == "We met [name removed] at the fair. [name removed] is also our cook."
    assert turns_of(ws, "birch-2026-02-05") == [*UNTOUCHED]
    assert ws.store.meeting_called("birch-2026-02-05") == gone.untouched


def test_what_a_person_wrote_loses_the_name_and_the_quotes(gone: Gone) -> None:
    ws, done = gone.ws, gone.done
    head = ws.store.meeting_called("alder-2026-02-03")
    assert head is not None
    client = str(head.client_id)
    notes = [note.text for note in ws.store.person.notes(client)]
    assert notes == ["She said: [removed on request]. And Jonas nodded.", "The lift works again."]
    assert [made.note for made in ws.store.person.decisions(client)] == ["Only with [name removed] in it."]
    kept = ws.store.person.about([head.id])[head.id]
    assert [verdict.note for verdict in kept.verdicts] == ["[name removed] said so."]
    assert [outcome.what for outcome in kept.outcomes.values()] == ["Ask [name removed] first"]
    meeting = ws.store.meeting(head.id)
    for words_kept in (kept.remembered, kept.marks, kept.dismissals):  # of her turn nothing, of the others as before
        assert [Places(meeting).find(word.at) for word in words_kept.values()] == [[3]]
    assert [Places(meeting).find(word.at) for word in kept.outcomes.values()] == [[2]]
    assert ws.store.stand_ins(client) == {}
    assert ws.store.cached("asked") is None
    counts = done.receipt.counts
    assert (counts["meetings"], counts["turns"], counts["speakers"], counts["originals"]) == (3, 2, 1, 3)
    assert (counts["notes"], counts["decisions"], counts["remembered"], counts["verdicts"]) == (1, 1, 1, 3)


def test_the_receipt_and_the_tombstones_have_no_name(gone: Gone) -> None:
    ws, home, done, head = gone.ws, gone.home, gone.done, gone.first
    (receipt,) = ws.store.forgetting.receipts()
    assert receipt == done.receipt
    assert {Path(one.path).name for one in done.documents} == {"kept.md", f"{SURNAME}.md"}  # in full, for this once
    assert [(one.whole, Path(one.path).name) for one in receipt.documents] == [(True, "kept.md"), (False, home.parent.name)]
    buried = tombstones.load(tombstones.path_in(home))
    assert buried.is_buried(tombstones.FILE, head.digest)
    assert buried.is_buried(tombstones.PERSON, f"annika gru{LETTERS}")
    assert ws.store.forgetting.pending() == ()


def test_somebody_who_is_only_talked_about(ws: Workspace, home: Path) -> None:
    spoken_of = "Edda Quistorf"
    add(ws, "Birch", 8, ((US, "Who else?"), ("Malik Osei", f"{spoken_of} signs it. Quistorf always does, and Edda pays.")))
    done = forget_person.forget(ws, "edda QUISTORF")
    assert (
        turns_of(ws, "birch-2026-02-08")[1][1] == "[name removed] signs it. [name removed] always does, and [name removed] pays."
    )
    assert "turns" not in done.receipt.counts
    ws.close()
    assert not [trace for trace in traces(home, "quistorf") if "quistorf" in trace]


def test_a_dry_run_changes_nothing(ws: Workspace, home: Path, analyzer: Analyzer) -> None:
    def state() -> list[str]:
        with closing(sqlite3.connect(home / "record.sqlite3")) as record:
            return list(record.iterdump())

    before = state()
    shown = analyzer("forget", "--person", NAME, "--dry-run", "--json").data
    assert state() == before
    assert shown["counts"]["turns"] == 2
    assert sorted(shown["meetings"]) == ["alder-2026-02-03", "alder-2026-02-10", "birch-2026-02-04"]
    assert {one["where"] for one in shown["mentions"]} == {"alder-2026-02-03", "birch-2026-02-05"}  # other Annikas
    refused = analyzer("forget", "--person", NAME, "--json")
    assert (refused.code, refused.json["error"]["code"]) == (2, "usage")
    assert state() == before


@pytest.mark.parametrize(
    ("name", "kind", "hint"),
    [
        ("Annika", NotFound, NAME),
        ("Petra Lund", NotFound, "analyzer show"),
        ("priya RAMAN", UsageError, "practice edit"),
        ("Speaker 1", UsageError, "speakers rename"),
        ("Removed person 2", UsageError, "speakers rename"),
        ("ALDER", UsageError, "clients rename"),
        ("  ", UsageError, "in full"),
    ],
    ids=["a first name", "nobody", "one of ours", "a seat", "somebody gone", "a client", "nothing"],
)
def test_who_cannot_be_forgotten_by_name(ws: Workspace, name: str, kind: type[NotFound | UsageError], hint: str) -> None:
    with pytest.raises(kind) as refused:
        forget_person.forget(ws, name)
    assert hint in refused.value.hint


def test_what_is_cut_short_is_finished_by_the_next_command(ws: Workspace, home: Path) -> None:
    def cut_at(step: str) -> None:
        def stop(at: str) -> None:
            if at == step:
                raise KeyboardInterrupt

        with Workspace(ws.settings, now=ws.now, step=stop) as cut, suppress(KeyboardInterrupt):
            forget_person.forget(cut, NAME)

    cut_at("documents")
    assert turns_of(ws, "alder-2026-02-03")[1] == (NAME, HERS[0])  # all of the record changes at once
    cut_at("erased")
    (row,) = ws.store.forgetting.pending()
    assert not any(word in json.dumps(row.body, ensure_ascii=False) for word in (*SPELT, "Annika"))
    finish_forgetting(ws)
    assert ws.store.forgetting.pending() == ()
    ws.close()
    assert traces(home) == []


def test_each_voice_of_theirs_has_a_name_of_its_own(ws: Workspace) -> None:
    said = ((f"{NAME} (Alder)", "One."), (f"{NAME}'s iPhone", "Two."), (f"{NAME} and {JONAS}", "Three."), (US, "Four."))
    add(ws, "Alder", 20, said)
    forget_person.forget(ws, f"{SURNAME}, Annika")
    assert turns_of(ws, "alder-2026-02-20") == [
        ("Removed person", "[removed on request]"),
        ("Removed person 2", "[removed on request]"),
        (f"[name removed] and {JONAS}", "Three."),
        (US, "Four."),
    ]


def test_a_models_reading_is_not_made_anew_unasked(ws: Workspace) -> None:
    head = ws.store.meeting_called("birch-2026-02-04")
    assert head is not None
    with closing(sqlite3.connect(ws.settings.record_path)) as record:
        body = {"meeting": head.id, "revision": 1, "engine": {"name": "llm"}, "findings": [], "rejected": [], "judgement": {}}
        values = (head.id, 1, "llm", "m", "p", NOW.isoformat(), json.dumps(body | {"turns_read": 2}), 1)
        columns = "meeting_id, revision, engine, model, prompts, read_at, body, complete"
        record.execute(f"INSERT INTO assessments ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608 our own words
        record.commit()
    forget_person.forget(ws, NAME)
    (told,) = [notice.message for notice in ws.notices if notice.code == "to_be_read_anew"]
    assert "`analyzer motives birch-2026-02-04 --engine llm` sends it again" in told


def test_the_product_works_as_before_afterwards(two_clients: Path, analyzer: Analyzer, tmp_path: Path) -> None:
    slug, letter = "northgate-logistics-2025-09-17", tmp_path / "letter.md"
    before = {turn["turn"]: turn for turn in analyzer("show", slug, "--json").data["turns"]}
    done = analyzer("forget", "--person", "graham pell", "--yes", "--letter", letter, "--json").data
    assert done["receipt"]["id"] in letter.read_text(encoding="utf-8")
    after = {turn["turn"]: turn for turn in analyzer("show", slug, "--json").data["turns"]}
    assert after.keys() == before.keys()
    for at, turn in before.items():
        assert after[at]["start"] == turn["start"]
        if turn["speaker"] != "Graham Pell" and "graham" not in turn["text"].lower():
            assert after[at] == turn
    told = analyzer("motives", slug, "--json").data
    evidence = [one for sign in told["signs"] for one in (*sign["evidence"], *sign["counter_evidence"])]
    evidence += [one["evidence"] for one in told["commitments"]]
    assert evidence
    for one in evidence:  # of others, and where it was said
        assert one["quote"] in after[one["turn"]]["text"]
        assert one["speaker"] == before[one["turn"]]["speaker"] != "Graham Pell"
    assert {check["state"] for check in analyzer("doctor", "--json").data["checks"]} <= {"ok", "warn"}
    assert analyzer("search", "Graham Pell", "--client", "northgate", "--json").code == 0
    for command in (("brief", "northgate"), ("motives", "northgate")):
        run = analyzer(*command)
        assert (run.code, "Graham" in run.out) == (0, False)
    assert "Pell" not in "".join(path.read_bytes().decode("latin-1") for path in two_clients.rglob("*") if path.is_file())
    file = next(one for one in (EXAMPLES / "northgate").iterdir() if "Pell" in one.read_text(encoding="utf-8"))
    upload = ("upload", file, "--client", "Northgate Logistics", "--replace", "--no-read", "--json")
    assert analyzer(*upload).data["meetings"][0]["status"] == "forgotten"
    back = analyzer(*upload, "--also-forgotten").json["warnings"]
    assert any("Graham Pell, who was forgotten before" in one["message"] for one in back)  # for the user to decide
