"""Where the database is that a store's name means."""

from pathlib import Path

from bot.errors import NoSuchMarket
from bot.market.store_name import StoreName, store_name
from bot.settings import database_url, load_settings

MAKES_ONE = "`candles fetch` or `candles import` makes one"


def address(named: StoreName) -> str:
    """Of a database that is there already. Raises NoSuchMarket."""
    if named.file is not None:
        return f"sqlite:///{named.file.absolute()}"
    settings = load_settings()
    url = database_url(settings.database_url, settings.data_dir)
    if not settings.database_url and not settings.database_file.exists():
        raise NoSuchMarket(f"there is no candle store at {settings.database_file}; {MAKES_ONE}")
    return url


def whole(path: Path) -> str:
    """A path, or a store's name, as a process in another folder must be told it."""
    named = store_name(path)
    if named is None:
        return str(path.resolve())
    if named.file is None and load_settings().database_url:
        return str(path)
    file = (named.file or load_settings().database_file).resolve()
    return f"{file}:{named.venue}" if named.venue else str(file)
