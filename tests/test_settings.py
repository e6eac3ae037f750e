import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from analyzer.errors import SettingsError
from analyzer.settings import Secret, load, template


def home_with(tmp_path: Path, text: str) -> dict[str, str]:
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    return {"ANALYZER_HOME": str(tmp_path)}


def test_without_anything_the_engine_is_offline_and_all_is_default(tmp_path: Path) -> None:
    settings = load(environ={"ANALYZER_HOME": str(tmp_path)})
    assert (settings.engine, settings.base_url, settings.api_key) == ("offline", None, None)
    assert (settings.timeout, settings.retries, settings.context_tokens, settings.lock_timeout) == (120, 2, 120_000, 60)
    assert settings.sources.pop("home") == "environment ANALYZER_HOME"
    assert settings.sources.pop("api_key") == "not set"
    assert (settings.provider, settings.parallel, settings.calls_per_minute) == ("openai", 4, 0)
    assert (settings.temperature, settings.reasoning_effort) == (None, "")
    assert settings.sources.pop("privacy") == "default for a server that is not your own"
    assert set(settings.sources.values()) == {"default"}


def test_a_flag_wins_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    environ = home_with(tmp_path, 'engine = "llm"\nmodel = "file"\ntimeout = 1\nretries = 0')
    environ |= {"ANALYZER_MODEL": "variable", "ANALYZER_TIMEOUT": "2.5"}
    settings = load({"model": None, "timeout": 3}, environ)
    assert (settings.engine, settings.model, settings.timeout, settings.retries) == ("llm", "variable", 3, 0)
    assert {key: settings.sources[key] for key in ("engine", "model", "timeout", "lock_timeout")} == {
        "engine": "settings.toml",
        "model": "environment ANALYZER_MODEL",
        "timeout": "flag --timeout",
        "lock_timeout": "default",
    }


@pytest.mark.parametrize(
    ("written", "privacy", "source"),
    [
        ("", "pseudonyms", "default for a server that is not your own"),
        ('base_url = "http://localhost:11434/v1"', "none", "default for a server of your own"),
        ('base_url = "http://10.0.0.7/v1"', "none", "default for a server of your own"),
        ('base_url = "https://models.example.com/v1"', "pseudonyms", "default for a server that is not your own"),
        ('provider = "ollama"', "none", "default for a server of your own"),
        (
            'provider = "ollama"\nbase_url = "https://ollama.example.com"',
            "pseudonyms",
            "default for a server that is not your own",
        ),
        ('provider = "anthropic"', "pseudonyms", "default for a server that is not your own"),
        ('privacy = "none"', "none", "settings.toml"),
        ('privacy = "pseudonyms"\nbase_url = "http://localhost/v1"', "pseudonyms", "settings.toml"),
    ],
)
def test_names_are_hidden_by_default_from_a_server_that_is_not_ones_own(
    tmp_path: Path, written: str, privacy: str, source: str
) -> None:
    settings = load(environ=home_with(tmp_path, written))
    assert (settings.privacy, settings.sources["privacy"]) == (privacy, source)


def test_a_key_goes_only_to_the_provider_that_it_is_for(tmp_path: Path) -> None:
    keys = {"OPENAI_API_KEY": "o", "ANTHROPIC_API_KEY": "a", "MISTRAL_API_KEY": "m"} | {"ANALYZER_HOME": str(tmp_path)}
    found = {name: load({"provider": name}, keys).api_key for name in ("openai", "anthropic", "mistralai", "groq")}
    assert found == {"openai": Secret("o"), "anthropic": Secret("a"), "mistralai": Secret("m"), "groq": None}
    assert load({"provider": "groq"}, keys | {"ANALYZER_API_KEY": "ours"}).api_key == Secret("ours")


@pytest.mark.parametrize("variable", ["ANALYZER_API_KEY", "OPENAI_API_KEY"])
def test_a_key_selects_nothing_and_is_never_shown(tmp_path: Path, variable: str) -> None:
    settings = load(environ={"ANALYZER_HOME": str(tmp_path), variable: " sk-very-secret\n"})
    assert settings.engine == "offline"
    assert settings.api_key == Secret("sk-very-secret")
    assert settings.api_key.reveal() == "sk-very-secret"
    assert settings.sources["api_key"] == f"environment {variable}"
    for shown in (repr(settings), str(settings), f"{settings.api_key}", repr(settings.api_key)):
        assert "secret" not in shown.replace("Secret", "")


def test_our_own_key_wins_and_an_empty_variable_is_none(tmp_path: Path) -> None:
    keys = {"ANALYZER_HOME": str(tmp_path), "ANALYZER_API_KEY": "ours", "OPENAI_API_KEY": "theirs"}
    assert load(environ=keys).api_key == Secret("ours")
    assert load(environ=keys | {"ANALYZER_API_KEY": " "}).api_key == Secret("theirs")
    assert load(environ=keys | {"ANALYZER_ENGINE": ""}).sources["engine"] == "default"


