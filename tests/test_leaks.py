"""The last look at what leaves: what it finds in any dress, where, and what it lets pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.signs import SIGNS, Sign
from analyzer.usecases.leaks import PrivateWords, leaks


def told(text: str, forbidden: PrivateWords) -> list[str]:
    """What the text gives away, in words."""
    return [str(hit) for hit in leaks(text, forbidden=forbidden)]


@pytest.mark.parametrize(
    "text",
    [
        "we did it for Globex Forge",
        "globex-forge said so",
        "(GLÖBEX\u00ad FÖRGE)",
        "Globex\\_Forge",
        "Glo\u200bbex &#70;orge",
        "**Globex** Forge",
    ],
)
def test_the_name_of_another_client_is_found_in_any_dress(text: str) -> None:
    assert told(text, forbidden=PrivateWords(names=("Globex Forge",))) == ["the name of another client: globex forge"]


def test_a_part_of_the_reader_s_own_name_is_no_leak() -> None:
    forbidden = PrivateWords(names=("Tarn", "Mills of Grain"), own=("Tarn Mills",))
    assert leaks("A talk with Tarn Mills", forbidden=forbidden) == ()
    assert told("Tarn Mills and Tarn", forbidden=forbidden) == ["the name of another client: tarn"]


def test_six_words_in_a_row_are_a_leak_and_five_are_not() -> None:
    forbidden = PrivateWords(texts=("We may have to let the second analyst go in May",))
    assert told("Well: have to let the second, analyst!", forbidden=forbidden) == [
        "private words: have to let the second analyst"
    ]
    assert leaks("have to let the second one go in May", forbidden=forbidden) == ()


@pytest.mark.parametrize(
    ("private", "text", "found"),
    [
        ("Cash is tight", "they know that cash is tight", True),
        ("Cash is tight", "cash was tight", False),
        ("Restructuring", "after the restructuring", True),
        ("Cash", "cash on delivery", False),
        ("資金繰りが厳しい", "今は資金繰りが厳しいです", True),
        ("資金繰りが厳しい", "今は忙しいです", False),
    ],
)
def test_a_short_private_text_counts_when_all_of_it_is_found(private: str, text: str, found: bool) -> None:
    assert bool(leaks(text, forbidden=PrivateWords(texts=(private,)))) is found


def test_words_that_this_client_may_hear_in_another_item_are_no_leak() -> None:
    shared = "April has six days free for you"
    forbidden = PrivateWords(texts=(f"{shared} since Globex left us",), told=(shared,))
    assert leaks(shared, forbidden=forbidden) == ()
    assert leaks("free for you since Globex left", forbidden=forbidden)


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.id.value)
def test_titles_ids_and_moves_of_signs_are_always_looked_for(sign: Sign) -> None:
    for text in (sign.title, sign.id.value, sign.id.value.replace("_", "\\_"), sign.definition, sign.moves[0].say):
        assert leaks(f"So: {text} And so on.", forbidden=PrivateWords())


ELSEWHERE = "Their finance head left on Tuesday and nobody else can read the ledger."


def test_six_words_of_another_client_s_meeting_are_found_across_its_turns() -> None:
    forbidden = PrivateWords(elsewhere=("Well then.\nTheir finance head left\non Tuesday and nobody else can read it.",))
    assert told("I hear their finance head left on Tuesday!", forbidden) == [
        "words of another client's meeting: their finance head left on tuesday"
    ]
    assert told("I hear their finance head left on a Tuesday.", forbidden) == []


@pytest.mark.parametrize(
    "text",
    [
        "THEIR FINANCE HEAD LEFT ON TUESDAY",
        "their finance\u2014head: left; on \u201cTuesday\u201d\u2026",
        "their finance-head left-on Tuesday",
        "the\u200bir fin\u00adance head le\ufeffft on Tuesday",
        "their fin\u00e1nce he\u0301ad left on Tu\u00ebsday",
        "their &#102;inance&nbsp;head left on Tuesday",
        "their **finance** head\\_left\r\n> on\u00a0Tuesday",
        "their \ufb01nance head left on Tuesday",
        "\uff54heir finance head left on Tuesday",
        "\u8cc7\u91d1 their finance head left on Tuesday",
    ],
)
def test_words_of_another_client_s_meeting_are_found_in_any_dress(text: str) -> None:
    assert told(text, PrivateWords(elsewhere=(ELSEWHERE,)))
    assert told(ELSEWHERE, PrivateWords(elsewhere=("Well then.", f"Hm.\n{text}\nYes.")))


_DRESSES = ("{}", "{}", "{},", "\u201c{}\u201d", "({})", "*{}*", "{}\u2026", "\u200b{}", "{}\u0301", "{}\u2019", "{}\u2014")
_WORDS = ("we", "may", "have", "to", "let", "one", "of", "caf\u00e9s", "stra\u00dfe", "3", "go", "\u91d1", "na\u00efve")
_SPOKEN = st.lists(st.sampled_from(_WORDS), min_size=6, max_size=12)


@given(st.lists(_SPOKEN, min_size=1, max_size=4), _SPOKEN, st.data())
def test_six_words_in_a_row_are_found_wherever_and_however_they_stand(
    meetings: list[list[str]], written: list[str], data: st.DataObject
) -> None:
    def dressed(words: list[str]) -> str:
        parts = (data.draw(st.sampled_from(_DRESSES)).format(data.draw(st.sampled_from((word, word.upper())))) for word in words)
        return "".join(f"{part}{data.draw(st.sampled_from((' ', '-', chr(10), '  ')))}" for part in parts)

    runs = {tuple(said[at : at + 6]) for said in meetings for at in range(len(said) - 5)}
    shared = any(tuple(written[at : at + 6]) in runs for at in range(len(written) - 5))
    forbidden = PrivateWords(elsewhere=tuple(map(dressed, meetings)))
    assert bool(leaks(dressed(written), forbidden=forbidden)) is shared


def test_words_that_the_reader_heard_as_well_are_no_leak_and_those_beside_them_are() -> None:
    forbidden = PrivateWords(elsewhere=(ELSEWHERE,), heard=("So: their finance head left on Tuesday, he said.",))
    assert told("their finance head left on Tuesday", forbidden) == []
    assert told(ELSEWHERE, forbidden) == [
        "words of another client's meeting: finance head left on tuesday and nobody else can read the ledger"
    ]


def test_looking_many_up_at_once_finds_the_same() -> None:
    asked, fresh = PrivateWords(elsewhere=(ELSEWHERE,)), PrivateWords(elsewhere=(ELSEWHERE,))
    asked.look_up([ELSEWHERE, "nothing of it is in these seven words"])
    for text in (ELSEWHERE, "nothing of it is in these seven words"):
        assert leaks(text, forbidden=asked) == leaks(text, forbidden=fresh)


@pytest.mark.parametrize("text", ["with Marek Novak", "NOVAK, MAREK", "so Marek said", "ask Novák", "marek novak"])
def test_people_met_at_another_client_are_found_by_their_whole_name_and_its_parts(text: str) -> None:
    assert leaks(text, forbidden=PrivateWords(people=("Marek Novak",)))


@pytest.mark.parametrize("text", ["a frank word", "the grant", "Will you come?", "ask Bo"])
def test_a_part_of_a_name_that_is_a_word_or_too_short_counts_only_with_a_capital(text: str) -> None:
    assert leaks(text, forbidden=PrivateWords(people=("Frank Grant", "Will Bo"))) == ()


def test_a_name_that_somebody_here_has_as_well_is_no_leak() -> None:
    forbidden = PrivateWords(people=("Marek Novak", "Dana Hale"), known=("Dana Ortiz",))
    assert told("Dana and Marek", forbidden) == ["the name of somebody at another client: marek"]


def test_what_is_found_has_its_line_and_overlapping_words_are_one_thing() -> None:
    forbidden = PrivateWords(texts=("one two three four five six seven eight",))
    (hit,) = leaks("A title\n\nsay one two three four five six seven eight nine", forbidden=forbidden)
    assert (hit.line, hit.words) == (3, "one two three four five six seven eight")


def test_one_named_thing_may_pass_and_nothing_else_with_it() -> None:
    forbidden = PrivateWords(names=("Globex", "Initech"), texts=("one two three four five six",))
    text = "Globex, Initech: one two three four five six"
    left = leaks(text, forbidden=forbidden, allowed=["Globex", "one, two three FOUR five six"])
    assert [hit.words for hit in left] == ["initech"]
    assert len(leaks(text, forbidden=forbidden, allowed=["Globex, Initech"])) == 3


@pytest.mark.parametrize("text", ["Mueller says so", "MÜLLER says so", "Muller says so"])
def test_a_name_is_found_with_and_without_its_umlaut(text: str) -> None:
    assert leaks(text, forbidden=PrivateWords(people=("Jörg Müller",)))
    assert leaks(text, forbidden=PrivateWords(names=("Müller",)))


@pytest.mark.parametrize(("name", "text"), [("Łukasz Wójcik", "Lukasz says so"), ("Søren Kjær", "Soren says so")])
def test_a_name_is_found_as_it_is_typed_without_the_right_keyboard(name: str, text: str) -> None:
    assert leaks(text, forbidden=PrivateWords(people=(name,)))


def test_a_seat_that_a_recorder_names_is_nobody_s_name() -> None:
    forbidden = PrivateWords(people=("Finance Team", "Client Lead"))
    assert leaks("Finance and the Team meet each Client", forbidden=forbidden) == ()
    assert leaks("The finance team says so", forbidden=forbidden)


def test_a_client_of_three_letters_counts_where_it_has_a_capital() -> None:
    assert told("as we did for SAP", PrivateWords(names=("SAP",))) == ["the name of another client: sap"]
    assert told("we sap no strength", PrivateWords(names=("SAP",))) == []


def test_words_of_a_meeting_that_somebody_missed_are_found_but_not_what_all_of_them_heard() -> None:
    said = "we thought of giving up the upper floor"
    missed = PrivateWords(missed=(f"Well. {said}.",))
    assert [hit.what for hit in leaks(said, forbidden=missed)] == ["words of a meeting that not all who are to read it attended"]
    assert leaks(said, forbidden=PrivateWords(missed=(said,), heard=(said,))) == ()
