"""Fit what stands behind the turn classifier: `python -m scripts.fit_motives [--dry-run]` (2 minutes on 2 cores).

Reads the labelled meetings of training/meetings, on which the classifier was not trained, and writes
`analyzer/engines/offline/motives/fitted.json`: the cuts of a turn's chance, the step from turns to a meeting's levels, the
lines of stance and conditions, and how often each level was right. What it prints goes into the model card: the scores of
readings in which each client was judged by numbers fitted on the other clients, and how far a chance can be
believed.
"""

import argparse
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from analyzer import evidence
from analyzer.engines.offline import OfflineEngine, judging
from analyzer.engines.offline.classifier import GRAPH, SHIPPED, TurnClassifier
from analyzer.engines.offline.fitted import FITTED, Fitted, Line, PromiseCuts, Scale, save, sign_facts
from analyzer.engines.offline.ground import Ground, meeting_facts
from analyzer.engines.offline.labels import ADOPTS, COMMITMENT, LABELS, RECOMMENDATION, RESISTS
from analyzer.engines.offline.promises import promises
from analyzer.engines.offline.reading import Scored, claims
from analyzer.engines.offline.shipped import TOKENIZER
from analyzer.evaluation import PRESENT, Sample, matched
from analyzer.model.findings import ConditionId, ConditionValue, Level, OpeningId, SignId
from analyzer.practice import Practice
from analyzer.usecases.read import assess
from scripts.labelled_meetings import MEETINGS, Labelled, Remembering, read
from scripts.motive_report import reliability, show, turn_table
from scripts.regression import Floats, cuts, logistic, read_off, straight
from vectorstore import checksums
from vectorstore.embedders import WordHashEmbedder

GRID = tuple(round(float(x), 3) for x in (*np.arange(0.01, 0.1, 0.01), *np.arange(0.1, 0.98, 0.02)))
SURE = 0.7  # of turns over the sure cut that were right
FEWEST = 8  # turns over a cut under which its share says nothing
EVERYWHERE = PromiseCuts(plain=0.0, dated=0.0, unworded=1.1)
ROUNDS = 3  # of looking for the cuts of promises; the second changes little
VALUES = {ConditionValue.NO: 0.0, ConditionValue.MIXED: 0.5, ConditionValue.YES: 1.0}


def main() -> None:
    """Fit, print what is known of it, and write the numbers unless told not to."""
    parser = argparse.ArgumentParser(description="Fits what stands behind the turn classifier.")
    parser.add_argument("--dry-run", action="store_true", help="print, and write nothing")
    parser.add_argument("--folder", type=Path, default=SHIPPED, help="of another graph, for a learning curve")
    arguments = parser.parse_args()
    classifier = Remembering(arguments.folder)
    meetings = [read(file, classifier) for file in sorted(MEETINGS.glob("*.json"))]
    clients = {m.client for m in meetings}
    print(f"{len(meetings)} meetings of {len(clients)} clients, {sum(len(m.meeting.turns) for m in meetings)} turns")
    turn_table(meetings)
    fitted = fit(meetings, classifier)
    known, scores = held_out(meetings, classifier)
    whole = replace(fitted, known=known)
    print(
        json.dumps({"likely": whole.likely, "sure": whole.sure, "known": known, "conditions": sorted(whole.conditions)}, indent=1)
    )
    show(scores)
    if not arguments.dry_run:
        save(whole, arguments.folder)
        checksums.record(arguments.folder, (GRAPH, TOKENIZER, FITTED))


def fit(meetings: Sequence[Labelled], classifier: TurnClassifier) -> Fitted:
    """Everything, from some meetings; how often it is right is for others to say."""
    likely: dict[str, float] = {}
    sure: dict[str, float] = {}
    for group in (tuple(SignId), tuple(OpeningId), (COMMITMENT,), (RECOMMENDATION,), (ADOPTS,), (RESISTS,)):
        cut = best_cut(meetings, group)
        over = sure_cut(meetings, group, cut)
        likely |= {str(label): cut for label in group}
        sure |= {str(label): over for label in group}
    flat = {sign.value: Line(weights=(0.0,) * 3, constant=0.0) for sign in SignId}
    start = Fitted(
        graph=classifier.checksum,
        likely=likely,
        sure=sure,
        promise=EVERYWHERE,
        heard=flat,
        clear=flat,
        stance=Scale(weights=(0.0,) * 8, constant=2.0, low=0.0, high=4.0),
        conditions={},
        known={},
    )
    start = replace(start, promise=promise_cuts(meetings, classifier, start))
    grounds = [ground(m, classifier, start) for m in meetings]
    facts = [{s: sign_facts([f.claim.score or 0.0 for f in g.signs(s)], g.their_turns()) for s in SignId} for g in grounds]
    heard = by_sign(facts, [[m.labels.signs[s] in PRESENT for s in SignId] for m in meetings])
    clear = by_sign(facts, [[m.labels.signs[s] is Level.STRONG for s in SignId] for m in meetings])
    chances = [[heard[s].chance(one[s]) for s in SignId] for one in facts]
    shown = shown_cut(meetings, chances)
    likely |= dict.fromkeys((s.value for s in SignId), shown)
    sure |= {s.value: max(sure[s.value], shown) for s in SignId}
    whole = np.array([meeting_facts(g, row) for g, row in zip(grounds, chances, strict=True)])
    places = np.array([judging.STANCES.index(m.labels.stance) for m in meetings], dtype=np.float64)
    return replace(
        start, heard=heard, clear=clear, stance=straight(whole, places, 0.0, 4.0), conditions=conditions(meetings, whole)
    )


