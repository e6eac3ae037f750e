"""Measuring an engine on a folder of labelled meetings, by the same path that a user's meetings take."""

import datetime as dt
from pathlib import Path

from analyzer import evidence
from analyzer.engines.base import Engine
from analyzer.errors import Refused, UsageError
from analyzer.evaluation import Labels, Sample, read_labels, score
from analyzer.model.findings import Finding
from analyzer.model.meetings import Meeting, Passage, Turn
from analyzer.model.scores import Scores
from analyzer.practice import Practice
from analyzer.transcripts import passages, sides
from analyzer.transcripts.reading import read_file
from analyzer.usecases.read import assess


def evaluate(folder: Path, engine: Engine, practice: Practice, now: dt.datetime) -> Scores:
    """The engine's scores over every labelled meeting (`*.json`) of the folder; nothing is stored.

    Each question is put to the whole of its meeting. Raises UsageError for a folder without meetings, Refused for a file
    that is no labelled meeting, EngineError when the engine cannot read.
    """
    files = sorted(folder.glob("*.json"))
    if not files:
        raise UsageError(f"{folder} holds no labelled meetings", "give a folder such as benchmarks/meetings")
    return score([_sample(file, engine, practice, now) for file in files])


def _sample(file: Path, engine: Engine, practice: Practice, now: dt.datetime) -> Sample:
    data = _bytes_of(file)
    labels = read_labels(file.name, data)
    meeting = _meeting(file.name, data, labels, practice, now)
    pieces = passages.cut(meeting)
    answers = [_answer(engine, q.text, pieces, meeting) for q in labels.questions]
    return Sample(
        labels=labels,
        meeting=meeting,
        assessment=assess(engine, meeting, practice, now),
        answers=tuple(found for found, _ in answers),
        answers_rejected=sum(rejected for _, rejected in answers),
    )


def _bytes_of(file: Path) -> bytes:
    try:
        if file.is_file():
            return file.read_bytes()
    except OSError as failure:
        raise Refused(f"{file.name} cannot be read: {failure.strerror or failure}", "check that you may read it") from failure
    raise Refused(f"{file.name} is no file", "take it out of the folder, which is to hold labelled meetings")


def _answer(engine: Engine, question: str, pieces: tuple[Passage, ...], meeting: Meeting) -> tuple[tuple[Finding, ...], int]:
    findings, rejected = evidence.verify(meeting, engine.answer(question, pieces))
    return findings, len(rejected)


def _meeting(name: str, data: bytes, labels: Labels, practice: Practice, now: dt.datetime) -> Meeting:
    """The meeting of a labelled file. Raises Refused where its turns are not the ones that the labels count."""
    read = read_file(name, data)
    if len(read.utterances) != labels.turns:
        raise Refused(f"{name}: {labels.turns} labelled turns, but {len(read.utterances)} were read")
    speakers = sides.assign(
        [u.speaker for u in read.utterances], practice=practice, declared_us=read.us, declared_them=read.them, roles=read.roles
    )
    side = {s.name: s.side for s in speakers}
    return Meeting(
        id=labels.meeting,
        slug=labels.meeting,
        client_id=None,
        client_name=read.client or "",
        date=read.date or now.date(),
        title=read.title or "",
        revision=1,
        speakers=speakers,
        turns=tuple(
            Turn(ordinal=i, speaker=u.speaker, side=side[u.speaker], text=u.text, start=u.start, end=u.end)
            for i, u in enumerate(read.utterances)
        ),
    )
