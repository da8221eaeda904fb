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
from bot.storage.cards import SqlCards
from bot.storage.outbox import SqlOutbox
from core.domain.ledger import Outgoing
from core.domain.notice import Notice, NoticeKind
from core.domain.proposal import ProposalStatus
from core.domain.trade import TradeStatus
from core.errors import DeskError, NoMarketData
from core.ports import Clock, Ledger
from core.reading import ReadCard, ReadPositions, ReadStatus, StatusFacts
from core.reports import MakeReport
from handlers.arguments import span
from handlers.screens import Screen
from handlers.views.alerts import rung
from handlers.views.budget import stepped_down, switched_off
from handlers.views.closed import closed_text
from handlers.views.notice import filled, missed, plain, target_hit
from handlers.views.panic import panicked, panicked_late
from handlers.views.position import position_card
from handlers.views.proposal import card
from handlers.views.report import Asked, report_view
from handlers.views.strangers import at_the_venue, found
from handlers.views.view import View

logger = logging.getLogger(__name__)

BATCH = 20
STALE = timedelta(hours=12)
NEVER_STALE = frozenset(
    {NoticeKind.PANIC_DONE, NoticeKind.PANIC_LATE, NoticeKind.DATA_ENDED, NoticeKind.ALERT}
)
AT_THE_VENUE = (
    NoticeKind.CLOSE_STUCK,
    NoticeKind.STOP_RESTORED,
    NoticeKind.POSITION_MIXED,
    NoticeKind.POSITION_SHRANK,
    NoticeKind.WALLET_DIFFERS,
)
RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(minutes=5)
UNTIL_OPENED = timedelta(seconds=20)

Sender = Callable[[Notice, Screen], Awaitable[int | None]]


