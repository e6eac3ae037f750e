"""Two small labelled meetings, invented, as their JSON files would hold them."""

from typing import Any

from analyzer.model.findings import ConditionId, OpeningId, SignId
from tests import talks

OVEN = (
    ("Will Achterberg", "Morning. Is that your van outside?"),
    ("Dr Ruth Sallow", "It is. The oven is late again. They say the twelfth."),
    ("Dr Ruth Sallow", "I told Will on the phone that nobody believes a date of mine."),
    ("Will Achterberg", "Then we'll start with the counter. Which side do people come in?"),
    ("Dr Ruth Sallow", "From the bakery's left. The right is where the flour comes."),
    ("Will Achterberg", "Good to know."),
    ("Dr Ruth Sallow", "My sister has signed the lease. What I need is a paper with an outside name on it. She reads those."),
    ("Will Achterberg", "I'd talk to her first, Ruth, before there is any paper. Ask her what she would want to read."),
    ("Dr Ruth Sallow", "Maybe. I'll ring her on Sunday. The flour man is at the door."),
    ("Will Achterberg", "We have two days free in May. I'll send you the drawing by Friday."),
    ("Dr Ruth Sallow", "Right."),
    ("Will Achterberg", "Mind the step."),
    ("Dr Ruth Sallow", "Bye. Greet the family."),
    ("Will Achterberg", "Bye, Ruth."),
)


def oven() -> dict[str, Any]:
    """A bakery's; one side speaks twice in a row, and a name is a word as well."""
    return _document(
        "oven-01",
        OVEN,
        ours=["Will Achterberg"],
        theirs=["Dr Ruth Sallow"],
        evidence={SignId.OUTSIDE_VALIDATION: [2, 6]},
        openings={OpeningId.UNUSED_CAPACITY: [9]},
        commitments=[("Dr Ruth Sallow", 8), ("Will Achterberg", 9)],
    )


def depot() -> dict[str, Any]:
    """The talk of the engine tests, labelled."""
    return _document(
        "depot-01",
        [(name, text) for name, _, text in talks.TALK],
        ours=["Ines Duarte"],
        theirs=["Howard Pell"],
        evidence={SignId.OUTSIDE_VALIDATION: [3, 5, 7]},
        openings={OpeningId.UNUSED_CAPACITY: [12, 13]},
        commitments=[("Ines Duarte", 8), ("Howard Pell", 9)],
    )


def _document(
    name: str, said: Any, *, ours: list[str], theirs: list[str], evidence: Any, openings: Any, commitments: Any
) -> dict[str, Any]:
    levels = {sign: "strong" if evidence.get(sign) else "none" for sign in SignId}
    return {
        "id": name,
        "client": name,
        "date": "2025-11-03",
        "title": name,
        "consultant_side": ours,
        "client_side": theirs,
        "roles": {theirs[0]: "Owner"},
        "turns": [{"start": 10.0 * at, "speaker": speaker, "text": text} for at, (speaker, text) in enumerate(said)],
        "labels": {
            "signs": {s.value: {"level": levels[s], "evidence": evidence.get(s, []), "why": ""} for s in SignId},
            "partnership": {o.value: openings.get(o, []) for o in OpeningId},
            "conditions": dict.fromkeys([c.value for c in ConditionId], "mixed"),
            "stance": "leaning_client",
            "commitments": [{"owner": owner, "what": "", "due": None, "turn": turn} for owner, turn in commitments],
            "questions": [{"q": f"What did {theirs[0]} promise?", "answer": "", "turns": [commitments[0][1]]}],
        },
    }
