"""One frozen `Settings`: each value from a flag, else the environment, else `settings.toml`, else its default, and which.

This is the only module that reads the environment. A key for a model's server is never read from a file, and selects
nothing: the engine is `offline` until a flag, ANALYZER_ENGINE or `settings.toml` says `llm`.
"""

import math
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import platformdirs

from analyzer.errors import SettingsError
from analyzer.servers import OPENAI, is_private

ENGINES = ("offline", "llm")
BUNDLED, ON_SERVER = EMBEDDERS = ("bundled", "openai")
PSEUDONYMS, NONE = "pseudonyms", "none"
SETTINGS_FILE = "settings.toml"
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Secret:
    """A key that no repr, log line or error shows; `reveal` is called where it is sent and nowhere else."""

    _value: str

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this run behaves. `sources` tells for each field where its value came from, in words for a user.

    `timeout` and `lock_timeout` are seconds; `base_url` None is the provider's own server; `context_tokens` is how much
    the model takes in at once. `privacy` is "pseudonyms" or "none"; `parallel` is how many calls may run at a time,
    `calls_per_minute` 0 is no limit of ours. A `temperature` of None and an empty `reasoning_effort` are not sent.
    `embedder` is "bundled" or "openai", which has `embedding_model` on the same server make passages searchable.
    `api_key` is what the environment says; `keys` looks further. `author` is who writes here, empty where nobody said so.
    """

    home: Path
    engine: str
    provider: str
    model: str
    base_url: str | None
    api_key: Secret | None
    timeout: float
    retries: int
    context_tokens: int
    privacy: str
    parallel: int
    calls_per_minute: int
    temperature: float | None
    reasoning_effort: str
    embedder: str
    embedding_model: str
    lock_timeout: float
    author: str
    sources: dict[str, str]

    @property
    def record_path(self) -> Path:
        return self.home / "record.sqlite3"

    @property
    def index_folder(self) -> Path:
        return self.home / "index"

    @property
    def practice_path(self) -> Path:
        return self.home / "practice.toml"

    @property
    def settings_path(self) -> Path:
        return self.home / SETTINGS_FILE

    @property
    def prompts_folder(self) -> Path:
        """Where a person's own copies of prompts lie: `read/system.md` and so on."""
        return self.home / "prompts"


@dataclass(frozen=True, slots=True)
class _Option:
    """One key of settings.toml; `read` makes its value from text or from a TOML value, or raises ValueError."""

    default: object
    expected: str
    read: Callable[[object], object]


