"""The files of an export that people read: a transcript, what we wrote down, and the list of what is what."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from analyzer.model.copies import ExportedFile
from analyzer.model.results import Shown
from analyzer.relationship.words import count
from analyzer.rendering.pieces import clock
from analyzer.rendering.plain import plain


def transcript(shown: Shown, *, sides: bool) -> str:
    """A meeting as Markdown: every turn with who said it and when; `sides` tells whom we took for whose."""
    parts = [f"# {plain(shown.title or shown.slug, begins=False)}"]
    parts.append(f"{shown.date.isoformat()}, {plain(shown.client_name or 'no client')}, {count(len(shown.turns), 'turn')}")
    told = (f"{plain(voice.name or '(no name)')}{f' ({voice.side})' if sides else ''}" for voice in shown.speakers)
    parts.append("\n".join(f"- {one}" for one in told))
    for turn in shown.turns:
        when = "" if turn.start is None else f"{clock(turn.start)} "
        typed = " (typed)" if turn.chat else ""
        parts.append(f"**{when}{plain(turn.speaker or '(no name)', begins=False)}**{typed}: {plain(turn.text, begins=False)}")
    return "\n\n".join(parts) + "\n"


def our_words(kinds: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """What people wrote down or decided, by kind: each entry with all that is kept of it."""
    parts = ["# What was written down"]
    for kind, entries in kinds.items():
        parts.append(f"## {plain(kind.capitalize(), begins=False)}")
        parts.append("\n".join(_entry(entry) for entry in entries))
    return "\n\n".join(parts) + "\n"


def index(client: str, made: str, counts: Mapping[str, int], files: Iterable[ExportedFile], left_out: Mapping[str, int]) -> str:
    """What an export holds, file by file, with the SHA-256 of each; `made` says when and for whom."""
    parts = [f"# {plain(client, begins=False)}", made]
    parts.append("\n".join(f"- {kind}: {number}" for kind, number in counts.items()) or "Nothing is kept.")
    if left_out:
        parts.append("## Left out")
        parts.append("\n".join(f"- {plain(reason)}: {number}" for reason, number in left_out.items()))
    rows = [f"| {plain(one.path)} | {plain(one.what)} | {one.size} | {one.sha256} |" for one in files]
    parts += ["## Files", "\n".join(["| file | what it is | bytes | SHA-256 |", "| --- | --- | --- | --- |", *rows])]
    return "\n\n".join(parts) + "\n"


def _entry(entry: Mapping[str, Any]) -> str:
    told = "; ".join(f"{name.replace('_', ' ')}: {plain(text, begins=False)}" for name, text in _texts(entry))
    return f"- {told}"


def _texts(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The parts of an entry in words; where it is about a turn, who said that and what."""
    for name, value in entry.items():
        if name == "at" and isinstance(value, dict):
            yield "turn", str(value.get("ordinal", ""))
            yield "said by", str(value.get("speaker", ""))
            yield "words", str(value.get("text", ""))
        elif value not in (None, "", False) and name not in ("meeting_id", "client_id"):
            yield name, str(value)
