"""One file as an upload would take it: read, dated, titled, with sides and a proposal whose meeting it is; nothing is stored."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from analyzer.dates import is_far_off
from analyzer.errors import AnalyzerError, NeedsClient, Refused, UsageError
from analyzer.model.meetings import Speaker, Utterance
from analyzer.model.results import Failure, Inspected, Proposal, SameMeeting, SpeakerRow, UploadRow
from analyzer.practice import Practice
from analyzer.store import MeetingHead
from analyzer.transcripts import sides
from analyzer.transcripts.base import Transcript
from analyzer.transcripts.likeness import shared
from analyzer.transcripts.people import employers, same_person
from analyzer.transcripts.reading import read_file
from analyzer.usecases.incoming import Gathered, Incoming, changed_on, content
from analyzer.usecases.proposing import Known, known, letters, propose
from analyzer.usecases.sameness import Words, same_in_batch, same_on_record, words_of
from analyzer.usecases.voices import speaker_rows
from analyzer.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the user said about the files; None and empty mean that the file is to tell."""

    client: str | None = None
    date: dt.date | None = None
    title: str | None = None
    us: tuple[str, ...] = ()
    allow_partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One file, understood. `stored` is the meeting that this very file made, `same` another export of the same meeting."""

    file: Incoming
    data: bytes
    transcript: Transcript
    speakers: tuple[Speaker, ...]
    date: dt.date
    date_source: str
    title: str
    title_source: str
    proposal: Proposal | None
    practice_name: str
    words: Words
    stored: MeetingHead | None = None
    same: SameMeeting | None = None


def inspect(ws: Workspace, gathered: Gathered, said: Said, standard_input: BinaryIO | None = None) -> Inspected:
    """What each file holds and how it would be filed. A file that is refused stops no other."""
    rows: list[UploadRow] = [refusal(*closed) for closed in gathered.refused]
    earlier: list[tuple[Incoming, Words]] = []
    on_record = on_record_now(ws)
    for file in ws.track(gathered.files, "reading files"):
        try:
            looked = in_batch(look(ws, file, said, on_record, standard_input), earlier)
        except (Refused, NeedsClient) as refused:
            rows.append(refusal(file, refused))
            continue
        earlier.append((file, looked.words))
        rows.append(row(looked, "unchanged" if looked.stored else "duplicate" if looked.same else "would_add"))
    if gathered.told:
        ws.notice("passed_over", gathered.told)
    return Inspected(files=tuple(rows), failure=refusals(rows, "the others can be read"))


def on_record_now(ws: Workspace) -> Known:
    """What proposals go by; nothing where there is no record yet, which looking at a file does not make."""
    if not ws.settings.record_path.exists():
        return known((), ())
    return known(ws.store.clients(), ws.store.meetings())


def look(ws: Workspace, file: Incoming, said: Said, on_record: Known, standard_input: BinaryIO | None = None) -> Looked:
    """Read one file and find out all that can be known of it. Raises Refused."""
    data = content(file, standard_input)
    has_record = ws.settings.record_path.exists()
    stored = ws.store.by_digest(hashlib.sha256(data).hexdigest()) if has_record else None
    transcript = _read(file, data, allow_partial=said.allow_partial or stored is not None)
    words = words_of(transcript.utterances)
    found = same_on_record(ws, words) if has_record and not stored else None
    speakers = assigned(ws, file, transcript, said.us)
    date, date_source = _date(ws, file, transcript, said)
    title, title_source = _title(file, transcript, said)
    return Looked(
        file=file,
        data=data,
        transcript=transcript,
        speakers=speakers,
        date=date,
        date_source=date_source,
        title=title,
        title_source=title_source,
        practice_name=ws.practice.name,
        proposal=propose(file, transcript, title, speakers, ws.practice, on_record),
        words=words,
        stored=stored,
        same=_same(found) if found else None,
    )


def _read(file: Incoming, data: bytes, *, allow_partial: bool) -> Transcript:
    """The transcript. Raises Refused, naming the file as the user does."""
    try:
        return read_file(file.name, data, folder=file.folder, allow_partial=allow_partial)
    except Refused as refused:
        raise Refused(f"{file.label}: {refused.message.removeprefix(f'{file.name}: ')}", refused.hint) from refused


def _same(found: tuple[MeetingHead, float]) -> SameMeeting:
    head, share = found
    return SameMeeting(id=head.id, slug=head.slug, client_name=head.client_name, shared=share)


def in_batch(looked: Looked, earlier: Sequence[tuple[Incoming, Words]]) -> Looked:
    """The same, with the file of this batch named that is another export of the same meeting."""
    at = None if looked.same or looked.stored else same_in_batch(looked.words, [words for _, words in earlier])
    if at is None:
        return looked
    file, words = earlier[at]
    share = shared(looked.words.words, words.words)
    return replace(looked, same=SameMeeting(id=None, slug=file.label, client_name="", shared=share))


def assigned(ws: Workspace, file: Incoming, transcript: Transcript, us: Sequence[str]) -> tuple[Speaker, ...]:
    """The sides by what the user, the file and the practice say. Raises Refused for a name that nobody in the file has."""
    declared_us, declared_them = declared(transcript, ws.practice)
    try:
        return sides.assign(
            transcript.speakers,
            practice=ws.practice,
            us=us,
            declared_us=declared_us,
            declared_them=declared_them,
            roles=transcript.roles,
        )
    except UsageError as nobody:
        raise Refused(f"{file.label}: {nobody.message}", nobody.hint) from nobody


def declared(transcript: Transcript, practice: Practice) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who the file says is ours and theirs; of nobody, where the client recorded it, and "us" in it are the others."""
    if transcript.sides_of_recorder and any(map(practice.is_ours, transcript.them)):
        return (), ()
    return transcript.us, transcript.them


