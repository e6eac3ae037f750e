"""Scores against labels, each figure worked out by hand, and the way from a folder of files to a table."""

import datetime as dt
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from analyzer import resampling
from analyzer.errors import Refused, UsageError
from analyzer.evaluation import Labels, Question, Sample, auc, average_precision, matched, read_labels, score
from analyzer.evidence import verify
from analyzer.model.findings import (
    Assessment,
    Claim,
    ClaimKind,
    CommitmentTerms,
    ConditionId,
    ConditionValue,
    ConditionVerdict,
    EngineId,
    Finding,
    Judgement,
    Level,
    OpeningId,
    SignId,
    SignVerdict,
    Stance,
)
from analyzer.model.scores import Figure, Scores
from analyzer.rendering.scores import table
from analyzer.settings import load
from analyzer.usecases.evaluate import evaluate
from analyzer.workspace import Workspace
from tests import talks
from tests.running import Analyzer

NOW = dt.datetime(2025, 11, 4, 9, 0, tzinfo=dt.UTC)
MEETING = talks.meeting()
VALIDATION, BOARD = SignId.OUTSIDE_VALIDATION, SignId.BOARD_MANDATE


def claim(kind: ClaimKind, turn: int, topic: str = "", score: float | None = None, **rest: Any) -> Claim:
    return Claim(kind=kind, meeting=MEETING.id, turn=turn, quote=talks.TALK[turn][2], topic=topic, score=score, **rest)


def found(*claims: Claim) -> tuple[Finding, ...]:
    findings, rejected = verify(MEETING, claims)
    assert not rejected
    return findings


def labels(**rest: Any) -> Labels:
    plain: dict[str, Any] = {
        "meeting": MEETING.id,
        "turns": len(talks.TALK),
        "signs": dict.fromkeys(SignId, Level.NONE) | {VALIDATION: Level.STRONG},
        "evidence": dict.fromkeys(SignId, ()) | {VALIDATION: (3, 5)},
        "openings": dict.fromkeys(OpeningId, ()) | {OpeningId.UNUSED_CAPACITY: (12, 13)},
        "conditions": dict.fromkeys(ConditionId, ConditionValue.NO),
        "stance": Stance.PAYING_CLIENT,
        "commitments": (("Howard Pell", 9), ("Ines Duarte", 8)),
        "questions": (Question(text="How are orders?", turns=(11,)), Question(text="Who leads Hull?", turns=())),
    }
    return Labels(**(plain | rest))


def sample(
    findings: tuple[Finding, ...],
    signs: dict[SignId, SignVerdict],
    *,
    stance: Stance = Stance.PAYING_CLIENT,
    answers: tuple[tuple[Finding, ...], ...] = ((), ()),
    of: Labels | None = None,
) -> Sample:
    quiet = {s: SignVerdict(sign=s, level=Level.NONE, why="w", score=0.1) for s in SignId}
    judgement = Judgement(
        signs=tuple((quiet | signs).values()),
        conditions=tuple(
            ConditionVerdict(condition=c, value=v, why="w")
            for c, v in zip(ConditionId, (ConditionValue.NO, ConditionValue.YES, ConditionValue.UNKNOWN), strict=True)
        ),
        stance=stance,
        stance_why="w",
    )
    assessment = Assessment(
        meeting=MEETING.id,
        revision=1,
        engine=EngineId(name="made", model="up"),
        read_at=NOW,
        findings=findings,
        rejected=(),
        judgement=judgement,
        turns_read=len(talks.TALK),
    )
    return Sample(labels=of or labels(), meeting=MEETING, assessment=assessment, answers=answers)


def verdict(sign: SignId, level: Level, findings: tuple[Finding, ...], score: float | None = 0.9) -> SignVerdict:
    return SignVerdict(sign=sign, level=level, why="w", evidence=findings, score=score)


