"""A voice loses what was believed of it, bucket by bucket, and silence costs what the others lost."""

import numpy as np
import pytest

from core.scoring.losses import LONGEST, losses
from tests.core.scoring.records import HORIZON, VOICES, record

LATE = 10**15


def said(voice, believed, as_of=0, symbol=0, outcome=1.0, **more):
    return {
        "voice": voice,
        "believed": believed,
        "as_of": as_of,
        "symbol": symbol,
        "outcome": outcome,
        **more,
    }


def test_a_loss_is_the_mean_brier_score_of_a_bucket():
    asked = record([said(0, 0.8), said(0, 0.6, symbol=1), said(1, 0.5), said(1, 0.5, symbol=1)])

    table = losses(asked, VOICES[:2], LATE).table

    assert table.tolist() == [[pytest.approx((0.04 + 0.16) / 2), pytest.approx(0.25)]]


def test_a_bucket_counts_once_whatever_its_number_of_rows():
    rows = [said(0, 0.5, as_of=bucket * HORIZON + n) for bucket in range(3) for n in range(5)]

    assert losses(record(rows), VOICES[:1], LATE).table.shape == (3, 1)


def test_a_bucket_counts_only_when_its_last_outcome_is_due():
    asked = record([said(0, 0.5)])

    assert len(losses(asked, VOICES, 2 * HORIZON - 1).table) == 0
    found = losses(asked, VOICES, 2 * HORIZON)
    assert (len(found.table), found.ended.tolist()) == (1, [2 * HORIZON])


def test_who_abstains_loses_what_the_others_lost_together():
    rows = [said(0, 0.9), said(1, 0.7), said(2, 0.5, symbol=1), said(0, 0.5, symbol=1)]

    table = losses(record(rows), VOICES, LATE).table

    together = (1 - 0.8) ** 2
    assert table[0, 2] == pytest.approx((together + 0.25) / 2)


def test_together_means_by_the_weights_of_the_time():
    rows = [said(0, 0.9, weight=3.0), said(1, 0.5, weight=1.0), said(2, 0.5, symbol=1)]

    table = losses(record(rows), VOICES, LATE).table

    assert table[0, 2] == pytest.approx(((1 - 0.8) ** 2 + 0.25) / 2)


def test_a_voice_without_weight_still_has_a_loss():
    table = losses(record([said(0, 0.9, weight=0.0)]), VOICES[:1], LATE).table

    assert table[0, 0] == pytest.approx(0.01)


def test_a_voice_has_no_loss_before_it_joined_nor_one_that_never_spoke():
    rows = [said(0, 0.5), said(0, 0.5, as_of=HORIZON), said(1, 0.5, as_of=HORIZON)]

    table = losses(record(rows), VOICES, LATE).table

    assert np.isnan(table[0, 1])
    assert table[1, 1] == 0.25
    assert np.isnan(table[:, 2]).all()


def test_only_the_last_buckets_are_remembered():
    rows = [said(0, 0.5, as_of=bucket * HORIZON) for bucket in range(LONGEST + 5)]

    assert len(losses(record(rows), VOICES[:1], LATE).table) == LONGEST
