"""How a record grows from any earlier version to this one: numbered functions, each in one transaction with its own record.

A function that has been released is never changed; what comes later is a new function at the end of `MIGRATIONS`.
"""

import datetime as dt
import json
from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, func, insert, inspect, select
from sqlalchemy.exc import OperationalError

from analyzer.errors import StoreError
from analyzer.store import spoken, tables


def _m1_the_record(connection: Connection) -> None:
    for statement in _FIRST_TABLES.split(";"):
        if statement.strip():
            connection.exec_driver_sql(statement)


def _m2_edits_and_filing(connection: Connection) -> None:
    """Chat and caption times on turns, several originals a meeting, edits as a log, merged clients, what was exported."""
    for statement in _EDITS_AND_FILING.split(";"):
        if statement.strip():
            connection.exec_driver_sql(statement)
    # Until now a later revision could differ from the first in the sides alone: as an edit it can be taken back.
    changed = connection.exec_driver_sql(_SIDES_SET_SO_FAR).all()
    for meeting_id in dict.fromkeys(row.meeting_id for row in changed):
        sides = {row.name: row.side for row in changed if row.meeting_id == meeting_id}
        body = json.dumps({"kind": "sides", "names": [], "to": "", "turns": [], "sides": sides})
        last = "SELECT max(made_at) FROM revisions WHERE meeting_id = ?"
        connection.exec_driver_sql(
            f"INSERT INTO edits (meeting_id, made_at, body) VALUES (?, ({last}), ?)",  # noqa: S608 `last` stands above
            (meeting_id, meeting_id, body),
        )


def _m3_a_persons_word(connection: Connection) -> None:
    """What a person says beside the readers, what was spent, stand-ins, and whether a reading is complete."""
    for statement in _A_PERSONS_WORD.split(";"):
        if statement.strip():
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql(_FORGET_ANSWERS)


def _m4_documents(connection: Connection) -> None:
    """Confidential meetings, remembered words, single promises of a turn, decisions about clients, kept agendas."""
    for statement in _DOCUMENTS.split(";"):
        if statement.strip():
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql(_FORGET_AGENDAS)


def _m5_trust(connection: Connection) -> None:
    """Digests of what was said, who wrote what, receipts of what was forgotten, and forgetting that was begun."""
    for statement in _TRUST.split(";"):
        if statement.strip():
            connection.exec_driver_sql(statement)
    spoken.add_missing(connection)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    _m1_the_record,
    _m2_edits_and_filing,
    _m3_a_persons_word,
    _m4_documents,
    _m5_trust,
)


def migrate(
    reading: Callable[[], AbstractContextManager[Connection]],
    writing: Callable[[], AbstractContextManager[Connection]],
    now: Callable[[], dt.datetime],
) -> None:
    """Bring the record to this version; one query where it is there already.

    Raises StoreError for a record of a newer version, and for a database that is none of ours.
    """
    with reading() as connection:
        version = _version(connection)
    while version < len(MIGRATIONS):
        with writing() as connection:
            version = _version(connection)  # another process may have been quicker
            if version < len(MIGRATIONS):
                _apply(connection, version + 1, now())
                version += 1
    if version > len(MIGRATIONS):
        raise StoreError(
            f"the record was written by a newer Analyzer (record version {version}, this one knows {len(MIGRATIONS)})",
            "Update Analyzer; the record was not touched.",
        )


def _apply(connection: Connection, number: int, now: dt.datetime) -> None:
    step = MIGRATIONS[number - 1]
    step(connection)
    applied_at = now.astimezone(dt.UTC).isoformat()
    connection.execute(insert(tables.migrations).values(number=number, name=step.__name__, applied_at=applied_at))


def _version(connection: Connection) -> int:
    newest = select(func.max(tables.migrations.c.number))
    try:
        return connection.execute(newest).scalar_one() or 0
    except OperationalError as error:
        if "no such table" not in str(error.orig):
            raise
    there = inspect(connection).get_table_names()
    if tables.migrations.name in there:  # by now: another process makes this record at the same moment
        return connection.execute(newest).scalar_one() or 0
    if there:
        raise StoreError("this database is not a record of Analyzer", "Move it away, or set ANALYZER_HOME to another home.")
    return 0


