"""The composition root: the only module that knows every concrete class."""

import asyncio
import secrets
from dataclasses import dataclass
from decimal import Decimal

from aiogram import Bot, Dispatcher

import handlers
from bot.charts import Painter
from bot.door import Door, Screens
from bot.jobs import Chores, Job, Look, Mark, ReportDay, Watch, table
from bot.later import SoonTasks
from bot.living_cards import RefreshCards
from bot.market.clock import SystemClock
from bot.market.market import RecordedMarket
from bot.notifier import Notifier
from bot.polling import Poller
from bot.presence import Presence
from bot.storage.buttons import SqlButtons
from bot.storage.cards import SqlCards
from bot.storage.database import Database
from bot.storage.inbox import SqlInbox
from bot.storage.ledger import SqlLedger
from bot.storage.notes import SqlNotes
from bot.storage.outbox import SqlOutbox
from bot.storage.paper import SqlPaperStore
from bot.telegram import open_bot
from bot.words import load_words
from core.approval import AdjustProposal, ApproveProposal, ExpireProposals, RejectProposal
from core.autopilot import Attendance, Autopilot
from core.committee.consensus import Rules
from core.domain.market import Timeframe
from core.domain.people import Language
from core.engine import FormDecisions, OpenManually, ProposeTrades
from core.execution.protecting import ProtectPositions
from core.execution.sending import SendIntent
from core.execution.settling import SettleIntents
from core.owner import ACCOUNT, ChangePerson, ChangeSettings, Choices, PairOwner
from core.panic import Panic
from core.paper import Costs, PaperBroker
from core.ports import Clock
from core.positions import ClosePosition, FollowPrices, MoveLevels
from core.reading import ReadCard, ReadDecision, ReadPositions, ReadStatus
from core.reports import MakeReport
from core.rules import rule_analysts
from core.shadows import FollowShadows
from core.standing import TakeStanding
from handlers.attention import Attention
from handlers.words import Words

BASE32 = "abcdefghijklmnopqrstuvwxyz234567"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """What differs from one process to another."""

    token: str
    api_url: str
    language: Language
    timeframe: Timeframe
    equity: Decimal
    krw: Decimal | None
    pairing_code: str
    paced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A desk that has been put together and not yet been started."""

    clock: Clock
    bot: Bot
    words: Words
    ledger: SqlLedger
    notes: SqlNotes
    broker: PaperBroker
    watch: Watch
    expire: ExpireProposals
    mark: Mark
    jobs: tuple[Job, ...]
    poller: Poller
    notifier: Notifier
    presence: Presence
    later: SoonTasks
    choices: Choices


def short_id(length: int) -> str:
    """Nobody can guess it; six letters name a trade, ten a button."""
    return "".join(secrets.choice(BASE32) for _ in range(length))


def assemble(wiring: Wiring, market: RecordedMarket, clock: Clock, database: Database) -> Desk:
    """Build every part once, from the ground up."""
    ledger, notes, cards = SqlLedger(database), SqlNotes(database), SqlCards(database)
    buttons = SqlButtons(database, lambda: short_id(10))
    outbox, inbox, presence, wall = (
        SqlOutbox(database),
        SqlInbox(database),
        Presence(),
        SystemClock(),
    )
    costs, lane, words = Costs(), asyncio.Lock(), load_words()
    bot = open_bot(wiring.token, wiring.api_url, paced=wiring.paced)
    screens = Screens(bot, buttons, cards, Painter(), wall, words, wiring.krw)

    broker = PaperBroker(
        account=ACCOUNT,
        opening_balance=wiring.equity,
        clock=clock,
        quotes=market,
        tape=market,
        market=market,
        store=SqlPaperStore(database),
        costs=costs,
    )
    send = SendIntent(clock, broker, ledger)
    settle = SettleIntents(ACCOUNT, clock, broker, ledger, send)
    protect = ProtectPositions(ACCOUNT, clock, broker, ledger, market, send)
    stand = TakeStanding(ACCOUNT, clock, broker, ledger, market, market)

    form = FormDecisions(
        market, rule_analysts(), ledger, Rules(), costs.slippage, lambda: short_id(8)
    )
    propose = ProposeTrades(
        ACCOUNT, clock, market, market, ledger, stand, lane, costs.slippage, lambda: short_id(6)
    )
    approve = ApproveProposal(clock, ledger, propose, send, settle, protect, lane)
    close = ClosePosition(clock, ledger, market, send, settle, protect, lane)
    expire = ExpireProposals(ACCOUNT, clock, ledger)
    read_card = ReadCard(clock, market, ledger, market.origin)
    read_positions = ReadPositions(
        clock, broker, market, market, ledger, protect, ACCOUNT, market.origin
    )
    read_status = ReadStatus(ACCOUNT, clock, broker, market, market, ledger, stand, market.origin)
    make_report = MakeReport(ACCOUNT, clock, broker, ledger)
    notifier = Notifier(
        ledger, outbox, cards, screens, wall, read_card, read_positions, read_status, make_report
    )
    choices = Choices(market.symbols, market.timeframes)
    later, attention = SoonTasks(), Attention(wall)

    dispatcher = Dispatcher(
        form_decisions=form,
        propose_trades=propose,
        approve_proposal=approve,
        adjust_proposal=AdjustProposal(clock, ledger, propose, lane),
        reject_proposal=RejectProposal(clock, ledger),
        open_trade=OpenManually(clock, ledger, propose),
        close_position=close,
        move_levels=MoveLevels(ledger, market, market, protect, lane),
        panic_now=Panic(ACCOUNT, clock, broker, ledger, close),
        make_report=make_report,
        read_card=read_card,
        read_decision=ReadDecision(ledger),
        read_positions=read_positions,
        read_status=read_status,
        change_settings=ChangeSettings(ACCOUNT, clock, ledger, market, choices),
        change_person=ChangePerson(ledger),
        words=words,
        later=later,
        attention=attention,
    )
    pair = PairOwner(ledger, wiring.pairing_code, wiring.language) if wiring.pairing_code else None
    dispatcher.update.outer_middleware(Door(ledger, screens, pair, clock, presence))
    dispatcher.include_router(handlers.build())

    watch = Watch(broker, settle, protect)
    mark = Mark(ACCOUNT, clock, broker, ledger)
    autopilot = Autopilot(ACCOUNT, clock, ledger, approve, Attendance(ACCOUNT, ledger, presence))
    chores = Chores(
        watch=watch,
        follow=FollowPrices(ACCOUNT, clock, ledger, market, market, close, lane),
        mark=mark,
        expire=expire,
        shadows=FollowShadows(ACCOUNT, clock, ledger, market, market, costs),
        look=Look(ACCOUNT, ledger, form, propose, autopilot),
        report=ReportDay(ACCOUNT, clock, ledger),
        flush=notifier.flush,
        refresh=RefreshCards(ledger, cards, screens, read_positions, attention),
    )
    return Desk(
        clock=clock,
        bot=bot,
        words=words,
        ledger=ledger,
        notes=notes,
        broker=broker,
        watch=watch,
        expire=expire,
        mark=mark,
        jobs=table(chores),
        poller=Poller(bot, dispatcher, inbox, wall, notifier.flush),
        notifier=notifier,
        presence=presence,
        later=later,
        choices=choices,
    )
