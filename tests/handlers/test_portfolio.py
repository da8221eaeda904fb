"""/portfolio: what is held for nothing, what a model would change for a price that is said first."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.analysts.access import Access
from bot.analysts.catalogue import Kind
from bot.analysts.clients import Clients
from bot.analysts.models_file import load_catalogue
from bot.analysts.team import Team
from bot.council import Council
from core.domain.model import Failure, Unsaid, Usage
from core.domain.people import Language, Role
from core.owner import ACCOUNT
from core.voices.consult import Consult
from core.voices.portfolio import Seat
from handlers.views.quoting import JOINER
from tests.builders import person
from tests.handlers.seats import MODEL, sits, suggestion
from tests.handlers.town import Plan
from tests.model_fakes import PRICE
from tests.phone import labels

VIEWER = 77
ASK = "Ask (about $0.02)"
NOBODY = (
    "No model can be asked here: that takes a key, and real time."
    " What a model would change can then be asked for."
)


async def test_without_a_model_it_shows_what_is_held_and_says_why_nobody_is_asked(town, phone):
    await phone.says("/portfolio")
    assert phone.lines == [
        "Portfolio · 0.00× the equity is held",
        "100%  cash",
        NOBODY,
    ]
    assert labels(phone.messages[-1]) == []


async def test_what_is_held_is_shown_with_its_side(town, phone):
    await town.holds(phone)
    await phone.says("/portfolio")
    (line,) = [line for line in phone.lines if "BTC" in line]
    assert line.split()[1:] == ["BTC", "LONG"]
    assert line.split()[0] in {"15%", "20%", "25%", "30%", "35%", "40%", "45%", "50%"}


async def test_the_price_is_said_before_anybody_is_asked(town, phone):
    oracle = sits(town)
    await phone.says("/portfolio")
    assert phone.lines[-1].startswith(
        "gpt-<b>6.1</b> can say how it would spread this: about $0.02,"
    )
    assert labels(phone.messages[-1]) == [ASK]
    assert oracle.asked == []


async def test_a_tap_asks_and_shows_both_spreads_side_by_side_and_no_button_that_trades(
    town, phone
):
    sits(town)
    await phone.says("/portfolio")
    await phone.taps(ASK)
    assert phone.lines == [
        "Portfolio · 0.00× the equity is held",
        "held now, suggested",
        "  0% 30% BTC",
        "  0% 20% ETH",
        "100% 50% cash",
        "Both move alike.",
        f"gpt-<b>6.1</b>, for the close of {town.clock.now():%H:00} · cost $0.02",
        "A suggestion: nothing is executed. It says how much, not long or short.",
    ]
    assert labels(phone.messages[-1]) == []
    assert await town.open_trades() == ()
    assert await town.waiting() == ()


async def test_what_was_asked_at_this_close_is_shown_again_for_nothing(town, phone):
    oracle = sits(town)
    await phone.says("/portfolio")
    await phone.taps(ASK)
    await phone.says("/portfolio")
    assert "Both move alike." in phone.lines
    assert len(oracle.asked) == 1
    await phone.says("/budget")
    assert phone.sees("today $0.02")


async def test_a_second_tap_on_the_same_button_asks_nobody_again(town, phone):
    oracle = sits(town)
    await phone.says("/portfolio")
    await phone.taps(ASK)
    await phone.taps(ASK)
    assert len(oracle.asked) == 1


async def test_the_next_close_is_another_question(town, phone):
    oracle = sits(town)
    await phone.says("/portfolio")
    await phone.taps(ASK)
    await town.lives()
    await phone.says("/portfolio")
    assert not phone.hears("Both move alike.")
    await phone.taps("Ask")
    assert len(oracle.asked) == 2


async def test_no_answer_is_said_with_its_reason_and_its_cost(town, phone):
    sits(town, Unsaid(failure=Failure.REFUSED, usage=Usage(input=20_000)))
    await phone.says("/portfolio")
    await phone.taps(ASK)
    assert "No usable answer (declined to answer) · cost $0.02" in phone.lines
    assert "Ask" in labels(phone.messages[-1])[0]


async def test_where_the_money_is_gone_nobody_is_asked(town, phone):
    oracle = sits(town)
    await phone.says("/budget 0")
    await phone.says("/portfolio")
    await phone.taps(ASK)
    assert phone.sees("No usable answer (")
    assert phone.sees("cost $0.00")
    assert oracle.asked == []


async def test_a_slow_model_keeps_nobody_waiting(town, phone, monkeypatch):
    monkeypatch.setattr("handlers.patience.SOON", 0.01)
    speaks = asyncio.Event()

    async def slowly():
        await speaks.wait()
        return suggestion(BTC=30)

    sits(town, slowly)
    await phone.says("/portfolio")
    await phone.taps(ASK)
    assert phone.text == "Asking the model; the suggestion comes when it has spoken."
    await phone.says("/positions")
    speaks.set()
    for _ in range(100):
        await phone.look()
        if phone.sees("Both move alike."):
            break
        await asyncio.sleep(0.02)
    assert phone.sees("Both move alike.")


async def test_a_models_words_are_text(town, phone):
    sits(town, suggestion("<b>Buy</b> & hold [x](http://a.b)", BTC=30))
    await phone.says("/portfolio")
    await phone.taps(ASK)
    assert f"<b>Buy</b> & hold [x](http:{JOINER}//a.{JOINER}b)" in phone.lines


async def test_who_may_only_look_looks_and_spends_nothing(town):
    oracle = sits(town)
    await town.ledger.commit(
        replace(person(), id=VIEWER, chat=VIEWER, role=Role.VIEWER, language=Language.EN)
    )
    viewer = town.phone(VIEWER, VIEWER)
    await viewer.says("/portfolio")
    assert viewer.sees("Portfolio · ")
    await viewer.taps(ASK)
    assert oracle.asked == []


async def test_what_costs_less_than_a_cent_is_said_to(town, phone):
    cheap = replace(PRICE, input=Decimal("0.01"), output=Decimal("0.01"))
    oracle = sits(town)
    seat = Seat(
        replace(MODEL, price=cheap),
        Consult(replace(MODEL, price=cheap), oracle, town.desk.minds.treasury.desk),
    )
    read = replace(town.desk.hands[ACCOUNT]["read_portfolio"], seat=lambda: seat)
    town.desk.hands[ACCOUNT]["read_portfolio"] = read
    await phone.says("/portfolio")
    assert labels(phone.messages[-1]) == ["Ask (about $0.001)"]


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        (("openai", "anthropic"), "gpt-6.1-terra"),
        (("anthropic",), "claude-haiku-5-5"),
        ((), None),
    ],
)
async def test_the_profile_says_who_is_asked_and_the_main_voice_stands_in(town, keys, name):
    access = {key: Access(Kind(key), "http://127.0.0.1:9") for key in keys}
    team = Team(load_catalogue(), "balanced", access, Language.EN, aliased=True)
    desk = town.desk
    council = Council(
        team, desk.minds.treasury, Clients(access), town.clock, town.market, desk.stores
    )
    seat = council.balancer()
    assert (seat and seat.model.name) == name


async def test_in_korean_too(founded):
    async with founded(Plan(language=Language.KO)) as town:
        phone = town.phone()
        sits(town, suggestion("둘이 함께 움직입니다.", BTC=30))
        await phone.says("/portfolio")
        assert phone.lines[0] == "포트폴리오 · 자산의 0.00배 보유"
        await phone.taps("물어보기 (약 $0.02)")
        close = town.clock.now() + timedelta(hours=9)
        assert phone.lines == [
            "포트폴리오 · 자산의 0.00배 보유",
            "현재 비중, 제안 비중",
            "  0% 30% BTC",
            "100% 70% 현금",
            "둘이 함께 움직입니다.",
            f"gpt-<b>6.1</b> · {close:%H:00} 마감 기준 · 비용 $0.02",
            "제안일 뿐이며 아무것도 실행되지 않습니다. 비중만 말하고 롱·숏은 말하지 않습니다.",
        ]