def by_sign(facts: Sequence[Mapping[SignId, tuple[float, ...]]], truth: Sequence[Sequence[bool]]) -> dict[str, Line]:
    """One line for all signs, with a constant of each: the classifier is not as free with each of them."""
    rows = [(*one[sign], *(float(sign is other) for other in SignId)) for one in facts for sign in SignId]
    table, shows = np.array(rows), np.array([true for row in truth for true in row])
    line = logistic(table, shows)
    while falling := [k for k in range(2) if line.weights[k] < 0]:  # a surer turn must never make a sign less likely
        table[:, falling] = 0
        line = logistic(table, shows)
    own = len(facts[0][SignId.OUTSIDE_VALIDATION])
    return {
        sign.value: Line(weights=line.weights[:own], constant=round(line.constant + line.weights[own + k], 6))
        for k, sign in enumerate(SignId)
    }


def shown_cut(meetings: Sequence[Labelled], chances: Sequence[Sequence[float]]) -> float:
    """The cut of best F1 over the turns that are shown as evidence, where a sign is taken to show."""

    def shown(m: Labelled, k: int, cut: float) -> list[int]:
        column = m.chances[:, k]
        best = np.argsort(-column, kind="stable")[: judging.SHOWN]
        return [int(t) for t in best if column[t] >= cut]

    def overlap_at(cut: float) -> tuple[int, int, int]:
        pairs = [
            (shown(m, k, cut) if row[k] >= judging.WEAK_FROM else [], m.turns[sign.value])
            for m, row in zip(meetings, chances, strict=True)
            for k, sign in enumerate(SignId)
        ]
        return sum(len(matched(a, b)) for a, b in pairs), sum(len(a) for a, _ in pairs), sum(len(b) for _, b in pairs)

    return max(GRID, key=lambda cut: (f1(overlap_at(cut)), cut))


def ground(labelled: Labelled, classifier: TurnClassifier, fitted: Fitted) -> Ground:
    """What a reading with these numbers finds and verifies."""
    scored = Scored(meeting=labelled.meeting, chances=labelled.chances, classifier=classifier, fitted=fitted)
    return Ground(meeting=labelled.meeting, found=evidence.verify(labelled.meeting, claims(scored))[0])


def best_cut(meetings: Sequence[Labelled], group: Sequence[str]) -> float:
    """The cut of best F1 over the turns of a group of labels, a turn beside the labelled one counting as it."""
    return max(GRID, key=lambda cut: (f1(overlap(meetings, group, cut)), cut))


def sure_cut(meetings: Sequence[Labelled], group: Sequence[str], least: float) -> float:
    """The lowest cut, not under `least`, with `SURE` of the turns over it right; 2.0 where there is none."""
    for cut in GRID:
        both, named, _ = overlap(meetings, group, cut)
        if cut >= least and named >= FEWEST and both >= SURE * named:
            return cut
    return 2.0


def overlap(meetings: Sequence[Labelled], group: Sequence[str], cut: float) -> tuple[int, int, int]:
    """Turns named and labelled, named, and labelled."""
    pairs = [
        (np.flatnonzero(m.chances[:, LABELS.index(label)] >= cut).tolist(), m.turns[str(label)])
        for m in meetings
        for label in group
    ]
    return sum(len(matched(a, b)) for a, b in pairs), sum(len(a) for a, _ in pairs), sum(len(b) for _, b in pairs)


def f1(counts: tuple[int, int, int]) -> float:
    """Of what is both, named, labelled."""
    both, named, labelled = counts
    return 2 * both / max(named + labelled, 1)


