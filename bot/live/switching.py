"""When another venue stands in: public data fails over, and comes back, by a written policy.

    away   nothing has come from the own venue for 30 s, it does not answer when asked, and the
           other one does
    back   it has answered for two minutes on end

Entries wait until the own venue tells its own prices again.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.live.feed import Feed
from core.ports import Clock

SILENT = timedelta(seconds=30)
STEADY = timedelta(minutes=2)

Tell = Callable[[Feed, Feed], Awaitable[None]]


@dataclass
class Switch:
    """`told` hears of each switch once: from which feed to which. What could not be told waits for
    the next look.
    """

    own: Feed
    other: Feed | None
    clock: Clock
    told: Tell
    is_away: bool = False
    steady_since: datetime | None = None
    _untold: list[tuple[Feed, Feed]] = field(default_factory=list)

    @property
    def feeds(self) -> tuple[Feed, ...]:
        return (self.own, self.other) if self.other else (self.own,)

    @property
    def serving(self) -> Feed:
        return self.other if self.is_away and self.other else self.own

    async def look(self) -> None:
        """To be called every few seconds."""
        await self._decide()
        while self._untold:
            await self.told(*self._untold[0])
            del self._untold[0]

    async def _decide(self) -> None:
        if self.is_away:
            await self._maybe_back()
        elif self.other and self._is_silent() and not await self.own.answers(self.own.heard()):
            await self._maybe_away(self.other)

    def _is_silent(self) -> bool:
        silence = self.own.silence()
        return silence is None or silence > SILENT

    async def _maybe_away(self, other: Feed) -> None:
        if await other.answers(self.own.heard()):
            self.is_away, self.steady_since = True, None
            self._untold.append((self.own, other))

    async def _maybe_back(self) -> None:
        if not await self.own.answers(self.own.heard()):
            self.steady_since = None
            return
        now = self.clock.now()
        self.steady_since = self.steady_since or now
        if self.other and now - self.steady_since >= STEADY:
            self.is_away = False
            self._untold.append((self.other, self.own))
