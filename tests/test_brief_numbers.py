"""Every number in a brief is counted again here from the record, by other means than those that made it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.brief import Brief
from analyzer.model.brief_parts import Quote
from analyzer.model.findings import ClaimKind, Finding, Known, Level, OpeningId, Outcome, SignId
from analyzer.model.meetings import Meeting, Side
from analyzer.model.relationship import NoteRow
from analyzer.relationship import picture
from analyzer.usecases.brief import OwnWords, plan_brief
from tests.relations import CLIENT, Pair, advice, finding, judged, meeting, opening, promise, tarn_mills, told, verdict
from tests.test_brief import PRACTICE, TODAY
from tests.told import brief_text

BUSINESS = OpeningId.SHARES_CONTEXT


def numbers(value: object, path: str = "") -> Iterator[tuple[str, float]]:
    """Every number in a document by where it stands; what is inside a quote is looked up in its own test."""
    if isinstance(value, bool | Quote | str) or value is None:
        return
    if isinstance(value, int | float):
        yield path, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from numbers(part, f"{path}.{key}")
    elif isinstance(value, tuple):
        for at, part in enumerate(value):
            yield from numbers(part, f"{path}[{at}]")
    elif is_dataclass(value):
        for field in fields(value):
            yield from numbers(getattr(value, field.name), f"{path}.{field.name}".lstrip("."))


def recounted(pairs: list[Pair], brief: Brief, notes: tuple[NoteRow, ...], said: dict[str, Outcome]) -> dict[str, float]:
    """The same numbers, from the meetings and the findings alone; `said` are a person's outcomes by the advice in words."""
    met = [m for m, _ in pairs]
    found = [(m, f) for m, a in pairs for f in a.findings]
    return {
        **_people(met, brief),
        **_cadence(met),
        **_signs(pairs, brief),
        **_ledger(found, brief, said),
        **_openings(found, brief),
        **_talk(pairs, found, brief),
        **_read(pairs),
        **{f"notes[{at}].number": note.number for at, note in enumerate(notes)},
    }


def _people(met: list[Meeting], brief: Brief) -> dict[str, float]:
    spoke = Counter((s.name, s.side.value) for m in met for s in m.speakers)
    return {f"people[{at}].meetings": spoke[person.name, person.side] for at, person in enumerate(brief.people)}


def _cadence(met: list[Meeting]) -> dict[str, float]:
    days = sorted({m.date for m in met})
    gaps = [(days[at + 1] - days[at]).days for at in range(len(days) - 1)]
    rhythm = {"cadence.median_gap_days": round(median(gaps))} if gaps else {}
    return {"cadence.meetings": len(met), **rhythm}


def _signs(pairs: list[Pair], brief: Brief) -> dict[str, float]:
    """How often the reader was right with its level, and the place of each turn that leads up to a quote."""
    known: dict[str, float] = {}
    for at, sign in enumerate(brief.signs):
        if sign.known:
            known |= {f"signs[{at}].known.right": 9, f"signs[{at}].known.said": 13}
        if sign.quote:
            first = max(0, sign.quote.turn - 2)
            known |= {f"signs[{at}].before[{n}].turn": first + n for n in range(sign.quote.turn - first)}
    assert all(a.judgement.signs for _, a in pairs)
    return known


def _ledger(found: list[tuple[Meeting, Finding]], brief: Brief, said: dict[str, Outcome]) -> dict[str, float]:
    """Each piece of advice is another one in these meetings; what a person said of one counts."""
    given = [(m, f, f.claim.recommendation) for m, f in found if f.claim.recommendation]
    fates = {terms.what: said.get(terms.what, terms.outcome) for _, _, terms in given}
    old = [fates[terms.what] for m, _, terms in given if (brief.date - m.date).days >= 30]
    if not given:
        return {}
    return {
        **{f"ledger[{at}].times": 1 for at in range(len(given))},
        **{f"outcomes.{fate}": number for fate, number in Counter(fates.values()).items()},
        "adoption.adopted": old.count(Outcome.ADOPTED),
        "adoption.modified": old.count(Outcome.MODIFIED),
        "adoption.not_adopted": sum(fate in (Outcome.DEFERRED, Outcome.IGNORED, Outcome.REVERSED) for fate in old),
        "adoption.unknown": old.count(Outcome.UNKNOWN),
        "adoption.of": len(old),
        "adoption.too_new": len(given) - len(old),
        "adoption.after_days": 30,
        "adoption.unmatched": 0,
    }


def _openings(found: list[tuple[Meeting, Finding]], brief: Brief) -> dict[str, float]:
    heard = Counter(f.claim.topic for _, f in found if f.claim.kind is ClaimKind.OPENING and f.claim.topic != BUSINESS)
    by_title = {"Unused capacity": "unused_capacity", "Further topics": "further_topics"}
    counted: dict[str, float] = {}
    for at, row in enumerate(brief.openings):
        counted[f"openings[{at}].heard"] = heard[by_title.get(row.title, "better_ways")]
        counted[f"openings[{at}].taken_up"] = 0
    return counted


