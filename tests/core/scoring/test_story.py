"""From the question to the weight: who is right more often is heard more, and nobody looks ahead."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import count, pairwise

import pytest

from core.committee.merging import Rules
from core.domain.market import Timeframe
from core.domain.opinion import Opinion
from core.domain.trading import Side
from core.domain.tuning import Tuning
from core.engine import FormDecisions
from core.scoring.believing import Believe
from core.scoring.resolving import ResolveOutcomes
from tests.builders import SYMBOL
from tests.core.rules.markets import wandering
from tests.core.scoring.memory_scores import MemoryScores
from tests.fakes import FakeClock, FakeMarket, MemoryLedger

TUNING = Tuning(horizon=4)
ROWS, FIRST = 700, 220


@dataclass
class Seer:
    """Knows which way the price will go, and says it, or the opposite."""

    name: str
    whole: object
    says: float

    async def views(self, snapshots, questions):
        return tuple(self._view(snapshot) for snapshot in snapshots)

    def _view(self, snapshot):
        row = len(snapshot.frame) - 1
        rises = self.whole.close[row + TUNING.horizon] > self.whole.close[row]
        p = self.says if rises else 1 - self.says
        both = {Side.BUY: p * 0.55, Side.SELL: (1 - p) * 0.55}
        return Opinion(analyst=self.name, symbol=SYMBOL, p_up=p, p_target_first=both)


@pytest.fixture
async def formed():
    """Three weeks of a desk with a seer and a fool, a look each hour."""
    whole, ledger, ids = wandering(5, ROWS), MemoryLedger(), count()
    clock = FakeClock(whole.candle(FIRST).open_time)
    market = FakeMarket(clock, {SYMBOL: whole})
    scores = MemoryScores(ledger)
    form = FormDecisions(
        market,
        (Seer("seer", whole, 0.75), Seer("fool", whole, 0.25)),
        ledger,
        Rules(),
        Decimal("0.0002"),
        lambda: f"d{next(ids):04}",
        belief=Believe(scores),
    )
    resolve = ResolveOutcomes(clock, market, scores)
    decisions = []
    for _ in range(ROWS - FIRST - TUNING.horizon):
        decisions += await form((SYMBOL,), Timeframe.H1, TUNING)
        clock.advance(hours=1)
        await resolve()
    return decisions, scores


async def test_who_is_right_earns_the_weight_and_who_is_wrong_loses_its_voice(formed):
    decisions, scores = formed
    first, last = decisions[0].trusts, decisions[-1].trusts

    assert first["seer"] == first["fool"]
    assert first["seer"].weight == 0.5
    assert last["seer"].weight > 0.55
    assert last["seer"].up[1] > 0.6
    assert last["fool"].up[1] < 0.1
    assert decisions[-1].p_up != 0.5
    assert (await scores.waiting()).count <= TUNING.horizon


async def test_a_weight_moves_slowly_from_one_decision_to_the_next(formed):
    decisions, _ = formed
    weights = [decision.trusts["seer"].weight for decision in decisions]

    steps = [abs(after - before) for before, after in pairwise(weights)]
    assert max(steps) <= 2 * 0.02 + 1e-9
    assert sorted(weights) == pytest.approx(weights, abs=0.02)
