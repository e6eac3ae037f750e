"""Which names look like one person, and whom somebody works for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.transcripts.base import UNATTRIBUTED
from analyzer.transcripts.people import company_in, company_of, employers, is_numbered, same_person

ONE_PERSON = [
    ["Dana Ortiz", "dana ortiz", "DANA ORT\u00cdZ", "Dana  Ortiz"],
    ["Ortiz, Dana (Acme)", "Dana Ortiz"],
    ["Ortiz, Dr. Dana", "Dana Ortiz"],
    ["Dana Ortiz (Guest)", "Dana Ortiz (Unverified)", "Dana Ortiz (External)"],
    ["DANA ORTIZ (ACME) (GUEST)", "Dana Ortiz"],
    ["Dana Ortiz (Acme Ltd.)", "Dana Ortiz (ACME)"],
    ["Dana Ortiz | Acme", "Dana Ortiz"],
    ["Dana Ortiz <dana@acme.example>", "Dana Ortiz"],
    ["Dana Ortiz (she/her)", "Dana Ortiz she/her/hers", "Dana Ortiz [they/them]", "Dana Ortiz"],
    ["Dr. Dana Ortiz", "Prof Dana Ortiz", "Dana Ortiz, PhD", "Ortiz, Dana, Ph.D.", "Dana Ortiz MBA"],
    ["dana.ortiz", "Dana_Ortiz", "dana.ortiz@acme.example", "Dana Ortiz"],
    ["DanaOrtiz", "Dana Ortiz"],
    ["D. Ortiz", "Dana Ortiz"],
    ["Dana O.", "Dana Ortiz"],
    ["Dana M. Ortiz", "Dana Ortiz"],
    ["Dana M. Ortiz", "Dana Maria Ortiz"],
    ["Dana", "Dana Ortiz"],
    ["Dana", "D. Ortiz", "Dana Ortiz"],
    ["Dr Ortiz", "Dana Ortiz"],
    ["Ms Ortiz", "Mrs. Dana Ortiz"],
    ["Dana Ortiz (2)", "Dana Ortiz #2", "Dana Ortiz"],
    ["O'Brien, Sam", "Sam O\u2019Brien", "Sam OBrien"],
    ["Anne-Marie Lee", "Anne Marie Lee"],
    ["Ludwig van der Berg", "L. van der Berg"],
    ["Dana Ortiz, Jr.", "Dana Ortiz Jr"],
    ["Robert (Bob) Smith", "Robert Smith"],
    ["\u7530\u4e2d", "\u7530\u4e2d\u3055\u3093"],
    ["\u0418. \u041f\u0435\u0442\u0440\u043e\u0432", "\u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440\u043e\u0432"],
]
NOT_ONE = [
    ["Dana Ortiz", "Daniel Ortiz"],
    ["Sam Lee", "Sam Leigh"],
    ["Sam", "Samantha Lee"],
    ["Dan", "Dana Ortiz"],
    ["Jo", "Joanna Teague"],
    ["Dana", "Dana Ortiz", "Dana Lee"],
    ["D. Ortiz", "Dana Ortiz", "Diego Ortiz"],
    ["Dana O.", "Dana Ortiz", "Dana Olsen"],
    ["Dana Ortiz", "Dana M. Ortiz", "Dana K. Ortiz"],
    ["Dr. Lee", "Sam Lee", "Jo Lee"],
    ["Mr Ortiz", "Mrs Ortiz"],
    ["Mr Ortiz", "Mrs Ortiz", "Dana Ortiz"],
    ["Mr Ortiz", "Dr Ortiz"],
    ["Dana Ortiz", "Dana Ortiz Jr."],
    ["Dana Jr", "Dana"],
    ["Dana (Acme)", "Dana (Globex)"],
    ["Dana (Acme)", "Dana (Globex)", "Dana"],
    ["D. O.", "Dana Ortiz"],
    ["Anna", "Ann A."],
    ["Dan Alee", "Dana Lee", "danalee"],
    ["Anne Lee", "Anne Marie Lee"],
    ["Maria Lopez", "Maria Lopez Garcia"],
    ["James Thomas", "Thomas James"],
    ["Dana Ortiz", "Ortiz"],
    ["Jack Ma", "Jack Lee"],
    ["Rahman, Md", "Karim Rahman"],
    ["Pan Wei", "Jin Wei"],
    ["\u674e", "\u674e\u56db"],
    ["\u7530\u4e2d", "\u7530\u4e2d\u592a\u90ce"],
    ["Speaker 1", "Speaker 2"],
    ["Speaker 1", "speaker 1"],
    ["SPEAKER_00", "SPEAKER_01"],
    ["A", "a", "B"],
    ["@1", "@2"],
    ["Guest", "guest", "Guest (2)"],
    ["Conference Room 3", "Conference Room 4"],
    ["Conference Room", "Conference Room (2)"],
    ["iPhone", "iPhone (2)"],
    ["Dana's iPhone", "Dana"],
    ["Dana & Sam", "Dana"],
    ["Ortiz Family", "Ortiz"],
    ["+44 20 7946 0018", "+44 20 7946 0019"],
    [UNATTRIBUTED, UNATTRIBUTED.upper()],
]


@pytest.mark.parametrize("names", ONE_PERSON)
def test_spellings_and_clear_short_forms_look_like_one_person(names: list[str]) -> None:
    assert same_person(names) == (tuple(names),)
    assert same_person([*reversed(names), "Kim Park"]) == (tuple(reversed(names)),)


@pytest.mark.parametrize("names", NOT_ONE)
def test_what_may_be_two_people_is_not_proposed(names: list[str]) -> None:
    assert same_person(names) == ()
    assert same_person(names[::-1]) == ()


def test_groups_come_in_order_of_appearance_and_names_once() -> None:
    names = ["Sam", "Kim Park", "D. Ortiz", "Sam Lee", "Sam", "Dana Ortiz", "Mei"]
    assert same_person(names) == (("Sam", "Sam Lee"), ("D. Ortiz", "Dana Ortiz"))


def test_spellings_of_a_short_form_stay_together_where_it_is_open_whom_it_means() -> None:
    assert same_person(["Sam", "SAM", "Sam Lee", "Sam Ray"]) == (("Sam", "SAM"),)


def test_a_crowd_of_one_name_is_told_apart_without_ado() -> None:
    crowd = [f"Dana {chr(97 + n % 26)}{chr(97 + n // 26)}x" for n in range(500)]
    assert same_person(["Dana", *crowd]) == ()


@given(st.lists(st.text(alphabet="DanOrtiz .,()#2@/'|\u00ed\u7530", max_size=14), max_size=6))
def test_groups_are_disjoint_parts_of_the_names_whatever_the_order(names: list[str]) -> None:
    groups = same_person(names)
    grouped = [name for group in groups for name in group]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) <= set(names)
    assert all(len(group) > 1 for group in groups)
    assert {frozenset(g) for g in same_person(names[::-1])} == {frozenset(g) for g in groups}


@pytest.mark.parametrize(
    ("name", "company"),
    [
        ("Dana Ortiz (Acme)", "Acme"),
        ("Ortiz, Dana [Acme & Sons, Ltd.]", "Acme & Sons, Ltd."),
        ("Dana Ortiz (Acme) (Guest)", "Acme"),
        ("Dana Ortiz (Guest) (Acme)", "Acme"),
        ("Dana Ortiz | Acme", "Acme"),
        ("Dana (3M)", "3M"),
        ("Dana (HP)", "HP"),
        ("Dana (T-Mobile)", "T-Mobile"),
        ("Priya Raman (Raman Studio)", "Raman Studio"),
        ("Dana (dana@mail.acme.co.uk)", "acme"),
        ("\u7530\u4e2d (\u682a\u5f0f\u4f1a\u793e\u5c71\u7530)", "\u682a\u5f0f\u4f1a\u793e\u5c71\u7530"),
    ],
)
def test_a_company_beside_a_name_is_told_as_shown(name: str, company: str) -> None:
    assert company_in(name) == company


REMARKS = """
Guest;guest;Unverified;External;Host;Host, me;Co-host;she/her;She/Her/Hers;they/them;he, him;Conference Room 3;Contractor;2;#2
VP Sales;Head of HR;CEO;Sales/Marketing;Mobile;iPhone;me;You;Invit\u00e9;Gast;\u30b2\u30b9\u30c8;UK;on-site;PhD;Speaker 1
d@gmail.com;X
--;
"""


@pytest.mark.parametrize("remark", [remark for line in REMARKS.split("\n") for remark in line.split(";")])
def test_remarks_that_name_no_company_are_none(remark: str) -> None:
    assert company_in(f"Dana Ortiz ({remark})") is None


def test_a_name_without_a_remark_has_no_company() -> None:
    assert [company_in(name) for name in ("Dana Ortiz", "(Acme)", "Robert (Bob) Smith", "", "((((")] == [None] * 5


@pytest.mark.parametrize(
    ("email", "company"),
    [
        ("dana@acme.example", "acme"),
        ("Dana Ortiz <Dana@Mail.ACME.co.uk>", "acme"),
        ("dana@acme.com.au", "acme"),
        ("dana@alder.gov.uk", "alder"),
        ("dana@xn--mller-kva.de", "m\u00fcller"),
        ("dana@gmail.com", None),
        ("dana@GoogleMail.com", None),
        ("dana@yahoo.co.uk", None),
        ("dana@web.de", None),
        ("dana@web.acme.de", "acme"),
        ("dana@me.com", None),
        ("c_188@group.calendar.google.com", None),
        ("dana@co.uk", None),
        ("dana@localhost", None),
        ("dana@10.0.0.1", None),
        ("dana", None),
        ("", None),
    ],
)
def test_the_company_of_an_address_is_its_registered_name(email: str, company: str | None) -> None:
    assert company_of(email) == company


def test_employers_are_told_by_remark_then_by_address() -> None:
    names = ["Dana Ortiz (Guest)", "Sam", "jo@acme.example", "Kim (Globex)", "Mei", UNATTRIBUTED]
    emails = {
        "Ortiz, Dana": "d@mail.acme.co.uk",
        "Sam": "s@gmail.com",
        "Kim (Globex)": "k@acme.example",
        UNATTRIBUTED: "x@y.example",
    }
    assert employers(names, emails) == {"Dana Ortiz (Guest)": "acme", "jo@acme.example": "acme", "Kim (Globex)": "Globex"}


def test_an_address_that_may_be_of_two_people_is_of_neither() -> None:
    emails = {"Dana (Acme)": "d@acme.example", "Dana [Guest]": "d@bolt.example"}
    assert employers(["DANA"], emails) == {}


def test_names_that_programs_give_to_voices_are_known() -> None:
    for name in (
        "Speaker 1",
        "SPEAKER_00",
        "spk_0",
        "Speaker A",
        "@2",
        "B",
        "Participant 3",
        "Sprecherin 2",
        "7",
        "Unknown Speaker 2",
    ):
        assert is_numbered(name), name
    for name in ("Dana", "Dana 2", "Speaker", "Jo", "\u674e", "Conference Room 3"):
        assert not is_numbered(name), name
