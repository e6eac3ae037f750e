"""The scores of an engine as a table in plain text."""

from analyzer.model.scores import Figure, Overlap, Scores
from analyzer.signs import OPENINGS, SIGN_BY_ID


def table(scores: Scores) -> str:
    """Every figure with the number that it was counted over; a dash where there was nothing to count."""
    lines = [f"{scores.engine}: {scores.meetings} labelled meetings, {scores.turns} turns", ""]
    lines += [*_signs(scores), "", *_openings(scores), ""]
    lines += [f"{label:<46} {text}" for label, text in _whole(scores)]
    return "\n".join(lines) + "\n"


def _signs(scores: Scores) -> list[str]:
    columns = f"{'P':>5} {'R':>5} {'F1':>5}  {'exact':>5} {'insuff.':>7}  {'evidence F1':>13}  {'turn AP':>7} {'AUC':>5}"
    head = f"{'sign':<42} {'n':>3}  {columns}"
    rows = [
        f"{SIGN_BY_ID[s.sign].title:<42} {s.presence.recall.n:>3}  {_p(s.presence.precision)} {_p(s.presence.recall)} "
        f"{_p(s.presence.f1)}  {_p(s.exact)} {s.insufficient:>7}  {_p(s.evidence.f1)} (n={s.evidence.f1.n:>3})  "
        f"{_p(s.turn_ap):>7} {_p(s.auc)}"
        for s in scores.signs
    ]
    return [head, *rows]


def _openings(scores: Scores) -> list[str]:
    head = f"{'opening':<42} {'n':>3}  {'P':>5} {'R':>5} {'F1':>5}"
    rows = [f"{o.title:<42} {scores.openings[o.id].recall.n:>3}  {_three(scores.openings[o.id])}" for o in OPENINGS]
    return [head, *rows]


def _whole(scores: Scores) -> list[tuple[str, str]]:
    return [
        ("presence, macro-F1 over the four signs", _figure(scores.macro_f1)),
        ("level exactly right", _figure(scores.exact)),
        ("verdicts `insufficient`", _figure(scores.insufficient)),
        ("evidence, all signs (P R F1)", f"{_three(scores.evidence)}  n={scores.evidence.f1.n}"),
        ("evidence spoken by their side", _figure(scores.evidence_theirs)),
        ("clean meetings flagged", _figure(scores.clean_flagged)),
        ("turn average precision, mean of signs", _figure(scores.turn_ap)),
        ("meeting AUC, mean of signs", _figure(scores.auc)),
        ("conditions right", f"{_figure(scores.conditions)}  ({scores.conditions_unknown} unknown)"),
        ("stance within one step", f"{_figure(scores.stance_within_one)}  ({scores.stance_unknown} unknown)"),
        ("commitments (P R F1)", f"{_three(scores.commitments)}  n={scores.commitments.f1.n}"),
        ("owner of a found commitment right", _figure(scores.owner_right)),
        ("questions: answered or not, balanced accuracy", _figure(scores.questions)),
        ("  answerable ones answered", _figure(scores.answered)),
        ("  unanswerable ones left unanswered", _figure(scores.left_unanswered)),
        ("  answered ones citing the right turn first", _figure(scores.cited_right)),
        ("claims rejected", ", ".join(f"{why} {n}" for why, n in sorted(scores.rejected.items())) or "none"),
    ]


def _three(overlap: Overlap) -> str:
    return f"{_p(overlap.precision)} {_p(overlap.recall)} {_p(overlap.f1)}"


def _figure(figure: Figure) -> str:
    return f"{_p(figure)}  n={figure.n}"


def _p(figure: Figure) -> str:
    return f"{'-':>5}" if figure.value is None else f"{figure.value:>5.2f}"
