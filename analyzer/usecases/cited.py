"""An answer from what was verified: a few sentences, each with the words that carry it."""

from collections.abc import Sequence

from analyzer.model.findings import Evidence, Finding
from analyzer.model.insight import Sentence

MOST_SENTENCES = 5


def cited(findings: Sequence[Finding]) -> tuple[tuple[Sentence, ...], tuple[Evidence, ...]]:
    """The first five as sentences, and their citations, those of the same words once.

    An engine that has no sentence of its own answers in the words that were said.
    """
    citations: list[Evidence] = []
    sentences: list[Sentence] = []
    for finding in findings[:MOST_SENTENCES]:
        said = finding.evidence
        same = (at for at, c in enumerate(citations) if (c.meeting, c.turn, c.span) == (said.meeting, said.turn, said.span))
        at = next(same, len(citations))
        if at == len(citations):
            citations.append(said)
        sentences.append(Sentence(text=finding.claim.reason or said.quote, citation=at))
    return tuple(sentences), tuple(citations)
