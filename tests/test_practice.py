import datetime as dt
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import PracticeError
from analyzer.names import fold_name, fold_text
from analyzer.practice import Context, Item, Person, Practice, Share, add_person, load, template

FULL = """
name = "Hale & Co"

[[people]]
name = "Dana Hale"
aliases = ["Dana", "dh-laptop"]

[[people]]
name = "Bo Äkesson"

[[offers]]
text = "Pricing reviews"
share = "all"

[[conditions]]
text = "Access to the shop floor"

[[wants]]
text = "Founders"
share = "partners"
not_with = ["Northgate"]

[context]
as_of = 2026-03-01

[[context.in_hand]]
text = "Two assessments"
share = "partners"

[[context.capacity]]
text = "April: six days"

[[context.hard]]
text = "Hiring"

[[context.building]]
text = "A diagnostic"
"""


@pytest.mark.parametrize(
    "spelling",
    [
        "Dana Hále",
        "  DANA   hale ",
        "Hale, Dana",
        "Hale, Dana (Hale & Co, Ltd.)",
        "Dana Hale (Guest)",
        "Dana Hale [External] (she/her)",
        "\u202aDana\u202c Hale",
        "Ｄａｎａ Hale（ゲスト）",  # noqa: RUF001 - full-width, as some recorders write it
    ],
)
def test_spellings_of_one_name_fold_together(spelling: str) -> None:
    assert fold_name(spelling) == "dana hale"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dana Hale", "Dan Hale"),
        ("Dana Hale", "Dana"),
        ("John Smith, Jr.", "John Smith"),
        ("がねだ", "かねだ"),
        ("김철수", "김철소"),
        ("राम", "रम"),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Łukasz Żak", "lukasz zak"),
        ("Jörg Strauß", "jorg strauss"),
        ("O\u2019Neil", "o'neil"),
        ("田中", "田中"),
        ("محمد", "محمد"),
        ("Γιώργος", "γιωργοσ"),
        ("John Smith, PhD", "john smith phd"),
        ("Smith, John, Acme", "smith john acme"),
        ("(Guest)", "guest"),
        (" ", ""),
        ("", ""),
    ],
)
def test_names_of_any_script_are_folded_and_kept(name: str, folded: str) -> None:
    assert fold_name(name) == folded


@given(st.text())
def test_folding_a_folded_name_changes_nothing(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)
    assert fold_text(fold_text(name)) == fold_text(name)


@given(st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1))
def test_case_and_composition_never_count(name: str) -> None:
    assert fold_name(unicodedata.normalize("NFD", name)) == fold_name(unicodedata.normalize("NFC", name)) != ""
    assert fold_name(name.casefold()) == fold_name(name)


def test_organisations_keep_brackets_and_commas() -> None:
    assert fold_text(" ACMÉ  (UK) ") == "acme (uk)" != fold_text("Acme (US)")
    assert fold_text("Smith, Jones") != fold_text("Jones Smith")


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "practice.toml"
    path.write_text(FULL, encoding="utf-8")
    assert load(path) == Practice(
        name="Hale & Co",
        people=(Person(name="Dana Hale", aliases=("Dana", "dh-laptop")), Person(name="Bo Äkesson")),
        offers=(Item(text="Pricing reviews", share=Share.ALL),),
        conditions=(Item(text="Access to the shop floor", share=Share.NEVER),),
        wants=(Item(text="Founders", share=Share.PARTNERS, not_with=("Northgate",)),),
        context=Context(
            as_of=dt.date(2026, 3, 1),
            in_hand=(Item(text="Two assessments", share=Share.PARTNERS),),
            capacity=(Item(text="April: six days"),),
            hard=(Item(text="Hiring"),),
            building=(Item(text="A diagnostic"),),
        ),
    )


def test_ours_are_known_by_name_and_alias(tmp_path: Path) -> None:
    path = tmp_path / "practice.toml"
    path.write_text(FULL, encoding="utf-8")
    practice = load(path)
    for name in ("Dana Hale", "HALE, Dana (Hale & Co)", "dana", "DH-Laptop", "bo akesson", "Åkesson, Bo (Guest)"):
        assert practice.is_ours(name), name
    for name in ("Dana Hall", "Hale", "Bo", "", "(", "Marek"):
        assert not practice.is_ours(name), name


def test_a_missing_file_is_an_empty_practice(tmp_path: Path) -> None:
    practice = load(tmp_path / "practice.toml")
    assert practice == Practice.empty()
    assert not practice.is_ours("Dana")
    assert not practice.is_ours("")


