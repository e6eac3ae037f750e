"""The tables as they are now. How a record comes to have them stands in `migrations`; a test holds the two together.

A meeting's facts stand in `meetings`; what was said stands in numbered revisions, each with its own speakers and turns,
and the meeting points at the one that counts. Everything hangs on its meeting, and a meeting on its client, by
ON DELETE CASCADE: deleting one row forgets all that came from it. Only `used_ids` stays, so that an id is never given twice.
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
)

# Apart from the facts, so that listing meetings does not read over whole files.
originals = Table(
    "originals",
    metadata,
    Column("meeting_id", Text, ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True),
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
    ForeignKeyConstraint(["meeting_id", "revision"], ["revisions.meeting_id", "revisions.number"], ondelete="CASCADE"),
    Index("assessments_of_revision", "meeting_id", "revision", "engine"),
)

# Answers of engines by the hash of what was asked; gone with the meeting that they came from.
cache = Table(
    "cache",
    metadata,
    Column("key", Text, primary_key=True),
    Column("meeting_id", Text, ForeignKey("meetings.id", ondelete="CASCADE"), index=True),
    Column("value", Text, nullable=False),
    Column("kept_at", Text, nullable=False),
)
