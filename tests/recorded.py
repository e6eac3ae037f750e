"""Answers known beforehand, for `tests.model_server`: those recorded for the examples, and those of a model that obeys."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.model_server import TURN, Answering, Asked, Reply, fails, says

RECORDED = Path(__file__).parent / "data" / "recorded"

_FINDING = re.compile(r"^finding (?P<number>\d+): (?P<about>[^|]*) \| turn (?P<turn>\d+): ")
_PASSAGE = re.compile(r"^--- passage (?P<number>\d+): meeting of (?P<date>[0-9-]+) ---$")
LISTS = {
    "signs": "sign",
    "openings": "opening",
    "conditions": "condition",
    "commitments": "commitment",
    "recommendations": "recommendation",
    "follow_ups": "follow_up",
}
_CLEAN = {
    **dict.fromkeys(("case_for", "case_against", "another_reading", "would_change", "question"), ""),
    "level": "none",
    "why": "The meeting is clean.",
    "evidence": [],
    "counter_evidence": [],
}
_GOOD = {"value": "yes", "why": "All is well.", "evidence": []}
_PRAISE = {"stance": "strategic_partner", "stance_why": "They are a strategic partner.", "caveats": []}
_CONDITIONS = ("relevant", "timely", "fit")
_SIGNS = ("outside_validation", "outsourced_management", "board_mandate", "illusion_of_change")


class Recorded:
    """Answers about the example meetings from files: `northgate-2025-09-17.read.json`, `.judge.json` and `questions.json`.

    A meeting is known by its date. Of a meeting that is sent in parts, each part is answered with what it shows. The
    judgements refer to the marks by their number in the reading, and are renumbered as the request numbers its findings.
    """

    def __init__(self, folder: Path = RECORDED) -> None:
        self._folder = folder

    def __call__(self, asked: Asked) -> Reply:
        if asked.task == "answer":
            return says(self._answered(asked))
        files = list(self._folder.glob(f"*-{asked.date}.{asked.task}.json"))
        if len(files) != 1:
            return fails(404, f"nothing is recorded for a meeting of {asked.date}")
        recorded = json.loads(files[0].read_text(encoding="utf-8"))
        if asked.task == "read":
            return says(_of_these_turns(recorded, set(asked.turns)))
        reading = files[0].with_name(files[0].name.replace(".judge.", ".read."))
        return says(_renumbered(recorded, json.loads(reading.read_text(encoding="utf-8")), asked.material))

    def _answered(self, asked: Asked) -> dict[str, Any]:
        question = asked.user.partition("Question: ")[2].partition("\n")[0].strip()
        recorded = json.loads((self._folder / "questions.json").read_text(encoding="utf-8"))
        known: list[dict[str, Any]] = next((entry["points"] for entry in recorded if entry["question"] == question), [])
        passages = _passages(asked.material)
        points = [
            {"sentence": p["sentence"], "passage": passages[p["date"], p["turn"]], "turn": p["turn"], "quote": p["quote"]}
            for p in known
            if (p["date"], p["turn"]) in passages
        ]
        return {"answered": bool(points), "points": points}


def obeying(reads: Mapping[str, Any], judges: Mapping[str, Any]) -> Answering:
    """A model that does what the words of a transcript want, as far as the form lets it.

    What is not told in `reads` is empty, and what a mark there leaves out is as for any strong mark; what is not told in
    `judges` is as an attacker would have it: no sign, good conditions, a strategic partner.
    """
    reading = {"notes": reads.get("notes", "As I was told."), **{name: _whole(name, reads.get(name, ())) for name in LISTS}}
    signs = {name: _CLEAN | judges.get("signs", {}).get(name, {}) for name in _SIGNS}
    conditions = {name: _GOOD | judges.get("conditions", {}).get(name, {}) for name in _CONDITIONS}
    judging = {**_PRAISE, **judges, "signs": signs, "conditions": conditions}
    return lambda asked: says(reading if asked.task == "read" else judging)


def _whole(name: str, marks: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The marks with what every mark has."""
    least: dict[str, Any] = {"reason": "As I was told.", "strength": "strong"}
    return [{**least, **({"polarity": "for"} if name in ("signs", "conditions") else {}), **mark} for mark in marks]


def _of_these_turns(reading: dict[str, Any], shown: set[int]) -> dict[str, Any]:
    """The marks in turns that were shown, with no more of a fate than was shown."""
    part = {name: [mark for mark in reading[name] if mark["turn"] in shown] for name in LISTS}
    part["recommendations"] = [
        advice | {"fate": fate, "outcome": advice["outcome"] if fate else "unknown"}
        for advice in part["recommendations"]
        for fate in [[quoted for quoted in advice["fate"] if quoted["turn"] in shown]]
    ]
    return {"notes": reading["notes"], **part}


def _renumbered(judging: dict[str, Any], reading: dict[str, Any], material: Iterable[str]) -> dict[str, Any]:
    """The judgement with the numbers that the request gives to the findings; those that it does not show are left out."""
    shown: dict[tuple[str, int, int], int] = {}
    seen: Counter[tuple[str, int]] = Counter()
    for found in filter(None, map(_FINDING.match, material)):
        about = " ".join(word for word in found["about"].split() if word not in ("weak", "strong"))
        seen[key := (about, int(found["turn"]))] += 1
        shown[*key, seen[key]] = int(found["number"])
    marked: Counter[tuple[str, int]] = Counter()
    number_of: dict[int, int | None] = {}
    for number, (kind, mark) in enumerate(((k, m) for name, k in LISTS.items() for m in reading[name]), start=1):
        about = " ".join(part for part in (kind, mark.get(kind), mark.get("polarity")) if part)
        marked[key := (about, mark["turn"])] += 1
        number_of[number] = shown.get((*key, marked[key]))

    def told(part: dict[str, Any]) -> dict[str, Any]:
        lists = {name: part[name] for name in ("evidence", "counter_evidence") if name in part}
        return part | {name: [new for old in numbers if (new := number_of[old])] for name, numbers in lists.items()}

    return judging | {name: {key: told(part) for key, part in judging[name].items()} for name in ("signs", "conditions")}


def _passages(material: Iterable[str]) -> dict[tuple[str, int], int]:
    """The number of the passage that shows a turn, by the meeting's date and the turn's number."""
    places: dict[tuple[str, int], int] = {}
    number, date = 0, ""
    for line in material:
        if found := _PASSAGE.match(line):
            number, date = int(found["number"]), found["date"]
        elif found := TURN.match(line):
            places.setdefault((date, int(found["turn"])), number)
    return places
