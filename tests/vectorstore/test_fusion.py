"""The order of results, held against the same sums done slowly and plainly."""

import math
import tempfile
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vectorstore.samples import ScatteringEmbedder, entries
from vectorstore.embedders import Embedder, WordHashEmbedder
from vectorstore.fusion import fused
from vectorstore.index import Entry, PassageIndex

WORDS = ("alpha", "bravo", "delta", "kilo", "lima", "oscar", "papa", "tango", "zulu")  # each is its own stem


def bm25(texts: Mapping[str, str], query: str) -> dict[str, float]:
    """Okapi BM25 with k1 1.2 and b 0.75, as SQLite documents it for FTS5."""
    words = {passage: Counter(text.split()) for passage, text in texts.items()}
    mean = sum(sum(counts.values()) for counts in words.values()) / len(words)
    scores = dict.fromkeys(texts, 0.0)
    for word in set(query.split()):
        holding = sum(word in counts for counts in words.values())
        rarity = max(math.log((len(words) - holding + 0.5) / (holding + 0.5)), 1e-6)
        for passage, counts in words.items():
            length = 1 - 0.75 + 0.75 * sum(counts.values()) / mean
            scores[passage] += rarity * counts[word] * 2.2 / (counts[word] + 1.2 * length)
    return scores


def standardised(values: Mapping[str, float]) -> dict[str, float]:
    mean = math.fsum(values.values()) / len(values)
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in values.values()) / len(values))
    return {key: (value - mean) / deviation if deviation > 1e-9 else 0.0 for key, value in values.items()}


def scored(passages: Collection[Entry], query: str, embedder: Embedder, words: Mapping[str, float]) -> dict[str, float]:
    """Every one of these passages scored."""
    asked = embedder.embed_query(query)
    near = standardised({entry.id: float(embedder.embed([entry.text])[0] @ asked) for entry in passages})
    matching = standardised({entry.id: words.get(entry.id, 0.0) for entry in passages})
    own = {(entry.group, entry.ordinal): 0.7 * near[entry.id] + 0.3 * matching[entry.id] for entry in passages}
    return {
        entry.id: own[entry.group, entry.ordinal]
        + sum(0.5 * own.get((entry.group, entry.ordinal + beside), 0.0) for beside in (-1, 1))
        + sum(0.25 * own.get((entry.group, entry.ordinal + beside), 0.0) for beside in (-2, 2))
        for entry in passages
    }


texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
meetings = st.lists(st.lists(texts, min_size=1, max_size=8), min_size=1, max_size=3)


@settings(max_examples=8, deadline=None)
@given(meetings=meetings, query=texts, data=st.data())
def test_with_few_passages_it_is_the_score_of_every_passage(meetings: list[list[str]], query: str, data: st.DataObject) -> None:
    everything = [entry for n, meeting in enumerate(meetings) for entry in entries(f"m_{n}", *meeting)]
    with tempfile.TemporaryDirectory() as folder, PassageIndex(Path(folder), WordHashEmbedder()) as index:
        for n, meeting in enumerate(meetings):
            index.put(f"m_{n}", entries(f"m_{n}", *meeting))
        words = bm25({entry.id: entry.text for entry in everything}, query)
        expected = scored(everything, query, WordHashEmbedder(), words)
        found = index.search(query, len(everything))
        assert {passage.id: passage.score for passage in found} == pytest.approx(expected, abs=1e-4)
        assert [passage.score for passage in found] == sorted((passage.score for passage in found), reverse=True)
        chosen = data.draw(st.lists(st.sampled_from(everything), min_size=1, unique=True))
        among = index.search(query, len(everything), only=[entry.id for entry in chosen])
        expected = scored(chosen, query, WordHashEmbedder(), words)
        assert {passage.id: passage.score for passage in among} == pytest.approx(expected, abs=1e-4)


def matched(meeting: int, n: int) -> str:
    """Words that a query may hold, in the first third of a meeting."""
    return f"w{meeting * n % 7} {WORDS[n % 9]}" if n < 60 else ""


def test_with_many_passages_it_is_the_score_of_the_best_of_each_leg_and_their_neighbours(tmp_path: Path) -> None:
    embedder = ScatteringEmbedder()
    everything = [
        entry
        for meeting in range(12)
        for entry in entries(f"m_{meeting}", *(f"{matched(meeting, n)} m{meeting}n{n}" for n in range(180)))
    ]
    query = "kilo w3"
    words = bm25({entry.id: entry.text for entry in everything}, query)
    asked = embedder.embed_query(query)
    near = sorted(everything, key=lambda entry: -float(embedder.embed([entry.text])[0] @ asked))[:200]
    matching = [entry for entry in everything if words[entry.id] > 0]
    assert len(matching) < 200
    places = {(entry.group, entry.ordinal + step) for entry in (*near, *matching) for step in (-2, -1, 0, 1, 2)}
    candidates = [entry for entry in everything if (entry.group, entry.ordinal) in places]
    assert 200 < len(candidates) < len(everything)
    expected = scored(candidates, query, embedder, words)
    with PassageIndex(tmp_path, embedder) as index:
        for group in {entry.group for entry in everything}:
            index.put(group, [entry for entry in everything if entry.group == group])
        found = index.search(query, 300)
    best = sorted(expected, key=expected.__getitem__, reverse=True)[:300]
    assert {passage.id: passage.score for passage in found} == pytest.approx({one: expected[one] for one in best}, abs=1e-4)


def test_a_leg_that_says_nothing_decides_nothing() -> None:
    places = [("m_1", 0), ("m_1", 5), ("m_2", 1)]
    assert list(fused(places, [0.3, 0.3, 0.3], [0.0, 0.0, 0.0])) == [0.0, 0.0, 0.0]
    assert list(fused(places, [0.1, 0.2, 0.3], [0.0, 0.0, 0.0])) == sorted(fused(places, [0.1, 0.2, 0.3], [0.0, 0.0, 0.0]))
    assert list(fused([], [], [])) == []


def test_a_neighbour_in_another_meeting_is_none() -> None:
    beside = fused([("m_1", 0), ("m_1", 1), ("m_1", 9)], [0.9, 0.1, 0.0], [0, 0, 0])
    apart = fused([("m_1", 0), ("m_2", 1), ("m_1", 9)], [0.9, 0.1, 0.0], [0, 0, 0])
    assert beside[1] > apart[1]


def test_beside_one_fact_neighbours_count_half_as_much() -> None:
    places = [("m_1", 0), ("m_1", 1), ("m_1", 5)]
    own = fused([("m_1", 0), ("m_1", 10), ("m_1", 20)], [0.9, 0.1, 0.0], [0, 0, 0])
    subject, fact = (fused(places, [0.9, 0.1, 0.0], [0, 0, 0], fact=fact) for fact in (False, True))
    assert subject[1] - own[1] == pytest.approx(0.5 * own[0])
    assert fact[1] - own[1] == pytest.approx(0.25 * own[0])
