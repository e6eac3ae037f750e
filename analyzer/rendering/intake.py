"""What became of files, or would: as text for a terminal or a pipe."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from analyzer.model.results import Formats, Inspected, SpeakerRow, UploadRow, Uploads
from analyzer.relationship.words import count
from analyzer.rendering.pieces import clock, day, indented, table

_SET_IN = " " * 10
_A_FEW = 3  # files that one still counts at a glance
_MOST_PEOPLE = 4  # in a table


def uploads(result: Uploads) -> RenderableType:
    """One line a file, with what was guessed or dropped below it; a lone refusal is told as the error alone."""
    shown = [_upload(row) for row in result.meetings if row.error is None or row.error != result.failure]
    return Group(*shown, *([_total(result.meetings)] if len(result.meetings) > _A_FEW else []))


def _total(rows: Sequence[UploadRow]) -> Text:
    by_status = Counter(row.status.replace("_", " ") for row in rows)
    return Text(f"{count(len(rows), 'file')}: " + ", ".join(f"{number} {status}" for status, number in by_status.most_common()))


def inspected(result: Inspected) -> RenderableType:
    """A paragraph a file: all that an upload would go by."""
    rows = (row for row in result.files if row.error is None or row.error != result.failure)
    return Group(*(_refused(row) if row.error else _inspected(row) for row in rows))


def formats(result: Formats) -> RenderableType:
    """A paragraph a format."""
    lines: list[RenderableType] = []
    for row in result.formats:
        doubt = ("  unconfirmed: read at low confidence", "yellow") if not row.confirmed else ""
        lines.append(Text.assemble((row.title, "bold"), (f"  {row.name}", "dim"), doubt))
        lines += [indented(Text(way), 4) for way in row.export]
    return Group(*lines)


def filing_table(rows: Sequence[UploadRow], clients: Sequence[str | None], known: Sequence[str]) -> RenderableType:
    """Files with the client each would be filed under and why; None for one that is left out. `known` clients are not new."""
    shown = table("", "file", "date", "people", "client", "why")
    for number, (row, client) in enumerate(zip(rows, clients, strict=True), 1):
        names = [s.name for s in row.speakers]
        people = ", ".join(names[:_MOST_PEOPLE]) + (f" and {len(names) - _MOST_PEOPLE} more" if len(names) > _MOST_PEOPLE else "")
        new = "" if client in known else " (new)"
        where = (
            Text("left out", style="dim") if client is None else Text(client + new) if client else Text("unfiled", style="yellow")
        )
        why = row.proposal.why if row.proposal else "nothing tells"
        if client != (row.proposal.client_name if row.proposal else ""):
            why = "as you said"
        shown.add_row(str(number), Text(Path(row.file).name), day(row.date), Text(people), where, Text(why))
    return shown


def _upload(row: UploadRow) -> RenderableType:
    if row.error:
        return _refused(row)
    where = f"{row.client_name or 'no client'} / {row.slug or row.title}"
    said = f"{row.file} -> {where}: {row.format}, {count(row.turns, 'turn')}, {row.coverage:.0%} of the speech"
    said += ", confidential" if row.confidential else ""
    lines = [Text.assemble((f"{row.status.replace('_', ' '):<10}", "green" if row.status == "added" else "cyan"), said)]
    if row.status == "duplicate":
        lines[0] = Text.assemble(("duplicate ", "cyan"), f"{row.file}: {_same(row)}; --replace lets it take that one's place")
    elif row.status == "forgotten":
        lines[0] = Text.assemble(("forgotten ", "cyan"), f"{row.file}: it stays out")
    elif row.status == "would_add":
        lines[0] = Text.assemble(("would add ", "cyan"), f"{row.file} -> {row.client_name or 'no client'}")
        lines += _facts(row)
    elif row.status != "unchanged":
        lines.append(Text(_SET_IN + _people(row.speakers), style="dim"))
        lines += _doubts(row)
    return Group(*lines)


def _refused(row: UploadRow) -> Text:
    error = row.error
    hint = f" ({error.hint})" if error and error.hint else ""
    return Text.assemble(("refused   ", "bold red"), f"{error.message if error else ''}{hint}")


def _inspected(row: UploadRow) -> RenderableType:
    lines = [Text(row.file, style="bold"), *_facts(row)]
    return Group(*lines)


def _facts(row: UploadRow) -> list[Text]:
    """All that an upload would go by, a line each."""
    long = f", {clock(row.duration)} long" if row.duration is not None else ", no times"
    chat = f" ({count(row.chat_turns, 'turn')} typed)" if row.chat_turns else ""
    status = {"unchanged": "is stored already", "duplicate": _same(row)}.get(row.status, "")
    lines = [
        Text(f"  format    {row.format}, {row.confidence} confidence"),
        Text(f"  date      {day(row.date)}  (from the {_source(row.date_source)})"),
        Text(f"  title     {row.title}  (from the {_source(row.title_source)})"),
        Text(f"  speech    {count(row.turns, 'turn')}{chat}{long}; {row.coverage:.0%} of the words became turns"),
    ]
    if row.client_name:
        lines.append(Text(f"  client    {row.client_name}  (the file says so)"))
    elif row.proposal:
        lines.append(Text(f"  client    {row.proposal.client_name or 'not clear'}  ({row.proposal.why})"))
    if row.confidential:
        lines.append(Text("  kept      confidential: it stays with those who were there"))
    for speaker in row.speakers:
        company = (f", likely {speaker.likely}" if speaker.likely else "") + (f", {speaker.company}" if speaker.company else "")
        words = f"{count(speaker.turns, 'turn')}, {count(speaker.words, 'word')}"
        lines.append(Text(f"  speaker   {speaker.name}  ({speaker.side}{company}; {words})"))
    if status:
        lines.append(Text(f"  known     {status}", style="cyan"))
    return [*lines, *_doubts(row, "  ")]


def _doubts(row: UploadRow, set_in: str = _SET_IN) -> list[Text]:
    """What was left out, what was guessed, and what may be wrong."""
    lines = []
    if row.dropped:
        left_out = ", ".join(f"{why} ({number})" for why, number in sorted(row.dropped.items()))
        lines.append(Text(f"{set_in}left out: {left_out}", style="dim"))
    if row.confidence == "low":
        lines.append(Text(f"{set_in}read at low confidence: check it with `analyzer show` before you rely on it", style="yellow"))
    lines += [Text(f"{set_in}one person? {' / '.join(names)}", style="yellow") for names in row.one_person]
    return lines + [Text(set_in + warning, style="yellow") for warning in row.warnings]


def _same(row: UploadRow) -> str:
    same = row.same_as
    if same is None:
        return "the same words are there already"
    share = "all" if same.shared == 1 else f"{int(100 * same.shared)}%"  # never 100% where a word differs
    return f"{share} of its words are those of {same.slug}"


def _source(where: str) -> str:
    return {"said": "command line", "content": "text", "today": "calendar", "file time": "file's own time"}.get(where, where)


def _people(speakers: Iterable[SpeakerRow]) -> str:
    return ", ".join(f"{s.name or '(no name)'} ({s.side}, {count(s.turns, 'turn')})" for s in speakers)
