"""The composition root: puts market, ledger, accounts and face together into one desk."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from aiogram import BaseMiddleware, Bot, Dispatcher

from bot.accounts.choosing import Choosing
from bot.accounts.hands import Hands, alarm_of
from bot.accounts.post import Abroad, Post
from bot.accounts.posts import Posts, open_posts
from bot.analysts.team import Team
from bot.around import bell, feeding, hands, open_agenda
from bot.charts import Painter
from bot.door import Door, Screens
from bot.events.feed import Feed
from bot.guarding import Safety
from bot.jobs import Chores, Duties, Job, ReportDay, Sweep, table
from bot.later import SoonTasks
from bot.leases import KeepLeases
from bot.living_cards import RefreshCards
from bot.looking import Look, Propose
from bot.market.clock import SystemClock
from bot.markets import Market
from bot.minds import Minds
from bot.news.timetable import Timetable
from bot.notifier import Notifier
from bot.polling import Poller
from bot.presence import Presence
from bot.runs.runner import BoundRunner
from bot.storage.database import Database
from bot.storage.lease import Lease
from bot.storage.wishes import USUAL
from bot.stores import Stores
from bot.telegram import open_bot
from bot.telling import Telling
from bot.treasury import open_treasury
from bot.words import load_words
from bot.world import World
from core.accounts import ReadAccounts
from core.alarm import PanicEverywhere
from core.arms import RunArms
from core.autopilot import Autopilot
from core.domain.account import ON_PAPER, DeskAccount, Roster
from core.domain.market import Origin
from core.domain.people import Language
from core.engine import NOWHERE
from core.news.reading import ReadNews
from core.owner import PairOwner
from core.ports import Calendar, Clock, Won
from core.scoring.resolving import ResolveOutcomes
from core.spending.caps import Wish
from handlers import routers
from handlers.attention import Attention
from handlers.keys import NO_KEYS, KeyDesk
from handlers.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """What differs from one process to another. Without a pairing code nobody can claim the desk.

    `shut` are accounts that stay out; `abroad` is needed where one of the `roster` is not paper.
    """

    token: str
    api_url: str
    language: Language
    equity: Decimal
    won: Won
    pairing_code: str
    paced: bool
    runner: BoundRunner
    roster: Roster = ON_PAPER
    shut: tuple[DeskAccount, ...] = ()
    abroad: Abroad | None = None
    events_file: Path | None = None
    feed: Feed | None = None
    team: Team | None = None
    wish: Wish = USUAL
    safety: Safety = field(default_factory=Safety)
    key_desk: KeyDesk = NO_KEYS
    leases: tuple[Lease, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk that has been put together and not yet been started. `hands` are each account's."""

    clock: Clock
    bot: Bot
    words: Words
    stores: Stores
    posts: Posts
    alarm: PanicEverywhere
    jobs: tuple[Job, ...]
    dispatcher: Dispatcher
    poller: Poller
    notifier: Notifier
    presence: Presence
    later: SoonTasks
    runner: BoundRunner
    rounds: Timetable
    minds: Minds
    hands: dict[str, dict[str, Any]]
    keep_leases: KeepLeases
    models: list[type] = field(default_factory=list)


def assemble(wiring: Wiring, market: Market, clock: Clock, database: Database) -> Desk:
    """Build every part once, from the ground up."""
    stores, roster = Stores.over(database), wiring.roster
    agenda = open_agenda(stores, market.origin, wiring.events_file, wiring.language)
    treasury = open_treasury(roster.main.name, stores, database, wiring.won, wiring.wish)
    minds = Minds.of(roster, wiring.team, treasury, market, clock, stores)
    world = _world(wiring, market, clock, minds, agenda)
    words, presence, later, wall = load_words(), Presence(), SoonTasks(), SystemClock()
    posts = open_posts(world, presence, wiring.abroad)
    alarm, attention, rounds = alarm_of(posts), Attention(wall), Timetable()
    bot = open_bot(wiring.token, wiring.api_url, paced=wiring.paced)
    screens = _screens(bot, wiring, world, words)
    notifier = _notifier(world, screens, posts)
    refresh = RefreshCards(stores.ledger, stores.cards, screens, posts, attention)
    jobs = (*table(_chores(world, posts, notifier, refresh)), *feeding(stores, wiring.feed, wall))
    reads = ReadAccounts(clock, stores.ledger, roster, wiring.shut, posts)
    made = Hands(minds, later, wiring.runner, alarm, reads)
    shared = {"words": words, "later": later, "attention": attention} | _reading(world, rounds)
    shared["key_desk"] = wiring.key_desk
    own = {post.name: made.of(post) for post in posts}
    ways = (_door(wiring, world, screens, presence), Choosing(posts, screens, own))
    dispatcher = _face(shared | hands(world, agenda), ways)
    poller = Poller(bot, dispatcher, stores.inbox, wall, notifier.flush)
    return Desk(
        clock, bot, words, stores, posts, alarm, jobs, dispatcher, poller, notifier, presence,
        later, wiring.runner, rounds, minds, own, KeepLeases(wiring.leases, stores.ledger, wall),
    )  # fmt: skip


