"""Scores that are forgotten when the test ends, over a ledger that is; it keeps the port's promises."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from core.domain.market import to_millis
from core.domain.objection import Fate, Resolution
from core.domain.opinion import Decision
from core.domain.score import Opposed, Record, Scored, Waiting
from tests.core.domain.memory_ledger import MemoryLedger


@dataclass
class MemoryScores:
    ledger: MemoryLedger
    resolutions: dict[str, Resolution] = field(default_factory=dict)
    forecasts: dict[tuple[str, str], Scored] = field(default_factory=dict)
    asked: dict[str, datetime | None] = field(default_factory=dict)

    async def due(self, now: datetime, limit: int) -> tuple[Decision, ...]:
        waiting = [(self._ask_at(one), one.id, one) for one in self._unanswered()]
        ready = sorted((at, name) for at, name, _ in waiting if at is not None and at <= now)
        return tuple(self.ledger.pages.decisions[name] for _, name in ready[:limit])

    async def resolve(self, resolutions: Sequence[Resolution], scored: Sequence[Scored]) -> None:
        for one in resolutions:
            self.resolutions.setdefault(one.decision, one)
        for row in scored:
            self.forecasts.setdefault((row.decision, row.voice), row)

    async def put_off(self, decision_id: str, until: datetime | None) -> None:
        self.asked[decision_id] = until

    async def waiting(self) -> Waiting:
        times = [self._ask_at(one) for one in self._unanswered()]
        asked = [at for at in times if at is not None]
        return Waiting(len(asked), min(asked, default=None), len(times) - len(asked))

    async def record(self, since: datetime, until: datetime) -> Record:
        known = self._known(since, until)
        chosen = {row.decision for row in _fullest(known)}
        kept = [row for row in known if row.decision in chosen]
        return columns(sorted(kept, key=lambda row: (row.as_of, row.decision, row.voice)))

    async def spoken(self, since: datetime, until: datetime) -> Mapping[str, int]:
        return Counter(row.voice for row in self._known(since, until))

    def _known(self, since: datetime, until: datetime) -> list[Scored]:
        return [r for r in self.forecasts.values() if r.as_of >= since and r.known_at <= until]

    async def resolution(self, decision: str) -> Resolution | None:
        return self.resolutions.get(decision)

    async def fate(self, account: str, decision: str) -> Fate | None:
        return self.ledger.pages.fates.get((account, decision))

    async def opposed(self, account: str, start: datetime, end: datetime) -> tuple[Opposed, ...]:
        pages = self.ledger.pages
        own = [
            fate
            for fate in pages.fates.values()
            if fate.account == account and fate.objections and start <= fate.at < end
        ]
        return tuple(
            Opposed(fate, pages.decisions[fate.decision], self.resolutions.get(fate.decision))
            for fate in sorted(own, key=lambda fate: (fate.at, fate.decision))
        )

    def _unanswered(self) -> list[Decision]:
        known = self.ledger.pages.decisions.values()
        return [decision for decision in known if decision.id not in self.resolutions]

    def _ask_at(self, decision: Decision) -> datetime | None:
        return self.asked.get(decision.id, decision.question.ends_at)


def _fullest(known: Sequence[Scored]) -> Iterable[Scored]:
    """A row of the decision on which most voices spoke, for each coin and sixth of a horizon."""
    voices = Counter(row.decision for row in known)
    best: dict[object, Scored] = {}
    for row in sorted(known, key=lambda row: (-voices[row.decision], row.as_of, row.decision)):
        horizon = to_millis(row.ends_at) - to_millis(row.as_of)
        slot = to_millis(row.as_of) // (horizon // 6)
        best.setdefault((row.symbol, horizon, slot), row)
    return best.values()


def columns(rows: Sequence[Scored]) -> Record:
    voices = tuple(dict.fromkeys(row.voice for row in rows))
    symbols = tuple(dict.fromkeys(row.symbol for row in rows))
    decisions = list(dict.fromkeys(row.decision for row in rows))

    def three(name):
        return np.array([getattr(row, name) for row in rows], float).reshape(-1, 3)

    as_of = np.array([to_millis(row.as_of) for row in rows], np.int64)
    return Record(
        voices=voices,
        symbols=symbols,
        voice=np.array([voices.index(row.voice) for row in rows], np.int64),
        symbol=np.array([symbols.index(row.symbol) for row in rows], np.int64),
        decision=np.array([decisions.index(row.decision) for row in rows], np.int64),
        as_of=as_of,
        horizon=np.array([to_millis(row.ends_at) for row in rows], np.int64) - as_of,
        **{name: three(name) for name in ("stated", "chance", "outcome", "believed")},
        weight=np.array([row.weight for row in rows], float),
    )
