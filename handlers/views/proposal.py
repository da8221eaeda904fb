"""A proposal as a card: what it is, what it may lose, who thinks so, until when."""

from collections.abc import Iterator
from decimal import Decimal

from core.domain.opinion import Decision, Opinion
from core.domain.proposal import Proposal, ProposalStatus, TradePlan
from core.domain.trading import Side
from core.reading import CardFacts
from handlers.views import numbers
from handlers.views.charts import card_picture
from handlers.views.phrases import coin, direction, heading, timeframe
from handlers.views.view import Key, Keyboard, Verb
from handlers.views.view import View as Screen
from handlers.views.voices import objected, voices
from handlers.words import Reader


def card(reader: Reader, facts: CardFacts, keyboard: Keyboard | None = None) -> Screen:
    """The whole card; buttons only as long as it waits."""
    waits = facts.proposal.status is ProposalStatus.PENDING
    keys = (
        (card_keyboard(reader, facts.proposal) if keyboard is None else keyboard) if waits else ()
    )
    return Screen("\n".join(_lines(reader, facts)), keys, card_picture(reader, facts))


def _lines(reader: Reader, facts: CardFacts) -> Iterator[str]:
    proposal, plan, t = facts.proposal, facts.proposal.plan, reader.t
    yield heading(reader, facts.origin, proposal.id)
    yield f"<b>{title(reader, facts)}</b>"
    yield numbers.columns(list(_rows(reader, facts)))
    yield f"<b>{t('proposal.stopped', percent=_risk_percent(plan))}{_won(reader, plan.risk)}</b>"
    yield t("proposal.reward", ratio=numbers.ratio(plan.reward_ratio))
    yield _odds(reader, facts.decision)
    yield voices(reader, facts.decision.views)
    yield from (objected(reader, one) for one in proposal.candidate.objections)
    yield _size(reader, plan)
    if proposal.status is ProposalStatus.PENDING:
        yield _budget(reader, plan)
    yield from _funding(reader, facts)
    yield _ending(reader, proposal)


def title(reader: Reader, facts: CardFacts) -> str:
    plan = facts.proposal.plan
    return reader.t(
        "proposal.title",
        coin=coin(plan.symbol),
        side=direction(reader, plan.side),
        timeframe=timeframe(reader, facts.settings.timeframe),
        leverage=plan.leverage,
    )


def _rows(reader: Reader, facts: CardFacts) -> Iterator[numbers.Row]:
    plan, instrument, t = facts.proposal.plan, facts.instrument, reader.t
    yield numbers.price(instrument, plan.entry_limit), "", t("row.limit")
    yield numbers.price(instrument, plan.stop_loss), numbers.signed(-plan.risk), t("row.stop")
    gains = target_gains(plan, facts.instrument.taker_fee, facts.instrument.maker_fee)
    for number, (target, gain) in enumerate(zip(plan.targets, gains, strict=True), 1):
        word = t("row.target_n", n=number) if len(plan.targets) > 1 else t("row.target")
        yield numbers.price(instrument, target.price), numbers.signed(gain), word
    yield numbers.price(instrument, plan.liquidation_price), "", t("row.liquidation")
    unit = f"{instrument.base} / {instrument.quote}"
    yield numbers.amount(plan.amount), numbers.money(plan.notional), unit


def target_gains(plan: TradePlan, taker: Decimal, maker: Decimal) -> list[Decimal]:
    """What each target earns after fees, from the entry limit."""
    return [
        plan.amount
        * target.share
        * (
            (target.price - plan.entry_limit) * plan.side.sign
            - taker * plan.entry_limit
            - maker * target.price
        )
        for target in plan.targets
    ]


def _risk_percent(plan: TradePlan) -> str:
    return numbers.signed_percent(-plan.risk / plan.equity)


def _won(reader: Reader, amount: Decimal) -> str:
    won = reader.won(amount)
    return reader.t("about", amount=won) if won else ""


def _odds(reader: Reader, decision: Decision) -> str:
    best = decision.best
    records = [v.effective_n for v in decision.views if isinstance(v, Opinion) and v.effective_n]
    precedents = round(sum(records) / len(records)) if records else 0
    return reader.t(
        "proposal.odds",
        chance=numbers.chance(best.p_target_first),
        even=numbers.chance(best.break_even),
        n=precedents,
    )


