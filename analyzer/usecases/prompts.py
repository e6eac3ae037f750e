"""The wording of the prompts, and a person's own copies of it: seen whole, edited, put aside.

An own copy lies in the home and counts instead of the packaged file. Beside it stands a hash of what it was copied from, so
that it can be told when the packaged file has changed since. Readings keep the version that they were made with.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from analyzer.engines.llm import wording
from analyzer.errors import PromptUnusable
from analyzer.model.own import PromptEdited, PromptFile, PromptReset, PromptRow, Prompts, PromptText
from analyzer.model.results import Check, Failure
from analyzer.private_files import FILE, make_folder
from analyzer.usecases.writing import refusals_told, write_private
from analyzer.workspace import Workspace

PURPOSES = {
    "read": "marks in a meeting what was said, with its words",
    "judge": "weighs the marks whose words were found",
    "answer": "answers a question from passages of past meetings",
}
REPLACED = "replaced"
_COPIED_FROM = ".packaged"  # the end of the name of the file beside a copy that holds the hash


def show(ws: Workspace) -> Prompts:
    """Every prompt: whose copy counts, its version, its size, and what is wrong with an own copy."""
    own = ws.settings.prompts_folder
    rows = tuple(_row(task, own) for task in wording.TASKS)
    for row in rows:
        _tell_behind(ws, row)
    return Prompts(folder=str(own), prompts=rows)


def show_whole(ws: Workspace, task: str, *, packaged: bool = False) -> PromptText:
    """One prompt as the model gets it, or would get it without own copies. Raises PromptUnusable."""
    own = None if packaged else ws.settings.prompts_folder
    texts = wording.texts(task, own)
    row = _row(task, own)
    _tell_behind(ws, row)
    return PromptText(prompt=row, system=texts.system, user=texts.user)


def edit(
    ws: Workspace, task: str, part: str, opened: Callable[[Path], None], again: Callable[[PromptUnusable], bool]
) -> PromptEdited:
    """Let a person change their copy of one file (`part` is system, user or examples); it is made where there is none.

    `opened` returns when the person has done with the file; `again` is asked when what they made cannot be used. It is kept
    all the same. What is as packaged leaves no copy behind. Raises SettingsError where the home cannot be written.
    """
    own = ws.settings.prompts_folder
    name = next(file for file in wording.FILES if file.startswith(f"{part}."))
    path, packaged = own / task / name, wording.packaged(task, name)
    before = _version(task, own)
    with refusals_told(path):
        found = path.read_bytes() if path.exists() else None
    while True:
        with refusals_told(path):
            _copy(path, packaged)
            try:
                opened(path)
            finally:
                kept = _settled(path, packaged)
        now = _version(task, own)
        if isinstance(now, str) or now.file != f"{task}/{name}" or not again(now):
            break
    _tell_behind(ws, _row(task, own))
    after = path.read_bytes() if kept else None
    return PromptEdited(
        task=task,
        file=name,
        path=str(path) if kept else None,
        change="unchanged" if after == found else "changed" if kept else "as_packaged",
        before=before if isinstance(before, str) else None,
        now=now if isinstance(now, str) else None,
        failure=None if isinstance(now, str) else Failure(code=now.code, message=now.message, hint=now.hint),
    )


def reset(ws: Workspace, task: str, agreed: Callable[[Sequence[str]], bool]) -> PromptReset:
    """Put the own copies of a prompt aside, so that the packaged files count again; `agreed` is asked about their names.

    Nothing is deleted. Raises SettingsError where the home cannot be written.
    """
    own = ws.settings.prompts_folder
    names = wording.own_files(task, own)
    if not names or not agreed(names):
        return PromptReset(task=task, files=names, moved_to=None)
    with refusals_told(own):
        place = _unused(own / REPLACED, f"{ws.now():%Y-%m-%dT%H-%M-%S}") / task
        make_folder(place)
        for name in names:
            for moved in (own / task / name, _beside(own / task / name)):
                if moved.exists():
                    moved.rename(place / moved.name)
        _remove_if_empty(own / task)
    return PromptReset(task=task, files=names, moved_to=str(place))


def checks(ws: Workspace) -> Iterator[Check]:
    """What is wrong with a person's own copies, and what they should know about them; nothing where there are none."""
    own = ws.settings.prompts_folder
    for task in wording.TASKS:
        names = wording.own_files(task, own)
        if not names:
            continue
        fault = _version(task, own)
        behind = [name for name in names if _packaged_changed(own / task / name, wording.packaged(task, name))]
        if isinstance(fault, PromptUnusable):
            yield Check(name=f"prompt {task}", state="fail", detail=fault.message, mend=fault.hint)
        elif behind:
            detail = f"the packaged {', '.join(behind)} changed since your copy was made, which still counts"
            yield Check(name=f"prompt {task}", state="warn", detail=detail, mend=_mend(task))
        else:
            yield Check(name=f"prompt {task}", state="ok", detail=f"your copy of {', '.join(names)} counts")


