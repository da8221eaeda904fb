"""The only reader of the environment. `.env.example` explains every setting."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationError,
    create_model,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.account_list import accounts, must_be_meant, readable, yes
from bot.errors import WrongSetting
from core.domain.account import DeskAccount
from core.domain.market import Timeframe
from core.domain.people import Language
from core.guard.caps import STANDARD

SYNTHETIC, NOBODY = "synthetic", "none"
VENUES = ("binance", "bybit", "okx", "bitget", "gate", "hyperliquid")
KRW_VENUES = ("upbit", "bithumb")
DATABASE_FILE = "desk.sqlite3"
MOST_FEEDS = 50


def _symbols(text: str) -> str:
    for symbol in text.split(","):
        base, slash, quote = symbol.strip().partition("/")
        if not (base and slash and quote):
            raise ValueError("use ccxt's notation, as in BTC/USDT:USDT,ETH/USDT:USDT")
    return text


def _token(token: SecretStr) -> SecretStr:
    text = token.get_secret_value()
    if text and not re.fullmatch(r"\d+:[\w-]+", text):
        raise ValueError("a token looks like 123456789:AbC…; @BotFather gives it")
    return token


def _key(key: SecretStr) -> SecretStr:
    return SecretStr(one_word(key.get_secret_value()))


def one_word(key: str) -> str:
    """Whatever goes into a header, without what was copied around it. Raises ValueError."""
    text = key.strip()
    if not (text.isascii() and text.isprintable()) or " " in text:
        raise ValueError("a key is one word of plain letters, digits and signs")
    return text


Key = Annotated[SecretStr, AfterValidator(_key)]


def _venue(text: str) -> str:
    return _one_of(text, (*VENUES, SYNTHETIC))


def _second_venue(text: str) -> str:
    return _one_or_nobody(text, VENUES)


def _krw_venue(text: str) -> str:
    return _one_or_nobody(text, KRW_VENUES)


def _one_or_nobody(text: str, names: tuple[str, ...]) -> str:
    """An empty variable counts as none at all, so nobody needs a name."""
    name = _one_of(text, (*names, NOBODY))
    return "" if name == NOBODY else name


def _one_of(text: str, names: tuple[str, ...]) -> str:
    name = text.strip().lower()
    if name not in names:
        raise ValueError(f"{text} is not known here; there is {', '.join(names)}")
    return name


def _https(text: str) -> str:
    if text and not text.startswith("https://"):
        raise ValueError("an address begins with https://")
    return text


def _url(text: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        raise ValueError("an address begins with http:// or https://")
    return text.rstrip("/")


def _feeds(text: str) -> str:
    for address in _listed(text):
        parts = urlsplit(address)
        if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
            raise ValueError("a feed's address begins with https:// and names no user")
    if len(_listed(text)) > MOST_FEEDS:
        raise ValueError(f"no more than {MOST_FEEDS} feeds")
    return text


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


class Settings(BaseSettings):
    """What the environment and `.env` say, checked once, at the start."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    telegram_token: Annotated[SecretStr, AfterValidator(_token)] = SecretStr("")
    telegram_api_url: Annotated[str, AfterValidator(_url)] = "https://api.telegram.org"
    owner_id: Annotated[int | None, Field(gt=0)] = None
    accounts: Annotated[str, NoDecode, AfterValidator(readable)] = "paper"
    live_money: Annotated[str, AfterValidator(yes)] = ""
    venue: Annotated[str, AfterValidator(_venue)] = "binance"
    second_venue: Annotated[str, AfterValidator(_second_venue)] = "bybit"
    language: Language = Language.KO
    symbols: Annotated[str, NoDecode, AfterValidator(_symbols)] = (
        "BTC/USDT:USDT,ETH/USDT:USDT,SOL/USDT:USDT"
    )
    timeframe: Timeframe = Timeframe.H1
    equity: Annotated[Decimal, Field(gt=0)] = Decimal(10_000)
    order_cap: Annotated[Decimal, Field(gt=0, le=10)] = STANDARD.order
    account_cap: Annotated[Decimal, Field(gt=0, le=20)] = STANDARD.account
    notional_cap: Annotated[Decimal | None, Field(gt=0)] = None
    entries_per_hour: Annotated[int, Field(gt=0, le=1000)] = STANDARD.per_hour
    price_band: Annotated[Decimal, Field(gt=0, le=20)] = STANDARD.band * 100
    month_loss_cap: Annotated[Decimal, Field(gt=0, le=20)] = STANDARD.month_loss * 100
    krw_venue: Annotated[str, AfterValidator(_krw_venue)] = "upbit"
    usd_krw: Annotated[Decimal | None, Field(gt=0)] = None
    events_file: Path | None = None
    events_feed: Annotated[str, AfterValidator(_https)] = ""
    usdt_krw: Annotated[Decimal | None, Field(gt=0)] = None
    data_dir: Path = Path("data")
    database_url: str = ""
    key_file: Path = Path("~/.config/nightdesk/master.key")
    news_feeds: Annotated[str, NoDecode, AfterValidator(_feeds)] = ""
    cryptopanic_token: SecretStr = SecretStr("")
    reddit_client_id: str = ""
    reddit_client_secret: SecretStr = SecretStr("")
    openai_api_key: Key = SecretStr("")
    openai_base_url: Annotated[str, AfterValidator(_url)] = "https://api.openai.com/v1"
    anthropic_api_key: Key = SecretStr("")
    anthropic_base_url: Annotated[str, AfterValidator(_url)] = "https://api.anthropic.com"
    perplexity_api_key: Key = SecretStr("")
    perplexity_base_url: Annotated[str, AfterValidator(_url)] = "https://api.perplexity.ai/v1"
    model_profile: str = "balanced"
    models_file: Path | None = None
    model_budget: Annotated[Decimal | None, Field(ge=0)] = None
    model_day_budget: Annotated[Decimal | None, Field(ge=0)] = None
    symbol_aliases: bool = True
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def database_file(self) -> Path:
        """Unless DATABASE_URL names another."""
        return self.data_dir / DATABASE_FILE

    @property
    def symbol_list(self) -> tuple[str, ...]:
        return tuple(symbol.strip() for symbol in self.symbols.split(","))

    @property
    def account_list(self) -> tuple[DeskAccount, ...]:
        """As they were written; whoever is first also pays for models and files backtests."""
        return accounts(self.accounts, self.venue)

    @property
    def feed_list(self) -> tuple[str, ...]:
        return _listed(self.news_feeds)

    @model_validator(mode="after")
    def _money_is_meant(self) -> Self:
        must_be_meant(self.account_list, self.live_money)
        return self

    @model_validator(mode="after")
    def _reddit_is_whole(self) -> Self:
        if bool(self.reddit_client_id) != bool(self.reddit_client_secret.get_secret_value()):
            raise ValueError("REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET come together")
        return self


