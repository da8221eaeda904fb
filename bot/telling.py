"""Puts an account's notices into a chat: each kind by the view it has, with facts as they are now."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.storage.cards import SqlCards
from core.domain.account import DeskAccount
from core.domain.notice import Notice, NoticeKind
from core.domain.proposal import ProposalStatus
from core.domain.trade import TradeStatus
from core.errors import BrokerUnavailable, NoMarketData
from core.reading import ReadCard, ReadPositions, ReadStatus, StatusFacts
from core.reports import MakeReport
from handlers.arguments import span
from handlers.errors import told
from handlers.screens import Screen
from handlers.views.alerts import rung
from handlers.views.budget import stepped_down, switched_off
from handlers.views.closed import closed_text
from handlers.views.notice import filled, missed, plain, target_hit
from handlers.views.panic import panicked, panicked_late
from handlers.views.position import position_card
from handlers.views.proposal import card
from handlers.views.report import Asked, report_view
from handlers.views.restraint import restrained
from handlers.views.strangers import at_the_venue, found
from handlers.views.view import View

Sender = Callable[[Notice, Screen], Awaitable[int | None]]
AT_THE_VENUE = (
    NoticeKind.CLOSE_STUCK,
    NoticeKind.STOP_RESTORED,
    NoticeKind.POSITION_MIXED,
    NoticeKind.POSITION_SHRANK,
    NoticeKind.MONEY_FOUND,
    NoticeKind.MONEY_IN,
    NoticeKind.MONEY_OUT,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What one account's notices are worded with."""

    account: DeskAccount
    cards: SqlCards
    read_card: ReadCard
    read_positions: ReadPositions
    read_status: ReadStatus
    make_report: MakeReport

    async def __call__(self, notice: Notice, screen: Screen) -> int | None:
        """The message that says it, if one does. A venue that is silent is no reason to be silent."""
        try:
            return await self._sender(notice.kind)(notice, screen)
        except BrokerUnavailable as error:
            return await self._said(View(told(screen.reader, error)), notice, screen)

    def _sender(self, kind: NoticeKind) -> Sender:
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
            NoticeKind.HALTED: self._restrained,
            NoticeKind.REDUCING: self._restrained,
            NoticeKind.MODELS_OFF: self._switched_off,
            NoticeKind.MODELS_BUDGET: self._stepped_down,
        }
        return senders.get(kind, self._plain)

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
        """None while market or venue is silent: the news itself must not wait for them."""
        try:
            return await self.read_status()
        except (NoMarketData, BrokerUnavailable):
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

    async def _restrained(self, notice: Notice, screen: Screen) -> int | None:
        return await self._said(restrained(screen.reader, notice), notice, screen)

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
