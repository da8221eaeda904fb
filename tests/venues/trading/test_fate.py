"""What happens to an account unasked, and what it may choose."""

from decimal import Decimal

import pytest

from tests.venues.trading import fate, matching
from tests.venues.trading.margins import liquidation_price
from tests.venues.trading.orders import Refusal, Side, Status, Wish
from tests.venues.trading.settings import move_margin, set_hedged, set_isolated, set_leverage
from tests.venues.trading.tape import desk

BTC = "BTCUSDT"


def bought(wallet=10_000, quantity="0.1", leverage=20, *, isolated=False, side=Side.BUY):
    made = desk(wallet)
    if isolated:
        set_isolated(made.ledger, BTC, isolated=True)
    set_leverage(made.ledger, BTC, leverage)
    matching.place(made.ledger, Wish(symbol=BTC, side=side, quantity=Decimal(quantity)))
    return made


def incomes(here, kind):
    return [line.amount for line in here.ledger.state.incomes if line.kind == kind]


def test_funding_is_paid_once_on_the_mark_by_the_long():
    here = bought()
    here.tape.stamps.append((here.tape.now + 5_000, Decimal("0.0001")))
    here.goes_to(50_000, seconds=4)
    assert incomes(here, "FUNDING_FEE") == []
    here.goes_to(50_000, seconds=4)
    here.goes_to(50_000, seconds=4)
    assert incomes(here, "FUNDING_FEE") == [Decimal("-0.5")]


def test_funding_that_comes_due_this_very_moment_is_paid_once():
    here = bought()
    here.tape.stamps.append((here.tape.now + 1_000, Decimal("0.0001")))
    for _ in range(2):
        here.goes_to(50_000)
        here.goes_to(50_000, seconds=0)
    assert incomes(here, "FUNDING_FEE") == [Decimal("-0.5")]


def test_the_short_collects_it():
    here = bought(side=Side.SELL)
    here.tape.stamps.append((here.tape.now + 500, Decimal("0.0001")))
    here.goes_to(50_000)
    assert incomes(here, "FUNDING_FEE") == [Decimal("0.5")]


@pytest.mark.parametrize("side", Side)
def test_an_isolated_position_is_liquidated_at_its_price_and_loses_its_margin_at_most(side):
    here = bought(isolated=True, side=side)
    position, fee = here.ledger.position(BTC), incomes(here, "COMMISSION")[0]
    price = liquidation_price(here.ledger, position).quantize(Decimal("0.1"))
    here.goes_to(price + Decimal("0.2") * side.sign)
    assert here.ledger.position(BTC).amount
    here.goes_to(price - Decimal("0.2") * side.sign)
    assert here.ledger.position(BTC).amount == 0
    assert here.ledger.state.wallet >= 10_000 + fee - position.margin
    (order,) = [o for o in here.ledger.state.orders.values() if "autoclose" in o.client_id]
    assert (order.side, order.filled) == (side.opposite, Decimal("0.1"))


def test_a_liquidation_takes_the_orders_of_its_contract_first():
    here = bought(isolated=True)
    resting = Wish(symbol=BTC, side=Side.BUY, quantity=Decimal("0.1"), price=Decimal(47_600))
    order = matching.place(here.ledger, resting)
    here.goes_to(47_000)
    assert (order.status, order.filled) == (Status.EXPIRED, 0)


def test_a_gap_beyond_ruin_takes_the_margin_and_no_more():
    here = bought(isolated=True)
    margin = here.ledger.position(BTC).margin
    here.goes_to(30_000)
    lost = incomes(here, "REALIZED_PNL") + incomes(here, "INSURANCE_CLEAR")
    assert 0 <= margin + sum(lost) < Decimal("0.01")


def test_a_crossed_position_lives_on_the_whole_wallet():
    here = bought(wallet=500)
    here.goes_to(46_000)
    assert here.ledger.position(BTC).amount
    here.goes_to(45_100)
    assert here.ledger.position(BTC).amount == 0
    assert here.ledger.state.wallet >= 0


