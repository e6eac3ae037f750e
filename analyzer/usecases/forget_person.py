"""Forgetting a person: their words and their name go from the whole home, and what others said stays where it stands.

All of the record changes in one transaction, which also writes the receipt and the row by which the next command finishes what is
cut short after it (`usecases.forget`); that row and the receipt have no name. What comes before it can be done again by asking
again: texts in the home, documents that we wrote there, tombstones.

What cannot be known is told and left: a first name in small letters, nicknames, initials, what was exported, and a name that is
somebody else's as well.
"""

from collections.abc import Sequence
from pathlib import Path

from analyzer import tombstones
from analyzer.errors import AnalyzerError, EngineError, NotFound, UsageError
from analyzer.model.forgetting import PERSON, Document, Forgetting, Forgotten
from analyzer.names import fold_name
from analyzer.practice import load
from analyzer.private_files import left_over, write
from analyzer.store import Export
from analyzer.store.forgetting import hidden_paths, telling
from analyzer.store.redaction import Redaction
from analyzer.transcripts.people import is_numbered
from analyzer.transcripts.sides import is_nobody
from analyzer.usecases import forget as forgetting
from analyzer.usecases import mentions
from analyzer.usecases.home_texts import HomeText, home_texts
from analyzer.usecases.naming import PersonsName
from analyzer.usecases.read import How, read_meetings
from analyzer.usecases.redacting import SOMEBODY, Redacted, redacted
from analyzer.workspace import LLM, OFFLINE, Workspace

LIMITS = (
    "not found are: a first name in small letters, nicknames, initials, and what was exported; a name that others have too stays "
    "where it stands alone"
)


def plan(ws: Workspace, name: str) -> Forgetting:
    """What would go with the person of this name, which is given in full, as it stands as a speaker or as people say it.

    Raises NotFound where nobody is called so; UsageError for one of ours, for no person, and for the name of a client.
    """
    person = _person(ws, name)
    with ws.store.redaction(changing=False) as record:
        found = _found(ws, record, person)
    ws.notice("limits", LIMITS)
    return _planned(ws, person, found)


def forget(ws: Workspace, name: str) -> Forgotten:
    """Forget the person of this name. What is left to the next command is told in the result's `failure`.

    Raises what `plan` does, and StoreError where nothing can be changed, and then nothing was unless it says so.
    """
    person = _person(ws, name)
    with forgetting.alone(ws):
        with ws.store.redaction(changing=True) as record:
            found = _found(ws, record, person)
            planned = _planned(ws, person, found)
            number = _erase(ws, record, person, found, planned)
        ws.step("erased")
        receipt, failure = forgetting.finish(ws, number)
    _read_anew(ws, found)
    left = (*found.left, *mentions.in_home(ws, mentions.finder_of_person(person)))
    return Forgotten(
        receipt=receipt,
        name=person.name,
        meetings=planned.meetings,
        documents=planned.documents,
        mentions=left,
        failure=failure,
    )


def _person(ws: Workspace, name: str) -> PersonsName:
    tidy = " ".join(name.split())
    person = PersonsName(tidy)
    if not person.spelt:
        raise UsageError("who is to be forgotten?", "--person and the name in full, as `analyzer show MEETING` has it")
    if is_nobody(tidy) or is_numbered(tidy) or fold_name(tidy).startswith(fold_name(SOMEBODY)):
        hint = (
            '`analyzer speakers rename MEETING "Speaker 1" NAME` says first who it is; `analyzer forget MEETING` forgets it whole'
        )
        raise UsageError(f"{tidy} is no person's name: it may be somebody else in each meeting", hint)
    ours = (known for one in ws.practice.people for known in (one.name, *one.aliases))
    if any(map(person.is_of, ours)):
        hint = "take them out of practice.toml first: `analyzer practice edit`"
        raise UsageError(f"{tidy} is one of your own people, whose words are your record", hint)
    return person


def _found(ws: Workspace, record: Redaction, person: PersonsName) -> Redacted:
    """What there is of the person. Raises NotFound, UsageError."""
    called = next((one for one in record.clients() if person.stands_in(one.name) or person.is_of(one.name)), None)
    if called:
        hint = (
            f"`analyzer forget {called.slug}` forgets the client; `analyzer clients rename {called.slug} NAME` names it otherwise"
        )
        raise UsageError(f"{person.name} is the name of a client", hint)
    found = redacted(record, person, ws.practice)
    if found.nothing and not _to_change(ws, person, found):
        raise NotFound(f"nobody is called {person.name!r}", _near(record, person))
    return found


def _near(record: Redaction, person: PersonsName) -> str:
    """Who may have been meant; what goes for good must not hang on a part of a name."""
    names = sorted({name for voices in record.voices().values() for name in voices if not is_nobody(name)})
    near = [name for name in names if set(fold_name(name).split()) & set(fold_name(person.name).split())]
    return f"in full it may be {' or '.join(near[:5])}" if near else "give the name in full, as `analyzer show MEETING` has it"


