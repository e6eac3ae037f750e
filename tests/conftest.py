"""What every test stands on: a home of its own, no provider's variables, no network but loopback."""

import gc
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from analyzer.settings import load
from analyzer.usecases.batch import UploadOptions
from analyzer.usecases.incoming import gather
from analyzer.usecases.looking import Said
from analyzer.usecases.upload import upload
from analyzer.workspace import Workspace
from tests.killed import Killer
from tests.running import EXAMPLES, Analyzer, Begin, Run
from tests.warm import Warm, warmed

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine fails nothing
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def hermetic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary home, and none of the variables that could point the product at a provider; returns the home."""
    for name in list(os.environ):
        if name.startswith(("ANALYZER_", "OPENAI_", "LANGCHAIN_", "LANGSMITH_", "AZURE_", "ANTHROPIC_", "MISTRAL_", "OLLAMA_")):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    monkeypatch.setenv("ANALYZER_HOME", str(home))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")  # nobody's own keys
    return home


@pytest.fixture
def home(hermetic: Path) -> Path:
    return hermetic


@pytest.fixture
def analyzer() -> Analyzer:
    """The command line in this process, piped: `analyzer("upload", path, "--json")`."""
    from analyzer.cli.main import main

    def run(*arguments: object) -> Run:
        out, err, argv, thresholds = io.StringIO(), io.StringIO(), sys.argv, gc.get_threshold()
        sys.argv = ["analyzer", *map(str, arguments)]
        try:
            with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as exit_:
                main()
        finally:
            sys.argv = argv
            gc.set_threshold(*thresholds)  # a command collects late, as it ends soon; this process goes on
        return Run(code=int(exit_.value.code or 0), out=out.getvalue(), err=err.getvalue())

    return run


@pytest.fixture(scope="session")
def killer() -> Iterator[Killer]:
    """A process that has imported everything and forks for each case; made once for each worker."""
    with Killer() as running:
        yield running


@pytest.fixture(scope="session")
def warm() -> Warm:
    """A process that has imported everything and forks for each command; made once for each worker that has such tests."""
    return warmed()


@pytest.fixture(scope="session")
def examples_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds two series of the examples, stored, indexed and read by the offline engine; made once for all workers."""
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "examples-home"
    with FileLock(f"{shared}.lock"):
        if not shared.exists():
            home = tmp_path_factory.mktemp("examples") / "home"
            home.mkdir(mode=0o700)
            shutil.copy(EXAMPLES / "practice.toml", home)
            for name, folder in (("Northgate Logistics", "northgate"), ("Meridian Biotech", "meridian")):
                files = sorted((EXAMPLES / folder).iterdir())
                with Workspace(load(environ={"ANALYZER_HOME": str(home)})) as ws:
                    added = upload(ws, gather(files), UploadOptions(said=Said(client=name)))
                    assert [row.status for row in added.meetings] == ["added"] * 3
            home.rename(shared)
    return shared


@pytest.fixture(scope="session")
def begun_homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("begun")


@pytest.fixture
def begun(home: Path, begun_homes: Path) -> Begin:
    """Fills this test's home, as it must be for every test of a kind, the first time; the others get a copy of that home.

    `begun("a kind", fill)`; what was set or filled before counts too, so that then nothing is taken from a copy.
    """

    def begin(kind: str, fill: Callable[[], object]) -> None:
        kept = begun_homes / kind
        own = home.exists() or {name for name in os.environ if name.startswith("ANALYZER_")} != {"ANALYZER_HOME"}
        if kept.exists() and not own:
            shutil.copytree(kept, home)
            return
        fill()
        if not own:
            shutil.copytree(home, kept)

    return begin


@pytest.fixture
def two_clients(home: Path, examples_home: Path) -> Path:
    """This test's own copy of that home: Northgate Logistics and Meridian Biotech, three meetings each."""
    shutil.copytree(examples_home, home)
    return home


@pytest.fixture
def practice(home: Path) -> Path:
    """A home that knows who is ours in the examples."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = home / "practice.toml"
    path.write_text((EXAMPLES / "practice.toml").read_text(encoding="utf-8"), encoding="utf-8")
    return path
