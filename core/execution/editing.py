"""Changes a trade as it is now: read and written back with nobody in between.

A person moves a stop while a fill is being booked; without this, one of the two would be forgotten.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from core.domain.ledger import Change
from core.domain.trade import Trade
from core.errors import NotFound
from core.ports import Ledger


@dataclass(frozen=True, slots=True)
class EditTrades:
    """Everybody who changes trades of one account shares one of these. `turn` is never held while
    a venue or a person is waited for.
    """

    ledger: Ledger
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(
        self, trade_id: str, change: Callable[[Trade], Trade], *also: Change
    ) -> Trade:
        """The trade afterwards; `also` is written in the same transaction.

        Raises NotFound, also for a trade that has ended meanwhile: then nothing is written.
        """
        async with self.turn:
            trade = await self.ledger.trade(trade_id)
            if not trade.is_live:
                raise NotFound(trade=trade_id)
            changed = change(trade)
            if changed != trade or also:
                await self.ledger.commit(changed, *also)
            return changed
