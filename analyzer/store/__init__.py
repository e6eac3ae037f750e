"""The record: what was uploaded, what was read from it, what was decided. SQLite; the one copy of everything that matters."""

from analyzer.store.filing import Filing, Refiled
from analyzer.store.names import tidy_name
from analyzer.store.rows import Export, MeetingHead, NewMeeting, Sitting, Usage
from analyzer.store.store import Store

__all__ = ["Export", "Filing", "MeetingHead", "NewMeeting", "Refiled", "Sitting", "Store", "Usage", "tidy_name"]
