"""Labelled meetings altered as recorders and transcribers alter talk, with the labels moved to where their turns went.

A document is a labelled meeting as its JSON file holds it; none is changed in place, and the same one is altered the same way.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from analyzer.engines.offline.sentences import sentences, words

Document = dict[str, Any]
Places = tuple[tuple[int, ...], ...]

MISHEARD = 0.10  # of the words
DROPPED, DOUBLED = 0.25, 0.15  # of those; the rest become another word
AT_THE_ENDS = 5  # turns at either end that greet and take leave
LISTS = ("recommendations", "adopts", "resists")  # labels that not every set has
TITLES = frozenset({"Mr", "Mrs", "Ms", "Dr", "Prof", "Herr", "Frau", "Sir", "Lady", "Madame", "Monsieur"})
FIRST_NAMES = """
    Orla Desmond Pia Lennart Cosima Rufus Tamsin Anselm Bettina Florian Imogen Casper Ottilie Leopold Sunniva Barnaby
    Petra Ambrose Nerine Thaddeus"""
LAST_NAMES = """
    Wexcombe Tarrant Oldroyd Vesterby Quillan Hathersage Brandreth Sorley Lindgate Pomfret Askwith Dunmere Ravensby
    Colthurst Ellingham Farnaby Goodspeed Harkness Ivory Jessop"""
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_SAME_SOUND = (
    (r"^kn|^gn", "n"), (r"^wr", "r"), (r"gh", ""), (r"ph", "f"), (r"c(?=[eiy])", "s"), (r"ck|[cqkg]", "k"), (r"[sz]h?|x", "s"),
    (r"th|[dt]", "t"), (r"[bp]", "p"), (r"[fv]", "f"), (r"[mn]", "n"), (r"(?<!^)[aeiouyhw']", ""), (r"(.)\1+", r"\1"),
    (r"^[aeiou]", "a"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """A document after an alteration; `places[i]` are the turns in which turn i now stands, none where it was cut.

    `changed` is how many turns of the document as it was are no longer what they were.
    """

    document: Document
    places: Places
    changed: int

    @property
    def homes(self) -> dict[int, int] | None:
        """Of each turn that it has now the one that it was, where turns were split; else None."""
        if all(len(place) <= 1 for place in self.places):
            return None
        return {now: was for was, place in enumerate(self.places) for now in place}


def alterations(documents: Sequence[Document]) -> dict[str, Callable[[Document], Altered]]:
    """Every alteration under the name that it is shown by; words are misheard as other words of these documents."""
    return {
        "without points and capitals": without_points,
        f"{MISHEARD:.0%} of the words misheard": partial(misheard, sounds=by_sound(documents)),
        "speakers' names replaced": renamed,
        "turns split in two": split,
        "turns of one side joined": joined,
        "greetings and goodbyes cut": without_greetings,
    }


def reindexed(labels: Mapping[str, Any], places: Places) -> dict[str, Any]:
    """The labels of a meeting whose turns were moved to `places`: a turn that went to two carries its labels in both."""

    def moved(turns: Sequence[int]) -> list[int]:
        return sorted({now for was in turns for now in places[was]})

    return {
        **labels,
        "signs": {sign: {**told, "evidence": moved(told["evidence"])} for sign, told in labels["signs"].items()},
        "partnership": {opening: moved(turns) for opening, turns in labels["partnership"].items()},
        "commitments": [{**one, "turn": now} for one in labels["commitments"] for now in places[one["turn"]]],
        "questions": [{**one, "turns": moved(one["turns"])} for one in labels["questions"]],
        **{name: moved(labels[name]) for name in LISTS if name in labels},
    }


def labelled_turns(labels: Mapping[str, Any]) -> set[int]:
    """The turns that carry any label."""
    lists = [told["evidence"] for told in labels["signs"].values()] + list(labels["partnership"].values())
    lists += [one["turns"] for one in labels["questions"]] + [labels[name] for name in LISTS if name in labels]
    return {turn for turns in lists for turn in turns} | {one["turn"] for one in labels["commitments"]}


def without_points(document: Document) -> Altered:
    """In lower case, with no marks but apostrophes, as many recognisers write; a turn of marks alone stays."""

    def bare(text: str) -> str:
        return " ".join(m.group() for m in _WORD.finditer(text)).lower() or text

    return _reworded(document, [bare(turn["text"]) for turn in document["turns"]])


def misheard(document: Document, sounds: Mapping[str, Sequence[str]]) -> Altered:
    """With words dropped, doubled, or taken for one that sounds alike, or for any other where none does."""
    rng = np.random.default_rng([0, zlib.crc32(document["id"].encode())])
    every = [word for alike in sounds.values() for word in alike]

    def heard(match: re.Match[str]) -> str:
        word, kind = match.group(), rng.random()
        if rng.random() >= MISHEARD:
            return word
        if kind < DROPPED:
            return ""
        if kind < DROPPED + DOUBLED:
            return f"{word} {word}"
        others = [other for other in sounds.get(sound(word), ()) if other != word.casefold()] or every
        other = others[rng.integers(len(others))]
        return other.capitalize() if word[0].isupper() else other

    said = [" ".join(_WORD.sub(heard, turn["text"]).split()) for turn in document["turns"]]
    return _reworded(document, [now if words(now) else turn["text"] for now, turn in zip(said, document["turns"], strict=True)])


def by_sound(documents: Sequence[Document]) -> dict[str, list[str]]:
    """The words of documents under how they sound, each once, in the order of the alphabet."""
    alike: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for turn in document["turns"]:
            for word in words(turn["text"]):
                alike[sound(word)].add(word)
    return {key: sorted(alike[key]) for key in sorted(alike)}


def sound(word: str) -> str:
    """How a word sounds, coarsely: "bored" as "board", "right" as "write"."""
    key = word.casefold().replace("\u2019", "'")
    for letters, heard_as in _SAME_SOUND:
        key = re.sub(letters, heard_as, key)
    return key


def renamed(document: Document) -> Altered:
    """With other names for the speakers, wherever the file says them: in the turns' labels, the talk, the sides, the promises.

    A name that is also a word ("Will") is replaced where it stands with a capital.
    """
    other: dict[str, str] = {}
    taken = set(_WORD.findall(" ".join(turn["text"] for turn in document["turns"])))
    firsts, lasts = ((name for name in names.split() if name not in taken) for names in (FIRST_NAMES, LAST_NAMES))
    for speaker in dict.fromkeys([*document["consultant_side"], *document["client_side"]]):
        parts = [part for part in _WORD.findall(speaker) if part[0].isupper() and part not in TITLES]
        for at, part in enumerate(parts):
            if part not in other:
                other[part] = next(firsts if at == 0 else lasts)
    names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(other, key=len, reverse=True)))})(?!\w)")
    new = _in_all_texts(document, lambda text: names.sub(lambda m: other[m.group()], text)) if other else document
    changed = sum(now != was for now, was in zip(new["turns"], document["turns"], strict=True))
    return Altered(document=new, places=_as_they_were(document), changed=changed)


def split(document: Document) -> Altered:
    """Each turn of several sentences in two, at the end of the sentence that is nearest to its middle."""
    turns: list[Document] = []
    places: list[tuple[int, ...]] = []
    for turn in document["turns"]:
        halves = _halves(turn["text"])
        places.append(tuple(range(len(turns), len(turns) + len(halves))))
        turns += [{**turn, "text": half} for half in halves]
    return _laid_out(document, turns, tuple(places), changed=sum(len(place) > 1 for place in places))


def joined(document: Document) -> Altered:
    """Each turn with the next one of the same side, two at a time, under the name of the first."""
    ours = set(document["consultant_side"])
    turns: list[Document] = []
    places: list[tuple[int, ...]] = []
    room = False  # whether the last turn may still take one in
    for turn in document["turns"]:
        if room and (turn["speaker"] in ours) == (turns[-1]["speaker"] in ours):
            turns[-1] = {**turns[-1], "text": f"{turns[-1]['text']} {turn['text']}"}
            room = False
        else:
            turns.append(turn)
            room = True
        places.append((len(turns) - 1,))
    shared = Counter(places)
    return _laid_out(document, turns, tuple(places), changed=sum(n for n in shared.values() if n > 1))


def without_greetings(document: Document) -> Altered:
    """Without those of the first and last turns that carry no label."""
    last = len(document["turns"]) - AT_THE_ENDS
    labelled = labelled_turns(document["labels"])
    kept = [at for at in range(len(document["turns"])) if at in labelled or AT_THE_ENDS <= at < last]
    now = {was: at for at, was in enumerate(kept)}
    places = tuple((now[at],) if at in now else () for at in range(len(document["turns"])))
    return _laid_out(document, [document["turns"][at] for at in kept], places, changed=len(places) - len(kept))


def _reworded(document: Document, texts: Sequence[str]) -> Altered:
    turns = [{**turn, "text": text} for turn, text in zip(document["turns"], texts, strict=True)]
    changed = sum(now != was for now, was in zip(turns, document["turns"], strict=True))
    return Altered(document={**document, "turns": turns}, places=_as_they_were(document), changed=changed)


def _laid_out(document: Document, turns: Sequence[Document], places: Places, *, changed: int) -> Altered:
    labels = reindexed(document["labels"], places)
    return Altered(document={**document, "turns": list(turns), "labels": labels}, places=places, changed=changed)


def _as_they_were(document: Document) -> Places:
    return tuple((at,) for at in range(len(document["turns"])))


def _halves(text: str) -> tuple[str, ...]:
    ends = [sentence.end for sentence in sentences(text)][:-1]
    if not ends:
        return (text,)
    middle = min(ends, key=lambda end: abs(end - len(text) / 2))
    return text[:middle].strip(), text[middle:].strip()


def _in_all_texts(value: Any, change: Callable[[str], str]) -> Any:
    """The value with every text in it changed, keys of tables included."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_in_all_texts(one, change) for one in value]
    if isinstance(value, dict):
        return dict(_changed_items(value, change))
    return value


def _changed_items(table: Mapping[str, Any], change: Callable[[str], str]) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        yield change(key), _in_all_texts(value, change)
