"""From what was asked to a running process: settings, market, clock, database, desk."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

from bot import collector
from bot.accounts.abroad import open_account
from bot.accounts.opening import WithKeys, admitted
from bot.accounts.post import Abroad
from bot.analysts.access import Keys
from bot.analysts.team import Team, lacking, team_of, wish_of
from bot.app import Desk, Wiring, assemble
from bot.broker.inspecting import InspectKey
from bot.caps import caps_of
from bot.command_line import Asked
from bot.errors import WrongSetting
from bot.events.feed import Feed
from bot.guarding import Safety
from bot.key_desk import key_desk
from bot.late_models import AT_FIRST, warm_up
from bot.leases import leased
from bot.lock import hold
from bot.machine import DiskProbe
from bot.market.clock import SystemClock
from bot.running import prepare
from bot.runs.runner import ProcessRunner
from bot.settings import SYNTHETIC, Settings, database_url
from bot.stages.recorded import recorded_stage
from bot.stages.stage import Seat, Stage
from bot.storage.database import Database
from bot.storage.lease import Lease
from bot.storage.notes import SqlNotes
from bot.storage.opening import opened
from bot.stores import short_id
from bot.vault.kept import Kept
from core.domain.account import DeskAccount, Roster
from core.domain.people import Approval, Language
from core.owner import newcomer, opening_settings

logger = logging.getLogger(__name__)

BACKTESTS = "backtests"
PAIRING_CODE = 8
CHATTY = (
    *("aiogram.event", "apscheduler", "aiohttp.access", "matplotlib"),
    *("httpx2", "httpcore2", "asyncprawcore"),  # they write down addresses, and keys in them
    *("openai", "anthropic"),  # and what is asked, at length
)


def start_logging(level: str) -> None:
    form = "%(asctime)s %(levelname)s %(name)s %(message)s"
    logging.basicConfig(level=level, format=form)
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)


def telegram(asked: Asked, settings: Settings) -> None:
    """The desk in Telegram, or at any Bot API server that TELEGRAM_API_URL names. Raises Stop."""
    token = settings.telegram_token.get_secret_value()
    if not token:
        raise WrongSetting("TELEGRAM_TOKEN: get one from @BotFather, or run `python -m bot demo`")
    language = asked.language or settings.language
    owner = settings.owner_id
    plays = bool(asked.candles) or asked.speed is not None
    seat = Seat(
        token=token,
        api_url=settings.telegram_api_url,
        owner=newcomer(owner, owner, "", language) if owner else None,
        speed=(asked.speed if asked.speed is not None else 1.0) if plays else None,
        language=language,
        folder=asked.data or settings.data_dir,
        url=settings.database_url,
        krw=settings.usdt_krw,
        paced=asked.speed != 0,
        ready=lambda: None,
    )
    asyncio.run(sit(seat, asked, settings))


async def sit(seat: Seat, asked: Asked, settings: Settings) -> None:
    """Open the ledger, put the desk together, bring it up to date, and let it run."""
    with hold(seat.folder, SystemClock()) as place:
        async with opened(database_url(seat.url, seat.folder)) as database:
            kept = await _stored(seat, settings, database)
            await _live(seat, asked, settings, database, kept, place)


async def _live(
    seat: Seat, asked: Asked, settings: Settings, database: Database, kept: Kept, place: str
) -> None:
    async with AsyncExitStack() as open_:
        stage = await open_.enter_async_context(_stage(seat, asked, settings, SqlNotes(database)))
        wiring = _wiring(seat, settings, stage, kept, database)
        names = wiring.roster.names
        leases = await open_.enter_async_context(leased(database, names, place))
        wiring = replace(wiring, leases=leases, safety=_safety(settings, seat, leases))
        desk = assemble(wiring, stage.market, stage.clock, database)
        try:
            approval = Approval.AUTOPILOT if asked.autopilot else Approval.ASK
            traded = (stage.symbols, stage.timeframe, approval)
            openings = [opening_settings(*traded, of) for of in wiring.roster.accounts]
            await prepare(desk, openings, seat.owner, stage.fit)
            await _offer(desk, wiring.pairing_code)
            await _warn_of(desk, wiring.shut)
            _settle_memory(desk)
            seat.ready()
            await stage.drive(desk)
        finally:
            await desk.bot.session.close()
            await desk.minds.aclose()
            await desk.posts.aclose()


@asynccontextmanager
async def _stage(
    seat: Seat, asked: Asked, settings: Settings, notes: SqlNotes
) -> AsyncIterator[Stage]:
    """Venues as they are, unless files, a pace or the settings say otherwise."""
    if asked.candles or seat.speed is not None or settings.venue == SYNTHETIC:
        yield await recorded_stage(seat, asked, settings, notes)
        return
    from bot.stages.live import live_stage  # noqa: PLC0415 - ccxt, only where it is used

    async with live_stage(seat, asked, settings, notes) as stage:
        yield stage


async def _stored(seat: Seat, settings: Settings, database: Database) -> Kept:
    """A desk on simulated time asks no models, deals with no venue, and needs no key."""
    if seat.speed is not None:
        return Kept()
    from bot.vault.start import kept_for  # noqa: PLC0415 - cryptography

    return await kept_for(database, settings)


def _wiring(
    seat: Seat, settings: Settings, stage: Stage, kept: Kept, database: Database
) -> Wiring:
    wanted = Roster(settings.account_list)
    admits = admitted(wanted, stage.market.origin, kept.credentials)
    opens = WithKeys(open_account, kept.credentials, stage.clock, database)
    return Wiring(
        token=seat.token,
        api_url=seat.api_url,
        language=seat.language,
        equity=settings.equity,
        won=stage.won,
        pairing_code="" if seat.owner else short_id(PAIRING_CODE),
        paced=seat.paced,
        runner=ProcessRunner(stage.where, seat.folder.absolute() / BACKTESTS),
        roster=admits.roster,
        shut=admits.shut,
        abroad=Abroad(opens, stage.listings, kept.credentials, InspectKey()),
        events_file=settings.events_file,
        feed=_feed(stage, settings),
        team=_team(stage, settings, seat.language, kept.keys),
        wish=wish_of(settings),
        key_desk=key_desk(wanted, kept.vault),
    )


def _safety(settings: Settings, seat: Seat, leases: Sequence[Lease]) -> Safety:
    fences = {lease.account: lease for lease in leases}
    return Safety(caps=caps_of(settings), disk=DiskProbe(seat.folder), fences=fences)


def _team(stage: Stage, settings: Settings, language: Language, keys: Keys) -> Team | None:
    """A desk on simulated time asks no models. Raises WrongSetting."""
    team = team_of(settings, language, keys)
    if not stage.in_real_time:
        return None
    if team is None:
        if lacking(settings):
            logger.warning(
                "no key of %s is at hand: the rules trade alone", settings.model_profile
            )
        return None
    for provider in team.missing:
        logger.warning("%s has no key: its part of %s stays empty", provider, team.profile)
    return team


def _feed(stage: Stage, settings: Settings) -> Feed | None:
    """A desk on simulated time asks nobody on the net."""
    if not settings.events_feed or not stage.in_real_time:
        return None
    from bot.events.online import OnlineFeed  # noqa: PLC0415 - httpx2
    from bot.news.fetching import Fetch  # noqa: PLC0415 - likewise

    return OnlineFeed(settings.events_feed, Fetch(stage.clock))


async def _warn_of(desk: Desk, shut: Sequence[DeskAccount]) -> None:
    """What an account holds that stays out is on its own."""
    for account in shut:
        if held := len(await desk.stores.ledger.live_trades(account.name)):
            where = f"{held} position(s) at {account.venue}"
            logger.warning("%s stays out and holds %s: look after it there", account.name, where)


async def _offer(desk: Desk, code: str) -> None:
    """A desk that nobody owns says on the console how to claim it."""
    if code and not await desk.stores.ledger.people():
        print(f"This desk has no owner yet. Send it:  /start {code}", flush=True)  # noqa: T201


def _settle_memory(desk: Desk) -> None:
    """Build what the first answer needs, and keep the collector off what lives for ever."""
    desk.models.extend(warm_up(AT_FIRST))
    collector.settle()
