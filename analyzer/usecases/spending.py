"""What answers of a model cost: counted for this command and kept for `analyzer usage`, without a word of what was read."""

from collections.abc import Mapping

from analyzer.store import Usage
from analyzer.workspace import Workspace


def spend(ws: Workspace, command: str, engine: str, meeting_id: str | None, usage: Mapping[str, int]) -> None:
    """Count what one piece of work used; nothing is kept where nothing was asked."""
    if not usage:
        return
    ws.spent.update(usage)
    ws.store.keep_usage(
        Usage(
            command=command,
            engine=engine,
            model=ws.settings.model,
            server=ws.server,
            meeting=meeting_id,
            calls=usage.get("calls", 0),
            cached=usage.get("cached", 0),
            input_tokens=usage.get("input_tokens", 0),
            output_tokens=usage.get("output_tokens", 0),
        )
    )
