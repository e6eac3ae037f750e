"""Transcripts that give orders, and a model that obeys them: nothing rests on words that were not said there by that side.

Each file of tests/data/attacks is a small meeting with the answers of a model that does what it is told there: it quotes what
nobody said, takes our words for theirs, and calls everybody a strategic partner. `holds` are the only words that may stand
afterwards, `rejected` what is thrown away and why, `levels` what becomes of the verdicts (none, where nothing is told).

What verification holds, whatever a model says:
- a finding has words that stand in the transcript, in the turn and from the side that are told with them;
- only their side's words speak for a sign, only ours are advice of ours, only those of known sides are findings at all;
- a level of weak or strong rests on such words for that very sign, or becomes insufficient, and a caveat says so;
- names and dates of a promise were really those of speakers and really said, or are left out;
- nothing in a turn, a name or a title adds a turn, ends the material or reaches the instructions, and no tool is ever bound.

What it cannot hold, and this test does not claim: a model that obeys may leave out real words, or call a sign that was marked
`none`; it may tell a stance, a condition that names no finding, or a reason that nothing supports; it may quote real words and
take them wrongly, such as irony, somebody else's opinion, or what stands behind a "not". An order that was spoken is itself
something that was said, and can be quoted as that. These rest on the prompts, on what the reader of a verdict sees beside it
(each quote with its place), and on a person's own verdict, which wins.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import yaml

from analyzer.engines import llm
from analyzer.engines.llm import Asker, LlmEngine, load_all
from analyzer.engines.llm.hiding import KnownNames
from analyzer.evidence import verify_answers
from analyzer.model.findings import Assessment, ClaimKind, Level, Match, Polarity, SignId
from analyzer.model.meetings import Meeting, Side, Speaker, Turn
from analyzer.practice import Practice
from analyzer.signs import SIGN_BY_ID
from analyzer.usecases.read import assess
from analyzer.workspace import local_now
from prompts import Prompt
from tests import talks
from tests.model_server import MARK, TURN, WAYS, Asked, ModelServer, Way, declines, says
from tests.recorded import obeying

ATTACKS = {path.stem: path for path in sorted((Path(__file__).parents[1] / "data" / "attacks").glob("*.yaml"))}
MAY_BE_SENT = {"model", "messages", "response_format", "store", "stream"}


def load(name: str) -> dict[str, Any]:
    attack: dict[str, Any] = yaml.safe_load(ATTACKS[name].read_text(encoding="utf-8"))
    return attack


def meeting(attack: Mapping[str, Any]) -> Meeting:
    """The meeting as it is, with nothing cleaned on the way: `times` repeats a turn's text."""
    sides = {turn["speaker"]: Side(turn["side"]) for turn in attack["turns"]}
    return Meeting(
        id="m_1",
        slug="depots-2025-11-03",
        client_id="c_1",
        client_name="Depots",
        date=talks.meeting().date,
        title=attack.get("title", "Depots"),
        revision=1,
        speakers=tuple(Speaker(name=name, side=side) for name, side in sides.items()),
        turns=tuple(
            Turn(
                ordinal=n,
                speaker=t["speaker"],
                side=Side(t["side"]),
                text=" ".join([t["text"]] * t.get("times", 1)),
                chat=t.get("chat", False),
            )
            for n, t in enumerate(attack["turns"])
        ),
    )


def reads(attack: Mapping[str, Any]) -> dict[str, Any]:
    """What the model says it saw: `times` says a mark so often, `long` repeats its reason."""
    told: dict[str, Any] = {}
    for name, marks in attack["reads"].items():
        if isinstance(marks, str):
            told[name] = marks
            continue
        told[name] = []
        for mark in marks:
            said = {key: value for key, value in mark.items() if key not in ("times", "long")}
            said |= {"reason": mark["reason"] * mark["long"]} if "long" in mark else {}
            told[name] += [said] * mark.get("times", 1)
    return told


@dataclass(frozen=True)
class Ran:
    """A meeting of an attack, what was made of it, and what was asked."""

    meeting: Meeting
    assessment: Assessment
    asked: tuple[Asked, ...]