def test_presence_levels_and_evidence() -> None:
    evidence = found(claim(ClaimKind.SIGN, 3, VALIDATION, 0.9), claim(ClaimKind.SIGN, 11, VALIDATION, 0.4))
    scores = score([sample(evidence, {VALIDATION: verdict(VALIDATION, Level.WEAK, evidence)})])
    first = scores.signs[0]
    assert first.presence.f1 == Figure(value=1.0, n=2)
    assert first.exact == Figure(value=0.0, n=1)
    assert (first.evidence.precision, first.evidence.recall) == (Figure(value=0.5, n=2), Figure(value=0.5, n=2))
    assert scores.exact == Figure(value=0.75, n=4)
    assert scores.evidence_theirs == Figure(value=1.0, n=2)
    assert scores.macro_f1.value == 1.0
    assert scores.clean_flagged == Figure(value=None, n=0)


def test_a_sign_raised_wrongly_counts_against_precision_and_flags_a_clean_meeting() -> None:
    evidence = found(claim(ClaimKind.SIGN, 11, BOARD, 0.9))
    clean = labels(signs=dict.fromkeys(SignId, Level.NONE), evidence=dict.fromkeys(SignId, ()))
    scores = score([sample(evidence, {BOARD: verdict(BOARD, Level.STRONG, evidence)}, of=clean)])
    board = next(s for s in scores.signs if s.sign is BOARD)
    assert (board.presence.precision, board.presence.recall) == (Figure(value=0.0, n=1), Figure(value=None, n=0))
    assert scores.clean_flagged == Figure(value=1.0, n=1)


def test_insufficient_is_not_present_and_is_counted() -> None:
    evidence = found(claim(ClaimKind.SIGN, 3, VALIDATION, 0.9))
    scores = score([sample(evidence, {VALIDATION: verdict(VALIDATION, Level.INSUFFICIENT, evidence)})])
    first = scores.signs[0]
    assert (first.insufficient, first.presence.recall.value, first.evidence.precision.n) == (1, 0.0, 0)
    assert scores.insufficient == Figure(value=0.25, n=4)


def test_openings_and_commitments_with_their_owners() -> None:
    ines = CommitmentTerms(giver="Ines Duarte", receiver="Howard Pell", what="send the letter")
    findings = found(
        claim(ClaimKind.OPENING, 12, OpeningId.UNUSED_CAPACITY),
        claim(ClaimKind.OPENING, 17, OpeningId.UNUSED_CAPACITY),
        claim(ClaimKind.OPENING, 17, OpeningId.FURTHER_TOPICS),
        claim(ClaimKind.COMMITMENT, 9, commitment=ines),
        claim(ClaimKind.COMMITMENT, 8, commitment=ines),
    )
    scores = score([sample(findings, {})])
    assert scores.openings["unused_capacity"].f1 == Figure(value=0.5, n=4)
    assert scores.openings["further_topics"].precision == Figure(value=0.0, n=1)
    assert scores.commitments.f1 == Figure(value=1.0, n=4)
    assert scores.owner_right == Figure(value=0.5, n=2)


def test_conditions_and_stance_with_what_is_unknown() -> None:
    near = score([sample((), {}, stance=Stance.LEANING_CLIENT)])
    far = score([sample((), {}, stance=Stance.BALANCED)])
    unknown = score([sample((), {}, stance=Stance.UNKNOWN)])
    assert (near.conditions, near.conditions_unknown) == (Figure(value=1 / 3, n=3), 1)
    assert [s.stance_within_one.value for s in (near, far, unknown)] == [1.0, 0.0, 0.0]
    assert [s.stance_unknown for s in (near, far, unknown)] == [0, 0, 1]


@pytest.mark.parametrize(
    ("answers", "balanced", "right"),
    [
        (((), ()), 0.5, None),
        ((found(claim(ClaimKind.ANSWER, 11)), ()), 1.0, 1.0),
        ((found(claim(ClaimKind.ANSWER, 2)), found(claim(ClaimKind.ANSWER, 2))), 0.5, 0.0),
    ],
)
def test_questions(answers: tuple[tuple[Finding, ...], ...], balanced: float, right: float | None) -> None:
    scores = score([sample((), {}, answers=answers)])
    assert (scores.questions.value, scores.cited_right.value) == (balanced, right)
    assert scores.questions.n == 2


