"""Where the home and the documents lie, and who else could get at them: what doctor tells of it, and what init puts right."""

import os
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from analyzer.disks import encrypted
from analyzer.errors import AnalyzerError
from analyzer.model.results import Check
from analyzer.private_files import left_over, open_to_others, shut
from analyzer.relationship.words import count
from analyzer.usecases.writing import syncing
from analyzer.workspace import Workspace

OK, WARN = "ok", "warn"
GUIDE = "docs/security.md"
_NAMED = 3  # of many places, in one line
_FOLDERS = ("index", "prompts", "drafts")
_FILES = (  # as their names begin
    *("record.sqlite3", "practice", "settings.toml"),
    *("forgotten.json", "forgetting.lock", "copies.lock", "copy-"),
)


def checks(ws: Workspace) -> Iterator[Check]:
    """The home, who may read it, who carries it or its documents elsewhere, and the disk below; nothing is changed."""
    home = ws.settings.home
    if not home.exists():
        yield Check(name="home", state=WARN, detail=f"{home} does not exist yet", mend="`analyzer init` makes it")
        return
    yield _modes(home, ws.settings.sources["home"])
    if halves := list(left_over(home)):
        detail = f"{count(len(halves), 'half-written file')} of a command that was cut off: {_some(halves, home)}"
        yield Check(name="left over", state=WARN, detail=detail, mend=f"rm {' '.join(shlex.quote(str(one)) for one in halves)}")
    yield _sync(home)
    yield from _documents(ws)
    yield _disk(home)


def close_to_others(ws: Workspace) -> None:
    """Take from others what they can do in a home that holds nothing but ours; of any other they are told, and it stays.

    Raises OSError where the home is not ours to change.
    """
    home = ws.settings.home
    if os.name != "posix" or not (opened := open_to_others(home)):
        return
    strangers = sorted(one.name for one in home.iterdir() if not _is_ours(one.name))
    if strangers:
        told = f"others on this machine may look into {home}, which also holds {_named(strangers)} and was left as it is"
        ws.notice("open_to_others", f"{told}: {_mend(home)}")
        return
    shut(home)
    if left := open_to_others(home):
        told = f"others on this machine may get at {count(len(left), 'place')} in {home}: the disk that it lies on keeps no modes"
        ws.notice("open_to_others", f"{told}; ANALYZER_HOME sets another place ({GUIDE})")
        return
    ws.notice(
        "closed_to_others", f"others on this machine could get at {count(len(opened), 'place')} in {home}; now only you can"
    )


def tell_where(ws: Workspace) -> None:
    """Say what a person should know of the place that the home has: that a service copies it to other machines."""
    if service := syncing(ws.settings.home):
        ws.notice("synced_home", f"{_carried(service, ws.settings.home)}; ANALYZER_HOME sets another place ({GUIDE})")


def _modes(home: Path, source: str) -> Check:
    if loose := open_to_others(home):
        told = f"others on this machine may get at {count(len(loose), 'place')}: {_some(loose, home)}"
        return Check(name="home", state=WARN, detail=told, mend=_mend(home))
    return Check(name="home", state=OK, detail=f"{home} ({source})")


def _sync(home: Path) -> Check:
    if service := syncing(home):
        mend = f"move the folder to a place that is not synced, and set ANALYZER_HOME to that; {GUIDE} says more"
        return Check(name="synced home", state=WARN, detail=_carried(service, home), mend=mend)
    return Check(name="synced home", state=OK, detail="no service is known to copy it to other machines")


def _documents(ws: Workspace) -> Iterator[Check]:
    """The folders into which private documents were written, as far as they are still there."""
    if not ws.settings.record_path.exists():
        return
    try:
        exports = ws.store.exports([head.id for head in ws.store.meetings()])
    except AnalyzerError:  # the record's own check says so
        return
    there = (Path(one.path) for one in exports if one.kind not in _TO_SEND and os.path.exists(one.path))  # noqa: PTH110
    folders = sorted({path if path.is_dir() else path.parent for path in there})
    carried = [(folder, service) for folder in folders if (service := syncing(folder))]
    if carried:
        listed = ", ".join(f"{folder} ({service})" for folder, service in carried[:_NAMED])
        more = f" and {len(carried) - _NAMED} more" if len(carried) > _NAMED else ""
        detail = f"private documents lie where they are copied to other machines: {listed}{more}"
        yield Check(name="synced documents", state=WARN, detail=detail, mend="move those documents, or remove them")


_TO_SEND = frozenset({"agenda", "recap", "letter"})


def _disk(home: Path) -> Check:
    known = encrypted(home)
    if known is None:
        return Check(name="disk", state=OK, detail=f"whether it is encrypted cannot be told from here; {GUIDE} says how to see")
    if known:
        return Check(name="disk", state=OK, detail="encrypted")
    detail = "not encrypted, as far as the system tells: who has the machine can read everything"
    return Check(name="disk", state=WARN, detail=detail, mend=f"{GUIDE} says how to turn it on")


def _carried(service: str, home: Path) -> str:
    return f"{service} copies {home} to other machines, and can damage a record that is in use"


def _is_ours(name: str) -> bool:
    return name in _FOLDERS or name.lstrip(".").startswith(_FILES)


def _mend(home: Path) -> str:
    """The command, with the place itself where the home is a link to it: not every `chmod -R` follows one."""
    return f"chmod -R go-rwx {shlex.quote(os.path.realpath(home) if home.is_symlink() else str(home))}"


def _some(places: Sequence[Path], home: Path) -> str:
    return _named([str(one.relative_to(home)) if one != home else "the home itself" for one in places])


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"
