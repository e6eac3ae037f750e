"""How counts, days and reasons are worded wherever a picture is put into sentences."""

import datetime as dt

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


def promise_state(status: str) -> str:
    """The status of a promise in words; nobody is said to have broken one because nothing was heard of it."""
    return "not heard since" if status == "unknown" else status


def sentence(text: str) -> str:
    """The text with a capital and an end; empty stays empty."""
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".!?…”" else f"{text}."
