"""A Binance account's money and positions, and the settings that its positions live under."""

import asyncio
from dataclasses import dataclass
from decimal import Decimal

from bot.broker.names import Names
from bot.broker.quotes import USDT
from bot.broker.told import Told, flag, moment, number, row, rows, text
from bot.broker.wire import Wire
from core.domain.trading import Account, Position


@dataclass(frozen=True, slots=True)
class Money:
    wire: Wire
    names: Names

    async def account(self) -> Account:
        """Only what is kept in USDT counts as money; a position that is kept in something else is
        shown beside it. A liquidation price of 0 is one that the venue does not tell.
        """
        whole, risks = await asyncio.gather(
            self.wire.ask("fapiPrivateV3GetAccount"), self.wire.ask("fapiPrivateV3GetPositionRisk")
        )
        assets = rows(row(whole)["assets"])
        quote = next(asset for asset in assets if text(asset, "asset") == USDT)
        held = [told for told in rows(risks) if number(told, "positionAmt")]
        positions = [await self._position(told) for told in held]
        wallet, marked = number(quote, "walletBalance"), zip(held, positions, strict=True)
        ours = (p for told, p in marked if text(told, "marginAsset") == USDT)
        return Account(
            wallet=wallet,
            equity=wallet + sum((p.unrealized_pnl for p in ours), Decimal(0)),
            free_margin=number(quote, "availableBalance"),
            positions=tuple(positions),
        )

    async def _position(self, told: Told) -> Position:
        """A cross position has no margin of its own but what it binds. Version 3 does not tell the
        leverage; it is what a position's worth is divided by to say what it binds.
        """
        name = text(told, "symbol")
        own, bound = number(told, "isolatedWallet"), number(told, "positionInitialMargin")
        ratio = abs(number(told, "notional")) / bound if bound else Decimal(0)
        return Position(
            symbol=self.names.symbol(name),
            amount=number(told, "positionAmt"),
            entry_price=number(told, "entryPrice"),
            leverage=round(ratio) or (await self._setting(name))[1],
            margin=own or bound,
            mark_price=number(told, "markPrice"),
            liquidation_price=number(told, "liquidationPrice"),
            opened_at=moment(told, "updateTime"),
        )

    async def prove(self, symbol: str, leverage: int) -> bool:
        """Position mode, margin mode and leverage: changed only where they differ, then read."""
        name = self.names.id(symbol)
        if not await self._is_one_way():
            await self._set("fapiPrivatePostPositionSideDual", dualSidePosition="false")
        isolated, current = await self._setting(name)
        if not isolated:
            await self._set("fapiPrivatePostMarginType", symbol=name, marginType="ISOLATED")
        if current != leverage:
            await self._set("fapiPrivatePostLeverage", symbol=name, leverage=str(leverage))
        one_way, setting = await asyncio.gather(self._is_one_way(), self._setting(name))
        return one_way and setting == (True, leverage)

    async def _is_one_way(self) -> bool:
        told = row(await self.wire.ask("fapiPrivateGetPositionSideDual"))
        return not flag(told, "dualSidePosition")

    async def _setting(self, name: str) -> tuple[bool, int]:
        """Isolated? And with how much leverage."""
        told = rows(await self.wire.ask("fapiPrivateGetSymbolConfig", symbol=name))
        (own,) = (one for one in told if text(one, "symbol") == name)
        return text(own, "marginType") == "ISOLATED", int(number(own, "leverage"))

    async def _set(self, call: str, **asked: str) -> None:
        """Whatever is answered: what counts is what can be read back."""
        await self.wire.send(call, asked)
