"""Meetings for engine tests, invented: one with things to find, and the odd ones that must not make a reader fail."""

import datetime as dt

from analyzer.model.meetings import Meeting, Passage, Side, Speaker, Turn

TALK = (
    ("Ines Duarte", Side.OURS, "Morning, Howard. How was the drive?"),
    ("Howard Pell", Side.THEIRS, "Wet. They've dug up the ring road again, so I came round by the quarry."),
    ("Ines Duarte", Side.OURS, "Shall we start with the review of the two depots?"),
    (
        "Howard Pell",
        Side.THEIRS,
        (
            "We can. I should say the merger's signed off already, that's happening. What I need is a report with an outside "
            "name on it, so the drivers' committee stops arguing."
        ),
    ),
    ("Ines Duarte", Side.OURS, "So what could the report still change?"),
    (
        "Howard Pell",
        Side.THEIRS,
        "Nothing, if I'm honest. They'll believe it if it comes from you, and they don't when it's me who says it.",
    ),
    (
        "Ines Duarte",
        Side.OURS,
        "Then I'd suggest that you present the decision yourself and we prepare that talk together, instead of a report.",
    ),
    (
        "Howard Pell",
        Side.THEIRS,
        "Hm. Could your summary not just say that the single depot comes out ahead? I've drafted a page.",
    ),
    ("Ines Duarte", Side.OURS, "I'll read the page and ring you on Thursday."),
    ("Howard Pell", Side.THEIRS, "Fine. I'll send you the drivers' letter by Friday, so that you know what they're on about."),
    ("Ines Duarte", Side.OURS, "How's business otherwise?"),
    (
        "Howard Pell",
        Side.THEIRS,
        "Between us, orders are down by a fifth since summer, and we've put off two hirings. That's why it has to be quick.",
    ),
    ("Ines Duarte", Side.OURS, "On our side I've got four days free in March, because another project moved."),
    ("Howard Pell", Side.THEIRS, "We've a training room upstairs that nobody uses from Wednesday on, if that's any good to you."),
    ("Ines Duarte", Side.OURS, "It might be. And instead of the monthly slides, could we just talk for ten minutes on a Friday?"),
    ("Howard Pell", Side.THEIRS, "Gladly. Those slides cost my assistant a whole day every month and I never look at them."),
    ("Ines Duarte", Side.OURS, "Good. Is there anything else for today?"),
    ("Howard Pell", Side.THEIRS, "Only that the new workshop in Hull opens in May, and nobody knows yet how to staff it."),
    ("Ines Duarte", Side.OURS, "Then let's talk about Hull next time."),
    ("Howard Pell", Side.THEIRS, "Right. Mind the puddle by the gate when you go."),
)
GERMAN = (
    "Also ich denke, dass wir das im nächsten Quartal machen können, aber der Aufsichtsrat will es so haben.",
    "Und was würden Sie selbst davon haben, wenn es niemand verlangt hätte?",
    "Ehrlich gesagt nichts, wir brauchen nur das Häkchen auf der Liste, danach machen wir weiter wie bisher.",
    "Dann lassen Sie uns überlegen, was daran für Ihre Leute nützlich wäre.",
)


def meeting(said: tuple[tuple[str, Side, str], ...] = TALK) -> Meeting:
    """A meeting of these turns, with each speaker on the side of their first turn."""
    sides: dict[str, Side] = {}
    for name, side, _ in said:
        sides.setdefault(name, side)
    return Meeting(
        id="m_talk",
        slug="depot-2025-11-03",
        client_id="c_depot",
        client_name="Depot",
        date=dt.date(2025, 11, 3),
        title="Depots",
        revision=1,
        speakers=tuple(Speaker(name=name, side=side) for name, side in sides.items()),
        turns=tuple(Turn(ordinal=i, speaker=name, side=side, text=text) for i, (name, side, text) in enumerate(said)),
    )


def everybody(side: Side) -> Meeting:
    """The same talk with every speaker on one side."""
    return meeting(tuple((name, side, text) for name, _, text in TALK))


def german() -> Meeting:
    """Long enough to be judged, in a language that the offline reader was not fitted on."""
    voices = (("Ines Duarte", Side.OURS), ("Uwe Brandt", Side.THEIRS))
    return meeting(tuple((*voices[(i + 1) % 2], text) for i, text in enumerate(GERMAN * 6)))


def passage(of: Meeting, first: int = 0, last: int | None = None) -> Passage:
    """The turns from `first` to `last` (inclusive, all of the rest by default) as one passage."""
    turns = of.turns[first:] if last is None else of.turns[first : last + 1]
    return Passage(id=f"{of.id}.1.{first}", meeting_id=of.id, revision=1, ordinal=first, turns=turns, date=of.date)
