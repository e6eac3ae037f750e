"""The record: what was uploaded, what was read from it, what was decided. SQLite; the one copy of everything that matters."""

from analyzer.store.names import tidy_name
from analyzer.store.rows import MeetingHead, NewMeeting
from analyzer.store.store import Store

__all__ = ["MeetingHead", "NewMeeting", "Store", "tidy_name"]
