"""The lock file: every dependency stands in it, at a version that we allow, with hashes; and what an audit of it says."""

import json
import re
import tomllib
from collections.abc import Mapping

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.audit import verdict
from tests.running import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
HASH = r" \\\n    --hash=sha256:[0-9a-f]{64}"
ENTRY = re.compile(rf"^(?P<name>[\w.-]+)==(?P<version>\S+)(?: ; (?P<marker>.*?))?(?:{HASH})+$", re.MULTILINE)
ENTRIES = [entry.groupdict() for entry in ENTRY.finditer(LOCK)]
WANTED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]


@pytest.mark.parametrize("wanted", WANTED)
def test_every_dependency_is_locked_at_a_version_that_is_allowed(wanted: str) -> None:
    requirement = Requirement(wanted)
    locked = [entry for entry in ENTRIES if entry["name"] == canonicalize_name(requirement.name)]
    assert locked
    assert all(requirement.specifier.contains(entry["version"]) for entry in locked)
    assert any(entry["marker"] is None or Marker(entry["marker"]).evaluate() for entry in locked)  # also for this Python


def test_every_line_is_a_package_with_its_hashes_and_no_place_to_fetch_it_from() -> None:
    rest = [line for line in ENTRY.sub("", LOCK).splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert rest == []
    assert len(ENTRIES) > len(WANTED)
    assert "://" not in LOCK


def report(*packages: Mapping[str, object]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


SOUND = {"name": "a", "version": "1", "vulns": []}
FLAWED = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"], "aliases": [], "description": ""}]}
UNKNOWN = {"name": "c", "skip_reason": "Dependency not found"}


def test_an_audit_fails_for_a_flaw_alone() -> None:
    told, code = verdict(report(SOUND, FLAWED), "")
    assert (code, told[0]) == (1, "VULNERABLE: b 2: PYSEC-1, mended in 2.1")
    assert verdict(report(SOUND), "") == (["1 packages audited: no known flaws."], 0)


def test_packages_that_the_index_does_not_know_are_counted_beside_those_that_it_knows() -> None:
    told, code = verdict(report(SOUND, UNKNOWN), "")
    assert (code, told) == (
        0,
        ["NOT AUDITED: 1 of 2 packages, which the index does not know.", "1 packages audited: no known flaws."],
    )


@pytest.mark.parametrize("written", ["", "{}", report(UNKNOWN)])
def test_what_could_not_be_audited_is_no_clean_bill(written: str) -> None:
    told, code = verdict(written, "Traceback\nConnectionError: no route")
    assert code == 0
    assert told[0].startswith("NOT AUDITED: ")
    assert not any("no known" in line for line in told)