def load(overrides: Mapping[str, object] | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this run; `overrides` are flags by field name (None where not given), `environ` is os.environ if None.

    Raises SettingsError naming the flag, the variable, or the file and key that is wrong, with what is allowed.
    """
    flags = {key: value for key, value in (overrides or {}).items() if value is not None}
    variables = {key: value.strip() for key, value in (os.environ if environ is None else environ).items() if value.strip()}
    home, home_source = _home(variables)
    file = home / SETTINGS_FILE
    written = _read_file(file)
    values: dict[str, object] = {}
    sources = {"home": home_source}
    for key in _OPTIONS:
        values[key], sources[key] = _resolve(key, flags, variables, written, file)
    provider, base_url = cast("str", values["provider"]), cast("str | None", values["base_url"])
    api_key, sources["api_key"] = _api_key(variables, provider)
    privacy = cast("str | None", values["privacy"])
    if privacy is None:
        privacy, sources["privacy"] = _privacy_by_default(base_url, provider)
    return Settings(
        home=home,
        engine=cast("str", values["engine"]),
        provider=provider,
        model=cast("str", values["model"]),
        base_url=base_url,
        api_key=api_key,
        timeout=cast("float", values["timeout"]),
        retries=cast("int", values["retries"]),
        context_tokens=cast("int", values["context_tokens"]),
        privacy=privacy,
        parallel=cast("int", values["parallel"]),
        calls_per_minute=cast("int", values["calls_per_minute"]),
        temperature=cast("float | None", values["temperature"]),
        reasoning_effort=cast("str", values["reasoning_effort"]),
        embedder=cast("str", values["embedder"]),
        embedding_model=cast("str", values["embedding_model"]),
        lock_timeout=cast("float", values["lock_timeout"]),
        author=cast("str", values["author"]),
        sources=sources,
    )


def key_variables(provider: str) -> tuple[str, ...]:
    """The variables that may hold a key for this provider, the one that wins first."""
    return "ANALYZER_API_KEY", _USUAL_VARIABLES.get(provider, f"{provider.upper()}_API_KEY")


def editor(environ: Mapping[str, str] | None = None) -> str:
    """The command of the text editor that was chosen for this machine, by VISUAL or else EDITOR; empty where none was."""
    variables = os.environ if environ is None else environ
    return variables.get("VISUAL", "").strip() or variables.get("EDITOR", "").strip()


def named_folders(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """The folders that the system, and services that sync, name in the environment; `places` asks for them."""
    variables = os.environ if environ is None else environ
    return {name: variables[name] for name in _FOLDER_VARIABLES if variables.get(name)}


def template() -> str:
    """The text of a first `settings.toml`: every key with its default, commented out, and what it is for."""
    return _TEMPLATE


def _resolve(
    key: str, flags: Mapping[str, object], variables: Mapping[str, str], written: Mapping[str, object], file: Path
) -> tuple[object, str]:
    option = _OPTIONS[key]
    variable = f"ANALYZER_{key.upper()}"
    flag = f"--{key.replace('_', '-')}"
    for place, key_there, source, name in (
        (flags, key, f"flag {flag}", flag),
        (variables, variable, f"environment {variable}", variable),
        (written, key, SETTINGS_FILE, f"{file}: {key}"),
    ):
        if key_there not in place:
            continue
        value = place[key_there]
        try:
            return option.read(value), source
        except ValueError as error:
            raise SettingsError(f"{name} must be {option.expected}, not {value!r}", f"Correct {name} or leave it out.") from error
    return option.default, "default"


def _home(variables: Mapping[str, str]) -> tuple[Path, str]:
    if written := variables.get("ANALYZER_HOME"):
        try:
            return Path(written).expanduser().absolute(), "environment ANALYZER_HOME"
        except RuntimeError as error:
            raise SettingsError(f"ANALYZER_HOME names the home of nobody here: {written}", "Give the whole path.") from error
    return platformdirs.user_data_path("analyzer", appauthor=False), "default"


def _api_key(variables: Mapping[str, str], provider: str) -> tuple[Secret | None, str]:
    for variable in key_variables(provider):
        if variable in variables:
            return Secret(variables[variable]), f"environment {variable}"
    return None, "not set"


def _privacy_by_default(base_url: str | None, provider: str) -> tuple[str, str]:
    if is_private(base_url, provider):
        return NONE, "default for a server of your own"
    return PSEUDONYMS, "default for a server that is not your own"


def _read_file(path: Path) -> dict[str, object]:
    try:
        written: dict[str, object] = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}", "Mend that place; text stands in double quotes.") from error
    except NotADirectoryError as error:
        raise SettingsError(f"{path.parent} cannot be the home: {error.strerror}", "Set ANALYZER_HOME to a folder.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}", "It must be a UTF-8 text file that you may read.") from error
    if "api_key" in written:
        raise SettingsError(
            f"{path}: api_key must not be kept in a file",
            "Remove it there; `analyzer key set` keeps it in the system's keyring, or set ANALYZER_API_KEY in the environment.",
        )
    for key in written:
        if key not in _OPTIONS:
            raise SettingsError(f"{path}: unknown key {key}", f"Known keys: {', '.join(_OPTIONS)}.")
    return written


def _one_of(*allowed: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in allowed:
            raise ValueError(value)
        return str(value)

    return read


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(value)
    return value.strip()


def _name(value: object) -> str:
    """A name in one line, or nothing."""
    if not isinstance(value, str) or not value.isprintable() or len(value) > _LONGEST_NAME:
        raise ValueError(value)
    return " ".join(value.split())


def _word(value: object) -> str:
    word = _text(value)
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,63}", word):
        raise ValueError(value)
    return word


def _url(value: object) -> str:
    address = _text(value)
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc or any(c.isspace() for c in address):
        raise ValueError(value)
    return address.rstrip("/")


def _seconds(value: object) -> float:
    number = _number(value)
    if not 0 < number <= 86_400:  # noqa: PLR2004 - a day
        raise ValueError(value)
    return number


def _degree(value: object) -> float:
    number = _number(value)
    if not 0 <= number <= 2:  # noqa: PLR2004 - what every provider allows
        raise ValueError(value)
    return number


def _whole(least: int, most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        number = _number(value)
        if not number.is_integer() or not least <= number <= most:
            raise ValueError(value)
        return int(number)

    return read


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(value)  # noqa: TRY004 - one error for every value that will not do
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(value)
    return number


_FOLDER_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer", "APPDATA", "LOCALAPPDATA")

# Where it is not the provider's name in capitals.
_USUAL_VARIABLES = {
    OPENAI: "OPENAI_API_KEY",
    "mistralai": "MISTRAL_API_KEY",
    "google_genai": "GOOGLE_API_KEY",
    "huggingface": "HUGGINGFACEHUB_API_TOKEN",
}

_OPTIONS = {
    "engine": _Option("offline", "offline or llm", _one_of(*ENGINES)),
    "provider": _Option(OPENAI, "the name of a provider, such as openai, anthropic or ollama", _word),
    "model": _Option("gpt-5.4", "the name of a model, in quotes", _text),
    "base_url": _Option(None, "the address of a server without a key in it, such as http://localhost:11434/v1", _url),
    "timeout": _Option(120.0, "seconds, more than 0 and at most 86400", _seconds),
    "retries": _Option(2, "a whole number from 0 to 20", _whole(0, 20)),
    "context_tokens": _Option(120_000, "a whole number from 2000 to 10000000", _whole(2_000, 10_000_000)),
    "privacy": _Option(None, "pseudonyms or none", _one_of(PSEUDONYMS, NONE)),
    "parallel": _Option(4, "a whole number from 1 to 32", _whole(1, 32)),
    "calls_per_minute": _Option(0, "a whole number from 0 (no limit) to 100000", _whole(0, 100_000)),
    "temperature": _Option(None, "a number from 0 to 2", _degree),
    "reasoning_effort": _Option("", 'a word that the model knows, such as "low" or "high"', _word),
    "embedder": _Option(BUNDLED, "bundled or openai", _one_of(*EMBEDDERS)),
    "embedding_model": _Option("text-embedding-3-small", "the name of an embedding model, in quotes", _text),
    "lock_timeout": _Option(60.0, "seconds, more than 0 and at most 86400", _seconds),
    "author": _Option("", f"a name in quotes, of at most {_LONGEST_NAME} letters", _name),
}

_TEMPLATE = """\
# How Analyzer behaves. A flag wins over the environment (ANALYZER_ENGINE, ANALYZER_MODEL ...), which wins over this
# file. Remove the # in front of a line to change it; what each shows is the default, or an example where it says so.
# `analyzer doctor` shows what counts.

# Who reads the meetings: "offline" (on this machine, nothing is sent) or "llm" (transcripts go to the server below).
# engine = "offline"

# Who provides the model: "openai" is OpenAI and every server that speaks its language (Ollama, LM Studio, vLLM, llama.cpp
# ...); others by the names that langchain gives them, such as "anthropic", once their package is installed.
# provider = "openai"

# The model of the llm engine, and its server; left out, the server is the provider's own. Example:
# model = "gpt-5.4"
# base_url = "http://localhost:11434/v1"

# The key is never kept in a file. `analyzer key set` keeps it in the system's keyring; or set ANALYZER_API_KEY, or the
# provider's own variable such as OPENAI_API_KEY, in the environment.

# What is sent of names: "pseudonyms" puts stand-ins in the place of known people and organisations, e-mail addresses,
# telephone numbers and links, and takes them out of the answer again; this reduces what is told, it does not make it
# anonymous. "none" sends the words as they are. Left out: "none" for a server of your own, else "pseudonyms".
# privacy = "pseudonyms"

# How long to wait for one answer of the server, in seconds, and how often to try again.
# timeout = 120
# retries = 2

# How many calls may wait for the server at a time, and how many may begin within a minute (0: no limit of ours).
# parallel = 4
# calls_per_minute = 0

# How many tokens the model takes in at once; longer meetings are read in overlapping parts.
# context_tokens = 120000

# How freely the model answers (0 to 2), and how long it thinks; left out, they are not sent. Examples:
# temperature = 0
# reasoning_effort = "high"

# What makes passages searchable by their meaning: "bundled" (on this machine, nothing is sent) or "openai": every passage
# and every question goes to an embedding model on the server above, or OpenAI's own, as it is; refused unless privacy is
# "none". Clients that are kept offline stay with the bundled one. After a change: `analyzer reindex`.
# embedder = "bundled"
# embedding_model = "text-embedding-3-small"

# How long to wait, in seconds, while another process writes.
# lock_timeout = 60

# Who writes here: verdicts, notes and decisions carry this name, so that a colleague to whom a client is handed over sees
# whose they are. Left out, they carry none until they are handed over. Example:
# author = "Priya Raman"
"""
