"""The files of a search: a backtest's, what was found as JSON, and the map as a picture."""

from pathlib import Path

from bot.backtest.command import reader
from bot.backtest.files import write_report
from bot.backtest.options import BacktestAsked
from bot.charts.drawing import draw
from bot.errors import Stop
from bot.search.console import Told
from bot.search.page import more
from bot.storage.codec import encode
from core.backtest.findings import Findings
from core.backtest.record import Record
from core.backtest.run import Run
from handlers.views.search.picture import heat_picture

SEARCH, MAP = "search.json", "sensitivity.png"


def write(asked: BacktestAsked, record: Record, run: Run, told: Told) -> tuple[Path, ...]:
    """Into the report's folder, which is there. Raises Stop."""
    folder, person = asked.report or Path(), reader(asked.language)
    files = {SEARCH: f"{encode(told)}\n".encode()}
    if isinstance(told, Findings) and told.sensitivity:
        files[MAP] = draw(heat_picture(person, record, told.sensitivity, dark=False))
    paths = write_report(folder, person, record, run.trades, more(person, record, told))
    try:
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise Stop(f"cannot write {error.filename}: {error.strerror}") from None
    return (*paths, *(folder / name for name in files))
