"""What must be on a map: every pair of numbers in its shade, and the best one in a frame."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from bot.charts.drawing import build, draw
from bot.charts.heat import warmth
from bot.charts.palette import palette
from core.domain.picture import HeatPicture, Style
from tests.bot.charts.pictures import apart, boxes, found, words

VALUES = np.array([[1.0, 1.5, np.nan], [0.5, 2.5, 2.0]])
PICTURE = HeatPicture(
    title="최고 세트 주변: sharpe",
    subtitle="BTC · 1시간봉",
    across="stop_in_atr",
    up="horizon",
    columns=("1.5", "2", "2.5"),
    rows=("24", "48"),
    values=VALUES,
    texts=(("1.00", "1.50", "-"), ("0.50", "2.50", "2.00")),
    best=(1, 1),
    watermark="합성 데이터",
)


def shades(picture):
    return [tuple(shade[:3]) for shade in found(build(picture), "cells")[0].get_facecolors()]


def test_every_value_is_written_in_its_cell_and_nothing_touches():
    figure = build(PICTURE)
    assert sorted(words(figure, "value")) == sorted(text for row in PICTURE.texts for text in row)
    assert apart(boxes(figure, "value"))


def test_numbers_and_names_stand_at_the_edges():
    figure = build(PICTURE)
    assert words(figure, "rung") == ["24", "48"]
    assert words(figure, "time") == ["1.5", "2", "2.5"]
    assert (words(figure, "zone"), words(figure, "up")) == (["stop_in_atr"], ["↑ horizon"])
    assert words(figure, "watermark") == ["합성 데이터"]


def test_the_frame_is_around_the_best():
    frame = found(build(PICTURE), "best")[0]
    column, row = (frame.get_x() + frame.get_width() / 2, frame.get_y() + frame.get_height() / 2)
    assert (row, column) == pytest.approx(PICTURE.best)


def test_the_best_value_is_the_colour_of_gain_and_a_hole_is_grey():
    for style in (Style(), Style(dark=True, red_up=True)):
        colours, drawn = palette(style), shades(replace(PICTURE, style=style))
        assert drawn[4] == pytest.approx(to_rgb(colours.gain))
        assert drawn[2] == pytest.approx(to_rgb(colours.grid))


@pytest.mark.parametrize(
    ("values", "falls", "warm"),
    [
        ([[1, 2, 3]], False, [[0, 0.5, 1]]),
        ([[1, 2, 3]], True, [[1, 0.5, 0]]),
        ([[2, 2, np.nan]], False, [[1, 1, np.nan]]),
        ([[np.nan]], False, [[np.nan]]),
    ],
)
def test_warmth_runs_from_the_worst_to_the_best(values, falls, warm):
    assert warmth(np.array(values, dtype=float), falls=falls).tolist() == pytest.approx(
        [pytest.approx(row, nan_ok=True) for row in warm]
    )


def test_words_are_read_on_their_shade():
    for style in (Style(), Style(dark=True)):
        colours = palette(style)
        inks = {text.get_color() for text in found(build(replace(PICTURE, style=style)), "value")}
        assert inks <= {colours.ink, colours.on_colour}


def test_it_is_a_png_of_the_usual_size():
    assert draw(PICTURE)[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_table_needs_a_value_and_a_text_for_each_cell():
    with pytest.raises(ValueError, match="for each row and column"):
        replace(PICTURE, rows=("24",))
    with pytest.raises(ValueError, match="for each row and column"):
        replace(PICTURE, texts=PICTURE.texts[:1])
