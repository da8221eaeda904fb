"""The numbers behind the rules can be set by name, and only to what they can be."""

import pytest

from bot.backtest.tunings import NAMES, tuned
from bot.errors import WrongQuestion
from core.domain.tuning import STANDARD, Tuning


def test_nothing_set_leaves_the_standard():
    assert tuned([]) == STANDARD


def test_each_number_keeps_its_kind():
    made = tuned([("horizon", "24"), ("stop_in_atr", "1.5"), ("voices", "trend, breakout,trend")])
    assert made == Tuning(horizon=24, stop_in_atr=1.5, voices=("trend", "breakout"))
    assert isinstance(made.horizon, int)


def test_the_last_word_counts():
    assert tuned([("quorum", "1"), ("quorum", "3")]).quorum == 3


def test_the_others_stay_as_they_were():
    start = Tuning(quorum=1, hurdle=0.001)
    assert tuned([("horizon", "12")], start) == Tuning(quorum=1, hurdle=0.001, horizon=12)


@pytest.mark.parametrize("name", NAMES)
def test_every_number_can_be_set_to_what_it_is(name):
    value = getattr(STANDARD, name)
    text = ",".join(value) if isinstance(value, tuple) else str(value)
    assert tuned([(name, text)]) == STANDARD


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("horizn", "3", "--set: there is no 'horizn'; there are horizon, stop_in_atr"),
        ("horizon", "3.5", "--set: horizon is a whole number below 1,000,000, not '3.5'"),
        ("horizon", "9999999999", "--set: horizon is a whole number below"),
        ("horizon", "0", "--set: horizon and fresh must lie in 1..500 candles"),
        ("prior", "nan", "--set: prior is a number below 1,000,000, not 'nan'"),
        ("hurdle", "inf", "--set: hurdle is a number"),
        ("fixed_stop", "2", "--set: prior, quorum or fixed stop are out of their range"),
        ("voices", "oracle", "--set: voices are some of trend, mean_reversion, breakout"),
        ("voices", ",", "--set: voices are some of"),
    ],
)
def test_a_wrong_one_is_one_clear_sentence(name, text, says):
    with pytest.raises(WrongQuestion) as refused:
        tuned([(name, text)])
    assert str(refused.value).startswith(says)
    assert "\n" not in str(refused.value)
