"""Panic in every account of a desk at once; one whose venue is silent keeps nobody else waiting."""

import asyncio
from dataclasses import dataclass, field, replace

from core.domain.notice import Notice, NoticeKind
from core.domain.trade import Exit, Trade
from core.errors import DeskError
from core.panic import Panic


@dataclass(frozen=True, slots=True)
class PanicEverywhere:
    """All of `panics` begin in their order, money first. `owed` are accounts where it could not be
    done: it is done there `again` as soon as the venue answers.
    """

    panics: tuple[Panic, ...]
    owed: set[str] = field(default_factory=set)

    async def __call__(self) -> None:
        """Each account leaves a notice of its own. Raises what is wrong only when all have ended."""
        ended = await asyncio.gather(*map(self._one, self.panics), return_exceptions=True)
        _raise_bugs(ended)

    async def again(self, account: str) -> None:
        """Nothing, unless this account owes it and nobody has resumed it meanwhile."""
        for panic in self.panics:
            if panic.account == account and account in self.owed:
                if (await panic.ledger.settings(account)).paused:
                    await self._one(panic)
                else:
                    self.owed.discard(account)

    async def _one(self, panic: Panic) -> None:
        is_new = panic.account not in self.owed
        self.owed.add(panic.account)
        try:
            await panic()
        except DeskError:
            if is_new:
                await _doom(panic)
            return
        self.owed.discard(panic.account)


async def _doom(panic: Panic) -> None:
    """Also after a restart, settling closes what it finds doomed."""
    live = await panic.ledger.live_trades(panic.account)
    for trade in live:
        await panic.close.edit(trade.id, _doomed)
    left = ", ".join(trade.symbol for trade in live)
    notice = Notice(
        panic.account, NoticeKind.PANIC_STUCK, panic.clock.now(), numbers={"left": left or "-"}
    )
    await panic.ledger.commit(notice)


def _doomed(trade: Trade) -> Trade:
    return replace(trade, ending=Exit.PANIC) if trade.is_live else trade


def _raise_bugs(ended: list[BaseException | None]) -> None:
    for error in ended:
        if error is not None:
            raise error
