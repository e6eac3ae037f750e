"""Names that do not leave: what is known of a client's people and organisations, as stand-ins that stay the same.

The table of a client is kept in the record and goes with the client. A meeting that is filed under no client, or a question
over several of them, has a table of its own that nobody keeps.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from analyzer.engines.llm.pseudonyms import Names, Table, extend
from analyzer.model.meetings import Meeting, Passage, Turn
from analyzer.names import fold_text

_TELLING = 3  # letters; a shorter word of a name alone says nobody's name
_ROUNDS = 5  # another process may have taken a stand-in between two looks


class KnownNames(Protocol):
    """What the record knows of names, and the stand-ins that it keeps for a client."""

    def people(self) -> tuple[str, ...]:
        """Every speaker of every meeting by all names that they have had, and the people of the practice with their aliases."""
        ...

    def organisations(self) -> tuple[str, ...]:
        """The practice and every client, by all names that they have had."""
        ...

    def stand_ins(self, client_id: str) -> Mapping[str, str]:
        """The stand-ins kept for this client, by what they stand for."""
        ...

    def keep_stand_ins(self, client_id: str, added: Mapping[str, str]) -> Mapping[str, str]:
        """Keep more of them; those that are there already stay. Returns all that are kept now."""
        ...


def table_for(known: KnownNames, client_ids: Iterable[str | None], speakers: Iterable[str], texts: Sequence[str]) -> Table:
    """The stand-ins for everything known that may stand in these texts, kept where they all are one client's."""
    clients = frozenset(c for c in client_ids if c is not None)
    here = fold_text(" ".join(texts))
    people = dict.fromkeys((*(name for name in known.people() if _may_stand_in(name, here)), *speakers))
    organisations = tuple(name for name in known.organisations() if _may_stand_in(name, here))
    names = Names(people=tuple(people), organisations=organisations)
    owner = next(iter(clients)) if len(clients) == 1 else None
    kept = dict(known.stand_ins(owner)) if owner else {}
    table = extend(kept, names, texts)
    for _ in range(_ROUNDS):
        if owner is None or not table.added:
            break
        kept = dict(known.keep_stand_ins(owner, table.added))
        table = extend(kept, names, texts)
    return table


def _may_stand_in(name: str, folded: str) -> bool:
    """Whether some word of the name stands in this text: the names of others do not belong into a client's table."""
    return any(word in folded for word in fold_text(name).split() if len(word) >= _TELLING) or fold_text(name) in folded


def hidden_meeting(meeting: Meeting, table: Table) -> Meeting:
    """The meeting as it leaves: title, speakers and turns with stand-ins."""
    return replace(
        meeting,
        title=table.conceal(meeting.title),
        speakers=tuple(replace(s, name=table.conceal(s.name)) for s in meeting.speakers),
        turns=tuple(_hidden(turn, table) for turn in meeting.turns),
    )


def hidden_passages(passages: Sequence[Passage], table: Table) -> tuple[Passage, ...]:
    """The passages as they leave."""
    return tuple(
        replace(p, client_name=table.conceal(p.client_name), turns=tuple(_hidden(turn, table) for turn in p.turns))
        for p in passages
    )


def _hidden(turn: Turn, table: Table) -> Turn:
    return replace(turn, speaker=table.conceal(turn.speaker), text=table.conceal(turn.text))
