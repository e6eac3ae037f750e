"""HTML documents: whole in themselves, harmless whatever was said, fit for eyes, ears, phones and paper."""

import os
import re
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser
from lxml.html import HtmlElement

from analyzer.model.findings import Outcome
from analyzer.rendering import html
from analyzer.rendering.pages import PRIVATE, Page, Paragraph, Place, Section, Span, line
from analyzer.rendering.seen import seen
from tests.rendering.pages import HOSTILE, PLACE, SLUG, whole

SVG = {"svg", "defs", "g", "rect", "path", "circle", "text"}
DRAWN = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "h1", "h2", "p", "section", "details", "summary"),
    *(
        "ul",
        "ol",
        "li",
        "a",
        "code",
        "strong",
        "span",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "figure",
        "figcaption",
    ),
    *SVG,
}


def read(data: bytes) -> HtmlElement:
    return parser.document_fromstring(data.decode())


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def colours(data: bytes, scheme: str) -> dict[str, str]:
    """The colours of the page: `light`, `dark` or `print`."""
    style = read(data).find(".//style").text
    found = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    return dict(re.findall(r"--([\w-]+): (#\w{6})", found[("light", "dark", "print").index(scheme)]))


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2 between two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("beside", [(), (SLUG,)])
def test_hostile_words_stay_words(name: str, beside: tuple[str, ...]) -> None:
    data = html.page(whole(name), beside)
    tree = read(data)
    assert {node.tag for node in tree.iter()} <= DRAWN
    assert {key for node in tree.iter() for key in node.attrib if key.startswith("on")} == set()
    told = " ".join(seen(name).split())
    assert words(tree.find(".//h1")) == f"Brief on {told}".strip()
    assert words(tree.xpath("//ol/li")[1]) == told
    assert words(tree.xpath("//figure")[0].find("figcaption")) == f"Over time {told}".strip()
    assert tree.xpath("//figure")[0].get("aria-label") == seen(f"Over time {seen(name)}: It grew, says {seen(name)}.")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", data.decode())


@given(st.text(alphabet=st.characters() | st.sampled_from("<>&\"'`{}%#=/\\!-;"), max_size=80))
def test_any_words_stay_words(text: str) -> None:
    tree = read(html.page(Page(title=text, lead=(line(text),), sections=(), private=False)))
    assert [node.tag for node in tree.find("body").iter()] == ["body", "header", "h1", "p", "main"]
    assert words(tree.find(".//h1")) == words(tree.find(".//p")) == " ".join(seen(text).split())


def test_a_page_needs_nothing_but_itself() -> None:
    data = html.page(whole("Tess", private=True), (SLUG,))
    tree = read(data)
    style = tree.find(".//style").text
    assert not re.search(r"@import|url\(|@font-face|//", re.sub(r"/\*.*?\*/", "", style))
    assert not tree.xpath("//script|//link|//img|//iframe|//object|//embed|//form|//base|//use|//image|//foreignObject")
    assert {node.get("href") for node in tree.xpath("//*[@href]")} == {f"./{SLUG}.html#turn-7"}
    assert not tree.xpath("//@src|//@srcset|//@action|//@style|//@*[local-name()='xlink:href']")
    names = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}  # of namespaces: nobody goes there
    assert set(re.findall(r"\w+://[^\"]+", data.decode())) <= names
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_a_quote_opens_its_place_where_the_transcript_lies_beside_and_is_named_elsewhere() -> None:
    there, elsewhere = read(html.page(whole(), (SLUG,))), read(html.page(whole()))
    links = there.xpath("//a")
    assert {(link.text, link.get("href")) for link in links} == {("turn 7", f"./{SLUG}.html#turn-7")}
    assert not there.find_class("place")
    assert not elsewhere.xpath("//a")
    assert {words(span) for span in elsewhere.find_class("place")} == {f"{SLUG} turn 7"}


def test_a_meeting_as_a_whole_opens_at_its_beginning() -> None:
    page = Page(title="T", lead=(line(Span("that talk", place=Place(slug=SLUG))),), sections=(), private=True)
    (link,) = read(html.page(page, (SLUG,))).xpath("//a")
    assert (link.text, link.get("href")) == ("that talk", f"./{SLUG}.html")
    assert {words(span) for span in read(html.page(page)).find_class("place")} == {SLUG}


def test_a_slug_can_make_no_other_link() -> None:
    slug = "javascript:alert(1)//../x?y"
    page = Page(title="T", lead=(line(Span("x", place=Place(slug=slug, turn=1))),), sections=(), private=True)
    (link,) = read(html.page(page, (slug,))).xpath("//a/@href")
    assert link == "./javascript%3Aalert%281%29%2F%2F..%2Fx%3Fy.html#turn-1"


def test_a_page_to_be_sent_can_name_no_place() -> None:
    with pytest.raises(ValueError, match="to be sent"):
        Page(title="T", lead=(line(Span("x", place=PLACE)),), sections=(), private=False)


