"""Where in a text a quote stands, if it was really said.

Three tries, each narrower than it looks. *Exact*: the quote's own code points. *Normalised*: after folding case, white
space, quotation marks, apostrophes, dashes and ellipses, on both sides alike. *Fuzzy*: at least `FUZZY_SCORE` alike,
first and last word the same, and every difference in between free of negations, numbers and dates, so that a slip of
the pen is forgiven and a changed meaning is not. A quote always begins and ends at a word: `able to` is not found in
`unable to`, `15 people` not in `115 people` and `five people` not in `twenty-five people`.
"""

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from analyzer.model.findings import Match

FUZZY_SCORE = 92.0
FUZZY_WORDS = range(4, 121)
THIN_WORDS = 2
_NO_REACH = 2  # words before a quote among which a "not" is looked for

_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d")
_SINGLE_QUOTES = frozenset("'\u2018\u2019\u201a\u201b\u2032\u02bc\u0060\u00b4\u2039\u203a\uff07")
_DOUBLE_QUOTES = frozenset('"\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u300c\u300d\u300e\u300f\uff02')
# Scripts written without spaces: every character counts as a word of its own.
_SPACELESS = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF))
_NUMBERS = frozenset(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million
    millions billion billions dozen dozens half third thirds quarter quarters first second fourth fifth sixth seventh
    eighth ninth tenth once twice thrice double triple single both monday tuesday wednesday thursday friday saturday
    sunday january february march april may june july august september october november december today tomorrow
    yesterday tonight""".split()  # noqa: SIM905 - a block of words reads better than a list
)
# A word listed here by mistake only makes the fuzzy try stricter, so other languages' words stand among them.
_NEGATIONS = frozenset(
    """not no nope nah never none nobody nothing nowhere neither nor without unless except cannot hardly barely
    scarcely rarely seldom fewer less ain't dont doesnt didnt wont wouldnt cant couldnt shouldnt isnt arent wasnt werent
    havent hasnt hadnt mustnt neednt nicht nichts kein keine keinen keinem keiner nie niemals niemand ohne ne pas jamais
    rien aucun aucune sans personne nunca nada nadie sin jamás non mai senza niente nessuno niet geen nooit zonder""".split()  # noqa: SIM905 - as above
)
_NEGATIVE_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "mis")
_JOINED_PREFIXES = frozenset({"non", "un", "anti", "ex", "half", "semi"})


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text in its folded form, with the half-open code points of the original behind each folded character."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[tuple[int, int], ...]

    def find(self, needle: str) -> tuple[int, int] | None:
        """The first place where `needle` stands between word boundaries, as folded positions."""
        begins, finishes = {a for a, _ in self.words}, {b for _, b in self.words}
        at = self.text.find(needle)
        while at >= 0:
            if at in begins and at + len(needle) in finishes:
                return at, at + len(needle)
            at = self.text.find(needle, at + 1)
        return None

    def original(self, start: int, end: int) -> tuple[int, int]:
        return self.starts[start], self.ends[end - 1]


def locate(text: str, quote: str) -> tuple[Match, tuple[int, int] | None]:
    """How `quote` is found in `text`, and its half-open span of code points there (None when it is not found).

    A quote without a letter or digit is never found; one of a single word only where it is all that the text says.
    """
    wanted, said = _trimmed(quote), _fold(text)
    if not wanted.words or (len(wanted.words) < THIN_WORDS and wanted.text != _trimmed(text).text):
        return Match.NOT_FOUND, None
    exact = _exactly(text, quote.strip(), said)
    if exact is not None:
        return Match.EXACT, exact
    at = said.find(wanted.text)
    if at is not None:
        return Match.NORMALISED, said.original(*at)
    near = _nearly(said, wanted)
    return (Match.NOT_FOUND, None) if near is None else (Match.FUZZY, said.original(*near))


def with_its_no(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The span, begun earlier where it would leave out a "not" that stands right before it: "want it" out of "don't want it".

    One other word may stand between them ("not really want it"), but no comma or full stop.
    """
    said = _fold(text)
    start, end = span
    words = [said.original(a, b) for a, b in said.words]
    before = [at for at, (_, stop) in enumerate(words) if stop <= start][-_NO_REACH:]
    following = start
    for at in reversed(before):
        begin, stop = words[at]
        if not text[stop:following].isspace():
            break
        if denies(said.text[slice(*said.words[at])]):
            return begin, end
        following = begin
    return span


def says(text: str, phrase: str) -> bool:
    """Whether the words of a phrase stand in the text one after another, folded, whatever stands between them; one is enough."""
    said, wanted = word_list(text), word_list(phrase)
    return bool(wanted) and any(said[at : at + len(wanted)] == wanted for at in range(len(said) - len(wanted) + 1))


def word_count(text: str) -> int:
    """How many words a text has (every character is one in scripts that are written without spaces)."""
    return len(_fold(text).words)


def word_list(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    folded = _fold(text)
    return tuple(folded.text[a:b] for a, b in folded.words)


def _exactly(text: str, quote: str, said: _Folded) -> tuple[int, int] | None:
    """The first place of the very same code points that cuts no word in two."""
    inside = {i for a, b in said.words for i in range(said.starts[a] + 1, said.ends[b - 1])}
    at = text.find(quote)
    while at >= 0:
        if at not in inside and at + len(quote) not in inside:
            return at, at + len(quote)
        at = text.find(quote, at + 1)
    return None


def _trimmed(quote: str) -> _Folded:
    """The quote folded, without what stands before its first and after its last word."""
    folded = _fold(quote)
    if not folded.words:
        return folded
    return _fold(quote[folded.starts[folded.words[0][0]] : folded.ends[folded.words[-1][1] - 1]])


@lru_cache(maxsize=512)
def _fold(text: str) -> _Folded:
    out: list[tuple[str, int, int]] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for char in _fold_cluster(text, at, end):
            _append(out, char, at, end)
        at = end
    while out and out[-1][0] == " ":
        out.pop()
    folded = "".join(char for char, _, _ in out)
    return _Folded(folded, tuple(a for _, a, _ in out), tuple(b for _, _, b in out), _words(folded))


def _append(out: list[tuple[str, int, int]], char: str, start: int, end: int) -> None:
    """Add a folded character: white space once and never beside a dash, dashes once."""
    last = out[-1][0] if out else " "
    if char == " " and last in " -":
        return
    if char == "-":
        if last == "-":
            return
        if out and last == " ":
            out.pop()
    out.append((char, start, end))


def _fold_cluster(text: str, at: int, end: int) -> str:
    """The folded form of one character with its combining marks; empty for what leaves no trace."""
    char = text[at]
    before, after = text[at - 1 : at], text[end : end + 1]
    if char in _SINGLE_QUOTES:
        return "'" if _wordy(before) and _wordy(after) else ""
    if char in _DOUBLE_QUOTES or unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f":
        return ""
    if char in _DASHES:
        return "-"
    if char.isspace() or char == "\u2026" or (char == "." and "." in (before, after)):
        return " "
    return unicodedata.normalize("NFC", text[at:end].casefold())


def _wordy(char: str) -> bool:
    return bool(char) and (char.isalnum() or unicodedata.category(char).startswith("M"))


def _spaceless(char: str) -> bool:
    return any(low <= ord(char) <= high for low, high in _SPACELESS)


def _words(folded: str) -> tuple[tuple[int, int], ...]:
    """Half-open positions of the words: `can't`, `1,500`, `10:30`, `twenty-five` and `non-binding` are one each."""
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(folded):
        if not _wordy(folded[at]):
            at += 1
            continue
        end = at + 1
        while end < len(folded) and not _spaceless(folded[at]) and _continues(folded, at, end):
            end += 1
        spans.append((at, end))
        at = end
    return tuple(spans)


def _continues(folded: str, start: int, at: int) -> bool:
    """Whether the character at `at` belongs to the word that began at `start`."""
    if _wordy(folded[at]):
        return not _spaceless(folded[at])
    before, after = folded[at - 1], folded[at + 1 : at + 2]
    if not _wordy(after):
        return False
    if folded[at] == "'":
        return True
    if folded[at] in ".,:/":
        return before.isdigit() and after.isdigit()
    if folded[at] != "-":
        return False
    left = folded[start:at].rsplit("-", 1)[-1]
    right = folded[at + 1 : at + 40].split(maxsplit=1)[0].split("-", 1)[0].strip(".,;:!?")
    return left in _JOINED_PREFIXES or (_is_number(left) and _is_number(right))


def _is_number(word: str) -> bool:
    return word in _NUMBERS or any(char.isdigit() for char in word)


def _guarded(word: str) -> bool:
    """Whether a difference in this word could change what was meant: a negation, a number, a date."""
    return word in _NEGATIONS or _is_number(word) or word.endswith(("n't", "less")) or any(_is_number(p) for p in word.split("-"))


def denies(word: str) -> bool:
    """Whether a folded word is a "not" of some kind."""
    return word in _NEGATIONS or word.endswith("n't")


def _canonical(words: list[str]) -> list[str]:
    """The same words for the same meaning: `don't`, `dont` and `do not`; `can't`, `cannot` and `can not`."""
    out: list[str] = []
    for word in words:
        bare = word.replace("'", "")
        if bare == "cannot":
            out += ["can", "not"]
        elif bare.endswith("nt") and (bare in _NEGATIONS or word.endswith("n't")):
            out += [{"wo": "will", "ca": "can", "ai": "is", "sha": "shall"}.get(bare[:-2], bare[:-2]), "not"]
        elif word[0].isdigit():
            out.append(word.replace(",", ""))
        else:
            out.append(word)
    return out


def _same_meaning(said: list[str], wanted: list[str]) -> bool:
    """Whether two wordings differ in nothing that reverses or renumbers what was said."""
    for what, a, b, c, d in SequenceMatcher(None, said, wanted, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        here, there = said[a:b], wanted[c:d]
        if any(_guarded(word) for word in (*here, *there)):
            return False
        if any(
            one == prefix + other or other == prefix + one for one in here for other in there for prefix in _NEGATIVE_PREFIXES
        ):
            return False
    return True


def _nearly(said: _Folded, wanted: _Folded) -> tuple[int, int] | None:
    """The stretch of whole words most like the quote, as folded positions, if it is like enough and means the same."""
    if len(wanted.words) not in FUZZY_WORDS or not said.words:
        return None
    from rapidfuzz import fuzz  # loaded only when a quote is not found as it stands

    aligned = fuzz.partial_ratio_alignment(said.text, wanted.text, score_cutoff=FUZZY_SCORE - 22)
    if aligned is None:
        return None
    target = [wanted.text[a:b] for a, b in wanted.words]
    canonical, reach = _canonical(target), len(target) // 3 + 2
    near = [w for w in said.words if aligned.src_start - len(wanted.text) <= w[0] <= aligned.src_end + len(wanted.text)]
    best: tuple[float, int, int] | None = None
    for first, (start, stop) in enumerate(near):
        if said.text[start:stop] != target[0]:
            continue
        for last in range(max(first, first + len(target) - 1 - reach), min(len(near), first + len(target) + reach)):
            end = near[last][1]
            if said.text[near[last][0] : end] != target[-1]:
                continue
            score = fuzz.ratio(said.text[start:end], wanted.text, score_cutoff=FUZZY_SCORE)
            if score > (best[0] if best else 0.0) and _same_meaning(
                _canonical([said.text[a:b] for a, b in near[first : last + 1]]), canonical
            ):
                best = (score, start, end)
    return None if best is None else best[1:]
