"""The files of a report: a page to look at, the record to compute with, a table of all trades."""

from collections.abc import Sequence
from pathlib import Path

from bot.backtest.html import NOTHING_MORE, More, page
from bot.backtest.trades_csv import trades_csv
from bot.errors import Stop
from bot.storage.codec import encode
from core.backtest.record import Record
from core.domain.trade import Trade
from handlers.words import Reader

HTML, JSON, CSV = "report.html", "report.json", "trades.csv"


def write_report(
    folder: Path,
    reader: Reader,
    record: Record,
    trades: Sequence[Trade],
    more: More = NOTHING_MORE,
) -> tuple[Path, ...]:
    """Into a folder that is there; older ones are replaced. Raises Stop."""
    texts = {
        HTML: page(reader, record, trades, CSV, more),
        JSON: encode(record) + "\n",
        CSV: trades_csv(trades),
    }
    try:
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise Stop(f"cannot write {error.filename}: {error.strerror}") from None
    return tuple(folder / name for name in texts)
