"""The command over how much fits: limits."""

import typer

from analyzer.cli.options import AsJson
from analyzer.cli.output import run


def register(app: typer.Typer) -> None:
    """Add this command to the app."""
    app.command()(limits)


def limits(as_json: AsJson = False) -> None:
    """Tell how much fits: what was measured with up to 10,000 meetings, and how large your home is beside that.

    Example: analyzer limits
    """
    from analyzer.rendering import limits as shown
    from analyzer.usecases import limits as work

    run("limits", as_json, work.limits, shown.limits)
