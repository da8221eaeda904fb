"""The ledger as well as it can be had: beside a desk that lives, locked, read-only, on a full disk.

Nothing is made, migrated or waited for long; a file that cannot be opened where it lies is read
from a copy in memory.
"""

import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bot.errors import WrongSetting
from bot.storage.database import Database
from bot.storage.engines import HURRIED, LOOKING_ON, Manner, parse
from bot.storage.errors import DeskStorageError
from bot.vault.rows import read_lock

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it, closed to others


@asynccontextmanager
async def ledger_at(url: str, *, writes: bool) -> AsyncIterator[Database]:
    """Raises DeskStorageError where not even a copy can be read, WrongSetting where there is none."""
    async with AsyncExitStack() as opened:
        try:
            database = await _open(url, HURRIED if writes else LOOKING_ON, opened)
        except DeskStorageError:
            if (file := _file(url)) is None:
                raise
            folder = opened.enter_context(_folder())
            database = await _open(_copied(file, Path(folder)), LOOKING_ON, opened)
        yield database


async def _open(url: str, manner: Manner, opened: AsyncExitStack) -> Database:
    """Proven by a look at what lies behind everything else: the lock of the keys."""
    if (file := _file(url)) and not file.is_file():
        raise WrongSetting(f"there is no ledger at {file}: DATA_DIR or --data names its folder")
    database = await Database.open(url, manner)
    opened.push_async_callback(database.close)
    await database.read(read_lock)
    return database


def _file(url: str) -> Path | None:
    address = parse(url)
    return None if address.get_backend_name() == "postgresql" else Path(str(address.database))


def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(
        prefix="nightdesk-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None
    )


def _copied(file: Path, folder: Path) -> str:
    """With what has been committed and not yet been moved into the file itself."""
    copy = folder / file.name
    try:
        shutil.copyfile(file, copy)
        log = file.with_name(f"{file.name}-wal")
        if log.is_file():
            shutil.copyfile(log, copy.with_name(log.name))
    except OSError as error:
        raise DeskStorageError(f"cannot read {file}: {error.strerror}") from error
    return f"sqlite:///{copy}"
