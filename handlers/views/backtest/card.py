"""The card of a finished backtest: what matters first, then months, figures, goals and luck."""

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from core.backtest.figures import Figures, Month
from core.backtest.filed import Filed, Status
from core.backtest.record import Kind, Record
from core.domain.market import exact
from handlers.views import numbers
from handlers.views.backtest import figures, question
from handlers.views.backtest.picture import equity_picture
from handlers.views.backtest.progress import name
from handlers.views.phrases import QUOTE
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader

MONTHS, MOST_MONTHS = 6, 150


def card(reader: Reader, filed: Filed, record: Record) -> View:
    """Short enough to stand under its picture."""
    picture = equity_picture(reader, record, dark=True)
    titled = replace(picture, title=question.title(reader, record.question))
    return View("\n".join(_lines(reader, filed, record)), _keys(reader, filed, record), titled)


def unfinished(reader: Reader, filed: Filed) -> View:
    """Failed, or stopped before it could say anything."""
    t = reader.t
    reason = escape(filed.error)
    if filed.lost or filed.status is Status.RUNNING:
        said = t("result.lost")
    elif filed.status is Status.STOPPED:
        said = t("result.stopped")
    else:
        said = t("result.failed", reason=reason) if reason else t("result.crashed")
    return View(f"<b>{said}</b>\n{name(reader, filed)}", ((_again(reader, filed),),))


def lived(record: Record) -> str:
    """The days of the curve: of a walk only those of its tests."""
    made = record.figures
    return question.period(replace(record.question, start=made.start, end=made.end))


def _lines(reader: Reader, filed: Filed, record: Record) -> Iterator[str]:
    made = record.figures
    yield f"<b>{figures.headline(reader, record)}</b>"
    yield question.title(reader, record.question)
    yield lived(record)
    if filed.status is Status.STOPPED:
        yield reader.t("result.early")
    yield question.verdict(reader, record)
    yield from month_block(reader, made.months[-MONTHS:])
    yield numbers.columns(_figures(reader, made))
    yield from (f"{value} · {label}" for label, value in figures.goal_rows(reader, made))
    yield _luck(reader, record)


def month_block(reader: Reader, months: tuple[Month, ...]) -> Iterator[str]:
    """Return, trades, month."""
    if months:
        yield reader.t("result.months")
        yield numbers.columns([_month(month) for month in months])


def _month(month: Month) -> numbers.Row:
    change = numbers.signed_percent(exact(month.change))
    return change, f"{month.trades}", f"{month.start:%Y-%m}"


def _figures(reader: Reader, made: Figures) -> list[numbers.Row]:
    t = reader.t
    return [
        (figures.share(made.win_rate), "", t("figure.won")),
        (figures.ratio(made.profit_factor), "", t("figure.profit_factor")),
        (figures.in_r(made.expectancy), "", t("figure.expectancy")),
        (figures.ratio(made.sharpe), "", t("figure.sharpe")),
        (figures.share(made.exposure), "", t("figure.exposure")),
        (numbers.signed(-made.fees), "", f"{t('figure.fees')} {QUOTE}"),
        (numbers.signed(made.funding), "", f"{t('figure.funding')} {QUOTE}"),
    ]


def _luck(reader: Reader, record: Record) -> str:
    """How much of it may be chance, and that nothing of it is a promise."""
    t, luck = reader.t, record.luck
    said = [t("backtest.measured")]
    if record.question.kind is Kind.WALKFORWARD:
        said.insert(0, t("result.forward"))
    if luck.beats_random is not None:
        said.insert(0, t("result.beats", share=figures.share(luck.beats_random)))
    if luck.tries > 1:
        deflated = figures.share(luck.deflated)
        said.insert(0, t("result.best_of", n=luck.tries, deflated=deflated))
    return " ".join(said)


def _keys(reader: Reader, filed: Filed, record: Record) -> Keyboard:
    t, mine = reader.t, filed.id
    rows: Keyboard = (
        (Key(t("button.months"), Verb.MONTHS, mine), Key(t("button.asked"), Verb.ASKED, mine)),
        (
            Key(t("button.csv"), Verb.PAPER, mine, "csv"),
            Key(t("button.html"), Verb.PAPER, mine, "html"),
        ),
        (Key(t("button.compare"), Verb.TESTS, mine, "new"), _again(reader, filed)),
    )
    if record.proposed is None:
        return rows
    return ((Key(t("button.parameters"), Verb.PARAMETERS, mine),), *rows)


def _again(reader: Reader, filed: Filed) -> Key:
    return Key(reader.t("button.again"), Verb.TEST, filed.kind, filed.words)


def months_view(reader: Reader, record: Record) -> View:
    """All of them, newest last; what is older than a phone shows is in the report."""
    months = record.figures.months[-MOST_MONTHS:]
    lines = [f"<b>{question.title(reader, record.question)}</b>", *month_block(reader, months)]
    return View("\n".join(lines))


def asked_view(reader: Reader, record: Record) -> View:
    """The settings it was run with."""
    rows = question.question_rows(reader, record.question)
    lines = [f"{label}: {escape(value)}" for label, value in rows]
    return View(
        "\n".join(
            [
                f"<b>{question.title(reader, record.question)}</b>",
                *lines,
                question.made(reader, record),
            ]
        )
    )
