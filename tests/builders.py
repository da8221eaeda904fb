"""Values of the desk with sensible numbers; a test names only what it is about."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial

from core.domain.event import Event, EventKind, Importance, Source
from core.domain.instrument import Instrument, MaintenanceTier
from core.domain.intent import Intent, IntentStatus, Role
from core.domain.ledger import Booked, Button, EquityMark
from core.domain.market import Timeframe
from core.domain.notice import Notice, NoticeKind
from core.domain.objection import (
    Ending,
    Fate,
    Ground,
    Objection,
    Objector,
    Resolution,
)
from core.domain.opinion import (
    Abstention,
    Decision,
    Distances,
    Evidence,
    Forecast,
    Opinion,
    Question,
    Silence,
    Verdict,
)
from core.domain.people import (
    Absence,
    AccountSettings,
    Approval,
    Colours,
    Language,
    Limits,
    Person,
    Profile,
)
from core.domain.people import Role as PersonRole
from core.domain.proposal import Candidate, Proposal, Target, TradePlan
from core.domain.score import Scored
from core.domain.stranger import Stranger, StrangerStatus
from core.domain.trade import Kind, Trade, TradeStatus
from core.domain.trading import Fill, FundingPayment, Liquidity, Order, OrderType, Side

NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)
SYMBOL = "BTC/USDT:USDT"
ACCOUNT = "paper"

INSTRUMENT = Instrument(
    symbol=SYMBOL,
    tick_size=Decimal("0.1"),
    step_size=Decimal("0.001"),
    min_notional=Decimal(100),
    max_leverage=125,
    maker_fee=Decimal("0.0002"),
    taker_fee=Decimal("0.0005"),
    tiers=(
        MaintenanceTier(Decimal(0), Decimal("0.004")),
        MaintenanceTier(Decimal(300_000), Decimal("0.005"), Decimal(300)),
    ),
    gap=Decimal("0.06"),
)

QUESTION = Question(
    SYMBOL,
    NOON,
    64_000.0,
    timedelta(hours=24),
    {Side.BUY: Distances(0.01375, 0.025), Side.SELL: Distances(0.01375, 0.025)},
)
OPINION = Opinion(
    analyst="trend",
    symbol=SYMBOL,
    p_up=0.56,
    p_target_first={Side.BUY: 0.44, Side.SELL: 0.31},
    evidence=(Evidence("trend.ema_gap", 0.012),),
    effective_n=31.0,
)
DECISION = Decision(
    id="d1",
    symbol=SYMBOL,
    as_of=NOON,
    question=QUESTION,
    views=(OPINION, Abstention("reversion", SYMBOL, Silence.NO_SETUP)),
    verdict=Verdict.EDGE,
    p_up=0.56,
    best=Forecast(side=Side.BUY, p_target_first=0.44, break_even=0.38, expected=0.0021),
    disagreement=0.08,
    confidence=0.8,
    snapshot="0123456789abcdef",
)
OBJECTION = Objection(
    by=Objector.VERIFIER,
    scale=Decimal("0.5"),
    grounds=(Ground.POOR_REWARD,),
    note="4h resistance",
    model="claude-sonnet-5-5",
)
FATE = Fate(
    account=ACCOUNT,
    decision="d1",
    at=NOON,
    ending=Ending.PROPOSED,
    proposal="k7q2e",
    objections=(OBJECTION,),
)
RESOLUTION = Resolution(
    decision="d1",
    symbol=SYMBOL,
    as_of=NOON,
    at=NOON + timedelta(hours=24),
    ended=64_500.0,
    up=1.0,
    target_first={Side.BUY: 1.0, Side.SELL: 0.0},
)
SCORED = Scored(
    decision="d1",
    voice="trend",
    symbol=SYMBOL,
    as_of=NOON,
    ends_at=NOON + timedelta(hours=24),
    known_at=NOON + timedelta(hours=24),
    stated=(0.56, 0.44, 0.31),
    chance=(0.5, 0.355, 0.355),
    outcome=(1.0, 1.0, 0.0),
    believed=(0.53, 0.4, 0.33),
    weight=0.25,
)

CANDIDATE = Candidate(
    symbol=SYMBOL,
    side=Side.BUY,
    stop_distance=Decimal("0.01375"),
    target_distance=Decimal("0.025"),
    horizon=timedelta(hours=24),
    decision_id="d1",
)
TARGETS = (
    Target(Decimal(65_100), Decimal("0.5")),
    Target(Decimal(66_100), Decimal("0.5")),
)
PLAN = TradePlan(
    symbol=SYMBOL,
    side=Side.BUY,
    amount=Decimal("0.026"),
    leverage=3,
    reference=Decimal(64_000),
    entry_limit=Decimal(64_010),
    stop_loss=Decimal(63_120),
    targets=TARGETS,
    trail=Decimal(880),
    time_stop=timedelta(hours=24),
    risk=Decimal("24.9"),
    reward=Decimal("40.2"),
    liquidation_price=Decimal(42_845),
    gap_loss=Decimal("99.9"),
    month_left=Decimal(110),
    equity=Decimal(10_000),
)
PROPOSAL = Proposal(
    id="k7q2e",
    account=ACCOUNT,
    candidate=CANDIDATE,
    plan=PLAN,
    created_at=NOON,
    expires_at=NOON + timedelta(minutes=15),
)
TRADE = Trade(
    id="k7q2e",
    account=ACCOUNT,
    kind=Kind.REAL,
    plan=PLAN,
    stop=PLAN.stop_loss,
    targets=TARGETS,
    status=TradeStatus.OPEN,
    amount=PLAN.amount,
    remaining=PLAN.amount,
    entry_price=Decimal(64_000),
    extreme=Decimal(64_000),
    fees=Decimal("0.832"),
    created_at=NOON,
    opened_at=NOON,
)

ORDER = Order(
    client_order_id="k7q2eentry1",
    symbol=SYMBOL,
    side=Side.BUY,
    type=OrderType.IOC,
    amount=PLAN.amount,
    price=PLAN.entry_limit,
    leverage=PLAN.leverage,
)
INTENT = Intent(
    account=ACCOUNT,
    trade_id="k7q2e",
    role=Role.ENTRY,
    order=ORDER,
    status=IntentStatus.NEW,
    created_at=NOON,
)
FILL = Fill(
    seq=1,
    client_order_id=ORDER.client_order_id,
    symbol=SYMBOL,
    side=Side.BUY,
    price=Decimal(64_000),
    amount=PLAN.amount,
    fee=Decimal("0.832"),
    realized_pnl=Decimal(0),
    liquidity=Liquidity.TAKER,
    time=NOON,
)
FUNDING = FundingPayment(
    seq=2,
    symbol=SYMBOL,
    rate=Decimal("0.0001"),
    amount=Decimal("-0.1664"),
    time=NOON + timedelta(hours=4),
)

LIMITS = Limits(
    risk_per_trade=Decimal("0.0025"),
    leverage=3,
    max_positions=3,
    day_loss=Decimal("0.005"),
    week_loss=Decimal("0.01"),
    month_loss=Decimal("0.015"),
    reward_ratio=Decimal("1.6"),
    cool_down=timedelta(hours=4),
    cool_down_two_stops=timedelta(hours=12),
    same_direction_risk=Decimal("0.005"),
    exposure=Decimal(1),
    autopilot_risk=Decimal("0.0012"),
    autopilot_entries=2,
)
SETTINGS = AccountSettings(
    account=ACCOUNT,
    profile=Profile.BALANCED,
    limits=LIMITS,
    approval=Approval.ASK,
    absence=Absence.WAIT,
    small_below=Decimal("0.0012"),
    symbols=(SYMBOL, "ETH/USDT:USDT"),
    timeframe=Timeframe.M15,
)
PERSON = Person(
    id=42,
    chat=42,
    name="Mina",
    role=PersonRole.OWNER,
    language=Language.EN,
    timezone="Asia/Seoul",
    colours=Colours.GREEN_UP,
)
EVENT = Event(
    id="cpi-1",
    kind=EventKind.CPI,
    title="",
    at=NOON,
    importance=Importance.HIGH,
    source=Source.SHIPPED,
    before=timedelta(minutes=30),
    after=timedelta(minutes=60),
)
STRANGER = Stranger(
    account=ACCOUNT,
    symbol=SYMBOL,
    amount=Decimal("0.05"),
    entry_price=Decimal(64_000),
    stop=Decimal(61_900),
    risk=Decimal(95),
    status=StrangerStatus.ASKED,
    seen_at=NOON,
)
NOTICE = Notice(ACCOUNT, NoticeKind.PROPOSAL, NOON, "k7q2e")
BUTTON = Button(verb="approve", subject="k7q2e", person=42, chat=42, once=True)


@dataclass(frozen=True)
class Offer:
    """What a market has to choose from."""

    symbols: tuple[str, ...]
    timeframes: tuple[Timeframe, ...]


instrument = partial(replace, INSTRUMENT)
question = partial(replace, QUESTION)
opinion = partial(replace, OPINION)
decision = partial(replace, DECISION)
objection = partial(replace, OBJECTION)
fate = partial(replace, FATE)
resolution = partial(replace, RESOLUTION)
scored = partial(replace, SCORED)
candidate = partial(replace, CANDIDATE)
plan = partial(replace, PLAN)
proposal = partial(replace, PROPOSAL)
trade = partial(replace, TRADE)
order = partial(replace, ORDER)
intent = partial(replace, INTENT)
fill = partial(replace, FILL)
funding = partial(replace, FUNDING)
limits = partial(replace, LIMITS)
settings = partial(replace, SETTINGS)
person = partial(replace, PERSON)
event = partial(replace, EVENT)
stranger = partial(replace, STRANGER)
notice = partial(replace, NOTICE)
button = partial(replace, BUTTON)


def booked(activity=FILL, account=ACCOUNT, trade_id="k7q2e"):
    return Booked(account, trade_id, activity)


def equity_mark(at=NOON, equity=10_000, account=ACCOUNT):
    return EquityMark(account, at, Decimal(equity), Decimal(equity))
