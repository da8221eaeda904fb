"""How every account is, in the owner's language, for a console."""

from collections.abc import Iterator
from datetime import datetime

from bot.rescue.looking import Seen, Whole, confirmed
from core.domain.people import AccountSettings
from core.domain.restraint import Cause
from core.domain.trade import Trade
from handlers.words import Translator

GIGABYTE = 1_000_000_000


def status_lines(t: Translator, whole: Whole) -> Iterator[str]:
    yield t("rescue.status.title", at=_moment(whole.at))
    yield _holder(t, whole)
    free = "?" if whole.free is None else f"{whole.free / GIGABYTE:,.1f}"
    yield t("rescue.status.disk", free=free)
    for one in whole.accounts:
        yield ""
        yield from _account(t, one)


def _holder(t: Translator, whole: Whole) -> str:
    holder = whole.holder
    if holder is None:
        return t("rescue.status.never")
    state = {True: "lives", False: "dead", None: "unseen"}[holder.lives]
    return t(f"rescue.status.lock.{state}", who=holder.words)


def _account(t: Translator, one: Seen) -> Iterator[str]:
    account, settings = one.account, one.settings
    head = f"{account.name} · {account.title} · {t.of('mode', account.mode)}"
    if settings is None:
        yield f"{head}: {t('rescue.status.unbegun')}"
        return
    yield f"{head}: {_state(t, settings)}"
    yield from (f"  {_cause(t, cause)}" for cause in settings.causes)
    if one.mark:
        worth = f"{one.mark.equity:,.2f} USDT"
        yield f"  {t('rescue.status.equity', worth=worth, at=_moment(one.mark.at))}"
    yield f"  {_sure(t, one)}"
    yield f"  {_lease(t, one)}"
    yield from (f"  {line}" for line in _trades(t, one))
    yield from (f"  {line}" for line in _venue(t, one))


def _state(t: Translator, settings: AccountSettings) -> str:
    if settings.paused:
        return t("rescue.status.paused")
    return t(f"rescue.status.state.{settings.trading.value}")


def _cause(t: Translator, cause: Cause) -> str:
    reason = t.of("reason", cause.reason)
    return t("rescue.status.cause", why=f"{reason} {cause.detail}".strip(), at=_moment(cause.at))


def _sure(t: Translator, one: Seen) -> str:
    at = one.sure.reconciled if one.sure else None
    return t("rescue.status.reconciled", at=_moment(at)) if at else t("rescue.status.unreconciled")


def _lease(t: Translator, one: Seen) -> str:
    who = one.lease.holder.partition(":")[0] if one.lease else ""
    return t("rescue.status.lease", who=who) if who else t("rescue.status.free")


def _trades(t: Translator, one: Seen) -> Iterator[str]:
    if not one.trades:
        yield t("rescue.status.flat")
    yield from (_trade(t, one, trade) for trade in one.trades)
    for intent in one.pending:
        yield t("rescue.status.pending", name=intent.id, status=intent.status.value)


def _trade(t: Translator, one: Seen, trade: Trade) -> str:
    side = t.of("side", trade.side)
    what = f"#{trade.id.upper()} {trade.symbol} {side} {trade.remaining:f}"
    at = confirmed(one, trade)
    seen = t("rescue.status.seen", at=_moment(at)) if at else t("rescue.status.not_seen")
    return t("rescue.status.trade", what=what, stop=f"{trade.stop:,f}", seen=seen)


def _venue(t: Translator, one: Seen) -> Iterator[str]:
    if one.trouble:
        yield t("rescue.status.trouble", why=one.trouble)
    if one.shown is None:
        return
    held = one.shown.account
    yield t("rescue.status.shown", worth=f"{held.equity:,.2f} USDT", n=len(one.shown.orders))
    for position in held.positions:
        side = t.of("side", position.side)
        yield t("rescue.status.there", what=f"{position.symbol} {side} {abs(position.amount):f}")


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
