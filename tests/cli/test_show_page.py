"""`show --format html`: the transcript as a page, with what carries evidence marked, which the quotes of other pages open."""

import stat
from pathlib import Path
from typing import Any

import pytest
from lxml import html as parser

from analyzer.rendering import html
from analyzer.rendering.pages import PRIVATE, Page, Place, Span, line
from tests.running import Analyzer

SLUG = "northgate-logistics-2026-02-11"


def page_of(analyzer: Analyzer, path: Path, slug: str = SLUG, *more: object) -> Any:
    run = analyzer("show", slug, "--format", "html", "-o", path, *more)
    assert run.code == 0, run.err
    return parser.document_fromstring(path.read_text(encoding="utf-8"))


def words(node: Any) -> str:
    return " ".join(node.text_content().split())


@pytest.mark.usefixtures("two_clients")
class TestPage:
    @pytest.fixture
    def page(self, analyzer: Analyzer, tmp_path: Path) -> Any:
        return page_of(analyzer, tmp_path / f"{SLUG}.html")

    def test_every_turn_stands_there_with_speaker_side_and_an_anchor(self, analyzer: Analyzer, page: Any) -> None:
        turns = analyzer("show", SLUG, "--json").data["turns"]
        assert [turn.get("id") for turn in page.find_class("turn")] == [f"turn-{t['turn']}" for t in turns]
        for t in turns:
            shown = page.get_element_by_id(f"turn-{t['turn']}")
            assert f"{t['speaker']} ({t['side']})" in words(shown.find_class("who")[0])
            said = shown.xpath("p[not(@class)]")[0]
            for mark in said.xpath("sup"):
                mark.drop_tree()
            assert words(said) == " ".join(t["text"].split())

    def test_what_a_verdict_rests_on_is_marked_with_what_it_is_for(self, analyzer: Analyzer, page: Any) -> None:
        found = analyzer("motives", SLUG, "--json").data
        titles = {
            "outside_validation": "An outside view for a settled decision",
            "outsourced_management": "Their performance management, done by us",
            "board_mandate": "A directive from above to be satisfied",
            "illusion_of_change": "The look of change without the hard work",
        }
        expected = [(e, f"Sign: {titles[s['id']]}") for s in found["signs"] for e in s["evidence"]]
        expected += [(e, f"Sign: {titles[s['id']]}, against it") for s in found["signs"] for e in s["counter_evidence"]]
        expected += [(c["evidence"], "A promise") for c in found["commitments"]]
        assert len(expected) > 5
        for evidence, label in expected:
            turn = page.get_element_by_id(f"turn-{evidence['turn']}")
            marked = " ".join(mark.text_content() for mark in turn.iter("mark"))
            assert " ".join(evidence["quote"].split()) in " ".join(marked.split())
            assert label in [words(line_).split("] ", 1)[1] for line_ in turn.xpath("ul[@class='marks']/li")]

    def test_every_number_at_a_mark_has_its_label_below(self, page: Any) -> None:
        for turn in page.find_class("turn"):
            numbers = [words(number) for number in turn.iter("sup")]
            labels = [words(line_).split(" ", 1)[0] for line_ in turn.xpath("ul[@class='marks']/li")]
            assert sorted(numbers) == sorted(labels)

    def test_the_index_leads_to_each_turn_with_a_mark(self, page: Any) -> None:
        led_to = {link.get("href").removeprefix("#") for link in page.xpath("//nav//a")}
        assert led_to == {turn.get("id") for turn in page.find_class("turn") if turn.xpath(".//mark")}

    def test_it_is_private_and_needs_nothing_else(self, page: Any) -> None:
        assert words(page.find_class("private")[0]) == PRIVATE
        assert not page.xpath("//script|//link|//img|//@src|//@style")
        assert {href[0] for href in page.xpath("//@href")} == {"#"}

    def test_a_confidential_meeting_is_called_so(self, analyzer: Analyzer, page: Any, tmp_path: Path) -> None:
        assert "Confidential" not in words(page.find(".//header"))
        analyzer("amend", SLUG, "--confidential")
        kept = page_of(analyzer, tmp_path / "kept.html")
        assert "Confidential: it stays with those who were there." in words(kept.find(".//header"))

    def test_words_that_a_person_took_out_are_marked_no_more(self, analyzer: Analyzer, tmp_path: Path) -> None:
        slug = "northgate-logistics-2025-09-17"
        (sign,) = (s for s in analyzer("motives", slug, "--json").data["signs"] if s["id"] == "outside_validation")
        turn = sign["evidence"][0]["turn"]
        label = "Sign: An outside view for a settled decision"
        before = page_of(analyzer, tmp_path / "before.html", slug)
        assert label in words(before.get_element_by_id(f"turn-{turn}"))
        done = analyzer("dismiss", slug, 1, "--turn", turn, "--because", "irony")
        assert done.code == 0, done.err
        after = page_of(analyzer, tmp_path / "after.html", slug)
        assert label not in words(after.get_element_by_id(f"turn-{turn}"))

    def test_a_link_of_another_page_opens_a_turn_of_this_one(self, page: Any, tmp_path: Path) -> None:
        from analyzer.usecases.show import transcripts_beside

        beside = transcripts_beside(tmp_path, [SLUG, "elsewhere"])
        assert beside == {SLUG}
        leads = Page(title="T", lead=(line(Span("x", place=Place(slug=SLUG, turn=52))),), sections=(), private=True)
        (link,) = parser.document_fromstring(html.page(leads, beside).decode()).xpath("//a/@href")
        file, anchor = link.split("#")
        assert (tmp_path / file).is_file()
        assert page.get_element_by_id(anchor) is not None

    def test_one_turn_is_shown_among_its_neighbours_and_named(self, analyzer: Analyzer, tmp_path: Path) -> None:
        page = page_of(analyzer, tmp_path / "p.html", SLUG, "--turn", "52")
        assert [turn.get("id") for turn in page.find_class("turn")] == [f"turn-{n}" for n in range(49, 56)]
        assert "(the turn asked for)" in words(page.get_element_by_id("turn-52"))


