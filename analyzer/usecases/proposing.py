"""Whose meeting a file may be, and why: for a person to confirm, since misfiling is a leak and never guessed in silence."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.model.meetings import Client, Side, Speaker
from analyzer.model.results import Proposal
from analyzer.names import fold_name, fold_text
from analyzer.practice import Practice
from analyzer.store import MeetingHead, tidy_name
from analyzer.transcripts.base import Transcript
from analyzer.transcripts.filing import from_file_name
from analyzer.transcripts.people import employers
from analyzer.usecases.incoming import Incoming

_NO_CLIENT = frozenset(
    [
        "downloads",
        "download",
        "documents",
        "desktop",
        "files",
        "transcripts",
        "transcript",
        "meetings",
        "recordings",
        "zoom",
        "teams",
        "otter",
        "inbox",
        "tmp",
        "temp",
        "home",
        "users",
        "data",
        "exports",
        "export",
        "notes",
        "calls",
        "dokumente",
        "schreibtisch",
    ]
)
_LEAST_NAME = 3  # letters of a client's name below which a title that holds them says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is on record that proposals go by: the clients, and at which of them each person of theirs has spoken how often."""

    clients: tuple[Client, ...]
    meetings_of: dict[str, Counter[str]]

    def named(self, name: str) -> Client | None:
        """The client of that name."""
        return next((one for one in self.clients if letters(one.name) == letters(name)), None)


def known(clients: Sequence[Client], heads: Sequence[MeetingHead]) -> Known:
    """What the record tells of clients and their people."""
    meetings_of: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for head in heads:
        for speaker in head.speakers:
            if speaker.side is Side.THEIRS and head.client_id:
                meetings_of[fold_name(speaker.name)][head.client_id] += 1
    return Known(clients=tuple(clients), meetings_of=dict(meetings_of))


def propose(
    file: Incoming, transcript: Transcript, title: str, speakers: Sequence[Speaker], practice: Practice, on_record: Known
) -> Proposal | None:
    """The client that everything known points to, with the reasons; without a name where the reasons point to several.

    None where nothing points anywhere.
    """
    reasons: dict[str, list[str]] = {}
    for name, why in _signs(file, transcript, title, speakers, practice, on_record):
        client = on_record.named(name)
        reasons.setdefault(client.name if client else name, []).append(why)
    if not reasons:
        return _by_folder_name(file)
    told = "; ".join(why for whys in reasons.values() for why in whys)
    return Proposal(client_name=next(iter(reasons)) if len(reasons) == 1 else "", why=told)


def _signs(
    file: Incoming, transcript: Transcript, title: str, speakers: Sequence[Speaker], practice: Practice, on_record: Known
) -> list[tuple[str, str]]:
    """Each hint: a client's name and what says it."""
    found: list[tuple[str, str]] = []
    folders = [part.name for part in file.path.absolute().parents[:2]] if file.path else []
    found += [(c.name, f"the folder is called {f}") for f in folders for c in on_record.clients if _is_folder_of(f, c)]
    found += _by_people(speakers, on_record)
    others = [s.name for s in speakers if s.side is not Side.OURS]
    companies = Counter(employers(others, transcript.emails).values())
    for company, number in companies.items():
        if letters(company) != letters(practice.name):
            found.append((company, f"{number} of the speakers {'is' if number == 1 else 'are'} of {company}"))
    found += [(c.name, "the title names it") for c in on_record.clients if _names(title, c.name)]
    return list(dict.fromkeys(found))


def _by_people(speakers: Sequence[Speaker], on_record: Known) -> list[tuple[str, str]]:
    """The clients at which people of this meeting have spoken before, theirs or not known whose."""
    found = []
    for speaker in speakers:
        if speaker.side is Side.OURS:
            continue
        for client_id, times in on_record.meetings_of.get(fold_name(speaker.name), Counter()).items():
            name = next((c.name for c in on_record.clients if c.id == client_id), None)
            if name:
                found.append((name, f"{speaker.name} spoke in {times} of its meetings"))
    return found


def elsewhere(speakers: Sequence[Speaker], client_name: str, on_record: Known) -> list[str]:
    """Why a meeting filed under this client may be another's: its people who have spoken at others, and never here."""
    hints = _by_people(speakers, on_record)
    here = {why.split(" spoke in ")[0] for name, why in hints if fold_text(name) == fold_text(client_name)}
    return [f"{name}: {why}" for name, why in hints if why.split(" spoke in ")[0] not in here]


def _by_folder_name(file: Incoming) -> Proposal | None:
    """A folder that somebody named may bear a client's name; one that a program named, or a date, says nothing."""
    named = from_file_name(file.folder)
    name = tidy_name(file.folder)
    if not fold_text(name) or named.date is not None or fold_text(name) in _NO_CLIENT or file.path is None:
        return None
    return Proposal(client_name=name, why="nothing but the folder's name")


def _is_folder_of(folder: str, client: Client) -> bool:
    return fold_text(folder) in (fold_text(client.name), *fold_text(client.name).split()[:1]) or folder == client.slug


def letters(name: str) -> str:
    """A name without case, accents, spaces and marks: `northgate-rail` in an address is Northgate Rail."""
    return "".join(c for c in fold_text(name) if c.isalnum())


def _names(title: str, client: str) -> bool:
    """Whether a title holds the client's whole name as words of its own."""
    said, whole = (re.findall(r"[^\W_]+", fold_text(text)) for text in (title, client))
    return len("".join(whole)) >= _LEAST_NAME and any(said[at : at + len(whole)] == whole for at in range(len(said)))
