"""Read candles, mark prices and funding from files or folders, whatever their names and packing."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.market.merge import merge
from bot.market.recording import Recording
from bot.market.table import load
from bot.market.unpack import candidates, unpack


def read(paths: Sequence[Path]) -> Recording:
    """Raises CandleFileError for a file that cannot be used; bad rows are in `report`."""
    return merge([load(source) for file in _files(paths) for source in unpack(file)])


def _files(paths: Iterable[Path]) -> list[Path]:
    """Each file once, in one order, however the paths were given."""
    return sorted({file.resolve(): file for path in paths for file in candidates(path)}.values())
