"""What a model is given to read: turns as numbered lines, between two marks that no turn can imitate.

A turn is always one line, whatever white space its text has, and a mark carries a hash of the material, which cannot
stand in what it is a hash of; so no words that were spoken or pasted can begin another turn or end the material.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analyzer.model.findings import ClaimKind, Finding, Gap
from analyzer.model.insight import Exchange
from analyzer.model.meetings import Meeting, Passage, Side, Turn

CHARACTERS_PER_TOKEN = 3.5  # a cautious mean over English and the languages that take more tokens a word
OVERLAP_TURNS = 20
_LONG_LINE = 8_000
_LONG_EXCHANGE = 1_200  # characters of an earlier question or answer; five sentences are fewer
_SPLIT_FROM = 8  # lines; fewer are not split further


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Consecutive turns as lines; `first` and `last` are turn numbers, both included."""

    first: int
    last: int
    lines: tuple[str, ...]


def tokens(text: str) -> int:
    """Roughly how many tokens a text has."""
    return int(len(text) / CHARACTERS_PER_TOKEN) + 1


def one_line(text: str) -> str:
    """The text without line breaks, control characters and doubled spaces."""
    return " ".join("".join(c if c.isprintable() or c == "\u200d" else " " for c in text).split())


def marks(kind: str, material: str) -> tuple[str, str]:
    """The lines that begin and end this material: the same for the same material, and nowhere within it."""
    token = hashlib.sha256(material.encode(errors="replace")).hexdigest()[:16]
    return f"===== {kind} {token} begins =====", f"===== {kind} {token} ends ====="


def turn_line(turn: Turn) -> str:
    """`number | time | side | speaker | words`, on one line; `typed` stands behind the time of what was written in the chat."""
    return f"{_head(turn)} | {one_line(turn.text)}"


def facts(meeting: Meeting) -> dict[str, str]:
    """The variables that every prompt about one meeting has."""
    others = [name for side in (Side.OTHER, Side.MIXED, Side.UNKNOWN) for name in meeting.names(side)]
    return {
        "date": meeting.date.isoformat(),
        "title": one_line(meeting.title) or "(no title)",
        "ours": _names(meeting.names(Side.OURS)),
        "theirs": _names(meeting.names(Side.THEIRS)),
        "others": _names(others),
    }


