"""Goes through the steps one after the other; each leaves a dated line, whatever it met."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial

from bot.doctor import reading, trading
from bot.doctor.patient import Failed, Patient
from bot.doctor.reading import NotTold
from bot.errors import Stop
from bot.exchanges.opening import Adjust
from core.errors import DeskError

Do = Callable[[Patient], Awaitable[str]]


class Step(StrEnum):
    """In their order; each is a key of the locales."""

    HOST = "host"
    TIME = "time"
    RIGHTS = "rights"
    MONEY = "money"
    IDLE = "idle"
    SETTINGS = "settings"
    FAR_ORDER = "far_order"
    ENTRY = "entry"
    STOP = "stop"
    CLOSE = "close"
    SWEEP = "sweep"
    NOTHING_LEFT = "nothing_left"


class Mark(StrEnum):
    PASSED = "✓"
    FAILED = "✗"
    NOT_TOLD = "·"


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    step: Step
    mark: Mark
    seen: str


TRADES: dict[Step, Do] = {
    Step.SETTINGS: trading.settings,
    Step.FAR_ORDER: trading.far_order,
    Step.ENTRY: trading.entry,
    Step.STOP: trading.stop,
    Step.CLOSE: trading.close,
}
AFTER: dict[Step, Do] = {Step.SWEEP: trading.sweep, Step.NOTHING_LEFT: trading.nothing_left}


@dataclass(frozen=True, slots=True)
class Examine:
    """Where a step that trades fails, those behind it are left out, and everything is swept."""

    patient: Patient
    adjust: Adjust | None = None

    async def __call__(self, *, trades: bool) -> AsyncIterator[Line]:
        is_well = True
        for step, do in self._reads.items():
            line = await self._line(step, do)
            is_well = is_well and line.mark is not Mark.FAILED
            yield line
        if trades and is_well:
            async for line in self._trade():
                yield line

    @property
    def _reads(self) -> dict[Step, Do]:
        return {
            Step.HOST: reading.host,
            Step.TIME: reading.time,
            Step.RIGHTS: partial(reading.rights, adjust=self.adjust),
            Step.MONEY: reading.money,
            Step.IDLE: reading.idle,
        }

    async def _trade(self) -> AsyncIterator[Line]:
        for step, do in TRADES.items():
            line = await self._line(step, do)
            yield line
            if line.mark is Mark.FAILED:
                break
        for step, do in AFTER.items():
            yield await self._line(step, do)

    async def _line(self, step: Step, do: Do) -> Line:
        try:
            mark, seen = Mark.PASSED, await do(self.patient)
        except NotTold as why:
            mark, seen = Mark.NOT_TOLD, str(why)
        except (Failed, Stop, DeskError) as why:
            mark, seen = Mark.FAILED, str(why)
        return Line(self.patient.clock.now(), step, mark, seen)
