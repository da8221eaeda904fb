"""A bill is calls times tokens times prices, and what is known goes before what is assumed."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.analysts.models_file import load_catalogue
from bot.cost.assuming import USUAL
from bot.cost.past import LEAST, past_of
from bot.cost.reckoning import UNTRIED, Habit, Past, Reckoning, by_model, by_purpose
from bot.cost.sizing import Size
from bot.errors import WrongSetting
from core.domain.market import Timeframe
from core.domain.model import CallStatus, Effort, PromptKind, Usage
from core.spending.likely import REASONING
from tests.builders import NOON
from tests.model_fakes import USAGE, call

CATALOGUE = load_catalogue()
SIZES = dict.fromkeys(PromptKind, Size(8_000, 1_000))
MARKET, RISK = PromptKind.MARKET, PromptKind.RISK
HOUR = timedelta(hours=1)


def cost(profile="balanced", symbols=10, every=Timeframe.H1, past=UNTRIED, **assumed):
    reckoning = Reckoning(CATALOGUE, SIZES, replace(USUAL, **assumed), past)
    return reckoning.cost(profile, symbols, every)


def line(found, kind):
    return next(line for line in found.lines if line.voice.kind is kind)


def test_a_line_is_calls_times_tokens_times_prices():
    found = line(cost(repairs=Decimal(0)), MARKET)
    price, output = found.voice.model.price, 1_000 + REASONING[Effort.LOW]
    assert found.usage == Usage(input=8_000, output=output, reasoning=REASONING[Effort.LOW])
    assert found.each == (8_000 * price.input + output * price.output) / 1_000_000
    assert found.month == 730 * found.each


def test_the_whole_is_the_sum_of_its_parts():
    found = cost()
    assert found.month == sum(by_model(found.lines).values())
    assert found.month == sum(by_purpose(found.lines).values())


@pytest.mark.parametrize(
    ("every", "voices", "verifier", "news"),
    [
        (Timeframe.M15, 2_920, 730, 730),
        (Timeframe.H1, 730, Decimal("182.5"), 730),
        (Timeframe.H4, Decimal("182.5"), Decimal("45.625"), Decimal("182.5")),
    ],
)
def test_how_often_each_is_asked_follows_the_closes(every, voices, verifier, news):
    found = cost(every=every)
    assert line(found, MARKET).calls == voices
    assert line(found, RISK).calls == verifier
    assert line(found, PromptKind.NEWS).calls == news


def test_a_gate_that_opens_half_the_time_halves_all_of_it():
    assert cost(asked=Decimal("0.5")).month == cost().month / 2


def test_no_answer_is_longer_than_where_it_is_cut_off():
    endless = dict.fromkeys(PromptKind, Size(8_000, 90_000))
    found = Reckoning(CATALOGUE, endless, USUAL, UNTRIED).cost("balanced", 10, Timeframe.H1)
    for one in found.lines:
        assert one.usage.output == one.voice.model.max_output


def test_other_tokenizers_count_more():
    found = cost()
    assert line(found, PromptKind.INDICATORS).usage.input == 10_400


def test_searches_bring_pages_and_have_a_price():
    found = line(cost(), PromptKind.NEWS)
    assert (found.usage.input, found.usage.searches) == (13_000, 1)


def test_an_unknown_profile_is_one_sentence():
    with pytest.raises(WrongSetting, match="nope is not known here; there is rules, economy"):
        cost("nope")


class TestTheRecord:
    def calls(self, count=LEAST, kind=MARKET, symbols=10, **changes):
        return [
            call(
                id=f"{kind}{n}",
                kind=kind,
                symbols=tuple(f"C{k}" for k in range(symbols)),
                as_of=NOON + n * HOUR,
                status=CallStatus.ANSWERED,
                cost=Decimal("0.03"),
                usage=USAGE,
                **changes,
            )
            for n in range(count)
        ]

    def test_enough_calls_take_the_place_of_assumptions(self):
        past = past_of(self.calls(), 10)
        assert past.habits == {("gpt-6.1-terra", MARKET): Habit(LEAST, USAGE, Decimal("0.03"))}
        found = line(cost(past=past), MARKET)
        assert (found.month, found.recorded) == (730 * Decimal("0.03"), LEAST)

    def test_a_few_calls_or_of_other_lengths_do_not(self):
        assert past_of(self.calls(LEAST - 1), 10).habits == {}
        assert past_of(self.calls(), 3).habits == {}

    def test_a_second_turn_is_part_of_its_question(self):
        again = [replace(one, id=f"again {one.id}") for one in self.calls()]
        past = past_of(self.calls() + again, 10)
        assert past.habits["gpt-6.1-terra", MARKET].cost == Decimal("0.06")

    def test_what_is_still_on_its_way_is_not_counted(self):
        waiting = [replace(one, status=CallStatus.RESERVED) for one in self.calls()]
        assert past_of(waiting, 10) == Past({})

    def test_how_often_the_verifier_was_needed_is_known_from_it(self):
        past = past_of(self.calls() + self.calls(6, RISK, 2), 10)
        assert past.verified == Decimal(6) / LEAST
        found = cost(past=past)
        assert found.verified_from_record
        assert line(found, RISK).calls == Decimal("182.5")
