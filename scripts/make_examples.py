"""Writes `examples/` out of `benchmarks/meetings`: three series of client meetings, each meeting as another program exports it.

The labels stay behind. Run it from the repository's root after changing a meeting: `python scripts/make_examples.py`.
"""

import json
import textwrap
import uuid
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MEETINGS = ROOT / "benchmarks" / "meetings"
EXAMPLES = ROOT / "examples"

CUE_WORDS = 14  # about two lines of captions
SECONDS_A_WORD = 0.4

Meeting = dict[str, Any]
Cue = tuple[float, float, str, str]


def cues(meeting: Meeting) -> Iterator[Cue]:
    """Start, end, speaker and words of captions, the words spread evenly over each turn's time."""
    turns = meeting["turns"]
    last = turns[-1]["start"] + len(turns[-1]["text"].split()) * SECONDS_A_WORD
    for turn, until in zip(turns, [following["start"] for _, following in pairwise(turns)] + [last], strict=True):
        words = turn["text"].split()
        pace = min(SECONDS_A_WORD, (until - turn["start"]) / len(words))
        for at in range(0, len(words), CUE_WORDS):
            shown = words[at : at + CUE_WORDS]
            start = turn["start"] + at * pace
            yield start, start + len(shown) * pace, turn["speaker"], " ".join(shown)


def clock(seconds: float, fraction: str) -> str:
    """`00:01:02.500` for a full stop as the fraction's mark."""
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{fraction}{milliseconds:03}"


def zoom(meeting: Meeting) -> str:
    """WebVTT as Zoom's cloud recordings have it."""
    blocks = (
        f"{number}\n{clock(start, '.')} --> {clock(end, '.')}\n{speaker}: {words}\n"
        for number, (start, end, speaker, words) in enumerate(cues(meeting), start=1)
    )
    return "WEBVTT\n\n" + "\n".join(blocks)


def teams(meeting: Meeting) -> str:
    """WebVTT as Teams has it: ids of the call, voice tags, entities, wrapped lines."""
    call = uuid.uuid5(uuid.NAMESPACE_URL, meeting["id"])
    blocks = []
    for number, (start, end, speaker, words) in enumerate(cues(meeting), start=1):
        text = words.replace("&", "&amp;").replace("<", "&lt;")
        wrapped = "\n".join(textwrap.wrap(text, 45, break_long_words=False, break_on_hyphens=False))
        blocks.append(f"{call}/{number}-0\n{clock(start, '.')} --> {clock(end, '.')}\n<v {speaker}>{wrapped}</v>\n")
    return "WEBVTT\n\n" + "\n".join(blocks)


def subrip(meeting: Meeting) -> str:
    """SRT with the speaker in every cue."""
    blocks = []
    for number, (start, end, speaker, words) in enumerate(cues(meeting), start=1):
        wrapped = "\n".join(textwrap.wrap(f"{speaker}: {words}", 60, break_long_words=False, break_on_hyphens=False))
        blocks.append(f"{number}\n{clock(start, ',')} --> {clock(end, ',')}\n{wrapped}\n")
    return "\n".join(blocks)


def otter(meeting: Meeting) -> str:
    """Text as Otter exports it, times without a fraction."""
    blocks = (f"{t['speaker']}  {int(t['start']) // 60}:{int(t['start']) % 60:02}  \n{t['text']}\n" for t in meeting["turns"])
    return "\n".join(blocks) + "\nTranscribed by https://otter.ai\n"


def plain(meeting: Meeting) -> str:
    """Plain text with a heading and a time before every name."""
    lines = (f"[{clock(t['start'], '.')[:8]}] {t['speaker']}: {t['text']}" for t in meeting["turns"])
    return f"{meeting['title']}\nDate: {meeting['date']}\nClient: {meeting['client']}\n\n" + "\n".join(lines) + "\n"


def markdown(meeting: Meeting) -> str:
    """Markdown with names in bold and no times."""
    paragraphs = (f"**{t['speaker']}:** {t['text']}\n" for t in meeting["turns"])
    return f"# {meeting['title']}\n\nDate: {meeting['date']}\n\n## Transcript\n\n" + "\n".join(paragraphs)


def whisper(meeting: Meeting) -> str:
    """Segments as WhisperX writes them, speakers already named."""
    segments = [
        {"start": round(start, 2), "end": round(end, 2), "text": f" {words}", "speaker": speaker}
        for start, end, speaker, words in cues(meeting)
    ]
    return json.dumps({"segments": segments, "language": "en"}, indent=1, ensure_ascii=False) + "\n"


def without_labels(meeting: Meeting) -> str:
    """The meeting itself as JSON, without what was judged of it."""
    kept = {key: value for key, value in meeting.items() if key not in {"id", "labels"}}
    return json.dumps(kept, indent=1, ensure_ascii=False) + "\n"


FILES: dict[str, tuple[str, Callable[[Meeting], str]]] = {
    "northgate-01": ("northgate/2025-09-17 Spans and layers review, first meeting.vtt", zoom),
    "northgate-02": ("northgate/2025-11-20 Catch-up before the form goes in.vtt", teams),
    "northgate-03": ("northgate/2026-02-11 At Goole.srt", subrip),
    "meridian-01": ("meridian/2025-11-12 First scoping call_otter_ai.txt", otter),
    "meridian-02": ("meridian/chemistry.txt", plain),
    "meridian-03": ("meridian/20260421 After the readout.json", whisper),
    "okafor-01": ("okafor/first-working-session.json", without_labels),
    "okafor-02": ("okafor/Call about Thursday.md", markdown),
}


def main() -> None:
    """Write all files."""
    for source, (name, write) in FILES.items():
        meeting = json.loads((MEETINGS / f"{source}.json").read_text(encoding="utf-8"))
        target = EXAMPLES / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(write(meeting), encoding="utf-8")
        print(target.relative_to(ROOT))


if __name__ == "__main__":
    main()