@dataclass(frozen=True, slots=True)
class Notifier:
    """`wall` times retries: Telegram's outages last real seconds, whatever the market's clock."""

    ledger: Ledger
    outbox: SqlOutbox
    cards: SqlCards
    screens: Screens
    wall: Clock
    read_card: ReadCard
    read_positions: ReadPositions
    read_status: ReadStatus
    make_report: MakeReport
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
        age = self.make_report.clock.now() - notice.at
        return age > STALE and notice.kind not in NEVER_STALE

    async def _tell(self, left_out: Counter[int]) -> None:
        for person in await self.ledger.people() if left_out else ():
            screen, n = self.screens.of(person), left_out[person.id]
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
        person = people.get(outgoing.person)
        if person is None:
            await self.outbox.give_up(outgoing.id, "nobody")
            return
        try:
            message = await self._send(outgoing.notice, self.screens.of(person))
        except TelegramForbiddenError:
            logger.info("notice %s waits until the person opens the chat", outgoing.notice.kind)
            held.add(outgoing.chat)
            await self.outbox.postpone(outgoing.id, self.wall.now() + UNTIL_OPENED)
        except NoMarketData as error:
            held.add(outgoing.chat)
            logger.info("notice %s waits for a price: %s", outgoing.notice.kind, error)
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

    async def _send(self, notice: Notice, screen: Screen) -> int | None:
        senders: dict[NoticeKind, Sender] = {
            NoticeKind.PROPOSAL: self._proposal,
            NoticeKind.PROPOSAL_OUTCOME: self._outcome,
            NoticeKind.ENTRY_FILLED: self._filled,
            NoticeKind.ENTRY_MISSED: self._missed,
            NoticeKind.ENTRY_REFUSED: self._missed,
            NoticeKind.TARGET_HIT: self._target,
            NoticeKind.TRADE_CLOSED: self._closed,
            NoticeKind.PANIC_DONE: self._panicked,
            NoticeKind.PANIC_LATE: self._panicked_late,
            NoticeKind.POSITION_FOUND: self._found,
            **dict.fromkeys(AT_THE_VENUE, self._at_the_venue),
            NoticeKind.REPORT: self._report,
            NoticeKind.ALERT: self._alert,
            NoticeKind.MODELS_OFF: self._switched_off,
            NoticeKind.MODELS_BUDGET: self._stepped_down,
        }
        return await senders.get(notice.kind, self._plain)(notice, screen)

    async def _proposal(self, notice: Notice, screen: Screen) -> int | None:
        """A card that was answered before it could be shown is not shown any more."""
        facts = await self.read_card(notice.subject)
        if facts.proposal.status in {ProposalStatus.REPLACED, ProposalStatus.EXPIRED}:
            return None
        message = await screen.show(card(screen.reader, facts), silent=notice.silent)
        await screen.track("proposal", notice.subject, message.message_id)
        return message.message_id

    async def _outcome(self, notice: Notice, screen: Screen) -> int | None:
        found = await self.cards.find(screen.chat, "proposal", notice.subject)
        if found is None:
            return None
        view = card(screen.reader, await self.read_card(notice.subject))
        await screen.change(found.message_id, View(view.text), photo=True)
        await self.cards.drop(found)
        return found.message_id

    async def _filled(self, notice: Notice, screen: Screen) -> int | None:
        facts = await self.read_positions.one(notice.subject)
        if facts.trade.status is not TradeStatus.OPEN:
            return None
        message = await screen.show(filled(screen.reader, facts), silent=notice.silent)
        await screen.track("position", notice.subject, message.message_id)
        return message.message_id

    async def _missed(self, notice: Notice, screen: Screen) -> int | None:
        facts = await self.read_positions.one(notice.subject)
        return await self._said(missed(screen.reader, notice, facts), notice, screen)

    async def _target(self, notice: Notice, screen: Screen) -> int | None:
        facts = await self.read_positions.one(notice.subject)
        return await self._said(target_hit(screen.reader, facts), notice, screen)

    async def _closed(self, notice: Notice, screen: Screen) -> int | None:
        """The living card comes to rest, and a message of its own says how it went."""
        facts = await self.read_positions.one(notice.subject)
        found = await self.cards.find(screen.chat, "position", notice.subject)
        if found is not None:
            await screen.change(found.message_id, position_card(screen.reader, facts), photo=False)
            await self.cards.drop(found)
        quote = facts.instrument.quote
        text = closed_text(screen.reader, facts.trade, await self._status(), quote)
        return await self._said(View(text), notice, screen)

    async def _status(self) -> StatusFacts | None:
        """None while the market is silent: the news itself must not wait for prices."""
        try:
            return await self.read_status()
        except NoMarketData:
            return None

    async def _panicked(self, notice: Notice, screen: Screen) -> int | None:
        return await self._said(panicked(screen.reader, notice), notice, screen)

    async def _panicked_late(self, notice: Notice, screen: Screen) -> int | None:
        return await self._said(panicked_late(screen.reader, notice), notice, screen)

    async def _found(self, notice: Notice, screen: Screen) -> int | None:
        return await self._said(found(screen.reader, notice), notice, screen)

    async def _at_the_venue(self, notice: Notice, screen: Screen) -> int | None:
        return await self._said(at_the_venue(screen.reader, notice), notice, screen)

    async def _alert(self, notice: Notice, screen: Screen) -> int | None:
        return await self._said(rung(screen.reader, notice), notice, screen)

    async def _switched_off(self, notice: Notice, screen: Screen) -> int | None:
        return await self._said(switched_off(screen.reader, notice), notice, screen)

    async def _stepped_down(self, notice: Notice, screen: Screen) -> int | None:
        return await self._said(stepped_down(screen.reader, notice), notice, screen)

    async def _report(self, notice: Notice, screen: Screen) -> int | None:
        """Yesterday, as of its close."""
        words = str(notice.numbers["span"])
        stretch = span(words, notice.at)
        report = await self.make_report(stretch.start, stretch.end)
        asked = Asked("span.closed", words)
        view = report_view(screen.reader, report, await self.read_status(), asked)
        return await self._said(View(view.text, view.keyboard), notice, screen)

    async def _plain(self, notice: Notice, screen: Screen) -> int | None:
        return await self._said(plain(screen.reader, notice), notice, screen)

    async def _said(self, view: View, notice: Notice, screen: Screen) -> int:
        return (await screen.show(view, silent=notice.silent)).message_id
