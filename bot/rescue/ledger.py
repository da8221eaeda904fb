"""The ledger as well as it can be had: beside a desk that lives, locked, read-only, on a full disk.

Nothing is made, migrated or waited for long. Where SQLite cannot make its own files beside it, the
file is read as it lies, or from a copy in memory.
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

IMMUTABLE = "immutable=1&uri=true"
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
            database = await _open(_as_it_lies(file, opened), LOOKING_ON, opened)
        yield database


async def _open(url: str, manner: Manner, opened: AsyncExitStack) -> Database:
    """Proven by a look at what lies behind everything else: the lock of the keys."""
    if IMMUTABLE not in url and (file := _file(url)) and not file.is_file():
        raise WrongSetting(f"there is no ledger at {file}: DATA_DIR or --data names its folder")
    database = await Database.open(url, manner)
    opened.push_async_callback(database.close)
    await database.read(read_lock)
    return database


def _file(url: str) -> Path | None:
    address = parse(url)
    return None if address.get_backend_name() == "postgresql" else Path(str(address.database))


def _as_it_lies(file: Path, opened: AsyncExitStack) -> str:
    """Where the file is whole, nothing has to be written anywhere to read it; where a part of it
    still lies beside it, both are copied.
    """
    log = _log(file)
    if not log.is_file() or not log.stat().st_size:
        return f"sqlite:///{file.absolute().as_uri()}?{IMMUTABLE}"
    return _copied(file, Path(opened.enter_context(_folder())))


def _log(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")


def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(
        prefix="nightdesk-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None
    )


def _copied(file: Path, folder: Path) -> str:
    copy = folder / file.name
    try:
        shutil.copyfile(file, copy)
        shutil.copyfile(_log(file), _log(copy))
    except OSError as error:
        raise DeskStorageError(f"cannot read {file}: {error.strerror}") from error
    return f"sqlite:///{copy}"
