"""An Upbit account's won and coins: a coin that is held is a position without leverage.

What a coin cost is the venue's own average. It is remembered, for when the last coin is sold the
venue forgets it. Upbit does not tell since when a coin is held: 1970 stands for that.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from bot.broker.names import Names
from bot.broker.told import number, rows, text
from bot.broker.wire import Wire
from core.domain.trading import Account, Position

WON = "KRW"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Owned:
    """Of one currency: `free` and bound by orders; `cost` is what one was bought for, in won."""

    free: Decimal
    bound: Decimal
    cost: Decimal

    @property
    def whole(self) -> Decimal:
        return self.free + self.bound


@dataclass(frozen=True, slots=True)
class Money:
    wire: Wire
    names: Names
    costs: dict[str, Decimal] = field(default_factory=dict)

    async def owned(self) -> dict[str, Owned]:
        told = rows(await self.wire.ask("privateGetAccounts"))
        found = {
            text(one, "currency"): Owned(
                number(one, "balance"), number(one, "locked"), number(one, "avg_buy_price")
            )
            for one in told
        }
        held = {f"{coin}/{WON}": one.cost for coin, one in found.items() if one.whole}
        self.costs.update({symbol: cost for symbol, cost in held.items() if cost})
        return found

    async def account(self) -> Account:
        """A coin without a market in won is not the desk's to price, and is left out."""
        owned = await self.owned()
        won = owned.get(WON, Owned(NONE, NONE, NONE))
        coins = {f"{coin}/{WON}": one for coin, one in owned.items() if one.whole}
        coins = {symbol: one for symbol, one in coins.items() if symbol in self.names.ids}
        marks = await self._marks([*coins])
        positions = tuple(_position(s, one, marks[s]) for s, one in coins.items())
        wallet = won.whole + sum((p.margin for p in positions), NONE)
        return Account(
            wallet=wallet,
            equity=wallet + sum((p.unrealized_pnl for p in positions), NONE),
            free_margin=won.free,
            positions=positions,
        )

    async def _marks(self, symbols: list[str]) -> dict[str, Decimal]:
        if not symbols:
            return {}
        names = ",".join(self.names.id(symbol) for symbol in symbols)
        told = rows(await self.wire.ask("publicGetTicker", markets=names))
        return {self.names.symbol(text(one, "market")): number(one, "trade_price") for one in told}


def _position(symbol: str, owned: Owned, mark: Decimal) -> Position:
    """What was given away for nothing cost nothing; nobody can liquidate it."""
    return Position(
        symbol=symbol,
        amount=owned.whole,
        entry_price=owned.cost,
        leverage=1,
        margin=owned.cost * owned.whole,
        mark_price=mark,
        liquidation_price=NONE,
        opened_at=LONG_AGO,
    )
