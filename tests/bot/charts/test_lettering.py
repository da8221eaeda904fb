"""Words can be drawn, measured and fitted; a letter that nobody has is not passed over."""

import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib.font_manager import findfont

from bot.charts.drawing import build, draw
from bot.charts.lettering import Face, fit, width
from tests.bot.charts.pictures import bare, boxes, candles, found

FACE = Face(30, "#000000")


def test_korean_and_signs_have_glyphs():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        draw(replace(candles(), title="롱 숏 익절 강제청산 ↑↓→…·₩−×≤%▲▼", subtitle="é ñ Ü ё σ"))


def test_a_letter_without_a_glyph_is_said():
    with pytest.warns(UserWarning, match="missing from font"):
        draw(replace(bare(), title="\U0001f680"))


def test_bold_is_the_bold_of_the_same_family():
    figure = build(candles())
    title, subtitle = found(figure, "header")
    fonts = [Path(findfont(text.get_fontproperties())).name for text in (title, subtitle)]
    assert fonts == ["NanumGothicBold.ttf", "NanumGothic.ttf"]


def test_measured_widths_are_those_that_are_drawn():
    figure = build(candles())
    title = found(figure, "header")[0]
    face = Face(title.get_fontsize(), "", bold=True)
    assert width(title.get_text(), face) == pytest.approx(boxes(figure, "header")[0].width, abs=2)


def test_words_that_fit_stay_as_they_are():
    assert fit("진입", FACE, 500) == ("진입", FACE)


@pytest.mark.parametrize("room", [20, 60, 150, 300])
def test_words_are_shrunk_before_they_are_cut(room):
    words, face = fit("Liquidation price 43,032.0", FACE, room)
    assert face.size >= 0.65 * FACE.size - 0.1
    assert width(words, face) <= room or len(words) == 2
    assert words.endswith("…") or words == "Liquidation price 43,032.0"
