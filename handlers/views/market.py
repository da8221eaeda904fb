"""A market on one screen: its price, what surrounds it, what its candles say, and how far to trust it."""

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal

import numpy as np

from core.domain.derivatives import Derivatives
from core.domain.market import CandleFrame, Quote, Timeframe
from core.domain.quality import Quality
from core.indicators import indicators
from core.watching import MarketFacts
from handlers.views import numbers
from handlers.views.charts import candle_picture
from handlers.views.phrases import coin, heading, timeframe
from handlers.views.quality import grade
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader

DAY = Timeframe.D1.milliseconds


def market_card(reader: Reader, facts: MarketFacts, frame: Timeframe) -> View:
    """With the candles of one timeframe as its picture."""
    keys = _card_keys(reader, facts.symbol)
    if facts.snapshot is None:
        said = reader.t("market.nothing", coin=coin(facts.symbol))
        return View(f"{heading(reader, facts.origin)}\n<b>{said}</b>", keys)
    title = f"{coin(facts.symbol)} · {timeframe(reader, frame)}"
    picture = candle_picture(reader, facts.snapshot, title, [])
    return View("\n".join(_card(reader, facts, frame)), keys, picture)


def _card(reader: Reader, facts: MarketFacts, frame: Timeframe) -> Iterator[str]:
    snapshot = facts.snapshot
    if snapshot is None:
        return
    yield _whose(reader, facts)
    yield f"<b>{_title(facts)}</b>"
    yield numbers.columns(list(_rows(reader, facts, snapshot.derivatives)))
    yield from _seoul(reader, facts)
    yield _readings(reader, snapshot.frame, frame)
    yield grade(reader, snapshot.quality)
    yield from _proof(reader, snapshot.quality)


def _whose(reader: Reader, facts: MarketFacts) -> str:
    source = facts.snapshot.source if facts.snapshot else ""
    return heading(reader, facts.origin) + (f" · {source}" if source else "")


def _title(facts: MarketFacts) -> str:
    snapshot, quote = facts.snapshot, facts.quote
    if snapshot is None or quote is None:
        return coin(facts.symbol)
    price = numbers.price(snapshot.instrument, quote.last)
    change = day_change(snapshot.frame, quote)
    day = f" · 24h {numbers.signed_percent(change)}" if change is not None else ""
    return f"{coin(facts.symbol)} {price}{day}"


def day_change(frame: CandleFrame, quote: Quote) -> Decimal | None:
    """Against the close a day ago; None where the candles do not reach that far."""
    if not len(frame):
        return None
    wanted = int(frame.time[-1]) - DAY
    row = int(np.searchsorted(frame.time, wanted))
    if int(frame.time[row]) - wanted > frame.timeframe.milliseconds:
        return None
    return quote.last / Decimal(str(float(frame.close[row]))) - 1


def _rows(reader: Reader, facts: MarketFacts, told: Derivatives | None) -> Iterator[numbers.Row]:
    t, snapshot, quote = reader.t, facts.snapshot, facts.quote
    if snapshot and quote:
        apart = quote.mark / quote.last - 1
        price = numbers.price(snapshot.instrument, snapshot.instrument.round_price(quote.mark))
        yield price, numbers.signed_percent(apart), t("row.mark")
    if snapshot and snapshot.funding and snapshot.next_funding:
        left = reader.lasting(snapshot.next_funding - facts.now)
        rate = numbers.signed_percent(snapshot.funding.rate, 4)
        yield rate, left, t("row.funding")
    if told is None:
        return
    if told.basis is not None:
        yield numbers.signed_percent(told.basis, 3), "", t("row.basis")
    if told.open_interest is not None:
        yield _interest(told), _change(told.open_interest_day), t("row.open_interest")
    if told.long_short is not None:
        yield f"{told.long_short:.2f}", "", t("row.long_short")
    yield from _liquidations(reader, told)


def _interest(told: Derivatives) -> str:
    return numbers.short(Decimal(str(told.open_interest)))


def _change(share: float | None) -> str:
    return "" if share is None else numbers.signed_percent(Decimal(str(share)), 1)


