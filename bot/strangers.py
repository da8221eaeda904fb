"""Puts together what holds an account against its venue, and takes answers about what it finds."""

import asyncio

from bot.markets import Market
from bot.stores import short_id
from core.execution.adopting import AnswerStranger
from core.execution.editing import EditTrades
from core.execution.protecting import ProtectPositions
from core.execution.reconciling import Reconcile
from core.execution.settling import SettleIntents
from core.execution.truth import Checked
from core.ports import Broker, Clock, Ledger

TRADE_ID = 6


def comparison(
    account: str, clock: Clock, broker: Broker, ledger: Ledger, market: Market, edit: EditTrades
) -> Reconcile:
    return Reconcile(account, clock, broker, ledger, market, market, edit, Checked(clock))


def answers(
    account: str, settle: SettleIntents, protect: ProtectPositions, lane: asyncio.Lock
) -> AnswerStranger:
    clock, ledger = settle.clock, settle.ledger
    return AnswerStranger(
        account, clock, ledger, settle, protect, lane, lambda: short_id(TRADE_ID)
    )
