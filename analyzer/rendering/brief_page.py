"""The private brief in words, once for every format: one page to take in, and behind it the detail."""

from collections.abc import Iterable, Iterator

from analyzer.model.brief import Brief, HeldDecision, MetPerson
from analyzer.model.brief_parts import BriefStance, Change
from analyzer.model.findings import ConditionValue, Stance
from analyzer.model.meetings import Side, Stage
from analyzer.model.relationship import Cadence
from analyzer.relationship.words import by, count, day, times
from analyzer.rendering import brief_detail as detail
from analyzer.rendering import brief_owed as owed
from analyzer.rendering import brief_signs as signs
from analyzer.rendering.brief_pictures import pictures
from analyzer.rendering.lengths import SHORT_WORDS, cut, short_name
from analyzer.rendering.pages import Block, Line, Page, Paragraph, Point, Points, Section, line, strong
from analyzer.rendering.quotes import meeting, placed, quoted

PATH_POINTS = 8
CHANGES = 4  # on the first page; the others stand behind it
WHY_WORDS = 32
STALE_STAGE_DAYS = 180  # whether a client not met for longer is still active, nobody can say from the record

Sections = Iterable[tuple[str, Iterable[Block]]]


def page(document: Brief) -> Page:
    """The brief as a page; its detail sections come after what one takes into the meeting."""
    return Page(
        title=f"{short_name(document.client)}: brief for {day(document.date)}",
        lead=tuple(_lead(document)),
        sections=(*_sections(_front(document)), *_sections(_behind(document), detail_=True)),
        private=True,
    )


def _front(document: Brief) -> Sections:
    """What to have in mind; of a prospect first whether to work for them at all."""
    by_other = document.decision and document.decision.author
    yield "What was decided" if by_other else "What you decided", _decided(document.decision)
    yield "Where it stands", _standing(document)
    if document.first_talk:
        yield _right_for_both(document)
        yield "The first talk: still to ask", _points(_unasked(document), numbered=True)
    yield "Since the last meeting", _points(map(_change, document.changes[:CHANGES]))
    yield "The four signs", _points(signs.signs(document))
    if not document.first_talk:
        yield from _of_the_work(document)
    yield "Who owes whom", owed.promises(document.promises)
    yield "Outside the current work", [Paragraph(detail.partner_talk(document.partner_talk))]
    if not document.first_talk:
        yield "Questions to ask", _questions(document)


def _right_for_both(document: Brief) -> tuple[str, Iterable[Block]]:
    return "Relevant, timely, fit", _points(detail.conditions(document))


def _of_the_work(document: Brief) -> Sections:
    yield "Your options", _points(signs.options(document))
    yield "What we advised, and what became of it", owed.advice(document)


def _behind(document: Brief) -> Sections:
    if document.first_talk:
        yield "Asked already", _points(_asked(document))
        yield "More questions", _questions(document)
        yield from _of_the_work(document)
    else:
        yield _right_for_both(document)
    yield "The signs in full", _points(signs.in_full(document))
    yield "Your other options", _points(signs.more_options(document))
    yield "What else has changed", _points(map(_change, document.changes[CHANGES:]))
    yield "Who says what", _points(detail.differences(document))
    yield "What else is owed", owed.all_promises(document.promises)
    yield "What else we advised", owed.all_advice(document)
    yield "Openings not taken up", _points(detail.openings(document))
    yield "How open both sides are", _points(map(Point, detail.openness(document.openness)))
    yield _agenda_title(document), _points(detail.behind_agenda(document))
    yield _covered_title(document), _points(detail.covered(document))
    yield "To remember", _points(map(Point, detail.remembered(document)))
    yield "Notes" if any(note.author for note in document.notes) else "Your notes", _points(map(Point, detail.notes(document)))
    yield "In pictures", pictures(document)
    yield "What the meetings do not tell", _points(Point(line(f"gap: {gap}")) for gap in document.gaps)
    yield "What this rests on", _points(map(Point, detail.how_read(document.read)))


def _sections(some: Sections, *, detail_: bool = False) -> Iterator[Section]:
    for title, blocks in some:
        if drawn := tuple(blocks):
            yield Section(title=title, blocks=drawn, detail=detail_)


def _points(some: Iterable[Point], *, numbered: bool = False) -> tuple[Block, ...]:
    rows = tuple(some)
    return (Points(points=rows, numbered=numbered),) if rows else ()


def _lead(document: Brief) -> Iterator[Line]:
    rhythm = f" {_cadence(document.cadence)}" if document.cadence else ""
    yield line(f"Stage: {_stage(document)}.{rhythm}")
    for side, label in ((Side.THEIRS, "Theirs"), (Side.OURS, "Ours")):
        people = [person for person in document.people if person.side == side]
        if people:
            told = ", ".join(_person(person, document.cadence) for person in people[: detail.ROWS])
            extra = detail.more(people)
            yield line(f"{label}: {told}{f' {extra}' if extra else ''}.")


