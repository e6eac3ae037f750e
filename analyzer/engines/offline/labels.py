"""What the turn classifier says of a turn, in the order of its scores."""

from analyzer.model.findings import OpeningId, SignId

COMMITMENT, RECOMMENDATION, ADOPTS, RESISTS = "commitment", "recommendation", "adopts", "resists"
LABELS: tuple[str, ...] = (*SignId, *OpeningId, COMMITMENT, RECOMMENDATION, ADOPTS, RESISTS)
THEIRS_ONLY = (*SignId, ADOPTS, RESISTS)  # our own words raise no sign, and only they take our advice up or put it off
