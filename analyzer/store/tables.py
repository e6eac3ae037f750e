"""The tables as they are now. How a record comes to have them stands in `migrations`; a test holds the two together.

A meeting's facts stand in `meetings`; what was said stands in numbered revisions, each with its own speakers and turns,
and the meeting points at the one that counts. Everything hangs on its meeting, and a meeting on its client, by
ON DELETE CASCADE: deleting one row forgets all that came from it. Only `used_ids` stays, so that an id is never given twice,
and `usage`, which says what was spent and no word of what was read.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

migrations = Table(
    "migrations",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("applied_at", Text, nullable=False),
)

used_ids = Table("used_ids", metadata, Column("id", Text, primary_key=True))

clients = Table(
    "clients",
    metadata,
    Column("id", Text, primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("offline_only", Boolean, nullable=False),
    Column("added_at", Text, nullable=False),
    # Not null for a client that was merged into another: its names still lead there, and the merge can be taken back.
    Column("merged_into", Text, ForeignKey("clients.id", ondelete="CASCADE")),
)

meetings = Table(
    "meetings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("client_id", Text, ForeignKey("clients.id", ondelete="CASCADE"), index=True),
    Column("date", Date, nullable=False),
    Column("title", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("coverage", Float, nullable=False),
    Column("dropped", JSON, nullable=False),
    Column("warnings", JSON, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("index_pending", Boolean, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("confidential", Boolean, nullable=False, server_default="0"),  # its words go to nobody who was not there
)

# Apart from the facts, so that listing meetings does not read over whole files. A meeting has a second one when another
# export of it took the place of the first; the meeting's own digest is that of the one that counts. `sketch` tells other
# exports of the same meeting by their words (`transcripts.likeness`); null where it is still to be made.
originals = Table(
    "originals",
    metadata,
    Column("meeting_id", Text, ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True),
    Column("digest", Text, primary_key=True, unique=True),
    Column("file_name", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("sketch", LargeBinary),
    Column("content", LargeBinary, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("meeting_id", Text, ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("turns", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    Column("made_at", Text, nullable=False),
    # The digest of the original that this revision is a reading of; null for one that edits made of such a reading.
    Column("read_from", Text),
    # The SHA-256 of its speakers and turns (`store.spoken`), by which a flipped bit in what was said is found.
    Column("spoken", LargeBinary),
)

# What a person changed about who speaks, in the order of `number`; played over the last reading they make the meeting as it is.
edits = Table(
    "edits",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("meeting_id", Text, ForeignKey("meetings.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("made_at", Text, nullable=False),
    Column("body", JSON, nullable=False),
)


def _of_revision() -> tuple[Column[str], Column[int], ForeignKeyConstraint]:
    return (
        Column("meeting_id", Text, primary_key=True),
        Column("revision", Integer, primary_key=True, autoincrement=False),
        ForeignKeyConstraint(["meeting_id", "revision"], ["revisions.meeting_id", "revisions.number"], ondelete="CASCADE"),
    )


speakers = Table(
    "speakers",
    metadata,
    *_of_revision(),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("role", Text, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    *_of_revision(),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("speaker", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("start", Float),
    Column("end", Float),
    Column("chat", Boolean, nullable=False, server_default="0"),
    Column("cues", JSON(none_as_null=True)),  # [[code point, start, end], ...]; null where the turn was not joined
    ForeignKeyConstraint(
        ["meeting_id", "revision", "speaker"],
        ["speakers.meeting_id", "speakers.revision", "speakers.ordinal"],
        ondelete="CASCADE",
    ),
)

assessments = Table(
    "assessments",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("meeting_id", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("engine", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("prompts", Text, nullable=False),
    Column("read_at", Text, nullable=False),
    Column("body", JSON, nullable=False),
    Column("complete", Boolean, nullable=False, server_default="1"),  # whether every turn was read
    ForeignKeyConstraint(["meeting_id", "revision"], ["revisions.meeting_id", "revisions.number"], ondelete="CASCADE"),
    Index("assessments_of_revision", "meeting_id", "revision", "engine"),
)

# Answers of engines by the hash of what was asked; gone with the meeting that they came from.
cache = Table(
    "cache",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("kept_at", Text, nullable=False),
)
# The meetings that an answer was made from. A trigger removes the answer with the first of them that goes.
cache_meetings = Table(
    "cache_meetings",
    metadata,
    Column("key", Text, ForeignKey("cache.key", ondelete="CASCADE"), primary_key=True),
    Column("meeting_id", Text, ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True, index=True),
)

# What was filed otherwise, so that it can be taken back: `body` holds how it was before. A row hangs on the client that was
# renamed or merged away, or on the meeting that was moved or amended.
filings = Table(
    "filings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("client_id", Text, ForeignKey("clients.id", ondelete="CASCADE"), index=True),
    Column("meeting_id", Text, ForeignKey("meetings.id", ondelete="CASCADE"), index=True),
    Column("made_at", Text, nullable=False),
    Column("body", JSON, nullable=False),
)

# Documents that were written to files, and the meetings that they quote.
exports = Table(
    "exports",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    # Whose document it is, where it is one client's: of one without meetings nothing else tells it.
    Column("client_id", Text, ForeignKey("clients.id", ondelete="CASCADE")),
)
exported_meetings = Table(
    "exported_meetings",
    metadata,
    Column("export", Integer, ForeignKey("exports.number", ondelete="CASCADE"), primary_key=True),
    Column("meeting_id", Text, ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True, index=True),
)

# What a person says about a meeting, which wins over every reader's word. `at` is the turn with what finds it again in a later
# revision, as in an edit.
verdicts = Table(
    "verdicts",
    metadata,
    Column("meeting_id", Text, ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True),
    Column("sign", Text, primary_key=True),
    Column("level", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("reader", Text),  # the level that this reader had given by then
    Column("engine", Text),
    Column("model", Text),
    Column("prompts", Text),
    Column("author", Text),
)


def _of_turn() -> tuple[Column[int], Column[str], Column[str]]:
    return (
        Column("number", Integer, primary_key=True),
        Column("meeting_id", Text, ForeignKey("meetings.id", ondelete="CASCADE"), nullable=False, index=True),
        Column("made_at", Text, nullable=False),
    )


dismissals = Table(
    "dismissals",
    metadata,
    *_of_turn(),
    Column("sign", Text, nullable=False),
    Column("at", JSON, nullable=False),
    Column("because", Text, nullable=False),
    Column("author", Text),
)
marks = Table(
    "marks",
    metadata,
    *_of_turn(),
    Column("sign", Text, nullable=False),
    Column("at", JSON, nullable=False),
    Column("author", Text),
)
outcomes = Table(
    "outcomes",
    metadata,
    *_of_turn(),
    Column("at", JSON, nullable=False),
    Column("what", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("one_of", Boolean, nullable=False, server_default="0"),  # `what` is one of several promises of the turn
    Column("author", Text),
)
remembered = Table("remembered", metadata, *_of_turn(), Column("at", JSON, nullable=False))

# What a person wrote down about a client. They stay with the client that they were written of when it is merged into another.
notes = Table(
    "notes",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("client_id", Text, ForeignKey("clients.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("date", Date, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("author", Text),
)

# Whether to work for a client, as it was decided each time; it stays with the client that it was about, like a note.
decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("client_id", Text, ForeignKey("clients.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("date", Date, nullable=False),
    Column("choice", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("author", Text),
)

# Agendas that were proposed, and the version that a person edited. A trigger removes an agenda with the first meeting that
# goes of those whose words it holds.
agendas = Table(
    "agendas",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("client_id", Text, ForeignKey("clients.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("kind", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("people", JSON, nullable=False),
    Column("body", JSON, nullable=False),
    Column("text", Text),
    UniqueConstraint("client_id", "number"),
)
agenda_meetings = Table(
    "agenda_meetings",
    metadata,
    Column("agenda", Integer, ForeignKey("agendas.id", ondelete="CASCADE"), primary_key=True),
    Column("meeting_id", Text, ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True, index=True),
)

# What engines used, a row for each round of calls; `at` has its zone, so that it begins with the day of who spent it.
usage = Table(
    "usage",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Text, nullable=False, index=True),
    Column("command", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("server", Text, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("cached", Integer, nullable=False),
    Column("input_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
)

# What stands in for names and numbers of a client's meetings where their words leave the machine.
stand_ins = Table(
    "stand_ins",
    metadata,
    Column("client_id", Text, ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True),
    Column("original", Text, primary_key=True),
    Column("stand_in", Text, nullable=False),
    UniqueConstraint("client_id", "stand_in"),
)

# What was forgotten: when, how much, and no name or word of it. `documents` are files outside the home that quoted it.
receipts = Table(
    "receipts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("documents", JSON, nullable=False),
)
# A forgetting that was begun; it goes with its last step, so that one cut short is found and finished by the next command.
forgettings = Table(
    "forgettings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("begun_at", Text, nullable=False),
    Column("body", JSON, nullable=False),
)
