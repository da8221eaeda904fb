"""The contracts a desk without a venue trades: Binance's rules, typed in, and a default."""

from decimal import Decimal

import numpy as np

from core.domain.instrument import Instrument, MaintenanceTier
from core.domain.market import CandleFrame, exact

MAKER_FEE = Decimal("0.0002")
TAKER_FEE = Decimal("0.0005")
SAMPLE = 500
MOST_DIGITS = 8

# base, tick, step, least notional, leverage, gap, then floor:rate:deduction of each tier
TABLE = """
BTC      0.1       0.001 100 125 0.06 0:0.004:0  50000:0.005:50  600000:0.0065:950 3000000:0.01:11450
ETH      0.01      0.001 20  125 0.06 0:0.004:0  50000:0.005:50  600000:0.0065:950 3000000:0.01:11450
SOL      0.01      0.01  5   100 0.15 0:0.005:0  20000:0.0065:30 100000:0.01:380   800000:0.02:8380
XRP      0.0001    0.1   5   75  0.30 0:0.005:0  10000:0.0065:15 20000:0.01:85     160000:0.02:1685
DOGE     0.00001   1     5   75  0.30 0:0.005:0  10000:0.007:20  50000:0.01:170    750000:0.02:7670
BNB      0.01      0.01  5   75  0.30 0:0.005:0  10000:0.006:10  50000:0.01:210    200000:0.02:2210
ADA      0.0001    1     5   75  0.30 0:0.005:0  10000:0.01:50   50000:0.015:300   100000:0.02:800
1000PEPE 0.0000001 1     5   75  0.30 0:0.0065:0 20000:0.01:70   200000:0.015:1070 300000:0.02:2570
"""
DEFAULT = "5 20 0.30 0:0.01:0 10000:0.015:50 50000:0.025:550 200000:0.05:5550"


def _contract(symbol: str, row: str) -> Instrument:
    tick, step, least, leverage, gap, *tiers = row.split()
    return Instrument(
        symbol=symbol,
        tick_size=Decimal(tick),
        step_size=Decimal(step),
        min_notional=Decimal(least),
        max_leverage=int(leverage),
        maker_fee=MAKER_FEE,
        taker_fee=TAKER_FEE,
        tiers=tuple(_tier(tier) for tier in tiers),
        gap=Decimal(gap),
    )


def _tier(text: str) -> MaintenanceTier:
    """At the entry the venue wants at least twice the maintenance margin."""
    floor, rate, deduction = map(Decimal, text.split(":"))
    return MaintenanceTier(floor, rate, deduction, int(1 / (2 * rate)))


def _known() -> dict[str, Instrument]:
    rows = (line.partition(" ") for line in TABLE.strip().splitlines())
    contracts = (_contract(f"{base}/USDT:USDT", row) for base, _, row in rows)
    return {contract.symbol: contract for contract in contracts}


KNOWN = _known()


def gap_of(symbol: str) -> Decimal:
    """How far this coin has fallen at once; one that nobody has measured is taken for the worst."""
    base = symbol.partition("/")[0]
    known = next((row for row in KNOWN.values() if row.base == base), None)
    return known.gap if known else Decimal(DEFAULT.split()[2])


def cautious_tiers() -> tuple[MaintenanceTier, ...]:
    """For a contract whose tiers nobody has told."""
    return tuple(_tier(tier) for tier in DEFAULT.split()[3:])


def instrument(symbol: str, frame: CandleFrame) -> Instrument:
    """The table's contract, or a cautious one whose steps fit the prices recorded first."""
    if symbol in KNOWN:
        return KNOWN[symbol]
    first = frame.rows(0, SAMPLE)
    return _contract(symbol, f"{_tick(first):f} {_step(exact(first.close[0])):f} {DEFAULT}")


def _tick(frame: CandleFrame) -> Decimal:
    """One unit of the last digit that the prices use; computed prices use too many."""
    prices = np.unique(np.concatenate((frame.open, frame.high, frame.low, frame.close)))
    return Decimal(1).scaleb(-max(_places(exact(price)) for price in prices.tolist()))


def _places(price: Decimal) -> int:
    exponent = price.normalize().as_tuple().exponent
    used = -exponent if isinstance(exponent, int) else 0
    return max(0, min(used, MOST_DIGITS - 1 - price.adjusted()))


def _step(price: Decimal) -> Decimal:
    """A power of ten, at most a whole coin, that costs less than ten of the quote."""
    return Decimal(1).scaleb(-max(0, price.adjusted()))
