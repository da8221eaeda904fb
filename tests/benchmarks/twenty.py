"""A ledger that holds twenty open positions, and twenty little markets to price them in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bot.storage.database import Database
from bot.storage.ledger import SqlLedger
from bot.storage.migrations import migrate
from bot.storage.paper import SqlPaperStore
from core.domain.market import Timeframe
from core.domain.paper import Book, Holding, PaperState
from core.domain.trade import Trade, TradeStatus
from core.owner import ACCOUNT, opening_settings
from tests.benchmarks.bots import OWNER, process, server
from tests.builders import plan, trade

POSITIONS = 20
CANDLES = 24 * 20
END = datetime(2024, 3, 1, 1, tzinfo=UTC)
SYMBOLS = tuple(f"A{chr(65 + number)}A/USDT:USDT" for number in range(POSITIONS))


@asynccontextmanager
async def desk_with_twenty_positions() -> AsyncIterator[str]:
    """One candle before the end of its data, so that nothing but the chat is busy."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_candles(folder / "candles")
        await write_ledger(folder)
        words = ["-m", "bot", "run", "--candles", str(folder / "candles"), "--from", "2024-03-01"]
        words += ["--speed", "0", "--data", name]
        async with server() as url, process(words, environment(url)):
            yield url


def environment(url: str) -> dict[str, str]:
    said = {"TELEGRAM_TOKEN": "42:benchmark", "TELEGRAM_API_URL": url, "OWNER_ID": str(OWNER.id)}
    return {**said, "LANGUAGE": "en", "LOG_LEVEL": "WARNING", "PATH": ""}


def write_candles(folder: Path) -> None:
    folder.mkdir()
    rows = np.random.default_rng(20)
    start = END - timedelta(hours=CANDLES)
    for symbol in SYMBOLS:
        closes = 100 * np.exp(np.cumsum(rows.normal(0, 0.0005, CANDLES)))
        lines = ["ts,open,high,low,close,volume"]
        for row, close in enumerate(closes):
            time = int((start + timedelta(hours=row)).timestamp() * 1000)
            before = closes[row - 1] if row else 100.0
            high, low = max(before, close) * 1.0001, min(before, close) * 0.9999
            lines.append(
                f"{time},{before:.2f},{high + 0.01:.2f},{low - 0.01:.2f},{close:.2f},1000"
            )
        base = symbol.partition("/")[0]
        (folder / f"{base}USDT_1h.csv").write_text("\n".join(lines) + "\n")


async def write_ledger(folder: Path) -> None:
    database = await Database.open(f"sqlite:///{folder / 'desk.sqlite3'}")
    try:
        await migrate(database)
        trades = [open_trade(number, symbol) for number, symbol in enumerate(SYMBOLS)]
        books = {held.symbol: book(held) for held in trades}
        state = PaperState(Decimal(10_000), 0, books)
        await SqlPaperStore(database).save(ACCOUNT, state)
        await SqlLedger(database).commit(opening_settings(SYMBOLS, Timeframe.H1), *trades)
    finally:
        await database.close()


def open_trade(number: int, symbol: str) -> Trade:
    """A long from 100 with its stop far away."""
    meant = replace(
        plan(),
        symbol=symbol,
        amount=Decimal(1),
        entry_limit=Decimal(100),
        stop_loss=Decimal(80),
        targets=(replace(plan().targets[0], price=Decimal(150), share=Decimal(1)),),
    )
    return replace(
        trade(plan=meant),
        id=f"twen{chr(97 + number)}a",
        account=ACCOUNT,
        stop=Decimal(80),
        targets=meant.targets,
        status=TradeStatus.OPEN,
        amount=Decimal(1),
        remaining=Decimal(1),
        entry_price=Decimal(100),
        extreme=Decimal(100),
        opened_at=END - timedelta(hours=2),
        created_at=END - timedelta(hours=2),
    )


def book(held: Trade) -> Book:
    holding = Holding(
        amount=held.amount,
        entry_price=held.entry_price,
        margin=Decimal(100) / 3,
        leverage=3,
        opened_at=END - timedelta(hours=2),
    )
    return Book(
        symbol=held.symbol, seen=END - timedelta(hours=1), mark=Decimal(100), holding=holding
    )
