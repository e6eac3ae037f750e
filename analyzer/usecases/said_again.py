"""Words that somebody said, found where they stand again: in a note, an agenda, a text in the home."""

from collections.abc import Callable, Iterable

from analyzer.usecases.stretches import Span, apart, placed, replaced

WORDS_REMOVED = "[removed on request]"
RUN = 6  # so many words in a row are taken from somewhere; fewer may be anybody's
SHORT_TURN = 4  # a turn of at least so many words, and fewer than RUN, is taken from there when all of it is found


def finder_of_words(said: Iterable[str]) -> Callable[[str], list[Span]]:
    """What finds words that were `said` in one of these turns: six in a row, or all of a short turn. In order and apart."""
    runs: dict[int, set[tuple[str, ...]]] = {}
    for turn in said:
        words = [word for *_, word in placed(turn)]
        size = min(len(words), RUN)
        if size >= SHORT_TURN:
            runs.setdefault(size, set()).update(tuple(words[at : at + size]) for at in range(len(words) - size + 1))

    def find(text: str) -> list[Span]:
        words = placed(text)
        plain = [word for *_, word in words]
        spans = {
            (words[at][0], words[at + size - 1][1])
            for size, known in runs.items()
            for at in range(len(words) - size + 1)
            if tuple(plain[at : at + size]) in known
        }
        return apart(spans)

    return find


def without_words_of(said: Iterable[str]) -> Callable[[str], tuple[str, int]]:
    """What takes such words out of a text; it gives back how often there were any."""
    find = finder_of_words(said)

    def without(text: str) -> tuple[str, int]:
        spans = find(text)
        return replaced(text, spans, WORDS_REMOVED), len(spans)

    return without
