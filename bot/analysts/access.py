"""Where each provider is asked, and with which key: those without one are left out.

A key in the environment goes before one that is `stored` in the vault.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from pydantic import SecretStr

from bot.analysts.catalogue import Catalogue, Form, Kind, Provider
from bot.settings import Settings, named_keys

Keys = Mapping[str, SecretStr]

NO_KEY = SecretStr("")
NOTHING: Keys = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a provider; the key shows itself to nobody who prints it."""

    kind: Kind
    base_url: str
    key: SecretStr = NO_KEY
    form: Form = Form.SCHEMA


def accesses(
    catalogue: Catalogue, settings: Settings, stored: Keys = NOTHING
) -> Mapping[str, Access]:
    """By provider's name. Raises WrongSetting."""
    own = [one for one in catalogue.providers.values() if one.kind is Kind.COMPATIBLE]
    keys = named_keys(one.key_env for one in own if one.key_env)
    told = _settled(settings) | {one.name: _own(one, keys) for one in own}
    found = {name: _with_key(access, stored.get(name)) for name, access in told.items()}
    needless = {one.name for one in own if not one.key_env}
    return {
        name: access
        for name, access in found.items()
        if name in needless or access.key.get_secret_value()
    }


def _with_key(access: Access, stored: SecretStr | None) -> Access:
    if stored is None or access.key.get_secret_value():
        return access
    return replace(access, key=stored)


def _settled(settings: Settings) -> dict[str, Access]:
    told = {
        Kind.OPENAI: (settings.openai_base_url, settings.openai_api_key),
        Kind.ANTHROPIC: (settings.anthropic_base_url, settings.anthropic_api_key),
        Kind.PERPLEXITY: (settings.perplexity_base_url, settings.perplexity_api_key),
    }
    return {kind.value: Access(kind, url, key) for kind, (url, key) in told.items()}


def _own(provider: Provider, keys: Mapping[str, SecretStr]) -> Access:
    key = keys.get(provider.key_env, NO_KEY)
    return Access(provider.kind, provider.base_url, key, provider.form)
