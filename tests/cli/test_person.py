"""A person's own word about a meeting: what it changes at once, that it outlives rereading, and how it is taken back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analyzer.model.findings import ClaimKind, Level, SignId, Strength
from analyzer.model.person import Because
from analyzer.store import Store
from tests.relations import LLM, advice, finding, judged, promise, verdict
from tests.running import Analyzer, Begin

TEXT = """Priya Raman: Shall we begin with what would be different by the summer?
Dana Ortiz: The structure is drawn already. I need my finance chief to hear it from you.
Priya Raman: I would suggest that you walk your team through the draft yourself first.
Dana Ortiz: It is decided, yes. What matters is that it comes from outside.
Dana Ortiz: Group wants to see a review in the pack before the quarter ends.
"""
SLUG = "acme-2026-03-04"
SIGN = SignId.OUTSIDE_VALIDATION
TITLE = "An outside view for a settled decision"
Read = Callable[..., None]


@pytest.fixture
def uploaded(analyzer: Analyzer, begun: Begin, tmp_path: Path) -> Path:
    """The file of a meeting of Acme, stored."""
    path = tmp_path / "2026-03-04 Kickoff.txt"
    path.write_text(TEXT, encoding="utf-8")
    begun(__name__, lambda: analyzer("upload", path, "--client", "Acme", "--us", "Priya Raman", "--json").data)
    return path


@pytest.fixture
def read(home: Path, uploaded: Path) -> Read:
    """Keeps a reading of the meeting as it is now by the llm engine: the sign at that level, resting on these turns."""
    assert uploaded.exists()

    def keep(
        level: Level = Level.STRONG,
        *,
        plain: Sequence[int] = (1,),
        hints: Sequence[int] = (3,),
        left_out: Sequence[int] = (),
    ) -> None:
        with Store.open(home / "record.sqlite3") as store:
            (head,) = store.meetings()
            meeting = store.meeting(head.id)
            strengths = dict.fromkeys(plain, Strength.STRONG) | dict.fromkeys(hints, Strength.WEAK)
            heard = {turn: finding(meeting, turn, ClaimKind.SIGN, SIGN, strength=how) for turn, how in strengths.items()}
            evidence = [found for turn, found in heard.items() if turn not in left_out]
            found = [*heard.values(), advice(meeting, 2, "walk the team through it first")]
            told = verdict(SIGN, level, why="the drawing came first", evidence=evidence)
            made = judged(meeting, signs=[told], findings=found, engine=LLM)[1]
            store.save_assessment(replace(made, parameters={"dismissed": "1"} if left_out else {}))

    keep()
    return keep


def level_in(analyzer: Analyzer, of: str, sign: SignId = SIGN) -> str:
    """The level as motives tells it."""
    rows = analyzer("motives", of, "--json").data["signs"]
    return str(next(row["level"] for row in rows if row["id"] == sign.value))


def evidence_in(analyzer: Analyzer) -> list[int]:
    rows = analyzer("motives", SLUG, "--json").data["signs"]
    return sorted(e["turn"] for row in rows if row["id"] == SIGN.value for e in row["evidence"])


def codes(run: Any) -> list[str]:
    return [warning["code"] for warning in run.json["warnings"]]


@pytest.mark.usefixtures("read")
class TestDismiss:
    def test_it_tells_at_once_what_changes_in_the_meeting_and_for_the_client(self, analyzer: Analyzer) -> None:
        before = level_in(analyzer, "acme")
        run = analyzer("dismiss", SLUG, "1", "--turn", "1", "--because", "irony")
        after = level_in(analyzer, "acme")
        client = f"still {after}" if before == after else f"{before} -> {after}"
        assert run.out.splitlines() == [
            "taken out: “The structure is drawn already. I need my finance chief to hear it from you.” (irony)",
            f"{TITLE}: strong -> weak in {SLUG}; the client: {client}; stance unchanged",
        ]
        assert level_in(analyzer, SLUG) == "weak"
        assert evidence_in(analyzer) == [3]

    def test_without_words_the_sign_is_gone_and_comes_back_when_they_do(self, analyzer: Analyzer) -> None:
        client = level_in(analyzer, "acme")
        analyzer("dismiss", SLUG, "1", "--turn", "1", "--because", "my-words")
        gone = analyzer("dismiss", SLUG, "1", "--turn", "3", "--because", "context", "--json").data
        assert gone["level"] == {"before": "weak", "after": "none"}
        assert gone["client_level"]["after"] == level_in(analyzer, "acme") == "none"
        assert gone["changed"] is True
        for turn in ("1", "3"):
            assert analyzer("dismiss", SLUG, "1", "--turn", turn, "--clear").code == 0
        assert (level_in(analyzer, SLUG), level_in(analyzer, "acme"), evidence_in(analyzer)) == ("strong", client, [1, 3])

    def test_words_beside_plainer_ones_change_no_level(self, analyzer: Analyzer) -> None:
        run = analyzer("dismiss", SLUG, "1", "--turn", "3", "--because", "quoting-someone")
        done, told = run.out.splitlines()
        assert done == "taken out: “It is decided, yes. What matters is that it comes from outside.” (quoting someone)"
        assert told.startswith(f"no level changes: {TITLE}: still strong in {SLUG}; the client: still ")
        back = analyzer("dismiss", SLUG, "1", "--turn", "3", "--clear", "--json").data
        assert back["done"].startswith("back in: “It is decided, yes.")
        assert back["quote"] == "It is decided, yes. What matters is that it comes from outside."

    def test_another_reason_takes_the_place_of_the_first(self, analyzer: Analyzer, home: Path, read: Read) -> None:
        for because in ("irony", "wrong-speaker"):
            assert analyzer("dismiss", SLUG, "1", "--turn", "1", "--because", because).code == 0
            read(left_out=(1,))
        with Store.open(home / "record.sqlite3") as store:
            (head,) = store.meetings()
            (kept,) = store.person.about([head.id])[head.id].dismissals.values()
        assert kept.because is Because.WRONG_SPEAKER
        read()
        assert analyzer("dismiss", SLUG, "1", "--turn", "1", "--clear").code == 0
        assert level_in(analyzer, SLUG) == "strong"

    def test_a_turn_on_which_nothing_rests_is_refused_with_those_that_there_are(self, analyzer: Analyzer) -> None:
        run = analyzer("dismiss", SLUG, "1", "--turn", "4", "--because", "irony", "--json")
        assert run.code == 1
        assert run.json["error"]["code"] == "not_found"
        assert "turns 1 and 3" in run.json["error"]["hint"]
        run = analyzer("dismiss", SLUG, "4", "--turn", "1", "--because", "irony")
        assert "rests on no words" in run.err

    def test_a_turn_on_which_nothing_rests_any_more_is_refused_also_where_it_was_taken_out(
        self, analyzer: Analyzer, read: Read
    ) -> None:
        read(hints=(0,))
        assert analyzer("dismiss", SLUG, "1", "--turn", "0", "--because", "irony").code == 0
        read(hints=())
        run = analyzer("dismiss", SLUG, "1", "--turn", "0", "--because", "context", "--json")
        assert (run.code, run.json.get("error", {}).get("code")) == (1, "not_found")

    def test_it_outlives_a_correction_of_who_speaks(self, analyzer: Analyzer, read: Read) -> None:
        analyzer("dismiss", SLUG, "1", "--turn", "1", "--because", "irony")
        analyzer("speakers", "rename", SLUG, "Dana Ortiz", "Dana Bell")
        read()
        assert (level_in(analyzer, SLUG), evidence_in(analyzer)) == ("weak", [3])

    def test_its_words_are_found_where_another_file_has_them(self, analyzer: Analyzer, read: Read, uploaded: Path) -> None:
        analyzer("dismiss", SLUG, "1", "--turn", "1", "--because", "irony")
        other = uploaded.with_name("2026-03-04 again.txt")
        other.write_text("Priya Raman: Good morning, I can hear you now.\nDana Ortiz: Good morning.\n" + TEXT, encoding="utf-8")
        assert analyzer("upload", other, "--client", "Acme", "--replace", "--json").data["meetings"][0]["status"] == "replaced"
        read(plain=(3,), hints=(5,))
        assert evidence_in(analyzer) == [5]
        assert analyzer("dismiss", SLUG, "1", "--turn", "3", "--clear", "--json").data["level"]["after"] == "strong"

    def test_a_reader_that_judged_without_the_words_is_named_when_they_come_back(self, analyzer: Analyzer, read: Read) -> None:
        analyzer("dismiss", SLUG, "1", "--turn", "1", "--because", "irony")
        read(Level.WEAK, left_out=(1,))
        assert level_in(analyzer, SLUG) == "weak"
        run = analyzer("dismiss", SLUG, "1", "--turn", "1", "--clear", "--json")
        assert codes(run) == ["judged_without"]
        assert "--reread" in run.json["warnings"][0]["message"]


@pytest.mark.usefixtures("read")
class TestMark:
    def test_marked_words_raise_a_sign_that_the_reader_did_not_hear(self, analyzer: Analyzer) -> None:
        run = analyzer("mark", SLUG, "--turn", "4", "3", "--json").data
        assert (run["sign"], run["level"]) == ("board_mandate", {"before": "none", "after": "weak"})
        assert run["client_level"]["after"] == level_in(analyzer, "acme", SignId.BOARD_MANDATE) == "weak"
        (row,) = [s for s in analyzer("motives", SLUG, "--json").data["signs"] if s["id"] == "board_mandate"]
        assert [e["quote"] for e in row["evidence"]] == [TEXT.splitlines()[4].partition(": ")[2]]
        assert analyzer("mark", SLUG, "--turn", "4", "3", "--clear", "--json").data["level"]["after"] == "none"

    def test_what_was_put_in_is_told_first_also_where_no_level_changes(self, analyzer: Analyzer) -> None:
        analyzer("mark", SLUG, "--turn", "4", "3")
        run = analyzer("mark", SLUG, "--turn", "4", "3")
        quote = "Group wants to see a review in the pack before the quarter ends."
        assert run.out.splitlines()[0] == f"put in: “{quote}”"
        assert run.out.splitlines()[1].startswith("no level changes: ")
        cleared = analyzer("mark", SLUG, "--turn", "4", "3", "--clear", "--json").data
        assert (cleared["done"], cleared["quote"]) == (f"no longer marked: “{quote}”", quote)

    def test_only_words_of_their_side_can_be_marked(self, analyzer: Analyzer) -> None:
        run = analyzer("mark", SLUG, "--turn", "2", "1")
        assert run.code == 2
        assert "Priya Raman, on our side" in run.err
        assert f"analyzer sides {SLUG}" in run.err

    def test_marked_words_count_no_more_when_they_are_found_to_be_ours(self, analyzer: Analyzer, read: Read) -> None:
        analyzer("mark", SLUG, "--turn", "4", "3")
        analyzer("speakers", "assign", SLUG, "Priya Raman", "4")
        read()
        assert level_in(analyzer, SLUG, SignId.BOARD_MANDATE) == "none"

    def test_a_marked_turn_is_taken_back_and_not_dismissed(self, analyzer: Analyzer) -> None:
        analyzer("mark", SLUG, "--turn", "4", "3")
        run = analyzer("dismiss", SLUG, "3", "--turn", "4", "--because", "irony")
        assert run.code == 2
        assert f"analyzer mark {SLUG} --turn 4 3 --clear" in run.err

    @pytest.mark.parametrize("command", [("mark",), ("dismiss", "--because", "irony")], ids=" ".join)
    def test_a_turn_that_is_not_there_is_refused(self, analyzer: Analyzer, command: tuple[str, ...]) -> None:
        run = analyzer(command[0], SLUG, "1", "--turn", "5", *command[1:])
        assert run.code == 2
        assert "count from 0 to 4" in run.err


@pytest.mark.usefixtures("read")
class TestVerdict:
    def test_it_wins_until_it_is_taken_back(self, analyzer: Analyzer, read: Read) -> None:
        told = analyzer("verdict", SLUG, "1", "none", "--note", "He asked for other options.", "--json").data
        assert told["level"] == {"before": "strong", "after": "none"}
        assert told["reader"]["name"] == "llm"
        read(Level.WEAK)
        assert level_in(analyzer, SLUG) == level_in(analyzer, "acme") == "none"
        assert analyzer("verdict", SLUG, "1", "--clear", "--json").data["level"] == {"before": "none", "after": "weak"}
        assert analyzer("verdict", SLUG, "1", "--clear").code == 1

    def test_a_person_who_agrees_confirms_a_sign_for_the_client_as_a_whole(self, analyzer: Analyzer) -> None:
        told = analyzer("verdict", SLUG, "1", "strong", "--json").data
        assert told["level"] == {"before": "strong", "after": "strong"}
        assert told["client_level"] == {"before": "weak", "after": "strong"}
        assert told["told"] == f"{TITLE}: still strong in {SLUG}; the client: weak -> strong; stance unchanged"

    def test_a_note_stays_until_another_is_given_and_a_changed_one_is_told(self, analyzer: Analyzer, tmp_path: Path) -> None:
        def note() -> str:
            rows = analyzer("motives", SLUG, "--json").data["signs"]
            return str(next(row["person"]["note"] for row in rows if row["id"] == SIGN.value))

        analyzer("verdict", SLUG, "1", "strong", "--note", "He said so twice.")
        analyzer("brief", "acme", "-o", tmp_path / "prep.md")
        same = analyzer("verdict", SLUG, "1", "strong", "--json")
        assert (same.data["done"], same.data["changed"], note()) == (
            "your verdict: strong (“He said so twice.”)",
            False,
            "He said so twice.",
        )
        other = analyzer("verdict", SLUG, "1", "strong", "--note", "Three times.", "--json")
        assert (other.data["done"], other.data["changed"]) == ("your verdict: strong (“Three times.”)", True)
        assert codes(other) == ["exported"]
        gone = analyzer("verdict", SLUG, "1", "strong", "--note", "")
        assert gone.out.splitlines()[0] == "your verdict: strong; its note is taken away"
        assert note() == ""

    def test_what_the_reader_had_said_when_the_verdict_was_given_counts(self, analyzer: Analyzer, read: Read) -> None:
        analyzer("verdict", SLUG, "1", "strong")
        read(Level.NONE)
        kept = [{"level": "strong", "agreed": 1, "of": 1}]
        assert analyzer("motives", SLUG, "--json").data["track_record"] == kept
        assert analyzer("verdict", SLUG, "1", "strong", "--note", "Still.", "--json").data["track_record"] == kept
        now = analyzer("verdict", SLUG, "1", "weak", "--json").data["track_record"]
        assert now == [{"level": "none", "agreed": 0, "of": 1}]

    def test_a_reader_that_could_not_tell_is_neither_right_nor_wrong(self, analyzer: Analyzer, read: Read) -> None:
        read(Level.INSUFFICIENT)
        assert analyzer("verdict", SLUG, "1", "strong", "--json").data["track_record"] == []

    def test_how_often_one_agreed_with_the_reader_is_told(self, analyzer: Analyzer) -> None:
        analyzer("verdict", SLUG, "1", "strong")
        run = analyzer("verdict", SLUG, "3", "weak")
        assert "When this reader said strong, you agreed in the one verdict that you gave." in run.out
        assert "When this reader said none, you disagreed in the one verdict that you gave." in run.out
        more = analyzer("verdict", SLUG, "2", "none")
        assert "When this reader said none, you agreed in 1 of 2 verdicts." in more.out
        analyzer("verdict", SLUG, "2", "--clear")
        record = analyzer("mark", SLUG, "--turn", "4", "3", "--json").data["track_record"]
        assert record == [{"level": "strong", "agreed": 1, "of": 1}, {"level": "none", "agreed": 0, "of": 1}]

    def test_documents_written_before_are_named(self, analyzer: Analyzer, tmp_path: Path) -> None:
        analyzer("brief", "acme", "-o", tmp_path / "prep.md")
        assert codes(analyzer("dismiss", SLUG, "1", "--turn", "3", "--because", "irony", "--json")) == []
        run = analyzer("verdict", SLUG, "1", "none", "--json")
        assert codes(run) == ["exported"]
        assert str(tmp_path / "prep.md") in run.json["warnings"][0]["message"]

    def test_a_meeting_under_no_client_has_a_level_of_its_own_only(self, analyzer: Analyzer) -> None:
        slug = analyzer("move", SLUG, "-", "--json").data["meetings"][0]["slug"]
        assert analyzer("verdict", slug, "1", "weak").out.splitlines()[1] == f"{TITLE}: strong -> weak in {slug}"
        assert analyzer("verdict", slug, "1", "strong", "--json").data["client_level"] is None

    @pytest.mark.parametrize(
        "ref", ["1", "outside_validation", "Outside-Validation", TITLE, "an outside", "outside view", "OUTSIDE V"]
    )
    def test_a_sign_is_meant_by_number_id_or_beginning(self, analyzer: Analyzer, ref: str) -> None:
        assert analyzer("verdict", SLUG, ref, "weak", "--json").data["sign"] == "outside_validation"

    @pytest.mark.parametrize(
        ("ref", "code"), [("out", "ambiguous"), ("5", "not_found"), ("", "not_found"), ("view", "not_found")]
    )
    def test_a_sign_that_cannot_be_told_is_refused_with_their_titles(self, analyzer: Analyzer, ref: str, code: str) -> None:
        error = analyzer("verdict", SLUG, ref, "weak", "--json").json["error"]
        assert error["code"] == code
        assert TITLE in error["message"] + error["hint"]

    @pytest.mark.parametrize(
        "arguments",
        [
            ("verdict", SLUG, "1"),
            ("verdict", SLUG, "1", "weak", "--clear"),
            ("dismiss", SLUG, "1", "--turn", "1"),
            ("dismiss", SLUG, "1", "--turn", "1", "--because", "irony", "--clear"),
            ("outcome", f"{SLUG}:2"),
            ("outcome", f"{SLUG}:2", "adopted", "--clear"),
        ],
        ids=" ".join,
    )
    def test_a_word_or_its_taking_back_is_needed(self, analyzer: Analyzer, arguments: tuple[str, ...]) -> None:
        assert analyzer(*arguments, "--json").json["error"]["code"] == "usage"


def test_a_choice_that_is_none_is_refused_in_plain_words(analyzer: Analyzer) -> None:
    assert analyzer("verdict", SLUG, "1", "huge").err.startswith(
        "error: Invalid value for 'LEVEL': 'huge' is not one of 'none', 'weak', 'strong'."
    )
    error = analyzer("motives", SLUG, "--engine", "huge", "--json").json["error"]
    assert error["message"] == "Invalid value for '--engine': 'huge' is not one of 'offline', 'llm'."


def test_a_meeting_that_nobody_has_read_keeps_the_word(analyzer: Analyzer, home: Path, uploaded: Path) -> None:
    assert uploaded.exists()
    with Store.open(home / "record.sqlite3") as store:
        (head,) = store.meetings()
        store.revise(head.id, head.speakers, store.meeting(head.id).turns, [], after=head.revision)
    run = analyzer("verdict", SLUG, "1", "strong")
    kept = f"kept: nobody has read {SLUG} yet, and it counts as soon as `analyzer motives {SLUG}` has"
    assert run.out.splitlines() == ["your verdict: strong", kept]
    told = analyzer("mark", SLUG, "--turn", "4", "3", "--json").data
    assert (told["level"], told["reader"], told["changed"]) == (None, None, False)
    assert "nobody has read" in analyzer("dismiss", SLUG, "1", "--turn", "1", "--because", "irony").err
    assert level_in(analyzer, SLUG) == "strong"


@pytest.mark.usefixtures("read")
class TestOutcome:
    def test_what_became_of_advice_is_told_step_by_step(self, analyzer: Analyzer) -> None:
        first = analyzer("outcome", f"{SLUG}:2", "adopted", "--date", "2026-03-10", "--note", "Seen in the plan.", "--json").data
        assert (first["recommendation"], first["what"]) == (f"{SLUG}:2", "walk the team through it first")
        assert first["told"] == "walk the team through it first: unknown -> adopted"
        again = analyzer("outcome", f"{SLUG}:2", "reversed", "--date", "2026-04-02")
        assert again.out.splitlines() == [
            "walk the team through it first: adopted -> reversed",
            "  10 Mar 2026: adopted (Seen in the plan.)",
            "  2 Apr 2026: reversed",
        ]
        (row,) = analyzer("motives", "acme", "--json").data["recommendations"]
        assert (row["id"], row["outcome"]) == (f"{SLUG}:2", "reversed")

    def test_advice_that_the_reader_missed_is_told_in_the_words_of_its_turn(self, analyzer: Analyzer) -> None:
        run = analyzer("outcome", f"{SLUG}:0", "deferred", "--date", "2026-03-10", "--json")
        words = "Shall we begin with what would be different by the summer?"
        assert (run.data["what"], run.data["told"]) == (words, f"{words}: unknown -> deferred")
        assert codes(run) == ["unseen"]
        rows = analyzer("motives", "acme", "--json").data["recommendations"]
        assert {row["id"]: row["outcome"] for row in rows} == {f"{SLUG}:0": "deferred", f"{SLUG}:2": "unknown"}
        gone = analyzer("outcome", f"{SLUG}:0", "--clear").out
        assert gone.startswith("taken back: Shall we begin")

    def test_of_one_day_the_last_word_counts(self, analyzer: Analyzer) -> None:
        for became in ("ignored", "modified"):
            run = analyzer("outcome", f"{SLUG}:2", became, "--date", "2026-03-10", "--json").data
        assert [step["outcome"] for step in run["steps"]] == ["modified"]

    def test_it_is_taken_back_by_day_or_altogether(self, analyzer: Analyzer) -> None:
        for became, day in (("adopted", "2026-03-10"), ("reversed", "2026-04-02"), ("deferred", "2026-04-03")):
            analyzer("outcome", f"{SLUG}:2", became, "--date", day)
        one = analyzer("outcome", f"{SLUG}:2", "--clear", "--date", "2026-04-03", "--json").data
        assert one["told"] == "walk the team through it first: deferred -> reversed"
        assert analyzer("outcome", f"{SLUG}:2", "--clear", "--json").data["steps"] == []
        assert analyzer("outcome", f"{SLUG}:2", "--clear").code == 1

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            ((f"{SLUG}:1", "adopted"), f"{SLUG}:2"),
            ((SLUG, "adopted"), "the meeting and the turn"),
            ((f"{SLUG}:99", "adopted"), "no turn 99"),
            ((f"{SLUG}:{'9' * 5000}", "adopted"), "names no advice"),
            ((f"{SLUG}:2", "adopted", "--date", "2026-03-03"), "before the advice"),
            ((f"{SLUG}:2", "adopted", "--date", "2999-03-03"), "still to come"),
        ],
        ids=["other turn", "no turn", "past the end", "digits", "before", "to come"],
    )
    def test_what_makes_no_sense_is_refused(self, analyzer: Analyzer, arguments: tuple[str, ...], told: str) -> None:
        run = analyzer("outcome", *arguments)
        assert run.code in (1, 2)
        assert told in run.err


class TestPromiseTold:
    @pytest.fixture(autouse=True)
    def promised(self, home: Path, uploaded: Path) -> None:
        """A reading with a promise of ours in the turn that holds our advice, and one of theirs in turn 4."""
        assert uploaded.exists()
        with Store.open(home / "record.sqlite3") as store:
            (head,) = store.meetings()
            meeting = store.meeting(head.id)
            ours = promise(meeting, 2, "Priya Raman", "send the draft for the team")
            theirs = promise(meeting, 4, "Dana Ortiz", "send the pack of the group")
            found = [ours, theirs, advice(meeting, 2, "walk the team through it first")]
            store.save_assessment(judged(meeting, findings=found, engine=LLM)[1])

    def test_one_is_closed_as_of_its_day_and_no_longer_owed_in_the_brief(self, analyzer: Analyzer) -> None:
        def we_owe() -> list[str]:
            return [row["what"] for row in analyzer("brief", "acme", "--json").data["promises"]["ours"]]

        assert we_owe() == ["send the draft for the team"]
        run = analyzer("outcome", f"{SLUG}:2", "done", "--date", "2026-03-10", "--note", "By e-mail.", "--json").data
        before, _, after = run["told"].removeprefix("send the draft for the team: ").partition(" -> ")
        assert (before in ("open", "not heard since"), after, run["changed"]) == (True, "done", True)
        said = {"date": "2026-03-10", "outcome": "done", "evidence": None, "note": "By e-mail.", "author": None}
        assert run["steps"] == [said]
        rows = analyzer("motives", "acme", "--json").data["commitments"]
        assert {row["what"]: row["told_on"] for row in rows if row["status"] == "done"} == {run["what"]: "2026-03-10"}
        assert we_owe() == []
        assert analyzer("outcome", f"{SLUG}:2", "--clear", "--json").data["told"].endswith(f"done -> {before}")

    def test_the_word_decides_between_advice_and_promise_of_one_turn(self, analyzer: Analyzer) -> None:
        for became in ("dropped", "adopted"):
            analyzer("outcome", f"{SLUG}:2", became, "--date", "2026-03-10")
        data = analyzer("motives", "acme", "--json").data
        assert [row["outcome"] for row in data["recommendations"]] == ["adopted"]
        assert {row["what"]: row["status"] for row in data["commitments"]}["send the draft for the team"] == "dropped"

    def test_a_turn_without_a_promise_is_refused_with_those_that_there_are(self, analyzer: Analyzer) -> None:
        run = analyzer("outcome", f"{SLUG}:0", "done", "--json")
        assert run.json["error"]["code"] == "not_found"
        assert f"{SLUG}:2, {SLUG}:4" in run.json["error"]["hint"]

    def test_what_is_promised_again_later_is_open_again(self, analyzer: Analyzer, home: Path, tmp_path: Path) -> None:
        path = tmp_path / "2026-04-08 Again.txt"
        path.write_text("Priya Raman: I will send the draft to all.\nDana Ortiz: Good, thank you.\n", encoding="utf-8")
        slug = analyzer("upload", path, "--client", "Acme", "--us", "Priya Raman", "--json").data["meetings"][0]["slug"]
        with Store.open(home / "record.sqlite3") as store:
            meeting = store.meeting(next(head.id for head in store.meetings() if head.slug == slug))
            again = promise(meeting, 0, "Priya Raman", "send the draft for the team")
            store.save_assessment(judged(meeting, findings=[again], engine=LLM)[1])

        def ours() -> list[tuple[str, str]]:
            rows = analyzer("motives", "acme", "--json").data["commitments"]
            return sorted((row["date"], row["status"]) for row in rows if row["owner_side"] == "ours")

        ((last, _),) = ours()
        assert last == "2026-04-08"
        analyzer("outcome", f"{SLUG}:2", "done", "--date", "2026-03-20")
        (first, second) = ours()
        assert (first, second[0]) == (("2026-03-04", "done"), "2026-04-08")
        assert second[1] != "done"
        analyzer("outcome", f"{SLUG}:2", "--clear")
        analyzer("outcome", f"{SLUG}:2", "done", "--date", "2026-04-10")
        assert ours() == [("2026-04-08", "done")]


def test_advice_of_a_meeting_that_nobody_has_read_is_told_in_its_own_words(
    analyzer: Analyzer, home: Path, uploaded: Path
) -> None:
    assert uploaded.exists()
    with Store.open(home / "record.sqlite3") as store:
        (head,) = store.meetings()
        store.revise(head.id, head.speakers, store.meeting(head.id).turns, [], after=head.revision)
    run = analyzer("outcome", f"{SLUG}:2", "adopted", "--date", "2026-03-10", "--json")
    assert run.data["what"].startswith("I would suggest")
    assert [step["outcome"] for step in run.data["steps"]] == ["adopted"]
    assert "not ours" in analyzer("outcome", f"{SLUG}:1", "adopted").err