def _stage(document: Brief) -> str:
    """The stage on record; of an active client not met for long, also for how long."""
    if document.stage is Stage.ACTIVE and document.cadence:
        days = (document.date - document.cadence.last).days
        if days > STALE_STAGE_DAYS:
            return f"{document.stage.value}, last met {days} days ago"
    return document.stage.value


def _cadence(cadence: Cadence) -> str:
    last = day(cadence.last)
    if cadence.first == cadence.last:
        return f"Met {times(cadence.meetings)}, on {last}."
    return f"Met {times(cadence.meetings)} since {day(cadence.first)}, last on {last}{_how_often(cadence)}."


def _how_often(cadence: Cadence) -> str:
    """A rule needs more than one gap between days."""
    if not cadence.median_gap_days:
        return ""
    if (cadence.last - cadence.first).days == cadence.median_gap_days:
        return f", {count(cadence.median_gap_days, 'day')} apart"
    return f", every {count(cadence.median_gap_days, 'day')} as a rule"


def _person(person: MetPerson, cadence: Cadence | None) -> str:
    """Who it is, and when last met where that was not in the last meeting."""
    role = f"{short_name(person.role)}, " if person.role else ""
    last = "" if cadence and person.last == cadence.last else f", last {day(person.last)}"
    return f"{short_name(person.name)} ({role}{times(person.meetings)}{last})"


def _decided(decision: HeldDecision | None) -> Iterator[Block]:
    """A person's decision about working for them, and what came since."""
    if decision is None:
        return
    note = f": {cut(decision.note)}" if decision.note else ""
    yield Paragraph(line(strong(f"{decision.choice.capitalize()}"), f", on {day(decision.date)}{by(decision.author)}{note}"))
    if decision.came:
        yield from _points(map(_change, decision.came))
    else:
        since = count(decision.meetings_since, "meeting")
        yield Paragraph(line(f"gap: nothing is known of what came of it; {since} since."))


def _standing(document: Brief) -> Iterator[Block]:
    if document.stance is None:
        yield Paragraph(line("gap: nothing is read yet."))
        return
    yield Paragraph(_stance_told(document.stance))
    path = document.stance.path[-PATH_POINTS:]
    if len({(p.stance, p.reader_changed) for p in path}) > 1:
        earlier = "… → " if len(path) < len(document.stance.path) else ""
        steps = (f"{'(another reader) ' if p.reader_changed else ''}{day(p.date)} {_stance(p.stance)}" for p in path)
        yield Paragraph(line(f"Path: {earlier}{' → '.join(steps)}."))
    if document.conditions and not document.first_talk:
        yield Paragraph(line(" ".join(f"{c.title}: {_value(c.value)}." for c in document.conditions), " The reasons are below."))


def _stance_told(stance: BriefStance) -> Line:
    known = [point for point in stance.path if point.stance is stance.stance]
    where = line(" (", meeting((known or stance.path)[-1].slug), ")") if stance.path else ()
    last = next((point for point in reversed(stance.path) if point.stance is not Stance.UNKNOWN), None)
    before = f" Last told: {_stance(last.stance)} on {day(last.date)}." if last and stance.stance is Stance.UNKNOWN else ""
    return line(strong(f"{_stance(stance.stance).capitalize()}."), f" {cut(stance.why, WHY_WORDS)}", *where, before)


def _value(value: str) -> str:
    return "gap" if value == ConditionValue.UNKNOWN else value


def _change(change: Change) -> Point:
    """One thing that is otherwise, with the words that show it, else the meeting that does."""
    told = cut(change.told).removesuffix(".")
    if change.quote:
        return Point(line(told, *placed(change.quote)))
    return Point(line(told, *(line(" (", meeting(change.slug), ")") if change.slug else ())))


def _agenda_title(document: Brief) -> str:
    ahead = document.agendas.ahead
    return f"Why agenda {ahead.number} has its items" if ahead else ""


def _covered_title(document: Brief) -> str:
    covered = document.agendas.covered
    return f"What of agenda {covered.number} came up on {day(covered.met_on)}" if covered else ""


def _unasked(document: Brief) -> Iterator[Point]:
    for matter in document.first_talk:
        if matter.asked is None:
            asks = line(f"{matter.matter.capitalize()}: ", strong(matter.ask), f" Tells apart: {matter.tells_apart}")
            yield Point(asks)


def _asked(document: Brief) -> Iterator[Point]:
    for matter in document.first_talk:
        if matter.asked:
            yield Point(line(f"{matter.matter.capitalize()}: ", *quoted(matter.asked, SHORT_WORDS)))


def _questions(document: Brief) -> tuple[Block, ...]:
    asked = (Point(line(strong(q.ask), f" Tells apart: {q.tells_apart}")) for q in document.questions)
    return _points(asked, numbered=True)


def _stance(stance: Stance) -> str:
    return "cannot be told" if stance is Stance.UNKNOWN else stance.value.replace("_", " ")
