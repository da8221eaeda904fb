"""Which models are still served, which will end soon, and who takes the place of those that ended."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.analysts.catalogue import Catalogue, Profile, Voice, with_only
from core.domain.model import Model

NOTICES = (3, 14, 60)
TAIL = re.compile(r":latest|-\d{8}|-\d{4}-\d{2}-\d{2}")


class Standing(StrEnum):
    """UNKNOWN where the provider's list could not be read: nothing bad is said of it."""

    FINE = "fine"
    ENDING = "ending"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Listed:
    """What a provider's list says of a model."""

    shutdown: date | None = None
    retired: bool = False


Roll = Mapping[str, Mapping[str, Listed]]


@dataclass(frozen=True, slots=True)
class Finding:
    """`days` are left; `notice` is which of the warnings (60, 14, 3 days) is due; `instead` is who
    takes its place, empty where nobody can.
    """

    model: str
    standing: Standing
    days: int | None = None
    notice: int | None = None
    instead: str = ""


def settled(
    catalogue: Catalogue, roll: Roll, today: date
) -> tuple[Catalogue, tuple[Finding, ...]]:
    """The catalogue without models that are gone, and what was found of each that has a part."""
    found = {name: judged(model, roll, today) for name, model in catalogue.models.items()}
    gone = {name for name, finding in found.items() if finding.standing is Standing.GONE}
    parts = [voice for profile in catalogue.profiles.values() for voice in profile.everyone]
    used = dict.fromkeys(voice.name for voice in parts)
    findings = (
        replace(found[n], instead=_first(_heirs(n, catalogue, gone), n, gone)) for n in used
    )
    profiles = {
        name: _renewed(profile, catalogue, gone) for name, profile in catalogue.profiles.items()
    }
    return replace(catalogue, profiles=profiles), tuple(findings)


def judged(model: Model, roll: Roll, today: date) -> Finding:
    """One model, by its provider's list and by the catalogue's last day."""
    names = roll.get(model.provider)
    listed = _listed(model.name, names) if names else None
    last = (listed and listed.shutdown) or model.shutdown
    days = (last - today).days if last else None
    if (
        (names and listed is None)
        or (listed and listed.retired)
        or (days is not None and days <= 0)
    ):
        return Finding(model.name, Standing.GONE, days)
    if days is not None and days <= NOTICES[-1]:
        notice = next(notice for notice in NOTICES if days <= notice)
        return Finding(model.name, Standing.ENDING, days, notice)
    return Finding(model.name, Standing.FINE if listed else Standing.UNKNOWN, days)


def _listed(name: str, names: Mapping[str, Listed]) -> Listed | None:
    """Lists may name a model with the day of its making, where a request need not."""
    if name in names:
        return names[name]
    dated = [n for n in names if n.startswith(name) and TAIL.fullmatch(n.removeprefix(name))]
    alive = [names[n] for n in sorted(dated) if not names[n].retired]
    return alive[-1] if alive else (Listed(retired=True) if dated else None)


def _heirs(name: str, catalogue: Catalogue, gone: Collection[str]) -> Iterator[Model]:
    """Along the fallbacks, and along those of a fallback that has gone as well."""
    for heir in catalogue.fallbacks.get(name, ()):
        if heir in gone:
            yield from _heirs(heir, catalogue, gone)
        else:
            yield catalogue.models[heir]


def _first(heirs: Iterator[Model], name: str, gone: Collection[str]) -> str:
    return next((heir.name for heir in heirs), "") if name in gone else ""


def _renewed(profile: Profile, catalogue: Catalogue, gone: Collection[str]) -> Profile:
    """One model stays one voice, so nobody inherits a second one. A verifier that nobody can follow
    keeps its seat: its silence halves, where an empty seat would let every trade pass.
    """
    taken = {voice.name for voice in profile.voices} - set(gone)
    voices, main = [], ""
    for voice in profile.voices:
        renewed = _heir_of(voice, catalogue, gone, taken)
        taken.add(renewed.name)
        main = renewed.name if voice.name == profile.main else main
        voices.append(renewed)
    renewal = replace(
        profile,
        voices=tuple(voices),
        main=main,
        verifier=_other(profile.verifier, catalogue, gone),
        news=_other(profile.news, catalogue, gone),
        chat=_other(profile.chat, catalogue, gone),
        balance=_other(profile.balance, catalogue, gone),
    )
    left = with_only(renewal, lambda voice: voice.name not in gone)
    return replace(left, verifier=renewal.verifier)


def _other(voice: Voice | None, catalogue: Catalogue, gone: Collection[str]) -> Voice | None:
    return voice and _heir_of(voice, catalogue, gone, ())


def _heir_of(
    voice: Voice, catalogue: Catalogue, gone: Collection[str], taken: Collection[str]
) -> Voice:
    """Itself, while it lives or nobody can follow it."""
    heirs = _heirs(voice.name, catalogue, gone) if voice.name in gone else iter(())
    for heir in heirs:
        searches = voice.searches == 0 or heir.provider == voice.model.provider
        if heir.name not in taken and searches:
            return replace(voice, model=_asked_like(heir, voice.model))
    return voice


def _asked_like(heir: Model, before: Model) -> Model:
    return replace(heir, effort=before.effort, max_output=before.max_output)
