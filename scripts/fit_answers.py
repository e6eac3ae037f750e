"""Fit what tells an answer from none: `python -m scripts.fit_answers [--dry-run]`.

The meetings of the clients that the answer finder did not learn from are stored, and each question that was put to one of them,
of training/questions and of its own labels, is put to all meetings of its client as `analyzer ask` puts it. Two numbers become
`answers/fitted.json`: a logistic line over the mean logit of the likeliest sentences, both outcomes weighing the same, and the
nearness below which lie three in twenty of the answerable ones. Prints how often the passage, the turn and the decision are right
there, the decision with each client's questions judged by what was fitted on the others'; and how many of the same questions are
answered over another client's meetings, which seldom hold an answer.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from analyzer.engines.offline.answering import FITTED, Candidate, Decides, likeliest, nearness
from analyzer.engines.offline.finder import SHIPPED, AnswerFinder
from analyzer.settings import load
from analyzer.usecases.find import READ_FOR_ANSWER
from analyzer.usecases.retrieval import retrieve
from analyzer.usecases.scope import Scope
from analyzer.workspace import OFFLINE, Workspace
from benchmarks.labelled_questions import first_right, order, place, read, stored
from scripts.asked import asked, held_out, source_of
from scripts.labelled_meetings import MEETINGS
from scripts.regression import logistic

SLACK = 1  # turns beside one that answers, on which a citation still stands rightly
HALF = 0.5
LOST = 0.15  # of the answerable questions, for what is far from everything said to be left unanswered


@dataclass(frozen=True)
class Facts:
    """What decides: the mean logit of the likeliest sentences and how near all that was read is."""

    likeliest: float
    near: float


@dataclass(frozen=True, kw_only=True)
class Put:
    """A question as it was put to its own client's meetings and, `elsewhere`, to another's; whether it has an answer.

    `found` is the place of the first right passage, from 1, as search ranks them, `read` as their best sentences do; `turn` says
    whether the best sentence stands rightly.
    """

    client: str
    question: str
    here: Facts
    elsewhere: Facts
    answerable: bool
    found: int | None
    read: int | None
    turn: bool


def main() -> None:
    """Put the questions, fit, print, write."""
    parser = argparse.ArgumentParser(description="Fits what tells an answer from none.")
    parser.add_argument("--finder", type=Path, default=SHIPPED, metavar="FOLDER", help="its graph and tokenizer")
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    arguments = parser.parse_args()
    finder = AnswerFinder(arguments.finder)
    with TemporaryDirectory() as home, Workspace(load(environ={"ANALYZER_HOME": home})) as ws:
        put = put_all(ws, finder)
    show(put)
    decided = fitted(put, finder.checksum)
    if not arguments.dry_run:
        (arguments.finder / FITTED).write_text(json.dumps(asdict(decided), indent=1) + "\n", encoding="utf-8")
    print(decided)


def put_all(ws: Workspace, finder: AnswerFinder) -> list[Put]:
    """Every question of the meetings that were held out, labelled ones included."""
    held = [one for one in asked() if one.whole_meeting and held_out(one)]
    files = {one.source: MEETINGS / f"{one.source}.json" for one in held}
    rows = dict(zip(files, stored(ws, list(files.values())), strict=True))
    questions = {(one.source, one.question): (source_of(one).client, one.turns) for one in held}
    for name, (_, labelled) in rows.items():
        client = next(source_of(one).client for one in held if one.source == name)
        questions |= {(name, q.text): (client, frozenset(q.turns)) for q in labelled}
    clients = sorted({client for client, _ in questions.values()})
    next_one = dict(zip(clients, [*clients[1:], clients[0]], strict=True))
    return [
        put(Asking(ws, finder, client, next_one[client]), rows[name][0].id, q, turns)
        for (name, q), (client, turns) in questions.items()
    ]


@dataclass(frozen=True)
class Asking:
    """Where a question is put: to its client's meetings, and to another client's."""

    ws: Workspace
    finder: AnswerFinder
    client: str
    other: str

    def read(self, question: str, client: str) -> list[Candidate]:
        """The sentences that are read, the best first."""
        return read(self.ws, self.finder, question, Scope(client=client))


def put(asking: Asking, meeting: str | None, question: str, turns: frozenset[int]) -> Put:
    """One question, searched for and read over all meetings of the client, and of another."""
    scope = Scope(client=asking.client)
    found = [place(f.passage) for f in retrieve(asking.ws, question, scope, READ_FOR_ANSWER[OFFLINE]).found]
    sentences = asking.read(question, asking.client)
    best = sentences[0]
    near = {t + k for t in turns for k in range(-SLACK, SLACK + 1)}
    return Put(
        client=asking.client,
        question=question,
        here=facts(sentences),
        elsewhere=facts(asking.read(question, asking.other)),
        answerable=bool(turns),
        found=first_right(found, meeting, turns),
        read=first_right([place(p) for p in order(sentences)], meeting, turns),
        turn=best.passage.meeting_id == meeting and best.line.turn in near,
    )


def facts(sentences: Sequence[Candidate]) -> Facts:
    """What decides whether these answer."""
    return Facts(likeliest(sentences), nearness(sentences))


def fitted(put: Sequence[Put], graph: str) -> Decides:
    """The line, answerable and other questions weighing the same, and the nearness below which some answerable ones lie."""
    logits = np.array([[one.here.likeliest] for one in put])
    truth = np.array([one.answerable for one in put])
    counts = [int((~truth).sum()), int(truth.sum())]
    most = max(counts)
    chosen = np.concatenate([np.resize(np.flatnonzero(truth == side), most) for side in (False, True)])
    line = logistic(logits[chosen], truth[chosen])
    near = float(np.quantile([one.here.near for one in put if one.answerable], LOST))
    return Decides(graph=graph, slope=line.weights[0], constant=line.constant, least=HALF, near=round(near, 3))


def says(decided: Decides, facts: Facts) -> bool:
    """Whether the question is answered."""
    return facts.near >= decided.near and decided.chance(facts.likeliest) >= decided.least


def show(put: Sequence[Put]) -> None:
    """Print what came out."""
    able = [one for one in put if one.answerable]

    def share(so: Callable[[Put], bool]) -> float:
        return float(np.mean([so(one) for one in able]))

    print(f"{len(put)} questions, {len(put) - len(able)} without an answer")
    for most in (1, 3, READ_FOR_ANSWER[OFFLINE]):
        found = share(lambda one: one.found is not None and one.found <= most)  # noqa: B023 called at once
        read = share(lambda one: one.read is not None and one.read <= most)  # noqa: B023 called at once
        print(f"right passage in the first {most}: {found:.3f} as found, {read:.3f} as read")
    print(f"best sentence on the right turn or beside it: {share(lambda one: one.turn):.3f}")
    said: list[tuple[Put, bool, bool]] = []
    for client in sorted({one.client for one in put}):
        decided = fitted([one for one in put if one.client != client], "")
        own = [one for one in put if one.client == client]
        said += [(one, says(decided, one.here), says(decided, one.elsewhere)) for one in own]
    yes = np.mean([answered for one, answered, _ in said if one.answerable])
    no = np.mean([not answered for one, answered, _ in said if not one.answerable])
    right = np.mean([one.turn for one, answered, _ in said if one.answerable and answered])
    print(
        f"answered {yes:.3f}, left unanswered {no:.3f}, balanced accuracy {(yes + no) / 2:.3f}, {right:.3f} of the answers right"
    )
    print(f"answered over another client's meetings {np.mean([elsewhere for _, _, elsewhere in said]):.3f}")


if __name__ == "__main__":
    main()
