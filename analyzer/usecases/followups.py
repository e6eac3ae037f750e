"""Questions that lean on the one before: "and when was that?", "what about Ruth?", "and the second one?".

What such a question leaves out is taken from the question before it and its answer: the matter, the person, the meeting.
What it was taken to mean is always told, so that a wrong guess is seen and can be put in other words. Leaning is told by
English words; a question in another language is taken as it stands.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analyzer.model.insight import Answer, Hit
from analyzer.names import fold_text
from analyzer.numbers import is_day_word
from analyzer.usecases import leaning
from analyzer.usecases.periods import find_period
from analyzer.usecases.queries import understand


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The question before, as it was taken, and its answer (None where it tells nothing of this client's meetings).

    `meetings` are the ids of all meetings of the client asked about, oldest first; empty where there are several clients.
    """

    question: str
    answer: Answer | None
    meetings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A question as it is taken: whole, and within one meeting (its id) where it asks for that.

    `recalls` says that it asks where and when the words before were said, which their citation tells. `missing` is what it
    leans on and nothing before it has: then there is nothing to ask.
    """

    question: str
    meeting: str | None = None
    recalls: bool = False
    missing: str = ""


def taken(question: str, before: Before | None, voices: Iterable[str], clients: Sequence[str], today: dt.date) -> Taken:
    """What a question means after the one before. `voices` are the names of those who speak, `clients` of all clients."""
    if before is None:
        return Taken(question=question)
    known = _Known(tuple(dict.fromkeys(voices)), tuple(clients), today)
    text, meeting = _in_that_meeting(" ".join(question.split()), before)
    bare = leaning.CONNECTOR.sub("", text)
    topic = _topic(text, known)
    if leaning.WHO_WAS_THERE.fullmatch(bare):
        return Taken(question=question, meeting=meeting or _meeting_of(before))
    if pointed := _pointed(question, text, topic or bare, before, known):
        return pointed
    if topic:
        return Taken(question=_with_topic(topic, before.question, known), meeting=meeting)
    if before.answer is not None and before.answer.by and _lacks_matter(text, known):  # the record's answers have no matter
        return _missing("it leaves out what it is about")
    whole = _completed(text, bare, before, known)
    return Taken(question=question if meeting is None and whole == bare else whole, meeting=meeting)


def _missing(what: str) -> Taken:
    return Taken(question="", missing=what)


def client_turned_to(question: str, clients: Sequence[str], today: dt.date) -> str | None:
    """The client, by name, that "and Meridian?" turns to; None for a question that says more, or names none."""
    known = _Known((), tuple(clients), today)
    return known.client(leaning.PLACING.sub("", _topic(" ".join(question.split()), known)))


@dataclass(frozen=True, slots=True)
class _Known:
    voices: tuple[str, ...]
    clients: tuple[str, ...]
    today: dt.date

    def speakers(self, text: str) -> tuple[str, ...]:
        """Whom a text names of those who speak."""
        return understand(f"what about {text}", self.voices, self.today).speakers

    def matter(self, text: str) -> str:
        return understand(text, self.voices, self.today).matter.strip(" ?.!")

    def client(self, text: str) -> str | None:
        """The client of that name, by all of it or its first word."""
        words = fold_text(text).split()
        return next((c for c in self.clients if words and fold_text(c).split()[: len(words)] == words), None)


def _pointed(question: str, text: str, bare: str, before: Before, known: _Known) -> Taken | None:
    """A question that points at the answer before: at the words, at one of several, at the meeting beside theirs."""
    if leaning.RECALLS.fullmatch(bare):
        quotes = before.answer is not None and bool(before.answer.citations)
        return Taken(question=question, recalls=True) if quotes else _missing("the answer before quotes nothing")
    if beside := leaning.BESIDE_IT.search(text):
        return _in_the_meeting_beside(beside, text, before, known)
    if time := leaning.TIME.fullmatch(bare):
        return _the_other_time(time["which"], before)
    which = leaning.WHICH.fullmatch(bare)
    return _item(which, before) if which else None


def _in_that_meeting(text: str, before: Before) -> tuple[str, str | None]:
    """The question without "in that meeting", and the meeting that is meant."""
    meeting = _meeting_of(before) if leaning.THAT_MEETING.search(text) else None
    return (text, None) if meeting is None else (leaning.THAT_MEETING.sub("", text).strip(), meeting)


def _in_the_meeting_beside(beside: re.Match[str], text: str, before: Before, known: _Known) -> Taken:
    """The rest of the question, or else the question before, of the meeting before or after the one that was told of."""
    of = _meeting_of(before) or _only_source(before)
    rest = leaning.CONNECTOR.sub("", text[: beside.start()]).strip()
    whole = any(word.casefold() not in leaning.NOT_TELLING for word in leaning.WORDS.findall(rest))
    if of not in before.meetings:
        return Taken(question=text) if whole else _missing("the answer before is of no meeting in particular")
    step = -1 if beside["sooner"] or beside["before"] else 1
    at = before.meetings.index(of) + step
    if not 0 <= at < len(before.meetings):
        return _missing(f"there is no meeting {'before' if step < 0 else 'after'} that one")
    if not whole:
        period, stem = find_period(before.question, known.today), before.question.rstrip(" ?.!")
        rest = f"{stem[: period.start].rstrip()}{stem[period.end :]}".strip(" ,") if period else stem
    return Taken(question=f"{rest}?", meeting=before.meetings[at])


def _only_source(before: Before) -> str:
    """The one meeting that was looked into, where it was just one."""
    sources = before.answer.sources if before.answer else ()
    return sources[0].id if len(sources) == 1 else ""


def _the_other_time(which: str, before: Before) -> Taken:
    """The question before, asked of the first time and not of the last, or the other way round."""
    asked, found = re.subn(r"\b(?:first|last|latest)\b", which.lower(), before.question, count=1, flags=re.IGNORECASE)
    return Taken(question=asked) if found else _missing("the question before asks for no first or last time")


def _meeting_of(before: Before) -> str | None:
    """The meeting of the words that the answer before begins with; an answer from the record is of no meeting in particular."""
    if before.answer is None or before.answer.by or not before.answer.citations:
        return None
    return before.answer.citations[0].meeting


def _topic(text: str, known: _Known) -> str:
    """What stands in place of something in the question before ("what about X?", "and X?", "X?"); empty for none."""
    if match := leaning.ABOUT.fullmatch(text):
        return match["topic"]
    match = leaning.AND_TOPIC.fullmatch(text)
    topic = match["topic"] if match else text.strip(" ?.!")
    words = [word.casefold() for word in leaning.WORDS.findall(topic)]
    if not words or len(words) > leaning.MOST_TOPIC or words[0] in leaning.ASKS:
        return ""
    if match is None and not (known.client(topic) or (known.speakers(topic) and _is_name(topic, known))):
        return ""
    return topic if any(word not in leaning.NOT_TELLING for word in words) or leaning.WHICH.fullmatch(topic) else ""


def _is_name(topic: str, known: _Known) -> bool:
    parts = {part for voice in known.voices for part in fold_text(voice).split()}
    return set(fold_text(topic).split()) <= parts


def _completed(text: str, bare: str, before: Before, known: _Known) -> str:
    """The question, `bare` without its "and", with the person and the matter that it leaves out."""
    whole = _with_person(bare, before, known)
    return _with_matter(whole, before.question, known) if _lacks_matter(text, known) else whole


def _item(which: re.Match[str], before: Before) -> Taken:
    """One of several things in the answer before: the words of its citation, in their meeting."""
    name = which["which"].lower()
    items = [] if before.answer is None else [(e.meeting, e.quote) for e in before.answer.citations]
    items = items or ([] if before.answer is None else [(h.meeting, _best_words(h)) for h in before.answer.nearest])
    at = {"last": len(items) - 1, "other": 1}.get(name, leaning.ORDINALS.index(name) if name in leaning.ORDINALS else 0)
    if not 0 <= at < len(items):
        held = "one quote" if len(items) == 1 else f"{len(items)} quotes" if items else "no quote"
        return Taken(question="", missing=f"the answer before has {held}")
    meeting, words = items[at]
    return Taken(question=" ".join(words.split())[:_LONGEST_ITEM], meeting=meeting)


def _best_words(hit: Hit) -> str:
    start, end = next(iter(hit.excerpt), (0, len(hit.text)))
    return hit.text[start:end]


_LONGEST_ITEM = 300  # characters of the words that are asked about


def _with_topic(topic: str, before: str, known: _Known) -> str:
    """The question before with this in the place of what is of its kind: a person, a client, a time, or its matter."""
    stem = before.rstrip(" ?.!")
    bare = leaning.PLACING.sub("", topic)
    if (persons := known.speakers(bare)) and _is_name(bare, known):
        old = _named_in(stem, known.speakers(stem))
        return f"{_swapped(stem, old, bare)}?" if old else f"{stem}, {persons[0]}?"
    if known.client(bare):
        old = next((word for c in known.clients for word in (c, c.split()[0]) if _stands(word, stem)), "")
        if old:
            return f"{_swapped(stem, old, bare)}?"
        named, they = leaning.THEY.subn(lambda _: bare, stem, count=1)
        return f"{named}?" if they else f"{stem} with {bare}?"
    period = find_period(stem, known.today)
    if find_period(topic, known.today) or any(is_day_word(w.casefold()) for w in leaning.WORDS.findall(topic)):
        return f"{stem[: period.start].rstrip()} {topic}{stem[period.end :]}?" if period else f"{stem} {topic}?"
    matter = known.matter(before)
    if matter and matter != stem and stem.casefold().endswith(matter.casefold()):
        return f"{stem[: -len(matter)]}{bare}?"
    return f"{stem}: {bare}?"


def _with_person(text: str, before: Before, known: _Known) -> str:
    """With a name in the place of "he" or "her", where the question before or its answer is of one person."""
    if not leaning.HE_OR_SHE.search(text) or known.speakers(text):
        return text
    named = known.speakers(before.question)
    if not named and before.answer is not None:
        named = tuple(dict.fromkeys(e.speaker for e in before.answer.citations[:1] if e.speaker))
    if len(named) != 1:
        return text

    def name(match: re.Match[str]) -> str:
        word = match["word"].casefold()
        following = leaning.WORDS.match(text[match.end() :].lstrip())
        owns = word in ("his", "hers") or (
            word == "her" and following is not None and following[0].casefold() not in leaning.NOT_TELLING
        )
        return f"{named[0]}'s" if owns else named[0]

    return leaning.HE_OR_SHE.sub(name, text)


def _lacks_matter(text: str, known: _Known) -> bool:
    """Whether the question says too little of its own: nothing at all, or one word and an "and" or a "that" beside it."""
    names = {part for voice in known.speakers(text) for part in fold_text(voice).split()}
    own = [w for w in leaning.WORDS.findall(text) if w.casefold() not in leaning.NOT_TELLING and fold_text(w) not in names]
    bare = leaning.CONNECTOR.sub("", text)
    has_own = known.matter(bare) != bare.rstrip(" ?.!")  # "and what did Ruth say about fees?" is whole without the "and"
    leans = bool(leaning.THAT.search(text)) or (bare != text and not has_own)
    return not own or (leans and len(own) == 1) or bool(leaning.OF_THAT.match(bare))


def _with_matter(text: str, before: str, known: _Known) -> str:
    """With the matter of the question before in the place of "that" or "it", else behind it."""
    matter = known.matter(before)
    is_thing = matter != before.rstrip(" ?.!")  # else it is the question itself, and takes nobody's place in another
    matter = matter if is_thing else leaning.BEGINS.sub("", matter)
    person = "" if known.speakers(text) else next(iter(known.speakers(before)), "")
    whole, placed = leaning.THAT.subn(lambda _: matter, text, count=1) if is_thing else (text, 0)
    stem = whole.rstrip(" ?.!") if placed else f"{whole.rstrip(' ?.!')}: {matter}"
    return f"{stem}, {person}?" if person and not _stands(person.split()[0], stem) else f"{stem}?"


def _named_in(text: str, speakers: Sequence[str]) -> str:
    """The words by which a text names the first of these speakers."""
    for speaker in speakers:
        for name in (speaker, speaker.split()[0], speaker.split()[-1]):
            if _stands(name, text):
                return name
    return ""


def _stands(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE))


def _swapped(text: str, old: str, new: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, text, count=1, flags=re.IGNORECASE)
