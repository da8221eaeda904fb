"""A file is there as a whole or not at all: it is written beside its place, then renamed."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bot.errors import Stop


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """`write` fills the file that it is given. Raises Stop, and leaves what was there before."""
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(beside)
        _sync(beside)
        beside.replace(path)
    except OSError as error:
        raise Stop(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            beside.unlink()


def _sync(path: Path) -> None:
    """A disk may say only now that it is full."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
