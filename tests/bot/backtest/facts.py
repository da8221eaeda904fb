"""A small synthetic market, what was asked about it, and a record made of a made-up run."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from bot.backtest.options import BacktestAsked
from bot.backtest.question import question, scenario
from bot.backtest.record import Circumstances, finish
from bot.backtest.stretch import stretch
from bot.words import load_words
from core.domain.people import Language
from core.owner import newcomer
from handlers.words import Reader
from tests.bot.backtest.runs import made_run

ASKED = BacktestAsked(symbols=("BTC/USDT:USDT", "ETH/USDT:USDT"), days=90)
AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
WORDS = load_words()


@cache
def market(asked=ASKED):
    return stretch(asked)


@cache
def run(trades=40, asked=ASKED):
    return made_run(market(asked).histories, scenario(asked, market(asked)), trades)


def record(trades=40, asked=ASKED, **circumstances):
    said = replace(Circumstances(at=AT, seconds=0.25, seed=7), **circumstances)
    return finish(
        run(trades, asked), market(asked).histories, question(asked, market(asked)), said
    )


def reader(language=Language.EN):
    return Reader(newcomer(0, 0, "", language), WORDS[language])
