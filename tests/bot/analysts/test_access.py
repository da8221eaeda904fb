"""Who can be asked: providers with a key, and servers that need none."""

import pytest
from pydantic import SecretStr

from bot.analysts.access import accesses
from bot.analysts.catalogue import Form, Kind
from bot.analysts.models_file import load_catalogue
from bot.settings import load_settings

OWN = """
[providers.ollama]
kind = "openai-compatible"
base_url = "http://127.0.0.1:11434/v1"

[providers.deepseek]
kind = "openai-compatible"
base_url = "https://api.deepseek.com/v1"
key_env = "DEEPSEEK_API_KEY"
answers = "json"
"""


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI", "ANTHROPIC", "PERPLEXITY", "DEEPSEEK"):
        monkeypatch.delenv(f"{name}_API_KEY", raising=False)
        monkeypatch.delenv(f"{name}_BASE_URL", raising=False)
    (tmp_path / "mine.toml").write_text(OWN)
    return load_catalogue(tmp_path / "mine.toml")


def test_without_keys_only_those_who_need_none_can_be_asked(catalogue):
    assert set(accesses(catalogue, load_settings())) == {"ollama"}
    assert accesses(load_catalogue(), load_settings()) == {}


def test_each_is_asked_where_the_settings_say_with_its_own_key(catalogue, monkeypatch):
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-riddle")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://127.0.0.1:4010/")
    monkeypatch.setenv("DEEPSEEK_API_KEY", "sk-other-riddle")
    found = accesses(catalogue, load_settings())
    assert set(found) == {"anthropic", "ollama", "deepseek"}
    assert found["anthropic"].base_url == "http://127.0.0.1:4010"
    assert found["anthropic"].key.get_secret_value() == "sk-ant-riddle"
    assert (found["deepseek"].kind, found["deepseek"].form) == (Kind.COMPATIBLE, Form.JSON)
    assert found["deepseek"].key.get_secret_value() == "sk-other-riddle"
    assert "riddle" not in repr(found)


def test_a_key_of_the_environment_goes_before_a_stored_one(catalogue, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-environment")
    stored = {name: SecretStr(f"sk-vault-{name}") for name in ("openai", "anthropic", "deepseek")}
    found = accesses(catalogue, load_settings(), stored | {"nobody": SecretStr("sk-riddle")})
    assert {name: access.key.get_secret_value() for name, access in found.items()} == {
        "openai": "sk-environment",
        "anthropic": "sk-vault-anthropic",
        "deepseek": "sk-vault-deepseek",
        "ollama": "",
    }
