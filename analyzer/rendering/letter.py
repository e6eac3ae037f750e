"""The confirmation that something was forgotten, as a letter to be sent: how much of what kind, and no name or word of it."""

import datetime as dt
from collections.abc import Iterator

from analyzer.model.forgetting import CLIENT, PERSON, Forgotten
from analyzer.relationship.words import count, day
from analyzer.rendering import docx, markdown
from analyzer.rendering.pages import Page, Paragraph, Point, Points, Section, code, line

_BLANK = "." * 50  # to be filled in by hand
_KINDS = {  # in the order in which people would ask
    "clients": "client file",
    "meetings": "meeting transcript",
    "turns": "spoken contribution",
    "originals": "file that transcripts were read from",
    "readings": "analysis of a meeting",
    "notes": "note",
    "verdicts": "judgement of ours on a meeting",
    "outcomes": "remark on what became of advice or a promise",
    "remembered": "remembered remark",
    "decisions": "decision on file",
    "agendas": "agenda",
    "drafts": "draft",
    "answers": "stored answer of a language model",
    "stand_ins": "entry in a table of stand-ins for names",
    "passages": "passage in the search index",
    "documents": "document written from these records",
}
_MANY = {
    "originals": "files that transcripts were read from",
    "readings": "analyses of meetings",
    "verdicts": "judgements of ours on meetings",
    "outcomes": "remarks on what became of advice or promises",
    "decisions": "decisions on file",
    "answers": "stored answers of a language model",
    "stand_ins": "entries in tables of stand-ins for names",
    "passages": "passages in the search index",
    "documents": "documents written from these records",
}
_OF_A_PERSON = {
    "turns": ("spoken contribution whose words were removed", "spoken contributions whose words were removed"),
    "speakers": ("place where the speaker's name was removed", "places where the speaker's name was removed"),
    "redactions": (
        "place where the name was removed from the words of others",
        "places where the name was removed from the words of others",
    ),
    "originals": ("original file replaced by the text without that", "original files replaced by the text without that"),
    "files": ("other text file from which the name was removed", "other text files from which the name was removed"),
    "notes": ("note changed", "notes changed"),
    "decisions": ("decision on file changed", "decisions on file changed"),
}
_WHAT = {CLIENT: "what we held on a client", PERSON: "the words and the name of one person"}


def letter(done: Forgotten, *, practice: str, today: dt.date) -> bytes:
    """The letter as .docx."""
    return docx.page(page(done, practice=practice, today=today), done.receipt.at)


def letter_md(done: Forgotten, *, practice: str, today: dt.date) -> str:
    """The letter as Markdown."""
    return markdown.page(page(done, practice=practice, today=today))


def page(done: Forgotten, *, practice: str, today: dt.date) -> Page:
    """The letter in words; `practice` is who we are, empty where nobody has said it."""
    receipt = done.receipt
    lead = (practice, day(today), f"To: {_BLANK}", "To whom it may concern,")
    what = _WHAT.get(receipt.kind, "the record of a meeting")
    when = f"On {day(receipt.at.date())} we removed {what} from our records for good. This is how much it was:"
    told = tuple(_counted(receipt.kind, receipt.counts)) or ("nothing beside the record itself",)
    unfinished = (_paragraph(_UNFINISHED),) if done.failure else ()
    kept = "We keep a receipt of this with the day and these numbers, and no name or content. Its number is "
    files = (Paragraph(line(kept, code(receipt.id), ".")), _paragraph(_BLANK), _paragraph(practice or "Name"))
    return Page(
        title="Confirmation of deletion",
        lead=tuple(line(text) for text in lead if text),
        sections=(
            Section(title="What was removed", blocks=(_paragraph(when), _points(told), *unfinished)),
            Section(title="What this does not reach", blocks=(_points(tuple(_beyond(done))),)),
            Section(title="For your files", blocks=files),
        ),
        private=False,
    )


def _paragraph(text: str) -> Paragraph:
    return Paragraph(line(text))


def _points(texts: tuple[str, ...]) -> Points:
    return Points(points=tuple(Point(line(text)) for text in texts))


_UNFINISHED = (
    "It is gone from the record. The last step, which overwrites what is left of it in our files, was still to be done when this "
    "was written."
)


def _counted(kind: str, counts: dict[str, int]) -> Iterator[str]:
    """What was removed, a line for each kind of which there was any."""
    if kind == PERSON:
        if meetings := counts.get("meetings"):
            yield f"{count(meetings, 'meeting transcript')} changed"
        for key, (one, many) in _OF_A_PERSON.items():
            if number := counts.get(key):
                yield f"{number:,} {one if number == 1 else many}"
    done = {"meetings", *_OF_A_PERSON} if kind == PERSON else set()
    for key, one in _KINDS.items():
        if (number := counts.get(key)) and key not in done:
            yield f"{number:,} {one if number == 1 else _MANY.get(key, f'{one}s')}"


def _beyond(done: Forgotten) -> Iterator[str]:
    files = sum(one.files for one in done.receipt.documents)
    if files:
        kept = "1 document was" if files == 1 else f"{files} documents were"
        yield f"{kept} written from these records to other places before. We look for them and delete them by hand."
    else:
        yield "No document that was written from these records to another place is known to us."
    yield "What was sent to others, printed or copied before lies with those who have it."
    yield (
        "Copies for safety (backups) that were made before are not changed. We keep a list, as hashes, of what was removed: "
        "where a copy is put back with it, what was removed is not restored."
    )
    if done.receipt.kind == PERSON:
        yield "A first name in small letters, nicknames and initials cannot be told for sure, and may stand in what others said."
