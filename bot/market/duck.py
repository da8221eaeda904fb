"""DuckDB, which reads and writes Parquet: only where Parquet is asked for."""

from types import ModuleType

from bot.errors import Stop

HOW = "Parquet needs DuckDB: uv sync --extra research"


def duckdb() -> ModuleType:
    """Raises Stop, which says how to install it."""
    try:
        import duckdb as module  # noqa: PLC0415 - an extra, and a tenth of a second
    except ModuleNotFoundError as error:
        raise Stop(HOW) from error
    return module
