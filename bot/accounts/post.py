"""One account at work: what it stands on, who deals for it, what can be asked of it."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from bot.accounts.counter import Counter
from bot.accounts.elsewhere import Elsewhere
from bot.accounts.noting import NoteSure
from bot.accounts.opening import BrokerOpener, OpenBroker
from bot.accounts.reach import Reach
from bot.engine import Engine, build_engine
from bot.jobs import Act, Mark, Watch
from bot.venue import Venue, open_venue
from bot.world import World, paper_broker
from core.domain.account import DeskAccount
from core.domain.instrument import Instrument
from core.domain.secret import Credential
from core.engine import FormDecisions
from core.keeping import CheckKey
from core.ports import Inspector, Presence

Listing = Callable[[], Awaitable[Mapping[str, Instrument]]]


@dataclass(frozen=True, slots=True)
class Abroad:
    """How one gets to real accounts. `listings` are of venues other than the desk's market; with
    `keys` and somebody to `inspect` them, it is asked daily what they may do.
    """

    opens: BrokerOpener
    listings: Mapping[str, Listing]
    keys: Mapping[str, Credential] = field(default_factory=dict)
    inspect: Inspector | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """`watch` is the protection loop's, `guard` what comes after it, `keys` a daily look at what the
    account's key may do; `aclose` lets go of whatever was opened.
    """

    world: World
    venue: Venue
    engine: Engine
    reach: Reach
    watch: Act
    guard: Act
    mark: Act
    keys: Act
    aclose: Act

    @property
    def account(self) -> DeskAccount:
        return self.world.account

    @property
    def name(self) -> str:
        return self.world.account.name

    @property
    def answers(self) -> bool:
        return self.reach.since is None


@dataclass(frozen=True, slots=True)
class Till:
    """Where an account is dealt with, what has to be done before it is looked at, how it is closed."""

    world: World
    venue: Venue
    before: Act
    aclose: Act


def open_post(
    world: World, presence: Presence, form: FormDecisions, abroad: Abroad | None
) -> Post:
    """An account of paper is there at once; a real one opens as soon as its venue answers."""
    till = _paper(world) if world.account.is_paper else _real(world, abroad)
    world, venue, name = till.world, till.venue, world.account.name
    ledger, clock = world.stores.ledger, world.clock
    reach = Reach(name, clock, ledger)
    watch = Watch(till.before, venue.settle, venue.protect, venue.reconcile, venue.send.fence)
    return Post(
        world=world,
        venue=venue,
        engine=build_engine(world, venue, presence, form),
        reach=reach,
        watch=reach.looking(watch),
        guard=reach.unless_away(_guarding(world, venue)),
        mark=reach.unless_away(Mark(name, clock, venue.broker, ledger)),
        keys=_checking(world, venue, abroad),
        aclose=till.aclose,
    )


def _checking(world: World, venue: Venue, abroad: Abroad | None) -> Act:
    key = abroad.keys.get(world.account.name) if abroad else None
    if abroad is None or abroad.inspect is None or key is None:
        return _nothing
    restrain = venue.guarded.restrain()
    return CheckKey(world.account, key, world.clock, abroad.inspect, restrain)


def _guarding(world: World, venue: Venue) -> Act:
    guard = venue.guarded.guard()
    note = NoteSure(
        world.account.name, world.clock, world.stores.notes, venue.protect, venue.reconcile.truth
    )

    async def look() -> None:
        await guard()
        await note()

    return look


def _paper(world: World) -> Till:
    broker = paper_broker(world)
    return Till(world, open_venue(world, broker), broker.advance, _nothing)


async def _nothing() -> None:
    """Paper needs no closing, and has no key."""


def _real(world: World, abroad: Abroad | None) -> Till:
    if abroad is None:
        raise ValueError(f"{world.account.name} is not paper, and nobody knows how to open it")
    listing = abroad.listings.get(world.account.venue)
    if listing is None:
        return _counted(world, partial(abroad.opens, world.account, world.market))
    market = Elsewhere(world.market)
    far = replace(world, market=market)

    async def opens() -> OpenBroker:
        market.contracts.update(await listing())
        await _keep_to(market.symbols, far)
        return await abroad.opens(far.account, market)

    return _counted(far, opens)


def _counted(world: World, opens: Callable[[], Awaitable[OpenBroker]]) -> Till:
    counter = Counter(world.account, world.clock, opens)
    return Till(world, open_venue(world, counter, counter), counter.wake, counter.aclose)


async def _keep_to(listed: Collection[str], world: World) -> None:
    """Nobody follows for this account what its venue does not have, as long as something is left."""
    async with world.turn:
        settings = await world.stores.ledger.settings(world.account.name)
        kept = tuple(symbol for symbol in settings.symbols if symbol in listed)
        if kept and kept != settings.symbols:
            await world.stores.ledger.commit(replace(settings, symbols=kept))
