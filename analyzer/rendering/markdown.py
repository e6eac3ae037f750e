"""The brief and the agenda as Markdown; whatever was said, named or written by somebody goes through `plain`."""

from collections.abc import Iterable, Iterator, Sequence

from analyzer.model.documents import (
    Agenda,
    AgendaItem,
    Brief,
    BriefCondition,
    BriefOpening,
    BriefSign,
    HowRead,
    MetPerson,
    OpenPromise,
    PartnerTalk,
)
from analyzer.model.findings import ConditionValue, Level, Stance
from analyzer.model.meetings import Side, Stage
from analyzer.model.relationship import Cadence, Trend
from analyzer.relationship.words import count, day, due_told, known_told, own_verdict
from analyzer.rendering.owed import SHORT_WORDS, advice, promises
from analyzer.rendering.plain import code, cut, name, plain, quoted

ROWS = 4  # of a list on one page; how many more there are is said
PATH_POINTS = 8
STALE_STAGE_DAYS = 180  # whether a client not met for longer is still active, nobody can say from the record

_LEVELS = {
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


def brief(document: Brief) -> str:
    """The private brief, about one page; the places it names hold the detail."""
    sections = (
        _heading(document),
        _section("Where it stands", _standing(document)),
        _section("The four signs", _signs(document.signs)),
        _section("Your options", _options(document)),
        _section("Relevant, timely, fit", _conditions(document)),
        _section("What we advised, and what became of it", advice(document)),
        _section("Who owes whom", promises(document.promises)),
        _section("Openings", _openings(document)),
        _section("Outside the current work", [_partner_talk(document.partner_talk)]),
        _section(
            "Questions to ask",
            (f"{n}. **{plain(q.ask)}** Tells apart: {plain(q.tells_apart)}" for n, q in enumerate(document.questions, 1)),
        ),
        _section("What the meetings do not tell", (f"- gap: {plain(gap)}" for gap in document.gaps)),
        _section("Your notes", _notes(document)),
        _section("What this rests on", _how_read(document.read)),
    )
    return "\n\n".join(part for part in sections if part) + "\n"


def agenda(document: Agenda) -> str:
    """The agenda, to send as it is."""
    between = " and ".join(name(side) for side in (document.client, document.practice) if side)
    people = f", with {', '.join(map(name, document.people))}" if document.people else ""
    parts = [f"# A talk between partners: {between}", f"{document.minutes} minutes{people}", plain(document.intention)]
    parts += [_item(n, item) for n, item in enumerate(document.items, 1)]
    parts.append(f"The next talk of this kind could be in the week of {day(document.next_talk)}.")
    return "\n\n".join(parts) + "\n"


# --- the brief's sections ---


def _section(title: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return f"## {title}\n\n{body}" if body else ""


def _heading(document: Brief) -> str:
    lines = [
        f"# {name(document.client)}: brief for {day(document.date)}",
        "",
        f"Private, for us. Stage: {_stage(document)}.",
    ]
    if document.cadence:
        lines[-1] += f" {_cadence(document.cadence)}"
    for side, label in ((Side.THEIRS, "Theirs"), (Side.OURS, "Ours")):
        people = [person for person in document.people if person.side == side]
        if people:
            told = (_person(person, document.cadence) for person in people[:ROWS])
            lines += ["", f"{label}: {', '.join(told)}{_more(people)}."]
    return "\n".join(lines)


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
        return f"Met {_times(cadence.meetings)}, on {last}."
    return f"Met {_times(cadence.meetings)} since {day(cadence.first)}, last on {last}{_how_often(cadence)}."


def _how_often(cadence: Cadence) -> str:
    """A rule needs more than one gap between days."""
    if not cadence.median_gap_days:
        return ""
    if (cadence.last - cadence.first).days == cadence.median_gap_days:
        return f", {count(cadence.median_gap_days, 'day')} apart"
    return f", every {count(cadence.median_gap_days, 'day')} as a rule"


def _person(person: MetPerson, cadence: Cadence | None) -> str:
    """Who it is, and when last met where that was not in the last meeting."""
    role = f"{name(person.role)}, " if person.role else ""
    last = "" if cadence and person.last == cadence.last else f", last {day(person.last)}"
    return f"{name(person.name)} ({role}{_times(person.meetings)}{last})"


def _standing(document: Brief) -> Iterator[str]:
    if document.stance is None:
        yield "gap: nothing is read yet."
        return
    yield f"**{_stance(document.stance.stance).capitalize()}.** {plain(document.stance.why)}"
    path = document.stance.path[-PATH_POINTS:]
    if len({(p.stance, p.reader_changed) for p in path}) > 1:
        earlier = "… → " if len(path) < len(document.stance.path) else ""
        steps = (f"{'(another reader) ' if p.reader_changed else ''}{day(p.date)} {_stance(p.stance)}" for p in path)
        yield f"\nPath: {earlier}{' → '.join(steps)}."
    if document.differences:
        yield ""
        yield from (f"- {cut(line)}" for line in document.differences)


def _signs(signs: Sequence[BriefSign]) -> Iterator[str]:
    """The signs one by one, and those not heard in a line for each thing known of that, unless a person says otherwise."""
    silent = [sign for sign in signs if sign.level is Level.NONE and not sign.person]
    for sign in signs:
        if sign not in silent:
            yield from _sign(sign)
    for worth in dict.fromkeys(map(_worth, silent)):
        yield f"- Not heard{worth}: {'; '.join(_silent(sign) for sign in silent if _worth(sign) == worth)}."


def _worth(sign: BriefSign) -> str:
    """What the level is worth, in brackets, where that is known."""
    known = known_told(sign.level, sign.known)
    return f" ({known})" if known else ""


def _silent(sign: BriefSign) -> str:
    return f"{plain(sign.title)} ({plain(sign.why).rstrip('.')})" if sign.trend is Trend.FADED else plain(sign.title)


def _sign(sign: BriefSign) -> Iterator[str]:
    shown = ", ".join(word for word in (f"{_LEVELS[sign.level]}{_worth(sign)}", _TRENDS[sign.trend]) if word)
    of = day(sign.person_date) if sign.person_date else ""
    person = f" {plain(own_verdict(sign.person, of))}" if sign.person else ""
    gap = "" if sign.quote or sign.counter or sign.person else "gap: "
    yield f"- **{plain(sign.title)}**: {shown}. {gap}{plain(sign.why)}{person}"
    if sign.quote and sign.level is not Level.NONE:
        yield f"  - {quoted(sign.quote)}{' Marked by you.' if sign.marked else ''}"
    if sign.counter:
        yield f"  - Against it: {quoted(sign.counter)}"
    if sign.stands:
        yield f"  - Another reading: {plain(sign.another_reading)}"
        if sign.would_change:
            yield f"  - What would change this: {plain(sign.would_change)}"


def _options(document: Brief) -> Iterator[str]:
    for option in document.options:
        yield f"- **{plain(option.title)}**{' (if it turns out to be so)' if option.level is Level.WEAK else ''}"
        yield from (f"  - {plain(move)}" for move in option.moves)


def _conditions(document: Brief) -> Iterator[str]:
    untold = [condition for condition in document.conditions if condition.value == ConditionValue.UNKNOWN]
    for condition in document.conditions:
        if condition not in untold:
            yield _condition(condition)
    if untold:
        titles = ", ".join(plain(condition.title) for condition in untold)
        yield f"- **{titles}**: gap: not told in {count(document.read.meetings_read, 'meeting')}."
    if document.our_needs:
        yield f"- What we need to do our best work (gap: whether it is given here): {'; '.join(map(plain, document.our_needs))}."


def _condition(condition: BriefCondition) -> str:
    words = f" {quoted(condition.quote)}" if condition.quote else ""
    verdict = f"{plain(condition.value)}. {'' if words else 'gap: '}{plain(condition.why)}"
    return f"- **{plain(condition.title)}** ({plain(condition.question)}): {verdict}{words}"


def _openings(document: Brief) -> Iterator[str]:
    for opening in document.openings:
        yield from _opening(opening)


def _opening(opening: BriefOpening) -> Iterator[str]:
    """Everything heard in the latest meeting that has it, and how often before."""
    latest = [quote for quote in opening.quotes if quote.slug == opening.quotes[0].slug]
    before = f", heard {_times(opening.heard - len(latest))} before" if opening.heard > len(latest) else ""
    yield f"- **{plain(opening.title)}**{before}"
    yield from (f"  - {quoted(quote, SHORT_WORDS)}" for quote in latest[:ROWS])
    if more := _more(latest):
        yield f"  -{more}"


def _partner_talk(talk: PartnerTalk) -> str:
    if talk.last is None:
        return f"gap: no meeting has both sides telling how business is doing. It is time for one (every {talk.every_days} days)."
    last = f"Both sides last told how business is doing on {day(talk.last)}, {count(talk.days_ago or 0, 'day')} ago."
    return f"{last} {'It is time for the next one' if talk.is_time else 'The next one can wait'} (every {talk.every_days} days)."


def _notes(document: Brief) -> Iterator[str]:
    """A person's own notes, the latest first."""
    latest = sorted(document.notes, key=lambda note: (note.date, note.number), reverse=True)
    yield from (f"- {day(note.date)}, {plain(note.kind)}: {cut(note.text)}" for note in latest[:ROWS])
    if more := _more(latest):
        yield f"-{more}"


def _how_read(read: HowRead) -> Iterator[str]:
    by = f", read by {plain(read.engine)} ({plain(read.model)})" if read.engine else ""
    yield f"- {read.meetings_read} of {count(read.meetings, 'meeting')}, {count(read.turns, 'turn')}{by}."
    if read.unread:
        yield f"- Not read: {', '.join(f'`{code(slug)}`' for slug in read.unread[:ROWS])}{_more(read.unread)}."
    if read.rejected:
        counts = ", ".join(f"{plain(why.replace('_', ' '))} {number}" for why, number in read.rejected.items())
        yield f"- Claims not kept, {sum(read.rejected.values())}: {counts}."
    yield from (f"- {plain(caveat)}" for caveat in read.caveats)
    yield "- A place such as `meeting` turn 7 opens with `analyzer show MEETING --turn 7`."


# --- the agenda's items ---


def _item(number: int, item: AgendaItem) -> str:
    lines = [f"## {number}. {plain(item.title)} ({item.minutes} min)", "", f"{plain(item.purpose)} Lead: {name(item.lead)}.", ""]
    lines += [f"- {plain(question)}" for question in item.questions]
    lines += [f"- From us: {plain(point)}" for point in item.points]
    lines += [f"- You said on {day(said.date)}: “{cut(said.text)}” ({name(said.speaker)})" for said in item.words]
    lines += [f"- Promised: {_open_promise(promise)}" for promise in item.promises]
    return "\n".join(lines)


def _open_promise(promise: OpenPromise) -> str:
    to = f", for {name(promise.to)}" if promise.to else ""
    due = f", by {day(promise.due_date)}" if promise.due_date else f" ({name(due_told(promise.due))})" if promise.due else ""
    return f"{name(promise.who)}: {cut(promise.what)}{to}{due}"


# --- words ---


def _stance(stance: Stance) -> str:
    return "cannot be told" if stance is Stance.UNKNOWN else stance.value.replace("_", " ")


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _more(rows: Sequence[object]) -> str:
    return f" and {len(rows) - ROWS} more" if len(rows) > ROWS else ""