def test_the_same_page_is_the_same_bytes_in_every_process() -> None:
    program = (
        "import sys, hashlib; from analyzer.rendering import html; from tests.rendering.pages import whole; "
        "print(hashlib.sha256(html.page(whole('Tess'))).hexdigest())"
    )
    done = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(done) == 1


def test_headings_come_in_order_and_landmarks_have_names() -> None:
    tree = read(html.page(whole()))
    levels = [int(node.tag[1]) for node in tree.iter("h1", "h2", "h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert tree.get("lang") == "en-GB"
    assert len(tree.xpath("//header")) == len(tree.xpath("//main")) == 1
    for section in tree.xpath("//section"):
        assert tree.get_element_by_id(section.get("aria-labelledby")).tag == "h2"
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_what_is_drawn_is_told_in_words_and_no_table_is_without_headers() -> None:
    tree = read(html.page(whole("Tess")))
    figures = tree.xpath("//figure")
    assert [figure.get("role") for figure in figures] == ["img", "img"]
    assert figures[0].get("aria-label") == "Over time Tess: It grew, says Tess."
    assert all(svg.get("aria-hidden") == "true" for svg in tree.iter("svg"))
    (table,) = tree.xpath("//table")
    assert [head.get("scope") for head in table.iter("th")] == ["col"] * 3
    assert [[cell.get("data-head") for cell in row.iter("td")] for row in table.iter("tr")][1:] == [["What", "Tess", "When"]] * 2


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_everything_that_is_read_stands_out_enough(scheme: str) -> None:
    colour = colours(html.page(whole()), scheme)
    for ink, ground in (("ink", "paper"), ("quiet", "paper"), ("link", "paper"), ("ink", "mark"), ("link", "mark")):
        assert contrast(colour[ink], colour[ground]) >= 4.5, (ink, ground)
    for part in range(len(Outcome)):  # as many parts as a bar may have
        assert contrast(colour["ink"], colour[f"part-{part}"]) >= 4.5
    assert contrast(colour["line"], colour["paper"]) >= 3  # WCAG's bound for what is drawn


def test_detail_stands_behind_and_is_printed_open_on_a_page_of_its_own() -> None:
    data = html.page(whole("Tess"))
    tree = read(data)
    assert [words(details.find("summary")) for details in tree.iter("details")] == ["All of Tess", "The rest"]
    assert [details.get("class") for details in tree.iter("details")] == ["first", None]
    style = tree.find(".//style").text
    printed = style[style.index("@media print") :]
    assert "details::details-content { content-visibility: visible" in printed
    assert "details.first { break-before: page" in printed


@pytest.mark.parametrize("private", [True, False])
def test_a_private_page_says_so_on_the_screen_and_on_every_printed_page(private: bool) -> None:
    data = html.page(whole(private=private))
    assert words(read(data)).count(PRIVATE) == (2 if private else 0)  # in its banner and in the style of printed pages
    assert (f'@top-right {{ content: "{PRIVATE}"' in data.decode()) is private


@pytest.mark.parametrize(
    "hidden",
    [
        "<p>Birch Rail</p>",
        "<p>Birch <b>Rail</b></p>",
        "<p>Bir<b>ch</b> Rail</p>",
        "<p title='Birch Rail'>x</p>",
        "<!-- Birch Rail -->",
        "<!DOCTYPE Birch Rail>",
        "<?Birch Rail?>",
        "<style>/* Birch Rail */</style>",
        "<p hidden style='display:none'>Birch Rail</p>",
        "<meta name='author' content='Birch Rail'>",
        "<p>&#66;irch&nbsp;Rail</p>",
        "<svg><desc>Birch Rail</desc></svg>",
        "<script>Birch Rail</script>",
    ],
)
def test_whatever_a_file_holds_is_read_back(hidden: str) -> None:
    data = html.page(whole(private=False)).replace(b"</main>", hidden.encode() + b"</main>")
    assert "Birch Rail" in " ".join(html.text_of(data).replace("\xa0", " ").split())
    assert "Birch Rail" not in html.text_of(html.page(whole(private=False)))


def test_words_at_the_seam_of_two_elements_are_read_both_ways() -> None:
    page = Page(title="T", lead=(line("Birch", Span("Rail", strong=True)),), sections=(), private=False)
    assert "BirchRail\nBirch Rail" in html.text_of(html.page(page))


def test_what_is_ours_in_every_file_is_not_read_back() -> None:
    section = Section(title="1. One", blocks=(Paragraph(line("words")),))
    text = html.text_of(html.page(Page(title="A talk", lead=(line("60 minutes"),), sections=(section,), private=False)))
    assert text.split("\n") == ["A talk", "A talk", "60 minutes", "1. One", "words", "s1", "s1"]
