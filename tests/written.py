"""The documents of two clients by each engine, on a fixed day, as they are kept in `tests/data/documents`.

`python -m tests.written` writes them anew; what changed is then to be read as a consultant would read it.
"""

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from analyzer.settings import load
from analyzer.usecases import briefs, documents
from analyzer.usecases.motives import motives
from analyzer.workspace import Workspace
from tests.model_server import ModelServer
from tests.recorded import Recorded
from tests.running import EXAMPLES

KEPT = Path(__file__).parent / "data" / "documents"
ENGINES = ("offline", "llm")
CLIENTS = {"northgate-logistics": "Graham Pell", "meridian-biotech": "Fergus Dunlop"}
TODAY = dt.datetime(2026, 4, 28, 9, 30, tzinfo=dt.UTC)
_KNOWN = re.compile(r" \(when the reader said so: [^)]*\)")
_VERSION = re.compile(r"(read by \w+) \([^)]*\)")


def all_written(home: Path, engine: str, environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each document's file name and text, of a home where both clients are read; how good a reader is, is left out."""
    with Workspace(load({"engine": engine}, {**environ, "ANALYZER_HOME": str(home)}), now=lambda: TODAY) as ws:
        for client, partner in CLIENTS.items():
            motives(ws, client, engine)
            brief = briefs.brief(ws, client, engine=engine)
            yield f"{client}-{engine}-brief.md", _text(briefs.drawn_brief(ws, brief, "md", None))
            short = briefs.brief(ws, client, engine=engine, quick=True)
            yield f"{client}-{engine}-short.md", _text(briefs.drawn_brief(ws, short, "md", None, short=True))
            for name, asked in (
                ("talk", documents.Asked(people=(partner,), minutes=60, invite=True)),
                ("talk-30", documents.Asked(minutes=30)),
            ):
                yield f"{client}-{engine}-{name}.md", _text(documents.agenda(ws, client, asked).finished(ws, "md"))
            last = brief.stance.path[-1].slug if brief.stance else ""
            yield f"{client}-{engine}-recap.md", _text(documents.recap(ws, last).finished(ws, "md"))


def _text(data: bytes) -> str:
    return _VERSION.sub(r"\1 (…)", _KNOWN.sub("", data.decode()))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, ModelServer(Recorded()) as server:
        home = Path(folder) / "home"
        home.mkdir(mode=0o700)
        shutil.copy(EXAMPLES / "practice.toml", home)
        for name, series in (("Northgate Logistics", "northgate"), ("Meridian Biotech", "meridian")):
            files = map(str, sorted((EXAMPLES / series).iterdir()))
            command = [sys.executable, "-m", "analyzer", "upload", *files, "--client", name]
            subprocess.run(command, env={**os.environ, "ANALYZER_HOME": str(home)}, check=True, stdout=subprocess.DEVNULL)
        model = {"ANALYZER_BASE_URL": server.url, "ANALYZER_MODEL": "recorded"}
        KEPT.mkdir(exist_ok=True)
        for engine in ENGINES:
            for name, text in all_written(home, engine, model):
                (KEPT / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
