"""Whom the settings let the desk ask: the models' file, a profile of it, and the keys there are."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.analysts.access import NOTHING, Access, Keys, accesses
from bot.analysts.catalogue import Catalogue
from bot.analysts.models_file import load_catalogue
from bot.settings import Settings
from core.domain.people import Language
from core.spending.caps import Wish


@dataclass(frozen=True, slots=True)
class Team:
    """`missing` names the providers that the profile wants and that have no key."""

    catalogue: Catalogue
    profile: str
    access: Mapping[str, Access]
    language: Language
    aliased: bool
    missing: tuple[str, ...] = ()


def team_of(settings: Settings, language: Language, stored: Keys = NOTHING) -> Team | None:
    """None where nobody of the profile can be asked. Raises WrongSetting."""
    catalogue = load_catalogue(settings.models_file)
    access = accesses(catalogue, settings, stored)
    usable = catalogue.usable(settings.model_profile, access)
    if not usable.profile.everyone:
        return None
    aliased = settings.symbol_aliases
    return Team(catalogue, settings.model_profile, access, language, aliased, usable.missing)


def lacking(settings: Settings) -> tuple[str, ...]:
    """Providers that the profile wants and the environment has no key for. Raises WrongSetting."""
    catalogue = load_catalogue(settings.models_file)
    access = accesses(catalogue, settings)
    return catalogue.usable(settings.model_profile, access).missing


def wish_of(settings: Settings) -> Wish:
    return Wish(settings.model_budget, settings.model_day_budget)
