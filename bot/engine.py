"""Builds the desk's use cases over one market and one paper account.

A handler asks for a use case by the name of its field here.
"""

import asyncio
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from bot.markets import Market
from bot.stores import Stores, short_id
from bot.strangers import answers, comparison
from core.approval import AdjustProposal, ApproveProposal, ExpireProposals, RejectProposal
from core.attendance import Attendance
from core.committee.alone import ALONE
from core.committee.merging import Rules
from core.contest import ReadContest
from core.engine import NOWHERE, FormDecisions
from core.events import NO_EVENTS
from core.execution.adopting import AnswerStranger
from core.execution.editing import EditTrades
from core.execution.protecting import ProtectPositions
from core.execution.reconciling import Reconcile
from core.execution.sending import SendIntent
from core.execution.settling import SettleIntents
from core.owner import ACCOUNT, ChangePerson, ChangeSettings
from core.panic import Panic
from core.paper.broker import PaperBroker
from core.paper.costs import Costs
from core.ports import (
    Calendar,
    Clock,
    Duty,
    Opposition,
    Presence,
    Purse,
    Sights,
    Trusts,
    Won,
)
from core.positions import ClosePosition, FollowPrices, MoveLevels
from core.proposing import OpenManually, ProposeTrades
from core.reading import ReadCard, ReadPositions, ReadStatus
from core.reports import MakeReport
from core.rules.analyst import rule_analysts
from core.shadows import FollowShadows
from core.standing import TakeStanding
from core.trail import ReadTrail
from core.watching import ReadMarket


@dataclass(frozen=True, slots=True)
class World:
    """What every use case stands on."""

    clock: Clock
    market: Market
    stores: Stores
    equity: Decimal
    won: Won
    purse: Purse
    costs: Costs = field(default_factory=Costs)
    calendar: Calendar = NO_EVENTS
    sights: Sights = NOWHERE
    duty: Duty = ALONE
    belief: Trusts = ALONE
    opposition: Opposition = ALONE
    lane: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(frozen=True, slots=True)
