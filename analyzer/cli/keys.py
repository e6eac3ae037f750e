"""Commands for the key of the model's server: key set, key show, key forget."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.options import AsJson
from analyzer.cli.output import run

if TYPE_CHECKING:
    from analyzer.model.own import KeyTold
    from analyzer.workspace import Workspace

key = typer.Typer(name="key", help="The key for the model's server.", no_args_is_help=True, rich_markup_mode=None)

Server = Annotated[
    str | None,
    typer.Option("--server", metavar="HOST", help="Another server than that of the settings: host, address or provider."),
]

_LONGEST = 10_000  # characters; no key is longer, and what is piped in may never end


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.add_typer(key)


@key.command("set")
def key_set(
    source: Annotated[
        str | None, typer.Argument(metavar="[-]", help="A dash reads one line from stdin; left out, you are asked.")
    ] = None,
    server: Server = None,
    as_json: AsJson = False,
) -> None:
    """Keep the key in the system's keyring; what you type is not shown.

    Example: analyzer key set --server api.openai.com
    """
    from analyzer.errors import UsageError
    from analyzer.rendering import keys as rendering
    from analyzer.usecases import keys

    def work(ws: "Workspace") -> "KeyTold":
        if source == "-":
            told = sys.stdin.readline(_LONGEST)
        elif source is not None:  # it stands in the shell's history by now: not said again, and not taken
            raise UsageError("a key is not given as an argument", "analyzer key set asks for it; analyzer key set - reads stdin")
        elif not sys.stdin.isatty():
            raise UsageError("there is nobody to ask for the key", "analyzer key set - reads one line from stdin")
        else:
            keys.ready(ws, server)
            told = typer.prompt("The key (it is not shown)", hide_input=True, err=True)
        return keys.keep(ws, server, told.strip())

    run("key set", as_json, work, rendering.key)


@key.command("show")
def key_show(server: Server = None, as_json: AsJson = False) -> None:
    """Tell whether there is a key and where it is found; never the key.

    Example: analyzer key show
    """
    from analyzer.rendering import keys as rendering
    from analyzer.usecases import keys

    run("key show", as_json, lambda ws: keys.show(ws, server), rendering.key)


@key.command("forget")
def key_forget(server: Server = None, as_json: AsJson = False) -> None:
    """Take the key out of the system's keyring.

    Example: analyzer key forget
    """
    from analyzer.rendering import keys as rendering
    from analyzer.usecases import keys

    run("key forget", as_json, lambda ws: keys.forget(ws, server), rendering.forgotten)
