"""Who wants which keys, and what is no key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysts.models_file import load_catalogue
from bot.errors import WrongQuestion
from bot.vault.wanted import DESK, providers, read_field, wanted
from core.domain.secret import Field, Secret

OWN = """
[providers.ollama]
kind = "openai-compatible"
base_url = "http://127.0.0.1:11434/v1"

[providers.deepseek]
kind = "openai-compatible"
base_url = "https://api.deepseek.com/v1"
key_env = "DEEPSEEK_API_KEY"
"""
SHIPPED = load_catalogue()


@pytest.mark.parametrize("name", ["openai", "anthropic", "perplexity"])
def test_a_provider_wants_one_key_for_the_desk(name):
    wish = wanted(name, None, SHIPPED)
    assert (wish.account, wish.venue, wish.fields) == (DESK, name, (Field.KEY,))
    assert not wish.trades


def test_a_server_of_ones_own_wants_one_if_its_file_says_so(tmp_path):
    (tmp_path / "mine.toml").write_text(OWN)
    catalogue = load_catalogue(tmp_path / "mine.toml")
    assert "deepseek" in providers(catalogue)
    assert "ollama" not in providers(catalogue)


@pytest.mark.parametrize(
    ("name", "count"), [("binance", 2), ("Bybit", 2), ("okx", 3), ("bitget", 3), ("upbit", 2)]
)
def test_a_venue_wants_all_it_gives_for_an_account(name, count):
    wish = wanted(name, "Second", SHIPPED)
    assert (wish.account, wish.venue, len(wish.fields)) == ("second", name.lower(), count)
    assert wish.trades
    assert wanted(name, None, SHIPPED).account == "main"


@pytest.mark.parametrize(
    ("name", "account"),
    [("sk-riddle", None), ("openai", "main"), ("binance", "a|riddle"), ("binance", "desk")],
)
def test_what_nobody_wants_is_refused_and_not_repeated(name, account):
    with pytest.raises(WrongQuestion) as refused:
        wanted(name, account, SHIPPED)
    assert "riddle" not in str(refused.value)


def test_a_key_loses_what_was_copied_around_it():
    assert read_field(Field.KEY, Secret(" sk-riddle\t")) == Secret("sk-riddle")


@given(st.text(min_size=1))
def test_a_passphrase_stays_as_it_is(text):
    assert read_field(Field.PASSPHRASE, Secret(text)) == Secret(text)


@pytest.mark.parametrize("text", ["", "  ", "two words", "한글", "tab\tinside"])
def test_what_is_no_key_is_a_sentence_without_it(text):
    with pytest.raises(WrongQuestion) as refused:
        read_field(Field.SECRET, Secret(text))
    assert not text.strip() or text not in str(refused.value)
