"""The llm engine against a real OpenAI-compatible server that we did not write: llama.cpp's, by llama-cpp-python.

Not part of the tests: the server takes about fifteen minutes to build. In a virtual environment of its own:

    python -m venv /tmp/llama && /tmp/llama/bin/pip install "llama-cpp-python[server]" gguf
    python -m scripts.real_server --server-python /tmp/llama/bin/python

Makes a model file of random weights (llama architecture, one layer, a vocabulary of single bytes), starts the server on
loopback, asks for each form in each of the three ways, and has one meeting of `examples/` read by the whole path in a
temporary home. Random weights write nonsense: what this shows is that the protocol holds with a server of others - forms
that are valid or an error with a name, the way that is chosen, the usage that is counted, a prompt that is too long, and
that nothing of the nonsense survives verification.
"""

import argparse
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MEETING = ROOT / "examples" / "northgate"
CONTEXT = 98_304  # tokens, which are bytes here: a prompt with its examples and a meeting has about 50,000
SHORT_CONTEXT = 4_096
WIDTH, FEED_FORWARD = 64, 128
PATIENCE = 120.0  # seconds for the server to start


def main() -> int:
    """Run everything and print what happened; returns 1 where something was not as it must be."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--server-python", type=Path, default=Path(sys.executable), help="the Python that has the server")
    asked.add_argument("--write-model", type=Path, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.write_model:
        write_model(options.write_model)
        return 0
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="analyzer-real-") as folder:
        model = Path(folder) / "random.gguf"
        subprocess.run([options.server_python, Path(__file__), "--write-model", model], check=True, stdout=subprocess.DEVNULL)
        print(f"model: {model.stat().st_size // 1024} KB of random weights, one layer, 259 tokens")
        with serving(options.server_python, model, CONTEXT) as (url, key):
            wrong += in_each_way(url, key)
            wrong += by_choice(url, key)
            wrong += whole_path(url, key, Path(folder))
        with serving(options.server_python, model, SHORT_CONTEXT) as (url, key):
            wrong += too_long(url, key)
    print("\nall as it must be" if not wrong else "\nNOT AS IT MUST BE:\n" + "\n".join(wrong))
    return 1 if wrong else 0


def write_model(path: Path) -> None:
    """A llama model of random weights that likes to close the strings and lists that it opens, so that it comes to an end.

    Its blocks write nothing, so that the first dimension of the hidden state is the same constant at every step: the output
    row of a token times that constant is how much it is liked. All else is random.
    """
    import gguf  # type: ignore[import-not-found] # only where the server is
    import numpy as np

    rng = np.random.default_rng(9)
    tokens = [b"<unk>", b"<s>", b"</s>", *(f"<0x{byte:02X}>".encode() for byte in range(256))]
    liked = {'"': 7.0, "{": 6.0, "}": 4.0, "]": 4.5, ",": 3.0}
    embedding = rng.normal(0, 0.5, (len(tokens), WIDTH)).astype(np.float32)
    embedding[:, 0] = 4.0
    output = rng.normal(0, 0.3, (len(tokens), WIDTH)).astype(np.float32)
    output[:, 0] = 0.0
    for sign, how_much in liked.items():
        output[3 + ord(sign), 0] = how_much / 4.0
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_name("random")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(2)
    writer.add_head_count_kv(2)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    kinds = gguf.TokenType
    writer.add_token_types([kinds.UNKNOWN, kinds.CONTROL, kinds.CONTROL, *[kinds.BYTE] * 256])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_tensor("token_embd.weight", embedding)
    writer.add_tensor("output.weight", output)
    ones, square = np.ones(WIDTH, np.float32), (WIDTH, WIDTH)
    for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        writer.add_tensor(f"{name}.weight", ones)
    for name in ("attn_q", "attn_k", "attn_v"):
        writer.add_tensor(f"blk.0.{name}.weight", rng.normal(0, 0.1, square).astype(np.float32))
    writer.add_tensor("blk.0.attn_output.weight", np.zeros(square, np.float32))
    for name in ("ffn_gate", "ffn_up"):
        writer.add_tensor(f"blk.0.{name}.weight", rng.normal(0, 0.1, (FEED_FORWARD, WIDTH)).astype(np.float32))
    writer.add_tensor("blk.0.ffn_down.weight", np.zeros((WIDTH, FEED_FORWARD), np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@contextmanager
def serving(python: Path, model: Path, context: int) -> Iterator[tuple[str, str]]:
    """The server, with its address and a key that it wants, while this lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    key = f"sk-{secrets.token_hex(12)}"
    command = [python, "-m", "llama_cpp.server", "--model", model, "--n_ctx", context, "--host", "127.0.0.1", "--port", port]
    command += ["--api_key", key, "--chat_format", "chatml", "--n_threads", "2", "--verbose", "False", "--seed", "7"]
    with (model.parent / f"server-{port}.log").open("wb") as log:
        server = subprocess.Popen([str(part) for part in command], stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_until_up(f"http://127.0.0.1:{port}/v1/models", key, server)
            print(f"\n== llama-cpp-python's server, a context of {context} tokens")
            yield f"http://127.0.0.1:{port}/v1", key
        finally:
            server.kill()  # while it writes it hears nothing milder
            server.wait()


def _wait_until_up(url: str, key: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(urllib.request.Request(url, headers={"Authorization": f"Bearer {key}"}), timeout=5):  # noqa: S310 our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise SystemExit("the server did not start: python -m llama_cpp.server says why")


def in_each_way(url: str, key: str) -> list[str]:
    """Ask for every form in every way, with no choice between them."""
    from analyzer.engines.llm.asked import Asked
    from analyzer.engines.llm.chat import WAYS
    from analyzer.engines.llm.errors import translate
    from analyzer.engines.llm.models import build
    from analyzer.engines.llm.schemas import FORMS

    wrong = []
    model = build(Asked(model="random", base_url=url, timeout=300), key)
    for task, form in FORMS.items():
        for way in WAYS:
            started = time.monotonic()
            try:
                result: Any = model.with_structured_output(form, method=way, include_raw=True).invoke("Answer as JSON.")
            except Exception as failed:  # noqa: BLE001 whatever it is, it must have a name of ours
                told = translate(failed, server="llama.cpp", model="random", secret=key)
                outcome = f"{type(told).__name__}: {told}"
                wrong += [] if told else [f"{task} by {way}: {failed!r} has no name"]
            else:
                raw, parsed, error = result["raw"], result["parsed"], result["parsing_error"]
                valid = "valid" if isinstance(parsed, form) else f"not valid ({type(error).__name__})"
                used = {name: raw.usage_metadata[name] for name in ("input_tokens", "output_tokens")}
                outcome = f"{valid}, finish {raw.response_metadata.get('finish_reason')}, usage {used}"
            print(f"{task:<7}{way:<18}{time.monotonic() - started:5.1f} s  {outcome}"[:220], flush=True)
    return wrong


def by_choice(url: str, key: str) -> list[str]:
    """Ask as the engine does: in the first way that works."""
    from analyzer.engines.llm.asked import Asked
    from analyzer.engines.llm.chat import Chat
    from analyzer.engines.llm.schemas import FORMS
    from analyzer.errors import EngineError, KeyRefused

    wrong = []
    chat = Chat(Asked(model="random", base_url=url, timeout=300, retries=1), key)
    for task, form in FORMS.items():
        try:
            answered = chat.ask(form, "Answer.", "What was said?")
        except EngineError as error:
            print(f"{task}: {type(error).__name__}: {error}; usage {error.usage}")
        else:
            print(f"{task}: a valid {type(answered.value).__name__} by {answered.way}; usage {answered.usage}")
            wrong += [] if answered.usage.get("output_tokens") else [f"{task}: no usage was counted"]
    try:
        Chat(Asked(model="random", base_url=url, timeout=300), "sk-wrong").ask(form, "Answer.", "What?")
    except KeyRefused as error:
        print(f"with a wrong key: {type(error).__name__}: {error}")
    else:
        wrong.append("a wrong key was not refused")
    return wrong


def whole_path(url: str, key: str, folder: Path) -> list[str]:
    """Upload one example and have it read by the model, as a user would."""
    home = folder / "home"
    home.mkdir(mode=0o700)
    shutil.copy(ROOT / "examples" / "practice.toml", home)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ANALYZER_", "OPENAI_"))}
    environment |= {"ANALYZER_HOME": str(home), "ANALYZER_BASE_URL": url, "ANALYZER_API_KEY": key, "ANALYZER_MODEL": "random"}
    environment |= {"ANALYZER_TIMEOUT": "600", "ANALYZER_RETRIES": "1"}

    def analyzer(*arguments: str) -> dict[str, object]:
        command = [sys.executable, "-m", "analyzer", *arguments, "--json"]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if key in done.stdout + done.stderr or "Traceback" in done.stderr:
            raise SystemExit(f"the key or a traceback was printed:\n{done.stderr[-2000:]}")
        told: dict[str, object] = json.loads(done.stdout)
        return told

    analyzer("upload", str(min(MEETING.iterdir())), "--client", "Northgate", "--engine", "offline")
    started = time.monotonic()
    told = analyzer("motives", "northgate", "--engine", "llm", "--yes")
    print(f"motives northgate --engine llm, {time.monotonic() - started:.0f} s:", end=" ")
    print(json.dumps({"ok": told["ok"], "error": told.get("error"), "warnings": told["warnings"]}, indent=1))
    kept = [path for path in home.rglob("*") if path.is_file() and key.encode() in path.read_bytes()]
    return [f"the key stands in {path}" for path in kept] + _nonsense(told.get("data"))


def _nonsense(data: object) -> list[str]:
    """What of a random model's words survived verification: there must be none."""
    if not isinstance(data, dict) or not data.get("signs"):
        return []
    found = sum(len(s["evidence"]) + len(s["counter_evidence"]) for s in data["signs"])
    levels = {s["level"] for s in data["signs"]}
    print(f"levels {sorted(levels)}, evidence {found}, rejected {data.get('rejected')}, stance {data.get('stance')}")
    return [f"{found} quotes of a random model were taken for said"] if found or levels & {"weak", "strong"} else []


def too_long(url: str, key: str) -> list[str]:
    """Ask for more than the server takes in."""
    from analyzer.engines.llm.asked import Asked
    from analyzer.engines.llm.chat import Chat
    from analyzer.engines.llm.schemas import Answering
    from analyzer.errors import ContextTooLong

    chat = Chat(Asked(model="random", base_url=url, timeout=300, retries=3), key)
    try:
        chat.ask(Answering, "Answer.", "What was said? " * 1000)
    except ContextTooLong as error:
        print(f"a prompt of 15,000 tokens: {type(error).__name__}: {error}")
        return []
    return ["a prompt that is too long was answered"]


if __name__ == "__main__":
    sys.exit(main())