def _face(shared: dict[str, Any], ways: Iterable[BaseMiddleware]) -> Dispatcher:
    """What handlers find, and whom an update meets on its way to them."""
    dispatcher = Dispatcher(**shared)
    for way in ways:
        dispatcher.update.outer_middleware(way)
    dispatcher.include_router(routers.build())
    return dispatcher


def _world(wiring: Wiring, market: Market, clock: Clock, minds: Minds, agenda: Calendar) -> World:
    stores = minds.stores
    return World(
        clock,
        market,
        stores,
        wiring.equity,
        wiring.won,
        minds.treasury.books,
        calendar=agenda,
        sights=stores.sights if market.origin is Origin.LIVE else NOWHERE,
        account=wiring.roster.main,
        roster=wiring.roster,
        safety=wiring.safety,
        **minds.heard(),
    )


def _reading(world: World, rounds: Timetable) -> dict[str, Any]:
    stores = world.stores
    news = ReadNews(world.clock, stores.news, rounds, stores.tidings)
    return {"read_news": news, "notes": stores.notes}


def _screens(bot: Bot, wiring: Wiring, world: World, words: Words) -> Screens:
    stores, wall, origin = world.stores, SystemClock(), world.market.origin
    return Screens(bot, stores.buttons, stores.cards, Painter(), wall, words, wiring.won, origin)


def _notifier(world: World, screens: Screens, posts: Posts) -> Notifier:
    stores = world.stores
    tellings = tuple(
        Telling(
            post.account,
            stores.cards,
            post.engine.read_card,
            post.engine.read_positions,
            post.engine.read_status,
            post.engine.make_report,
        )
        for post in posts
    )
    return Notifier(stores.ledger, stores.outbox, screens, screens.wall, world.clock, tellings)


def _chores(world: World, posts: Posts, notifier: Notifier, refresh: RefreshCards) -> Chores:
    ledger, clock = world.stores.ledger, world.clock
    names = tuple(account.name for account in world.roster.by_urgency())
    look = Look(names, ledger, posts.main.engine.form_decisions)
    return Chores(
        look=look,
        duties=tuple(_duties(post, look) for post in posts),
        sweep=_sweep(world.stores),
        alerts=bell(world),
        outcomes=ResolveOutcomes(clock, world.market, world.stores.scores),
        flush=notifier.flush,
        refresh=refresh,
    )


def _duties(post: Post, look: Look) -> Duties:
    """What needs the venue waits while it is away."""
    engine, ledger, clock = post.engine, post.world.stores.ledger, post.world.clock
    autopilot = Autopilot(post.name, clock, ledger, engine.approve_proposal, engine.attendance)
    arms = RunArms(post.name, clock, ledger, engine.propose_trades)
    propose = Propose(post.name, look, engine.propose_trades, autopilot, arms)

    async def expire() -> None:
        await engine.expire_proposals()

    return Duties(
        account=post.name,
        watch=post.watch,
        follow=post.reach.unless_away(engine.follow_prices),
        mark=post.mark,
        expire=expire,
        shadows=engine.follow_shadows,
        propose=post.reach.unless_away(propose),
        report=ReportDay(post.name, clock, ledger),
        keys=post.keys,
    )


def _sweep(stores: Stores) -> Sweep:
    return Sweep(SystemClock(), stores.buttons, stores.sights, stores.minutes)


def _door(wiring: Wiring, world: World, screens: Screens, presence: Presence) -> Door:
    code, ledger = wiring.pairing_code, world.stores.ledger
    pair = PairOwner(ledger, code, wiring.language) if code else None
    return Door(ledger, screens, pair, world.clock, presence, wiring.roster)
