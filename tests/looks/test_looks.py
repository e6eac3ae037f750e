"""Documents as people get to see them: in Chromium on paper and on a phone, in LibreOffice; left out where these are missing."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from analyzer.rendering import docx, html
from analyzer.rendering.pages import PRIVATE
from tests.rendering.pages import HOSTILE, MADE_AT, whole
from tests.running import Analyzer

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
A4 = (595, 842)  # points
SLUG = "northgate-logistics-2026-02-11"

Written = Callable[[str, str], Path]

pytestmark = [pytest.mark.looks, pytest.mark.usefixtures("two_clients")]
in_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
in_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


COMMANDS: dict[str, tuple[str, ...]] = {
    "transcript": ("show", SLUG),
    **{f"{client} brief": ("brief", client, "--date", "2026-05-04") for client in ("northgate", "meridian")},
    "earlier brief": ("brief", "meridian", "--date", "2026-03-02"),
    **{f"{client} agenda": ("agenda", client, "--yes") for client in ("northgate", "meridian")},
}


@pytest.fixture
def written(analyzer: Analyzer, tmp_path: Path) -> Written:
    """Writes a document of the example series in a format, and tells where it is."""

    def write(what: str, form: str) -> Path:
        path = tmp_path / f"{what}.{form}"
        run = analyzer(*COMMANDS[what], "-o", path)
        assert run.code == 0, run.err
        return path

    return write


def chromium(tmp_path: Path, *arguments: object) -> str:
    command = [str(CHROMIUM), *QUIET, f"--user-data-dir={tmp_path / 'profile'}", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def printed(tmp_path: Path, page: Path) -> list[str]:
    """The text of each page on paper; all of them are A4."""
    pdf = tmp_path / "printed.pdf"
    chromium(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri())
    return on_a4(pdf)


def in_word(tmp_path: Path, document: Path) -> list[str]:
    profile = (tmp_path / "office").as_uri()
    command = [str(OFFICE), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", tmp_path / "pdf"]
    subprocess.run([*map(str, command), str(document)], capture_output=True, check=True, timeout=180)
    return on_a4(tmp_path / "pdf" / f"{document.stem}.pdf")


def on_a4(pdf: Path) -> list[str]:
    pages = PdfReader(pdf).pages
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {A4}
    return [" ".join((page.extract_text() or "").split()) for page in pages]


def headings(page: Path) -> tuple[list[str], list[str]]:
    """The titles of the sections that are told first, and of those that stand behind."""
    found = re.findall(r"(<summary>)?<h2[^>]*>([^<]*)</h2>", page.read_text(encoding="utf-8"))
    return [title for behind, title in found if not behind], [title for behind, title in found if behind]


@in_chromium
@pytest.mark.parametrize("client", ["northgate", "meridian", "earlier"])
def test_a_brief_is_one_page_with_its_detail_open_on_those_behind_it(written: Written, tmp_path: Path, client: str) -> None:
    brief = written(f"{client} brief", "html")
    first, *behind = printed(tmp_path, brief)
    told, detail = headings(brief)
    assert all(title in first for title in told)
    assert not any(title in first for title in detail)
    assert all(any(title in page for page in behind) for title in detail)
    assert all(page.count(PRIVATE) for page in (first, *behind))
    assert "What this rests on" in " ".join(behind)
    assert re.search(r"(\d) of \1 meetings", " ".join(behind))  # what stands behind it is open


@in_chromium
@pytest.mark.parametrize("client", ["northgate", "meridian"])
def test_an_agenda_is_one_page_that_is_not_called_private(written: Written, tmp_path: Path, client: str) -> None:
    (only,) = printed(tmp_path, written(f"{client} agenda", "html"))
    assert "60 minutes" in only
    assert PRIVATE not in only


@in_chromium
@pytest.mark.parametrize("what", ["northgate brief", "northgate agenda", "transcript", "hostile"])
def test_nothing_runs_out_of_a_screen_at_its_side(written: Written, tmp_path: Path, what: str) -> None:
    page = tmp_path / "hostile.html"
    if what in COMMANDS:
        page = written(what, "html")
    else:
        page.write_bytes(html.page(whole(HOSTILE[5])))
    (tmp_path / "measure.html").write_text(MEASURE.replace("PAGE", page.as_uri()), encoding="utf-8")
    seen = chromium(tmp_path, "--allow-file-access-from-files", "--dump-dom", (tmp_path / "measure.html").as_uri())
    measured = json.loads(re.findall(r"<pre>(.*?)</pre>", seen)[0])
    assert len(measured) == 3
    assert all(0 < wide <= room for wide, room in measured)


MEASURE = (
    "".join(f'<iframe src="PAGE" style="width:{width}px"></iframe>' for width in (320, 390, 900))
    + """<pre>[]</pre><script>
onload = () => {
  const pages = [...document.querySelectorAll("iframe")].map(frame => frame.contentDocument);
  pages.forEach(page => page.querySelectorAll("details").forEach(detail => { detail.open = true; }));
  const sizes = pages.map(page => [page.documentElement.scrollWidth, page.documentElement.clientWidth]);
  document.querySelector("pre").textContent = JSON.stringify(sizes);
};
</script>"""
)


@in_office
@pytest.mark.parametrize("client", ["northgate", "meridian", "earlier"])
def test_a_brief_opens_as_a_word_document(written: Written, tmp_path: Path, client: str) -> None:
    pages = in_word(tmp_path, written(f"{client} brief", "docx"))
    told, detail = headings(written(f"{client} brief", "html"))
    assert all(title in " ".join(pages) for title in (*told, *detail))
    assert all(page.startswith(PRIVATE) for page in pages)
    first, *behind = pages
    assert all(title in first for title in told)
    assert not any(title in first for title in detail)
    assert not any(title in " ".join(behind) for title in told)


@in_office
@pytest.mark.parametrize("client", ["northgate", "meridian"])
def test_an_agenda_opens_as_a_word_document_of_one_page(written: Written, tmp_path: Path, client: str) -> None:
    (only,) = in_word(tmp_path, written(f"{client} agenda", "docx"))
    assert "60 minutes" in only
    assert PRIVATE not in only


@in_office
def test_lists_and_tables_are_words_own(tmp_path: Path) -> None:
    document = tmp_path / "whole.docx"
    document.write_bytes(docx.page(whole("Tess"), MADE_AT))
    text = " ".join(in_word(tmp_path, document))
    assert "1. first 2. Tess" in text
    assert "1. again first" in text
    assert "What Tess When Tess Tess 3 Mar 2026" in text


@in_office
@pytest.mark.parametrize("name", HOSTILE[:4])
def test_hostile_words_open_as_words(tmp_path: Path, name: str) -> None:
    document = tmp_path / "hostile.docx"
    document.write_bytes(docx.page(whole(name), MADE_AT))
    assert "Ask first" in " ".join(in_word(tmp_path, document))
