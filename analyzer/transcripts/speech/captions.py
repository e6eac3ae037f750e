"""From the blocks of timed captions to a Draft, for every format that has such blocks."""

from collections.abc import Sequence
from itertools import pairwise

from analyzer.transcripts.base import Draft
from analyzer.transcripts.filing import Facts
from analyzer.transcripts.notation.words import visible
from analyzer.transcripts.speech.cues import Block, Blocks, in_order
from analyzer.transcripts.speech.markup import without_cut_tag
from analyzer.transcripts.speech.restarts import NEAR_THE_BEGINNING, ensure_one_meeting, several_meetings
from analyzer.transcripts.speech.turns import join, take_once
from analyzer.transcripts.speech.voices import who_speaks


def draft(name: str, found: Blocks, facts: Facts) -> Draft:
    """Turns, and what became of everything else. Raises Refused, naming the file, where it holds more than one meeting."""
    if _is_numbered_anew(found.blocks):
        raise several_meetings(name, "the numbers of its captions and their times begin anew")
    blocks, cut = without_cut_tag(found.blocks)
    heard = who_speaks(blocks)
    ensure_one_meeting(name, [(cue.speaker, cue.start) for cue in heard.cues])
    ordered, moved = in_order(blocks)
    heard = who_speaks(ordered) if moved else heard
    cues, repeats = take_once(heard.cues)
    return Draft(
        utterances=join(cues),
        speech=sum(visible(line) for cue in cues for line in cue.lines) + sum(map(visible, found.stray)),
        confidence=heard.confidence,
        title=facts.title,
        date=facts.date,
        client=facts.client,
        dropped={
            "comments": sum(line.startswith("NOTE") for line in found.notes),
            "titles of captions": found.titles,
            "repeated captions": repeats,
            "lines without a time": len(found.stray),
            **heard.dropped,
        },
        warnings=(
            *(("the file ends within a tag: it seems to be cut off",) if cut else ()),
            *heard.warnings,
            *((f"cues out of order, put in the order of their times: {moved}",) if moved else ()),
        ),
    )


def _is_numbered_anew(blocks: Sequence[Block]) -> bool:
    """Whether captions are numbered from the first on again where their times fall back to the beginning."""
    ends = [*blocks[2:], None]
    return any(
        before.id.isdecimal()
        and block.id.lstrip("0") in {"", "1"}
        and block.id.isdecimal()
        and (below is None or below.id.isdecimal())
        and block.start < before.start
        and block.start - blocks[0].start <= NEAR_THE_BEGINNING
        for (before, block), below in zip(pairwise(blocks), ends, strict=False)
    )
