"""The langchain model behind a chat: ChatOpenAI for every OpenAI-compatible server, `init_chat_model` for other providers.

No model made here tries anything again by itself: `chat` does, with one pace for all threads.
"""

import sys
from pathlib import Path
from typing import Any, cast

import openai
from langchain_core.language_models import BaseChatModel
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from analyzer.engines.llm.asked import Asked
from analyzer.errors import ProviderMissing, RequestRefused
from analyzer.servers import OPENAI, address, is_private

_NO_KEY = "none"  # ChatOpenAI wants some key, also for a server that does not
_ONE_TRY = 0
_ONE_TRY_COUNTED_FROM_1 = ("google_",)  # their 0 means "as often as we like"


def build(asked: Asked, key: str, *, store: bool | None = False) -> BaseChatModel:
    """The model, made without a network; `key` may be empty, and `store` None leaves out what a server does not know.

    Raises ProviderMissing where the provider is unknown or its package is not installed, RequestRefused where its library
    will not take these settings.
    """
    chosen: dict[str, Any] = {}
    if asked.temperature is not None:
        chosen["temperature"] = asked.temperature
    if asked.reasoning_effort:
        chosen["reasoning_effort"] = asked.reasoning_effort
    if asked.provider != OPENAI:
        return _of_provider(asked, key, chosen)
    return ChatOpenAI(
        model=asked.model,
        base_url=address(asked.base_url),
        api_key=SecretStr(key or _NO_KEY),
        timeout=asked.timeout,
        max_retries=_ONE_TRY,
        use_responses_api=False,
        store=store,
        openai_proxy="",  # else a variable of the environment could send all of it elsewhere
        http_client=_Connection(asked),
        **chosen,
    )


class _Connection(openai.DefaultHttpxClient):
    """A connection to one server alone: a redirection is an error, and nothing stands between us and a server of our own."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(follow_redirects=False, trust_env=not is_private(asked.base_url, asked.provider))

    def __del__(self) -> None:
        self.close()  # as the client's own connection does: nobody else would


def _of_provider(asked: Asked, key: str, chosen: dict[str, Any]) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    once = 1 if asked.provider.startswith(_ONE_TRY_COUNTED_FROM_1) else _ONE_TRY
    chosen |= {"timeout": asked.timeout, "max_retries": once}
    if url := address(asked.base_url, asked.provider):
        chosen["base_url"] = url
    if key:
        chosen["api_key"] = key
    try:
        return cast("BaseChatModel", init_chat_model(asked.model, model_provider=asked.provider, **chosen))
    except ImportError as error:
        raise _not_installed(asked.provider, error) from error
    except ValueError as error:
        if "nsupported" in str(error) and "provider" in str(error):
            raise ProviderMissing(
                f"there is no provider called {asked.provider}",
                'Set provider to one that langchain knows, such as "anthropic", "mistralai" or "ollama".',
            ) from None
        raise _will_not_do(asked, error) from None
    except TypeError as error:
        raise _will_not_do(asked, error) from None


def _not_installed(provider: str, error: ImportError) -> ProviderMissing:
    missing = error.__cause__ if isinstance(error.__cause__, ImportError) else error
    package = (missing.name or "").partition(".")[0].replace("_", "-") or f"langchain-{provider}".replace("_", "-")
    return ProviderMissing(f"provider {provider} needs the package {package}", f"Install it: {_command(package)}")


def _command(package: str) -> str:
    """How a package is put beside this program, by the way in which it was installed."""
    parts = Path(sys.prefix).parts
    if "pipx" in parts:
        return f"pipx inject analyzer {package}"
    if parts[-3:-1] == ("uv", "tools"):
        return f"uv tool install analyzer --with {package}"
    return f'"{sys.executable}" -m pip install {package}'


def _will_not_do(asked: Asked, error: Exception) -> RequestRefused:
    """The settings that a provider's library refuses, by the kind of error alone: its words may hold the key."""
    return RequestRefused(
        f"the package of provider {asked.provider} does not take these settings ({type(error).__name__})",
        "Check model, base_url, temperature and reasoning_effort, or leave them out.",
    )
