"""The brief for the ten minutes before a call: twelve lines, with the title and the heading."""

from collections.abc import Iterator

from analyzer.model.brief import Brief, Promise
from analyzer.relationship.words import count, day, long_ago
from analyzer.rendering.brief_detail import partner_talk, unread
from analyzer.rendering.brief_owed import owes, promised, worth_telling
from analyzer.rendering.brief_signs import heard
from analyzer.rendering.lengths import cut, short_name
from analyzer.rendering.pages import Line, Page, Point, Points, Section, line, strong
from analyzer.rendering.quotes import placed, quoted

MOST_POINTS = 9  # with the title, the word that it is private, and the heading: twelve lines
OWED = 2  # of each side
CHANGES = 2
WORDS = 18


def page(document: Brief) -> Page:
    """When we met last, what each owes, what changed, what to listen for, what to ask, the last talk as partners."""
    ours, theirs = document.promises.ours, document.promises.theirs
    first = [_met(document), *_owed("We owe", ours, document), *_owed("They owe", theirs, document)]
    last = [_listen(document), _ask(document), line(strong("As partners: "), *partner_talk(document.partner_talk))]
    changed = list(_changed(document))[: min(CHANGES, MOST_POINTS - len(first) - len(last))]
    points = tuple(map(Point, (*first, *changed, *last)))
    return Page(
        title=f"{short_name(document.client)}, {day(document.date)}",
        lead=(),
        sections=(Section(title="Before the call", blocks=(Points(points=points),)),),
        private=True,
    )


def _met(document: Brief) -> Line:
    """When both last met, and whether all of it is read."""
    read = document.read
    left = (
        line(f" Not read, {count(len(read.unread), 'meeting')}: ", *unread(read), ".") if read.unread else line(" All is read.")
    )
    if document.cadence is None:
        return line(strong("Last met: "), "never, as far as the record goes.")
    last = document.cadence.last
    return line(strong("Last met: "), f"{day(last)}, {long_ago(last, document.date)}.", *left)


def _owed(label: str, some: tuple[Promise, ...], document: Brief) -> Iterator[Line]:
    telling = worth_telling(some)
    for promise in telling[:OWED]:
        yield line(strong(owes(label, promise)), *promised(promise))
    if not document.read.meetings_read:
        yield line(strong(f"{label}: "), "gap: nothing is read yet.")
    elif not telling:
        yield line(strong(f"{label}: "), f"{_untold(some)}.")


def _untold(some: tuple[Promise, ...]) -> str:
    """What there is where nothing is told by itself."""
    unsure = sum(not one.trifle and not one.faded for one in some)
    small = sum(one.trifle and not one.faded for one in some)
    faded = sum(one.faded for one in some)
    parts = (
        (unsure, f"{unsure} perhaps promised"),
        (small, count(small, "small thing")),
        (faded, f"{count(faded, 'older one')}, not heard of for long"),
    )
    if told := [words for number, words in parts if number]:
        return f"nothing in so many words of late; {'; '.join(told)}"
    return "nothing that is open, as far as the meetings tell"


def _changed(document: Brief) -> Iterator[Line]:
    for change in document.changes:
        yield line(strong("Changed: "), cut(change.told, WORDS), *(placed(change.quote) if change.quote else ()))
    if not document.changes:
        yield line(strong("Changed: "), "gap: nothing that the meetings tell.")


def _listen(document: Brief) -> Line:
    """The strongest sign that stands, else what of the picture is least known."""
    standing = heard(document.signs)
    if not document.read.meetings_read:
        return line(strong("Listen for: "), "gap: nothing is read yet.")
    if not standing:
        return line(strong("Listen for: "), "what has changed for them since; no sign stands.")
    sign = standing[0]
    words = line(" ", *quoted(sign.quote, WORDS)) if sign.quote else ()
    return line(strong("Listen for: "), f"{sign.title}.", *words)


def _ask(document: Brief) -> Line:
    """The first question; of a prospect the first that nobody has asked."""
    unasked = [matter.ask for matter in document.first_talk if matter.asked is None]
    return line(strong("Ask: "), [*unasked, *(question.ask for question in document.questions)][0])
