"""What is held, what waits for a yes, and what has ended."""

from dataclasses import dataclass

from core.ask.arguments import Given
from core.ask.ports import Pages
from core.ask.telling import coin, filled, moment, number
from core.domain.market import Quote
from core.domain.proposal import Clamp, Proposal, ProposalStatus
from core.domain.trade import Trade
from core.domain.trading import Side
from core.errors import NoMarketData, UnknownSymbol
from core.ports import Quotes

SIDES = {Side.BUY: "long", Side.SELL: "short"}


@dataclass(frozen=True, slots=True)
class OpenPositions:
    account: str
    pages: Pages
    quotes: Quotes

    async def __call__(self, given: Given) -> object:
        trades = await self.pages.live_trades(self.account)
        return [position(trade, await self._price(trade.symbol)) for trade in trades]

    async def _price(self, symbol: str) -> Quote | None:
        """None while nobody tells one."""
        try:
            return await self.quotes.quote(symbol)
        except (NoMarketData, UnknownSymbol):
            return None


@dataclass(frozen=True, slots=True)
class WaitingProposals:
    account: str
    pages: Pages

    async def __call__(self, given: Given) -> object:
        cards = await self.pages.proposals(self.account, status=ProposalStatus.PENDING)
        return [card(each) for each in cards]


@dataclass(frozen=True, slots=True)
class ClosedTrades:
    account: str
    pages: Pages

    async def __call__(self, given: Given) -> object:
        """The last ones, newest first."""
        closed = await self.pages.closed_trades(self.account)
        return [trade(each) for each in closed[: -int(given["count"]) - 1 : -1]]


def position(held: Trade, price: Quote | None) -> dict[str, object]:
    """What it makes counts its fees and funding so far, as if it ended at this price."""
    made = held.net + held.open_pnl(price.last) if price else None
    part = held.amount / held.plan.amount if held.amount else None
    return trade(held) | filled(
        {
            "price_now": number(price.last) if price else None,
            "price_time": moment(price.time) if price else None,
            "result_now": number(made),
            "r_now": number(made / (held.plan.risk * part)) if made is not None and part else None,
            "lost_if_stopped_now": number(held.risk_from(price.last)) if price else None,
        }
    )


def trade(one: Trade) -> dict[str, object]:
    return filled(
        {
            "id": one.id,
            "coin": coin(one.symbol),
            "side": SIDES[one.side],
            "status": one.status.value,
            "amount": number(one.amount),
            "remaining": number(one.remaining) if one.is_live else None,
            "leverage": one.plan.leverage,
            "entry": number(one.entry_price),
            "stop": number(one.stop),
            "targets": [number(target.price) for target in one.targets],
            "targets_hit": one.targets_hit,
            "opened": moment(one.opened_at),
            "closed": moment(one.closed_at),
            "exit": one.exit.value if one.exit else None,
            "exit_price": number(one.exit_price),
            "net_so_far": number(one.net),
            "r": None if one.is_live else number(one.r_multiple),
            "fees": number(one.fees),
            "funding": number(one.funding),
        }
    )


def card(one: Proposal) -> dict[str, object]:
    plan = one.plan
    return filled(
        {
            "id": one.id,
            "decision": one.candidate.decision_id,
            "coin": coin(plan.symbol),
            "side": SIDES[plan.side],
            "status": one.status.value,
            "wanted_by": one.candidate.author.value,
            "said_yes": one.yes.value if one.yes else None,
            "made": moment(one.created_at),
            "expires": moment(one.expires_at),
            "answered": moment(one.answered_at),
            "amount": number(plan.amount),
            "leverage": plan.leverage,
            "entry_limit": number(plan.entry_limit),
            "stop": number(plan.stop_loss),
            "targets": [number(target.price) for target in plan.targets],
            "lost_at_stop": number(plan.risk),
            "won_at_targets": number(plan.reward),
            "made_smaller_by": [clamp(each) for each in plan.clamps],
        }
    )


def clamp(one: Clamp) -> dict[str, object]:
    return {"rule": one.rule.value, "from": number(one.before), "to": number(one.after)}
