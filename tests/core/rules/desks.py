"""A desk that looks at a recorded market candle by candle, and that nobody ever answers."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count

from bot.market.clock import SteppedClock
from bot.market.market import RecordedMarket
from bot.market.recording import Recording
from bot.presence import Presence
from core.approval import ExpireProposals
from core.attendance import Attendance
from core.committee.merging import Rules
from core.domain.market import Timeframe
from core.engine import FormDecisions
from core.owner import ACCOUNT, opening_settings
from core.proposing import Answer, ProposeTrades
from core.rules.analyst import rule_analysts
from core.standing import TakeStanding
from tests.fakes import FakeBroker, MemoryLedger

SLIPPAGE = Decimal("0.0002")


class Nobody:
    """Never speaks to the desk."""

    async def last_seen(self) -> datetime | None:
        return None


@dataclass(frozen=True)
class Desk:
    """`look` moves to a moment and does what the desk does there; the timeframe is an hour."""

    clock: SteppedClock
    market: RecordedMarket
    ledger: MemoryLedger
    form: FormDecisions
    propose: ProposeTrades
    expire: ExpireProposals

    async def look(self, moment: datetime) -> tuple[Answer, ...]:
        self.clock.advance_to(moment)
        await self.expire()
        settings = await self.ledger.settings(ACCOUNT)
        return await self.propose(await self.form(settings.symbols, settings.timeframe))

    async def live(self, start: datetime, hours: int) -> None:
        for hour in range(hours):
            await self.look(start + timedelta(hours=hour))


def desk(recording: Recording, start: datetime) -> Desk:
    clock, names = SteppedClock(start), count(1)
    market = RecordedMarket(recording, clock)
    ledger = MemoryLedger(opening_settings(market.symbols, Timeframe.H1))
    stand = TakeStanding(ACCOUNT, clock, FakeBroker(), ledger, market, market)

    def new_id() -> str:
        return str(next(names))

    form = FormDecisions(market, rule_analysts(), ledger, Rules(), SLIPPAGE, new_id)
    propose = ProposeTrades(
        ACCOUNT,
        clock,
        market,
        market,
        ledger,
        stand,
        asyncio.Lock(),
        SLIPPAGE,
        new_id,
        Attendance(ACCOUNT, ledger, Presence()),
    )
    return Desk(clock, market, ledger, form, propose, ExpireProposals(ACCOUNT, clock, ledger))
