"""What can be done with a vault from the console, one function a command."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.errors import WrongQuestion
from bot.storage.database import Database
from bot.vault.errors import NO_VAULT, KeyFileRefused, VaultLocked
from bot.vault.finding import Opened, Places, open_lock, same_everywhere
from bot.vault.key_file import fresh_words, make_key_file, must_lie_outside, read_key_file
from bot.vault.lock import Kind, first_key, lock_with
from bot.vault.stretching import Stretch
from bot.vault.terminal import ask
from bot.vault.vault import SqlVault, forget, found, lock_of
from bot.vault.wanted import Wanted, read_field
from core.domain.secret import Credential, Field, Secret
from handlers.words import Translator

LEAST = 12
Lines = Iterator[str]


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the work is done; `folder` is that of the ledger."""

    database: Database
    places: Places
    folder: Path
    stretch: Stretch
    t: Translator

    async def opened(self) -> Opened:
        """Raises VaultError."""
        lock = await lock_of(self.database)
        if lock is None:
            raise VaultLocked(NO_VAULT)
        return open_lock(lock, self.places, partial(ask, self.t("keys.passphrase")))

    async def vault(self) -> SqlVault:
        return SqlVault(self.database, (await self.opened()).data)


async def init(bench: Bench, *, typed: bool, existing: bool) -> tuple[str, ...]:
    """Raises VaultLocked where there is a vault, KeyFileRefused where there is a key."""
    if await lock_of(bench.database):
        raise VaultLocked("there is a vault already; `keys rotate` gives it another key")
    t, kind = bench.t, Kind.TYPED if typed else Kind.FILE
    path, words = (None, new_passphrase(t)) if typed else _first_words(bench, existing)
    await found(bench.database, lock_with(words, kind, first_key(), bench.stretch))
    return (t("keys.made"), t("keys.reboot") if path is None else t("keys.lies", path=path))


async def add(bench: Bench, wish: Wanted) -> tuple[str, ...]:
    """Raises WrongQuestion, VaultError."""
    vault, t = await bench.vault(), bench.t
    fields = {
        field.value: read_field(
            field, ask(t("keys.asks", name=wish.venue, field=t.of("keys.field", field)))
        )
        for field in wish.fields
    }
    kept = Credential(wish.account, wish.venue, fields)
    await vault.put(kept)
    hint = (t("keys.trades_only"),) if wish.trades else ()
    return (t("keys.stored", what=shown(kept)), *hint, t("keys.next_start"))


async def listed(bench: Bench) -> tuple[str, ...]:
    """Raises VaultError."""
    kept = await (await bench.vault()).list()
    return tuple(shown(one) for one in kept) or (bench.t("keys.none"),)


async def removed(bench: Bench, wish: Wanted) -> tuple[str, ...]:
    """It takes no key to forget one. Raises WrongQuestion."""
    if not await forget(bench.database, wish.account, wish.venue):
        raise WrongQuestion(f"there is no key of {wish.account} at {wish.venue}")
    return (bench.t("keys.removed", name=wish.venue), bench.t("keys.next_start"))


async def checked(bench: Bench) -> tuple[str, ...]:
    """Raises VaultError for whatever does not open."""
    opened, t = await bench.opened(), bench.t
    kept = await SqlVault(bench.database, opened.data).list()
    place = t("keys.reboot") if opened.path is None else t("keys.from", path=opened.path)
    return (t("keys.opens", n=sum(len(one.fields) for one in kept)), place)


def shown(kept: Credential) -> str:
    """Whose it is, and the end of the half that may be known."""
    key = kept.fields.get(Field.KEY.value, Secret(""))
    return f"{kept.account} {kept.venue} {key.tail}"


def new_passphrase(t: Translator) -> Secret:
    """Asked twice. Raises WrongQuestion."""
    first = same_everywhere(ask(t("keys.new_passphrase")))
    if len(first.reveal()) < LEAST:
        raise WrongQuestion(f"a passphrase has {LEAST} letters or more; several words are best")
    if same_everywhere(ask(t("keys.once_more"))) != first:
        raise WrongQuestion("the two were not the same; nothing was changed")
    return first


def _first_words(bench: Bench, existing: bool) -> tuple[Path, Secret]:
    places = bench.places
    if places.credential and (given := read_key_file(places.credential, guarded=True)):
        return places.credential, given
    path = places.key_file
    must_lie_outside(path, bench.folder)
    kept = read_key_file(path)
    if kept and not existing:
        raise KeyFileRefused(
            f"KEY_FILE: {path} is there already, perhaps another desk's; name another file,"
            " or share it with --existing"
        )
    words = kept or fresh_words()
    if kept is None:
        make_key_file(path, words)
    return path, words
