"""Which labels of a plain transcript are names, and how the lines are set out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analyzer.transcripts.formats.plain_lines import Line, is_note, is_of_notes
from analyzer.transcripts.notation.names import Sighting, Trusted, trust

_MOSTLY = 0.5
_FEWEST = 2


class Names(NamedTuple):
    """The names that the lines use, and whether they stand in items of a list."""

    trusted: Trusted
    listed: bool

    def on(self, line: Line) -> str | None:
        """The name with which somebody begins to speak on a line; a list among lines without one is of something else."""
        label = line.label
        return label.name if label and label.name in self.trusted.names and (self.listed or not line.listed) else None


def names_in(lines: Sequence[Line]) -> Names:
    """The names in these lines, judged by the lines of talk: from a name on, up to a heading."""
    places: list[Line] = []
    headed = True
    for line in lines:
        headed = line.label is None and (headed or line.heading is not None)
        if not (headed or line.heading or line.unread or line.alone or is_note(line.text)):
            places.append(line)
    labelled = [line for line in places if line.label]
    listed = sum(line.listed for line in labelled) * 2 > len(labelled)
    if not listed:
        places = [line for line in places if not line.listed]
    seen = [Sighting(line.label, line.opens, line.after_sentence, line.breaks) for line in places if line.label]
    return Names(trust(seen, len(places), opening=bool(seen) and seen[0].opens), listed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the lines are set out.

    `stamped`: turns come with times, so that a time without a name begins words of nobody known; `bare` is the number
    of colons in them where they stand without brackets. `talked`: the places of the headings, of anything but notes,
    below which somebody speaks before the next; `last_talk` is the last of them. `begins`: the names with which talk
    may begin below notes. `once`: single words that count as names by one paragraph that they begin, where others begin
    without any.
    """

    stamped: bool
    bare: int
    talked: frozenset[int]
    last_talk: int
    begins: frozenset[int]
    once: tuple[str, ...]


def layout(lines: Sequence[Line], names: Names) -> Layout:
    """How lines with these names are set out."""
    talked: list[int] = []
    heading = -1
    named = [at for at, line in enumerate(lines) if names.on(line)]
    for at, line in enumerate(lines):
        if line.heading:
            heading = -1 if is_of_notes(line.heading) else at
        elif heading >= 0 and names.on(line):
            talked.append(heading)
            heading = -1
    begins = [at for at in named if lines[at].opens]
    if len(begins) * 2 <= len(named):  # turn below turn: a name in a paragraph of its own is no talk
        below = {at for at in named if not lines[at].opens}
        begins = [at for at in begins if at + 1 in below]
    return Layout(
        stamped=mostly_stamped(lines),
        bare=_colons(lines),
        talked=frozenset(talked),
        last_talk=max(talked, default=-1),
        begins=frozenset(begins),
        once=_once(lines, names),
    )


def mostly_stamped(lines: Sequence[Line]) -> bool:
    """Whether most names come with a time."""
    times = [line.time for line in lines if line.label]
    return sum(time is not None for time in times) >= _MOSTLY * len(times)


def _colons(lines: Sequence[Line]) -> int:
    """The number of colons in the time before the first name that has one without brackets before it, else 0."""
    bare = (line.stamp for line in lines if line.label and line.stamp and not line.stamp.bracketed)
    return next((stamp.time.count(":") for stamp in bare), 0)


def _once(lines: Sequence[Line], names: Names) -> tuple[str, ...]:
    talk = [line for line in lines if line.opens and line.heading is None and not line.unread]
    if sum(line.label is None and line.stamp is None for line in talk) < _FEWEST:
        return ()
    times = Counter(name for line in lines if (name := names.on(line)))
    once = (name for line in talk if line.stamp is None and line.time is None and (name := names.on(line)))
    return tuple(name for name in once if times[name] == 1 and " " not in name)
