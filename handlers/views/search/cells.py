"""One figure or one number of the desk, as short as a table needs it."""

from collections.abc import Mapping

from core.backtest.objectives import Metrics
from core.backtest.space import Value
from core.domain.market import exact
from handlers.views import numbers
from handlers.views.backtest.figures import change, fall, in_r, ratio, share

Table = tuple[tuple[str, ...], ...]

CHANGES = frozenset({"return", "annual", "month_gain", "month_loss"})
SHARES = frozenset({"win_rate", "exposure"})
RISKS = frozenset({"expectancy", "total_r"})
COUNTS = frozenset({"trades", "longest"})
GLANCE = ("return", "sharpe", "drawdown", "win_rate", "trades")


def figure(name: str, number: float | None) -> str:
    """By the name of the figure: +6.06%, 1.33, 343."""
    if number is None:
        return "-"
    if name in CHANGES:
        return change(number)
    if name == "drawdown":
        return fall(number)
    if name in SHARES:
        return share(number)
    if name in RISKS:
        return in_r(number)
    return f"{number:,.0f}" if name in COUNTS else ratio(number)


def figures(names: tuple[str, ...], metrics: Metrics | None) -> tuple[str, ...]:
    return tuple(figure(name, (metrics or {}).get(name)) for name in names)


def glance(objectives: tuple[str, ...]) -> tuple[str, ...]:
    """The objectives, and what else one wants to see at once."""
    return tuple(dict.fromkeys((*objectives, *GLANCE)))


def number(value: Value) -> str:
    return value if isinstance(value, str) else numbers.amount(exact(value))


def point(values: Mapping[str, Value]) -> str:
    """horizon=36, quorum=1"""
    return ", ".join(f"{name}={number(value)}" for name, value in values.items())