def test_auc_and_average_precision_of_turns_come_from_scores() -> None:
    evidence = found(claim(ClaimKind.SIGN, 11, VALIDATION, 0.9), claim(ClaimKind.SIGN, 3, VALIDATION, 0.5))
    with_it = sample(evidence, {VALIDATION: verdict(VALIDATION, Level.WEAK, evidence, score=0.3)})
    without = sample((), {}, of=labels(signs=dict.fromkeys(SignId, Level.NONE), evidence=dict.fromkeys(SignId, ())))
    first = score([with_it, without]).signs[0]
    assert first.auc == Figure(value=1.0, n=2)
    # Second in rank, and the last of all 40 turns with nothing to tell them apart.
    assert first.turn_ap.value == pytest.approx((1 / 2 + 2 / 40) / 2)
    silent = score([sample((), {VALIDATION: verdict(VALIDATION, Level.NONE, (), score=None)})]).signs[0]
    assert (silent.auc, silent.turn_ap.value) == (Figure(value=None, n=0), None)


# --- how far other meetings could have put it ---

CLEAN = labels(signs=dict.fromkeys(SignId, Level.NONE), evidence=dict.fromkeys(SignId, ()))
MISSED = sample((), {})
HEARD = found(claim(ClaimKind.SIGN, 3, VALIDATION, 0.9))
RIGHT = sample(HEARD, {VALIDATION: verdict(VALIDATION, Level.STRONG, HEARD)})


def test_an_interval_over_meetings_by_hand() -> None:
    # Of eight meetings four are as labelled. Drawn anew, none is in 0.4 of 100, one or none in 3.5 and two or fewer in 14.5,
    # so the lowest 2.5 of 100 end at one; and the other way round at the upper end.
    stance = score([RIGHT, replace(RIGHT, labels=labels(stance=Stance.STRATEGIC_PARTNER))] * 4).stance_within_one
    assert (stance.value, stance.n, stance.low, stance.high) == (0.5, 8, 1 / 8, 7 / 8)


def test_turns_of_one_meeting_are_drawn_together() -> None:
    once = [RIGHT, replace(RIGHT, labels=labels(conditions=dict.fromkeys(ConditionId, ConditionValue.UNKNOWN)))] * 4
    kept = score(once).conditions
    assert (kept.value, kept.n) == (1 / 3, 24)
    alone = resampling.share(resampling.weigh(24), [[fact] for fact in [True] * 8 + [False] * 16]).figure
    same = score([RIGHT] * 8).conditions
    assert (same.low, same.high) == (1 / 3, 1 / 3)  # every meeting has one of three right, whichever are drawn
    assert alone.low is not None
    assert alone.low < 1 / 3


def test_the_same_meetings_give_the_same_interval_and_others_another() -> None:
    some = [RIGHT, MISSED, RIGHT, MISSED, RIGHT, RIGHT]
    assert score(some) == score(list(some))
    assert (resampling.weigh(9) == resampling.weigh(9)).all()
    first, second = score(some).exact, score([*some, MISSED, MISSED]).exact
    assert None not in (first.low, first.high, second.low, second.high)
    assert (first.low, first.high) != (second.low, second.high)


def test_every_headline_figure_has_an_interval_that_holds_it() -> None:
    heard = found(claim(ClaimKind.OPENING, 12, OpeningId.UNUSED_CAPACITY), claim(ClaimKind.OPENING, 17, OpeningId.FURTHER_TOPICS))
    given = CommitmentTerms(giver="Ines Duarte", receiver=None, what="send the letter")
    promised = found(claim(ClaimKind.COMMITMENT, 8, commitment=given), claim(ClaimKind.COMMITMENT, 9, commitment=given))
    said = {VALIDATION: verdict(VALIDATION, Level.WEAK, HEARD, 0.6)}
    topics = labels(openings=dict.fromkeys(OpeningId, (16,)))
    scores = score([RIGHT, MISSED, *([sample((*HEARD, *heard, *promised), said, of=topics), sample(HEARD, said, of=CLEAN)] * 8)])
    figures = [
        scores.macro_f1,
        scores.exact,
        scores.strong_missed,
        scores.evidence.f1,
        scores.auc,
        scores.turn_ap,
        scores.clean_flagged,
        *(found.f1 for found in scores.openings.values()),
        scores.openings_pooled.f1,
        scores.conditions,
        scores.stance_within_one,
        scores.commitments.f1,
        scores.owner_right,
    ]
    for figure in figures:
        assert figure.value is not None
        assert figure.low is not None
        assert figure.high is not None
        assert 0 <= figure.low <= figure.value <= figure.high <= 1


