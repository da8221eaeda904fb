"""What other people, and the venue itself, do to the account behind the desk's back."""

import asyncio
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from tests.simulation.orders.floor import Floor
from tests.simulation.orders.street import DESK, SOL, VENUE
from tests.simulation.orders.weather import OF_HANDS, Fault
from tests.simulation.orders.world import World
from tests.venues.trading import conditional, fate, matching
from tests.venues.trading.orders import Refusal, Wish
from tests.venues.trading.orders import Side as Way
from tests.venues.trading.positions import Position
from tests.venues.trading.settings import set_leverage

STEP = Decimal("0.001")


@dataclass(eq=False)
class Hands:
    world: World

    def __post_init__(self) -> None:
        self.dice = Random(f"{self.world.seed}|hands")
        self.ways = [fault for fault in OF_HANDS if fault in self.world.weather.kinds]

    @property
    def floor(self) -> Floor:
        return self.world.floor

    async def lives(self) -> None:
        while self.ways and self.world.now() < self.world.calm - 30:
            await asyncio.sleep(self.dice.uniform(5, 45))
            self._does(self.dice.choice(self.ways))

    def _does(self, way: Fault) -> None:
        names = {VENUE[symbol] for symbol in self.world.watch.held_symbols()}
        held = [p for p in self.floor.ledger.held() if p.symbol in names]
        if not held and way not in {Fault.FOREIGN, Fault.HAND_LEVERAGE}:
            return
        self.floor.by_hand.update(names)
        try:
            self._act(way, self.dice.choice(held) if held else None)
        except Refusal as refusal:
            self.world.say(f"hand: {way}: {refusal}")
        else:
            self.world.weather.saw(way)
            self.world.say(f"hand: {way}")
        finally:
            self.floor.settled()
            self.floor.by_hand.clear()

    def _act(self, way: Fault, position: Position | None) -> None:
        if way is Fault.FOREIGN:
            self._order(VENUE[SOL], Way.BUY, Decimal(1), reduces=False)
        elif way is Fault.HAND_LEVERAGE:
            name = self.dice.choice(sorted(DESK))
            set_leverage(self.floor.ledger, name, self.dice.choice((4, 10, 20)))
        elif position is not None:
            self._touch(way, position)

    def _touch(self, way: Fault, position: Position) -> None:
        size = abs(position.amount)
        out = Way.SELL if position.amount > 0 else Way.BUY
        part = max((size / 3).quantize(STEP), STEP)
        if way is Fault.HAND_CLOSE:
            self._order(position.symbol, out, size, reduces=False)
        elif way is Fault.HAND_REDUCE:
            self._order(position.symbol, out, min(part, size), reduces=False)
        elif way is Fault.HAND_FLIP:
            self._order(position.symbol, out, size + part, reduces=False)
            asyncio.get_running_loop().call_later(12, self._takes_back, position.symbol, out, part)
        elif way is Fault.HAND_CANCEL:
            self._cancels(position.symbol)
        elif way is Fault.ADL:
            price = self.floor.ledger.quote(position.symbol).last
            fate.deleverage(self.floor.ledger, position.symbol, part, price)

    def _takes_back(self, name: str, out: Way, part: Decimal) -> None:
        """Who turned it over sells what they got."""
        try:
            self._order(name, out.opposite, part, reduces=False)
        except Refusal as refusal:
            self.world.say(f"hand: {refusal}")
        self.floor.settled()

    def _order(self, name: str, way: Way, amount: Decimal, *, reduces: bool) -> None:
        wish = Wish(
            symbol=name,
            side=way,
            quantity=amount,
            reduce_only=reduces,
            client_id=f"web_{self.floor.ledger.serial()}",
        )
        matching.place(self.floor.ledger, wish)

    def _cancels(self, name: str) -> None:
        """The newest stop: whoever cancels one sees it."""
        stops = [a for a in self.floor.ledger.open_algos(name) if a.asked.type == "STOP_MARKET"]
        if not stops:
            raise Refusal(-2011, "no stop to cancel")
        conditional.cancel(self.floor.ledger, stops[-1])
