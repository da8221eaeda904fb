"""Gives a vault other keys, so that whoever is killed in the middle can still open it."""

from bot.vault.chores import Bench, new_passphrase
from bot.vault.errors import KeyFileRefused, VaultChanged
from bot.vault.finding import Opened
from bot.vault.key_file import (
    alone,
    arrive,
    coming,
    fresh_words,
    make_key_file,
    must_lie_outside,
    read_key_file,
)
from bot.vault.lock import Kind, lock_with, next_key
from bot.vault.vault import lock_of, relock, reseal


async def rotate_data(bench: Bench) -> tuple[str, ...]:
    """Every field under a new data key, behind the same master key. Raises VaultError."""
    opened = await bench.opened()
    after = next_key(opened.data)
    new = lock_with(opened.words, opened.lock.kind, after, bench.stretch)
    await reseal(bench.database, opened.lock, new, (opened.data, after))
    return bench.t("keys.resealed"), bench.t("keys.next_start")


async def rotate_master(bench: Bench, kind: Kind | None) -> tuple[str, ...]:
    """The same data key behind a new master key; of the same kind, unless one is named.

    Raises VaultError.
    """
    opened = await bench.opened()
    if (kind or opened.lock.kind) is Kind.FILE:
        return await _to_file(bench, opened)
    words = new_passphrase(bench.t)
    new = lock_with(words, Kind.TYPED, opened.data, bench.stretch)
    await relock(bench.database, opened.lock, new)
    return bench.t("keys.rotated"), bench.t("keys.reboot")


async def _to_file(bench: Bench, opened: Opened) -> tuple[str, ...]:
    """The new key is on file before the vault takes it, and has its name after."""
    path = bench.places.key_file
    must_lie_outside(path, bench.folder)
    with alone(path):
        await _must_be_ours(bench, opened)
        coming(path).unlink(missing_ok=True)
        words = fresh_words()
        make_key_file(coming(path), words)
        new = lock_with(words, Kind.FILE, opened.data, bench.stretch)
        await relock(bench.database, opened.lock, new)
        arrive(path)
    return bench.t("keys.rotated"), bench.t("keys.lies", path=path)


async def _must_be_ours(bench: Bench, opened: Opened) -> None:
    """Nobody's key is written over: neither one that the vault has just taken, nor another desk's."""
    if await lock_of(bench.database) != opened.lock:
        raise VaultChanged
    path = bench.places.key_file
    if read_key_file(path) not in {None, opened.words}:
        raise KeyFileRefused(f"KEY_FILE: {path} holds another key: move it away first")
