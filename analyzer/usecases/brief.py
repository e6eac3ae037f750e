"""The private brief: what to have in mind before meeting a client, planned from the record by plain code.

Every statement leads to its evidence or is a gap. Sentences are about the assignment and what was said of it, so that
the client could read each of them over a shoulder.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from analyzer.model.documents import (
    AdviceStep,
    Brief,
    BriefCondition,
    BriefOpening,
    BriefSign,
    BriefStance,
    HowRead,
    LedgerRow,
    MetPerson,
    Option,
    PartnerTalk,
    PathPoint,
    Promise,
    Promises,
    Question,
    Quote,
)
from analyzer.model.findings import ConditionId, ConditionValue, Evidence, Level, OpeningId, Outcome, SignId, Stance
from analyzer.model.meetings import Client, Meeting, Side
from analyzer.model.relationship import CommitmentRow, NoteRow, Picture, RecommendationRow, SignRow
from analyzer.names import fold_name
from analyzer.practice import Context, Practice
from analyzer.relationship import cadence, trend
from analyzer.relationship.words import count
from analyzer.signs import CONDITIONS, OPENINGS, SIGN_BY_ID
from analyzer.store import MeetingHead

PARTNER_TALK_DAYS = 90  # how often partners talk outside the current work
STALE_CONTEXT_DAYS = 60  # how long what we wrote about our own business may be taken as still so
MOST_MOVES = 3
MOST_QUESTIONS = 4
FEWEST_QUESTIONS = 3
RECENT_MEETINGS = 2  # the promises of so many latest meetings are told one by one

_BY_WEIGHT = (Outcome.REVERSED, Outcome.IGNORED, Outcome.DEFERRED, Outcome.MODIFIED, Outcome.ADOPTED, Outcome.UNKNOWN)
_OPENED = tuple(opening for opening in OPENINGS if opening.id is not OpeningId.SHARES_CONTEXT)
_ASK_CONDITION = {
    ConditionId.RELEVANT: "What do you need most just now that nobody has been asked for yet, and where do you see us in it?",
    ConditionId.TIMELY: "Who can give time to this in the next four weeks, and what will they put aside for it?",
    ConditionId.FIT: "What did we say last that you saw differently, and what came of it?",
}
_ASK_PARTNER = Question(
    ask="How is your business doing just now, outside what we do together?",
    tells_apart="whether the talk opens beyond the present work, or this is not the time for it.",
)

Places = Mapping[str, tuple[str, dt.date]]


def plan_brief(
    client: Client,
    picture: Picture | None,
    meetings: Sequence[Meeting],
    practice: Practice,
    today: dt.date,
    notes: Sequence[NoteRow] = (),
) -> Brief:
    """The brief of this client on this day.

    `meetings` are all of the client's meetings on record, read or not; `picture` is what the counted engine's readings
    show, or None where nothing is read, and then the brief says what is not known. `notes` are a person's own.
    """
    places = {point.meeting: (point.slug, point.date) for point in picture.trajectory} if picture else {}
    signs = _signs(picture, places) if picture else ()
    talk = _partner_talk(picture, today)
    return Brief(
        client=client.name,
        client_slug=client.slug,
        stage=client.stage,
        date=today,
        people=people_met(meetings),
        cadence=cadence((m.date for m in meetings), talk.last) if meetings else None,
        stance=_stance(picture) if picture else None,
        signs=signs,
        options=_options(picture) if picture else (),
        conditions=_conditions(picture, places) if picture else (),
        our_needs=tuple(item.text for item in practice.conditions),
        ledger=_ledger(picture, places) if picture else (),
        outcomes=dict(sorted(Counter(row.outcome for row in picture.recommendations).items())) if picture else {},
        adoption=picture.adoption if picture else None,
        differences=picture.differences if picture else (),
        promises=_promises(picture.commitments if picture else (), places, today),
        openings=_openings(picture, places) if picture else (),
        partner_talk=talk,
        questions=_questions(picture),
        gaps=tuple(_gaps(picture, signs, meetings, practice.context, today)),
        notes=tuple(notes),
        read=_how_read(picture, meetings),
    )


def _quote(evidence: Evidence, places: Places) -> Quote:
    slug, date = places[evidence.meeting]
    return Quote(
        text=evidence.quote,
        speaker=evidence.speaker,
        side=evidence.side,
        date=date,
        slug=slug,
        turn=evidence.turn,
        start=evidence.start if evidence.heard_at is None else evidence.heard_at,
        match=evidence.match,
    )


def _first(evidence: Sequence[Evidence], places: Places) -> Quote | None:
    return _quote(evidence[0], places) if evidence else None


def people_met(meetings: Sequence[Meeting | MeetingHead]) -> tuple[MetPerson, ...]:
    """Who spoke, those met most often first; names are one person's when they fold to the same."""
    seen: dict[tuple[str, Side], list[tuple[Meeting | MeetingHead, str, str]]] = {}
    for meeting in sorted(meetings, key=lambda m: (m.date, m.slug)):
        for speaker in meeting.speakers:
            seen.setdefault((fold_name(speaker.name), speaker.side), []).append((meeting, speaker.name, speaker.role))
    people = [
        MetPerson(
            name=met[-1][1],
            role=next((role for _, _, role in reversed(met) if role), ""),
            side=side.value,
            meetings=len({meeting.id for meeting, _, _ in met}),
            last=met[-1][0].date,
        )
        for (_, side), met in seen.items()
    ]
    return tuple(sorted(people, key=lambda p: (-p.meetings, -p.last.toordinal(), p.name)))


