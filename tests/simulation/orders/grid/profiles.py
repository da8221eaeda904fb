"""Six venues: five that the desk trades at, and one where whatever can lag lags as long as it may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.orders.grid.cells import Operation
from tests.venues.binance.dialect import BINANCE
from tests.venues.bitget.dialect import BITGET
from tests.venues.bybit.dialect import BYBIT
from tests.venues.korea.dialects import UPBIT
from tests.venues.okx.dialect import OKX
from tests.venues.trading.binance.opening import open_floor as open_binance
from tests.venues.trading.bitget.opening import open_floor as open_bitget
from tests.venues.trading.bybit.opening import open_floor as open_bybit
from tests.venues.trading.okx.opening import open_floor as open_okx
from tests.venues.trading.orders import Refusal
from tests.venues.trading.upbit.opening import open_floor as open_upbit
from tests.venues.venue import Dialect

BTC, ETH, SPOT = "BTC/USDT:USDT", "ETH/USDT:USDT", "BTC/KRW"
OPENS, SHRINKS, WAITS = "opens", "shrinks", "waits"
KIND = {Operation.ENTRY: OPENS, Operation.CLOSE: SHRINKS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """`refusals` are what it says to orders, by what they do; `clock` what to a wrong time. Where a
    stop that comes with an entry bears our name, another one is sent only if that is gone.
    """

    name: str
    dialect: Dialect
    opens: Callable[[Any], Any]
    symbol: str = BTC
    held: str = "BTCUSDT"
    leverage: int = 3
    lags: int = 0
    passphrase: bool = False
    attaches: bool = False
    clock: Refusal | None = None
    refusals: Mapping[str, tuple[Refusal, ...]] = field(default_factory=dict)

    @property
    def venue(self) -> str:
        return self.dialect.name

    def refuses(self, operation: Operation) -> tuple[Refusal, ...]:
        return self.refusals.get(KIND.get(operation, WAITS), ())


def _refusals(funds: Refusal, step: Refusal, reduces: Refusal, mode: Refusal) -> dict:
    return {OPENS: (funds, step, mode), SHRINKS: (reduces, mode), WAITS: (step, reduces)}


BINANCE_SAYS = _refusals(
    Refusal(-2019, "Margin is insufficient."),
    Refusal(-1111, "Precision is over the maximum defined for this asset."),
    Refusal(-2022, "ReduceOnly Order is rejected."),
    Refusal(-4061, "Order's position side does not match user's setting."),
)
LATE_CLOCK = Refusal(-1021, "Timestamp for this request is outside of the recvWindow.")
EVERY = (
    Profile(
        name="binance",
        dialect=BINANCE,
        opens=open_binance,
        clock=LATE_CLOCK,
        refusals=BINANCE_SAYS,
    ),
    Profile(
        name="bybit",
        dialect=BYBIT,
        opens=open_bybit,
        clock=Refusal(10002, "invalid request, please check your server timestamp"),
        refusals=_refusals(
            Refusal(110007, "ab not enough for new order"),
            Refusal(10001, "Qty invalid"),
            Refusal(110017, "current position is zero, cannot fix reduce-only order qty"),
            Refusal(10001, "position idx not match position mode"),
        ),
    ),
    Profile(
        name="okx",
        dialect=OKX,
        opens=open_okx,
        held="BTC-USDT-SWAP isolated",
        passphrase=True,
        attaches=True,
        clock=Refusal(50102, "Timestamp request expired"),
        refusals=_refusals(
            Refusal(51008, "Order failed. Insufficient USDT margin in account"),
            Refusal(51121, "Order quantity must be a multiple of the lot size."),
            Refusal(51169, "Order failed because you don't have any positions to reduce."),
            Refusal(51000, "Parameter posSide error"),
        ),
    ),
    Profile(
        name="bitget",
        dialect=BITGET,
        opens=open_bitget,
        passphrase=True,
        clock=Refusal("40008", "Request timestamp expired"),
        refusals=_refusals(
            Refusal("40762", "The order amount exceeds the balance"),
            Refusal("45115", "The price you enter should be a multiple of 0.1"),
            Refusal("22002", "No position to close"),
            Refusal("40774", "The order type for unilateral position must be unilateral"),
        ),
    ),
    Profile(
        name="upbit",
        dialect=UPBIT,
        opens=open_upbit,
        symbol=SPOT,
        held="KRW-BTC",
        leverage=1,
        refusals={
            OPENS: (
                Refusal("insufficient_funds_bid", "주문가능한 금액(KRW)이 부족합니다."),
                Refusal("invalid_price_bid", "주문가격 단위를 잘못 입력하셨습니다."),
            ),
            SHRINKS: (Refusal("invalid_volume_ask", "수량이 올바르지 않습니다."),),
        },
    ),
    Profile(
        name="hostile",
        dialect=BINANCE,
        opens=open_binance,
        lags=5_000,
        clock=LATE_CLOCK,
        refusals=BINANCE_SAYS,
    ),
)
BY_NAME = {profile.name: profile for profile in EVERY}
