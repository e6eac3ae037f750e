"""Tables at a terminal: what is typed again stands there whole, however narrow it is."""

import datetime as dt
import io

import pytest
from rich.console import Console, RenderableType

from analyzer.model.findings import Level, SignId, Stance
from analyzer.model.results import ClientRow, Clients, MeetingRow, Meetings
from analyzer.rendering import terminal

LONG = "united-harbours-and-inland-waterways-company-of-the-western-islands"


def first_column(table: RenderableType, width: int) -> str:
    """What stands in the first column, its lines joined."""
    out = io.StringIO()
    Console(file=out, width=width).print(table)
    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    return "".join(line.split("  ")[0].strip() for line in lines)


@pytest.mark.parametrize("width", [50, 80, 200])
def test_names_that_commands_take_are_never_cut(width: int) -> None:
    day = dt.date(2026, 3, 9)
    client = ClientRow(
        id="c_1",
        slug=LONG,
        name="X",
        stage="active",
        meetings=3,
        first=day,
        last=day,
        stance=Stance.UNKNOWN,
        signs={sign.value: Level.WEAK for sign in SignId},
    )
    meeting = MeetingRow(
        id="m_1",
        slug=f"{LONG}-2026-03-09",
        client="c_1",
        client_name="X",
        date=day,
        title="After the readout",
        turns=106,
        readings=("offline", "llm"),
    )
    assert LONG in first_column(terminal.clients(Clients(clients=(client,))), width)
    assert f"{LONG}-2026-03-09" in first_column(terminal.meetings(Meetings(meetings=(meeting,))), width)
