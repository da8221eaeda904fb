"""A small form for those who would rather tap than type: what to test, and over how long."""

from dataclasses import replace

from core.backtest.record import Kind
from core.backtest.request import Request
from core.domain.people import AccountSettings
from core.owner import Choices
from handlers.asking import MOST_TRIALS, TRIALS, USUAL_DAYS, told
from handlers.views import numbers
from handlers.views.backtest.progress import luck_of_many
from handlers.views.phrases import coin
from handlers.views.status import chosen
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader

LENGTHS = (30, USUAL_DAYS, 365, None)
IN_A_ROW = 4
Keys = tuple[Key, ...]


def form(reader: Reader, request: Request, settings: AccountSettings, choices: Choices) -> View:
    """Every button leads to the same form with one thing changed; the last one runs it."""
    t, kind = reader.t, request.kind
    lines = [
        f"<b>{t.of('form', kind)}</b>",
        f"<code>/{kind.value} {told(request)}</code>",
        *luck_of_many(reader, kind, request.trials),
        t(
            "form.account",
            profile=t.of("profile", settings.profile),
            risk=numbers.percent(settings.limits.risk_per_trade),
        ),
    ]
    run = Key(t("button.run_test"), Verb.TEST, kind, told(request), once=True)
    return View("\n".join(lines), (*_rows(reader, request, settings, choices), (run,)))


def _rows(
    reader: Reader, request: Request, settings: AccountSettings, choices: Choices
) -> Keyboard:
    coins = _coins(request, settings)
    rows = (
        tuple(_key(reader.t.of("kind", kind), _of_kind(request, kind), request) for kind in Kind),
        *(coins[start : start + IN_A_ROW] for start in range(0, len(coins), IN_A_ROW)),
        tuple(_key(_long(reader, days), _lasting(request, days), request) for days in LENGTHS),
        tuple(_key(f, replace(request, timeframe=f), request) for f in choices.timeframes),
    )
    return (*rows, _trials(reader, request)) if request.trials else rows


def _key(label: str, wanted: Request, now: Request) -> Key:
    return Key(chosen(label, wanted == now), Verb.FORM, wanted.kind, told(wanted))


def _of_kind(request: Request, kind: Kind) -> Request:
    trials = request.trials if kind is request.kind else TRIALS[kind]
    return replace(request, kind=kind, trials=trials)


def _lasting(request: Request, days: int | None) -> Request:
    return replace(request, days=days, first=None, last=None)


def _coins(request: Request, settings: AccountSettings) -> Keys:
    """Those of the account and whatever was typed, in an order that stays; the last one stays on."""
    known = tuple(dict.fromkeys((*settings.symbols, *request.symbols)))
    return tuple(
        Key(
            chosen(coin(symbol), symbol in request.symbols),
            Verb.FORM,
            request.kind,
            told(replace(request, symbols=_turned(request.symbols, symbol, known))),
        )
        for symbol in known
    )


def _turned(now: tuple[str, ...], symbol: str, known: tuple[str, ...]) -> tuple[str, ...]:
    after = set(now) ^ {symbol}
    return tuple(each for each in known if each in after) or now


def _long(reader: Reader, days: int | None) -> str:
    if days is None:
        return reader.t("form.all")
    return reader.t("form.year") if days == 365 else reader.t("unit.days", n=days)


def _trials(reader: Reader, request: Request) -> Keys:
    usual = TRIALS[request.kind]
    return tuple(
        _key(reader.t("form.sets", n=n), replace(request, trials=n), request)
        for n in (usual // 2, usual, usual * 2, min(usual * 5, MOST_TRIALS))
    )
