"""Events that a person hears of without having asked: fills, stops, targets, restarts."""

from core.domain.notice import Notice, NoticeKind
from core.execution.settling import ABSENT
from core.guard.entering import told_by_the_gate
from core.reading import PositionFacts
from handlers.views import numbers
from handlers.views.phrases import coin, direction, heading
from handlers.views.position import position_card
from handlers.views.view import View
from handlers.words import Reader


def filled(reader: Reader, facts: PositionFacts) -> View:
    """The fill in one line, then the position's card, alive from here on."""
    trade, t = facts.trade, reader.t
    said = t(
        "filled",
        coin=coin(trade.symbol),
        side=direction(reader, trade.side),
        amount=numbers.amount(trade.amount),
        price=numbers.price(facts.instrument, facts.instrument.round_price(trade.entry_price)),
    )
    stop = numbers.price(facts.instrument, trade.stop)
    seen = t(_about_stop(facts), stop=stop)
    card = position_card(reader, facts)
    return View(f"{said} {seen}\n{card.text}", card.keyboard)


def _about_stop(facts: PositionFacts) -> str:
    if facts.trade.guarded:
        return "filled.guarded"
    return "filled.stop" if facts.stop_seen else "filled.stop_waits"


def missed(reader: Reader, notice: Notice, facts: PositionFacts) -> View:
    code = str(notice.numbers.get("code", ""))
    barred = told_by_the_gate(code)
    said = reader.t(
        "missed.barred" if barred else _why_missed(notice, facts),
        coin=coin(facts.trade.symbol),
        side=direction(reader, facts.trade.side),
        code=code,
        reason=reader.t.of("gate", barred) if barred else "",
    )
    return View(f"{heading(reader, facts.origin, facts.trade.id)}\n{said}")


def _why_missed(notice: Notice, facts: PositionFacts) -> str:
    if notice.kind is NoticeKind.ENTRY_REFUSED:
        return "missed.refused"
    if notice.numbers.get("code") == ABSENT:
        return "missed.absent"
    return "missed.taken_back" if facts.trade.plan.rests else "missed.limit"


def target_hit(reader: Reader, facts: PositionFacts) -> View:
    trade = facts.trade
    said = reader.t(
        "target.hit",
        coin=coin(trade.symbol),
        side=direction(reader, trade.side),
        n=trade.targets_hit,
        net=numbers.signed(trade.net),
        quote=facts.instrument.quote,
    )
    return View(
        f"{heading(reader, facts.origin, trade.id)}\n<b>{said}</b>\n{reader.t('target.next')}"
    )


def plain(reader: Reader, notice: Notice) -> View:
    """Restarts, failed jobs, the end of the data: a sentence each."""
    values = {name: str(value) for name, value in notice.numbers.items()}
    said = reader.t(f"notice.{notice.kind}", time=reader.day_and_clock(notice.at), **values)
    return View(said)
