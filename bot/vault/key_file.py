"""The file with the words of the master key: its owner's own, closed to everybody else."""

import fcntl
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.vault.errors import KeyFileRefused
from core.domain.secret import Secret

LARGEST, LEAST = 4_096, 32
MODE = 0o400
CLOSED = (0o400, 0o600)
LOOK = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
MAKE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


def fresh_words() -> Secret:
    """256 bits, in letters that survive a terminal."""
    return Secret(secrets.token_urlsafe(32))


def read_key_file(path: Path, *, guarded: bool = False) -> Secret | None:
    """None where there is none. A `guarded` one is looked after by somebody else: systemd.

    Raises KeyFileRefused for a file that others could read or have written.
    """
    try:
        file = os.open(path, LOOK)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeyFileRefused(f"{path}: {error.strerror}") from None
    try:
        _must_be_closed(path, os.fstat(file), guarded=guarded)
        return _words(path, os.read(file, LARGEST))
    finally:
        os.close(file)


def make_key_file(path: Path, words: Secret) -> None:
    """Raises KeyFileRefused where there is one already, or none can be made."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, MAKE, MODE), "w", encoding="ascii") as file:
            os.fchmod(file.fileno(), MODE)
            file.write(f"{words.reveal()}\n")
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise KeyFileRefused(f"{path} is there already") from None
    except OSError as error:
        raise KeyFileRefused(f"{path}: {error.strerror}") from None
    _settle(path.parent)


def coming(path: Path) -> Path:
    """Where the next key lies until the vault has taken it."""
    return path.with_name(f"{path.name}.new")


def arrive(path: Path) -> None:
    """The next key becomes the key, unless somebody has seen to it already."""
    with suppress(FileNotFoundError):
        coming(path).replace(path)
    _settle(path.parent)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """One change of the key file at a time. Raises KeyFileRefused; ends with the process."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise KeyFileRefused(f"{path.parent}: {error.strerror}") from None
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise KeyFileRefused(f"{path}: it is being changed by another process") from None
    finally:
        os.close(folder)


def must_lie_outside(path: Path, folder: Path) -> None:
    """Raises KeyFileRefused for a key that would be copied together with what it opens."""
    if path.resolve().is_relative_to(folder.resolve()):
        raise KeyFileRefused(
            f"KEY_FILE: {path} lies in DATA_DIR, and a copy of the one would be a copy of both"
        )


def _must_be_closed(path: Path, found: os.stat_result, *, guarded: bool) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise KeyFileRefused(f"{path} is not a file")
    if guarded:
        return
    if found.st_uid != os.geteuid():
        raise KeyFileRefused(f"{path} belongs to another user: chown it to the desk's")
    if stat.S_IMODE(found.st_mode) not in CLOSED:
        raise KeyFileRefused(f"{path} is open to others: chmod 400 it")


def _words(path: Path, raw: bytes) -> Secret:
    text = raw.strip()
    if not (LEAST <= len(text) < LARGEST and text.isascii()):
        raise KeyFileRefused(f"{path} is no key: it needs one line of {LEAST} letters or more")
    return Secret(text.decode("ascii"))


def _settle(folder: Path) -> None:
    """What was made or renamed outlives a power cut."""
    file = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(file)
    finally:
        os.close(file)
