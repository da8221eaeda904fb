"""How the account is doing, what it may still lose, and what its models have cost."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from core.ask.arguments import Given
from core.ask.ports import Bills, Pages, Reports, Stand
from core.ask.telling import coin, filled, moment, number, percent
from core.calendar import day_start, month_start, week_start
from core.domain.model import CallStatus
from core.domain.people import AccountSettings, Limits
from core.ports import Clock
from core.reports import Report
from core.risk import Period, Standing

SPANS = ("day", "week", "month", "all")
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Result:
    clock: Clock
    report: Reports

    async def __call__(self, given: Given) -> object:
        """Days, weeks and months begin at 00:00 UTC."""
        return result(await self.report(_start(str(given["span"]), self.clock.now())))


@dataclass(frozen=True, slots=True)
class RiskLimits:
    """Limits as fractions of equity are told in percent, what is left in quote currency."""

    account: str
    pages: Pages
    stand: Stand

    async def __call__(self, given: Given) -> object:
        settings, standing = await self.pages.settings(self.account), await self.stand()
        return chosen(settings) | left(settings.limits, standing) | resting(standing)


@dataclass(frozen=True, slots=True)
class ModelSpending:
    """US dollars; what is reserved and not settled yet counts in full."""

    clock: Clock
    bills: Bills

    async def __call__(self, given: Given) -> object:
        now = self.clock.now()
        calls = await self.bills.calls(month_start(now), now + MOMENT)
        models: defaultdict[str, Decimal] = defaultdict(Decimal)
        for call in calls:
            models[call.model] += call.counts
        today = [call for call in calls if call.at >= day_start(now)]
        return {
            "today_usd": number(sum((call.counts for call in today), Decimal(0))),
            "month_usd": number(sum(models.values(), Decimal(0))),
            "by_model_usd": {name[:60]: number(spent) for name, spent in models.items()},
            "calls": len(calls),
            "failed": sum(call.status is CallStatus.FAILED for call in calls),
            "late": sum(call.status is CallStatus.LATE for call in calls),
        }


def _start(span: str, now: datetime) -> datetime | None:
    starts = {"day": day_start(now), "week": week_start(now), "month": month_start(now)}
    return starts.get(span)


def chosen(settings: AccountSettings) -> dict[str, object]:
    return {
        "profile": settings.profile.value,
        "who_says_yes": settings.approval.value,
        "paused": settings.paused,
        "symbols": [coin(symbol) for symbol in settings.symbols],
        "timeframe": settings.timeframe.value,
        "risk_per_trade_percent": percent(settings.limits.risk_per_trade),
        "most_leverage": settings.limits.leverage,
    }


def left(limits: Limits, standing: Standing) -> dict[str, object]:
    return {
        "equity": number(standing.equity),
        "positions": {"open": standing.positions, "most": limits.max_positions},
        "at_risk_now": number(standing.at_risk),
        "loss_limits": {
            period.value: {
                "limit_percent": percent(period.limit(limits)),
                "left": number(standing.left(period, limits)),
            }
            for period in Period
        },
        "month_left": number(standing.month_left(limits)),
        "proposals": {"today": standing.proposals_today, "most": limits.proposals_per_day},
    }


def resting(standing: Standing) -> dict[str, object]:
    """Why nothing is entered for a while, if that is so."""
    rests = {coin(s): moment(u) for s, u in standing.rests_until.items() if u > standing.now}
    return filled(
        {
            "rests_until": rests,
            "after_two_stops_until": moment(standing.two_stops_until),
            "after_shock_until": moment(standing.shock_until),
            "event": standing.event.kind.value if standing.event else None,
        }
    )


def result(report: Report) -> dict[str, object]:
    money, tally = report.money, report.tally
    return filled(
        {
            "from": moment(report.start),
            "to": moment(report.end),
            "equity": number(money.end),
            "change": number(money.change),
            "change_percent": percent(money.fraction),
            "from_trading": number(money.trading),
            "fees": number(money.fees),
            "funding": number(money.funding),
            "closed_trades": tally.trades,
            "wins": tally.wins,
            "total_r": number(tally.total_r),
            "exits": {exit_.value: n for exit_, n in Counter(report.exits).items()},
            "proposals": {status.value: n for status, n in report.answers.items()},
            "unanswered_would_have_made_r": {
                status.value: number(r) for status, r in report.shadows.items()
            },
            "open_positions": report.open_positions,
            "deepest_fall_percent": percent(report.curve.drawdown.depth),
        }
    )
