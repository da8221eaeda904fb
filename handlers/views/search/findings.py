"""The best that a search found, beside what the desk has today, and how much of it is luck."""

from collections.abc import Iterator

from core.backtest.findings import Findings
from core.backtest.record import Luck
from core.backtest.sensitivity import CLOSE, Sensitivity
from handlers.views.backtest.figures import share
from handlers.views.search.cells import Table, figure, figures, glance, number, point
from handlers.words import Reader


def summary(reader: Reader, found: Findings) -> str:
    """What was looked for, and how often."""
    t = reader.t
    said = t(
        "search.summary",
        objectives=", ".join(found.aim.objectives),
        tried=found.tried,
        pruned=found.pruned,
        feasible=found.feasible,
    )
    bounds = ", ".join(map(str, found.aim.constraints))
    parts = [said, t("search.bounds", bounds=bounds)] if bounds else [said]
    return " ".join(parts if found.complete else [*parts, t("search.interrupted")])


def top_table(reader: Reader, found: Findings) -> Table:
    """A head, today's set, then the best ones; only the numbers that were searched."""
    names, t = glance(found.aim.objectives), reader.t
    head = ("", *names, *found.names)
    now = (t("search.now"), *figures(names, found.today), *(number(v) for v in found.now.values()))
    rows = (
        (
            str(place),
            *figures(names, tried.metrics),
            *(number(tried.point[name]) for name in found.names),
        )
        for place, tried in enumerate(found.top, start=1)
    )
    return (head, now, *rows)


def map_table(found: Sensitivity) -> Table:
    """The objective over two numbers; the best in brackets."""
    head = (f"{found.up} \\ {found.across}", *map(number, found.columns))
    return (head, *_map_rows(found))


def _map_rows(found: Sensitivity) -> Iterator[tuple[str, ...]]:
    for y, (value, heights) in enumerate(zip(found.rows, found.values, strict=True)):
        cells = [figure(found.objective, height) for height in heights]
        if y == found.best[0]:
            cells[found.best[1]] = f"[{cells[found.best[1]]}]"
        yield number(value), *cells


def plateau(reader: Reader, found: Sensitivity) -> str:
    return reader.t("search.plateau", share=share(found.plateau), close=round(100 * CLOSE))


def doubt(reader: Reader, luck: Luck) -> str:
    """The best of many tries looks better than it is; by how much, as far as one can tell."""
    return reader.t("search.doubt", tries=luck.tries, deflated=share(luck.deflated))


def proposal(reader: Reader, found: Findings) -> str:
    """A search proposes and applies nothing."""
    t = reader.t
    if not found.top:
        return t("search.nothing")
    if ((found.top[0].metrics or {}).get("return") or 0) <= 0:
        return t("search.lost")
    best = found.top[0].point
    changed = {name: value for name, value in best.items() if found.now.get(name) != value}
    return t("search.proposed", point=point(changed)) if changed else t("search.same")
