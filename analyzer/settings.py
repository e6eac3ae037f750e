"""One frozen `Settings`: each value from a flag, else the environment, else `settings.toml`, else its default, and which.

This is the only module that reads the environment. A key for a model's server comes from the environment alone and
selects nothing: the engine is `offline` until a flag, ANALYZER_ENGINE or `settings.toml` says `llm`.
"""

import math
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import platformdirs

from analyzer.errors import SettingsError

ENGINES = ("offline", "llm")
SETTINGS_FILE = "settings.toml"


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

    `timeout` and `lock_timeout` are seconds; `base_url` None is the vendor's own server; `context_tokens` is how much
    the model takes in at once.
    """

    home: Path
    engine: str
    model: str
    base_url: str | None
    api_key: Secret | None
    timeout: float
    retries: int
    context_tokens: int
    lock_timeout: float
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
    api_key, sources["api_key"] = _api_key(variables)
    return Settings(
        home=home,
        engine=cast("str", values["engine"]),
        model=cast("str", values["model"]),
        base_url=cast("str | None", values["base_url"]),
        api_key=api_key,
        timeout=cast("float", values["timeout"]),
        retries=cast("int", values["retries"]),
        context_tokens=cast("int", values["context_tokens"]),
        lock_timeout=cast("float", values["lock_timeout"]),
        sources=sources,
    )


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


def _api_key(variables: Mapping[str, str]) -> tuple[Secret | None, str]:
    for variable in ("ANALYZER_API_KEY", "OPENAI_API_KEY"):
        if variable in variables:
            return Secret(variables[variable]), f"environment {variable}"
    return None, "not set"


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
            "Remove it there and set ANALYZER_API_KEY (or OPENAI_API_KEY) in the environment.",
        )
    for key in written:
        if key not in _OPTIONS:
            raise SettingsError(f"{path}: unknown key {key}", f"Known keys: {', '.join(_OPTIONS)}.")
    return written


def _engine(value: object) -> str:
    if value not in ENGINES:
        raise ValueError(value)
    return str(value)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(value)
    return value.strip()


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


_OPTIONS = {
    "engine": _Option("offline", "offline or llm", _engine),
    "model": _Option("gpt-5.4", "the name of a model, in quotes", _text),
    "base_url": _Option(None, "the address of a server without a key in it, such as http://localhost:11434/v1", _url),
    "timeout": _Option(120.0, "seconds, more than 0 and at most 86400", _seconds),
    "retries": _Option(2, "a whole number from 0 to 20", _whole(0, 20)),
    "context_tokens": _Option(120_000, "a whole number from 2000 to 10000000", _whole(2_000, 10_000_000)),
    "lock_timeout": _Option(60.0, "seconds, more than 0 and at most 86400", _seconds),
}

_TEMPLATE = """\
# How Analyzer behaves. A flag wins over the environment (ANALYZER_ENGINE, ANALYZER_MODEL ...), which wins over this
# file. Every line below shows the default; remove the # in front to change it. `analyzer doctor` shows what counts.

# Who reads the meetings: "offline" (on this machine, nothing is sent) or "llm" (transcripts go to the server below).
# engine = "offline"

# The model of the llm engine, and its server: any OpenAI-compatible address; left out, it is OpenAI's own.
# The key is never kept in a file: set ANALYZER_API_KEY or OPENAI_API_KEY in the environment.
# model = "gpt-5.4"
# base_url = "http://localhost:11434/v1"

# How long to wait for one answer of the server, in seconds, and how often to try again.
# timeout = 120
# retries = 2

# How many tokens the model takes in at once; longer meetings are read in overlapping parts.
# context_tokens = 120000

# How long to wait, in seconds, while another process writes.
# lock_timeout = 60
"""
