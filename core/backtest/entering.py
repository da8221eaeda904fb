"""From a decision to a position in a walked account: candidate, risk, yes, and the entry's fill."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from core.backtest.edges import Decisions
from core.backtest.lot import Level, Lot, Waiting
from core.backtest.purse import Purse
from core.backtest.scenario import Scenario
from core.backtest.stand import Stand
from core.backtest.timetable import Lane
from core.committee.merging import SIDES
from core.domain.market import Quote, exact, from_millis
from core.domain.people import AccountSettings, Approval
from core.domain.proposal import Candidate, Refusal, Rule, TradePlan
from core.domain.trading import Side
from core.execution.orders import shared
from core.paper.costs import LOOKBACKS
from core.risk import Terms, admit, review, shrunk
from core.risk.candidates import fraction, scale_of
from core.risk.guards import crowded, refusals

WHOLE = Decimal(1)
OLDEST_VOLUME = LOOKBACKS[-1] // timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """One decision with an edge: which symbol's, and its place among that symbol's decisions."""

    lane: Lane
    decisions: Decisions
    place: int

    def candidate(self, settings: AccountSettings) -> Candidate:
        merged, tuning = self.decisions.merged, settings.tuning
        return Candidate(
            symbol=self.lane.street.symbol,
            side=SIDES[merged.side.item(self.place)],
            stop_distance=fraction(self.decisions.stop.item(self.place)),
            target_distance=fraction(self.decisions.target.item(self.place)),
            horizon=settings.timeframe.duration * tuning.horizon,
            decision_id="",
            scale=min(scale_of(merged.confidence.item(self.place), settings), WHOLE),
        )


@dataclass(frozen=True, slots=True)
class Card:
    """A plan that somebody may say yes to, on the terms it was made for."""

    lane: Lane
    plan: TradePlan
    terms: Terms


class Entering:
    """Looks at one close: first all cards, then all answers, as the living desk does."""

    def __init__(self, scenario: Scenario, stand: Stand) -> None:
        self._settings, self._costs, self._stand = scenario.settings, scenario.costs, stand
        self.refusals: Counter[Rule] = Counter()

    def look(self, wishes: Sequence[Wish]) -> list[Lot]:
        """The positions that come of it."""
        cards = [card for wish in wishes if (card := self._card(wish))]
        lots: list[Lot] = []
        for card in cards:
            lot = self._answer(card, is_first=not lots)
            if lot:
                self._stand.enter(lot)
                lots.append(lot)
        return lots

    def _card(self, wish: Wish) -> Card | None:
        stand, settings, symbol = self._stand, self._settings, wish.lane.street.symbol
        full = crowded(symbol, stand, settings)
        for refusal in (full,) if full else refusals(symbol, stand, settings):
            self.refusals[refusal.rule] += 1
            return None
        terms = self._terms(wish.lane)
        verdict = review(wish.candidate(settings), terms, stand.standing(), settings)
        if isinstance(verdict, Refusal):
            self.refusals[verdict.rule] += 1
            return None
        stand.proposals_today += 1
        return Card(wish.lane, verdict, terms)

    def _terms(self, lane: Lane) -> Terms:
        close = self._stand.close
        last, mark = exact(lane.last.item(close)), exact(lane.mark.item(close))
        told = from_millis(lane.told.item(close))
        quote = Quote(lane.street.symbol, told, last, mark)
        return Terms(quote, lane.street.instrument, self._costs.taken)

    def _answer(self, card: Card, *, is_first: bool) -> Lot | None:
        """Yes, unless the autopilot may not; risk is asked again if anything has changed."""
        part = self._part(card.plan)
        last = card.terms.quote.last
        if part is None or not card.plan.accepts(last):
            return None
        plan = card.plan if part == WHOLE else shrunk(card.plan, part, card.terms)
        if isinstance(plan, TradePlan) and not (is_first and plan is card.plan):
            plan = admit(plan, card.terms, self._stand.standing(), self._settings) or plan
        if isinstance(plan, Refusal):
            self.refusals[plan.rule] += 1
            return None
        if self._settings.approval is Approval.AUTOPILOT:
            self._stand.entries_today += 1
        return self._fill(card.lane, plan, last)

    def _part(self, plan: TradePlan) -> Decimal | None:
        if self._settings.approval is not Approval.AUTOPILOT:
            return WHOLE
        limits = self._settings.limits
        if not limits.autopilot_risk or self._stand.entries_today >= limits.autopilot_entries:
            return None
        return min(WHOLE, limits.autopilot_risk * plan.equity / plan.risk)

    def _fill(self, lane: Lane, plan: TradePlan, last: Decimal) -> Lot | None:
        """Immediate or not at all: within the limit, from a share of the last bar's volume."""
        stand, instrument = self._stand, lane.street.instrument
        better: Callable[[Decimal, Decimal], Decimal] = min if plan.side is Side.BUY else max
        price = better(self._costs.slipped(last, plan.side), plan.entry_limit)
        volume = lane.street.volume_before(stand.moment, OLDEST_VOLUME)
        most = plan.amount
        if volume is not None:
            most = instrument.round_amount(volume * self._costs.volume_share)
        amount = min(plan.amount, most)
        asked = self._affords(lane, plan, plan.amount, plan.entry_limit)
        if amount <= 0 or not (asked and self._affords(lane, plan, amount, price)):
            return None
        lot = Lot(lane.street, plan.side, plan.leverage, stand.purse, self._costs)
        lot.open(price, amount, stand.moment)
        lot.plan, lot.stop, lot.trail = plan, Level.of(plan.stop_loss), plan.trail
        places = range(len(plan.targets))
        lot.targets = [
            Waiting(place, Level.of(target), left)
            for place, target, left in shared(plan.targets, amount, amount, places, instrument)
        ]
        return lot

    def _affords(self, lane: Lane, plan: TradePlan, amount: Decimal, price: Decimal) -> bool:
        """Fill it on trial: its margin, fee and the funding just due must fit into what is free."""
        purse = Purse(self._stand.free)
        trial = Lot(lane.street, plan.side, plan.leverage, purse, self._costs)
        trial.open(price, amount, self._stand.moment)
        return purse.wallet >= trial.margin
