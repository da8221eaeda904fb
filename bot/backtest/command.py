"""`python -m bot backtest`: read the market, replay the desk over it, say what came of it."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bot.backtest.console import report
from bot.backtest.models import must_be_possible, recorded, spoken
from bot.backtest.options import BacktestAsked, read_backtest
from bot.backtest.progress import Progress
from bot.backtest.question import question, scenario
from bot.backtest.record import Circumstances, finish
from bot.backtest.stretch import Stretch, stretch
from bot.errors import Stop
from bot.market.clock import SystemClock
from bot.words import load_words
from core.backtest.record import Record
from core.backtest.replay import replay
from core.backtest.run import Run
from core.domain.people import Language
from core.owner import newcomer
from handlers.words import Reader


def main(words: Sequence[str]) -> int:
    """The exit code. Raises Stop for a question or a market that is wrong."""
    asked = read_backtest(words)
    must_be_possible(asked)
    make_folder(asked.report)
    progress = Progress(asked.progress)
    with progress.stage("read"):
        market = stretch(asked)
    recorded(asked, market, progress)
    voices = spoken(asked, market)
    with progress.stage("replay"):
        run, seconds = timed(asked, voices.market)
    with progress.stage("judge"):
        said = Circumstances(
            at=SystemClock().now(),
            seconds=seconds,
            seed=asked.seed,
            late=asked.late,
            cutoffs=voices.cutoffs,
            paid=voices.cost,
            rules=timed(asked, voices.silent)[0] if voices.silent else None,
        )
        record = finish(run, voices.market.histories, question(asked, market), said)
    _answer(asked, record, run, progress)
    return 0


def timed(asked: BacktestAsked, market: Stretch) -> tuple[Run, float]:
    """The run, and the seconds that the engine took for it."""
    began = time.perf_counter()
    run = replay(market.histories, scenario(asked, market))
    return run, time.perf_counter() - began


def reader(language: Language) -> Reader:
    """Somebody at a console, with the habits of their language."""
    return Reader(newcomer(0, 0, "", language), load_words()[language])


def make_folder(folder: Path | None) -> None:
    """Better before the work than after it. Raises Stop."""
    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(f"cannot make the folder {folder}: {error.strerror}") from None


def _answer(asked: BacktestAsked, record: Record, run: Run, progress: Progress) -> None:
    written: tuple[Path, ...] = ()
    if asked.report:
        from bot.backtest.files import write_report  # noqa: PLC0415 - a second of matplotlib

        with progress.stage("report"):
            written = write_report(asked.report, reader(asked.language), record, run.trades)
    if asked.json:
        from bot.storage.codec import encode  # noqa: PLC0415 - pydantic, only where it is asked

        sys.stdout.write(f"{encode(record)}\n")
        return
    sys.stdout.write(f"{report(reader(asked.language), record)}\n")
    sys.stdout.writelines(f"{path}\n" for path in written)
