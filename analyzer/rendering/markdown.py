"""The brief and the agenda as Markdown.

Whatever was said, named or written by somebody goes through `plain`: it comes out as the characters themselves, on one
line, and never as a heading, a link, a picture, a table's edge, HTML or a change of writing direction.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from analyzer.model.documents import (
    Agenda,
    AgendaItem,
    Brief,
    BriefSign,
    HowRead,
    MetPerson,
    OpenPromise,
    PartnerTalk,
    Promise,
    Quote,
)
from analyzer.model.findings import Level, Match, Stance
from analyzer.model.meetings import Side
from analyzer.model.relationship import Cadence, Trend

QUOTE_WORDS = 45  # of a longer quote the rest stands in its place, which the quote names
QUOTE_LETTERS = 400
NAME_LETTERS = 80
ROWS = 4  # of a list on one page; how many more there are is said
PATH_POINTS = 8

_MARKUP = re.compile(r"([\\`*_\[\]|~$])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(r"^(#|[-+=:]|\d+(?=[.)]))")
_AUTOLINK = re.compile(r"(?i)(://|\bwww\.)")
_JOINERS = "\u200c\u200d"  # Persian and emoji cannot be written without them

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
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def plain(text: str) -> str:
    """Text that Markdown (CommonMark and GitHub's) shows as it is, on one line."""
    line = _MARKUP.sub(r"\\\1", " ".join("".join(map(_visible, text)).split()))
    line = _ENTITY.sub("&amp;", line).replace("<", "&lt;").replace(">", "&gt;")
    line = _AUTOLINK.sub(lambda m: f"\\{m[1]}" if m[1] == "://" else f"{m[1][:-1]}\\.", line)
    return _LINE_START.sub(lambda m: f"{m[1]}\\" if m[1].isdigit() else f"\\{m[1]}", line)


def _visible(character: str) -> str:
    """The character, a space for one that would break the line, nothing for one that is not seen (bidi marks, controls)."""
    kind = unicodedata.category(character)
    if kind in ("Zl", "Zp") or character in "\t\n\r\v\f\x85":
        return " "
    return "" if kind in ("Cc", "Cf", "Cs") and character not in _JOINERS else character


def brief(document: Brief) -> str:
    """The private brief, about one page; the places it names hold the detail."""
    sections = (
        _heading(document),
        _section("Where it stands", _standing(document)),
        _section("The four signs", (line for sign in document.signs for line in _sign(sign))),
        _section("Your options", _options(document)),
        _section("Relevant, timely, fit", _conditions(document)),
        _section("What we advised, and what became of it", _ledger(document)),
        _section("Who owes whom", _promises(document)),
        _section("Openings", _openings(document)),
        _section("Outside the current work", [_partner_talk(document.partner_talk)]),
        _section(
            "Questions to ask",
            (f"{n}. **{plain(q.ask)}** Tells apart: {plain(q.tells_apart)}" for n, q in enumerate(document.questions, 1)),
        ),
        _section("What the meetings do not tell", (f"- gap: {plain(gap)}" for gap in document.gaps)),
        _section("What this rests on", _how_read(document.read)),
    )
    return "\n\n".join(part for part in sections if part) + "\n"


def agenda(document: Agenda) -> str:
    """The agenda, to send as it is."""
    between = " and ".join(_name(side) for side in (document.client, document.practice) if side)
    people = f", with {', '.join(map(_name, document.people))}" if document.people else ""
    parts = [f"# A talk between partners: {between}", f"{document.minutes} minutes{people}", plain(document.intention)]
    parts += [_item(n, item) for n, item in enumerate(document.items, 1)]
    parts.append(f"The next talk of this kind could be in the week of {long_date(document.next_talk)}.")
    return "\n\n".join(parts) + "\n"


def long_date(date: dt.date) -> str:
    """`9 March 2026`, whatever the machine's language."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


# --- the brief's sections ---


def _section(title: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return f"## {title}\n\n{body}" if body else ""


def _heading(document: Brief) -> str:
    lines = [
        f"# {_name(document.client)}: brief for {long_date(document.date)}",
        "",
        f"Private, for us. Stage: {document.stage.value}.",
    ]
    if document.cadence:
        lines[-1] += f" {_cadence(document.cadence)}"
    for side, label in ((Side.THEIRS, "Theirs"), (Side.OURS, "Ours")):
        people = [person for person in document.people if person.side == side]
        if people:
            lines += ["", f"{label}: {', '.join(map(_person, people[:ROWS]))}{_more(people)}."]
    return "\n".join(lines)


def _cadence(cadence: Cadence) -> str:
    if cadence.first == cadence.last:
        return f"Met once, on {cadence.last}." if cadence.meetings == 1 else f"Met {cadence.meetings} times on {cadence.last}."
    often = f", every {cadence.median_gap_days} days as a rule" if cadence.median_gap_days else ""
    return f"Met {cadence.meetings} times since {cadence.first}, last on {cadence.last}{often}."


def _person(person: MetPerson) -> str:
    role = f"{_name(person.role)}, " if person.role else ""
    return f"{_name(person.name)} ({role}{_times(person.meetings)}, last {person.last})"


def _standing(document: Brief) -> Iterator[str]:
    if document.stance is None:
        yield "gap: nothing is read yet."
        return
    yield f"**{_stance(document.stance.stance).capitalize()}.** {plain(document.stance.why)}"
    path = document.stance.path[-PATH_POINTS:]
    if len(path) > 1:
        earlier = "… → " if len(path) < len(document.stance.path) else ""
        steps = (f"{'(another reader) ' if p.reader_changed else ''}{p.date} {_stance(p.stance)}" for p in path)
        yield f"\nPath: {earlier}{' → '.join(steps)}."


def _sign(sign: BriefSign) -> Iterator[str]:
    shown = ", ".join(word for word in (_LEVELS[sign.level], _TRENDS[sign.trend]) if word)
    person = f" Your own word: {_LEVELS[sign.person.level]}. {plain(sign.person.note)}".rstrip() if sign.person else ""
    gap = "" if sign.quote or sign.counter else "gap: "
    yield f"- **{plain(sign.title)}**: {shown}. {gap}{plain(sign.why)}{person}"
    if sign.quote:
        yield f"  - {_quoted(sign.quote)}"
    if sign.counter:
        yield f"  - Against it: {_quoted(sign.counter)}"
    if sign.level in (Level.WEAK, Level.STRONG):
        yield f"  - Another reading: {plain(sign.another_reading)}"
        if sign.would_change:
            yield f"  - What would change this: {plain(sign.would_change)}"


def _options(document: Brief) -> Iterator[str]:
    for option in document.options:
        yield f"- **{plain(option.title)}**{' (if it turns out to be so)' if option.level is Level.WEAK else ''}"
        yield from (f"  - {plain(move)}" for move in option.moves)


def _conditions(document: Brief) -> Iterator[str]:
    for condition in document.conditions:
        words = f" {_quoted(condition.quote)}" if condition.quote else ""
        verdict = f"{plain(condition.value)}. {'' if words else 'gap: '}{plain(condition.why)}"
        yield f"- **{plain(condition.title)}** ({plain(condition.question)}): {verdict}{words}"
    if document.our_needs:
        yield f"- What we need to do our best work (gap: whether it is given here): {'; '.join(map(plain, document.our_needs))}."


def _ledger(document: Brief) -> Iterator[str]:
    if document.ledger:
        counts = ", ".join(f"{count} {plain(outcome)}" for outcome, count in document.outcomes.items())
        yield f"Of {len(document.ledger)}: {counts}. Latest first:\n"
    for row in document.ledger[:ROWS]:
        seen = f" ({'; '.join(map(_place, row.outcome_quotes))})" if row.outcome_quotes else ""
        yield f"- {row.date}: {_cut(row.what)} ({_place(row.quote)}): **{plain(row.outcome)}**{seen}"
    if more := _more(document.ledger):
        yield f"-{more}"


def _promises(document: Brief) -> Iterator[str]:
    owed = document.promises
    for label, promises in (("We owe", owed.ours), ("They owe", owed.theirs), ("Not sure who owes", owed.unclear)):
        for promise in promises[:ROWS]:
            yield f"- {label}: {_promise(promise)}"
        if more := _more(promises):
            yield f"- {label}:{more}"


def _promise(promise: Promise) -> str:
    who = f"{_name(promise.owner)}: " if promise.owner else ""
    to = f", to {_name(promise.to)}" if promise.to else ""
    due = promise.due_date.isoformat() if promise.due_date else _name(promise.due or "")
    when = f", due {due}" if due else ", no date"
    state = "" if promise.status == "open" else " (gap: whether it was kept)"
    return f"{who}{_cut(promise.what)}{to}{when}{', **overdue**' if promise.overdue else ''}{state} ({_place(promise.quote)})"


def _openings(document: Brief) -> Iterator[str]:
    for opening in document.openings:
        yield f"- **{plain(opening.title)}**, heard {_times(opening.heard)}, last: {_quoted(opening.quotes[0])}"
    if document.openings:
        yield "- gap: whether they were taken up outside the meetings."


def _partner_talk(talk: PartnerTalk) -> str:
    if talk.last is None:
        return f"gap: no meeting has both sides telling how business is doing. It is time for one (every {talk.every_days} days)."
    last = f"Both sides last told how business is doing on {talk.last}, {talk.days_ago} days ago."
    return f"{last} {'It is time for the next one' if talk.is_time else 'The next one can wait'} (every {talk.every_days} days)."


def _how_read(read: HowRead) -> Iterator[str]:
    by = f", read by {plain(read.engine)} ({plain(read.model)})" if read.engine else ""
    yield f"- {read.meetings_read} of {read.meetings} meetings, {read.turns} turns{by}."
    if read.unread:
        yield f"- Not read: {', '.join(f'`{_code(slug)}`' for slug in read.unread[:ROWS])}{_more(read.unread)}."
    if read.rejected:
        counts = ", ".join(f"{plain(why.replace('_', ' '))} {count}" for why, count in read.rejected.items())
        yield f"- Claims not kept, {sum(read.rejected.values())}: {counts}."
    yield from (f"- {plain(caveat)}" for caveat in read.caveats)
    yield "- A place such as `meeting` turn 7 opens with `analyzer show MEETING --turn 7`."


# --- the agenda's items ---


def _item(number: int, item: AgendaItem) -> str:
    lines = [f"## {number}. {plain(item.title)} ({item.minutes} min)", "", f"{plain(item.purpose)} Lead: {_name(item.lead)}.", ""]
    lines += [f"- {plain(question)}" for question in item.questions]
    lines += [f"- From us: {plain(point)}" for point in item.points]
    lines += [f"- You said on {long_date(said.date)}: “{_cut(said.text)}” ({_name(said.speaker)})" for said in item.words]
    lines += [f"- Promised: {_open_promise(promise)}" for promise in item.promises]
    return "\n".join(lines)


def _open_promise(promise: OpenPromise) -> str:
    to = f", for {_name(promise.to)}" if promise.to else ""
    due = f", by {long_date(promise.due_date)}" if promise.due_date else f" ({_name(promise.due)})" if promise.due else ""
    return f"{_name(promise.who)}: {_cut(promise.what)}{to}{due}"


# --- words ---


def _quoted(quote: Quote) -> str:
    roughly = ", words matched roughly" if quote.match is Match.FUZZY else ""
    return f"“{_cut(quote.text)}” {_name(quote.speaker)}, {quote.date} ({_place(quote)}{roughly})"


def _place(quote: Quote) -> str:
    return f"`{_code(quote.slug)}` turn {quote.turn}"


def _cut(text: str) -> str:
    cut = " ".join(text.split()[:QUOTE_WORDS])[:QUOTE_LETTERS]
    return plain(text) if len(cut) >= len(" ".join(text.split())) else f"{plain(cut)} […]"


def _name(name: str) -> str:
    return plain(name if len(name) <= NAME_LETTERS else f"{name[:NAME_LETTERS]}…")


def _code(slug: str) -> str:
    return "".join(c for c in slug if c.isalnum() or c in "-_.")


def _stance(stance: Stance) -> str:
    return "cannot be told" if stance is Stance.UNKNOWN else stance.value.replace("_", " ")


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _more(rows: Sequence[object]) -> str:
    return f" and {len(rows) - ROWS} more" if len(rows) > ROWS else ""
