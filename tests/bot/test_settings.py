"""The environment, read once; what is wrong with it is one sentence that names the setting."""

from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.account_list import TRADED
from bot.errors import WrongSetting
from bot.exchanges.venues import VENUES as TABLE
from bot.exchanges.venues import Kind
from bot.settings import KRW_VENUES, VENUES, Settings, load_settings, named_keys
from bot.vault.wanted import VENUES as KEYS
from core.domain.account import DeskAccount, Mode
from core.domain.market import Timeframe
from core.domain.people import Language


@pytest.fixture(autouse=True)
def bare(tmp_path, monkeypatch):
    """No `.env` and no variable of this machine has a say."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_without_an_environment_the_safe_choices_hold():
    settings = load_settings()
    assert settings.account_list == (DeskAccount("paper", "binance", Mode.PAPER),)
    assert settings.telegram_token.get_secret_value() == ""
    assert settings.owner_id is None
    assert settings.equity == Decimal(10_000)
    assert settings.timeframe is Timeframe.H1
    assert settings.symbol_list == ("BTC/USDT:USDT", "ETH/USDT:USDT", "SOL/USDT:USDT")
    assert settings.data_dir == Path("data")


def test_the_environment_is_read(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("SYMBOLS", " BTC/USDT:USDT , ETH/USDT:USDT ")
    monkeypatch.setenv("USDT_KRW", "1440.5")
    monkeypatch.setenv("OWNER_ID", "7001")
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8081/")
    settings = load_settings()
    assert settings.language is Language.EN
    assert settings.symbol_list == ("BTC/USDT:USDT", "ETH/USDT:USDT")
    assert settings.usdt_krw == Decimal("1440.5")
    assert settings.owner_id == 7001
    assert settings.telegram_api_url == "http://127.0.0.1:8081"


def test_a_file_is_read_and_the_environment_has_the_last_word(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("EQUITY=500\nTIMEFRAME=4h\n# a remark\nUNKNOWN=1\n")
    monkeypatch.setenv("TIMEFRAME", "15m")
    assert load_settings().equity == Decimal(500)
    assert load_settings().timeframe is Timeframe.M15


def test_nobody_can_be_asked_to_stand_in_or_to_tell_the_won(monkeypatch):
    monkeypatch.setenv("SECOND_VENUE", " None ")
    monkeypatch.setenv("KRW_VENUE", "none")
    assert (load_settings().second_venue, load_settings().krw_venue) == ("", "")


def test_every_venue_of_the_table_can_be_named_and_no_other():
    kinds = {kind: tuple(v.name for v in TABLE.values() if v.kind is kind) for kind in Kind}
    assert (kinds[Kind.PERPETUAL], kinds[Kind.SPOT]) == (VENUES, KRW_VENUES)


def test_every_account_has_a_name_a_venue_and_a_mode(monkeypatch):
    monkeypatch.setenv("VENUE", "okx")
    monkeypatch.setenv(
        "ACCOUNTS", " Paper ,binance-main = binance:demo, hedge=bybit : live,p2=paper"
    )
    monkeypatch.setenv("LIVE_MONEY", "YES")
    assert load_settings().account_list == (
        DeskAccount("paper", "okx", Mode.PAPER),
        DeskAccount("binance-main", "binance", Mode.DEMO),
        DeskAccount("hedge", "bybit", Mode.LIVE),
        DeskAccount("p2", "okx", Mode.PAPER),
    )


def test_real_money_is_meant_only_where_somebody_has_typed_it_out(monkeypatch):
    monkeypatch.setenv("ACCOUNTS", "paper, bybit-2=bybit:live")
    with pytest.raises(WrongSetting, match=r"^LIVE_MONEY: bybit-2 is real money"):
        load_settings()
    monkeypatch.setenv("ACCOUNTS", "paper, bybit-2=bybit:demo")
    assert load_settings().account_list[1].mode is Mode.DEMO


def test_an_account_trades_where_the_vault_knows_what_a_key_is():
    assert set(TRADED) < set(KEYS)


def test_an_empty_variable_counts_as_none(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "")
    assert load_settings() == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LANGUAGE", "de"),
        ("ACCOUNTS", ","),
        ("ACCOUNTS", "binance-main"),
        ("ACCOUNTS", "binance-main=binance"),
        ("ACCOUNTS", "binance-main=binance:real"),
        ("ACCOUNTS", "binance-main=nyse:demo"),
        ("ACCOUNTS", "seoul=upbit:live"),
        ("ACCOUNTS", "paper=binance:live"),
        ("ACCOUNTS", "desk=binance:demo"),
        ("ACCOUNTS", "2nd=binance:demo"),
        ("ACCOUNTS", "a b=binance:demo"),
        ("ACCOUNTS", "paper, a=bybit:demo, a=okx:demo"),
        ("LIVE_MONEY", "maybe"),
        ("TIMEFRAME", "2h"),
        ("EQUITY", "0"),
        ("NEWS_FEEDS", "http://a.b/rss"),
        ("NEWS_FEEDS", "https://me@a.b/rss"),
        ("NEWS_FEEDS", "file:///etc/passwd"),
        ("NEWS_FEEDS", ",".join(f"https://a.b/{n}" for n in range(51))),
        ("EQUITY", "-5"),
        ("EQUITY", "lots"),
        ("EQUITY", "NaN"),
        ("EQUITY", "Infinity"),
        ("USDT_KRW", "0"),
        ("USDT_KRW", "1,440"),
        ("OWNER_ID", "@mina"),
        ("OWNER_ID", "7001.5"),
        ("OWNER_ID", "0"),
        ("OWNER_ID", "-100123"),
        ("SYMBOLS", "BTC"),
        ("SYMBOLS", "BTC/USDT:USDT,"),
        ("SYMBOLS", "/USDT"),
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("TELEGRAM_API_URL", "file:///etc/passwd"),
        ("TELEGRAM_TOKEN", "not a token"),
        ("LOG_LEVEL", "LOUD"),
        ("VENUE", "nyse"),
        ("VENUE", "none"),
        ("SECOND_VENUE", "synthetic"),
        ("KRW_VENUE", "binance"),
        ("OPENAI_API_KEY", "two words"),
        ("ANTHROPIC_API_KEY", "열쇠"),
        ("PERPLEXITY_API_KEY", "pplx\u200b1"),
        ("OPENAI_BASE_URL", "api.openai.com"),
        ("MODEL_BUDGET", "-1"),
        ("MODEL_DAY_BUDGET", "NaN"),
        ("SYMBOL_ALIASES", "perhaps"),
    ],
)
def test_a_wrong_value_is_one_sentence_that_names_the_setting(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting) as refused:
        load_settings()
    said = str(refused.value)
    assert said.startswith(f"{name}: ")
    assert "\n" not in said
    assert "Value error" not in said


def test_a_token_never_shows_itself(monkeypatch):
    monkeypatch.setenv("TELEGRAM_TOKEN", "123456:a-riddle-of-somebody")
    monkeypatch.setenv("CRYPTOPANIC_TOKEN", "a-riddle-too")
    monkeypatch.setenv("REDDIT_CLIENT_ID", "desk")
    monkeypatch.setenv("REDDIT_CLIENT_SECRET", "another-riddle")
    for provider in ("OPENAI", "ANTHROPIC", "PERPLEXITY"):
        monkeypatch.setenv(f"{provider}_API_KEY", "sk-a-riddle-for-models")
    monkeypatch.setenv("EQUITY", "0")
    with pytest.raises(WrongSetting) as refused:
        load_settings()
    monkeypatch.setenv("EQUITY", "1")
    assert "riddle" not in f"{refused.value} {load_settings()!r} {load_settings()}"


def test_feeds_are_a_list_and_empty_means_none_of_ones_own(monkeypatch):
    assert load_settings().feed_list == ()
    monkeypatch.setenv("NEWS_FEEDS", " https://a.b/rss , https://c.d/e?x=1,")
    assert load_settings().feed_list == ("https://a.b/rss", "https://c.d/e?x=1")


@pytest.mark.parametrize("name", ["REDDIT_CLIENT_ID", "REDDIT_CLIENT_SECRET"])
def test_half_a_key_to_reddit_is_said_to_be_half(monkeypatch, name):
    monkeypatch.setenv(name, "half")
    with pytest.raises(WrongSetting, match=r"^REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET come"):
        load_settings()


def test_a_key_that_only_the_models_file_knows_is_read_where_the_others_are(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("DEEPSEEK_API_KEY= from-the-file \nMODEL_KEY=second\n")
    monkeypatch.setenv("MODEL_KEY", "from-the-environment")
    keys = named_keys(["DEEPSEEK_API_KEY", "MODEL_KEY", "NOBODY_S_KEY", "MODEL_KEY"])
    assert {name: key.get_secret_value() for name, key in keys.items()} == {
        "DEEPSEEK_API_KEY": "from-the-file",
        "MODEL_KEY": "from-the-environment",
        "NOBODY_S_KEY": "",
    }
    assert "from" not in repr(keys)


def test_a_wrong_key_is_named_and_not_shown(monkeypatch):
    monkeypatch.setenv("DEEPSEEK_API_KEY", "a riddle")
    with pytest.raises(WrongSetting, match=r"^DEEPSEEK_API_KEY: a key is one word") as refused:
        named_keys(["DEEPSEEK_API_KEY"])
    assert "riddle" not in str(refused.value)


def test_settings_cannot_be_changed_afterwards():
    with pytest.raises(ValidationError):
        load_settings().equity = Decimal(1)
