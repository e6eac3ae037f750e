"""Words that were recognised one by one: put together to sentences, and given the speaker and the time that belong to them.

Turns are cut at the ends of cues, so a cue should be a sentence and not a word.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import NamedTuple

from analyzer.transcripts.base import UNATTRIBUTED, Draft
from analyzer.transcripts.filing import NO_FACTS, Facts
from analyzer.transcripts.notation.words import ends_sentence, flow, visible
from analyzer.transcripts.speech.cues import Cue
from analyzer.transcripts.speech.turns import join

_PAUSE = 2.0  # seconds after which words without punctuation begin a new sentence
_LONGEST = 200  # characters, some 40 words, after which they do so without a pause
_CLOSING = frozenset(".,;:!?%)]}\u2026\u3002\u3001\uff0c\uff01\uff1f\u061f\u060c\u0964")
_EDGE = 0.25  # seconds by which a stretch of one voice may miss the edges of its words
_MOST_AT_ONCE = 200  # stretches looked at for one word: what overlaps more than so often is no diarisation


class Word(NamedTuple):
    """One word with its speaker and seconds; `glued` is true where no space stands before it."""

    speaker: str
    text: str
    start: float | None
    end: float | None
    glued: bool = False


class Stretch(NamedTuple):
    """The seconds from `start` to `end` are one speaker's."""

    start: float
    end: float
    speaker: str


def sentences(words: Iterable[Word]) -> list[Cue]:
    """Cues of one sentence of one speaker; where there is no punctuation, up to a pause or of some 40 words."""
    cues: list[Cue] = []
    run: list[Word] = []
    length = 0
    for word in words:
        if run and _begins(run[-1], word, length):
            cues.append(_cue(run))
            run, length = [], 0
        run.append(word)
        length += len(word.text)
    return [*cues, _cue(run)] if run else cues


def is_closing(text: str) -> bool:
    """Whether a text is punctuation that stands without a space after a word."""
    return bool(text) and all(c in _CLOSING for c in text)


def _begins(last: Word, word: Word, length: int) -> bool:
    """Whether a word begins a sentence after the last one of a stretch of so many characters."""
    if word.speaker != last.speaker:
        return True
    if word.glued:
        return False
    if length >= _LONGEST or ends_sentence(last.text):
        return True
    return last.end is not None and word.start is not None and word.start - last.end >= _PAUSE


def _cue(run: Sequence[Word]) -> Cue:
    pieces = [run[0].text]
    for word in run[1:]:
        if word.glued:
            pieces[-1] += word.text
        else:
            pieces.append(word.text)
    return Cue(
        speaker=run[0].speaker,
        lines=(flow(pieces),),
        start=next((word.start for word in run if word.start is not None), None),
        end=max((word.end for word in run if word.end is not None), default=None),
    )


def spread(text: str, words: Sequence[Word]) -> list[Word] | None:
    """The text cut into these words, so that its own punctuation stands with them; None where they are not its letters."""
    letters = [at for at, c in enumerate(text) if c.isalnum()]
    said = [(word, "".join(filter(str.isalnum, word.text))) for word in words]
    said = [(word, spelt) for word, spelt in said if spelt]
    if not said or "".join(text[at] for at in letters) != "".join(spelt for _, spelt in said):
        return None
    ends = list(accumulate(len(spelt) for _, spelt in said))
    cuts = [(0, False), *(_cut(text, letters[end - 1] + 1, letters[end]) for end in ends[:-1]), (len(text), False)]
    return [
        word._replace(text=text[begin:end].strip(), glued=glued)
        for (word, _), ((begin, glued), (end, _)) in zip(said, pairwise(cuts), strict=True)
    ]


def _cut(text: str, after: int, before: int) -> tuple[int, bool]:
    """Where to cut between two letters, and whether what follows is glued to what precedes."""
    space = next((at for at in range(after, before) if text[at].isspace()), None)
    return (before, True) if space is None else (space, False)


