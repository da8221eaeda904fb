"""Watches the venue's ledger, not the desk: who is naked, what enlarges, what nobody knows of."""

from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import Connection, select

from bot.storage.tables import account_settings
from core.domain.intent import Role
from core.domain.trade import TradeStatus
from core.execution.names import is_ours, role_of, trade_of
from tests.simulation.orders.street import DESK, TRADED, VENUE
from tests.simulation.orders.telling import SEIZED
from tests.simulation.orders.weather import Fault
from tests.simulation.orders.world import World
from tests.venues.trading.algos import Algo, Condition, Stage
from tests.venues.trading.events import AlgoChanged, Event, MoneyChanged, OrderChanged
from tests.venues.trading.orders import ZERO, Fill
from tests.venues.trading.orders import Order as Taken

NAKED, CLOSING, UNKNOWN, FLAT, LATE = 10.0, 40.0, 15.0, 30.0, 3.0
MOST_STOPS = 6
UNSEEN = 3.0  # how long the desk may not know that its newest stop is gone


@dataclass(eq=False)
class Share:
    """What of one contract's position is the desk's, and how it is guarded; fair seconds."""

    symbol: str
    trade: str = ""
    held: Decimal = ZERO
    naked_since: float | None = None
    wall_since: float = 0.0
    unknown_since: float | None = None
    mixed: bool = False
    blurred: bool = False  # mixed at some time while it was naked
    blamed: set[str] = field(default_factory=set)


