"""The text in PDFs: paragraphs out of lines, without what the pages themselves say."""

import logging

import pytest

from analyzer.errors import Refused
from analyzer.transcripts.decoding import load
from analyzer.transcripts.reading import read_file
from tests.transcripts.documents import Placed, pdf

LONG = "Dana Ortiz: We have seen the board paper and, to be plain about it, the part that we asked for"
REST = "is not in it, and nothing else is."


def _page(*blocks: str, top: int = 750) -> list[Placed]:
    """Lines 12 points apart, blocks 24."""
    lines: list[Placed] = []
    y = top
    for block in blocks:
        for line in block.split("\n"):
            lines.append((y, line))
            y -= 12
        y -= 12
    return lines


def _text(*pages: list[Placed]) -> str:
    return load("x", pdf(*pages))[0].text or ""


def _repeats(*pages: list[Placed]) -> int:
    return load("x", pdf(*pages))[1].get("page headers, footers and numbers", 0)


def test_wrapped_lines_are_one_paragraph_and_a_gap_begins_another() -> None:
    assert _text(_page(f"{LONG}\n{REST}", "Sam Lee: Okay.")) == f"{LONG} {REST}\n\nSam Lee: Okay."


def test_a_short_line_is_not_run_on() -> None:
    assert _text(_page(LONG, "Dana Ortiz  0:02\nHello.\nSo.", "Sam Lee  0:04\nHi.")).split("\n\n")[1:] == [
        "Dana Ortiz  0:02\nHello.\nSo.",
        "Sam Lee  0:04\nHi.",
    ]


def test_a_full_line_does_not_swallow_the_next_speaker() -> None:
    assert _text(_page(f"{LONG}\nSam Lee: Okay.\n00:04 Dana: So.\n\u2022 a point", "a\nb")).split("\n")[:4] == [
        LONG,
        "Sam Lee: Okay.",
        "00:04 Dana: So.",
        "\u2022 a point",
    ]


@pytest.mark.parametrize(
    ("elsewhere", "word"),
    [("", "client-facing"), ("clientfacing", "clientfacing"), ("client-facing clientfacing", "client-facing")],
)
def test_a_hyphen_at_a_line_end_stays_unless_the_word_stands_elsewhere_without(elsewhere: str, word: str) -> None:
    assert f"the {word} part" in _text(_page(f"{'and so on ' * 8}the client-\nfacing part of it", f"Sam: {elsewhere}\nb"))


def test_a_paragraph_goes_on_over_the_page() -> None:
    pages = [_page("Sam Lee: So.\nb", LONG), _page(REST, "Sam Lee: Okay.\nc")]
    assert f"{LONG} {REST}\n\nSam Lee: Okay." in _text(*pages)


def _printed(number: int, of: int, body: list[Placed]) -> list[Placed]:
    return [(30, f"Page {number} of {of}"), (815, "Confidential \u2013 Northgate"), *body]


def test_headers_footers_and_numbers_are_taken_out_and_counted() -> None:
    pages = [_printed(n, 3, _page(f"Dana: This is {n}.\nAnd so on.", "Sam: Yes.")) for n in (1, 2, 3)]
    assert _text(*pages).split() == " ".join(f"Dana: This is {n}. And so on. Sam: Yes." for n in (1, 2, 3)).split()
    assert _repeats(*pages) == 6
    assert read_file("x.pdf", pdf(*pages)).dropped == {"page headers, footers and numbers": 6}


def test_the_number_of_a_single_page_is_taken_out() -> None:
    assert _text([*_page("Dana: One.\nTwo.", "Sam: 1"), (30, "1")]).endswith("Sam: 1")


def test_what_people_say_at_the_edge_of_pages_stays() -> None:
    pages = [[*_page(f"Dana Ortiz: This is {n}.\nAnd so on."), (100, "Sam Lee: Yeah."), (30, str(n))] for n in (1, 2)]
    assert _text(*pages).count("Sam Lee: Yeah.") == 2
    assert _repeats(*pages) == 2


def test_times_of_turns_at_the_edge_of_pages_stay() -> None:
    pages = [_page(f"Dana Ortiz  {n}:02", "Hello.\nSo.", f"Yes{'!' * n}\nNo.") for n in range(1, 6)]
    assert [u.start for u in read_file("x.pdf", pdf(*pages)).utterances] == [62.0, 122.0, 182.0, 242.0, 302.0]


def test_a_line_that_a_browser_prints_on_every_page_goes_though_it_has_a_time() -> None:
    pages = [[(820, "3/4/26, 10:02 AM"), *_page(f"Dana: This is it.{' So.' * n}\nb", *["c"] * n)] for n in range(1, 4)]
    assert _repeats(*pages) == 3