def by_voice(text: str, words: Sequence[Word], whole: Cue) -> list[Cue]:
    """A stretch of text as the one cue that the file makes of it, or as several where its words name several speakers.

    Where the words name several and do not make up the text, nobody can tell who said what: it has no known speaker.
    """
    words = _carried(words)
    voices = {word.speaker for word in words} - {UNATTRIBUTED}
    if len(voices) < 2:  # noqa: PLR2004 - one voice is no change of voice
        named = next(iter(voices)) if whole.speaker == UNATTRIBUTED and voices else whole.speaker
        return [replace(whole, speaker=named)]
    cut = spread(text, words)
    if cut is None:
        return [replace(whole, speaker=UNATTRIBUTED)]
    cues: list[Cue] = []
    start = whole.start
    for cue in sentences(cut):  # in the order of the text, whatever the times of single words
        start = max((time for time in (start, cue.start) if time is not None), default=None)
        cues.append(replace(cue, start=start))
    return [*cues[:-1], replace(cues[-1], end=cues[-1].end if whole.end is None else whole.end)]


def _carried(words: Sequence[Word]) -> list[Word]:
    """The words, those without a speaker given to the speaker before them (numbers are often not aligned), or to the first."""
    speaker = next((word.speaker for word in words if word.speaker != UNATTRIBUTED), UNATTRIBUTED)
    filled = []
    for word in words:
        speaker = word.speaker if word.speaker != UNATTRIBUTED else speaker
        filled.append(word._replace(speaker=speaker))
    return filled


def voice_at(stretches: Iterable[Stretch]) -> Callable[[float | None, float | None], str]:
    """Who speaks from one second to another, by the stretches of voices: the one heard longest, nobody where two are as long."""
    ordered = sorted(stretches)
    starts = [stretch.start for stretch in ordered]
    reach = list(accumulate((stretch.end for stretch in ordered), max))

    def at(start: float | None, end: float | None) -> str:
        begin, finish = (end if start is None else start), (start if end is None else end)
        if begin is None or finish is None:
            return UNATTRIBUTED
        heard: dict[str, float] = {}
        last = bisect_left(starts, finish + _EDGE)
        for place in range(last - 1, max(-1, last - 1 - _MOST_AT_ONCE), -1):
            if reach[place] <= begin - _EDGE:
                break
            stretch = ordered[place]
            shared = min(stretch.end, finish) - max(stretch.start, begin)
            if shared > -_EDGE:
                heard[stretch.speaker] = max(heard.get(stretch.speaker, -_EDGE), shared)
        longest = max(heard.values(), default=0.0)
        voices = [speaker for speaker, shared in heard.items() if shared >= longest]
        return voices[0] if len(voices) == 1 else UNATTRIBUTED

    return at


def in_order(cues: Iterable[Cue]) -> list[Cue]:
    """The cues by their starts; one without a start stays behind the one before it. An end before the start is none."""
    placed: list[tuple[float, Cue]] = []
    last = 0.0
    for cue in cues:
        last = last if cue.start is None else cue.start
        ends = cue.end is None or cue.start is None or cue.start <= cue.end
        placed.append((last, cue if ends else replace(cue, end=None)))
    return [cue for _, cue in sorted(placed, key=itemgetter(0))]


def drafted(cues: Iterable[Cue], *, dropped: dict[str, int], facts: Facts = NO_FACTS, heard: int = 0, lost: int = 0) -> Draft:
    """The draft of cues that a program wrote.

    `heard` is the number of visible characters that the file elsewhere says were spoken, `lost` of those that have no
    place; the more counts.
    """
    ordered = in_order(cues)
    known = sum(cue.speaker != UNATTRIBUTED for cue in ordered)
    return Draft(
        utterances=join(ordered),
        speech=max(heard, lost + sum(visible(line) for cue in ordered for line in cue.lines)),
        confidence="high" if known * 2 >= len(ordered) else "medium",
        title=facts.title,
        date=facts.date,
        client=facts.client,
        facts_in="metadata",
        dropped=dropped,
    )
