"""WebVTT: Zoom (`Name: words`), Teams (`<v Name>words</v>`), and caption files of any origin.

Read by our own block reader, not by webvtt-py 0.6.0. On the samples that package takes the number of the next cue for
spoken words where no empty line stands between, leaves entities in names and words, gives all words of a cue with two
voices to the first, and returns no cue and no error for times with a comma.
"""

from collections.abc import Sequence

from analyzer.transcripts.base import Draft, Format, Source, refused
from analyzer.transcripts.filing import from_heading
from analyzer.transcripts.speech.captions import draft
from analyzer.transcripts.speech.cues import is_times, read_blocks, start_in
from analyzer.transcripts.speech.restarts import several_meetings

_SIGNATURE = "WEBVTT"
_COMMENTS = ("WEBVTT", "NOTE", "STYLE", "REGION", "Kind:", "Language:")


def sniff(source: Source) -> float:
    """By its signature alone, which the standard asks for and every program writes."""
    return 1.0 if source.head.lstrip().startswith(_SIGNATURE) else 0.0


def parse(source: Source) -> Draft:
    """Cues with their voices. Raises Refused where no cue has times that can be read, or where there is a second meeting."""
    lines = (source.text or "").lstrip().split("\n")
    first = next((at for at, line in enumerate(lines) if not line.strip() or is_times(line)), len(lines))
    below = _parted(source.name, lines[first:])
    found = read_blocks(below, comments=_COMMENTS, free_ids=True)
    if not found.blocks:
        raise refused(source.name, "is WebVTT without a single cue whose times can be read", "Export the transcript again.")
    headline = lines[0].removeprefix(_SIGNATURE)
    notes = (note.removeprefix("NOTE") for note in found.notes if not note.startswith(_SIGNATURE))
    return draft(source.name, found, from_heading([headline, *lines[1:first], *notes], first_is_title=bool(headline.strip())))


def _parted(name: str, lines: Sequence[str]) -> list[str]:
    """The lines with an empty one before each further signature, as captions that come in pieces have it.

    Raises Refused where the clock goes back there: another file was put behind the first.
    """
    parted: list[str] = []
    last: float | None = None
    signed = False
    before = ""
    for line in lines:
        start = start_in(line)
        if signed and start is not None and last is not None and start < last:
            raise several_meetings(name, "a second file begins in it, with a clock of its own")
        signed = signed and start is None
        last = last if start is None else start
        if _is_signature(line, before):
            signed = True
            parted.append("")
        parted.append(line)
        before = line
    return parted


def _is_signature(line: str, before: str) -> bool:
    """Whether a line begins another file; said by somebody, the word stands below times or among others."""
    if not line.startswith(_SIGNATURE) or is_times(before):
        return False
    return line.strip() == _SIGNATURE or (not before.strip() and line[len(_SIGNATURE)].isspace())


WEBVTT = Format(
    name="webvtt",
    title="WebVTT (Zoom, Teams and others)",
    sniff=sniff,
    parse=parse,
    export=(
        "Zoom, cloud recording: the recording's page > Audio transcript > download (`GMT..._Recording.transcript.vtt`)",
        "Teams: the meeting's Recap > Transcript > Download > Download as .vtt",
        "Webex: the recording's page > Transcript > Download",
        "any captioning program: WebVTT",
    ),
    reads=(
        "`Name: words`, voice tags (also unclosed and nested ones), names in the ids of captions (Webex), rolling captions,"
        " notes and styles, times without hours; a caption without a name goes on with the speaker before it where names"
        " stand only when the speaker changes, else it is nobody's; a name on a line of its own above the words, at low"
        " confidence; marks of sounds such as `[Applause]`, alone in a caption or a line, are left out"
    ),
    missing=(
        "who speaks where the file does not say; Teams writes no date into the file, so it comes from the file's name;"
        " a file of several meetings is refused"
    ),
)
