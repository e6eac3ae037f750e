"""Who of their side says what over the meetings: a sponsor and a leader may differ, and may never have met with us.

Counts of words about the assignment, and never a judgement of a person.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from analyzer.model.findings import Assessment, ClaimKind, Evidence, Level, Outcome, Polarity, SignVerdict
from analyzer.model.meetings import Meeting, Side, Speaker
from analyzer.model.relationship import Picture, RecommendationRow, SignRow, VoiceRow
from analyzer.names import fold_name

Read = Sequence[tuple[Meeting, Assessment]]
_Differing = tuple[str, tuple[VoiceRow, VoiceRow]]  # the line, and the two of whom it tells
Person = tuple[str, str]  # the folded name, and the meeting where that is no name that one would know again

MOST_DIFFERENCES = 3

_TAKEN = (Outcome.ADOPTED, Outcome.MODIFIED)
_TURNED_DOWN = (Outcome.IGNORED, Outcome.REVERSED)
_NOT_A_NAME = re.compile(r".*\d.*|\w|", re.DOTALL)  # `Speaker 2` of two meetings may be two people
_DECIDES = re.compile(
    r"\b(?:chief|ceo|cfo|coo|cto|cio|chro|president|chair(?:man|woman|person)?|owner|founder|partner|director|head|vp|svp|evp|"
    r"managing|principal|sponsor|board|general manager)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Voice:
    name: str = ""
    role: str = ""
    met: dict[str, dt.date] = field(default_factory=dict)
    signs_for: Counter[str] = field(default_factory=Counter)
    signs_against: Counter[str] = field(default_factory=Counter)
    taken: int = 0
    turned_down: int = 0


def voices(ordered: Read, advised: Sequence[RecommendationRow]) -> tuple[VoiceRow, ...]:
    """The people of their side, those met most often first, with what their words speak for.

    `signs_for` and `signs_against` count different words by sign id; names are one person's when they fold to the same.
    """
    people: dict[Person, _Voice] = {}
    for meeting, assessment in ordered:
        for speaker in meeting.speakers:
            if speaker.side is Side.THEIRS:
                _met(people.setdefault(_person(speaker.name, meeting.id), _Voice()), meeting, speaker)
        _hear(people, assessment)
    for step in (step for row in advised for step in row.steps):
        if step.evidence and (voice := _voice(people, step.evidence)):
            voice.taken += step.outcome in _TAKEN
            voice.turned_down += step.outcome in _TURNED_DOWN
    return tuple(sorted(map(_row, people.values()), key=lambda v: (-v.meetings, -v.last.toordinal(), v.name)))


def differences(ordered: Read, people: Sequence[VoiceRow], signs: Sequence[SignRow]) -> tuple[str, ...]:
    """At most three plain lines: where the words of two of them differ, and who of them were never in one meeting.

    Only people who bear on the picture: by words on a sign or on our advice, or by a role that decides.
    """
    named = [voice for voice in people if not _NOT_A_NAME.fullmatch(fold_name(voice.name))]
    differing = list(_differing(named, signs))
    bearing = [voice for voice in named if _weight(voice) or _DECIDES.search(voice.role)]
    by_weight = sorted(combinations(bearing, 2), key=lambda pair: -_weight(pair[0]) - _weight(pair[1]))
    lines = [line for line, _ in differing]
    never = list(_never_met([*(pair for _, pair in differing), *by_weight], ordered))
    return (*lines[: MOST_DIFFERENCES - bool(never)], *never)[:MOST_DIFFERENCES]


def behind(difference: str, seen: Picture) -> tuple[Evidence, ...]:
    """The words of each of the two whose difference this line of the picture tells; empty where they only never met."""
    named = [voice for voice in seen.voices if not _NOT_A_NAME.fullmatch(fold_name(voice.name))]
    for row in _heard(seen.signs):
        if pair := _over_sign(row, named):
            told, (pro, con) = pair
            if told == difference:
                return (*_words_of(pro, row.evidence), *_words_of(con, row.counter_evidence))
    if (pair := _over_advice(named)) and pair[0] == difference:
        steps = [step for row in reversed(seen.recommendations) for step in reversed(row.steps) if step.evidence]
        taken = [step.evidence for step in steps if step.evidence and step.outcome in _TAKEN]
        turned_down = [step.evidence for step in steps if step.evidence and step.outcome in _TURNED_DOWN]
        return (*_words_of(pair[1][0], taken), *_words_of(pair[1][1], turned_down))
    return ()


def _words_of(voice: VoiceRow, words: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The first of these words that this person said."""
    return tuple(e for e in words if fold_name(e.speaker) == fold_name(voice.name))[:1]


