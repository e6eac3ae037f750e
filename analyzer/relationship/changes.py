"""What another reading of the same meeting changed, and what could be the reason. Pure."""

from collections.abc import Iterator

from analyzer.model.findings import Assessment, ClaimKind
from analyzer.relationship.words import count
from analyzer.signs import CONDITION_BY_ID, SIGN_BY_ID

_COUNTED = (
    (ClaimKind.OPENING, "openings"),
    (ClaimKind.COMMITMENT, "promises"),
    (ClaimKind.RECOMMENDATION, "pieces of advice"),
    (ClaimKind.FOLLOW_UP, "follow-ups"),
)
_SHAPED_BY = {
    "server": "another server",
    "privacy": "other privacy",
    "temperature": "another temperature",
    "reasoning_effort": "another reasoning effort",
    "context_tokens": "other parts (context_tokens)",
    "notes": "your notes went along",
    "dismissed": "you took words out",
}


def changed(old: Assessment, new: Assessment) -> tuple[str, ...]:
    """What is different in the newer of two readings of one meeting, in a line each; empty where nothing is."""
    return tuple(_differences(old, new))


def because(old: Assessment, new: Assessment) -> tuple[str, ...]:
    """What differs between the two readings apart from what they say: the model, the prompts, the words that were read."""
    reasons: list[str] = []
    if old.engine.model != new.engine.model:
        reasons.append(f"another model ({old.engine.model}, now {new.engine.model})")
    if old.engine.prompts != new.engine.prompts:
        reasons.append("other prompts")
    if old.transcript and old.transcript != new.transcript:
        reasons.append("the transcript was put right since")
    reasons += [why for key, why in _SHAPED_BY.items() if old.parameters.get(key) != new.parameters.get(key)]
    return tuple(reasons)


def _differences(old: Assessment, new: Assessment) -> Iterator[str]:
    for verdict in new.judgement.signs:
        before = old.sign(verdict.sign)
        if before.level is not verdict.level:
            yield f"{SIGN_BY_ID[verdict.sign].title}: {before.level} -> {verdict.level}"
        elif gained := len(verdict.evidence) - len(before.evidence):
            yield f"{SIGN_BY_ID[verdict.sign].title}: {count(abs(gained), 'quote')} {'more' if gained > 0 else 'fewer'}"
    held = {v.condition: v.value for v in old.judgement.conditions}
    for condition in new.judgement.conditions:
        value = held.get(condition.condition)
        if value is not condition.value:
            yield f"{CONDITION_BY_ID[condition.condition].title}: {value or 'not told'} -> {condition.value}"
    if old.judgement.stance is not new.judgement.stance:
        yield f"stance: {old.judgement.stance} -> {new.judgement.stance}".replace("_", " ")
    for kind, named in _COUNTED:
        were, are = (sum(f.claim.kind is kind for f in a.findings) for a in (old, new))
        if were != are:
            yield f"{named}: {were} -> {are}"
