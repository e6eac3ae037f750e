"""Writes a small home of two invented clients, for the tests of later versions: `python -m scripts.make_home VERSION`.

Run it with the code of the version that is about to be released. It leaves `home.zip` and `expected.json` in
`tests/data/homes/VERSION`: what every later version has to open, and what must then be found in it. Archives of released
versions are never made anew, as they show what that version really wrote; `--force` is for one that is not released yet.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

HOMES = Path(__file__).resolve().parent.parent / "tests" / "data" / "homes"

PRACTICE = ("--name", "Raman Studio", "--person", "Priya Raman", "--person", "Tom Ellery")
ROTA = """\
Priya Raman: Thank you for having us. Where does the night rota stand?
Jörg Weiß: The structure is settled. The board wants to see an outside name on the paper, so we need your stamp on it.
Priya Raman: I would recommend that you try it on one dock for two weeks first.
Jörg Weiß: We can do that. I will send you the dock list by Friday.
Speaker 3: The dock foremen have not been asked at all.
Priya Raman: Then I will call two of them before the tenth of March.
Jörg Weiß: Honestly it is decided. We only need the report to say so.
"""
DOCKS = """\
Priya Raman: You tried it on one dock, then?
Jörg Weiß: We did, as you advised. It ran for two weeks and the foremen liked the shorter handover.
Anaïs Köhler: The spare crane stood idle for most of it, we have room there that nobody uses.
Priya Raman: I can write that up for you by the end of the month.
Jörg Weiß: Please do. And tell us how your own business is doing.
"""
BAKERY = Path(__file__).resolve().parent.parent / "examples" / "okafor" / "Call about Thursday.md"  # long enough to be read
LOOKED_FOR = {  # and what is then found
    "is there a spare crane": "The spare crane stood idle for most of it",
    "were the dock foremen asked": "The dock foremen have not been asked at all.",
    "where were the jobs written in flour": "I wrote the jobs on the wall, in flour.",
}

Json = Callable[..., Any]


def main() -> int:
    """Write the archive and the facts; returns 2 when it is there already or when another version's code runs."""
    from analyzer import __version__

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("version", help="the version whose code runs this")
    parser.add_argument("--force", action="store_true", help="overwrite what is there: only before that version is released")
    parser.add_argument("--into", type=Path, default=HOMES, help="the folder of all homes")
    chosen = parser.parse_args()
    folder = chosen.into / chosen.version
    if chosen.version != __version__:
        print(f"this is the code of version {__version__}, not of {chosen.version}", file=sys.stderr)
        return 2
    if folder.exists() and not chosen.force:
        print(f"{folder} is there already; a released version's home is never made anew (--force)", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="analyzer-home-") as scratch:
        home = Path(scratch) / "home"
        write(running(home), Path(scratch))
        expected = facts(running(home))
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        pack(home, folder / "home.zip")
    told = json.dumps(expected, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "expected.json").write_text(f"{told}\n", encoding="utf-8")
    print(f"wrote {folder}: {(folder / 'home.zip').stat().st_size:,} bytes")
    return 0


