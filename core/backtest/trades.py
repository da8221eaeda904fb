"""What a walk leaves behind, in the desk's own words: trades, and the account's worth as a column."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

import numpy as np

from core.backtest.lot import Lot
from core.backtest.run import Curve
from core.backtest.scenario import Scenario
from core.backtest.street import Rows
from core.backtest.timetable import Lane
from core.domain.market import Floats, Millis, from_millis, to_millis
from core.domain.proposal import Target, TradePlan
from core.domain.trade import Kind, Trade, TradeStatus

FOR_EVER = timedelta(days=36_500)


def trade_of(lot: Lot, number: int, account: str) -> Trade:
    """A closed lot as the ledger would know it."""
    opened, plan = from_millis(lot.opened_at), lot.plan or _plan(lot)
    return Trade(
        id=f"{number:06d}",
        account=account,
        kind=Kind.REAL,
        plan=plan,
        stop=lot.stop.price,
        targets=plan.targets,
        status=TradeStatus.CLOSED,
        amount=lot.amount,
        entry_price=lot.entry,
        extreme=lot.extreme,
        realized=lot.realized,
        fees=lot.fees,
        funding=lot.funding,
        targets_hit=lot.hits,
        trailing=lot.trailing,
        ending=lot.ending,
        exit=lot.ending,
        exit_price=lot.exit_price,
        created_at=opened,
        opened_at=opened,
        closed_at=from_millis(lot.closed_at),
    )


def _plan(lot: Lot) -> TradePlan:
    """What a lot of a fixed size was meant to be: its risk is what its stop would have cost."""
    instrument, slippage = lot.street.instrument, lot.costs.taken
    fees = instrument.taker_fee * (lot.entry + lot.stop.price)
    unit = abs(lot.entry - lot.stop.price) + fees + slippage * lot.stop.price
    goal = lot.goal or lot.entry
    return TradePlan(
        symbol=lot.street.symbol,
        side=lot.side,
        amount=lot.amount,
        leverage=lot.leverage,
        reference=lot.entry,
        entry_limit=lot.entry,
        stop_loss=lot.stop.price,
        targets=(Target(goal, Decimal(1)),),
        trail=None,
        time_stop=FOR_EVER,
        risk=lot.amount * unit,
        reward=lot.amount * (goal - lot.entry) * lot.sign,
        liquidation_price=Decimal(0),
        gap_loss=lot.amount * lot.entry * instrument.gap,
        month_left=Decimal(0),
        equity=Decimal(0),
    )


def curve_of(
    scenario: Scenario,
    lots: Sequence[Lot],
    wallet: Floats,
    lanes: Mapping[str, Lane],
    closes: Millis,
) -> Curve:
    """Realised money at each close, and what open lots would have brought at their marks."""
    worth = wallet.copy()
    for symbol, lane in lanes.items():
        mine = [lot for lot in lots if lot.street.symbol == symbol]
        if mine:
            worth += _open_profit(mine, lane, closes)
    time = np.concatenate(([to_millis(scenario.start)], closes))
    return Curve(time, np.concatenate(([float(scenario.equity)], worth)))


def _open_profit(lots: Sequence[Lot], lane: Lane, closes: Millis) -> Floats:
    """Sum of amount * (mark - entry): amounts and costs change at turns, and are summed up."""
    turns, amounts, costs = [], [], []
    for lot in lots:
        before = Decimal(0)
        for turn, left in lot.held:
            change = float(left - before) * lot.sign
            turns.append(turn)
            amounts.append(change)
            costs.append(change * float(lot.entry))
            before = left
    place = np.searchsorted(closes, (np.array(turns) + 1) // 2)
    held = _summed(place, amounts, len(closes))
    profit: Floats = held * lane.mark - _summed(place, costs, len(closes))
    return profit


def _summed(place: Rows, change: list[float], length: int) -> Floats:
    column = np.zeros(length + 1)
    np.add.at(column, place, change)
    summed: Floats = np.cumsum(column)[:length]
    return summed
