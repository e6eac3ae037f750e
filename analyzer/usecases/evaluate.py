"""Measuring an engine on a folder of labelled meetings, by the same path that a user's meetings take."""

import datetime as dt
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from analyzer import evidence
from analyzer.engines.base import Engine
from analyzer.errors import NotAgreed, Refused, UsageError
from analyzer.evaluation import Labels, Sample, read_labels, score
from analyzer.model.meetings import Meeting, Turn
from analyzer.model.scores import Scores
from analyzer.practice import Practice
from analyzer.transcripts import passages, sides
from analyzer.transcripts.reading import read_file
from analyzer.usecases.parallel import as_done
from analyzer.usecases.read import ASK_FROM, assess
from analyzer.workspace import LLM, Workspace


def evaluate(ws: Workspace, folder: Path, engine_name: str) -> Scores:
    """The engine's scores over every labelled meeting (`*.json`) of the folder; nothing is stored but what it cost.

    Each question is put to the whole of its meeting. Raises UsageError for a folder without meetings, Refused for a file
    that is no labelled meeting, NotAgreed where many go to a model and nobody agreed, EngineError when it cannot read.
    """
    files = sorted(folder.glob("*.json"))
    if not files:
        raise UsageError(f"{folder} holds no labelled meetings", "give a folder such as benchmarks/meetings")
    if engine_name == LLM and len(files) >= ASK_FROM:
        asked = sum(2 + len(read_labels(file.name, _bytes_of(file)).questions) for file in files)
        told = f"reading {len(files)} labelled meetings takes about {asked} calls to {ws.server}"
        if not ws.agree(told):
            raise NotAgreed(f"{told}; nobody agreed to that", "Add --yes.")
    engine = ws.engine(engine_name, keep_answers=False)
    practice = ws.practice
    results = as_done(
        lambda file: read_sample(file, engine, practice, ws.now), files, ws.settings.parallel if engine_name == LLM else 1
    )
    samples: list[Sample] = []
    with closing(results):
        for _ in ws.track(files, "reading"):
            _, outcome = next(results)
            if isinstance(outcome, Exception):
                raise outcome
            samples.append(outcome)
    return score(sorted(samples, key=lambda sample: sample.labels.meeting))


def read_sample(file: Path, engine: Engine, practice: Practice, now: Callable[[], dt.datetime]) -> Sample:
    """One labelled meeting as the engine reads it, each of its questions answered. Raises as `evaluate` does."""
    data = _bytes_of(file)
    labels = read_labels(file.name, data)
    meeting = _meeting(file.name, data, labels, practice, now().date())
    pieces = passages.cut(meeting)
    assessment = assess(engine, meeting, practice, now)
    answers, rejected = [], 0
    for question in labels.questions:
        claims = engine.answer(question.text, pieces)
        found, lost = evidence.verify(meeting, claims.claims)
        answers.append(found)
        rejected += len(lost)
    return Sample(labels=labels, meeting=meeting, assessment=assessment, answers=tuple(answers), answers_rejected=rejected)


def _bytes_of(file: Path) -> bytes:
    try:
        if file.is_file():
            return file.read_bytes()
    except OSError as failure:
        raise Refused(f"{file.name} cannot be read: {failure.strerror or failure}", "check that you may read it") from failure
    raise Refused(f"{file.name} is no file", "take it out of the folder, which is to hold labelled meetings")


def _meeting(name: str, data: bytes, labels: Labels, practice: Practice, today: dt.date) -> Meeting:
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
        date=read.date or today,
        title=read.title or "",
        revision=1,
        speakers=speakers,
        turns=tuple(
            Turn(ordinal=i, speaker=u.speaker, side=side[u.speaker], text=u.text, start=u.start, end=u.end)
            for i, u in enumerate(read.utterances)
        ),
    )
