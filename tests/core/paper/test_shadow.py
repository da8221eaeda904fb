"""What a trade that nobody made would have come to."""

from datetime import timedelta
from decimal import Decimal

from core.domain.proposal import Target, TradePlan
from core.domain.trading import Side
from core.paper.costs import Costs
from core.paper.matching import match
from core.paper.placing import submit
from core.paper.shadow import open_shadow, shadow_net
from tests.core.paper.builders import (
    BTC,
    FREE,
    START,
    bar,
    exits,
    fills,
    instrument,
    market,
    quote,
)


def plan(**changes) -> TradePlan:
    sized = {
        "symbol": BTC,
        "side": Side.BUY,
        "amount": Decimal("0.3"),
        "leverage": 3,
        "reference": Decimal(100),
        "entry_limit": Decimal("100.2"),
        "stop_loss": Decimal(95),
        "targets": (
            Target(Decimal(105), Decimal("0.5")),
            Target(Decimal(110), Decimal("0.5")),
        ),
        "trail": None,
        "time_stop": timedelta(hours=12),
        "risk": Decimal("1.5"),
        "reward": Decimal("2.25"),
        "liquidation_price": Decimal(67),
        "gap_loss": Decimal(0),
        "month_left": Decimal(100),
        "equity": Decimal(1000),
    }
    return TradePlan(**{**sized, **changes})


def walked(page, *prices):
    for hour, one in enumerate(prices):
        page = match(page, bar(one, hour=hour))
    return page


def test_a_rejected_proposal_walks_over_the_bars_that_followed():
    page = open_shadow(plan(), Decimal(100), START, instrument(), FREE)

    after = walked(page, "100 106 99 104", "104 104 94 95")

    assert exits(after) == [("target1", Decimal(105)), ("stop", Decimal(95))]
    # 0.15 x 5 - 0.15 x 5, fees 0.015 + 0.00315 + 0.007125
    assert shadow_net(after) == Decimal("-0.025275")


def test_the_last_target_takes_what_rounding_left():
    third = Decimal("0.3333")
    targets = (
        Target(Decimal(105), third),
        Target(Decimal(106), third),
        Target(Decimal(107), 1 - 2 * third),
    )
    page = open_shadow(
        plan(amount=Decimal("0.1"), targets=targets), Decimal(100), START, instrument(), FREE
    )

    after = walked(page, "100 108 99 107")

    assert [f.amount for f in fills(after.activity)[1:]] == [
        Decimal("0.033"),
        Decimal("0.033"),
        Decimal("0.034"),
    ]
    assert after.book.is_empty


def test_a_share_left_to_run_is_closed_at_market():
    half = (Target(Decimal(105), Decimal("0.5")),)
    page = open_shadow(plan(targets=half), Decimal(100), START, instrument(), FREE)
    page = walked(page, "100 106 99 104")

    end = page.book.seen
    close = market(Side.SELL, "0.3", reduce_only=True, name="time")
    after = submit(page, close, quote("104", at=end), end)

    assert exits(after) == [("target1", Decimal(105)), ("time", Decimal(104))]
    assert after.book.is_empty


def test_a_shadow_enters_with_slippage_like_everybody():
    slow = Costs(slippage=Decimal("0.001"))

    page = open_shadow(plan(), Decimal(100), START, instrument(), slow)

    assert page.book.holding.entry_price == Decimal("100.1")


def test_a_plan_that_the_venue_would_refuse_leaves_an_empty_page():
    page = open_shadow(plan(leverage=500), Decimal(100), START, instrument(), FREE)

    assert page.book.is_empty
    assert shadow_net(page) == 0
