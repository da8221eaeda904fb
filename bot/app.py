"""The composition root: puts market, ledger, engine and face together into one desk."""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from aiogram import Bot, Dispatcher

from bot.analysts.team import Team
from bot.around import bell, feeding, hands, open_agenda
from bot.charts import Painter
from bot.door import Door, Screens
from bot.engine import Engine, Venue, World, build_engine, open_venue
from bot.events.feed import Feed
from bot.jobs import Chores, Job, Look, Mark, ReportDay, Sweep, Watch, table
from bot.later import SoonTasks
from bot.living_cards import RefreshCards
from bot.market.clock import SystemClock
from bot.markets import Market
from bot.minds import Minds
from bot.news.timetable import Timetable
from bot.notifier import Notifier
from bot.polling import Poller
from bot.presence import Presence
from bot.runs.runner import BoundRunner
from bot.storage.database import Database
from bot.storage.wishes import USUAL
from bot.stores import Stores, short_id
from bot.telegram import open_bot
from bot.treasury import open_treasury
from bot.words import load_words
from core.arms import RunArms
from core.autopilot import Autopilot
from core.backtest.asking import RunBacktests
from core.backtest.reading import ReadBacktests
from core.chart import ReadChart
from core.domain.market import Origin
from core.domain.people import Language
from core.engine import NOWHERE
from core.news.reading import ReadNews
from core.owner import ACCOUNT, PairOwner
from core.ports import Calendar, Clock, Won
from core.scoring.resolving import ResolveOutcomes
from core.spending.caps import Wish
from handlers import routers
from handlers.attention import Attention
from handlers.desk import Looking
from handlers.following import Bench
from handlers.words import Words

