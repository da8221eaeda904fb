"""From a candidate to a sized plan or a refusal; and the same limits asked again at the tap.

    guards -> size (each limit may only shrink it) -> plan -> is it worth its risk?

Risk and reward are counted from the entry limit, the worst price at which the desk would still
enter, after fees and slippage.
"""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from core.domain.people import AccountSettings
from core.domain.proposal import Candidate, Clamp, Refusal, Rule, Target, TradePlan
from core.margin import liquidation_price
from core.risk.case import Case
from core.risk.guards import refusals
from core.risk.rooms import Room, rooms
from core.risk.standing import Standing
from core.risk.terms import Terms

SMALLEST_SHARE = Decimal("0.4")
OLDEST_PRICE = timedelta(seconds=30)
LIQUIDATION_BEYOND = Decimal("1.5")


def review(
    candidate: Candidate, terms: Terms, standing: Standing, settings: AccountSettings
) -> TradePlan | Refusal:
    """Size the candidate, or say which rule forbids it.

    What objections have left of it is never more than risk would allow without them: a smaller wish
    may find room, or leverage, where a larger one finds none.
    """
    plan = _sized(candidate, terms, standing, settings)
    if isinstance(plan, Refusal) or not candidate.objections:
        return plan
    whole = _sized(candidate.unopposed, terms, standing, settings)
    if isinstance(whole, Refusal):
        return whole
    return min(plan, whole, key=lambda one: one.amount)


def _sized(
    candidate: Candidate, terms: Terms, standing: Standing, settings: AccountSettings
) -> TradePlan | Refusal:
    for refusal in refusals(candidate.symbol, standing, settings):
        return refusal
    if unsure := _unsure(terms, standing):
        return unsure
    case = Case(candidate, terms, standing, settings)
    amount, clamps = case.wished, []
    for room in case.rooms():
        allowed = case.allowed(room)
        if allowed < amount:
            clamps.append(Clamp(room.rule, amount, allowed))
            amount = allowed
        if allowed < case.wished * SMALLEST_SHARE:
            return _full(room, case.wished, case)
    smallest = terms.instrument.min_notional
    least = amount * min(case.stop, case.entry_limit)
    if least < smallest or not amount:
        return Refusal(Rule.TOO_SMALL, {"minimum": smallest, "notional": least})
    plan = _plan(case, amount, tuple(clamps))
    return _worth_it(plan, settings) or plan


def admit(
    plan: TradePlan, terms: Terms, standing: Standing, settings: AccountSettings
) -> Refusal | None:
    """Ask every limit about a plan as it stands. None means that it may be done."""
    for refusal in refusals(plan.symbol, standing, settings):
        return refusal
    if unsure := _unsure(terms, standing):
        return unsure
    highest = min(settings.limits.leverage, terms.instrument.leverage_at(plan.notional))
    if plan.leverage > highest:
        return Refusal(Rule.LEVERAGE, {"leverage": plan.leverage, "most": highest})
    for room in rooms(plan.side, plan.leverage, standing, settings, terms.instrument):
        wanted = plan.notional if room.risk is None else plan.risk
        if wanted > room.left:
            return Refusal(room.rule, room.numbers(wanted, standing.equity))
    return _worth_it(plan, settings)


def shrunk(plan: TradePlan, part: Decimal, terms: Terms) -> TradePlan | Refusal:
    """The same plan with a part (0..1) of its size; prices stay as they are on the card."""
    amount = terms.instrument.round_amount(plan.amount * part)
    smallest = terms.instrument.min_notional
    least = amount * min(plan.stop_loss, plan.entry_limit)
    if least < smallest or not amount:
        return Refusal(Rule.TOO_SMALL, {"minimum": smallest, "notional": least})
    ratio = amount / plan.amount
    return replace(
        plan,
        amount=amount,
        risk=plan.risk * ratio,
        reward=plan.reward * ratio,
        gap_loss=plan.gap_loss * ratio,
    )


