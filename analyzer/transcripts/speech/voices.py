"""Who speaks in the blocks of timed captions: by voice tags, by `Name: words`, or by a name on a line of its own."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from analyzer.transcripts.base import UNATTRIBUTED, Confidence
from analyzer.transcripts.notation.names import Label, Shape, Sighting, is_nobody, mostly_named, shape, split_label, trust
from analyzer.transcripts.speech.cues import Block, Cue
from analyzer.transcripts.speech.markup import characters, decoded, without_markup
from analyzer.transcripts.speech.sounds import without_sounds

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s+(?P<name>[^<>]*))?>|</v\s*>", re.IGNORECASE)
_CHANGE = re.compile(r">{2,}\s*")  # how captions for the deaf mark that somebody else speaks
_DASHES = ("-", "\u2013")
_WEBEX_ID = re.compile(r"\d+ \"(?P<name>.*)\" \(\d+\)")
_IN_FRONT = re.compile(r"\s*[\[(]([^\[\]()]{1,80})[\])]")
_MOSTLY = 0.5
_NEARLY_ALL = 0.9
_FEWEST = 3  # cues with a name above their words, below which that may be chance
_FEW_CHANGES = 2  # changes of speaker among which nobody is named twice in a row
_MANY_UNNAMED = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Cues of one speaker each, without markup, and how sure it is that the speakers are read right.

    `dropped` counts what nobody said, by reason.
    """

    cues: list[Cue]
    confidence: Confidence
    dropped: dict[str, int]
    warnings: tuple[str, ...]


def who_speaks(blocks: Sequence[Block]) -> Heard:
    """Who says what in the cues of a file, given in an order in which speakers follow each other."""
    clean, readings = without_markup(blocks)
    cues, confidence, guessed, sounds = _spoken(clean)
    spoken: list[Cue] = []
    for cue in cues:
        lines, marks = without_sounds(cue.lines)
        sounds += marks
        if lines:
            spoken.append(cue if len(lines) == len(cue.lines) else replace(cue, lines=lines))
    return Heard(
        cues=spoken,
        confidence=confidence,
        dropped={"sounds": sounds, "reading aids": readings},
        warnings=(f"captions without a name, taken for the speaker's before them: {guessed}",) if guessed else (),
    )


def _spoken(blocks: Sequence[Block]) -> tuple[list[Cue], Confidence, int, int]:
    """The cues, how sure their speakers are, how many were guessed, and how many marks of sounds were taken out."""
    if any("<v" in line or "<V" in line for block in blocks for line in block.lines):
        cues = list(_by_tags(blocks))
        return cues, _confidence(cues, 1.0), 0, 0
    clean, sounds = _without_sounds([decoded(block) for block in blocks])
    if cues := _by_ids(clean):
        return cues, "low", 0, sounds
    cues, confidence, guessed = _by_labels(clean)
    if confidence is None:
        above = _by_first_lines(clean)
        return (above, "low", 0, sounds) if above else (cues, "medium", 0, sounds)
    return cues, confidence, guessed, sounds


def _without_sounds(blocks: Sequence[Block]) -> tuple[list[Block], int]:
    """The blocks without marks of sounds; a word that stands in a name is none, for `(Dana)` says who speaks."""
    names = _words_of(label.name for block in blocks if (label := _label(block.lines[0])))
    spoken: list[Block] = []
    sounds = 0
    for block in blocks:
        lines, marks = without_sounds(block.lines, names)
        sounds += marks
        if lines:
            spoken.append(replace(block, lines=lines) if marks else block)
    return spoken, sounds


def _words_of(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in set(names) for word in name.casefold().split())


def _confidence(cues: Sequence[Cue], named: float) -> Confidence:
    known = sum(cue.speaker != UNATTRIBUTED for cue in cues)
    return "high" if named >= _MOSTLY and known >= _MOSTLY * len(cues) else "medium"


def _by_tags(blocks: Sequence[Block]) -> Iterator[Cue]:
    """Words outside a tag have no known speaker, unless they begin with a name that others have in a tag."""
    known: set[str] = set()
    for block in blocks:
        for name, words in _voiced("\n".join(block.lines)):
            speaker, lines = name, tuple(characters(words).split("\n"))
            label = split_label(lines[0].strip()) if name == UNATTRIBUTED else None
            if label is not None and label.name in known:
                speaker, lines = label.name, (label.rest, *lines[1:])
            known.add(speaker)
            yield Cue(speaker=speaker, lines=lines, start=block.start, end=block.end)


def _voiced(text: str) -> Iterator[tuple[str, str]]:
    """The words of one cue by voice. Where each tag is closed they may stand within each other; else the next one ends it."""
    tags = list(_VOICE.finditer(text))
    opened = sum(tag.group()[1] != "/" for tag in tags)
    nested = opened * 2 == len(tags)
    speakers = [UNATTRIBUTED]
    at = 0
    for tag in tags:
        if words := text[at : tag.start()].strip():
            yield speakers[-1], words
        at = tag.end()
        if not nested or (tag.group()[1] == "/" and len(speakers) > 1):
            speakers = speakers[:-1] if nested else [UNATTRIBUTED]
        if tag.group()[1] != "/":
            speakers.append(_voice(tag["name"] or ""))
    if words := text[at:].strip():
        yield speakers[-1], words


def _voice(written: str) -> str:
    return _known(" ".join(characters(written).split()))


def _known(name: str) -> str:
    return UNATTRIBUTED if is_nobody(name) else name


