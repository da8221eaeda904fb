"""Asks models about a market and about what was made of it, to see whether they read or recite."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from bot.backtest.recording import ENDS, Stopped
from bot.backtest.room import Room
from bot.backtest.witnesses import Moment, Witness, batch
from core.backtest.history import SymbolHistory
from core.backtest.placebo import flipped, shuffled
from core.backtest.reciting import Chance, Probe
from core.domain.model import Failure
from core.domain.opinion import Abstention, Opinion, View
from core.domain.tuning import Tuning

REAL, FLIPPED, SHUFFLED = "real", "flipped", "shuffled"
Histories = Mapping[str, SymbolHistory]


@dataclass(frozen=True, slots=True)
class Version:
    """A question as it is put: about which market, by which names, for the how manieth time."""

    world: str
    aliased: bool = True
    sample: int = 0


NAMED, MIRRORED, TORN = Version(REAL, aliased=False), Version(FLIPPED), Version(SHUFFLED)
Said = Mapping[Version, Sequence[Chance]]


def versions(repeats: int) -> tuple[Version, ...]:
    again = (Version(REAL, sample=sample) for sample in range(repeats))
    return (*again, NAMED, MIRRORED, TORN)


def worlds(histories: Histories, seed: int, block: int) -> dict[str, Histories]:
    """Only the candles that are shown are needed."""
    shown = {
        name: replace(history, tape=history.frame, mark=None)
        for name, history in histories.items()
    }
    return {
        REAL: shown,
        FLIPPED: {name: flipped(history) for name, history in shown.items()},
        SHUFFLED: {name: shuffled(history, seed, block) for name, history in shown.items()},
    }


def sampled(closes: Sequence[Moment], count: int, seed: int) -> list[Moment]:
    """Some of them by dice, oldest first."""
    dice = np.random.default_rng(seed)
    rows = dice.choice(len(closes), min(count, len(closes)), replace=False)
    return [closes[row] for row in sorted(rows.tolist())]


@dataclass
class Probing:
    """`probes` fill as models answer."""

    room: Room
    witnesses: Sequence[Witness]
    worlds: Mapping[str, Histories]
    tuning: Tuning
    repeats: int
    done: Callable[[int], object] = lambda _: None
    probes: dict[Witness, list[Probe]] = field(default_factory=dict)

    async def __call__(self, closes: Sequence[Moment]) -> Stopped | None:
        """Close after close, until nobody can be asked any more."""
        for number, close in enumerate(closes, 1):
            ends = await asyncio.gather(*(self._ask(one, close) for one in self.witnesses))
            end = next((failure for failure in ends if failure), None)
            if end:
                at = batch(close[:1], self.tuning)[0].question.as_of
                return Stopped(at, end)
            self.done(number)
        return None

    async def _ask(self, witness: Witness, close: Moment) -> Failure | None:
        said: dict[Version, Sequence[Chance]] = {}
        for version in versions(self.repeats):
            views = await self._views(witness, version, close)
            end = next((failure for failure in map(_failure, views) if failure in ENDS), None)
            if end:
                return end
            said[version] = [view.p_up if isinstance(view, Opinion) else None for view in views]
        mine = self.probes.setdefault(witness, [])
        mine.extend(_probe(said, place, self.repeats) for place in range(len(close)))
        return None

    async def _views(self, witness: Witness, version: Version, close: Moment) -> Sequence[View]:
        world = self.worlds[version.world]
        asked = batch([(world[history.symbol], row) for history, row in close], self.tuning)
        analyst = self.room.analyst(witness.voice, aliased=version.aliased, sample=version.sample)
        return await analyst.views(
            [one.snapshot for one in asked], [one.question for one in asked]
        )


def _probe(said: Said, place: int, repeats: int) -> Probe:
    """What was said about the symbol in this place of every batch."""
    again = [version for version in versions(repeats) if version.world == REAL and version.aliased]
    return Probe(
        repeats=tuple(said[version][place] for version in again),
        named=said[NAMED][place],
        flipped=said[MIRRORED][place],
        shuffled=said[TORN][place],
    )


def _failure(view: View) -> Failure | None:
    failed = isinstance(view, Abstention) and view.failure
    return Failure(failed) if failed else None
