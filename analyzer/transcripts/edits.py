"""Doing again what a person changed about who speaks, over any reading of the meeting.

An edit never touches a word: it moves whole turns from one name to another, or changes sides. On another reading (the
file read anew, or another export) names are found by `fold_name` and turns by their words; what cannot be found for sure
is told in `missed` and left as the reading has it.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analyzer.errors import NotFound, UsageError
from analyzer.model.edits import AssignedTurn, Edit, EditKind
from analyzer.model.meetings import Side, Speaker, Utterance
from analyzer.names import fold_name
from analyzer.transcripts import places
from analyzer.transcripts.base import UNATTRIBUTED
from analyzer.transcripts.notation.words import scrub
from analyzer.transcripts.people import is_numbered

_WITNESSES = 5
_FIRST_WORDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A reading after edits: as many utterances with the same words; `missed` tells, a line each, what could not be done."""

    speakers: tuple[Speaker, ...]
    utterances: tuple[Utterance, ...]
    missed: tuple[str, ...] = ()


@dataclass
class _Reading:
    """What the edits have made of a reading so far."""

    speakers: dict[str, Speaker]
    utterances: list[Utterance]

    @cached_property
    def flow(self) -> places.Flow:
        """Edits change no word, so one look-up serves all of them."""
        return places.flow(self.utterances)

    def named(self, name: str) -> list[str]:
        """The speakers that a name may mean: the one of just that name, else all whose names fold to the same."""
        return _named(self.speakers, name)

    def give(self, turns: Sequence[int], to: Speaker) -> None:
        """Put these turns on one speaker; who has none left is no speaker any more."""
        for at in turns:
            self.utterances[at] = replace(self.utterances[at], speaker=to.name)
        self.speakers[to.name] = to
        self.tidy()

    def tidy(self) -> None:
        """Everybody who speaks and nobody else, in the order of their first words."""
        heard = dict.fromkeys(u.speaker for u in self.utterances)
        self.speakers = {name: self.speakers.get(name) or Speaker(name=name, side=Side.UNKNOWN) for name in heard}

    def turns_of(self, names: Sequence[str]) -> list[int]:
        return [at for at, u in enumerate(self.utterances) if u.speaker in names]


def apply(speakers: Sequence[Speaker], utterances: Sequence[Utterance], edits: Sequence[Edit]) -> Edited:
    """The reading with these edits done in order, each as `noted` on some reading; what does not fit this one is `missed`.

    The same reading with the same edits is always the same, so that an edit is undone by leaving it out. Never raises.
    """
    reading = _Reading({s.name: s for s in speakers}, list(utterances))
    reading.tidy()
    missed = [line for edit in edits for line in _DO[edit.kind](reading, edit)]
    return Edited(speakers=tuple(reading.speakers.values()), utterances=tuple(reading.utterances), missed=tuple(missed))


def _rename(reading: _Reading, edit: Edit) -> list[str]:
    (name,) = edit.names
    there = reading.named(edit.to)
    if not reading.named(name) and there:
        return []  # this reading calls them so already
    voice, why = _voice(reading, edit, name)
    if voice is None:
        return [why]
    if any(other != voice for other in there):
        return [f"{voice} keeps that name: somebody is called {there[0]} here too; merge them if they are one"]
    reading.give(reading.turns_of([voice]), replace(reading.speakers[voice], name=edit.to))
    return []


def _merge(reading: _Reading, edit: Edit) -> list[str]:
    kept = reading.named(edit.to)
    looked = [_voice(reading, edit, name) for name in dict.fromkeys(edit.names) if reading.named(name)]
    voices = list(dict.fromkeys([*kept, *(voice for voice, _ in looked if voice is not None)]))
    missed = [why for voice, why in looked if voice is None]
    if len(kept) > 1 and not {voice for voice, _ in looked}.issuperset(kept):
        return [f"{edit.to!r} fits {_listed(kept)} here, so nobody is merged"]
    if not voices:
        return missed or [f"nobody here is called {_listed(edit.names)}, so nobody is called {edit.to} either"]
    merged = _merged([reading.speakers[voice] for voice in voices], edit.to, is_kept=len(kept) == 1)
    reading.give(reading.turns_of(voices), merged)
    return missed


