"""How the account is spread, and how a model would spread it: to look at, with nothing to execute."""

from collections.abc import Iterator
from decimal import Decimal
from html import escape

from core.voices.portfolio import Offer, Portfolio, Suggestion
from handlers.views import numbers
from handlers.views.phrases import coin, direction
from handlers.views.quoting import quoted
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader

CENT, MILL = Decimal("0.01"), Decimal("0.001")
WHOLE = 100


def portfolio_view(reader: Reader, portfolio: Portfolio) -> View:
    """The only button asks; none trades."""
    return View("\n".join(_lines(reader, portfolio)), _keys(reader, portfolio))


def _lines(reader: Reader, portfolio: Portfolio) -> Iterator[str]:
    t, suggestion = reader.t, portfolio.suggestion
    exposure = numbers.ratio(portfolio.exposure)
    yield f"<b>{t('portfolio.title')}</b> · {t('portfolio.exposure', times=exposure)}"
    if suggestion:
        yield t("portfolio.columns")
    yield numbers.columns(list(_rows(reader, portfolio)))
    if portfolio.failure:
        word = t.of("failure", portfolio.failure)
        yield t("portfolio.failed", failure=word, cost=dollars(portfolio.cost))
    if suggestion:
        yield from _suggested(reader, suggestion)
    else:
        yield _asking(reader, portfolio)


def _rows(reader: Reader, portfolio: Portfolio) -> Iterator[numbers.Row]:
    """What neither is held nor suggested is left out."""
    held, suggestion = portfolio.held, portfolio.suggestion
    wanted = suggestion.balance.weights if suggestion else {}
    for symbol in dict.fromkeys((*held, *wanted)):
        now, then = held.get(symbol, 0), wanted.get(symbol, 0)
        side = portfolio.sides.get(symbol)
        if now or then or side:
            name = f"{coin(symbol)} {direction(reader, side)}" if side else coin(symbol)
            yield f"{now}%", f"{then}%" if suggestion else "", escape(name, quote=False)
    cash = WHOLE - sum(held.values())
    left = f"{suggestion.balance.cash}%" if suggestion else ""
    yield f"{cash}%", left, reader.t("portfolio.cash")


def _suggested(reader: Reader, suggestion: Suggestion) -> Iterator[str]:
    t = reader.t
    if suggestion.balance.rationale:
        yield f"<i>{quoted(suggestion.balance.rationale)}</i>"
    yield t(
        "portfolio.by",
        model=escape(suggestion.model, quote=False),
        time=reader.clock(suggestion.close),
        cost=dollars(suggestion.cost),
    )
    yield f"<b>{t('portfolio.never')}</b> {t('portfolio.sideless')}"


def _asking(reader: Reader, portfolio: Portfolio) -> str:
    """What asking costs, or why nobody can be asked."""
    if not portfolio.model:
        return reader.t("portfolio.nobody")
    if portfolio.offer is None:
        return reader.t("portfolio.no_numbers")
    return reader.t(
        "portfolio.offer",
        model=escape(portfolio.model, quote=False),
        about=dollars(portfolio.offer.likely),
        most=dollars(portfolio.offer.most),
    )


def _keys(reader: Reader, portfolio: Portfolio) -> Keyboard:
    offer: Offer | None = portfolio.offer
    if offer is None:
        return ()
    label = reader.t("button.ask_balance", about=dollars(offer.likely))
    return ((Key(label, Verb.ASK_BALANCE),),)


def dollars(amount: Decimal) -> str:
    """$0.02; a question may cost less than a cent."""
    mills = round(amount, 3)
    return f"${max(mills, MILL)}" if amount > 0 and mills < CENT else f"${numbers.full(amount)}"
