"""A market on one screen: its price, what surrounds it, what its candles say, and how far to trust it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from core.chart import Trend, day_change, trend
from core.domain.derivatives import Derivatives
from core.domain.market import CandleFrame, Quote, Timeframe
from core.domain.quality import Quality
from core.domain.snapshot import MarketSnapshot
from core.indicators import indicators, readings
from core.watching import MarketFacts
from handlers.views import numbers
from handlers.views.chart.looks import USUAL
from handlers.views.charts import candle_picture
from handlers.views.phrases import coin, heading, timeframe
from handlers.views.quality import grade
from handlers.views.quoting import quoted
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader

ARROWS = {Trend.UP: "▲", Trend.DOWN: "▼", Trend.MIXED: "◆"}
UNKNOWN = "-"


def market_card(reader: Reader, facts: MarketFacts, frame: Timeframe) -> View:
    """With the candles of one timeframe as its picture."""
    keys = _card_keys(reader, facts.symbol, frame)
    if facts.snapshot is None:
        said = reader.t("market.nothing", coin=coin(facts.symbol))
        return View(f"{heading(reader, facts.origin)}\n<b>{said}</b>", keys)
    title = f"{coin(facts.symbol)} · {timeframe(reader, frame)}"
    picture = candle_picture(reader, facts.snapshot, title, [])
    return View("\n".join(_card(reader, facts)), keys, picture)


def _card(reader: Reader, facts: MarketFacts) -> Iterator[str]:
    snapshot = facts.snapshot
    if snapshot is None:
        return
    yield _whose(reader, facts)
    yield f"<b>{_title(facts)}</b>"
    yield numbers.columns(list(_rows(reader, facts, snapshot.derivatives)))
    yield from _seoul(reader, facts)
    yield _readings(reader, snapshot.frame)
    yield from _trends(reader, snapshot)
    yield from _strangers(reader, snapshot)
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
    change = _day(snapshot, quote)
    day = f" · 24h {numbers.signed_percent(change)}" if change is not None else ""
    return f"{coin(facts.symbol)} {price}{day}"


def _rows(reader: Reader, facts: MarketFacts, told: Derivatives | None) -> Iterator[numbers.Row]:
    t, snapshot, quote = reader.t, facts.snapshot, facts.quote
    if snapshot and quote:
        apart = quote.mark / quote.last - 1
        price = numbers.price(snapshot.instrument, snapshot.instrument.round_price(quote.mark))
        yield price, numbers.signed_percent(apart), t("row.mark")
    if quote and quote.spread is not None:
        yield numbers.percent(quote.spread, 4), "", t("row.spread")
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


def _day(snapshot: MarketSnapshot, quote: Quote) -> Decimal | None:
    return day_change(snapshot.frame, quote.last, quote.time)


def _readings(reader: Reader, frame: CandleFrame) -> str:
    """What a trader looks at first, on the closed candles."""
    seen, close = readings(indicators(frame)), float(frame.close[-1])
    return reader.t(
        "market.readings",
        timeframe=timeframe(reader, frame.timeframe),
        rsi=_plain(seen.rsi),
        adx=_plain(seen.adx),
        atr=UNKNOWN if seen.atr is None else f"{seen.atr / close * 100:.2f}%",
    )


def _plain(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.0f}"


def _trends(reader: Reader, snapshot: MarketSnapshot) -> Iterator[str]:
    """One arrow for each timeframe that is long enough to have one."""
    found = ((f.timeframe, _arrow(f)) for f in snapshot.frames)
    said = [f"{timeframe(reader, length)} {arrow}" for length, arrow in found if arrow]
    if said:
        yield reader.t("market.trends", trends=" · ".join(said))


def _arrow(frame: CandleFrame) -> str:
    if len(frame) < 2:
        return ""
    way = trend(readings(indicators(frame)), float(frame.close[-1]))
    return ARROWS[way] if way else ""


def _strangers(reader: Reader, snapshot: MarketSnapshot) -> Iterator[str]:
    """How others feel, and how much they talk; never a reason to trade."""
    if snapshot.mood:
        kind = reader.t.of("mood", snapshot.mood.kind)
        yield reader.t("news.mood", value=snapshot.mood.value, kind=kind)
    if snapshot.news:
        yield f"📰 {quoted(snapshot.news[0].title)}"


def _proof(reader: Reader, quality: Quality) -> Iterator[str]:
    if quality.accuracy is not None:
        yield reader.t("market.accuracy", share=numbers.percent(Decimal(str(quality.accuracy))))


def _card_keys(reader: Reader, symbol: str, frame: Timeframe) -> Keyboard:
    t = reader.t
    return (
        (
            Key(t("button.chart"), Verb.CHART, symbol, f"{frame} {USUAL}"),
            Key(t("button.news"), Verb.NEWS, coin(symbol)),
            Key(t("button.look"), Verb.ANALYZE, symbol),
        ),
        (Key(t("button.refresh"), Verb.MARKET, symbol), Key(t("button.markets"), Verb.MARKETS)),
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
    change = _day(snapshot, quote)
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
