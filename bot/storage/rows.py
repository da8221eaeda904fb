"""Which of a value's numbers stand in columns of their own, so that they can be asked for in SQL."""

from bot.storage.codec import encode
from bot.storage.upsert import Row
from core.domain.intent import Intent
from core.domain.ledger import Booked
from core.domain.objection import Fate
from core.domain.opinion import Decision
from core.domain.paper import Book
from core.domain.people import AccountSettings, Person
from core.domain.proposal import Proposal
from core.domain.stranger import Stranger
from core.domain.trade import Trade
from core.domain.trading import Activity, Fill, OrderState


def decision_row(decision: Decision) -> Row:
    return {
        "id": decision.id,
        "symbol": decision.symbol,
        "as_of": decision.as_of,
        "verdict": decision.verdict,
        "best_side": decision.best.side,
        "p_up": decision.p_up,
        "p_target_first": decision.best.p_target_first,
        "expected": decision.best.expected,
        "disagreement": decision.disagreement,
        "confidence": decision.confidence,
        "snapshot": decision.snapshot,
        "body": encode(decision),
    }


def awaited_row(decision: Decision) -> Row:
    ends_at = decision.question.ends_at
    return {"decision": decision.id, "ends_at": ends_at, "ask_at": ends_at}


def fate_row(fate: Fate) -> Row:
    return {
        "account": fate.account,
        "decision": fate.decision,
        "at": fate.at,
        "ending": fate.ending,
        "rule": fate.rule,
        "proposal": fate.proposal,
        "opposed": bool(fate.objections),
        "body": encode(fate),
    }


def proposal_row(proposal: Proposal) -> Row:
    plan = proposal.plan
    return {
        "id": proposal.id,
        "account": proposal.account,
        "status": proposal.status,
        "symbol": plan.symbol,
        "side": plan.side,
        "author": proposal.candidate.author,
        "decision_id": proposal.candidate.decision_id,
        "yes": proposal.yes,
        "amount": plan.amount,
        "entry_limit": plan.entry_limit,
        "stop_loss": plan.stop_loss,
        "risk": plan.risk,
        "reward": plan.reward,
        "leverage": plan.leverage,
        "created_at": proposal.created_at,
        "expires_at": proposal.expires_at,
        "answered_at": proposal.answered_at,
        "body": encode(proposal),
    }


def stranger_row(stranger: Stranger) -> Row:
    return {
        "account": stranger.account,
        "symbol": stranger.symbol,
        "status": stranger.status,
        "amount": stranger.amount,
        "seen_at": stranger.seen_at,
        "body": encode(stranger),
    }


def trade_row(trade: Trade) -> Row:
    return {
        "id": trade.id,
        "kind": trade.kind,
        "account": trade.account,
        "status": trade.status,
        "symbol": trade.symbol,
        "side": trade.side,
        "exit": trade.exit,
        "amount": trade.amount,
        "remaining": trade.remaining,
        "entry_price": trade.entry_price,
        "stop": trade.stop,
        "exit_price": trade.exit_price,
        "realized": trade.realized,
        "fees": trade.fees,
        "funding": trade.funding,
        "risk": trade.plan.risk,
        "created_at": trade.created_at,
        "opened_at": trade.opened_at,
        "closed_at": trade.closed_at,
        "body": encode(trade),
    }


def intent_row(intent: Intent) -> Row:
    order = intent.order
    return {
        "id": intent.id,
        "account": intent.account,
        "trade_id": intent.trade_id,
        "role": intent.role,
        "status": intent.status,
        "code": intent.code,
        "symbol": order.symbol,
        "side": order.side,
        "type": order.type,
        "amount": order.amount,
        "price": order.price,
        "stop_price": order.stop_price,
        "reduce_only": order.reduce_only,
        "created_at": intent.created_at,
        "sent_at": intent.sent_at,
        "body": encode(intent),
    }


def activity_row(activity: Activity) -> Row:
    """The body is the caller's: an activity is kept by itself and as part of what was booked."""
    if isinstance(activity, Fill):
        return _fill_row(activity)
    return {
        "type": "funding",
        "seq": activity.seq,
        "symbol": activity.symbol,
        "client_order_id": None,
        "side": None,
        "liquidity": None,
        "cause": None,
        "amount": None,
        "price": None,
        "fee": None,
        "realized": None,
        "funding": activity.amount,
        "rate": activity.rate,
        "time": activity.time,
    }


def _fill_row(fill: Fill) -> Row:
    return {
        "type": "fill",
        "seq": fill.seq,
        "symbol": fill.symbol,
        "client_order_id": fill.client_order_id,
        "side": fill.side,
        "liquidity": fill.liquidity,
        "cause": fill.cause,
        "amount": fill.amount,
        "price": fill.price,
        "fee": fill.fee,
        "realized": fill.realized_pnl,
        "funding": None,
        "rate": None,
        "time": fill.time,
    }


def booked_row(booked: Booked) -> Row:
    return {
        **activity_row(booked.activity),
        "account": booked.account,
        "trade_id": booked.trade_id,
        "body": encode(booked),
    }


def settings_row(settings: AccountSettings) -> Row:
    return {
        "account": settings.account,
        "profile": settings.profile,
        "approval": settings.approval,
        "absence": settings.absence,
        "timeframe": settings.timeframe,
        "paused": settings.paused,
        "paused_at": settings.paused_at,
        "body": encode(settings),
    }


def person_row(person: Person) -> Row:
    return {
        "id": person.id,
        "chat": person.chat,
        "name": person.name,
        "role": person.role,
        "language": person.language,
        "timezone": person.timezone,
        "colours": person.colours,
        "body": encode(person),
    }


def book_row(account: str, book: Book) -> Row:
    holding = book.holding
    return {
        "account": account,
        "symbol": book.symbol,
        "seen": book.seen,
        "mark": book.mark,
        "amount": holding and holding.amount,
        "entry_price": holding and holding.entry_price,
        "margin": holding and holding.margin,
        "leverage": holding and holding.leverage,
        "orders": len(book.orders),
        "body": encode(book),
    }


def order_row(account: str, state: OrderState) -> Row:
    order = state.order
    return {
        "account": account,
        "client_order_id": order.client_order_id,
        "status": state.status,
        "symbol": order.symbol,
        "side": order.side,
        "type": order.type,
        "amount": order.amount,
        "filled": state.filled,
        "price": order.price,
        "stop_price": order.stop_price,
        "placed_at": state.placed_at,
        "body": encode(state),
    }