def test_deleveraging_closes_a_part_at_its_price():
    here = bought()
    order = fate.deleverage(here.ledger, BTC, Decimal("0.04"), Decimal(50_500))
    assert order.client_id.startswith("adl_autoclose")
    assert here.ledger.position(BTC).amount == Decimal("0.06")
    assert incomes(here, "REALIZED_PNL") == [Decimal("19.996")]


def test_a_contract_that_ends_settles_its_position_and_drops_its_orders():
    here = bought()
    resting = Wish(symbol=BTC, side=Side.BUY, quantity=Decimal("0.1"), price=Decimal(49_000))
    order = matching.place(here.ledger, resting)
    here.tape.ends = here.tape.now + 1_000
    here.goes_to(51_000)
    assert (here.ledger.position(BTC).amount, order.open) == (0, False)
    assert incomes(here, "REALIZED_PNL") == [Decimal("99.99")]
    assert refusal(matching.place, here.ledger, resting) == -4108


def test_a_transfer_is_written_down():
    here = desk(100)
    fate.transfer(here.ledger, Decimal(-30))
    assert (here.ledger.state.wallet, incomes(here, "TRANSFER")) == (70, [-30])


def refusal(act, *arguments, **more):
    with pytest.raises(Refusal) as caught:
        act(*arguments, **more)
    return caught.value.code


def test_what_is_set_already_is_refused_with_a_code_of_its_own():
    ledger = desk().ledger
    assert refusal(set_isolated, ledger, BTC, isolated=False) == -4046
    assert refusal(set_hedged, ledger, hedged=False) == -4059


def test_modes_do_not_change_under_orders_or_a_position():
    here = bought()
    assert refusal(set_isolated, here.ledger, BTC, isolated=True) == -4048
    assert refusal(set_hedged, here.ledger, hedged=True) == -4068
    resting = Wish(symbol=BTC, side=Side.BUY, quantity=Decimal("0.1"), price=Decimal(49_000))
    matching.place(here.ledger, resting)
    assert refusal(set_isolated, here.ledger, BTC, isolated=True) == -4047
    assert refusal(set_hedged, here.ledger, hedged=True) == -4067


def test_leverage_has_limits():
    here = bought(wallet=300)
    assert refusal(set_leverage, here.ledger, BTC, 126) == -4028
    assert refusal(set_leverage, here.ledger, BTC, 2) == -2028
    assert here.ledger.setting(BTC).leverage == 20
    alone = bought(isolated=True)
    assert refusal(set_leverage, alone.ledger, BTC, 10) == -4161


def test_closing_a_part_gives_its_part_of_the_margin_back():
    here = bought(isolated=True)
    whole = here.ledger.position(BTC).margin
    sold = Wish(symbol=BTC, side=Side.SELL, quantity=Decimal("0.04"), reduce_only=True)
    matching.place(here.ledger, sold)
    assert here.ledger.position(BTC).margin == whole * Decimal("0.6")
    sold = Wish(symbol=BTC, side=Side.SELL, quantity=Decimal("0.06"), reduce_only=True)
    matching.place(here.ledger, sold)
    assert here.ledger.position(BTC).margin == 0
    assert here.ledger.cross == here.ledger.state.wallet


def test_margin_moves_into_an_isolated_position_and_back():
    here = bought(isolated=True)
    before = liquidation_price(here.ledger, here.ledger.position(BTC))
    move_margin(here.ledger, BTC, Decimal(100))
    assert liquidation_price(here.ledger, here.ledger.position(BTC)) < before - 900
    move_margin(here.ledger, BTC, Decimal(-100))
    assert refusal(move_margin, here.ledger, BTC, Decimal(-100)) == -4051
    assert refusal(move_margin, here.ledger, BTC, Decimal(99_999)) == -4050
    assert refusal(move_margin, bought().ledger, BTC, Decimal(1)) == -4049
