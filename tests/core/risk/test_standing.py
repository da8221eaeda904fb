"""What may still be lost: the limit, less what was lost, less what is at risk."""

from decimal import Decimal

import pytest

from core.domain.proposal import Rule
from core.domain.trading import Side
from core.risk import Period
from tests.builders import LIMITS
from tests.core.risk.cases import SOL, holding, standing, started

RULES = {
    Period.DAY: (Rule.DAY_LOSS, 50),
    Period.WEEK: (Rule.WEEK_LOSS, 100),
    Period.MONTH: (Rule.MONTH_LOSS, 150),
    Period.ROLLING: (Rule.ROLLING_LOSS, 150),
}
TWO = (
    holding(to_stop=12, at_entry=7, notional=900),
    holding(SOL, Side.SELL, to_stop=8, at_entry=3, notional=300),
)


@pytest.mark.parametrize("period", Period)
def test_a_period_has_its_rule_and_its_fraction_of_its_start(period):
    rule, left = RULES[period]

    assert period.rule is rule
    assert standing().left(period, LIMITS) == left


@pytest.mark.parametrize("period", Period)
def test_losses_since_the_start_and_open_risk_are_taken_off(period):
    lost = standing(equity=Decimal(9_970), open=TWO)

    assert lost.left(period, LIMITS) == RULES[period][1] - 30 - 20


def test_a_profit_gives_no_room_beyond_the_limit():
    assert standing(equity=Decimal(11_000)).left(Period.DAY, LIMITS) == 50


def test_the_limit_is_a_fraction_of_the_equity_at_the_start():
    halved = standing(started=started(day=5_000), equity=Decimal(4_990))

    assert halved.left(Period.DAY, LIMITS) == 25 - 10


def test_an_overdrawn_period_is_told_in_negative_numbers():
    assert standing(equity=Decimal(9_900)).left(Period.DAY, LIMITS) == -50


@pytest.mark.parametrize("name", ["month", "rolling"])
def test_the_tighter_of_month_and_thirty_days_counts(name):
    lost = standing(started=started(**{name: 10_060}))

    assert lost.month_left(LIMITS) == Decimal("150.9") - 60


def test_open_positions_are_summed_by_what_is_asked():
    both = standing(open=TWO)

    assert (both.at_risk, both.exposure) == (20, 1_200)
    assert (both.direction(Side.BUY), both.direction(Side.SELL)) == (7, 3)
