"""Nothing leaves: the main job with the network taken away, and not one attempt at a connection.

Where the system allows it, all of it runs in a network namespace of its own, which has no way out: an attempt counts there as
one without a route, whoever makes it, compiled code and the question for a name's address among them (but not a bare address of
IPv6, which the kernel refuses uncounted). Elsewhere Python's audit hook alone watches, and refuses. The name of the test says
which it was: `[namespace]` or `[audit hook]`.
"""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.running import EXAMPLES, ROOT

SILENCING = (
    *("ORT_", "CI", "PYTEST_", "GITHUB_", "GITLAB_", "TF_BUILD", "BUILDKITE", "TRAVIS", "JENKINS_", "TEAMCITY_"),
    "CODEBUILD_",
)
ALONE = ["unshare", "--map-root-user", "--net"]
WATCH = """
import os, sys

def seen(event, arguments):
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}:
        if event.startswith("socket.get") or arguments[0].family in {2, 10, 23, 30}:  # not a socket of this machine alone
            with open(os.environ["SEEN"], "a", encoding="utf-8") as file:
                file.write(f"{event} {arguments[1:]} {arguments[0]}\\n")
            raise OSError("the network was taken away")

sys.addaudithook(seen)
"""
MAIN_JOB = """
import sys
from contextlib import suppress
from analyzer.cli.main import main

out, *files = sys.argv[1:]
for command in (
    ("init", "--name", "Raman Studio", "--person", "Priya Raman", "--person", "Tom Ellery"),
    ("upload", *files, "--client", "Okafor Bakeries"),
    ("search", "the jobs on the wall"),
    ("ask", "Where were the jobs written?"),
    ("motives", "okafor"),
    ("brief", "okafor", "-o", f"{out}/brief.html"),
    ("brief", "okafor", "-o", f"{out}/brief.docx"),
    ("agenda", "okafor", "--yes", "-o", f"{out}/agenda.md"),
    ("doctor",),
):
    sys.argv = ["analyzer", *command]
    try:
        main()
    except SystemExit as end:
        assert not end.code, command
"""
FROM_COMPILED_CODE = """
import ctypes, socket, struct, sys
libc = ctypes.CDLL(None)
kind = {"tcp": socket.SOCK_STREAM, "udp": socket.SOCK_DGRAM}[sys.argv[1]]
address = struct.pack("=H", socket.AF_INET) + struct.pack("!H4s8x", 443, socket.inet_aton("192.0.2.1"))
libc.connect(libc.socket(socket.AF_INET, kind, 0), address, len(address))
"""


def way() -> str:
    """How the network can be taken away here."""
    try:
        able = subprocess.run([*ALONE, "cat", "/proc/net/snmp"], capture_output=True, timeout=10, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        able = False
    return "namespace" if able else "audit hook"


@pytest.fixture(params=[way()])
def taken_away(request: pytest.FixtureRequest) -> str:
    """`namespace` or `audit hook`."""
    return str(request.param)


def attempts(how: str, tmp_path: Path, program: str, *arguments: object) -> list[str]:
    """What a program tried to reach, as the audit hook and the kernel saw it, with all that would have it tell of itself."""
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    seen = tmp_path / "seen.txt"
    own = tmp_path / "own"  # where a library would keep a number for this machine, or what it could not send yet
    own.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(SILENCING)} | {
        "HOME": str(own),
        "XDG_CACHE_HOME": str(own),
        "XDG_CONFIG_HOME": str(own),
        "PYTHONPATH": os.pathsep.join((str(tmp_path / "watch"), str(ROOT))),
        "SEEN": str(seen),
        "LANGSMITH_TRACING": "true",
        "LANGCHAIN_TRACING_V2": "true",
        "LANGSMITH_API_KEY": "nobody's",
        "ANONYMIZED_TELEMETRY": "true",
        "CHROMA_ANONYMIZED_TELEMETRY": "true",
    }
    command = [sys.executable, "-c", program, *map(str, arguments)]
    if how == "namespace":
        count = (
            'python=$1; shift; "$python" "$@" || exit 1; echo; echo COUNTED; cat /proc/net/snmp /proc/net/snmp6 2>/dev/null; true'
        )
        command = [*ALONE, "sh", "-c", count, "sh", *command]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = seen.read_text(encoding="utf-8").splitlines() if seen.exists() else []
    found += [f"{path.relative_to(own)} was written" for path in own.rglob("*") if path.is_file()]
    return found + (unrouted(done.stdout.rsplit("COUNTED", 1)[1]) if how == "namespace" else [])


def unrouted(counters: str) -> list[str]:
    """What of the kernel's counters tells that somebody wanted out: they began at nothing, in a namespace of its own."""
    lines = [line.split() for line in counters.splitlines() if line.strip()]
    pairs = []
    for names, values in pairwise(lines):
        if names[0].endswith(":") and names[0] == values[0] and not values[1].isalpha() and names[1].isalpha():
            pairs += [(names[0] + name, value) for name, value in zip(names[1:], values[1:], strict=True)]
    pairs += [(line[0], line[1]) for line in lines if len(line) == 2]
    telling = ("OutNoRoutes", "ActiveOpens", "OutDatagrams", "OutRequests", "OutSegs")
    return [f"the kernel counted {value} {name}" for name, value in pairs if name.endswith(telling) and value != "0"]


def test_the_main_job_tries_no_connection(taken_away: str, tmp_path: Path, home: Path) -> None:
    found = attempts(taken_away, tmp_path, MAIN_JOB, tmp_path, EXAMPLES / "okafor" / "Call about Thursday.md")
    assert found == [], f"seen by the {taken_away}"
    assert {"brief.html", "brief.docx", "agenda.md"} <= {path.name for path in tmp_path.iterdir()}


def test_an_attempt_of_python_would_be_seen(taken_away: str, tmp_path: Path) -> None:
    tried = "import contextlib, urllib.request\nwith contextlib.suppress(OSError): urllib.request.urlopen('http://192.0.2.1/x')"
    assert any("192.0.2.1" in line for line in attempts(taken_away, tmp_path, tried))


@pytest.mark.parametrize("kind", ["tcp", "udp"])
def test_an_attempt_of_compiled_code_would_be_seen(taken_away: str, tmp_path: Path, kind: str) -> None:
    if taken_away != "namespace":
        pytest.skip("the audit hook sees Python alone: no network namespace may be made here")
    assert attempts(taken_away, tmp_path, FROM_COMPILED_CODE, kind) == ["the kernel counted 1 Ip:OutNoRoutes"]
