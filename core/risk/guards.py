"""Reasons to refuse a trade whatever its size, asked in the order in which a person would care."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Protocol

from core.domain.event import Event
from core.domain.people import AccountSettings
from core.domain.proposal import Number, Refusal, Rule


class Situation(Protocol):
    """What of an account's standing needs no prices."""

    @property
    def now(self) -> datetime: ...

    @property
    def waiting(self) -> frozenset[str]: ...

    @property
    def rests_until(self) -> Mapping[str, datetime]: ...

    @property
    def two_stops_until(self) -> datetime | None: ...

    @property
    def shock_until(self) -> datetime | None: ...

    @property
    def event(self) -> Event | None: ...

    @property
    def proposals_today(self) -> int: ...

    @property
    def positions(self) -> int: ...

    def holds(self, symbol: str) -> bool: ...


Guard = Callable[[str, Situation, AccountSettings], Refusal | None]


def refusals(symbol: str, standing: Situation, settings: AccountSettings) -> Iterator[Refusal]:
    """Whatever speaks against any new trade in this symbol now."""
    for guard in (
        _paused,
        _restrained,
        _holding,
        _positions,
        _shock,
        _event,
        _cool_down,
        _two_stops,
    ):
        refusal = guard(symbol, standing, settings)
        if refusal:
            yield refusal


def crowded(symbol: str, standing: Situation, settings: AccountSettings) -> Refusal | None:
    """Whatever speaks against another card. A card that waits already is not held against itself."""
    if symbol in standing.waiting:
        return Refusal(Rule.WAITING, {"symbol": symbol})
    if standing.proposals_today >= settings.limits.proposals_per_day:
        return Refusal(Rule.PROPOSALS, {"limit": settings.limits.proposals_per_day})
    return None


def _paused(_symbol: str, _standing: Situation, settings: AccountSettings) -> Refusal | None:
    return Refusal(Rule.PAUSED) if settings.paused else None


def _restrained(_symbol: str, _standing: Situation, settings: AccountSettings) -> Refusal | None:
    if not settings.causes:
        return None
    return Refusal(Rule.HALTED, {"reason": settings.causes[0].reason.value})


def _holding(symbol: str, standing: Situation, _settings: AccountSettings) -> Refusal | None:
    if standing.holds(symbol):
        return Refusal(Rule.HOLDING, {"symbol": symbol})
    return None


def _positions(_symbol: str, standing: Situation, settings: AccountSettings) -> Refusal | None:
    most = settings.limits.max_positions
    return Refusal(Rule.POSITIONS, {"limit": most}) if standing.positions >= most else None


def _shock(_symbol: str, standing: Situation, _settings: AccountSettings) -> Refusal | None:
    until = standing.shock_until
    return Refusal(Rule.SHOCK, {"until": until}) if until and until > standing.now else None


def _event(_symbol: str, standing: Situation, _settings: AccountSettings) -> Refusal | None:
    event = standing.event
    if event is None or not event.covers(standing.now):
        return None
    said: dict[str, Number] = {
        "event": event.kind,
        "title": event.title,
        "at": event.at,
        "until": event.ends,
    }
    return Refusal(Rule.EVENT, said)


def _cool_down(symbol: str, standing: Situation, _settings: AccountSettings) -> Refusal | None:
    until = standing.rests_until.get(symbol)
    if until and until > standing.now:
        return Refusal(Rule.COOL_DOWN, {"symbol": symbol, "until": until})
    return None


def _two_stops(_symbol: str, standing: Situation, _settings: AccountSettings) -> Refusal | None:
    until = standing.two_stops_until
    return Refusal(Rule.TWO_STOPS, {"until": until}) if until and until > standing.now else None
