"""The questions of labelled meetings, put to all meetings of their client as `analyzer search` and `analyzer ask` take them.

Right passage: one of the first three is of the labelled meeting and holds a labelled turn, as search ranks them or as what `ask`
finds in them does. Cited turn right: the answer's first citation stands on a labelled turn or next to one. Balanced
accuracy: the mean of the share of answerable questions that were answered and of the share of the others that were not.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from analyzer import resampling
from analyzer.engines.offline.answering import Candidate, candidates
from analyzer.engines.offline.finder import AnswerFinder
from analyzer.evaluation import Question, matched, read_labels
from analyzer.model.insight import Answer
from analyzer.model.meetings import Passage
from analyzer.model.results import UploadRow
from analyzer.usecases import find
from analyzer.usecases.batch import UploadOptions
from analyzer.usecases.incoming import gather
from analyzer.usecases.looking import Said
from analyzer.usecases.retrieval import retrieve
from analyzer.usecases.scope import Scope
from analyzer.usecases.upload import upload
from analyzer.workspace import OFFLINE, Workspace
from benchmarks.told import told

FIRST, MANY = 3, 10
BARS = {"right passage": 0.95, "balanced": 0.85, "cited": 0.85}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What became of one question; `cited` says whether the answer's turn is right.

    `place` is that of the first right passage, from 1, as `analyzer search` ranks them, `read` as the answer finder does that
    reads them for `analyzer ask`.
    """

    answerable: bool
    answered: bool
    place: int | None
    read: int | None
    cited: bool


def show(ws: Workspace, folder: Path, most: int | None) -> None:
    """Print the figures over the labelled meetings of a folder, at most so many."""
    files = sorted(folder.glob("*.json"))[:most]
    if not files:
        print(f"\nquestions of labelled meetings: skipped, {folder} holds none")
        return
    finder = AnswerFinder()
    meetings = [[ask(ws, finder, row, question) for question in questions] for row, questions in stored(ws, files)]
    asked = [one for questions in meetings for one in questions]
    weights = resampling.weigh(len(meetings))

    def share(of: Callable[[Asked], bool], so: Callable[[Asked], bool]) -> resampling.Spread:
        return resampling.share(weights, [[so(one) for one in questions if of(one)] for questions in meetings])

    answered = share(lambda one: one.answerable, lambda one: one.answered)
    left = share(lambda one: not one.answerable, lambda one: not one.answered)
    balanced = resampling.mean([answered, left], n=answered.n + left.n)
    cited = share(lambda one: one.answerable and one.answered, lambda one: one.cited)
    print(f"\nquestions of {len(files)} labelled meetings, each over all meetings of its client: {len(asked)}, of which {left.n}")
    print("have no answer; 95% over meetings")
    for first in (1, FIRST, MANY):
        least = BARS["right passage"] if first == FIRST else None
        found = share(lambda one: one.answerable, lambda one: one.place is not None and one.place <= first)  # noqa: B023 called at once
        told(f"right passage in the first {first} as found", found.figure, least=least)
        reread = share(lambda one: one.answerable, lambda one: one.read is not None and one.read <= first)  # noqa: B023 called at once
        told(f"right passage in the first {first} as read", reread.figure, least=least)
    told("answered or not, balanced accuracy", balanced.figure, least=BARS["balanced"])
    told("  of the answerable, answered", answered.figure)
    told("  of the others, not answered", left.figure)
    told("cited turn right, of the answers", cited.figure, least=BARS["cited"])
    told("cited turn right, of the answerable", share(lambda one: one.answerable, lambda one: one.cited).figure)


def stored(ws: Workspace, files: Sequence[Path]) -> list[tuple[UploadRow, tuple[Question, ...]]]:
    """The meetings uploaded, each with its questions; ends the benchmark where one is not stored as it is labelled."""
    rows = upload(ws, gather(files), UploadOptions(said=Said(), read=False)).meetings
    meetings = []
    for file, row in zip(files, rows, strict=True):
        labels = read_labels(file.name, file.read_bytes())
        if row.status != "added" or row.turns != labels.turns:
            raise SystemExit(f"{file.name}: {row.status}, {row.turns} of {labels.turns} labelled turns")
        meetings.append((row, labels.questions))
    return meetings


def ask(ws: Workspace, finder: AnswerFinder, row: UploadRow, question: Question) -> Asked:
    """One question, searched for and answered offline over all meetings of the client."""
    scope = Scope(client=row.client)
    hits = find.search(ws, question.text, scope, k=MANY).hits
    answer = find.ask(ws, question.text, scope, OFFLINE)
    return Asked(
        answerable=bool(question.turns),
        answered=answer.answered,
        place=first_right([(hit.meeting, hit.first_turn, hit.last_turn) for hit in hits], row.id, question.turns),
        read=first_right([place(p) for p in order(read(ws, finder, question.text, scope))], row.id, question.turns),
        cited=cites(answer, row.id, question),
    )


def read(ws: Workspace, finder: AnswerFinder, question: str, scope: Scope) -> list[Candidate]:
    """The sentences of the passages that `analyzer ask` reads, the best first."""
    found = retrieve(ws, question, scope, find.READ_FOR_ANSWER[OFFLINE]).found
    return candidates(question, [f.passage for f in found], finder, ws.embedder)


def order(sentences: Sequence[Candidate]) -> list[Passage]:
    """Their passages, each at the place of its best sentence."""
    return list({one.passage.id: one.passage for one in sentences}.values())


def place(passage: Passage) -> tuple[str, int, int]:
    """Its meeting, and its first and last turn."""
    return passage.meeting_id, passage.first_turn, passage.last_turn


def first_right(places: Sequence[tuple[str, int, int]], meeting: str | None, turns: Collection[int]) -> int | None:
    """Where the first passage of the meeting that holds one of the turns stands, from 1."""
    right = (
        at
        for at, (other, first, last) in enumerate(places, start=1)
        if other == meeting and any(first <= turn <= last for turn in turns)
    )
    return next(right, None)


def cites(answer: Answer, meeting: str | None, question: Question) -> bool:
    """Whether the first citation stands on a labelled turn, or next to one."""
    first = answer.citations[:1]
    return bool(matched([one.turn for one in first if one.meeting == meeting], question.turns))
