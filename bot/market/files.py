"""Read candles, mark prices and funding from files or folders, whatever their names and packing."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from bot.market.merge import merge
from bot.market.recording import Recording
from bot.market.report import CandleFileError
from bot.market.store_name import store_name
from bot.market.table import load
from bot.market.unpack import candidates, unpack


def read(paths: Sequence[Path], symbols: Collection[str] = ()) -> Recording:
    """Also from a candle store, which may leave out symbols that nobody asks for.

    Raises CandleFileError for a file that cannot be used; bad rows are in `report`.
    """
    if any(map(store_name, paths)):
        return _stored(paths, symbols)
    return merge([load(source) for file in _files(paths) for source in unpack(file)])


def _stored(paths: Sequence[Path], symbols: Collection[str]) -> Recording:
    from bot.market.kept import read_store  # noqa: PLC0415 - SQLAlchemy, which files do not need

    if len(paths) > 1:
        raise CandleFileError("a candle store is read by itself, without files beside it")
    return read_store(paths[0], symbols)


def _files(paths: Iterable[Path]) -> list[Path]:
    """Each file once, in one order, however the paths were given."""
    return sorted({file.resolve(): file for path in paths for file in candidates(path)}.values())
