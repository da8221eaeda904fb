"""How much room each limit leaves: money that may be risked, and notional that may be held."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.domain.instrument import Instrument
from core.domain.people import AccountSettings
from core.domain.proposal import Rule
from core.domain.trading import Side
from core.risk.standing import Period, Standing


@dataclass(frozen=True, slots=True)
class Room:
    """What `rule` allows a new trade: `risk` to its stop, or `notional`, in quote currency."""

    rule: Rule
    limit: Decimal
    used: Decimal
    risk: Decimal | None = None
    notional: Decimal | None = None

    @property
    def left(self) -> Decimal:
        return (self.notional if self.risk is None else self.risk) or Decimal(0)

    def numbers(self, wanted: Decimal, equity: Decimal) -> dict[str, Decimal]:
        """What a refusal tells about this room."""
        return {"limit": self.limit, "used": self.used, "wanted": wanted, "equity": equity}


def rooms(
    side: Side,
    leverage: int,
    standing: Standing,
    settings: AccountSettings,
    instrument: Instrument,
) -> Iterator[Room]:
    """Every limit that depends on size. What is left is never negative."""
    limits, equity = settings.limits, standing.equity
    for period in Period:
        limit = period.limit(limits) * standing.started[period]
        left = standing.left(period, limits)
        yield Room(period.rule, limit, limit - left, risk=_some(left))
    direction = limits.same_direction_risk * equity
    same = standing.direction(side)
    yield Room(Rule.DIRECTION, direction, same, risk=_some(direction - same))
    exposure = limits.exposure * equity
    yield Room(
        Rule.EXPOSURE, exposure, standing.exposure, notional=_some(exposure - standing.exposure)
    )
    gap = _some(standing.month_left(limits)) / instrument.gap
    yield Room(Rule.GAP, gap, Decimal(0), notional=gap)
    margin = _some(standing.free_margin) * leverage / (1 + instrument.taker_fee * leverage)
    yield Room(Rule.MARGIN, margin, Decimal(0), notional=margin)
    single = limits.risk_per_trade * equity
    yield Room(Rule.RISK, single, Decimal(0), risk=single)


def _some(amount: Decimal) -> Decimal:
    return max(Decimal(0), amount)
