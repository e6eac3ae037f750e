"""A person's own word about the signs of a meeting: verdicts, words taken out or put in; and what each of these changes."""

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass, replace

from analyzer.errors import NotFound, UsageError
from analyzer.model.findings import Assessment, ClaimKind, EngineId, Finding, Level, Polarity, SignId, Stance
from analyzer.model.meetings import Meeting, Side, Turn
from analyzer.model.own import Moved, PersonSaid
from analyzer.model.person import Because, Dismissal, Mark, Said, SaidVerdict
from analyzer.relationship import picture
from analyzer.signs import Sign
from analyzer.store import MeetingHead, tidy_name
from analyzer.usecases import resolve
from analyzer.usecases.motives import read_pairs
from analyzer.usecases.person import Places, agreement, kept_about, said, said_of
from analyzer.usecases.read import counted_engine
from analyzer.usecases.speakers import tell_exported
from analyzer.workspace import Workspace

_LEFT_OUT = "dismissed"  # among an assessment's parameters where a person's dismissed words were kept from the judging
_LONGEST = 120  # letters of a quote, where it is told in one line
_SIDES = {Side.OURS: "on our side", Side.OTHER: "on neither side", Side.MIXED: "a shared microphone"}


def verdict(ws: Workspace, ref: str, sign_ref: str, level: Level | None, note: str | None = None) -> PersonSaid:
    """Give a sign of a meeting the level that the person says, whatever readers say; None takes that back.

    Without a note the one that was given before stays; an empty one takes it away. Raises NotFound, also where there is no
    verdict to take back.
    """
    head, sign = resolve.meeting(ws.store, ref), resolve.sign(sign_ref)
    before = next((word for word in kept_about(ws, head).verdicts if word.sign is sign.id), None)
    if level is None:
        if before is None:
            raise NotFound(f"you gave no verdict on {_named(sign)} in {head.slug}", "there is nothing to take back")
        done = _Done("your verdict is taken back")
        return _changed(ws, head, sign, done, lambda: ws.store.person.clear_verdict(head.id, sign.id))
    old_note = before.note if before else ""
    engine, reader = _reader_says(ws, head, sign.id)
    if before and before.level is level and before.engine:  # it is the same verdict: what the reader had said then counts
        engine, reader = before.engine, before.reader
    word = SaidVerdict(
        meeting=head.id,
        sign=sign.id,
        level=level,
        note=old_note if note is None else tidy_name(note),
        made_at=ws.now(),
        engine=engine,
        reader=reader,
    )
    told = f"your verdict: {level.value}" + (f" (“{word.note}”)" if word.note else "; its note is taken away" * bool(old_note))
    done = _Done(told, noted=word.note != old_note)
    return _changed(ws, head, sign, done, lambda: ws.store.person.keep_verdict(word))


def dismiss(ws: Workspace, ref: str, sign_ref: str, turn: int, because: Because | None) -> PersonSaid:
    """Say that the words of a turn do not speak for a sign, and why; None takes that back.

    Raises NotFound where no reading rests the sign on that turn; UsageError where there is no such turn.
    """
    head, sign = resolve.meeting(ws.store, ref), resolve.sign(sign_ref)
    meeting = ws.store.meeting(head.id)
    words = turn_of(meeting, turn)
    kept = kept_about(ws, head)
    places = Places(meeting)
    numbers = [n for n, word in kept.dismissals.items() if word.sign is sign.id and places.stands_at(word.at, turn)]
    if because is None:
        if not numbers:
            raise NotFound(f"turn {turn} of {head.slug} is not taken out of {_named(sign)}", "there is nothing to take back")
        quote = _quote(ws, head, sign.id, words)
        back = _Done(f"back in: “{_short(quote)}”", quote=quote)
        done = _changed(ws, head, sign, back, lambda: ws.store.person.take_back(Dismissal, numbers))
        _tell_judged_without(ws, head, sign.id, turn)
        return done
    _check_evidence(ws, head, sign, turn, said(ws, meeting))
    quote = _quote(ws, head, sign.id, words)
    word = Dismissal(meeting=head.id, sign=sign.id, at=places.noted(words.ordinal), because=because, made_at=ws.now())
    out = _Done(f"taken out: “{_short(quote)}” ({because.value.replace('-', ' ')})", quote=quote)
    return _changed(ws, head, sign, out, lambda: ws.store.person.keep(word, numbers))


