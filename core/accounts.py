"""All accounts of a desk at a glance: whose money, how much of it, and whether its venue answers.

Out of the ledger, so that no venue has to answer for it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from core.domain.account import DeskAccount, Roster
from core.domain.ledger import EquityMark
from core.ports import Clock, Ledger


class Condition(StrEnum):
    """How an account is. One that is SHUT has no key, and the desk goes on without it."""

    GOES = "goes"
    PAUSED = "paused"
    AWAY = "away"
    SHUT = "shut"


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """`mark` is what it was worth at the last close; `since` its venue does not answer."""

    account: DeskAccount
    condition: Condition
    mark: EquityMark | None = None
    open: int = 0
    since: datetime | None = None


class Silences(Protocol):
    """Since when does an account's venue not answer?"""

    def away_since(self, account: str) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class ReadAccounts:
    """`shut` are accounts that the owner wants and the desk cannot open."""

    clock: Clock
    ledger: Ledger
    roster: Roster
    shut: tuple[DeskAccount, ...]
    silences: Silences

    async def __call__(self) -> tuple[Glance, ...]:
        at_work = [await self._glance(account) for account in self.roster.accounts]
        return (*at_work, *(Glance(account=a, condition=Condition.SHUT) for a in self.shut))

    async def beside(self, account: str) -> tuple[Glance, ...]:
        """The others, as far as something is open there or their venue is silent."""
        others = [a for a in self.roster.accounts if a.name != account]
        glances = [await self._glance(other) for other in others]
        return tuple(one for one in glances if one.open or one.since)

    async def _glance(self, account: DeskAccount) -> Glance:
        since = self.silences.away_since(account.name)
        paused = (await self.ledger.settings(account.name)).paused
        return Glance(
            account=account,
            condition=_condition(since, paused=paused),
            mark=await self.ledger.equity_before(account.name, self.clock.now()),
            open=len(await self.ledger.live_trades(account.name)),
            since=since,
        )


def _condition(since: datetime | None, *, paused: bool) -> Condition:
    if since is not None:
        return Condition.AWAY
    return Condition.PAUSED if paused else Condition.GOES
