"""Where the words go when a model reads: the server's address in words, whether it is one's own, and whether it wants a key."""

import ipaddress
import re
from urllib.parse import urlsplit

OPENAI = "openai"
# Where a provider's words go when no address is set. The ones told here are handed to the client library, so that no
# variable of the environment can send them elsewhere; any other provider's library knows its own.
ADDRESSES = {
    OPENAI: "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "mistralai": "https://api.mistral.ai/v1",
    "ollama": "http://127.0.0.1:11434",
}
# Providers that are asked without a key, or with credentials that their own library finds.
_WITHOUT_KEY = ("ollama", "bedrock", "anthropic_bedrock", "google_vertexai", "google_anthropic_vertex")
_OWN_NAMES = (".local", ".internal", ".localhost", ".lan", ".home.arpa")
_A_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def address(base_url: str | None, provider: str = OPENAI) -> str | None:
    """The URL of the server; None where only the provider's own library knows it."""
    return base_url or ADDRESSES.get(provider)


def host(base_url: str | None, provider: str = OPENAI) -> str:
    """The server's host, with its port where one is told; the provider's name where only its library knows the server."""
    url = address(base_url, provider)
    return urlsplit(url).netloc.rpartition("@")[2].lower() if url else provider


def where(base_url: str | None, provider: str = OPENAI) -> str:
    """The server in words: `127.0.0.1:8099 (this machine)`, `ollama:11434 (your own network)`, `api.openai.com`."""
    url = address(base_url, provider)
    if url is None:
        return f"the servers of {provider}"
    told = host(base_url, provider)
    if _is_this_machine(url):
        return f"{told} (this machine)"
    return f"{told} (your own network)" if is_private(base_url, provider) else told


def is_private(base_url: str | None, provider: str = OPENAI) -> bool:
    """Whether the server is this machine or one on a private network.

    A name without a dot (`gateway`), or under a suffix such as `.local` or `.internal` that no public server has, can only
    be met on one's own network. An address written as one number is not taken for a name.
    """
    url = address(base_url, provider)
    if url is None:
        return False
    if _is_this_machine(url):
        return True
    name = _name(url)
    if (ip := _ip(name)) is not None:
        return ip.is_private or ip.is_link_local
    return bool(name) and (name.endswith(_OWN_NAMES) or ("." not in name and not _A_NUMBER.fullmatch(name)))


def wants_key(base_url: str | None, provider: str = OPENAI) -> bool:
    """Whether nothing can be asked there without a key."""
    return not is_private(base_url, provider) and not provider.startswith(_WITHOUT_KEY)


def _is_this_machine(url: str) -> bool:
    name = _name(url)
    ip = _ip(name)
    return name == "localhost" or name.endswith(".localhost") or (ip is not None and (ip.is_loopback or ip.is_unspecified))


def _name(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".")


def _ip(name: str) -> _Address | None:
    try:
        ip = ipaddress.ip_address(name)
    except ValueError:
        return None
    # An IPv4 address in IPv6 clothes is what it is underneath; some versions of Python take all of those for private.
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return mapped or ip
