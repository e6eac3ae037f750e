"""Find the nearness at which the offline reader should answer a question: `python -m scripts.fit_answers` prints it.

Each question of training/questions.jsonl is about one snippet and is put to meetings made up of that snippet and 14
others; where the snippet does not say it, the right thing is to answer nothing.
"""

import json
from pathlib import Path

import numpy as np

from analyzer.engines.offline.answering import nearness
from vectorstore.embedders import BundledEmbedder

TRAINING = Path(__file__).parents[1] / "training"
OTHERS = 14
ROUNDS = 4


def main() -> None:
    """Print balanced accuracy by threshold, and how often the nearest turn is the right one or next to it."""
    questions = [json.loads(line) for line in (TRAINING / "questions.jsonl").read_text("utf-8").splitlines()]
    snippets = {
        f"{file.stem}:{at}": [turn["text"] for turn in json.loads(line)["turns"]]
        for file in sorted((TRAINING / "snippets").glob("s*.jsonl"))  # the ones that the questions are about
        for at, line in enumerate(file.read_text("utf-8").splitlines())
    }
    embedder = BundledEmbedder()
    spare = sorted(set(snippets) - {q["snippet"] for q in questions})
    rng = np.random.default_rng(0)
    best, right = [], []
    for question in [q for q in questions for _ in range(ROUNDS)]:
        chosen = [question["snippet"], *rng.choice(spare, OTHERS, replace=False)]
        texts = [text for name in chosen for text in snippets[name]]
        before = ["" if at == 0 else snippets[name][at - 1] for name in chosen for at in range(len(snippets[name]))]
        near = nearness(embedder.embed([question["q"]])[0], texts, before, embedder)
        best.append((bool(question["turns"]), float(near.max())))
        right.append(any(abs(int(near.argmax()) - turn) <= 1 for turn in question["turns"]))
    yes, no = [b for able, b in best if able], [b for able, b in best if not able]
    print(f"{len(questions)} questions, {len(no) // ROUNDS} without an answer; nearest turn right in {sum(right) / len(yes):.2f}")
    for cut in np.arange(0.30, 0.56, 0.02):
        answered, left = np.mean([b >= cut for b in yes]), np.mean([b < cut for b in no])
        print(f"  {cut:.2f}: answered {answered:.2f}, left unanswered {left:.2f}, balanced accuracy {(answered + left) / 2:.2f}")


if __name__ == "__main__":
    main()
