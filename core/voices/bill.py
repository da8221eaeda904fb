"""What models have cost: by model, by decision, against the caps, and at this pace in a month."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from core.calendar import month_start
from core.domain.model import Call, CallStatus, Failure, PromptKind
from core.ports import Clock, Ledger, Purse
from core.spending.ladder import NOTHING, Budget, spent_by
from core.spending.ports import Allowance
from core.voices.breaker import Health

DAY = timedelta(days=1)
BASIS_POINTS = Decimal(10_000)
COMMITTEE = {PromptKind.MARKET, PromptKind.INDICATORS, PromptKind.RISK, PromptKind.NEWS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One model's part of the month."""

    provider: str
    model: str
    cost: Decimal
    calls: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """The month up to `now`, dearest model first. `projected` is a month at this pace, None while
    the pace is younger than a day; `again` counts second turns, after answers that could not be
    used; `troubled` says which providers are not asked now, and why.
    """

    now: datetime
    budget: Budget
    parts: tuple[Part, ...]
    failures: Mapping[Failure, int]
    decisions: int
    committee: Decimal
    projected: Decimal | None
    equity: Decimal | None
    troubled: Mapping[str, Failure]
    again: int = 0

    @property
    def per_decision(self) -> Decimal | None:
        return self.committee / self.decisions if self.decisions else None

    @property
    def drag(self) -> Decimal | None:
        """Basis points of the equity: a month at this pace, or this month so far."""
        cost = self.budget.spent.month if self.projected is None else self.projected
        return cost / self.equity * BASIS_POINTS if self.equity else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBudget:
    account: str
    clock: Clock
    purse: Purse
    allowance: Allowance
    ledger: Ledger
    health: Health

    async def __call__(self) -> Bill:
        now = self.clock.now()
        calls = await self.purse.calls(month_start(now), now + DAY)
        mark = await self.ledger.equity_before(self.account, now)
        budget = Budget(spent_by(calls, now), await self.allowance())
        return Bill(
            now=now,
            budget=budget,
            parts=parts_of(calls),
            failures=Counter(call.failure for call in calls if call.failure),
            decisions=decisions_of(calls),
            committee=sum((c.counts for c in calls if c.kind in COMMITTEE), NOTHING),
            projected=projected(calls, budget.spent.month, now),
            equity=mark.equity if mark else None,
            troubled=self._troubled({call.provider for call in calls}, now),
            again=second_turns(calls),
        )

    def _troubled(self, providers: Iterable[str], now: datetime) -> dict[str, Failure]:
        refusals = {name: self.health.of(name).refusal(now) for name in sorted(providers)}
        return {name: refusal for name, refusal in refusals.items() if refusal}


def parts_of(calls: Sequence[Call]) -> tuple[Part, ...]:
    """Dearest first."""
    models = dict.fromkeys((call.provider, call.model) for call in calls)
    parts = [_part(*one, [c for c in calls if (c.provider, c.model) == one]) for one in models]
    return tuple(sorted(parts, key=lambda part: (-part.cost, part.model)))


def decisions_of(calls: Iterable[Call]) -> int:
    """How many symbols were asked about at how many closes."""
    forecasts = (c for c in calls if c.kind in {PromptKind.MARKET, PromptKind.INDICATORS})
    return len({(call.as_of, symbol) for call in forecasts for symbol in call.symbols})


def second_turns(calls: Iterable[Call]) -> int:
    """Of the committee: whoever is asked twice about one moment gave no usable answer first."""
    asked = [(c.as_of, c.kind, c.model) for c in calls if c.kind in COMMITTEE]
    return len(asked) - len(set(asked))


def projected(calls: Sequence[Call], spent: Decimal, now: datetime) -> Decimal | None:
    """A month like the time since the first question; None before it lasted a day."""
    if not calls or now - calls[0].at < DAY:
        return None
    lasted = now - calls[0].at
    days = monthrange(now.year, now.month)[1]
    return spent * days / (Decimal(lasted // timedelta(seconds=1)) / 86_400)


def _part(provider: str, model: str, calls: Sequence[Call]) -> Part:
    return Part(
        provider=provider,
        model=model,
        cost=sum((call.counts for call in calls), NOTHING),
        calls=len(calls),
        failed=sum(call.status in {CallStatus.FAILED, CallStatus.LATE} for call in calls),
    )
