"""A table of all trades in which every line adds up."""

import csv
import io
from datetime import datetime
from decimal import Decimal

from bot.backtest.trades_csv import COLUMNS, trades_csv
from tests.bot.backtest.facts import run


def table(trades):
    return list(csv.DictReader(io.StringIO(trades_csv(trades))))


def test_every_trade_is_a_line_that_adds_up():
    lines = table(run().trades)
    assert len(lines) == len(run().trades)
    for line, trade in zip(lines, run().trades, strict=True):
        gross, fees, funding, net = (Decimal(line[n]) for n in ("gross", "fees", "funding", "net"))
        assert gross - fees + funding == net == trade.net


def test_all_of_them_make_the_closing_equity():
    net = sum(Decimal(line["net"]) for line in table(run().trades))
    assert run().scenario.equity + net == run().closing


def test_times_are_utc_and_words_are_codes():
    (line, *_), (trade, *_) = table(run().trades), run().trades
    assert datetime.fromisoformat(line["opened"]) == trade.opened_at
    assert line["opened"].endswith("+00:00")
    assert (line["symbol"], line["side"], line["reason"]) == (trade.symbol, trade.side, trade.exit)
    assert Decimal(line["stop"]) == trade.plan.stop_loss
    assert line["targets"].split() == [f"{target.price:f}" for target in trade.plan.targets]


def test_without_trades_there_is_only_a_head():
    assert trades_csv(()).split() == [",".join(COLUMNS)]
