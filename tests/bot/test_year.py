"""Recorded days through the whole bot: market, engine, ledger, Telegram and reports."""

import asyncio
import re
import sys
from contextlib import asynccontextmanager
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import aiohttp
import pytest

from bot.storage.database import Database
from bot.storage.ledger import SqlLedger
from bot.storage.paper import SqlPaperStore
from core.domain.trading import Fill
from core.owner import ACCOUNT

CHECKOUT = Path(__file__).parents[2]
MARKET = CHECKOUT.parent / "shared" / "market"
FILES = [
    MARKET / "1h" / "BTCUSDT_1h.csv.gz",
    MARKET / "funding" / "BTCUSDT_funding.csv.gz",
    MARKET / "mark_1h" / "BTCUSDT_mark_1h.csv.gz",
]
ENDED = "The recorded market ends here"

NIGHTLY = [pytest.mark.nightly, pytest.mark.timeout(1200)]

pytestmark = [
    pytest.mark.real,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not FILES[0].exists(), reason="no recorded market beside the checkout"),
]


@asynccontextmanager
async def desk(folder, first, last):
    """The real process, living through the recording with its autopilot."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--no-open", "--port", "0", "--language", "en",
        "--candles", *map(str, FILES), "--from", first, "--to", last, "--timeframe", "1h",
        "--speed", "0", "--autopilot", "--data", str(folder),
        cwd=CHECKOUT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield (await process.stdout.readline()).decode().split()[-1]
    finally:
        process.terminate()
        await process.wait()


class Chat:
    """The person's side, as other clients use it."""

    def __init__(self, session, url):
        self.session, self.url, self.seq = session, url, 0

    async def says(self, text):
        async with self.session.post(f"{self.url}/person/messages", json={"text": text}) as answer:
            answer.raise_for_status()

    async def sees(self, words):
        """The first message from now on that holds these words."""
        while True:
            query = {"after": self.seq, "wait": 20}
            async with self.session.get(f"{self.url}/person/chat", params=query) as answer:
                messages = await answer.json()
            for message in messages:
                self.seq = max(self.seq, message["seq"])
            for message in messages:
                if message["from"] == "bot" and words in (message["text"] or ""):
                    return message


@pytest.mark.parametrize(
    ("last", "least"),
    [
        pytest.param("2024-01-10", 3, id="ten days"),
        pytest.param("2024-12-31", 60, id="a year", marks=NIGHTLY),
    ],
)
async def test_the_report_agrees_with_the_ledger_to_the_cent(tmp_path, last, least):
    async with (
        desk(tmp_path, "2024-01-01", last) as url,
        aiohttp.ClientSession() as session,
    ):
        chat = Chat(session, url)
        await chat.says("/start")
        await chat.sees(ENDED)
        await chat.says("/report all")
        report = await chat.sees("All ")

    assert report["photo"]
    equity = Decimal(re.search(r"1 Equity ([\d,.]+) USDT", report["text"])[1].replace(",", ""))
    sums = [Decimal(n.replace(",", "")) for n in re.findall(r"[-+]?[\d,]+\.\d\d", line(report, 2))]
    ledger = await booked(tmp_path)
    assert sums == [ledger["change"], ledger["trading"], ledger["fees"], ledger["funding"]]
    assert equity == Decimal(10_000) + ledger["change"]
    assert ledger["trades"] >= least
    assert ledger["worst_month"] > Decimal("-0.02")


def line(report, number):
    return next(row for row in report["text"].split("\n") if row.startswith(f"{number} "))


async def booked(folder):
    """The same sums out of the ledger's rows, by plain addition."""
    database = await Database.open(f"sqlite:///{folder / 'desk.sqlite3'}")
    try:
        ledger, paper = SqlLedger(database), SqlPaperStore(database)
        rows = [row.activity for row in await ledger.booked(ACCOUNT)]
        marks = await ledger.equity_marks(ACCOUNT)
        state = await paper.load(ACCOUNT)
        closed = await ledger.closed_trades(ACCOUNT)
    finally:
        await database.close()
    fills = [row for row in rows if isinstance(row, Fill)]
    fees = sum(fill.fee for fill in fills)
    funding = sum(row.amount for row in rows if not isinstance(row, Fill))
    realized = sum(fill.realized_pnl for fill in fills)
    assert state.wallet == 10_000 + realized - fees + funding
    open_pnl = sum(
        (book.mark - book.holding.entry_price) * book.holding.amount
        for book in state.books.values()
        if book.holding
    )
    return {
        "change": cents(state.wallet + open_pnl - 10_000),
        "trading": cents(realized + open_pnl),
        "fees": cents(-fees),
        "funding": cents(funding),
        "trades": len(closed),
        "worst_month": worst_month(marks),
    }


def worst_month(marks):
    """The deepest that any calendar month has gone below the equity it began with."""
    worst, before = Decimal(0), marks[0].equity
    for _, month in groupby(marks, key=lambda mark: (mark.at.year, mark.at.month)):
        equity = [mark.equity for mark in month]
        worst = min(worst, min(equity) / before - 1)
        before = equity[-1]
    return worst


def cents(value):
    return Decimal(f"{value:.2f}")