def _size(reader: Reader, plan: TradePlan) -> str:
    said = reader.t(
        "proposal.gap",
        percent=numbers.percent(plan.gap_loss / plan.notional, 0),
        loss=numbers.signed(-plan.gap_loss),
        left=numbers.money(plan.month_left),
    )
    if not plan.clamps:
        return said
    return said + reader.t("proposal.clamped", rule=reader.t.of("limit", plan.clamps[-1].rule))


def _budget(reader: Reader, plan: TradePlan) -> str:
    before, after = plan.month_left, plan.month_left - plan.risk
    return reader.t(
        "proposal.budget",
        before=numbers.percent(before / plan.equity),
        after=numbers.percent(after / plan.equity),
    )


def _funding(reader: Reader, facts: CardFacts) -> Iterator[str]:
    snapshot, plan = facts.snapshot, facts.proposal.plan
    if snapshot is None or snapshot.funding is None or snapshot.next_funding is None:
        return
    paid = -plan.side.sign * snapshot.funding.rate * plan.notional
    yield reader.t(
        "proposal.funding",
        wait=reader.lasting(snapshot.next_funding - facts.now),
        amount=numbers.signed(paid),
        quote=facts.instrument.quote,
    )


def _ending(reader: Reader, proposal: Proposal) -> str:
    if proposal.status is ProposalStatus.PENDING:
        until = reader.clock(proposal.expires_at)
        return f"<b>{reader.t('proposal.until', time=until)}</b>{reader.t('proposal.silence')}"
    at = reader.clock(proposal.answered_at or proposal.expires_at)
    word = reader.t.of("answer", proposal.status)
    return f"<b>{word} · {at}</b>"


def card_keyboard(reader: Reader, proposal: Proposal) -> Keyboard:
    """Yes stands alone and says what it may cost; no lies far from it."""
    plan, t, mine = proposal.plan, reader.t, proposal.id
    approve = t("button.approve", risk=numbers.signed(-plan.risk))
    half = t("button.half", risk=numbers.signed(-plan.risk / 2))
    return (
        (Key(approve, Verb.APPROVE, mine, once=True),),
        (
            Key(half, Verb.HALF, mine, once=True),
            Key(t("button.adjust"), Verb.ADJUST, mine),
            Key(t("button.why"), Verb.WHY, mine),
        ),
        (Key(t("button.reject"), Verb.REJECT, mine, once=True),),
    )


def adjust_keyboard(reader: Reader, proposal: Proposal) -> Keyboard:
    """Steppers; each tap gives a new card in the same message."""
    t, mine, plan = reader.t, proposal.id, proposal.plan
    risk = numbers.signed(-plan.risk)

    def stepper(verb: Verb, word: str) -> tuple[Key, ...]:
        return (
            Key(f"{t(word)} −", verb, mine, "down"),
            Key(f"{t(word)} +", verb, mine, "up"),
        )

    return (
        (Key(t("button.approve", risk=risk), Verb.APPROVE, mine, once=True),),
        stepper(Verb.SIZE, "button.size"),
        stepper(Verb.STOP, "button.stop"),
        stepper(Verb.TARGET, "button.target"),
        (Key(t("button.back"), Verb.CARD, mine),),
    )


def moved_keyboard(reader: Reader, proposal: Proposal) -> Keyboard:
    t, mine = reader.t, proposal.id
    return (
        (
            Key(t("button.reprice"), Verb.REPRICE, mine),
            Key(t("button.leave"), Verb.REJECT, mine, once=True),
        ),
    )


def moved(reader: Reader, facts: CardFacts, price: Decimal) -> Screen:
    """The price has run past the card: nothing was bought."""
    key = "moved.long" if facts.proposal.plan.side is Side.BUY else "moved.short"
    said = reader.t(
        key,
        price=numbers.price(facts.instrument, price),
        limit=numbers.price(facts.instrument, facts.proposal.plan.entry_limit),
    )
    text = f"{heading(reader, facts.origin, facts.proposal.id)}\n<b>{title(reader, facts)}</b>\n{said}"
    return Screen(text, moved_keyboard(reader, facts.proposal))
