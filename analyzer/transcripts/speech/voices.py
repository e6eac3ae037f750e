"""Who speaks in the blocks of timed captions: by voice tags, by `Name: words`, or by a name on a line of its own."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analyzer.transcripts.base import UNATTRIBUTED, Confidence
from analyzer.transcripts.notation.names import Label, Shape, Sighting, is_nobody, mostly_named, shape, split_label, trust
from analyzer.transcripts.speech.cues import Block, Cue

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s+(?P<name>[^<>]*))?>|</v\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:c|i|b|u|s|font|ruby|rt|lang|span)(?:[.\s][^<>]*)?>|<\d{1,4}:[\d:.,]+>", re.IGNORECASE)
_PLACEMENT = re.compile(r"\{\\[^{}]*\}")  # {\an8}, which SRT took over from another format
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_CHANGE = re.compile(r">{2,}\s*")  # how captions for the deaf mark that somebody else speaks
_DASHES = ("-", "\u2013")
_WEBEX_ID = re.compile(r"\d+ \"(?P<name>[^\"]+)\" \(\d+\)")
_MOSTLY = 0.5
_NEARLY_ALL = 0.9
_FEWEST = 3  # cues with a name above their words, below which that may be chance


def who_speaks(blocks: Sequence[Block]) -> tuple[list[Cue], Confidence]:
    """Cues of one speaker each, without markup, and how sure it is that the speakers are read right."""
    clean = [_without_markup(block) for block in blocks]
    if any("<v" in line or "<V" in line for block in clean for line in block.lines):
        cues = list(_by_tags(clean))
        return cues, _confidence(cues, 1.0)
    clean = [_decoded(block) for block in clean]
    cues, share = _by_labels(clean)
    if share == 0:
        above = _by_ids(clean) or _by_first_lines(clean)
        return (above, "low") if above else (cues, "medium")
    return cues, _confidence(cues, share)


def _confidence(cues: Sequence[Cue], named: float) -> Confidence:
    known = sum(cue.speaker != UNATTRIBUTED for cue in cues)
    return "high" if named >= _MOSTLY and known >= _MOSTLY * len(cues) else "medium"


def _without_markup(block: Block) -> Block:
    if not any("<" in line or "{" in line for line in block.lines):
        return block
    return replace(block, lines=tuple(_PLACEMENT.sub("", _TAG.sub("", line)) for line in block.lines))


def _decoded(block: Block) -> Block:
    return replace(block, lines=tuple(map(_characters, block.lines))) if any("&" in line for line in block.lines) else block


def _characters(text: str) -> str:
    """Entities as characters; only those that end with a semicolon, for `R&D` and `AT&T` are no entities."""
    return _ENTITY.sub(lambda match: html.unescape(match.group()), text) if "&" in text else text


def _by_tags(blocks: Sequence[Block]) -> Iterator[Cue]:
    """Words outside a tag have no known speaker, unless they begin with a name that others have in a tag."""
    known: set[str] = set()
    for block in blocks:
        for name, words in _voiced("\n".join(block.lines)):
            speaker, lines = name, tuple(_characters(words).split("\n"))
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
    return _known(" ".join(_characters(written).split()))


def _known(name: str) -> str:
    return UNATTRIBUTED if is_nobody(name) else name


def _by_labels(blocks: Sequence[Block]) -> tuple[list[Cue], float]:
    """Cues whose speakers stand in the text as `Name: words`, and the share of cues that carry a name.

    Where most cues carry one, a cue without has no known speaker; where names come only when the speaker changes, it
    goes on with the speaker before it.
    """
    labels = [_label(block.lines[0]) for block in blocks]
    replies = [_label(line) for block in blocks if _is_dialogue(block.lines) for line in block.lines[1:]]
    seen = [Sighting(label, opens=True) for label in (*labels, *replies) if label]
    trusted = trust(seen, len(labels) + len(replies), opening=bool(labels) and labels[0] is not None)
    goes_on = not mostly_named(trusted)
    cues: list[Cue] = []
    speaker = UNATTRIBUTED
    for block, label in zip(blocks, labels, strict=True):
        for name, lines in _parts(block.lines, label, trusted.names):
            speaker = name or (speaker if goes_on else UNATTRIBUTED)
            cues.append(Cue(speaker=speaker, lines=lines, start=block.start, end=block.end))
    return cues, trusted.share


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
    """Cues whose speaker stands in their ids, as Webex writes them; none where the ids are of another kind."""
    ids = [_WEBEX_ID.fullmatch(block.id) for block in blocks]
    if sum(match is not None for match in ids) < _NEARLY_ALL * len(ids):
        return []
    names = [" ".join(match["name"].split()) if match else UNATTRIBUTED for match in ids]
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
