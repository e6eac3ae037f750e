"""The prompts: one folder a task with `system.md`, `user.md` and `examples.yaml`.

The files hold the wording, `analyzer.signs` holds the definitions, and both meet here. A person may keep copies of some of
these files in a folder of their own; they count instead of ours. A prompt's version is a hash of all that shapes it: the
files that count and the texts of `analyzer.signs` that stand in them.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from analyzer import signs
from analyzer.model.findings import ClaimKind, Polarity, Strength

TASKS = ("read", "judge", "answer")
FILES = ("system.md", "user.md", "examples.yaml")
_DEFINITIONS = {
    "read": frozenset({"signs", "openings", "conditions"}),
    "judge": frozenset({"levels", "openings", "conditions"}),
    "answer": frozenset[str](),
}
_FACTS = frozenset({"date", "title", "ours", "theirs", "others"})
_VARIABLES = {
    "read": _FACTS | {"offers", "part", "begin", "turns", "end"},
    "judge": _FACTS | {"offers", "length", "begin", "turns", "findings", "notes", "end"},
    "answer": frozenset({"question", "begin", "earlier", "passages", "end"}),
}
_BETWEEN_THE_MARKS = frozenset({"turns", "findings", "earlier", "passages"})


class PromptError(Exception):
    """A file (`read/system.md`) cannot be used: a variable that is unknown or missing, or an example that is no example."""

    def __init__(self, file: str, what: str) -> None:
        super().__init__(f"{file} {what}")
        self.file = file


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
            raise PromptError(f"{self.task}/user.md", f"has no variable {', '.join(sorted(unknown))}")
        return Template(self.user).substitute(values)


def load(task: str, own: Path | None = None) -> Prompt:
    """The prompt of one task; what stands under `own` (`own/read/system.md`) counts instead of the packaged file.

    Raises PromptError when a file is wrong.
    """
    texts = {name: _text(task, name, own) for name in FILES}
    _check_variables(f"{task}/system.md", texts["system.md"], _DEFINITIONS[task])
    _check_variables(f"{task}/user.md", texts["user.md"], _VARIABLES[task])
    _check_marks(f"{task}/user.md", texts["user.md"])
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


def packaged(task: str, name: str) -> str:
    """The text of one file as it comes with the program."""
    return (files(__name__) / task / name).read_text(encoding="utf-8")


def faults(error: ValidationError) -> str:
    """What is wrong with a value, on one line: the first three faults, each with its place."""
    told = [f"{'.'.join(map(str, fault['loc'])) or 'all of it'}: {fault['msg']}" for fault in error.errors()]
    more = f" (and {len(told) - 3} more)" if len(told) > 3 else ""  # noqa: PLR2004 as many as one line bears
    return "; ".join(told[:3]) + more


def _text(task: str, name: str, own: Path | None) -> str:
    """The text of the file that counts. An own one may have been written by any editor: a byte order mark is no word of it."""
    path = None if own is None else own / task / name
    if path is None or not path.exists():
        return packaged(task, name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise PromptError(f"{task}/{name}", "is not UTF-8 text") from error
    except OSError as error:
        raise PromptError(f"{task}/{name}", f"cannot be read: {error.strerror}") from error
    if not text.strip():
        raise PromptError(f"{task}/{name}", "is empty")
    return text


def _check_marks(name: str, text: str) -> None:
    """The marks say where material begins and ends; words of others that stood outside could pass for instructions."""
    places = [(match["named"] or match["braced"] or "", match.start()) for match in Template.pattern.finditer(text)]
    begin, *more = [at for variable, at in places if variable == "begin"]
    end, *further = [at for variable, at in places if variable == "end"]
    inside = all(begin < at < end for variable, at in places if variable in _BETWEEN_THE_MARKS)
    if more or further or not inside:
        raise PromptError(name, "must have $begin once before the material and $end once after it")


def _check_variables(name: str, text: str, known: frozenset[str]) -> None:
    template = Template(text)
    if not template.is_valid():
        raise PromptError(name, "has a $ that is no variable; write $$ for the sign itself")
    used = set(template.get_identifiers())
    if used - known:
        raise PromptError(
            name, f"has an unknown variable {', '.join(sorted(used - known))}; known: {', '.join(sorted(known)) or 'none'}"
        )
    if known - used:
        raise PromptError(name, f"lacks the variable {', '.join(sorted(known - used))}")


def _examples(name: str, text: str) -> tuple[Example, ...]:
    """The examples of a file; a file may have none."""
    try:
        entries = yaml.safe_load(text) or []
    except (yaml.YAMLError, RecursionError) as error:
        raise PromptError(name, f"cannot be read: {' '.join(str(error).split())}") from error
    if not isinstance(entries, list):
        raise PromptError(name, "cannot be read: it must be a list, each entry beginning with a dash")
    return tuple(_example(name, number, entry) for number, entry in enumerate(entries, start=1))


def _example(name: str, number: int, entry: object) -> Example:
    try:
        return Example.model_validate(entry)
    except ValidationError as error:
        raise PromptError(name, f"cannot be read: example {number}: {faults(error)}") from error


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
