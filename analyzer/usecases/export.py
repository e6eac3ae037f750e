"""Everything that is kept on a client as files that anybody can read, or all of it that may be handed to the client."""

import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analyzer.errors import AnalyzerError, UsageError
from analyzer.model.copies import ExportedClient, ExportedFile
from analyzer.model.meetings import Client
from analyzer.private_files import make_folder, shut, write
from analyzer.rendering import export_pages
from analyzer.rendering.values import plain
from analyzer.store import MeetingHead
from analyzer.usecases import resolve
from analyzer.usecases.halves import NAMED, PART, held, remove_abandoned
from analyzer.usecases.show import show
from analyzer.usecases.writing import agreed_place, note_copy
from analyzer.workspace import Workspace

INDEX = "INDEX.md"
_WORDS = ("notes", "decisions", "verdicts", "dismissals", "marks", "outcomes", "remembered")
_PRIVATE = ("assessments", *_WORDS, "agendas")  # what is told to be left out of what is handed over, by table
_NAMES = {"assessments": "readings", "remembered": "remembered words"}
_LONGEST = 80
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)\d")  # no file may be called so on Windows


def export(ws: Workspace, ref: str, folder: Path, *, for_client: bool = False, overwrite: bool = False) -> ExportedClient:
    """Write everything on a client, or with `for_client` what may be handed over, into this folder: all of it, or nothing.

    Raises NotFound; UsageError for a folder that holds something already, and for a place where nothing can be written.
    """
    client = resolve.client(ws.store, ref)
    remove_abandoned(_written_as(folder))
    _check_place(ws.settings.home, folder, overwrite=overwrite)
    agreed_place(ws, folder, f"what {client.name} may have" if for_client else f"everything on {client.name}")
    with _beside(folder) as place:
        files = _Files(place)
        heads = ws.store.meetings(client.id)
        handed = [head for head in heads if not (for_client and head.confidential)]
        everything = ws.store.everything(client.id)
        former = _originals(ws, files, everything, handed)
        for head in ws.track(handed, "writing transcripts"):
            _transcript(ws, files, head, for_client=for_client)
        counts = {"meetings": len(handed), "turns": sum(head.turns for head in handed), "originals": former}
        if for_client:
            left = {"confidential meetings": len(heads) - len(handed)}
            left |= {_NAMES.get(name, name): len(everything.get(name, ())) for name in _PRIVATE}
        else:
            left = {"briefs that could not be written": _ours(ws, files, client, everything)}
            counts |= {_NAMES.get(name, name): len(everything.get(name, ())) for name in _PRIVATE}
        counts, left = _some(counts), _some(left)
        made = f"{'Written' if for_client else 'Private: everything that is kept'} on {ws.today.isoformat()}."
        told = {} if for_client else left  # what we keep to ourselves is none of their business
        listed = export_pages.index(client.name, made, counts, files.written, told)
        files.text(INDEX, "what is what", listed)
        _move_in(place, folder, whole=for_client)
    note_copy(ws, "export", folder, [head.id for head in handed], client.id)
    return ExportedClient(
        client=client.id,
        client_name=client.name,
        folder=str(folder.absolute()),
        for_client=for_client,
        counts=counts,
        files=tuple(files.written),
        left_out=left,
    )


