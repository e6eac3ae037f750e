"""How counts, days and reasons are worded wherever a picture is put into sentences."""

import datetime as dt
import re

from analyzer.model.findings import Known, Level, PersonVerdict
from analyzer.model.relationship import Adoption, CommitmentRow, RecommendationRow

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_IN_DAYS = 62  # what is less long ago is told in days
_IN_MONTHS = 36
_AT = ("by", "on", "at", "from", "for", "in", "until", "till", "before", "after", "during")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'\u201d\u2019)]*(?=\s|$)")
_KEPT = re.compile(  # days, months and numbers keep the capital with which they were said
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b"
    r"|(?:[\w-]*-)?(?:first|second|third|\w+th|ten|one|two|three|four|five|six|seven|eight|nine)\b",
    re.IGNORECASE,
)


def count(number: int, noun: str) -> str:
    """A number with its noun: `1 meeting`, `8 meetings`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def times(number: int) -> str:
    """How often: `once`, `3 times`."""
    return "once" if number == 1 else f"{number} times"


def meetings(number: int) -> str:
    """The count in words: `1 meeting`, `8 meetings`."""
    return count(number, "meeting")


def day(date: dt.date) -> str:
    """A day as people write it, whatever the machine's language: `11 Feb 2026`."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def long_ago(date: dt.date, today: dt.date) -> str:
    """How long ago a day is, in the unit that people would use: `today`, `26 days ago`, `14 months ago`, `3 years ago`."""
    days = (today - date).days
    if days <= 0:
        return "today"
    months = (today.year - date.year) * 12 + today.month - date.month - (today.day < date.day)
    if days < _IN_DAYS:
        return f"{count(days, 'day')} ago"
    return f"{count(months, 'month')} ago" if months < _IN_MONTHS else f"{count(months // 12, 'year')} ago"


def in_one_of(number: int) -> str:
    """In one of so many meetings: `once` where there is only one."""
    return "once" if number == 1 else f"in one of {meetings(number)}"


def due_told(due: str) -> str:
    """When something is due as it was said, to stand behind `due`: `from Monday`, `Fifth of May`; no `by` or `due` twice."""
    words = due.split()
    while len(words) > 1 and words[0].casefold() in (*_AT, "due") and words[1].casefold() in (words[0].casefold(), *_AT):
        words = words[1:]
    first = words[0] if words else ""
    if first[1:].islower() and not _KEPT.match(first):
        words[0] = first.casefold()
    return " ".join(words)


def promise_state(status: str, told_on: dt.date | None = None, *, one_meeting: bool = False) -> str:
    """The status of a promise in words, and when it was told; nobody broke one because nothing was heard of it.

    With `one_meeting` only that meeting was looked at, and not what later ones tell.
    """
    if told_on is None and one_meeting:
        return "as this meeting left it"
    if told_on is None:
        return "not heard since" if status == "unknown" else status
    last = "last " if status in ("open", "unknown") else ""
    return f"{'not certain' if status == 'unknown' else status}, {last}told on {day(told_on)}"


def in_their_words(what: str, quote: str) -> str:
    """The sentences of the quote that say it, in quotation marks; as a reader worded it, where nobody said it so."""
    said, told = " ".join(quote.split()), " ".join(what.split()).removesuffix(".")
    at = said.casefold().find(told.casefold())
    if not told or at < 0 or len(said) != len(said.casefold()):
        return told
    ends = [match.end() for match in _SENTENCE_END.finditer(said)]
    first = max((end for end in ends if end <= at), default=0)
    last = min((end for end in ends if end >= at + len(told)), default=len(said))
    return f"“{said[first:last].strip().removesuffix('.')}”"


def promise_told(row: CommitmentRow, *, one_meeting: bool = False) -> str:
    """A promise in one line: who owes whom what, when it is due, what was last told of it and when it was said.

    With `one_meeting` the words of later meetings were not looked at, and nothing is said to be not heard since.
    """
    to = f"{'' if row.owner else ','} to {row.to}" if row.to else ""
    due = ""
    if row.due:
        over = row.status != "open" and row.due_date is not None
        due = f", {'was due' if over else 'due'} {due_told(row.due)}" + (f" ({day(row.due_date)})" if row.due_date else "")
    first = f", first on {day(row.first)}" if row.first else ""
    state = promise_state(row.status, row.told_on, one_meeting=one_meeting)
    said = f"{state}{';' if row.told_on else ','} said {day(row.date)}{first}"
    what = in_their_words(row.what, row.evidence.quote)
    return f"{row.owner or 'Not sure who'}{to}: {what}{due}; {said}"


def advice_told(row: RecommendationRow) -> str:
    """What became of advice, step by step: `adopted 1 Mar 2026, reversed 2 Apr 2026 (your word)`."""
    steps = (f"{step.outcome} {day(step.date)}{'' if step.evidence else ' (your word)'}" for step in row.steps)
    return ", ".join(steps) or row.outcome


def by(author: str | None) -> str:
    """Whose word it is, behind what it is, where it is somebody else's."""
    return f" by {author}" if author else ""


def own_verdict(person: PersonVerdict, of: str = "") -> str:
    """A person's own verdict beside the reader's, with the note; `of` is the day of the meeting where there are several."""
    reader = "could not tell" if person.reader is Level.INSUFFICIENT else f"said {person.reader.value}"
    if person.reader is person.level:
        reader = "said the same"
    when = f" of {of}" if of else ""
    whose = f"A verdict by {person.author}" if person.author else "Your own verdict"
    return f"{whose}{when}: {person.level.value} (the reader {reader}). {sentence(person.note)}".rstrip()


def known_told(level: Level, known: Known | None) -> str:
    """How much the level of a reader is worth, in counts; empty where nobody knows, or where it could not tell."""
    if known is None or level is Level.INSUFFICIENT:
        return ""
    if level is Level.NONE:
        return f"when the reader said so: nothing there in {known.right} of {known.said}"
    return f"when the reader said so: right in {known.right} of {known.said} verdicts on labelled meetings"


def adoption_told(taken: Adoption) -> str:
    """How much of our advice was taken, in counts: a part of few would be no number."""
    late = "" if not taken.too_new else f" {taken.too_new} more {'is' if taken.too_new == 1 else 'are'} too new to tell."
    lost = ""
    if taken.unmatched:
        were = "thing was" if taken.unmatched == 1 else "things were"
        lost = f" {taken.unmatched} more {were} told of earlier advice that could not be matched."
    if not taken.of:
        return f"{count(taken.too_new, 'piece')} given less than {taken.after_days} days ago: too new to tell.{lost}"
    parts = (
        (taken.adopted, "adopted"),
        (taken.modified, "adopted in another form"),
        (taken.not_adopted, "not taken up so far"),
        (taken.unknown, "not known"),
    )
    told = ", ".join(f"{number} {what}" for number, what in parts if number)
    return f"Of {taken.of} given {taken.after_days} days ago or more: {told}.{late}{lost}"


def sentence(text: str) -> str:
    """The text with a capital and an end; empty stays empty."""
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".!?…”" else f"{text}."
