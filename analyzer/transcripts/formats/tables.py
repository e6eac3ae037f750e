"""Tables with a row for each thing said: CSV and TSV as programs export them, and tables of Markdown.

A row of titles must name a column of speakers and one of words; `column_titles` knows what those are called. Read with
`csv` of the standard library, which keeps delimiters and line ends within quotes.
"""

import csv
import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from analyzer.transcripts.base import UNATTRIBUTED, Draft, Format, Source, refused
from analyzer.transcripts.notation.clock import clock_seconds
from analyzer.transcripts.notation.column_titles import Columns, columns
from analyzer.transcripts.notation.wall_clock import FIRST_WALL, TIME_OF_DAY, from_the_first
from analyzer.transcripts.notation.words import count, visible
from analyzer.transcripts.speech.cues import Cue
from analyzer.transcripts.speech.headed import heading_facts, speaker_in
from analyzer.transcripts.speech.turns import join

_DELIMITERS = ",;\t|"
_TITLES_WITHIN = 12  # rows among which the titles of the columns stand
_SAMPLE = 60
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2}(?:[.,]\d{1,6})?)")
_FRAMES = re.compile(r"(\d{1,3})[:;](\d{2})[:;](\d{2})[:;]\d{2,3}")
_NUMBER = re.compile(r"(\d{1,12}(?:[.,]\d{1,9})?) ?s?")
_TIME_OF_DAY = re.compile(TIME_OF_DAY)
_RULE = re.compile(r":?-+:?")
_DAY = 86_400.0
_MOSTLY = 0.5
_SLOWEST = 20.0  # seconds a word
_LONGEST_TIME = 40
_MAYBE_TWO = "the titles of the columns stand in the table again, so it may hold more than one meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One thing said: who, what, and seconds as they are written; `bare` says that the start is a number and no clock."""

    speaker: str
    words: str
    start: float | None
    end: float | None
    bare: bool


def sniff(source: Source) -> float:
    """By titles of columns, rows below them, and times or speakers who come again."""
    if source.document is not None or source.text is None:
        return 0.0
    try:
        found = _titles(source.head)
        rows = [row for cells in islice(found[2], _SAMPLE) if (row := _row(cells, found[1]))] if found else []
    except csv.Error:
        return 0.0
    if not found or not rows:
        return 0.0
    within = sum(row.start is not None and (found[1].surely_speakers or row.start < _DAY) for row in rows)
    again = len({row.speaker for row in rows}) < len(rows)
    return 0.94 if within >= _MOSTLY * len(rows) or (again and found[1].surely_speakers) else 0.0


def parse(source: Source) -> Draft:
    """Turns out of the rows. Raises Refused where a quote that is never closed has swallowed rows, or where two tables follow."""
    try:
        found = _titles(source.text or "")
        above, known, body = found or ([], None, iter(()))
        cells = [row for row in body if any(map(str.strip, row))]
    except csv.Error as error:
        raise refused(source.name, f"is a table that cannot be read ({error})", "Export it again.") from error
    if known is None:
        raise refused(source.name, "is a table without titles for speaker and words", "Export it again with its titles.")
    cells, again = _without_titles(source.name, cells, known)
    names = Counter(row.speaker for whole in cells if len(whole) == known.width and (row := _row(whole, known)))
    rows: list[_Row] = []
    misfits: list[str] = []
    empty = 0
    for whole in cells:
        if cell := next((cell for cell in whole if _has_swallowed(cell, known, names)), None):
            raise refused(
                source.name,
                f"has a quotation mark that is never closed, at {cell[:40]!r}",
                "Close it in the file, or export the table again.",
            )
        row = _row(_mended(whole, known, names), known)
        if row is None:
            misfits.append(" ".join(whole))
        elif row.words:
            rows.append(row)
        else:
            empty += 1
    cues = _cues(rows, guess_unit=known.milliseconds is None)
    facts = heading_facts(above, first_is_title=False)
    return Draft(
        utterances=join(cues),
        speech=sum(visible(row.words) for row in rows) + sum(map(visible, misfits)),
        confidence="high" if sum(cue.speaker != UNATTRIBUTED for cue in cues) >= _MOSTLY * len(cues) else "medium",
        title=facts.title,
        date=facts.date,
        client=facts.client,
        dropped={"rows that do not fit the table": len(misfits), "rows without words": empty, "rows above the table": len(above)}
        | {"rows of column headings": again},
        warnings=(_MAYBE_TWO,) if again and known.start is None else (),
    )


