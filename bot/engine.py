"""Builds the use cases of one account over the desk's market.

A handler asks for a use case by the name of its field here.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

from bot.stores import short_id
from bot.strangers import answers
from bot.venue import Venue
from bot.world import World
from core.approval import AdjustProposal, ApproveProposal, ExpireProposals, RejectProposal
from core.attendance import Attendance
from core.by_hand import CancelEntry, FindTrade, OpenByHand
from core.committee.alone import ALONE
from core.committee.merging import Rules
from core.contest import ReadContest
from core.engine import FormDecisions
from core.execution.adopting import AnswerStranger
from core.guard.restraining import ResumeTrading
from core.owner import ChangeSettings
from core.panic import Panic
from core.persons import ChangePerson
from core.ports import (
    Presence,
)
from core.positions import ClosePosition, FollowPrices, MoveLevels
from core.proposing import OpenManually, ProposeTrades
from core.reading import ReadCard, ReadPositions, ReadStatus
from core.reports import MakeReport
from core.rules.analyst import rule_analysts
from core.shadows import FollowShadows
from core.trail import ReadTrail
from core.watching import ReadMarket


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
    open_by_hand: OpenByHand
    find_trade: FindTrade
    cancel_entry: CancelEntry
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
    resume_trading: ResumeTrading
    change_person: ChangePerson

    def by_name(self) -> dict[str, Any]:
        return {item.name: getattr(self, item.name) for item in fields(self)}


def build_engine(world: World, venue: Venue, presence: Presence, form: FormDecisions) -> Engine:
    clock, market, ledger, name = world.clock, world.market, world.stores.ledger, world.name
    attendance, settings = Attendance(name, ledger, presence), _settings(world)
    propose, close = _propose(world, venue, attendance), _close(world, venue)
    find = FindTrade(name, ledger)
    return Engine(
        form_decisions=form,
        propose_trades=propose,
        approve_proposal=_approve(world, venue, propose),
        adjust_proposal=AdjustProposal(clock, ledger, propose, world.lane),
        reject_proposal=RejectProposal(clock, ledger),
        expire_proposals=ExpireProposals(name, clock, ledger),
        open_trade=OpenManually(clock, ledger, propose),
        open_by_hand=OpenByHand(replace(form, models=ALONE), propose, ledger),
        find_trade=find,
        cancel_entry=_cancel(world, venue, find),
        close_position=close,
        answer_stranger=answers(name, venue.settle, venue.protect, world.lane),
        move_levels=MoveLevels(ledger, market, market, venue.protect, venue.edit, world.lane),
        follow_prices=_follow(world, venue, close),
        follow_shadows=FollowShadows(name, clock, ledger, market, market, world.costs),
        panic_now=Panic(name, clock, venue.broker, ledger, close, settings.turn),
        make_report=MakeReport(
            name, clock, venue.broker, ledger, _contest(world), venue.guarded.transfers
        ),
        read_card=ReadCard(clock, market, ledger, market.origin),
        read_trail=ReadTrail(name, ledger, world.stores.scores, world.purse, world.stores.past),
        read_positions=_positions(world, venue),
        read_status=_status(world, venue),
        read_market=ReadMarket(clock, market, market, world.won, market.origin),
        attendance=attendance,
        change_settings=settings,
        resume_trading=venue.guarded.resume(),
        change_person=ChangePerson(ledger, world.roster),
    )


def form_decisions(world: World) -> FormDecisions:
    """Opinions belong to the market: one for all accounts."""
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
    return ReadContest(world.name, world.clock, ledger, market, world.purse)


def _propose(world: World, venue: Venue, attendance: Attendance) -> ProposeTrades:
    return ProposeTrades(
        world.name,
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


def _cancel(world: World, venue: Venue, find: FindTrade) -> CancelEntry:
    return CancelEntry(world.stores.ledger, venue.send, venue.settle, find)


def _follow(world: World, venue: Venue, close: ClosePosition) -> FollowPrices:
    ledger, market = world.stores.ledger, world.market
    return FollowPrices(
        world.name, world.clock, ledger, market, market, close, venue.edit, venue.protect
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
        world.name,
        market.origin,
    )


def _status(world: World, venue: Venue) -> ReadStatus:
    market = world.market
    return ReadStatus(
        world.name,
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
    return ChangeSettings(
        world.name,
        world.clock,
        world.stores.ledger,
        market,
        market,
        world.turn,
        world.roster,
    )
