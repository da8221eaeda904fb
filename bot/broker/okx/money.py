"""An OKX account's money and positions, and the settings that its positions live under."""

import asyncio
from dataclasses import dataclass
from decimal import Decimal

from bot.broker.names import Names
from bot.broker.okx.orders import NONE, data_of
from bot.broker.quotes import USDT
from bot.broker.told import Told, moment, number, number_or, text
from bot.broker.wire import Wire
from core.domain.trading import Account, Position

ISOLATED, ONE_WAY = "isolated", "net_mode"


@dataclass(frozen=True, slots=True)
class Money:
    wire: Wire
    names: Names

    async def account(self) -> Account:
        """Whether a venue counts an isolated margin as cash or not, the wallet is what is owned
        less what is not realised. A liquidation price of 0 is one that the venue does not tell.
        """
        whole, told = await asyncio.gather(
            self.wire.ask("privateGetAccountBalance", ccy=USDT), self._held()
        )
        (balance,) = data_of(whole)
        coin = next((c for c in balance["details"] if text(c, "ccy") == USDT), None)
        ours = [one for one in told if text(one, "ccy") == USDT]
        open_profit = sum((number(one, "upl") for one in ours), NONE)
        wallet = number(coin, "eq") - open_profit if coin else NONE
        equity = wallet + sum((self._position(one).unrealized_pnl for one in ours), NONE)
        return Account(
            wallet=wallet,
            equity=equity,
            free_margin=number_or(coin, "availEq", number(coin, "availBal")) if coin else NONE,
            positions=tuple(self._position(one) for one in told),
        )

    async def held(self) -> dict[tuple[str, str], Decimal]:
        """Coins by symbol and margin mode."""
        return {
            (self.names.symbol(text(told, "instId")), text(told, "mgnMode")): abs(
                self._position(told).amount
            )
            for told in await self._held()
        }

    async def _held(self) -> list[Told]:
        """The desk's own, isolated ones first: a contract may be held both ways."""
        told = data_of(await self.wire.ask("privateGetAccountPositions", instType="SWAP"))
        held = [one for one in told if number(one, "pos")]
        return sorted(held, key=lambda one: text(one, "mgnMode") != ISOLATED)

    def _position(self, told: Told) -> Position:
        symbol = self.names.symbol(text(told, "instId"))
        sign = -1 if told.get("posSide") == "short" else 1
        return Position(
            symbol=symbol,
            amount=number(told, "pos") * sign * self.names.size(symbol),
            entry_price=number(told, "avgPx"),
            leverage=int(number(told, "lever")),
            margin=number_or(told, "margin", number_or(told, "imr", NONE)),
            mark_price=number(told, "markPx"),
            liquidation_price=number_or(told, "liqPx", NONE),
            opened_at=moment(told, "cTime"),
        )

    async def prove(self, symbol: str, leverage: int) -> bool:
        """Margin is isolated by what each order says; the rest is changed only where it differs,
        then read.
        """
        if not await self._is_one_way():
            await self.wire.send("privatePostAccountSetPositionMode", {"posMode": ONE_WAY})
        if await self._leverage(symbol) != leverage:
            asked = {"instId": self.names.id(symbol), "mgnMode": ISOLATED, "lever": str(leverage)}
            await self.wire.send("privatePostAccountSetLeverage", asked)
        one_way, current = await asyncio.gather(self._is_one_way(), self._leverage(symbol))
        return one_way and current == leverage

    async def _is_one_way(self) -> bool:
        (told,) = data_of(await self.wire.ask("privateGetAccountConfig"))
        return text(told, "posMode") == ONE_WAY

    async def _leverage(self, symbol: str) -> Decimal | None:
        """None where each direction has its own."""
        asked = {"instId": self.names.id(symbol), "mgnMode": ISOLATED}
        told = data_of(await self.wire.ask("privateGetAccountLeverageInfo", **asked))
        return number(told[0], "lever") if len(told) == 1 else None
