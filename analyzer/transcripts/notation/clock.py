"""Times as transcripts write them for people: `4:07`, `00:04:07`, `1:02:03.5`, and of day `10:02 AM`."""

CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,6})?"
"""A pattern without groups."""

MERIDIEM = r"(?:[ \u00a0\u202f]?[AaPp]\.?[Mm]\.?)?"
"""What may follow CLOCK where it is a time of day of twelve hours; a pattern without groups."""

_HOUR = 3600.0
_SIXTIETHS = 60


def clock_seconds(text: str) -> float:
    """Seconds of a time that matches CLOCK: of what passed since the start, or of the day where AM or PM follows."""
    clock = text.rstrip("AaPpMm. \u00a0\u202f")
    seconds = 0.0
    for part in clock.replace(",", ".").split(":"):
        seconds = seconds * _SIXTIETHS + float(part)
    if not is_of_day(text):
        return seconds
    if clock.count(":") == 1:
        seconds *= _SIXTIETHS
    afternoon = text[len(clock) :].strip()[0] in "Pp"
    return seconds % (12 * _HOUR) + 12 * _HOUR * afternoon


def is_of_day(text: str) -> bool:
    """Whether a time that matches CLOCK says AM or PM."""
    return text[-1:] in set("Mm.") and text.rstrip(".")[-1:] in set("Mm")
