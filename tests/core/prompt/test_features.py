"""The numbers that a model may cite."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from core.domain.derivatives import Derivatives
from core.domain.market import FundingRate, Origin, Timeframe
from core.domain.snapshot import MarketSnapshot
from core.indicators import indicators, readings
from core.prompt import FEATURES, texts
from core.prompt.features import crowd
from core.prompt.glances import Glances
from core.prompt.sheet import UNKNOWN
from tests.builders import INSTRUMENT, NOON
from tests.core.prompt.sights import snapshot, waves
from tests.fakes import frame


def shown(whole, **parts):
    seen = MarketSnapshot(INSTRUMENT, NOON, whole, Origin.SYNTHETIC, **parts)
    (glance,) = Glances().of([seen])
    return {**UNKNOWN, **glance.features, **crowd(seen)}


def test_returns_are_basis_points_over_so_many_candles():
    features = shown(frame([1_000.0] * 60 + [1_010.0] * 5 + [1_020.1]))
    assert features["ret_1"] == 100
    assert features["ret_6"] == 201
    assert features["ret_24"] == 201
    assert features["ret_72"] is None


def test_indicators_are_the_desks_own():
    whole = waves(4, Timeframe.H1)
    features, known, last = shown(whole), readings(indicators(whole)), float(whole.close[-1])

    assert features["rsi"] == round(known.rsi)
    assert features["atr"] == pytest.approx(known.atr / last * 10_000, rel=0.051, abs=0.5)
    assert features["ema_slow_gap"] == pytest.approx(
        (last / known.ema_slow - 1) * 1e4, rel=0.051, abs=0.5
    )
    assert features["vwap_gap"] == pytest.approx((last / known.vwap - 1) * 1e4, rel=0.051, abs=0.5)
    assert features["volatility"] == pytest.approx(known.volatility * 100, rel=0.051, abs=0.5)
    assert features["volume_z"] == pytest.approx(known.volume_z, rel=0.051, abs=0.5)
    assert features["stochastic"] == pytest.approx(known.stochastic_k, rel=0.051, abs=0.5)
    assert features["band_position"] == pytest.approx(
        (last - known.middle) / (known.upper - known.middle), rel=0.051, abs=0.5
    )


def test_the_range_ends_at_one():
    assert shown(frame(np.arange(100.0, 160.0)))["range_position"] == 1
    assert shown(frame(np.arange(160.0, 100.0, -1)))["range_position"] == 0
    assert shown(frame([100.0] * 60))["range_position"] is None


def test_the_longer_frames_are_told_in_short_the_next_longer_one_first():
    days, hours = waves(1, Timeframe.D1), waves(2, Timeframe.H4)
    features = shown(waves(3, Timeframe.H1), longer={Timeframe.D1: days, Timeframe.H4: hours})
    assert features["rsi_mid"] == pytest.approx(
        readings(indicators(hours)).rsi, rel=0.051, abs=0.5
    )
    assert features["rsi_long"] == pytest.approx(
        readings(indicators(days)).rsi, rel=0.051, abs=0.5
    )


def test_crowding_is_told_in_basis_points_and_shares():
    features = crowd(snapshot())
    assert {name: features[name] for name in FEATURES[-6:]} == {
        "funding": 0.83,
        "funding_next": 1.1,
        "oi_day": 210,
        "long_short": 1.4,
        "basis": 1.0,
        "liquidated_longs_share": 0.75,
    }


def test_what_nobody_said_is_unknown_and_not_zero():
    silent = Derivatives(time=NOON, liquidated_longs=0.0, liquidated_shorts=0.0)
    features = crowd(replace(snapshot(), derivatives=silent, funding=None))
    assert set(features.values()) == {None}


def test_the_funding_that_came_due_is_known_without_a_venue_that_speaks():
    due = FundingRate(NOON, Decimal("-0.0003"))
    assert shown(frame([1.0] * 5), funding=due)["funding"] == -3


@pytest.mark.parametrize("name", FEATURES)
def test_every_feature_is_explained(name):
    base = "ret_N" if name.startswith("ret_") else name
    assert base in texts.FEATURES or base.rpartition("_")[0] in texts.FEATURES
