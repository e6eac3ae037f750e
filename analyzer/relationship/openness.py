"""How far both sides open up: who asks how the other's business is doing, who speaks how much, and what of ours comes up.

Plain words looked for in the turns, the same for every engine. English is the only language in which questions are known.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analyzer.model.findings import Evidence, Match
from analyzer.model.meetings import Meeting, Side, Turn
from analyzer.names import fold_text
from analyzer.relationship.wordlists import BREAKS, FUNCTION, GENERIC

_BUSINESS = r"(?:business|firm|practice|company|shop|studio|team|order book|pipeline|year|quarter|workload|side|end|lot)"
_ASKS = re.compile(
    rf"\bhow(?:['\u2019]s| is| are| was| were| has| have)\b[^?.!]{{0,40}}"
    rf"\b(?:your|yours|you)\b[^?.!]{{0,40}}\b{_BUSINESS}\b[^?.!]*\?"
    r"|\bhow(?:['\u2019]s| is| are) (?:business|work|trade|things) (?:with|for|at|on|over) (?:you|your)\b[^?.!]*\?"
    r"|\bare you (?:lot |all |both )?(?:busy|stretched|fully booked|booked up|short of work)\b[^?.!]*\?"
    r"|\b(?:what|how) about (?:your (?:own )?(?:business|firm|practice|company|side|end)|yours)\b[^?.!]*\?"
    r"|\bwhat (?:are you|is your (?:firm|practice|business|company)) (?:working on|building|short of|looking for)\b[^?.!]*\?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_TELLING = 5  # letters; shorter words are mostly grammar
# What people say whatever they speak of; a line is not known by these.
_ANYWHERE = frozenset(
    """people person persons somebody everybody client clients customer business company practice house meeting meetings
    conversation talking working through without within against around spend spends spent happen happens change changes changing
    month months years weeks hours today tomorrow least first second third often always never really actually different better
    whole every other others great right wrong little things someone anyone question answer point points thing place places
    start starts going doing getting making taking coming looking think thought know known knows wants wanted needs needed
    before after while since until should would could about there their these those where which""".split()  # noqa: SIM905 - a block
)
_SAYING_LITTLE = FUNCTION | BREAKS | GENERIC | _ANYWHERE
_STEM = 6
_WINDOW = 3  # turns that are taken together: people say one thing in turns
_ENOUGH = 0.5  # of the telling words of a line; a judgement, not a fitted number
_FEWEST = 2


def asked_about_us(meeting: Meeting) -> tuple[Evidence, ...]:
    """The words in which one of their side asks how our business is doing."""
    asking = (turn for turn in meeting.turns if turn.side is Side.THEIRS and "?" in turn.text)
    return tuple(_evidence(meeting, turn, *found.span()) for turn in asking if (found := _ASKS.search(turn.text)))


def words_by_side(meeting: Meeting) -> dict[Side, int]:
    """How many words each side said."""
    said = dict.fromkeys(Side, 0)
    for turn in meeting.turns:
        said[turn.side] += len(turn.text.split())
    return said


def whole_turn(meeting: Meeting, turn: int) -> Evidence:
    """All that was said in one turn, as evidence."""
    said = meeting.turns[turn]
    return _evidence(meeting, said, 0, len(said.text))


@dataclass(frozen=True, slots=True)
class Searched:
    """The turns of a meeting as they are searched for many lines."""

    meeting: Meeting
    turns: tuple[str, ...]
    text: str


def searched(meetings: Iterable[Meeting]) -> tuple[Searched, ...]:
    """The meetings, newest first, with their turns in one spelling."""
    newest = sorted(meetings, key=lambda m: (m.date, m.slug), reverse=True)
    return tuple(_searched(meeting) for meeting in newest)


@dataclass(frozen=True, slots=True)
class Lines:
    """Short descriptions by their telling words: in which of them each stands, and how many each has."""

    having: dict[str, tuple[int, ...]]
    sizes: tuple[int, ...]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Lines":
        """The descriptions, by their place among these."""
        stems = [dict.fromkeys(_stems(text)) for text in texts]
        having: dict[str, list[int]] = {}
        for at, words in enumerate(stems):
            for stem in words:
                having.setdefault(stem, []).append(at)
        return cls({stem: tuple(places) for stem, places in having.items()}, tuple(map(len, stems)))


def last_mention(line: str, meetings: Sequence[Searched]) -> Evidence | None:
    """The last words that speak of what a line names: a few turns together that have at least half of its telling words.

    The turn with most of them is told. None where there are no such words, or where the line names too little to tell.
    """
    stems = tuple(dict.fromkeys(_stems(line)))
    need = max(_FEWEST, math.ceil(len(stems) * _ENOUGH))
    if len(stems) < _FEWEST:
        return None
    for talk in meetings:
        present = [stem for stem in stems if stem in talk.text]
        if len(present) >= need and (turn := _where(talk.turns, present, need)) is not None:
            return whole_turn(talk.meeting, turn)
    return None


def speaking_of(quote: str, lines: Lines) -> tuple[int, ...]:
    """Which of the lines a quote speaks of: it has at least half of their telling words, and two of them."""
    shared = Counter(at for stem in dict.fromkeys(_stems(quote)) for at in lines.having.get(stem, ()))
    return tuple(at for at, words in shared.items() if words >= _FEWEST and words >= _ENOUGH * lines.sizes[at])


def _searched(meeting: Meeting) -> Searched:
    turns = tuple(f" {_spelt(turn.text)}" for turn in meeting.turns)
    return Searched(meeting, turns, "".join(turns))


def _where(turns: Sequence[str], stems: Sequence[str], need: int) -> int | None:
    """The turn with most of the words, in the latest run of turns that has enough of them."""
    begin = {stem: re.compile(rf"\b{re.escape(stem)}") for stem in stems}
    words = [{stem for stem in stems if stem in text and begin[stem].search(text)} for text in turns]
    for first in range(max(0, len(words) - _WINDOW), -1, -1):
        window = words[first : first + _WINDOW]
        if len(set().union(*window)) >= need:
            return first + max(range(len(window)), key=lambda n: len(window[n]))
    return None


def _spelt(text: str) -> str:
    """The words in one spelling, in which a hand-over is a handover."""
    return (text.lower() if text.isascii() else fold_text(text)).replace("-", "")


def _stems(text: str) -> Iterator[str]:
    for word in _WORD.findall(_spelt(text)):
        if len(word) >= _TELLING and word not in _SAYING_LITTLE:
            yield word[:_STEM]


def _evidence(meeting: Meeting, turn: Turn, first: int, last: int) -> Evidence:
    return Evidence(
        meeting=meeting.id,
        turn=turn.ordinal,
        speaker=turn.speaker,
        side=turn.side.value,
        start=turn.start,
        quote=turn.text[first:last],
        match=Match.EXACT,
        span=(first, last),
        heard_at=turn.time_at(first),
    )