def _by_labels(blocks: Sequence[Block]) -> tuple[list[Cue], Confidence | None, int]:
    """Cues whose speakers stand in the text as `Name: words`, how sure that is, and how many speakers were guessed.

    Where names come only when the speaker changes, a cue without one goes on with the speaker before it; else it has no
    known speaker. Nothing is sure (None) of a file without names.
    """
    labels = [_label(block.lines[0]) for block in blocks]
    replies = [_label(line) for block in blocks if _is_dialogue(block.lines) for line in block.lines[1:]]
    seen = [Sighting(label, opens=True) for label in (*labels, *replies) if label]
    trusted = trust(seen, len(labels) + len(replies), opening=bool(labels) and labels[0] is not None)
    known = _words_of(trusted.names)
    said = [
        (block, name or (UNATTRIBUTED if _is_headed(lines[0], known) else ""), lines)
        for block, label in zip(blocks, labels, strict=True)
        for name, lines in _parts(block.lines, label, trusted.names)
    ]
    names = [name for _, name, _ in said]
    unnamed = names.count("")
    undecided = mostly_named(trusted) and unnamed > 0 and _names_change(names)
    goes_on = not mostly_named(trusted) or (undecided and unnamed > 1 and unnamed >= _MANY_UNNAMED * len(names))
    cues: list[Cue] = []
    speaker = UNATTRIBUTED
    for block, name, lines in said:
        speaker = name or (speaker if goes_on else UNATTRIBUTED)
        cues.append(Cue(speaker=speaker, lines=lines, start=block.start, end=block.end))
    if trusted.share == 0:
        return cues, None, 0
    return cues, "medium" if undecided else _confidence(cues, trusted.share), unnamed if undecided and goes_on else 0


def _names_change(names: Sequence[str]) -> bool:
    """Whether nobody is named twice in a row, as where names stand only when the speaker changes, though most cues have one.

    A program that names every cue soon does that.
    """
    given = [name.casefold() for name in names if name and name != UNATTRIBUTED]
    return len(given) > _FEW_CHANGES and all(a != b for a, b in pairwise(given))


def _is_headed(line: str, known: frozenset[str]) -> bool:
    """Whether a line begins with words of a known name in brackets: whoever is meant, the speaker before does not go on."""
    match = _IN_FRONT.match(line)
    return match is not None and known.issuperset(match[1].casefold().split())


def _is_dialogue(lines: Sequence[str]) -> bool:
    """Whether each of these lines may be somebody else's, as a dash before more than one says."""
    return len(lines) > 1 and sum(line.lstrip().startswith(_DASHES) for line in lines) > 1


def _label(line: str) -> Label | None:
    text = line.strip()
    if text.startswith((">", "-")):
        text = text.lstrip(">- ")
    return split_label(text)


def _parts(lines: Sequence[str], first: Label | None, names: frozenset[str]) -> list[tuple[str, tuple[str, ...]]]:
    """A cue's lines by speaker, empty where its first lines carry no name. Names are those known from the starts of cues."""
    if len(lines) == 1 and not lines[0].lstrip().startswith(">"):
        named = first is not None and first.name in names
        return [(_known(first.name), (first.rest,))] if first and named else [("", tuple(lines))]
    parts: list[tuple[str, list[str]]] = []
    dialogue = _is_dialogue(lines)
    for at, line in enumerate(lines):
        label = _label(line) if at else first
        change = _CHANGE.match(line.lstrip())
        if label is not None and label.name in names:
            parts.append((_known(label.name), [label.rest]))
        elif change or (dialogue and line.lstrip().startswith(_DASHES)):
            parts.append((UNATTRIBUTED, [line.lstrip()[change.end() if change else 0 :]]))
        elif parts:
            parts[-1][1].append(line)
        else:
            parts.append(("", [line]))
    return [(name, tuple(words)) for name, words in parts]


def _by_ids(blocks: Sequence[Block]) -> list[Cue]:
    """Cues whose speaker stands in their ids, as Webex writes them; none where ids are of another kind.

    A cue with a number alone, or with an empty name, is nobody's.
    """
    ids = [_WEBEX_ID.fullmatch(block.id) for block in blocks]
    others = (block.id for block, match in zip(blocks, ids, strict=True) if match is None)
    if sum(match is not None for match in ids) <= _MOSTLY * len(ids) or not all(not one or one.isdecimal() for one in others):
        return []
    names = [_known(" ".join(match["name"].split())) if match else UNATTRIBUTED for match in ids]
    return [Cue(speaker=n, lines=b.lines, start=b.start, end=b.end) for n, b in zip(names, blocks, strict=True)]


def _by_first_lines(blocks: Sequence[Block]) -> list[Cue]:
    """Cues with a name on a line of its own above the words; none unless nearly all have one, and the same come again."""
    names = [_alone(block.lines) for block in blocks]
    times = Counter(filter(None, names))
    again = sum(number for number in times.values() if number > 1)
    if again < _FEWEST or again < _NEARLY_ALL * len(blocks) or len(times) * 2 > len(blocks):
        return []
    return [
        Cue(speaker=name or UNATTRIBUTED, lines=block.lines[1:] if name else block.lines, start=block.start, end=block.end)
        for name, block in zip(names, blocks, strict=True)
    ]


def _alone(lines: Sequence[str]) -> str:
    name = " ".join(lines[0].split())
    return name if len(lines) > 1 and shape(name) is Shape.NAME else ""