class Venue:
    """The account at its broker, and the three that deal with it."""

    broker: PaperBroker
    send: SendIntent
    settle: SettleIntents
    protect: ProtectPositions
    stand: TakeStanding
    edit: EditTrades
    reconcile: Reconcile


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Everything that a person or a job can ask of the desk."""

    form_decisions: FormDecisions
    propose_trades: ProposeTrades
    approve_proposal: ApproveProposal
    adjust_proposal: AdjustProposal
    reject_proposal: RejectProposal
    expire_proposals: ExpireProposals
    open_trade: OpenManually
    close_position: ClosePosition
    answer_stranger: AnswerStranger
    move_levels: MoveLevels
    follow_prices: FollowPrices
    follow_shadows: FollowShadows
    panic_now: Panic
    make_report: MakeReport
    read_card: ReadCard
    read_trail: ReadTrail
    read_positions: ReadPositions
    read_status: ReadStatus
    read_market: ReadMarket
    attendance: Attendance
    change_settings: ChangeSettings
    change_person: ChangePerson

    def by_name(self) -> dict[str, Any]:
        return {item.name: getattr(self, item.name) for item in fields(self)}


def open_venue(world: World) -> Venue:
    clock, market, ledger = world.clock, world.market, world.stores.ledger
    broker = PaperBroker(
        account=ACCOUNT,
        opening_balance=world.equity,
        clock=clock,
        quotes=market,
        tape=market,
        market=market,
        store=world.stores.paper,
        costs=world.costs,
    )
    send, edit = SendIntent(clock, broker, ledger), EditTrades(ledger)
    return Venue(
        broker,
        send,
        SettleIntents(ACCOUNT, clock, broker, ledger, send, edit, world.won),
        ProtectPositions(ACCOUNT, clock, broker, ledger, market, send, edit, quotes=market),
        TakeStanding(ACCOUNT, clock, broker, ledger, market, market, world.calendar),
        edit,
        comparison(ACCOUNT, clock, broker, ledger, market, edit),
    )


def build_engine(world: World, venue: Venue, presence: Presence) -> Engine:
    clock, market, ledger = world.clock, world.market, world.stores.ledger
    attendance, settings = Attendance(ACCOUNT, ledger, presence), _settings(world)
    propose, close = _propose(world, venue, attendance), _close(world, venue)
    return Engine(
        form_decisions=_form(world),
        propose_trades=propose,
        approve_proposal=_approve(world, venue, propose),
        adjust_proposal=AdjustProposal(clock, ledger, propose, world.lane),
        reject_proposal=RejectProposal(clock, ledger),
        expire_proposals=ExpireProposals(ACCOUNT, clock, ledger),
        open_trade=OpenManually(clock, ledger, propose),
        close_position=close,
        answer_stranger=answers(ACCOUNT, venue.settle, venue.protect, world.lane),
        move_levels=MoveLevels(ledger, market, market, venue.protect, venue.edit, world.lane),
        follow_prices=_follow(world, venue, close),
        follow_shadows=FollowShadows(ACCOUNT, clock, ledger, market, market, world.costs),
        panic_now=Panic(ACCOUNT, clock, venue.broker, ledger, close, settings.turn),
        make_report=MakeReport(ACCOUNT, clock, venue.broker, ledger, _contest(world)),
        read_card=ReadCard(clock, market, ledger, market.origin),
        read_trail=ReadTrail(ACCOUNT, ledger, world.stores.scores, world.purse, world.stores.past),
        read_positions=_positions(world, venue),
        read_status=_status(world, venue),
        read_market=ReadMarket(clock, market, market, world.won, market.origin),
        attendance=attendance,
        change_settings=settings,
        change_person=ChangePerson(ledger),
    )


def _form(world: World) -> FormDecisions:
    return FormDecisions(
        world.market,
        rule_analysts(),
        world.stores.ledger,
        Rules(),
        world.costs.taken,
        lambda: short_id(8),
        world.sights,
        world.duty,
        world.belief,
    )


def _contest(world: World) -> ReadContest:
    ledger, market = world.stores.ledger, world.market
    return ReadContest(ACCOUNT, world.clock, ledger, market, world.purse)


def _propose(world: World, venue: Venue, attendance: Attendance) -> ProposeTrades:
    return ProposeTrades(
        ACCOUNT,
        world.clock,
        world.market,
        world.market,
        world.stores.ledger,
        venue.stand,
        world.lane,
        world.costs.taken,
        lambda: short_id(6),
        attendance,
        world.opposition,
    )


def _approve(world: World, venue: Venue, propose: ProposeTrades) -> ApproveProposal:
    ledger = world.stores.ledger
    return ApproveProposal(
        world.clock, ledger, propose, venue.send, venue.settle, venue.protect, world.lane
    )


def _close(world: World, venue: Venue) -> ClosePosition:
    return ClosePosition(
        world.clock,
        world.stores.ledger,
        world.market,
        venue.send,
        venue.settle,
        venue.protect,
        venue.edit,
        world.lane,
    )


def _follow(world: World, venue: Venue, close: ClosePosition) -> FollowPrices:
    ledger, market = world.stores.ledger, world.market
    return FollowPrices(
        ACCOUNT, world.clock, ledger, market, market, close, venue.edit, venue.protect
    )


def _positions(world: World, venue: Venue) -> ReadPositions:
    market = world.market
    return ReadPositions(
        world.clock,
        venue.broker,
        market,
        market,
        world.stores.ledger,
        venue.protect,
        ACCOUNT,
        market.origin,
    )


def _status(world: World, venue: Venue) -> ReadStatus:
    market = world.market
    return ReadStatus(
        ACCOUNT,
        world.clock,
        venue.broker,
        market,
        market,
        world.stores.ledger,
        venue.stand,
        market.origin,
        world.calendar,
    )


def _settings(world: World) -> ChangeSettings:
    market = world.market
    return ChangeSettings(ACCOUNT, world.clock, world.stores.ledger, market, market)
