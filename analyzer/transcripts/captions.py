"""From the blocks of timed captions to a Draft, for every format that has such blocks."""

import html
import re
from collections.abc import Sequence
from dataclasses import replace

from analyzer.transcripts.base import UNATTRIBUTED, Confidence, Draft
from analyzer.transcripts.cues import Block, Blocks, Cue, named_by_labels
from analyzer.transcripts.filing import Facts
from analyzer.transcripts.turns import join, take_once
from analyzer.transcripts.words import visible

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s+(?P<name>[^<>]*))?>|</v>")
_TAG = re.compile(r"</?(?:c|i|b|u|s|font|ruby|rt|lang|span)(?:[.\s][^<>]*)?>|<\d{1,4}:[\d:.,]+>", re.IGNORECASE)
_PLACEMENT = re.compile(r"\{\\[^{}]*\}")  # {\an8}, which SRT took over from another format
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_MOSTLY = 0.5


def draft(found: Blocks, facts: Facts) -> Draft:
    """Turns, and what became of everything else."""
    blocks = [replace(block, lines=tuple(map(_without_markup, block.lines))) for block in found.blocks]
    voiced = any("<v" in line for block in blocks for line in block.lines)
    cues, named = (_by_voice(blocks), 1.0) if voiced else named_by_labels(blocks)
    cues, repeats = take_once([_decoded(cue) for cue in cues])
    turns = join(cues)
    dropped = {"comments": sum(line.startswith("NOTE") for line in found.notes), "repeated captions": repeats}
    return Draft(
        utterances=turns,
        speech=sum(visible(line) for cue in cues for line in cue.lines) + sum(map(visible, found.stray)),
        confidence=_confidence([cue.speaker for cue in cues], named),
        title=facts.title,
        date=facts.date,
        client=facts.client,
        dropped=dropped | {"lines without a time": len(found.stray)},
        warnings=(f"cues out of order, put in the order of their times: {found.moved}",) if found.moved else (),
    )


def _by_voice(blocks: Sequence[Block]) -> list[Cue]:
    """Cues of files with voice tags; words outside a tag have no known speaker. A tag that nobody closes ends with its cue."""
    cues = []
    for block in blocks:
        text = "\n".join(block.lines)
        speaker, at = UNATTRIBUTED, 0
        for tag in [*_VOICE.finditer(text), None]:
            words = text[at : tag.start() if tag else len(text)]
            if words.strip():
                cues.append(Cue(speaker=speaker, lines=tuple(words.split("\n")), start=block.start, end=block.end))
            if tag:
                speaker, at = " ".join((tag["name"] or "").split()) or UNATTRIBUTED, tag.end()
    return cues


def _without_markup(line: str) -> str:
    return _PLACEMENT.sub("", _TAG.sub("", line)) if "<" in line or "{" in line else line


def _decoded(cue: Cue) -> Cue:
    """Entities as characters; only those that end with a semicolon, for `R&D` and `AT&T` are no entities."""
    if "&" not in cue.speaker and not any("&" in line for line in cue.lines):
        return cue
    speaker, *lines = (_ENTITY.sub(lambda match: html.unescape(match.group()), text) for text in (cue.speaker, *cue.lines))
    return replace(cue, speaker=speaker, lines=tuple(lines))


def _confidence(speakers: Sequence[str], named: float) -> Confidence:
    known = sum(speaker != UNATTRIBUTED for speaker in speakers)
    return "high" if named >= _MOSTLY and known >= _MOSTLY * len(speakers) else "medium"
