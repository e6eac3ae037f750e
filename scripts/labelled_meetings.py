"""The labelled meetings of training/meetings, each turn with the classifier's chances."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analyzer.engines.offline.classifier import SHIPPED, TurnClassifier
from analyzer.engines.offline.labels import ADOPTS, COMMITMENT, RECOMMENDATION, RESISTS
from analyzer.evaluation import Labels, read_labels
from analyzer.model.findings import OpeningId, SignId
from analyzer.model.meetings import Meeting, Side, Speaker, Turn

MEETINGS = Path(__file__).parents[1] / "training" / "meetings"


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A labelled meeting with the classifier's chances; `turns` holds the labelled turns of every label."""

    client: str
    meeting: Meeting
    labels: Labels
    turns: dict[str, frozenset[int]]
    chances: npt.NDArray[np.float32]


class Remembering(TurnClassifier):
    """The same, asked about each stretch of talk once."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        super().__init__(folder)
        self._kept: dict[tuple[tuple[Side, str], ...], npt.NDArray[np.float32]] = {}

    def chances(self, turns: Sequence[tuple[Side, str]]) -> npt.NDArray[np.float32]:
        """As the classifier says."""
        key = tuple(turns)
        if key not in self._kept:
            self._kept[key] = super().chances(turns)
        return self._kept[key].copy()


def read(file: Path, classifier: TurnClassifier) -> Labelled:
    """A labelled meeting, its turns scored."""
    data = file.read_bytes()
    kept, labels = json.loads(data), read_labels(file.name, data)
    side = dict.fromkeys(kept["consultant_side"], Side.OURS) | dict.fromkeys(kept["client_side"], Side.THEIRS)
    meeting = Meeting(
        id=kept["id"],
        slug=kept["id"],
        client_id=None,
        client_name=kept["client"],
        date=dt.date.fromisoformat(kept["date"]),
        title=kept["title"],
        revision=1,
        speakers=tuple(Speaker(name=name, side=where) for name, where in side.items()),
        turns=tuple(
            Turn(ordinal=at, speaker=t["speaker"], side=side[t["speaker"]], text=t["text"], start=t["start"])
            for at, t in enumerate(kept["turns"])
        ),
    )
    turns = {sign.value: frozenset(labels.evidence[sign]) for sign in SignId}
    turns |= {opening.value: frozenset(labels.openings[opening]) for opening in OpeningId}
    turns[COMMITMENT] = frozenset(turn for _, turn in labels.commitments)
    for label, key in ((RECOMMENDATION, "recommendations"), (ADOPTS, "adopts"), (RESISTS, "resists")):
        turns[label] = frozenset(kept["labels"][key])
    chances = classifier.chances([(t.side, t.text) for t in meeting.turns])
    return Labelled(client=kept["client"], meeting=meeting, labels=labels, turns=turns, chances=chances)
