"""The agenda as a user makes, edits and sends it; what it may tell is asked, and what came up of it is told later."""

import datetime as dt
import re
from pathlib import Path

import pytest

from tests.cli.test_at_terminal import talk
from tests.cli.test_prompts import EditorFor
from tests.running import Analyzer, Begin

PRACTICE = """
name = "Vance & Partners"
[[people]]
name = "Iris Vance"
[[context.in_hand]]
text = "Two reviews in paper and glass until May"
share = "all"
[[context.hard]]
text = "We may have to let the second analyst go in May"
"""
FIRST = """\
Iris Vance: What would you like from us this spring?
Tess Okafor: The whole upper floor stands empty since the looms went.
Bo Lindqvist: And I'll send you the energy figures by Friday.
Iris Vance: Then I'll write you a page with the three options.
"""
ALONE = """\
Iris Vance: How are things, just between us?
Tess Okafor: The lab downstairs stands idle, but Bo must not hear of it yet.
Iris Vance: I will keep that to myself.
"""
OTHER = """\
Iris Vance: What brings us here?
Marek Novak: Our finance head left on Tuesday and nobody can read the ledger.
Iris Vance: I see.
"""
TALK = ("agenda", "tarn", "--date", "2026-03-09")


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> EditorFor:
    return EditorFor(monkeypatch, tmp_path)


@pytest.fixture
def mills(home: Path, analyzer: Analyzer, begun: Begin, tmp_path: Path) -> Path:
    """A home with Tarn Mills (one meeting of all, one with Tess alone) and Globex Forge."""

    def fill() -> None:
        home.mkdir(mode=0o700)
        (home / "practice.toml").write_text(PRACTICE, encoding="utf-8")
        for client, name, text in (
            ("Tarn Mills", "2026-03-02 Review.txt", FIRST),
            ("Tarn Mills", "2026-03-04 Tess.txt", ALONE),
            ("Globex Forge", "2026-02-20 Ledger.txt", OTHER),
        ):
            path = tmp_path / name
            path.write_text(text, encoding="utf-8")
            assert analyzer("upload", path, "--client", client).code == 0

    begun(__name__, fill)
    return home


@pytest.mark.usefixtures("mills")
class TestWhoIsThere:
    def test_their_own_words_and_promises_are_in_it_where_all_of_them_heard_them(self, analyzer: Analyzer) -> None:
        text = analyzer(*TALK, "--with", "Tess Okafor", "--with", "Bo Lindqvist").out
        assert "Bo Lindqvist: “And I'll send you the energy figures by Friday”" in text
        assert "downstairs" not in text

    def test_what_was_left_out_is_counted_in_words(self, analyzer: Analyzer) -> None:
        run = analyzer(*TALK, "--with", "Tess", "--with", "Marek", "--json")
        told = [w["message"] for w in run.json["warnings"] if w["code"] == "left_out"]
        assert any(line.endswith("said in meetings that Marek did not attend; the brief shows them") for line in told)
        assert any("practice.toml does not share it with Tarn Mills" in line for line in told)

    def test_a_confidential_meeting_keeps_to_those_who_were_there(self, analyzer: Analyzer) -> None:
        run = analyzer(*TALK, "--with", "Tess Okafor", "--with", "Bo Lindqvist")
        slug = next(m["slug"] for m in analyzer("meetings", "tarn", "--json").data["meetings"] if "03-02" in m["slug"])
        assert analyzer("amend", slug, "--confidential").code == 0
        assert analyzer(*TALK, "--with", "Tess Okafor", "--with", "Bo Lindqvist").out == run.out

    def test_a_working_talk_is_another_talk(self, analyzer: Analyzer) -> None:
        data = analyzer(*TALK, "--working", "--json").data
        assert data["kind"] == "working"
        assert "What has happened since" in [item["title"] for item in data["items"]]


