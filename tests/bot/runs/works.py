"""Pieces of work about a small made-up market, as a desk in the middle of it would hand them over."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from bot.runs.place import Place
from core.backtest.ports import Work
from core.backtest.record import Kind
from core.backtest.request import Request
from core.domain.market import Timeframe
from core.domain.people import Language
from core.owner import opening_settings

BTC, ETH = "BTC/USDT:USDT", "ETH/USDT:USDT"
OPENED = datetime(2026, 1, 5, tzinfo=UTC)
NOW = OPENED + timedelta(days=60, minutes=31)
PLACE = Place(first=OPENED)
SETTINGS = opening_settings((BTC, ETH), Timeframe.H1)


def request(kind=Kind.BACKTEST, **changes):
    usual = {"kind": kind, "symbols": (BTC,), "timeframe": Timeframe.H1, "days": 30}
    return Request(**usual | {"trials": 0 if kind is Kind.BACKTEST else 5} | changes)


def work(name="one", asked=None, **changes):
    usual = {
        "id": name,
        "request": asked or request(),
        "settings": SETTINGS,
        "equity": Decimal(9876),
        "now": NOW,
        "language": Language.EN,
    }
    return Work(**usual | changes)
