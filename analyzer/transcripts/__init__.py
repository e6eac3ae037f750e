"""Files to turns: any transcript is recognised by its content, read by one format, measured, or refused with a reason.

`read_file` is the door. A new format is a module with a `Format` value and an entry in `FORMATS`; where two recognise a
file equally well, the earlier one reads it.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from analyzer.model.meetings import Utterance
from analyzer.transcripts.base import UNATTRIBUTED, Format, FoundIn, Source, Transcript, refused
from analyzer.transcripts.decoding import load
from analyzer.transcripts.filing import Facts, from_file_name
from analyzer.transcripts.labelled import LABELLED
from analyzer.transcripts.otter import OTTER
from analyzer.transcripts.plain import PLAIN
from analyzer.transcripts.subrip import SUBRIP
from analyzer.transcripts.webvtt import WEBVTT
from analyzer.transcripts.whisper import WHISPER
from analyzer.transcripts.words import scrub, visible

__all__ = ["FORMATS", "LEAST_COVERAGE", "UNATTRIBUTED", "Format", "Source", "Transcript", "read_file", "supported"]

FORMATS: tuple[Format, ...] = (WEBVTT, LABELLED, WHISPER, OTTER, SUBRIP, PLAIN)

FULL_COVERAGE = 0.98
"""Share of the speech below which a transcript comes with a warning."""
LEAST_COVERAGE = 0.90
"""Share of the speech below which a file is refused: what cannot be placed must not be made up."""


def supported() -> str:
    """What can be read, in one line for people."""
    return "Supported: " + ", ".join(known.title for known in FORMATS) + "."


def read_file(name: str, data: bytes, *, folder: str = "", allow_partial: bool = False) -> Transcript:
    """The turns of one file and what is known of the meeting from it.

    `name` and `folder` (the name of the folder it is in) are used for errors, date and title alone. Raises Refused, naming
    the file and the reason, where it is empty, too big, no transcript, or holds words that cannot be put in their place;
    `allow_partial` takes such a file with what could be.
    """
    if not data:
        raise refused(name, "is empty", supported())
    source, stripped, guesses = load(name, data)
    chosen = _recognise(source)
    draft = chosen.parse(source)
    utterances, invisible, unusable = _tidy(draft.utterances)
    if not utterances:
        raise refused(name, f"looks like {chosen.title}, but nobody says anything in it", supported())
    coverage = _coverage(draft.speech, sum(visible(u.text) for u in utterances) + invisible)
    if coverage < LEAST_COVERAGE and not allow_partial:
        raise refused(
            name,
            f"only {coverage:.0%} of its words could be put in their place as {chosen.title}",
            "Export it again, or remove what is not speech, or take what could be read with --allow-partial.",
        )
    places: tuple[tuple[FoundIn, Facts], ...] = (
        (draft.facts_in, Facts(title=draft.title, date=draft.date)),
        ("file name", from_file_name(name)),
        ("folder name", from_file_name(folder)),
        ("metadata", source.metadata),
    )
    titled = next((found for found in places if found[1].title), None)
    dated = next((found for found in places if found[1].date), None)
    dropped = draft.dropped | {"invisible characters": stripped + invisible, "times out of order": unusable}
    return Transcript(
        format=chosen.name,
        confidence=draft.confidence if chosen.confirmed else "low",
        title=titled[1].title if titled else None,
        title_source=titled[0] if titled else None,
        date=dated[1].date if dated else None,
        date_source=dated[0] if dated else None,
        client=draft.client,
        us=draft.us,
        them=draft.them,
        roles=draft.roles,
        emails=draft.emails,
        utterances=utterances,
        dropped={reason: number for reason, number in dropped.items() if number},
        coverage=coverage,
        warnings=(*guesses, *draft.warnings, *_warnings(utterances, coverage)),
    )


def _recognise(source: Source) -> Format:
    """The format that is surest of the file."""
    best = max(FORMATS, key=lambda known: known.sniff(source))
    if best.sniff(source) > 0:
        return best
    if source.text is None:
        raise refused(source.name, "is not text", supported())
    if source.text.lstrip().startswith("{") and source.document is None:
        raise refused(source.name, "begins like JSON, but is not valid JSON", "Export it again. " + supported())
    if source.document is not None:
        raise refused(source.name, "is JSON, but not of a transcript format that is known", supported())
    if "-->" in source.head:
        raise refused(source.name, "has times in it that no known format has, so its words cannot be aligned", supported())
    raise refused(source.name, "is no transcript of a known format: it does not say who speaks", supported())


def _tidy(drafted: Sequence[Utterance]) -> tuple[tuple[Utterance, ...], int, int]:
    """Utterances with words, without invisible characters and with times that go forward; how many of both were taken out."""
    kept: list[Utterance] = []
    invisible = 0
    for utterance in drafted:
        text, in_text = scrub(utterance.text)
        speaker, in_name = scrub(utterance.speaker)
        invisible += in_text + in_name
        if text := " ".join(text.split()):
            kept.append(replace(utterance, text=text, speaker=" ".join(speaker.split()) or UNATTRIBUTED))
    forward = _forward([utterance.start for utterance in kept])
    timed = tuple(u if at in forward else replace(u, start=None, end=None) for at, u in enumerate(kept))
    return timed, invisible, sum(u.start is not None for u in kept) - len(forward)


def _forward(starts: Sequence[float | None]) -> frozenset[int]:
    """The places of the most times that can stay so that none goes backwards: one wild time costs itself, not all after it."""
    tails: list[float] = []
    places: list[int] = []
    before: dict[int, int | None] = {}
    for at, start in enumerate(starts):
        if start is None or not math.isfinite(start):
            continue
        length = bisect_right(tails, start)
        tails[length : length + 1] = [start]
        places[length : length + 1] = [at]
        before[at] = places[length - 1] if length else None
    kept: list[int] = []
    at_last = places[-1] if places else None
    while at_last is not None:
        kept.append(at_last)
        at_last = before[at_last]
    return frozenset(kept)


def _coverage(speech: int, placed: int) -> float:
    return min(1.0, placed / speech) if speech else 1.0


def _warnings(utterances: Sequence[Utterance], coverage: float) -> list[str]:
    warnings = []
    if coverage < FULL_COVERAGE:
        warnings.append(f"{1 - coverage:.0%} of the words could not be put in their place")
    nameless = sum(u.speaker == UNATTRIBUTED for u in utterances)
    if nameless:
        warnings.append(f"turns without a known speaker: {nameless} of {len(utterances)}")
    return warnings
