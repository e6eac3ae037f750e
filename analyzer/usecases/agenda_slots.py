"""One item of an agenda before its minutes are known."""

from collections.abc import Callable
from dataclasses import dataclass

from analyzer.model.agenda import ClientSafe, ClientWords

BOTH, CLIENT, PRACTICE = "both", "client", "practice"


def _nothing_told(_: ClientSafe) -> tuple[str, ...]:
    return ()


def _no_words(_: ClientSafe) -> tuple[ClientWords, ...]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """`weight` is its part of the time, `most` how many words of theirs it shows, `asks` what is asked from what they told us.

    `promises` and `suggestions` say whether those that are open belong here.
    """

    title: str
    weight: int
    purpose: str
    lead: str
    questions: tuple[str, ...]
    asks: Callable[[ClientSafe], tuple[str, ...]] = _nothing_told
    points: Callable[[ClientSafe], tuple[str, ...]] = _nothing_told
    words: Callable[[ClientSafe], tuple[ClientWords, ...]] = _no_words
    promises: bool = False
    suggestions: bool = False
    most: int = 2
