"""Opinions and questions in numbers that can be worked out by hand."""

from datetime import timedelta

from hypothesis import strategies as st

from core.committee.merging import Burden
from core.domain.opinion import Abstention, Distances, Opinion, Question, Silence
from core.domain.trading import Side
from tests.builders import NOON, SYMBOL

FREE = Burden(fees=0.0, slippage=0.0, funding={Side.BUY: 0.0, Side.SELL: 0.0})
DEAR = Burden(fees=0.001, slippage=0.0004, funding={Side.BUY: 0.0006, Side.SELL: 0.0})
SILENT = Abstention("silent", SYMBOL, Silence.NO_SETUP)
ODDS = st.floats(0, 1)


def asked(stop: float = 0.01, target: float = 0.03) -> Question:
    """Chance alone reaches the target first one time in four."""
    distances = Distances(stop, target)
    return Question(SYMBOL, NOON, 64_000.0, timedelta(hours=48), dict.fromkeys(Side, distances))


def voice(buy: float, sell: float = 0.0, up: float = 0.6, name: str = "trend") -> Opinion:
    return Opinion(
        analyst=name,
        symbol=SYMBOL,
        p_up=up,
        p_target_first={Side.BUY: buy, Side.SELL: sell},
    )


VOICES = st.builds(voice, ODDS, ODDS, ODDS, st.sampled_from(["trend", "breakout", "model"]))
COMMITTEES = st.lists(VOICES, max_size=6)
