"""A whole desk whose voices, verifier and news reader are hostile, with an autopilot that says yes."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from random import Random

import numpy as np

from core.committee.merging import Rules
from core.domain.market import Timeframe
from core.domain.opinion import Decision
from core.domain.people import AccountSettings, Approval, Language, Limits
from core.domain.proposal import Proposal
from core.domain.snapshot import MarketSnapshot
from core.engine import FormDecisions
from core.prompt import indicators, market
from core.proposing import Answer
from core.risk import Standing
from core.spending.allowance import TakeBudget
from core.spending.caps import Caps
from core.voices.analyst import ModelAnalyst
from core.voices.braking import Brake
from core.voices.consult import Consult
from core.voices.duty import OnDuty, Profile
from core.voices.hearing import AskNews
from core.voices.verifying import InTurn, Verify
from tests.builders import ACCOUNT, NOON, limits, settings
from tests.core.desk import Desk
from tests.core.domain.memory_ledger import MemoryLedger
from tests.core.paper.fakes import FakeClock, MemoryPaperStore
from tests.fakes import FakeMarket, frame
from tests.model_fakes import FakeAllowance, FakeTell, MemoryPurse
from tests.model_fakes import desk as shared_by
from tests.simulation.models_oracle import (
    HostileOracle,
    Strangers,
    facts,
    forecasts,
    headlines,
    model,
    verdicts,
)

SYMBOLS = ("BTC/USDT:USDT", "ETH/USDT:USDT", "SOL/USDT:USDT", "BNB/USDT:USDT")
CYCLES = 3
ROWS = 300
MUCH = Decimal(1_000_000)
ROOMY = Limits(
    risk_per_trade=Decimal("0.002"),
    leverage=3,
    max_positions=20,
    day_loss=Decimal("0.2"),
    week_loss=Decimal("0.2"),
    month_loss=Decimal("0.3"),
    reward_ratio=Decimal("1.1"),
    cool_down=timedelta(hours=1),
    cool_down_two_stops=timedelta(hours=1),
    same_direction_risk=Decimal("0.2"),
    exposure=Decimal(10),
    autopilot_risk=Decimal("0.002"),
    autopilot_entries=50,
    proposals_per_day=50,
)


def settings_for(dice: Random, roomy: bool) -> AccountSettings:
    """Roomy: no trade stands in another's way, so that what news alone did can be told."""
    tight = limits(reward_ratio=Decimal("1.1"), max_positions=dice.choice((1, 2, 3)))
    return settings(
        symbols=SYMBOLS,
        timeframe=Timeframe.H1,
        limits=ROOMY if roomy else tight,
        approval=Approval.AUTOPILOT,
        two_targets=dice.random() < 0.5,
    )


class Street(FakeMarket):
    """Markets with headlines beside them."""

    titles: tuple = ()

    def _snapshot(self, symbol: str) -> MarketSnapshot:
        return replace(super()._snapshot(symbol), news=self.titles)


def street(clock: FakeClock, seed: int, titles) -> Street:
    waves = np.random.default_rng(seed)
    end = NOON + timedelta(hours=CYCLES)
    frames = {}
    for symbol in SYMBOLS:
        steps = waves.normal(0, 0.004, ROWS + CYCLES)
        closes = np.round(2_000 * np.exp(np.cumsum(steps)), 1)
        frames[symbol] = frame(closes, end=end, reach=4)
    made = Street(clock, frames)
    made.titles = titles
    return made


@dataclass(frozen=True)
class Cycle:
    """What one close came to, and where the account stood before."""

    snapshots: tuple[MarketSnapshot, ...]
    decisions: tuple[Decision, ...]
    standing: Standing
    answers: tuple[Answer, ...]