def promise_cuts(meetings: Sequence[Labelled], classifier: TurnClassifier, start: Fitted) -> PromiseCuts:
    """The three cuts of best F1 over commitments, each found in turn beside the others."""
    column = LABELS.index(COMMITMENT)
    wide = replace(start, promise=EVERYWHERE)
    worded: list[dict[int, bool]] = []
    for m in meetings:
        scored = Scored(meeting=m.meeting, chances=m.chances, classifier=classifier, fitted=wide)
        worded.append(dict(wording(scored)))
    found = {"plain": 0.5, "dated": 0.5, "unworded": 0.9}
    for _ in range(ROUNDS):
        for name in found:
            tried = [found | {name: cut} for cut in GRID]
            found = max(tried, key=lambda cuts: (f1(promise_overlap(meetings, worded, column, PromiseCuts(**cuts))), cuts[name]))
    return PromiseCuts(**found)


def wording(scored: Scored) -> Iterable[tuple[int, bool]]:
    """The turns with a promise by its wording, and whether it is in so many words."""
    for turn in scored.meeting.turns:
        found = promises(turn.text)
        if found:
            yield turn.ordinal, any(p.plain for p in found)


def promise_overlap(
    meetings: Sequence[Labelled], worded: Sequence[dict[int, bool]], column: int, cuts: PromiseCuts
) -> tuple[int, int, int]:
    """As `overlap`, by the wording and the chance together."""
    both = named = labelled = 0
    for m, by_wording in zip(meetings, worded, strict=True):
        chances = m.chances[:, column]
        cut = [
            {True: cuts.plain, False: cuts.dated}[by_wording[at]] if at in by_wording else cuts.unworded
            for at in range(len(chances))
        ]
        cut = [min(c, cuts.unworded) for c in cut]
        over = np.flatnonzero(chances >= np.array(cut)).tolist()
        both, named, labelled = (
            both + len(matched(over, m.turns[COMMITMENT])),
            named + len(over),
            labelled + len(m.turns[COMMITMENT]),
        )
    return both, named, labelled


def conditions(meetings: Sequence[Labelled], rows: Floats) -> dict[str, Scale]:
    """A line for each condition that it tells better, with each meeting left out in turn, than always saying the commonest."""
    kept = {}
    for condition in ConditionId:
        told = [
            (row, VALUES[m.labels.conditions[condition]])
            for m, row in zip(meetings, rows, strict=True)
            if m.labels.conditions[condition] in VALUES
        ]
        facts, places = np.array([row for row, _ in told]), np.array([place for _, place in told])
        out, every = np.array([one_out(facts, places, k) for k in range(len(places))]), np.arange(len(places))
        low, high = cuts(places, out)
        right = sum(read_off(out[k], *cuts(places[every != k], out[every != k])) == place for k, place in enumerate(places))
        commonest = max(int((places == value).sum()) for value in VALUES.values())
        if right > commonest:
            kept[condition.value] = straight(facts, places, low, high)
    return kept


def one_out(facts: Floats, places: Floats, k: int) -> float:
    """Where a meeting stands on the line of the others."""
    rest = np.arange(len(places)) != k
    return straight(facts[rest], places[rest], 0.0, 0.0).place(facts[k])


def held_out(meetings: Sequence[Labelled], classifier: TurnClassifier) -> tuple[dict[str, tuple[int, int]], list[Sample]]:
    """How often each level was right, and the samples, where each client is judged by numbers fitted on the others."""
    by_client: dict[str, list[Labelled]] = defaultdict(list)
    for m in meetings:
        by_client[m.client].append(m)
    samples: list[Sample] = []
    for client, own in by_client.items():
        fitted = fit([m for m in meetings if m.client != client], classifier)
        engine = OfflineEngine(WordHashEmbedder(), classifier=classifier, fitted=fitted)
        for m in own:
            assessment = assess(engine, m.meeting, Practice(name=""), no_time)
            samples.append(Sample(labels=replace(m.labels, questions=()), meeting=m.meeting, assessment=assessment, answers=()))
    known: dict[str, tuple[int, int]] = {}
    for level, right in ((Level.STRONG, (Level.STRONG,)), (Level.WEAK, PRESENT), (Level.NONE, (Level.NONE,))):
        said = [s.labels.signs[sign] for s in samples for sign in SignId if s.assessment.sign(sign).level is level]
        if said:
            known[level.value] = (sum(true in right for true in said), len(said))
    reliability(samples)
    return known, samples


def no_time() -> dt.datetime:
    """A time that says nothing: these assessments are not kept."""
    return dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


if __name__ == "__main__":
    main()
