"""What would be sent to a model, in words."""

from analyzer.cli.output import console
from analyzer.model.sending import PlannedMeeting, ReadingPlan
from analyzer.rendering import sending


def test_one_call_is_one_call() -> None:
    row = PlannedMeeting(meeting="m_1", slug="acme-2026-03-04", parts=1, calls=1, input_tokens=2_000)
    out = console()
    with out.capture() as captured:
        out.print(sending.plan(ReadingPlan(meetings=(row,), model="m1", server="a.example", privacy="names")))
    assert "In all 1 call and about 2,000 tokens to a.example" in captured.get()