def test_there_is_no_interval_where_too_few_meetings_count() -> None:
    few = score([RIGHT, MISSED, RIGHT, MISSED])
    assert few.exact == Figure(value=0.875, n=16)
    flagged = score([sample(HEARD, {VALIDATION: verdict(VALIDATION, Level.WEAK, HEARD)}, of=CLEAN), *[RIGHT] * 15])
    assert flagged.clean_flagged == Figure(value=1.0, n=1)  # it stands on one meeting of sixteen
    assert flagged.exact.low is not None


RANKINGS = st.lists(
    st.lists(st.tuples(st.sampled_from((-1.0, 0.1, 0.25, 0.5, 0.9)), st.booleans()), max_size=6), min_size=5, max_size=8
)


@settings(max_examples=30, deadline=None)
@given(RANKINGS)
def test_a_resampling_is_what_its_meetings_give_when_they_are_put_together(rankings: list[list[tuple[float, bool]]]) -> None:
    weights = resampling.weigh(len(rankings))
    spreads = (resampling.average_precision(weights, rankings), resampling.auc(weights, rankings))
    assert (weights.sum(axis=1) == len(rankings)).all()
    for row in range(0, len(weights), 97):
        together = [item for ranked, times in zip(rankings, weights[row], strict=True) for item in ranked * int(times)]
        by_hand = (average_precision(together), auc(together))
        for spread, value in zip(spreads, by_hand, strict=True):
            assert spread.values[row] == pytest.approx(float("nan") if value is None else value, nan_ok=True)


def test_the_mean_of_a_resampling_leaves_out_what_it_cannot_count() -> None:
    weights = resampling.weigh(5)
    always = resampling.share(weights, [[True]] * 5)
    once = resampling.share(weights, [[False], [], [], [], []])
    both = resampling.mean([always, once], n=5)
    assert both.figure.value == 0.5
    assert set(both.values) == {0.5, 1.0}  # 1.0 wherever the first meeting was not drawn
    assert set(resampling.mean([resampling.nothing(weights, n=0), always], n=5).values) == {1.0}


# --- strong signs, openings of every kind ---


def test_a_strong_sign_is_missed_where_the_reader_says_none_and_not_where_it_cannot_tell() -> None:
    def saying(level: Level) -> Sample:
        return sample(HEARD, {VALIDATION: verdict(VALIDATION, level, HEARD)})

    said = [saying(level) for level in (Level.NONE, Level.INSUFFICIENT, Level.WEAK, Level.STRONG)]
    weak = labels(signs=dict.fromkeys(SignId, Level.NONE) | {VALIDATION: Level.WEAK})
    assert score([*said, sample((), {}, of=weak)]).strong_missed.value == 0.25
    assert score([*said, sample((), {}, of=weak)]).strong_missed.n == 4
    assert score([sample((), {}, of=weak)]).strong_missed == Figure(value=None, n=0)


def test_openings_of_every_kind_are_counted_together_and_apart() -> None:
    heard = found(claim(ClaimKind.OPENING, 12, OpeningId.UNUSED_CAPACITY), claim(ClaimKind.OPENING, 17, OpeningId.FURTHER_TOPICS))
    pooled = score([sample(heard, {})]).openings_pooled
    assert (pooled.precision, pooled.recall, pooled.f1) == (
        Figure(value=0.5, n=2),
        Figure(value=0.5, n=2),
        Figure(value=0.5, n=4),
    )
    # Words heard as another kind of opening than the labelled one are no hit.
    other = found(claim(ClaimKind.OPENING, 12, OpeningId.FURTHER_TOPICS))
    assert score([sample(other, {})]).openings_pooled.f1.value == 0.0


