"""Where the words of a meeting go, in words, and what is taken for a server of one's own."""

import pytest

from analyzer.servers import host, is_private, wants_key, where


@pytest.mark.parametrize(
    ("base_url", "provider", "words"),
    [
        (None, "openai", "api.openai.com"),
        (None, "anthropic", "api.anthropic.com"),
        (None, "ollama", "127.0.0.1:11434 (this machine)"),
        (None, "groq", "the servers of groq"),
        ("http://127.0.0.1:8099/v1", "openai", "127.0.0.1:8099 (this machine)"),
        ("http://LOCALHOST:1234/v1", "openai", "localhost:1234 (this machine)"),
        ("http://[::1]:8080/v1", "openai", "[::1]:8080 (this machine)"),
        ("http://ollama:11434/v1", "openai", "ollama:11434 (your own network)"),
        ("http://192.168.1.5/v1", "anthropic", "192.168.1.5 (your own network)"),
        ("https://models.example.com/v1", "anthropic", "models.example.com"),
    ],
)
def test_a_server_is_named_in_words(base_url: str | None, provider: str, words: str) -> None:
    assert where(base_url, provider) == words


@pytest.mark.parametrize(
    "url", ["http://localhost", "http://0.0.0.0:80", "http://10.1.2.3", "http://gateway", "http://box.local.", "http://[fd00::1]"]
)
def test_ones_own_servers_are_private_and_want_no_key(url: str) -> None:
    assert is_private(url)
    assert not wants_key(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "http://8.8.8.8",
        "http://134744072",  # 8.8.8.8 as one number
        "http://0x08080808",
        "http://[::ffff:8.8.8.8]",
        "http://localhost.example.com",
        "http://local.example.com",
        "http://10.0.0.1.example.com",
        "http://notlocalhost.com",
        "nonsense",
    ],
)
def test_what_only_looks_like_ones_own_is_not(url: str) -> None:
    assert not is_private(url)
    assert wants_key(url)


def test_providers_with_other_credentials_want_no_key() -> None:
    assert [
        wants_key(None, name) for name in ("openai", "anthropic", "groq", "bedrock_converse", "google_vertexai", "ollama")
    ] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_host_is_told_without_what_stands_before_it() -> None:
    assert host("https://me:secret@Models.Example.com:8443/v1") == "models.example.com:8443"
