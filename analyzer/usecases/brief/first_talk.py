"""The first talk with a prospect: is our expertise relevant, is it timely, are we the right fit; and what is still unasked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analyzer.model.brief import Unasked
from analyzer.model.meetings import Meeting, Side
from analyzer.relationship.openness import whole_turn
from analyzer.usecases.brief.quoting import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Something that a first talk should bring to light, how to ask for it, and how one hears that it was asked."""

    matter: str
    ask: str
    tells_apart: str
    heard_as: re.Pattern[str]


def _asked(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


MATTERS = (
    Matter(
        matter="what it is for",
        ask="What would be different in half a year, if this went well?",
        tells_apart="relevant or not: a need that we are good at, from an order that somebody has already written.",
        heard_as=_asked(
            r"\b(?:what would|what will|what should)\b.{0,40}\b(?:different|better|change|success|good look)",
            r"\bwhat (?:are you hoping|do you hope|do you want|would you like|does success)",
            r"\b(?:find out|achieve|get out of (?:it|this))\b",
        ),
    ),
    Matter(
        matter="what was tried before",
        ask="What have you tried already, and what came of it?",
        tells_apart="relevant or not: something new to you, from something that others could not move either.",
        heard_as=_asked(
            r"\b(?:tried|done before|worked on before|last time|already (?:done|had|asked))\b", r"\bwho else have you\b"
        ),
    ),
    Matter(
        matter="why now",
        ask="Why now, and what happens if nothing is done until next year?",
        tells_apart="timely or not: pressure of their own, from a date that somebody else has set.",
        heard_as=_asked(
            r"\bwhy (?:now|this year|today)\b",
            r"\bwhat happens if\b",
            r"\bwhat(?:'s|\u2019s| is| has)\b.{0,30}\b(?:brought|prompted|urgent|changed|hurry|rush)",
        ),
    ),
    Matter(
        matter="who gives time to it",
        ask="Who will work on this with us, and what do they put aside for it?",
        tells_apart="timely or not: people and hours, from good will alone.",
        heard_as=_asked(
            r"\bwho\b.{0,40}\b(?:work on|involved|part of|do the work|time|team|day to day|lead)",
            r"\bhow much time\b",
            r"\bwhen (?:could|can|would|do) (?:we|you|they) (?:start|begin)\b",
        ),
    ),
    Matter(
        matter="who decides and who pays",
        ask="Who decides on this, who pays for it, and have they said in their own words what they want?",
        tells_apart="fit or not: a sponsor who wants the work, from one whose wish is handed on.",
        heard_as=_asked(
            r"\bwho\b.{0,40}\b(?:decid|signs?|pays?|approve|budget|sponsor|asked for|wants this)",
            r"\b(?:budget|whose idea|whose decision)\b",
        ),
    ),
    Matter(
        matter="what may still change",
        ask="If what we find points another way than you expect, what happens with it?",
        tells_apart="fit or not: an open question, from an answer that is settled.",
        heard_as=_asked(
            r"\b(?:if|suppose|what if)\b.{0,60}\b(?:found|find|finds|points?|different|otherwise|other way|disagree|no)\b",
            r"\b(?:still (?:open|change)|already (?:decided|settled|fixed))\b",
        ),
    ),
    Matter(
        matter="who is touched by it, and knows",
        ask="Who is touched by this, and what have they heard about it from you?",
        tells_apart="fit or not: a leader who speaks to their own people, from a message that would be left to us.",
        heard_as=_asked(
            r"\b(?:do|does|have|has|did)\b.{0,30}\b(?:they|she|he|people|team|staff|everyone|everybody)\b.{0,30}\b(?:know|heard|told|aware)",
            r"\bwho (?:knows|is affected|will be affected|has been told)\b",
            r"\bhave you told\b",
        ),
    ),
    Matter(
        matter="what we need from each other",
        ask="What would you need from us, and may we tell you what we need to do our best work?",
        tells_apart="fit or not: two sides who agree on how to work, from one that orders and one that delivers.",
        heard_as=_asked(
            r"\bwhat (?:do|would|will) you (?:need|expect|want) from (?:us|me)\b",
            r"\bhow (?:do|would) you (?:like|want) (?:us )?to work\b",
        ),
    ),
)


def matters(meetings: Iterable[Meeting], places: Places) -> tuple[Unasked, ...]:
    """What a first talk should bring to light, each with the words in which one of ours has asked for it."""
    questions = _our_questions(meetings)
    return tuple(_matter(matter, questions, places) for matter in MATTERS)


def _our_questions(meetings: Iterable[Meeting]) -> list[tuple[Meeting, int, str]]:
    ordered = sorted(meetings, key=lambda m: (m.date, m.slug))
    return [(m, t.ordinal, t.text) for m in ordered for t in m.turns if t.side is Side.OURS and "?" in t.text]


def _matter(matter: Matter, questions: Sequence[tuple[Meeting, int, str]], places: Places) -> Unasked:
    found = next(((meeting, turn) for meeting, turn, text in questions if _asks(matter, text)), None)
    return Unasked(
        matter=matter.matter,
        ask=matter.ask,
        tells_apart=matter.tells_apart,
        asked=places.quote(whole_turn(*found)) if found else None,
    )


def _asks(matter: Matter, text: str) -> bool:
    """Whether one of the questions of a turn asks for it."""
    return any(matter.heard_as.search(sentence) for sentence in re.findall(r"[^.!?]*\?", text))