def windows(turns: Sequence[Turn], budget: int) -> tuple[Window, ...]:
    """The turns in as few windows of at most `budget` tokens as will do, each sharing 20 turns or more with the one before.

    Where 20 turns would fill more than half of a window, they share that half. A turn that is longer than a line may be
    stands on several lines with the same number, so nothing is ever cut off.
    """
    units = [(t.ordinal, line) for t in turns for line in _pieces(t, budget)]
    found: list[Window] = []
    start = 0
    while True:
        end, used = start, 0
        while end < len(units) and (end == start or used + tokens(units[end][1]) <= budget):
            used += tokens(units[end][1])
            end += 1
        found.append(Window(first=units[start][0], last=units[end - 1][0], lines=tuple(line for _, line in units[start:end])))
        if end == len(units):
            return tuple(found)
        start = max(start + 1, _overlap(units, start, end, budget // 2))


def halves(window: Window) -> tuple[Window, ...]:
    """The window in two that share some turns, for what was too much at once; none where it is too short to be split."""
    count = len(window.lines)
    if count < _SPLIT_FROM:
        return ()
    shared = min(OVERLAP_TURNS, count // 4)
    cut = count // 2
    return tuple(
        Window(first=ordinal(lines[0]), last=ordinal(lines[-1]), lines=lines)
        for lines in (window.lines[: cut + shared - shared // 2], window.lines[cut - shared // 2 :])
    )


def length(meeting: Meeting, gaps: Sequence[Gap]) -> str:
    """How much was said, and what of it was not read."""
    theirs = sum(turn.side is Side.THEIRS for turn in meeting.turns)
    told = f"{len(meeting.turns)} turns, {theirs} of them theirs"
    unread = ", ".join(f"{gap.first} to {gap.last}" for gap in gaps)
    return f"{told}; turns {unread} could not be read" if unread else f"{told}; all of them were read"


def noted(notes: Sequence[str]) -> str:
    """A person's notes as the judge is shown them; empty where there are none."""
    if not notes:
        return ""
    return "\n".join(("", "Notes of our side about what happened outside this meeting:", *(f"- {one_line(n)}" for n in notes)))


def stretches(turns: Sequence[Turn], around: Iterable[int], reach: int) -> tuple[str, ...]:
    """The lines of the turns within `reach` of those asked for, with a line of dots where turns are left out."""
    wanted = {n for at in around for n in range(at - reach, at + reach + 1)}
    lines: list[str] = []
    skipped = False
    for turn in turns:
        if turn.ordinal not in wanted:
            skipped = True
            continue
        if skipped:
            lines.append("...")
        skipped = False
        lines.append(turn_line(turn))
    return (*lines, "...") if skipped and lines else tuple(lines)


def finding_line(number: int, finding: Finding) -> str:
    """One finding as it is weighed: its number, what it is about, and the words with their place."""
    claim, evidence = finding.claim, finding.evidence
    polarity = claim.polarity.value if claim.kind in (ClaimKind.SIGN, ClaimKind.CONDITION) else ""
    about = [claim.kind.value, claim.topic, polarity, claim.strength or ""]
    parts = [f"finding {number}: {' '.join(a for a in about if a)}", f'turn {evidence.turn}: "{one_line(evidence.quote)}"']
    if claim.commitment is not None:
        terms = claim.commitment
        parts.append(
            f"{terms.giver or 'somebody'} owes {terms.receiver or 'somebody'}: {one_line(terms.what)} ({terms.due or 'no date'})"
        )
    if claim.recommendation is not None:
        told = "; ".join(f'turn {e.turn}: "{one_line(e.quote)}"' for e in finding.fate)
        parts.append(
            f"advice: {one_line(claim.recommendation.what)}; outcome {claim.recommendation.outcome.value} {told}".rstrip()
        )
    if claim.follow_up is not None:
        told_of = claim.follow_up
        became = told_of.fate or told_of.outcome or "open"
        parts.append(f"earlier {told_of.about.value} of {told_of.owner or 'somebody'}: {one_line(told_of.what)} ({became})")
    if claim.reason:
        parts.append(f"reader's note: {one_line(claim.reason)}")
    return " | ".join(parts)


def exchange_lines(earlier: Sequence[Exchange]) -> tuple[str, ...]:
    """What was asked and answered before, oldest first; nothing where that is nothing."""
    lines: list[str] = []
    for exchange in earlier:
        lines.append(f"--- asked before: {_shortened(exchange.question)} ---")
        lines.append(f"answered: {_shortened(exchange.answer) or '(the passages did not tell)'}")
    return tuple(lines)


def clients_named(passages: Sequence[Passage]) -> tuple[str, ...]:
    """The clients that are told apart by name: all of them where there are several, else none."""
    clients = tuple(dict.fromkeys(passage.client_name for passage in passages if passage.client_name))
    return clients if len(clients) > 1 else ()


def passage_lines(passages: Sequence[Passage]) -> tuple[str, ...]:
    """Numbered passages, each a heading and its turns; the client is named where there are several."""
    lines: list[str] = []
    named = clients_named(passages)
    for number, passage in enumerate(passages, start=1):
        whose = f" with {one_line(passage.client_name)}" if passage.client_name in named else ""
        lines.append(f"--- passage {number}: meeting of {passage.date.isoformat()}{whose} ---")
        lines += [turn_line(turn) for turn in passage.turns]
    return tuple(lines)


def _shortened(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONG_EXCHANGE else f"{line[:_LONG_EXCHANGE]} ..."


def _overlap(units: Sequence[tuple[int, str]], start: int, end: int, room: int) -> int:
    """Where the next window begins: with the last 20 turns of this one, or as many of them as there is room for."""
    at = end
    used = 0
    while at > start and units[at - 1][0] > units[end - 1][0] - OVERLAP_TURNS:
        used += tokens(units[at - 1][1])
        if used > room:
            break
        at -= 1
    return at


def _pieces(turn: Turn, budget: int) -> list[str]:
    """A turn as one line, or as several when it is too long for one; cut between words."""
    head, words = _head(turn), one_line(turn.text)
    limit = max(200, min(_LONG_LINE, int(budget * CHARACTERS_PER_TOKEN / 4)))
    pieces: list[str] = []
    while len(words) > limit:
        cut = words.rfind(" ", 0, limit)
        cut = limit if cut <= 0 else cut
        pieces.append(f"{head} | {words[:cut]}")
        words = words[cut:].lstrip()
    return [*pieces, f"{head} | {words}"]


def _head(turn: Turn) -> str:
    speaker = one_line(turn.speaker).replace("|", "/")
    time = f"{_time(turn.start)}{' typed' if turn.chat else ''}"
    return f"{turn.ordinal} | {time} | {turn.side.value} | {speaker}"


def ordinal(line: str) -> int:
    """The number of the turn that a line is of."""
    return int(line.partition(" ")[0])


def _names(names: Sequence[str]) -> str:
    return ", ".join(one_line(name).replace("|", "/") for name in names) or "(nobody known)"


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
