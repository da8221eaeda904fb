"""What can be traded at a venue, and in which steps: ccxt's markets in base units."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.exchanges.venues import Kind, Venue
from bot.market.instruments import KNOWN, MAKER_FEE, TAKER_FEE, cautious_tiers, gap_of
from core.domain.instrument import Instrument, MaintenanceTier
from core.domain.market import exact, from_millis

NO_MARGIN = (MaintenanceTier(Decimal(0), Decimal(0), Decimal(0), 1),)
TIGHTEST = Decimal("0.00000001")
MOST_LEVERAGE = 20
DIGITS, TICKS = 2, 4


def contracts(markets: Mapping[str, Any], venue: Venue, mode: int) -> dict[str, Instrument]:
    """Everything that this desk may trade there: live, linear, perpetual (or spot).

    `mode` is ccxt's word on how its precisions are told: in digits, figures or steps.
    """
    return {
        symbol: instrument_of(market, venue, mode)
        for symbol, market in sorted(markets.items())
        if is_ours(market, venue)
    }


def is_ours(market: Mapping[str, Any], venue: Venue) -> bool:
    """Also said of a market whose end has been announced: a position in it may be open."""
    if market.get("active") is False or market.get("quote") not in venue.quotes:
        return False
    if venue.kind is Kind.SPOT:
        return bool(market.get("spot"))
    told = market.get("info") or {}
    kind = told.get("contractType") if isinstance(told, Mapping) else None
    is_perpetual = kind in {None, "", "PERPETUAL", "LinearPerpetual"}
    return bool(market.get("swap") and market.get("linear")) and is_perpetual


def instrument_of(market: Mapping[str, Any], venue: Venue, mode: int) -> Instrument:
    """Amounts are told in contracts; here they are coins. Tiers are typed-in or cautious ones
    until the venue's own are known.
    """
    symbol, size = str(market["symbol"]), _contract_size(market)
    step = (_step(market, "amount", mode) * size).normalize()
    known = KNOWN.get(symbol)
    perpetual = venue.kind is Kind.PERPETUAL
    return Instrument(
        symbol=symbol,
        tick_size=_step(market, "price", mode),
        step_size=step,
        min_notional=_least(market),
        max_leverage=_leverage(market, known) if perpetual else 1,
        maker_fee=_fraction(market.get("maker"), MAKER_FEE),
        taker_fee=_fraction(market.get("taker"), TAKER_FEE),
        tiers=(known.tiers if known else cautious_tiers()) if perpetual else NO_MARGIN,
        gap=gap_of(symbol),
        ends=delisting(market),
    )


def tiers_of(
    told: list[Mapping[str, Any]], worth: Decimal = Decimal(1)
) -> tuple[MaintenanceTier, ...]:
    """A venue's leverage tiers, its floors counted in what is worth that much of the quote; the
    deduction keeps the margin in one piece at each floor.
    """
    return tuple(_tiers(told, worth))


def _tiers(told: list[Mapping[str, Any]], worth: Decimal) -> Iterator[MaintenanceTier]:
    deduction, before = Decimal(0), Decimal(0)
    for row in sorted(told, key=lambda row: row.get("minNotional") or 0):
        floor = _number(row.get("minNotional")) * worth
        rate = _number(row.get("maintenanceMarginRate"))
        deduction += floor * (rate - before)
        before = rate
        yield MaintenanceTier(floor, rate, deduction, int(row.get("maxLeverage") or 0))


def delisting(market: Mapping[str, Any]) -> datetime | None:
    """When a perpetual will end, where the venue has said so. Far dates mean never."""
    told = market.get("info") or {}
    for name in ("deliveryDate", "deliveryTime", "expTime", "offTime"):
        stamp = str(told.get(name) or "") if isinstance(told, Mapping) else ""
        if stamp.isdigit() and 1_500_000_000_000 < int(stamp) < 4_000_000_000_000:
            return from_millis(int(stamp))
    return None


def contract_size(market: Mapping[str, Any]) -> float:
    return float(_contract_size(market))


def _contract_size(market: Mapping[str, Any]) -> Decimal:
    return _number(market.get("contractSize")) or Decimal(1)


def _step(market: Mapping[str, Any], what: str, mode: int) -> Decimal:
    told = (market.get("precision") or {}).get(what)
    if told is None or not told > 0:
        return TIGHTEST
    if mode == TICKS:
        return exact(told)
    return Decimal(1).scaleb(-int(told)) if mode == DIGITS else TIGHTEST


def _least(market: Mapping[str, Any]) -> Decimal:
    """Where the venue says no least sum, five of the quote: less is eaten by fees."""
    limits = market.get("limits") or {}
    told = (limits.get("cost") or {}).get("min")
    return _number(told) or Decimal(5)


def _leverage(market: Mapping[str, Any], known: Instrument | None) -> int:
    told = ((market.get("limits") or {}).get("leverage") or {}).get("max")
    if told and told >= 1:
        return int(told)
    return known.max_leverage if known else MOST_LEVERAGE


def _fraction(told: Any, otherwise: Decimal) -> Decimal:
    return exact(told) if isinstance(told, int | float) and 0 <= told < 1 else otherwise


def _number(told: Any) -> Decimal:
    return exact(told) if isinstance(told, int | float) else Decimal(0)
