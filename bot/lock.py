"""One process a data folder: the system holds the lock, and lets it go however the process ends."""

import errno
import fcntl
import hashlib
import os
import platform
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import Stop
from core.ports import Clock

NAME = "desk.lock"
BOOT = Path("/proc/sys/kernel/random/boot_id")
MACHINE = Path("/etc/machine-id")
LONGEST = 200


class FolderHeld(Stop):
    """The sentence says who holds it."""


@contextmanager
def hold(folder: Path, wall: Clock) -> Iterator[str]:
    """The folder is ours until the end of the block; what comes is its `place`.

    A lease that was taken at the same place belonged to a process that is over: it had this lock.
    Raises FolderHeld.
    """
    path = folder / NAME
    file = _open(path)
    try:
        _lock(file, path)
        _sign(file, f"process {os.getpid()} on {platform.node()} since {wall.now():%F %T} UTC")
        yield place(os.fstat(file))
    finally:
        os.close(file)


def place(found: os.stat_result) -> str:
    """The same only for the same file on the same machine since it was switched on.

    Where a machine does not say when that was, every start is a place of its own.
    """
    try:
        boot = BOOT.read_text(encoding="ascii")
    except OSError:
        boot = secrets.token_hex()
    machine = MACHINE.read_text(encoding="ascii") if MACHINE.is_file() else ""
    known = f"{boot}|{machine}|{found.st_dev}|{found.st_ino}"
    return f"{platform.node()}.{hashlib.sha256(known.encode()).hexdigest()[:16]}"


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise FolderHeld(f"{path} cannot be opened: {error.strerror}") from None


def _lock(file: int, path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in {errno.EWOULDBLOCK, errno.EACCES}:
            raise FolderHeld(f"{path} cannot be locked: {error.strerror}") from None
        who = os.pread(file, LONGEST, 0).decode("utf-8", "replace").strip() or "another process"
        raise FolderHeld(
            f"{path.parent} belongs to a desk that is running ({who}): stop that one first, "
            "or give this one another DATA_DIR"
        ) from None


def _sign(file: int, words: str) -> None:
    os.ftruncate(file, 0)
    os.pwrite(file, f"{words}\n".encode(), 0)