@pytest.mark.usefixtures("mills")
class TestWriting:
    @pytest.mark.parametrize(
        ("form", "start"), [("md", b"# A talk"), ("html", b"<!DOCTYPE html>"), ("docx", b"PK"), ("ics", b"BEGIN:VCALENDAR")]
    )
    def test_each_format_goes_into_a_folder_under_a_neutral_name(
        self, analyzer: Analyzer, tmp_path: Path, form: str, start: bytes
    ) -> None:
        assert analyzer(*TALK, "--format", form, "-o", tmp_path, "--yes").code == 0
        data = (tmp_path / f"tarn-mills-2026-03-09-agenda.{form}").read_bytes()
        assert data.lstrip()[: len(start)].lower() == start.lower()

    def test_the_name_of_the_file_says_the_format(self, analyzer: Analyzer, tmp_path: Path) -> None:
        assert analyzer(*TALK, "-o", tmp_path / "talk.docx", "--yes").code == 0
        assert (tmp_path / "talk.docx").read_bytes().startswith(b"PK")

    def test_an_invitation_needs_a_day_and_a_word_document_a_file(self, analyzer: Analyzer) -> None:
        assert "--date" in analyzer("agenda", "tarn", "--format", "ics").err
        assert "-o agenda.docx" in analyzer("agenda", "tarn", "--format", "docx").err

    def test_what_we_would_tell_is_said_first_and_nobody_there_to_ask_refuses(self, analyzer: Analyzer, tmp_path: Path) -> None:
        path = tmp_path / "talk.md"
        run = analyzer(*TALK, "-o", path)
        assert run.code == 2
        assert "You will tell Tarn Mills: Two reviews in paper and glass until May" in run.err
        assert "--yes" in run.err
        assert not path.exists()

    def test_at_a_terminal_it_is_asked(self, tmp_path: Path) -> None:
        path = tmp_path / "talk.md"
        shown = talk([*TALK, "-o", str(path)], [("Write it?", "y")])
        assert "You will tell Tarn Mills:" in shown
        assert "Two reviews in paper" in path.read_text(encoding="utf-8")

    def test_an_invitation_of_five_lines_stands_first(self, analyzer: Analyzer) -> None:
        data = analyzer(*TALK, "--invite", "--with", "Tess Okafor", "--json").data
        assert len(data["invitation"]) == 5
        assert data["invitation"][0] == "Hello Tess,"
        assert "unbilled" in analyzer(*TALK, "--invite").out.partition("## 1.")[0]


@pytest.mark.usefixtures("mills")
class TestEditing:
    def test_a_person_s_version_is_kept_and_counts_for_that_talk(self, analyzer: Analyzer, editor: EditorFor) -> None:
        editor("text = text.replace('Arriving', 'Tea and arriving')")
        assert "Tea and arriving" in analyzer(*TALK, "--edit").out
        again = analyzer(*TALK)
        assert "Tea and arriving" in again.out
        assert "--anew" in again.err
        assert "Tea and arriving" not in analyzer(*TALK, "--anew").out
        assert "Tea and arriving" not in analyzer(*TALK, "--minutes", "30").out

    def test_it_is_drawn_in_every_format(self, analyzer: Analyzer, editor: EditorFor, tmp_path: Path) -> None:
        editor("text = text.replace('Arriving', 'Tea and arriving')")
        analyzer(*TALK, "--edit")
        for form in ("md", "html", "ics"):
            assert analyzer(*TALK, "-o", tmp_path / f"talk.{form}", "--yes").code == 0
            assert "Tea and arriving" in (tmp_path / f"talk.{form}").read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("slip", "what"),
        [
            ("we may have to let the second analyst go", "we may have to let the second analyst go"),
            ("as at Globex", "globex"),
            ("as with Novak", "novak"),
            ("their finance head left on Tuesday and nobody can", "finance head left on tuesday and nobody can"),
            ("Ana met the owners in the hall on Monday", "ana met the owners in the hall on monday"),
        ],
        ids=["not shared", "client", "person", "elsewhere", "note"],
    )
    def test_what_must_not_be_told_is_refused_with_its_place_and_may_be_let_pass(
        self, analyzer: Analyzer, editor: EditorFor, slip: str, what: str
    ) -> None:
        analyzer("note", "tarn", "Ana met the owners in the hall on Monday.")
        editor(f"text = text.replace('# A talk', '{slip}\\n\\n# A talk') if '{slip}' not in text else text")
        refused = analyzer(*TALK, "--edit", "--json")
        assert refused.code == 1
        error = refused.json["error"]
        assert error["code"] == "leak"
        assert "in line 1: " in error["message"]
        assert f'--allow "{what}"' in error["hint"]
        editor("pass")
        passed = analyzer(*TALK, "--edit", "--allow", what)
        assert passed.code == 0, passed.err
        assert slip in passed.out

    def test_a_refused_draft_is_not_lost_and_not_kept(self, analyzer: Analyzer, editor: EditorFor) -> None:
        editor("text = text.replace('Arriving', 'Tea for Globex')")
        assert analyzer(*TALK, "--edit").code == 1
        assert "Tea for" not in analyzer(*TALK).out
        editor("text = text.replace('for Globex', 'and arriving')")
        assert "Tea and arriving" in analyzer(*TALK, "--edit").out

    def test_an_emptied_draft_keeps_nothing(self, analyzer: Analyzer, editor: EditorFor) -> None:
        editor("text = ''")
        assert analyzer(*TALK, "--edit").code == 2
        assert "Arriving" in analyzer(*TALK).out

    def test_with_nothing_changed_there_is_no_version_of_one_s_own(self, analyzer: Analyzer, editor: EditorFor) -> None:
        editor("pass")
        assert analyzer(*TALK, "--edit").code == 0
        assert "--anew" not in analyzer(*TALK).err


