"""Reasons to refuse a trade whatever its size, asked in the order in which a person would care."""

from collections.abc import Callable, Iterator

from core.domain.people import AccountSettings
from core.domain.proposal import Refusal, Rule
from core.risk.standing import Standing

Guard = Callable[[str, Standing, AccountSettings], Refusal | None]


def refusals(symbol: str, standing: Standing, settings: AccountSettings) -> Iterator[Refusal]:
    """Whatever speaks against any new trade in this symbol now."""
    for guard in (_paused, _holding, _positions, _shock, _cool_down, _two_stops):
        refusal = guard(symbol, standing, settings)
        if refusal:
            yield refusal


def crowded(symbol: str, standing: Standing, settings: AccountSettings) -> Refusal | None:
    """Whatever speaks against another card. A card that waits already is not held against itself."""
    if symbol in standing.waiting:
        return Refusal(Rule.WAITING, {"symbol": symbol})
    if standing.proposals_today >= settings.limits.proposals_per_day:
        return Refusal(Rule.PROPOSALS, {"limit": settings.limits.proposals_per_day})
    return None


def _paused(_symbol: str, _standing: Standing, settings: AccountSettings) -> Refusal | None:
    return Refusal(Rule.PAUSED) if settings.paused else None


def _holding(symbol: str, standing: Standing, _settings: AccountSettings) -> Refusal | None:
    if any(risk.symbol == symbol for risk in standing.open):
        return Refusal(Rule.HOLDING, {"symbol": symbol})
    return None


def _positions(_symbol: str, standing: Standing, settings: AccountSettings) -> Refusal | None:
    most = settings.limits.max_positions
    return Refusal(Rule.POSITIONS, {"limit": most}) if len(standing.open) >= most else None


def _shock(_symbol: str, standing: Standing, _settings: AccountSettings) -> Refusal | None:
    until = standing.shock_until
    return Refusal(Rule.SHOCK, {"until": until}) if until and until > standing.now else None


def _cool_down(symbol: str, standing: Standing, _settings: AccountSettings) -> Refusal | None:
    until = standing.rests_until.get(symbol)
    if until and until > standing.now:
        return Refusal(Rule.COOL_DOWN, {"symbol": symbol, "until": until})
    return None


def _two_stops(_symbol: str, standing: Standing, _settings: AccountSettings) -> Refusal | None:
    until = standing.two_stops_until
    return Refusal(Rule.TWO_STOPS, {"until": until}) if until and until > standing.now else None
