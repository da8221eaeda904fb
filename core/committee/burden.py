"""What a trade would cost that the committee is asked about."""

from datetime import timedelta
from decimal import Decimal

from core.committee.merging import Burden
from core.domain.opinion import Question
from core.domain.snapshot import MarketSnapshot
from core.domain.trading import Side

FUNDING_EVERY = timedelta(hours=8)


def burden_of(snapshot: MarketSnapshot, asked: Question, slippage: Decimal) -> Burden:
    """Two taker fees, two slips, and the last funding rate paid over the whole horizon."""
    rate = float(snapshot.funding.rate) if snapshot.funding else 0.0
    stamps = asked.horizon / FUNDING_EVERY
    return Burden(
        fees=2 * float(snapshot.instrument.taker_fee),
        slippage=2 * float(slippage),
        funding={side: max(0.0, side.sign * rate) * stamps for side in Side},
    )
