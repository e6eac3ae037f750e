"""From the blocks of timed captions to a Draft, for every format that has such blocks."""

from analyzer.transcripts.base import Draft
from analyzer.transcripts.filing import Facts
from analyzer.transcripts.notation.words import visible
from analyzer.transcripts.speech.cues import Blocks
from analyzer.transcripts.speech.turns import join, take_once
from analyzer.transcripts.speech.voices import who_speaks


def draft(found: Blocks, facts: Facts) -> Draft:
    """Turns, and what became of everything else."""
    cues, confidence = who_speaks(found.blocks)
    cues, repeats = take_once(cues)
    return Draft(
        utterances=join(cues),
        speech=sum(visible(line) for cue in cues for line in cue.lines) + sum(map(visible, found.stray)),
        confidence=confidence,
        title=facts.title,
        date=facts.date,
        client=facts.client,
        dropped={
            "comments": sum(line.startswith("NOTE") for line in found.notes),
            "repeated captions": repeats,
            "lines without a time": len(found.stray),
        },
        warnings=(f"cues out of order, put in the order of their times: {found.moved}",) if found.moved else (),
    )
