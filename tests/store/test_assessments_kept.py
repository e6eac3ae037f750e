import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.model.findings import (
    Assessment,
    ConditionVerdict,
    EngineId,
    Evidence,
    Finding,
    Judgement,
    Rejected,
    SignVerdict,
)
from analyzer.model.meetings import Side, Speaker
from analyzer.store import NewMeeting, Store

ZONES = st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=5, minutes=30)), dt.timezone(-dt.timedelta(hours=8))])
ENGINES = st.builds(EngineId, name=st.just("offline"))
TIMES = st.datetimes(timezones=ZONES).map(lambda time: time.replace(fold=0))  # a fold means nothing where offsets are fixed
USAGE = st.dictionaries(st.text(), st.integers(0), max_size=2)


def few(made: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Up to two: with as many as there might be, to make one assessment takes a second."""
    return st.lists(made, max_size=2).map(tuple)


FINDINGS = few(st.builds(Finding, fate=few(st.builds(Evidence, moved_from=..., heard_at=...))))
JUDGEMENTS = st.builds(
    Judgement,
    signs=few(st.builds(SignVerdict, score=..., known=..., evidence=FINDINGS, counter_evidence=FINDINGS)),
    conditions=few(st.builds(ConditionVerdict, evidence=FINDINGS)),
    usage=USAGE,
)
ASSESSMENTS = st.builds(
    Assessment,
    engine=ENGINES,
    read_at=TIMES,
    findings=FINDINGS,
    rejected=few(st.builds(Rejected)),
    judgement=JUDGEMENTS,
    usage=USAGE,
    parameters=st.dictionaries(st.text(), st.text(), max_size=2),
    seconds=...,
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, str]]:
    path: Path = tmp_path_factory.mktemp("record") / "record.sqlite3"
    with Store.open(path) as store:
        meeting = store.add_meeting(
            NewMeeting(
                client_id=None,
                date=dt.date(2026, 1, 1),
                title="",
                format="text",
                file_name="a.txt",
                original=b"A: hello",
                speakers=(Speaker(name="A", side=Side.THEIRS),),
                utterances=(),
            )
        )
        yield store, meeting.id


@given(ASSESSMENTS)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_assessment_comes_back_equal(filled: tuple[Store, str], made: Assessment) -> None:
    store, meeting_id = filled
    saved = replace(made, meeting=meeting_id, revision=1)
    store.save_assessment(saved)
    # By repr: it tells an enum from its text, and a score that is no number equals itself.
    assert repr(store.assessments([meeting_id])) == repr((saved,))
