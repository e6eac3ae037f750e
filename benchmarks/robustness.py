"""How far the offline engine's scores on labelled meetings move when the talk comes as recorders and transcribers give it.

Every altered meeting goes the way of `analyzer evaluate`. Where turns were split, what was found in either half counts for
the turn that it was half of, so that all figures keep what they are counted over.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from analyzer.engines.base import Engine
from analyzer.evaluation import Sample, score
from analyzer.model.findings import Finding
from analyzer.model.scores import Figure, Scores
from analyzer.practice import Practice
from analyzer.usecases.evaluate import read_sample
from benchmarks.altered_meetings import Altered, Document, alterations

FIGURES: Mapping[str, Callable[[Scores], Figure]] = {
    "turn AP": lambda scores: scores.turn_ap,
    "evidence F1": lambda scores: scores.evidence.f1,
    "macro-F1": lambda scores: scores.macro_f1,
    "AUC": lambda scores: scores.auc,
    "commitments F1": lambda scores: scores.commitments.f1,
}
FIRST, WIDE = 32, 22  # columns


def load(folder: Path) -> list[Document]:
    """The labelled meetings of a folder, without their questions: those are for the embedder, which reads no meeting."""
    documents = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
    return [{**document, "labels": {**document["labels"], "questions": []}} for document in documents]


def read(engine: Engine, documents: Sequence[Document]) -> list[Sample]:
    """Each meeting as the engine reads it."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "meeting.json"
        samples = []
        for document in documents:
            file.write_text(json.dumps(document), encoding="utf-8")
            samples.append(read_sample(file, engine, Practice.empty(), _now))
    return samples


def read_altered(engine: Engine, altered: Sequence[Altered], plain: Sequence[Sample]) -> list[Sample]:
    """Each altered meeting as the engine reads it; `plain` are the same meetings as they were."""
    samples = read(engine, [one.document for one in altered])
    return [
        sample if one.homes is None else brought_home(sample, was, one.homes)
        for sample, one, was in zip(samples, altered, plain, strict=True)
    ]


def brought_home(sample: Sample, was: Sample, homes: Mapping[int, int]) -> Sample:
    """What was found in a meeting whose turns were split, told of the turns that they were halves of."""

    def home(findings: Sequence[Finding]) -> tuple[Finding, ...]:
        return tuple(replace(f, evidence=replace(f.evidence, turn=homes[f.evidence.turn])) for f in findings)

    said = sample.assessment.judgement
    judgement = replace(said, signs=tuple(replace(verdict, evidence=home(verdict.evidence)) for verdict in said.signs))
    return replace(was, assessment=replace(sample.assessment, findings=home(sample.assessment.findings), judgement=judgement))


def show(engine: Engine, documents: Sequence[Document]) -> list[Sample]:
    """Print the table; the meetings as they are, read, are returned."""
    plain = read(engine, documents)
    base = score(plain)
    print(f"\nrobustness: {base.meetings} meetings, {base.turns:,} turns; each score, its change, and what it is counted over")
    print(" " * FIRST + "".join(f"{name:>{WIDE}}" for name in FIGURES))
    _row("as they are", base, base)
    print(f"{'  95% over meetings':<{FIRST}}" + "".join(f"{_interval(figure(base)):>{WIDE}}" for figure in FIGURES.values()))
    for name, alter in alterations(documents).items():
        altered = [alter(document) for document in documents]
        _row(name, score(read_altered(engine, altered, plain)), base)
        print(f"  {sum(one.changed for one in altered):,} turns changed", flush=True)
    return plain


def _interval(figure: Figure) -> str:
    return "n/a" if figure.low is None or figure.high is None else f"{figure.low:.3f} to {figure.high:.3f}"


def _row(name: str, scores: Scores, base: Scores) -> None:
    cells = [_cell(figure(scores), figure(base)) for figure in FIGURES.values()]
    print(f"{name:<{FIRST}}" + "".join(f"{cell:>{WIDE}}" for cell in cells), flush=True)


def _cell(figure: Figure, base: Figure) -> str:
    if figure.value is None:
        return "n/a"
    change = "" if figure is base or base.value is None else f" {figure.value - base.value:+.3f}"
    return f"{figure.value:.3f}{change} n={figure.n}"


def _now() -> dt.datetime:
    return dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
