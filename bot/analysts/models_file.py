"""Reads the models' file: the shipped one, and over it one that the desk's owner wrote."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from bot.analysts.catalogue import Catalogue, Form, Kind, Profile, Provider, Voice
from bot.analysts.checks import must_hold_together
from bot.analysts.tables import Table, Wrong, merged
from bot.errors import WrongSetting
from core.domain.model import Effort, Model, Price, PromptKind

SHIPPED = Path(__file__).parent / "models.toml"
LARGEST = 1_000_000
LEAST_OUTPUT, MOST_OUTPUT, MOST_SEARCHES = 256, 128_000, 10
FORECASTS = (PromptKind.MARKET, PromptKind.INDICATORS)
BUILT_IN = tuple(kind for kind in Kind if kind is not Kind.COMPATIBLE)


def load_catalogue(own: Path | None = None) -> Catalogue:
    """What ships with the desk, and over it `own`. Raises WrongSetting."""
    try:
        return catalogue_of(merged(_shipped(), _read(own)) if own else _shipped())
    except Wrong as wrong:
        raise WrongSetting(f"MODELS_FILE: {own or SHIPPED.name}: {wrong}") from None


def catalogue_of(told: Mapping[str, object]) -> Catalogue:
    """Raises Wrong."""
    whole = Table("", told)
    whole.only("as_of", "providers", "models", "profiles", "shutdowns")
    providers = {name: _provider(name, one) for name, one in whole.named("providers").items()}
    shutdowns = _shutdowns(whole.table("shutdowns"))
    tables = whole.named("models")
    models = {name: _model(name, one, shutdowns) for name, one in tables.items()}
    profiles = whole.named("profiles").items()
    catalogue = Catalogue(
        as_of=whole.day("as_of") or whole.wrong("as_of", "is missing"),
        providers=providers,
        models=models,
        fallbacks={name: one.texts("fallbacks") for name, one in tables.items()},
        profiles={name: _profile(name, one, models) for name, one in profiles},
    )
    must_hold_together(catalogue)
    return catalogue


@cache
def _shipped() -> Mapping[str, object]:
    return tomllib.loads(SHIPPED.read_text(encoding="utf-8"), parse_float=Decimal)


def _read(path: Path) -> Mapping[str, object]:
    try:
        if path.stat().st_size > LARGEST:
            raise Wrong("is too large to be a list of models")
        return tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        raise Wrong(f"cannot be read ({error.strerror})") from None
    except (ValueError, ArithmeticError) as error:
        raise Wrong(f"is not TOML: {error}") from None


def _provider(name: str, table: Table) -> Provider:
    table.only("kind", "base_url", "key_env", "answers")
    kind = table.one_of("kind", tuple(Kind))
    url = table.text("base_url", "").rstrip("/")
    if (kind in BUILT_IN or name in BUILT_IN) and name != kind:
        table.wrong("kind", f"must be {Kind.COMPATIBLE} for a provider of your own")
    if kind is Kind.COMPATIBLE and not url.startswith(("http://", "https://")):
        table.wrong("base_url", "must be an address that begins with http:// or https://")
    if kind in BUILT_IN and url:
        table.wrong("base_url", f"is a setting: {name.upper()}_BASE_URL")
    form = table.one_of("answers", tuple(Form), Form.SCHEMA)
    return Provider(name, kind, url, table.text("key_env", ""), form)


def _shutdowns(table: Table | None) -> dict[str, date]:
    if table is None:
        return {}
    return {name: day for name in table.holds if (day := table.day(name))}


def _model(name: str, table: Table, shutdowns: Mapping[str, date]) -> Model:
    prices = ("input", "cached", "cache_write", "output", "search")
    parts = ("effort", "max_output", "cutoff", "shutdown", "fallbacks")
    table.only("provider", *prices, *parts)
    model = Model(
        provider=table.text("provider"),
        name=name,
        price=_price(table),
        cutoff=table.day("cutoff"),
        shutdown=table.day("shutdown") or shutdowns.get(name),
    )
    return _set(model, table)


def _price(table: Table) -> Price:
    plain = table.money("input")
    return Price(
        input=plain,
        output=table.money("output"),
        cached=table.money("cached", plain),
        cache_write=table.money("cache_write", plain),
        search=table.money("search", Decimal(0)),
    )


def _set(model: Model, table: Table) -> Model:
    """How it is asked here, where that is said."""
    return replace(
        model,
        effort=table.one_of("effort", tuple(Effort), model.effort),
        max_output=table.count("max_output", model.max_output, LEAST_OUTPUT, MOST_OUTPUT),
    )


def _profile(name: str, table: Table, models: Mapping[str, Model]) -> Profile:
    parts = ("verifier", "news", "chat", "balance")
    table.only("voices", "main", "cheaper", *parts)
    voices = tuple(_forecaster(one, models) for one in table.tables("voices"))
    return Profile(
        name=name,
        voices=voices,
        verifier=_voice(table.table("verifier"), PromptKind.RISK, models),
        news=_voice(table.table("news"), PromptKind.NEWS, models),
        chat=_voice(table.table("chat"), PromptKind.CHAT, models),
        balance=_voice(table.table("balance"), PromptKind.BALANCE, models),
        main=table.text("main", voices[0].name if voices else ""),
        cheaper=table.text("cheaper", ""),
    )


def _forecaster(table: Table, models: Mapping[str, Model]) -> Voice:
    table.only("model", "kind", "effort", "max_output")
    return Voice(_named(table, models), table.one_of("kind", FORECASTS))


def _voice(table: Table | None, kind: PromptKind, models: Mapping[str, Model]) -> Voice | None:
    """A table without a model is a part that nobody has: the way to leave one of the shipped out."""
    if table is None or not table.holds:
        return None
    table.only("model", "effort", "max_output", *(["searches"] if kind is PromptKind.NEWS else []))
    return Voice(_named(table, models), kind, table.count("searches", 0, 0, MOST_SEARCHES))


def _named(table: Table, models: Mapping[str, Model]) -> Model:
    name = table.text("model")
    if name not in models:
        table.wrong("model", f"names {name}, which has no price: add it under models")
    return _set(models[name], table)
