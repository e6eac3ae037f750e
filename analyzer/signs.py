"""The four warning signs, the openings and the conditions: the one text behind prompts, engines, renderers and docs.

A sign belongs to the assignment as it is talked about, never to a person. Every sentence here may be read by the
client over a shoulder.
"""

from dataclasses import dataclass

from analyzer.model.brief_parts import Move, MoveKind
from analyzer.model.findings import ConditionId, Level, OpeningId, SignId


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One warning sign: what it is, what is easily taken for it, how its levels are told apart, what one can do.

    The first of `moves` names it; the others are for hints, `plain_moves` for where it is strong.
    """

    id: SignId
    number: int
    title: str
    definition: str
    counts: tuple[str, ...]
    near_misses: tuple[str, ...]
    weak: str
    strong: str
    moves: tuple[Move, ...]
    plain_moves: tuple[Move, ...]
    question: str

    def moves_at(self, level: Level) -> tuple[Move, ...]:
        """What one can do: where there are only hints, and where the sign is plain."""
        return (self.moves[0], *self.plain_moves) if level is Level.STRONG else self.moves


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One way in which a meeting opens the door to a partnership."""

    id: OpeningId
    title: str
    definition: str
    near_misses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition of good work, judged in both directions."""

    id: ConditionId
    title: str
    question: str
    yes: str
    mixed: str
    no: str


SIGNS: tuple[Sign, ...] = (
    Sign(
        id=SignId.OUTSIDE_VALIDATION,
        number=1,
        title="An outside view for a settled decision",
        definition=(
            "The decision is already made, and an outside expert's voice is wanted to convince others of it or to "
            "put a seal on it, not to find out what is right."
        ),
        counts=(
            "the conclusion, the structure or the names exist before the enquiry that is said to lead to them",
            "the expert's independence, method or logo is wanted for the effect on a named doubter or audience",
            "evidence or options that could point elsewhere are to be left out, thinned or seen before anyone else",
            "an offer to skip the review and help carry out the decision is turned down because the review is the point",
        ),
        near_misses=(
            "a decision openly handed over to be carried out: nobody is to be convinced by our authority",
            "help in deciding: a leaning is named, and a different answer would be welcome",
            "something small that is settled, such as a venue, a tool or a date",
            "a wish for help in explaining a decision in the client's own name",
        ),
        weak="one or two hints: a preferred answer is leaned on, or our name is wanted for its effect, but the matter may still be open",
        strong="what is settled is plain, and what we are wanted for is that others believe it because it came from outside",
        moves=(
            Move(
                kind=MoveKind.NAME_IT,
                say="I notice that the conclusion seems settled. If so, I can help you present it, but I would not call it an assessment. Which do you need?",
            ),
            Move(
                kind=MoveKind.CONTRACT_ANEW,
                say="Could we write down what may still change, who sees the findings first, and that nothing is left out?",
            ),
            Move(
                kind=MoveKind.EYES_OPEN,
                say="I go on as we agreed, and write down what I find whichever way it points. Is that what you want?",
            ),
        ),
        plain_moves=(
            Move(
                kind=MoveKind.NARROW,
                say="If the decision stands, let us leave out the review, and I help you carry it out and explain it in your own name.",
            ),
            Move(
                kind=MoveKind.LEAVE,
                say="If what is needed is an outside name under a settled answer, I am not the right one, and would rather say so now.",
            ),
        ),
        question="If what we found pointed the other way, what would happen with it?",
    ),
    Sign(
        id=SignId.OUTSOURCED_MANAGEMENT,
        number=2,
        title="Their performance management, done by us",
        definition=(
            "We are to do a leader's own work with a person or a team: deliver the hard message, fix, watch, document or "
            "report on someone whom the leader does not hold to account."
        ),
        counts=(
            "we are to tell someone what their own leader has not told them",
            "we are to observe, rate or report on a person, with or without that person knowing",
            "coaching is asked for as a remedy or a record for someone who has had no direct conversation",
            "a leader steps out of the room, the loop or the follow-up, and we are to step in",
        ),
        near_misses=(
            "a leader who has the hard conversation personally and wants support for the person or for themselves",
            "a review, a probation or a goodbye that the client handles themselves, merely mentioned",
            "coaching that the person chose, with aims that leader and person know and share",
            "work on a process for feedback or goals that leaders will run themselves",
        ),
        weak="one or two hints: a message is left to us, or a leader would rather hear about a person from us, but they may still do their part",
        strong="the leader plainly hands over holding someone to account, or declines to do their part when it is offered back",
        moves=(
            Move(
                kind=MoveKind.NAME_IT,
                say="What have you told them yourself, in so many words? I can help you get ready for that talk, and be there after it.",
            ),
            Move(
                kind=MoveKind.CONTRACT_ANEW,
                say="Could the three of us agree on the aims, on what is reported to whom, and on what you will do yourself?",
            ),
            Move(
                kind=MoveKind.EYES_OPEN,
                say="I go on, and what is said stays between the two of us. How it is going, you hear from them.",
            ),
        ),
        plain_moves=(
            Move(
                kind=MoveKind.NARROW,
                say="I would rather help you prepare that talk than have it in your place. Shall we do that instead?",
            ),
            Move(
                kind=MoveKind.LEAVE,
                say="If telling them is to be my part, let us stop here: from me it would help neither of you.",
            ),
        ),
        question="What has the person already heard about this directly from the one they report to?",
    ),
    Sign(
        id=SignId.BOARD_MANDATE,
        number=3,
        title="A directive from above to be satisfied",
        definition=(
            "The work is bought because someone above asked for it (a board, parent company, investors, a regulator, group "
            "HR); what is needed is a box checked or time gained, and those in the room would not have wanted it."
        ),
        counts=(
            "the assignment, its date or its form answers to what somebody above wants to see",
            "the person in the room names no use of their own, or does the least that will pass",
            "the output is judged by whether it can be shown: a line in a pack, a tick, a name, a certificate",
            "it is to keep those above quiet, or gain time, while business goes on as before",
        ),
        near_misses=(
            "a board that is merely mentioned: a date, a meeting, an approval, a formality",
            "a board or parent that truly sponsors the work, together with a client who wants it",
            "a duty from outside that the client has made their own, with a use they can name",
            "our side asking whether the board is behind it, and a credible no",
        ),
        weak="one or two hints that it answers to somebody above, while some use of their own can be heard or cannot be ruled out",
        strong="it is done because it was told, and what would count as success is that those above are satisfied",
        moves=(
            Move(kind=MoveKind.NAME_IT, say="Since you have to do this anyway, what would make it worth your own time?"),
            Move(
                kind=MoveKind.SPONSOR,
                say="Could we hear together, from whoever asked for this, what they hope will be different afterwards?",
            ),
            Move(
                kind=MoveKind.EYES_OPEN,
                say="Let us begin with what was asked for, and look after a month whether any of it is of use to you.",
            ),
        ),
        plain_moves=(
            Move(
                kind=MoveKind.SPONSOR,
                say="Could we hear together, from whoever asked for this, what they hope will be different afterwards?",
            ),
            Move(kind=MoveKind.NARROW, say="Then let us do exactly what was asked, small and soon, and say that it is that."),
        ),
        question="If nobody above had asked for this, which part of it would you still want?",
    ),
    Sign(
        id=SignId.ILLUSION_OF_CHANGE,
        number=4,
        title="The look of change without the hard work",
        definition=(
            "The client wants to be seen as open to change, while every real step is resisted, diluted, postponed or made "
            "cosmetic."
        ),
        counts=(
            "a step agreed earlier is put off, shrunk or renamed without an alternative being offered",
            "the visible part is kept (a launch, a name, a poster, a workshop) and the part that would cost something is dropped",
            "change is for others: those who would have to do something differently themselves are spared",
            "all is agreed to warmly, and nothing has moved between meetings",
        ),
        near_misses=(
            "a real constraint honestly named, with another date, scope or owner offered",
            "one step declined for a reason, while others are taken",
            "doubt about a method by someone who is plainly at work on the change",
            "tiredness or worry said openly, with the work going on",
        ),
        weak="one or two hints: a step softened, or the show preferred, while it may still be an honest limit",
        strong="several real steps are put off, diluted or turned into appearance, and nothing takes their place",
        moves=(
            Move(
                kind=MoveKind.NAME_IT,
                say="We have agreed on steps and not taken them yet. What would have to be true for the first one to happen?",
            ),
            Move(
                kind=MoveKind.NARROW, say="Let us take one step, with one owner and one date, and nothing more until it is done."
            ),
            Move(kind=MoveKind.EYES_OPEN, say="I go on, and at the end of each month we look together at what has moved."),
        ),
        plain_moves=(
            Move(
                kind=MoveKind.CONTRACT_ANEW,
                say="Could we agree on what each of us does by when, and that we talk again before anything else if it has not happened?",
            ),
            Move(kind=MoveKind.LEAVE, say="Let us pause here. I gladly come back when there is time and energy for it."),
        ),
        question="What is the first thing that you yourself will do differently, and when would we see it?",
    ),
)

OPENINGS: tuple[Opening, ...] = (
    Opening(
        id=OpeningId.UNUSED_CAPACITY,
        title="Unused capacity",
        definition=(
            "Capacity on either side that is not used: our free time or a skill of ours that the client does not use; an idle "
            "team, tool, room, budget or survey of theirs."
        ),
        near_misses=("being fully booked", "capacity that is already planned for this work"),
    ),
    Opening(
        id=OpeningId.FURTHER_TOPICS,
        title="Further topics",
        definition="A topic beyond the present work in which the two sides could engage.",
        near_misses=(
            "small talk",
            "a detail of the present work",
            "a topic closed for good by the one it concerns, not put to another day",
        ),
    ),
    Opening(
        id=OpeningId.BETTER_WAYS,
        title="Better ways of working together",
        definition="A more efficient way for the two sides to work together: a shorter path, less paper, another rhythm, a better division of labour.",
        near_misses=("the client's own internal process", "plain scheduling"),
    ),
    Opening(
        id=OpeningId.SHARES_CONTEXT,
        title="Sharing how business is doing",
        definition="A side tells how its own business is really doing: orders, money, people, worries, plans.",
        near_misses=("polite phrases", "facts about the project only", "what everybody knows from the news"),
    ),
)

CONDITIONS: tuple[Condition, ...] = (
    Condition(
        id=ConditionId.RELEVANT,
        title="Relevant",
        question="Is our expertise right for what they need?",
        yes="the need as they describe it is what we are good at",
        mixed="part of the need is ours, or the need is not what was ordered",
        no="what is needed is something else than what we do",
    ),
    Condition(
        id=ConditionId.TIMELY,
        title="Timely",
        question="Are they ready to invest time and energy in it now?",
        yes="dates, people and attention are given to it, and steps agreed are taken",
        mixed="some give it time and others do not, or the haste is for something other than the change",
        no="it is put off, squeezed in, or waits for something that has no date",
    ),
    Condition(
        id=ConditionId.FIT,
        title="Fit",
        question="Do our stances meet, and do they let us make a difference?",
        yes="they hear what is uncomfortable and something changes because of it; they ask us as well",
        mixed="they listen on some matters and close others",
        no="our view is wanted only where it agrees",
    ),
)

SIGN_BY_ID = {sign.id: sign for sign in SIGNS}
OPENING_BY_ID = {opening.id: opening for opening in OPENINGS}
CONDITION_BY_ID = {condition.id: condition for condition in CONDITIONS}
