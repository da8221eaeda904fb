"""The accounts of a desk on one screen; and the line that names the others beside one of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.accounts import Condition, Glance
from core.domain.market import Origin
from handlers.views import numbers
from handlers.views.phrases import QUOTE, heading, whose
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader


def accounts_view(reader: Reader, glances: Sequence[Glance], origin: Origin) -> View:
    t = reader.t
    lines = [heading(reader, origin), f"<b>{t('accounts.title')}</b>"]
    lines += [" · ".join(_parts(reader, glance)) for glance in glances]
    return View("\n".join([*lines, t("accounts.note")]), _keys(reader, glances))


def _parts(reader: Reader, glance: Glance) -> Iterator[str]:
    """Whose money, how much as of when, how it is, and what is open."""
    yield f"• {whose(reader, glance.account)}"
    if glance.mark is not None:
        worth = f"{numbers.full(glance.mark.equity)} {QUOTE}"
        yield reader.t("accounts.worth", worth=worth, time=reader.day_and_clock(glance.mark.at))
    yield _condition(reader, glance)
    if glance.open:
        yield reader.t("accounts.open", n=glance.open)


def _condition(reader: Reader, glance: Glance) -> str:
    if glance.condition is Condition.SHUT:
        venue, name = glance.account.venue, glance.account.name
        return reader.t("accounts.shut", venue=venue, name=name)
    if glance.since is not None:
        return reader.t("accounts.away", time=reader.day_and_clock(glance.since))
    paused = glance.condition is Condition.PAUSED
    return reader.t("accounts.paused" if paused else "accounts.goes")


def _keys(reader: Reader, glances: Sequence[Glance]) -> Keyboard:
    at_work = [glance.account for glance in glances if glance.condition is not Condition.SHUT]
    return tuple(
        (Key(_label(whose(reader, a), is_meant=a == reader.account), Verb.ACCOUNT, a.name),)
        for a in at_work
    )


def _label(said: str, *, is_meant: bool) -> str:
    return f"✓ {said}" if is_meant else said


def with_others(reader: Reader, view: View, glances: Sequence[Glance]) -> View:
    """The same screen, and at its end what is worth knowing of other accounts."""
    if not glances:
        return view
    return replace(view, text=f"{view.text}\n{others_line(reader, glances)}")


def others_line(reader: Reader, glances: Sequence[Glance]) -> str:
    said = (f"{whose(reader, one.account)} ({_worth_knowing(reader, one)})" for one in glances)
    return reader.t("accounts.others", others="; ".join(said))


def _worth_knowing(reader: Reader, glance: Glance) -> str:
    open_ = [reader.t("accounts.open", n=glance.open)] if glance.open else []
    return ", ".join([*open_, *([_condition(reader, glance)] if glance.since else [])])
