"""The key for the model's server: from the environment, else from the system's keyring, and from nowhere else.

A kept key belongs to one server, by its host, or to one provider; it is never sent to another. The keyring is opened only
when somebody asks for a key. Nothing here writes a file, and no message or repr holds a key.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from analyzer.errors import KeyMissing, KeyRefused, KeyringUnusable, UsageError
from analyzer.servers import OPENAI, host, wants_key
from analyzer.settings import Secret, Settings, key_variables

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "analyzer"
_VARIABLE = key_variables(OPENAI)[0]
_NONE = ("fail", "null")  # keyring's own stand-ins for a keyring that is not there
_UNSAFE = "keyrings.alt"
_ENCRYPTED = ("Encrypted", "Registry")


def key_for(settings: Settings) -> str:
    """The key to send to the server that the settings name; empty where none is found and none is needed.

    Raises KeyMissing where one is needed, KeyRefused for one that no server can have given, with what to do.
    """
    found = settings.api_key
    wanted = wants_key(settings.base_url, settings.provider)
    if found is None:
        try:
            found = kept(name_for(settings))
        except KeyringUnusable as unusable:
            if wanted:
                raise KeyMissing(f"there is no key for {name_for(settings)}: {unusable.message}", unusable.hint) from unusable
    if found is None:
        if wanted:
            raise KeyMissing(
                f"there is no key for {name_for(settings)}",
                f"`analyzer key set` keeps one in the system's keyring; or set {_VARIABLE} in the environment,"
                " or use --engine offline.",
            )
        return ""
    key = found.reveal()
    if not is_possible(key):
        raise KeyRefused(
            f"the key for {name_for(settings)} has characters that no key has",
            f"Set it anew: `analyzer key set`, or {_VARIABLE} in the environment.",
        )
    return key


def is_possible(key: str) -> bool:
    """Whether this can be a key at all: it goes into a header, where only printable ASCII without spaces may stand."""
    return bool(key) and key.isascii() and key.isprintable() and " " not in key


def name_for(settings: Settings) -> str:
    """The name under which the key of this server is kept: its host, or the provider where only its library knows the server."""
    if settings.base_url is None and settings.provider != OPENAI:
        return settings.provider
    return host(settings.base_url, settings.provider)


def name_of(server: str) -> str:
    """The name under which the key of a server is kept that somebody wrote as a host, a URL or a provider's name.

    Raises UsageError for what is none of these.
    """
    told = server.strip()
    try:
        return host(told if "://" in told else f"//{told}")
    except ValueError as wrong:
        raise UsageError(f"{server!r} is no server", "--server HOST, as in settings.toml") from wrong


def kept(name: str) -> Secret | None:
    """The key that is kept for this server. Raises KeyringUnusable."""
    with _keyring() as keyring:
        found = keyring.get_password(SERVICE, name)
    return Secret(found) if found else None


def keep(name: str, key: Secret) -> str:
    """Keep the key for this server in place of any before it; returns the keyring's name. Raises KeyringUnusable."""
    with _keyring() as keyring:
        keyring.set_password(SERVICE, name, key.reveal())
        if keyring.get_password(SERVICE, name) != key.reveal():
            raise KeyringUnusable(f"{keyring.name} did not keep the key", _instead())
        return str(keyring.name)


def forget(name: str) -> bool:
    """Take the key of this server out of the keyring; False where none was kept. Raises KeyringUnusable."""
    with _keyring() as keyring:
        if keyring.get_password(SERVICE, name) is None:
            return False
        keyring.delete_password(SERVICE, name)
        return True


@contextmanager
def _keyring() -> Iterator["KeyringBackend"]:
    """The system's keyring. Raises KeyringUnusable where there is none, it will not open, or it would write plain text."""
    import keyring  # looks for backends when imported, and is needed for a key alone
    from keyring.errors import KeyringError

    try:
        yield _safe(keyring.get_keyring())
    except KeyringUnusable:
        raise
    except (KeyringError, RuntimeError, OSError) as error:
        raise KeyringUnusable(f"the system's keyring does not open ({type(error).__name__})", _instead()) from None


def _safe(backend: "KeyringBackend") -> "KeyringBackend":
    """The backend, or the first of a chain of them that keeps secrets secret. Raises KeyringUnusable."""
    chain: tuple[KeyringBackend, ...] = tuple(getattr(backend, "backends", ())) or (backend,)
    wrong = [_wrong_with(one) for one in chain]
    for one, why in zip(chain, wrong, strict=True):
        if not why:
            return one
    raise KeyringUnusable(wrong[0], _instead())


def _wrong_with(backend: "KeyringBackend") -> str:
    module, names = type(backend).__module__, [kind.__name__ for kind in type(backend).__mro__]
    if module.startswith("keyring.backends.") and module.rpartition(".")[2] in _NONE:
        return "this machine has no keyring"
    encrypts = any(word in name for word in _ENCRYPTED for name in names)
    if any("Plaintext" in name for name in names) or (module.startswith(_UNSAFE) and not encrypts):
        return f"the keyring {names[0]} would write the key into a file as it is"
    return ""


def _instead() -> str:
    return f"Set {_VARIABLE} in the environment instead."
