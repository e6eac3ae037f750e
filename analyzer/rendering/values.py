"""A result as JSON has it."""

from dataclasses import fields, is_dataclass
from typing import Any


def plain(value: Any) -> Any:
    """A result as JSON has it: objects by field name, dates as ISO text; `failure` stands in the envelope instead."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value) if f.name != "failure"}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
