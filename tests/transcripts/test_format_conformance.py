"""What every format must do, shown on its specimens: two or more each, under tests/data/transcripts."""

import codecs
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest

from analyzer.errors import Refused
from analyzer.transcripts.decoding import load
from analyzer.transcripts.formats import FORMATS
from analyzer.transcripts.reading import read_file
from tests.transcripts.specimens import SPECIMENS, Specimen, as_rows

every_specimen = pytest.mark.parametrize("specimen", SPECIMENS, ids=str)


def test_every_format_has_at_least_two_specimens() -> None:
    have = Counter(specimen.format for specimen in SPECIMENS)
    assert {known.name: have[known.name] >= 2 for known in FORMATS} == {known.name: True for known in FORMATS}


def test_formats_have_names_and_titles_of_their_own() -> None:
    assert len({known.name for known in FORMATS}) == len({known.title for known in FORMATS}) == len(FORMATS)


@every_specimen
def test_a_specimen_is_read_as_written_beside_it(specimen: Specimen) -> None:
    transcript = read_file(specimen.path.name, specimen.path.read_bytes())
    assert as_rows(transcript.utterances) == specimen.turns
    assert transcript.format == specimen.format == specimen.expected["format"]
    assert transcript.confidence == specimen.expected["confidence"]
    assert (transcript.title, transcript.date) == (specimen.expected["title"], specimen.date)
    assert transcript.client == specimen.expected["client"]
    assert transcript.dropped == specimen.expected["dropped"]


@every_specimen
@pytest.mark.parametrize("name", ["x.docx", "x.vtt", "x.srt", "x.txt", "x.json", "x"])
def test_a_format_is_known_by_content_whatever_the_suffix(specimen: Specimen, name: str) -> None:
    assert read_file(name, specimen.path.read_bytes()).format == specimen.format


@every_specimen
def test_only_one_format_is_surest_of_a_specimen(specimen: Specimen) -> None:
    source, _, _ = load(specimen.path.name, specimen.path.read_bytes())
    scores = sorted(((known.sniff(source), known.name) for known in FORMATS), reverse=True)
    assert scores[0][1] == specimen.format
    assert 1 >= scores[0][0] > scores[1][0] >= 0


@every_specimen
def test_turns_are_in_order_and_nothing_of_a_specimen_is_lost(specimen: Specimen) -> None:
    transcript = read_file(specimen.path.name, specimen.path.read_bytes())
    starts = [u.start for u in transcript.utterances if u.start is not None]
    assert all(a <= b for a, b in pairwise(starts))
    assert all(u.end is None or u.start is None or u.start <= u.end for u in transcript.utterances)
    assert all(u.text == " ".join(u.text.split()) and u.text and u.speaker for u in transcript.utterances)
    assert transcript.coverage == 1.0
    assert transcript.speakers == tuple(dict.fromkeys(u.speaker for u in transcript.utterances))


def _crlf(text: str) -> bytes:
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode()


def _old_mac(text: str) -> bytes:
    return text.replace("\r\n", "\n").replace("\n", "\r").encode()


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "CRLF": _crlf,
    "CR": _old_mac,
    "UTF-8 with BOM": lambda text: codecs.BOM_UTF8 + text.encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 big-endian": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "UTF-16 without BOM": lambda text: text.encode("utf-16-le"),
    "UTF-32": lambda text: text.encode("utf-32"),
}


@pytest.mark.parametrize("specimen", [specimen for specimen in SPECIMENS if specimen.is_text], ids=str)
@pytest.mark.parametrize("encode", ENCODINGS.values(), ids=ENCODINGS.keys())
def test_line_ends_and_encodings_make_no_difference(specimen: Specimen, encode: Callable[[str], bytes]) -> None:
    data = specimen.path.read_bytes()
    assert read_file("x", encode(data.decode("utf-8"))) == read_file("x", data)


@every_specimen
def test_a_file_cut_short_is_read_or_refused_by_name(specimen: Specimen) -> None:
    data = specimen.path.read_bytes()
    outcomes = [_outcome(data[:cut]) for cut in range(0, len(data), max(1, len(data) // 60))]
    assert all(outcome == "read" or outcome.startswith("cut.txt: ") for outcome in outcomes)
    assert "read" in outcomes or specimen.path.suffix == ".json" or not specimen.is_text


def _outcome(data: bytes) -> str:
    try:
        return "read" if read_file("cut.txt", data).utterances else "nothing read"
    except Refused as refusal:
        return refusal.message
