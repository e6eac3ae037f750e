"""Where a client or a person is named outside of what goes with them: found for a person to decide about, never changed.

A client is looked for by every name that it has or had, and by the full names of its people; a person by every form of their
name. What is looked through are other clients' meetings with all that a person wrote about them, and the texts in the home. Of a
meeting its words are looked for, and who was in no other, in what a person wrote: the other meetings were held without it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from analyzer.model.forgetting import Mention
from analyzer.model.meetings import Client, Meeting, Side
from analyzer.names import fold_text
from analyzer.store import MeetingHead
from analyzer.store.person import Kept
from analyzer.usecases.home_texts import home_texts, tell_unread
from analyzer.usecases.naming import PersonsName
from analyzer.usecases.said_again import finder_of_words
from analyzer.usecases.stretches import Span
from analyzer.workspace import Workspace

_AROUND = 40  # letters of a line that are shown to either side of a name
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_LEAST = 2  # words of a full name

Find = Callable[[str], Sequence[Span]]


def of_client(ws: Workspace, client: Client) -> tuple[Mention, ...]:
    """Where the client, or one of its people by full name, is named in what stays when it is forgotten.

    That are the meetings of other clients and of none, what a person wrote about these, practice.toml, own prompts, and any other
    text in the home. Raises NotFound where the client is gone.
    """
    called = ws.store.elsewhere(client.id).called()
    mine = ws.store.meetings(client.id)
    others = [head for head in ws.store.meetings() if head.client_id != client.id]
    ours = {name for person in ws.practice.people for name in (person.name, *person.aliases)}
    people = {s.name for head in mine for s in head.speakers if s.side is not Side.OURS and s.name not in ours}
    find = _client_finder([name for name in called if not _SLUG.fullmatch(name)] or called, people)
    clients = [one for one in ws.store.clients() if one.id != client.id]
    return (*_in_record(ws, find, others, clients), *in_home(ws, find))


def of_meeting(ws: Workspace, head: MeetingHead) -> tuple[Mention, ...]:
    """Where words of a meeting are quoted, or somebody named who was in no other, in what stays when it is forgotten.

    That is what a person wrote about its client and about other meetings, agendas that do not rest on it, and texts in the home.
    Raises NotFound where the meeting is gone.
    """
    meeting = ws.store.meeting(head.id)
    others = [one for one in ws.store.meetings() if one.id != head.id]
    ours = {name for person in ws.practice.people for name in (person.name, *person.aliases)}
    elsewhere = {fold_text(name) for name in (*ours, *(speaker.name for one in others for speaker in one.speakers))}
    only_here = [PersonsName(s.name) for s in meeting.speakers if s.side is not Side.OURS and fold_text(s.name) not in elsewhere]
    full = [person for person in only_here if person.whole]
    quoted = finder_of_words(turn.text for turn in meeting.turns)

    def find(text: str) -> list[Span]:
        return sorted({*quoted(text), *(span for person in full for span in person.spans(text))})

    written = _in_written(ws, find, others, ws.store.clients(), rests_on=head.id)
    return (*written, *in_home(ws, find))


def of_person(ws: Workspace, name: str) -> tuple[Mention, ...]:
    """Where somebody is named, in full or by a part of the name with a capital, which may be somebody else."""
    find = finder_of_person(PersonsName(name))
    return (*_in_record(ws, find, ws.store.meetings(), ws.store.clients()), *in_home(ws, find))


def finder_of_person(person: PersonsName) -> Find:
    """Finds whatever may name this person, whoever else there is."""
    anybody = person.among(())
    return lambda text: person.spans(text, anybody)


def _client_finder(names: Iterable[str], people: Iterable[str]) -> Find:
    from analyzer.engines.llm.known_names import known_names
    from analyzer.engines.llm.name_forms import forms_of_organisations

    forms = forms_of_organisations(names)
    known = known_names(forms, {})
    full = [person for person in map(PersonsName, sorted(people)) if len(person.name.split()) >= _LEAST and person.whole]
    telling = {word for form in forms for word in form.words[:1]}

    def find(text: str) -> list[Span]:
        folded = fold_text(text)
        spans = [(one.start, one.stop) for one in known.find(text)] if any(word in folded for word in telling) else []
        return sorted({*spans, *(span for person in full for span in person.spans(text))})

    return find


def in_meeting(find: Find, meeting: Meeting, file_name: str) -> Iterator[Mention]:
    """Where something is named in a meeting: its title, the name of its file, its speakers, its turns."""
    slug = meeting.slug
    yield from _one(find, "title", slug, None, meeting.title)
    yield from _one(find, "file name", slug, None, file_name)
    for speaker in meeting.speakers:
        yield from _one(find, "speaker", slug, None, speaker.name)
    for turn in meeting.turns:
        yield from _one(find, "turn", slug, turn.ordinal, turn.text)


def in_words(find: Find, kind: str, where: str, at: int | None, text: str) -> Iterator[Mention]:
    """Whether something is named in what a person wrote: a note, decision, verdict or outcome, or an agenda."""
    yield from _one(find, kind, where, at, text)


def in_home(ws: Workspace, find: Find) -> Iterator[Mention]:
    """Where something is named in the texts of the home, line by line; what cannot be looked through is told."""
    found, settings = home_texts(ws), ws.settings
    tell_unread(ws, found.unread)
    for file in found.texts:
        kind, command = "file", f"rm '{file.path}'"
        if file.path == settings.practice_path:
            kind, command = "practice", "analyzer practice edit"
        elif settings.prompts_folder in file.path.parents:
            kind, command = "prompt", f"analyzer prompts edit {file.path.parent.name} --file {file.path.stem}"
        for number, line in enumerate(file.text.splitlines(), 1):
            for one in _one(find, kind, str(file.path), number, line):
                yield replace(one, command=command)


def _in_record(ws: Workspace, find: Find, heads: Sequence[MeetingHead], clients: Sequence[Client]) -> Iterator[Mention]:
    for head in heads:
        yield from in_meeting(find, ws.store.meeting(head.id), head.file_name)
    yield from _in_written(ws, find, heads, clients)


def _in_written(
    ws: Workspace, find: Find, heads: Sequence[MeetingHead], clients: Sequence[Client], *, rests_on: str = ""
) -> Iterator[Mention]:
    """What a person wrote about these, and agendas but for those that rest on a meeting and go with it."""
    kept = ws.store.person.about([head.id for head in heads])
    for head in heads:
        said = kept.get(head.id, Kept())
        for verdict in said.verdicts:
            yield from _one(find, "verdict", head.slug, None, verdict.note)
        for outcome in said.outcomes.values():
            yield from _one(find, "outcome", head.slug, outcome.at.ordinal, f"{outcome.what}\n{outcome.note}")
    for client in clients:
        yield from _one(find, "client", client.slug, None, client.name)
        for note in ws.store.person.notes(client.id):
            yield from _one(find, "note", client.slug, note.number, note.text)
        for made in ws.store.person.decisions(client.id):
            yield from _one(find, "decision", client.slug, made.number, made.note)
        for agenda in ws.store.agendas.of(client.id):
            if rests_on and rests_on in ws.store.agendas.drawn_on(client.id, [agenda.number]):
                continue
            words = "\n".join((*agenda.people, repr(agenda.agenda), agenda.text or ""))
            yield from _one(find, "agenda", client.slug, agenda.number, words)


def _one(find: Find, kind: str, where: str, at: int | None, text: str) -> Iterator[Mention]:
    """One place where something is named, with the words around the first name in it."""
    if text and (spans := find(text)):
        yield Mention(kind=kind, where=where, at=at, text=_around(text, spans[0]), command=_COMMANDS[kind].format(where, at))


_COMMANDS = {
    "title": 'analyzer amend {0} --title "..."',
    "file name": "analyzer forget {0}",
    "speaker": "analyzer speakers show {0}",
    "turn": "analyzer show {0} --turn {1}; analyzer forget {0}",
    "verdict": 'analyzer verdict {0} SIGN LEVEL --note "..."',
    "outcome": "analyzer outcome {0}:{1} --clear",
    "client": 'analyzer clients rename {0} "..."',
    "note": "analyzer note {0} --remove {1}",
    "decision": "analyzer decide {0} --clear",
    "agenda": "analyzer agenda {0} --anew",
    "practice": "",
    "prompt": "",
    "file": "",
}
"""What changes or removes a place of each kind, by where and at which turn or number it is; of files it is told beside."""


def _around(text: str, span: Span) -> str:
    start, end = max(0, span[0] - _AROUND), span[1] + _AROUND
    before, after = ("…" if start else ""), ("…" if end < len(text) else "")
    return before + " ".join(text[start:end].split()) + after
