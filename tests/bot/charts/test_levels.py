"""Planned prices lie where they should and can be read."""

from dataclasses import replace

import pytest

from bot.charts.drawing import build
from core.domain.picture import LevelKind
from tests.bot.charts.pictures import apart, bare, boxes, candles, found, level, plan, words

PRICE = float(bare().frame.close[-1])


def drawn(*levels):
    return build(replace(bare(), levels=levels))


def test_each_level_is_a_line_at_its_price():
    levels = plan(PRICE)[:3]
    figure = drawn(*levels)
    for one in levels:
        line = found(figure, f"level {one.kind}")[0]
        assert list(line.get_ydata()) == [one.price, one.price]


def test_a_tag_lies_on_its_line_and_says_name_and_price():
    figure = drawn(*plan(PRICE)[:3])
    for one, area in zip(
        sorted(plan(PRICE)[:3], key=lambda lv: lv.price), boxes(figure, "tag price"), strict=True
    ):
        line = found(figure, f"level {one.kind}")[0]
        _, y = line.get_transform().transform((0, one.price))
        assert area.y0 < y < area.y1
    assert set(words(figure, "tag label")) == {"진입", "손절", "익절"}
    assert f"{PRICE:,.1f}" in words(figure, "tag price")


def test_every_level_is_in_view_except_a_liquidation():
    figure = drawn(level(LevelKind.TARGET, PRICE * 2), level(LevelKind.LIQUIDATION, PRICE / 2))
    assert found(figure, "level target")
    assert not found(figure, "level liquidation")


@pytest.mark.parametrize(("factor", "label"), [(0.5, "강제청산 ↓"), (1.6, "강제청산 ↑")])
def test_a_liquidation_out_of_view_is_a_note_that_points_to_it(factor, label):
    figure = drawn(level(LevelKind.LIQUIDATION, PRICE * factor, "강제청산"))
    assert words(figure, "tag label") == [label]
    assert words(figure, "tag price") == [f"{PRICE * factor:,.1f}"]


def test_a_liquidation_within_view_is_a_line():
    figure = drawn(*plan(PRICE)[:3], level(LevelKind.LIQUIDATION, PRICE * 0.985))
    assert found(figure, "level liquidation")


def test_reward_lies_between_entry_and_the_farthest_target_and_risk_down_to_the_stop():
    figure = drawn(*plan(PRICE), level(LevelKind.TARGET, PRICE * 1.02))
    reward, risk = found(figure, "reward")[0], found(figure, "risk")[0]
    assert (reward.get_y(), reward.get_y() + reward.get_height()) == pytest.approx(
        (PRICE, PRICE * 1.04)
    )
    assert (risk.get_y(), risk.get_y() + risk.get_height()) == pytest.approx((PRICE * 0.98, PRICE))
    assert reward.get_x() == risk.get_x() == 119.5


def test_a_stop_with_profit_behind_it_shades_no_risk():
    stop, target = level(LevelKind.STOP, PRICE * 1.01), level(LevelKind.TARGET, PRICE * 1.04)
    assert not found(drawn(level(LevelKind.ENTRY, PRICE), stop, target), "risk")


def test_a_closed_trade_has_nothing_ahead_of_it():
    figure = drawn(*plan(PRICE), level(LevelKind.EXIT, PRICE * 1.01))
    assert not found(figure, "reward")
    assert not found(figure, "risk")


def test_tags_never_overlap_however_close_their_prices():
    crowd = [level(kind, PRICE * (1 + i / 10_000)) for i, kind in enumerate(LevelKind)]
    figure = drawn(*crowd)
    assert apart(boxes(figure, "tag price"))
    assert apart(boxes(figure, "tag label"))
    assert found(figure, "leader")


def test_no_tag_covers_a_price_of_the_grid():
    figure = build(candles())
    assert apart(boxes(figure, "tag price") + boxes(figure, "rung"))
