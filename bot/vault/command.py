"""`python -m bot keys init|add|list|remove|rotate|check`: keys of models and venues, at the console."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from bot.analysts.models_file import load_catalogue
from bot.settings import Settings, database_url, load_settings
from bot.storage.opening import opened
from bot.vault.chores import Bench, add, checked, init, listed, removed
from bot.vault.lock import Kind
from bot.vault.options import parser
from bot.vault.rotating import rotate_data, rotate_master
from bot.vault.start import places_of
from bot.vault.stretching import USUAL, Stretch
from bot.vault.wanted import wanted
from bot.words import load_words


def main(words: Sequence[str], stretch: Stretch = USUAL) -> int:
    """The exit code. Raises Stop for whatever cannot be done."""
    said = parser().parse_args(words)
    settings = load_settings()
    for line in asyncio.run(_work(said, settings, stretch)):
        sys.stdout.write(f"{line}\n")
    return 0


async def _work(said: argparse.Namespace, settings: Settings, stretch: Stretch) -> tuple[str, ...]:
    folder = said.ledger or settings.data_dir
    url = "" if said.ledger else settings.database_url
    t = load_words()[said.language or settings.language]
    async with opened(database_url(url, folder)) as database:
        bench = Bench(database, places_of(settings), folder, stretch, t)
        return await _done(said, bench, settings)


async def _done(said: argparse.Namespace, bench: Bench, settings: Settings) -> tuple[str, ...]:
    match said.command:
        case "init":
            return await init(bench, typed=said.passphrase, existing=said.existing)
        case "add" | "remove" as command:
            wish = wanted(said.name, said.account, load_catalogue(settings.models_file))
            return await (add if command == "add" else removed)(bench, wish)
        case "rotate":
            return await (rotate_data(bench) if said.data else rotate_master(bench, _kind(said)))
        case "list":
            return await listed(bench)
    return await checked(bench)


def _kind(said: argparse.Namespace) -> Kind | None:
    if said.passphrase:
        return Kind.TYPED
    return Kind.FILE if said.file else None
