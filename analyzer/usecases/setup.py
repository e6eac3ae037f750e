"""Setting up a home: who we are, and the two files that a person edits."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from analyzer.errors import PracticeError, SettingsError, UsageError
from analyzer.model.results import SetUp
from analyzer.names import fold_name
from analyzer.practice import add_person, load
from analyzer.practice import template as practice_template
from analyzer.private_files import make_folder
from analyzer.settings import template as settings_template
from analyzer.usecases.household import close_to_others, tell_where
from analyzer.usecases.sides import out_of_step
from analyzer.usecases.writing import write_private
from analyzer.workspace import Workspace


def init(ws: Workspace, name: str, people: Sequence[str]) -> SetUp:
    """Write practice.toml and settings.toml where they are missing; what is there is kept as it is.

    Raises UsageError without names, SettingsError where the home cannot be made or written.
    """
    known = ws.settings.practice_path.exists()
    if not known and (not name.strip() or not all(fold_name(p) for p in people) or not people):
        raise UsageError("init needs the practice's name and at least one person", "analyzer init --name NAME --person NAME")
    home = ws.settings.home
    written, kept = [], []
    files = (
        (ws.settings.practice_path, practice_template(name, people)),
        (ws.settings.settings_path, settings_template()),
    )
    with _written_in(home):
        make_folder(home)
        close_to_others(ws)
        for path, text in files:
            if path.exists():
                kept.append(str(path))
            else:
                write_private(path, text)
                written.append(str(path))
    tell_where(ws)
    return _set_up(ws, written, kept)


def practice_add(ws: Workspace, name: str) -> SetUp:
    """Add one of our people to practice.toml.

    Raises PracticeError when there is no such file yet, SettingsError when it cannot be written.
    """
    path = ws.settings.practice_path
    if not path.exists():
        raise PracticeError("there is no practice.toml yet", "`analyzer init` makes it")
    if not fold_name(name):
        raise UsageError("a person needs a name", 'analyzer practice add "Tom Ellery"')
    load(path)
    with _written_in(ws.settings.home):
        write_private(path, add_person(path.read_text(encoding="utf-8"), name))
    return _set_up(ws, [str(path)], [], name)


@contextmanager
def _written_in(home: Path) -> Iterator[None]:
    """A disk that refuses, as a SettingsError that names the home."""
    try:
        yield
    except OSError as failure:
        raise SettingsError(
            f"{home} cannot be written: {failure.strerror or failure} ({failure.filename})",
            "set ANALYZER_HOME to a folder of your own, or clear that place",
        ) from failure


def _set_up(ws: Workspace, written: Sequence[str], kept: Sequence[str], person: str | None = None) -> SetUp:
    practice = load(ws.settings.practice_path)
    behind = out_of_step(ws, ws.store.meetings(), person) if ws.settings.record_path.exists() else []
    return SetUp(
        home=str(ws.settings.home),
        written=tuple(written),
        kept=tuple(kept),
        people=tuple(p.name for p in practice.people),
        older_meetings=tuple(head.slug for head, _ in behind),
    )
