"""Opinions belong to the market: however many accounts there are, it is asked once."""

from bot.looking import Look
from core.domain.market import Timeframe
from core.domain.tuning import STANDARD, Tuning
from tests.builders import decision, settings
from tests.fakes import MemoryLedger

BTC, ETH, SOL = "BTC/USDT:USDT", "ETH/USDT:USDT", "SOL/USDT:USDT"
TUNED = Tuning(quorum=1)


class Committee:
    def __init__(self):
        self.asked = []

    async def __call__(self, symbols, timeframe, tuning):
        self.asked.append((symbols, timeframe, tuning))
        return tuple(decision(id=f"{s[:3]}{tuning.quorum}", symbol=s) for s in symbols)


def looking(*accounts):
    names = tuple(one.account for one in accounts)
    return Look(names, MemoryLedger(*accounts), Committee())


def seen(look, account):
    return [made.symbol for made in look.formed[account]]


async def test_one_question_serves_all_accounts_and_each_has_what_it_follows():
    look = looking(
        settings(account="paper", symbols=(BTC, ETH)),
        settings(account="demo", symbols=(ETH, SOL)),
        settings(account="live", symbols=(BTC,)),
    )
    await look.form()
    assert look.form_decisions.asked == [((BTC, ETH, SOL), Timeframe.M15, STANDARD)]
    assert [seen(look, name) for name in look.accounts] == [[BTC, ETH], [ETH, SOL], [BTC]]
    assert look.formed["paper"][0] is look.formed["live"][0]


async def test_an_account_that_tries_other_numbers_asks_another_question():
    look = looking(
        settings(account="paper", symbols=(BTC,), tuning=TUNED),
        settings(account="live", symbols=(BTC, ETH)),
        settings(account="demo", symbols=(BTC,)),
    )
    await look.form()
    assert [(symbols, tuning) for symbols, _, tuning in look.form_decisions.asked] == [
        ((BTC,), TUNED),
        ((BTC, ETH), STANDARD),
    ]
    assert look.formed["demo"][0] is look.formed["live"][0]
    assert look.formed["paper"][0] is not look.formed["live"][0]


async def test_what_was_not_taken_up_is_forgotten_at_the_next_look():
    look = looking(settings(account="paper", symbols=(BTC,)))
    await look.form()
    look.formed["gone"] = ()
    await look.form()
    assert set(look.formed) == {"paper"}
