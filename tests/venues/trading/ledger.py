"""The ledger of one account: its money, positions, orders and history. It knows no HTTP.

The functions beside it act on it: `matching` takes orders and fills them, `conditional` keeps the
algo book, `fate` brings funding, liquidation and ADL, `settings` the leverage, `history` the past.
Prices and time come from outside; after either moved, `turns.turn(ledger)` lets
things happen; after an order, `turns.settle(ledger)` clears away what it made pointless.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from decimal import Decimal

from tests.venues.trading.algos import Algo
from tests.venues.trading.events import AlgoChanged, Event, MoneyChanged, OrderChanged
from tests.venues.trading.orders import ZERO, Fill, Income, Order, Refusal
from tests.venues.trading.positions import Position
from tests.venues.trading.rules import Quote, Rules


@dataclass(slots=True)
class Setting:
    """What the account chose for one contract."""

    leverage: int = 20
    isolated: bool = False


@dataclass(slots=True, kw_only=True)
class State:
    """Everything that changes."""

    wallet: Decimal
    funded: int  # funding was paid up to here
    hedged: bool = False
    usual: Setting = field(default_factory=Setting)  # of a contract that nothing was chosen for
    settings: dict[str, Setting] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    orders: dict[int, Order] = field(default_factory=dict)
    algos: dict[int, Algo] = field(default_factory=dict)
    fills: list[Fill] = field(default_factory=list)
    incomes: list[Income] = field(default_factory=list)
    liquidity: dict[str, Decimal] = field(default_factory=dict)  # what the market will take
    unarmed: list[int] = field(default_factory=list)  # orders whose attached stops wait
    waiting: list[int] = field(default_factory=list)  # acknowledged, and not yet looked at
    restarted: int = 0  # what was only remembered in passing before, is not any more
    latency: int = 0  # milliseconds between an acknowledgement and the engine
    serial: int = 8_389_765_000


@dataclass(eq=False, slots=True, kw_only=True)
class Ledger:
    """One account over the world's prices."""

    clock: Callable[[], int]
    quote: Callable[[str], Quote]
    rules: Mapping[str, Rules]
    funding: Callable[[str], list[tuple[int, Decimal]]] = lambda symbol: []
    state: State
    taker: Decimal = Decimal("0.0005")
    maker: Decimal = Decimal("0.0002")
    penalty: Decimal = Decimal("0.0125")  # of a liquidated notional
    lasting: bool = False  # a client's name is never free again, in neither book
    most_algos: int = 200  # conditional orders a contract
    ears: list[Callable[[Event], None]] = field(default_factory=list)

    def frozen(self) -> "Ledger":
        """The account as it is now, deaf to what follows; for answers that come from a stale copy."""
        return replace(self, state=deepcopy(self.state), ears=[])

    def rule(self, symbol: str) -> Rules:
        found = self.rules.get(symbol)
        if found is None:
            raise Refusal(-1121, "Invalid symbol.")
        return found

    def setting(self, symbol: str) -> Setting:
        return self.state.settings.setdefault(symbol, replace(self.state.usual))

    def position(self, symbol: str) -> Position:
        return self.state.positions.get(symbol, Position(symbol))

    def held(self) -> list[Position]:
        return [p for p in self.state.positions.values() if p.amount]

    def open_orders(self, symbol: str | None = None) -> list[Order]:
        return [o for o in self.state.orders.values() if o.open and symbol in {None, o.symbol}]

    def open_algos(self, symbol: str | None = None) -> list[Algo]:
        asked = self.state.algos.values()
        return [a for a in asked if a.open and symbol in {None, a.asked.symbol}]

    def named(self, client_id: str) -> bool:
        """Whether some order, of whatever book and age, bears this name."""
        books = self.state.orders.values(), (a.asked for a in self.state.algos.values())
        return any(one.client_id == client_id for book in books for one in book)

    def serial(self) -> int:
        self.state.serial += 1
        return self.state.serial

    # -- money

    @property
    def cross(self) -> Decimal:
        """The wallet without what isolated positions have of their own."""
        return self.state.wallet - sum((p.margin for p in self.held()), ZERO)

    def earn(self, kind: str, symbol: str, amount: Decimal, trade: int | None = None) -> None:
        """The only way for the wallet to change."""
        if amount:
            self.state.wallet += amount
            line = Income(self.serial(), self.clock(), kind, symbol, amount, trade)
            self.state.incomes.append(line)

    # -- telling

    def tell(self, event: Event) -> None:
        for ear in self.ears:
            ear(event)

    def tell_order(self, order: Order, execution: str, fill: Fill | None = None) -> None:
        self.tell(OrderChanged(self.clock(), replace(order), execution, fill))

    def tell_algo(self, algo: Algo) -> None:
        self.tell(AlgoChanged(self.clock(), replace(algo)))

    def tell_money(self, reason: str, change: Decimal = ZERO, *symbols: str) -> None:
        shown = tuple(
            (self.position(s), self.setting(s).isolated, self.quote(s).mark) for s in symbols
        )
        wallet = self.state.wallet
        self.tell(MoneyChanged(self.clock(), reason, wallet, self.cross, change, shown))
