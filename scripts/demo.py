"""The main job on the transcripts in `examples/`, in a temporary home: `make demo`.

Shows each command as it is typed and what it prints; writes a brief and an agenda to `demo-out/`.
"""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "demo-out"
NEXT_MEETING = "2026-03-02"  # shortly after the last of the example meetings
ANALYZER = Path(sys.executable).with_name("analyzer")


def main() -> int:
    """Run the demonstration; returns the exit code of the first command that fails, else 0."""
    started = time.monotonic()
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="analyzer-demo-") as home:
        shutil.copy(ROOT / "examples" / "practice.toml", home)
        for arguments in steps():
            print(f"\n$ analyzer {shlex.join(arguments)}", flush=True)
            done = subprocess.run([ANALYZER, *arguments], cwd=ROOT, env={**os.environ, "ANALYZER_HOME": home}, check=False)
            if done.returncode:
                return done.returncode
    print(f"\nDone in {time.monotonic() - started:.0f} s. The brief and the agenda are in {OUT.relative_to(ROOT)}/.")
    return 0


def steps() -> list[list[str]]:
    """The commands: every series of examples is one client, then one client is looked at closely."""
    uploads = [
        ["upload", *sorted(str(f.relative_to(ROOT)) for f in folder.iterdir()), "--client", name]
        for name, folder in (
            ("Northgate Logistics", ROOT / "examples" / "northgate"),
            ("Meridian Biotech", ROOT / "examples" / "meridian"),
            ("Okafor & Daughters Bakeries", ROOT / "examples" / "okafor"),
        )
    ]
    brief, agenda = "demo-out/northgate-brief.md", "demo-out/northgate-agenda.md"
    return [
        *uploads,
        ["clients"],
        ["motives", "northgate"],
        ["ask", "How many weeks until peak?", "--client", "northgate"],
        ["brief", "northgate", "--date", NEXT_MEETING, "-o", brief, "--force"],
        ["agenda", "northgate", "--with", "Graham Pell", "--date", NEXT_MEETING, "-o", agenda, "--force", "--yes"],
    ]


if __name__ == "__main__":
    sys.exit(main())
