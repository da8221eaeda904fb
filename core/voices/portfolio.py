"""How the account is spread now, what a model has suggested, and what asking one would cost."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

from core.committee.question import question
from core.domain.model import Call, Failure, Model, Prompt, PromptKind
from core.domain.people import AccountSettings, Language
from core.domain.snapshot import MarketSnapshot
from core.domain.trading import Account, Side
from core.indicators import LONGEST, indicators
from core.ports import Broker, Clock, Ledger, MarketData, Purse
from core.prompt import Balance, Sheet, balance, sheet, size_of
from core.spending.likely import likely_cost
from core.spending.worst import worst_case
from core.voices.consult import About, Consults
from core.voices.gating import closed_at
from core.voices.weighing import weights_of

DAY, MONTH = timedelta(days=1), timedelta(days=30)
WORDS, WORDS_A_SYMBOL = 150, 20
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Seat:
    """The model that is asked, and how."""

    model: Model
    consult: Consults
    aliased: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What asking would cost, in US dollars."""

    likely: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What a model answered at a close; `cost` in US dollars."""

    balance: Balance
    model: str
    close: datetime
    cost: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """What is held, in percent and in multiples of the equity, and what was suggested at the last
    close. `model` is empty where there is nobody to ask; without an offer there is nothing to ask
    about now. `failure` says why a question had no answer, `cost` what that came to.
    """

    held: Mapping[str, int]
    sides: Mapping[str, Side]
    exposure: Decimal
    model: str = ""
    suggestion: Suggestion | None = None
    offer: Offer | None = None
    failure: Failure | None = None
    cost: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Ready:
    """A question that can be asked now."""

    seat: Seat
    sheet: Sheet
    prompt: Prompt
    about: About


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPortfolio:
    """Asks nobody. `kept` lives as long as the process: the last suggestion in each language."""

    account: str
    clock: Clock
    broker: Broker
    market: MarketData
    ledger: Ledger
    purse: Purse
    seat: Callable[[], Seat | None]
    kept: dict[Language, Suggestion] = field(default_factory=dict)

    async def __call__(self, language: Language) -> Portfolio:
        portfolio, _ = await self.prepared(language)
        return portfolio

    async def prepared(self, language: Language) -> tuple[Portfolio, Ready | None]:
        """With the question that could be asked; none where what was answered still counts."""
        settings = await self.ledger.settings(self.account)
        account, seat = await self.broker.account(), self.seat()
        portfolio = portfolio_of(account, settings.symbols)
        if seat is None:
            return portfolio, None
        portfolio = replace(portfolio, model=seat.model.name)
        shown = await self._shown(portfolio, settings)
        if not shown:
            return portfolio, None
        last, close = self.kept.get(language), max(map(closed_at, shown))
        if last and last.close == close:
            return replace(portfolio, suggestion=last), None
        ready = _ready(seat, shown, portfolio, settings, language)
        return replace(portfolio, offer=await self._offer(ready)), ready

    async def _shown(
        self, portfolio: Portfolio, settings: AccountSettings
    ) -> Sequence[MarketSnapshot]:
        """Nothing where something that is held cannot be shown: half a picture would mislead."""
        seen = await self.market.snapshots(tuple(portfolio.held), settings.timeframe)
        shown = [one for one in seen if can_be_shown(one)]
        return shown if portfolio.sides.keys() <= {one.symbol for one in shown} else ()

    async def _offer(self, ready: Ready) -> Offer:
        model = ready.seat.model
        past = await self.calls(model, self.clock.now() - MONTH)
        said = WORDS + WORDS_A_SYMBOL * len(ready.sheet.rows)
        likely = likely_cost(model, size_of(ready.prompt), said, past)
        return Offer(likely=likely, most=worst_case(model, ready.prompt))

    async def calls(self, model: Model, since: datetime) -> list[Call]:
        """How often this was asked since then."""
        calls = await self.purse.calls(since, self.clock.now() + DAY)
        ours = (PromptKind.BALANCE, model.name)
        return [call for call in calls if (call.kind, call.model) == ours]


def portfolio_of(account: Account, symbols: Sequence[str]) -> Portfolio:
    """By what it is worth now, long or short; what is held comes first."""
    worth = {p.symbol: abs(p.amount) * p.mark_price for p in account.positions}
    values = worth | {symbol: worth.get(symbol, NOTHING) for symbol in symbols}
    whole = sum(worth.values(), NOTHING)
    return Portfolio(
        held=weights_of(values, account.equity),
        sides={position.symbol: position.side for position in account.positions},
        exposure=whole / account.equity if account.equity > 0 else NOTHING,
    )


def can_be_shown(snapshot: MarketSnapshot) -> bool:
    return snapshot.quality.grade.admits and len(snapshot.frame) >= LONGEST


def _ready(
    seat: Seat,
    shown: Sequence[MarketSnapshot],
    portfolio: Portfolio,
    settings: AccountSettings,
    language: Language,
) -> Ready:
    questions = [question(one, indicators(one.frame), settings.tuning) for one in shown]
    rows = sheet(shown, questions, language, aliased=seat.aliased)
    about = About(max(map(closed_at, shown)), tuple(one.symbol for one in shown))
    return Ready(seat, rows, balance(rows, portfolio.held, language), about)