def _row(task: str, own: Path | None) -> PromptRow:
    version = _version(task, own)
    usable = isinstance(version, str)
    return PromptRow(
        task=task,
        purpose=PURPOSES[task],
        files=tuple(_file(task, name, own) for name in wording.FILES),
        version=version if isinstance(version, str) else None,
        packaged_version=wording.check(task, None).version,
        tokens=wording.texts(task, own).tokens if usable else None,
        fault="" if isinstance(version, str) else version.message,
    )


def _file(task: str, name: str, own: Path | None) -> PromptFile:
    if own is None or name not in wording.own_files(task, own):
        return PromptFile(name=name, path=None, packaged_changed=None)
    path = own / task / name
    return PromptFile(name=name, path=str(path), packaged_changed=_packaged_changed(path, wording.packaged(task, name)))


def _packaged_changed(path: Path, packaged: str) -> bool | None:
    """Whether the packaged text is another one than that from which the copy was made; None for a copy that nobody knows."""
    try:
        return _beside(path).read_text(encoding="ascii").strip() != wording.digest(packaged)
    except (OSError, UnicodeDecodeError):
        return None


def _version(task: str, own: Path | None) -> str | PromptUnusable:
    """The version of the prompt that counts, or why it cannot be used."""
    try:
        return wording.check(task, own).version
    except PromptUnusable as fault:
        return fault


def _tell_behind(ws: Workspace, row: PromptRow) -> None:
    behind = [file.name for file in row.files if file.packaged_changed]
    if behind:
        told = f"the packaged {row.task}/{', '.join(behind)} changed since your copy was made, which still counts"
        ws.notice("prompt_behind", f"{told}: {_mend(row.task)}")


def _mend(task: str) -> str:
    return f"`analyzer prompts show {task} --packaged` shows it; `analyzer prompts reset {task}` puts yours aside and takes it"


def _copy(path: Path, packaged: str) -> None:
    """The packaged file as an own copy, with the hash of what it was made from beside it; one that is there stays."""
    make_folder(path.parent)
    if not path.exists():
        write_private(path, packaged)
        write_private(_beside(path), f"{wording.digest(packaged)}\n")


def _settled(path: Path, packaged: str) -> bool:
    """Whether there is an own copy that says something else than the packaged file; one that does not is taken away."""
    if path.exists():
        if os.name == "posix":
            path.chmod(FILE)  # an editor may have written a new file
        if not _same(path, packaged):
            return True
        path.unlink()
    _beside(path).unlink(missing_ok=True)
    _remove_if_empty(path.parent)
    return False


def _same(path: Path, packaged: str) -> bool:
    try:
        return path.read_text(encoding="utf-8-sig") == packaged
    except UnicodeDecodeError:
        return False


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}{_COPIED_FROM}")


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _unused(folder: Path, name: str) -> Path:
    """A place in the folder that is not there yet: the name, or it with a number."""
    place, number = folder / name, 1
    while place.exists():
        number += 1
        place = folder / f"{name}-{number}"
    return place