@dataclass
class _Files:
    """The files of an export as they are written into `place`, each under a name of its own."""

    place: Path
    written: list[ExportedFile] = field(default_factory=list)

    def put(self, name: str, what: str, data: bytes) -> None:
        path = self.place / name
        make_folder(path.parent)
        write(path, data)
        digest = hashlib.sha256(data).hexdigest()
        self.written.append(ExportedFile(path=name, what=what, size=len(data), sha256=digest))

    def text(self, name: str, what: str, text: str) -> None:
        self.put(name, what, text.encode(errors="replace"))

    def json(self, name: str, what: str, value: Any) -> None:
        self.text(name, what, json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n")

    def free(self, folder: str, called: str) -> str:
        """A name in this folder that no file has yet, as like the one that somebody gave as every disk can hold."""
        from slugify import slugify

        stem, suffix = os.path.splitext(called)  # noqa: PTH122 the name may hold what no path may
        ending = suffix.lower() if _SUFFIX.fullmatch(suffix.lower()) else ""
        tidy = slugify(stem)[:_LONGEST] or "file"
        tidy = f"{tidy}-file" if _RESERVED.fullmatch(tidy) else tidy
        taken = {one.path for one in self.written}
        names = (f"{folder}/{tidy}{f'-{number}' if number > 1 else ''}{ending}" for number in range(1, len(taken) + 2))
        return next(name for name in names if name not in taken)


def _originals(ws: Workspace, files: _Files, everything: dict[str, list[dict[str, Any]]], heads: list[MeetingHead]) -> int:
    """Every file that these meetings were ever read from, byte for byte; how many there are."""
    slugs = {head.id: head for head in heads}
    mine = [row for row in everything.get("originals", ()) if row["meeting_id"] in slugs]
    for row in sorted(mine, key=lambda row: (slugs[row["meeting_id"]].date, row["meeting_id"], row["added_at"])):
        head = slugs[row["meeting_id"]]
        name, content = ws.store.former_file(head.id, row["digest"])
        what = "the file" if row["digest"] == head.digest else "a former file of the meeting"
        files.put(files.free(f"originals/{head.slug}", name), f"{what} as it was uploaded: {name}", content)
        if files.written[-1].sha256 != row["digest"]:
            ws.notice("damaged", f"{files.written[-1].path} is not what was uploaded: `analyzer doctor`")
    return len(mine)


def _transcript(ws: Workspace, files: _Files, head: MeetingHead, *, for_client: bool) -> None:
    shown = show(ws, head.id)
    files.text(f"transcripts/{head.slug}.md", "who said what, and when", export_pages.transcript(shown, sides=not for_client))
    if not for_client:
        files.json(f"transcripts/{head.slug}.json", "the same as data, with sides", shown)


def _ours(ws: Workspace, files: _Files, client: Client, everything: dict[str, list[dict[str, Any]]]) -> int:
    """What was read, written down, and made of it; returns 1 where no brief could be written."""
    slugs = {row["id"]: row["slug"] for row in sorted(everything.get("meetings", ()), key=lambda row: (row["date"], row["slug"]))}
    for meeting, slug in slugs.items():
        if readings := [row for row in everything.get("assessments", ()) if row["meeting_id"] == meeting]:
            files.json(f"readings/{slug}.json", "what engines read in it, the superseded readings too", readings)
    words = {_NAMES.get(kind, kind): _named(everything[kind], slugs) for kind in _WORDS if everything.get(kind)}
    if words:
        files.text("written-down.md", "what people noted, judged and decided", export_pages.our_words(words))
        files.json("written-down.json", "the same as data", words)
    for row in everything.get("agendas", ()):
        _agenda(ws, files, client, row)
    _drafts(ws, files, everything)
    files.json("record.json", "every row of the record on the client, as it is kept", everything)
    return _brief(ws, files, client)


def _named(rows: list[dict[str, Any]], slugs: dict[str, str]) -> list[dict[str, Any]]:
    """The rows with the slug of the meeting that each is about."""
    return [({"meeting": slugs.get(row["meeting_id"], "")} if "meeting_id" in row else {}) | row for row in rows]


def _agenda(ws: Workspace, files: _Files, client: Client, row: dict[str, Any]) -> None:
    """An agenda as it was proposed and, where a person edited it, as they worded it; as data alone where it cannot be drawn."""
    from analyzer.rendering import agenda_page, markdown

    name = f"agendas/agenda-{row['id']}"
    files.json(f"{name}.json", f"an agenda for {row['date']}, as data", row)
    kept = [one for one in ws.store.agendas.of(client.id) if (one.client, one.number) == (row["client_id"], row["number"])]
    for one in kept:
        files.text(f"{name}.md", f"an agenda for {row['date']}, as proposed", markdown.page(agenda_page.page(one.agenda)))
        if one.text:
            files.text(f"{name}-edited.md", "the same as a person worded it", one.text)


def _drafts(ws: Workspace, files: _Files, everything: dict[str, list[dict[str, Any]]]) -> None:
    """What a person began to edit in the home and did not keep."""
    for client_id in (row["id"] for row in everything.get("clients", ())):
        for path in sorted((ws.settings.home / "drafts" / client_id).rglob("*")):
            if path.is_file():
                files.put(files.free("drafts", path.name), "a draft that was left in the home", path.read_bytes())


def _brief(ws: Workspace, files: _Files, client: Client) -> int:
    from analyzer.usecases import briefs

    try:
        made = briefs.drawn_brief(ws, briefs.brief(ws, client.id), "md", None)
    except AnalyzerError as failure:
        ws.notice("no_brief", f"no brief: {failure.message}")
        return 1
    files.put("brief.md", "the private brief as it would be written today", made)
    return 0


def _some(counts: dict[str, int]) -> dict[str, int]:
    return {name: number for name, number in counts.items() if number}


def _check_place(home: Path, folder: Path, *, overwrite: bool) -> None:
    try:
        if folder.resolve().is_relative_to(home.resolve()):
            raise UsageError(f"{folder} is in the home, where nobody looks for it", "choose another one with -o")
        if os.path.lexists(folder) and not folder.is_dir():
            raise UsageError(f"{folder} is no folder", "choose another one with -o")
        if not folder.absolute().parent.is_dir():
            raise UsageError(f"there is no folder {folder.absolute().parent}", "make it, or choose another one with -o")
        if folder.is_dir() and any(folder.iterdir()) and not overwrite:
            raise UsageError(f"{folder} holds something already", "choose a new folder with -o, or write into it with --force")
    except OSError as failure:
        raise _unwritable(folder, failure) from failure


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A private folder to be filled, on the same disk; whatever happens, nothing is left of it at the end. Raises UsageError.

    It stands beside the folder that is wanted or, where that is there already and may be a disk of its own, in it.
    """
    name = _written_as(folder)
    place = name.with_name(f".{name.name[:NAMED]}.{secrets.token_hex(4)}{PART}")
    try:
        make_folder(place)
        with held(place):
            yield place
    except OSError as failure:
        raise _unwritable(folder, failure) from failure
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _written_as(folder: Path) -> Path:
    """What the private folder is called after."""
    real = folder.resolve()
    return real / "export" if real.is_dir() else real


def _move_in(place: Path, folder: Path, *, whole: bool) -> None:
    """Move the files to where they are wanted; with `whole`, a folder may have no others. Raises OSError, UsageError."""
    real = folder.resolve()
    mine = {path.relative_to(place) for path in place.rglob("*") if path.is_file()}
    outside = (path for path in real.rglob("*") if not path.is_relative_to(place))
    there = {path.relative_to(real) for path in outside if not path.is_dir() or path.is_symlink()}
    if whole and (others := there - mine):
        told = f"{folder} has other files, which would be handed over with these: {min(others)}"
        raise UsageError(told, "choose a new folder with -o")
    if not real.is_dir():
        place.rename(real)
        return
    for name in sorted(mine):
        make_folder((real / name).parent)
        (place / name).replace(real / name)
    if not there:
        with suppress(OSError):  # a disk may have no modes
            shut(real)


def _unwritable(folder: Path, failure: OSError) -> UsageError:
    return UsageError(f"{folder} cannot be written: {failure.strerror or failure}", "choose another one with -o")