LATER = """\
Iris Vance: Good morning to both of you, and thank you for the tea.
Tess Okafor: You asked which rooms and tools of ours have room just now, and there is the upper floor.
Iris Vance: Lovely. And how is business going for you, what is hard just now?
Tess Okafor: Orders are slow, and we shall see in the summer how that turns out.
Bo Lindqvist: My daughter has a new bicycle and rides it everywhere.
"""


def test_what_came_up_of_an_agenda_is_told_when_the_next_transcript_comes(
    analyzer: Analyzer, mills: Path, tmp_path: Path
) -> None:
    out = tmp_path / "talk.md"
    assert analyzer("agenda", "tarn", "--with", "Tess Okafor", "-o", out, "--yes").code == 0
    ahead = analyzer("brief", "tarn", "--json").data["agendas"]["ahead"]
    assert ahead["items"][0]["title"] == "Arriving"
    assert all(item["why"].endswith(".") for item in ahead["items"])
    assert not any(item["why"] in out.read_text(encoding="utf-8") for item in ahead["items"])
    path = tmp_path / "Talk.txt"
    path.write_text(LATER, encoding="utf-8")
    uploaded = analyzer("upload", path, "--client", "Tarn Mills", "--date", "today", "--json")
    assert [w for w in uploaded.json["warnings"] if w["code"] == "covered"]
    agendas = analyzer("brief", "tarn", "--json").data["agendas"]
    assert agendas["ahead"] is None
    came_up = {item["title"]: [place["turn"] for place in item["places"]] for item in agendas["covered"]["items"]}
    assert 2 in came_up["How our businesses are doing"]
    assert 1 in came_up["Unused capacity on both sides"]
    assert came_up["Open promises"] == []
    assert not any(4 in turns for turns in came_up.values())


@pytest.mark.usefixtures("practice")
class TestAProspect:
    def test_it_is_asked_for_a_first_talk_and_not_outside_a_project(self, analyzer: Analyzer) -> None:
        analyzer("clients", "set", "Quayle Foods", "--stage", "prospect", "--new")
        for minutes in (15, 30, 60):
            told = analyzer("agenda", "quayle-foods", "--with", "Ann Lee", "--minutes", minutes, "--invite").out
            assert told.startswith("# A first talk: Quayle Foods and Raman Studio")
            assert "for a first talk?" in told
            assert not re.search(r"outside|unbilled|project|promise|next talk|partner", told)

    def test_a_talk_about_work_can_be_asked_for_all_the_same(self, analyzer: Analyzer) -> None:
        analyzer("clients", "set", "Quayle Foods", "--stage", "prospect", "--new")
        assert "Our next working talk" in analyzer("agenda", "quayle-foods", "--working").out


@pytest.mark.usefixtures("two_clients")
class TestDoubts:
    """What is said beside an agenda, on stderr, for whoever sends it."""

    def test_how_old_is_what_it_tells_of_our_business(self, analyzer: Analyzer, home: Path) -> None:
        assert "days old" in analyzer("agenda", "northgate").err
        path = home / "practice.toml"
        path.write_text(path.read_text().replace("as_of = 2026-04-15", f"as_of = {dt.date.today().isoformat()}"))  # noqa: DTZ011
        assert "days old" not in analyzer("agenda", "northgate").err

    def test_a_name_in_not_with_that_means_nobody(self, analyzer: Analyzer, home: Path) -> None:
        told = analyzer("agenda", "northgate").err
        assert "not_with = ['Okafor & Daughters Bakeries'] in practice.toml means no client on record" in told
        path = home / "practice.toml"
        path.write_text(path.read_text().replace("Okafor & Daughters Bakeries", "Meridian Biotech Ltd"))
        assert "means no client" not in analyzer("agenda", "northgate").err

    def test_what_goes_through_a_pipe_is_told_beside_it(self, analyzer: Analyzer) -> None:
        told = analyzer("agenda", "northgate")
        assert "it tells Northgate Logistics: " in told.err
        assert "it tells" not in told.out
        assert "it tells" not in analyzer("agenda", "northgate", "--json").err

    def test_a_person_of_ours_who_was_never_recorded_withholds_nothing(self, analyzer: Analyzer) -> None:
        alone = analyzer("agenda", "northgate", "--with", "Graham Pell", "--date", "2026-02-12").out
        both = analyzer("agenda", "northgate", "--with", "Graham Pell", "--with", "Bea Lindqvist", "--date", "2026-02-12")
        assert "You said on" in alone
        assert both.out.replace(", Bea Lindqvist", "").replace(" and Bea", "") == alone
        assert "no meeting on record" not in both.err

    def test_a_message_is_not_put_before_a_version_that_you_edited(self, analyzer: Analyzer, editor: EditorFor) -> None:
        editor("text += '- One more thing\\n'")
        assert analyzer("agenda", "northgate", "--edit").code == 0
        again = analyzer("agenda", "northgate", "--invite")
        assert "--anew --invite" in again.err
        assert "Hello" not in again.out