@pytest.mark.usefixtures("two_clients")
def test_without_a_file_the_page_is_printed(analyzer: Analyzer, tmp_path: Path) -> None:
    printed = analyzer("show", SLUG, "--format", "html")
    analyzer("show", SLUG, "--format", "html", "-o", tmp_path / "p.html")
    assert printed.out.split() == (tmp_path / "p.html").read_text(encoding="utf-8").split()


@pytest.mark.usefixtures("two_clients")
def test_marks_are_part_of_the_json_where_the_page_is_asked_for(analyzer: Analyzer) -> None:
    data = analyzer("show", SLUG, "--format", "html", "--json").data
    assert data["read_by"] == "offline"
    assert {"turn": 53, "label": "A promise"} in [{k: mark[k] for k in ("turn", "label")} for mark in data["marks"]]
    assert analyzer("show", SLUG, "--json").data["marks"] == []


@pytest.mark.usefixtures("practice")
def test_a_meeting_that_nobody_has_read_is_shown_without_marks(analyzer: Analyzer, tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    file.write_text("Priya Raman: Good morning.\n\nHoward Pell: I'll send it <b>by</b> Friday & Monday.", encoding="utf-8")
    analyzer("upload", file, "--client", "Aster Mills", "--date", "2026-03-02", "--no-read")
    page = page_of(analyzer, tmp_path / "p.html", "aster-mills-2026-03-02")
    assert "not read yet" in words(page.find("body"))
    assert not page.xpath("//mark|//nav|//b")
    assert "I'll send it <b>by</b> Friday & Monday." in words(page.get_element_by_id("turn-1"))


@pytest.mark.usefixtures("two_clients")
def test_the_file_is_its_owners_and_nothing_is_overwritten_unasked(analyzer: Analyzer, tmp_path: Path) -> None:
    path = tmp_path / "p.html"
    assert analyzer("show", SLUG, "--format", "html", "-o", path).out == f"wrote {path}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("mine", encoding="utf-8")
    refused = analyzer("show", SLUG, "--format", "html", "-o", path)
    assert refused.code == 2
    assert "--force" in refused.err
    assert path.read_text(encoding="utf-8") == "mine"
    assert analyzer("show", SLUG, "--format", "html", "-o", path, "--force").code == 0


@pytest.mark.usefixtures("two_clients")
def test_a_file_takes_the_page_and_not_the_text(analyzer: Analyzer, tmp_path: Path) -> None:
    refused = analyzer("show", SLUG, "--format", "text", "-o", tmp_path / "p.html")
    assert refused.code == 2
    assert "--format html" in refused.err
    assert not (tmp_path / "p.html").exists()
    assert analyzer("show", SLUG, "-o", tmp_path / "p.html").code == 0
    assert (tmp_path / "p.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.usefixtures("two_clients")
def test_in_a_folder_the_page_gets_the_name_that_a_brief_in_it_opens(analyzer: Analyzer, tmp_path: Path) -> None:
    assert analyzer("show", SLUG, "-o", tmp_path).out == f"wrote {tmp_path / f'{SLUG}.html'}\n"
    analyzer("brief", "northgate", "-o", tmp_path / "prep.html")
    brief = parser.document_fromstring((tmp_path / "prep.html").read_text(encoding="utf-8"))
    links = brief.xpath("//a/@href")
    assert links
    assert {link.partition("#")[0] for link in links} == {f"./{SLUG}.html"}
    turns = parser.document_fromstring((tmp_path / f"{SLUG}.html").read_text(encoding="utf-8")).xpath("//@id")
    opened = {link.partition("#")[2] for link in links} - {""}  # the meeting as a whole is opened by no turn
    assert opened
    assert opened <= set(turns)


@pytest.mark.usefixtures("two_clients")
def test_a_page_that_was_written_is_named_when_its_meeting_is_filed_elsewhere(analyzer: Analyzer, tmp_path: Path) -> None:
    analyzer("show", SLUG, "--format", "html", "-o", tmp_path / "p.html")
    assert str(tmp_path / "p.html") in analyzer("move", SLUG, "Meridian Biotech").out
