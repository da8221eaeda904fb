"""What people may choose: never more than two percent a month, and bolder is never tighter."""

from dataclasses import fields
from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.people import Limits, Profile
from core.risk.profiles import LIMITS

BOLDER = [LIMITS[Profile.CAUTIOUS], LIMITS[Profile.BALANCED], LIMITS[Profile.BOLD]]
TIGHTER_WHEN_LARGER = {"reward_ratio", "cool_down", "cool_down_two_stops"}


@pytest.mark.parametrize("profile", Profile)
def test_no_profile_may_lose_more_than_two_percent_in_a_month(profile):
    assert 0 < LIMITS[profile].month_loss <= Decimal("0.02")


@pytest.mark.parametrize("profile", Profile)
def test_a_day_is_part_of_a_week_and_a_week_of_a_month(profile):
    limits = LIMITS[profile]

    assert limits.risk_per_trade <= limits.day_loss <= limits.week_loss <= limits.month_loss
    assert limits.risk_per_trade <= limits.same_direction_risk <= limits.month_loss


@pytest.mark.parametrize("profile", Profile)
def test_the_autopilot_takes_less_than_a_person_may(profile):
    limits = LIMITS[profile]

    assert 0 <= limits.autopilot_risk < limits.risk_per_trade
    assert (limits.autopilot_entries == 0) == (limits.autopilot_risk == 0)
    assert limits.autopilot_entries * limits.autopilot_risk <= limits.month_loss


@pytest.mark.parametrize("name", [field.name for field in fields(Limits)])
def test_a_bolder_profile_is_nowhere_tighter(name):
    numbers = [getattr(limits, name) for limits in BOLDER]

    assert numbers == sorted(numbers, reverse=name in TIGHTER_WHEN_LARGER)


@pytest.mark.parametrize("profile", Profile)
def test_two_stops_rest_longer_than_one(profile):
    limits = LIMITS[profile]

    assert timedelta(0) < limits.cool_down < limits.cool_down_two_stops <= timedelta(days=3)
