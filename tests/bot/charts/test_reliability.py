"""What must be on a reliability diagram: the diagonal, each bin with its doubts, and what it is worth."""

from dataclasses import replace

import numpy as np
import pytest

from bot.charts.drawing import build, draw
from bot.charts.reliability import reach
from core.domain.picture import ReliabilityPicture, Style
from tests.bot.charts.pictures import apart, boxes, found, words

SAID = np.array([0.41, 0.46, 0.49, 0.52, 0.56, 0.63])
CAME = np.array([0.44, 0.43, 0.5, 0.55, 0.53, 0.57])
PICTURE = ReliabilityPicture(
    title="보정 · gpt-6.1-terra",
    subtitle="오를 확률",
    across="말한 확률",
    up="실제 (95%)",
    honest="말한 대로",
    forecast=SAID,
    outcome=CAME,
    low=CAME - 0.1,
    high=CAME + 0.1,
    texts=("n 35", "n 36", "n 35", "n 35", "n 36", "n 35"),
    watermark="합성 데이터",
)


def points(figure, name):
    return [tuple(map(float, line.get_xydata()[0])) for line in found(figure, name)]


def test_each_bin_is_a_dot_on_a_bar():
    figure = build(PICTURE)

    assert points(figure, "dot") == list(zip(SAID, CAME, strict=True))
    bars = [line.get_ydata() for line in found(figure, "interval")]
    assert bars[0] == pytest.approx([0.34, 0.54])


def test_the_diagonal_is_where_a_forecast_means_what_it_says():
    (line,) = found(build(PICTURE), "honest")

    assert list(line.get_xdata()) == list(line.get_ydata())
    assert line.get_xdata()[0] < SAID[0] < SAID[-1] < line.get_xdata()[-1]


def test_numbers_and_names_stand_where_they_are_looked_for():
    figure = build(PICTURE)

    assert words(figure, "worth") == list(PICTURE.texts)
    assert words(figure, "legend") == ["실제 (95%)", "말한 대로"]
    assert (words(figure, "zone"), words(figure, "watermark")) == (["말한 확률"], ["합성 데이터"])
    assert words(figure, "time") == ["45%", "50%", "55%", "60%", "65%"]
    assert words(figure, "rung") == ["40%", "50%", "60%", "70%"]


def test_neighbours_do_not_write_over_each_other():
    near = replace(PICTURE, forecast=np.array([0.3, 0.31, 0.33, 0.34, 0.5, 0.9]))

    assert apart(boxes(build(PICTURE), "worth"))
    assert apart(boxes(build(near), "worth")[:2])


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_single_bin_has_room_around_it(share):
    one = replace(
        PICTURE,
        **{name: np.array([share]) for name in ("forecast", "outcome", "low", "high")},
        texts=("n 1",),
    )
    across, up = reach(one)

    assert across[0] < share < across[1]
    assert up[0] < share < up[1]
    assert draw(one)[:4] == b"\x89PNG"


@pytest.mark.parametrize("style", [Style(), Style(dark=True, red_up=True)])
def test_it_is_a_png_in_either_dress(style):
    assert draw(replace(PICTURE, style=style))[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_bin_needs_all_its_numbers():
    with pytest.raises(ValueError, match="each bin"):
        replace(PICTURE, texts=("n 1",))
    with pytest.raises(ValueError, match="at least one bin"):
        replace(PICTURE, forecast=np.zeros(0))
