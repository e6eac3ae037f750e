"""What every engine promises, whatever reads: the offline one in the box, and the llm one over a server on loopback."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from analyzer import evidence
from analyzer.engines.base import Engine
from analyzer.engines.llm import Asked, Asker, LlmEngine, load_all
from analyzer.engines.offline import OfflineEngine
from analyzer.evidence import verify, verify_answers
from analyzer.model.findings import (
    Assessment,
    Claim,
    ClaimKind,
    ConditionId,
    Finding,
    Judgement,
    Level,
    Match,
    Polarity,
    Reading,
    SignId,
)
from analyzer.model.meetings import Meeting, Side
from analyzer.practice import Practice
from analyzer.soundness import sound
from analyzer.usecases.read import assess
from tests import talks
from vectorstore.embedders import BundledEmbedder

ANSWERS = Path(__file__).parents[1] / "data" / "engines" / "model-answers.json"
NOW = dt.datetime(2025, 11, 4, 9, 0, tzinfo=dt.UTC)
NOBODY = Practice(name="")


def model(request: Request) -> Response:
    """Answers as a model's server does, each form from the file."""
    body: dict[str, Any] = json.loads(request.data)
    asked = json.dumps(body.get("response_format") or body.get("tools"))
    form = "Answering" if '"answered"' in asked else "Judging" if '"stance"' in asked else "Reading"
    text = json.dumps(json.loads(ANSWERS.read_text(encoding="utf-8"))[form])
    said = {"role": "assistant", "content": text}
    usage = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
    choices = [{"index": 0, "message": said, "finish_reason": "stop"}]
    whole = {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": choices, "usage": usage}
    return Response(json.dumps(whole), content_type="application/json")


@pytest.fixture(params=["offline", "llm"])
def engine(request: pytest.FixtureRequest, httpserver: HTTPServer) -> Iterator[Engine]:
    if request.param == "offline":
        yield OfflineEngine(BundledEmbedder())
        return
    httpserver.expect_request("/v1/chat/completions", method="POST").respond_with_handler(model)
    model_there = Asked(model="m", base_url=httpserver.url_for("/v1"), timeout=10, retries=0, context_tokens=50_000)
    yield LlmEngine(Asker(model_there, lambda: "sk-test", load_all(None), None), None)


def read(engine: Engine, meeting: Meeting) -> tuple[tuple[Claim, ...], tuple[Finding, ...], Judgement]:
    claims = engine.read(meeting, NOBODY).claims
    findings, _ = verify(meeting, claims)
    return claims, findings, judge(engine, meeting, findings)


def judge(engine: Engine, meeting: Meeting, findings: tuple[Finding, ...]) -> Judgement:
    return engine.judge(meeting, Reading(findings=findings), NOBODY)


def assessment(engine: Engine, meeting: Meeting) -> Assessment:
    return assess(engine, meeting, NOBODY, lambda: NOW)


def raised(judgement: Judgement) -> list[SignId]:
    return [v.sign for v in judgement.signs if v.level in (Level.WEAK, Level.STRONG)]


def test_claims_name_turns_of_the_meeting_and_quote_words(engine: Engine) -> None:
    claims, findings, _ = read(engine, talks.meeting())
    assert claims
    assert all(claim.meeting == "m_talk" and 0 <= claim.turn < len(talks.TALK) and claim.quote.strip() for claim in claims)
    assert {f.claim.kind for f in findings} >= {ClaimKind.SIGN, ClaimKind.COMMITMENT, ClaimKind.OPENING}


def test_a_finding_quotes_the_turn_that_it_names(engine: Engine) -> None:
    meeting = talks.meeting()
    for finding in assessment(engine, meeting).findings:
        at = finding.evidence
        assert at.span is not None
        assert at.match is not Match.NOT_FOUND
        assert meeting.turns[at.turn].text[slice(*at.span)] == at.quote


def test_every_word_for_a_sign_is_theirs(engine: Engine) -> None:
    findings = assessment(engine, talks.meeting()).findings
    for_signs = [f for f in findings if f.claim.kind is ClaimKind.SIGN and f.claim.polarity is Polarity.FOR]
    assert for_signs
    assert {f.evidence.side for f in for_signs} == {Side.THEIRS}


def test_a_judgement_is_whole(engine: Engine) -> None:
    _, _, judgement = read(engine, talks.meeting())
    assert [v.sign for v in judgement.signs] == list(SignId)
    assert [v.condition for v in judgement.conditions] == list(ConditionId)
    assert judgement.stance_why
    assert all(v.why for v in judgement.signs)


def test_a_raised_sign_rests_on_evidence(engine: Engine) -> None:
    judged = assessment(engine, talks.meeting()).judgement
    assert all(v.evidence for v in judged.signs if v.level in (Level.WEAK, Level.STRONG))


def test_only_the_findings_that_were_given_are_evidence(engine: Engine) -> None:
    meeting = talks.meeting()
    _, findings, _ = read(engine, meeting)
    fewer = findings[::2]
    judgement = sound(judge(engine, meeting, fewer), fewer)
    used = [f for v in judgement.signs for f in (*v.evidence, *v.counter_evidence)]
    used += [f for v in judgement.conditions for f in v.evidence]
    assert all(f in fewer for f in used)


def test_nothing_is_raised_from_no_findings(engine: Engine) -> None:
    assert raised(sound(judge(engine, talks.meeting(), ()), ())) == []


@pytest.mark.parametrize("side", [Side.UNKNOWN, Side.OURS, Side.OTHER, Side.MIXED])
def test_no_sign_is_raised_where_nobody_is_known_to_be_theirs(engine: Engine, side: Side) -> None:
    result = assessment(engine, talks.everybody(side))
    assert raised(result.judgement) == []
    assert not any(f.claim.kind is ClaimKind.SIGN and f.claim.polarity is Polarity.FOR for f in result.findings)


@pytest.mark.parametrize(
    "said",
    [
        (),
        (("Howard Pell", Side.THEIRS, "Hello."),),
        (("Howard Pell", Side.THEIRS, "…"), ("Ines Duarte", Side.OURS, "?")),
        (("Howard Pell", Side.THEIRS, "word " * 3000),),
    ],
    ids=["no turns", "one word", "no words", "one endless turn"],
)
def test_odd_meetings_are_read_and_raise_nothing(engine: Engine, said: tuple[tuple[str, Side, str], ...]) -> None:
    result = assessment(engine, talks.meeting(said))
    assert raised(result.judgement) == []
    assert len(result.judgement.signs) == len(SignId)


def test_the_same_meeting_gets_the_same_reading(engine: Engine) -> None:
    first, again = assessment(engine, talks.meeting()), assessment(engine, talks.meeting())
    assert (first.findings, first.rejected, first.judgement) == (again.findings, again.rejected, again.judgement)
    assert first.engine == again.engine == engine.identity


def test_an_answer_quotes_a_turn_of_the_passages(engine: Engine) -> None:
    meeting = talks.meeting()
    claims = engine.answer("How are orders doing since the summer?", (talks.passage(meeting),))
    findings, rejected = verify_answers({meeting.id: meeting}, claims.claims)
    assert not rejected
    assert findings[0].evidence.turn == 11
    assert "down by a fifth" in findings[0].evidence.quote
    assert all(f.claim.kind is ClaimKind.ANSWER and f.claim.reason for f in findings)


def test_no_passages_give_no_answer(engine: Engine) -> None:
    assert evidence.verify_answers({}, engine.answer("How are orders doing?", ()).claims)[0] == ()
