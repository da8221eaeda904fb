"""How the desk is, on one screen; its settings, on another; and what it can do, in the help."""

from collections.abc import Iterator
from decimal import Decimal

from core.domain.people import Absence, AccountSettings, Approval, Language, Profile
from core.domain.tuning import STANDARD
from core.owner import STEPS, Choices
from core.reading import StatusFacts
from core.risk import Period
from handlers.views import numbers, tuning
from handlers.views.events import resting
from handlers.views.phrases import coin, heading, timeframe
from handlers.views.restraint import trading_lines
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader

COUNTS = frozenset({"leverage", "max_positions", "proposals_per_day", "autopilot_entries"})
MOST_COINS = 24
RATIOS = frozenset({"reward_ratio", "exposure"})


def status_view(reader: Reader, facts: StatusFacts) -> View:
    return View("\n".join(_status(reader, facts)), _status_keys(reader, facts))


def _status(reader: Reader, facts: StatusFacts) -> Iterator[str]:
    t, standing = reader.t, facts.standing
    day = facts.account.equity - standing.started[Period.DAY]
    won = reader.won(facts.account.equity)
    yield heading(reader, facts.origin)
    equity = f"{numbers.full(facts.account.equity)} USDT"
    yield f"<b>{t('status.title', equity=equity, day=numbers.signed(day))}</b>" + (
        t("about", amount=won) if won else ""
    )
    yield from trading_lines(reader, facts.settings)
    yield from (resting(reader, event, facts.now) for event in facts.events)
    prices = [
        (numbers.price(facts.instruments[symbol], quote.last), "", coin(symbol))
        for symbol, quote in facts.quotes.items()
    ]
    if prices:
        yield numbers.columns(prices)
    unheard = [symbol for symbol in facts.settings.symbols if symbol not in facts.quotes]
    yield from (t("market.nothing", coin=coin(symbol)) for symbol in unheard)
    yield t("status.positions", n=len(standing.open), waiting=len(facts.waiting))
    yield t("status.left", **_left(facts))
    yield t("status.approval", approval=t.of("approval", facts.settings.approval))
    frame = timeframe(reader, facts.settings.timeframe)
    yield t("status.next", time=reader.clock(facts.next_look), timeframe=frame)
    yield t("flat.normal", looks=facts.looks, proposals=facts.proposals)


def _left(facts: StatusFacts) -> dict[str, str]:
    equity, limits = facts.account.equity, facts.settings.limits
    lefts = {period.value: facts.standing.left(period, limits) for period in Period}
    return {
        name: numbers.percent(max(left, Decimal(0)) / equity) if equity else "-"
        for name, left in lefts.items()
    }


def _status_keys(reader: Reader, facts: StatusFacts) -> Keyboard:
    t = reader.t
    looks = tuple(
        Key(f"🔎 {coin(symbol)}", Verb.ANALYZE, symbol) for symbol in facts.settings.symbols[:6]
    )
    rows: Keyboard = (
        looks,
        (
            Key(t("button.positions"), Verb.POSITIONS),
            Key(t("button.report"), Verb.REPORT, argument="day"),
            Key(t("button.settings"), Verb.SETTINGS),
        ),
    )
    if facts.waiting:
        rows = (*rows, (Key(t("button.waiting", n=len(facts.waiting)), Verb.WAITING),))
    if facts.settings.paused or facts.settings.halts:
        return (*rows, (Key(t("button.resume"), Verb.RESUME),))
    return rows


def settings_view(
    reader: Reader, settings: AccountSettings, choices: Choices, page: str = ""
) -> View:
    """One screen of choices; each limit with its number, the reason one tap away."""
    if page == "symbols":
        return _symbols(reader, settings, choices)
    pages = {"limits": _limits, "approval": _approval, "language": _language}
    return pages.get(page, _front)(reader, settings)


def _front(reader: Reader, settings: AccountSettings) -> View:
    return View("\n".join(_front_lines(reader, settings)), _front_keys(reader, settings))


def _front_lines(reader: Reader, settings: AccountSettings) -> Iterator[str]:
    t, limits = reader.t, settings.limits
    yield f"<b>{t('settings.title')}</b>"
    yield t("settings.profile", profile=t.of("profile", settings.profile))
    yield t(
        "settings.numbers",
        risk=numbers.percent(limits.risk_per_trade),
        leverage=limits.leverage,
        positions=limits.max_positions,
        day=numbers.percent(limits.day_loss, 1),
        week=numbers.percent(limits.week_loss, 1),
        month=numbers.percent(limits.month_loss, 1),
    )
    yield t("settings.approval", approval=t.of("approval", settings.approval))
    yield t("settings.absence", absence=t.of("absence", settings.absence))
    yield t("settings.symbols", symbols=", ".join(coin(s) for s in settings.symbols))
    yield t("settings.timeframe", timeframe=timeframe(reader, settings.timeframe))
    yield t("settings.targets_two" if settings.two_targets else "settings.targets_one")
    if settings.tuning != STANDARD:
        yield t("settings.tuning", changed=tuning.line(reader, STANDARD, settings.tuning))


