"""How well the offline engine's reading holds: `python benchmarks/bench_motives.py [PART]... [--meetings DIR] [--snippets DIR]`.

Parts, all by default: `robustness` (scores of altered meetings), `shortcuts` (what says nothing of a sign and moves a chance
all the same), `pairs` (minimal pairs), `speed`. Nothing is fitted here, and every figure comes with its n.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from analyzer.engines.offline import OfflineEngine
from analyzer.engines.offline.classifier import TurnClassifier
from analyzer.engines.offline.fitted import load
from benchmarks import minimal_pairs, reading_speed, robustness, shortcuts
from vectorstore.embedders import BundledEmbedder

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("robustness", "shortcuts", "pairs", "speed")


def main(arguments: Sequence[str]) -> int:
    """Print the parts that were asked for."""
    parser = argparse.ArgumentParser(description="How well the offline engine's reading holds.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--meetings", type=Path, default=ROOT / "benchmarks" / "meetings", help="a folder of labelled meetings")
    parser.add_argument("--snippets", type=Path, default=ROOT / "training" / "held_out", help="a folder of snippets in pairs")
    asked = parser.parse_args(arguments)
    parts = asked.parts or PARTS
    if not set(parts) <= set(PARTS):
        parser.error(f"the parts are {', '.join(PARTS)}")
    engine = OfflineEngine(BundledEmbedder())
    classifier = TurnClassifier()
    print(f"{engine.identity.name} {engine.identity.model}")
    documents = robustness.load(asked.meetings)
    if not documents and {"robustness", "shortcuts"} & set(parts):
        print(f"{asked.meetings} holds no labelled meetings: skipped what is measured on them")
    samples = []
    if documents and "robustness" in parts:
        samples = robustness.show(engine, documents)
    if "shortcuts" in parts:
        shortcuts.show(samples or robustness.read(engine, documents), classifier.chances, load().likely)
    if "pairs" in parts:
        minimal_pairs.show(asked.snippets, classifier.chances)
    if "speed" in parts:
        reading_speed.show()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
