"""The answers recorded for the examples are held to what any model's answers are held to."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest

from analyzer import evidence
from analyzer.engines.llm.claims import answers_of, claims_of, judgement_of
from analyzer.engines.llm.schemas import Answering, Judging, Reading
from analyzer.model.findings import Claim, ClaimKind, Finding, Level, Match, Rejected, SignId
from analyzer.model.meetings import Meeting, Passage, Turn
from analyzer.practice import load
from analyzer.soundness import sound
from analyzer.transcripts.reading import read_file
from analyzer.transcripts.sides import assign
from tests.recorded import RECORDED
from tests.running import EXAMPLES

STEMS = tuple(sorted(path.name.removesuffix(".read.json") for path in RECORDED.glob("*.read.json")))
every_meeting = pytest.mark.parametrize("stem", STEMS)


@cache
def meetings() -> dict[str, Meeting]:
    """The example meetings by series and date, numbered and with sides as an upload has them."""
    practice = load(EXAMPLES / "practice.toml")
    found = {}
    for path in EXAMPLES.glob("*/*"):
        read = read_file(path.name, path.read_bytes())
        speakers = assign(read.speakers, practice=practice, declared_us=read.us, declared_them=read.them, roles=read.roles)
        side = {speaker.name: speaker.side for speaker in speakers}
        assert read.date is not None
        stem = f"{path.parent.name}-{read.date}"
        found[stem] = Meeting(
            id=stem,
            slug=stem,
            client_id=path.parent.name,
            client_name=path.parent.name,
            date=read.date,
            title=read.title or "",
            revision=1,
            speakers=speakers,
            turns=tuple(
                Turn(ordinal=n, speaker=u.speaker, side=side[u.speaker], text=u.text, start=u.start, chat=u.chat)
                for n, u in enumerate(read.utterances)
            ),
        )
    return found


def recorded(name: str) -> Any:
    return json.loads((RECORDED / name).read_text(encoding="utf-8"))


@cache
def reading(stem: str) -> tuple[tuple[Claim, ...], tuple[Finding, ...], tuple[Rejected, ...]]:
    claims = claims_of(Reading.model_validate(recorded(f"{stem}.read.json")), stem)
    return claims, *evidence.verify(meetings()[stem], claims)


def numbers(judging: Judging) -> Iterable[int]:
    for part in (judging.signs, judging.conditions):
        for name in type(part).model_fields:
            judged = getattr(part, name)
            yield from (*judged.evidence, *getattr(judged, "counter_evidence", ()))


def test_every_example_has_a_reading_and_a_judgement() -> None:
    assert set(STEMS) == set(meetings())
    assert {path.name.removesuffix(".judge.json") for path in RECORDED.glob("*.judge.json")} == set(STEMS)


@every_meeting
def test_every_quote_was_said_exactly_so_in_its_turn(stem: str) -> None:
    _, findings, rejected = reading(stem)
    assert rejected == ()
    assert {finding.evidence.match for finding in findings} == {Match.EXACT}
    assert [finding for finding in findings if finding.evidence.moved_from is not None] == []


@every_meeting
def test_no_mark_says_the_same_as_another(stem: str) -> None:
    claims, findings, _ = reading(stem)
    assert len(findings) == len(claims)


@every_meeting
def test_names_in_promises_and_follow_ups_are_those_of_speakers(stem: str) -> None:
    claims, findings, _ = reading(stem)
    assert [f.claim.commitment for f in findings] == [c.commitment for c in claims]
    assert [f.claim.follow_up for f in findings] == [c.follow_up for c in claims]


@every_meeting
def test_an_outcome_of_advice_rests_on_words_and_an_unknown_one_on_none(stem: str) -> None:
    for finding in reading(stem)[1]:
        terms = finding.claim.recommendation
        if terms is not None:
            assert bool(finding.fate) is (terms.outcome.value != "unknown"), terms.what


@every_meeting
def test_every_number_of_a_judgement_is_that_of_a_finding_and_its_levels_stand(stem: str) -> None:
    findings = reading(stem)[1]
    judging = Judging.model_validate(recorded(f"{stem}.judge.json"))
    assert set(numbers(judging)) <= set(range(1, len(findings) + 1))
    judgement = judgement_of(judging, findings)
    assert sound(judgement, findings) == judgement
    for verdict in judgement.signs:
        raised = verdict.level in (Level.WEAK, Level.STRONG)
        assert bool(verdict.evidence) is raised
        assert bool(verdict.question) is raised
        assert verdict.level is not Level.INSUFFICIENT


@every_meeting
def test_a_sign_that_was_marked_is_weighed(stem: str) -> None:
    """Whatever the reader marked for or against a sign is named in its verdict, on one side or the other."""
    findings = reading(stem)[1]
    judgement = judgement_of(Judging.model_validate(recorded(f"{stem}.judge.json")), findings)
    for sign in SignId:
        marked = [f for f in findings if (f.claim.kind, f.claim.topic) == (ClaimKind.SIGN, sign)]
        verdict = next(v for v in judgement.signs if v.sign is sign)
        assert not marked or set(marked) & {*verdict.evidence, *verdict.counter_evidence}


def test_every_point_of_an_answer_was_said() -> None:
    by_date = {str(meeting.date): meeting for meeting in meetings().values()}
    for entry in recorded("questions.json"):
        told = [by_date[point["date"]] for point in entry["points"]]
        passages = [Passage(id="p", meeting_id=m.id, revision=1, ordinal=0, turns=m.turns, date=m.date) for m in told]
        points = [
            {"sentence": p["sentence"], "passage": number, "turn": p["turn"], "quote": p["quote"]}
            for number, p in enumerate(entry["points"], start=1)
        ]
        answering = Answering.model_validate({"answered": bool(points), "points": points})
        findings, rejected = evidence.verify_answers(meetings(), answers_of(answering, passages))
        assert rejected == ()
        assert [f.evidence.turn for f in findings] == [p["turn"] for p in points]
