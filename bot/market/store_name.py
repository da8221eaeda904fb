"""When does a path that somebody typed mean a candle store?

`store` is the database of the settings, `store:bybit` one venue in it; an SQLite file of a desk
stands for itself, `data/desk.sqlite3:bybit` for one venue in it.
"""

from dataclasses import dataclass
from pathlib import Path

STORE = "store"
MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class StoreName:
    """No `file`: the database of the settings. No `venue`: the only one there."""

    file: Path | None
    venue: str = ""


def store_name(path: Path) -> StoreName | None:
    """None: an ordinary file or folder, even one that happens to be called `store`."""
    text = str(path)
    if path.exists():
        return StoreName(path) if _is_database(path) else None
    before, colon, venue = text.rpartition(":")
    if STORE in {text, before}:
        return StoreName(None, venue if colon else "")
    return StoreName(Path(before), venue) if colon and _is_database(Path(before)) else None


def _is_database(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC
