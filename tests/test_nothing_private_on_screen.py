"""What a terminal shows of an agenda or a recap is looked through as it is drawn, since it is copied from there into mails."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.agenda import Agenda, ClientSafe, OpenPromise, Recap, SaidThere, Sharing
from analyzer.rendering import agenda_page, page_terminal, recap_page
from analyzer.usecases.agenda import Asked, plan_agenda
from analyzer.usecases.leaks import PrivateWords
from analyzer.usecases.outgoing import Leak, on_screen

TODAY = dt.date(2026, 3, 9)
SECRET = "the finance head left us on Tuesday"
FORBIDDEN = PrivateWords(names=("Globex Forge",), people=("Marek Novak",), texts=(f"Dana says {SECRET}",))
GIVEN_AWAY = st.sampled_from((SECRET, SECRET.upper(), "Globex Forge", "Marek Novak"))
BETWEEN = st.sampled_from((" ", "  ", "\n", "\n\n", "\n- ", "\n    - ", " **", " _", "\u200b ", " \x1b ", "\x07 ", ", "))


def planned(*doing: str) -> Agenda:
    safe = ClientSafe(client="Tarn Mills", practice="Us", people=(), sharing=Sharing(doing=doing))
    return plan_agenda(safe, TODAY, Asked(day=TODAY))


def recap(told: str) -> Recap:
    said = SaidThere(text=told, speaker="Iris Vance")
    promise = OpenPromise(who="Iris Vance", what="Send the list", to=None, due=None, due_date=None)
    return Recap(
        client="Tarn Mills",
        practice="Us",
        people=("Iris Vance",),
        date=TODAY,
        decided=(said,),
        promises=(promise,),
        questions=(),
    )


@given(secret=GIVEN_AWAY, data=st.data())
def test_what_a_person_wrote_is_looked_through(secret: str, data: st.DataObject) -> None:
    document = planned()
    draft = agenda_page.draft(agenda_page.page(document))
    written = "".join(f"{word}{data.draw(BETWEEN)}" for word in secret.split())
    gaps = [at for at, character in enumerate(draft) if character == " "]
    at = data.draw(st.sampled_from(gaps))
    with pytest.raises(Leak):
        on_screen(dataclasses.replace(document, edited=f"{draft[:at]} {written} {draft[at:]}"), FORBIDDEN)
    assert on_screen(dataclasses.replace(document, edited=draft), FORBIDDEN).text == draft.rstrip("\n")


@given(secret=GIVEN_AWAY)
def test_what_is_planned_is_looked_through(secret: str) -> None:
    for document in (planned(secret), recap(secret)):
        with pytest.raises(Leak):
            on_screen(document, FORBIDDEN)


def test_what_is_shown_is_the_page_that_the_files_hold() -> None:
    agenda, mail = planned("Two proposals are out"), recap("We begin with Leeds")
    assert on_screen(agenda, FORBIDDEN).text == page_terminal.page(agenda_page.page(agenda)).text
    assert on_screen(mail, FORBIDDEN).text == page_terminal.page(recap_page.page(mail)).text


def test_words_that_a_person_lets_pass_are_shown() -> None:
    assert "Globex Forge" in on_screen(planned("Two days at Globex Forge"), FORBIDDEN, ("globex forge",)).text