def mark(ws: Workspace, ref: str, turn: int, sign_ref: str, *, clear: bool = False) -> PersonSaid:
    """Say that the words of a turn do speak for a sign; `clear` takes that back.

    Raises NotFound where there is nothing to take back; UsageError where the turn is not there, or not one of their side.
    """
    head, sign = resolve.meeting(ws.store, ref), resolve.sign(sign_ref)
    meeting = ws.store.meeting(head.id)
    words = turn_of(meeting, turn)
    places = Places(meeting)
    numbers = [n for n, word in kept_about(ws, head).marks.items() if word.sign is sign.id and places.stands_at(word.at, turn)]
    if clear:
        if not numbers:
            raise NotFound(f"turn {turn} of {head.slug} is not marked for {_named(sign)}", "there is nothing to take back")
        back = _Done(f"no longer marked: “{_short(words.text)}”", quote=words.text)
        return _changed(ws, head, sign, back, lambda: ws.store.person.take_back(Mark, numbers))
    if words.side is not Side.THEIRS:
        whose = _SIDES.get(words.side, "on no known side")
        raise UsageError(
            f"turn {turn} is said by {words.speaker or 'nobody known'}, {whose}: only words of their side raise a sign",
            f"`analyzer sides {head.slug}` puts sides right",
        )
    word = Mark(meeting=head.id, sign=sign.id, at=places.noted(words.ordinal), made_at=ws.now())
    put_in = _Done(f"put in: “{_short(words.text)}”", quote=words.text)
    return _changed(ws, head, sign, put_in, lambda: ws.store.person.keep(word, numbers))


@dataclass(frozen=True, slots=True)
class _Done:
    """What was done, in a line; the words that were taken out or put in; whether a note is another one now."""

    told: str
    _: KW_ONLY
    quote: str = ""
    noted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """What readings and person together say of a sign: in the meeting, and for its client as a whole."""

    reader: EngineId | None = None
    level: Level | None = None
    client_level: Level | None = None
    stance: Stance | None = None


def _changed(ws: Workspace, head: MeetingHead, sign: Sign, done: _Done, change: Callable[[], object]) -> PersonSaid:
    """Make the change, and tell what it changed."""
    before = _standing(ws, head, sign.id)
    change()
    ws.step("recorded")
    after = _standing(ws, head, sign.id)
    moved = before != after or done.noted
    if moved:
        tell_exported(ws, head)
    return PersonSaid(
        meeting=head.id,
        slug=head.slug,
        client=head.client_id,
        client_name=head.client_name,
        sign=sign.id.value,
        title=sign.title,
        done=done.told,
        quote=done.quote,
        told=_told(head, sign, before, after),
        changed=moved,
        level=_moved(before.level, after.level),
        client_level=_moved(before.client_level, after.client_level),
        stance=_moved(before.stance, after.stance),
        reader=after.reader,
        track_record=agreement(ws, after.reader.name) if after.reader else (),
    )


def _standing(ws: Workspace, head: MeetingHead, sign: SignId) -> _Standing:
    of_meeting = read_pairs(ws, [head], counting(ws, [head]))
    if not of_meeting:
        return _Standing()
    reading = of_meeting[0][1]
    here = _Standing(reader=reading.engine, level=reading.sign(sign).level)
    heads = ws.store.meetings(head.client_id) if head.client_id else ()
    read = read_pairs(ws, heads, counting(ws, heads))
    if not read:
        return here
    seen = picture(read, ws.today, said_of(ws, [meeting for meeting, _ in read]))
    overall = next(row.level for row in seen.signs if row.id == sign.value)
    return replace(here, client_level=overall, stance=seen.stance)


def _reader_says(ws: Workspace, head: MeetingHead, sign: SignId) -> tuple[EngineId | None, Level | None]:
    """Whose reading counts for the meeting, and the level that it gives; both None where nobody has read the meeting."""
    read = read_pairs(ws, [head], counting(ws, [head]))
    if not read:
        return None, None
    given = read[0][1].sign(sign)
    return read[0][1].engine, given.reader or given.level


def counting(ws: Workspace, heads: Sequence[MeetingHead]) -> str:
    """The engine whose readings count: the one that was chosen, else the usual one; where that read nothing, any that did."""
    engines = {engine for head in heads for engine in head.readings}
    usual = counted_engine(heads, None)
    wanted = [name for name in (ws.chosen_engine, usual) if name in engines]
    return next(iter([*wanted, *sorted(engines)]), usual)