@pytest.mark.parametrize(
    ("named", "labelled", "pairs"),
    [
        ([3], [3], [(3, 3)]),
        ([2], [3], [(2, 3)]),
        ([1], [3], []),
        ([2, 3], [3], [(3, 3)]),
        ([3, 4], [3, 4], [(3, 3), (4, 4)]),
        ([3], [2, 4], [(3, 2)]),
        ([], [1], []),
    ],
)
def test_turns_are_matched_within_one_and_used_once(named: list[int], labelled: list[int], pairs: list[tuple[int, int]]) -> None:
    assert matched(named, labelled) == pairs


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_matching_is_a_pairing(named: set[int], labelled: set[int]) -> None:
    pairs = matched(named, labelled)
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)
    assert all(a in named and b in labelled and abs(a - b) <= 1 for a, b in pairs)
    assert len(pairs) >= len(named & labelled)


def test_ranking_figures_by_hand() -> None:
    ranked = [(0.9, True), (0.8, False), (0.7, True), (0.1, False)]
    assert average_precision(ranked) == pytest.approx((1 + 2 / 3) / 2)
    assert auc(ranked) == pytest.approx(3 / 4)
    assert auc([(0.5, True), (0.5, False)]) == 0.5
    assert average_precision([(0.5, True), (0.5, False)]) == 0.5
    assert (auc([(1.0, True)]), average_precision([(1.0, False)])) == (None, None)


def labelled_file(folder: Path, **changes: Any) -> Path:
    whole = {
        "id": "depot-01",
        "client": "Depot",
        "date": "2025-11-03",
        "title": "Depots",
        "consultant_side": ["Ines Duarte"],
        "client_side": ["Howard Pell"],
        "roles": {},
        "turns": [{"start": 10 * i, "speaker": name, "text": text} for i, (name, _, text) in enumerate(talks.TALK)],
        "labels": {
            "signs": {s: {"level": "none", "evidence": [], "why": ""} for s in SignId}
            | {VALIDATION: {"level": "strong", "evidence": [3, 5, 7], "why": ""}},
            "partnership": {o: [] for o in OpeningId} | {OpeningId.UNUSED_CAPACITY: [12, 13]},
            "conditions": dict.fromkeys(ConditionId, "mixed"),
            "stance": "leaning_client",
            "commitments": [{"owner": "Howard Pell", "what": "send the letter", "due": "by Friday", "turn": 9}],
            "questions": [
                {"q": "Who uses the training room upstairs?", "answer": "nobody", "turns": [13]},
                {"q": "Which enzyme splits lactose?", "answer": None, "turns": []},
            ],
        },
    }
    path = folder / "depot-01.json"
    path.write_text(json.dumps(whole | changes), encoding="utf-8")
    return path


def rendered(scores: Scores, width: int = 10_000) -> str:
    """The tables as they stand in a terminal of so many columns, without the spaces at the ends of lines."""
    console = Console(file=io.StringIO(), width=width)
    console.print(table(scores))
    assert isinstance(console.file, io.StringIO)
    return "".join(f"{line.rstrip()}\n" for line in console.file.getvalue().splitlines())


def made_up(meetings: int) -> Scores:
    """Scores in which every second meeting is read wrongly."""
    heard = found(claim(ClaimKind.OPENING, 12, OpeningId.BETTER_WAYS))
    return score([RIGHT if n % 2 else sample(heard, {BOARD: verdict(BOARD, Level.WEAK, HEARD)}) for n in range(meetings)])


def test_the_tables_show_each_figure_with_its_interval_and_its_number() -> None:
    lines = [" ".join(line.split()) for line in rendered(made_up(6)).splitlines()]
    assert lines[0] == "made up: 6 labelled meetings, 120 turns"
    assert "stance within one step (0 unknown) 6 1.00 (1.00 to 1.00)" in lines
    assert "strong signs missed (3 said `none`) 6 .50 (.17 to .83)" in lines
    assert "clean meetings flagged 0 -" in lines
    assert "Better ways of working together 0 .00 - .00" in lines
    assert any(line.startswith("All of them 12 .00 .00 .00 (.00 to .00)") for line in lines)
    assert "In brackets:" in lines[-1]


