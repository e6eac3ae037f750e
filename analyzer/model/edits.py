"""What a person changed about who speaks in a meeting, kept as it was said, so that it can be done again and taken back."""

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from analyzer.model.meetings import Side


class EditKind(StrEnum):
    """What was said: another name for a voice, several voices are one, single turns are somebody's, or who is on which side."""

    RENAME = "rename"
    MERGE = "merge"
    ASSIGN = "assign"
    SIDES = "sides"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignedTurn:
    """One turn as it stood when the edit was made, with what finds it again in another reading of the meeting.

    `ordinal` counts from 0, `speaker` is whose it was then, `before` and `after` are the words around it and `place` is the
    number of words before it. Only `ordinal` is needed to say which turn is meant; the rest is noted for later.
    """

    ordinal: int
    text: str = ""
    speaker: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    place: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change; its kind says which field means what.

    rename: the one voice in `names` is called `to`. merge: the voices in `names`, and the one called `to` where there is
    one, are one person called `to`. assign: `turns` are said by `to`, a speaker or a new name. sides: `sides` by name.
    But for assign, `turns` are a few turns of those voices that a program had numbered ("Speaker 1"): another reading may
    number them otherwise, and its voice of that name is taken for the same only if it says these words.
    """

    kind: EditKind
    names: tuple[str, ...] = ()
    to: str = ""
    turns: tuple[AssignedTurn, ...] = ()
    sides: dict[str, Side] = field(default_factory=dict)

    def told(self) -> str:
        """The change in one line for people."""
        match self.kind:
            case EditKind.RENAME:
                return f"{_listed(self.names)} is called {self.to}"
            case EditKind.MERGE:
                return f"{_listed(self.names)} are one: {self.to}" if len(self.names) > 1 else f"{self.names[0]} is {self.to}"
            case EditKind.ASSIGN:
                ordinals = sorted({turn.ordinal for turn in self.turns})
                return f"{'turn' if len(ordinals) == 1 else 'turns'} {_listed(_runs(ordinals))}: said by {self.to}"
            case EditKind.SIDES:
                return "; ".join(f"{side.value}: {_listed(names)}" for side in Side if (names := self._on(side)))

    def _on(self, side: Side) -> tuple[str, ...]:
        return tuple(name for name, theirs in self.sides.items() if theirs is side)


def _listed(things: tuple[str, ...]) -> str:
    *first, last = things
    return f"{', '.join(first)} and {last}" if first else last


def _runs(ordinals: list[int]) -> tuple[str, ...]:
    """Numbers in order, three and more in a row as `7 to 9`."""
    runs = [[n for _, n in run] for _, run in groupby(enumerate(ordinals), lambda pair: pair[1] - pair[0])]
    long = 3
    return tuple(told for run in runs for told in ([f"{run[0]} to {run[-1]}"] if len(run) >= long else map(str, run)))
