"""Who taps: cards answered, ignored and answered twice, stops moved, positions closed, panic."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from core.domain.proposal import Proposal, Yes
from core.domain.trade import Exit, Trade, TradeStatus
from core.domain.trading import Side
from tests.simulation.orders.desk import SimDesk, is_said
from tests.simulation.orders.street import TRADED
from tests.simulation.orders.weather import Fault
from tests.simulation.orders.world import World

HALF, WHOLE = Decimal("0.5"), Decimal(1)
MOVES = (Decimal("0.1"), Decimal("0.3"), Decimal("0.7"))
ONCE_MORE = 25.0

Tap = Callable[[SimDesk], Awaitable[object]]


@dataclass(eq=False)
class Person:
    """`effects` says how often each button did something, as far as this person was told."""

    world: World
    effects: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.dice = Random(f"{self.world.seed}|person")
        self.eager = self.dice.choice((4.0, 8.0, 15.0))
        self.free = list(TRADED)
        self.panics = self.dice.random() < 0.6

    async def lives(self) -> None:
        while self.world.now() < self.world.calm:
            await asyncio.sleep(self.dice.uniform(0.5, self.eager))
            await self.world.awake()
            await self._does()

    async def _does(self) -> None:
        live = self.world.live_trades()
        trades = [t for t in live if t.status is TradeStatus.OPEN]
        taken = {t.symbol for t in live} if self.dice.random() < 0.9 else set()
        self.free = [symbol for symbol in TRADED if symbol not in taken]
        ways = [self._is_offered] * 3 if self.free else []
        if trades:
            ways += [self._moves, self._moves, self._closes]
        if self.panics and trades and self.dice.random() < 0.12:
            ways = [self._panics]
        if ways:
            await self.dice.choice(ways)(trades)

    # -- cards

    async def _is_offered(self, _trades: list[Trade]) -> None:
        symbol, side = self.dice.choice(self.free), self.dice.choice(list(Side))
        self._answers(symbol, side, by_hand=self.dice.random() < 0.25)

    def _answers(self, symbol: str, side: Side, *, by_hand: bool) -> None:
        wait, mood = self.dice.uniform(0.2, 2.5), self.dice.random()
        part = HALF if self.dice.random() < 0.2 else WHOLE
        taps = self._taps()

        async def story(desk: SimDesk) -> None:
            made = await desk.decided(symbol, side)
            card = await (
                desk.open_manually(made.id, side.opposite)
                if by_hand
                else self._proposed(desk, made)
            )
            if not isinstance(card, Proposal):
                self.world.say(f"no card for {symbol}: {card.rule}")
                return
            self.world.say(f"card {card.id} {side} {symbol}")
            await self._answer(desk, card, mood, (wait, part, taps))

        self._tap("offer", story)

    async def _proposed(self, desk: SimDesk, made: object) -> object:
        (answer,) = await desk.propose([made])
        return answer.outcome

    async def _answer(
        self, desk: SimDesk, card: Proposal, mood: float, how: tuple[float, Decimal, list[float]]
    ) -> None:
        wait, part, taps = how
        verb = "approve" if mood < 0.88 else "reject" if mood < 0.94 else ""
        if not verb:
            return
        name = await desk.issued(verb, card.id)
        await asyncio.sleep(wait)

        async def tap(desk: SimDesk) -> object:
            press = desk.press(name)
            if verb == "reject":
                return await desk.reject(card.id, press)
            return await desk.approve(card.id, Yes.PERSON, part=part, claim=press)

        self._presses(name, f"{verb} {card.id}", tap, taps)

    # -- positions

    async def _moves(self, trades: list[Trade]) -> None:
        trade, by = self.dice.choice(trades), self.dice.choice(MOVES)
        verb = self.dice.choice(("break_even", "trail", "stop", "target"))
        sign = self.dice.choice((-1, 1)) if verb == "target" else 1
        numbers = (by * sign,) if verb in {"stop", "target"} else ()

        async def tap(desk: SimDesk) -> object:
            return await getattr(desk.move, verb)(trade.id, *numbers)

        for wait in self._taps():
            self._tap(f"{verb} {trade.id}", tap, wait)

    async def _closes(self, trades: list[Trade]) -> None:
        trade, share = self.dice.choice(trades), self.dice.choice((HALF, WHOLE))
        taps = self._taps()

        async def story(desk: SimDesk) -> None:
            name = await desk.issued("close", trade.id)

            async def tap(desk: SimDesk) -> object:
                return await desk.close(trade.id, Exit.PERSON, share, desk.press(name))

            self._presses(name, f"close {share} of {trade.id}", tap, taps)

        self._tap("close?", story)

    async def _panics(self, _trades: list[Trade]) -> None:
        """A panic that a death has interrupted comes again from the inbox, until it was heard."""
        self.world.weather.saw(Fault.PANIC)
        self.world.panicked()
        done = asyncio.Event()

        async def tap(desk: SimDesk) -> object:
            said = await desk.panic()
            done.set()
            return said

        while not done.is_set():
            await self.world.awake()
            task = self._tap("panic", tap)
            await asyncio.wait([task])
            if not done.is_set():
                await asyncio.sleep(1)
        await asyncio.sleep(ONCE_MORE + self.dice.uniform(10, 20))
        await self.world.awake()
        await asyncio.wait([self._tap("go on", self._goes_on)])

    async def _goes_on(self, desk: SimDesk) -> None:
        await desk.set(paused=False)
        self.world.calmed()

    # -- taps

    def _taps(self) -> list[float]:
        """When a thumb comes down: once, or several times."""
        if Fault.TAPS not in self.world.weather.kinds or self.dice.random() < 0.5:
            return [0.0]
        self.world.weather.saw(Fault.TAPS)
        return [0.0] + [self.dice.uniform(0, 0.6) for _ in range(self.dice.randint(1, 3))]

    def _presses(self, name: str, words: str, tap: Tap, waits: list[float]) -> None:
        async def counted(desk: SimDesk) -> object:
            said = await tap(desk)
            if isinstance(said, (Trade, Proposal)):
                self.effects[name] += 1
            return said

        for wait in waits:
            self._tap(words, counted, wait)

    def _tap(self, words: str, act: Tap, wait: float = 0.0) -> asyncio.Task:
        """Whatever it does belongs to the process that hears it, and dies with it."""
        desk = self.world.desk

        async def heard() -> None:
            await asyncio.sleep(wait)
            self.world.say(f"tap: {words}")
            try:
                said = await act(desk)
            except Exception as error:  # noqa: BLE001 - the edge of this process
                self.world.say(f"told: {words}: {error!r}")
                if not is_said(error):
                    self.world.breaks("I12", f"{words}: {error!r}")
            else:
                self.world.say(f"told: {words}: {_shown(said)}")

        return desk.process.spawn(heard())


def _shown(said: object) -> str:
    if isinstance(said, Trade):
        return f"{said.id} {said.status} {said.remaining} stop {said.stop}"
    return type(said).__name__
