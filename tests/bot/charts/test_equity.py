"""What must be on a chart of an account."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from bot.charts.drawing import build
from bot.charts.sheet import WIDTH
from core.domain.market import from_millis
from core.domain.picture import Annotation, Line
from tests.bot.charts.pictures import START, apart, boxes, equity, found, words


def test_the_curve_is_the_equity_from_the_first_moment_to_the_last():
    picture = equity()
    line = found(build(picture), "equity")[0]
    assert (line.get_ydata() == picture.equity).all()
    assert line.get_xdata()[-1] == picture.time[-1] - picture.time[0]


def test_the_latest_worth_is_tagged_at_its_height():
    picture = equity()
    figure = build(picture)
    area = next(
        area
        for area, text in zip(boxes(figure, "tag price"), words(figure, "tag price"), strict=True)
        if text == f"{picture.equity[-1]:,.0f}"
    )
    line = found(figure, "equity")[0]
    _, y = line.get_transform().transform((0, picture.equity[-1]))
    assert area.y0 < y < area.y1


def test_words_are_on_the_page_as_they_were_given():
    figure = build(equity())
    assert words(figure, "header") == ["자산 9,960.2 USDT", "이달 -0.40%"]
    assert words(figure, "legend") == ["데스크", "BTC 보유"]
    assert words(figure, "caption") == ["낙폭"]
    assert words(figure, "watermark") == ["합성 데이터"]


def test_a_benchmark_that_ends_in_a_hole_has_no_tag():
    picture = equity()
    column = picture.benchmarks[0].column.copy()
    column[-1] = np.nan
    figure = build(replace(picture, benchmarks=(Line("BTC", column),)))
    assert len(words(figure, "tag price")) == 1


def test_losses_below_the_start_and_gains_above_it_are_shaded_apart():
    figure = build(replace(equity(), drawdown=None))
    start = found(figure, "start")[0].get_ydata()[0]
    gain, loss = (veil.get_paths()[0].get_extents() for veil in found(figure, "area"))
    assert gain.y0 == start
    assert loss.y1 == start


def test_depths_are_percentages_and_the_deepest_is_in_view():
    figure = build(equity())
    line = found(figure, "drawdown")[0]
    points = line.get_transform().transform(line.get_xydata())
    assert points[:, 1].min() > line.get_clip_box().y0
    assert any(text.startswith("-") and text.endswith("%") for text in words(figure, "rung"))
    assert apart(boxes(figure, "rung") + boxes(figure, "tag price"))


def test_an_account_that_has_not_moved_is_a_chart():
    picture = equity()
    still = replace(
        picture, equity=np.full(500, 1e4), benchmarks=(), drawdown=Line("낙폭", np.zeros(500))
    )
    figure = build(still)
    assert words(figure, "tag price") == ["10,000"]
    assert "-0.00%" not in words(figure, "rung")


def test_one_moment_is_a_chart():
    moment = replace(
        equity(), time=np.array([START]), equity=np.array([1e4]), benchmarks=(), drawdown=None
    )
    assert words(build(moment), "tag price") == ["10,000"]


def test_a_remark_keeps_off_the_curve_and_off_other_remarks():
    picture = equity()
    low, high = int(picture.equity.argmin()), int(picture.equity.argmax())
    remarks = tuple(
        Annotation(from_millis(int(picture.time[row])), float(picture.equity[row]), text)
        for row, text in ((low, "최저"), (high, "최고"), (high - 1, "거의 최고"))
    )
    figure = build(replace(picture, annotations=remarks))
    assert len(found(figure, "dot")) == 3
    line = found(figure, "equity")[0]
    points = line.get_transform().transform(line.get_xydata())
    areas = boxes(figure, "note")
    assert areas
    assert apart(areas)
    assert not any(area.count_contains(points) for area in areas)


def test_a_remark_at_the_last_moment_stays_on_the_page():
    picture = equity()
    last = from_millis(START) + timedelta(hours=499)
    remark = Annotation(last, float(picture.equity[-1]), "마지막 순간의 긴 설명")
    figure = build(replace(picture, annotations=(remark,)))
    assert all(area.x1 <= WIDTH for area in boxes(figure, "note"))


@pytest.mark.parametrize("count", [48, 500, 3_000, 50_000])
def test_labels_of_the_time_axis_never_touch(count):
    figure = build(equity(count))
    assert apart(boxes(figure, "time") + boxes(figure, "zone"))


def test_a_long_curve_keeps_its_peaks_and_troughs():
    picture = equity(50_000)
    line = found(build(picture), "equity")[0]
    assert len(line.get_ydata()) < 5_000
    assert line.get_ydata().max() == picture.equity.max()
    assert line.get_ydata().min() == picture.equity.min()
    deep = found(build(picture), "drawdown")[0]
    assert deep.get_ydata().min() == picture.drawdown.column.min()
