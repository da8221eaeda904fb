"""Seoul's view: what a dollar of stablecoin costs in won, and what a coin costs more there."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class WonRate:
    """Won for one USDT, as `source` told it at `time`."""

    time: datetime
    rate: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Premium:
    """A coin in Seoul against the world. `price` in won; `share` is the kimchi premium: how much
    more it costs there than at the world's price and the bank's dollar, None without the bank's.
    `over_tether` is the same at the price of USDT in Seoul.
    """

    price: Decimal
    share: Decimal | None
    over_tether: Decimal
    source: str