BACKTEST_ID = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """What differs from one process to another. Without a pairing code nobody can claim the desk."""

    token: str
    api_url: str
    language: Language
    equity: Decimal
    won: Won
    pairing_code: str
    paced: bool
    runner: BoundRunner
    events_file: Path | None = None
    feed: Feed | None = None
    team: Team | None = None
    wish: Wish = USUAL


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk that has been put together and not yet been started."""

    clock: Clock
    bot: Bot
    words: Words
    stores: Stores
    venue: Venue
    engine: Engine
    watch: Watch
    mark: Mark
    jobs: tuple[Job, ...]
    dispatcher: Dispatcher
    poller: Poller
    notifier: Notifier
    presence: Presence
    later: SoonTasks
    runner: BoundRunner
    rounds: Timetable
    minds: Minds
    models: list[type] = field(default_factory=list)


def assemble(wiring: Wiring, market: Market, clock: Clock, database: Database) -> Desk:
    """Build every part once, from the ground up."""
    stores = Stores.over(database)
    agenda = open_agenda(stores, market.origin, wiring.events_file, wiring.language)
    treasury = open_treasury(ACCOUNT, stores, database, wiring.won, wiring.wish)
    minds = Minds.of(wiring.team, treasury, market, clock, stores)
    world = _world(wiring, market, clock, minds, agenda)
    venue = open_venue(world)
    words, presence, later, wall = load_words(), Presence(), SoonTasks(), SystemClock()
    engine = build_engine(world, venue, presence)
    bot = open_bot(wiring.token, wiring.api_url, paced=wiring.paced)
    attention, rounds = Attention(wall), Timetable()
    screens = _screens(bot, wiring, world, words)
    notifier = _notifier(stores, screens, engine)
    chores = _chores(world, venue, engine, notifier, _refresh(stores, screens, engine, attention))
    jobs = (*table(chores), *feeding(stores, wiring.feed, wall))
    own = {"words": words, "later": later, "attention": attention}
    own |= {"bench": _bench(wiring, world, venue, later), "looking": _looking(engine, later)}
    reading = _reading(world, rounds) | minds.hands(world, venue, engine)
    dispatcher = Dispatcher(**engine.by_name() | own | reading | hands(world, agenda))
    dispatcher.update.outer_middleware(_door(wiring, world, screens, presence))
    dispatcher.include_router(routers.build())
    poller = Poller(bot, dispatcher, stores.inbox, wall, notifier.flush)
    return Desk(
        clock, bot, words, stores, venue, engine, chores.watch, chores.mark, jobs,
        dispatcher, poller, notifier, presence, later, wiring.runner, rounds, minds,
    )  # fmt: skip


def _world(wiring: Wiring, market: Market, clock: Clock, minds: Minds, agenda: Calendar) -> World:
    stores = minds.stores
    return World(
        clock,
        market,
        stores,
        wiring.equity,
        wiring.won,
        minds.treasury.purse,
        calendar=agenda,
        sights=stores.sights if market.origin is Origin.LIVE else NOWHERE,
        **minds.heard(),
    )


def _looking(engine: Engine, later: SoonTasks) -> Looking:
    return Looking(
        engine.form_decisions,
        engine.propose_trades,
        engine.read_status,
        engine.read_card,
        engine.read_market,
        engine.change_settings,
        later,
    )


def _reading(world: World, rounds: Timetable) -> dict[str, object]:
    market, stores = world.market, world.stores
    news = ReadNews(world.clock, stores.news, rounds, stores.tidings)
    return {"read_chart": ReadChart(market, market), "read_news": news, "notes": stores.notes}


def _screens(bot: Bot, wiring: Wiring, world: World, words: Words) -> Screens:
    stores, wall, origin = world.stores, SystemClock(), world.market.origin
    return Screens(bot, stores.buttons, stores.cards, Painter(), wall, words, wiring.won, origin)


def _refresh(
    stores: Stores, screens: Screens, engine: Engine, attention: Attention
) -> RefreshCards:
    return RefreshCards(stores.ledger, stores.cards, screens, engine.read_positions, attention)


def _bench(wiring: Wiring, world: World, venue: Venue, later: SoonTasks) -> Bench:
    ledger, filed, runner = world.stores.ledger, world.stores.backtests, wiring.runner
    run = RunBacktests(
        ACCOUNT,
        world.market.first,
        world.clock,
        SystemClock(),
        ledger,
        venue.broker,
        filed,
        runner,
        lambda: short_id(BACKTEST_ID),
    )
    return Bench(run, ReadBacktests(ACCOUNT, filed, runner), later)


def _notifier(stores: Stores, screens: Screens, engine: Engine) -> Notifier:
    return Notifier(
        stores.ledger,
        stores.outbox,
        stores.cards,
        screens,
        screens.wall,
        engine.read_card,
        engine.read_positions,
        engine.read_status,
        engine.make_report,
    )


def _chores(
    world: World, venue: Venue, engine: Engine, notifier: Notifier, refresh: RefreshCards
) -> Chores:
    ledger, clock = world.stores.ledger, world.clock
    return Chores(
        watch=Watch(venue.broker, venue.settle, venue.protect, venue.reconcile),
        follow=engine.follow_prices,
        mark=Mark(ACCOUNT, clock, venue.broker, ledger),
        expire=engine.expire_proposals,
        shadows=engine.follow_shadows,
        look=_look(world, engine),
        report=ReportDay(ACCOUNT, clock, ledger),
        sweep=_sweep(world.stores),
        alerts=bell(world),
        outcomes=ResolveOutcomes(clock, world.market, world.stores.scores),
        flush=notifier.flush,
        refresh=refresh,
    )


def _look(world: World, engine: Engine) -> Look:
    ledger, clock = world.stores.ledger, world.clock
    autopilot = Autopilot(ACCOUNT, clock, ledger, engine.approve_proposal, engine.attendance)
    arms = RunArms(ACCOUNT, clock, ledger, engine.propose_trades)
    return Look(ACCOUNT, ledger, engine.form_decisions, engine.propose_trades, autopilot, arms)


def _sweep(stores: Stores) -> Sweep:
    return Sweep(SystemClock(), stores.buttons, stores.sights, stores.minutes)


def _door(wiring: Wiring, world: World, screens: Screens, presence: Presence) -> Door:
    code, ledger = wiring.pairing_code, world.stores.ledger
    pair = PairOwner(ledger, code, wiring.language) if code else None
    return Door(ledger, screens, pair, world.clock, presence)