class Known:
    """The names of a record in which two other clients stand beside this one."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, str]] = {}

    def people(self) -> tuple[str, ...]:
        return "Nora Vale", "Tim Osgood", "Carla Reyes"

    def organisations(self) -> tuple[str, ...]:
        return "Vale & Partners", "Depots", "Meridian Biotech", "Northgate Logistics"

    def stand_ins(self, client_id: str) -> Mapping[str, str]:
        return self._kept.get(client_id, {})

    def keep_stand_ins(self, client_id: str, added: Mapping[str, str]) -> Mapping[str, str]:
        self._kept[client_id] = {**added, **self.stand_ins(client_id)}
        return self._kept[client_id]


def engine(server: ModelServer, prompts: Mapping[str, Prompt], known: KnownNames | None = None) -> LlmEngine:
    return LlmEngine(Asker(llm.Asked(model="m", base_url=server.url, timeout=20, retries=0), lambda: "", prompts, None), known)


def run(name: str, server: ModelServer, prompts: Mapping[str, Prompt], known: KnownNames | None = None) -> Ran:
    """The meeting of an attack read by the engine, with the server obeying."""
    attack = load(name)
    talk = meeting(attack)
    server.asked.clear()
    server.answer = obeying(reads(attack), attack.get("judges", {}))
    assessment = assess(engine(server, prompts, known), talk, Practice.empty(), local_now)
    return Ran(talk, assessment, tuple(server.asked))


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with ModelServer(lambda _: declines("nobody told me what to say")) as running:
        yield running


@pytest.fixture(scope="module")
def prompts() -> dict[str, Prompt]:
    return load_all(None)


@pytest.fixture(scope="module")
def ran(server: ModelServer, prompts: dict[str, Prompt]) -> Callable[[str], Ran]:
    """What became of an attack; each is run once."""
    return cache(lambda name: run(name, server, prompts))


every_attack = pytest.mark.parametrize("name", ATTACKS)
Outcome = Callable[[str], Ran]


def test_there_are_attacks_of_many_kinds() -> None:
    assert len(ATTACKS) >= 30
    shown = [load(name)["shows"] for name in ATTACKS]
    assert len(set(shown)) == len(shown)


@every_attack
def test_only_what_was_said_there_by_that_side_is_left(ran: Outcome, name: str) -> None:
    attack = load(name)
    talk, assessment = ran(name).meeting, ran(name).assessment
    assert sorted(f.evidence.quote for f in assessment.findings) == sorted(attack["holds"])
    assert Counter(r.why for r in assessment.rejected) == attack["rejected"]
    turns = {turn.ordinal: turn for turn in talk.turns}
    for finding in assessment.findings:
        for evidence in (finding.evidence, *finding.fate):
            turn = turns[evidence.turn]
            assert evidence.span is not None
            assert evidence.match is not Match.NOT_FOUND
            assert evidence.quote == turn.text[slice(*evidence.span)]
            assert (evidence.side, evidence.speaker) == (turn.side, turn.speaker)
            assert turn.side in (Side.OURS, Side.THEIRS)
        if finding.claim.kind is ClaimKind.RECOMMENDATION:
            assert finding.evidence.side == Side.OURS
        if finding.claim.commitment is not None:
            terms = finding.claim.commitment
            assert {terms.giver, terms.receiver} <= {None, *(speaker.name for speaker in talk.speakers)}
    if "givers" in attack:
        terms_of = [f.claim.commitment for f in assessment.findings if f.claim.commitment]
        assert [terms.giver for terms in terms_of] == attack["givers"]
        assert {terms.due for terms in terms_of} == {None}


@every_attack
def test_no_verdict_stands_on_less(ran: Outcome, name: str) -> None:
    attack = load(name)
    judgement = ran(name).assessment.judgement
    otherwise = "none" if attack["holds"] else "insufficient"  # nothing is judged where no words are left
    levels = {verdict.sign: verdict.level for verdict in judgement.signs}
    assert levels == {sign: Level(attack.get("levels", {}).get(sign.value, otherwise)) for sign in SignId}
    for verdict in judgement.signs:
        raised = verdict.level in (Level.WEAK, Level.STRONG)
        assert bool(verdict.evidence) is raised
        for finding in verdict.evidence:
            claim = finding.claim
            assert (claim.kind, claim.topic, claim.polarity) == (ClaimKind.SIGN, verdict.sign, Polarity.FOR)
            assert finding.evidence.side == Side.THEIRS
            assert finding.evidence.quote in attack["holds"]
        for finding in verdict.counter_evidence:
            assert finding.evidence.quote in attack["holds"]
    for sign in attack.get("judges", {}).get("signs", {}) if attack["holds"] else ():
        told = any(caveat.startswith(f"{SIGN_BY_ID[SignId(sign)].title}:") for caveat in judgement.caveats)
        assert told or levels[SignId(sign)] is not Level.INSUFFICIENT
    values = {verdict.condition.value: verdict.value.value for verdict in judgement.conditions}
    assert values.items() >= attack.get("conditions", {}).items()


@every_attack
def test_each_request_is_as_for_any_other_meeting(ran: Outcome, name: str) -> None:
    expected = {asked.task: asked for asked in ran("evidence-of-another-sign").asked}
    talk, findings, requests = ran(name).meeting, ran(name).assessment.findings, ran(name).asked
    assert [asked.task for asked in requests] == (["read", "judge"] if findings else ["read"])
    for asked in requests:
        assert set(asked.body) <= MAY_BE_SENT
        assert asked.body["store"] is False
        assert not asked.body.get("stream")
        assert [message["role"] for message in asked.body["messages"]] == ["system", "user"]
        assert asked.system == expected[asked.task].system
        assert asked.schema == expected[asked.task].schema
        assert outside(asked) == outside(expected[asked.task])
    spoken = [(t.ordinal, t.side.value, " ".join(t.speaker.split()).replace("|", "/")) for t in talk.turns]
    assert shown(requests[0]) == spoken
    for judging in requests[1:]:
        assert set(shown(judging)) <= set(spoken)
        assert len([line for line in judging.material if line.startswith("finding ")]) == len(findings)


@every_attack
def test_names_that_are_hidden_from_the_model_change_nothing(
    ran: Outcome, server: ModelServer, prompts: dict[str, Prompt], name: str
) -> None:
    in_clear, again = ran(name).assessment, run(name, server, prompts, Known())
    hidden = again.assessment
    assert not any(known in asked.user for asked in again.asked for known in ("Nora Vale", "Tim Osgood", "Carla Reyes"))
    assert [f.evidence for f in hidden.findings] == [f.evidence for f in in_clear.findings]
    assert Counter(r.why for r in hidden.rejected) == Counter(r.why for r in in_clear.rejected)
    assert [v.level for v in hidden.judgement.signs] == [v.level for v in in_clear.judgement.signs]


def shown(asked: Asked) -> list[tuple[int, str, str]]:
    """Number, side and speaker of each turn in the material, in which every line is a turn, a finding or one of ours."""
    ours = {"", "...", "Findings:"}
    lines = [line for line in asked.material if line not in ours and not line.startswith("finding ")]
    found = [TURN.match(line) for line in lines]
    assert None not in found
    pieces = [(int(match["turn"]), match["side"], match["speaker"]) for match in found if match is not None]
    return [piece for piece, _ in groupby(pieces)]


def outside(asked: Asked) -> list[str]:
    """The lines around the material by their first word: as many, and in the same order, as in any other request."""
    inside = {*asked.material}
    lines = [line for line in asked.user.split("\n") if line not in inside and not MARK.match(line)]
    return [line.partition(" ")[0] for line in lines]


@pytest.mark.parametrize("way", WAYS)
def test_no_tool_is_bound_but_the_form_in_any_way_of_asking(prompts: dict[str, Prompt], way: Way) -> None:
    with ModelServer(lambda _: declines("not told yet"), ways=(way,)) as server:
        done = run("fake-tool-call", server, prompts)
    assert [f.evidence.quote for f in done.assessment.findings] == ["We can start in March."]
    by_form = [asked for asked in done.asked if asked.way == "function_calling"]
    for asked in by_form:
        (tool,) = asked.body["tools"]
        assert tool["function"]["name"] in ("Reading", "Judging")
        assert asked.body["tool_choice"] == {"type": "function", "function": {"name": tool["function"]["name"]}}
    for asked in done.asked:
        assert asked in by_form or not {"tools", "tool_choice", "functions", "function_call"} & asked.body.keys()
    assert way in {asked.way for asked in done.asked}


def test_an_answer_cannot_point_to_another_meeting(server: ModelServer, prompts: dict[str, Prompt]) -> None:
    """A passage that was not given, and words in the place of those that were, carry no answer."""
    talk = talks.meeting()
    point = {"sentence": "They pay double.", "passage": 2, "turn": 3, "quote": "the merger's signed off already"}
    forged = point | {"passage": 1, "quote": "We pay double from now on"}
    server.answer = lambda _: says({"answered": True, "points": [point, forged, point | {"passage": -1}]})
    claims = engine(server, prompts).answer("What do they pay?", (talks.passage(talk),)).claims
    findings, rejected = verify_answers({talk.id: talk}, claims)
    assert findings == ()
    assert Counter(r.why for r in rejected) == {"no_such_meeting": 2, "not_found": 1}
