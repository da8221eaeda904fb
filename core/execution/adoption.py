"""What becomes of a position that the desk takes over: where its stop lies, and the trade it makes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from core.domain.instrument import Instrument
from core.domain.proposal import TradePlan
from core.domain.trade import Kind, Trade, TradeStatus
from core.domain.trading import Position

USUAL, CLOSEST = Decimal("0.03"), Decimal("0.005")
NO_TIME_STOP = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Shelter:
    """A stop for a position as it is, and what would be lost between the price now and there."""

    stop: Decimal
    risk: Decimal


def sheltered(position: Position, instrument: Instrument, room: Decimal) -> Shelter:
    """3 % from the mark; closer where that would lose more than `room`, or where the position
    would be liquidated before. Never closer than noise, unless liquidation is.
    """
    mark, amount, sign = position.mark_price, abs(position.amount), position.side.sign
    distance = max(CLOSEST, min(USUAL, room / (amount * mark) - instrument.taker_fee))
    liquidation = (mark - position.liquidation_price) * sign / mark
    if 0 < liquidation < 2 * distance:
        distance = liquidation / 2
    price = mark * (1 - sign * distance)
    stop = instrument.price_up(price) if sign > 0 else instrument.price_down(price)
    loss = (mark - stop) * sign * amount
    return Shelter(stop, loss + stop * amount * instrument.taker_fee)


def adopted(
    trade_id: str,
    account: str,
    position: Position,
    shelter: Shelter,
    now: datetime,
) -> Trade:
    """From now on the desk looks after it; its entry is what the venue says it was."""
    amount = abs(position.amount)
    return Trade(
        id=trade_id,
        account=account,
        kind=Kind.REAL,
        plan=_plan(position, shelter),
        stop=shelter.stop,
        targets=(),
        status=TradeStatus.OPEN,
        amount=amount,
        remaining=amount,
        entry_price=position.entry_price,
        extreme=position.mark_price,
        created_at=now,
        opened_at=now,
    )


def _plan(position: Position, shelter: Shelter) -> TradePlan:
    """Nobody planned it: no targets, no end in time, and a trail only if a person wants one."""
    return TradePlan(
        symbol=position.symbol,
        side=position.side,
        amount=abs(position.amount),
        leverage=position.leverage,
        reference=position.mark_price,
        entry_limit=position.entry_price,
        stop_loss=shelter.stop,
        targets=(),
        trail=abs(position.mark_price - shelter.stop),
        time_stop=NO_TIME_STOP,
        risk=shelter.risk,
        reward=Decimal(0),
        liquidation_price=position.liquidation_price,
        gap_loss=Decimal(0),
        month_left=Decimal(0),
        equity=Decimal(0),
    )
