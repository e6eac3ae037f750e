"""What stands behind the brief's first page: openings, offers, who says what, how open both sides are, and what it rests on."""

from collections.abc import Iterator, Sequence

from analyzer.model.brief import Brief, BriefOpening, HowRead, Mention, Openness, PartnerTalk
from analyzer.model.brief_parts import BriefCondition
from analyzer.model.findings import ConditionValue
from analyzer.relationship.words import by, count, day, times
from analyzer.rendering.lengths import SHORT_WORDS, cut
from analyzer.rendering.pages import Line, Point, code, line, strong
from analyzer.rendering.quotes import meeting, place, quoted

ROWS = 4  # of a list; how many more there are is said


def conditions(document: Brief) -> Iterator[Point]:
    """Relevant, timely, fit with the reason, those of one reason together; then what we need, and where it came up."""
    told = [c for c in document.conditions if c.value != ConditionValue.UNKNOWN]
    for same in dict.fromkeys((c.value, c.why, c.quote) for c in told):
        yield Point(_conditions([c for c in told if (c.value, c.why, c.quote) == same]))
    if untold := [c.title for c in document.conditions if c.value == ConditionValue.UNKNOWN]:
        read = count(document.read.meetings_read, "meeting")
        yield Point(line(strong(", ".join(untold)), f": gap: not told in {read}."))
    yield from _mentions("What we need to do our best work", document.our_needs, "whether it is given here")


def _conditions(same: Sequence[BriefCondition]) -> Line:
    first = same[0]
    words = line(" ", *quoted(first.quote, SHORT_WORDS)) if first.quote else ()
    titles = " and ".join((first.title, *(c.title.lower() for c in same[1:])))
    asked = f" ({first.question})" if len(same) == 1 else ""
    return line(strong(titles), f"{asked}: {first.value}. {'' if words else 'gap: '}{first.why}", *words)


def differences(document: Brief) -> Iterator[Point]:
    """What their people say where they differ, with words of each."""
    for difference in document.differences:
        below = tuple(Point(quoted(quote, SHORT_WORDS)) for quote in difference.quotes)
        gap = "" if below else " gap: whether they know what the other says."
        yield Point(line(f"{cut(difference.told)}{gap}"), below=below)


def openings(document: Brief) -> Iterator[Point]:
    """What was opened and not taken up, and which of our offers never came up."""
    yield from map(_opening, document.openings)
    unheard = [offer.text for offer in document.offers if offer.quote is None]
    if unheard:
        told = f": {'; '.join(unheard)} (gap: whether they were used or spoken of in other words)."
        yield Point(line(strong("What we offer, and no words of it were found"), told))
    for offer in document.offers:
        if offer.quote:
            yield Point(line(f"Spoken of: {cut(offer.text, SHORT_WORDS)}: ", *quoted(offer.quote, SHORT_WORDS)))


def openness(told: Openness) -> Iterator[Line]:
    """How much of our situation we shared, how much they did, and how often they asked."""
    if not told.meetings:
        return
    for who, number, quote in (("We", told.ours, told.last_ours), ("They", told.theirs, told.last_theirs)):
        last = line(": ", *quoted(quote, SHORT_WORDS)) if quote else line(". gap: no words of it.")
        yield line(f"{who} told how business is doing in {number} of {count(told.meetings, 'meeting')}", *last)
    if told.asked:
        yield line(f"They asked how ours is doing {times(len(told.asked))}, last: ", *quoted(told.asked[0], SHORT_WORDS))
    else:
        yield line("gap: no words were found in which they ask how ours is doing.")


def partner_talk(talk: PartnerTalk) -> Line:
    """When both last talked outside the current work, and whether it is time."""
    if talk.last is None:
        return line(
            "gap: no meeting has both sides telling how business is doing. ",
            f"It is time for one (every {talk.every_days} days).",
        )
    where = line(" (", meeting(talk.quotes[0].slug), ")") if talk.quotes else ()
    due = "It is time for the next one" if talk.is_time else "The next one can wait"
    last = f"Both sides last told how business is doing on {day(talk.last)}, {count(talk.days_ago or 0, 'day')} ago"
    return line(last, *where, f". {due} (every {talk.every_days} days).")


