"""WebVTT: Zoom (`Name: words`), Teams (`<v Name>words</v>`), and caption files of any origin.

Read by our own block reader, not by webvtt-py 0.6.0. On the samples that package takes the number of the next cue for
spoken words where no empty line stands between, leaves entities in names and words, gives all words of a cue with two
voices to the first, and returns no cue and no error for times with a comma.
"""

from analyzer.transcripts.base import Draft, Format, Source, refused
from analyzer.transcripts.filing import from_heading
from analyzer.transcripts.speech.captions import draft
from analyzer.transcripts.speech.cues import is_times, read_blocks

_SIGNATURE = "WEBVTT"
_COMMENTS = ("NOTE", "STYLE", "REGION", "Kind:", "Language:")


def sniff(source: Source) -> float:
    """By its signature alone, which the standard asks for and every program writes."""
    return 1.0 if source.head.lstrip().startswith(_SIGNATURE) else 0.0


def parse(source: Source) -> Draft:
    """Cues with their voices. Raises Refused where there is no cue with times that can be read."""
    lines = (source.text or "").lstrip().split("\n")
    first = next((at for at, line in enumerate(lines) if not line.strip() or is_times(line)), len(lines))
    found = read_blocks(lines[first:], comments=_COMMENTS)
    if not found.blocks:
        raise refused(source.name, "is WebVTT without a single cue whose times can be read", "Export the transcript again.")
    headline = lines[0].removeprefix(_SIGNATURE)
    heading = [headline, *lines[1:first], *(note.removeprefix("NOTE") for note in found.notes)]
    return draft(found, from_heading(heading, first_is_title=bool(headline.strip())))


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
        " notes and styles, times without hours; a name on a line of its own above the words, at low confidence"
    ),
    missing="who speaks where the file does not say; Teams writes no date into the file, so it comes from the file's name",
)
