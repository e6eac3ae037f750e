"""How well meetings are searched and asked: `EVALS=DIR python benchmarks/bench_search.py [PART]... [--set NAME]`.

Parts, all by default: `retrieval` (a query of QMSum within its meeting: the product, its two legs alone, the stock peer),
`questions` (those of labelled meetings, over all meetings of their client), `abstention` (queries of QMSum over meetings of the
wrong domain), `guards` (the bundled embedder alone, on paraphrases and other languages). All else goes through the product's
own use cases. DIR holds a split of QMSum as it is published, qmsum-val
unless --set names another; its queries are counted where they name turns.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

from analyzer import resampling
from analyzer.resampling import Spread
from analyzer.settings import load
from analyzer.workspace import Workspace
from benchmarks import guards, labelled_questions, qmsum, stock_peer, wrong_domain
from benchmarks.found_words import FIGURES, HEADLINE, WITH_NAMES, figures
from benchmarks.qmsum import Talk
from benchmarks.searchers import OURS, PEER, Searcher, product, stock
from benchmarks.told import shown, told
from vectorstore.embedders import BundledEmbedder

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("retrieval", "questions", "abstention", "guards")
RECALL, TIMES = 0.58, 1.33  # of the gold words at the headline, and how many times the stock peer's
FIRST, WIDE = 30, 24  # columns

Rows = dict[str, list[list[dict[str, float]]]]  # the figures of each query of each meeting, by the way it was searched


def main(arguments: Sequence[str]) -> int:
    """Print the parts that were asked for."""
    asked = _arguments(arguments)
    parts = asked.parts or PARTS
    with TemporaryDirectory() as folder:
        if {"retrieval", "abstention"} & set(parts):
            with Workspace(load(environ={"ANALYZER_HOME": f"{folder}/qmsum"})) as ws:
                _qmsum(ws, asked, parts)
        if "questions" in parts:
            with Workspace(load(environ={"ANALYZER_HOME": f"{folder}/labelled"})) as ws:
                labelled_questions.show(ws, asked.meetings, asked.most)
        if "guards" in parts:
            guards.show(BundledEmbedder())
    return 0


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    downloaded = ONNXMiniLM_L6_V2.DOWNLOAD_PATH / ONNXMiniLM_L6_V2.EXTRACTED_FOLDER_NAME
    parser = argparse.ArgumentParser(description="How well meetings are searched and asked.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--set", default="qmsum-val", metavar="NAME", help="the split of QMSum in EVALS")
    parser.add_argument("--meetings", type=Path, default=ROOT / "benchmarks" / "meetings", help="a folder of labelled meetings")
    parser.add_argument("--float32", type=Path, metavar="FOLDER", default=downloaded, help="the peer's model.onnx and tokenizer")
    parser.add_argument("--most", type=int, metavar="N", help="no more meetings of a kind than this, for a first look")
    asked = parser.parse_args(arguments)
    if not set(asked.parts) <= set(PARTS):
        parser.error(f"the parts are {', '.join(PARTS)}")
    return asked


def _qmsum(ws: Workspace, asked: argparse.Namespace, parts: Sequence[str]) -> None:
    folder = Path(os.environ.get("EVALS", "")) / asked.set
    if not os.environ.get("EVALS") or not folder.is_dir():
        print(f"retrieval, abstention: skipped, EVALS names no folder with {asked.set}")
        return
    talks = qmsum.load(folder, asked.most)
    meetings = {talk.name: qmsum.put(ws, talk) for talk in talks}
    if "retrieval" in parts:
        searchers: list[Searcher] = [product]
        if why := stock_peer.missing(asked.float32):
            print(f"the stock peer: skipped, {why}")
        else:
            searchers.append(stock(asked.float32))
        rows: Rows = {}
        for talk in talks:
            for searcher in searchers:
                for name, found in searcher(ws, meetings[talk.name], talk).items():
                    queries = zip(talk.queries, found.ranked, strict=True)
                    rows.setdefault(name, []).append([figures(talk, q, order, found.pieces) for q, order in queries])
        show(asked.set, talks, rows)
    if "abstention" in parts:
        wrong_domain.show(ws, {name: meeting.slug for name, meeting in meetings.items()}, talks)


def show(split: str, talks: Sequence[Talk], rows: Rows) -> None:
    """Print the table of retrieval, and the product beside the bars."""
    spreads = {name: summed(meetings) for name, meetings in rows.items()}
    n = sum(len(talk.queries) for talk in talks)
    print(f"{split}: {n} queries within their {len(talks)} meetings; share of the gold words among the first so many returned,")
    print("and the order of the pieces; 95% over meetings")
    print(" " * FIRST + "".join(f"{name:<{WIDE}}" for name in FIGURES))
    for name, by_figure in spreads.items():
        print(f"  {name:<{FIRST - 2}}" + "".join(f"{shown(by_figure[figure].figure):<{WIDE}}" for figure in FIGURES))
    told(f"{OURS}, {HEADLINE}", spreads[OURS][HEADLINE].figure, least=RECALL)
    for figure in (HEADLINE, WITH_NAMES) if PEER in spreads else ():
        times = Spread(values=spreads[OURS][figure].values / spreads[PEER][figure].values, n=n)
        told(f"{OURS} over {PEER}, {figure}", times.figure, least=TIMES)


def summed(meetings: Sequence[Sequence[dict[str, float]]]) -> dict[str, Spread]:
    """Each figure over all queries, and as other meetings could have put it."""
    weights = resampling.weigh(len(meetings))
    return {name: resampling.average(weights, [[one[name] for one in queries] for queries in meetings]) for name in FIGURES}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