def _stance(picture: Picture) -> BriefStance:
    path = (PathPoint(slug=p.slug, date=p.date, stance=p.stance, reader_changed=p.reader_changed) for p in picture.trajectory)
    return BriefStance(stance=picture.stance, why=picture.stance_why, path=tuple(path))


def _signs(picture: Picture, places: Places) -> tuple[BriefSign, ...]:
    return tuple(
        BriefSign(
            title=row.title,
            level=row.level,
            known=row.known,
            stands=row.stands,
            trend=trend([point.signs[row.id] for point in picture.trajectory if row.id in point.signs]),
            why=row.why,
            quote=_first(row.evidence, places),
            counter=_first(row.counter_evidence, places),
            another_reading=row.another_reading,
            would_change=row.would_change,
            person=row.person,
            person_date=next((point.date for point in reversed(picture.trajectory) if row.id in point.own), None),
            marked=bool(row.evidence) and row.evidence[0] in row.marked,
        )
        for row in picture.signs
    )


def _options(picture: Picture) -> tuple[Option, ...]:
    return tuple(
        Option(title=row.title, level=row.level, moves=SIGN_BY_ID[SignId(row.id)].moves[:MOST_MOVES])
        for row in picture.signs
        if row.stands
    )


def _conditions(picture: Picture, places: Places) -> tuple[BriefCondition, ...]:
    return tuple(
        BriefCondition(
            title=condition.title,
            question=condition.question,
            value=row.value,
            why=row.why,
            quote=_first(row.evidence, places),
        )
        for condition in CONDITIONS
        if (row := picture.conditions.get(condition.id.value)) is not None
    )


def _ledger(picture: Picture, places: Places) -> tuple[LedgerRow, ...]:
    """What matters most first: a person's own outcomes, then what was not taken up, what was, and what nobody knows of."""
    newest_first = picture.recommendations[::-1]
    ordered = sorted(newest_first, key=_most_telling)
    return tuple(
        LedgerRow(
            id=row.id,
            what=row.what,
            outcome=row.outcome,
            date=row.date,
            quote=_quote(row.evidence, places),
            steps=_steps(row, places),
        )
        for row in ordered
    )


def _most_telling(row: RecommendationRow) -> tuple[bool, int, int]:
    """Whether the last step is a person's own, how it came out, and the newest last step first."""
    last = row.steps[-1] if row.steps else None
    own = last is not None and last.evidence is None
    return not own, _BY_WEIGHT.index(row.outcome), -(last.date if last else row.date).toordinal()


def _steps(row: RecommendationRow, places: Places) -> tuple[AdviceStep, ...]:
    return tuple(
        AdviceStep(
            date=step.date,
            outcome=step.outcome,
            quote=_quote(step.evidence, places) if step.evidence else None,
            note=step.note,
        )
        for step in row.steps
    )


def _promises(rows: Iterable[CommitmentRow], places: Places, today: dt.date) -> Promises:
    """Those not known to be done or dropped, by who owes them, the newest first."""
    kept: dict[str, list[Promise]] = {}
    latest = {slug for slug, _ in sorted(places.values(), key=lambda place: (place[1], place[0]))[-RECENT_MEETINGS:]}
    for row in sorted(rows, key=lambda row: (-row.date.toordinal(), row.evidence.meeting, row.evidence.turn)):
        if row.status in ("done", "dropped"):
            continue
        promise = Promise(
            owner=row.owner,
            to=row.to,
            what=row.what,
            due=row.due,
            due_date=row.due_date,
            status=row.status,
            overdue=row.due_date is not None and row.due_date < today,
            firm=row.firm,
            recent=places[row.evidence.meeting][0] in latest,
            quote=_quote(row.evidence, places),
            told=_quote(row.told[-1], places) if row.told else None,
        )
        side = row.owner_side if row.owner and row.owner_side in (Side.OURS, Side.THEIRS) else ""
        kept.setdefault(side, []).append(promise)
    return Promises(ours=tuple(kept.get(Side.OURS, ())), theirs=tuple(kept.get(Side.THEIRS, ())), unclear=tuple(kept.get("", ())))


