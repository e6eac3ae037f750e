"""Who is ours and who is theirs among the speakers of a meeting: only from what somebody said or wrote, never guessed."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from analyzer.errors import UsageError
from analyzer.model.meetings import Side, Speaker
from analyzer.names import fold_name
from analyzer.practice import Person, Practice
from analyzer.transcripts.base import UNATTRIBUTED

_NO_ROLES: Mapping[str, str] = MappingProxyType({})


def assign(
    names: Sequence[str],
    *,
    practice: Practice,
    us: Sequence[str] = (),
    declared_us: Sequence[str] = (),
    declared_them: Sequence[str] = (),
    roles: Mapping[str, str] = _NO_ROLES,
) -> tuple[Speaker, ...]:
    """A side for every speaker, in the order given; `declared_us`, `declared_them` and `roles` are what the file itself says.

    Ours are the names in `us`, those that the file declares to be ours, and the people of the practice unless the file
    declares them to be theirs. Everybody else is theirs as soon as one speaker is ours, and unknown when none is. Words
    without a speaker, and nameless voices in a room (`@1`), stay unknown whatever is known of the others.

    Raises UsageError for a name in `us` that no speaker bears, naming the speakers.
    """
    people = [name for name in dict.fromkeys(names) if not is_nobody(name)]
    chosen = _chosen(people, us, practice)
    named_us, named_them = _folded(declared_us), _folded(declared_them)
    ours = {
        name
        for name in people
        if name in chosen or fold_name(name) in named_us or (practice.is_ours(name) and fold_name(name) not in named_them)
    }
    by_name = {fold_name(name): role for name, role in roles.items()}
    rest = Side.THEIRS if ours else Side.UNKNOWN
    return tuple(
        Speaker(
            name=name,
            side=Side.UNKNOWN if is_nobody(name) else Side.OURS if name in ours else rest,
            role=by_name.get(fold_name(name), ""),
        )
        for name in dict.fromkeys(names)
    )


def _chosen(people: Sequence[str], us: Sequence[str], practice: Practice) -> set[str]:
    """The speakers meant by the names in `us`; a name of one of our people stands for all the names that person goes by."""
    chosen: set[str] = set()
    for wanted in us:
        known = tuple(person for person in practice.people if Practice(name="", people=(person,)).is_ours(wanted))
        meant = Practice(name="", people=(*known, Person(name=wanted)))
        found = {name for name in people if meant.is_ours(name)}
        if not found:
            spoke = ", ".join(people) or "nobody by name"
            raise UsageError(f"nobody called {wanted!r} speaks in this meeting", f"These speak: {spoke}.")
        chosen |= found
    return chosen


def _folded(names: Collection[str]) -> frozenset[str]:
    return frozenset(map(fold_name, names))


def is_nobody(name: str) -> bool:
    """Whether words under this name are nobody's: no speaker was named, or a room's microphone numbered its voices."""
    return fold_name(name) == fold_name(UNATTRIBUTED) or name.startswith("@")
