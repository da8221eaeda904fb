"""What the models cost: today and this month against the caps, and what happens as they run out."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape

from core.domain.model import Failure
from core.domain.notice import Notice
from core.spending.caps import Bound
from core.spending.ladder import Budget
from core.voices.bill import Bill, Part
from handlers.views import numbers
from handlers.views.view import View
from handlers.words import Reader

MOST_MODELS = 8
SMALLEST = Decimal("0.0001")
CENT = Decimal("0.01")


def budget_view(reader: Reader, bill: Bill, lacking: Sequence[str] | None = ()) -> View:
    """`lacking` are providers that the profile wants and that have no key; None: nobody is asked."""
    asked = reader.t(f"rung.{bill.budget.rung.name.lower()}")
    if lacking is None:
        asked = reader.t("budget.nobody")
    lines = [*_lines(reader, bill, asked), *_lacking(reader, lacking or ())]
    return View("\n".join(lines))


def switched_off(reader: Reader, notice: Notice) -> View:
    """A provider that will not be asked again until somebody changes something."""
    said = notice.numbers
    failure = reader.t.of("failure", Failure(str(said["failure"])))
    text = reader.t("budget.off", provider=escape(str(said["provider"])), failure=failure)
    return View(f"{text}\n{reader.t('budget.off_then')}")


def stepped_down(reader: Reader, notice: Notice) -> View:
    said, t = notice.numbers, reader.t
    spent, cap = (_small(Decimal(str(said[name]))) for name in ("spent", "cap"))
    stretch = t(f"stretch.{said['stretch']}")
    first = t("budget.bites", stretch=stretch, spent=spent, cap=cap)
    rung, by = t(f"rung.{said['rung']}"), t.of("bound", Bound(str(said["by"])))
    return View(f"<b>{first}</b>\n{rung}\n{by} {t('budget.change')}")


def _lines(reader: Reader, bill: Bill, asked: str) -> Iterator[str]:
    t, budget = reader.t, bill.budget
    yield f"<b>{_first(reader, budget)}</b>{_won(reader, budget.caps.month)}"
    yield asked
    yield t.of("bound", budget.caps.by)
    yield from _troubles(reader, bill)
    if not bill.parts:
        yield t("budget.none")
    else:
        yield t("budget.by_model")
        yield numbers.columns([_row(part) for part in bill.parts[:MOST_MODELS]])
        yield _providers(bill)
        yield from _figures(reader, bill)
    yield t("budget.change")


def _first(reader: Reader, budget: Budget) -> str:
    spent, caps = budget.spent, budget.caps
    sums = {"today": spent.day, "day": caps.day, "month": spent.month, "cap": caps.month}
    return reader.t("budget.title", **{name: _small(sum_) for name, sum_ in sums.items()})


def _won(reader: Reader, amount: Decimal) -> str:
    won = reader.won(amount)
    return reader.t("about", amount=won) if won else ""


def _lacking(reader: Reader, providers: Sequence[str]) -> Iterator[str]:
    if providers:
        yield reader.t("budget.lacking", providers=escape(", ".join(providers)))


def _troubles(reader: Reader, bill: Bill) -> Iterator[str]:
    for provider, failure in bill.troubled.items():
        word = reader.t.of("failure", failure)
        yield reader.t("budget.off", provider=escape(provider), failure=word)


def _row(part: Part) -> numbers.Row:
    return _small(part.cost), f"{part.calls}", escape(part.model)


def _providers(bill: Bill) -> str:
    """Whom the bills will come from."""
    sums: dict[str, Decimal] = {}
    for part in bill.parts:
        sums[part.provider] = sums.get(part.provider, Decimal(0)) + part.cost
    dearest = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    return " · ".join(f"{escape(name)} ${_small(sum_)}" for name, sum_ in dearest)


def _figures(reader: Reader, bill: Bill) -> Iterator[str]:
    t = reader.t
    if bill.per_decision is not None:
        each = _each(bill.per_decision)
        yield t("budget.decision", each=each, n=f"{bill.decisions:,}")
    yield _pace(reader, bill)
    calls = sum(part.calls for part in bill.parts)
    failed = sum(part.failed for part in bill.parts)
    why = ", ".join(f"{t.of('failure', f)} {n}" for f, n in _by_count(bill))
    yield t("budget.calls", n=f"{calls:,}", failed=failed) + (f" ({why})" if why else "")
    if bill.again:
        yield t("budget.again", n=f"{bill.again:,}")


def _pace(reader: Reader, bill: Bill) -> str:
    t, drag = reader.t, None if bill.drag is None else f"{bill.drag:,.1f}"
    if bill.projected is None:
        return t("budget.young") if drag is None else t("budget.so_far", drag=drag)
    month = numbers.full(bill.projected)
    return (
        t("budget.pace", month=month) if drag is None else t("budget.drag", month=month, drag=drag)
    )


def _each(amount: Decimal) -> str:
    """A decision may cost less than a cent, and models at home nothing."""
    if not amount or amount >= 1:
        return numbers.full(amount)
    return f"{max(amount, SMALLEST):.4f}"


def _small(amount: Decimal) -> str:
    """A cap may lie below a cent, and is still not nothing."""
    return _each(amount) if amount < CENT else numbers.full(amount)


def _by_count(bill: Bill) -> list[tuple[Failure, int]]:
    return sorted(bill.failures.items(), key=lambda item: (-item[1], item[0]))
