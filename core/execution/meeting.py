"""Meets positions of somebody else's: says once that they are there, and offers three answers."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from core.domain.ledger import Change
from core.domain.notice import Notice, NoticeKind, Number
from core.domain.stranger import Stranger, StrangerStatus
from core.domain.trading import Position
from core.errors import UnknownSymbol
from core.execution.adoption import Shelter, sheltered
from core.execution.sightings import Sightings
from core.ports import Clock, Ledger, MarketData

LASTS = timedelta(seconds=8)


@dataclass(frozen=True, slots=True)
class MeetStrangers:
    """`room` is what adopting one may put at risk."""

    account: str
    clock: Clock
    ledger: Ledger
    market: MarketData
    sightings: Sightings

    async def __call__(self, found: Collection[Position], room: Decimal) -> bool:
        """Is every one of them known by now?"""
        known = {one.symbol: one for one in await self.ledger.strangers(self.account)}
        there = {position.symbol: position for position in found}
        changes: list[Change] = []
        is_all_known = True
        for symbol, position in there.items():
            if _is_known(known.get(symbol), position):
                continue
            if self._lasts(symbol, position.amount):
                changes += self._introduced(position, room)
            else:
                is_all_known = False
        changes += [
            replace(one, status=StrangerStatus.OVER)
            for one in known.values()
            if one.is_there and one.symbol not in there and self._lasts(one.symbol, None)
        ]
        if changes:
            await self.ledger.commit(*changes)
        return is_all_known

    def _lasts(self, symbol: str, amount: Decimal | None) -> bool:
        return self.sightings.lasts(f"stranger {symbol}", amount, self.clock.now(), LASTS)

    def _introduced(self, position: Position, room: Decimal) -> tuple[Stranger, Notice]:
        shelter = self._shelter(position, room)
        stranger = Stranger(
            account=self.account,
            symbol=position.symbol,
            amount=position.amount,
            entry_price=position.entry_price,
            stop=shelter.stop if shelter else None,
            risk=shelter.risk if shelter else None,
            status=StrangerStatus.ASKED,
            seen_at=self.clock.now(),
        )
        return stranger, _notice(stranger, position.mark_price)

    def _shelter(self, position: Position, room: Decimal) -> Shelter | None:
        """None where the desk does not know the contract: it cannot look after it then."""
        try:
            instrument = self.market.instrument(position.symbol)
        except UnknownSymbol:
            return None
        return sheltered(position, instrument, room)


def _is_known(known: Stranger | None, position: Position) -> bool:
    """Asked about, or declared a person's own, and unchanged since."""
    return known is not None and known.is_there and known.amount == position.amount


def _notice(stranger: Stranger, mark: Decimal) -> Notice:
    numbers: dict[str, Number] = {
        "symbol": stranger.symbol,
        "amount": stranger.amount,
        "mark": mark,
    }
    if stranger.stop is not None and stranger.risk is not None:
        numbers |= {"stop": stranger.stop, "risk": stranger.risk}
    kind = NoticeKind.POSITION_FOUND
    return Notice(stranger.account, kind, stranger.seen_at, stranger.symbol, numbers)
