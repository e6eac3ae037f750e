"""The files in examples/: read with high confidence, and word for word the meetings that they were made of."""

import json
from typing import Any

import pytest

from analyzer.model.meetings import Side
from analyzer.practice import load
from analyzer.transcripts.reading import read_file
from analyzer.transcripts.sides import assign
from scripts.make_examples import FILES
from tests.running import EXAMPLES, ROOT

every_example = pytest.mark.parametrize(("source", "file"), [(source, name) for source, (name, _) in FILES.items()])


def _meeting(source: str) -> dict[str, Any]:
    meeting: dict[str, Any] = json.loads((ROOT / "benchmarks" / "meetings" / f"{source}.json").read_text(encoding="utf-8"))
    return meeting


@every_example
def test_an_example_holds_the_words_and_speakers_of_its_meeting(source: str, file: str) -> None:
    meeting = _meeting(source)
    transcript = read_file(file, (EXAMPLES / file).read_bytes())
    assert transcript.confidence == "high"
    assert transcript.coverage >= 0.98
    assert [(u.speaker, u.text) for u in transcript.utterances] == [(t["speaker"], t["text"]) for t in meeting["turns"]]
    assert str(transcript.date) == meeting["date"]
    assert transcript.title


@every_example
def test_an_example_carries_no_label(source: str, file: str) -> None:
    text = (EXAMPLES / file).read_text(encoding="utf-8")
    assert "labels" not in text
    assert "evidence" not in json.loads(text) if file.endswith("session.json") else True


@every_example
def test_the_sample_practice_knows_our_side_in_every_example(source: str, file: str) -> None:
    meeting = _meeting(source)
    transcript = read_file(file, (EXAMPLES / file).read_bytes())
    speakers = assign(transcript.speakers, practice=load(EXAMPLES / "practice.toml"))
    ours = {speaker.name for speaker in speakers if speaker.side is Side.OURS}
    assert ours == set(meeting["consultant_side"]) & set(transcript.speakers)


def test_the_examples_are_three_series_of_eight_meetings_in_every_format() -> None:
    transcripts = [read_file(name, (EXAMPLES / name).read_bytes()) for name, _ in FILES.values()]
    assert len(transcripts) == len(list(EXAMPLES.glob("*/*"))) == 8
    assert len({name.split("/")[0] for name, _ in FILES.values()}) == 3
    assert {t.format for t in transcripts} == {"webvtt", "srt", "otter", "text", "whisper", "meeting-json"}


def test_the_examples_are_as_the_script_writes_them() -> None:
    for source, (name, write) in FILES.items():
        meeting = json.loads((ROOT / "benchmarks" / "meetings" / f"{source}.json").read_text(encoding="utf-8"))
        assert (EXAMPLES / name).read_text(encoding="utf-8") == write(meeting), name
