"""A judgement that rests on verified findings alone: what is taken down with a level that nothing carries."""

from dataclasses import replace

from analyzer.model.findings import ClaimKind, Known, Level, SignId, SignVerdict
from analyzer.soundness import sound
from tests.relations import finding, judged, meeting, verdict

TALK = meeting(
    "2026-01-05", [("Iris Vance", "What is to come out?"), ("Tess Okafor", "It is settled."), ("Bo Lindqvist", "Is it?")]
)
SIGN = SignId.OUTSIDE_VALIDATION
HEARD = tuple(finding(TALK, turn, ClaimKind.SIGN, SIGN) for turn in (1, 2))
KNOWN = Known(right=9, said=13)


def kept(level: Level, *verified: int) -> SignVerdict:
    """The verdict, of this level and on two places, once only so many of them are verified."""
    given = replace(verdict(SIGN, level, evidence=HEARD), known=KNOWN)
    judgement = judged(TALK, signs=[given])[1].judgement
    return next(v for v in sound(judgement, tuple(HEARD[at] for at in verified)).signs if v.sign is SIGN)


def test_what_is_known_of_a_level_goes_with_the_level() -> None:
    lost = kept(Level.STRONG)
    assert (lost.level, lost.known) == (Level.INSUFFICIENT, None)


def test_what_is_known_of_a_level_stays_while_the_level_does() -> None:
    assert (kept(Level.STRONG, 0).level, kept(Level.STRONG, 0).known) == (Level.STRONG, KNOWN)
    assert (kept(Level.NONE).level, kept(Level.NONE).known) == (Level.NONE, KNOWN)
