"""What the measures of the offline engine's reading measure, by readers that are simple enough to work the figures out."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from analyzer.engines.offline.labels import LABELS
from analyzer.engines.offline.sentences import words
from analyzer.evaluation import score
from analyzer.model.findings import (
    Claim,
    ClaimKind,
    Claims,
    ConditionId,
    ConditionValue,
    ConditionVerdict,
    EngineId,
    Judgement,
    Level,
    Reading,
    SignId,
    SignVerdict,
    Stance,
)
from analyzer.model.insight import Exchange
from analyzer.model.meetings import Meeting, Passage, Side
from analyzer.practice import Practice
from benchmarks import bench_motives, minimal_pairs, robustness, shortcuts
from benchmarks.altered_meetings import joined, split, without_greetings, without_points
from benchmarks.reading_speed import made_of_examples
from tests.benchmarks.small_meetings import depot, oven

VALIDATION = LABELS.index(SignId.OUTSIDE_VALIDATION)


class Listens:
    """An engine that names every turn of theirs with these words in it, and finds the first sign strong where there is one."""

    def __init__(self, *needles: str) -> None:
        self.needles = needles
        self.identity = EngineId(name="listens", model="1")
        self.parameters: Mapping[str, str] = MappingProxyType({})

    def read(self, meeting: Meeting, practice: Practice) -> Claims:  # noqa: ARG002 it listens to the words alone
        theirs = [turn for turn in meeting.turns if turn.side is Side.THEIRS]
        return Claims(
            claims=tuple(
                Claim(
                    kind=ClaimKind.SIGN,
                    meeting=meeting.id,
                    turn=turn.ordinal,
                    quote=turn.text,
                    topic=SignId.OUTSIDE_VALIDATION,
                    score=0.9,
                )
                for turn in theirs
                if any(needle in turn.text for needle in self.needles)
            )
        )

    def judge(self, meeting: Meeting, reading: Reading, practice: Practice, notes: Sequence[str] = ()) -> Judgement:  # noqa: ARG002
        heard = {SignId.OUTSIDE_VALIDATION} if reading.findings else set()
        return Judgement(
            signs=tuple(
                SignVerdict(
                    sign=sign,
                    level=Level.STRONG if sign in heard else Level.NONE,
                    why="w",
                    score=float(sign in heard),
                    evidence=reading.findings if sign in heard else (),
                )
                for sign in SignId
            ),
            conditions=tuple(ConditionVerdict(condition=c, value=ConditionValue.UNKNOWN, why="w") for c in ConditionId),
            stance=Stance.UNKNOWN,
            stance_why="w",
        )

    def room(self, question: str, earlier: Sequence[Exchange] = ()) -> int:  # noqa: ARG002
        return 0

    def answer(self, question: str, passages: Sequence[Passage], earlier: Sequence[Exchange] = ()) -> Claims:  # noqa: ARG002 it knows no answers
        return Claims()


def by_length(turns: Sequence[tuple[Side, str]]) -> npt.NDArray[np.float32]:
    """A hundredth for each word of a turn of theirs, for every label."""
    chances = [len(words(text)) / 100 if side is Side.THEIRS else 0.0 for side, text in turns]
    return np.repeat(np.array(chances, dtype=np.float32)[:, None], len(LABELS), axis=1)


def folder_of(folder: Path, *documents: dict[str, Any]) -> Path:
    folder.mkdir()
    for document in documents:
        (folder / f"{document['id']}.json").write_text(json.dumps(document), encoding="utf-8")
    return folder


@pytest.mark.parametrize("needle", ["What I need is a paper", "She reads those"])
def test_either_half_of_a_split_turn_is_a_hit_and_is_counted_once(needle: str, tmp_path: Path) -> None:
    documents = robustness.load(folder_of(tmp_path / "m", oven()))
    plain = robustness.read(Listens("nothing of the kind"), documents)
    told = score(robustness.read_altered(Listens(needle), [split(documents[0])], plain))
    assert (told.evidence.precision.value, told.evidence.recall.value) == (1.0, 0.5)
    assert (told.evidence.recall.n, told.turns) == (2, len(oven()["turns"]))
    assert told.turn_ap.value == pytest.approx((1 + 2 / 14) / 2)
    both = score(robustness.read_altered(Listens("What I need", "She reads"), [split(documents[0])], plain))
    assert both.evidence == told.evidence


@pytest.mark.parametrize("alter", [joined, without_greetings, split])
def test_words_that_are_all_still_there_score_as_they_did(alter: Any, tmp_path: Path) -> None:
    engine = Listens("outside name", "nobody believes")
    documents = robustness.load(folder_of(tmp_path / "m", oven()))
    plain = robustness.read(engine, documents)
    told = score(robustness.read_altered(engine, [alter(documents[0])], plain))
    assert score(plain).evidence.f1.value == 1.0
    assert told.evidence == score(plain).evidence


def test_a_reader_that_leans_on_capitals_is_found_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    engine = Listens("What I need")
    documents = robustness.load(folder_of(tmp_path / "m", oven(), depot()))
    plain = robustness.read(engine, documents)
    bare = robustness.read_altered(engine, [without_points(document) for document in documents], plain)
    assert (score(plain).macro_f1.value, score(bare).macro_f1.value) == (1.0, 0.0)
    robustness.show(engine, documents)
    shown = capsys.readouterr().out
    line = next(line for line in shown.splitlines() if line.startswith("without points"))
    assert "0.000 -1.000 n=2" in line
    assert "2 meetings, 34 turns" in shown


def test_a_reader_that_counts_words_is_found_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    samples = robustness.read(Listens("outside name"), robustness.load(folder_of(tmp_path / "m", oven(), depot())))
    turns = shortcuts.their_turns(samples, by_length)
    plain = ~turns.labelled
    assert (len(turns.lengths), int(turns.labelled.sum())) == (17, 5)
    assert shortcuts.spearman(turns.lengths[plain], turns.scores[plain]) == pytest.approx(1.0)
    quarters = shortcuts.by_quarter(turns.lengths[plain], turns.scores[plain])
    assert sum(n for *_, n in quarters) == 12
    assert [low for low, *_ in quarters] == sorted(low for low, *_ in quarters)
    assert all(low / 100 <= mean <= high / 100 for low, high, mean, _ in quarters)
    shortcuts.show_turns(turns)
    assert "turns without a sign +1.000 n=12" in capsys.readouterr().out


def test_rank_correlation_by_hand() -> None:
    up = np.array([1.0, 2.0, 3.0, 4.0])
    assert shortcuts.spearman(up, up**3) == pytest.approx(1.0)
    assert shortcuts.spearman(up, -up) == pytest.approx(-1.0)
    assert shortcuts.spearman(up, np.array([1.0, 1.0, 2.0, 3.0])) == pytest.approx(0.9**0.5)
    assert shortcuts.spearman(up, np.ones(4)) is None


def test_a_sign_stands_where_it_was_put_among_ten_plain_turns() -> None:
    plain = [f"Plain {n}." for n in range(5)]
    for at in (0, 2, 5):
        stretch = shortcuts.stretch_of(plain, "The sign.", at)
        assert len(stretch) == 11
        assert stretch[2 * at] == (Side.THEIRS, "The sign.")
        assert [text for side, text in stretch if side is Side.THEIRS and text != "The sign."] == plain
        assert all(side is (Side.OURS if n % 2 else Side.THEIRS) for n, (side, _) in enumerate(stretch))


def test_the_lines_in_several_kinds_of_english_are_complete() -> None:
    lines = json.loads(shortcuts.DIALECTS.read_text(encoding="utf-8"))
    assert (len(lines["kinds"]), len(lines["neutral"]), len(lines["signs"])) == (6, 10, 10)
    said = [said[kind] for part in ("neutral", "signs") for said in lines[part] for kind in lines["kinds"]]
    assert len(set(said)) == 120
    assert {entry["sign"] for entry in lines["signs"]} == set(SignId)


def test_pairs_count_ties_half_and_leave_the_unpaired_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sign, other = SignId.OUTSIDE_VALIDATION.value, SignId.BOARD_MANDATE.value
    lines = [
        snippet("a", ("It is all one to the rest of us.", [sign]), ("Quite.", [])),
        snippet("a", ("It is.", [])),
        snippet("b", ("Three words here.", [sign])),
        snippet("b", ("Three others here.", [other])),
        snippet("c", ("Alone.", [sign])),
        snippet("d", ("Same.", [])),
        snippet("d", ("Same too.", [])),
        *(snippet("e", (text, labels)) for text, labels in (("One of three.", [sign]), ("Two.", []), ("Three.", []))),
        snippet(None, ("Nobody's twin.", [sign])),
        snippet(None, ("Nobody's either.", [])),
    ]
    (tmp_path / "s.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    paired = minimal_pairs.pairs(minimal_pairs.load(tmp_path))
    told = minimal_pairs.contests(paired, by_length)
    assert len(paired) == 3
    assert [(contest.sign.value, contest.right) for contest in told] == [(sign, 1.0), (sign, 0.5), (other, 0.5)]
    minimal_pairs.show(tmp_path, by_length)
    assert "0.667 n=3; 2 of 3 pairs differ in a sign" in capsys.readouterr().out
    minimal_pairs.show(tmp_path / "nowhere", by_length)
    assert "skipped" in capsys.readouterr().out


def snippet(pair: str | None, *turns: tuple[str, list[str]]) -> dict[str, Any]:
    return {"turns": [{"side": "theirs", "text": text, "labels": labels} for text, labels in turns], "pair": pair}


def test_a_long_meeting_is_made_of_both_sides_of_the_examples() -> None:
    meeting = made_of_examples(2_000)
    assert 2_000 <= sum(len(turn.text.split()) for turn in meeting.turns) < 2_300
    assert {turn.side for turn in meeting.turns} >= {Side.OURS, Side.THEIRS}
    assert [turn.ordinal for turn in meeting.turns] == list(range(len(meeting.turns)))
    assert meeting.date == dt.date(2026, 1, 1)


def test_two_small_meetings_are_measured_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    meetings = folder_of(tmp_path / "m", oven(), depot())
    arguments = ["robustness", "shortcuts", "pairs", "--meetings", str(meetings), "--snippets", str(tmp_path / "none")]
    assert bench_motives.main(arguments) == 0
    shown = capsys.readouterr().out
    assert "robustness: 2 meetings, 34 turns" in shown
    assert "turns without a sign" in shown
    assert "n=12" in shown
    assert "minimal pairs: skipped" in shown
    with pytest.raises(SystemExit):
        bench_motives.main(["everything"])
