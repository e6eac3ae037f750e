"""Looks the locked dependencies up among known vulnerabilities: `make audit`.

Ends with 1 only where one is found. Where the index of vulnerabilities cannot be reached, or knows nothing of a package, that
is said: it is no clean bill.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"
OPTIONS = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json")


def main() -> int:
    """Ask pip-audit, which asks the Python Package Index."""
    command = [sys.executable, "-m", "pip_audit", "-r", str(LOCK), *OPTIONS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told, code = verdict(done.stdout, done.stderr)
    print("\n".join(told))
    return code


def verdict(report: str, errors: str) -> tuple[list[str], int]:
    """What to print, and the exit code, for what pip-audit wrote to its two streams."""
    try:
        packages: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        last = (errors.strip().splitlines() or ["pip-audit said nothing"])[-1]
        return ["NOT AUDITED: the index of vulnerabilities cannot be reached from here, or pip-audit failed.", f"  {last}"], 0
    known = [package for package in packages if "skip_reason" not in package]
    found = [(package, flaw) for package in known for flaw in package["vulns"]]
    told = [f"VULNERABLE: {package['name']} {package['version']}: {_told(flaw)}" for package, flaw in found]
    if not known:
        told.append(f"NOT AUDITED: the index that answers here knows of none of the {len(packages)} packages.")
    elif len(known) < len(packages):
        told.append(f"NOT AUDITED: {len(packages) - len(known)} of {len(packages)} packages, which the index does not know.")
    if known:
        told.append(f"{len(known)} packages audited: {len(found) or 'no'} known {'flaw' if len(found) == 1 else 'flaws'}.")
    return told, 1 if found else 0


def _told(flaw: dict[str, Any]) -> str:
    return f"{flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'no version yet'}"


if __name__ == "__main__":
    sys.exit(main())
