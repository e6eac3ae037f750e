"""Where somebody is named: in every spelling of the full name, and by a part of it only where that can be nobody else."""

import pytest

from analyzer.model.meetings import CueTime
from analyzer.usecases.naming import Among, PersonsName
from analyzer.usecases.rewriting import cues_of
from analyzer.usecases.said_again import without_words_of

GONE = "[name removed]"
ANNA = PersonsName("Anna Müller")
BESIDE_A_NAMESAKE = ANNA.among(["Anna Schmidt", "Priya Raman"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("I met Anna Müller and Anna.", f"I met {GONE} and Anna."),
        ("Mueller's plan, Müllers Plan, Frau MULLER", f"{GONE}'s plan, {GONE} Plan, Frau {GONE}"),
        ("a muller and his mill", "a muller and his mill"),  # in small letters it is a word
        ("anna mueller wrote", f"{GONE} wrote"),
        ("ANNA MÜLLER's", f"{GONE}'s"),
        ("anna.mueller@x.com, amueller@x.com, annamueller", f"{GONE}@x.com, {GONE}@x.com, {GONE}"),
        ("Müller, Anna came", f"{GONE} came"),
        ("Anna M. Müller and A. Müller", f"{GONE} and A. {GONE}"),
        ("Mül-\nler left", f"{GONE} left"),
        ("An\u00adna Mül\u00adler, Anna\nMu\u0308ller", f"{GONE}, {GONE}"),
        ("Anna-Müller", GONE),
        ("Annabel Mull and Mullers", f"Annabel Mull and {GONE}"),
        ("Łódź — Anna Müller", f"Łódź — {GONE}"),
    ],
)
def test_the_full_name_and_what_is_theirs_alone(text: str, left: str) -> None:
    assert ANNA.removed(text, BESIDE_A_NAMESAKE)[0] == left


def test_parts_stay_where_nobody_knows_whose_they_are() -> None:
    assert ANNA.removed("Anna and Müller and Anna Müller") == (f"Anna and Müller and {GONE}", 1)


def test_a_longer_name_that_holds_theirs_is_somebody_elses() -> None:
    among = ANNA.among(["Anna Müller-Schmidt"])
    assert ANNA.removed("Anna Müller-Schmidt met Anna Müller", among) == (f"Anna Müller-Schmidt met {GONE}", 1)


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        (
            "Will Brown",
            "will brown said Will will go. brown bread, Mr Brown?",
            f"{GONE} said {GONE} will go. brown bread, Mr {GONE}?",
        ),
        ("Zoë van Dijk", "zoe van dijk and Dijk and Zoe Dijk", f"{GONE} and {GONE} and {GONE}"),
        ("Sean O'Neill", "Sean O\u2019Neill's and O'Neil", f"{GONE}'s and {GONE}"),
        ("Dr. Anna-Lena Müller (Guest)", "Anna-Lena Mueller, Frau Müller", f"{GONE}, Frau {GONE}"),
        ("Müller, Anna", "Anna Müller", GONE),
        ("田中太郎", "田中太郎さん", f"{GONE}さん"),
        ("Анна Мюллер", "и Анна Мюллер", f"и {GONE}"),
        ("Jørgen Wałęsa", "Joergen Walesa, Jorgen Wałęsa", f"{GONE}, {GONE}"),
        ("Ng", "Ng said nothing", f"{GONE} said nothing"),
        ("Guest4711", "guest4711 came, guest47110 left", f"{GONE} came, guest47110 left"),
        ("Zoë2 Lund7x", "ZOE2 LUND7X, zoe2.lund7x@x.com, ask Lund7x", f"{GONE}, {GONE}@x.com, ask {GONE}"),
        ("+49 171 4711", "ring +49 171 4711 or 171 4711", f"ring {GONE} or 171 4711"),
        ("Anna Müller 2", "Anna Müller 2 and 2 more", f"{GONE} 2 and 2 more"),
    ],
)
def test_names_of_many_kinds(name: str, text: str, left: str) -> None:
    person = PersonsName(name)
    assert person.removed(text, person.among(()))[0] == left


def test_two_spellings_are_one_person() -> None:
    assert all(map(ANNA.is_of, ("anna mueller", "MÜLLER, Anna", "Anna Muller (Guest)")))
    assert not any(map(ANNA.is_of, ("Anna", "Anna Maria Müller", "Ana Müller")))


def test_escaped_it_stands_there_too() -> None:
    assert ANNA.stands_in(r'{"speaker": "Anna M\u00fcller"}')
    assert ANNA.stands_in("<b>Anna M&uuml;ller</b>")


def test_words_that_were_said_are_found_in_rows_of_six_and_short_turns_whole() -> None:
    without = without_words_of(["We will never sign that page before May, honestly.", "Nobody reads it anyway.", "I see."])
    assert without("She would never sign. We will never sign that page, he wrote.") == (
        "She would never sign. [removed on request], he wrote.",
        1,
    )
    assert without("“Nobody reads it, anyway”, I see.") == ("“[removed on request]”, I see.", 1)


def test_captions_begin_where_their_words_are_now() -> None:
    text = "So Anna Müller said, and then Anna Müller left."
    cues = tuple(CueTime(at, float(at), float(at + 1)) for at in (0, 3, 8, text.index("and"), text.index("left")))
    spans = ANNA.spans(text, Among())
    left = ANNA.removed(text, Among())[0]
    assert [left[cue.at :][:4] for cue in cues_of(cues, spans)] == ["So [", "[nam", "[nam", "and ", "left"]
    assert [cue.start for cue in cues_of(cues, spans)] == [cue.start for cue in cues]
