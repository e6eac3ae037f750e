"""Where the words go: the address of the model's server, and whether it lies within one's own walls."""

import ipaddress
from urllib.parse import urlsplit

VENDOR_URL = "https://api.openai.com/v1"


def is_private(base_url: str | None) -> bool:
    """Whether the server is this machine or one on a private network (None is the vendor's own server, which is not).

    A name without a dot (`ollama`) or under `.local`, `.internal`, `.localhost` can only be met on one's own network.
    """
    host = (urlsplit(base_url or VENDOR_URL).hostname or "").rstrip(".")
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return bool(host) and ("." not in host or host.endswith((".local", ".internal", ".localhost")))
    return address.is_loopback or address.is_private or address.is_link_local