def _steps(*pieces: tuple[float, float, float, str]) -> bytes:
    """Words with their places from the left and from below, and the size of their letters, in the order of drawing."""
    return b"".join(b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n" % (size, x, y, text.encode()) for x, y, size, text in pieces)


def _body(size: float = 10) -> list[tuple[float, float, float, str]]:
    said = [f"Dana: This is {n}, so that we" if n % 2 else "go on a little longer" for n in range(57)]
    return [(60, 780 - 13 * n, size, words) for n, words in enumerate(["Sam: Yes. It is long enough", *said])]


SMALL_PRINT = {"header": (60.0, 820.0), "footer": (60.0, 20.0)}


@pytest.mark.parametrize(("x", "y"), SMALL_PRINT.values(), ids=SMALL_PRINT.keys())
def test_small_print_at_the_edge_of_one_page_is_no_speech_and_counted(x: float, y: float) -> None:
    pages = [_steps(*_body(), (x, y, 8, "Confidential, for Northgate alone")), _steps((60, 780, 10, "and so forth."))]
    source, left_out, warnings = load("x.pdf", pdf(*pages))
    assert "Confidential" not in (source.text or "")
    assert (left_out["page headers, footers and numbers"], warnings) == (1, ())


def test_small_letters_at_the_edge_stay_where_they_may_be_of_the_talk() -> None:
    for words in ("Dana Ortiz", "Dana Ortiz  0:05", "Sam: No."):
        assert words in (load("x.pdf", pdf(_steps(*_body(), (60, 20, 8, words))))[0].text or "")
    page = [*_body(), (60.0, 20.0, 8.0, "and no more of it"), (300.0, 400.0, 8.0, "as small")]
    assert "and no more of it" in (load("x.pdf", pdf(_steps(*page)))[0].text or "")
    dated = [(60.0, 820.0, 8.0, "17 September 2025"), *_body()]
    assert str(read_file("x.pdf", pdf(_steps(*dated))).date) == "2025-09-17"


def test_a_line_at_the_edge_that_is_drawn_apart_is_kept_and_warned_of() -> None:
    page = _steps(*_body(), (60, 820, 10, "Confidential, for Northgate alone"))
    source, _, warnings = load("x.pdf", pdf(page))
    assert "Confidential" in (source.text or "")
    assert warnings == ("lines at the edges of pages that may be the pages' own and no speech: 1",)


def _columns(*columns: int) -> bytes:
    return _steps(*((60 + 250 * column, 780 - 13 * n, 10, f"Dana: {column}.{n}") for column in columns for n in range(57)))


def test_two_columns_are_no_lines_drawn_apart() -> None:
    assert load("x.pdf", pdf(_columns(0, 1)))[2] == ()


Cells = list[tuple[float, float, float, str]]
TITLES: Cells = [(60, 700, 10, "Time"), (120, 700, 10, "Speaker"), (200, 700, 10, "Text")]


def _row(y: float, time: str, name: str, *words: str) -> Cells:
    lines = [(200.0, y - 12 * n, 10.0, line) for n, line in enumerate(words)]
    return [*((60.0, y, 10.0, time) for _ in [0] if time), *((120.0, y, 10.0, name) for _ in [0] if name), *lines]


ROWS = [
    *_row(680, "0:04", "Dana Ortiz", "We decided,", "and that is it."),
    *_row(640, "0:09", "Sam Lee", "No."),
    *_row(620, "0:12", "Dana Ortiz", "So:"),
]


def test_a_printed_table_is_read_by_its_columns() -> None:
    second = [*TITLES, *_row(680, "", "", "we go on."), *_row(640, "0:20", "Sam Lee", "Yes.")]
    data = pdf(_steps((60, 760, 10, "Northgate weekly"), *TITLES, *ROWS), _steps(*second))
    transcript = read_file("x.pdf", data)
    assert [(u.speaker, u.start, u.text) for u in transcript.utterances] == [
        ("Dana Ortiz", 4, "We decided, and that is it."),
        ("Sam Lee", 9, "No."),
        ("Dana Ortiz", 12, "So: we go on."),
        ("Sam Lee", 20, "Yes."),
    ]
    assert (transcript.title, transcript.dropped["rows of column headings"]) == ("Northgate weekly", 2)


UNCLEAR = {
    "a column drawn as a whole": sorted(ROWS),
    "a name on two lines, drawn line by line": [
        *_row(680, "0:04", "Dana", "We decided,"),
        *_row(668, "", "Ortiz", "and that is it."),
        *ROWS[4:],
    ],
    "a paragraph below": [*ROWS, (90.0, 600.0, 10.0, "All agree.")],
    "a row without a name": [*ROWS, *_row(600, "0:30", "", "Who?")],
    "a row without words": [*ROWS, *_row(600, "0:30", "Sam Lee")],
}


@pytest.mark.parametrize("rows", UNCLEAR.values(), ids=UNCLEAR.keys())
def test_a_printed_table_whose_rows_are_not_plain_is_refused_with_a_way_out(rows: Cells) -> None:
    with pytest.raises(Refused, match="print of a table") as refusal:
        read_file("x.pdf", pdf(_steps(*TITLES, *rows)))
    assert ".csv" in refusal.value.hint


def test_a_summary_above_the_talk_stands_alone_and_is_no_speech() -> None:
    page = _page("Weekly with Northgate", "Summary", "Dana Ortiz: is aligned with everything.\nAnd more.", "Transcript")
    talk = _page("Dana Ortiz: Hello.\nSo.", "Sam Lee: Hi.", "Dana Ortiz: Well.", top=500)
    transcript = read_file("x.pdf", pdf([*page, *talk]))
    assert [u.text for u in transcript.utterances] == ["Hello. So.", "Hi.", "Well."]


def test_title_and_date_of_the_properties_count_last() -> None:
    talk = _page("Dana: Hello.\nSo.", "Sam: Hi.\nNo.")
    info = "<</Title(Northgate weekly)/CreationDate(D:20260304101500Z)>>"
    transcript = read_file("transcript.pdf", pdf(talk, info=info))
    assert (transcript.title, transcript.title_source, str(transcript.date), transcript.date_source) == (
        "Northgate weekly",
        "metadata",
        "2026-03-04",
        "metadata",
    )
    assert read_file("transcript.pdf", pdf(talk, info="<</Title(Microsoft Word - Document1)/CreationDate(soon)>>")).title is None


@pytest.mark.parametrize(
    ("name", "heading", "title", "warned"),
    [
        ("x.pdf", "Weekly", "", True),
        ("x.pdf", "Weekly", "Northgate weekly", True),
        ("2026-03-01 x.pdf", "Weekly", "", False),
        ("x.pdf", "1. M\u00e4rz 2026", "", False),
        ("x.pdf", "Weekly", "Weekly 2026-03-01", False),
    ],
)
def test_the_day_on_which_a_document_was_made_is_warned_of(name: str, heading: str, title: str, *, warned: bool) -> None:
    talk = _page(heading, "Dana: Hello.\nSo.", "Sam: Hi.\nNo.")
    transcript = read_file(name, pdf(talk, info=f"<</Title({title})/CreationDate(D:20260304101500Z)>>"))
    assert any("day the document was made (2026-03-04)" in warning for warning in transcript.warnings) is warned
    assert str(transcript.date) == ("2026-03-04" if warned else "2026-03-01")


def test_a_pdf_without_text_is_refused_with_a_way_out() -> None:
    with pytest.raises(Refused, match="without text, as scanned pages are") as refusal:
        read_file("x.pdf", pdf(b"0 0 100 100 re f"))
    assert "text" in refusal.value.hint


ENCRYPTION = b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>"


def test_a_pdf_with_a_password_is_refused_with_a_way_out() -> None:
    locked = pdf(_page("Dana: Hello."), extra=[ENCRYPTION], trailer=b"/Encrypt 6 0 R/ID[<41><41>]")
    with pytest.raises(Refused, match="password") as refusal:
        read_file("x.pdf", locked)
    assert "without one" in refusal.value.hint


def test_nothing_is_said_about_a_broken_file_but_the_refusal(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(Refused, match=r"^x\.pdf: "):
        read_file("x.pdf", b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 9 0 R>>\nendobj\ntrailer<</Root 1 0 R>>")
    assert capfd.readouterr() == ("", "")
    assert not caplog.records


def test_a_broken_cross_reference_is_mended() -> None:
    data = pdf(_page("Dana: Hello.\nSo.", "Sam: Hi.")).replace(b"startxref\n", b"startxref\n9")
    assert read_file("x.pdf", data).speakers == ("Dana", "Sam")


def _outcome(data: bytes) -> str:
    try:
        return "read" if read_file("cut.pdf", data).utterances else "nothing read"
    except Refused as refusal:
        return refusal.message


def test_a_pdf_cut_anywhere_is_read_or_refused_by_name() -> None:
    data = pdf(_page("Dana: Hello.\nSo.", "Sam: Hi."))
    outcomes = {_outcome(data[:cut]) for cut in range(1, len(data), 40)}
    assert all(outcome == "read" or outcome.startswith("cut.pdf: ") for outcome in outcomes)


def test_text_that_speaks_of_pdf_is_text() -> None:
    assert read_file("x.txt", b"Dana: It began with %PDF-1.4 somehow.\nSam: Yes.\n").format == "text"
