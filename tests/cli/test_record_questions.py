"""Questions that the record answers, asked at the command line over the examples."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.running import Analyzer

pytestmark = pytest.mark.usefixtures("two_clients")

NORTHGATE = ("--client", "northgate")


@pytest.fixture
def ask(analyzer: Analyzer) -> Any:
    """Asks and gives the data of the answer."""
    return lambda question, *flags: analyzer("ask", question, *flags, "--json").data


def dates(data: Any) -> list[str]:
    return [line["text"].split(",")[0] for line in data["lines"]]


class TestPromises:
    def test_ours_and_theirs_are_told_apart_as_in_motives(self, ask: Any, analyzer: Analyzer) -> None:
        rows = analyzer("motives", "northgate", "--json").data["commitments"]
        for question, side in (("what did we promise Northgate", "ours"), ("what did Northgate promise us?", "theirs")):
            data = ask(question)
            assert data["by"] == "record: promises"
            assert len(data["lines"]) == sum(row["owner_side"] == side for row in rows) > 0
            assert {line["evidence"][0]["turn"] for line in data["lines"]} == {
                row["evidence"]["turn"] for row in rows if row["owner_side"] == side
            }

    def test_each_is_cited_with_the_words_that_were_said(self, ask: Any, analyzer: Analyzer) -> None:
        data = ask("what do we owe Northgate")
        for cited in data["citations"]:
            first, last = cited["span"]
            turns = analyzer("show", cited["meeting"], "--json").data["turns"]
            assert turns[cited["turn"]]["text"][first:last] == cited["quote"]

    def test_the_oldest_comes_first(self, ask: Any) -> None:
        data = ask("open promises", *NORTHGATE)
        by_id = {source["id"]: source["date"] for source in data["sources"]}
        said = [by_id[line["evidence"][0]["meeting"]] for line in data["lines"]]
        assert said == sorted(said)
        assert len(set(said)) > 1

    def test_a_day_that_has_passed_is_told_and_can_be_asked_for(self, ask: Any) -> None:
        late = ask("which of our promises to Northgate are overdue")
        assert 0 < len(late["lines"]) < len(ask("what did we promise Northgate")["lines"])
        assert all("was due" in line["text"] for line in late["lines"])

    def test_what_is_done_is_owed_no_longer(self, ask: Any, analyzer: Analyzer) -> None:
        said = ask("what did we promise Northgate")["citations"][0]
        slug = analyzer("show", said["meeting"], "--json").data["slug"]
        before = len(ask("what do we owe Northgate")["lines"])
        assert analyzer("outcome", f"{slug}:{said['turn']}", "done").code == 0
        assert len(ask("what do we owe Northgate")["lines"]) < before
        told = ask("what did we promise Northgate")
        assert len(told["lines"]) == before
        assert "done" in told["answer"]

    def test_the_words_of_one_end_in_no_full_stop_before_what_is_told_of_it(self, analyzer: Analyzer, tmp_path: Path) -> None:
        talk = tmp_path / "2026-05-02 Lifts.txt"
        talk.write_text("Priya Raman: When will it come?\nEve Lund: I promise to send the purchase order tomorrow.\n")
        assert analyzer("upload", talk, "--client", "Lund Lifts").code == 0
        (line,) = analyzer("ask", "what did Lund promise us", "--json").data["lines"]
        assert "tomorrow”, was due tomorrow (3 May 2026)" in line["text"]

    def test_a_person_narrows_them(self, ask: Any) -> None:
        data = ask("what did Dawn promise us", *NORTHGATE)
        assert data["lines"]
        assert all(line["text"].startswith("Dawn Whitlock") for line in data["lines"])

    def test_what_may_be_meant_as_well_is_counted(self, ask: Any) -> None:
        to_all, to_one = ask("what did we promise Northgate"), ask("what did we promise Graham", *NORTHGATE)
        assert 0 < len(to_one["lines"]) < len(to_all["lines"])
        assert f"{len(to_all['lines']) - len(to_one['lines'])} more promises" in to_one["answer"]

    def test_dates_narrow_them_by_flag_and_by_question(self, ask: Any) -> None:
        by_flag = ask("what did we promise Northgate", "--since", "2026-01-01")
        by_question = ask("what did we promise Northgate since January 2026")
        assert by_flag["lines"] == by_question["lines"]
        assert {source["date"] for source in by_flag["sources"]} == {"2026-02-11"}

    def test_one_meeting_can_be_asked_about(self, ask: Any) -> None:
        data = ask("what did we promise", "--meeting", "northgate-logistics-2025-11-20")
        assert {source["date"] for source in data["sources"]} == {"2025-11-20"}


class TestSigns:
    def test_which_clients_show_one_is_asked_of_all(self, ask: Any, analyzer: Analyzer) -> None:
        data = ask("which clients show sign 1?")
        assert data["by"] == "record: clients with a sign"
        assert data["searched"]["clients"] == 2
        slugs = {"Northgate Logistics": "northgate", "Meridian Biotech": "meridian"}
        for name, slug in slugs.items():
            sign = analyzer("motives", slug, "--json").data["signs"][0]
            heard = sign["stands"] or sign["level"] in ("weak", "strong")
            assert heard == any(line["text"].startswith(name) for line in data["lines"])

    def test_a_client_given_limits_it(self, ask: Any) -> None:
        assert ask("which clients show sign 1", *NORTHGATE)["searched"]["clients"] == 1

    def test_by_number_and_by_title_are_the_same(self, ask: Any) -> None:
        assert ask("which clients show sign 3")["answer"] == ask("which clients show a directive from above")["answer"]

    def test_all_four_of_a_client_are_told(self, ask: Any) -> None:
        data = ask("what signs does Meridian show")
        assert [line["text"][0] for line in data["lines"]] == ["1", "2", "3", "4"]

    def test_a_verdict_of_a_persons_own_counts(self, ask: Any, analyzer: Analyzer) -> None:
        analyzer("verdict", "northgate-logistics-2026-02-11", "board_mandate", "strong", "--note", "they said so on the way out")
        assert "Northgate Logistics" in ask("which clients show sign 3")["answer"]
        assert "is there" in ask("does Northgate show sign 3")["answer"]


class TestAdvice:
    def test_it_is_told_with_what_became_of_it(self, ask: Any, analyzer: Analyzer) -> None:
        data = ask("what did we advise Northgate and what became of it")
        rows = analyzer("motives", "northgate", "--json").data["recommendations"]
        assert [line["text"].rsplit(maxsplit=1)[-1] for line in data["lines"]] == [row["id"] for row in rows]
        assert "adopted" in data["answer"]

    def test_it_can_be_asked_for_by_its_fate(self, ask: Any, analyzer: Analyzer) -> None:
        rows = analyzer("motives", "northgate", "--json").data["recommendations"]
        taken = ask("which of our recommendations to Northgate were adopted")
        assert len(taken["lines"]) == sum(row["outcome"] in ("adopted", "modified") for row in rows)


class TestMeetings:
    def test_the_last_and_the_first(self, ask: Any) -> None:
        assert "11 Feb 2026" in ask("when did we last meet northgate")["answer"]
        assert "17 Sep 2025" in ask("when did we first meet Northgate?")["answer"]

    def test_the_last_with_one_person(self, ask: Any) -> None:
        assert "met Fergus Dunlop of Meridian" in ask("when did we last meet fergus", "--client", "meridian")["answer"]
        assert dates(ask("when did we last meet Yusuf", *NORTHGATE)) == ["11 Feb 2026"]
        assert dates(ask("when did we first meet Dawn", *NORTHGATE)) == ["17 Sep 2025"]
        assert dates(ask("how often did we meet Dawn", *NORTHGATE)) == ["17 Sep 2025", "11 Feb 2026"]

    def test_how_often(self, ask: Any) -> None:
        data = ask("how many meetings have we had with Meridian")
        assert data["answer"].startswith("3 meetings with Meridian Biotech")
        assert data["searched"]["meetings"] == len(data["lines"]) == 3

    def test_those_of_some_days_over_all_clients(self, ask: Any) -> None:
        data = ask("which meetings were there between November and February 2026", "--all-clients")
        assert {source["date"] for source in data["sources"]} == {"2025-11-12", "2025-11-20", "2026-02-04", "2026-02-11"}

    def test_none_in_some_days_is_an_answer_with_the_days_as_understood(self, ask: Any) -> None:
        data = ask("did we meet Northgate in March 2024?")
        assert not data["answered"]
        assert "1 Mar 2024 to 31 Mar 2024" in data["answer"]

    def test_who_was_there(self, ask: Any) -> None:
        last = ask("who was there", *NORTHGATE)["lines"][0]["text"]
        assert all(name in last for name in ("Yusuf Demir", "Tom Ellery"))
        on_a_day = ask("who was there on 20 November 2025", *NORTHGATE)["lines"][0]["text"]
        assert "Graham Pell" in on_a_day
        assert "Dawn" not in on_a_day
        assert ask("who was in northgate-logistics-2025-11-20")["lines"][0]["text"] == on_a_day
        assert ask("who was in the first meeting with Northgate")["lines"][0]["text"].startswith("17 Sep 2025")

    def test_whether_somebody_was_there(self, ask: Any) -> None:
        heard = ask("was Dawn at the first meeting with Northgate?")
        assert heard["answer"] == "Yes: Dawn Whitlock spoke on 17 Sep 2025."
        silent = ask("was Dawn there on 20 November 2025", *NORTHGATE)
        assert silent["answer"].startswith("No: Dawn Whitlock is not heard on 20 Nov 2025;")
        assert "Graham Pell" in silent["lines"][0]["text"]
        assert ask("did Yusuf attend", "--meeting", "northgate-logistics-2025-11-20")["answer"].startswith("No: Yusuf")

    def test_the_clients_with_the_one_not_met_for_longest_first(self, ask: Any) -> None:
        data = ask("which client have we not met for longest?")
        assert [line["text"].split(":")[0] for line in data["lines"]] == ["Northgate Logistics", "Meridian Biotech"]
        assert "with Northgate Logistics, on 11 Feb 2026" in data["answer"]
        assert ask("how many clients do we have")["answer"].startswith("Meetings with 2 clients are on record;")
        assert ask("which clients did we meet in November 2025")["searched"]["meetings"] == 2

    def test_in_german_too(self, ask: Any) -> None:
        assert "11 Feb 2026" in ask("Wann haben wir Northgate zuletzt getroffen?")["answer"]
        promised = ask("Was haben wir Northgate versprochen?")
        assert promised["lines"] == ask("what did we promise Northgate")["lines"]
        assert promised["answer"].startswith("We promised Northgate Logistics")

    def test_who_was_met_are_their_people(self, ask: Any) -> None:
        names = [line["text"].split(":")[0] for line in ask("who have we met at Northgate")["lines"]]
        assert names[0] == "Graham Pell"
        assert not {"Priya Raman", "Tom Ellery"} & set(names)

    def test_the_last_talk_outside_the_work_is_that_of_the_brief(self, ask: Any, analyzer: Analyzer) -> None:
        last = analyzer("brief", "northgate", "--json").data["partner_talk"]["last"]
        data = ask("when did we last talk outside the current work with Northgate")
        cited = {source["id"]: source["date"] for source in data["sources"]}
        assert {cited[evidence["meeting"]] for evidence in data["citations"]} == {last}
        assert {evidence["side"] for evidence in data["citations"]} == {"ours", "theirs"}


class TestWhoIsMeant:
    def test_which_client_must_be_clear_as_in_a_search(self, analyzer: Analyzer) -> None:
        asked, searched = analyzer("ask", "what do we owe", "--json"), analyzer("search", "what do we owe", "--json")
        assert asked.code == searched.code == 1
        assert asked.json["error"] == searched.json["error"]

    def test_somebody_who_speaks_with_one_client_alone_tells_which(self, ask: Any, analyzer: Analyzer) -> None:
        assert dates(ask("when did we last meet Yusuf?")) == ["11 Feb 2026"]
        assert "Bukola Adeyemi" in ask("what did Bukola promise us?")["lines"][0]["text"]
        of_ours = analyzer("ask", "what did Priya promise?")
        assert of_ours.code == 1
        assert "which client?" in of_ours.err

    def test_every_client_is_told_by_name(self, ask: Any) -> None:
        data = ask("when did we last meet", "--all-clients")
        assert [line["text"].split(":")[0] for line in data["lines"]] == ["Meridian Biotech", "Northgate Logistics"]

    def test_several_clients_can_be_given(self, ask: Any) -> None:
        data = ask("when did we last meet", *NORTHGATE, "--client", "meridian")
        assert {source["client_name"] for source in data["sources"]} == {"Meridian Biotech", "Northgate Logistics"}
        assert data["searched"]["clients"] == 2

    def test_a_meeting_of_another_client_is_refused_as_in_a_search(self, analyzer: Analyzer) -> None:
        run = analyzer("ask", "who was there", *NORTHGATE, "--meeting", "meridian-biotech-2026-02-04")
        assert run.code != 0
        assert "is a meeting of Meridian Biotech" in run.err

    def test_another_client_than_the_one_given_is_not_looked_into(self, ask: Any) -> None:
        data = ask("what did we promise Meridian", *NORTHGATE)
        assert data["by"] == ""
        assert {source["client_name"] for source in data["sources"]} <= {"Northgate Logistics"}

    def test_somebody_of_another_client_is_not_told_of(self, ask: Any) -> None:
        assert ask("when did we last meet Bukola", *NORTHGATE)["by"] == ""

    @pytest.mark.parametrize("flags", [("--speaker", "Priya"), ("--side", "ours")])
    def test_who_asks_for_somebodys_words_is_searching(self, ask: Any, flags: tuple[str, str]) -> None:
        assert ask("what did we promise", *NORTHGATE, *flags)["by"] == ""


class TestText:
    def test_a_sign_that_there_is_not_is_told_with_those_that_there_are(self, analyzer: Analyzer) -> None:
        run = analyzer("ask", "which clients show sign 5?")
        assert run.code == 1
        assert "no sign is called '5'" in run.err
        assert "4 The look of change" in run.err

    def test_several_clients_are_told_of_in_a_line_each(self, analyzer: Analyzer) -> None:
        out = analyzer("ask", "what is overdue?", "--all-clients").out.splitlines()
        assert out[0].startswith("Between Meridian Biotech and us ")
        assert out[1].startswith("Between Northgate Logistics and us ")
        assert all(" promises are overdue: all without word since." in line for line in out[:2])

    def test_nothing_overdue_is_said_in_words(self, ask: Any) -> None:
        told = ask("what is overdue?", *NORTHGATE, "--until", "2025-09-01")
        assert not told["answered"]
        late = ask("which of our promises to Northgate are overdue")["answer"]
        assert late.startswith("We owe Northgate Logistics ")
        assert " that are overdue: " in late
        assert "has passed" not in late

    def test_it_says_which_question_it_took_it_for_and_who_read(self, analyzer: Analyzer) -> None:
        out = analyzer("ask", "what did we promise Northgate").out
        assert out.splitlines()[-1] == "From the record of 3 meetings: promises, read by the offline engine."
        assert "analyzer show northgate-logistics-" in out

    def test_no_reader_is_named_where_none_was_needed(self, analyzer: Analyzer) -> None:
        out = analyzer("ask", "when did we last meet Northgate").out
        assert out.splitlines()[-1] == "From the record of 3 meetings: last meeting."

    def test_a_question_about_what_was_said_is_searched(self, ask: Any) -> None:
        data = ask("what did they promise the works council about shifts", *NORTHGATE)
        assert data["by"] == ""
        assert data["searched"]["passages"] > 0


def unread(home: Path, slugs: str) -> None:
    """As after an upload for a model that was not reached yet."""
    with closing(sqlite3.connect(home / "record.sqlite3")) as connection:
        connection.execute("DELETE FROM assessments WHERE meeting_id IN (SELECT id FROM meetings WHERE slug LIKE ?)", (slugs,))
        connection.commit()


def test_what_was_not_read_is_not_read_for_it_and_the_command_is_told(analyzer: Analyzer, ask: Any, two_clients: Path) -> None:
    unread(two_clients, "northgate-%")
    data = ask("what did we promise Northgate")
    assert not data["answered"]
    assert "`analyzer motives northgate-logistics`" in data["answer"]
    assert ask("which clients show sign 1")["answer"].count("has been read yet") == 1
    assert {tuple(row["readings"]) for row in analyzer("meetings", "northgate", "--json").data["meetings"]} == {()}
    assert ask("when did we last meet Northgate")["answered"]


def test_what_was_read_in_part_is_told_so(analyzer: Analyzer, two_clients: Path) -> None:
    unread(two_clients, "northgate-logistics-2025-09-17")
    run = analyzer("ask", "what did we promise Northgate", "--json")
    assert run.data["answered"]
    assert [w["code"] for w in run.json["warnings"]] == ["unread"]


def test_nothing_is_sent_where_the_record_answers(analyzer: Analyzer) -> None:
    run = analyzer("ask", "what did we promise Northgate", "--engine", "llm", "--json")
    assert run.data["by"] == "record: promises"
    assert run.json["warnings"] == []
    assert analyzer("ask", "what did we promise Northgate", "--engine", "llm", "--preview", "--json").data["sendings"] == []
