"""Whether turns are English, the one language that the offline reader was fitted on."""

from collections.abc import Iterable

from analyzer.engines.offline.sentences import words

# Frequent in English speech and rare in its neighbours: "in", "was" or "an" are left out, being German or Dutch as well.
_COMMON = frozenset(
    """the and of to that it you we for with have this what not but are they there do can if would from about your my
    just know think going how when which their them who been don't it's that's i'm i'll we're you're he she his her our
    could should were than then some any because""".split()  # noqa: SIM905 - a block of words reads better than a list
)
MIN_SHARE = 0.15  # plain English speech has .30 to .45 of these words, German, French, Spanish and Dutch under .06


def looks_english(texts: Iterable[str]) -> bool:
    """Whether the texts as a whole read like English; False for no words at all."""
    said = [word for text in texts for word in words(text)]
    return bool(said) and sum(word in _COMMON for word in said) >= MIN_SHARE * len(said)
