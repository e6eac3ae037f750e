"""Cues to turns: what rolling captions show twice is taken once, and cues of one speaker in a row become one turn."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from analyzer.model.meetings import CueTime, Utterance
from analyzer.transcripts.notation.words import UNSPACED, between, count, ends_sentence, flow
from analyzer.transcripts.speech.cues import Cue

MAX_GAP = 15.0
"""Seconds of silence after which the same speaker begins a new turn."""
MAX_WORDS = 120
"""Words after which a turn made of cues ends, at its last sentence end where there is one."""

_TOUCHING = 0.05  # seconds between two cues that a program meant to follow each other at once
_OVERLAPPING = -0.01
_ROLLING = 0.2  # share of repeating neighbours from which on a file is one of rolling captions
_MANY_WORDS = 4  # that nobody says twice in a row by chance
_NOT_WORDS = re.compile(r"[\W_]+")
_WORD_GOES_ON = re.compile(rf"(?<![{UNSPACED}])[^\s]")
_ATTACHED = re.compile(r"[^\w\s]*")


def take_once(cues: Sequence[Cue]) -> tuple[list[Cue], int]:
    """The cues without what rolling captions show again, and how many cues repeated something.

    Three habits are known: a cue grows (`So we`, then `So we already decided`), a cue begins with the last lines of
    the one before it, a cue is shown twice. Only cues of one speaker that overlap in time are compared; where repeating
    is the rule in a file, also those that touch. Somebody who says "No. No." means both. Words that a cue grew by stand
    directly after it, as a cue of their own where they came later.
    """
    tidy = [tidied for cue in cues if (tidied := _without_spare_space(cue)).lines]
    reach = _TOUCHING if _is_rolling(tidy) else _OVERLAPPING
    kept: list[list[Cue]] = []
    shown: dict[str, tuple[list[Cue], Cue]] = {}  # per speaker: its last entry in `kept`, and the cue as it was shown
    repeats = 0
    for cue in tidy:
        grown, before = shown.get(cue.speaker, ([], cue))
        rolled = 0
        if grown and _reaches(before, cue, reach):
            if _grows(before, cue):
                _grow(grown, before, cue)
                shown[cue.speaker] = (grown, cue)
                repeats += 1
                continue
            rolled = _rolled(before, cue)
        repeats += rolled > 0
        if rolled < len(cue.lines):
            grown = [replace(cue, lines=cue.lines[rolled:]) if rolled else cue]
            kept.append(grown)
        shown[cue.speaker] = (grown, cue)
    return [cue for grown in kept for cue in grown], repeats


def _without_spare_space(cue: Cue) -> Cue:
    lines = tuple(filter(None, (" ".join(line.split()) for line in cue.lines)))
    return cue if lines == cue.lines else replace(cue, lines=lines)


def _is_rolling(cues: Sequence[Cue]) -> bool:
    """Whether repeating is the rule in a file, and captions do more than once what nobody does who speaks."""
    repeating = telling = 0
    grew = False
    for before, cue in pairwise(cues):
        one = before.speaker == cue.speaker and _reaches(before, cue, _TOUCHING)
        grows, rolled = (_grows(before, cue), _rolled(before, cue)) if one else (False, 0)
        longer = grows and rolled < len(cue.lines)
        repeating += grows or rolled > 0
        telling += (longer and grew) or _is_telling(before, cue, rolled, grows=grows)
        grew = longer
    return telling > 1 and repeating >= _ROLLING * len(cues)


def _is_telling(before: Cue, cue: Cue, rolled: int, *, grows: bool) -> bool:
    """Whether a cue repeats the one before it while that is shown, or many words of it, or shows new lines below old ones."""
    if not grows and not rolled:
        return False
    repeated = before.lines if grows else cue.lines[:rolled]
    scrolls = 0 < rolled < max(len(before.lines), len(cue.lines))
    return scrolls or _reaches(before, cue, _OVERLAPPING) or count(flow(repeated)) >= _MANY_WORDS


def _reaches(before: Cue, cue: Cue, reach: float) -> bool:
    """Whether a cue begins while the one before it is still shown; in a second recording within the file it begins earlier."""
    if before.start is None or before.end is None or cue.start is None:
        return False
    return before.start <= cue.start <= before.end + reach


def _plain(lines: Sequence[str]) -> str:
    return _NOT_WORDS.sub(" ", flow(lines).casefold()).strip()


def _grows(before: Cue, cue: Cue) -> bool:
    """Whether a cue begins with all the words of the one before it."""
    a, b = before.lines[0][0].casefold(), cue.lines[0][0].casefold()
    if a != b and a.isalnum() and b.isalnum():
        return False
    old, new = _plain(before.lines), _plain(cue.lines)
    return bool(old) and new.startswith(old) and _WORD_GOES_ON.match(new, len(old)) is None


def _rolled(before: Cue, cue: Cue) -> int:
    """How many lines at the start of a cue were the last lines of the one before it."""
    most = min(len(before.lines), len(cue.lines))
    return next((n for n in range(most, 0, -1) if before.lines[-n:] == cue.lines[:n]), 0)


def _grow(grown: list[Cue], before: Cue, cue: Cue) -> None:
    """Add to what was kept of the cue before the words that are new."""
    last = grown[-1]
    end = max((at for at in (last.end, cue.end) if at is not None), default=None)
    later = last.start is not None and cue.start is not None and cue.start > last.start
    if last.lines == before.lines and not later:  # as it is shown now, with whatever case and marks it has by now
        grown[-1] = replace(last, lines=cue.lines, end=end)
        return
    text = flow(cue.lines)
    at = _end_of_words(text, _plain(before.lines))
    marks = _ATTACHED.match(text, at)
    fresh = text[marks.end() if marks else at :].strip()
    lines = last.lines
    if marks and lines[-1][-1].isalnum():
        lines = (*lines[:-1], lines[-1] + marks.group())
    if not fresh or not later:
        grown[-1] = replace(last, lines=(*lines, fresh) if fresh else lines, end=end)
        return
    grown[-1] = replace(last, lines=lines)
    grown.append(replace(cue, lines=(fresh,)))


def _end_of_words(text: str, words: str) -> int:
    """The place in a text after the letters of the words that it begins with."""
    left = len(words.replace(" ", ""))
    for at, character in enumerate(text):
        if not left:
            return at
        left = max(0, left - len(_NOT_WORDS.sub("", character.casefold())))
    return len(text)


class _Said(NamedTuple):
    """A cue and its words on one line."""

    cue: Cue
    text: str
    words: int


def join(cues: Sequence[Cue]) -> tuple[Utterance, ...]:
    """Turns out of cues: the same speaker, less than 15 seconds apart, at most 120 words unless one cue has more.

    A turn of several cues keeps their times.
    """
    turns: list[Utterance] = []
    run: list[_Said] = []
    length = 0
    for cue in cues:
        text = flow(cue.lines)
        if not text:
            continue
        more = count(text)
        if run and not _goes_on(run[-1].cue, cue):
            turns.append(_turn(run))
            run, length = [], 0
        while run and length + more > MAX_WORDS:
            cut = next((n for n in range(len(run), 0, -1) if ends_sentence(run[n - 1].text)), len(run))
            turns.append(_turn(run[:cut]))
            run = run[cut:]
            length = sum(said.words for said in run)
        run.append(_Said(cue, text, more))
        length += more
    return (*turns, _turn(run)) if run else ()


def _goes_on(before: Cue, cue: Cue) -> bool:
    if before.speaker != cue.speaker:
        return False
    return before.end is None or cue.start is None or cue.start - before.end < MAX_GAP


def _turn(run: Sequence[_Said]) -> Utterance:
    first = run[0].cue
    if len(run) == 1:
        return Utterance(speaker=first.speaker, text=run[0].text, start=first.start, end=first.end)
    text = ""
    places = []
    for said in run:
        text += (between(text, said.text) if text else "") + said.text
        places.append(len(text) - len(said.text))
    return Utterance(
        speaker=first.speaker,
        text=text,
        start=first.start,
        end=max((said.cue.end for said in run if said.cue.end is not None), default=None),
        cues=_times(run, places),
    )


def _times(run: Sequence[_Said], places: Sequence[int]) -> tuple[CueTime, ...]:
    """The times of cues that have some; one that lies before those of an earlier cue is none to rely on."""
    times: list[CueTime] = []
    for said, at in zip(run, places, strict=True):
        start, end = said.cue.start, said.cue.end
        if start is not None and math.isfinite(start) and (not times or start >= times[-1].start):
            times.append(CueTime(at, start, end if end is not None and end >= start else start))
    return tuple(times)