def _merged(voices: Sequence[Speaker], name: str, *, is_kept: bool) -> Speaker:
    """One speaker out of several: the side of the one whose name is kept, else the only side that is known of any."""
    known = [voice.side for voice in voices if voice.side is not Side.UNKNOWN]
    if is_kept and voices[0].side is not Side.UNKNOWN:
        known = known[:1]
    side = known[0] if len(set(known)) == 1 else Side.UNKNOWN
    return Speaker(name=name, side=side, role=next((voice.role for voice in voices if voice.role), ""))


def _assign(reading: _Reading, edit: Edit) -> list[str]:
    there = reading.named(edit.to)
    if len(there) > 1:
        return [f"{edit.to!r} fits {_listed(there)} here, so no turn is given to either"]
    to = there[0] if there else edit.to
    turns, lost = _found(reading, edit.turns, to)
    if turns:
        reading.give(turns, reading.speakers.get(to) or Speaker(name=to, side=Side.UNKNOWN))
    return [f"{_place(turn)} is not given to {to}: it cannot be found for sure in this reading" for turn in lost]


def _found(reading: _Reading, turns: Sequence[AssignedTurn], to: str) -> tuple[list[int], list[AssignedTurn]]:
    """The turns of this reading that hold these turns' words and nothing else, and those of these turns that are not found.

    A turn may be cut in two here, or joined with the next; it is found where every word of the turns here is one of theirs.
    """
    row = reading.flow
    where = {turn: places.find(reading.utterances, row, turn) for turn in turns}
    where = {turn: at for turn, at in where.items() if at}
    while True:
        claimed = {at for turn in where if (span := places.span_of(row, turn)) for at in range(*span)}
        whole = {turn: at for turn, at in where.items() if _is_whole(reading, at, claimed, to)}
        if len(whole) == len(where):
            return sorted({at for found in where.values() for at in found}), [turn for turn in turns if turn not in where]
        where = whole


def _is_whole(reading: _Reading, turns: Sequence[int], claimed: set[int], to: str) -> bool:
    """Whether turns hold only words that were given, and are one voice in this reading."""
    voices = {reading.utterances[at].speaker for at in turns} - {to}
    return len(voices) <= 1 and all(claimed.issuperset(reading.flow.words_of(at)) for at in turns)


def _sides(reading: _Reading, edit: Edit) -> list[str]:
    missed = []
    for name, side in edit.sides.items():
        voice, why = _voice(reading, edit, name)
        if voice is None:
            missed.append(why)
        else:
            reading.speakers[voice] = replace(reading.speakers[voice], side=side)
    return missed


_DO: Mapping[EditKind, Callable[[_Reading, Edit], list[str]]] = {
    EditKind.RENAME: _rename,
    EditKind.MERGE: _merge,
    EditKind.ASSIGN: _assign,
    EditKind.SIDES: _sides,
}


def _voice(reading: _Reading, edit: Edit, name: str) -> tuple[str | None, str]:
    """The speaker of this reading whom an edit means by a name, or None and why not."""
    found = reading.named(name)
    if len(found) != 1:
        return None, f"{name!r} fits {_listed(found)} here" if found else f"nobody is called {name} here"
    witnesses = [turn for turn in edit.turns if turn.speaker == name]
    heard = Counter(voice for turn in witnesses for voice in _heard(reading, turn))
    if witnesses and 2 * heard[found[0]] <= len(witnesses):
        return None, f"{name} may be another voice here: it does not say what it said before"
    return found[0], ""


def _heard(reading: _Reading, turn: AssignedTurn) -> set[str]:
    return {reading.utterances[at].speaker for at in places.find(reading.utterances, reading.flow, turn)}


def check(speakers: Sequence[Speaker], utterances: Sequence[Utterance], edit: Edit) -> None:
    """Refuse an edit that makes no sense on this reading, the one it is made on.

    Raises NotFound for a name that nobody has, UsageError for all else, with the next step as hint.
    """
    names = tuple(dict.fromkeys(u.speaker for u in utterances)) or tuple(s.name for s in speakers)
    meant = [_the_one(names, name) for name in (*edit.names, *edit.sides)]
    if edit.kind is EditKind.SIDES:
        if not edit.sides:
            raise UsageError("no side is named", f"These speak: {_listed(names)}.")
        return
    if not fold_name(edit.to):
        raise UsageError("a speaker needs a name", "Give the name that they are to have.")
    there = _named(names, edit.to)
    if edit.kind is not EditKind.RENAME and len(there) > 1 and not set(there) <= set(meant):
        raise UsageError(f"{edit.to!r} fits {_listed(there)}", "Give the whole name.")
    if edit.kind is EditKind.ASSIGN:
        _check_turns(utterances, edit)
    else:
        _check_voices(names, edit, meant, there)


