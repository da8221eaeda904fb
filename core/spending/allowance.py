"""How much may be spent as of now: the owner's wish, or what equity and won leave of the ceiling."""

from dataclasses import dataclass

from core.ports import Clock, Ledger, Won
from core.spending.caps import Bound, Caps, caps_for, usual_caps
from core.spending.ladder import Budget
from core.spending.ports import Allowance, Tell, Till, Wishes


@dataclass(frozen=True, slots=True)
class TakeCaps:
    """`Allowance` of one account's desk. Equity is its last mark, so that no venue must answer."""

    account: str
    ledger: Ledger
    won: Won
    wishes: Wishes
    clock: Clock

    async def __call__(self) -> Caps:
        mark = await self.ledger.equity_before(self.account, self.clock.now())
        rate = self.won.rate()
        usual = usual_caps(mark.equity if mark else None, rate.rate if rate else None)
        return caps_for(await self.wishes.read(), usual)


@dataclass(frozen=True, slots=True)
class TakeBudget:
    """Where spending stands now; a step down is told, unless the owner wants nothing spent."""

    till: Till
    allowance: Allowance
    tell: Tell
    clock: Clock

    async def __call__(self) -> Budget:
        now = self.clock.now()
        budget = Budget(await self.till.spent(now), await self.allowance())
        if budget.rung and not _is_wanted(budget.caps):
            await self.tell.bites(budget, now)
        return budget


def _is_wanted(caps: Caps) -> bool:
    """Whoever allows nothing knows that nothing is left."""
    return not caps.month and caps.by is Bound.OWNER
