"""What must be on a chart of candles, read from its artists."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from matplotlib.colors import to_rgba

from bot.charts.drawing import build
from bot.charts.palette import palette
from bot.charts.sheet import HEIGHT, WIDTH
from core.domain.market import CandleFrame, Timeframe, from_millis
from core.domain.picture import Band, Level, LevelKind, Line, Mark, MarkKind, Panel, Style
from core.domain.trading import Side
from tests.bot.charts.pictures import (
    KOREAN,
    START,
    apart,
    bare,
    boxes,
    candles,
    flat,
    found,
    frame,
    studied,
    words,
)


def test_every_candle_has_a_wick_and_a_body():
    figure = build(candles(120))
    assert len(found(figure, "bodies")[0].get_paths()) == 120
    assert len(found(figure, "wicks")[0].get_segments()) == 120


def test_a_body_reaches_from_open_to_close_and_a_wick_from_low_to_high():
    picture = bare(9)
    figure = build(picture)
    body = found(figure, "bodies")[0].get_paths()[4].get_extents()
    wick = found(figure, "wicks")[0].get_segments()[4]
    ends = sorted((picture.frame.open[4], picture.frame.close[4]))
    assert (body.y0, body.y1) == pytest.approx(ends)
    assert list(wick[:, 1]) == [picture.frame.low[4], picture.frame.high[4]]


@pytest.mark.parametrize("style", [Style(), Style(dark=True), KOREAN, replace(KOREAN, dark=True)])
def test_gains_and_losses_have_the_colours_the_reader_is_used_to(style):
    picture = replace(bare(), style=style)
    colours = palette(style)
    rising = picture.frame.close >= picture.frame.open
    drawn = found(build(picture), "bodies")[0].get_facecolors()
    assert (drawn[rising] == to_rgba(colours.gain)).all()
    assert (drawn[~rising] == to_rgba(colours.loss)).all()


def test_korean_gains_are_red_and_losses_blue():
    gain, loss = (to_rgba(c) for c in (palette(KOREAN).gain, palette(KOREAN).loss))
    assert max(gain[:3]) == gain[0]
    assert max(loss[:3]) == loss[2]


def test_words_are_on_the_page_as_they_were_given():
    figure = build(candles())
    assert words(figure, "header") == [
        "BTC 롱 · 1시간봉 · 격리 3배",
        "손절되면 -0.25% · 손익비 1.61",
    ]
    assert words(figure, "legend") == ["SMA 20", "SMA 50"]
    assert words(figure, "caption") == ["RSI 14"]
    assert words(figure, "watermark") == ["합성 데이터"]


def test_dollar_signs_are_no_formula():
    figure = build(replace(bare(), title="$100 to $200"))
    assert words(figure, "header")[0] == "$100 to $200"
    assert found(figure, "header")[0].get_parse_math() is False


def test_every_word_lies_on_the_page_and_none_on_another():
    figure = build(candles())
    areas = [
        area
        for name in ("header", "legend", "watermark", "time", "zone", "caption", "tag price")
        for area in boxes(figure, name)
        if area.width
    ]
    assert apart(areas)
    assert min(area.x0 for area in areas) >= 0
    assert max(area.x1 for area in areas) <= WIDTH
    assert min(area.y0 for area in areas) >= 0
    assert max(area.y1 for area in areas) <= HEIGHT


def test_an_endless_title_is_shrunk_and_cut():
    figure = build(replace(bare(), title="롱 " * 200))
    assert words(figure, "header")[0].endswith("…")
    assert boxes(figure, "header")[0].x1 <= WIDTH


def test_overlays_pause_where_they_are_undefined():
    figure = build(candles())
    longest = found(figure, "overlay")[1].get_ydata()
    assert np.isnan(longest[:49]).all()
    assert not np.isnan(longest[49:]).any()


def test_an_overlay_without_a_single_number_is_fine():
    picture = replace(bare(), overlays=(Line("EMA 999", np.full(120, np.nan)),))
    assert words(build(picture), "legend") == ["EMA 999"]


def test_an_oscillator_without_a_single_number_is_fine():
    picture = replace(bare(), panel=Panel((Line("RSI", np.full(120, np.nan)),)))
    assert words(build(picture), "caption") == ["RSI"]


def test_five_indicators_a_band_and_macd_are_named_apart():
    figure = build(studied())
    assert words(figure, "legend") == ["EMA 20", "EMA 50", "EMA 200", "VWAP 24", "BB 20"]
    assert words(figure, "caption") == ["MACD 12/26/9", "시그널"]
    names = ("header", "legend", "watermark", "caption", "time", "zone", "tag price")
    assert apart([area for name in names for area in boxes(figure, name) if area.width])
    smallest = min(text.get_fontsize() for text in found(figure, "legend"))
    assert smallest >= 22


def test_lines_that_lie_over_each_other_differ_in_colour():
    for style in (Style(), Style(dark=True), KOREAN, replace(KOREAN, dark=True)):
        figure = build(replace(studied(), style=style))
        lines = [*found(figure, "overlay"), *found(figure, "band")[:1]]
        assert len({line.get_color() for line in lines}) == 5
        assert len({line.get_color() for line in found(figure, "oscillator")}) == 2


def test_a_line_keeps_its_colour_when_others_are_taken_away():
    vwap = Line("VWAP", frame().close, shade=3)
    both = replace(bare(), overlays=(Line("EMA", frame().close), vwap))
    colours = [line.get_color() for line in found(build(both), "overlay")]
    alone = found(build(replace(bare(), overlays=(vwap,))), "overlay")[0]
    assert alone.get_color() == colours[1] == palette(KOREAN).lines[3]


def test_a_band_is_in_view_and_begins_where_it_is_known():
    picture = studied()
    figure = build(picture)
    upper, lower = found(figure, "band")[1], found(figure, "band")[0]
    assert upper.get_xdata()[0] == 7
    for edge in (upper, lower):
        points = edge.get_transform().transform(edge.get_xydata())
        assert points[:, 1].max() < edge.get_clip_box().y1
        assert points[:, 1].min() > edge.get_clip_box().y0
    assert len(found(figure, "area")) == 1


def test_a_band_that_is_known_nowhere_is_not_drawn():
    nowhere = np.full(120, np.nan)
    figure = build(replace(bare(), band=Band("BB", nowhere, nowhere)))
    assert not found(figure, "band")
    assert words(figure, "legend") == ["BB"]


def test_bars_below_the_candles_grow_from_zero_and_all_are_in_view():
    picture = studied()
    figure = build(picture)
    bars = found(figure, "histogram")[0]
    edges = [path.get_extents() for path in bars.get_paths()]
    assert [max(edge.y1, -edge.y0) for edge in edges] == pytest.approx(
        list(np.abs(picture.panel.bars))
    )
    signs = picture.panel.bars >= 0
    assert (bars.get_facecolors()[signs, :3] == to_rgba(palette(KOREAN).gain)[:3]).all()
    box = bars.get_clip_box()
    drawn = [p.get_extents(bars.get_transform()) for p in bars.get_paths()]
    assert min(d.y0 for d in drawn) > box.y0
    assert max(d.y1 for d in drawn) < boxes(figure, "caption")[0].y0


def test_volume_can_be_left_out_and_its_room_goes_to_the_candles():
    with_it, without = build(bare()), build(replace(bare(), volume=False))
    assert found(with_it, "volume")
    assert not found(without, "volume")

    def height(figure):
        wicks = found(figure, "wicks")[0]
        ends = wicks.get_transform().transform(np.concatenate(wicks.get_segments()))
        return np.ptp(ends[:, 1])

    assert height(without) > 1.1 * height(with_it)


def test_the_price_now_needs_no_room_for_a_future():
    price = Level(LevelKind.MARK, float(frame().close[-1]), "", "60,000.0")
    last = [found(build(replace(bare(), levels=levels)), "bodies")[0] for levels in ((), (price,))]
    right = [bodies.get_window_extent().x1 for bodies in last]
    assert right[1] == pytest.approx(right[0], abs=12)


def test_guides_are_named_beside_the_oscillator():
    assert {"30", "50", "70"} <= set(words(build(candles()), "rung"))


def test_the_whole_oscillator_is_in_view():
    figure = build(candles())
    line = found(figure, "oscillator")[0]
    points = line.get_transform().transform(line.get_xydata())
    floor, ceiling = line.get_clip_box().y0, line.get_clip_box().y1
    assert floor < points[:, 1].min()
    assert points[:, 1].max() < boxes(figure, "caption")[0].y0 < ceiling


def test_one_candle_is_a_chart():
    figure = build(bare(1))
    assert len(found(figure, "bodies")[0].get_paths()) == 1
    assert words(figure, "time") == ["09:00"]


def test_candles_without_a_range_are_visible():
    figure = build(replace(bare(), frame=flat(123_456.7)))
    bodies = found(figure, "bodies")[0]
    assert bodies.get_linewidths()[0] >= 1
    assert len({path.get_extents().y0 for path in bodies.get_paths()}) == 1
    assert not found(figure, "volume")


@pytest.mark.parametrize(("price", "digits"), [(0.00001234, 8), (123_456.7, 1), (1.0, 4)])
def test_prices_of_every_size_have_distinct_grid_labels(price, digits):
    figure = build(replace(bare(), frame=frame(price=price), price_digits=digits))
    labels = words(figure, "rung")
    assert len(labels) == len(set(labels)) >= 2
    assert all(len(label.partition(".")[2]) == digits for label in labels)
    assert apart(boxes(figure, "rung"))


def test_volume_stays_in_the_lowest_sixth():
    figure = build(bare())
    volume = found(figure, "volume")[0]
    tops = [p.get_extents(volume.get_transform()).y1 for p in volume.get_paths()]
    box = volume.get_clip_box()
    assert max(tops) <= box.y0 + box.height / 6


def test_times_are_those_of_the_readers_clock():
    figure = build(bare(30))
    assert words(figure, "zone") == ["KST"]
    assert words(figure, "time") == ["12:00", "18:00", "12/06", "06:00", "12:00"]


@pytest.mark.parametrize("timeframe", list(Timeframe))
def test_labels_of_the_time_axis_never_touch(timeframe):
    figure = build(replace(bare(), frame=frame(120, timeframe=timeframe)))
    assert 3 <= len(words(figure, "time")) <= 7
    assert apart(boxes(figure, "time") + boxes(figure, "zone"))


def test_labels_do_not_touch_across_a_gap_in_the_candles():
    whole = frame(120)
    time = whole.time.copy()
    time[60:] += 90 * 24 * 3_600_000
    torn = CandleFrame(
        whole.timeframe, time, whole.open, whole.high, whole.low, whole.close, whole.volume
    )
    figure = build(replace(bare(), frame=torn))
    assert apart(boxes(figure, "time") + boxes(figure, "zone"))


def test_an_arrow_points_at_the_price_in_the_candle_of_its_time():
    picture = bare()
    at = from_millis(START) + timedelta(hours=50, minutes=20)
    mark = Mark(at, float(picture.frame.close[50]), Side.BUY, MarkKind.ENTRY)
    arrow = found(build(replace(picture, marks=(mark,))), "mark entry")[0]
    assert arrow.get_xydata().tolist() == [[50, mark.price]]


def test_what_was_traded_before_the_first_candle_is_left_out():
    picture = bare()
    mark = Mark(from_millis(START - 1), 1.0, Side.SELL, MarkKind.EXIT)
    assert not found(build(replace(picture, marks=(mark,))), "mark exit")


def test_what_is_traded_after_the_last_close_stands_beside_the_last_candle():
    picture = bare()
    mark = Mark(from_millis(START) + timedelta(days=9), 60_000.0, Side.SELL, MarkKind.EXIT)
    arrow = found(build(replace(picture, marks=(mark,))), "mark exit")[0]
    assert arrow.get_xdata()[0] == 120
