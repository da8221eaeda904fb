"""A market that a test moves by hand, and an account on it without any HTTP."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from tests.venues.trading.ledger import Ledger, State
from tests.venues.trading.rules import Quote, Rules
from tests.venues.trading.turns import turn
from tests.venues.world import TIERS

START = 1_767_268_800_000
BTC = Rules(
    symbol="BTCUSDT",
    tick=Decimal("0.1"),
    step=Decimal("0.001"),
    min_notional=Decimal(5),
    tiers=TIERS,
)


@dataclass(slots=True, eq=False)
class Tape(Mapping[str, Rules]):
    """One contract at one price, with a spread of one tick to either side."""

    price: Decimal = Decimal(50_000)
    mark: Decimal | None = None
    now: int = START
    ends: int | None = None
    stamps: list[tuple[int, Decimal]] = field(default_factory=list)

    def quote(self, symbol: str) -> Quote:
        return Quote(
            self.price, self.mark or self.price, self.price - BTC.tick, self.price + BTC.tick
        )

    def __getitem__(self, symbol: str) -> Rules:
        return {"BTCUSDT": replace(BTC, ends=self.ends)}[symbol]

    def __iter__(self) -> Iterator[str]:
        return iter(["BTCUSDT"])

    def __len__(self) -> int:
        return 1


@dataclass(slots=True)
class Desk:
    """An account and the tape that it trades on."""

    tape: Tape
    ledger: Ledger
    heard: list[object] = field(default_factory=list)

    def goes_to(self, price: Decimal | int | str, *, seconds: int = 1) -> None:
        self.tape.price = Decimal(price)
        self.tape.now += seconds * 1_000
        turn(self.ledger)


def desk(wallet: Decimal | int = 10_000) -> Desk:
    tape = Tape()
    ledger = Ledger(
        clock=lambda: tape.now,
        quote=tape.quote,
        rules=tape,
        funding=lambda symbol: tape.stamps,
        state=State(wallet=Decimal(wallet), funded=tape.now),
    )
    made = Desk(tape, ledger)
    ledger.ears.append(made.heard.append)
    return made
