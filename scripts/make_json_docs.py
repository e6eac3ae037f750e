"""Writes `docs/json.md` from the dataclasses that commands return: `python -m scripts.make_json_docs`.

A test holds the file against what this makes, so the document cannot fall behind the code.
"""

import dataclasses
import re
import types
import typing
from enum import StrEnum
from pathlib import Path

from analyzer.model import (
    agenda,
    brief,
    copies,
    forgetting,
    handing,
    insight,
    limits,
    meetings,
    our_side,
    own,
    results,
    scores,
    sending,
)

PAGE = Path(__file__).resolve().parent.parent / "docs" / "json.md"

COMMANDS: dict[str, type] = {
    "upload": results.Uploads,
    "clients": results.Clients,
    "meetings": results.Meetings,
    "show": results.Shown,
    "sides": results.SpeakersChanged,
    "speakers show, rename, merge, assign, undo": results.SpeakersChanged,
    "move, amend, clients rename, merge, undo": results.Filed,
    "clients set": meetings.Client,
    "inspect": results.Inspected,
    "formats": results.Formats,
    "motives": insight.Motives,
    "verdict, dismiss, mark": own.PersonSaid,
    "note": own.Notes,
    "outcome, promise done, drop": own.OutcomeSaid,
    "promises": own.Owed,
    "decide": own.Decisions,
    "remember": own.Remembrance,
    "usage": own.Spent,
    "search": insight.Hits,
    "ask": insight.Answer,
    "brief": brief.Brief,
    "agenda": agenda.Agenda,
    "init": results.SetUp,
    "practice add": results.SetUp,
    "practice edit": our_side.PracticeEdited,
    "practice check": our_side.PracticeChecked,
    "reindex": results.Reindexed,
    "doctor": results.Doctor,
    "forget": forgetting.Forgotten,
    "forget --dry-run": forgetting.Forgetting,
    "forget --receipts": forgetting.Receipts,
    "export": copies.ExportedClient,
    "backup": copies.BackedUp,
    "restore": copies.Restored,
    "handover": handing.HandedOver,
    "receive": handing.Received,
    "limits": limits.Limits,
    "evaluate": scores.Scores,
    "key set, show, forget": own.KeyTold,
    "prompts show": own.Prompts,
    "prompts show TASK": own.PromptText,
    "prompts edit": own.PromptEdited,
    "prompts reset": own.PromptReset,
    "motives --dry-run": sending.ReadingPlan,
    "motives --preview, ask --preview": sending.Preview,
}

HEAD = """# The JSON of every command

Made from the code by `python -m scripts.make_json_docs`; do not edit.

With `--json` a command prints one object on stdout and nothing else; progress goes to stderr.

```json
{"schema": "analyzer/1", "command": "motives", "ok": true, "data": {}, "warnings": [{"code": "unread", "message": "..."}]}
```

When it cannot do what was asked, `ok` is false and `error` holds `code`, `message` and `hint`; `data` is there too where a
part was done. The exit code is 0, 1 (could not) or 2 (the arguments do not fit). Dates are ISO text, times are seconds from
the meeting's start, turns count from 0, and `span` is a half-open range of code points in the turn. Ids (`c_...`, `m_...`)
never change; slugs can be renamed. Where a model was asked, `usage` stands beside `data`: calls, tokens, and answers that were
kept from before (`cached`). Fields may be added; none is taken away or changes its meaning while the schema is
`analyzer/1`.
"""


def page() -> str:
    """The whole document."""
    parts = [HEAD, "## Commands\n"]
    parts += [f"- `{command}`: `data` is [{of.__name__}](#{of.__name__.lower()})" for command, of in COMMANDS.items()]
    parts.append("")
    seen: dict[type, None] = {}
    for of in COMMANDS.values():
        _collect(of, seen)
    for of in sorted(seen, key=lambda t: t.__name__):
        parts += _section(of)
    return "\n".join(parts).rstrip() + "\n"


def _collect(of: object, seen: dict[type, None]) -> None:
    """The dataclasses that a value of this type can hold."""
    if isinstance(of, type) and dataclasses.is_dataclass(of):
        if of not in seen:
            seen[of] = None
            for hint in _fields(of).values():
                _collect(hint, seen)
        return
    for argument in typing.get_args(of):
        _collect(argument, seen)


def _fields(of: type) -> dict[str, object]:
    hints = typing.get_type_hints(of)
    return {field.name: hints[field.name] for field in dataclasses.fields(of) if field.name != "failure"}


def _section(of: type) -> list[str]:
    doc = re.sub(r"\s+", " ", of.__doc__ or "").strip()
    rows = [f"| `{name}` | {_words(hint)} |" for name, hint in _fields(of).items()]
    told = [doc, ""] if doc and not doc.startswith(f"{of.__name__}(") else []
    return [f"### {of.__name__}", "", *told, "| field | value |", "|---|---|", *rows, ""]


def _words(hint: object) -> str:
    """A type as a reader of JSON would say it."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_words(a) for a in arguments)
    if origin is tuple:
        return f"list of {_words(arguments[0])}" if arguments[-1] is Ellipsis else f"[{', '.join(_words(a) for a in arguments)}]"
    if origin is dict:
        return f"object of {_words(arguments[1])} by {_words(arguments[0])}"
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return " / ".join(f"`{member.value}`" for member in hint)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    names = {str: "text", int: "whole number", float: "number", bool: "true / false", type(None): "null"}
    return names.get(typing.cast("type", hint), getattr(hint, "__name__", str(hint)))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