def _without_titles(name: str, rows: Sequence[list[str]], known: Columns) -> tuple[list[list[str]], int]:
    """The rows without those that are the titles again, and how many these are.

    Raises Refused where the times begin anew below one: then it heads another meeting.
    """
    kept: list[list[str]] = []
    again = 0
    latest, heads = 0.0, False
    for cells in rows:
        if tuple(map(str.strip, cells)) == known.titles:
            again += 1
            heads = True
            continue
        kept.append(cells)
        row = _row(cells, known)
        if row is not None and row.start is not None:
            if heads and row.start < latest:
                raise refused(
                    name,
                    f"holds more than one meeting: the titles of its columns stand in it again, above {' '.join(cells)[:60]!r}",
                    "Split it into a file for each meeting.",
                )
            latest, heads = max(latest, row.start), False
    return kept, again


def _titles(text: str) -> tuple[list[str], Columns, Iterator[list[str]]] | None:
    """The rows above the titles, the columns, and the rows below; None where no delimiter gives titles."""
    for delimiter in _DELIMITERS:
        if delimiter not in text[:65_536]:
            continue
        rows = _rows(text, delimiter)
        above: list[str] = []
        for row in islice(rows, _TITLES_WITHIN):
            if known := columns(row, delimiter):
                return above, known, rows
            if line := ": ".join(filter(None, map(str.strip, row))):
                above.append(line)
    return None


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """The cells of each row; tables of Markdown have no quotes, but stars and a ruled line."""
    if delimiter != "|":
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return
    for row in csv.reader(io.StringIO(text, newline=""), delimiter="|", quoting=csv.QUOTE_NONE, escapechar="\\"):
        cells = [cell.strip().strip("*") for cell in row]
        if not all(not cell or _RULE.fullmatch(cell) for cell in cells):
            yield cells


def _row(cells: Sequence[str], known: Columns) -> _Row | None:
    """What a row says; None where it has not the table's columns."""
    if len(cells) != known.width:
        return None
    start, end = (
        _seconds(cells[at], milliseconds=known.milliseconds is True) if at is not None else None
        for at in (known.start, known.end)
    )
    speaker = cells[known.speaker] if known.speaker is not None else ""
    bare = known.start is not None and _NUMBER.fullmatch(cells[known.start].strip()) is not None
    return _Row(speaker=" ".join(speaker.split()), words=cells[known.words].strip(), start=start, end=end, bare=bare)


def _mended(cells: list[str], known: Columns, names: Counter[str]) -> list[str]:
    """A row with the words that delimiters had cut put together again, where its speaker and its time show that they were."""
    while len(cells) > known.width and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) < known.width:
        short = len(cells) > max(known.speaker or 0, known.words)
        return cells + [""] * (known.width - len(cells)) if short else cells
    behind = known.width - known.words - 1
    cut = len(cells) - behind
    between = " | " if known.delimiter == "|" else known.delimiter  # whose cells have lost their spaces
    mended = [*cells[: known.words], between.join(cells[known.words : cut]), *cells[cut:]]
    timed = known.start is None or _seconds(mended[known.start], milliseconds=known.milliseconds is True) is not None
    speaker = known.speaker if known.speaker is not None else -1
    in_order = known.start is not None and speaker < known.start < known.words  # a cut name would have moved the time
    return mended if timed and (in_order or mended[speaker].strip() in names) else cells


