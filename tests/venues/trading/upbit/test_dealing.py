"""A spot account: what is bound, what is paid, and that nothing comes from nowhere."""

from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.venues.trading.orders import Refusal, Side
from tests.venues.trading.upbit import dealing
from tests.venues.trading.upbit.account import Account, Quote, Wish

MARKET = "KRW-BTC"


@dataclass
class Desk:
    """An account on a market that a test moves by hand."""

    price: Decimal = Decimal(70_000_000)
    unit: Decimal = Decimal(1_000)
    account: Account = field(init=False)

    def __post_init__(self):
        self.account = Account(
            clock=lambda: 1_767_268_800_000, quote=self.quote, markets=lambda: {MARKET}
        )
        dealing.deposit(self.account, "KRW", Decimal(10_000_000))

    def quote(self, market):
        return Quote(self.price, self.price - self.unit, self.price + self.unit)

    def goes_to(self, price):
        self.price = Decimal(price)
        dealing.turn(self.account)

    def order(self, side, kind, *, price=None, volume=None, **more):
        numbers = {"price": price and Decimal(price), "volume": volume and Decimal(volume)}
        wish = Wish(market=MARKET, side=side, kind=kind, **numbers, **more)
        return dealing.place(self.account, wish)

    @property
    def won(self):
        return self.account.purse("KRW")

    @property
    def coins(self):
        return self.account.purse("BTC")


@pytest.fixture
def desk():
    return Desk()


def test_a_bid_binds_its_won_and_the_fee(desk):
    desk.order(Side.BUY, "limit", price=60_000_000, volume="0.01")
    assert (desk.won.free, desk.won.locked) == (Decimal(9399700), Decimal(600300))


def test_a_better_price_frees_what_was_not_needed(desk):
    order = desk.order(Side.BUY, "limit", price=71_000_000, volume="0.01")
    assert (order.state, order.funds, order.paid) == ("done", 700_010, Decimal("350.005"))
    assert (desk.won.locked, desk.won.free) == (0, Decimal(10000000) - 700_010 - order.paid)


def test_won_that_buy_no_whole_piece_come_back_and_the_order_ends_as_cancelled(desk):
    order = desk.order(Side.BUY, "price", price=1_000_000)
    assert (order.state, order.filled) == ("cancel", Decimal("0.01428551"))
    assert desk.won.whole == 10_000_000 - order.funds - order.paid


