"""How counts, days and reasons are worded wherever a picture is put into sentences."""

import datetime as dt

from analyzer.model.findings import Level, PersonVerdict
from analyzer.model.relationship import Adoption

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def count(number: int, noun: str) -> str:
    """A number with its noun: `1 meeting`, `8 meetings`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def meetings(number: int) -> str:
    """The count in words: `1 meeting`, `8 meetings`."""
    return count(number, "meeting")


def day(date: dt.date) -> str:
    """A day as people write it, whatever the machine's language: `11 Feb 2026`."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def promise_state(status: str, told_on: dt.date | None = None) -> str:
    """The status of a promise in words, and when it was told; nobody broke one because nothing was heard of it."""
    if told_on is None:
        return "not heard since" if status == "unknown" else status
    last = "last " if status in ("open", "unknown") else ""
    return f"{'not certain' if status == 'unknown' else status}, {last}told on {day(told_on)}"


def own_verdict(person: PersonVerdict, of: str = "") -> str:
    """A person's own verdict beside the reader's, with the note; `of` is the day of the meeting where there are several."""
    reader = "could not tell" if person.reader is Level.INSUFFICIENT else f"said {person.reader.value}"
    if person.reader is person.level:
        reader = "said the same"
    when = f" of {of}" if of else ""
    return f"Your own verdict{when}: {person.level.value} (the reader {reader}). {sentence(person.note)}".rstrip()


def adoption_told(taken: Adoption) -> str:
    """How much of our advice was taken, in counts: a part of few would be no number."""
    late = "" if not taken.too_new else f" {taken.too_new} more {'is' if taken.too_new == 1 else 'are'} too new to tell."
    if not taken.of:
        return f"{count(taken.too_new, 'piece')} given less than {taken.after_days} days ago: too new to tell."
    parts = (
        (taken.adopted, "adopted"),
        (taken.modified, "adopted in another form"),
        (taken.not_adopted, "not taken up"),
        (taken.unknown, "not known"),
    )
    told = ", ".join(f"{number} {what}" for number, what in parts if number)
    return f"Of {taken.of} given {taken.after_days} days ago or more: {told}.{late}"


def sentence(text: str) -> str:
    """The text with a capital and an end; empty stays empty."""
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".!?…”" else f"{text}."
