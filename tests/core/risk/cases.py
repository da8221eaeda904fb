"""Accounts, terms and candidates with round numbers, and strategies that make any others."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import partial

from hypothesis import strategies as st

from core.domain.market import Quote
from core.domain.people import AccountSettings
from core.domain.proposal import Candidate, Refusal, TradePlan
from core.domain.trading import Side
from core.risk import OpenRisk, Period, Standing, Terms, review
from core.risk.profiles import LIMITS
from tests.builders import (
    CANDIDATE,
    INSTRUMENT,
    NOON,
    SETTINGS,
    SYMBOL,
    instrument,
    limits,
    settings,
)

ETH, SOL = "ETH/USDT:USDT", "SOL/USDT:USDT"
RICH = Decimal(10_000)
HOUR = timedelta(hours=1)
TERMS = Terms(Quote(SYMBOL, NOON, Decimal(64_000), Decimal(64_000)), INSTRUMENT, Decimal("0.0002"))
STANDING = Standing(now=NOON, equity=RICH, free_margin=RICH, started=dict.fromkeys(Period, RICH))
PLAIN = settings(limits=limits(exposure=Decimal(4)), two_targets=False)

standing = partial(replace, STANDING)
terms = partial(replace, TERMS)


def at(price: Decimal | int) -> Terms:
    return terms(quote=Quote(SYMBOL, NOON, Decimal(price), Decimal(price)))


def started(**equity: int) -> dict[Period, Decimal]:
    """Equity at the start of the periods named; RICH at the others."""
    given = {Period(name): Decimal(amount) for name, amount in equity.items()}
    return {**dict.fromkeys(Period, RICH), **given}


def holding(
    symbol: str = ETH,
    side: Side = Side.BUY,
    to_stop: int = 0,
    at_entry: int = 0,
    notional: int = 0,
) -> OpenRisk:
    return OpenRisk(symbol, side, Decimal(to_stop), Decimal(at_entry), Decimal(notional))


@dataclass(frozen=True)
class Asked:
    """What review is asked."""

    candidate: Candidate
    terms: Terms
    standing: Standing
    settings: AccountSettings

    @property
    def verdict(self) -> TradePlan | Refusal:
        return review(self.candidate, self.terms, self.standing, self.settings)


def _between(low: str, high: str, places: int = 2) -> st.SearchStrategy[Decimal]:
    return st.decimals(low, high, places=places)


@st.composite
def _candidates(draw: st.DrawFn) -> Candidate:
    stop = draw(_between("0.002", "0.06", 6))
    return replace(
        CANDIDATE,
        side=draw(st.sampled_from(Side)),
        stop_distance=stop,
        target_distance=stop * draw(_between("1.5", "8")),
        scale=draw(_between("0.1", "1.2")),
    )


@st.composite
def _terms(draw: st.DrawFn) -> Terms:
    """Dear coins trade in thousandths, cheap ones in tenths."""
    low, high, step = draw(st.sampled_from([("20000", "150000", "0.001"), ("5", "150", "0.1")]))
    price = draw(_between(low, high, 1))
    contract = instrument(
        step_size=Decimal(step),
        min_notional=draw(st.sampled_from([Decimal(5), Decimal(100)])),
        max_leverage=draw(st.sampled_from([1, 4, 125])),
        gap=draw(_between("0.005", "0.08", 3)),
    )
    return Terms(Quote(SYMBOL, NOON, price, price), contract, draw(_between("0", "0.001", 4)))


_holdings = st.builds(
    OpenRisk,
    symbol=st.sampled_from([ETH, SOL]),
    side=st.sampled_from(Side),
    to_stop=_between("0", "25"),
    at_entry=_between("0", "30"),
    notional=_between("0", "9000"),
)
STANDINGS = st.builds(
    Standing,
    now=st.just(NOON),
    equity=_between("9980", "10100"),
    free_margin=_between("300", "10000"),
    started=st.fixed_dictionaries({period: _between("9900", "10010") for period in Period}),
    open=st.lists(_holdings, max_size=1).map(tuple),
)
ALL_SETTINGS = st.builds(
    partial(replace, SETTINGS),
    limits=st.sampled_from(list(LIMITS.values())),
    two_targets=st.booleans(),
)
ASKED = st.builds(Asked, _candidates(), _terms(), STANDINGS, ALL_SETTINGS)
PLANNED = ASKED.filter(lambda asked: isinstance(asked.verdict, TradePlan))
REFUSED = ASKED.filter(lambda asked: isinstance(asked.verdict, Refusal))