def behind_agenda(document: Brief) -> Iterator[Point]:
    """Why each item of the agenda that is kept for the next talk is there."""
    if ahead := document.agendas.ahead:
        for item in ahead.items:
            below = tuple(Point(quoted(quote, SHORT_WORDS)) for quote in item.quotes)
            yield Point(line(strong(item.title), f": {cut(item.why)}"), below=below)


def covered(document: Brief) -> Iterator[Point]:
    """What of the last agenda came up in the talk that followed it, and what was not heard."""
    if told := document.agendas.covered:
        for item in told.items:
            heard = [part for quote in item.places[:ROWS] for part in (", ", place(quote))][1:]
            came = line(" came up: ", *heard) if heard else line(": gap: not found in the words of that talk")
            yield Point(line(strong(item.title), *came))


def notes(document: Brief) -> Iterator[Line]:
    """A person's own notes, the latest first."""
    latest = sorted(document.notes, key=lambda note: (note.date, note.number), reverse=True)
    yield from (line(f"{day(note.date)}, {note.kind}{by(note.author)}: {cut(note.text)}") for note in latest[:ROWS])
    if extra := more(latest):
        yield line(extra)


def remembered(document: Brief) -> Iterator[Line]:
    """What a person kept to remember about people, the latest first."""
    yield from (quoted(quote) for quote in document.remembered[:ROWS])
    if extra := more(document.remembered):
        yield line(extra)


def how_read(read: HowRead) -> Iterator[Line]:
    """How much of what there is was read, by whom, and what was not kept of it."""
    by = f", read by {read.engine} ({read.model})" if read.engine else ""
    turns = f"{read.turns_read} of {count(read.turns, 'turn')} of them"
    yield line(f"{read.meetings_read} of {count(read.meetings, 'meeting')}, {turns}{by}.")
    if read.unread:
        yield line("Not read: ", *unread(read), ".")
    if read.rejected:
        counts = ", ".join(f"{why.replace('_', ' ')} {number}" for why, number in read.rejected.items())
        yield line(f"Claims not kept, {sum(read.rejected.values())}: {counts}.")
    yield from (line(caveat) for caveat in read.caveats)
    yield line("A place such as ", code("MEETING turn 7"), " opens with ", code("analyzer show MEETING --turn 7"), ".")


def unread(read: HowRead) -> Line:
    """The meetings that were not read, by the names that commands take."""
    names = [part for slug in read.unread[:ROWS] for part in (", ", code(slug))][1:]
    extra = more(read.unread)
    return line(*names, f" {extra}" if extra else "")


def more(rows: Sequence[object]) -> str:
    """How many more there are than a list shows; empty where it shows all."""
    return f"and {len(rows) - ROWS} more" if len(rows) > ROWS else ""


def _opening(opening: BriefOpening) -> Point:
    """What of the latest meeting that has it is not taken up, and how often it was heard before."""
    latest = [quote for quote in opening.quotes if quote.slug == opening.quotes[0].slug]
    before = opening.heard - opening.taken_up - len(latest)
    parts = (
        (opening.taken_up, f"taken up since: {opening.taken_up}"),
        (before, f"heard {times(before)} before"),
    )
    told = "".join(f", {words}" for number, words in parts if number)
    below = [Point(quoted(quote, SHORT_WORDS)) for quote in latest[:ROWS]]
    if extra := more(latest):
        below.append(Point(line(extra)))
    nothing = "" if below else " (nothing of it is waiting)"
    return Point(line(strong(opening.title), f"{told}{nothing}"), below=tuple(below))


def _mentions(title: str, mentions: Sequence[Mention], gap: str) -> Iterator[Point]:
    """Lines of practice.toml: those that came up with the words, and the others in one line."""
    spoken_of = tuple(
        Point(line(f"{cut(m.text, SHORT_WORDS)}: spoken of, ", *quoted(m.quote, SHORT_WORDS))) for m in mentions if m.quote
    )
    silent = "; ".join(m.text for m in mentions if m.quote is None)
    never = (Point(line(f"gap: no words of it found: {silent}.")),) if silent else ()
    if mentions:
        yield Point(line(f"{title} (gap: {gap}):"), below=(*spoken_of, *never))
