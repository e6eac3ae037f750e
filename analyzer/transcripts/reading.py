"""A file to turns: recognised by its content, read by one format, measured, or refused with a reason."""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from analyzer.model.meetings import CueTime, Utterance
from analyzer.transcripts.base import UNATTRIBUTED, Format, FoundIn, Source, Transcript, refused
from analyzer.transcripts.containers.other_kinds import kind_of
from analyzer.transcripts.decoding import INVISIBLE, load
from analyzer.transcripts.filing import NO_FACTS, Facts, from_file_name
from analyzer.transcripts.formats import FORMATS
from analyzer.transcripts.notation.words import scrub, visible
from analyzer.transcripts.speech.restarts import ensure_one_meeting

MAX_TURNS = 1_000_000
"""Turns of one file; a day of talk has some ten thousand."""
FULL_COVERAGE = 0.98
"""Share of the speech below which a transcript comes with a warning."""
LEAST_COVERAGE = 0.90
"""Share of the speech below which a file is refused: what cannot be placed must not be made up."""


def supported() -> str:
    """What to do about a file that is none of those that can be read, in one line for people."""
    return f"`analyzer formats` lists the {len(FORMATS)} formats that can be read, and how to export them."


def read_file(name: str, data: bytes, *, folder: str = "", allow_partial: bool = False) -> Transcript:
    """The turns of one file and what is known of the meeting from it.

    `name` and `folder` (the name of the folder it is in) are used for errors, date and title alone. Raises Refused, naming
    the file and the reason, where it is empty, too big, no transcript, of more than one meeting, or holds words that cannot
    be put in their place; `allow_partial` takes such a file with what could be.
    """
    if not data:
        raise refused(name, "is empty", supported())
    source, left_out, guesses = load(name, data)
    chosen = _recognise(source)
    draft = chosen.parse(source)
    ensure_one_meeting(name, ((said.speaker, said.start) for said in draft.utterances))
    if len(draft.utterances) > MAX_TURNS:
        raise refused(
            name,
            f"has {len(draft.utterances):,} turns, more than the {MAX_TURNS:,} that one file may have",
            "Upload the meetings in it one by one.",
        )
    utterances, invisible, unusable = _tidy(draft.utterances)
    if not utterances:
        raise refused(name, f"looks like {chosen.title}, but nobody says anything in it", supported())
    coverage = _coverage(draft.speech, sum(visible(u.text) for u in draft.utterances))
    if coverage < LEAST_COVERAGE and not allow_partial:
        raise refused(
            name,
            f"only {coverage:.0%} of its words could be put in their place as {chosen.title}",
            "Export it again, or remove what is not speech, or take what could be read with --allow-partial.",
        )
    places: tuple[tuple[FoundIn, Facts], ...] = (
        (draft.facts_in, Facts(title=draft.title, date=draft.date)),
        ("file name", from_file_name(name)),
        ("folder name", _of_folder(folder)),
        ("metadata", source.metadata),
    )
    titled = next((found for found in places if found[1].title), None)
    dated = next((found for found in places if found[1].date), None)
    lost_here = {INVISIBLE: invisible, "times out of order": unusable}
    dropped = Counter(left_out) + Counter(draft.dropped) + Counter(lost_here)
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
        sides_of_recorder=draft.sides_of_recorder,
        roles=draft.roles,
        emails=draft.emails,
        utterances=utterances,
        dropped=dict(dropped),
        coverage=coverage,
        warnings=(*guesses, *draft.warnings, *_warnings(utterances, coverage)),
    )


def _of_folder(folder: str) -> Facts:
    """What a folder says that was made for one meeting, as its date shows; `Downloads` and `Northgate` name no meeting."""
    facts = from_file_name(folder)
    return facts if facts.date else NO_FACTS


def _recognise(source: Source) -> Format:
    """The format that is surest of the file."""
    best = max(FORMATS, key=lambda known: known.sniff(source))
    if best.sniff(source) > 0:
        return best
    if source.text is None:
        kind = kind_of(source.data)
        raise refused(
            source.name,
            f"is not text, but {kind.name}" if kind else "is not text",
            f"{kind.way_out} {supported()}" if kind else supported(),
        )
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
    names: dict[str, tuple[str, int]] = {}
    invisible = 0
    for utterance in drafted:
        if utterance.speaker not in names:
            names[utterance.speaker] = _one_line(utterance.speaker)
        speaker, in_name = names[utterance.speaker]
        text, in_text = _one_line(utterance.text)
        invisible += in_text + in_name
        if text and (text != utterance.text or speaker != utterance.speaker):
            cues = utterance.cues if text == utterance.text else _moved(utterance.text, utterance.cues)
            kept.append(replace(utterance, text=text, speaker=speaker or UNATTRIBUTED, cues=cues))
        elif text:
            kept.append(utterance)
    forward = _forward([utterance.start for utterance in kept])
    timed = tuple(_timed(utterance, sure=at in forward) for at, utterance in enumerate(kept))
    return timed, invisible, sum(u.start is not None for u in kept) - len(forward)


def _one_line(text: str) -> tuple[str, int]:
    clean, removed = scrub(text)
    return " ".join(clean.split()), removed


def _moved(text: str, cues: Sequence[CueTime]) -> tuple[CueTime, ...]:
    """The captions at the places of their words in the tidied text; none for a caption of which nothing is left."""
    if not cues:
        return ()
    before = scrub(text[: cues[0].at])[0]
    length, gap = len(" ".join(before.split())), before[-1:].isspace()
    ends = [*(cue.at for cue in cues[1:]), len(text)]
    moved: list[CueTime] = []
    for cue, end in zip(cues, ends, strict=True):
        part = scrub(text[cue.at : end])[0]
        words = " ".join(part.split())
        if words:
            at = length + (length > 0 and (gap or part[0].isspace()))
            moved.append(cue._replace(at=at))
            length, gap = at + len(words), part[-1].isspace()
        else:
            gap = gap or bool(part)  # of spaces alone
    return tuple(moved)


def _timed(utterance: Utterance, *, sure: bool) -> Utterance:
    """The utterance with its times where they are sure, and with an end only after its start."""
    start, end = utterance.start, utterance.end
    if start is not None and not sure:
        return replace(utterance, start=None, end=None, cues=())
    if end is None or (math.isfinite(end) and (start is None or start <= end)):
        return utterance
    return replace(utterance, end=None)


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
