"""Whether two transcripts are of the same meeting, told by their words alone, whatever the export.

Names, times and the cuts of turns differ between exports of one meeting, and so do single words once somebody corrected
them. What stays is the order of the words. `sketch` is kept with a meeting to find candidates without reading all meetings
again; `is_same` compares the words themselves.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest
from itertools import pairwise

from analyzer.model.meetings import Turn, Utterance
from analyzer.names import fold_text

SAME = 0.90
"""Share of words common to both, in the same order, from which on two transcripts are of one meeting."""
LEAST_WORDS = 40
"""Below this, two transcripts are the same only where all their words are: two short calls may well say nearly the same."""
CANDIDATE = 0.20
"""Resemblance of sketches from which on it is worth comparing the words.

Of the 16 meetings in benchmarks/meetings, no two resemble each other by more than 0.02, of the same client or not; each
resembles itself by 0.62 and more with a twentieth of its words corrected and its fillers removed, and by 0.31 and more
with just so many words taken out, all over the text, that `SAME` is still reached.
"""

_SHINGLE = 3
_SKETCH = 256
_HASH = 4
_PIECE = 40_000
_ANCHOR = 6
_APART = 20_000
_AS_NUMBER = ">u4"  # a hash, in the order of its bytes

# Scripts that put no spaces between words: Han, kana, Thai, Lao, Burmese, Khmer.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_WITHIN_A_WORD = re.compile(r"['\u2019]|(?<=\d)[.,](?=\d)")
_NO_WORD = re.compile(r"[^\w\s]|_")


def words_in(text: str) -> tuple[str, ...]:
    """The words of one text without case, accents and punctuation; each character is one in scripts without spaces."""
    folded = _WITHIN_A_WORD.sub("", text.lower() if text.isascii() else fold_text(text))
    if folded.isascii():
        return tuple(_ASCII_WORD.findall(folded))
    return tuple(_WORD.findall(_NO_WORD.sub(lambda match: _mark(match.group()), folded)))


@lru_cache(maxsize=4096)
def _mark(character: str) -> str:
    """Vowel signs belong to their word; everything else that is no letter and no digit ends it."""
    return character if unicodedata.category(character).startswith("M") else " "


def spoken_words(utterances: Sequence[Utterance | Turn]) -> tuple[str, ...]:
    """The words of a meeting in order. What was typed counts only where nothing was said: most exports leave the chat out."""
    spoken = [u.text for u in utterances if not u.chat] or [u.text for u in utterances]
    return tuple(word for text in spoken for word in words_in(text))


def sketch(words: Sequence[str]) -> bytes:
    """At most 1 KiB that resembles the sketch of another transcript as far as the two share runs of three words.

    It holds the 256 smallest of the 4-byte BLAKE2b hashes of all runs, in order: the same on every machine.
    Three words, because two are common to any talk, and of four or more too few survive where every tenth word is
    corrected. 256, because a share of 0.5 is then known to within 0.03 (one standard error).
    """
    size = min(_SHINGLE, len(words))
    runs = {" ".join(words[at : at + size]) for at in range(len(words) - size + 1)} if words else set()
    hashes = {blake2b(run.encode("utf-8", "replace"), digest_size=_HASH).digest() for run in runs}
    return b"".join(nsmallest(_SKETCH, hashes))


def resemblance(a: bytes, b: bytes) -> float:
    """The share of runs of words that two transcripts have in common (0 to 1), estimated from their sketches."""
    import numpy as np  # what only writes or shows a record needs none of it

    ours, theirs = np.frombuffer(a, dtype=_AS_NUMBER), np.frombuffer(b, dtype=_AS_NUMBER)
    union = np.union1d(ours, theirs)[:_SKETCH]
    if not union.size:
        return 0.0
    both = np.intersect1d(ours, theirs, assume_unique=True)
    return np.count_nonzero(both <= union[-1]) / union.size


def candidates(new: bytes, kept: Mapping[str, bytes]) -> list[tuple[float, str]]:
    """The names of the sketches that resemble the new one by `CANDIDATE` and more, with their resemblance, the most alike first.

    The hashes in common are counted for all sketches at once, since every file is compared with every meeting on record; only
    where they are many enough is the resemblance told.
    """
    import numpy as np

    names = list(kept)
    of_all = np.frombuffer(b"".join(kept.values()), dtype=_AS_NUMBER)
    ours = np.sort(np.frombuffer(new, dtype=_AS_NUMBER))
    if not ours.size or not of_all.size:
        return []
    sizes = np.array([len(kept[name]) // _HASH for name in names])
    whose = np.repeat(np.arange(len(names)), sizes)
    place = np.searchsorted(ours, of_all).clip(max=ours.size - 1)
    common = np.bincount(whose[ours[place] == of_all], minlength=len(names))
    enough = np.flatnonzero(common >= CANDIDATE * np.maximum(sizes, ours.size))
    found = ((resemblance(new, kept[names[at]]), names[at]) for at in enough)
    return sorted((one for one in found if one[0] >= CANDIDATE), reverse=True)


def shared(a: Sequence[str], b: Sequence[str]) -> float:
    """The share of words that both have in the same order (0 to 1): twice the longest common subsequence over both lengths.

    Exact up to 40,000 words each. Beyond that both are cut at runs of six words that stand once in each and in the same
    order, and only the pieces are compared; a piece that is still longer counts as far as its first 40,000 words go. So
    the time grows with the length alone, and the share told is never above the true one, and close to it where the two
    are alike.
    """
    if not a or not b:
        return 0.0
    if tuple(a) == tuple(b):
        return 1.0
    from rapidfuzz.distance import LCSseq

    cuts = [(0, 0), *_cuts(a, b), (len(a), len(b))]
    pieces = ((a[i : min(k, i + _PIECE)], b[j : min(m, j + _PIECE)]) for (i, j), (k, m) in pairwise(cuts))
    return 2 * sum(LCSseq.similarity(one, other) for one, other in pieces) / (len(a) + len(b))


def _cuts(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Places in both at which long texts can be cut without parting words that belong together."""
    if max(len(a), len(b)) <= _PIECE:
        return []
    in_b = _once(b)
    pairs = [(at, in_b[run]) for run, at in _once(a).items() if run in in_b]
    cuts: list[tuple[int, int]] = []
    for i, j in _in_order(pairs):
        if max(i - cuts[-1][0], j - cuts[-1][1]) >= _APART if cuts else max(i, j) >= _APART:
            cuts.append((i, j))
    return cuts


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Where each run of words stands that stands only once, in order."""
    runs = [tuple(words[at : at + _ANCHOR]) for at in range(len(words) - _ANCHOR + 1)]
    times = Counter(runs)
    return {run: at for at, run in enumerate(runs) if times[run] == 1}


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs, taken in the order of their first places, whose second places go forward too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_, place) in enumerate(pairs):
        length = bisect_left(tails, place)
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [at]
        before.append(ends[length - 1] if length else -1)
    kept: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.append(pairs[at])
        at = before[at]
    return kept[::-1]


def is_same(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two transcripts are of one meeting: they share at least `SAME` of their words in order.

    Where either has fewer than `LEAST_WORDS`, all the words must be the same; no words are no meeting.
    """
    if min(len(a), len(b)) < LEAST_WORDS:
        return shared(a, b) == 1.0
    most = 2 * min(len(a), len(b)) / (len(a) + len(b))
    return most >= SAME and shared(a, b) >= SAME
