"""The influence ledger: what we advised, and what became of it, step by step and with its days.

One row for each piece of advice, however often it was given. A step is the fate that was heard in the meeting in which it
was given, what later meetings tell of it, or a person's own word of what happened outside the recordings.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analyzer.model.findings import About, Assessment, ClaimKind, Evidence, Finding, Match, Outcome
from analyzer.model.meetings import Meeting, Side
from analyzer.model.person import Said, SaidOutcome
from analyzer.model.relationship import Adoption, LedgerStep, RecommendationRow, Unmatched
from analyzer.relationship.likeness import REPEATED, clear_best, likeness, repeats, says_what
from analyzer.relationship.near import Near

Read = Sequence[tuple[Meeting, Assessment]]

AFTER_DAYS = 30  # how old advice must be before it counts that it was not taken up


@dataclass(slots=True)
class _Advice:
    """One piece of advice while it is followed through the meetings; `given` is where it was given, id by meeting and turn."""

    what: str
    date: dt.date
    evidence: Evidence
    given: dict[tuple[str, int], str]
    steps: list[tuple[LedgerStep, tuple[Evidence, ...]]] = field(default_factory=list)  # each with all words behind it

    def row(self, today: dt.date) -> RecommendationRow:
        """The row with its steps by date; on one day a person's word comes last, because it counts."""
        steps = sorted(self.steps, key=lambda step: (step[0].date, step[0].evidence is None))
        first, *again = self.given.values()
        last, words = steps[-1] if steps else (None, ())
        return RecommendationRow(
            id=first,
            what=self.what,
            outcome=last.outcome if last else Outcome.UNKNOWN.value,
            date=self.date,
            evidence=self.evidence,
            outcome_evidence=words,
            steps=tuple(step for step, _ in steps),
            again=tuple(again),
            old_enough=(today - self.date).days >= AFTER_DAYS,
        )


def recommendations(
    ordered: Read, today: dt.date, said: Mapping[str, Said] | None = None
) -> tuple[tuple[RecommendationRow, ...], tuple[Unmatched, ...]]:
    """What we advised, oldest first, and the follow-ups that fit no advice, or more than one.

    `said` is what a person said, by meeting id.
    """
    advice: list[_Advice] = []
    near = Near()
    lost: list[Unmatched] = []
    for meeting, assessment in ordered:
        for finding in sorted(assessment.findings, key=lambda f: f.evidence.turn):
            if finding.claim.kind is ClaimKind.RECOMMENDATION:
                _advise(advice, near, finding, meeting)
                continue
            later = finding.claim.follow_up
            if later is not None and later.about is About.ADVICE and not _follow(advice, near, finding, meeting):
                lost.append(Unmatched(about=later.about.value, what=later.what, evidence=finding.evidence))
    for meeting, _ in ordered:
        for told, turns in _outcomes(said, meeting).items():
            _told_by_person(advice, meeting, turns, told)
    return tuple(a.row(today) for a in sorted(advice, key=lambda a: a.date)), tuple(lost)


def adoption(rows: Iterable[RecommendationRow], unmatched: int = 0) -> Adoption | None:
    """How much of the advice that is old enough was taken; None where nothing was advised.

    `unmatched` is how many things were told of earlier advice that belong to none of it for sure.
    """
    rows = tuple(rows)
    if not rows:
        return None
    old = Counter(row.outcome for row in rows if row.old_enough)
    return Adoption(
        adopted=old[Outcome.ADOPTED],
        modified=old[Outcome.MODIFIED],
        not_adopted=old[Outcome.DEFERRED] + old[Outcome.IGNORED] + old[Outcome.REVERSED],
        unknown=old[Outcome.UNKNOWN],
        of=old.total(),
        too_new=len(rows) - old.total(),
        after_days=AFTER_DAYS,
        unmatched=unmatched,
    )


def _advise(advice: list[_Advice], near: Near, finding: Finding, meeting: Meeting) -> None:
    """Add advice with its fate within the meeting, to the same advice where it was given before."""
    terms = finding.claim.recommendation
    if terms is None:
        return
    alike = near.to(terms.what)
    best = clear_best([repeats(advice[at].what, terms.what) for at in alike], REPEATED)
    at = len(advice) if best is None else alike[best]
    if best is None:
        near.add(at, terms.what)
        advice.append(_Advice(terms.what, meeting.date, finding.evidence, {}))
    advice[at].given[meeting.id, finding.evidence.turn] = _id(meeting, finding.evidence.turn)
    if terms.outcome is not Outcome.UNKNOWN:
        evidence = next((e for e in finding.fate if e.side == Side.THEIRS), finding.fate[0] if finding.fate else finding.evidence)
        step = LedgerStep(date=meeting.date, outcome=terms.outcome.value, evidence=evidence)
        advice[at].steps.append((step, finding.fate))


def _id(meeting: Meeting, turn: int) -> str:
    return f"{meeting.slug}:{turn}"


def _follow(advice: Sequence[_Advice], near: Near, finding: Finding, meeting: Meeting) -> bool:
    """Add a step to the advice that is told of. False, and nothing added, where it is not clear which that is."""
    told = finding.claim.follow_up
    if told is None or not says_what(told.what):
        return False
    # What is told of goes back to before this meeting: advice that was first given in it is not meant.
    earlier = [advice[at] for at in near.to(told.what) if any(of != meeting.id for of, _ in advice[at].given)]
    at = clear_best([likeness(a.what, told.what) for a in earlier])
    if at is None:
        return False
    if told.outcome is not None and told.outcome is not Outcome.UNKNOWN:
        step = LedgerStep(date=meeting.date, outcome=told.outcome.value, evidence=finding.evidence)
        earlier[at].steps.append((step, (finding.evidence,)))
    return True


def _outcomes(said: Mapping[str, Said] | None, meeting: Meeting) -> dict[SaidOutcome, list[int]]:
    """What a person said became of advice of this meeting, each with its turns: more than one where the turn was cut since."""
    found: dict[SaidOutcome, list[int]] = {}
    if said and meeting.id in said:
        for turn, outcomes in sorted(said[meeting.id].outcomes.items()):
            for told in (word for word in outcomes if isinstance(word.outcome, Outcome)):
                found.setdefault(told, []).append(turn)
    return found


def _told_by_person(advice: list[_Advice], meeting: Meeting, turns: Sequence[int], told: SaidOutcome) -> None:
    """Add what a person said became of the advice of these turns, whether or not the reader marks them as advice."""
    here = [a for a in advice if any((meeting.id, turn) in a.given for turn in turns)]
    if len(here) != 1:
        near = here or [a for a in advice if any(of == meeting.id for of, _ in a.given)]
        at = clear_best([likeness(a.what, told.what) for a in near])
        here = [near[at]] if at is not None else here[:1]
    if not here:
        place = {(meeting.id, turns[0]): _id(meeting, turns[0])}
        here = [_Advice(told.what, meeting.date, _whole(meeting, turns[0]), place)]
        advice += here
    here[0].steps.append((LedgerStep(date=told.date, outcome=told.outcome.value, note=told.note, author=told.author), ()))


def _whole(meeting: Meeting, turn: int) -> Evidence:
    said = meeting.turns[turn]
    return Evidence(
        meeting=meeting.id,
        turn=turn,
        speaker=said.speaker,
        side=said.side.value,
        start=said.start,
        quote=said.text,
        match=Match.EXACT,
        span=(0, len(said.text)),
    )
