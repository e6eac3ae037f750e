"""The key for the model's server, kept in the system's keyring: set, looked for, forgotten. It is never shown."""

from dataclasses import replace

from analyzer import keys
from analyzer.errors import KeyringUnusable, UsageError
from analyzer.model.own import KeyTold
from analyzer.servers import wants_key
from analyzer.settings import Secret
from analyzer.workspace import Workspace

KEYRING = "the system's keyring"


def show(ws: Workspace, server: str | None) -> KeyTold:
    """Whether there is a key, and where: the environment comes first, and counts for the server of the settings alone."""
    told, settings = _told(ws, server), ws.settings
    if settings.api_key is not None and told.server == keys.name_for(settings):
        return replace(told, found=True, source=settings.sources["api_key"])
    try:
        found = keys.kept(told.server) is not None
    except KeyringUnusable as unusable:
        ws.notice("keyring", unusable.message)
        return told
    return replace(told, found=found, source=KEYRING if found else "")


def ready(ws: Workspace, server: str | None) -> None:
    """Find out whether a key can be kept before anybody types one. Raises UsageError, KeyringUnusable."""
    keys.kept(_told(ws, server).server)


def keep(ws: Workspace, server: str | None, key: str) -> KeyTold:
    """Keep the key in the system's keyring, in place of any before it. Raises UsageError, KeyringUnusable."""
    told = _told(ws, server)
    if not keys.is_possible(key):
        raise UsageError("that is no key: a key is one line of letters, digits and signs", "copy it whole, without spaces")
    keyring = keys.keep(told.server, Secret(key))
    settings = ws.settings
    if settings.api_key is not None and told.server == keys.name_for(settings):
        variable = settings.sources["api_key"].removeprefix("environment ")
        ws.notice("key_in_environment", f"the key in {variable} comes before the kept one for as long as it is set")
    return replace(told, found=True, source=f"{KEYRING} ({keyring})", changed=True)


def forget(ws: Workspace, server: str | None) -> KeyTold:
    """Take the key out of the system's keyring; one in the environment stays. Raises KeyringUnusable."""
    told = _told(ws, server)
    changed = keys.forget(told.server)
    return replace(show(ws, server), changed=changed)


def _told(ws: Workspace, server: str | None) -> KeyTold:
    settings = ws.settings
    ours = keys.name_for(settings)
    name = ours if server is None else keys.name_of(server)
    if not name:
        raise UsageError("that names no server", "analyzer key show --server api.openai.com")
    needed = wants_key(settings.base_url, settings.provider) if name == ours else True
    return KeyTold(server=name, found=False, source="", needed=needed)
