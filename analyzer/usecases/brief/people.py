"""Who was met, who says what where they differ, and how much each side speaks and tells of itself."""

import datetime as dt
from collections.abc import Iterable, Sequence

from analyzer.model.brief import MetPerson, Openness, PartnerTalk, TalkShare
from analyzer.model.brief_parts import Difference
from analyzer.model.findings import Evidence, OpeningId
from analyzer.model.meetings import Meeting, Side
from analyzer.model.relationship import Picture
from analyzer.names import fold_name
from analyzer.relationship.openness import asked_about_us, words_by_side
from analyzer.relationship.voices import behind
from analyzer.store import MeetingHead
from analyzer.usecases.brief.quoting import Places

PARTNER_TALK_DAYS = 90  # how often partners talk outside the current work


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


def differences(seen: Picture, places: Places) -> tuple[Difference, ...]:
    """Where their people differ, with words of each."""
    return tuple(Difference(told=told, quotes=places.quotes(behind(told, seen))) for told in seen.differences)


def talk_shares(meetings: Iterable[Meeting]) -> tuple[TalkShare, ...]:
    """How much each side said, meeting by meeting, oldest first."""
    ordered = sorted(meetings, key=lambda m: (m.date, m.slug))
    return tuple(_talk_share(meeting) for meeting in ordered)


def openness(seen: Picture | None, meetings: Iterable[Meeting], places: Places) -> Openness:
    """How far each side told of its own business, in the meetings that were read, and how often they asked for ours."""
    told = seen.openings.get(OpeningId.SHARES_CONTEXT.value, ()) if seen else ()
    read = {point.meeting for point in seen.trajectory} if seen else set()
    newest = sorted((m for m in meetings if m.id in read), key=lambda m: (m.date, m.slug), reverse=True)
    ours, theirs = (_by(side, told) for side in (Side.OURS, Side.THEIRS))
    return Openness(
        meetings=len(read),
        ours=len({evidence.meeting for evidence in ours}),
        theirs=len({evidence.meeting for evidence in theirs}),
        last_ours=places.first(ours),
        last_theirs=places.first(theirs),
        asked=tuple(quote for meeting in newest for quote in places.quotes(asked_about_us(meeting))),
    )


def partner_talk(seen: Picture | None, places: Places, today: dt.date) -> PartnerTalk:
    """When both last talked of their own business, in which words, and whether it is time again."""
    last = seen.cadence.last_partner_talk if seen else None
    days = (today - last).days if last else None
    told = seen.openings.get(OpeningId.SHARES_CONTEXT.value, ()) if seen and last else ()
    both = [[e for e in _by(side, told) if places.date(e.meeting) == last] for side in (Side.THEIRS, Side.OURS)]
    return PartnerTalk(
        last=last,
        days_ago=days,
        every_days=PARTNER_TALK_DAYS,
        is_time=days is None or days >= PARTNER_TALK_DAYS,
        quotes=tuple(places.quote(some[0]) for some in both if some),
    )


def _talk_share(meeting: Meeting) -> TalkShare:
    said = words_by_side(meeting)
    ours, theirs = said[Side.OURS], said[Side.THEIRS]
    other = sum(said.values()) - ours - theirs
    return TalkShare(slug=meeting.slug, date=meeting.date, ours=ours, theirs=theirs, other=other)


def _by(side: Side, some: Iterable[Evidence]) -> list[Evidence]:
    return [evidence for evidence in some if evidence.side == side]
