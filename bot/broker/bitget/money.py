"""A Bitget account's money and positions, and the settings that its positions live under."""

import asyncio
from dataclasses import dataclass

from bot.broker.bitget.orders import MONEY, NONE, PRODUCT, data_of
from bot.broker.names import Names
from bot.broker.quotes import USDT
from bot.broker.told import Told, moment, number, number_or, row, rows, text
from bot.broker.wire import Wire
from core.domain.trading import Account, Position


@dataclass(frozen=True, slots=True)
class Money:
    wire: Wire
    names: Names

    async def account(self) -> Account:
        """A liquidation price of 0 is one that the venue does not tell."""
        whole, positions = await asyncio.gather(
            self.wire.ask("privateMixGetV2MixAccountAccounts", **PRODUCT), self.positions()
        )
        coins = rows(row(whole)["data"])
        coin = next((c for c in coins if text(c, "marginCoin") == USDT), None)
        wallet = NONE
        if coin:
            wallet = number(coin, "accountEquity") - number_or(coin, "unrealizedPL", NONE)
        return Account(
            wallet=wallet,
            equity=wallet + sum((p.unrealized_pnl for p in positions), NONE),
            free_margin=number(coin, "isolatedMaxAvailable") if coin else NONE,
            positions=positions,
        )

    async def positions(self) -> tuple[Position, ...]:
        told = row(await self.wire.ask("privateMixGetV2MixPositionAllPosition", **MONEY))["data"]
        return tuple(self._position(one) for one in rows(told) if number(one, "total"))

    def _position(self, told: Told) -> Position:
        sign = {"long": 1, "short": -1}[text(told, "holdSide")]
        return Position(
            symbol=self.names.symbol(text(told, "symbol")),
            amount=number(told, "total") * sign,
            entry_price=number(told, "openPriceAvg"),
            leverage=int(number(told, "leverage")),
            margin=number(told, "marginSize"),
            mark_price=number(told, "markPrice"),
            liquidation_price=max(number_or(told, "liquidationPrice", NONE), NONE),
            opened_at=moment(told, "cTime"),
        )

    async def prove(self, symbol: str, leverage: int) -> bool:
        """Changed only where they differ, for Bitget refuses even to leave things as they are while
        something is open; then read.
        """
        named = MONEY | {"symbol": self.names.id(symbol)}
        told = await self._setting(named)
        if told["posMode"] != "one_way_mode":
            mode = PRODUCT | {"posMode": "one_way_mode"}
            await self.wire.send("privateMixPostV2MixAccountSetPositionMode", mode)
        if told["marginMode"] != "isolated":
            isolated = named | {"marginMode": "isolated"}
            await self.wire.send("privateMixPostV2MixAccountSetMarginMode", isolated)
        if not _has(told, leverage):
            asked = named | {"leverage": str(leverage)}
            await self.wire.send("privateMixPostV2MixAccountSetLeverage", asked)
        told = await self._setting(named)
        modes = (text(told, "posMode"), text(told, "marginMode"))
        return modes == ("one_way_mode", "isolated") and _has(told, leverage)

    async def _setting(self, named: dict[str, str]) -> Told:
        return data_of(await self.wire.ask("privateMixGetV2MixAccountAccount", **named))


def _has(told: Told, leverage: int) -> bool:
    sides = ("isolatedLongLever", "isolatedShortLever")
    return all(number(told, side) == leverage for side in sides)