_FIRST_TABLES = """
CREATE TABLE migrations (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL);
CREATE TABLE used_ids (id TEXT NOT NULL PRIMARY KEY);
CREATE TABLE clients (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    stage TEXT NOT NULL,
    offline_only BOOLEAN NOT NULL,
    added_at TEXT NOT NULL
);
CREATE TABLE meetings (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    client_id TEXT REFERENCES clients (id) ON DELETE CASCADE,
    date DATE NOT NULL,
    title TEXT NOT NULL,
    format TEXT NOT NULL,
    file_name TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    coverage FLOAT NOT NULL,
    dropped JSON NOT NULL,
    warnings JSON NOT NULL,
    revision INTEGER NOT NULL,
    index_pending BOOLEAN NOT NULL,
    added_at TEXT NOT NULL
);
CREATE INDEX ix_meetings_client_id ON meetings (client_id);
CREATE TABLE originals (
    meeting_id TEXT NOT NULL PRIMARY KEY REFERENCES meetings (id) ON DELETE CASCADE,
    content BLOB NOT NULL
);
CREATE TABLE revisions (
    meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    turns INTEGER NOT NULL,
    words INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (meeting_id, number)
);
CREATE TABLE speakers (
    meeting_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    name TEXT NOT NULL,
    side TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (meeting_id, revision, ordinal),
    FOREIGN KEY (meeting_id, revision) REFERENCES revisions (meeting_id, number) ON DELETE CASCADE
);
CREATE TABLE turns (
    meeting_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    speaker INTEGER NOT NULL,
    text TEXT NOT NULL,
    start FLOAT,
    "end" FLOAT,
    PRIMARY KEY (meeting_id, revision, ordinal),
    FOREIGN KEY (meeting_id, revision) REFERENCES revisions (meeting_id, number) ON DELETE CASCADE,
    FOREIGN KEY (meeting_id, revision, speaker) REFERENCES speakers (meeting_id, revision, ordinal) ON DELETE CASCADE
);
CREATE TABLE assessments (
    number INTEGER NOT NULL PRIMARY KEY,
    meeting_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    engine TEXT NOT NULL,
    model TEXT NOT NULL,
    prompts TEXT NOT NULL,
    read_at TEXT NOT NULL,
    body JSON NOT NULL,
    FOREIGN KEY (meeting_id, revision) REFERENCES revisions (meeting_id, number) ON DELETE CASCADE
);
CREATE INDEX assessments_of_revision ON assessments (meeting_id, revision, engine);
CREATE TABLE cache (
    "key" TEXT NOT NULL PRIMARY KEY,
    meeting_id TEXT REFERENCES meetings (id) ON DELETE CASCADE,
    value TEXT NOT NULL,
    kept_at TEXT NOT NULL
);
CREATE INDEX ix_cache_meeting_id ON cache (meeting_id)
"""

_EDITS_AND_FILING = """
ALTER TABLE clients ADD COLUMN merged_into TEXT REFERENCES clients (id) ON DELETE CASCADE;
ALTER TABLE turns ADD COLUMN chat BOOLEAN NOT NULL DEFAULT '0';
ALTER TABLE turns ADD COLUMN cues JSON;
ALTER TABLE revisions ADD COLUMN read_from TEXT;
UPDATE revisions SET read_from = (SELECT digest FROM meetings WHERE id = meeting_id) WHERE number = 1;
ALTER TABLE originals RENAME TO first_originals;
CREATE TABLE originals (
    meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    digest TEXT NOT NULL UNIQUE,
    file_name TEXT NOT NULL,
    added_at TEXT NOT NULL,
    sketch BLOB,
    content BLOB NOT NULL,
    PRIMARY KEY (meeting_id, digest)
);
INSERT INTO originals
    SELECT m.id, m.digest, m.file_name, m.added_at, NULL, f.content FROM first_originals f JOIN meetings m ON m.id = f.meeting_id;
DROP TABLE first_originals;
CREATE TABLE edits (
    number INTEGER NOT NULL PRIMARY KEY,
    meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    made_at TEXT NOT NULL,
    body JSON NOT NULL
);
CREATE INDEX ix_edits_meeting_id ON edits (meeting_id);
CREATE TABLE filings (
    number INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    client_id TEXT REFERENCES clients (id) ON DELETE CASCADE,
    meeting_id TEXT REFERENCES meetings (id) ON DELETE CASCADE,
    made_at TEXT NOT NULL,
    body JSON NOT NULL
);
CREATE INDEX ix_filings_client_id ON filings (client_id);
CREATE INDEX ix_filings_meeting_id ON filings (meeting_id);
CREATE TABLE exports (
    number INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    path TEXT NOT NULL,
    made_at TEXT NOT NULL
);
CREATE TABLE exported_meetings (
    export INTEGER NOT NULL REFERENCES exports (number) ON DELETE CASCADE,
    meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    PRIMARY KEY (export, meeting_id)
);
CREATE INDEX ix_exported_meetings_meeting_id ON exported_meetings (meeting_id)
"""
_SIDES_SET_SO_FAR = """
SELECT now.meeting_id, now.name, now.side FROM meetings AS m
JOIN speakers AS now ON now.meeting_id = m.id AND now.revision = m.revision
JOIN speakers AS first ON first.meeting_id = m.id AND first.revision = 1 AND first.name = now.name
WHERE now.side != first.side ORDER BY now.meeting_id, now.ordinal
"""

_FORGET_ANSWERS = """
CREATE TRIGGER forget_answers AFTER DELETE ON cache_meetings BEGIN
    DELETE FROM cache WHERE "key" = OLD."key";
END
"""

