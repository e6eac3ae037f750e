"""SRT subtitles, with speakers as `Name: words` where the program writes them (Otter, podcasts, editors).

Read by our own block reader, not by the package srt 3.5.3. It reads the samples right, but times without hours as
hours (`01:02,000` becomes 1 h 2 min), `3,5` as 3.005 s, and it gives up a whole file for one line out of place, where
we keep what has a time and count the rest.
"""

from analyzer.transcripts.base import Draft, Format, Source, refused
from analyzer.transcripts.filing import Facts
from analyzer.transcripts.speech.captions import draft
from analyzer.transcripts.speech.cues import is_times, read_blocks

_FIRST_LINES = 12


def sniff(source: Source) -> float:
    """By a line of two times near the start; WebVTT with its first line lost is read like this, too."""
    lines = [line for line in source.head.split("\n") if line.strip()][:_FIRST_LINES]
    return 0.9 if any(map(is_times, lines)) else 0.0


def parse(source: Source) -> Draft:
    """Cues with their speakers. Raises Refused where there is no cue with words, or more than one meeting."""
    found = read_blocks((source.text or "").split("\n"))
    if not found.blocks:
        raise refused(source.name, "has times as SRT has them, but no words to them", "Export the transcript again.")
    return draft(source.name, found, Facts())


SUBRIP = Format(
    name="srt",
    title="SRT subtitles",
    sniff=sniff,
    parse=parse,
    export=("Otter: Export > SRT", "any captioning program: SRT"),
    reads=(
        "`Name: words`, times without hours; a caption without a name goes on with the speaker before it where names stand only"
        " when the speaker changes (at medium confidence where it is a guess), else it is nobody's; marks of sounds such as"
        " `[Applause]`, alone in a caption or a line, are left out"
    ),
    missing="date and title, which stand in the file's name if anywhere; a file of several meetings is refused",
)