@dataclass(kw_only=True)
class HostileDesk(Desk):
    seed: int
    with_news: bool
    roomy: bool
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOON))

    def __post_init__(self) -> None:
        self.dice = Random(f"{self.seed}|desk")
        titles = headlines(self.seed, NOON) if self.with_news else ()
        self.street = street(self.clock, self.seed, titles)
        self.strangers = Strangers(titles)
        self.budget = TakeBudget(
            MemoryPurse(), FakeAllowance(Caps(month=MUCH, day=MUCH)), FakeTell(), self.clock
        )
        self.shared = shared_by(purse=self.budget.till, clock=self.clock)
        self.budget.till.allowance = self.budget.allowance
        self._assemble()

    def _assemble(self) -> None:
        super()._assemble()
        self.oracles: list[HostileOracle] = []
        opposition = InTurn((Brake(self.clock, self.strangers), self._verifier()))
        self.propose = replace(self.propose, opposition=opposition)
        self.approve = replace(self.approve, propose=self.propose)
        self.autopilot = replace(self.autopilot, approve=self.approve)
        profile = Profile(full=self._voices(), main="voice0")
        self.form = FormDecisions(
            market=self.street,
            analysts=(),
            ledger=self.ledger,
            rules=Rules(),
            slippage=Decimal("0.0002"),
            new_id=lambda: f"d{next(self.names)}",
            models=OnDuty(
                profile=profile, budget=self.budget, holds=self._holds, paused=self._paused
            ),
        )
        self.hear = AskNews(
            accounts=(ACCOUNT,),
            consult=self._consult("press", facts),
            budget=self.budget,
            clock=self.clock,
            ledger=self.ledger,
            news=self.strangers,
            tidings=self.strangers,
            language=Language.EN,
        )

    async def _holds(self) -> bool:
        return True

    async def _paused(self) -> bool:
        return False

    def _voices(self) -> tuple[ModelAnalyst, ...]:
        says = forecasts(self.dice.random() < 0.5)
        kinds = (market, indicators, market)
        languages = tuple(Language)
        return tuple(
            ModelAnalyst(
                name=f"voice{n}",
                consult=self._consult(f"voice{n}", says),
                write=write,
                language=languages[n % len(languages)],
                aliased=bool(n),
            )
            for n, write in enumerate(kinds)
        )

    def _verifier(self) -> Verify:
        return Verify(
            name="judge",
            consult=self._consult("judge", verdicts(f"{self.seed}|judge")),
            budget=self.budget,
            clock=self.clock,
            market=self.street,
            quotes=self.street,
            ledger=self.ledger,
            language=Language.KO,
            aliased=False,
        )

    def _consult(self, name: str, says) -> Consult:
        oracle = HostileOracle(f"{self.seed}|{name}", says)
        self.oracles.append(oracle)
        return Consult(model(name), oracle, self.shared)

    async def cycle(self) -> Cycle:
        """A close, as the job table lives it, up to the cards."""
        if self.with_news:
            await self.hear()
        known = await self.ledger.settings(ACCOUNT)
        decisions = await self.form(SYMBOLS, known.timeframe)
        snapshots = await self.street.snapshots(SYMBOLS, known.timeframe)
        standing = await self.stand()
        return Cycle(snapshots, decisions, standing, await self.propose(decisions))

    async def answer(self, cycle: Cycle) -> None:
        """The autopilot says yes to what it may."""
        for answer in cycle.answers:
            if isinstance(answer.outcome, Proposal):
                await self.autopilot(answer.outcome)
        await self.watch()

    async def an_hour_passes(self) -> None:
        self.clock.advance(hours=1)
        for job in (self.watch, self.follow, self.watch, self.expire):
            await job()


def hostile_desk(
    seed: int, *, with_news: bool, roomy: bool, changes: Sequence = ()
) -> HostileDesk:
    known = settings_for(Random(f"{seed}|settings"), roomy)
    return HostileDesk(
        ledger=MemoryLedger(known, *changes),
        store=MemoryPaperStore(),
        seed=seed,
        with_news=with_news,
        roomy=roomy,
    )
