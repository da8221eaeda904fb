"""Starts a desk, keeps it going, and closes it: the same path after a clean stop and after a crash."""

import asyncio
import logging
from collections.abc import Callable, Collection, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

from aiogram.exceptions import AiogramError, TelegramNotFound, TelegramUnauthorizedError

from bot.accounts.post import Post
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

logger = logging.getLogger(__name__)

AFTER_HELLO = 0.5
BETWEEN_MODELS = 0.02
PROTECT_EVERY, HURRY_EVERY = timedelta(seconds=2), timedelta(seconds=0.5)

Drive = Callable[[], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Fit:
    """What of a person's choices this market can have; the `timeframe` that it insists on."""

    symbols: Collection[str]
    timeframe: Timeframe | None


async def prepare(
    desk: Desk,
    openings: Sequence[AccountSettings],
    owner: Person | None,
    fit: Fit | None = None,
) -> None:
    """Settings and owner are written once; what paper has missed meanwhile is lived through. Real
    accounts begin as soon as their venues answer.
    """
    for opening in openings:
        await _settle(desk, opening, fit or Fit(opening.symbols, opening.timeframe))
    await _alike(desk)
    if owner and not any(person.id == owner.id for person in await desk.stores.ledger.people()):
        await desk.stores.ledger.commit(owner)
    await desk.minds.treasury.books.clear(SystemClock().now())
    for post in desk.posts:
        await desk.stores.backtests.lose(post.name)
        if post.account.is_paper:
            await post.watch()
            await _begin(desk, post)


async def _begin(desk: Desk, post: Post) -> None:
    """After the first look at an account: its first mark, or a word about what it woke up to."""
    ledger, now = desk.stores.ledger, desk.clock.now()
    expired = await post.engine.expire_proposals()
    if not await ledger.equity_marks(post.name):
        await post.mark()
        return
    live = await ledger.live_trades(post.name)
    if live or expired or post is desk.posts.main:
        numbers = {"open": len(live), "expired": len(expired)}
        notice = Notice(post.name, NoticeKind.RESTARTED, now, numbers=numbers, silent=True)
        await ledger.commit(notice)


async def _alike(desk: Desk) -> None:
    """An account that is new, or back after a while, looks at the candles of the others."""
    ledger, (first, *others) = desk.stores.ledger, desk.posts
    timeframe = (await ledger.settings(first.name)).timeframe
    kept = [await ledger.settings(other.name) for other in others]
    if kept:
        await ledger.commit(*(replace(one, timeframe=timeframe) for one in kept))


async def _settle(desk: Desk, opening: AccountSettings, fit: Fit) -> None:
    try:
        kept = await desk.stores.ledger.settings(opening.account)
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
            tasks.create_task(desk.minds.treasury.books.run())
            tasks.create_task(desk.poller.run())
            tasks.create_task(_introduce(desk, language))
            tasks.create_task(drive())
            tasks.create_task(desk.keep_leases())
            for post in desk.posts if protects else ():
                tasks.create_task(_look_after(desk, post))
                tasks.create_task(_hurry(post))
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


async def _look_after(desk: Desk, post: Post) -> None:
    """Stops must be looked after whatever else is broken, and whatever happens to other accounts."""
    has_begun = post.account.is_paper
    while True:
        watched = await survives(f"protection of {post.name}", post.watch) and post.answers
        await survives(f"the guards of {post.name}", post.guard)
        if watched and not has_begun:
            has_begun = await survives(f"the start of {post.name}", partial(_begin, desk, post))
        await asyncio.sleep(PROTECT_EVERY.total_seconds())


async def _hurry(post: Post) -> None:
    """Stops are asked for more often than all the rest, and wait for none of it. What is on paper
    cannot get lost.
    """
    while not post.account.is_paper:
        await survives(f"the stops of {post.name}", partial(_stops, post))
        await asyncio.sleep(HURRY_EVERY.total_seconds())


async def _stops(post: Post) -> None:
    """Raises LeaseLost for an account that another process looks after."""
    await post.venue.send.fence.check()
    await post.venue.protect.hurry()


async def first_card(desk: Desk) -> Proposal | None:
    """The card that expires first, in whichever account."""
    waiting = [
        card
        for post in desk.posts
        for card in await desk.stores.ledger.proposals(post.name, status=ProposalStatus.PENDING)
    ]
    return min(waiting, key=lambda card: card.expires_at, default=None)