def _never_met(pairs: Iterable[tuple[VoiceRow, VoiceRow]], ordered: Read) -> Iterator[str]:
    """A line for each two who were in no meeting together and of whom one says something that bears on the picture."""
    rooms = [{fold_name(speaker.name) for speaker in meeting.speakers} for meeting, _ in ordered]
    told: set[frozenset[str]] = set()
    for one, other in pairs:
        both = frozenset((fold_name(one.name), fold_name(other.name)))
        if both not in told and (_weight(one) or _weight(other)) and not any(both <= room for room in rooms):
            told.add(both)
            yield f"{one.name} and {other.name} were never in one of the meetings read."


def _person(name: str, meeting: str) -> Person:
    folded = fold_name(name)
    return folded, meeting if _NOT_A_NAME.fullmatch(folded) else ""


def _met(voice: _Voice, meeting: Meeting, speaker: Speaker) -> None:
    voice.name = speaker.name
    voice.role = speaker.role or voice.role
    voice.met[meeting.id] = meeting.date


def _hear(people: dict[Person, _Voice], assessment: Assessment) -> None:
    """Count whose words speak for and against the signs."""
    for verdict in assessment.judgement.signs:
        for evidence in _for(verdict):
            if voice := _voice(people, evidence):
                voice.signs_for[verdict.sign.value] += 1
        for evidence in _against(verdict, assessment):
            if voice := _voice(people, evidence):
                voice.signs_against[verdict.sign.value] += 1


def _voice(people: dict[Person, _Voice], evidence: Evidence) -> _Voice | None:
    if evidence.side != Side.THEIRS:
        return None
    return people.get(_person(evidence.speaker, evidence.meeting))


def _for(verdict: SignVerdict) -> Iterable[Evidence]:
    """The words that speak for a sign, where the meeting was not judged to be without it."""
    found = () if verdict.level is Level.NONE else tuple(f.evidence for f in verdict.evidence)
    return dict.fromkeys((*found, *verdict.marked))


def _against(verdict: SignVerdict, assessment: Assessment) -> Iterable[Evidence]:
    claimed = (*verdict.counter_evidence, *assessment.findings)
    return dict.fromkeys(
        f.evidence
        for f in claimed
        if f.claim.kind is ClaimKind.SIGN and f.claim.polarity is Polarity.AGAINST and f.claim.topic == verdict.sign
    )


def _row(voice: _Voice) -> VoiceRow:
    return VoiceRow(
        name=voice.name,
        role=voice.role,
        meetings=len(voice.met),
        last=max(voice.met.values()),
        signs_for=dict(voice.signs_for),
        signs_against=dict(voice.signs_against),
        advice_taken=voice.taken,
        advice_turned_down=voice.turned_down,
    )


def _differing(people: Sequence[VoiceRow], signs: Sequence[SignRow]) -> Iterator[_Differing]:
    """Who speaks for and who against a sign that is heard, those that stand first; and who takes our advice up or not."""
    yield from (told for row in _heard(signs) if (told := _over_sign(row, people)))
    if told := _over_advice(people):
        yield told


def _heard(signs: Sequence[SignRow]) -> list[SignRow]:
    heard = [row for row in signs if row.level in (Level.WEAK, Level.STRONG)]
    return sorted(heard, key=lambda row: (not row.stands, row.level is not Level.STRONG))


def _over_sign(row: SignRow, people: Sequence[VoiceRow]) -> _Differing | None:
    pro = _most({v.name: v.signs_for.get(row.id, 0) for v in people if not v.signs_against.get(row.id)}, people)
    con = _most({v.name: v.signs_against.get(row.id, 0) for v in people if not v.signs_for.get(row.id)}, people)
    if not pro or not con:
        return None
    return f"{_whose(pro)} words speak for “{row.title}”, {_whose(con)} against it.", (pro, con)


def _over_advice(people: Sequence[VoiceRow]) -> _Differing | None:
    taking = _most({v.name: v.advice_taken for v in people if not v.advice_turned_down}, people)
    not_taking = _most({v.name: v.advice_turned_down for v in people if not v.advice_taken}, people)
    if not taking or not not_taking:
        return None
    return f"{_whose(taking)} words take up advice of ours, {_whose(not_taking)} turn some down.", (taking, not_taking)


def _most(counts: dict[str, int], people: Sequence[VoiceRow]) -> VoiceRow | None:
    """Who has the most, of two alike the one met more often; None where nobody has any."""
    some = [voice for voice in people if counts.get(voice.name)]
    return max(some, key=lambda voice: counts[voice.name]) if some else None


def _whose(voice: VoiceRow) -> str:
    return f"{voice.name}'" if voice.name.endswith("s") else f"{voice.name}'s"


def _weight(voice: VoiceRow) -> int:
    """How many words of this person bear on a sign or on our advice."""
    return sum((*voice.signs_for.values(), *voice.signs_against.values(), voice.advice_taken, voice.advice_turned_down))
