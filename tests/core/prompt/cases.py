"""Candidates, positions and headlines to ask about."""

from dataclasses import replace
from datetime import timedelta

from core.domain.news import NewsFact, Tier
from core.domain.people import Language
from core.domain.trading import Side
from core.prompt import Holding, case_of
from tests.builders import CANDIDATE, DECISION, NOON
from tests.core.prompt.sights import SYMBOLS, some_sheet

SHEET = some_sheet(2, bare=True)
CASES = tuple(
    case_of(replace(CANDIDATE, symbol=symbol), replace(DECISION, symbol=symbol), SHEET)
    for symbol in SYMBOLS[:2]
)
FIRST, SECOND = sorted(CASES, key=lambda case: case.row.alias)
HOLDINGS = (
    Holding(symbol=SYMBOLS[1], side=Side.BUY, entry_bps=-35.2, age=12.5, stop_bps=-140.4),
    Holding(
        symbol="PEPE/USDT:USDT",
        side=Side.SELL,
        entry_bps=80.0,
        age=3.0,
        stop_bps=210.0,
        target_bps=-400.0,
    ),
)


def headline(title: str = "The SEC delays a decision on ETH funds", **parts) -> NewsFact:
    whole = {
        "id": "f1",
        "time": NOON - timedelta(hours=2),
        "seen_at": NOON,
        "source": "CoinDesk",
        "tier": Tier.NEWSROOM,
        "language": Language.EN,
        "title": title,
        "coins": ("ETH",),
        "url": "https://www.coindesk.com/a",
    }
    return NewsFact(**(whole | parts))