def _has_swallowed(cell: str, known: Columns, names: Counter[str]) -> bool:
    """Whether lines within a cell are rows of the table."""
    for line in cell.split("\n")[1:]:
        cells = [cell.strip(' "') for cell in line.split(known.delimiter)]
        if len(cells) < known.width:
            continue
        if known.speaker is not None and cells[known.speaker] in names:
            return True
        if known.start is not None and _seconds(cells[known.start], milliseconds=known.milliseconds is True) is not None:
            return True
    return False


def _cues(rows: Sequence[_Row], *, guess_unit: bool) -> list[Cue]:
    """Rows as cues. Where most rows name a speaker, one without is nobody's; else it goes on with the one before it."""
    named = sum(bool(row.speaker) for row in rows)
    numbered = all(row.speaker.isdecimal() for row in rows if row.speaker)
    speaker = UNATTRIBUTED
    cues: list[Cue] = []
    for row in _from_the_start(rows, guess_unit=guess_unit):
        if row.speaker:
            speaker = f"Speaker {row.speaker}" if numbered else speaker_in(row.speaker)
        elif named >= _MOSTLY * len(rows):
            speaker = UNATTRIBUTED
        cues.append(Cue(speaker=speaker, lines=tuple(row.words.split("\n")), start=row.start, end=row.end))
    return cues


def _from_the_start(rows: Sequence[_Row], *, guess_unit: bool) -> Sequence[_Row]:
    """Rows whose times are seconds, and count from the first if they are times of day."""
    if guess_unit and _are_milliseconds(rows):
        rows = [replace(row, start=_thousandth(row.start), end=_thousandth(row.end)) for row in rows]
    starts = [row.start for row in rows if row.start is not None]
    if not starts or starts[0] < FIRST_WALL:
        return rows
    passed = iter(from_the_first(starts))
    moved = []
    for row in rows:
        if row.start is None:
            moved.append(replace(row, end=None))
            continue
        start = next(passed)
        moved.append(replace(row, start=start, end=start + (row.end - row.start) % _DAY if row.end is not None else None))
    return moved


def _are_milliseconds(rows: Sequence[_Row]) -> bool:
    """Whether whole numbers go by so fast that they can be no seconds: nobody says three words a minute."""
    starts = [row.start for row in rows if row.start is not None and row.bare]
    whole = all(start.is_integer() for start in starts)
    spoken = sum(count(row.words) for row in rows)
    return whole and len(starts) > 1 and starts[-1] - starts[0] > _SLOWEST * spoken


def _thousandth(time: float | None) -> float | None:
    return None if time is None else time / 1000


def _seconds(cell: str, *, milliseconds: bool) -> float | None:
    """Seconds of a time as tables have it; of `00:00:04:12`, whose last part counts frames, in whole seconds."""
    cell = cell.strip() if len(cell) <= _LONGEST_TIME else ""
    if number := _NUMBER.fullmatch(cell):
        value = float(number[1].replace(",", "."))
        return value / 1000 if milliseconds else value
    if _TIME_OF_DAY.fullmatch(cell):
        return clock_seconds(cell)
    if clock := _FRAMES.fullmatch(cell) or _CLOCK.match(cell):
        hours, minutes, seconds = clock.groups()
        return round(int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds.replace(",", ".")), 3)
    return _moment(cell)


def _moment(cell: str) -> float | None:
    try:
        moment = dt.datetime.fromisoformat(cell)  # which an empty cell is not
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).timestamp()


CSV = Format(
    name="csv",
    title="tables of speakers and words (CSV, TSV)",
    sniff=sniff,
    parse=parse,
    export=(
        "Fireflies: the meeting > Download > CSV",
        "Whisper: `--output_format tsv`",
        "Adobe Premiere: Text panel > Transcript > ... > Export > CSV",
        "your own spreadsheet: a row of titles (`Speaker, Start, Text`) and a row for each thing said",
    ),
    reads=(
        "titles of columns in several languages; commas, semicolons, tabs or bars between cells; seconds, `MM:SS`,"
        " `HH:MM:SS,mmm`, timecodes with frames, times of day, milliseconds where the title or the pace says so"
    ),
    missing="columns with other titles, such as summaries and sentiments, which are not read",
)
