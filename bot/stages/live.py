"""A desk among venues as they are: paper money on real prices. Imports ccxt."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial

from bot.accounts.post import Listing
from bot.app import Desk
from bot.closing import Closing
from bot.command_line import Asked
from bot.errors import NoSuchMarket
from bot.exchanges.prices import CcxtPrices
from bot.exchanges.source import CcxtSource
from bot.exchanges.streams import CcxtStreams
from bot.following import followed
from bot.live.bank import AskBank
from bot.live.feed import Feed
from bot.live.keeping import Keeper, every
from bot.live.market import LiveMarket
from bot.live.seoul import Seoul
from bot.live.switching import Switch
from bot.market.clock import SystemClock
from bot.market.instruments import KNOWN
from bot.market.store_name import STORE
from bot.news.fetching import Fetch
from bot.running import Fit
from bot.runs.place import Place
from bot.settings import DATABASE_FILE, Settings
from bot.stages.feeds import HISTORY, contracts_now, feed_of, open_asker
from bot.stages.real_time import live_through
from bot.stages.stage import Seat, Stage
from bot.storage.candles import SqlCandles
from bot.storage.news import SqlNews
from bot.storage.notes import SqlNotes
from bot.won import TypedWon
from core.domain.instrument import Instrument
from core.domain.notice import Notice, NoticeKind
from core.ports import Clock, Ledger, Won

logger = logging.getLogger(__name__)

SEOUL = timedelta(minutes=1)
BANK = timedelta(hours=6)


@asynccontextmanager
async def live_stage(
    seat: Seat, asked: Asked, settings: Settings, notes: SqlNotes
) -> AsyncIterator[Stage]:
    """Starts also while no venue answers: nothing is traded before prices are fresh.

    Raises NoSuchMarket for a symbol that the venue does not list.
    """
    clock = SystemClock()
    async with AsyncExitStack() as opened:
        own = await open_asker(settings.venue, opened)
        store = SqlCandles(notes.database)
        feed = feed_of(own, clock, store)
        other = await _other(settings, clock, store, opened)
        contracts = await contracts_now(own, clock, notes)
        symbols = _listed(asked.symbols or settings.symbol_list, contracts, own.venue.title)
        switch = Switch(feed, other, clock, _not_yet)
        market = LiveMarket(switch, clock, contracts, HISTORY, news=SqlNews(notes.database))
        won = await _won(settings, seat, clock, opened)
        yield Stage(
            market=market,
            clock=clock,
            symbols=symbols,
            timeframe=asked.timeframe or settings.timeframe,
            fit=Fit(market.still_listed(market.symbols), asked.timeframe),
            where=Place(first=market.first, candles=(_memory(seat, settings),)),
            won=won,
            in_real_time=True,
            drive=partial(_drive, seat, settings, market, CcxtSource(own, clock), won),
            listings=_listings(settings, clock),
        )


async def _other(
    settings: Settings, clock: Clock, store: SqlCandles, opened: AsyncExitStack
) -> Feed | None:
    """Who stands in, if anybody does: never the venue itself."""
    if settings.second_venue in {"", settings.venue}:
        return None
    return feed_of(await open_asker(settings.second_venue, opened), clock, store)


async def _won(settings: Settings, seat: Seat, clock: Clock, opened: AsyncExitStack) -> Won:
    """From a Korean venue, with the typed-in rate behind it."""
    typed = TypedWon(clock, seat.krw)
    if not settings.krw_venue:
        return typed
    ask = await open_asker(settings.krw_venue, opened)
    return Seoul(ask.venue.title, CcxtPrices(ask, clock), clock, typed, settings.usd_krw)


def _listings(settings: Settings, clock: Clock) -> Mapping[str, Listing]:
    """Of every other venue where an account lies; asked for when that account is opened."""
    real = {account.venue for account in settings.account_list if not account.is_paper}
    return {name: partial(_listing, name, clock) for name in real - {settings.venue}}


async def _listing(name: str, clock: Clock) -> Mapping[str, Instrument]:
    """Raises VenueUnavailable."""
    async with AsyncExitStack() as opened:
        return await CcxtSource(await open_asker(name, opened), clock).contracts()


def _listed(
    symbols: tuple[str, ...], contracts: Mapping[str, Instrument], title: str
) -> tuple[str, ...]:
    """While only the typed-in contracts are known, the rest has to wait for the venue's own."""
    missing = [symbol for symbol in symbols if symbol not in contracts]
    if missing and (contracts is not KNOWN or len(missing) == len(symbols)):
        raise NoSuchMarket(f"SYMBOLS: {title} does not list {', '.join(missing)}")
    return tuple(symbol for symbol in symbols if symbol in contracts)


def _memory(seat: Seat, settings: Settings) -> str:
    """Where a backtest finds what this venue has told, as `--candles` takes it."""
    file = seat.folder.absolute() / DATABASE_FILE
    return f"{STORE if seat.url else file}:{settings.venue}"


async def _not_yet(_before: Feed, _now: Feed) -> None:
    """Before the desk stands there is nobody to tell."""


async def _drive(
    seat: Seat,
    settings: Settings,
    market: LiveMarket,
    source: CcxtSource,
    won: Won,
    desk: Desk,
) -> None:
    ledger, feed, names = desk.stores.ledger, market.switch.own, desk.posts.names
    streams = CcxtStreams(source.ask, feed)

    async def beside(closing: Closing) -> None:
        closing.listed = partial(_streamed, market)
        feed.on_close.append(closing.sealed)
        keeper = Keeper(market, streams, partial(followed, ledger, names), source.listing)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(keeper.run())
            if isinstance(won, Seoul):
                tasks.create_task(_follow_won(won, settings, desk.clock))

    market.switch.told = partial(_tell, names[0], ledger, feed, desk.clock)
    await live_through(desk, seat, settings, beside)


def _streamed(market: LiveMarket, symbols: Sequence[str]) -> tuple[str, ...]:
    """An account may follow what has ended, or what the venue has yet to name."""
    return market.still_listed([symbol for symbol in symbols if symbol in market.contracts])


async def _tell(
    account: str, ledger: Ledger, own: Feed, clock: Clock, before: Feed, now: Feed
) -> None:
    numbers = {"before": before.name, "now": now.name}
    kind = NoticeKind.DATA_BACK if now is own else NoticeKind.DATA_AWAY
    await ledger.commit(Notice(account, kind, clock.now(), numbers=numbers))


async def _follow_won(won: Seoul, settings: Settings, clock: Clock) -> None:
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(every(SEOUL, "the won", won.refresh))
        if settings.usd_krw is None:
            tasks.create_task(every(BANK, "the banks' won", AskBank(won, Fetch(clock))))