_A_PERSONS_WORD = """
ALTER TABLE cache RENAME TO first_cache;
CREATE TABLE cache ("key" TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL, kept_at TEXT NOT NULL);
INSERT INTO cache SELECT "key", value, kept_at FROM first_cache;
CREATE TABLE cache_meetings (
    "key" TEXT NOT NULL REFERENCES cache ("key") ON DELETE CASCADE,
    meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    PRIMARY KEY ("key", meeting_id)
);
CREATE INDEX ix_cache_meetings_meeting_id ON cache_meetings (meeting_id);
INSERT INTO cache_meetings SELECT "key", meeting_id FROM first_cache WHERE meeting_id IS NOT NULL;
DROP TABLE first_cache;
ALTER TABLE assessments ADD COLUMN complete BOOLEAN NOT NULL DEFAULT '1';
CREATE TABLE verdicts (
    meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    sign TEXT NOT NULL,
    level TEXT NOT NULL,
    note TEXT NOT NULL,
    made_at TEXT NOT NULL,
    reader TEXT,
    engine TEXT,
    model TEXT,
    prompts TEXT,
    PRIMARY KEY (meeting_id, sign)
);
CREATE TABLE dismissals (
    number INTEGER NOT NULL PRIMARY KEY,
    meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    made_at TEXT NOT NULL,
    sign TEXT NOT NULL,
    at JSON NOT NULL,
    because TEXT NOT NULL
);
CREATE INDEX ix_dismissals_meeting_id ON dismissals (meeting_id);
CREATE TABLE marks (
    number INTEGER NOT NULL PRIMARY KEY,
    meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    made_at TEXT NOT NULL,
    sign TEXT NOT NULL,
    at JSON NOT NULL
);
CREATE INDEX ix_marks_meeting_id ON marks (meeting_id);
CREATE TABLE outcomes (
    number INTEGER NOT NULL PRIMARY KEY,
    meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    made_at TEXT NOT NULL,
    at JSON NOT NULL,
    what TEXT NOT NULL,
    outcome TEXT NOT NULL,
    note TEXT NOT NULL,
    date DATE NOT NULL
);
CREATE INDEX ix_outcomes_meeting_id ON outcomes (meeting_id);
CREATE TABLE notes (
    number INTEGER NOT NULL PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    date DATE NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    made_at TEXT NOT NULL
);
CREATE INDEX ix_notes_client_id ON notes (client_id);
CREATE TABLE usage (
    number INTEGER NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    command TEXT NOT NULL,
    engine TEXT NOT NULL,
    model TEXT NOT NULL,
    server TEXT NOT NULL,
    calls INTEGER NOT NULL,
    cached INTEGER NOT NULL,
    input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL
);
CREATE INDEX ix_usage_at ON usage (at);
CREATE TABLE stand_ins (
    client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    original TEXT NOT NULL,
    stand_in TEXT NOT NULL,
    PRIMARY KEY (client_id, original),
    UNIQUE (client_id, stand_in)
)
"""

_FORGET_AGENDAS = """
CREATE TRIGGER forget_agendas AFTER DELETE ON agenda_meetings BEGIN
    DELETE FROM agendas WHERE id = OLD.agenda;
END
"""

_DOCUMENTS = """
ALTER TABLE meetings ADD COLUMN confidential BOOLEAN NOT NULL DEFAULT '0';
ALTER TABLE outcomes ADD COLUMN one_of BOOLEAN NOT NULL DEFAULT '0';
CREATE TABLE remembered (
    number INTEGER NOT NULL PRIMARY KEY,
    meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    made_at TEXT NOT NULL,
    at JSON NOT NULL
);
CREATE INDEX ix_remembered_meeting_id ON remembered (meeting_id);
CREATE TABLE decisions (
    number INTEGER NOT NULL PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    date DATE NOT NULL,
    choice TEXT NOT NULL,
    note TEXT NOT NULL,
    made_at TEXT NOT NULL
);
CREATE INDEX ix_decisions_client_id ON decisions (client_id);
CREATE TABLE agendas (
    id INTEGER NOT NULL PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    date DATE NOT NULL,
    kind TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    people JSON NOT NULL,
    body JSON NOT NULL,
    text TEXT,
    UNIQUE (client_id, number)
);
CREATE TABLE agenda_meetings (
    agenda INTEGER NOT NULL REFERENCES agendas (id) ON DELETE CASCADE,
    meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    PRIMARY KEY (agenda, meeting_id)
);
CREATE INDEX ix_agenda_meetings_meeting_id ON agenda_meetings (meeting_id)
"""

_TRUST = """
ALTER TABLE revisions ADD COLUMN spoken BLOB;
ALTER TABLE verdicts ADD COLUMN author TEXT;
ALTER TABLE dismissals ADD COLUMN author TEXT;
ALTER TABLE marks ADD COLUMN author TEXT;
ALTER TABLE outcomes ADD COLUMN author TEXT;
ALTER TABLE notes ADD COLUMN author TEXT;
ALTER TABLE decisions ADD COLUMN author TEXT;
ALTER TABLE exports ADD COLUMN client_id TEXT REFERENCES clients (id) ON DELETE CASCADE;
CREATE TABLE receipts (
    id TEXT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    counts JSON NOT NULL,
    documents JSON NOT NULL
);
CREATE TABLE forgettings (
    number INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    body JSON NOT NULL
)
"""
