"""The examples of a prompt as text: each looks as the real material does, followed by the answer that is wanted.

They run through the same rendering, and the findings of an example through the same verification, as a real meeting.
"""

import datetime as dt

from pydantic import ValidationError

from analyzer.engines.llm import material
from analyzer.engines.llm.schemas import FORMS
from analyzer.evidence import verify
from analyzer.model.findings import Claim, Finding
from analyzer.model.meetings import Meeting, Passage, Side, Speaker, Turn
from prompts import Example, Prompt, PromptError, faults

_MEETING = "example"
_DAY = dt.date(2024, 3, 5)
_SECONDS_A_TURN = 14.0


def texts(prompt: Prompt) -> tuple[str, ...]:
    """One text for each example of the prompt. Raises PromptError when an example is not what it should teach."""
    return tuple(_text(prompt.task, number, example) for number, example in enumerate(prompt.examples, start=1))


def meeting_of(example: Example) -> Meeting:
    """The invented meeting of an example, as any other meeting."""
    sides = {t.speaker: Side(t.side) for t in example.turns}
    return Meeting(
        id=_MEETING,
        slug=_MEETING,
        client_id=None,
        client_name="",
        date=_DAY,
        title="",
        revision=1,
        speakers=tuple(Speaker(name=name, side=side) for name, side in sides.items()),
        turns=tuple(
            Turn(ordinal=n, speaker=t.speaker, side=Side(t.side), text=t.text, start=n * _SECONDS_A_TURN)
            for n, t in enumerate(example.turns)
        ),
    )


def findings_of(example: Example) -> tuple[Finding, ...]:
    """The findings that an example of judging starts from. Raises PromptError for one that does not stand verification."""
    claims = [
        Claim(
            kind=f.kind,
            meeting=_MEETING,
            turn=f.turn,
            quote=f.quote,
            topic=f.topic,
            polarity=f.polarity,
            reason=f.reason,
            strength=f.strength,
        )
        for f in example.findings
    ]
    findings, rejected = verify(meeting_of(example), claims)
    if rejected or len(findings) != len(claims):
        raise PromptError(
            "judge/examples.yaml", f"has an example ({example.shows}) with a finding that its own words do not carry"
        )
    return findings


def _text(task: str, number: int, example: Example) -> str:
    meeting = meeting_of(example)
    if task == "answer":
        passage = Passage(id="p", meeting_id=_MEETING, revision=1, ordinal=0, turns=meeting.turns, date=_DAY)
        given = [f"Question: {example.question}", *material.passage_lines([passage])]
    else:
        given = [material.turn_line(turn) for turn in meeting.turns]
        if example.findings:
            given += ["Findings:", *(material.finding_line(n, f) for n, f in enumerate(findings_of(example), start=1))]
    try:
        answer = FORMS[task].model_validate(example.answer).model_dump_json()
    except ValidationError as error:
        what = f"has an answer (example {number}, {example.shows}) that is not in the form of {task}"
        raise PromptError(f"{task}/examples.yaml", f"{what}: {faults(error)}") from error
    return "\n".join((f"## Example {number}: {example.shows}", *given, "Answer:", answer))
