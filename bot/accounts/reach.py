"""Whether an account's venue answers; people are told when it stops for long, and when it is back."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.jobs import Act
from core.domain.notice import Notice, NoticeKind
from core.errors import BrokerUnavailable
from core.ports import Clock, Ledger

logger = logging.getLogger(__name__)

WORTH_TELLING = timedelta(seconds=30)


@dataclass
class Reach:
    """A word that gets lost is no news. `since` its venue is silent; None while it answers."""

    account: str
    clock: Clock
    ledger: Ledger
    since: datetime | None = None
    told: bool = False

    def looking(self, act: Act) -> Act:
        """The act by which the account is watched: whether it works says whether the venue answers."""

        async def look() -> None:
            if await self._works(act):
                await self._found()

        return look

    def unless_away(self, act: Act) -> Act:
        """An act that has to wait for a venue that is away."""

        async def wait_or_act() -> None:
            if self.since is None:
                await self._works(act)

        return wait_or_act

    async def _works(self, act: Act) -> bool:
        try:
            await act()
        except BrokerUnavailable as error:
            await self._lost(error)
            return False
        return True

    async def _lost(self, error: BrokerUnavailable) -> None:
        now = self.clock.now()
        if self.since is None:
            logger.warning("%s is out of reach: %s", self.account, error)
            self.since = now
        if not self.told and now - self.since >= WORTH_TELLING:
            await self.ledger.commit(Notice(self.account, NoticeKind.ACCOUNT_AWAY, now))
            self.told = True

    async def _found(self) -> None:
        if self.since is not None:
            logger.info("%s answers again", self.account)
        self.since = None
        if self.told:
            now = self.clock.now()
            await self.ledger.commit(Notice(self.account, NoticeKind.ACCOUNT_BACK, now))
            self.told = False
