"""Sentences of spoken text, with their places."""

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[\"'\u201d\u2019)]*(?=\s|$)|$)", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the half-open code points of its text where it stands."""

    text: str
    start: int
    end: int


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a turn in order; text without full stops is one sentence."""
    return tuple(Sentence(m.group(), m.start(), m.end()) for m in _SENTENCE.finditer(text))


def spans(text: str, most: int) -> tuple[Sentence, ...]:
    """The sentences of a turn, those of more than `most` words cut up: some transcribers write no full stops."""
    return tuple(
        Sentence(part.group(), s.start + part.start(), s.start + part.end())
        for s in sentences(text)
        for part in re.finditer(rf"\S+(?:\s+\S+){{0,{most - 1}}}", s.text)
    )


def words(text: str) -> tuple[str, ...]:
    """The words of a text, in lower case, with plain apostrophes."""
    return tuple(w.casefold().replace("\u2019", "'") for w in _WORD.findall(text))
