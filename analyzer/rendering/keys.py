"""Where a key is, as text; never the key."""

from rich.console import RenderableType
from rich.text import Text

from analyzer.model.own import KeyTold


def key(result: KeyTold) -> RenderableType:
    """Whether there is a key, and where."""
    if result.changed:
        return Text(f"kept for {result.server} in {result.source}")
    return Text(_there(result))


def forgotten(result: KeyTold) -> RenderableType:
    """What was taken out, and what is left."""
    done = "forgotten" if result.changed else "nothing was kept"
    return Text(f"{done}: {_there(result)}")


def _there(result: KeyTold) -> str:
    if result.found:
        return f"the key for {result.server} comes from {result.source}"
    return f"no key is kept for {result.server}" + ("" if result.needed else "; it can be asked without one")
