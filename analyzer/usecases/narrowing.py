"""Who and when a search keeps to: what flags say, and what the question says where no flag does."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from analyzer.model.insight import Understood
from analyzer.model.meetings import Turn
from analyzer.relationship.words import day
from analyzer.store import Sitting
from analyzer.usecases.periods import Period
from analyzer.usecases.queries import Query, name_words
from analyzer.usecases.scope import Scope

Heads = Mapping[str, Sequence[Sitting]]
"""The meetings of each client by its id, oldest first."""

SPEAKERS, DATES = "speakers", "dates"
_IN_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "ø": "oe"})
MOST_MEETINGS = 3  # told by their days


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """Whose words are looked through: those of these `names`, on this `side`; None is anybody."""

    names: frozenset[str] | None = None
    side: str | None = None

    @property
    def anybody(self) -> bool:
        return self == Voices()

    def has(self, speaker: str, side: str) -> bool:
        """Whether this is one of them."""
        return (self.names is None or speaker in self.names) and self.side in (None, side)


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What is looked for, and where: `text` in these meetings and voices; meetings (ids) and speakers that count more."""

    text: str
    heads: Heads
    voices: Voices
    meetings_liked: frozenset[str]
    speakers_liked: frozenset[str]
    understood: Understood

    def prefers(self, turn: Turn) -> bool:
        """Whether the turn is in a voice that was asked for."""
        asked = self.voices.has(turn.speaker, turn.side)
        return asked and (not self.speakers_liked or turn.speaker in self.speakers_liked)


def in_flags(heads: Sequence[Sitting], scope: Scope, meeting: str | None) -> tuple[Sitting, ...]:
    """The meetings that the flags allow; `meeting` is the id of the only one, None for any."""
    return tuple(h for h in heads if meeting in (None, h.id) and _within(h.date, scope.since, scope.until))


def narrowed(heads: Heads, scope: Scope, query: Query) -> Narrowed:
    """What to search of the meetings that the flags allow: all of them, told so, where none fits what the question names."""
    names = frozenset() if scope.speaker else frozenset(query.speakers)
    by_name = bool(names) and query.speakers_sure and _any_speaks(_all(heads), Voices(names=names, side=scope.side))
    asked = names if by_name else called(scope.speaker, heads) if scope.speaker else None
    voices = Voices(names=asked, side=scope.side)
    dates = None if scope.since or scope.until or scope.meeting else _dates(query, heads, voices)
    by_date = dates is not None and dates.kept
    lost = (bool(names) and query.speakers_sure and not by_name) or (dates is not None and query.period_sure and not by_date)
    text = query.whole if lost else query.matter
    liked = dates.fitting if dates and not by_date else ()
    return Narrowed(
        text=text,
        heads=dates.named if dates and by_date else heads,
        voices=voices,
        meetings_liked=frozenset(head.id for head in liked),
        speakers_liked=frozenset() if by_name else names,
        understood=_understood(query, text, tuple(name for name in query.speakers if name in names), dates, by_name=by_name),
    )


def called(name: str, heads: Heads) -> frozenset[str]:
    """The speakers who are called so: by every word of it (`Bukola` is Bukola Adeyemi), else by how their words begin (`Bu. A.`).

    Without the right keyboard `Schaefer` is Schäfer, too.
    """
    known = {speaker.name for head in _all(heads) for speaker in head.speakers}
    typed = name_words(name)
    for fits in (str.__eq__, str.startswith):
        found = frozenset(v for v in known if typed and any(_has_all(typed, words, fits) for words in _spelt(v)))
        if found:
            return found
    return frozenset()


def _spelt(voice: str) -> Iterable[Sequence[str]]:
    """The words of a name as it is written, and with two letters for an umlaut."""
    return name_words(voice), name_words(voice.translate(_IN_TWO_LETTERS))


def _has_all(typed: Sequence[str], words: Sequence[str], fits: Callable[[str, str], bool]) -> bool:
    return all(any(fits(word, one) for word in words) for one in typed)


def _all(heads: Heads) -> list[Sitting]:
    return [head for some in heads.values() for head in some]


def _any_speaks(heads: Iterable[Sitting], voices: Voices) -> bool:
    return any(voices.has(speaker.name, speaker.side) for head in heads for speaker in head.speakers)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dates:
    """What a question says of when: the meetings `named`, those among them with the voices, and whether only they count."""

    period: Period
    named: Heads
    fitting: Sequence[Sitting]
    kept: bool


def _dates(query: Query, heads: Heads, voices: Voices) -> _Dates | None:
    period = query.period
    if period is None:
        return None
    if period.meetings is not None:
        named: Heads = {client: some[period.meetings] for client, some in heads.items()}
    else:
        named = {client: [h for h in some if _within(h.date, period.since, period.until)] for client, some in heads.items()}
    fitting = [head for head in _all(named) if _any_speaks([head], voices)]
    return _Dates(period=period, named=named, fitting=fitting, kept=query.period_sure and bool(fitting))


def _within(date: dt.date, since: dt.date | None, until: dt.date | None) -> bool:
    return not ((since and date < since) or (until and date > until))


def _understood(query: Query, text: str, speakers: tuple[str, ...], dates: _Dates | None, *, by_name: bool) -> Understood:
    told = [f"“{text}”"] if _letters(text) != _letters(query.question) else []
    if speakers:
        some = listed(speakers, "or")
        told.append(f"only where {some} speaks" if by_name else f"{some} counts more")
    if dates:
        told.append(_told_of_dates(dates, listed(speakers, "or") if by_name else ""))
    of_days = dates.period if dates else None
    return Understood(
        matter=text,
        speakers=speakers,
        since=of_days.since if of_days else None,
        until=of_days.until if of_days else None,
        meetings=tuple(head.slug for head in dates.fitting) if dates and dates.period.meetings else (),
        kept_to=tuple(what for what, kept in ((SPEAKERS, by_name), (DATES, dates is not None and dates.kept)) if kept),
        told="; ".join(told),
    )


def _told_of_dates(dates: _Dates, speakers: str) -> str:
    named = _all(dates.named)
    if dates.period.meetings is None:
        when, verb = f"meetings {span(dates.period.since, dates.period.until)}", "count"
    else:
        days = listed([day(head.date) for head in named[:MOST_MEETINGS]], "and")
        more = f" and {len(named) - MOST_MEETINGS} more" if len(named) > MOST_MEETINGS else ""
        when, verb = (f"the meetings of {days}{more}", "count") if len(named) > 1 else (f"the meeting of {days}", "counts")
    if not named:
        return f"there are no {when if dates.period.meetings is None else 'such meetings'}, so all were searched"
    if not dates.fitting:
        return f"{speakers or 'nobody asked for'} is not heard in {when}, so all were searched"
    return f"only {when}" if dates.kept else f"{when} {verb} more"


def span(since: dt.date | None, until: dt.date | None) -> str:
    """Days as people write them: `of 12 Nov 2025`, `from 1 to 30 Nov 2025`, `since 1 Sep 2026`; empty for any day."""
    if since and until:
        if since == until:
            return f"of {day(since)}"
        same_month = (since.year, since.month) == (until.year, until.month)
        first = str(since.day) if same_month else day(since).removesuffix(f" {until.year}")
        return f"from {first} to {day(until)}"
    return f"since {day(since)}" if since else f"until {day(until)}" if until else ""


def listed(names: Sequence[str], last: str) -> str:
    """Names as people write them, `last` being "and" or "or"."""
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else "".join(names)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
