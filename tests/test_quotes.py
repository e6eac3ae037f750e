"""Where a quote stands: planted spans, changed meanings, hostile text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.findings import Match
from analyzer.quotes import locate, with_its_no, word_count

# The span that must be found is planted between « and ».
PLANTED = [
    # exact
    ("So «we already told the board», more or less.", "we already told the board", Match.EXACT),
    ("«Yes.»", "Yes.", Match.EXACT),
    ("He said “«we are done here»” twice.", "we are done here", Match.EXACT),
    ("«Ça coûte 15 000 €», voilà.", "Ça coûte 15 000 €", Match.EXACT),
    ("Well 🙂 «that is 👩\u200d💻 fine» then.", "that is 👩\u200d💻 fine", Match.EXACT),
    ("אמרנו «לא היום» ואולי מחר", "לא היום", Match.EXACT),
    ("我们«已经决定»了", "已经决定", Match.EXACT),
    ("We do it, we do it, «then we do it again».", "then we do it again", Match.EXACT),
    # normalised
    ("So, um, «we\u2019ve already told the board»…", "we've already told the board", Match.NORMALISED),
    ("«WE have ALREADY decided».", "we have already decided", Match.NORMALISED),
    ("He said “«come back\n  later”, and so» on.", '"come back later", and so', Match.NORMALISED),
    ("«Wait — no, really»?", "wait-no, really", Match.NORMALISED),
    ("«I don't… I don't know».", "I don't ... I don't know", Match.NORMALISED),
    ("«Cafe\u0301 owners say so».", "Café owners say so", Match.NORMALISED),
    ("Then «we wait», and see.", "We wait.", Match.NORMALISED),
    ("\u200f«that is\u200f so»", "that is so", Match.NORMALISED),
    ("Die «Straße ist gesperrt» heute.", "STRASSE IST GESPERRT", Match.NORMALISED),
    ("«Yes».", "yes", Match.NORMALISED),
    # fuzzy
    (
        "So we, «we have to look at the whole structure again» in May.",
        "we have to look at the whole structure again",
        Match.EXACT,
    ),
    (
        "«I think we should look at teh whole structure of the company».",
        "I think we should look at the whole structure of the company",
        Match.FUZZY,
    ),
    ("«we can't just change the whole structure here»", "we cannot just change the whole structure here", Match.FUZZY),
    (
        "«it costs 15,000 euros for the whole of it, with travel»",
        "it costs 15000 euros for the whole of it with travel",
        Match.FUZZY,
    ),
]


def _planted(marked: str) -> tuple[str, tuple[int, int]]:
    start, end = marked.index("«"), marked.index("»") - 1
    return marked.replace("«", "").replace("»", ""), (start, end)


@pytest.mark.parametrize(("marked", "quote", "match"), PLANTED)
def test_a_quote_is_found_where_it_was_planted(marked: str, quote: str, match: Match) -> None:
    text, (start, end) = _planted(marked)
    found, span = locate(text, quote)
    assert found is match
    assert span == (start, end)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("I don't want this to look like our decision", "I want this to look like our decision"),
        ("We are not going to move the date for them", "We are going to move the date for them"),
        ("We are going to move the date for them now", "We are not going to move the date for them now"),
        ("I do not think that we should close the plant in May", "I do think that we should not close the plant in May"),
        ("We never said that the plant would be closed in May", "We said that the plant would be closed in May"),
        (
            "the outcome of all of this is likely to be accepted by them",
            "the outcome of all of this is unlikely to be accepted by them",
        ),
        ("a rather useful way of looking at the whole structure", "a rather useless way of looking at the whole structure"),
        ("we have fifteen people in the whole of the department", "we have sixteen people in the whole of the department"),
        ("we have 15 people in the whole of the department", "we have 16 people in the whole of the department"),
        ("we will have it ready for you by Tuesday at the latest", "we will have it ready for you by Thursday at the latest"),
        ("there are 115 people in the hall", "15 people in the hall"),
        ("it grew by 1.5 percent", "5 percent"),
        ("there are twenty-five people here", "five people here"),
        ("they are unable to move it", "able to move it"),
        ("this is a non-binding offer of ours", "binding offer of ours"),
        ("the whole board", "the board"),
        ("the board wants it", "board"),
        ("What? Yes!", "?!"),
        ("Anything at all", ""),
        ("Anything at all", "  … — "),
        ("", "something that was said"),
        ("We talked about it for a while", "a quite different sentence that nobody ever said"),
    ],
)
def test_a_changed_or_clipped_quote_is_not_found(text: str, quote: str) -> None:
    assert locate(text, quote) == (Match.NOT_FOUND, None)


WORDS = st.sampled_from(
    [
        "we",
        "told",
        "the",
        "board",
        "it's",
        "über",
        "naïve",
        "cost",
        "review",
        "👍",
        "name,",
        "again.",
        "Ярослав",
        "“so”",
        "—",
        "מחר",
        "don\u2019t",
        "1,500",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=30), st.data())
def test_whole_words_of_a_text_are_found_as_they_stand(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    text, quote = " ".join(words), " ".join(words[first : last + 1])
    match, span = locate(text, quote)
    if word_count(quote) >= 2:
        assert match is Match.EXACT
    if span is not None and match is Match.EXACT:
        assert text[slice(*span)] == quote
        assert text.find(quote) <= span[0]


@given(st.text(max_size=80), st.text(max_size=30))
def test_any_text_and_quote_give_a_span_within_the_text_or_none(text: str, quote: str) -> None:
    match, span = locate(text, quote)
    assert (span is None) == (match is Match.NOT_FOUND)
    if span is not None:
        assert 0 <= span[0] < span[1] <= len(text)


PLAIN = [
    "the",
    "team",
    "will",
    "look",
    "at",
    "every",
    "part",
    "of",
    "our",
    "structure",
    "again",
    "with",
    "some",
    "care",
    "and",
    "patience",
]


@given(
    st.lists(st.sampled_from(PLAIN), min_size=8, unique=True),
    st.sampled_from(["not", "never", "no", "without", "cannot", "nobody", "15", "seven", "Monday", "nicht"]),
    st.integers(0, 40),
    st.booleans(),
)
def test_one_negation_or_number_more_or_less_is_never_forgiven(words: list[str], changed: str, at: int, drop: bool) -> None:
    at %= len(words) - 2
    other = [*words[: at + 1], changed, *words[at + 1 :]]
    said, quoted = (other, words) if drop else (words, other)
    assert locate(" ".join(said), " ".join(quoted)) == (Match.NOT_FOUND, None)


@given(
    st.sampled_from(["15", "16,000", "seven", "May", "never", "not"]),
    st.sampled_from(["14", "160", "eight", "June", "ever", "now"]),
)
def test_a_number_or_negation_put_in_anothers_place_is_never_forgiven(said: str, quoted: str) -> None:
    frame = "and so the whole of the department has {} looked at the proposal about the warehouse in the north"
    assert locate(frame.format(said), frame.format(quoted)) == (Match.NOT_FOUND, None)


def test_ten_thousand_repeated_words_do_not_hold_anything_up() -> None:
    began = time.perf_counter()
    assert locate("the " * 10_000, "the " * 40 + "board wants it")[1] is None
    assert locate("a.b-" * 10_000, "b a b a c d e f")[1] is None
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    ("text", "quote", "shown"),
    [
        ("We do not want your name on it.", "want your name on it", "not want your name on it"),
        ("We don't want your name on it.", "want your name on it", "don't want your name on it"),
        ("We don\u2019t really want your name on it.", "want your name on it", "don\u2019t really want your name on it"),
        ("Wir wollen nicht euren Namen.", "euren Namen", "nicht euren Namen"),
        ("Not today. We want your name on it.", "We want your name on it", "We want your name on it"),
        ("No, we want your name on it.", "we want your name on it", "we want your name on it"),
        ("It is not that we would ever want it.", "want it", "want it"),
        ("We want your name on it, not his.", "want your name on it", "want your name on it"),
        ("No.", "No.", "No"),
    ],
)
def test_a_quote_never_begins_behind_a_not_that_belongs_to_it(text: str, quote: str, shown: str) -> None:
    _, span = locate(text, quote)
    assert span is not None
    assert text[slice(*with_its_no(text, span))].rstrip(".") == shown


@given(text=st.text(max_size=60), start=st.integers(0, 60), end=st.integers(0, 60))
def test_a_span_is_only_ever_begun_earlier(text: str, start: int, end: int) -> None:
    span = (min(start, end, len(text)), min(max(start, end), len(text)))
    wider = with_its_no(text, span)
    assert 0 <= wider[0] <= span[0]
    assert wider[1] == span[1]
