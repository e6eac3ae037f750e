"""Passages that were found, as text for a terminal."""

import datetime as dt

import pytest
from rich.console import Console

from analyzer.model.insight import Hit, Hits, Understood
from analyzer.rendering import found

TEXT = "Ana Ruiz: The zeppelin is late again.\nHoward Pell: So noted.\nAna Ruiz: Nobody told the guard about the zeppelin."
DAY = dt.date(2026, 3, 4)


def hit(first: int = 4, excerpt: tuple[tuple[int, int], ...] = ((0, len(TEXT)),), text: str = TEXT, score: float = 1.0) -> Hit:
    return Hit(
        meeting="m_1",
        slug="aster-mills-2026-03-04",
        client="c_1",
        client_name="Aster Mills",
        date=DAY,
        first_turn=first,
        last_turn=first + text.count("\n"),
        start=60.0,
        score=score,
        text=text,
        turn=first,
        heard_at=61.0,
        speakers=("Ana Ruiz", "Howard Pell"),
        marks=tuple((at, at + 8) for at in range(len(text)) if text.startswith("zeppelin", at)),
        excerpt=excerpt,
    )


def hits(*some: Hit) -> Hits:
    searched = {"clients": 1, "meetings": 2, "passages": 30}
    return Hits(query="zeppelin", hits=some, searched=searched, understood=Understood(matter="zeppelin"), within="Aster Mills")


def printed(result: Hits, *, width: int = 60, terminal: bool = False, full: bool = False) -> str:
    console = Console(width=width, force_terminal=terminal, color_system="standard" if terminal else None, highlight=False)
    with console.capture() as captured:
        console.print(found.hits(result, full=full))
    return captured.get()


def test_the_words_looked_for_are_bold_on_a_terminal_and_bare_in_a_pipe() -> None:
    assert printed(hits(hit()), terminal=True).count("\x1b[1mzeppelin\x1b[0m") == 2
    assert "\x1b" not in printed(hits(hit()))


def test_sixty_columns_are_enough_and_keep_the_command_in_one_line() -> None:
    lines = printed(hits(hit())).splitlines()
    assert max(map(len, lines)) <= 60
    assert "  analyzer show aster-mills-2026-03-04 --turn 4" in [line.rstrip() for line in lines]
    assert "Aster Mills, 4 Mar 2026 at 1:01: Ana Ruiz, Howard Pell" in lines[0]


@pytest.mark.parametrize(
    ("excerpt", "shown"),
    [
        (((0, 37),), ["Ana Ruiz: The zeppelin is late again.", "..."]),
        (((61, len(TEXT)),), ["...", "Ana Ruiz: Nobody told the guard about the zeppelin."]),
        (((0, 37), (61, len(TEXT))), [*TEXT.splitlines()[:1], "...", *TEXT.splitlines()[2:]]),
        (((0, 22), (38, 60)), ["Ana Ruiz: The zeppelin ...", "Howard Pell: So noted.", "..."]),
        (((61, 70), (83, len(TEXT))), ["...", "Ana Ruiz: ... the guard about the zeppelin."]),
        (((0, 60), (61, 82)), [*TEXT.splitlines()[:2], "Ana Ruiz: Nobody told ..."]),
    ],
)
def test_dots_stand_for_what_is_left_out(excerpt: tuple[tuple[int, int], ...], shown: list[str]) -> None:
    lines = [line.strip() for line in printed(hits(hit(excerpt=excerpt)), width=200).splitlines()]
    assert lines[1 : lines.index("analyzer show aster-mills-2026-03-04 --turn 4")] == shown


def test_what_follows_stands_under_the_same_place_in_the_order_of_its_time() -> None:
    later = hit(7, text="Howard Pell: Which zeppelin?", excerpt=((0, 28),), score=2.0)
    out = printed(hits(later, hit()), width=200)
    assert out.count("analyzer show") == 1
    assert "--turn 7" in out
    assert out.index("late again") < out.index("Which zeppelin?")


def test_beside_the_best_of_a_place_only_what_has_the_words_is_shown_unless_all_is_asked_for() -> None:
    beside = hit(7, text="Howard Pell: Tea, anybody?", excerpt=((0, 26),), score=0.5)
    assert "Tea" not in printed(hits(hit(), beside), width=200)
    assert "Tea" in printed(hits(hit(), beside), width=200, full=True)


def test_markup_in_what_was_said_stays_as_it_is() -> None:
    said = "Ana Ruiz: the [bold]zeppelin[/bold] and [link=x]more"
    assert "[bold]zeppelin[/bold] and [link=x]more" in printed(hits(hit(text=said, excerpt=((0, len(said)),))), width=200)


def test_where_some_follow_one_another_the_places_are_counted_too() -> None:
    later = hit(7, text="Howard Pell: Which zeppelin?", excerpt=((0, 28),))
    elsewhere = hit(20)
    assert "3 in 2 places, out of 30 passages" in " ".join(printed(hits(later, hit(), elsewhere)).split())
    assert "2 out of 30 passages" in printed(hits(hit(), elsewhere))


def test_where_no_word_was_said_that_is_told() -> None:
    unsaid = hit(7, text="Howard Pell: Which balloon?", excerpt=((0, 27),))
    told = "None of the words is said in this passage; it is the nearest in meaning."
    assert told in printed(hits(unsaid), width=200)
    assert "they are the nearest in meaning" in printed(hits(unsaid, unsaid), width=200)
    assert "None of the words" not in printed(hits(unsaid, hit()), width=200)
