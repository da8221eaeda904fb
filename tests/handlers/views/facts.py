"""What views are made of, with fixed numbers; a test names only what it is about."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial

import numpy as np

from bot.words import load_words
from core.domain.ledger import EquityMark
from core.domain.market import FundingRate, Origin, Quote, to_millis
from core.domain.opinion import Abstention, Evidence, Opinion, Silence
from core.domain.people import Language
from core.domain.snapshot import MarketSnapshot
from core.domain.trading import Account, Position, Side
from core.owner import newcomer
from core.performance import tally
from core.reading import CardFacts, PositionFacts, StatusFacts
from core.reports import Curve, Money, Report
from core.risk import OpenRisk, Period, Standing
from handlers.words import Reader
from tests.builders import (
    ACCOUNT,
    INSTRUMENT,
    NOON,
    SYMBOL,
    decision,
    opinion,
    plan,
    proposal,
    settings,
    trade,
)
from tests.fakes import frame

WORDS = load_words()
ETH, PEPE = "ETH/USDT:USDT", "1000PEPE/USDT:USDT"
FOUR_PM = NOON + timedelta(hours=4)
VIEWS = (
    opinion(
        evidence=tuple(
            Evidence(*item)
            for item in (("rsi", 61.2), ("adx", 27.4), ("trend", 1.26), ("atr", 0.0091))
        )
    ),
    opinion(analyst="breakout", p_up=0.53, effective_n=44.0),
    Abstention("mean_reversion", SYMBOL, Silence.NO_SETUP),
)


def reader(language=Language.EN, krw=None):
    person = newcomer(42, 42, "Mina", language)
    return Reader(person, WORDS[language], None if krw is None else Decimal(krw))


def quote(symbol=SYMBOL, last="64251.9", mark=None, at=FOUR_PM):
    return Quote(symbol, at, Decimal(last), Decimal(mark or last))


def snapshot(origin=Origin.SYNTHETIC):
    closes = 64_000 + 300 * np.sin(np.arange(300) / 9)
    funding = FundingRate(NOON - timedelta(hours=4), Decimal("0.0001"))
    return MarketSnapshot(INSTRUMENT, NOON, frame(np.round(closes, 1)), origin, funding, FOUR_PM)


def card_facts(**changes):
    usual = {
        "proposal": proposal(),
        "decision": decision(views=VIEWS),
        "instrument": INSTRUMENT,
        "snapshot": snapshot(),
        "settings": settings(),
        "origin": Origin.SYNTHETIC,
        "now": NOON,
    }
    return CardFacts(**usual | changes)


def position_facts(**changes):
    traded = changes.get("trade", trade())
    usual = {
        "trade": traded,
        "instrument": INSTRUMENT,
        "quote": quote(),
        "now": FOUR_PM,
        "position": Position(
            symbol=traded.symbol,
            amount=traded.remaining * traded.side.sign,
            entry_price=traded.entry_price,
            leverage=3,
            margin=Decimal("554.67"),
            mark_price=Decimal("64251.9"),
            liquidation_price=Decimal("42838.04"),
            opened_at=NOON,
        ),
        "stop_seen": FOUR_PM - timedelta(seconds=3),
        "funding": None,
        "next_funding": None,
        "settings": settings(),
        "origin": Origin.SYNTHETIC,
    }
    return PositionFacts(**usual | changes)


def standing(**changes):
    usual = {
        "now": FOUR_PM,
        "equity": Decimal("10009.60"),
        "free_margin": Decimal("9446.40"),
        "started": dict.fromkeys(Period, Decimal(10_000)),
        "open": (OpenRisk(SYMBOL, Side.BUY, Decimal("29.4"), Decimal("22.9"), Decimal("1670.5")),),
    }
    return Standing(**usual | changes)


def status_facts(**changes):
    usual = {
        "now": FOUR_PM,
        "account": Account(Decimal("9999.17"), Decimal("10009.60"), Decimal("9446.40")),
        "settings": settings(),
        "standing": standing(),
        "quotes": {SYMBOL: quote(), ETH: quote(ETH, "3051.2")},
        "instruments": {SYMBOL: INSTRUMENT, ETH: INSTRUMENT},
        "waiting": (),
        "looks": 168,
        "proposals": 9,
        "next_look": FOUR_PM + timedelta(minutes=15),
        "origin": Origin.SYNTHETIC,
    }
    return StatusFacts(**usual | changes)


def report(closed=(), answers=None, shadows=None, **changes):
    marks = [
        EquityMark(ACCOUNT, NOON - timedelta(days=days), Decimal(worth), Decimal(worth))
        for days, worth in ((3, 10_000), (2, 10_040), (1, 9_990), (0, 10_010))
    ]
    curve = Curve(
        np.array([to_millis(mark.at) for mark in marks], dtype=np.int64),
        np.array([float(mark.equity) for mark in marks]),
    )
    usual = {
        "account": ACCOUNT,
        "start": datetime(2023, 12, 29, tzinfo=UTC),
        "end": FOUR_PM,
        "money": Money(Decimal(10_000), Decimal("10009.60"), Decimal("3.33"), Decimal("-0.42")),
        "curve": curve,
        "closed": tuple(closed),
        "tally": tally(closed),
        "exits": Counter(one.exit for one in closed),
        "answers": answers or {},
        "shadows": shadows or {},
        "open_positions": 1,
        "open_orders": 3,
    }
    return Report(**usual | changes)


opinion_of = partial(Opinion, symbol=SYMBOL)
plan_of = plan