class _Systemd(BaseSettings):
    """What systemd tells a service, and no file may say in its place."""

    credentials_directory: Path | None = None


def systemd_credentials() -> Path | None:
    """The folder with what LoadCredential= names; None where systemd has not started us."""
    return _Systemd().credentials_directory


def load_settings() -> Settings:
    """Raises WrongSetting."""
    try:
        return Settings()
    except ValidationError as error:
        raise _said(error) from None


class _Named(BaseSettings):
    """Variables that only another file knows by name."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )


def named_keys(names: Iterable[str]) -> Mapping[str, SecretStr]:
    """Keys whose variables the models' file names; empty where there is none. Raises WrongSetting."""
    wanted = sorted(set(names))
    fields: dict[str, Any] = {
        f"k{n}": (Key, Field(SecretStr(""), validation_alias=name))
        for n, name in enumerate(wanted)
    }
    try:
        found = create_model("Named", __base__=_Named, **fields)()
    except ValidationError as error:
        raise _said(error) from None
    return {name: getattr(found, f"k{n}") for n, name in enumerate(wanted)}


def _said(error: ValidationError) -> WrongSetting:
    first = error.errors(include_url=False, include_input=False)[0]
    name = ".".join(str(part) for part in first["loc"]).upper()
    said = first["msg"].removeprefix("Value error, ")
    return WrongSetting(f"{name}: {said}" if name else said)


def database_url(url: str, folder: Path) -> str:
    return url or f"sqlite+aiosqlite:///{folder.absolute() / DATABASE_FILE}"
