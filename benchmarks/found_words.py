"""What a ranking of a meeting's pieces is worth, by the turns that the answer was written from.

Word recall is the share of the gold turns' words (of at most `limit`) among the first `limit` words returned; a word that
overlapping pieces return twice counts once, on both sides. Words are those spoken; counted with `names`, the speaker's name
before each turn is returned as well and takes its room. Word recall cannot be won by longer pieces, so it stands first. A piece's
gain is the share of its turns that are gold: nDCG@10 over gains, against the best order of the same pieces; MRR@10 of the
first piece with at least half. These two compare orders of one cut, and other cuts only roughly.
"""

import math
from collections.abc import Collection, Iterator, Sequence

from benchmarks.qmsum import Piece, Query, Talk

LIMITS = (500, 1_000, 2_000)
TOP = 10
MOST_NAMES = 100  # words of one name
HALF = 0.5
HEADLINE, WITH_NAMES = "1,000 words", "1,000 with names"
FIGURES = (*(f"{limit:,} words" for limit in LIMITS), WITH_NAMES, f"nDCG@{TOP}", f"MRR@{TOP}")


def figures(talk: Talk, query: Query, ranked: Sequence[Piece], pieces: Sequence[Piece]) -> dict[str, float]:
    """Every figure of one ranking, by its name in FIGURES; `pieces` are all that could have been returned."""
    gold = {word for turn in query.gold for word in range(talk.starts[turn], talk.starts[turn + 1])}
    gains = [gain(piece, query.gold) for piece in ranked[:TOP]]
    best = discounted(sorted((gain(piece, query.gold) for piece in pieces), reverse=True)[:TOP])
    values = (
        *(word_recall(spoken(ranked), gold, limit) for limit in LIMITS),
        word_recall(with_names(talk, ranked), gold, 1_000),
        discounted(gains) / best if best else 0.0,
        next((1 / rank for rank, value in enumerate(gains, start=1) if value >= HALF), 0.0),
    )
    return dict(zip(FIGURES, values, strict=True))


def word_recall(returned: Iterator[int], gold: Collection[int], limit: int) -> float:
    """Share of the gold words, of at most `limit`, among the first `limit` different words returned."""
    first: set[int] = set()
    while len(first) < limit and (word := next(returned, None)) is not None:
        first.add(word)
    return len(first.intersection(gold)) / min(limit, len(gold)) if gold else 0.0


def spoken(ranked: Sequence[Piece]) -> Iterator[int]:
    """The numbers of the words in the order in which they are returned."""
    return (word for piece in ranked for word in piece.words)


def with_names(talk: Talk, ranked: Sequence[Piece]) -> Iterator[int]:
    """The same with the name before each turn that is returned from its beginning; words of names have numbers below 0."""
    for piece in ranked:
        for turn in piece.turns:
            begin, end = talk.starts[turn], talk.starts[turn + 1]
            if piece.words.start <= begin:
                names = len(talk.said[turn][0].split())
                yield from range(-(turn * MOST_NAMES) - names, -(turn * MOST_NAMES))
            yield from range(max(begin, piece.words.start), min(end, piece.words.stop))


def gain(piece: Piece, gold: Collection[int]) -> float:
    """Share of the piece's turns that are gold."""
    return sum(turn in gold for turn in piece.turns) / len(piece.turns)


def discounted(gains: Sequence[float]) -> float:
    """Discounted cumulative gain."""
    return sum(value / math.log2(rank + 1) for rank, value in enumerate(gains, start=1))
