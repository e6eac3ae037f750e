"""The prompts that a run uses: the packaged ones with a person's own copies laid over them, checked before use.

An own copy that would not work is refused here, before anything is sent: a variable that is missing, an example that is
not in its form, a quote that its own example does not carry.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

import prompts
from analyzer.engines.llm import material, shots
from analyzer.engines.llm.claims import answers_of, claims_of
from analyzer.engines.llm.schemas import Answering, Judging, Reading
from analyzer.errors import PromptUnusable
from analyzer.evidence import verify_answers
from analyzer.model.findings import Claim, ClaimKind, Finding
from analyzer.model.meetings import Passage
from prompts import FILES, TASKS, Example, Prompt, PromptError

__all__ = ["FILES", "TASKS", "Texts", "check", "digest", "load_all", "own_files", "packaged", "texts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """A prompt as the model gets it: `system` with its definitions and examples, `user` with `$names` for what each call adds.

    `tokens` is roughly what both take before any meeting stands in them.
    """

    system: str
    user: str
    version: str
    tokens: int


def load_all(own: Path | None) -> dict[str, Prompt]:
    """The prompt of every task; `own` is the folder of a person's copies. Raises PromptUnusable for one that would not work."""
    return {task: check(task, own) for task in TASKS}


def check(task: str, own: Path | None) -> Prompt:
    """The prompt of a task, sure to work. Raises PromptUnusable with the file, the reason and the next step."""
    if not own_files(task, own):
        return prompts.load(task)  # what is packaged was checked before it was packaged
    try:
        prompt = prompts.load(task, own)
        shots.texts(prompt)
        for number, example in enumerate(prompt.examples, start=1):
            _check_example(task, number, example)
    except PromptError as error:
        part = error.file.rpartition("/")[2].partition(".")[0]
        edit, reset = f"`analyzer prompts edit {task} --file {part}`", f"`analyzer prompts reset {task}`"
        raise PromptUnusable(
            f"your copy of a prompt cannot be used: {error}",
            f"{edit} opens it; {reset} goes back to the packaged one",
            file=error.file,
        ) from error
    return prompt


def texts(task: str, own: Path | None) -> Texts:
    """The prompt of a task in full. Raises PromptUnusable."""
    prompt = check(task, own)
    system = "\n\n".join((prompt.system, *shots.texts(prompt)))
    return Texts(
        system=system, user=prompt.user, version=prompt.version, tokens=material.tokens(system) + material.tokens(prompt.user)
    )


def own_files(task: str, own: Path | None) -> tuple[str, ...]:
    """The files of this task of which there is an own copy."""
    return () if own is None else tuple(name for name in FILES if (own / task / name).exists())


def packaged(task: str, name: str) -> str:
    """The text of a file as it comes with the program."""
    return prompts.packaged(task, name)


def digest(text: str) -> str:
    """A short hash that tells whether a text has changed."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _check_example(task: str, number: int, example: Example) -> None:
    """Every quote of the wanted answer must stand where the answer says, as it would have to in a real meeting."""
    told = f"has an example ({number}, {example.shows})"
    meeting = shots.meeting_of(example)
    claims: Sequence[Claim]
    if task == "judge":
        _check_references(told, Judging.model_validate(example.answer), shots.findings_of(example))
        return
    if task == "read":
        claims = claims_of(Reading.model_validate(example.answer), meeting.id)
    else:
        passage = Passage(id="p", meeting_id=meeting.id, revision=1, ordinal=0, turns=meeting.turns, date=meeting.date)
        claims = answers_of(Answering.model_validate(example.answer), [passage])
    rejected = verify_answers({meeting.id: meeting}, claims, example.question)[1]
    if rejected:
        first = rejected[0]
        why = f"{first.why.replace('_', ' ')}, turn {first.claim.turn}"
        raise PromptError(f"{task}/examples.yaml", f"{told} that wants words which do not stand ({why}): “{first.claim.quote}”")


def _check_references(told: str, judging: Judging, findings: Sequence[Finding]) -> None:
    """The numbers of a judgement must be those of its findings, and those of a sign must speak for it."""
    parts: Iterable[tuple[str, Any]] = [*_fields(judging.signs), *_fields(judging.conditions)]
    for topic, part in parts:
        for number in (*part.evidence, *getattr(part, "counter_evidence", ())):
            if not 1 <= number <= len(findings):
                what = f"{told} that refers to finding {number} for {topic}; there are {len(findings)}"
                raise PromptError("judge/examples.yaml", what)
    for topic, sign in _fields(judging.signs):
        cited = [findings[number - 1].claim for number in sign.evidence]
        if any((c.kind, c.topic, c.polarity) != (ClaimKind.SIGN, topic, "for") for c in cited):
            raise PromptError("judge/examples.yaml", f"{told} that rests {topic} on a finding that does not speak for it")


def _fields(form: BaseModel) -> list[tuple[str, Any]]:
    return [(name, getattr(form, name)) for name in type(form).model_fields]