def _date(ws: Workspace, file: Incoming, transcript: Transcript, said: Said) -> tuple[dt.date, str]:
    if said.date:
        return said.date, "said"
    if transcript.date and not is_far_off(transcript.date):
        return transcript.date, transcript.date_source or "content"
    return changed_on(file, ws.now()), "file time" if file.path else "today"


def _title(file: Incoming, transcript: Transcript, said: Said) -> tuple[str, str]:
    if said.title:
        return said.title, "said"
    if transcript.title:
        return transcript.title, transcript.title_source or "content"
    return (file.path.stem if file.path else "Untitled"), "file name"


def row(looked: Looked, status: str) -> UploadRow:
    """What is known of a file, as a result."""
    transcript = looked.transcript
    names = [s.name for s in looked.speakers]
    return UploadRow(
        file=looked.file.label,
        status=status,
        client_name=transcript.client or "",
        proposal=looked.proposal,
        same_as=looked.same,
        date=looked.date,
        date_source=looked.date_source,
        title=looked.title,
        title_source=looked.title_source,
        format=transcript.format,
        confidence=transcript.confidence,
        duration=_duration(transcript.utterances),
        turns=len(transcript.utterances),
        chat_turns=sum(u.chat for u in transcript.utterances),
        speakers=_with_companies(
            speaker_rows(looked.speakers, transcript.utterances), employers(names, transcript.emails), looked.practice_name
        ),
        one_person=same_person(names),
        coverage=transcript.coverage,
        dropped=dict(transcript.dropped),
        warnings=transcript.warnings,
    )


def _duration(utterances: Sequence[Utterance]) -> float | None:
    """Seconds from the first word to the end of the last, as far as the file tells."""
    starts = [u.start for u in utterances if u.start is not None]
    ends = [end for u in utterances if (end := u.start if u.end is None else u.end) is not None]
    return max(ends) - min(starts) if starts else None


def _with_companies(rows: Sequence[SpeakerRow], companies: dict[str, str], practice: str) -> tuple[SpeakerRow, ...]:
    """The rows with the company of whom one is known, and with the side that it makes likely where none is known."""

    def told(row: SpeakerRow) -> SpeakerRow:
        company = companies.get(row.name, "")
        likely = ("ours" if letters(company) == letters(practice) else "theirs") if company and row.side == "unknown" else ""
        return replace(row, company=company, likely=likely)

    return tuple(map(told, rows))


def refusal(file: Incoming, why: AnalyzerError) -> UploadRow:
    """The row of a file that was not taken."""
    error = Failure(code=why.code, message=why.message, hint=why.hint)
    return UploadRow(file=file.label, status="refused", error=error)


def refusals(rows: Sequence[UploadRow], others: str) -> Failure | None:
    """One refusal speaks for itself; some among others are `some_refused`."""
    refused = [r.error for r in rows if r.error]
    if not refused:
        return None
    if len(refused) == len(rows) and len({r.code for r in refused}) == 1:
        first = refused[0]
        return first if len(refused) == 1 else Failure(code=first.code, message=f"{len(refused)} files refused", hint=first.hint)
    return Failure(code="some_refused", message=f"{len(refused)} of {len(rows)} files refused", hint=others)