@pytest.mark.parametrize(
    ("key", "value", "allowed"),
    [
        ("engine", '"cloud"', "offline or llm"),
        ("engine", "true", "offline or llm"),
        ("model", "7", "name of a model"),
        ("model", '" "', "name of a model"),
        ("base_url", '"localhost:11434"', "such as http"),
        ("base_url", '"ftp://example.org"', "such as http"),
        ("base_url", '"https://me:secret@example.org/v1"', "without a key"),
        ("base_url", '"http://"', "such as http"),
        ("base_url", '"http://[oops"', "such as http"),
        ("timeout", "0", "more than 0"),
        ("timeout", '"soon"', "seconds"),
        ("timeout", "nan", "seconds"),
        ("timeout", "true", "seconds"),
        ("retries", "-1", "whole number from 0"),
        ("retries", "1.5", "whole number"),
        ("context_tokens", "10", "from 2000"),
        ("lock_timeout", "inf", "seconds"),
        ("provider", '"my own"', "name of a provider"),
        ("provider", "3", "name of a provider"),
        ("privacy", '"some"', "pseudonyms or none"),
        ("privacy", "false", "pseudonyms or none"),
        ("parallel", "0", "from 1 to 32"),
        ("parallel", "33", "from 1 to 32"),
        ("calls_per_minute", "-1", "from 0"),
        ("temperature", "2.1", "from 0 to 2"),
        ("temperature", '"hot"', "from 0 to 2"),
        ("reasoning_effort", '"a lot"', "a word"),
        ("embedder", '"cloud"', "bundled or openai"),
        ("embedding_model", "3", "name of an embedding model"),
    ],
)
def test_a_bad_value_is_refused_with_file_key_and_what_is_allowed(tmp_path: Path, key: str, value: str, allowed: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load(environ=home_with(tmp_path, f"{key} = {value}"))
    assert str(tmp_path / "settings.toml") in refused.value.message
    assert f"{key} must be" in refused.value.message
    assert allowed in refused.value.message
    assert "\n" not in refused.value.message


def test_a_bad_flag_or_variable_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"^ANALYZER_LOCK_TIMEOUT must be seconds"):
        load(environ={"ANALYZER_HOME": str(tmp_path), "ANALYZER_LOCK_TIMEOUT": "long"})
    with pytest.raises(SettingsError, match=r"^--context-tokens must be a whole number"):
        load({"context_tokens": "many"}, {"ANALYZER_HOME": str(tmp_path)})


def test_an_unknown_key_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="unknown key engin") as refused:
        load(environ=home_with(tmp_path, 'engin = "llm"'))
    assert "engine, provider" in refused.value.hint


def test_a_key_in_the_file_is_refused_and_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="api_key must not be kept in a file") as refused:
        load(environ=home_with(tmp_path, 'api_key = "sk-hidden"'))
    assert "ANALYZER_API_KEY" in refused.value.hint
    assert "analyzer key set" in refused.value.hint
    assert "sk-hidden" not in refused.value.message + refused.value.hint


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="line 2"):
        load(environ=home_with(tmp_path, "retries = 1\nengine = \n"))
    (tmp_path / "settings.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="cannot be read"):
        load(environ={"ANALYZER_HOME": str(tmp_path)})


def test_the_home_comes_from_variable_or_platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load(environ={"ANALYZER_HOME": str(tmp_path / "variable")}).home == tmp_path / "variable"
    monkeypatch.chdir(tmp_path)
    relative = load(environ={"ANALYZER_HOME": "here"})
    assert relative.home == tmp_path / "here"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    if sys.platform == "linux":
        assert load(environ={}).home == tmp_path / "data" / "analyzer"
    assert load(environ={}).sources["home"] == "default"


def test_everything_lives_in_the_home(tmp_path: Path) -> None:
    settings = load(environ={"ANALYZER_HOME": str(tmp_path)})
    paths = (settings.record_path, settings.index_folder, settings.practice_path, settings.settings_path)
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == [
        "record.sqlite3",
        "index",
        "practice.toml",
        "settings.toml",
    ]


def test_the_environment_of_the_process_is_read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANALYZER_MODEL", "from-outside")
    settings = load()
    assert (settings.home, settings.model) == (home, "from-outside")


def test_the_template_changes_nothing_until_a_line_is_uncommented(tmp_path: Path) -> None:
    plain = load(environ={"ANALYZER_HOME": str(tmp_path)})
    assert load(environ=home_with(tmp_path, template())) == plain


def test_every_line_of_the_template_uncommented_is_its_default(tmp_path: Path) -> None:
    plain = load(environ={"ANALYZER_HOME": str(tmp_path)})
    lines = re.findall(r"^# (\w+ = .*)$", template(), flags=re.MULTILINE)
    examples = {"base_url", "temperature", "reasoning_effort", "author"}
    written = load(environ=home_with(tmp_path, "\n".join(line for line in lines if line.split(" = ")[0] not in examples)))
    assert {line.split(" = ")[0] for line in lines} == plain.sources.keys() - {"home", "api_key"}
    assert replace(written, sources=plain.sources) == plain
    shown = load(environ=home_with(tmp_path, "\n".join(lines)))
    assert (shown.base_url, shown.temperature, shown.reasoning_effort) == ("http://localhost:11434/v1", 0, "high")


def test_reading_settings_is_light() -> None:
    light = "import sys, analyzer.settings; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", light], capture_output=True, text=True, check=True).stdout.split()
    assert not {"sqlalchemy", "tomlkit", "dateparser", "pydantic", "numpy", "keyring"} & set(modules)