def _check_turns(utterances: Sequence[Utterance], edit: Edit) -> None:
    if not edit.turns:
        raise UsageError("no turn is named", f"Turns count from 0 to {len(utterances) - 1}.")
    for turn in edit.turns:
        if not 0 <= turn.ordinal < len(utterances):
            raise UsageError(f"there is no turn {turn.ordinal}", f"Turns count from 0 to {len(utterances) - 1}.")
        if turn.text and turn.text != utterances[turn.ordinal].text:
            raise UsageError(f"turn {turn.ordinal} has other words by now", "Look at the meeting again.")


def _check_voices(names: Sequence[str], edit: Edit, meant: Sequence[str], there: Sequence[str]) -> None:
    if any(_is_nobody(name) for name in (*meant, edit.to)):
        raise UsageError(f"{UNATTRIBUTED!r} is nobody: these words may be of several people", "Use assign, turn by turn.")
    if edit.kind is EditKind.MERGE:
        if len({*meant, *there}) < 2:  # noqa: PLR2004 - one is not several
            raise UsageError("it takes two speakers to merge", f"These speak: {_listed(names)}.")
        return
    if len(meant) != 1:
        raise UsageError("one speaker is renamed at a time", "Use merge where several are one person.")
    if edit.to in meant:
        raise UsageError(f"{edit.to} is called that already", f"These speak: {_listed(names)}.")
    if others := [other for other in there if other not in meant]:
        raise UsageError(f"{others[0]} speaks in this meeting already", "Use merge if they are one person.")


def _the_one(names: Sequence[str], name: str) -> str:
    found = _named(names, name)
    if not found:
        raise NotFound(f"nobody in this meeting is called {name!r}", f"These speak: {_listed(names)}.")
    if len(found) > 1:
        raise UsageError(f"{name!r} fits {_listed(found)}", "Give the whole name.")
    return found[0]


def noted(utterances: Sequence[Utterance], edit: Edit) -> Edit:
    """The edit as it is to be kept, after `check`: names as the meeting has them, and what finds its turns and voices again.

    `utterances` are those it is made on, with all edits before it done.
    """
    names = tuple(dict.fromkeys(u.speaker for u in utterances))
    row = places.flow(utterances)
    meant = {name: _the_one(names, name) for name in (*edit.names, *edit.sides)}
    if edit.kind is EditKind.ASSIGN:
        ordinals = sorted({turn.ordinal for turn in edit.turns})
    else:
        ordinals = [
            at
            for name in dict.fromkeys(meant.values())
            if is_numbered(name) or _is_nobody(name)
            for at in _longest(utterances, name)
        ]
    return replace(
        edit,
        names=tuple(meant[name] for name in edit.names),
        sides={meant[name]: side for name, side in edit.sides.items()},
        to=UNATTRIBUTED if _is_nobody(edit.to) else " ".join(scrub(edit.to)[0].split()),
        turns=tuple(places.noted(utterances, row, at) for at in ordinals),
    )


def _longest(utterances: Sequence[Utterance], name: str) -> list[int]:
    theirs = [at for at, u in enumerate(utterances) if u.speaker == name]
    return sorted(sorted(theirs, key=lambda at: -len(utterances[at].text))[:_WITNESSES])


def _named(names: Mapping[str, object] | Sequence[str], name: str) -> list[str]:
    if name in names:
        return [name]
    folded = fold_name(name)
    return [known for known in names if folded and fold_name(known) == folded]


def _is_nobody(name: str) -> bool:
    return fold_name(name) == fold_name(UNATTRIBUTED)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(names)) or "nobody"


def _place(turn: AssignedTurn) -> str:
    words = turn.text.split()
    return f"turn {turn.ordinal} ({' '.join(words[:_FIRST_WORDS])}{' ...' if len(words) > _FIRST_WORDS else ''})"
