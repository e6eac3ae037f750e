"""JSON of Amazon Transcribe: words and punctuation one by one, speakers on them or beside them in stretches of time."""

from collections.abc import Callable, Iterator

from analyzer.transcripts.base import UNATTRIBUTED, Draft, Format, Source
from analyzer.transcripts.notation.json_values import item_at, objects, record, seconds, share, speaker_name, spoken, string
from analyzer.transcripts.notation.words import visible
from analyzer.transcripts.speech.cues import Cue
from analyzer.transcripts.speech.sentences import Stretch, Word, drafted, sentences, voice_at

_Voice = Callable[[float | None, float | None], str]
_KINDS = frozenset({"pronunciation", "punctuation"})


def sniff(source: Source) -> float:
    """By items of a kind with alternatives."""
    return 0.96 * max((share(objects(listed), _is_item) for _, listed in _tracks(source.document)), default=0.0)


def parse(source: Source) -> Draft:
    """Cues of one sentence; with channels, each channel is put together alone."""
    results = record(record(source.document).get("results")) or record(source.document)
    voice = _voices(results)
    cues: list[Cue] = []
    items = empty = 0
    for channel, listed in _tracks(source.document):
        words = list(_words(channel, objects(listed), voice))
        cues += sentences(words)
        items += len(listed) if isinstance(listed, list) else 0
        empty += (len(listed) if isinstance(listed, list) else 0) - len(words)
    heard = sum(visible(spoken(entry.get("transcript"))) for entry in objects(results.get("transcripts")))
    return drafted(cues, heard=heard, dropped={"items without words": empty})


def _tracks(document: object) -> list[tuple[str, object]]:
    """The lists of items, each with the name of its channel, which is empty where there are none."""
    if isinstance(document, list):
        return [("", document)]
    results = record(record(document).get("results")) or record(document)
    channels = objects(record(results.get("channel_labels")).get("channels"))
    apart = [(speaker_name(one.get("channel_label")), one.get("items")) for one in channels]
    apart = [(name, listed) for name, listed in apart if share(objects(listed), _is_item)]
    return apart or [("", results.get("items"))]


def _is_item(entry: dict[str, object]) -> bool:
    return string(entry.get("type")) in _KINDS and bool(_content(entry))


def _content(item: dict[str, object]) -> str:
    """The likeliest reading of an item."""
    return spoken(item_at(item.get("alternatives"), 0).get("content")).strip()


def _voices(results: dict[str, object]) -> _Voice:
    """Who speaks when, of files that do not say it of every word."""
    segments = objects(record(results.get("speaker_labels")).get("segments"))
    pieces = [(piece, segment) for segment in segments for piece in (*objects(segment.get("items")), segment)]
    stretches = []
    for piece, segment in pieces:
        start, end = seconds(piece.get("start_time")), seconds(piece.get("end_time"))
        if start is not None and end is not None:
            stretches.append(Stretch(start, end, speaker_name(piece.get("speaker_label") or segment.get("speaker_label"))))
    return voice_at(stretches)


def _words(channel: str, items: list[dict[str, object]], voice: _Voice) -> Iterator[Word]:
    """Each item with its speaker: its own label, else that of its time, else its channel. Punctuation is of the word before."""
    speaker = channel or UNATTRIBUTED
    for item in items:
        text = _content(item)
        if not text:
            continue
        start, end = seconds(item.get("start_time")), seconds(item.get("end_time"))
        if item.get("type") != "punctuation":
            label = string(item.get("speaker_label"))
            heard = speaker_name(label) if label else voice(start, end)
            speaker = (channel or UNATTRIBUTED) if heard == UNATTRIBUTED else heard
        yield Word(speaker, text, start, end, glued=item.get("type") == "punctuation")


AWS_TRANSCRIBE = Format(
    name="aws-transcribe",
    title="Amazon Transcribe JSON",
    sniff=sniff,
    parse=parse,
    export=("Amazon Transcribe: the output of a job (with speaker partitioning or channel identification to know who speaks)",),
    reads="words, punctuation, speakers by label or by time, channels",
    missing="title and date; the output of Call Analytics",
)
