"""A client handed over with everything that a person can write about it."""

import datetime as dt
import shutil
from pathlib import Path

from analyzer.model.findings import Level, Outcome
from analyzer.model.person import Because, Choice
from analyzer.settings import load
from analyzer.usecases import decide, documents, motives, notes, outcomes, remember, saying, speakers
from analyzer.usecases.handover import handover
from analyzer.workspace import Workspace

CLIENT = "northgate-logistics"
FIRST, SECOND, THIRD = (f"{CLIENT}-{day}" for day in ("2025-09-17", "2025-11-20", "2026-02-11"))


def hand_over(examples: Path, folder: Path) -> Path:
    """The file, written by Priya Raman from the home beside it, of which it holds one client."""
    home, file = folder / "home", folder / "northgate.handover"
    shutil.copytree(examples, home)
    settings = load(environ={"ANALYZER_HOME": str(home), "ANALYZER_AUTHOR": "Priya Raman"})
    with Workspace(settings) as ws:
        notes.add(ws, CLIENT, "The board met.", date=dt.date(2026, 1, 12))
        decide.decide(ws, CLIENT, Choice.TAKE, note="Gern.", date=dt.date(2026, 1, 13))
        speakers.rename(ws, SECOND, "Graham Pell", "Graham M. Pell")
        motives.motives(ws, SECOND)
        saying.verdict(ws, SECOND, "1", Level.NONE, "Er meinte die andere Firma.")
        saying.dismiss(ws, FIRST, "1", 41, Because.IRONY)
        saying.mark(ws, SECOND, 8, "2")
        outcomes.outcome(ws, f"{FIRST}:92", Outcome.ADOPTED, "Seen in their plan.", dt.date(2026, 3, 1))
        remember.remember(ws, THIRD, 3)
        documents.keep_agenda(ws, documents.agenda(ws, CLIENT, documents.Asked(people=("Graham Pell",))))
        handover(ws, CLIENT, file)
    return file
