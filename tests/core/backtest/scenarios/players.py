"""Two engines that play signals: the walk in columns, and the desk that lives hour by hour."""

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from bot.backtest.histories import histories
from bot.jobs import Mark
from core.autopilot import Autopilot
from core.backtest.edges import Decisions
from core.backtest.scenario import Scenario
from core.backtest.street import Street
from core.backtest.timetable import Lane, Timetable
from core.backtest.trades import trade_of
from core.backtest.walk import Walk
from core.committee.consensus import decide
from core.committee.merging import Rules, Stakes, merge
from core.domain.market import Timeframe, to_millis
from core.domain.people import Approval
from core.domain.proposal import Proposal, Refusal, Rule, Yes
from core.domain.trading import Side
from tests.builders import ACCOUNT
from tests.core.backtest.scenarios.signals import BURDEN, Play, Played, Signal, panel
from tests.core.backtest.scenarios.stage import Market
from tests.core.desk import Desk
from tests.core.domain.memory_ledger import MemoryLedger
from tests.core.paper.builders import HOUR, START
from tests.core.paper.fakes import FakeClock, MemoryPaperStore

OPENING = Decimal(10_000)
UNCOUNTED = {Rule.NO_EDGE, Rule.HOLDING}  # a walk does not even ask


def columns(signals: list[Signal]) -> Decisions:
    """What the committee makes of them, as columns."""
    closes = np.array([to_millis(signal.moment) for signal in signals], np.int64)
    stop = np.array([signal.stop for signal in signals])
    target = np.array([signal.target for signal in signals])
    said = panel(signals)
    merged = merge(said, dict.fromkeys(Side, Stakes(stop, target)), BURDEN, Rules())
    return Decisions(np.arange(len(signals)), closes, stop, target, said, merged)


def scenario_of(play: Play, **more) -> Scenario:
    return Scenario(
        start=START - HOUR, end=play.end, equity=OPENING, settings=play.settings, **more
    )


def lanes_of(play: Play, scenario: Scenario) -> tuple[dict[str, Lane], Timetable]:
    past = histories(play.recording(), play.bars, Timeframe.H1)
    past = {
        symbol: replace(history, instrument=replace(play.contract, symbol=symbol))
        for symbol, history in past.items()
    }
    timetable = Timetable(list(past.values()), scenario)
    return {symbol: Lane(Street(past[symbol]), timetable) for symbol in past}, timetable


def decisions_of(play: Play) -> dict[str, Decisions]:
    told = {symbol: [s for s in play.signals if s.symbol == symbol] for symbol in play.bars}
    silent = columns([Signal(hour=-1, voices=())])
    return {symbol: columns(said) if said else silent for symbol, said in told.items()}


async def walked(play: Play) -> Played:
    scenario = scenario_of(play)
    lanes, timetable = lanes_of(play, scenario)
    going = Walk(scenario, lanes, decisions_of(play), timetable)
    going.run()
    lots = sorted(going.done, key=lambda lot: (lot.opened_at, lot.street.symbol))
    trades = tuple(trade_of(lot, number, ACCOUNT) for number, lot in enumerate(lots))
    return Played(trades, Counter(going.entering.refusals))


@dataclass(kw_only=True)
class Living(Desk):
    """A desk that lives through the bars of a play, and hears its voices."""

    play: Play

    def __post_init__(self) -> None:
        self.street = Market(self.play.recording(), self.play.contract, self.clock)
        self.refused: Counter = Counter()
        self._assemble()

    async def lives(self) -> None:
        await self.mark()
        await self.looks()
        for close in self.street.closes():
            self.clock.moment = close
            await self.watch()
            await self.follow()
            await self.mark()
            await self.expire()
            await self.looks()

    async def mark(self) -> None:
        await Mark(ACCOUNT, self.clock, self.broker, self.ledger)()

    async def looks(self) -> None:
        said = [s for symbol in self.play.bars for s in self.play.signals if s.symbol == symbol]
        now = [s for s in said if s.moment == self.clock.now()]
        made = [
            decide(f"{s.symbol[:3]}{s.hour}", s.question(), s.opinions(), BURDEN, "", Rules())
            for s in now
        ]
        await self.ledger.commit(*made)
        for answer in await self.propose(made):
            outcome = answer.outcome
            if isinstance(outcome, Proposal):
                outcome = await self.answers(outcome)
            if isinstance(outcome, Refusal) and outcome.rule not in UNCOUNTED:
                self.refused[outcome.rule] += 1

    async def answers(self, card: Proposal):
        if self.play.settings.approval is not Approval.AUTOPILOT:
            return await self.approve(card.id, Yes.PERSON)
        here = self.autopilot.attendance
        return await Autopilot(ACCOUNT, self.clock, self.ledger, self.approve, here)(card)


async def lived(play: Play) -> Played:
    desk = Living(
        play=play,
        clock=FakeClock(START),
        ledger=MemoryLedger(play.settings),
        store=MemoryPaperStore(),
    )
    await desk.restarted()
    await desk.lives()
    known = (*await desk.ledger.closed_trades(ACCOUNT), *await desk.ledger.live_trades(ACCOUNT))
    trades = sorted(known, key=lambda trade: (trade.opened_at, trade.symbol))
    return Played(tuple(trades), desk.refused)