def _liquidations(reader: Reader, told: Derivatives) -> Iterator[numbers.Row]:
    """Dollars of longs and of shorts within the last hour."""
    if told.liquidated_longs is None or told.liquidated_shorts is None:
        return
    longs, shorts = (
        numbers.short(Decimal(str(round(value))))
        for value in (told.liquidated_longs, told.liquidated_shorts)
    )
    yield longs, shorts, reader.t("row.liquidated")


def _seoul(reader: Reader, facts: MarketFacts) -> Iterator[str]:
    premium = facts.premium
    if premium is None:
        return
    share = premium.over_tether if premium.share is None else premium.share
    key = "market.over_tether" if premium.share is None else "market.kimchi"
    yield reader.t(
        key,
        source=premium.source,
        price=f"{premium.price:,.0f}",
        share=numbers.signed_percent(share),
    )


def _readings(reader: Reader, frame: CandleFrame, length: Timeframe) -> str:
    """What a trader looks at first, on the closed candles."""
    columns = indicators(frame)
    atr = float(columns.atr[-1])
    trend = (columns.ema_fast[-1] - columns.ema_slow[-1]) / max(atr, 1e-12)
    return reader.t(
        "market.readings",
        timeframe=timeframe(reader, length),
        rsi=_reading(columns.rsi[-1], ".0f"),
        adx=_reading(columns.adx[-1], ".0f"),
        atr=_reading(atr / float(frame.close[-1]), ".2%"),
        trend=_reading(trend, "+.1f"),
    )


def _reading(value: float, form: str) -> str:
    """A short past has no such number yet."""
    return format(value, form) if math.isfinite(value) else "–"


def _proof(reader: Reader, quality: Quality) -> Iterator[str]:
    if quality.accuracy is not None:
        yield reader.t("market.accuracy", share=numbers.percent(Decimal(str(quality.accuracy))))


def _card_keys(reader: Reader, symbol: str) -> Keyboard:
    t = reader.t
    return (
        (
            Key(t("button.refresh"), Verb.MARKET, symbol),
            Key(t("button.look"), Verb.ANALYZE, symbol),
        ),
        (Key(t("button.markets"), Verb.MARKETS),),
    )


def market_list(reader: Reader, every: Sequence[MarketFacts]) -> View:
    """All that the desk watches: price, change over a day, funding, and a light for its quality."""
    lines = [_whose(reader, every[0]) if every else "", f"<b>{reader.t('market.title')}</b>"]
    lines.append(numbers.columns([_listed(facts) for facts in every]))
    lines += [line for facts in every for line in _troubled(reader, facts)]
    buttons = tuple(Key(coin(facts.symbol), Verb.MARKET, facts.symbol) for facts in every)
    rows = tuple(buttons[start : start + 4] for start in range(0, min(len(buttons), 24), 4))
    return View("\n".join(lines), (*rows, (Key(reader.t("button.refresh"), Verb.MARKETS),)))


def _listed(facts: MarketFacts) -> numbers.Row:
    snapshot, quote = facts.snapshot, facts.quote
    if snapshot is None or quote is None:
        return "-", "", coin(facts.symbol)
    change = day_change(snapshot.frame, quote)
    day = "" if change is None else numbers.signed_percent(change)
    return numbers.price(snapshot.instrument, quote.last), day, coin(facts.symbol)


def _troubled(reader: Reader, facts: MarketFacts) -> Iterator[str]:
    """Only what is not in order deserves a line."""
    if facts.snapshot is None:
        yield reader.t("market.nothing", coin=coin(facts.symbol))
    elif facts.snapshot.quality.findings:
        yield f"{coin(facts.symbol)} {grade(reader, facts.snapshot.quality)}"


def unlooked(reader: Reader, every: Sequence[MarketFacts]) -> View:
    """Symbols that nobody decided on, and why: their numbers cannot be trusted just now."""
    lines = [heading(reader, every[0].origin), f"<b>{reader.t('market.unlooked')}</b>"]
    lines += [line for facts in every for line in _troubled(reader, facts)]
    keys = tuple(Key(coin(facts.symbol), Verb.MARKET, facts.symbol) for facts in every[:6])
    return View("\n".join(lines), (keys,))