def _unsure(terms: Terms, standing: Standing) -> Refusal | None:
    """An entry needs an account that is what it seems, a symbol that nobody else trades, a price of
    its own venue, a fresh one, and a contract that lasts.
    """
    if not standing.reconciled:
        return Refusal(Rule.UNRECONCILED)
    if terms.quote.symbol in standing.strange:
        return Refusal(Rule.STRANGER, {"symbol": terms.quote.symbol})
    ends = terms.instrument.ends
    if ends and terms.instrument.is_ending(standing.now):
        return Refusal(Rule.ENDING, {"symbol": terms.quote.symbol, "at": ends})
    if terms.quote.elsewhere:
        return Refusal(Rule.ELSEWHERE, {"symbol": terms.quote.symbol})
    age = standing.now - terms.quote.time
    if age <= OLDEST_PRICE:
        return None
    seconds = int(age.total_seconds())
    return Refusal(Rule.PRICE, {"symbol": terms.quote.symbol, "seconds": seconds})


def _full(room: Room, wished: Decimal, case: Case) -> Refusal:
    """The limit leaves too little of the trade to be worth its fees."""
    per_unit = case.entry_limit if room.risk is None else case.loss_per_unit
    return Refusal(room.rule, room.numbers(wished * per_unit, case.standing.equity))


def _plan(case: Case, amount: Decimal, clamps: tuple[Clamp, ...]) -> TradePlan:
    candidate, terms, entry = case.candidate, case.terms, case.entry_limit
    targets = _targets(case, amount)
    gains = (t.share * terms.gain_per_unit(entry, t.price, candidate.side) for t in targets)
    return TradePlan(
        symbol=candidate.symbol,
        side=candidate.side,
        amount=amount,
        leverage=case.leverage,
        reference=terms.quote.last,
        entry_limit=entry,
        stop_loss=case.stop,
        targets=targets,
        trail=abs(entry - case.stop) if len(targets) > 1 else None,
        time_stop=candidate.horizon,
        risk=amount * case.loss_per_unit,
        reward=amount * sum(gains, Decimal(0)),
        liquidation_price=_liquidation(case, amount),
        gap_loss=amount * entry * terms.instrument.gap,
        month_left=case.standing.month_left(case.settings.limits),
        equity=case.standing.equity,
        clamps=clamps,
    )


def _targets(case: Case, amount: Decimal) -> tuple[Target, ...]:
    """Equal shares; an amount too small to split goes for the middle of the targets."""
    instrument, prices, entry = case.terms.instrument, case.targets, case.entry_limit
    part = instrument.round_amount(amount / len(prices))
    if len(prices) > 1 and part * min(case.stop, entry) < instrument.min_notional:
        middle = sum(prices, Decimal(0)) / len(prices)
        return (Target(instrument.round_price(middle), Decimal(1)),)
    return tuple(Target(price, 1 / Decimal(len(prices))) for price in prices)


def _liquidation(case: Case, amount: Decimal) -> Decimal:
    """Isolated, at the entry limit."""
    instrument, entry, side = case.terms.instrument, case.entry_limit, case.candidate.side
    tier = instrument.tier(amount * entry)
    margin = amount * entry / case.leverage
    price = liquidation_price(side, amount, entry, margin, tier)
    return instrument.round_price(price)


def _worth_it(plan: TradePlan, settings: AccountSettings) -> Refusal | None:
    least = settings.limits.reward_ratio
    if plan.reward_ratio < least:
        return Refusal(Rule.REWARD, {"ratio": plan.reward_ratio, "limit": least})
    to_stop = abs(plan.entry_limit - plan.stop_loss)
    if abs(plan.entry_limit - plan.liquidation_price) < to_stop * LIQUIDATION_BEYOND:
        return Refusal(Rule.LIQUIDATION, {"price": plan.liquidation_price, "stop": plan.stop_loss})
    return None
