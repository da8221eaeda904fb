"""A walk forward, leg by leg: what was learnt, what it was worth on what came next."""

from datetime import timedelta

from core.backtest.findings import Journey
from core.backtest.folds import Span
from core.backtest.legs import Leg
from core.domain.market import exact
from handlers.views import numbers
from handlers.views.backtest.figures import share
from handlers.views.search.cells import Table, figure
from handlers.words import Reader

INSTANT = timedelta(milliseconds=1)


def summary(reader: Reader, walked: Journey) -> str:
    t = reader.t
    legs = sum(leg.learnt is not None for leg in walked.legs)
    said = t("walk.summary", legs=len(walked.legs), found=legs, tried=walked.tried)
    return said if walked.complete else f"{said} {t('search.interrupted')}"


def efficiency(reader: Reader, walked: Journey) -> str:
    """How much of the yearly return on the trains was there on the tests."""
    if walked.efficiency is None:
        return reader.t("walk.no_efficiency")
    return reader.t("walk.efficiency", share=numbers.percent(exact(walked.efficiency), 0))


def leg_table(reader: Reader, walked: Journey) -> Table:
    t, objective = reader.t, walked.aim.objectives[0]
    head = (
        t("walk.train"),
        t("walk.test"),
        f"{objective} ({t('walk.learnt')})",
        f"{objective} ({t('walk.judged')})",
        "return",
        "drawdown",
        "trades",
    )
    return (head, *(_leg(reader, leg, objective) for leg in walked.legs))


def _leg(reader: Reader, leg: Leg, objective: str) -> tuple[str, ...]:
    learnt = (
        reader.t("walk.kept")
        if leg.learnt is None
        else figure(objective, leg.learnt.get(objective))
    )
    judged = (
        figure(name, leg.judged.get(name)) for name in (objective, "return", "drawdown", "trades")
    )
    return days(leg.fold.train), days(leg.fold.test), learnt, *judged


def days(span: Span) -> str:
    """First and last day."""
    return f"{span.start:%Y-%m-%d} – {span.end - INSTANT:%Y-%m-%d}"


def steady_table(reader: Reader, walked: Journey) -> Table:
    """Each number over the legs, and how steady it was."""
    head = ("", *(str(leg) for leg in range(1, len(walked.legs) + 1)), reader.t("walk.steady"))
    rows = (
        (name, *(value_of(leg, name) for leg in walked.legs), share(walked.steadiness.get(name)))
        for name in walked.names
    )
    return (head, *rows)


def value_of(leg: Leg, name: str) -> str:
    value = getattr(leg.tuning, name)
    return "+".join(value) if isinstance(value, tuple) else numbers.amount(exact(value))
