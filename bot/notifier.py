"""Delivers what the outbox holds: each notice becomes a view, in its chat's order, once."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError

from bot.door import Screens
from bot.edge import survives
from bot.storage.outbox import SqlOutbox
from bot.telling import Telling
from core.domain.ledger import Outgoing
from core.domain.notice import Notice, NoticeKind
from core.errors import DeskError, NoMarketData
from core.ports import Clock, Ledger
from handlers.screens import Screen
from handlers.views.view import View

logger = logging.getLogger(__name__)

BATCH = 20
STALE = timedelta(hours=12)
NEVER_STALE = frozenset(
    {
        NoticeKind.PANIC_DONE,
        NoticeKind.PANIC_LATE,
        NoticeKind.DATA_ENDED,
        NoticeKind.ALERT,
        NoticeKind.HALTED,
        NoticeKind.LEASE_LOST,
    }
)
RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(minutes=5)
UNTIL_OPENED = timedelta(seconds=20)

Sender = Callable[[Notice, Screen], Awaitable[int | None]]


@dataclass(frozen=True, slots=True)
class Notifier:
    """`wall` times retries: Telegram's outages last real seconds, whatever the market's `clock`.
    `tellings` are the accounts', the desk's own first.
    """

    ledger: Ledger
    outbox: SqlOutbox
    screens: Screens
    wall: Clock
    clock: Clock
    tellings: tuple[Telling, ...]
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def flush(self) -> None:
        """Send whatever may be sent now; what is half a day old is counted instead."""
        async with self._turn:
            left_out: Counter[int] = Counter()
            while batch := await self.outbox.due(self.wall.now(), BATCH):
                held: set[int] = set()
                for outgoing in batch:
                    if self._is_stale(outgoing.notice):
                        left_out[outgoing.person] += 1
                        await self.outbox.give_up(outgoing.id, "stale")
                    elif outgoing.chat not in held:
                        await self._attempt(outgoing, held)
            await self._tell(left_out)

    def _is_stale(self, notice: Notice) -> bool:
        """Nobody wants forty messages of last night; the ledger has them all."""
        age = self.clock.now() - notice.at
        return age > STALE and notice.kind not in NEVER_STALE

    async def _tell(self, left_out: Counter[int]) -> None:
        for person in await self.ledger.people() if left_out else ():
            screen, n = self.screens.of(person, self.tellings[0].account), left_out[person.id]
            with suppress(AiogramError):
                if n:
                    await screen.show(View(screen.reader.t("notice.left_out", n=n)))

    async def _attempt(self, outgoing: Outgoing, held: set[int]) -> None:
        """A chat whose notice has to wait is held: what comes later must not overtake it."""
        await survives(
            f"notice {outgoing.id}",
            partial(self._deliver, outgoing, held),
            partial(self._unshowable, outgoing.id),
        )

    async def _unshowable(self, outgoing: int, error: Exception) -> None:
        """One notice that cannot be worded must not stop the queue."""
        await self.outbox.give_up(outgoing, repr(error))

    async def _deliver(self, outgoing: Outgoing, held: set[int]) -> None:
        people = {person.id: person for person in await self.ledger.people()}
        tellings = {telling.account.name: telling for telling in self.tellings}
        person, tell = people.get(outgoing.person), tellings.get(outgoing.notice.account)
        if person is None or tell is None:
            await self.outbox.give_up(outgoing.id, "nobody" if person is None else "no account")
            return
        try:
            message = await tell(outgoing.notice, self.screens.of(person, tell.account))
        except (TelegramForbiddenError, NoMarketData) as error:
            waits = "a price" if isinstance(error, NoMarketData) else "the person to open the chat"
            logger.info("notice %s waits for %s", outgoing.notice.kind, waits)
            held.add(outgoing.chat)
            await self.outbox.postpone(outgoing.id, self.wall.now() + UNTIL_OPENED)
        except (TelegramBadRequest, DeskError) as error:
            logger.warning("notice %s cannot be delivered: %s", outgoing.notice.kind, error)
            await self.outbox.give_up(outgoing.id, str(error))
        except AiogramError as error:
            logger.warning("notice %s waits: %s", outgoing.notice.kind, error)
            held.add(outgoing.chat)
            wait = min(RETRY * 2**outgoing.attempts, LONGEST_RETRY)
            await self.outbox.postpone(outgoing.id, self.wall.now() + wait)
        else:
            await self.outbox.sent(outgoing.id, message, self.wall.now())
