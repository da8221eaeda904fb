"""What asking would cost is known before anybody is asked."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.analysts.models_file import load_catalogue
from bot.backtest.options import BacktestAsked
from bot.backtest.pricing import Part, Pricing, estimate, more
from bot.backtest.question import scenario
from bot.backtest.stretch import stretch
from bot.backtest.witnesses import Witness, batch, moments
from bot.cost.assuming import USUAL
from bot.cost.reckoning import UNTRIED, Reckoning
from bot.cost.sizing import sizes
from core.domain.market import Timeframe
from core.domain.people import Language
from core.domain.tuning import STANDARD

ASKED = BacktestAsked(symbols=("BTC/USDT:USDT", "ETH/USDT:USDT"), days=2)
CATALOGUE = load_catalogue()
WITNESSES = tuple(Witness(voice) for voice in CATALOGUE.profile("balanced").voices)
MARKET = stretch(ASKED)
CLOSES = list(moments(MARKET.histories, scenario(ASKED, MARKET)))


def parts(known=(), witnesses=WITNESSES):
    return estimate(witnesses, CLOSES, STANDARD, Pricing(CATALOGUE, Language.EN), known)


def test_every_model_is_asked_once_a_close_about_all_coins():
    assert [(part.calls, part.questions) for part in parts()] == [(48, 96), (48, 96)]
    assert all(part.cost > 0 for part in parts())


def test_it_is_no_more_than_what_a_living_desk_would_be_told():
    """Recorded markets have no derivatives and no longer candles, so there is less to read."""
    rendered = sizes(2, Timeframe.H1, Language.EN, USUAL)
    reckoning = Reckoning(CATALOGUE, rendered, USUAL, UNTRIED)
    for part in parts():
        lived = reckoning.line(part.witness.voice, part.calls).month
        assert lived / 2 < part.cost <= lived


def test_what_is_known_costs_nothing():
    (first, *rest) = CLOSES
    known = {WITNESSES[0].key(asked) for close in rest for asked in batch(close, STANDARD)}
    terra, haiku = parts(known)

    assert (terra.calls, terra.questions) == (1, len(first))
    assert haiku.calls == 48


def test_when_one_coin_is_known_the_others_are_still_a_call():
    known = {WITNESSES[0].key(batch(close, STANDARD)[0]) for close in CLOSES}
    (terra,) = parts(known, WITNESSES[:1])

    assert (terra.calls, terra.questions) == (48, 48)
    assert terra.cost < parts()[0].cost


def test_more_coins_than_one_answer_has_room_for_are_several_calls():
    pricing, (witness, _) = Pricing(CATALOGUE, Language.EN), WITNESSES
    pricing.known.update({(witness, 13): Decimal("0.1"), (witness, 14): Decimal("0.2")})
    part = more(Part(witness), 41, pricing, list)

    assert (part.calls, part.questions, part.cost) == (3, 41, Decimal("0.5"))
    assert more(part, 0, pricing, list) == part


@pytest.mark.parametrize("days", [1, 2])
def test_the_closes_are_those_of_the_stretch(days):
    asked = BacktestAsked(symbols=("BTC/USDT:USDT",), days=days)
    market = stretch(asked)
    closes = list(moments(market.histories, scenario(asked, market)))
    times = [batch(close, STANDARD)[0].question.as_of for close in closes]

    assert times[0] == market.start + timedelta(hours=1)
    assert times[-1] == market.end
    assert len(times) == 24 * days