def _front_keys(reader: Reader, settings: AccountSettings) -> Keyboard:
    t = reader.t
    profiles = tuple(
        Key(chosen(t.of("profile", p), p is settings.profile), Verb.PROFILE, argument=p)
        for p in Profile
    )
    return (
        profiles,
        (_page(reader, "limits"), _page(reader, "approval")),
        (_page(reader, "symbols"), _page(reader, "language")),
        (Key(t("button.targets"), Verb.TARGETS, argument="0" if settings.two_targets else "1"),),
    )


def chosen(label: str, is_chosen: bool) -> str:
    return f"✓ {label}" if is_chosen else label


def _page(reader: Reader, page: str) -> Key:
    return Key(reader.t(f"settings.page.{page}"), Verb.SETTINGS, argument=page)


def _back(reader: Reader) -> tuple[Key, ...]:
    return (Key(reader.t("button.back"), Verb.SETTINGS),)


def limit_value(settings: AccountSettings, name: str) -> str:
    value = getattr(settings.limits, name)
    if name in COUNTS:
        return str(value)
    return f"{value:.1f}" if name in RATIOS else numbers.percent(value)


def _limits(reader: Reader, settings: AccountSettings) -> View:
    t = reader.t
    lines = [f"<b>{t('settings.page.limits')}</b>"]
    lines += [f"{t(f'limits.{name}')}: {limit_value(settings, name)}" for name in STEPS]
    lines.append(t("settings.limits_note"))
    rows = tuple(
        (
            Key(f"− {t(f'limits.{name}')}", Verb.LIMIT, name, "-1"),
            Key(f"{limit_value(settings, name)} +", Verb.LIMIT, name, "1"),
        )
        for name in STEPS
    )
    return View("\n".join(lines), (*rows, _back(reader)))


def _approval(reader: Reader, settings: AccountSettings) -> View:
    t = reader.t
    lines = [f"<b>{t('settings.page.approval')}</b>", t("settings.approval_note")]
    ways = tuple(
        (Key(chosen(t.of("approval", a), a is settings.approval), Verb.APPROVAL, argument=a),)
        for a in Approval
    )
    absences = tuple(
        (Key(chosen(t.of("absence", a), a is settings.absence), Verb.ABSENCE, argument=a),)
        for a in Absence
    )
    small = t("settings.small", amount=numbers.money(settings.small_below))
    steps = (
        Key(f"− {small}", Verb.SMALL, argument="-5"),
        Key(f"{small} +", Verb.SMALL, argument="5"),
    )
    lines.append(t("settings.absence_note"))
    return View("\n".join(lines), (*ways, steps, *absences, _back(reader)))


def _symbols(reader: Reader, settings: AccountSettings, choices: Choices) -> View:
    t = reader.t
    lines = [f"<b>{t('settings.page.symbols')}</b>", t("settings.symbols_note")]
    shown = choices.symbols
    if len(shown) > MOST_COINS:
        shown = tuple(dict.fromkeys((*settings.symbols, *shown)))[:MOST_COINS]
        lines.append(t("settings.symbols_more", n=len(choices.symbols) - len(shown)))
    coins = tuple(
        Key(chosen(coin(symbol), symbol in settings.symbols), Verb.SYMBOL, symbol)
        for symbol in shown
    )
    frames = tuple(
        Key(chosen(frame.value, frame is settings.timeframe), Verb.TIMEFRAME, argument=frame)
        for frame in choices.timeframes
    )
    rows = tuple(coins[start : start + 4] for start in range(0, len(coins), 4))
    return View("\n".join(lines), (*rows, frames, _back(reader)))


def _language(reader: Reader, _settings: AccountSettings) -> View:
    names = {Language.KO: "한국어", Language.EN: "English"}
    keys = tuple(
        Key(chosen(name, language is reader.person.language), Verb.LANGUAGE, argument=language)
        for language, name in names.items()
    )
    return View(f"<b>{reader.t('settings.page.language')}</b>", (keys, _back(reader)))


def help_view(reader: Reader, commands: tuple[str, ...]) -> View:
    t = reader.t
    lines = [f"<b>{t('help.title')}</b>"]
    lines += [f"/{command} {t(f'command.{command}')}" for command in commands]
    lines.append(t("help.more"))
    return View("\n".join(lines))
