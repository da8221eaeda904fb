"""An open position as a card, edited in place as it lives; and the same card when it is over."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from core.domain.trade import Trade, TradeStatus
from core.reading import PositionFacts
from handlers.views import numbers
from handlers.views.phrases import coin, direction, heading
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader

CONFIRM_SECONDS = 5


def position_card(reader: Reader, facts: PositionFacts, keyboard: Keyboard | None = None) -> View:
    if facts.trade.status is not TradeStatus.OPEN:
        return View("\n".join(_closed(reader, facts)))
    keys = position_keyboard(reader, facts) if keyboard is None else keyboard
    return View("\n".join(_open(reader, facts)), keys)


def _open(reader: Reader, facts: PositionFacts) -> Iterator[str]:
    trade, t = facts.trade, reader.t
    yield heading(reader, facts.origin, trade.id)
    said = t(
        "position.now",
        coin=coin(trade.symbol),
        side=direction(reader, trade.side),
        pnl=numbers.signed(facts.closing_now),
        quote=facts.instrument.quote,
        r=numbers.in_r(facts.closing_now / trade.plan.risk),
        won=_won(reader, facts.closing_now),
    )
    yield f"<b>{said}</b>"
    yield numbers.columns(list(_rows(reader, facts)))
    if facts.is_old:
        yield t("position.old", time=reader.day_and_clock(facts.quote.time))
    yield _stop_seen(reader, facts)
    yield from _beside(reader, facts)
    if trade.trailing:
        yield t("position.trailing")
    yield _costs(reader, facts)
    yield from _funding(reader, facts)


def _costs(reader: Reader, facts: PositionFacts) -> str:
    opened = facts.trade.opened_at or facts.now
    return reader.t(
        "position.costs",
        fees=numbers.signed(-_round_trip(facts)),
        funding=numbers.signed(facts.trade.funding),
        age=reader.lasting(facts.now - opened),
        since=reader.clock(opened),
    )


def _funding(reader: Reader, facts: PositionFacts) -> Iterator[str]:
    """A countdown, and what it will cost or bring."""
    payment = facts.next_payment
    if payment is None or facts.next_funding is None or facts.next_funding <= facts.now:
        return
    yield reader.t(
        "proposal.funding",
        wait=reader.lasting(facts.next_funding - facts.now),
        amount=numbers.signed(payment),
        quote=facts.instrument.quote,
    )


def _won(reader: Reader, amount: Decimal) -> str:
    won = reader.won(amount)
    return f", {won}" if won else ""


def _round_trip(facts: PositionFacts) -> Decimal:
    """Fees paid, and the one that closing would cost."""
    trade = facts.trade
    return trade.fees + facts.quote.last * trade.remaining * facts.instrument.taker_fee


def _rows(reader: Reader, facts: PositionFacts) -> Iterator[numbers.Row]:
    trade, instrument, t = facts.trade, facts.instrument, reader.t
    yield numbers.price(instrument, trade.entry_price), "", t("row.entry")
    now = trade.open_pnl(facts.quote.mark)
    yield numbers.price(instrument, facts.quote.mark), numbers.signed(now), t("row.mark")
    at_stop = trade.open_pnl(trade.stop)
    yield numbers.price(instrument, trade.stop), numbers.signed(at_stop), t("row.stop")
    for target in trade.targets[trade.targets_hit :]:
        share = min(trade.remaining, trade.amount * target.share)
        gain = (target.price - trade.entry_price) * trade.side.sign * share
        yield numbers.price(instrument, target.price), numbers.signed(gain), t("row.target")
    if facts.position:
        liquidation = facts.position.liquidation_price
        yield (
            numbers.price(instrument, instrument.round_price(liquidation)),
            "",
            t("row.liquidation"),
        )
    notional = numbers.money(trade.remaining * facts.quote.mark)
    unit = f"{instrument.base} / {instrument.quote}"
    yield numbers.amount(trade.remaining), notional, unit


def _stop_seen(reader: Reader, facts: PositionFacts) -> str:
    if facts.stop_seen is None:
        return reader.t("position.stop_unseen")
    age = int((facts.now - facts.stop_seen).total_seconds())
    key = "position.guarded" if facts.trade.guarded else "position.stop_seen"
    at = reader.seconds(facts.stop_seen)
    return reader.t(key, time=at, age=reader.t("unit.seconds", n=age))


def _beside(reader: Reader, facts: PositionFacts) -> Iterator[str]:
    """What somebody has added by hand to the same position."""
    if facts.trade.beside:
        yield reader.t("position.beside", amount=numbers.amount(facts.trade.beside))


def _closed(reader: Reader, facts: PositionFacts) -> Iterator[str]:
    yield heading(reader, facts.origin, facts.trade.id)
    yield closed_line(reader, facts.trade, facts.instrument.quote)


def closed_line(reader: Reader, trade: Trade, quote: str) -> str:
    """Stopped. BTC long -23.1 USDT (-0.93R)."""
    if trade.exit is None:
        return f"<b>{coin(trade.symbol)} {direction(reader, trade.side)} · {reader.t('position.void')}</b>"
    word = reader.t.of("exit", trade.exit)
    side = direction(reader, trade.side)
    won = _won(reader, trade.net)
    result = f"{numbers.signed(trade.net)} {quote} ({numbers.in_r(trade.r_multiple)}{won})"
    return f"<b>{word}. {coin(trade.symbol)} {side} {result}</b>"


def position_keyboard(reader: Reader, facts: PositionFacts) -> Keyboard:
    """What destroys comes last."""
    t, mine = reader.t, facts.trade.id
    half, whole = (numbers.signed(facts.closing_now * part) for part in (Decimal("0.5"), 1))
    return (
        (
            Key(t("button.break_even"), Verb.BREAK_EVEN, mine),
            Key(
                t("button.trail_off" if facts.trade.trailing else "button.trail"), Verb.TRAIL, mine
            ),
            Key(t("button.edit"), Verb.EDIT, mine),
        ),
        (
            Key(t("button.close_half", pnl=half), Verb.ASK_HALF, mine),
            Key(t("button.close_all", pnl=whole), Verb.ASK_CLOSE, mine),
        ),
    )


def confirm_keyboard(reader: Reader, facts: PositionFacts, share: str) -> Keyboard:
    """The button asks back, for five seconds."""
    part = Decimal(share)
    label = reader.t("button.really_close", pnl=numbers.signed(facts.closing_now * part))
    sure = Key(label, Verb.CLOSE, facts.trade.id, share, once=True, seconds=CONFIRM_SECONDS)
    return ((sure,), (Key(reader.t("button.back"), Verb.POSITION, facts.trade.id, "here"),))


def levels_keyboard(reader: Reader, facts: PositionFacts) -> Keyboard:
    t, mine = reader.t, facts.trade.id
    return (
        (Key(t("button.stop_closer"), Verb.MOVE_STOP, mine, "0.25"),),
        (
            Key(t("button.target_nearer"), Verb.MOVE_TARGET, mine, "-0.25"),
            Key(t("button.target_farther"), Verb.MOVE_TARGET, mine, "0.25"),
        ),
        (Key(t("button.back"), Verb.POSITION, mine, "here"),),
    )


def position_list(reader: Reader, positions: Sequence[PositionFacts]) -> View:
    """Several at a glance; each opens its card."""
    t = reader.t
    if not positions:
        return View(f"<b>{t('positions.none')}</b>\n{t('positions.none_more')}")
    total = sum((facts.closing_now for facts in positions), Decimal(0))
    quote = positions[0].instrument.quote
    lines = [
        heading(reader, positions[0].origin),
        f"<b>{t('positions.title', n=len(positions), pnl=numbers.signed(total), quote=quote)}</b>",
        numbers.columns([_list_row(reader, facts) for facts in positions]),
    ]
    keys = [
        Key(f"{coin(f.trade.symbol)} {numbers.signed(f.closing_now)}", Verb.POSITION, f.trade.id)
        for f in positions
    ]
    rows = tuple(tuple(keys[start : start + 3]) for start in range(0, len(keys), 3))
    return View("\n".join(lines), rows)


def _list_row(reader: Reader, facts: PositionFacts) -> numbers.Row:
    trade = facts.trade
    return (
        numbers.price(facts.instrument, trade.entry_price),
        numbers.signed(facts.closing_now),
        f"{coin(trade.symbol)} {direction(reader, trade.side)}",
    )
