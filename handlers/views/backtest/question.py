"""What a backtest was asked, in the reader's words."""

from dataclasses import fields
from datetime import timedelta

from core.backtest.record import Banner, Question, Record
from core.domain.tuning import STANDARD
from handlers.views import numbers
from handlers.views.backtest.figures import Row
from handlers.views.phrases import QUOTE, coin, timeframe
from handlers.words import Reader

INSTANT = timedelta(milliseconds=1)


def title(reader: Reader, question: Question) -> str:
    coins = " ".join(coin(symbol) for symbol in question.symbols)
    kind = reader.t.of("kind", question.kind)
    return f"{kind} · {coins} · {timeframe(reader, question.timeframe)}"


def period(question: Question) -> str:
    """First and last day, as UTC has them, which is how the candles are cut."""
    last = max(question.start, question.end - INSTANT)
    return f"{question.start:%Y-%m-%d} – {last:%Y-%m-%d}"


def stamp(banner: Banner) -> str:
    """The same in every language, so that it is recognised."""
    return banner.value.upper()


def verdict(reader: Reader, record: Record) -> str:
    """Whether somebody could have known, said first on every report."""
    return f"{stamp(record.banner)}: {reader.t.of('banner', record.banner)}"


def question_rows(reader: Reader, question: Question) -> tuple[Row, ...]:
    t = reader.t
    return (
        (
            t("asked.period"),
            f"{question.start:%Y-%m-%d %H:%M} – {question.end:%Y-%m-%d %H:%M} UTC",
        ),
        (t("asked.candles"), f"{t.of('origin', question.origin)} ({question.source})"),
        (t("asked.equity"), f"{numbers.full(question.equity)} {QUOTE}"),
        (t("asked.profile"), t.of("profile", question.profile)),
        (t("asked.risk"), numbers.percent(question.limits.risk_per_trade)),
        (t("asked.approval"), t.of("agrees", question.approval)),
        (t("asked.targets"), "2" if question.two_targets else "1"),
        (t("asked.slippage"), numbers.percent(question.slippage, 3)),
        (t("asked.spread"), numbers.percent(question.spread, 3)),
        (t("asked.models"), t.of("models", question.models)),
        (t("asked.tuning"), changed(question) or t("asked.standard")),
    )


def changed(question: Question) -> str:
    """Only the numbers that are not the usual ones."""
    values = {field.name: getattr(question.tuning, field.name) for field in fields(STANDARD)}
    return ", ".join(
        f"{name}={_plain(value)}"
        for name, value in values.items()
        if value != getattr(STANDARD, name)
    )


def _plain(value: float | tuple[str, ...]) -> str:
    return "+".join(value) if isinstance(value, tuple) else f"{value:g}"


def made(reader: Reader, record: Record) -> str:
    return reader.t(
        "page.made",
        at=f"{reader.local(record.at):%Y-%m-%d %H:%M %Z}",
        candles=f"{record.candles:,}",
        seconds=f"{record.seconds:.2f}",
    )
