"""From the environment to the gate."""

from decimal import Decimal

import pytest

from bot.caps import caps_of
from bot.errors import WrongSetting
from bot.settings import Settings, load_settings
from core.guard.caps import STANDARD, Caps
from core.owner import STEPS
from core.risk import Period
from core.risk.profiles import LIMITS


@pytest.fixture(autouse=True)
def bare(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_without_an_environment_the_standard_caps_hold():
    assert caps_of(load_settings()) == STANDARD


def test_what_the_environment_says_holds_in_fractions(monkeypatch):
    said = {
        "ORDER_CAP": "0.5",
        "ACCOUNT_CAP": "1.5",
        "NOTIONAL_CAP": "25000",
        "ENTRIES_PER_HOUR": "3",
        "PRICE_BAND": "0.5",
        "MONTH_LOSS_CAP": "1.5",
    }
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    assert caps_of(load_settings()) == Caps(
        order=Decimal("0.5"),
        account=Decimal("1.5"),
        notional=Decimal(25_000),
        per_minute=3,
        per_hour=3,
        band=Decimal("0.005"),
        month_loss=Decimal("0.015"),
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ORDER_CAP", "0"),
        ("ACCOUNT_CAP", "21"),
        ("NOTIONAL_CAP", "-1"),
        ("ENTRIES_PER_HOUR", "0"),
        ("PRICE_BAND", "nan"),
        ("MONTH_LOSS_CAP", "50"),
    ],
)
def test_a_cap_that_caps_nothing_is_refused_by_name(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting, match=name):
        load_settings()


def test_no_choice_in_the_chat_is_stopped_by_the_standard_caps_and_none_goes_further():
    assert STEPS["exposure"].high == STANDARD.account
    assert STEPS["max_positions"].high == STANDARD.per_minute
    assert STEPS["day_loss"].high == STANDARD.loss(Period.DAY)
    assert STEPS["week_loss"].high == STANDARD.loss(Period.WEEK)
    assert STEPS["month_loss"].high == STANDARD.loss(Period.MONTH)
    assert all(limits.exposure <= STANDARD.account for limits in LIMITS.values())
