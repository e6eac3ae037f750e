"""Cues to turns: what rolling captions show twice is taken once, and cues of one speaker in a row become one turn."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from analyzer.model.meetings import Utterance
from analyzer.transcripts.cues import Cue
from analyzer.transcripts.words import UNSPACED, count, ends_sentence, flow

MAX_GAP = 15.0
"""Seconds of silence after which the same speaker begins a new turn."""
MAX_WORDS = 120
"""Words after which a turn made of cues ends, at its last sentence end where there is one."""

_TOUCHING = 0.05  # seconds between two cues that a program meant to follow each other at once
_OVERLAPPING = -0.01
_ROLLING = 0.2  # share of repeating neighbours from which on a file is one of rolling captions
_NOT_WORDS = re.compile(r"[\W_]+")
_WORD_GOES_ON = re.compile(rf"(?<![{UNSPACED}])[^\s]")


def take_once(cues: Sequence[Cue]) -> tuple[list[Cue], int]:
    """The cues without what rolling captions show again, and how many cues repeated something.

    Three habits are known: a cue grows (`So we`, then `So we already decided`), a cue begins with the last lines of
    the one before it, a cue is shown twice. Only cues of one speaker that overlap in time are compared; where repeating
    is the rule in a file, also those that touch. Somebody who says "No. No." means both.
    """
    tidy = [replace(cue, lines=lines) for cue in cues if (lines := tuple(filter(None, (flow([ln]) for ln in cue.lines))))]
    reach = _TOUCHING if _is_rolling(tidy) else _OVERLAPPING
    kept: list[Cue] = []
    shown: dict[str, tuple[int, Cue]] = {}  # per speaker: place in `kept`, and the cue as it was shown
    repeats = 0
    for cue in tidy:
        at, before = shown.get(cue.speaker, (-1, cue))
        rolled = 0
        if at >= 0 and _reaches(before, cue, reach):
            if _grows(before, cue):
                kept[at] = _grown(kept[at], before, cue)
                shown[cue.speaker] = (at, cue)
                repeats += 1
                continue
            rolled = _rolled(before, cue)
        repeats += rolled > 0
        if rolled < len(cue.lines):
            kept.append(replace(cue, lines=cue.lines[rolled:]))
            at = len(kept) - 1
        shown[cue.speaker] = (at, cue)
    return kept, repeats


def _is_rolling(cues: Sequence[Cue]) -> bool:
    pairs = [(a, b) for a, b in pairwise(cues) if a.speaker == b.speaker and _reaches(a, b, _TOUCHING)]
    repeating = sum(_grows(a, b) or _rolled(a, b) > 0 for a, b in pairs)
    return repeating > 1 and repeating >= _ROLLING * len(cues)


def _reaches(before: Cue, cue: Cue, reach: float) -> bool:
    return before.end is not None and cue.start is not None and cue.start <= before.end + reach


def _plain(lines: Sequence[str]) -> str:
    return _NOT_WORDS.sub(" ", flow(lines).casefold()).strip()


def _grows(before: Cue, cue: Cue) -> bool:
    """Whether a cue begins with all the words of the one before it."""
    old, new = _plain(before.lines), _plain(cue.lines)
    return bool(old) and new.startswith(old) and _WORD_GOES_ON.match(new, len(old)) is None


def _rolled(before: Cue, cue: Cue) -> int:
    """How many lines at the start of a cue were the last lines of the one before it."""
    most = min(len(before.lines), len(cue.lines))
    return next((n for n in range(most, 0, -1) if before.lines[-n:] == cue.lines[:n]), 0)


def _grown(kept: Cue, before: Cue, cue: Cue) -> Cue:
    """What was kept of the cue before, with the words that are new."""
    if kept.lines == before.lines:
        lines = cue.lines
    else:
        fresh = flow(cue.lines).split()[len(flow(before.lines).split()) :]
        lines = (*kept.lines, " ".join(fresh))
    return replace(kept, lines=lines, end=max(filter(None, (kept.end, cue.end)), default=None))


def join(cues: Sequence[Cue]) -> tuple[Utterance, ...]:
    """Turns out of cues: the same speaker, less than 15 seconds apart, at most 120 words unless one cue has more."""
    turns: list[Utterance] = []
    run: list[Cue] = []
    words: list[int] = []
    for cue in cues:
        more = count(flow(cue.lines))
        if run and not _goes_on(run[-1], cue):
            turns.append(_turn(run))
            run, words = [], []
        while run and sum(words) + more > MAX_WORDS:
            cut = next((n for n in range(len(run), 0, -1) if ends_sentence(run[n - 1].lines[-1])), len(run))
            turns.append(_turn(run[:cut]))
            run, words = run[cut:], words[cut:]
        run.append(cue)
        words.append(more)
    return (*turns, _turn(run)) if run else ()


def _goes_on(before: Cue, cue: Cue) -> bool:
    if before.speaker != cue.speaker:
        return False
    return before.end is None or cue.start is None or cue.start - before.end < MAX_GAP


def _turn(run: Sequence[Cue]) -> Utterance:
    return Utterance(
        speaker=run[0].speaker,
        text=flow([line for cue in run for line in cue.lines]),
        start=run[0].start,
        end=max((cue.end for cue in run if cue.end is not None), default=None),
    )
