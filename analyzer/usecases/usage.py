"""What engines have used: calls, kept answers and tokens by day, model and command."""

import datetime as dt

from analyzer.model.own import Spent
from analyzer.workspace import Workspace


def usage(ws: Workspace, since: dt.date | None = None) -> Spent:
    """What was used from a day on, or ever, and the sum of it."""
    rows = ws.store.usage(since)
    return Spent(
        since=since,
        rows=rows,
        calls=sum(row.calls for row in rows),
        cached=sum(row.cached for row in rows),
        input_tokens=sum(row.input_tokens for row in rows),
        output_tokens=sum(row.output_tokens for row in rows),
    )