@pytest.mark.parametrize(
    ("text", "place", "advice"),
    [
        ("nam = 'x'", "unknown key nam", "name, people"),
        ("[[people]]\nname = 'A'\nalias = ['b']", "unknown key people 1: alias", "aliases"),
        ("[context]\nbuilt = []", "unknown key context: built", "building"),
        ("name = 3", "name must be text", ""),
        ("people = 'A'", "people must be entries", ""),
        ("people = ['A']", "people 1 must be a table", ""),
        ("[[people]]\naliases = []", "people 1: name", ""),
        ("[[people]]\nname = 'A'\n[[people]]\nname = ' '", "people 2: name", ""),
        ("[[people]]\nname = 'A'\naliases = 'b'", "people 1: aliases must be a list", ""),
        ("[[people]]\nname = 'A'\naliases = [1]", "people 1: aliases must be a list", ""),
        ("[[offers]]\ntext = 'A'\nshare = 'some'", 'offers 1: share must be one of "never", "partners", "all"', ""),
        ("[[offers]]\ntext = 'A'\nshare = ['all']", "offers 1: share must be one of", ""),
        ("[[offers]]\nshare = 'all'", "offers 1: text", ""),
        ("[[wants]]\ntext = 'A'\nnot_with = 'B'", "wants 1: not_with must be a list", ""),
        ("context = 'good'", "context must be a table", ""),
        ("[context]\nas_of = '2026-03-01'", "context.as_of must be a date", ""),
        ("[context]\nas_of = 2026-03-01T10:00:00", "context.as_of must be a date", ""),
        ("[[context.hard]]\ntxt = 'A'", "unknown key context.hard 1: txt", "text, share, not_with"),
        ("name = 'x'\npeople = \n", "line 2", "double quotes"),
    ],
)
def test_what_is_wrong_is_refused_by_its_place(tmp_path: Path, text: str, place: str, advice: str) -> None:
    path = tmp_path / "practice.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PracticeError) as refused:
        load(path)
    assert str(path) in refused.value.message
    assert place in refused.value.message
    assert advice in refused.value.hint
    assert "\n" not in refused.value.message


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PracticeError, match="cannot be read"):
        load(tmp_path)
    (tmp_path / "practice.toml").write_bytes(b"name = '\xff'")
    with pytest.raises(PracticeError, match="cannot be read"):
        load(tmp_path / "practice.toml")


@given(st.text().filter(str.strip), st.lists(st.text().filter(fold_name), max_size=3))
def test_the_template_loads_back(tmp_path_factory: pytest.TempPathFactory, name: str, people: list[str]) -> None:
    path = tmp_path_factory.getbasetemp() / "template.toml"
    path.write_bytes(template(name, people).encode())
    assert load(path) == Practice(name=name, people=tuple(Person(name=person) for person in people))


def test_every_example_in_the_template_is_right_when_it_is_uncommented(tmp_path: Path) -> None:
    path = tmp_path / "practice.toml"
    lines = template("Hale & Co", []).splitlines()
    examples = [
        line.removeprefix("# ")
        for line in lines
        if line.startswith(("[", "# [", "# name =", "# aliases", "# text", "# share", "# not_with", "# as_of"))
    ]
    path.write_text("\n".join(['name = "Hale & Co"', *examples]), encoding="utf-8")
    practice = load(path)
    parts = (practice.people, practice.offers, practice.conditions, practice.wants)
    context = practice.context
    assert all((*parts, context.as_of, context.in_hand, context.capacity, context.hard, context.building))


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# ours\nname = 'X' # the name\n",
        "people = []\n",
        "people = [{name = 'A', aliases = ['b']}] # us\n\n# now\n[context]\nas_of = 2026-01-01 # then\n",
        "[[people]]\nname = 'A' # first\n\n# the offers\n[[offers]]\ntext = 'O'\n",
        template("Hale & Co", []),
        template("Hale & Co", ["A"]),
    ],
)
def test_people_are_added_and_every_comment_stays(tmp_path: Path, before: str) -> None:
    path = tmp_path / "practice.toml"
    path.write_text(before, encoding="utf-8")
    old = load(path)
    after = add_person(add_person(before, 'Zoë "Z" Ng'), "Yu")
    path.write_text(after, encoding="utf-8")
    new = load(path)
    assert new.people == (*old.people, Person(name='Zoë "Z" Ng'), Person(name="Yu"))
    assert (new.name, new.offers, new.context) == (old.name, old.offers, old.context)
    comments = [line[line.index("#") :] for line in before.splitlines() if "#" in line]
    assert [line[line.index("#") :] for line in after.splitlines() if "#" in line] == comments


def test_a_new_person_stands_below_the_others() -> None:
    after = add_person(template("Hale & Co", ["Dana"]), "Bo")
    assert '[[people]]\nname = "Dana"\naliases = []\n\n[[people]]\nname = "Bo"\naliases = []\n\n# Everything below' in after


def test_a_person_who_is_known_already_changes_nothing() -> None:
    assert add_person(FULL, "HALE, Dana (Guest)") == FULL
    assert add_person(FULL, "DH-laptop") == FULL


@pytest.mark.parametrize("text", ["name = ", "nam = 'x'"])
def test_no_person_is_added_to_a_file_that_is_wrong(text: str) -> None:
    with pytest.raises(PracticeError):
        add_person(text, "Dana")
