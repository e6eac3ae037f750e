"""The brief's pictures: signs over the meetings, what became of our advice, how much each side spoke; and the same in words."""

from collections.abc import Iterator

from analyzer.model.brief import Brief, TalkShare
from analyzer.model.findings import Level, Outcome
from analyzer.relationship.words import count, day
from analyzer.rendering.brief_signs import LEVELS
from analyzer.rendering.pages import Picture, Series

MOST_MEETINGS = 12  # on one picture, the latest
MOST_TALKS = 6

_HEIGHTS = (Level.NONE, Level.WEAK, Level.STRONG)
_OUTCOMES = (
    (Outcome.ADOPTED, "adopted"),
    (Outcome.MODIFIED, "adopted in another form"),
    (Outcome.DEFERRED, "put off"),
    (Outcome.IGNORED, "not taken up"),
    (Outcome.REVERSED, "taken back"),
    (Outcome.UNKNOWN, "not known"),
)


def pictures(document: Brief) -> Iterator[Picture]:
    """Those for which there is something to draw."""
    yield from _signs(document)
    yield from _advice(document)
    yield from _talk(document)


def _signs(document: Brief) -> Iterator[Picture]:
    path = document.stance.path[-MOST_MEETINGS:] if document.stance else ()
    heard = [n for n in range(len(document.signs)) if any(p.levels[n] in (Level.WEAK, Level.STRONG) for p in path)]
    if len(path) < 2 or not heard:  # noqa: PLR2004 - one meeting is no path
        return
    told = (
        f"{document.signs[n].title}: " + ", ".join(f"{LEVELS[p.levels[n]]} on {day(p.date)}" for p in path) + "." for n in heard
    )
    yield Picture(
        title="Signs over the meetings",
        kind="steps",
        labels=tuple(day(point.date) for point in path),
        series=tuple(Series(name=document.signs[n].title, values=tuple(_height(p.levels[n]) for p in path)) for n in heard),
        told=" ".join(told),
        levels=tuple(LEVELS[level] for level in _HEIGHTS),
    )


def _height(level: Level) -> float | None:
    return float(_HEIGHTS.index(level)) if level in _HEIGHTS else None


def _advice(document: Brief) -> Iterator[Picture]:
    known = [(words, document.outcomes[outcome]) for outcome, words in _OUTCOMES if document.outcomes.get(outcome)]
    if not known:
        return
    yield Picture(
        title="What became of our advice",
        kind="bars",
        labels=("Our advice",),
        series=tuple(Series(name=words, values=(float(number),)) for words, number in known),
        told=f"Of {count(sum(n for _, n in known), 'piece')} of advice: {', '.join(f'{n} {words}' for words, n in known)}.",
    )


def _talk(document: Brief) -> Iterator[Picture]:
    talks = [talk for talk in document.talk_shares if talk.ours + talk.theirs + talk.other][-MOST_TALKS:]
    if not talks:
        return
    sides = (("us", [t.ours for t in talks]), ("them", [t.theirs for t in talks]), ("others", [t.other for t in talks]))
    yield Picture(
        title="Share of the words",
        kind="bars",
        labels=tuple(day(talk.date) for talk in talks),
        series=tuple(Series(name=name, values=tuple(map(float, said))) for name, said in sides if any(said)),
        told=f"Our share of the words: {', '.join(f'{_share(talk)}% on {day(talk.date)}' for talk in talks)}.",
    )


def _share(talk: TalkShare) -> int:
    return round(100 * talk.ours / (talk.ours + talk.theirs + talk.other))
