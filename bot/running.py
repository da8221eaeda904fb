"""Starts a desk, keeps it going, and closes it: the same path after a clean stop and after a crash."""

import asyncio
import logging
from collections.abc import Callable, Collection, Coroutine
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from aiogram.exceptions import AiogramError, TelegramNotFound, TelegramUnauthorizedError

from bot.app import Desk
from bot.edge import survives
from bot.errors import WrongSetting
from bot.late_models import METHODS, warm_up
from bot.market.clock import SystemClock
from bot.telegram import announce_commands
from core.domain.market import Timeframe
from core.domain.notice import Notice, NoticeKind
from core.domain.people import AccountSettings, Approval, Language, Person
from core.domain.proposal import Proposal, ProposalStatus
from core.errors import NotFound
from core.owner import ACCOUNT

logger = logging.getLogger(__name__)

AFTER_HELLO = 0.5
BETWEEN_MODELS = 0.02
PROTECT_EVERY = timedelta(seconds=2)

Drive = Callable[[], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Fit:
    """What of a person's choices this market can have; the `timeframe` that it insists on."""

    symbols: Collection[str]
    timeframe: Timeframe | None


async def prepare(
    desk: Desk,
    opening: AccountSettings,
    owner: Person | None,
    fit: Fit | None = None,
) -> None:
    """Settings and owner are written once; what the account missed meanwhile is lived through."""
    await _settle(desk, opening, fit or Fit(opening.symbols, opening.timeframe))
    if owner and not any(person.id == owner.id for person in await desk.stores.ledger.people()):
        await desk.stores.ledger.commit(owner)
    await desk.stores.backtests.lose(ACCOUNT)
    await desk.minds.treasury.purse.clear(SystemClock().now())
    await desk.venue.broker.load()
    await desk.watch()
    expired = await desk.engine.expire_proposals()
    if not await desk.stores.ledger.equity_marks(ACCOUNT):
        await desk.mark()
        return
    live = await desk.stores.ledger.live_trades(ACCOUNT)
    numbers = {"open": len(live), "expired": len(expired)}
    now = desk.clock.now()
    await desk.stores.ledger.commit(
        Notice(ACCOUNT, NoticeKind.RESTARTED, now, numbers=numbers, silent=True)
    )


async def _settle(desk: Desk, opening: AccountSettings, fit: Fit) -> None:
    try:
        kept = await desk.stores.ledger.settings(ACCOUNT)
    except NotFound:
        await desk.stores.ledger.commit(opening)
    else:
        await desk.stores.ledger.commit(_fitted(kept, opening, fit))


def _fitted(kept: AccountSettings, opening: AccountSettings, fit: Fit) -> AccountSettings:
    """What the person has set stays, as far as this market has it; the command line may insist
    on the autopilot.
    """
    symbols = tuple(s for s in kept.symbols if s in fit.symbols) or opening.symbols
    insists = opening.approval is Approval.AUTOPILOT
    approval = opening.approval if insists else kept.approval
    timeframe = fit.timeframe or kept.timeframe
    return replace(kept, symbols=symbols, timeframe=timeframe, approval=approval)


async def run(desk: Desk, drive: Drive, language: Language, *, protects: bool) -> None:
    """Answer, drive the job table and, on real time, protect positions in a loop of its own.

    Raises WrongSetting for a token that Telegram does not know.
    """
    try:
        async with asyncio.TaskGroup() as tasks:
            desk.later.bind(tasks)
            desk.runner.bind(tasks)
            desk.minds.treasury.waiting.bind(tasks)
            tasks.create_task(desk.poller.run())
            tasks.create_task(_introduce(desk, language))
            tasks.create_task(drive())
            if protects:
                tasks.create_task(_protect(desk))
    except BaseExceptionGroup as ended:
        if ended.subgroup((TelegramUnauthorizedError, TelegramNotFound)):
            raise WrongSetting("TELEGRAM_TOKEN: Telegram does not know this token") from None
        raise


async def _introduce(desk: Desk, language: Language) -> None:
    """The menu is a courtesy: without it the desk works all the same. It leaves the first answer
    its way; then what later answers need is made ready, a little at a time.
    """
    await asyncio.sleep(AFTER_HELLO)
    try:
        await announce_commands(desk.bot, desk.words, language)
    except AiogramError as error:
        logger.warning("the command menu was not set: %s", error)
    await survives("the outbox", desk.notifier.flush)
    for method in METHODS:
        desk.models.extend(warm_up((method,)))
        await asyncio.sleep(BETWEEN_MODELS)


async def _protect(desk: Desk) -> None:
    """Stops must be looked after whatever else is broken."""
    while True:
        await survives("protection", desk.watch)
        await asyncio.sleep(PROTECT_EVERY.total_seconds())


async def first_card(desk: Desk) -> Proposal | None:
    """The card that expires first."""
    waiting = await desk.stores.ledger.proposals(ACCOUNT, status=ProposalStatus.PENDING)
    return min(waiting, key=lambda card: card.expires_at, default=None)
