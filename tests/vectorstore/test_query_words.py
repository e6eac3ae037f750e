"""Which words of a query are looked for, where there are many passages."""

from collections.abc import Iterator

import numpy as np
import pytest

from vectorstore import lookup
from vectorstore.lookup import MATCHED, Within
from vectorstore.passages import Passages, Row

PASSAGES = MATCHED + 10
VECTOR = np.ones(1, dtype=np.float32).tobytes()


@pytest.fixture(scope="module")
def passages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Passages]:
    """Every passage says "the" and every second one "plan", the last ones "quagmire"."""
    kept = Passages(tmp_path_factory.mktemp("words") / "passages.sqlite3", embedder="none", timeout=5)
    texts = [f"the{' plan' * (n % 2)}{' quagmire' * (n >= PASSAGES - 3)}" for n in range(PASSAGES)]
    for group, start in (("m_old", 0), ("m_new", PASSAGES - 10)):
        members = range(start, PASSAGES - 10 if group == "m_old" else PASSAGES)
        kept.replace(
            group,
            [
                Row(id=f"{group}.{n}", group=group, ordinal=n, text=texts[n], digest=str(n).encode(), vector=VECTOR)
                for n in members
            ],
        )
    yield kept
    kept.close()


def matching(passages: Passages, query: str, within: Within) -> dict[int, float]:
    reach = lookup.extent(passages, within)
    words = lookup.words_of(passages, query, reach, {})
    return lookup.matching(passages, words, limit=PASSAGES, within=within, reach=reach)


def test_the_commonest_words_are_left_out_where_rarer_ones_are_there(passages: Passages) -> None:
    everyone = Within()
    assert len(matching(passages, "the quagmire", everyone)) == 3
    assert len(matching(passages, "the plan quagmire", everyone)) == PASSAGES // 2 + 1
    assert len(matching(passages, "the zebra", everyone)) == PASSAGES


def test_among_few_passages_every_word_counts(passages: Passages) -> None:
    assert len(matching(passages, "the quagmire", Within(groups=["m_new"]))) == 10
    assert len(matching(passages, "the quagmire", Within(ids=["m_new.10009", "m_new.10001"]))) == 2


def test_a_query_of_no_words_matches_nothing(passages: Passages) -> None:
    assert matching(passages, "?!", Within()) == {}
    assert matching(passages, "zebra", Within()) == {}