def test_won_that_are_spent_to_the_last_end_as_done(desk):
    assert desk.order(Side.BUY, "price", price=70_001_000 // 10).state == "done"


def test_a_sale_binds_the_coins_and_pays_its_fee_out_of_the_proceeds(desk):
    desk.order(Side.BUY, "limit", price=71_000_000, volume="0.1")
    before = desk.won.free
    resting = desk.order(Side.SELL, "limit", price=72_000_000, volume="0.04")
    assert (desk.coins.free, desk.coins.locked) == (Decimal("0.06"), Decimal("0.04"))
    desk.goes_to(72_001_000)
    assert (resting.state, desk.won.free - before) == ("done", 2_880_000 - 1_440)


def test_what_rests_is_not_filled_by_a_touch(desk):
    order = desk.order(Side.BUY, "limit", price=69_000_000, volume="0.01")
    desk.goes_to(69_000_000)
    assert order.filled == 0
    desk.goes_to(68_999_000)
    assert (order.filled, order.trades[0].maker) == (Decimal("0.01"), True)


def test_a_thin_market_fills_parts(desk):
    desk.account.state.liquidity[MARKET] = Decimal("0.003")
    order = desk.order(Side.BUY, "limit", price=71_000_000, volume="0.01", tif="ioc")
    assert (order.state, order.filled, desk.won.locked) == ("cancel", Decimal("0.003"), 0)


def test_many_small_fills_never_pay_more_than_was_reserved():
    desk = Desk(Decimal("3.33"), Decimal("0.01"))
    order = desk.order(Side.BUY, "limit", price="3.30", volume="2000.00000007")
    while order.open:
        desk.account.state.liquidity[MARKET] = Decimal("400.00000001")
        desk.goes_to("3.20")
    assert (len(order.trades), desk.won.locked) == (6, 0)
    assert order.paid <= order.reserved_fee


@pytest.mark.parametrize(("tif", "price"), [("fok", 69_000_000), ("post_only", 71_000_000)])
def test_what_may_not_be_is_cancelled_at_once(desk, tif, price):
    order = desk.order(Side.BUY, "limit", price=price, volume="0.01", tif=tif)
    assert (order.state, order.filled, desk.won.free) == ("cancel", 0, 10_000_000)


def test_the_average_price_is_that_of_all_coins(desk):
    desk.order(Side.BUY, "limit", price=70_001_000, volume="0.01")
    desk.goes_to(80_000_000)
    desk.order(Side.BUY, "limit", price=80_001_000, volume="0.03")
    assert desk.coins.average == 77_501_000


def test_a_name_is_used_up_even_by_a_refusal(desk):
    with pytest.raises(Refusal, match="insufficient_funds_bid"):
        desk.order(Side.BUY, "price", price=10_000_000, identifier="a")
    with pytest.raises(Refusal, match="duplicated_identifier"):
        desk.order(Side.BUY, "price", price=1_000_000, identifier="a")
    assert desk.account.state.orders == {}


REFUSED = [
    ({"price": 60_000_500, "volume": "0.01"}, "invalid_price_bid"),
    ({"price": 60_000_000, "volume": "0.000000001"}, "invalid_volume_bid"),
    ({"price": 60_000_000, "volume": "0.00008"}, "under_min_total_bid"),
    ({"price": 60_000_000, "volume": "0.17"}, "insufficient_funds_bid"),
]


@pytest.mark.parametrize(("asked", "name"), REFUSED, ids=[name for _, name in REFUSED])
def test_refusals_bind_nothing(desk, asked, name):
    with pytest.raises(Refusal, match=name):
        desk.order(Side.BUY, "limit", **asked)
    assert (desk.won.free, desk.won.locked) == (10_000_000, 0)


STEP = st.tuples(
    st.sampled_from(["bid", "ask", "spend", "dump", "move", "cancel", "thin"]),
    st.integers(60_000, 80_000),
    st.integers(1, 60),
)


def step(desk, kind, price, size):
    volume, won = f"0.{size:03d}1", price * 1_000
    match kind:
        case "bid":
            desk.order(Side.BUY, "limit", price=won, volume=volume)
        case "ask":
            desk.order(Side.SELL, "limit", price=won, volume=volume)
        case "spend":
            desk.order(Side.BUY, "price", price=size * 12_345)
        case "dump":
            desk.order(Side.SELL, "market", volume=volume)
        case "move":
            desk.goes_to(won)
        case "thin":
            desk.account.state.liquidity[MARKET] = Decimal(volume)
        case "cancel":
            dealing.cancel(desk.account, next(iter(desk.account.open_orders()), None))


@given(st.lists(STEP, max_size=30))
def test_nothing_comes_from_nowhere_and_what_is_locked_is_what_orders_bind(steps):
    desk = Desk()
    for one in steps:
        try:
            step(desk, *one)
        except Refusal:
            continue
    orders = desk.account.state.orders.values()
    bought = [o for o in orders if o.asked.side is Side.BUY]
    sold = [o for o in orders if o.asked.side is Side.SELL]
    spent = sum(o.funds + o.paid for o in bought) - sum(o.funds - o.paid for o in sold)
    assert desk.won.whole == 10_000_000 - spent
    assert desk.coins.whole == sum(o.filled for o in bought) - sum(o.filled for o in sold)
    assert desk.won.locked == sum(o.locked for o in bought if o.open)
    assert desk.coins.locked == sum(o.locked for o in sold if o.open)
    assert min(desk.won.free, desk.won.locked, desk.coins.free, desk.coins.locked) >= 0