def _openings(picture: Picture, places: Places) -> tuple[BriefOpening, ...]:
    return tuple(
        BriefOpening(title=opening.title, heard=len(found), quotes=tuple(_quote(e, places) for e in found))
        for opening in _OPENED
        if (found := picture.openings.get(opening.id.value, ()))
    )


def _partner_talk(picture: Picture | None, today: dt.date) -> PartnerTalk:
    last = picture.cadence.last_partner_talk if picture else None
    days = (today - last).days if last else None
    return PartnerTalk(last=last, days_ago=days, every_days=PARTNER_TALK_DAYS, is_time=days is None or days >= PARTNER_TALK_DAYS)


def _questions(picture: Picture | None) -> tuple[Question, ...]:
    """Three or four: signs that stand, conditions not met, signs that nobody could tell, and one from partner to partner."""
    rows = picture.signs if picture else ()
    standing = sorted((row for row in rows if row.stands), key=lambda row: row.level is not Level.STRONG)
    values = {c.id: picture.conditions[c.id.value].value if picture else ConditionValue.UNKNOWN.value for c in CONDITIONS}
    asked = [_about_sign(row) for row in standing[:3]]
    asked += [_about_condition(c) for c, value in values.items() if value != ConditionValue.YES]
    asked += [_about_sign(row) for row in rows if row.level is Level.INSUFFICIENT]
    if len(asked) < FEWEST_QUESTIONS - 1:
        asked += [_about_condition(c) for c, value in values.items() if value == ConditionValue.YES]
    return (*asked[: MOST_QUESTIONS - 1], _ASK_PARTNER)


def _about_sign(row: SignRow) -> Question:
    sign = SIGN_BY_ID[SignId(row.id)]
    other = "its other reading, above." if row.stands else f"another reading: it may also be {sign.near_misses[0]}."
    return Question(ask=row.question or sign.question, tells_apart=f"“{sign.title}” from {other}")


def _about_condition(condition: ConditionId) -> Question:
    anchors = next(c for c in CONDITIONS if c.id is condition)
    return Question(ask=_ASK_CONDITION[condition], tells_apart=f"{anchors.title.lower()} or not: whether {anchors.yes}.")


def _gaps(
    picture: Picture | None, signs: Sequence[BriefSign], meetings: Sequence[Meeting], context: Context, today: dt.date
) -> Iterable[str]:
    """What nobody can know from the meetings, each with what would mend it where something would."""
    if picture is None:
        yield "No meeting is read yet: nothing is known of signs, conditions, promises or openings."
    else:
        yield from _gaps_of_picture(picture, signs)
    sideless = sorted({s.name for m in meetings for s in m.speakers if s.side in (Side.UNKNOWN, Side.MIXED)})
    if sideless:
        yield f"Voices without a side, so nothing of theirs counts: {', '.join(sideless)} (`analyzer sides MEETING --us NAME`)."
    if context.as_of is None:
        yield "How our own business is doing is not written down with a date (practice.toml)."
    elif (age := (today - context.as_of).days) > STALE_CONTEXT_DAYS:
        yield f"What practice.toml says of our own business is {age} days old."


def _gaps_of_picture(picture: Picture, signs: Sequence[BriefSign]) -> Iterable[str]:
    if picture.stance is Stance.UNKNOWN:
        yield "Where the relation stands."
    if untold := [sign.title for sign in signs if sign.level is Level.INSUFFICIENT]:
        yield f"Too little to tell: {'; '.join(untold)}."
    fates = [row.outcome for row in picture.recommendations]
    if not fates:
        yield "No advice of ours is recorded, so nothing shows how advice lands."
    elif lost := fates.count("unknown"):
        yield f"What became of {lost} of {count(len(fates), 'piece')} of our advice."
    if any(picture.openings.get(opening.id.value) for opening in _OPENED):
        yield "Whether an opening was taken up afterwards, outside the meetings."
    if lost := sum(row.status == "unknown" for row in picture.commitments):
        kept = "was kept" if len(picture.commitments) == 1 else "were kept"
        yield f"Whether {lost} of {count(len(picture.commitments), 'promise')} {kept}."


def _how_read(picture: Picture | None, meetings: Sequence[Meeting]) -> HowRead:
    read = {point.meeting for point in picture.trajectory} if picture else set()
    return HowRead(
        meetings=len({m.id for m in meetings} | read),
        meetings_read=len(read),
        unread=tuple(m.slug for m in meetings if m.id not in read),
        turns=sum(len(m.turns) for m in meetings if m.id in read),
        engine=picture.engine.name if picture else "",
        model=picture.engine.model if picture else "",
        rejected=picture.rejected if picture else {},
        caveats=picture.caveats if picture else (),
    )
