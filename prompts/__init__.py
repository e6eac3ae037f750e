"""The prompts: one folder a task with `system.md`, `user.md` and `examples.yaml`.

The files hold the wording, `analyzer.signs` holds the definitions, and both meet here. A prompt's version is a hash of
all that shapes it: its files and the texts of `analyzer.signs` that stand in it.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Template
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from analyzer import signs
from analyzer.model.findings import ClaimKind, Polarity, Strength

TASKS = ("read", "judge", "answer")
_DEFINITIONS = {
    "read": frozenset({"signs", "openings", "conditions"}),
    "judge": frozenset({"levels", "openings", "conditions"}),
    "answer": frozenset[str](),
}
_FACTS = frozenset({"date", "title", "ours", "theirs", "others"})
_VARIABLES = {
    "read": _FACTS | {"offers", "part", "begin", "turns", "end"},
    "judge": _FACTS | {"offers", "length", "begin", "turns", "findings", "end"},
    "answer": frozenset({"question", "begin", "passages", "end"}),
}


class PromptError(Exception):
    """A prompt's files cannot be used: a variable that is unknown or missing, or an example that is no example."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ExampleTurn(_Strict):
    """One turn of an invented meeting; turns are numbered by their order."""

    side: Literal["ours", "theirs"]
    speaker: str
    text: str


class ExampleFinding(_Strict):
    """One verified finding that an example of judging starts from; findings are numbered by their order."""

    kind: ClaimKind
    topic: str
    polarity: Polarity
    strength: Strength
    turn: int
    quote: str
    reason: str


class Example(_Strict):
    """An invented meeting with the answer that is wanted; `shows` says in a line what it teaches."""

    shows: str
    turns: tuple[ExampleTurn, ...]
    findings: tuple[ExampleFinding, ...] = ()
    question: str = ""
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One task's prompt: `system` has its definitions filled in, `user` is filled in by `ask`."""

    task: str
    system: str
    user: str
    examples: tuple[Example, ...]
    version: str

    def ask(self, **values: str) -> str:
        """The user message. Raises KeyError for a variable without a value, PromptError for one that it does not have."""
        unknown = values.keys() - _VARIABLES[self.task]
        if unknown:
            raise PromptError(f"{self.task}/user.md has no variable {', '.join(sorted(unknown))}")
        return Template(self.user).substitute(values)


def load(task: str, root: Traversable | None = None) -> Prompt:
    """The prompt of one task, from the package or from a folder of one's own. Raises PromptError when it is wrong."""
    folder = (root or files(__name__)) / task
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in ("system.md", "user.md", "examples.yaml")}
    _check_variables(f"{task}/system.md", texts["system.md"], _DEFINITIONS[task])
    _check_variables(f"{task}/user.md", texts["user.md"], _VARIABLES[task])
    definitions = _definitions()
    system = Template(texts["system.md"]).substitute({name: definitions[name] for name in _DEFINITIONS[task]})
    shaped_by = "\x00".join((system, texts["user.md"], texts["examples.yaml"]))
    return Prompt(
        task=task,
        system=system.strip(),
        user=texts["user.md"].strip(),
        examples=_examples(f"{task}/examples.yaml", texts["examples.yaml"]),
        version=hashlib.sha256(shaped_by.encode()).hexdigest()[:12],
    )


def _check_variables(name: str, text: str, known: frozenset[str]) -> None:
    template = Template(text)
    if not template.is_valid():
        raise PromptError(f"{name} has a $ that is no variable; write $$ for the sign itself")
    used = set(template.get_identifiers())
    if used - known:
        raise PromptError(f"{name} has an unknown variable {', '.join(sorted(used - known))}; known: {', '.join(sorted(known))}")
    if known - used:
        raise PromptError(f"{name} lacks the variable {', '.join(sorted(known - used))}")


def _examples(name: str, text: str) -> tuple[Example, ...]:
    try:
        return tuple(Example.model_validate(entry) for entry in yaml.safe_load(text) or ())
    except (yaml.YAMLError, ValidationError, TypeError) as error:
        raise PromptError(f"{name} cannot be read: {error}") from error


def _definitions() -> dict[str, str]:
    """The texts of `analyzer.signs` as the prompts show them."""
    return {
        "signs": "\n\n".join(
            _part(
                f"`{s.id}`: {s.title}",
                s.definition,
                ("It counts when", s.counts),
                ("Near misses, which are not it", s.near_misses),
            )
            for s in signs.SIGNS
        ),
        "levels": "\n\n".join(
            _part(
                f"`{s.id}`: {s.title}",
                s.definition,
                ("It counts when", s.counts),
                ("Near misses, which are not it", s.near_misses),
                ("Levels", (f"`weak`: {s.weak}", f"`strong`: {s.strong}")),
                ("A question that has served well", (s.question,)),
            )
            for s in signs.SIGNS
        ),
        "openings": "\n\n".join(
            _part(f"`{o.id}`: {o.title}", o.definition, ("Near misses, which are not it", o.near_misses)) for o in signs.OPENINGS
        ),
        "conditions": "\n\n".join(
            _part(f"`{c.id}`: {c.title}", c.question, ("Values", (f"`yes`: {c.yes}", f"`mixed`: {c.mixed}", f"`no`: {c.no}")))
            for c in signs.CONDITIONS
        ),
    }


def _part(title: str, text: str, *lists: tuple[str, Iterable[str]]) -> str:
    """A heading, a text, and lists that each have a line above them."""
    lines = [f"### {title}", text]
    for above, items in lists:
        lines += [f"{above}:", *(f"- {item}" for item in items)]
    return "\n".join(lines)