def running(home: Path) -> Json:
    """The command line over a home: what it answers as JSON."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ANALYZER_")}
    own = {"ANALYZER_HOME": str(home), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}

    def run(*arguments: object) -> Any:
        command = [sys.executable, "-m", "analyzer", *map(str, arguments), "--json"]
        done = subprocess.run(command, env=kept | own, capture_output=True, text=True, encoding="utf-8", check=False)
        if done.returncode:
            raise SystemExit(f"analyzer {' '.join(map(str, arguments))}: {done.stdout}{done.stderr}")
        return json.loads(done.stdout)["data"]

    return run


def write(run: Json, scratch: Path) -> None:
    """Everything that a person can leave in a home, at least once each."""
    run("init", *PRACTICE)
    for name, text, day in (("rota.txt", ROTA, "2026-03-02"), ("docks.txt", DOCKS, "2026-04-07")):
        path = scratch / name
        path.write_text(text.replace("\n", "\n\n"), encoding="utf-8")
        run("upload", path, "--client", "Weiß Häfen", "--date", day)
    run("upload", BAKERY, "--client", "Okafor Bakeries")
    rota, docks = (meeting["slug"] for meeting in sorted(run("meetings", "Weiß Häfen")["meetings"], key=lambda m: str(m["date"])))
    run("speakers", "rename", rota, "Speaker 3", "Anaïs Köhler")
    run("sides", docks, "--other", "Anaïs Köhler")
    run("amend", docks, "--title", "Nach dem Probelauf")
    run("clients", "rename", "Okafor Bakeries", "Okafor & Daughters Bakeries")
    run("clients", "set", "Weiß Häfen", "--offline-only")
    run("verdict", rota, "1", "strong", "--note", "Er sagte es zweimal.")
    run("verdict", docks, "4", "none")
    run("mark", rota, "3", "--turn", "1")
    bakery = run("meetings", "Okafor & Daughters Bakeries")["meetings"][0]["slug"]
    weighed = next(sign for sign in run("motives", bakery)["signs"] if sign["evidence"])
    run("dismiss", bakery, weighed["id"], "--turn", weighed["evidence"][0]["turn"], "--because", "irony")
    run("outcome", f"{rota}:2", "adopted", "--note", "Seen on the dock.", "--date", "2026-04-07")
    run("promise", "done", run("promises", "Weiß Häfen")["promises"][0]["id"], "--note", "Per E-Mail.", "--date", "2026-03-06")
    run("remember", docks, "--turn", "2")
    run("note", "Weiß Häfen", "Der Vorstand hat den Bericht verschoben.", "--date", "2026-04-20")
    run("note", "Okafor & Daughters Bakeries", "She sounded tired.", "--kind", "impression", "--date", "2026-01-21")
    run("decide", "Weiß Häfen", "take-with-conditions", "--note", "Erst die Vorarbeiter.", "--date", "2026-04-21")
    run("agenda", "Weiß Häfen", "--date", "2026-05-04", "--yes", "-o", scratch / "talk.md")


def facts(run: Json) -> dict[str, Any]:
    """What has to be found in the home by every later version, from what commands tell as JSON; ids and wordings are left out."""
    clients = sorted(run("clients")["clients"], key=lambda client: str(client["name"]))
    return {
        "clients": {client["name"]: _client(run, client) for client in clients},
        "meetings": {meeting["slug"]: _meeting(run, meeting) for meeting in run("meetings")["meetings"]},
        "found": {asked: _found(run, asked, words) for asked, words in LOOKED_FOR.items()},
    }


def _client(run: Json, client: Any) -> dict[str, Any]:
    name = client["name"]
    return {
        "meetings": client["meetings"],
        "stage": client["stage"],
        "notes": sorted([note["kind"], note["date"], note["text"]] for note in run("note", name)["notes"]),
        "decisions": [[made["choice"], made["date"], made["note"]] for made in run("decide", name)["decisions"]],
    }


def _found(run: Json, asked: str, words: str) -> list[str]:
    """The words and the client whose passage holds them, where that one comes first."""
    hits = run("search", asked, "--all-clients", "-k", 1)["hits"]
    return [f"{words} {hit['client_name']}" for hit in hits if words in hit["text"]]


def _meeting(run: Json, meeting: Any) -> dict[str, Any]:
    slug = meeting["slug"]
    read = run("motives", slug)
    signs = read["signs"]
    promises = run("promises")["promises"]
    return {
        "client": meeting["client_name"],
        "date": meeting["date"],
        "title": meeting["title"],
        "readings": meeting["readings"],
        "said": [[turn["speaker"], turn["side"], turn["text"]] for turn in run("show", slug)["turns"]],
        "levels": {sign["id"]: sign["level"] for sign in signs},
        "quotes": {sign["id"]: [seen["quote"] for seen in sign["evidence"]] for sign in signs},
        "verdicts": {sign["id"]: [sign["person"]["level"], sign["person"]["note"]] for sign in signs if sign["person"]},
        "dismissed": {sign["id"]: [gone["evidence"]["turn"] for gone in sign["dismissed"]] for sign in signs},
        "marked": {sign["id"]: [seen["turn"] for seen in sign["marked"]] for sign in signs},
        "promises": [row["promise"]["what"] for row in promises if row["slug"] == slug],
        "closed": [row["what"] for row in read["commitments"] if row["status"] in ("done", "dropped")],
        "advice": [[row["what"], row["outcome"]] for row in read["recommendations"]],
        "remembered": [kept["quote"] for kept in run("remember", slug)["words"]],
    }


def pack(home: Path, archive: Path) -> None:
    """All files of the home in one archive: databases change in no byte on their way through version control."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(home.rglob("*")):
            if path.is_file():
                packed.write(path, path.relative_to(home).as_posix())


if __name__ == "__main__":
    sys.exit(main())
