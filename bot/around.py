"""Builds what stands around the trading: the calendar, alerts, who keeps them, and who suggests."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.council import Council
from bot.events.agenda import DeskAgenda
from bot.events.feed import Feed, RefreshFeed
from bot.events.file import EventFile
from bot.jobs import Every, Job
from bot.stores import Stores, short_id
from bot.treasury import Treasury
from bot.venue import Venue
from bot.world import World
from core.agenda import Agenda, KeepEvents
from core.alerts.ringing import RingAlerts
from core.alerts.seeing import SeeGauges
from core.alerts.setting import KeepAlerts
from core.domain.event import Source
from core.domain.market import Origin
from core.domain.people import Language
from core.owner import ZONES
from core.ports import Clock
from core.voices.balancing import AskBalance
from core.voices.portfolio import ReadPortfolio

EVENT_ID = ALERT_ID = 8


def open_agenda(
    stores: Stores, origin: Origin, file: Path | None, language: Language
) -> DeskAgenda:
    """Times of a person's file that name no zone are those of the desk's language."""
    zone = ZoneInfo(ZONES[language])
    own = EventFile(file, Source.FILE, zone) if file else None
    return DeskAgenda(stores.events, own, counts_shipped=origin is Origin.LIVE)


def hands(world: World, agenda: Agenda) -> dict[str, Any]:
    """What handlers ask for by name."""
    return {
        "keep_events": KeepEvents(world.clock, agenda, lambda: short_id(EVENT_ID)),
        "keep_alerts": KeepAlerts(_gauges(world), world.stores.alerts, lambda: short_id(ALERT_ID)),
    }


def balancing(
    world: World, venue: Venue, treasury: Treasury, council: Council | None
) -> dict[str, Any]:
    """How the account is spread, and who may be asked about it."""
    read = ReadPortfolio(
        account=world.account.name,
        clock=treasury.desk.clock,
        broker=venue.broker,
        market=world.market,
        ledger=world.stores.ledger,
        purse=world.purse,
        seat=council.balancer if council else _nobody,
    )
    return {"read_portfolio": read, "ask_balance": AskBalance(read)}


def bell(world: World) -> RingAlerts:
    return RingAlerts(world.account.name, _gauges(world), world.stores.alerts)


def feeding(stores: Stores, feed: Feed | None, wall: Clock) -> tuple[Job, ...]:
    """Nothing to do where nobody has named a feed."""
    if feed is None:
        return ()
    return (Job("feed", Every(timedelta(minutes=1)), RefreshFeed(feed, stores.events, wall)),)


def _nobody() -> None:
    """Where no model sits."""


def _gauges(world: World) -> SeeGauges:
    return SeeGauges(world.clock, world.market, world.market, world.market)
