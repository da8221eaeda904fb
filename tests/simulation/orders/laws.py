"""What must hold when the weather has been calm for a while: ledger, venue and outbox are compared."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from sqlalchemy import Connection, select

from bot.storage.codec import decode, decode_notice
from bot.storage.history import read_booked, read_intents, read_proposals
from bot.storage.tables import outbox, trades
from core.domain.intent import Intent, IntentStatus, Role
from core.domain.ledger import Booked
from core.domain.notice import Notice, NoticeKind
from core.domain.proposal import ProposalStatus
from core.domain.trade import Kind, Trade, TradeStatus
from core.domain.trading import Fill, FundingPayment, OrderState, OrderType
from core.execution.names import is_ours, trade_of
from tests.builders import ACCOUNT
from tests.simulation.orders.floor import OPENING
from tests.simulation.orders.observer import Watch
from tests.simulation.orders.world import World
from tests.venues.trading.orders import ZERO

CLOSE_ENOUGH = Decimal("1e-8")
NEAR = Decimal("0.0001")
EVER = (None, None)
TOLD = {
    NoticeKind.ENTRY_FILLED: lambda t: t.amount > 0,
    NoticeKind.TRADE_CLOSED: lambda t: t.status is TradeStatus.CLOSED,
}


class Books:
    """What the database says, read once."""

    def __init__(self, world: World) -> None:
        read, account = world.disk.read, getattr(world, "account", ACCOUNT)
        self.intents: tuple[Intent, ...] = read(read_intents, account, list(IntentStatus))
        self.booked: tuple[Booked, ...] = read(read_booked, account, EVER)
        self.trades: tuple[Trade, ...] = read(_trades)
        self.notices: tuple[Notice, ...] = read(_notices)
        self.cards = read(read_proposals, account, EVER, None)

    @property
    def live(self) -> list[Trade]:
        return [trade for trade in self.trades if trade.is_live]


def _trades(connection: Connection) -> tuple[Trade, ...]:
    asked = select(trades.c.body).where(trades.c.kind == Kind.REAL)
    return tuple(decode(Trade, body) for body in connection.scalars(asked).all())


def _notices(connection: Connection) -> tuple[Notice, ...]:
    asked = select(outbox.c.body).order_by(outbox.c.id)
    return tuple(decode_notice(body) for body in connection.scalars(asked).all())


def judge(world: World, watch: Watch) -> None:
    books = Books(world)
    world.verdict.trades = sum(trade.amount > 0 for trade in books.trades)
    for law, broken in (
        ("I1", once(world, books)),
        ("I4", settled(world, books)),
        ("I4", agree(world, watch, books)),
        ("I6", told(books)),
        ("I7", money(world, watch, books)),
        ("I8", budget(world, watch, books)),
    ):
        world.verdict.checked[law] += len(books.trades)
        for how in broken:
            world.breaks(law, how)


def once(world: World, books: Books) -> Iterator[str]:
    """I1: an entry is sent once and executed once; what never happened has not happened."""
    sent = Counter(order.client_order_id for _, order in world.line.sent)
    for intent in books.intents:
        if intent.role is Role.ENTRY and sent[intent.id] > 1:
            yield f"{intent.id} was sent {sent[intent.id]} times"
        twice = world.floor.executed(intent.id) > intent.order.amount
        if intent.role is Role.ENTRY and twice and intent.id not in world.line.doubled:
            yield f"{intent.id} was executed twice"
        dead = intent.status in {IntentStatus.ABSENT, IntentStatus.REFUSED}
        if dead and intent.id not in world.line.doubled and world.floor.executed(intent.id):
            yield f"{intent.id} is {intent.status} and was executed"
    entries = Counter(i.trade_id for i in books.intents if i.role is Role.ENTRY)
    yield from (f"{trade} has {n} entries" for trade, n in entries.items() if n > 1)


def settled(world: World, books: Books) -> Iterator[str]:
    for intent in books.intents:
        if intent.status in {IntentStatus.NEW, IntentStatus.SENDING}:
            yield f"{intent.id} is still {intent.status}"
        elif intent.status is IntentStatus.ACCEPTED and not world.floor.remembers(intent.id):
            yield f"{intent.id} is accepted, and the venue does not know it"
    for trade in books.trades:
        if trade.status is TradeStatus.OPENING:
            yield f"{trade.id} is still opening"
    now = world.clock.now()
    for card in books.cards:
        late = (now - card.expires_at).total_seconds() > 20
        if card.status is ProposalStatus.PENDING and late:
            yield f"card {card.id} waits for ever"


def agree(world: World, watch: Watch, books: Books) -> Iterator[str]:
    """I4: what the ledger holds is what the venue holds, guarded as the ledger wants."""
    there = world.floor.view().open()
    for symbol, share in watch.shares.items():
        if share.mixed:
            continue
        live = [t for t in books.live if t.symbol == symbol]
        known = sum((t.remaining * t.side.sign for t in live), ZERO)
        if known != share.held:
            yield f"{symbol}: the ledger holds {known}, the venue {share.held}"
    for trade in books.live:
        if trade.status is TradeStatus.OPEN and trade.id not in watch.mixed:
            yield from _guarded(trade, [s for s in there if _belongs(s, trade)])
    alive = {trade.id for trade in books.live}
    for state in there:
        name = state.order.client_order_id
        if is_ours(name) and trade_of(name) not in alive:
            yield f"{name} waits for a trade that is over"


def _belongs(state: OrderState, trade: Trade) -> bool:
    name = state.order.client_order_id
    return is_ours(name) and trade_of(name) == trade.id


def _guarded(trade: Trade, orders: list[OrderState]) -> Iterator[str]:
    stops = [s for s in orders if s.order.type is OrderType.STOP_MARKET]
    right = [s for s in stops if s.order.stop_price == trade.stop]
    if sum((s.order.amount - s.filled for s in right), ZERO) < trade.remaining:
        yield f"{trade.id} wants a stop at {trade.stop} for {trade.remaining}: {_shown(stops)}"
    elif len(stops) > 1:
        yield f"{trade.id} has {len(stops)} stops"


def _shown(stops: list[OrderState]) -> str:
    return ", ".join(f"{s.order.amount} at {s.order.stop_price}" for s in stops) or "there is none"


def told(books: Books) -> Iterator[str]:
    """I6: what happened is in the outbox, once."""
    said = Counter((notice.kind, notice.subject) for notice in books.notices)
    for kind, happened in TOLD.items():
        for trade in books.trades:
            times = said[kind, trade.id]
            if times != int(happened(trade)):
                yield f"{kind} of {trade.id} was told {times} times"


def money(world: World, watch: Watch, books: Books) -> Iterator[str]:
    """I7: every coin of the wallet has a line, and every line is booked once, by its owner."""
    state = world.floor.ledger.state
    if state.wallet != OPENING + sum((line.amount for line in state.incomes), ZERO):
        yield "the venue's own books do not add up"
    told_by_venue = {one.seq: one for one in world.floor.told}
    for one in books.booked:
        if told_by_venue.get(one.activity.seq) != one.activity:
            yield f"{one.activity.seq} is booked otherwise than it was told"
    booked = {one.activity.seq for one in books.booked}
    for one in world.floor.told:
        if isinstance(one, Fill) and is_ours(one.client_order_id) and one.seq not in booked:
            yield f"a fill of {one.client_order_id} is not booked"
    for trade in books.trades:
        if trade.id in watch.mixed:
            continue
        mine = [one.activity for one in books.booked if one.trade_id == trade.id]
        made = sum(_shares(trade, mine), ZERO)
        if abs(made - trade.net) > CLOSE_ENOUGH:
            yield f"{trade.id} made {trade.net}, its activity {made}"


def _shares(trade: Trade, mine: Sequence[Fill | FundingPayment]) -> Iterator[Decimal]:
    """What each piece of activity has brought the trade: of what somebody else or the venue did to
    the position, its part.
    """
    held = ZERO
    for one in mine:
        if isinstance(one, FundingPayment):
            yield one.amount
            continue
        part = one.amount
        if one.side is trade.side:
            held, part = held + part, part if is_ours(one.client_order_id) else ZERO
        else:
            part = min(part, held)
            held -= part
        yield (one.realized_pnl - one.fee) * part / one.amount


def budget(world: World, watch: Watch, books: Books) -> Iterator[str]:
    """I8: no trade is larger than planned or entered beyond its limit, and none loses more than
    planned except by what its exits lay beyond its stop.
    """
    for trade in books.trades:
        if not trade.amount or trade.id in watch.mixed:
            continue
        sign, plan = trade.side.sign, trade.plan
        doubled = any(trade_of(name) == trade.id for name in world.line.doubled)
        if trade.amount > plan.amount and not doubled:
            yield f"{trade.id} has {trade.amount}, planned were {plan.amount}"
        if (trade.entry_price - plan.entry_limit) * sign > 0:
            yield f"{trade.id} entered at {trade.entry_price}, beyond {plan.entry_limit}"
        worst = plan.risk * trade.amount / plan.amount + _beyond(trade, books)
        if trade.status is TradeStatus.CLOSED and -trade.net > worst * (1 + NEAR):
            yield f"{trade.id} lost {-trade.net}, at most it was to lose {worst}"


def _beyond(trade: Trade, books: Books) -> Decimal:
    """How much worse than at the planned stop the exits were, with what the venue took."""
    mine = [one.activity for one in books.booked if one.trade_id == trade.id]
    fills = [one for one in mine if isinstance(one, Fill) and one.side is not trade.side]
    sign = trade.side.sign
    gaps = ((trade.plan.stop_loss - one.price) * sign * one.amount for one in fills)
    paid = (-one.amount for one in mine if isinstance(one, FundingPayment))
    fees = sum((one.fee for one in fills), ZERO)
    return sum((max(g, ZERO) for g in gaps), ZERO) + sum(paid, ZERO) + fees
