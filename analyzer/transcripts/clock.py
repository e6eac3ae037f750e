"""Times as transcripts write them for people: `4:07`, `00:04:07`, `1:02:03.5`."""

CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,6})?"
"""A pattern without groups."""


def clock_seconds(text: str) -> float:
    """Seconds of a time that matches CLOCK."""
    seconds = 0.0
    for part in text.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return seconds