def test_without_intervals_the_tables_have_no_brackets() -> None:
    lines = [" ".join(line.split()) for line in rendered(made_up(2)).splitlines()]
    assert "stance within one step (0 unknown) 2 1.00" in lines
    assert not any(re.search(r"\d to [.\d]", line) or "In brackets" in line for line in lines)


@pytest.mark.parametrize("meetings", [1, 16])
def test_in_sixty_columns_no_line_is_longer_and_no_figure_is_broken(meetings: int) -> None:
    narrow, wide = rendered(made_up(meetings), 60), rendered(made_up(meetings))
    assert max(map(len, narrow.splitlines())) <= 60
    assert sorted(narrow.split()) == sorted(wide.split())


def test_a_folder_of_labelled_meetings_becomes_a_table(tmp_path: Path) -> None:
    labelled_file(tmp_path)
    scores = evaluate(Workspace(load()), tmp_path, "offline")
    assert (scores.meetings, scores.turns) == (1, len(talks.TALK))
    assert (scores.signs[0].turn_ap.value or 0) > 0.5
    assert scores.questions.value == 1.0
    assert scores.commitments.recall.value == 1.0
    shown = rendered(scores)
    assert "1 labelled meeting, 20 turns" in shown
    assert all(sign in shown for sign in ("An outside view for a settled decision", "The look of change without the hard work"))
    assert "clean meetings flagged" in shown


def test_the_command_gives_the_figures_with_their_intervals(analyzer: Analyzer, tmp_path: Path) -> None:
    whole = json.loads(labelled_file(tmp_path).read_text(encoding="utf-8"))
    alone = analyzer("evaluate", tmp_path, "--json").data
    assert set(alone["macro_f1"]) == {"value", "n", "low", "high"}
    assert (alone["stance_within_one"]["low"], alone["stance_within_one"]["n"]) == (None, 1)
    shown = analyzer("evaluate", tmp_path)
    assert shown.code == 0
    assert "1 labelled meeting, 20 turns" in shown.out
    for number in range(4):
        (tmp_path / f"copy-{number}.json").write_text(json.dumps(whole | {"id": f"copy-{number}"}), encoding="utf-8")
    data = analyzer("evaluate", tmp_path, "--json").data
    assert data["strong_missed"]["n"] == data["meetings"] == 5
    for figure in (data["stance_within_one"], data["commitments"]["f1"], data["openings_pooled"]["f1"]):
        assert figure["low"] == figure["value"] == figure["high"]  # five times the same meeting


def test_labels_reach_no_engine(tmp_path: Path) -> None:
    labelled_file(tmp_path)
    said = evaluate(Workspace(load()), tmp_path, "offline")
    other = {"signs": {s: {"level": "strong", "evidence": [1], "why": ""} for s in SignId}}
    whole = json.loads((tmp_path / "depot-01.json").read_text(encoding="utf-8"))
    labelled_file(tmp_path, labels=whole["labels"] | other)
    again = evaluate(Workspace(load()), tmp_path, "offline")
    assert said.evidence.precision.n == again.evidence.precision.n
    assert said.commitments == again.commitments


def test_a_file_without_labels_is_refused_by_name(tmp_path: Path) -> None:
    labelled_file(tmp_path, labels={})
    with pytest.raises(Refused, match=r"depot-01\.json"):
        evaluate(Workspace(load()), tmp_path, "offline")


def test_a_folder_without_meetings_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no labelled meetings"):
        evaluate(Workspace(load()), tmp_path, "offline")


def test_the_labelled_meetings_of_the_repository_can_be_read() -> None:
    files = sorted((Path(__file__).parents[1] / "benchmarks" / "meetings").glob("*.json"))
    read = [read_labels(file.name, file.read_bytes()) for file in files]
    assert len(read) == 16
    assert sum(len(r.questions) for r in read) == 66
    assert all(0 <= turn < r.turns for r in read for turns in r.evidence.values() for turn in turns)