def _talk(pairs: list[Pair], found: list[tuple[Meeting, Finding]], brief: Brief) -> dict[str, float]:
    told_by = {(m.id, f.evidence.side) for m, f in found if f.claim.topic == BUSINESS}
    both = [m.date for m, _ in pairs if {(m.id, "ours"), (m.id, "theirs")} <= told_by]
    counted: dict[str, float] = {
        "openness.meetings": len(pairs),
        "openness.ours": sum(side == "ours" for _, side in told_by),
        "openness.theirs": sum(side == "theirs" for _, side in told_by),
        "partner_talk.every_days": 90,
    }
    if both:
        counted["partner_talk.days_ago"] = (brief.date - max(both)).days
    ordered = sorted((m for m, _ in pairs), key=lambda m: m.date)
    for at, m in enumerate(ordered):
        said = {side: sum(len(t.text.split()) for t in m.turns if t.side is side) for side in Side}
        counted |= {f"talk_shares[{at}].ours": said[Side.OURS], f"talk_shares[{at}].theirs": said[Side.THEIRS]}
        counted[f"talk_shares[{at}].other"] = said[Side.UNKNOWN] + said[Side.OTHER] + said[Side.MIXED]
    return counted


def _read(pairs: list[Pair]) -> dict[str, float]:
    turns = sum(len(m.turns) for m, _ in pairs)
    rejected = Counter(r.why for _, a in pairs for r in a.rejected)
    counts = {"read.meetings": len(pairs), "read.meetings_read": len(pairs), "read.turns": turns}
    return {**counts, "read.turns_read": turns, **{f"read.rejected.{why}": n for why, n in rejected.items()}}


def check(pairs: list[Pair], said: dict[str, object] | None = None, own: dict[str, Outcome] | None = None) -> Brief:
    notes = (NoteRow(number=7, date=TODAY, kind="event", text="Met at the fair."),)
    seen = picture(pairs, TODAY, said)  # type: ignore[arg-type]
    brief = plan_brief(CLIENT, seen, [m for m, _ in pairs], PRACTICE, TODAY, OwnWords(notes=notes))
    assert dict(numbers(brief)) == recounted(pairs, brief, notes, own or {})
    return brief


def test_the_numbers_of_three_meetings() -> None:
    check(tarn_mills())


def test_what_a_person_said_became_of_advice_is_counted() -> None:
    pairs = tarn_mills()
    word = told(pairs[0][0], 3, Outcome.REVERSED, "2026-01-07")
    brief = check(pairs, dict(word), {"talk to the shift leads first": Outcome.REVERSED})
    assert brief.outcomes == {"reversed": 1}


THINGS = ("paint", "sell", "rent", "clean", "light", "heat", "measure", "count", "move", "insure")
PLACES = ("hall", "press", "yard", "roof", "canteen", "gate", "office", "store", "kitchen", "cellar")


def relation(plan: list[tuple[int, list[Outcome], list[OpeningId], int]]) -> list[Pair]:
    """One meeting for each entry: days since the one before, fates of advice, openings, and words beside."""
    pairs: list[Pair] = []
    date = dt.date(2025, 3, 1)
    things = (f"{verb} the {place}" for verb in THINGS for place in PLACES)
    for at, (days, fates, openings, beside) in enumerate(plan):
        date += dt.timedelta(days=days)
        turns = [("Iris Vance", f"Say {at}." + " so" * beside), ("Tess Okafor", "Well then."), ("Voice", "hm")]
        m = meeting(date.isoformat(), turns, unknown=["Voice"], slug=f"tarn-mills-{at}")
        found = [advice(m, 0, next(things), fate, fate=1) for fate in fates]
        found += [opening(m, n % 2, kind) for n, kind in enumerate(dict.fromkeys(openings))]
        heard = [finding(m, 1, ClaimKind.SIGN, SignId.BOARD_MANDATE)] if at % 2 else []
        signs = [
            verdict(SignId.BOARD_MANDATE, Level.WEAK if heard else Level.NONE, evidence=heard),
            *(verdict(sign, Level.NONE) for sign in list(SignId) if sign is not SignId.BOARD_MANDATE),
        ]
        known = [replace(sign, known=Known(right=9, said=13)) for sign in signs]
        pairs.append(judged(m, signs=known, findings=found, rejected=["not_found"] * beside))
    return pairs


@given(
    st.lists(
        st.tuples(
            st.integers(0, 60),
            st.lists(st.sampled_from(list(Outcome)), max_size=4),
            st.lists(st.sampled_from(list(OpeningId)), max_size=4),
            st.integers(0, 5),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_the_numbers_of_any_relation(plan: list[tuple[int, list[Outcome], list[OpeningId], int]]) -> None:
    check(relation(plan))


def test_the_numbers_that_only_the_page_has_are_those_of_the_brief() -> None:
    m = meeting("2026-02-20", [("Iris Vance", "one two three"), ("Tess Okafor", "four")])
    found = [promise(m, 1, "Tess Okafor", f"{verb} the {place}") for verb, place in zip(THINGS, PLACES, strict=True)]
    found += [
        advice(m, 0, f"{verb} the {place} first", Outcome.ADOPTED, fate=1)
        for verb, place in zip(THINGS[:6], PLACES, strict=False)
    ]
    text = brief_text(check([judged(m, findings=found)]))
    assert "Our share of the words: 75% on 20 Feb 2026." in text
    assert "- They owe: and 7 more\n" in text
    assert "Promised on 20 Feb 2026: 10 by them (" in text
    assert "Of 6 pieces of advice: 6 adopted." in text
    assert "- and 3 more\n" in text


@pytest.mark.parametrize("turns_read", [0, 3])
def test_how_much_of_the_turns_was_read_is_told(turns_read: int) -> None:
    m = meeting("2026-02-20", [("Iris Vance", "one"), ("Tess Okafor", "two"), ("Tess Okafor", "three")])
    pairs = [judged(m, turns_read=turns_read)]
    brief = plan_brief(CLIENT, picture(pairs, TODAY), [m], PRACTICE, TODAY)
    assert (brief.read.turns, brief.read.turns_read) == (3, turns_read)
    assert f"1 of 1 meeting, {turns_read} of 3 turns of them" in brief_text(brief)
