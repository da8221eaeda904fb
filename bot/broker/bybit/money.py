"""A Bybit account's money and positions, and the settings that its positions live under."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.broker.bybit.orders import result_of
from bot.broker.bybit.pages import Pages
from bot.broker.names import Names
from bot.broker.quotes import USDT
from bot.broker.told import Told, moment, number, number_or, rows, text
from bot.broker.wire import Wire
from core.domain.trading import Account, Order, Position

POSITIONS, PAGE = "privateGetV5PositionList", 200
ISOLATED = "ISOLATED_MARGIN"
ONE_WAY, NONE = 0, Decimal(0)


@dataclass(frozen=True, slots=True)
class Money:
    wire: Wire
    names: Names

    async def account(self) -> Account:
        """An account with isolated margin tells nothing of what is free; it is what no position
        and no order holds. A liquidation price of 0 is one that the venue does not tell.
        """
        whole, told = await asyncio.gather(
            self.wire.ask("privateGetV5AccountWalletBalance", accountType="UNIFIED"),
            Pages(self.wire).whole(POSITIONS, PAGE, category="linear", settleCoin=USDT),
        )
        (unified,) = rows(result_of(whole)["list"])
        coin = next((c for c in rows(unified["coin"]) if text(c, "coin") == USDT), None)
        positions = tuple(self._position(one) for one in told if number(one, "size"))
        wallet = number(coin, "walletBalance") if coin else NONE
        ordered = number_or(coin, "totalOrderIM", NONE) if coin else NONE
        return Account(
            wallet=wallet,
            equity=wallet + sum((p.unrealized_pnl for p in positions), NONE),
            free_margin=wallet - ordered - sum((p.margin for p in positions), NONE),
            positions=positions,
        )

    def _position(self, told: Told) -> Position:
        sign = {"Buy": 1, "Sell": -1}[text(told, "side")]
        bound = number(told, "positionIM")
        return Position(
            symbol=self.names.symbol(text(told, "symbol")),
            amount=number(told, "size") * sign,
            entry_price=number(told, "avgPrice"),
            leverage=int(number(told, "leverage")),
            margin=number_or(told, "positionBalance", bound) or bound,
            mark_price=number(told, "markPrice"),
            liquidation_price=number_or(told, "liqPrice", NONE),
            opened_at=moment(told, "createdTime"),
        )

    async def reduces(self, order: Order) -> bool:
        """Is there something on the other side of this order?"""
        named = {"category": "linear", "symbol": self.names.id(order.symbol)}
        told = rows(result_of(await self.wire.ask(POSITIONS, **named))["list"])
        against = order.side.opposite.capitalize()
        return any(one["side"] == against and number(one, "size") for one in told)

    async def prove(self, symbol: str, leverage: int) -> bool:
        """Asked to be so where it need not be: what is so already is a refusal that harms nobody.
        What counts is what can be read back.
        """
        named = {"category": "linear", "symbol": self.names.id(symbol)}
        if not await self._is_isolated():
            await self._set("privatePostV5AccountSetMarginMode", {"setMarginMode": ISOLATED})
        await self._set("privatePostV5PositionSwitchMode", {**named, "mode": ONE_WAY})
        if await self._leverage(named) != leverage:
            both = {"buyLeverage": str(leverage), "sellLeverage": str(leverage)}
            await self._set("privatePostV5PositionSetLeverage", named | both)
        isolated, current = await asyncio.gather(self._is_isolated(), self._leverage(named))
        return isolated and current == leverage

    async def _set(self, call: str, asked: Mapping[str, object]) -> None:
        await self.wire.send(call, asked)

    async def _is_isolated(self) -> bool:
        """Of the whole account."""
        told = result_of(await self.wire.ask("privateGetV5AccountInfo"))
        return text(told, "marginMode") == ISOLATED

    async def _leverage(self, named: Mapping[str, str]) -> Decimal | None:
        """None where it has two positions of one symbol, one for each direction."""
        told = rows(result_of(await self.wire.ask(POSITIONS, **named))["list"])
        sides = [text(one, "positionIdx") for one in told]
        return number(told[0], "leverage") if sides == [str(ONE_WAY)] else None
