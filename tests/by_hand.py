"""What the offline reader works with, made by hand: chances of turns, and the numbers fitted behind them.

So that a test says by itself what the classifier heard, and holds whatever the classifier in the box has learnt.
"""

from collections.abc import Mapping

import numpy as np

from analyzer import evidence
from analyzer.engines.offline.classifier import TurnClassifier
from analyzer.engines.offline.fitted import Fitted, Line, PromiseCuts, Scale
from analyzer.engines.offline.labels import LABELS
from analyzer.engines.offline.reading import Scored, claims
from analyzer.model.findings import ConditionId, Finding, SignId
from analyzer.model.meetings import Meeting

Heard = Mapping[int, Mapping[str, float]]  # the chance of a label, by turn and label; what is not named is 0

LIKELY, SURE = 0.5, 0.8


def every_sign(line: Line) -> dict[str, Line]:
    """The same line for each sign."""
    return {sign.value: line for sign in SignId}


FITTED = Fitted(
    graph="made by hand",
    likely={str(label): LIKELY for label in LABELS},
    sure={str(label): SURE for label in LABELS},
    promise=PromiseCuts(plain=0.2, dated=0.5, unworded=0.8),
    heard=every_sign(Line(weights=(1.0, 0.0, 0.0), constant=0.0)),  # the chance that a sign shows is that of its best turn
    clear=every_sign(Line(weights=(1.0, 0.0, 0.0), constant=-1.4)),  # and that it shows strongly is even where that is .80
    stance=Scale(weights=(0.0, 0.0, 1.5, -1.5, 0.0, 0.0, 0.0, 0.0), constant=2.0, low=0.0, high=4.0),
    conditions={
        condition.value: Scale(weights=(0.0, 0.0, 1.0, -1.0, 0.0, 0.0, 0.0, 0.0), constant=0.5, low=0.3, high=0.7)
        for condition in ConditionId
    },
    known={"none": (30, 33), "weak": (9, 20), "strong": (8, 11)},
)


def scored(meeting: Meeting, heard: Heard, fitted: Fitted = FITTED) -> Scored:
    """The meeting as if the classifier had said so."""
    chances = np.zeros((len(meeting.turns), len(LABELS)), dtype=np.float32)
    for turn, labels in heard.items():
        for label, chance in labels.items():
            chances[turn, LABELS.index(label)] = chance
    return Scored(meeting=meeting, chances=chances, classifier=TurnClassifier(), fitted=fitted)


def found(meeting: Meeting, heard: Heard, fitted: Fitted = FITTED) -> tuple[Finding, ...]:
    """The verified findings of such a meeting."""
    return evidence.verify(meeting, claims(scored(meeting, heard, fitted)))[0]