def _told(head: MeetingHead, sign: Sign, before: _Standing, after: _Standing) -> str:
    """What changed, in one line."""
    if after.level is None:
        return f"kept: nobody has read {head.slug} yet, and it counts as soon as `analyzer motives {head.slug}` has"
    stance = "stance unchanged" if before.stance == after.stance else f"stance: {_arrow(before.stance, after.stance)}"
    if before == after:
        overall = "" if after.client_level is None else f"; the client: still {after.client_level}; {stance}"
        return f"no level changes: {sign.title}: still {after.level} in {head.slug}{overall}"
    here = f"{sign.title}: {_arrow(before.level, after.level)} in {head.slug}"
    return f"{here}; the client: {_arrow(before.client_level, after.client_level)}; {stance}" if after.client_level else here


def _arrow(before: str | None, after: str | None) -> str:
    return f"still {after}" if before == after else f"{before} -> {after}"


def _moved(before: str | None, after: str | None) -> Moved | None:
    return None if before is None or after is None else Moved(before=str(before), after=str(after))


def _quote(ws: Workspace, head: MeetingHead, sign: SignId, words: Turn) -> str:
    """The words of the turn in which a reader heard the sign, or the whole turn where none does any more."""
    found = (f for reading in ws.store.assessments([head.id]) for f in (*reading.sign(sign).evidence, *_for(reading, sign)))
    return next((f.evidence.quote for f in found if f.evidence.turn == words.ordinal), words.text)


def _short(quote: str) -> str:
    return quote if len(quote) <= _LONGEST else f"{quote[:_LONGEST].rsplit(' ', 1)[0]} ..."


def _check_evidence(ws: Workspace, head: MeetingHead, sign: Sign, turn: int, own: Said) -> None:
    """Refuse to take out words on which nothing rests. Of words that are out already, a reader has judged without them."""
    if (sign.id, turn) in own.marked:
        mend = f"`analyzer mark {head.slug} --turn {turn} {sign.number} --clear` takes that back"
        raise UsageError(f"you marked turn {turn} of {head.slug} for {_named(sign)} yourself", mend)
    readings = ws.store.assessments([head.id])
    if not readings:
        raise NotFound(f"nobody has read {head.slug} yet, so nothing rests on turn {turn}", f"`analyzer motives {head.slug}`")
    turns = sorted({found.evidence.turn for reading in readings for found in reading.sign(sign.id).evidence})
    out = {turn for reading in readings for turn in _heard(reading, sign.id) if (sign.id, turn) in own.dismissed}
    if turn not in {*turns, *out}:
        rests = f"it rests on {_listed(turns)}" if turns else "it rests on no words there"
        raise NotFound(f"{_named(sign)} does not rest on turn {turn} of {head.slug}", rests)


def _tell_judged_without(ws: Workspace, head: MeetingHead, sign: SignId, turn: int) -> None:
    """Tell where a reader has judged without the words that are back now."""
    for reading in ws.store.assessments([head.id]):
        rests_on = {found.evidence.turn for found in reading.sign(sign).evidence}
        if _LEFT_OUT in reading.parameters and turn in _heard(reading, sign) - rests_on:
            again = f"`analyzer motives {head.slug} --engine {reading.engine.name} --reread`"
            ws.notice("judged_without", f"{head.slug} was judged without these words: {again} weighs them again")


def _heard(reading: Assessment, sign: SignId) -> set[int]:
    """The turns in which the reader heard the sign, whether it rests on them or not."""
    return {found.evidence.turn for found in _for(reading, sign)}


def _for(reading: Assessment, sign: SignId) -> list[Finding]:
    return [
        found
        for found in reading.findings
        if found.claim.kind is ClaimKind.SIGN and found.claim.topic == sign.value and found.claim.polarity is Polarity.FOR
    ]


def turn_of(meeting: Meeting, turn: int) -> Turn:
    """The turn of this number. Raises UsageError."""
    if not 0 <= turn < len(meeting.turns):
        raise UsageError(f"{meeting.slug} has no turn {turn}", f"its turns count from 0 to {len(meeting.turns) - 1}")
    return meeting.turns[turn]


def _named(sign: Sign) -> str:
    return f"“{sign.title}”"


def _listed(turns: Sequence[int]) -> str:
    *first, last = map(str, turns)
    return f"turns {', '.join(first)} and {last}" if first else f"turn {last}"
