"""What to ask, and what nobody can know from the meetings."""

import datetime as dt
from collections.abc import Iterator, Sequence

from analyzer.model.brief import Question
from analyzer.model.brief_parts import BriefSign
from analyzer.model.findings import ConditionId, ConditionValue, Level, SignId, Stance
from analyzer.model.meetings import Meeting, Side
from analyzer.model.relationship import Picture, SignRow
from analyzer.practice import STALE_AFTER_DAYS, Context
from analyzer.relationship.words import count
from analyzer.signs import CONDITION_BY_ID, CONDITIONS, SIGN_BY_ID
from analyzer.usecases.brief.owed import OPENED

MOST_QUESTIONS = 5
MOST_ABOUT_SIGNS = 3
FEWEST_QUESTIONS = 3
MOST_VOICES = 6  # without a side that are named
NAME_LETTERS = 80

ASK_CONDITION = {
    ConditionId.RELEVANT: "What do you need most just now, and where do you see us in it?",
    ConditionId.TIMELY: "Who can give time to this in the next four weeks, and what will they put aside for it?",
    ConditionId.FIT: "What did we say last that you saw differently, and what came of it?",
}
_ASK_PARTNER = Question(
    ask="How is your business doing just now, outside what we do together?",
    tells_apart="whether the talk opens beyond the present work, or this is not the time for it.",
)


def questions(seen: Picture | None) -> tuple[Question, ...]:
    """Three to five: signs that stand, conditions not met, signs that nobody could tell, and one from partner to partner."""
    rows = seen.signs if seen else ()
    standing = sorted((row for row in rows if row.stands), key=lambda row: row.level is not Level.STRONG)
    values = {c.id: seen.conditions[c.id.value].value if seen else ConditionValue.UNKNOWN.value for c in CONDITIONS}
    asked = [_about_sign(row) for row in standing[:MOST_ABOUT_SIGNS]]
    asked += [about_condition(c) for c, value in values.items() if value != ConditionValue.YES]
    if len(asked) < FEWEST_QUESTIONS - 1:
        asked += [_about_sign(row) for row in rows if row.level is Level.INSUFFICIENT and row.evidence]
    if len(asked) < FEWEST_QUESTIONS - 1:
        asked += [about_condition(c) for c, value in values.items() if value == ConditionValue.YES]
    return (*asked[: MOST_QUESTIONS - 1], _ASK_PARTNER)


def about_condition(condition: ConditionId) -> Question:
    """What to ask about a condition, and what the answer tells."""
    anchors = CONDITION_BY_ID[condition]
    apart = f"{anchors.title.lower()} or not: whether {anchors.yes}."
    return Question(ask=ASK_CONDITION[condition], tells_apart=apart)


def gaps(
    seen: Picture | None, signs: Sequence[BriefSign], meetings: Sequence[Meeting], context: Context, today: dt.date
) -> Iterator[str]:
    """What nobody can know from the meetings, each with what would mend it where something would."""
    if seen is None:
        yield "No meeting is read yet: nothing is known of signs, conditions, promises or openings."
    else:
        yield from _gaps_of_picture(seen, signs)
    sideless = sorted({s.name for m in meetings for s in m.speakers if s.side in (Side.UNKNOWN, Side.MIXED)})
    if sideless:
        names = ", ".join(name[:NAME_LETTERS] for name in sideless[:MOST_VOICES])
        more = f" and {len(sideless) - MOST_VOICES} more" if len(sideless) > MOST_VOICES else ""
        yield f"Voices without a side, so nothing of theirs counts: {names}{more} (analyzer sides MEETING --us NAME)."
    if context.as_of is None:
        yield "How our own business is doing is not written down with a date (practice.toml)."
    elif (age := (today - context.as_of).days) > STALE_AFTER_DAYS:
        yield f"What practice.toml says of our own business is {age} days old."


def _about_sign(row: SignRow) -> Question:
    sign = SIGN_BY_ID[SignId(row.id)]
    other = "the other reading of its words, above." if row.stands else f"another reading: it may be {sign.near_misses[0]}."
    return Question(ask=row.question or sign.question, tells_apart=f"“{sign.title}” from {other}")


def _gaps_of_picture(seen: Picture, signs: Sequence[BriefSign]) -> Iterator[str]:
    if seen.stance is Stance.UNKNOWN:
        yield "Where the relation stands."
    if untold := [sign.title for sign in signs if sign.level is Level.INSUFFICIENT]:
        yield f"Too little to tell: {'; '.join(untold)}."
    fates = [row.outcome for row in seen.recommendations]
    if not fates:
        yield "No advice of ours is recorded, so nothing shows how advice lands."
    elif lost := fates.count("unknown"):
        yield f"What became of {lost} of {count(len(fates), 'piece')} of our advice."
    if any(seen.openings.get(opening.id.value) for opening in OPENED):
        yield "Whether an opening was taken up afterwards, outside the meetings."
    if lost := sum(row.status == "unknown" for row in seen.commitments):
        kept = "was kept" if lost == 1 else "were kept"
        yield f"Whether {lost} of {count(len(seen.commitments), 'promise')} {kept}."