@dataclass(eq=False)
class Watch:
    world: World

    def __post_init__(self) -> None:
        self.floor = self.world.floor
        self.shares = {symbol: Share(symbol) for symbol in TRADED}
        self.mixed: set[str] = set()
        self.sent = 0
        self.paused_since: float | None = None
        self.cancelled: set[str] = set()
        self.lost: dict[str, float] = {}
        self.floor.ledger.ears.append(self.hears)
        self.floor.watchers.append(self.looks)

    def held_symbols(self) -> list[str]:
        return [share.symbol for share in self.shares.values() if share.held]

    def _checked(self, law: str) -> None:
        self.world.verdict.checked[law] += 1

    def _breaks(self, share: Share, law: str, how: str) -> None:
        """Once for each position: what is wrong stays wrong for a while."""
        if law not in share.blamed and not share.mixed:
            share.blamed.add(law)
            self.world.breaks(law, f"{share.symbol} {how}")

    # -- as things happen

    def hears(self, event: Event) -> None:
        if isinstance(event, MoneyChanged) and event.reason == "FUNDING_FEE":
            self.world.weather.saw(Fault.FUNDING)
        if isinstance(event, OrderChanged) and event.fill is not None:
            if event.order.client_id.startswith(SEIZED):
                self.world.weather.saw(Fault.LIQUIDATION)
            share = self.shares.get(DESK[event.order.symbol])
            if share is not None:
                self._filled(share, event.order, event.fill)
        if isinstance(event, AlgoChanged) and event.algo.stage is not Stage.NEW:
            self._ends(event.algo)

    def _ends(self, algo: Algo) -> None:
        """By the desk's own word, or because it fired, or was refused, or by somebody's hand."""
        name = algo.asked.symbol
        if algo.stage is Stage.CANCELED and name not in self.floor.by_hand:
            self.cancelled.add(name)
        else:
            self.lost[name] = self.world.now()

    def _filled(self, share: Share, order: Taken, fill: Fill) -> None:
        name, signed = order.client_id, fill.signed
        self.world.say(f"venue: fill {name} {signed} {DESK[fill.symbol]} at {fill.price}")
        if is_ours(name) and not self._comes_again(share, name):
            if role_of(name) is Role.ENTRY:
                share.trade = trade_of(name)
            else:
                self._reduces(share, name, signed)
            share.held += signed
        elif share.held * signed < 0:
            share.held += signed if abs(signed) <= abs(share.held) else -share.held

    def _comes_again(self, share: Share, name: str) -> bool:
        """Nobody can help a venue that doubles an entry; where its trade is over by then, people are
        asked about the position as about any stranger's.
        """
        over = share.trade == trade_of(name) and not share.held
        return over and role_of(name) is Role.ENTRY and name in self.world.line.doubled

    def _reduces(self, share: Share, name: str, signed: Decimal) -> None:
        """I3: what is to reduce neither opens, nor enlarges, nor turns a position over."""
        self._checked("I3")
        after = self.floor.position(share.symbol)
        before = after - signed
        if abs(after) >= abs(before) or after * before < 0:
            self._breaks(share, "I3", f"{name} made {after} of {before}")

    # -- after every change, and every second

    def looks(self) -> None:
        self._pauses()
        for share in self.shares.values():
            self._mixes(share)
            self._guards(share)
            self._knows(share)
        self.cancelled.clear()
        self._panics()

    def _mixes(self, share: Share) -> None:
        """Somebody else's coins lie among the desk's: whose stop covers what cannot be told."""
        foreign = self.floor.position(share.symbol) - share.held
        if foreign and share.held:
            share.mixed = share.blurred = True
            self.mixed |= {t.id for t in self.world.live_trades() if t.symbol == share.symbol}
        if not foreign and not share.held:
            share.mixed = False
            share.blamed.clear()

    def _guards(self, share: Share) -> None:
        """I2: a live stop for all of it within ten seconds, or being closed."""
        cover = self._cover(share) if share.held else ZERO
        if cover >= abs(share.held):
            self._is_safe(share)
            return
        if share.naked_since is None:
            share.naked_since, share.wall_since = self.world.fair.now(), self.world.now()
            share.blurred = share.mixed
            name = VENUE[share.symbol]
            unseen = self.world.now() - self.lost.get(name, -UNSEEN) < UNSEEN
            if not cover and name in self.cancelled and not unseen:
                self._breaks(share, "I2", "the desk took away the stop that it had")
        naked = self.world.fair.now() - share.naked_since
        if naked > CLOSING or (naked > NAKED and not self._is_closing(share)):
            self._breaks(share, "I2", f"has been naked for {naked:.1f} s")

    def _cover(self, share: Share) -> Decimal:
        stops = [
            algo.asked.quantity
            for algo in self.floor.ledger.open_algos(VENUE[share.symbol])
            if algo.asked.type == "STOP_MARKET" and _belongs(algo.asked, share)
        ]
        if len(stops) > MOST_STOPS:
            self._breaks(share, "I3", f"has {len(stops)} stops")
        return sum(stops, ZERO)

    def _is_safe(self, share: Share) -> None:
        if share.naked_since is None:
            return
        self._checked("I2")
        if not share.mixed and not share.blurred:
            self.world.verdict.naked.append(self.world.fair.now() - share.naked_since)
        share.naked_since = None

    def _is_closing(self, share: Share) -> bool:
        """The ledger says so: a close was written down since."""
        return any(
            order.symbol == share.symbol and role_of(order.client_order_id) is Role.CLOSE
            for moment, order in self.world.line.sent
            if moment >= share.wall_since
        )

    def _knows(self, share: Share) -> None:
        """I5: no position of its own that the desk does not know, for longer than 15 s."""
        if not share.held:
            share.unknown_since = None
        if not share.held or int(self.world.now()) % 5 or share.mixed:
            return
        self._checked("I5")
        live = [t for t in self.world.live_trades() if t.symbol == share.symbol]
        if any(t.status is TradeStatus.OPEN for t in live):
            share.unknown_since = None
            return
        now = self.world.fair.now()
        share.unknown_since = now if share.unknown_since is None else share.unknown_since
        if now - share.unknown_since > UNKNOWN:
            self._breaks(share, "I5", f"{share.held} that the desk does not know")

    def _panics(self) -> None:
        """I10: flat within 30 s of a panic."""
        since = self.world.panic_since
        if since is None or self.world.fair.now() - since <= FLAT:
            return
        self._checked("I10")
        for share in self.shares.values():
            if share.held:
                self._breaks(share, "I10", f"{share.held} is left after a panic")

    def _pauses(self) -> None:
        """I9: nothing is entered while the account is paused."""
        news, self.sent = self.world.line.sent[self.sent :], len(self.world.line.sent)
        entries = [(at, order) for at, order in news if not order.reduce_only]
        if not entries:
            return
        paused_at = self.world.disk.read(_paused_at)
        for moment, order in entries:
            self._checked("I9")
            if paused_at is not None and moment - self._seconds(paused_at) > LATE:
                self.world.breaks("I9", f"{order.client_order_id} entered while paused")

    def _seconds(self, moment) -> float:
        return (moment - self.world.clock.start).total_seconds()


def _belongs(asked: Condition, share: Share) -> bool:
    """Of the trade that holds the position; one that is over leaves its stops behind for a while."""
    mine = is_ours(asked.client_id) and trade_of(asked.client_id) == share.trade
    return mine and asked.side.sign * share.held < 0


def _paused_at(connection: Connection):
    asked = select(account_settings.c.paused_at).where(account_settings.c.paused)
    return connection.scalars(asked).one_or_none()
