"""The brief's words on the signs: on the first page by their strongest words, behind it with all that bears on them."""

import datetime as dt
from collections.abc import Iterator, Sequence

from analyzer.model.brief import Brief
from analyzer.model.brief_parts import BriefSign, Option
from analyzer.model.findings import Level
from analyzer.model.relationship import Trend
from analyzer.relationship.words import day, known_told, long_ago, own_verdict
from analyzer.rendering.lengths import whole_sentences
from analyzer.rendering.pages import Line, Point, line, strong
from analyzer.rendering.quotes import leading_up, quoted

FRONT_WORDS = 24  # of a quote, or of a reason, on the first page
FRONT_OPTIONS = 1  # the options of so many signs stand on the first page
FADING_DAYS = 61  # what was last heard longer ago is told with how long

LEVELS = {
    Level.NONE: "not heard",
    Level.WEAK: "hints",
    Level.STRONG: "strong",
    Level.INSUFFICIENT: "cannot be told",
}
_TRENDS = {
    Trend.CANNOT_TELL: "",
    Trend.NOT_HEARD: "",
    Trend.HEARD_ONCE: "heard once",
    Trend.GROWING: "growing",
    Trend.STEADY: "steady",
    Trend.EASING: "easing",
    Trend.FADED: "faded",
}


def signs(document: Brief) -> Iterator[Point]:
    """Those that are heard with their strongest words; those not heard, or not to be told, in as few lines as possible."""
    told = [sign for sign in document.signs if not _is_silent(sign)]
    for sign in sorted(told, key=lambda sign: (not sign.stands, sign.level is not Level.STRONG)):
        yield Point(_level(sign, document.date), below=tuple(map(Point, _strongest(sign))))
    yield from map(Point, _untold(document))
    yield from map(Point, _unheard(document))


def in_full(document: Brief) -> Iterator[Point]:
    """The signs of which there are words or a verdict, with what leads up to the words and what speaks against the sign."""
    for sign in document.signs:
        if below := tuple(_all_of(sign)):
            yield Point(_level(sign, document.date, of_reader=True), below=below)


def options(document: Brief) -> Iterator[Point]:
    """What one can do about the first signs that stand."""
    yield from (_option(option, document.date) for option in _by_weight(document)[:FRONT_OPTIONS])


def more_options(document: Brief) -> Iterator[Point]:
    """What one can do about the other signs that stand."""
    yield from (_option(option, document.date) for option in _by_weight(document)[FRONT_OPTIONS:])


def _by_weight(document: Brief) -> list[Option]:
    return sorted(document.options, key=lambda option: option.level is not Level.STRONG)


def _option(option: Option, today: dt.date) -> Point:
    if_so = " (if it turns out to be so)" if option.level is Level.WEAK else ""
    moves = tuple(Point(line(strong(f"{move.kind.value.capitalize()}:"), f" “{move.say}”")) for move in option.moves)
    return Point(line(strong(option.title), f"{if_so}{_fading(option.last_heard, today)}"), below=moves)


def _is_silent(sign: BriefSign) -> bool:
    """Whether there are neither words nor a verdict to tell of the sign."""
    if sign.person:
        return False
    return sign.level is Level.NONE or (sign.level is Level.INSUFFICIENT and not sign.quote and not sign.counter)


def _level(sign: BriefSign, today: dt.date, *, of_reader: bool = False) -> Line:
    shown = ", ".join(word for word in (LEVELS[sign.level], _TRENDS[sign.trend]) if word)
    of = day(sign.person_date) if sign.person_date else ""
    person = f" {own_verdict(sign.person, of)}" if sign.person else ""
    known = f" ({told})" if of_reader and (told := known_told(sign.level, sign.known)) else ""
    gap = "" if sign.quote or sign.counter or sign.person else "gap: "
    why = sign.why if of_reader else whole_sentences(sign.why, FRONT_WORDS)
    return line(strong(sign.title), f": {shown}{known}{_fading(sign.last_heard, today)}. {gap}{why}{person}")


def _fading(last_heard: dt.date | None, today: dt.date) -> str:
    """How long ago a sign was last heard, where that is long."""
    if last_heard is None or (today - last_heard).days < FADING_DAYS:
        return ""
    return f", last heard {long_ago(last_heard, today)}"


def _strongest(sign: BriefSign) -> Iterator[Line]:
    if sign.quote and sign.level is not Level.NONE:
        yield line(*quoted(sign.quote, FRONT_WORDS), " Marked by you." if sign.marked else "")
    if sign.counter:
        yield line("Against it: ", *quoted(sign.counter, FRONT_WORDS))
    if sign.stands and sign.another_reading:
        yield line(f"Another reading: {sign.another_reading}")


def _all_of(sign: BriefSign) -> Iterator[Point]:
    if sign.quote and sign.level is not Level.NONE:
        said = line(*quoted(sign.quote), " Marked by you." if sign.marked else "")
        yield Point(said, below=leading_up(sign.before))
    if sign.counter:
        yield Point(line("Against it: ", *quoted(sign.counter)))
    elif sign.stands:
        yield Point(line("Against it: gap: no words that speak against it were found."))
    if sign.stands and sign.another_reading:
        yield Point(line(f"Another reading: {sign.another_reading}"))
    if sign.stands and sign.would_change:
        yield Point(line(f"What would change this: {sign.would_change}"))


def _untold(document: Brief) -> Iterator[Line]:
    """The signs of which nothing can be told, those with the same reason in one line."""
    untold = [sign for sign in document.signs if _is_silent(sign) and sign.level is Level.INSUFFICIENT]
    for why in dict.fromkeys(sign.why for sign in untold):
        titles = "; ".join(sign.title for sign in untold if sign.why == why)
        yield line(f"Cannot be told: {titles}. gap: {whole_sentences(why, FRONT_WORDS)}")


def _unheard(document: Brief) -> Iterator[Line]:
    """The signs that were not heard, in a line for each thing that is known of how much that is worth."""
    unheard = [sign for sign in document.signs if _is_silent(sign) and sign.level is Level.NONE]
    for worth in dict.fromkeys(map(_worth, unheard)):
        titles = "; ".join(_unheard_sign(sign, document.date) for sign in unheard if _worth(sign) == worth)
        yield line(f"Not heard{worth}: {titles}.")


def _unheard_sign(sign: BriefSign, today: dt.date) -> str:
    if sign.last_heard is None:
        return sign.title
    return f"{sign.title} (last heard {long_ago(sign.last_heard, today)}, on {day(sign.last_heard)})"


def _worth(sign: BriefSign) -> str:
    known = known_told(sign.level, sign.known)
    return f" ({known})" if known else ""


def heard(some: Sequence[BriefSign]) -> list[BriefSign]:
    """The signs that stand, the strongest first."""
    return sorted((sign for sign in some if sign.stands), key=lambda sign: sign.level is not Level.STRONG)