def _planned(ws: Workspace, person: PersonsName, found: Redacted) -> Forgetting:
    documents = _documents(ws, found)
    inside = tuple(one for one in documents if one.there and _in_home(ws, one.path))
    texts = _to_change(ws, person, found)
    changed = {str(text.path) for text, _ in texts}
    in_home = mentions.in_home(ws, mentions.finder_of_person(person))
    return Forgetting(
        kind=PERSON,
        name=person.name,
        names=tuple(sorted(found.names - {person.name})),
        meetings=tuple(found.slugs),
        counts=dict(found.counts) | _some(files=len(texts), documents=len(inside), drafts=len(_drafts(ws, found))),
        inside=inside,
        documents=tuple(one for one in documents if not _in_home(ws, one.path)),
        mentions=(*found.left, *(one for one in in_home if one.where not in changed)),
    )


def _erase(ws: Workspace, record: Redaction, person: PersonsName, found: Redacted, planned: Forgetting) -> int:
    """Change everything in the home that has the person; the number of the row by which the rest is finished."""
    spelt = sorted({*person.spelt, *map(fold_name, found.names)})
    place = tombstones.path_in(ws.settings.home)
    tombstones.bury(place, {tombstones.PERSON: spelt, tombstones.FILE: sorted(found.digests)})
    ws.step("buried")
    removed = _remove(ws, planned.inside)
    for draft in _drafts(ws, found):
        draft.unlink(missing_ok=True)
    for half in left_over(ws.settings.home):
        half.unlink(missing_ok=True)
    files = _change_texts(ws, person, found)
    ws.step("documents")
    found.apply(record)
    record.forget_documents(removed)
    words = telling(person.telling)
    record.hide_paths(words)
    outside = [one.path for one in (*planned.inside, *planned.documents) if one.path not in removed]
    counts = {kind: number for kind, number in planned.counts.items() if kind not in ("files", "documents")}
    counts |= _some(files=files, documents=len(removed))
    return record.close(counts, hidden_paths(outside, words), found.clients)[1]


def _read_anew(ws: Workspace, found: Redacted) -> None:
    """Let the offline engine read what it had read; what a model had read is not sent again unasked."""
    offline = [ws.store.head(meeting_id) for meeting_id, engines in found.read.items() if OFFLINE in engines]
    by_model = [ws.store.head(meeting_id) for meeting_id, engines in found.read.items() if LLM in engines]
    try:
        read_meetings(ws, offline, OFFLINE, How())
    except (AnalyzerError, EngineError) as failure:
        ws.notice("not_read", f"the meetings are not read anew yet: {failure.message}; `analyzer motives` does it")
    for head in by_model:
        told = f"the model's reading of {head.slug} is gone with what it read"
        ws.notice("to_be_read_anew", f"{told}: `analyzer motives {head.slug} --engine llm` sends it again")


# Texts and documents in the home


def _to_change(ws: Workspace, person: PersonsName, found: Redacted) -> list[tuple[HomeText, str]]:
    """The texts in the home that name the person in full, and how they read without."""
    texts = (text for text in home_texts(ws).texts if text.path != ws.settings.settings_path and person.stands_in(text.text))
    return [(text, less) for text in texts for less, times in [person.removed(text.text, found.everybody)] if times]


def _change_texts(ws: Workspace, person: PersonsName, found: Redacted) -> int:
    """Take the name out of texts in the home; how many were changed. What could not be used afterwards is told and left."""
    done = 0
    for text, less in _to_change(ws, person, found):
        before = _fault(ws, text.path)
        try:
            write(text.path, less.encode(text.encoding))
            if (fault := _fault(ws, text.path)) and not before:
                write(text.path, text.text.encode(text.encoding))
                ws.notice("not_changed", f"{text.path} has the name and is left to you: without it, {fault}")
                continue
        except OSError as failure:
            ws.notice("not_changed", f"{text.path} has the name and cannot be written: {failure.strerror or failure}")
            continue
        done += 1
    return done


def _fault(ws: Workspace, path: Path) -> str:
    """Why a file in the home cannot be used as it is; empty where it can, or where nothing uses it."""
    from analyzer.engines.llm import wording

    try:
        if path == ws.settings.practice_path:
            load(path)
        elif path.parent.parent == ws.settings.prompts_folder and path.parent.name in wording.TASKS:
            wording.check(path.parent.name, ws.settings.prompts_folder)
    except AnalyzerError as fault:
        return fault.message
    return ""


def _drafts(ws: Workspace, found: Redacted) -> list[Path]:
    """Drafts of agendas that may have words of theirs: nobody knows which, so all of the clients'."""
    folders = (ws.settings.home / "drafts" / client for client in sorted(found.clients))
    return [path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.is_file()]


def _remove(ws: Workspace, documents: Sequence[Document]) -> list[str]:
    """Remove documents in the home that quote the meetings; those that are gone."""
    gone = []
    for one in documents:
        try:
            Path(one.path).unlink(missing_ok=True)
            gone.append(one.path)
        except OSError as failure:
            ws.notice("not_removed", f"{one.path} cannot be removed ({failure.strerror or failure}): it is left to you")
    return gone


def _documents(ws: Workspace, found: Redacted) -> tuple[Document, ...]:
    """The files that were written from the meetings in which there is something of the person."""
    return tuple(map(_document, ws.store.exports([new.meeting_id for new in found.meetings])))


def _document(one: Export) -> Document:
    return Document(kind=one.kind, path=one.path, made_at=one.made_at, there=bool(one.path) and Path(one.path).exists())


def _in_home(ws: Workspace, path: str) -> bool:
    return bool(path) and Path(path).resolve().is_relative_to(ws.settings.home.resolve())


def _some(**counts: int) -> dict[str, int]:
    return {kind: number for kind, number in counts.items() if number}
